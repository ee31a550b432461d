"""Sentences to be confirmed: an error each until they are, and read by no other rule."""

from __future__ import annotations

import re

import pytest

from fzwriter.check import check
from fzwriter.check.suggested import hidden, suggestions
from fzwriter.facts import FactSheet, loads_facts


@pytest.fixture
def sheet() -> FactSheet:
    return loads_facts(
        "unit: {name: 云岫县司法局, type: 司法局}\nperiod: 2024\ndocument: {kind: 年度报告}\n"
        "facts:\n  - {id: f1, topic: 行政复议, name: 收到行政复议申请, value: 48, unit: 件}\n"
        "  - {id: f2, topic: 普法, name: 开展普法活动, value: 0, unit: 场}\n"
    )


def kinds(text: str, sheet: FactSheet) -> list[tuple[str, str]]:
    found = check(text, sheet).issues
    return [(i.kind, text[i.start : i.end]) for i in found if i.kind != "omitted_fact"]


def test_a_suggestion_is_an_error_and_nothing_in_it_is_read(sheet: FactSheet) -> None:
    offer = "【建议，待取舍：2019年处罚77人，与李四明发《安柘县办法》，未发生复议案件，其中。。】"
    text = f"收到行政复议申请48件。\n{offer}\n"
    verdict = check(text, sheet)
    assert kinds(text, sheet) == [("unconfirmed", offer)]
    assert not verdict.ok
    inside = [m for m in verdict.mentions if m.start >= text.index("【")]
    assert {(m.kind, m.status) for m in inside} == {("placeholder", "untraced")}
    assert [text[m.start : m.end] for m in inside] == [m.text for m in inside]
    assert [m.sources for m in verdict.quantities] == [("f1",)]


def test_a_suggestion_proves_nothing(sheet: FactSheet) -> None:
    text = "【建议，待取舍：收到行政复议申请48件，未开展普法活动。】"
    assert check(text, sheet).omitted == ("f1", "f2")


def test_confirmed_text_is_checked_like_any_other(sheet: FactSheet) -> None:
    assert kinds("收到行政复议申请48件。", sheet) == []
    assert [kind for kind, _ in kinds("收到行政复议申请84件。", sheet)] == ["untraced"]


def test_a_typed_blank_that_outlived_its_mark_is_a_placeholder(sheet: FactSheet) -> None:
    text = "收到行政复议申请48件，在【地名】设立受理点【数】个。"
    assert kinds(text, sheet) == [("placeholder", "【地名】"), ("placeholder", "【数】")]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("甲。【建议，待取舍：收到【数】件。】乙。", ["【建议，待取舍：收到【数】件。】"]),
        (
            "甲。【建议，待确认：收到【数】件。】乙。",
            ["【建议，待确认：收到【数】件。】"],
        ),  # as of old
        ("【建议,待取舍:甲】【建议：乙】", ["【建议,待取舍:甲】"]),
        ("【 建议 待取舍 ：甲】乙", ["【 建议 待取舍 ：甲】"]),
        ("【建议，待取舍：没有收尾。后文", ["【建议，待取舍：没有收尾。"]),
        ("【建议，待取舍：没有收尾\n下一段】", ["【建议，待取舍：没有收尾"]),
        ("建议，待取舍：括号删了。后文", ["建议，待取舍：括号删了。"]),
        ("发出检察建议，待取舍后整改。", []),
        (
            "【建议，待取舍：甲【建议，待取舍：乙】】丙",
            ["【建议，待取舍：甲【建议，待取舍：乙】】"],
        ),
    ],
)
def test_where_a_suggestion_ends(text: str, spans: list[str]) -> None:
    found = suggestions(text)
    assert [text[start:end] for start, end in found] == spans
    plain = hidden(text, found)
    assert len(plain) == len(text)
    assert not re.search("待(?:取舍|确认)：", plain)


def test_two_suggestions_side_by_side_are_two_errors(sheet: FactSheet) -> None:
    text = "收到行政复议申请48件。【建议，待取舍：甲事。】【建议，待取舍：乙事。】"
    assert [kind for kind, _ in kinds(text, sheet)] == ["unconfirmed", "unconfirmed"]
