"""The review page's HTML: what it holds, and that nothing of the input becomes markup."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from time import process_time

import pytest
from lxml import html as lxml_html

from common import CASES
from fzwriter import draft, load_facts
from fzwriter.check import check
from fzwriter.facts import loads_facts
from fzwriter.output.page import page_html
from fzwriter.report import CheckReport, Decision, Issue, Mention, Paragraph, Report, Section

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{7*7}}"


def parsed(page: str) -> lxml_html.HtmlElement:
    parser = lxml_html.HTMLParser(encoding="utf-8")
    return lxml_html.document_fromstring(page.encode(), parser=parser)


def text_of(element) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def by_class(page, name: str, within: str = "//main") -> list:
    has = f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
    return page.xpath(f"{within}//*[{has}]")


def lines_of(page) -> str:
    """The report as the page shows it, without the badges of issues."""
    for badge in by_class(page, "badge"):
        badge.drop_tree()
    return "\n".join(line.text_content() for line in by_class(page, "l"))


def report_of(text: str, sheet, **more) -> Report:
    """A report as one gets it from a document that somebody edited: no spans, plain styles."""
    title, *lines = text.split("\n")
    body = tuple(Paragraph(line) for line in lines)
    return Report(title, (Section("其他", body),), check=check(text, sheet), **more)


SHEET = loads_facts(
    """
unit: {name: 砚岭县司法局, type: 司法局, level: 县}
period: 2024
document: {kind: 法治政府建设年度报告, date: 2025-01-20}
facts:
  - {id: f1, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件, previous: 40}
  - {id: f2, topic: 行政复议, name: 办结, value: 23, unit: 件, parts_of: f1}
  - {id: f3, topic: 法律援助, name: 为受援人挽回经济损失, value: 100, unit: 万元, approx: 余}
  - {id: f4, topic: 公证, name: 办理公证, value: 106, unit: 件}
derived:
  - {id: d1, name: 办结率, formula: f2/f1, unit: "%", digits: 1}
statements:
  - {topic: 普法, kind: 举措, text: 开展“法律七进”活动12场次}
