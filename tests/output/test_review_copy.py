"""The 校核稿: a comment on every number, marks on every issue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docx_parts import W, root_of, text_of, value
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from fzwriter.documents import read_text
from fzwriter.facts import FactSheet
from fzwriter.output import deliver
from fzwriter.output.ledger import make_ledger
from fzwriter.report import CheckReport, Issue, Report


@pytest.fixture
def path(checked: Report, sheet: FactSheet, tmp_path: Path) -> Path:
    deliver(checked, sheet, tmp_path / "r.docx", review=True)
    return tmp_path / "r.校核稿.docx"


def comments(path: Path) -> dict[str, str]:
    return {
        node.get(f"{W}id"): "\n".join(text_of(p) for p in node.iter(f"{W}p"))
        for node in root_of(path, "word/comments.xml").iter(f"{W}comment")
    }


def ranges(path: Path) -> dict[str, tuple[str, list[etree._Element]]]:
    """Comment id → the text it stands on, and its elements."""
    found: dict[str, tuple[str, list[etree._Element]]] = {}
    open_: set[str] = set()
    for node in root_of(path).iter():
        number = node.get(f"{W}id")
        if node.tag == f"{W}commentRangeStart":
            open_.add(number)
            found[number] = ("", [])
        elif node.tag == f"{W}commentRangeEnd":
            open_.remove(number)
        for number in open_:
            text, nodes = found[number]
            added = node.text or "" if node.tag == f"{W}t" else ""
            found[number] = (text + added, [*nodes, node])
    assert not open_
    return found


def test_each_number_has_a_comment_that_tells_its_source(
    path: Path, checked: Report, sheet: FactSheet
) -> None:
    told, stands = comments(path), ranges(path)
    assert set(told) == set(stands)
    ledger = make_ledger(checked, sheet)
    for entry in ledger.entries:
        (number,) = (n for n, text in told.items() if text.startswith(entry.id))
        assert stands[number][0] == entry.text
    on = {stands[number][0]: text for number, text in told.items() if text.startswith("n")}
    assert "f1 收到行政复议申请1085件" in on["1,085"]
    assert sheet.by_id["f1"].source in on["1,085"]
    assert "推算得出" in on["97.2%"]
    assert "办结1055件" in on["97.2%"]
    assert "对不上" in on["77"]


def test_issues_are_marked_in_colour_with_their_message(path: Path) -> None:
    told, stands = comments(path), ranges(path)
    (number,) = (n for n, text in told.items() if text.startswith("错误") and stands[n][0] == "77")
    colors = {n.get(f"{W}val") for n in stands[number][1] if n.tag == f"{W}highlight"}
    assert colors == {"yellow"}
    marked = {text_of(r) for r in root_of(path).iter(f"{W}r") if value(r, "rPr/highlight")}
    assert "77" in marked
    assert "1,085" not in marked


def test_a_required_fact_left_out_is_told_on_the_title(path: Path) -> None:
    told, stands = comments(path), ranges(path)
    (number,) = (n for n, text in told.items() if "办理公证" in text)
    assert stands[number][0] == "砚岭县司法局关于2024年度法治政府建设情况的报告"


def test_ranges_lie_outside_controls_and_styles_exist(path: Path) -> None:
    root = root_of(path)
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for node in root.iter(f"{W}{name}"):
            assert not [a for a in node.iterancestors() if a.tag == f"{W}sdt"]
    styles = {s.get(f"{W}styleId") for s in root_of(path, "word/styles.xml").iter(f"{W}style")}
    used = {n.get(f"{W}val") for n in root_of(path, "word/comments.xml").iter(f"{W}pStyle")}
    used |= {n.get(f"{W}val") for n in root.iter(f"{W}rStyle")}
    assert used <= styles


@pytest.mark.parametrize("version", [FileFormat.OFFICE_2007, FileFormat.MICROSOFT_365])
def test_schema_validator_finds_no_error(path: Path, version: FileFormat) -> None:
    assert not OpenXmlValidator(file_format=version).validate(path).errors


def test_comments_are_no_part_of_the_text(path: Path, checked: Report) -> None:
    assert read_text(path).text == checked.text


def test_issues_that_overlap_or_span_paragraphs(
    checked: Report, sheet: FactSheet, tmp_path: Path
) -> None:
    assert checked.check is not None
    at = checked.text.index("1,085")
    length = len(checked.text)
    issues = (
        Issue(at + 1, at + 3, "wording", "warning", "数字里"),
        Issue(at - 4, at + 2, "wording", "error", "跨入数字"),
        Issue(10, length - 5, "wording", "warning", "跨段"),
        Issue(length, length, "omitted_fact", "error", "漏写"),
        Issue(length + 50, length + 60, "omitted_fact", "error", "界外"),
        Issue(at, at, "wording", "error", "<零宽>&"),
    )
    report = replace(checked, check=CheckReport(checked.check.mentions, issues))
    deliver(report, sheet, tmp_path / "r.docx", review=True)
    path = tmp_path / "r.校核稿.docx"
    assert not OpenXmlValidator().validate(path).errors
    assert read_text(path).text == report.text
    told = "\n".join(comments(path).values())
    for issue in issues:
        assert told.count(issue.message) == 1
    assert ranges(path)
