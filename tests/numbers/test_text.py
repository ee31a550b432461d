from __future__ import annotations

import pytest

from fzwriter.numbers import fold
from fzwriter.numbers.text import reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("４８．５％", "48.5%"),
        ("壹萬兩千餘個", "壹万两千余个"),
        ("𝟒𝟖 ٤٨", "48 48"),
        ("８：３０", "8:30"),
        ("\t\u3000\u00a0", "   "),
    ],
)
def test_fold_keeps_the_length(text: str, expected: str) -> None:
    assert fold(text) == expected
    assert len(fold(text)) == len(text)


def test_reading_takes_blanks_out_beside_figures() -> None:
    read = reading("收到 48 件，3 480 办结百 分 之 五")
    assert read.text == "收到48件,3 480办结百分之五"
    start = read.text.index("48件")
    assert read.span(start, start + 3) == (3, 7)
    assert read.span(0, 1) == (0, 1)


def test_reading_leaves_lines_and_latin_words() -> None:
    for text in ("一\n二", "a 1 b", "48    件", "1 2"):
        assert reading(text).text == text


def test_characters_that_print_nothing_part_no_figure() -> None:
    read = reading("收到4\u200b\u200d8\ufeff件")
    assert read.text == "收到48件"
    assert read.span(2, 4) == (2, 6)
