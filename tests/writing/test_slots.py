from __future__ import annotations

from decimal import Decimal

import pytest

from fzwriter.facts import loads_facts
from fzwriter.facts.render import render_figure
from fzwriter.writing.slots import figures_of, realise

SHEET = loads_facts(
    "unit: {name: 甲县司法局, type: 司法局}\nperiod: 2024\ndocument: {kind: 总结}\n"
    "facts:\n  - {id: f1, name: 收到案件, value: 48, unit: 件}\n  - {id: f2, name: 办结, value: 12, unit: 件}\n"
    "derived:\n  - {id: d1, name: 办结率, formula: f2/f1, unit: '%', digits: 1}\n"
    "statements:\n  - {text: 组织5支队伍开展宣传}\n"
)


@pytest.mark.parametrize(
    ("value", "unit", "approx", "printed"),
    [
        ("70", "名", "余", "70余名"),
        ("100", "万元", "余", "100余万元"),
        ("4", "万份", "余", "4万余份"),
        ("15.7", "万件", "余", "15.7万余件"),
        ("12", "万册", "多", "12万多册"),
        ("100", "件", "近", "近100件"),
        ("50", "件", "以上", "50件以上"),
        ("30", "场", "左右", "30场左右"),
        ("100", "场", "近余", "近100余场"),
        ("22", "%", "", "22%"),
        ("25.63", "万元", "", "25.63万元"),
        ("48.0", "件", "", "48件"),
        ("99.80", "%", "", "99.80%"),
        ("1000", "", "", "1000"),
    ],
)
def test_a_figure_prints_as_chinese_puts_it(
    value: str, unit: str, approx: str, printed: str
) -> None:
    assert render_figure(Decimal(value), unit, approx) == printed


def test_slots_become_figures_with_their_place_and_formula() -> None:
    realised = realise("收到案件[[f1]]，办结率为[[ d1 ]]，[[s1.1]]队伍进村。", figures_of(SHEET))
    assert realised.text == "收到案件48件，办结率为25%，5支队伍进村。"
    assert [(realised.text[s.start : s.end], s.sources) for s in realised.spans] == [
        ("48件", ("f1",)),
        ("25%", ("d1",)),
        ("5支", ("s1.1",)),
    ]
    assert "÷" in realised.spans[1].formula


def test_a_measure_word_after_a_slot_is_not_doubled() -> None:
    figures = figures_of(SHEET)
    assert realise("收到案件[[f1]]件，办结[[f2]]件。", figures).text == "收到案件48件，办结12件。"
    assert realise("办结率为[[d1]]%。", figures).text == "办结率为25%。"


def test_unknown_slots_are_reported_and_leave_no_mark() -> None:
    realised = realise("收到[[f9]]案件[[f1]]", figures_of(SHEET))
    assert realised.unknown == ("f9",)
    assert "[" not in realised.text