"""
)
RIGHT = (
    "关于2024年度法治政府建设情况的报告\n"
    "一、收到行政复议案件48件，同比增长20%，办结23件，办结率47.9%。\n"
    "二、为受援人挽回经济损失100余万元；开展“法律七进”活动12场次。"
)


@pytest.fixture(scope="module", params=["003-sifaju-baogao", "001b-zhen-zongjie-jihua"])
def drafted(request):
    sheet = load_facts(next(c for c in CASES if c.name == request.param) / "facts.yaml")
    report = draft(sheet, writer="offline")
    return report, sheet, parsed(page_html(report, sheet))


def test_every_numeral_is_marked_once_with_its_status(drafted):
    report, _, page = drafted
    found = [(m.text_content(), m.get("data-s")) for m in by_class(page, "n")]
    told = [(m.text, m.status) for m in report.check.mentions]
    assert found == told
    assert len(told) > 50


def test_the_report_reads_as_it_is(drafted):
    report, _, page = drafted
    assert lines_of(page) == report.text


def test_the_legend_counts_what_is_marked(drafted):
    _, _, page = drafted
    marks = Counter(mark.get("data-s") for mark in by_class(page, "n"))
    for choice in by_class(page, "choice", "//body"):
        count = choice.xpath(".//b[contains(@class,'num')]")[0].text_content()
        assert int(count) == marks[choice.get("data-pick")]


def test_each_number_links_to_its_row_and_the_row_back(drafted):
    _, _, page = drafted
    ids = page.xpath("//*[@id]/@id")
    assert len(ids) == len(set(ids))
    links = page.xpath("//a/@href")
    assert links
    assert {href for href in links if href.removeprefix("#") not in ids} == set()
    rows = page.xpath("//table[contains(@class,'numbers')]/tbody/tr")
    numbers = page.xpath("//main//a[contains(@class,'n') and @data-s]")
    assert [row.get("id") for row in rows] == [a.get("href")[1:] for a in numbers]


def test_each_fact_is_told_with_its_line_and_where_it_is_used(drafted):
    report, sheet, page = drafted
    for number, fact in enumerate(sheet.facts, 1):
        row = page.get_element_by_id(f"fact-{number}")
        assert fact.name in text_of(row)
        assert fact.source in text_of(row)
        uses = {href.removeprefix("#t-") for href in row.xpath(".//a/@href")}
        printed = [m for m in report.check.mentions if fact.id in m.sources]
        assert len(uses) >= len(printed)
        assert all(page.get_element_by_id(f"t-{use}") is not None for use in uses)


def rows_of(page) -> dict[str, str]:
    rows = page.xpath("//table[contains(@class,'numbers')]/tbody/tr")
    return {row.xpath(".//b[@class='fig']")[0].text_content(): text_of(row) for row in rows}


def test_a_row_names_fact_value_place_and_the_formula_with_its_figures():
    rows = rows_of(parsed(page_html(report_of(RIGHT, SHEET), SHEET)))
    assert "收到行政复议案件 48件" in rows["48件"]
    assert "f1，第 6 行" in rows["48件"]
    assert "（收到行政复议案件48件 − 上年40件）÷ 上年40件 × 100% = 20%" in rows["20%"]
    assert "办结23 ÷ 收到行政复议案件48 × 100% = 47.9%" in rows["47.9%"]
    assert "办结率 47.9%" in rows["47.9%"]
    assert "为受援人挽回经济损失 100余万元" in rows["100余万元"]
    assert "开展“法律七进”活动12场次" in rows["12场次"]
    assert "s1" in rows["12场次"]


def test_a_fact_that_was_only_reckoned_with_says_so():
    text = RIGHT.replace("，办结23件", "")
    page = parsed(page_html(report_of(text, SHEET), SHEET))
    assert "算入 第 2 段 47.9%" in text_of(page.get_element_by_id("fact-2"))


@pytest.mark.parametrize(
    ("text", "printed", "told"),
    [
        ("去年收到行政复议案件40件。", "40件", "收到行政复议案件上年40件"),
        ("收到行政复议案件48件，同比增加8件。", "8件", "收到行政复议案件48件 − 上年40件 = 8件"),
        ("办结23件，占收到行政复议案件的47.9%。", "47.9%", "× 100% = 47.9%"),
    ],
)
def test_what_is_told_by_comparison_shows_both_figures(text, printed, told):
    report = report_of(f"关于2024年度工作的报告\n{text}", SHEET)
    assert told in rows_of(parsed(page_html(report, SHEET)))[printed]


def test_issues_stand_errors_first_and_each_has_a_place_to_jump_to():
    text = RIGHT.replace("办结23件", "办结32件").replace("2024年度", "2023年度") + "\n全国首创。"
    report = report_of(text, SHEET)
    page = parsed(page_html(report, SHEET))
    cards = page.xpath("//li[starts-with(@class,'issue')]")
    kinds = ["error" if "error" in card.get("class") else "warning" for card in cards]
    assert kinds == sorted(kinds)
    assert kinds.count("error") == sum(i.severity == "error" for i in report.check.issues) >= 2
    told = [text_of(card) for card in cards]
    for issue in report.check.issues:
        if issue.kind != "omitted_fact":
            assert any(issue.message in one and issue.suggestion in one for one in told)
    for number in range(1, sum(c.get("id") != "omitted" for c in cards) + 1):
        assert page.get_element_by_id(f"t-i{number}").getparent() is not None
    headline = text_of(page.xpath("//h1")[0])
    assert headline == f"有 {kinds.count('error')} 处错误，改正之前不得报送"


def test_facts_left_out_are_listed_and_marked_in_the_table():
    report = report_of(RIGHT, SHEET)
    assert report.check.omitted == ("f4",)
    page = parsed(page_html(report, SHEET))
    assert "办理公证 106件" in text_of(page.get_element_by_id("omitted"))
    assert "没有写进报告" in text_of(page.get_element_by_id("fact-4"))
    assert page.get_element_by_id("omitted").xpath(".//a/@href") == ["#fact-4"]


def test_contradictions_of_the_input_are_told_though_the_report_agrees_with_it():
    sheet = load_facts(next(c for c in CASES if c.name == "contradictions") / "facts.yaml")
    report = draft(sheet, writer="offline")
    assert report.check.ok
    page = parsed(page_html(report, sheet))
    assert "疑点请核实" in text_of(page.xpath("//h1")[0])
    doubts = page.get_element_by_id("doubts")
    assert "重点帮教对象" in text_of(doubts)
    assert len(doubts.xpath(".//li")) == 3
    assert all(page.get_element_by_id(href[1:]) is not None for href in doubts.xpath(".//a/@href"))


def test_a_fact_of_zero_told_in_words_is_not_called_left_out():
    zero = SHEET.facts[3].model_copy(update={"name": "发生公证投诉", "value": Decimal(0)})
    sheet = SHEET.model_copy(update={"facts": (*SHEET.facts[:3], zero)})
    page = parsed(page_html(report_of(RIGHT + "未发生公证投诉。", sheet), sheet))
    assert "用文字写明没有" in text_of(page.get_element_by_id("fact-4"))
    assert page.xpath("//*[@id='omitted']") == []


def test_pending_seeds_decisions_and_notice_are_shown():
    report = report_of(
        RIGHT,
        SHEET,
        pending=("“问题”部分没有材料",),
        seeds=("sifaju-baogao-2023",),
        decisions=(Decision("舍去", "二、法院工作", "", "与本单位无关", ("全市法院审结3件",)),),
    )
    page = parsed(page_html(report, SHEET, notice="未核稿：还有 1 处错误"))
    assert "“问题”部分没有材料" in text_of(page.get_element_by_id("pending"))
    assert "sifaju-baogao-2023" in text_of(page)
    table = text_of(page.get_element_by_id("decisions"))
    for told in ("舍去", "二、法院工作", "与本单位无关", "全市法院审结3件"):
        assert told in table
    assert text_of(by_class(page, "notice", "//body")[0]) == "未核稿：还有 1 处错误"


def test_without_notice_pending_or_decisions_their_places_are_not_there():
    page = page_html(report_of(RIGHT, SHEET), SHEET)
    for absent in ('id="pending"', 'id="decisions"', 'class="notice"', "借鉴过行文", 'id="doubts"'):
        assert absent not in page


def evil_sheet():
    sheet = SHEET
    facts = (
        sheet.facts[0].model_copy(
            update={"name": EVIL, "source": EVIL, "note": EVIL, "topic": EVIL}
        ),
        sheet.facts[1].model_copy(update={"unit": EVIL, "id": 'f2 "><b>'}),
        *sheet.facts[2:],
    )
    statements = tuple(s.model_copy(update={"text": f"12场次{EVIL}"}) for s in sheet.statements)
    unit = sheet.unit.model_copy(update={"name": EVIL})
    return sheet.model_copy(
        update={
            "facts": facts,
            "derived": (),
            "statements": statements,
            "unit": unit,
            "source": EVIL,
        }
    )


def test_markup_in_the_input_stays_text():
    sheet = evil_sheet()
    text = f"{EVIL}报告\n收到{EVIL}48件，办结23件{EVIL}。开展12场次{EVIL}。"
    verdict = check(text, sheet)
    mentions = [m.judged("traced", EVIL, (sheet.facts[0].id,), EVIL) for m in verdict.mentions]
    issues = (Issue(0, 40, "wording", "error", EVIL, EVIL), *verdict.issues)
    title, line = text.split("\n")
    report = Report(
        title,
        (Section("其他", (Paragraph(line),)),),
        pending=(EVIL,),
        seeds=(EVIL,),
        decisions=(Decision("改写", EVIL, EVIL, EVIL, (EVIL,)),),
        check=CheckReport(tuple(mentions), issues, (sheet.facts[1].id,)),
    )
    html = page_html(report, sheet, notice=EVIL)
    page = parsed(html)
    assert page.xpath("//img") == []
    assert len(page.xpath("//script")) == html.count("<script") == 1
    attributes = {name for element in page.iter("*") for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on")]
    assert text_of(by_class(page, "notice", "//body")[0]) == EVIL
    assert html.count("&lt;/script&gt;") > 15
    assert lines_of(page) == text


def test_the_page_asks_for_nothing_and_runs_only_its_own_script():
    html = page_html(report_of(RIGHT, SHEET), SHEET)
    page = parsed(html)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert page.xpath("//@src | //link | //@style | //form | //iframe | //object") == []
    assert not re.search(r"https?://|url\(|@import|innerHTML|eval\(", html)
    assert page.get("lang") == "zh-CN"


def test_figures_turned_round_by_direction_marks_are_shown_as_they_are():
    facts = (SHEET.facts[0].model_copy(update={"name": "收到\u202e84\x00\ud800案件"}),)
    sheet = SHEET.model_copy(update={"facts": facts, "derived": ()})
    html = page_html(report_of("报告\n收到案件48件\u202e。", sheet), sheet)
    html.encode("utf-8")
    assert not re.search("[\u202a-\u202e\x00]", html)
    assert "收到\ufffd84\ufffd\ufffd案件" in html


def verdict(*mentions: Mention, issues: tuple[Issue, ...] = ()) -> CheckReport:
    return CheckReport(mentions, issues)


def test_issues_may_overlap_numbers_each_other_and_paragraphs():
    text = "标题\n甲乙48件丙\n丁戊"
    figure = Mention(5, 7, "48", "quantity", unit="件", status="untraced", why="不符")
    issues = (
        Issue(4, 6, "a", "warning", "从数字前到数字中"),
        Issue(6, 12, "b", "error", "从数字中到下一段"),
        Issue(8, 8, "c", "error", "两字之间"),
        Issue(99, 99, "d", "error", "全文之外"),
        Issue(0, 0, "e", "warning", "开头"),
    )
    body = tuple(map(Paragraph, text.split("\n")[1:]))
    report = Report("标题", (Section("其他", body),), check=verdict(figure, issues=issues))
    page = parsed(page_html(report, SHEET))
    marks = by_class(page, "n")
    assert [m.text_content() for m in marks] == ["48"]
    pieces = [(p.get("data-i").split(), p.text_content()) for p in by_class(page, "i")]
    covered = {n: "".join(text for ids, text in pieces if n in ids) for n in "12345"}
    # errors first: b c d, then a e
    assert covered == {"1": "8件丙丁戊", "2": "", "3": "", "4": "乙4", "5": ""}
    assert len(page.xpath("//*[@class='at']")) == 4
    assert [badge.text_content() for badge in by_class(page, "badge")] == [
        "提2",
        "提1",
        "错2",
        "错1",
    ]
    assert lines_of(page) == text


def test_a_run_in_heading_never_tears_a_number():
    text = "标题\n（一）办结23件。其余"
    found = Mention(8, 10, "23", "quantity", unit="件", status="traced", sources=("f2",))
    line = Paragraph("（一）办结23件。其余", lead=6, lead_level=2)
    report = Report("标题", (Section("其他", (line,)),), check=verdict(found))
    assert report.text == text
    page = parsed(page_html(report, SHEET))
    assert [m.text_content() for m in by_class(page, "n")] == ["23"]
    assert by_class(page, "lead")[0].text_content() == "（一）办结23"


def test_a_title_breaks_where_the_printed_one_does():
    report = replace(report_of(RIGHT, SHEET), title="关于2024年度\n法治政府建设情况的报告")
    page = parsed(page_html(report, SHEET))
    title = by_class(page, "title")[0]
    assert len(title.xpath(".//br")) == 1
    assert title.text_content() == "关于2024年度法治政府建设情况的报告"


def test_a_report_without_a_verdict_is_refused():
    with pytest.raises(ValueError, match="not been checked"):
        page_html(replace(report_of(RIGHT, SHEET), check=None), SHEET)


def test_the_page_is_whole_and_the_same_for_the_same_input():
    report = report_of(RIGHT, SHEET)
    page = page_html(report, SHEET)
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")
    assert page == page_html(report, SHEET)


def test_a_report_without_numbers_or_facts_has_a_page():
    sheet = SHEET.model_copy(update={"facts": (), "derived": (), "statements": ()})
    page = parsed(page_html(report_of("工作报告\n认真履行职责。", sheet), sheet))
    assert "报告里没有数据" in text_of(page.xpath("//header")[0])


def test_the_page_grows_with_the_report_and_no_faster():
    def seconds(count: int) -> float:
        line = "收到行政复议案件48件，办结23件。"
        report = report_of("报告\n" + "\n".join([line] * count), SHEET)
        began = process_time()  # of this process alone, whatever else the machine does
        page_html(report, SHEET)
        return process_time() - began

    seconds(5)
    small, large = min(seconds(100) for _ in range(3)), seconds(1000)
    assert large < 40 * small  # ten times the text; a hundred would be its square
