"""A report as read: headings in every form, what stands at an offset, tables, sentences."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from fzwriter.documents import read_text
from fzwriter.reading import ReportText, heading_paths
from fzwriter.reading.headings import Hint

TITLE = "霖汀县司法局关于2024年度法治政府建设情况的报告"
FIRST = "全年收到案件48件，办结23件。"
SECOND = "全年收到案件60件，办结41件。"
PLAIN = (
    "主要成效",
    "行政复议",
    FIRST,
    "法律援助",
    SECOND,
    "下一步工作",
    "继续努力，抓好各项工作。",
)
LEVELS = (1, 2, 0, 2, 0, 1, 0)

# How headings of the first and of the second level are typed.
TYPED = {
    "一、（一）": ("{c}、", "（{c}）"),
    "（一）1.": ("（{c}）", "{n}."),
    "1.（1）": ("{n}. ", "（{n}）"),
    "1、(1)": ("{n}、", "({n})"),
    "一.(一)": ("{c}.", "({c})"),
    "第一部分 一、": ("第{c}部分 ", "{c}、"),
    "第一章 第一节": ("第{c}章　", "第{c}节　"),
    "1 1.1": ("{n}. ", "{m}.{n} "),
    "Markdown": ("# ", "## "),
}
PATHS = [
    ("主要成效",),
    ("主要成效", "行政复议"),
    ("主要成效", "行政复议"),
    ("主要成效", "法律援助"),
    ("主要成效", "法律援助"),
    ("下一步工作",),
    ("下一步工作",),
]


def typed(forms: tuple[str, str]) -> str:
    counts, lines = [0, 0], []
    for level, text in zip(LEVELS, PLAIN, strict=True):
        if level:
            counts[level - 1] += 1
            counts[level:] = [0] * (2 - level)
            number = counts[level - 1]
            text = forms[level - 1].format(c="一二三"[number - 1], n=number, m=counts[0]) + text
        lines.append(text)
    return "\n".join((TITLE, *lines))


@pytest.mark.parametrize("form", TYPED)
def test_a_path_is_the_same_in_every_form_of_number(form: str) -> None:
    assert heading_paths(typed(TYPED[form])) == [(), *PATHS]


def test_a_path_is_the_same_by_style_by_words_numbers_and_bold(tmp_path: Path) -> None:
    text = "\n".join((TITLE, *PLAIN))
    styles = {at: Hint(level) for at, level in enumerate(LEVELS, 1) if level}
    labels = dict(zip((1, 2, 4, 6), ("一、", "（一）", "（二）", "二、"), strict=True))
    for hints in (styles, {at: Hint(label=label) for at, label in labels.items()}):
        assert [one.path for one in ReportText.made(text, hints).paragraphs] == [(), *PATHS]
    bold = "\n".join(f"**{line}**" if line == "行政复议" else line for line in (TITLE, *PLAIN[1:3]))
    assert heading_paths(bold) == [(), ("行政复议",), ("行政复议",)]


def test_short_lines_above_paragraphs_are_headings_and_sentences_are_none() -> None:
    text = "\n".join((TITLE, "行政复议", FIRST, "法律援助", SECOND))
    assert heading_paths(text) == [
        (), ("行政复议",), ("行政复议",), ("法律援助",), ("法律援助",),
    ]  # fmt: skip
    for line in (
        "全年办结41件", "办结41件。", "主要做法如下：", "霖汀县司法局", "2025年1月20日", "特此报告",
    ):  # fmt: skip
        told = f"{TITLE}\n一、主要成效\n{FIRST}\n{line}"
        assert heading_paths(told)[-1] == ("主要成效",), line
    unfinished = f"{TITLE}\n一、主要成效\n全年开展活动\n法律宣传\n{SECOND}"  # a list, no heading
    assert heading_paths(unfinished)[3] == ("主要成效",)


def test_mixed_looks_nest_by_style_and_by_number() -> None:
    text = "\n".join(
        (TITLE, "工作情况", "（一）复议", FIRST, "（二）援助", SECOND, "存在问题", FIRST)
    )
    read = ReportText.made(text, {1: Hint(2), 6: Hint(2)})
    assert [one.path for one in read.paragraphs][2:] == [
        ("工作情况", "复议"), ("工作情况", "复议"), ("工作情况", "援助"), ("工作情况", "援助"),
        ("存在问题",), ("存在问题",),
    ]  # fmt: skip
    assert [(one.level, one.text) for one in read.outline] == [
        (1, "工作情况"), (2, "复议"), (2, "援助"), (1, "存在问题"),
    ]  # fmt: skip


def test_at_tells_paragraph_sentence_clause_and_headings() -> None:
    text = f"{TITLE}\n一、主要成效\n（一）行政复议。{FIRST}没有超期；都已归档。"
    read = ReportText.of(text)
    place = read.at(text.index("23"))
    assert place.paragraph == 2
    assert text[slice(*place.sentence)] == FIRST
    assert text[slice(*place.clause)] == "办结23件。"
    assert place.path == ("主要成效", "行政复议")
    assert text[slice(*read.at(text.index("超期")).sentence)] == "没有超期；"
    assert [one.level for one in read.paragraphs] == [None, 1, 2]
    assert read.at(len(text)).paragraph == 2
    assert ReportText.of("").at(0).sentence == (0, 0)
    assert ReportText.of(read) is read


def test_a_word_file_gives_its_headings_its_tables_and_its_margins(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph("行政复议", style="Heading 1")
    document.add_paragraph(FIRST)
    table = document.add_table(3, 3)
    for row, cells in enumerate(
        (("项目", "收到", "办结"), ("复议案件", "48", "23"), ("", "60", "41"))
    ):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_paragraph(SECOND)
    document.sections[0].header.paragraphs[0].text = "内部资料"
    path = tmp_path / "a.docx"
    document.save(str(path))
    file = read_text(path)
    read = ReportText.of(file)
    assert read.text == file.printed
    assert [one.path for one in read.paragraphs][-2:] == [("行政复议",), ("行政复议",)]
    place = read.at(read.text.index("\n41") + 1)
    assert (place.row, place.head, place.path) == ("复议案件", "办结", ("行政复议",))
    head = read.at(read.text.index("\n收到") + 1)
    assert (head.row, head.head) == ("", "")
    assert len(read.tables) == 1
