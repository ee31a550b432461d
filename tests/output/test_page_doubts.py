"""Doubts in what people open: page, ledger, workbook and review copy; and figures with a twin."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as lxml_html
from openpyxl import load_workbook

from fzwriter.check import check
from fzwriter.check.confirm import Confirmations, claims, confirmation, settled
from fzwriter.check.verdict import doubt, wrong
from fzwriter.facts import FactSheet, loads_facts
from fzwriter.output import deliver
from fzwriter.output.ledger import make_ledger
from fzwriter.output.ledger_book import ledger_book
from fzwriter.output.page import page_html
from fzwriter.output.review import make_remarks
from fzwriter.report import CheckReport, Paragraph, Report, Section

SHEET = loads_facts(
    """
unit: {name: 砚岭县司法局, type: 司法局, level: 县}
period: 2024
document: {kind: 法治政府建设年度报告, date: 2025-01-20}
facts:
  - {id: f1, topic: 普法, name: 发放宣传资料, value: 1.2, unit: 万份}
  - {id: f2, topic: 公证, name: 办理公证, value: 33, unit: 件}
  - {id: f3, topic: 法律援助, name: 办理法律援助案件, value: 33, unit: 件}
  - {id: f4, topic: 人民调解, name: 调解矛盾纠纷, value: 106, unit: 件}
  - {id: f5, topic: 普法, name: 印制法治日历, value: 12000, unit: 份}
  - {id: f6, topic: 普法, name: 培育法律明白人, value: 33, unit: 名}
