"""The numbers Word prints by itself, table cells and bold lines: what headings are told by."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from word_parts import p, part, relations, t

from fzwriter.documents import Cell, office, read_text
from fzwriter.documents.numbering import spell

Make = Callable[..., Path]


def level(at: int, text: str, format_: str = "chineseCounting", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(
    levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    return part("numbering", f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}')


def item(text: str, at: int = 0, list_id: int = 1) -> str:
    return p(t(text), f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>')


def labels(path: Path) -> list[str]:
    document = read_text(path)
    return [document.labels.get(at, "") for at in range(len(document.paragraphs))]


GONGWEN = level(0, "%1、") + level(1, "（%2）") + level(2, "%3.", "decimal")


def test_levels_count_and_a_higher_one_sets_the_lower_back(make: Make) -> None:
    body = "".join(
        item(text, at)
        for text, at in (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0), ("己", 1))
    )
    path = make(body, numbering=numbering(GONGWEN))
    assert labels(path) == ["一、", "（一）", "（二）", "1.", "二、", "（一）"]
    assert read_text(path).text == "甲\n乙\n丙\n丁\n戊\n己"


def test_upper_levels_stand_in_the_number_and_legal_ones_in_digits(make: Make) -> None:
    levels = level(0, "第%1部分") + level(1, "%1.%2", "decimal", "<w:isLgl/>")
    path = make(item("甲") + item("乙", 1) + item("丙", 1), numbering=numbering(levels))
    assert labels(path) == ["第一部分", "1.1", "1.2"]


def test_a_level_that_never_restarts_goes_on(make: Make) -> None:
    levels = level(0, "%1、") + level(1, "（%2）", more='<w:lvlRestart w:val="0"/>')
    body = item("甲") + item("乙", 1) + item("丙") + item("丁", 1)
    assert labels(make(body, numbering=numbering(levels))) == ["一、", "（一）", "二、", "（二）"]


def test_two_lists_of_one_kind_count_on_unless_told_to_start(make: Make) -> None:
    nums = "".join(
        f'<w:num w:numId="{id_}"><w:abstractNumId w:val="0"/>{more}</w:num>'
        for id_, more in (
            (1, ""),
            (2, ""),
            (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        )
    )
    body = item("甲") + item("乙", list_id=2) + item("丙", list_id=3) + item("丁", list_id=3)
    assert labels(make(body, numbering=numbering(GONGWEN, nums))) == [
        "一、",
        "二、",
        "一、",
        "二、",
    ]


def test_a_heading_style_brings_its_list_and_its_level(make: Make) -> None:
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/><w:basedOn w:val="h1"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>',
    )
    levels = level(0, "%1、", more='<w:pStyle w:val="h1"/>') + level(
        1, "（%2）", more='<w:pStyle w:val="h2"/>'
    )
    body = "".join(
        p(t(text), f'<w:pStyle w:val="{style}"/>') for text, style in (("甲", "h1"), ("乙", "h2"))
    )
    path = make(body, styles=styles, numbering=numbering(levels))
    assert labels(path) == ["一、", "（一）"]
    assert read_text(path).levels == {0: 1, 1: 2}


def test_bullets_numbers_taken_off_and_lists_that_are_not_there_print_none(make: Make) -> None:
    body = item("甲", 3) + item("乙", list_id=0) + item("丙", list_id=7) + item("丁")
    path = make(body, numbering=numbering(GONGWEN + level(3, "•", "bullet")))
    assert labels(path) == ["", "", "", "一、"]


def test_an_empty_paragraph_counts_as_in_word(make: Make) -> None:
    assert labels(make(item("甲") + item("") + item("丙"), numbering=numbering(GONGWEN))) == [
        "一、",
        "三、",
    ]


@pytest.mark.parametrize(
    ("format_", "numbers", "spelled"),
    [
        ("chineseCountingThousand", (1, 10, 11, 20, 21, 105, 110), "一 十 十一 二十 二十一 一百零五 一百一十"),
        ("chineseLegalSimplified", (1, 10, 12), "壹 壹拾 壹拾贰"),
        ("ideographTraditional", (1, 10, 11), "甲 癸 甲"),
        ("upperRoman", (4, 9, 14), "IV IX XIV"),
        ("lowerLetter", (1, 26, 27), "a z aa"),
        ("decimalEnclosedCircle", (1, 20, 21), "① ⑳ 21"),
        ("decimalFullWidth", (12,), "１２"),
        ("somethingNew", (3,), "3"),
    ],
)  # fmt: skip
def test_formats(format_: str, numbers: tuple[int, ...], spelled: str) -> None:
    assert " ".join(spell(number, format_) for number in numbers) == spelled


def cell(inner: str, span: int = 1) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{inner}</w:tc>'


def test_cells_know_their_row_and_column(make: Make) -> None:
    row = f"<w:tr>{cell(p(t('甲')), 2)}{cell(p(t('乙')))}</w:tr>"
    under = f"<w:tr>{cell(p(''))}{cell(p(t('丙')))}{cell(p(t('丁')) + p(t('戊')))}</w:tr>"
    path = make(p(t("前")) + f"<w:tbl>{row}{under}</w:tbl>" + p(t("后")))
    cells = read_text(path).cells
    assert {at: tuple(place) for at, place in cells.items()} == {
        1: (0, 0, 0), 2: (0, 0, 2), 3: (0, 1, 1), 4: (0, 1, 2), 5: (0, 1, 2),
    }  # fmt: skip


def test_markdown_gives_levels_bold_lines_and_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# 报告\n## 复议 ##\n**法律援助**\n办结**23**件。\n| 项目 | 件 |\n|---|---|\n| 复议 | 48 |\n\n| 又 |\n",
        "utf-8",
    )
    document = read_text(path)
    assert document.levels == {0: 1, 1: 2}
    assert document.bold == {2}
    assert [document.cells.get(at) for at in range(4, 9)] == [
        Cell(0, 0, 0), Cell(0, 0, 1), Cell(0, 1, 0), Cell(0, 1, 1), Cell(1, 0, 0),
    ]  # fmt: skip


def test_bold_is_what_prints_bold_throughout(make: Make) -> None:
    def run(text: str, more: str) -> str:
        return f"<w:r><w:rPr>{more}</w:rPr><w:t>{text}</w:t></w:r>"

    body = "".join(
        p(inner)
        for inner in (
            run("甲", "<w:b/>"),
            run("乙", "<w:b/>") + t("丙"),
            run("丁", '<w:b w:val="0"/>'),
            run("戊", "<w:b/>") + t(" "),
        )
    )
    assert read_text(make(body)).bold == {0, 3}


@pytest.mark.office
def test_libreoffice_prints_the_same_numbers(make: Make, tmp_path: Path) -> None:
    if not office.program():
        pytest.skip("LibreOffice is not installed")
    nums = "".join(
        f'<w:num w:numId="{id_}"><w:abstractNumId w:val="0"/>{more}</w:num>'
        for id_, more in (
            (1, ""),
            (2, ""),
            (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'),
        )
    )
    levels = (
        level(0, "第%1部分")
        + level(1, "%2、")
        + level(2, "（%3）")
        + level(3, "%4.", "decimal")
        + level(4, "%4.%5", "decimal")
    )
    places = (
        *((0, 1), (1, 1), (2, 1), (2, 1), (3, 1), (4, 1), (4, 1), (1, 1), (2, 1)),
        *((0, 2), (1, 2), (0, 3), (0, 3), (1, 3)),
        *(((0, 1),) * 12),
    )
    body = "".join(item(f"甲{n}", at, list_id) for n, (at, list_id) in enumerate(places))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{what}+xml"/>'
        for name, what in (("document", "document.main"), ("numbering", "numbering"))
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    path = make(
        body,
        numbering=numbering(levels, nums),
        **{
            "[Content_Types].xml": types,
            "word/_rels/document.xml.rels": relations(numbering="numbering.xml"),
        },
    )
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office.program(), profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=110,
    )
    printed = path.with_suffix(".txt").read_text("utf-8-sig").split("\n")
    ours = [f"{label} 甲{n}" for n, label in enumerate(labels(path))]
    assert [" ".join(line.replace("甲", " 甲").split()) for line in printed if line] == ours
