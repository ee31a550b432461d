"""The .docx as its XML says, read without the code that wrote it."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from fzwriter.documents import read_text
from fzwriter.output import write_docx
from fzwriter.report import Paragraph, Report, Section

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FANGSONG, KAITI, HEITI, SONGTI, TITLE = (
    "仿宋_GB2312",
    "楷体_GB2312",
    "黑体",
    "宋体",
    "方正小标宋简体",
)


class Parts:
    """The parts of a .docx."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.infos = archive.infolist()
            self.data = {info.filename: archive.read(info) for info in self.infos}

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.data[name])

    @property
    def paragraphs(self) -> list[etree._Element]:
        return list(self.xml("word/document.xml").iter(f"{W}p"))

    def starting(self, text: str) -> etree._Element:
        return next(p for p in self.paragraphs if text_of(p).startswith(text))


def text_of(paragraph: etree._Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(f"{W}t"))


def value(node: etree._Element, path: str, name: str = "val") -> str | None:
    found = node.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + name)


def fonts(run: etree._Element) -> tuple[str | None, str | None, str | None]:
    return tuple(value(run, "rPr/rFonts", name) for name in ("eastAsia", "ascii", "hAnsi"))


@pytest.fixture
def parts(sample: Report, tmp_path: Path) -> Parts:
    write_docx(sample, tmp_path / "report.docx")
    return Parts(tmp_path / "report.docx")


def test_page_is_a4_with_the_standards_margins_and_22_lines(parts: Parts) -> None:
    (section,) = parts.xml("word/document.xml").iter(f"{W}sectPr")
    assert (value(section, "pgSz", "w"), value(section, "pgSz", "h")) == ("11906", "16838")
    margins = [value(section, "pgMar", side) for side in ("top", "right", "bottom", "left")]
    assert margins == ["2098", "1474", "1984", "1588"]
    assert value(section, "docGrid", "type") == "lines"
    assert value(section, "docGrid", "linePitch") == "579"
    assert (16838 - 2098 - 1984) // 579 == 22
    assert (11906 - 1588 - 1474) // (320 - 5) == 28


@pytest.mark.parametrize(
    ("start", "style", "font", "outline"),
    [
        ("一、主要举措", "Heading1", HEITI, "0"),
        ("（一）坚持党", "Heading2", KAITI, "1"),
        ("1. 完善统筹", "Heading3", FANGSONG, "2"),
        ("（1）健全", "Heading4", FANGSONG, "3"),
        ("县委、县人民政府：", "Addressee", FANGSONG, None),
        ("2024年，", "BodyText", FANGSONG, None),
        ("砚岭县司法局关于", "Title", TITLE, None),
        ("2025年1月8日", "Date", FANGSONG, None),
    ],
)
def test_each_kind_of_paragraph_has_its_style_and_font(
    parts: Parts, start: str, style: str, font: str, outline: str | None
) -> None:
    paragraph = parts.starting(start)
    assert value(paragraph, "pPr/pStyle") == style
    assert {fonts(run)[0] for run in paragraph.iter(f"{W}r")} == {font}
    (definition,) = (
        s for s in parts.xml("word/styles.xml").iter(f"{W}style") if s.get(f"{W}styleId") == style
    )
    assert fonts(definition)[0] == font
    assert value(definition, "pPr/outlineLvl") == outline
    assert value(definition, "rPr/b") == "0"


def test_every_run_everywhere_names_its_fonts_and_is_not_bold(parts: Parts) -> None:
    for name in ("word/document.xml", "word/footer1.xml", "word/footer2.xml"):
        for run in parts.xml(name).iter(f"{W}r"):
            east, ascii_, high = fonts(run)
            assert east in {FANGSONG, KAITI, HEITI, SONGTI, TITLE}
            assert ascii_ == high == (SONGTI if "footer" in name else "Times New Roman")
            assert value(run, "rPr/rFonts", "hint") == "eastAsia"
            assert value(run, "rPr/b") == "0"
            assert value(run, "rPr/lang", "eastAsia") == "zh-CN"


def test_styles_leave_nothing_to_the_reader_program(parts: Parts) -> None:
    root = parts.xml("word/styles.xml")
    (defaults,) = root.iter(f"{W}rPrDefault")
    assert fonts(defaults) == (FANGSONG, "Times New Roman", "Times New Roman")
    assert value(defaults, "rPr/lang", "eastAsia") == "zh-CN"
    for style in root.iter(f"{W}style"):
        if style.get(f"{W}type") == "paragraph":
            assert fonts(style)[0], style.get(f"{W}styleId")
            assert value(style, "pPr/spacing", "lineRule") == "exact"
    names = {style.get(f"{W}styleId"): value(style, "name") for style in root.iter(f"{W}style")}
    assert [names[f"Heading{n}"] for n in (1, 2, 3, 4)] == [f"heading {n}" for n in (1, 2, 3, 4)]


