"""Content controls around numbers, and the ledger inside the file."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from docx_parts import W, controls, paragraph, parts_of, root_of, text_of, value
from openpyxl import load_workbook
from openxml_audit import FileFormat, OpenXmlValidator

from fzwriter.check import check
from fzwriter.documents import read_text
from fzwriter.facts import FactSheet, loads_facts
from fzwriter.numbers import find_numbers
from fzwriter.output import docx_bytes, write_docx
from fzwriter.output.ledger import Ledger, held, make_ledger
from fzwriter.output.ledger_book import ledger_book
from fzwriter.output.strip import strip_provenance
from fzwriter.report import CheckReport, Paragraph, Report, Section


@pytest.fixture
def ledger(checked: Report, sheet: FactSheet) -> Ledger:
    return make_ledger(checked, sheet)


@pytest.fixture
def path(checked: Report, ledger: Ledger, tmp_path: Path) -> Path:
    write_docx(checked, tmp_path / "r.docx", ledger=ledger)
    return tmp_path / "r.docx"


def test_every_entry_has_one_control_that_holds_its_number(path: Path, ledger: Ledger) -> None:
    there = controls(path)
    assert list(there) == [entry.id for entry in ledger.entries]
    for entry in ledger.entries:
        start, end = held(entry.text)
        assert there[entry.id] == entry.text[start:end]
    texts = set(there.values())
    assert {"1,085", "97.2%", "1.2", "2024", "一百二十", "77"} <= texts


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1,085", "1,085"),
        ("97.2%", "97.2%"),
        ("1.2万余", "1.2"),
        ("2024年", "2024"),
        ("约100", "100"),
        ("3亿5000万", "3"),
        ("12，", "12"),
        ("一百二十", "一百二十"),
        ("４８", "４８"),
        ("××", "××"),
    ],
)
def test_a_control_holds_the_ascii_number_of_a_mixed_numeral(text: str, part: str) -> None:
    start, end = held(text)
    assert text[start:end] == part


def test_controls_are_named_twice_unlocked_and_plain_only_where_ascii(path: Path) -> None:
    numbers = set()
    for control in root_of(path).iter(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        assert value(control, "sdtPr/tag") == value(control, "sdtPr/alias")
        assert properties.find(f"{W}lock") is None
        assert (properties.find(f"{W}text") is not None) == text_of(control).isascii()
        assert control.getparent().tag == f"{W}p"
        numbers.add(value(control, "sdtPr/id"))
    assert len(numbers) == len(list(root_of(path).iter(f"{W}sdt")))


def test_text_reads_back_unchanged(path: Path, checked: Report) -> None:
    assert read_text(path).text == checked.text


def test_run_in_heading_and_title_keep_their_looks_around_controls(path: Path) -> None:
    root = root_of(path)
    fonts: dict[str, str] = {}
    for run in paragraph(root, "（一）全年办结").iter(f"{W}r"):
        font = value(run, "rPr/rFonts", "eastAsia") or ""
        fonts[font] = fonts.get(font, "") + text_of(run)
    assert fonts == {
        "楷体_GB2312": "（一）全年办结1055件。",
        "仿宋_GB2312": "收到行政复议申请1,085件，办结1055件，办结率97.2%。",
    }
    title = paragraph(root, "砚岭县司法局关于2024")
    assert len(list(title.iter(f"{W}br"))) == 1
    assert not [br for sdt in title.iter(f"{W}sdt") for br in sdt.iter(f"{W}br")]


def test_the_ledger_travels_inside_in_an_unbound_part(path: Path, ledger: Ledger) -> None:
    assert read_text(path).ledger == ledger.to_json()
    parts = parts_of(path)
    assert b"urn:fzwriter:ledger:1" in parts["customXml/itemProps1.xml"]
    assert b"dataBinding" not in parts["word/document.xml"]
    assert Ledger.from_json(read_text(path).ledger) == ledger


@pytest.mark.parametrize("version", [FileFormat.OFFICE_2007, FileFormat.MICROSOFT_365])
def test_schema_validator_finds_no_error(path: Path, version: FileFormat) -> None:
    assert not OpenXmlValidator(file_format=version).validate(path).errors


def test_the_same_report_gives_the_same_bytes(checked: Report, ledger: Ledger) -> None:
    assert docx_bytes(checked, ledger=ledger) == docx_bytes(checked, ledger=ledger)


def test_without_a_ledger_nothing_of_it_is_inside(checked: Report) -> None:
    parts = parts_of(docx_bytes(checked))
    assert not [name for name in parts if name.startswith("customXml")]
    assert b"w:sdt" not in parts["word/document.xml"]


HOSTILE = [
    "<w:t>&amp;</w:t>",
    "]]><!--",
    "a\x00b\x0bc",
    "\ud800\udfff",
    "\u202e84\u200b",
    "=HYPERLINK(1)",
    "&lt;script&gt;",
    "\n1\n",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_and_control_characters_do_no_harm(text: str, tmp_path: Path) -> None:
    sheet = loads_facts(
        "unit: {name: 甲局, type: 司法局}\nperiod: 2024\ndocument: {kind: 总结}\n"
        "facts: [{id: f1, name: 办结, value: 48, unit: 件}]\n"
    )
    fact = sheet.facts[0].model_copy(update={"name": f"办结{text}", "source": text})
    sheet = sheet.model_copy(update={"facts": (fact,)})
    line = Paragraph(f"{text}办结48件{text}，共{text}3次")
    report = Report(f"题目{text}2024年", (Section("导语", (line,)),), signature=text)
    report = replace(report, check=check(report.text, sheet))
    ledger = make_ledger(report, sheet)
    path = tmp_path / "r.docx"
    write_docx(report, path, ledger=ledger, notice=text)
    assert not OpenXmlValidator().validate(path).errors
    assert "办结48件" in read_text(path).text
    assert "48" in controls(path).values()
    loaded = json.loads(read_text(path).ledger)
    assert len(loaded["entries"]) == len(ledger.entries)


def test_ten_thousand_numbers(tmp_path: Path) -> None:
    sheet = loads_facts(
        "unit: {name: 甲局, type: 司法局}\nperiod: 2024\ndocument: {kind: 总结}\n"
        "facts: [{id: f1, name: 办结, value: 48, unit: 件}]\n"
    )
    lines = tuple(
        Paragraph("，".join(f"办结{n}件" for n in range(row * 50, row * 50 + 50)) + "。")
        for row in range(200)
    )
    report = Report("总结", (Section("成效", lines),))
    # A verdict without the cost of tracing them, which is measured elsewhere.
    mentions = find_numbers(report.text)
    report = replace(
        report, check=CheckReport(tuple(m.judged("untraced", "没有出处") for m in mentions))
    )
    ledger = make_ledger(report, sheet)
    assert len(ledger.entries) == 10_000
    write_docx(report, tmp_path / "r.docx", ledger=ledger)
    assert len(controls(tmp_path / "r.docx")) == 10_000
    assert read_text(tmp_path / "r.docx").text == report.text
    stripped = strip_provenance((tmp_path / "r.docx").read_bytes())
    assert not controls(stripped)
    lines_of_book = load_workbook(io.BytesIO(ledger_book(report, sheet, ledger)), read_only=True)
    assert lines_of_book["数字台账"].max_row == 10_001