"""
)
FILES = (Path("我的 报告.docx"), Path("数据.xlsx"))


def judged(*doubtful: str, errors: tuple[str, ...] = ()) -> Report:
    """A report whose verdict is in doubt of some figures and refutes others."""
    body = (
        "办理公证33件，办理法律援助案件33件。调解矛盾纠纷106件。发放宣传资料1.2万份。"
        "培育法律明白人33名。"
    )
    report = Report("砚岭县司法局工作总结", (Section("成效", (Paragraph(body),)),))
    verdict = check(report.text, SHEET)
    pairs = [
        doubt(m, "wrong_fact", f"{m.text}说的可能是另一回事", "请核对")
        if m.text in doubtful
        else wrong(m, "wrong_fact", "不对", "请改")
        if m.text in errors
        else (m, None)
        for m in verdict.mentions
    ]
    found = CheckReport(
        tuple(m for m, _ in pairs), tuple(issue for _, issue in pairs if issue is not None)
    )
    return replace(report, check=settled(found, report.text, SHEET))


def confirmed(report: Report, which: int) -> Report:
    assert report.check is not None
    claim = claims(report.check, report.text, SHEET)[which]
    given = Confirmations((confirmation(claim, "张三", "2025-01-08 09:30"),))
    return replace(report, check=settled(report.check, report.text, SHEET, given))


def page_of(report: Report, sheet: FactSheet = SHEET, **more):
    return lxml_html.document_fromstring(page_html(report, sheet, **more))


def test_doubts_have_a_reason_what_the_sheet_has_and_steps_between_them() -> None:
    report = judged("106", "1.2万", errors=("33",))
    page = page_of(report, files=FILES)
    badges = [e.text for e in page.xpath("//aside//li//span[contains(@class, 'label')]")]
    assert badges == ["错1", "错2", "错3", "疑1", "疑2"]  # errors first
    first, second = page.xpath("//li[@class='issue doubt']")
    assert "106说的可能是另一回事" in first.text_content()
    assert "数据文件中：" in first.text_content()
    assert "调解矛盾纠纷 106件" in first.text_content()
    assert [a.text for a in first.xpath(".//p[@class='step']/a")] == ["下一处存疑"]
    (forward,) = first.xpath(".//p[@class='step']/a/@href")
    (back,) = second.xpath(".//p[@class='step']/a/@href")
    assert (forward, back) == ("#t-i5", "#t-i4")
    assert all(page.get_element_by_id(link[1:]) is not None for link in (forward, back))


def test_the_command_line_is_that_of_the_one_claim() -> None:
    report = judged("106", "1.2万")
    assert report.check is not None
    codes = [claim.code for claim in claims(report.check, report.text, SHEET)]
    commands = page_of(report, files=FILES).xpath("//code[@class='command']/text()")
    assert commands == [
        f'fzwriter confirm "我的 报告.docx" --facts 数据.xlsx {code}' for code in codes
    ]
    evil = (Path("$(rm).docx"), Path("a'b\".xlsx"))
    (line, _) = page_of(report, files=evil).xpath("//code[@class='command']/text()")
    assert line.startswith("fzwriter confirm '$(rm).docx' --facts 'a'\"'\"'b\".xlsx' q")
    assert not page_of(report).xpath("//code")


@pytest.mark.parametrize(
    ("report", "state", "words"),
    [
        (judged("106"), "doubt", "没有发现错误，但有 1 处存疑，核实之前不得报送"),
        (judged("106", errors=("1.2万",)), "error", "有 1 处错误，改正之前不得报送"),
        (confirmed(judged("106"), 0), "good", "没有发现错误"),
    ],
)
def test_the_headline_tells_the_gravest(report: Report, state: str, words: str) -> None:
    page = page_of(report)
    assert page.xpath("//header/@class") == [f"top {state}"]
    assert page.xpath("//header//h1/text()") == [words]


def test_a_confirmed_figure_is_shown_with_who_and_when() -> None:
    report = confirmed(judged("106"), 0)
    page = page_of(report, files=FILES)
    (row,) = page.xpath("//tr[@data-s='confirmed']")
    assert "已确认（张三，2025-01-08 09:30）" in row.text_content()
    assert "已确认" in row.xpath(".//span[@class='status']")[0].text_content()
    (mark,) = page.xpath("//main//a[@data-s='confirmed']")
    assert mark.text_content() == "106"
    assert not page.xpath("//code")


@pytest.mark.parametrize(
    ("report", "status", "filled"),
    [(judged("106"), "存疑待核", True), (confirmed(judged("106"), 0), "存疑已确认", False)],
)
def test_ledger_workbook_and_review_copy_say_so(report: Report, status: str, filled: bool) -> None:
    ledger = make_ledger(report, SHEET)
    (entry,) = (e for e in ledger.entries if e.text == "106")
    assert entry.names == ("调解矛盾纠纷",)
    book = load_workbook(io.BytesIO(ledger_book(report, SHEET, ledger)))
    (row,) = (r for r in book["数字台账"].iter_rows() if r[2].value == "106")
    assert row[7].value == status
    assert row[8].value == entry.why
    assert (row[0].fill.fill_type == "solid") == filled
    uses = {r[0].value: r[8].value for r in book["数据使用情况"].iter_rows(min_row=2)}
    assert uses["f4"] == ("未写入" if filled else "已写入")
    lines = [line for remark in make_remarks(report, SHEET, ledger) for line in remark.lines]
    assert any(line.endswith(f"106件：{status}") for line in lines)
    assert ("存疑：106说的可能是另一回事" in lines) == filled


def test_a_copy_in_doubt_is_never_final(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    assert len(deliver(judged("106"), SHEET, path, final=True)) == 4
    assert deliver(confirmed(judged("106"), 0), SHEET, path, final=True) == [path]


# -- proved, but by a value that other data have too -----------------------------------------------


def test_a_proved_figure_whose_value_others_share_bears_a_mark() -> None:
    page = page_of(judged())
    marked = {a.text_content(): a.get("title") for a in page.xpath("//main//a[@class='n twin']")}
    assert set(marked) == {"33", "1.2万"}
    assert marked["1.2万"].endswith("；该数与“印制法治日历”相同")  # by scale
    rows = [row.text_content() for row in page.xpath("//table[contains(@class,'numbers')]//tr")]
    twins = [row for row in rows if "该数与" in row]
    assert len(twins) == 3  # 33名 is another measure
    assert "该数与“办理法律援助案件”相同" in twins[0]
    assert "该数与“办理公证”相同" in twins[1]


def test_what_is_not_proved_bears_none() -> None:
    assert not page_of(judged("33", errors=("1.2万",))).xpath("//main//a[@class='n twin']")
