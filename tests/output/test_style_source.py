"""A unit's own .docx as the look of its reports."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx_parts import W, edited, packed, paragraph, parts_of, root_of, value
from openxml_audit import OpenXmlValidator

from fzwriter.documents import read_text
from fzwriter.errors import InputError
from fzwriter.output import docx_bytes, write_docx
from fzwriter.output.layout import STANDARD
from fzwriter.output.style_source import read_design
from fzwriter.report import Report


def said(document, text: str, font: str, size: float, **more):
    """A paragraph with direct formatting, as people make them."""
    one = document.add_paragraph()
    run = one.add_run(text)
    run.font.size = Pt(size)
    run.font.bold = more.get("bold")
    run.font.color.rgb = more.get("color")
    run.font.name = "Arial"
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    one.alignment = more.get("align")
    one.paragraph_format.line_spacing = more.get("line", Pt(30))
    one.paragraph_format.first_line_indent = Pt(size * 2) if more.get("indent", True) else None
    return one


@pytest.fixture
def template(tmp_path: Path) -> Path:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.left_margin = Cm(3), Cm(2.5)
    centre = WD_ALIGN_PARAGRAPH.CENTER
    said(document, "关于某事的报告", "华文中宋", 20, align=centre, indent=False, bold=True)
    said(document, "一、总体情况", "微软雅黑", 15, color=RGBColor(0xC0, 0, 0))
    said(document, "（一）抓落实", "楷体", 15, bold=True)
    for _ in range(3):
        said(document, "正文" * 40 + "。", "宋体", 14, line=1.5)
    document.save(tmp_path / "style.docx")
    return tmp_path / "style.docx"


def test_page_fonts_sizes_and_spacing_are_taken_over(template: Path) -> None:
    design, notices = read_design(template)
    assert (design.page.top, design.page.left) == (Cm(3).twips, Cm(2.5).twips)
    title, first, second = (design.looks[r] for r in ("title", "heading1", "heading2"))
    assert (title.font, title.size, title.bold, title.align) == ("华文中宋", 40, True, "center")
    assert (first.font, first.size, first.color, first.bold) == ("微软雅黑", 30, "C00000", False)
    assert (second.font, second.bold) == ("楷体", True)
    body = design.looks["body"]
    assert (body.font, body.latin, body.size, body.indent) == ("宋体", "Arial", 28, True)
    assert (body.rule, body.line) == ("auto", 360)
    assert (first.rule, first.line) == ("exact", 600)
    assert notices == []  # python-docx's template has styles for the rest


def test_a_report_printed_with_it_looks_like_it(
    template: Path, sample: Report, tmp_path: Path
) -> None:
    design, _ = read_design(template)
    path = tmp_path / "r.docx"
    write_docx(sample, path, design=design)
    root = root_of(path)
    assert value(next(root.iter(f"{W}sectPr")), "pgMar", "top") == str(Cm(3).twips)
    body = paragraph(root, "2024年，")
    run = next(body.iter(f"{W}r"))
    assert value(run, "rPr/rFonts", "eastAsia") == "宋体"
    assert value(run, "rPr/sz") == "28"
    assert value(body, "pPr/spacing", "lineRule") == "auto"
    assert value(body, "pPr/ind", "firstLine") == "560"
    assert not OpenXmlValidator().validate(path).errors
    assert read_text(path).text == sample.text


def test_our_own_file_gives_the_standard_back(sample: Report, tmp_path: Path) -> None:
    write_docx(sample, tmp_path / "own.docx")
    design, notices = read_design(tmp_path / "own.docx")
    assert design == STANDARD
    assert notices == []
    assert docx_bytes(sample, design=design) == docx_bytes(sample)


def test_what_the_file_does_not_show_is_the_standard_s_with_a_notice(
    sample: Report, tmp_path: Path
) -> None:
    write_docx(sample, tmp_path / "own.docx")
    parts = parts_of(tmp_path / "own.docx")
    parts["word/document.xml"] = (
        f'<w:document xmlns:w="{W[1:-1]}"><w:body><w:p><w:r><w:t>题目</w:t></w:r></w:p>'
        "</w:body></w:document>"
    ).encode()
    parts["word/styles.xml"] = f'<w:styles xmlns:w="{W[1:-1]}"/>'.encode()
    (tmp_path / "bare.docx").write_bytes(packed(parts))
    design, notices = read_design(tmp_path / "bare.docx")
    assert design.page == STANDARD.page
    assert design.looks["heading1"] == STANDARD.looks["heading1"]
    assert any("没有页面设置" in line for line in notices)
    assert any("一级标题" in line and "正文" in line for line in notices)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('w:w="11906"', 'w:w="999999"'),
        ('w:left="1588"', 'w:left="11000"'),
        ('w:top="2098"', 'w:top="-90000"'),
    ],
)
def test_an_impossible_page_is_refused_for_the_standard_s(
    sample: Report, tmp_path: Path, old: str, new: str
) -> None:
    (tmp_path / "s.docx").write_bytes(edited(docx_bytes(sample), (old, new)))
    design, notices = read_design(tmp_path / "s.docx")
    assert design.page == STANDARD.page
    assert notices


def test_impossible_type_falls_back_property_by_property(sample: Report, tmp_path: Path) -> None:
    data = edited(
        docx_bytes(sample),
        ('w:eastAsia="黑体"', 'w:eastAsia="&quot;/&gt;&lt;w:p/&gt;"'),
        ('<w:sz w:val="44"/>', '<w:sz w:val="9999"/>'),
        ('w:line="640"', 'w:line="1"'),
        ('<w:color w:val="000000"/>', '<w:color w:val="javascript"/>'),
    )
    (tmp_path / "s.docx").write_bytes(data)
    design, _ = read_design(tmp_path / "s.docx")
    assert design.looks["heading1"].font == "黑体"
    assert design.looks["title"] == STANDARD.looks["title"]
    assert (
        not OpenXmlValidator().validate(io_file(docx_bytes(sample, design=design), tmp_path)).errors
    )


def io_file(data: bytes, folder: Path) -> Path:
    (folder / "x.docx").write_bytes(data)
    return folder / "x.docx"


def test_hostile_and_other_files_are_refused_in_one_line(tmp_path: Path, sample: Report) -> None:
    good = parts_of(docx_bytes(sample))
    entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    files = {
        "text.docx": b"just text",
        "empty.docx": b"",
        "old.docx": b"\xd0\xcf\x11\xe0" + b"x" * 600,
        "bomb.docx": packed_compressed({"word/document.xml": b" " * 50_000_000}),
        "macro.docx": packed({**good, "word/vbaProject.bin": b"x"}),
        "entity.docx": packed({**good, "word/styles.xml": entity + good["word/styles.xml"]}),
        "sheet.xlsx": b"PK",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    for name in (*files, "none.docx"):
        with pytest.raises(InputError) as caught:
            read_design(tmp_path / name)
        assert name in str(caught.value)
        assert "\n" not in str(caught.value)
        assert caught.value.remedy


def packed_compressed(parts: dict[str, bytes]) -> bytes:
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()