def test_body_is_16_point_tightened_indented_and_justified(parts: Parts) -> None:
    paragraph = parts.starting("2024年，")
    (run,) = paragraph.iter(f"{W}r")
    assert (value(run, "rPr/sz"), value(run, "rPr/spacing")) == ("32", "-5")
    assert value(paragraph, "pPr/ind", "firstLineChars") == "200"
    assert value(paragraph, "pPr/ind", "firstLine") == "640"
    assert value(paragraph, "pPr/jc") == "both"
    assert value(paragraph, "pPr/spacing", "line") == "579"
    assert value(paragraph, "pPr/spacing", "lineRule") == "exact"
    assert value(paragraph, "pPr/autoSpaceDE") == value(paragraph, "pPr/autoSpaceDN") == "0"


def test_title_breaks_softly_and_a_blank_line_follows(parts: Parts) -> None:
    title, blank, addressee = parts.paragraphs[:3]
    assert value(title, "pPr/jc") == "center"
    assert value(title, "pPr/spacing", "line") == "640"
    assert value(title, "pPr/snapToGrid") == "0"
    assert {value(run, "rPr/sz") for run in title.iter(f"{W}r")} == {"44"}
    assert len(list(title.iter(f"{W}br"))) == 1
    assert text_of(blank) == ""
    assert text_of(addressee) == "县委、县人民政府："
    assert value(addressee, "pPr/ind", "firstLine") == "0"


def test_run_in_heading_is_a_run_of_its_own(parts: Parts) -> None:
    head, rest = parts.starting("（三）发挥").iter(f"{W}r")
    assert text_of(head) == "（三）发挥复议主渠道作用，实质性化解行政争议。"
    assert fonts(head)[0] == KAITI
    assert fonts(rest)[0] == FANGSONG
    assert value(head, "rPr/rStyle") == "Heading2Char"


def test_sign_off_stands_right_below_a_blank_line_and_stays_with_the_text(parts: Parts) -> None:
    last, blank, organ, date = parts.paragraphs[-4:]
    assert text_of(blank) == ""
    assert text_of(organ) == "砚岭县司法局"
    assert value(organ, "pPr/jc") == value(date, "pPr/jc") == "right"
    assert value(organ, "pPr/ind", "rightChars") == "200"
    for paragraph in (last, blank, organ):
        assert paragraph.find(f"{W}pPr/{W}keepNext") is not None


@pytest.mark.parametrize(
    ("organ", "date"),
    [
        ("砚岭县司法局", "2025年1月20日"),
        ("砚岭县司法局", "2025年12月20日"),
        ("砚岭县人力资源和社会保障局", "2025年1月8日"),
        ("县委办", "2025年1月8日"),
    ],
)
def test_date_begins_two_characters_right_of_the_organ(
    sample: Report, tmp_path: Path, organ: str, date: str
) -> None:
    write_docx(dataclasses.replace(sample, signature=organ, date=date), tmp_path / "r.docx")
    first, second = Parts(tmp_path / "r.docx").paragraphs[-2:]
    character = 315
    date_width = sum(0.5 if mark.isdigit() else 1 for mark in date) * character
    organ_right, date_right = (int(value(p, "pPr/ind", "right") or 0) for p in (first, second))
    start_gap = (organ_right + len(organ) * character) - (date_right + date_width)
    assert start_gap == pytest.approx(2 * character, abs=2)
    assert min(organ_right, date_right) == 640 or date_width <= len(organ) * character


