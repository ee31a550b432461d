"""Two matters hold a figure of one name: exchanged under headings of any look, both are found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from fzwriter import check
from fzwriter.documents import read_text
from fzwriter.facts import FactSheet
from fzwriter.pipeline.checking import check_document
from fzwriter.report import CheckReport

TITLE = "霖汀县司法局关于2024年度法治政府建设情况的报告"
SHEET = FactSheet.model_validate(
    {
        "unit": {"name": "霖汀县司法局", "type": "司法局", "level": "县", "region": "霖汀县"},
        "period": 2024,
        "document": {"kind": "法治政府建设年度报告", "title": TITLE},
        "facts": [
            {"id": "a", "topic": "行政复议", "name": "收到案件", "value": 48, "unit": "件"},
            {"id": "b", "topic": "行政复议", "name": "办结", "value": 23, "unit": "件"},
            {"id": "c", "topic": "法律援助", "name": "收到案件", "value": 60, "unit": "件"},
            {"id": "d", "topic": "法律援助", "name": "办结", "value": 41, "unit": "件"},
        ],
    }
)
Lines = list[tuple[int, str]]  # level of a heading, 0 for text


def lines(first: int, second: int) -> Lines:
    return [
        (1, "主要举措和成效"),
        (2, "做好行政复议工作"),
        (0, f"全年收到案件48件，办结{first}件。"),
        (2, "做好法律援助工作"),
        (0, f"全年收到案件60件，办结{second}件。"),
    ]


# How headings of the first and the second level are typed.
TYPED = {
    "一、（一）": ("{c}、", "（{c}）"),
    "（一）1.": ("（{c}）", "{n}."),
    "一、1.": ("{c}、", "{n}. "),
    "一.(1)": ("{c}.", "({n})"),
    "一、（1）": ("{c}、", "（{n}）"),
    "第一部分 一、": ("第{c}部分　", "{c}、"),
    "第一章 1、": ("第{c}章 ", "{n}、"),
    "Markdown": ("## ", "### "),
    "nothing but the line": ("{c}、", ""),
}


def typed(told: Lines, form: tuple[str, str]) -> str:
    counts = [0, 0]
    written = [TITLE]
    for level, text in told:
        number = counts[level - 1]
        mark = form[level - 1].format(c="一二"[number], n=number + 1) if level else ""
        counts[level - 1] += bool(level)
        written.append(mark + text)
    return "\n".join(written)


def wrong(verdict: CheckReport) -> list[str]:
    return [
        verdict_.text
        for verdict_ in verdict.mentions
        if any(
            issue.kind == "wrong_fact" and issue.severity == "error" and issue.start <= verdict_.start < issue.end
            for issue in verdict.issues
        )
    ]  # fmt: skip


@pytest.mark.parametrize("form", TYPED)
def test_under_typed_headings(form: str) -> None:
    assert wrong(check(typed(lines(41, 23), TYPED[form]), SHEET)) == ["41", "23"]
    assert check(typed(lines(23, 41), TYPED[form]), SHEET).ok


def styled(document: docx.document.Document, told: Lines) -> None:
    for level, text in told:
        document.add_paragraph(text, style=f"Heading {level}" if level else None)


def numbered(document: docx.document.Document, told: Lines) -> None:
    """Word's own numbers and no style: 一、 and （一） stand in numbering.xml alone."""
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, text in enumerate(("%1、", "（%2）"))
    )
    root.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    for level, text in told:
        properties = document.add_paragraph(text).paragraph_format.element.get_or_add_pPr()
        if level:
            number = properties.get_or_add_numPr()
            number.get_or_add_ilvl().set(qn("w:val"), str(level - 1))
            number.get_or_add_numId().set(qn("w:val"), "77")


def bold(document: docx.document.Document, told: Lines) -> None:
    for level, text in told:
        document.add_paragraph().add_run(text).bold = bool(level)


@pytest.mark.parametrize("make", [styled, numbered, bold])
def test_under_headings_of_a_word_file(
    make: Callable[[docx.document.Document, Lines], None], tmp_path: Path
) -> None:
    for figures, found in (((41, 23), ["41", "23"]), ((23, 41), [])):
        document = docx.Document()
        document.add_paragraph(TITLE)
        make(document, lines(*figures))
        path = tmp_path / "报告.docx"
        document.save(str(path))
        verdict = check_document(read_text(path), SHEET)
        assert wrong(verdict) == found
        assert verdict.ok is not bool(found)


@pytest.mark.parametrize("line", ["### {}", "**{}**"])
def test_under_headings_of_a_markdown_file(line: str, tmp_path: Path) -> None:
    path = tmp_path / "报告.md"
    told = "\n\n".join(
        line.format(text) if level == 2 else text for level, text in lines(41, 23)[1:]
    )
    path.write_text(f"# {TITLE}\n\n## 主要举措和成效\n\n{told}\n", "utf-8")
    assert wrong(check_document(read_text(path), SHEET)) == ["41", "23"]
