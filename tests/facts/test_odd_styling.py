"""Styling openpyxl dislikes: the cells are read all the same, with all that changes a figure."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from workbooks import FIRST, part, repack, save

from fzwriter.errors import InputError
from fzwriter.facts import load_facts

STRINGS = "xl/sharedStrings.xml"
STYLES, SHEET, BOOK = "xl/styles.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"
ROWS = (
    FIRST,
    ("普法", "普法知晓率", 0.987),
    ("普法", "删去的", 7, "场"),
    ("普法", "藏起的", 8, "场"),
    ("人民调解", "调解", 9, "件"),
    (None, "成功", 10, "件"),
    ("普法", "讲座", "", "场"),
)


def touch(book: Any) -> None:
    sheet = book["数据"]
    sheet["C3"].number_format = "0.0%"
    for cell in sheet[4]:
        cell.font = Font(strike=True, color="FFFF0000")
    sheet.row_dimensions[5].hidden = True
    sheet.merge_cells("A6:A7")
    struck, colour = InlineFont(strike=True), InlineFont(color="FFFF0000")
    sheet["C8"] = CellRichText(TextBlock(struck, "4"), TextBlock(colour, "5"))


def spoilt(path: Path, name: str, old: bytes, new: bytes) -> Path:
    text = part(path, name)
    assert re.search(old, text)
    return repack(path, {name: re.sub(old, new, text, count=1)})


def with_shared_strings(path: Path) -> Path:
    """As Excel and WPS keep the texts of cells; openpyxl writes them into the sheets."""
    texts: list[bytes] = []

    def moved(found: re.Match[bytes]) -> bytes:
        texts.append(b"<si>" + found[1] + b"</si>")
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    sheet = re.sub(rb't="inlineStr"><is>(.*?)</is>', moved, part(path, SHEET))
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/%s" ContentType="%s"/></Types>' % (STRINGS.encode(), kind)
    types = part(path, "[Content_Types].xml").replace(b"</Types>", override)
    strings = b'<sst xmlns="%s">%s</sst>' % (main, b"".join(texts))
    return repack(path, {SHEET: sheet, STRINGS: strings, "[Content_Types].xml": types})


VALIDATION = b'<dataValidations><dataValidation type="what" sqref="A1"/></dataValidations>'
RULE = (
    b'<conditionalFormatting sqref="A1"><cfRule type="odd" priority="1"/></conditionalFormatting>'
)
NAMES = b'<definedName name="_xlnm.Print_Titles" localSheetId="1">#REF!oops</definedName>'


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (STYLES, rb"<fonts", b"<fonts"),
        (STYLES, rb'rgb="[0-9A-F]+"', b'rgb="F"'),
        (STYLES, rb"<font>", b'<font><family val="255"/>'),
        (STYLES, rb'<sz val="\d+"\s*/>', b'<sz val="big"/>'),
        (STYLES, rb'patternType="\w+"', b'patternType="wps"'),
        (STYLES, rb"<border>", b'<border><left style="wiggly"/>'),
        (STYLES, rb"<cellStyles.*?</cellStyles>", b""),
        (SHEET, rb"</sheetData>", b"</sheetData>" + VALIDATION),
        (SHEET, rb"</sheetData>", b"</sheetData>" + RULE),
        (SHEET, rb"<sheetView ", b'<sheetView view="odd" '),
        (SHEET, rb'<pageMargins left="[^"]*"', b'<pageMargins left="x"'),
        (STRINGS, rb'rgb="[0-9A-F]+"', b'rgb="F"'),
        (BOOK, rb"</sheets>", b"</sheets><definedNames>" + NAMES + b"</definedNames>"),
        ("docProps/core.xml", rb">20\d\d-[^<]*<", b">yesterday<"),
    ],
)  # fmt: skip
def test_a_book_that_is_readable_is_read(tmp_path: Path, name: str, old: bytes, new: bytes) -> None:
    path = with_shared_strings(save(tmp_path / "数据.xlsx", ROWS, touch=touch))
    sheet = load_facts(spoilt(path, name, old, new))
    assert [(f.topic, f.name, float(f.value), f.unit) for f in sheet.facts] == [
        ("行政复议", "收到行政复议案件", 48, "件"),
        ("普法", "普法知晓率", 98.7, "%"),
        ("人民调解", "调解", 9, "件"),
        ("人民调解", "成功", 10, "件"),
        ("普法", "讲座", 5, "场"),
    ]
    said = "".join(sheet.notices)
    assert "第 5 行是隐藏的" in said
    assert "第 4 行加了删除线" in said
    assert "数据!C8：“4”加了删除线" in said


def test_cells_whose_style_is_lost_are_not_guessed_at(tmp_path: Path) -> None:
    path = save(tmp_path / "数据.xlsx", ROWS, touch=touch)
    with pytest.raises(InputError, match="看不出哪些数是百分比") as caught:
        load_facts(repack(path, {STYLES: None}))
    assert caught.value.remedy


def test_what_is_skipped_is_said(tmp_path: Path) -> None:
    path = save(tmp_path / "数据.xlsx", ROWS, touch=touch)
    sheet = load_facts(spoilt(path, STYLES, rb'rgb="[0-9A-F]+"', b'rgb="F"'))
    assert sum("批注没有查看" in notice for notice in sheet.notices) == 1
