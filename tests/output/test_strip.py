"""The copy that is filed: nothing of ours inside, all of the people's work kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docx_parts import BODY, W, changed, edited, packed, parts_of, root_of, text_of
from lxml import etree
from openxml_audit import OpenXmlValidator

from fzwriter.documents import read_text
from fzwriter.errors import InputError
from fzwriter.facts import FactSheet
from fzwriter.output import deliver, docx_bytes
from fzwriter.output.strip import strip_provenance
from fzwriter.report import Report

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


@pytest.fixture
def review(checked: Report, sheet: FactSheet, tmp_path: Path) -> bytes:
    deliver(checked, sheet, tmp_path / "r.docx", review=True, notice="未核稿：还有 2 处错误")
    return (tmp_path / "r.校核稿.docx").read_bytes()


def text(data: bytes, tmp_path: Path) -> str:
    path = tmp_path / "x.docx"
    path.write_bytes(data)
    assert not OpenXmlValidator().validate(path).errors
    return read_text(path).text


def test_nothing_of_ours_is_left(review: bytes, checked: Report, tmp_path: Path) -> None:
    stripped = strip_provenance(review)
    parts = parts_of(stripped)
    assert not [name for name in parts if "custom" in name.lower() or "comments" in name]
    for name, data in parts.items():
        if name != "word/styles.xml":
            for word in (b"w:sdt", b"comment", b"highlight", b"urn:fzwriter", "未核".encode()):
                assert word not in data, (name, word)
    assert text(stripped, tmp_path) == checked.text
    assert strip_provenance(stripped) == stripped


def test_what_people_changed_is_what_prints(review: bytes, checked: Report, tmp_path: Path) -> None:
    inside = edited(review, (">1,085<", ">1,086<"))
    assert text(strip_provenance(inside), tmp_path) == checked.text.replace("1,085", "1,086")


def test_an_emptied_control_goes_with_its_placeholder(
    review: bytes, checked: Report, tmp_path: Path
) -> None:
    def empty(root: etree._Element) -> None:
        control = next(c for c in root.iter(f"{W}sdt") if text_of(c) == "77")
        properties = control.find(f"{W}sdtPr")
        properties.insert(3, etree.Element(f"{W}showingPlcHdr"))
        next(control.iter(f"{W}t")).text = "单击或点击此处输入文字。"

    stripped = strip_provenance(changed(review, empty))
    assert text(stripped, tmp_path) == checked.text.replace("77", "")


def test_controls_and_parts_of_others_stay(review: bytes, tmp_path: Path) -> None:
    def add(root: etree._Element) -> None:
        control = next(c for c in root.iter(f"{W}sdt") if text_of(c) == "77")
        for name in ("tag", "alias"):
            control.find(f"{W}sdtPr/{W}{name}").set(f"{W}val", "科室填写")

    parts = parts_of(changed(review, add))
    parts["customXml/item2.xml"] = b"<theirs/>"
    stripped = strip_provenance(packed(parts))
    assert [text_of(c) for c in root_of(stripped).iter(f"{W}sdt")] == ["77"]
    assert parts_of(stripped)["customXml/item2.xml"] == b"<theirs/>"


def test_comments_and_marks_of_people_stay(review: bytes, tmp_path: Path) -> None:
    theirs = (
        '<w:comment w:id="900" w:author="李科长"><w:p><w:r><w:t>请核</w:t></w:r></w:p></w:comment>'
        "</w:comments>"
    )
    data = edited(review, ("</w:comments>", theirs), part="word/comments.xml")

    def mark(root: etree._Element) -> None:
        first = next(p for p in root.iter(f"{W}p") if text_of(p).startswith("发放"))
        for place, name in ((1, "commentRangeStart"), (2, "commentRangeEnd")):
            node = etree.Element(f"{W}{name}")
            node.set(f"{W}id", "900")
            first.insert(place, node)
        run = etree.SubElement(first, f"{W}r")
        etree.SubElement(run, f"{W}commentReference").set(f"{W}id", "900")
        run = etree.SubElement(first, f"{W}r")
        marker = etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}highlight")
        marker.set(f"{W}val", "green")
        etree.SubElement(run, f"{W}t").text = "（科室补充）"

    stripped = strip_provenance(changed(data, mark))
    left = list(root_of(stripped, "word/comments.xml").iter(f"{W}comment"))
    assert [node.get(f"{W}id") for node in left] == ["900"]
    body = parts_of(stripped)[BODY].decode()
    assert body.count('w:id="900"') == 3
    assert body.count("<w:highlight") == 1
    assert "（科室补充）" in text(stripped, tmp_path)


def test_a_reply_of_a_person_outlives_our_comment(review: bytes) -> None:
    def name(root: etree._Element) -> None:
        first = next(root.iter(f"{W}comment"))
        next(first.iter(f"{W}p")).set(f"{{{W14}}}paraId", "0000AAAA")
        reply = etree.fromstring(
            f'<w:comment xmlns:w="{W[1:-1]}" xmlns:w14="{W14}" w:id="901" w:author="王主任">'
            '<w:p w14:paraId="0000BBBB"><w:r><w:t>已核</w:t></w:r></w:p></w:comment>'
        )
        root.append(reply)

    parts = parts_of(changed(review, name, part="word/comments.xml"))
    parts["word/commentsExtended.xml"] = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="0000AAAA" w15:done="0"/>'
        '<w15:commentEx w15:paraId="0000BBBB" w15:paraIdParent="0000AAAA" w15:done="0"/>'
        "</w15:commentsEx>"
    ).encode()
    stripped = parts_of(strip_provenance(packed(parts)))
    assert "已核".encode() in stripped["word/comments.xml"]
    assert b"0000AAAA" not in b"".join(stripped.values())
    assert b"0000BBBB" in stripped["word/commentsExtended.xml"]


def test_a_file_that_lost_its_ledger_is_stripped_too(
    review: bytes, checked: Report, tmp_path: Path
) -> None:
    parts = parts_of(strip_provenance(review))
    with_controls = parts_of(review)
    parts[BODY] = with_controls[BODY]
    parts["word/comments.xml"] = with_controls["word/comments.xml"]
    parts["word/_rels/document.xml.rels"] = with_controls["word/_rels/document.xml.rels"]
    data = edited(
        packed(parts),
        (r"<Relationship [^>]*customXml[^>]*/>", ""),
        part="word/_rels/document.xml.rels",
    )
    assert b"w:sdt" not in parts_of(strip_provenance(data))[BODY]


def test_a_report_of_somebody_else_keeps_every_part(sample: Report) -> None:
    data = docx_bytes(sample)
    assert {k: v for k, v in parts_of(strip_provenance(data)).items() if k != BODY} == {
        k: v for k, v in parts_of(data).items() if k != BODY and "footer" not in k
    } | {k: v for k, v in parts_of(strip_provenance(data)).items() if "footer" in k}


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"x" * 99])
def test_what_is_no_docx_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        strip_provenance(data, "坏.docx")
    assert "坏.docx" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_notice_stays_out_of_headers_too(sample: Report) -> None:
    data = docx_bytes(replace(sample, addressee=""), notice="未核稿：还有 3 处错误")
    stripped = parts_of(strip_provenance(data))
    for name, part in stripped.items():
        if name != "word/styles.xml":
            assert "未核稿".encode() not in part, name
    assert b"<w:p" in stripped["word/header1.xml"]
