"""A report that went out and came back: each kind of edit is told for what it is."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from word_edits import Word, run, text_of, xml

from fzwriter.check import check
from fzwriter.documents import read_text
from fzwriter.facts import FactSheet, loads_facts
from fzwriter.output.formats.docx import docx_bytes
from fzwriter.output.ledger import Ledger, make_ledger
from fzwriter.pipeline.returned import Change, Comparison, compare, report_of
from fzwriter.report import CheckReport, Paragraph, Report, Section

SHEET = """
unit: {name: 云岫县司法局, type: 司法局, level: 县, region: 云岫县}
period: 2024
document: {kind: 法治政府建设年度报告, date: 2025-01-20}
facts:
  - {id: f01, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件}
  - {id: f02, topic: 行政复议, name: 办结, value: 23, unit: 件, parts_of: f01}
  - {id: f03, topic: 行政复议, name: 维持, value: 9, unit: 件, parts_of: f02}
  - {id: f04, topic: 行政复议, name: 撤销, value: 2, unit: 件, parts_of: f02}
  - {id: f05, topic: 行政应诉, name: 办理行政诉讼案件, value: 63, unit: 件}
  - {id: f06, topic: 行政应诉, name: 审结, value: 54, unit: 件, parts_of: f05}
  - {id: f07, topic: 行政应诉, name: 败诉, value: 12, unit: 件, parts_of: f06}
  - {id: f08, topic: 法律援助, name: 为受援人挽回经济损失, value: 100, unit: 万元, approx: 余}
  - {id: f09, topic: 法律援助, name: 提供法律咨询, value: 650, unit: 人次, approx: 余}
  - {id: f10, topic: 普法, name: 开展普法活动, value: 528, unit: 场次}
  - {id: f11, topic: 普法, name: 发放宣传资料, value: 1.2, unit: 万份}
  - {id: f15, topic: 人民调解, name: 调解矛盾纠纷, value: 1085, unit: 件}
  - {id: f16, topic: 人民调解, name: 调解成功, value: 1055, unit: 件, parts_of: f15}
  - {id: f20, topic: 法律援助, name: 发放补贴, value: 25.63, unit: 万元}
derived:
  - {id: d1, name: 败诉率, formula: f07/f06, unit: "%", digits: 0}
