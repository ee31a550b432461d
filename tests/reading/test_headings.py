"""Section trees: four levels, run-in headings, numbers lost and skipped."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from fzwriter.reading.headings import blocks, faults, outline
from fzwriter.reading.numbered import value
from fzwriter.reading.source import read_seeds

BODY = "这里写的是这一部分的具体内容，有一定的长度。"


def _tree(*paragraphs: str) -> list[tuple[int, int, str]]:
    return [(h.level, h.number, h.text) for h in outline(paragraphs)]


def test_four_levels() -> None:
    assert _tree(
        "第一部分：工作情况", "（一）抓统筹", "1.抓学习", "（1）抓考试", BODY, "（二）抓普法", BODY
    ) == [
        (1, 1, "工作情况"),
        (2, 1, "抓统筹"),
        (3, 1, "抓学习"),
        (4, 1, "抓考试"),
        (2, 2, "抓普法"),
    ]


def test_run_in_headings_and_items() -> None:
    paragraphs = ("一、情况", f"（一）抓统筹。{BODY}", "（二）抓决策一是审查。二是公开。")
    assert _tree(*paragraphs) == [(1, 1, "情况"), (2, 1, "抓统筹"), (2, 2, "抓决策")]
    found = list(blocks(paragraphs))
    assert found[0].path == ("情况", "抓统筹")
    assert found[0].text == BODY
    assert found[1].text == "一是审查。二是公开。"


def test_a_lost_number_is_put_back_and_a_skipped_one_is_told() -> None:
    headings = outline(
        (
            "一、学习情况",
            BODY,
            "主要举措和成效",
            f"（一）抓统筹。{BODY}",
            f"（三）抓普法。{BODY}",
            "三、问题",
            BODY,
        )
    )
    assert [(h.level, h.number, h.given) for h in headings] == [
        (1, 1, True),
        (1, 2, False),
        (2, 1, True),
        (2, 3, True),
        (1, 3, True),
    ]
    assert list(faults(headings)) == [
        (2, "补标题编号", "二、"),
        (4, "标题编号有缺（未改）", "（一）之后是（三）"),
    ]


def test_numbered_sentences_are_no_headings() -> None:
    sentence = (
        "由于编制有限，持证人员较少，加之缺乏专业培训，执法人员的业务能力还不能完全适应工作需要。"
    )
    assert _tree("三、问题", f"（一）{sentence}", f"（二）{sentence}") == [(1, 3, "问题")]


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("7", 7)],
)
def test_values(numeral: str, number: int) -> None:
    assert value(numeral) == number


def test_headings_by_word_style_get_their_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("云麓区教育局2019年法治建设工作总结")
    for style, text in (
        ("Heading 2", "工作情况"),
        ("Heading 3", "抓统筹"),
        ("Normal", BODY * 5),
        ("Heading 3", "抓普法"),
        ("Normal", BODY * 5),
        ("Heading 2", "存在的问题"),
        ("Normal", BODY * 5),
    ):
        document.add_paragraph(text, style=style)
    path = tmp_path / "a.docx"
    document.save(str(path))
    (report,) = read_seeds(path)
    assert _tree(*report.paragraphs) == [
        (1, 1, "工作情况"),
        (2, 1, "抓统筹"),
        (2, 2, "抓普法"),
        (1, 2, "存在的问题"),
    ]
    assert [r.after for r in report.repairs if "样式" in r.what] == [
        "一、",
        "（一）",
        "（二）",
        "二、",
    ]