def test_page_numbers_stand_on_the_outer_edge(parts: Parts) -> None:
    section = next(parts.xml("word/document.xml").iter(f"{W}sectPr"))
    assert [r.get(f"{W}type") for r in section.iter(f"{W}footerReference")] == ["default", "even"]
    assert parts.xml("word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    for name, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):
        (paragraph,) = parts.xml(name).iter(f"{W}p")
        assert text_of(paragraph) in {"— 1 —", "— 2 —"}
        assert "".join(paragraph.itertext()).count("PAGE") == 1
        assert value(paragraph, "pPr/jc") == side
        assert value(paragraph, "pPr/ind", f"{side}Chars") == "100"
        assert {value(run, "rPr/sz") for run in paragraph.iter(f"{W}r")} == {"28"}
        assert {fonts(run)[0] for run in paragraph.iter(f"{W}r")} == {SONGTI}


def test_nothing_of_the_american_template_is_left(parts: Parts) -> None:
    names = set(parts.data)
    assert not any("stylesWithEffects" in name or "thumbnail" in name for name in names)
    everything = b"".join(parts.data.values()).decode()
    assert "python-docx" not in everything
    assert "ja-JP" not in everything
    assert 'eastAsia="en-US"' not in everything
    core = parts.data["docProps/core.xml"].decode()
    assert "砚岭县司法局关于2024年度法治政府建设情况的报告" in core
    assert "<dc:creator>砚岭县司法局</dc:creator>" in core
    assert "2025-01-08T00:00:00Z" in core


def test_other_fonts_are_named_where_ours_are_missing(parts: Parts) -> None:
    table = parts.xml("word/fontTable.xml")
    others = {font.get(f"{W}name"): value(font, "altName") for font in table}
    assert others[FANGSONG] == "仿宋"
    assert others[KAITI] == "楷体"


@pytest.mark.parametrize("notice", ["", "未核：尚有 3 处数字问题，不得报送"])
@pytest.mark.parametrize("version", [FileFormat.OFFICE_2007, FileFormat.MICROSOFT_365])
def test_schema_validator_finds_no_error(
    sample: Report, tmp_path: Path, notice: str, version: FileFormat
) -> None:
    path = tmp_path / "report.docx"
    write_docx(sample, path, notice=notice)
    result = OpenXmlValidator(file_format=version).validate(path)
    assert result.is_valid, [str(error) for error in result.errors]
    assert not result.errors


def test_notice_is_red_on_top_and_in_every_header_but_no_part_of_the_text(
    sample: Report, tmp_path: Path
) -> None:
    path = tmp_path / "report.docx"
    write_docx(sample, path, notice="未核：尚有 3 处数字问题，不得报送")
    parts = Parts(path)
    first = parts.paragraphs[0]
    assert text_of(first) == "未核：尚有 3 处数字问题，不得报送"
    assert first.find(f"{W}pPr/{W}pBdr") is not None
    section = next(parts.xml("word/document.xml").iter(f"{W}sectPr"))
    assert [r.get(f"{W}type") for r in section.iter(f"{W}headerReference")] == ["default", "even"]
    for paragraph in (first, parts.xml("word/header1.xml")[0], parts.xml("word/header2.xml")[0]):
        assert text_of(paragraph).startswith("未核")
        (run,) = paragraph.iter(f"{W}r")
        assert (value(run, "rPr/color"), value(run, "rPr/b")) == ("FF0000", "1")
    assert read_text(path).text == sample.text


def test_same_report_gives_the_same_bytes_in_another_process(
    sample: Report, tmp_path: Path
) -> None:
    script = (
        "import sys; from pathlib import Path; from fzwriter.output import write_docx;"
        "from fzwriter.report import Paragraph, Report, Section;"
        "write_docx(Report('题目', (Section('导语', (Paragraph('正文3件。'),)),),"
        " signature='某局', date='2025年1月8日'), Path(sys.argv[1]), notice='未核')"
    )
    paths = [tmp_path / "1.docx", tmp_path / "2.docx"]
    for seed, path in enumerate(paths, 1):
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "TZ": f"UTC{seed}"}
        subprocess.run([sys.executable, "-c", script, path], env=environment, check=True)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert {info.date_time for info in Parts(paths[0]).infos} == {(1980, 1, 1, 0, 0, 0)}


def test_importing_output_does_not_load_python_docx() -> None:
    script = (
        "import sys, fzwriter.output, fzwriter.documents;"
        "sys.exit(bool({'docx', 'lxml'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    "left_out", [("addressee",), ("signature",), ("date",), ("addressee", "signature", "date")]
)
def test_relaxed_forms_print_too(sample: Report, tmp_path: Path, left_out: tuple[str, ...]) -> None:
    report = dataclasses.replace(sample, **dict.fromkeys(left_out, ""))
    path = tmp_path / "report.docx"
    write_docx(report, path)
    assert read_text(path).text == report.text
    assert not OpenXmlValidator().validate(path).errors


def test_text_that_xml_forbids_is_dropped_and_marks_are_kept(tmp_path: Path) -> None:
    text = "a\x00b\x0b\ud800c\u200b\uffff<d>&\"e'\t]]>…“”𠮷"
    report = Report("题\x01目", (Section("导语", (Paragraph(text),)),), signature="局\udfff")
    path = tmp_path / "report.docx"
    write_docx(report, path, notice="未\x02核")
    assert read_text(path).paragraphs == ("题目", "abc<d>&\"e'\t]]>…“”𠮷", "局")


def test_odd_leads_and_impossible_dates_do_no_harm(tmp_path: Path) -> None:
    paragraphs = (
        Paragraph("全是标题。", lead=5, lead_level=9),
        Paragraph("越界", lead=99, lead_level=1),
        Paragraph("无级别。正文", lead=4),
    )
    report = Report("题目" * 200, (Section("导语", paragraphs),), date="2025年13月40日")
    path = tmp_path / "report.docx"
    write_docx(report, path)
    assert read_text(path).text == report.text
