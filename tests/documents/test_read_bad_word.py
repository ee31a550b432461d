"""Damaged, hostile or mistaken files: one Chinese line each, with a remedy."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from word_parts import OFFICE, relations

from fzwriter.documents import package, read, read_text
from fzwriter.errors import InputError

Make = Callable[..., Path]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = "<w:p><w:r><w:t>正文3件</w:t></w:r></w:p>"
ENTITIES = f'<!DOCTYPE w:document [<!ENTITY a "aaaa">]><w:document {W}><w:body>'
ENTITIES += "<w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
OUTSIDE = f'<!DOCTYPE x SYSTEM "file:///etc/passwd"><w:document {W}/>'


def refused(path: Path, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_text(path)
    assert str(path) in str(caught.value)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "0 字节"),
        (b"not a zip", "不是有效的 .docx"),
        (b"PK\x03\x04 cut off", "不是有效的 .docx"),
        (b"\xd0\xcf\x11\xe0 old word", "其实是旧版 .doc"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "加了打开密码"),
    ],
)
def test_not_a_docx(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(data)
    refused(path, message)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (None, "缺 document.xml"),
        ("<worksheet/>", "缺 document.xml"),
        ("<w:document", "XML 读不通"),
        (b"", "XML 读不通"),
        (ENTITIES, "DOCTYPE"),
        (ENTITIES.encode("utf-16"), "DOCTYPE"),
        (OUTSIDE, "DOCTYPE"),
        (f"<w:document {W}><w:body/></w:document>", "没有文字"),
        (f"<w:document {W}>" + "<w:sdt>" * 400 + "</w:sdt>" * 400 + "</w:document>", "读不通"),
    ],
)  # fmt: skip
def test_bad_main_part(make: Make, document: str | bytes | None, message: str) -> None:
    refused(make("", document=document), message)


def test_bomb_by_ratio(make: Make) -> None:
    refused(make(BODY, big=b" " * (11 * 1024 * 1024)), "解压后大得不正常")


def test_bomb_by_total(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 100)
    refused(make(BODY), "解压后大得不正常")


def test_bomb_in_one_part(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART", 100)
    refused(make(BODY), "解压后大得不正常")


def test_too_large_a_file(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_FILE_BYTES", 10)
    refused(make(BODY), "文件太大")


def test_a_hundred_megabytes_are_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "大.docx"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)  # a hole: no disk is filled
    refused(path, "文件太大（100 MB），上限 50 MB")


def test_a_bomb_of_real_size_is_refused_at_once(make: Make) -> None:
    path = make(BODY, huge=b"\0" * (100 * 1024 * 1024))
    assert path.stat().st_size < 1024 * 1024
    refused(path, "解压后大得不正常")


@pytest.mark.parametrize("name", ["a.docm", "a.dotm", "A.DOCM"])
def test_a_macro_document_is_refused_by_its_name(make: Make, name: str) -> None:
    refused(make(BODY, name), "带宏的文件为安全起见不读")


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "word/VBAProject.bin", "vbaProject.bin"])
def test_macros_under_another_name_are_refused(make: Make, part: str) -> None:
    refused(make(BODY, **{part: b"\xd0\xcf\x11\xe0 macros"}), "文件带宏")


def test_what_lies_outside_is_never_fetched(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[object] = []
    monkeypatch.setattr("socket.socket.connect", lambda *target: reached.append(target))
    outside = "".join(
        f'<Relationship Id="o{n}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
        for n, (kind, target) in enumerate(
            [
                ("attachedTemplate", "http://127.0.0.1:9/evil.dotm"),
                ("header", "file:///etc/passwd"),
                ("footnotes", "http://127.0.0.1:9/notes.xml"),
                ("customXml", "http://127.0.0.1:9/ledger.xml"),
            ]
        )
    )
    links = relations().replace("</Relationships>", f"{outside}</Relationships>")
    document = read_text(make(BODY, **{"word/_rels/document.xml.rels": links}))
    assert (document.text, document.margins, document.ledger) == ("正文3件", (), "")
    assert reached == []


def test_a_relation_that_leaves_the_package_leads_nowhere(make: Make) -> None:
    links = relations(header="../../../../etc/passwd", customXml="..\\..\\secret.xml")
    document = read_text(make(BODY, **{"word/_rels/document.xml.rels": links}))
    assert (document.margins, document.ledger) == ((), "")


def test_password_on_zip_entries(make: Make) -> None:
    path = make(BODY)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(signature, place + 4)
    path.write_bytes(data)
    refused(path, "加了密码")


def test_damage_anywhere_is_an_input_error_or_harmless(make: Make) -> None:
    path = make(BODY * 50, styles=f"<w:styles {W}/>", footnotes=f"<w:footnotes {W}/>")
    whole = path.read_bytes()
    chance = random.Random(9704)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        path.write_bytes(data)
        with suppress(InputError):
            read_text(path)


def test_an_excel_file_renamed(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    path = tmp_path / "台账.docx"
    path.write_bytes(stream.getvalue())
    refused(path, "没有 Word 正文")
