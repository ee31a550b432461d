"""Figures of tables stand under their head and beside their label."""

from __future__ import annotations

import pytest
from verdicts import errors, flagged

from fzwriter.check.tables import Tables
from fzwriter.facts import FactSheet, loads_facts

BARS = """年度情况表
| 指标 | 2023 | 本年（件） |
| --- | --- | --- |
| 走访企业（家） | 27 | 36 |
| 公证 | 50 | 61 |
此后再无表格。"""


def test_a_cell_has_label_head_unit_and_caption() -> None:
    cell = Tables(BARS).at(BARS.index("36"))
    assert cell is not None
    assert (cell.label, cell.head, cell.caption) == ("走访企业", "本年", "年度情况表")
    last = Tables(BARS).at(BARS.index("27"))
    assert last is not None
    assert (last.head, last.unit) == ("2023年", "家")
    other = Tables(BARS).at(BARS.index("61"))
    assert other is not None
    assert (other.label, other.unit) == ("公证", "件")


@pytest.mark.parametrize("word", ["年度情况表", "走访企业", "此后"])
def test_captions_labels_and_text_are_no_cells(word: str) -> None:
    assert Tables(BARS).at(BARS.index(word)) is None


def test_tabs_part_cells_too() -> None:
    text = "指标\t数值\n走访企业\t36\n公证\t61"
    cell = Tables(text).at(text.index("61"))
    assert cell is not None
    assert (cell.label, cell.head) == ("公证", "数值")


def test_without_a_head_the_first_row_is_data() -> None:
    text = "走访企业\t36\n公证\t61"
    cell = Tables(text).at(text.index("36"))
    assert cell is not None
    assert (cell.label, cell.head) == ("走访企业", "")


def test_a_single_row_is_no_table() -> None:
    text = "走访企业\t36"
    assert Tables(text).at(text.index("36")) is None


@pytest.fixture(scope="module")
def visits() -> FactSheet:
    return loads_facts(
        "unit: {name: 甲县司法局, type: 司法局, level: 县}\nperiod: 2024\ndocument: {kind: 总结}\n"
        "facts:\n  - {id: v, name: 走访企业, value: 36, unit: 家, previous: 27}\n"
        "  - {id: n, name: 办理公证, value: 61, unit: 件, previous: 50}\n"
    )


TABLE = "| 指标 | 上年 | 本年 |\n| --- | --- | --- |\n| 走访企业（家） | 27 | 36 |\n| 办理公证（件） | 50 | 61 |"


def test_a_right_table_is_proved(visits: FactSheet) -> None:
    assert flagged(TABLE, visits) == []


@pytest.mark.parametrize(
    ("old", "new"), [("27 | 36", "36 | 27"), ("36", "61"), ("61", "62"), ("50", "51")]
)
def test_a_wrong_table_is_found(visits: FactSheet, old: str, new: str) -> None:
    assert errors(TABLE.replace(old, new), visits)
