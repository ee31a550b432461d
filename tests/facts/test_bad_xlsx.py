"""Damaged, hostile or mistaken workbooks: one Chinese line each, with a remedy, and soon."""

from __future__ import annotations

import random
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from workbooks import part, repack, save

from fzwriter.errors import InputError
from fzwriter.facts import load_facts, xlsx_safety

SHEET = "xl/worksheets/sheet2.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def refused(path: Path, said: str) -> None:
    began = time.monotonic()
    with pytest.raises(InputError, match=said) as caught:
        load_facts(path)
    assert time.monotonic() - began < 5
    assert str(path) in str(caught.value)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "0 字节"),
        (b"not a zip", "不是有效的 .xlsx"),
        (b"PK\x03\x04 cut off", "不是有效的 .xlsx"),
        (b"\xd0\xcf\x11\xe0 old excel", "其实是旧版 .xls"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "加了打开密码"),
    ],
)
def test_not_a_workbook(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "数据.xlsx"
    path.write_bytes(data)
    refused(path, said)


@pytest.mark.parametrize("suffix", [".xls", ".et", ".ods", ".xlsb"])
def test_other_spreadsheets_are_to_be_saved_anew(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"数据{suffix}"
    path.write_bytes(b"x")
    refused(path, "另存为 .xlsx")


def test_macros(tmp_path: Path) -> None:
    path = save(tmp_path / "数据.xlsx")
    refused(repack(path, {"xl/vbaProject.bin": b"macro"}), "文件里有宏")
    named = tmp_path / "数据.xlsm"
    named.write_bytes(path.read_bytes())
    refused(named, "带宏的文件为安全起见不读")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/evil.txt"])
def test_entities_in_any_part(tmp_path: Path, name: str, encoding: str) -> None:
    text = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    refused(repack(save(tmp_path / "数据.xlsx"), {name: text.encode(encoding)}), "DOCTYPE")


def test_an_entity_from_outside(tmp_path: Path) -> None:
    text = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'
    refused(repack(save(tmp_path / "数据.xlsx"), {"xl/workbook.xml": text.encode()}), "DOCTYPE")


def test_bomb_by_ratio(tmp_path: Path) -> None:
    bomb = {"xl/media/a.bin": b" " * (11 * 1024 * 1024)}
    refused(repack(save(tmp_path / "数据.xlsx"), bomb), "解压后大得不正常")


def test_bomb_by_total(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_safety, "MAX_UNPACKED", 100)
    refused(save(tmp_path / "数据.xlsx"), "解压后大得不正常")


def test_a_hundred_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "数据.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(100 * 1024 * 1024)
    refused(path, "超过 10 MB")


@pytest.mark.parametrize("ref", ["A1:XFD1048576", "A:XFD", "A1:A9999999"])
@pytest.mark.parametrize("tag", ["mergeCells><mergeCell", "hyperlinks><hyperlink"])
def test_an_area_over_the_whole_sheet(tmp_path: Path, ref: str, tag: str) -> None:
    path = save(tmp_path / "数据.xlsx")
    outer = tag.split(">")[0]
    extra = f'<{tag} ref="{ref}"/></{outer}></worksheet>'.encode()
    text = part(path, SHEET).replace(b"</worksheet>", extra)
    refused(repack(path, {SHEET: text}), "合并单元格大得不正常")


def test_too_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_safety, "MAX_CELLS", 5)
    refused(save(tmp_path / "数据.xlsx"), "单元格超过")


def test_a_far_cell_costs_nothing(tmp_path: Path) -> None:
    path = save(tmp_path / "数据.xlsx")
    row = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    text = part(path, SHEET).replace(b"</sheetData>", row)
    assert len(load_facts(repack(path, {SHEET: text})).facts) == 1


def test_deep_nesting(tmp_path: Path) -> None:
    deep = b"<a>" * 5000 + b"</a>" * 5000
    refused(repack(save(tmp_path / "数据.xlsx"), {"xl/theme/theme1.xml": deep}), "嵌套过深")


def test_strict_open_xml(tmp_path: Path) -> None:
    path = save(tmp_path / "数据.xlsx")
    text = part(path, "xl/workbook.xml").replace(
        MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    refused(repack(path, {"xl/workbook.xml": text}), "Strict Open XML")


def test_password_on_zip_entries(tmp_path: Path) -> None:
    path = save(tmp_path / "数据.xlsx")
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(signature, place + 4)
    path.write_bytes(data)
    refused(path, "加了密码")


def test_a_word_file_renamed(tmp_path: Path) -> None:
    path = tmp_path / "报告.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    refused(path, "读不出表格")


def test_a_cell_longer_than_excel_allows(tmp_path: Path) -> None:
    path = save(tmp_path / "数据.xlsx")
    text = part(path, SHEET)
    long = b'<c r="H2" t="inlineStr"><is><t>' + b"x" * 40_000 + b"</t></is></c></row></sheetData>"
    refused(repack(path, {SHEET: text.replace(b"</row></sheetData>", long)}), "数据!H2：.*过长")


def test_damage_anywhere_is_an_input_error_or_harmless(tmp_path: Path) -> None:
    path = save(tmp_path / "数据.xlsx", sheets={"计划": (("内容",), ("加强普法",))})
    whole = path.read_bytes()
    chance = random.Random(9704)
    for _ in range(200):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        path.write_bytes(data)
        with suppress(InputError):
            load_facts(path)


def test_damaged_xml_is_an_input_error_or_harmless(tmp_path: Path) -> None:
    path = save(tmp_path / "数据.xlsx")
    whole = path.read_bytes()
    names = zipfile.ZipFile(path).namelist()
    chance = random.Random(26)
    for _ in range(200):
        path.write_bytes(whole)
        name = chance.choice(names)
        data = bytearray(part(path, name))
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 2))
        repack(path, {name: bytes(data)})
        with suppress(InputError):
            load_facts(path)