"""
TITLE = "云岫县司法局关于2024年度法治政府建设情况的报告"
LINES = (
    "2024年，我局扎实推进法治政府建设。",
    "一、主要举措和成效",
    "（一）办好行政复议应诉案件",
    "全年共收到行政复议案件48件，办结23件，其中维持9件、撤销2件。办理行政诉讼案件63件，审结54件，"
    "其中败诉12件，败诉率为22%。",
    "（二）深化法治宣传教育",
    "开展普法活动528场次，发放宣传资料1.2万份。",
    "（三）做优公共法律服务",
    "提供法律咨询650余人次，为受援人挽回经济损失100余万元，发放补贴25.63万元。",
    "调解矛盾纠纷1085件，调解成功1055件。",
    "二、下步工作安排",
    "持续深化法治宣传教育，把普法责任落到实处。",
)
# What the ledger calls them, in the order of the text.
IDS = {
    "2024年度": "n001", "2024年": "n002", "收到": "n003", "办结": "n004", "维持": "n005",
    "撤销": "n006", "诉讼": "n007", "审结": "n008", "败诉": "n009", "败诉率": "n010", "普法": "n011",
    "资料": "n012", "咨询": "n013", "损失": "n014", "补贴": "n015", "调解": "n016", "成功": "n017",
    "落款": "n018",
}  # fmt: skip


@dataclass
class Came:
    """What came back and what was found of it."""

    comparison: Comparison
    verdict: CheckReport
    text: str

    def edits(self) -> list[tuple[str, str, str, str]]:
        return [(c.outcome, c.id, c.old, c.new) for c in self.comparison.edits]

    def one(self) -> Change:
        (change,) = self.comparison.edits
        return change

    def errors(self) -> set[str]:
        return {i.kind for i in self.verdict.issues if i.severity == "error"}


@dataclass
class Sent:
    """A report that was written, and the folder people edit it in."""

    report: Report
    sheet: FactSheet
    ledger: Ledger
    path: Path

    def word(self) -> Word:
        return Word(self.path)

    def back(self, word: Word, name: str = "改.docx") -> Came:
        return self.read(word.save(self.path.with_name(name)))

    def read(self, path: Path) -> Came:
        document = read_text(path)
        verdict = check(document.printed, self.sheet)
        comparison = compare(document, verdict)
        assert comparison is not None
        return Came(comparison, verdict, document.printed)


@pytest.fixture(scope="module")
def written() -> tuple[Report, FactSheet, bytes]:
    sheet = loads_facts(SHEET)
    paragraphs = tuple(
        Paragraph(
            text, "heading1" if text[1] == "、" else "heading2" if text[0] == "（" else "body"
        )
        for text in LINES
    )
    report = Report(
        TITLE, (Section("成效", paragraphs),), signature="云岫县司法局", date="2025年1月20日"
    )
    report = replace(report, check=check(report.text, sheet))
    assert report.check is not None
    assert report.check.ok
    return report, sheet, docx_bytes(report, ledger=make_ledger(report, sheet))


@pytest.fixture
def sent(written: tuple[Report, FactSheet, bytes], tmp_path: Path) -> Sent:
    report, sheet, data = written
    path = tmp_path / "报告.docx"
    path.write_bytes(data)
    return Sent(report, sheet, make_ledger(report, sheet), path)


def test_ids_are_what_these_tests_take_them_for(sent: Sent) -> None:
    assert [e.id for e in sent.ledger.entries] == list(IDS.values())
    for words, id in list(IDS.items())[2:-1]:
        entry = next(e for e in sent.ledger.entries if e.id == id)
        assert words in entry.before[-12:]


def test_untouched_nothing_changed(sent: Sent) -> None:
    came = sent.read(sent.path)
    assert came.comparison.counts == {"unchanged": 18}
    assert came.comparison.notices == ()
    assert came.verdict.ok


def test_a_paragraph_moved(sent: Sent) -> None:
    word = sent.word()
    word.paragraph("二、下步").addnext(word.paragraph("收到行政复议案件48"))
    came = sent.back(word)
    names = ("收到", "办结", "维持", "撤销", "诉讼", "审结", "败诉", "败诉率")
    assert {c.id for c in came.comparison.edits} == {IDS[name] for name in names}
    assert {c.outcome for c in came.comparison.edits} == {"moved"}
    assert {c.heading for c in came.comparison.edits} == {"二、下步工作安排"}
    assert came.verdict.ok


def test_a_paragraph_with_few_numbers_moved(sent: Sent) -> None:
    word = sent.word()
    word.paragraph("（二）").addprevious(word.paragraph("调解矛盾纠纷"))
    came = sent.back(word)
    assert came.edits() == [
        ("moved", "n016", "1085件", "1085件"), ("moved", "n017", "1055件", "1055件"),
    ]  # fmt: skip
    assert came.comparison.edits[0].heading == "（一）办好行政复议应诉案件"
    assert came.verdict.ok


def test_a_sentence_cut_and_pasted_elsewhere_without_its_controls(sent: Sent) -> None:
    word = sent.word()
    word.delete("，发放宣传资料1.2万份")
    end = word.paragraph("1055件")
    word.insert(end, len(text_of(end)), "发放宣传资料1.2万份。")
    came = sent.back(word)
    assert came.edits() == [("moved", "n012", "1.2万份", "1.2万份")]
    assert came.verdict.ok


def test_a_sentence_deleted(sent: Sent) -> None:
    word = sent.word()
    word.delete("，其中维持9件、撤销2件")
    came = sent.back(word)
    assert came.edits() == [("deleted", "n005", "9件", ""), ("deleted", "n006", "2件", "")]
    gone = came.comparison.edits[0]
    assert (gone.names, gone.paragraph) == (("维持",), 5)
    assert "其中维持9件" in gone.sentence
    assert came.verdict.omitted == ("f03", "f04")


@pytest.mark.parametrize("over", [False, True])
def test_a_figure_changed_in_its_control_and_over_it(sent: Sent, over: bool) -> None:
    word = sent.word()
    (word.type_over if over else word.type_in_control)(IDS["收到"], "58")
    came = sent.back(word)
    assert came.edits() == [("changed", "n003", "48件", "58件")]
    change = came.one()
    assert change.status == "untraced"
    assert came.text[change.start : change.end] == "58"
    assert change.sentence.startswith("全年共收到行政复议案件58件")
    assert (change.heading, change.paragraph) == ("（一）办好行政复议应诉案件", 5)
    assert change.names == ("收到行政复议案件",)
    assert came.errors() == {"untraced"}


def test_a_figure_typed_again_over_its_control(sent: Sent) -> None:
    word = sent.word()
    word.type_over(IDS["收到"], "48")
    came = sent.back(word)
    assert came.edits() == [("retyped", "n003", "48件", "48件")]
    assert came.one().status == "traced"
    assert came.verdict.ok


@pytest.mark.parametrize("text", ["４８", "四十八"])
@pytest.mark.parametrize("over", [False, True])
def test_a_figure_written_in_other_characters(sent: Sent, text: str, over: bool) -> None:
    word = sent.word()
    (word.type_over if over else word.type_in_control)(IDS["收到"], text)
    came = sent.back(word)
    assert came.edits() == [("retyped", "n003", "48件", f"{text}件")]
    assert came.one().note == "换了写法，数值没变"
    assert came.one().status == "traced"
    assert came.verdict.ok


def test_a_new_sentence_with_figures(sent: Sent) -> None:
    word = sent.word()
    paragraph = word.paragraph("把普法责任")
    word.insert(paragraph, len(text_of(paragraph)), "全年移送线索36条。")
    came = sent.back(word)
    assert came.edits() == [("new", "", "", "36条")]
    assert came.one().heading == "二、下步工作安排"
    assert came.one().status == "untraced"
    assert not came.verdict.ok


def test_a_known_figure_told_once_more(sent: Sent) -> None:
    word = sent.word()
    paragraph = word.paragraph("把普法责任")
    word.insert(paragraph, len(text_of(paragraph)), "全年开展普法活动528场次。")
    came = sent.back(word)
    assert came.edits() == [("new", "", "", "528场次")]
    assert came.one().status == "traced"
    assert came.verdict.ok


def test_a_new_table(sent: Sent) -> None:
    word = sent.word()
    word.add_table("调解成功", [["事项", "数量"], ["调解矛盾纠纷", "1085件"], ["移送线索", "36条"]])
    came = sent.back(word)
    assert came.edits() == [("new", "", "", "1085件"), ("new", "", "", "36条")]
    assert came.comparison.edits[1].status == "untraced"
    assert not came.verdict.ok


def test_a_text_box_a_footnote_and_a_header_hide_nothing(sent: Sent) -> None:
    word = sent.word()
    word.add_text_box("1055件", "移送线索36条")
    word.add_footnote("另有信访件71件。")
    word.document.sections[0].header.paragraphs[0].add_run("走访企业85家")
    came = sent.back(word)
    assert came.edits() == [
        ("new", "", "", "36条"), ("new", "", "", "71件"), ("new", "", "", "85家"),
    ]  # fmt: skip
    assert {c.status for c in came.comparison.edits} == {"untraced"}


def test_tracked_changes_count_as_accepted(sent: Sent) -> None:
    word = sent.word()
    word.delete_tracked("、撤销2件")
    paragraph = word.paragraph("1055件")
    word.insert_tracked(paragraph, len(text_of(paragraph)), "移送线索36条。")
    came = sent.back(word)
    assert came.edits() == [("deleted", "n006", "2件", ""), ("new", "", "", "36条")]
    assert "f04" in came.verdict.omitted


def test_a_figure_changed_with_changes_tracked(sent: Sent) -> None:
    word = sent.word()
    content = word.control(IDS["收到"])[-1]
    text = content[0].find(text_tag())
    text.tag = text.tag.replace("}t", "}delText")
    deleted = xml('<w:del w:id="7" w:author="a"/>')
    content[0].addprevious(deleted)
    deleted.append(content[1])
    inserted = xml('<w:ins w:id="8" w:author="a"/>')
    inserted.append(xml(run("58")))
    content.append(inserted)
    came = sent.back(word)
    assert came.edits() == [("changed", "n003", "48件", "58件")]
    assert came.errors() == {"untraced"}


def text_tag() -> str:
    return "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def test_a_sentence_moved_with_changes_tracked(sent: Sent) -> None:
    word = sent.word()
    paragraph = word.paragraph("调解矛盾纠纷")
    moved = copy.deepcopy(paragraph)
    for side, name in ((paragraph, "moveFrom"), (moved, "moveTo")):
        for number, one in enumerate(list(side.iter(text_tag()[:-1] + "r"))):
            mark = xml(f'<w:{name} w:id="{number}" w:author="a"/>')
            one.addprevious(mark)
            mark.append(one)
    word.paragraph("（二）").addprevious(moved)
    came = sent.back(word)
    assert [c[:2] for c in came.edits()] == [("moved", "n016"), ("moved", "n017")]
    assert came.verdict.ok


def test_more_figures_typed_inside_a_control(sent: Sent) -> None:
    word = sent.word()
    word.type_in_control(IDS["收到"], "48件，其中网上申请5")
    came = sent.back(word)
    assert came.edits() == [("new", "", "", "5件")]
    assert came.one().note == ""
    assert not came.verdict.ok


def test_a_control_in_several_runs_is_as_it_was(sent: Sent) -> None:
    word = sent.word()
    word.type_in_control(IDS["调解"], "10", "8", "5")
    came = sent.back(word)
    assert came.edits() == []
    assert came.verdict.ok


def test_a_paragraph_copied(sent: Sent) -> None:
    word = sent.word()
    paragraph = word.paragraph("调解矛盾纠纷")
    word.paragraph("二、下步").addnext(copy.deepcopy(paragraph))
    came = sent.back(word)
    assert [c[:2] for c in came.edits()] == [("new", ""), ("new", "")]
    assert {c.note for c in came.comparison.edits} == {"随段落复制而来"}
    assert {c.heading for c in came.comparison.edits} == {"二、下步工作安排"}
    assert came.comparison.counts["unchanged"] == 18


def test_a_paragraph_copied_as_plain_text_in_front_of_itself(sent: Sent) -> None:
    word = sent.word()
    paragraph = word.paragraph("调解矛盾纠纷")
    plain = xml("<w:p/>")
    plain.append(xml(run(text_of(paragraph))))
    paragraph.addprevious(plain)
    came = sent.back(word)
    assert [c[:2] for c in came.edits()] == [("new", ""), ("new", "")]
    assert {c.paragraph for c in came.comparison.edits} == {10}


def test_a_figure_taken_into_a_sentence_of_other_words(sent: Sent) -> None:
    word = sent.word()
    control = word.control(IDS["维持"])
    last = word.paragraph("把普法责任")
    last.append(xml(run("群众对复议决定不服后又被上级认可原行为者有")))
    last.append(control)
    last.append(xml(run("起之多")))
    came = sent.back(word)
    assert came.edits() == [("changed", "n005", "9件", "9起")]
    assert came.one().heading == "二、下步工作安排"


def test_a_sentence_written_anew_without_controls_keeps_its_figure(sent: Sent) -> None:
    path = sent.path.with_suffix(".txt")
    text = read_text(sent.path).text
    assert text.count("开展普法活动528场次，发放") == 1
    path.write_text(
        text.replace("开展普法活动528场次，发放", "法治宣传走进乡村528场次；共派送"), "utf-8"
    )
    path.with_name("报告.ledger.json").write_text(sent.ledger.to_json(), "utf-8")
    assert sent.read(path).edits() == []


def test_a_paragraph_copied_and_its_figure_changed(sent: Sent) -> None:
    word = sent.word()
    paragraph = copy.deepcopy(word.paragraph("调解矛盾纠纷"))
    next(paragraph.iter(text_tag())).text = "去年调解矛盾纠纷"
    [t for t in paragraph.iter(text_tag()) if t.text == "1085"][0].text = "985"
    word.paragraph("调解矛盾纠纷").addnext(paragraph)
    came = sent.back(word)
    assert came.comparison.counts == {"unchanged": 18, "new": 2}
    assert came.comparison.edits[0].new == "985件"


@pytest.mark.parametrize("how", ["typed", "dragged"])
def test_two_figures_exchanged(sent: Sent, how: str) -> None:
    word = sent.word()
    if how == "typed":
        word.type_in_control(IDS["维持"], "2")
        word.type_in_control(IDS["撤销"], "9")
    else:
        one, other = word.control(IDS["维持"]), word.control(IDS["撤销"])
        stay = copy.deepcopy(one)
        other.addprevious(stay)
        one.addprevious(other)
        one.getparent().remove(one)
    came = sent.back(word)
    assert came.edits() == [("changed", "n005", "9件", "2件"), ("changed", "n006", "2件", "9件")]
    assert came.comparison.edits[0].note == "与“2件”对调"
    assert came.errors() == {"wrong_fact"}


def test_tags_exchanged_while_the_text_stands(sent: Sent) -> None:
    word = sent.word()
    one, other = word.control(IDS["维持"]), word.control(IDS["撤销"])
    one[0], other[0] = copy.deepcopy(other[0]), copy.deepcopy(one[0])
    came = sent.back(word)
    assert came.edits() == [("retyped", "n005", "9件", "9件"), ("retyped", "n006", "2件", "2件")]
    assert came.verdict.ok


@pytest.mark.parametrize(
    ("old", "new", "edit", "error"),
    [
        ("件，办结", "人，办结", ("changed", "n003", "48件", "48人"), "wrong_unit"),
        ("万元。", "元。", ("changed", "n015", "25.63万元", "25.63元"), "wrong_scale"),
        ("余人次", "人次", ("changed", "n013", "650余人次", "650人次"), "wrong_approx"),
    ],
)
def test_a_measure_word_changed(
    sent: Sent, old: str, new: str, edit: tuple[str, ...], error: str
) -> None:
    word = sent.word()
    word.replace(old, new)
    came = sent.back(word)
    assert came.edits() == [edit]
    assert came.one().status == "untraced"
    assert came.errors() == {error}


def test_the_same_amount_in_yuan(sent: Sent) -> None:
    word = sent.word()
    word.type_in_control(IDS["补贴"], "256300")
    word.replace("万元。", "元。")
    came = sent.back(word)
    assert came.edits() == [("retyped", "n015", "25.63万元", "256300元")]
    assert came.verdict.ok


def test_a_control_left_empty_and_one_with_words(sent: Sent) -> None:
    word = sent.word()
    word.control(IDS["收到"])[0].append(xml("<w:showingPlcHdr/>"))
    word.type_in_control(IDS["收到"], "单击此处输入文字")
    word.type_in_control(IDS["咨询"], "许多")
    came = sent.back(word)
    assert came.edits() == [
        ("deleted", "n003", "48件", ""),
        ("changed", "n013", "650余人次", "许多"),
    ]
    assert came.comparison.edits[1].note == "改成了没有数字的话"


def test_enter_pressed_in_a_paragraph_and_words_around_written_anew(sent: Sent) -> None:
    word = sent.word()
    word.split("办理行政诉讼")
    word.replace("全年共收到行政复议案件", "一年来，我局依法收到群众提出的行政复议案件")
    came = sent.back(word)
    assert came.edits() == []
    assert came.verdict.ok


def test_a_control_that_word_made_one_of_a_whole_paragraph(sent: Sent) -> None:
    word = sent.word()
    paragraph = word.paragraph("1055件")
    control = word.control(IDS["成功"])
    outer = copy.deepcopy(control)
    for node in list(outer[-1]):
        outer[-1].remove(node)
    for node in list(control[-1]):
        control.addprevious(node)
    control.getparent().remove(control)
    paragraph.addprevious(outer)
    outer[-1].append(paragraph)
    came = sent.back(word)
    assert came.edits() == []


def test_all_controls_lost_it_is_found_by_ledger_and_words(sent: Sent) -> None:
    word = sent.word()
    word.drop_controls()
    word.replace("48件", "58件")
    word.delete("、撤销2件")
    came = sent.back(word)
    assert came.edits() == [("changed", "n003", "48件", "58件"), ("deleted", "n006", "2件", "")]
    assert came.comparison.notices == ("数字的标记（内容控件）都不在了，是按台账和上下文比较的",)


def test_the_ledger_beside_the_file_serves_where_the_file_has_none(sent: Sent) -> None:
    word = sent.word()
    word.drop_ledger()
    word.type_in_control(IDS["收到"], "58")
    sent.path.with_name("改.ledger.json").write_text(sent.ledger.to_json(), "utf-8")
    assert sent.back(word).edits() == [("changed", "n003", "48件", "58件")]


def test_a_text_file_is_compared_by_words(sent: Sent) -> None:
    path = sent.path.with_suffix(".txt")
    path.write_text(read_text(sent.path).text.replace("办结23件", "办结33件"), "utf-8")
    path.with_name("报告.ledger.json").write_text(sent.ledger.to_json(), "utf-8")
    came = sent.read(path)
    assert came.edits() == [("changed", "n004", "23件", "33件")]
    assert came.comparison.notices == ()


def test_without_any_ledger_there_is_nothing_to_compare(sent: Sent, tmp_path: Path) -> None:
    path = tmp_path / "别人.txt"
    path.write_text("全年收到行政复议案件48件。", "utf-8")
    document = read_text(path)
    assert compare(document, check(document.printed, sent.sheet)) is None


def test_another_reports_ledger_is_not_compared(sent: Sent, tmp_path: Path) -> None:
    path = tmp_path / "别人.txt"
    path.write_text("移送线索36条。走访企业85家，为企业解决难题17个。", "utf-8")
    path.with_name("别人.ledger.json").write_text(sent.ledger.to_json(), "utf-8")
    came = sent.read(path)
    assert came.comparison == Comparison((), ("别人.ledger.json 与这份报告对不上，没有比较",))


def spoilt(ledger: Ledger, **values: object) -> str:
    body = json.loads(ledger.to_json())
    body["entries"][3] |= values
    return json.dumps(body)


@pytest.mark.parametrize(
    "values",
    [{"id": "n001"}, {"id": 7}, {"text": None}, {"start": "a"}, {"sources": [1]}, {"paragraph": True}],
)  # fmt: skip
def test_a_ledger_with_a_field_that_is_wrong_is_told(
    sent: Sent, tmp_path: Path, values: dict[str, object]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("收到48件", "utf-8")
    path.with_name("a.ledger.json").write_text(spoilt(sent.ledger, **values), "utf-8")
    assert sent.read(path).comparison.notices == ("a.ledger.json 读不通，没有比较",)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"[" * 100_000, b"[]", b'{"entries": 1}'])
def test_a_ledger_that_is_none_is_told(sent: Sent, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_text("收到48件", "utf-8")
    path.with_name("a.ledger.json").write_bytes(data)
    assert sent.read(path).comparison.notices == ("a.ledger.json 读不通，没有比较",)


def test_the_ledger_beside_the_file_serves_where_the_one_inside_is_damaged(sent: Sent) -> None:
    document = replace(read_text(sent.path), ledger='{"entries": 1}')
    verdict = check(document.printed, sent.sheet)
    alone = compare(document, verdict)
    assert alone == Comparison((), ("文件里带的数字台账已损坏，没有比较",))
    sent.path.with_name("报告.ledger.json").write_text(sent.ledger.to_json(), "utf-8")
    helped = compare(document, verdict)
    assert helped is not None
    assert helped.counts == {"unchanged": 18}
    assert helped.notices == ("文件里带的数字台账已损坏",)


def test_a_ledger_tampered_with_changes_no_verdict(sent: Sent, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(read_text(sent.path).text.replace("48件", "58件"), "utf-8")
    tampered = sent.ledger.to_json().replace('"text": "48"', '"text": "58"')
    path.with_name("a.ledger.json").write_text(tampered, "utf-8")
    came = sent.read(path)
    assert came.edits() == []
    assert came.errors() == {"untraced"}


def test_a_report_made_of_the_file_reads_as_the_file(sent: Sent) -> None:
    document = read_text(sent.path)
    report = report_of(document, check(document.printed, sent.sheet))
    assert report.text == document.printed
    assert [p.style for p in report.paragraphs()][:5] == [
        "title", "body", "heading1", "heading2", "body",
    ]  # fmt: skip
    assert list(report.paragraphs())[-1].style == "date"
    assert len(report.sections) == 3
