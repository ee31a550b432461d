"""The slots of a claim, read from the words around a figure."""

from __future__ import annotations

import pytest

from fzwriter.check.context import Contexts
from fzwriter.check.frame import Frame, read_frame
from fzwriter.check.periods import read_period
from fzwriter.numbers import find_numbers


def frame_of(text: str, figure: str) -> Frame:
    """The frame of a figure of a report on 2024."""
    found = find_numbers(text)
    contexts = Contexts(text, found)
    (mention,) = (m for m in found if m.kind == "quantity" and m.text == figure)
    return read_frame(mention, contexts.around(mention), contexts, 2024)


@pytest.mark.parametrize(
    ("text", "figure", "roles"),
    [
        ("走访企业36家。", "36", ["given"]),
        ("走访企业36家，同比增加9家。", "9", ["change", "given"]),
        ("走访企业36家，比上年多9家。", "9", ["change", "given"]),
        ("走访企业36家，上年27家。", "27", ["last", "given"]),
        ("走访企业36家，2023年为27家。", "27", ["last", "given"]),
        ("走访企业由27家增至36家。", "27", ["last", "given"]),
        ("走访企业由27家增至36家。", "36", ["given"]),
        ("走访企业36家，月均3家。", "3", ["average", "given"]),
        ("走访企业36家，平均每月3家。", "3", ["average", "given"]),
        ("走访企业、商户合计58家。", "58", ["total", "given"]),
        ("走访企业和商户，两类58家。", "58", ["given"]),
        ("走访企业36家，其余22家为商户。", "22", ["rest", "given"]),
        ("走访企业36家，占走访主体的62%。", "62%", ["share", "given"]),
        ("走访企业36家，是上年的1.3倍。", "1.3", ["times", "given"]),
        ("走访企业量翻了2番。", "2", ["times", "given"]),
        ("走访企业36家，两项相差22家。", "22", ["change", "given"]),
        ("新增走访企业36家。", "36", ["given"]),
        ("走访企业至少36家。", "36", ["given"]),
    ],
)
def test_roles(text: str, figure: str, roles: list[str]) -> None:
    assert list(frame_of(text, figure).roles) == roles


@pytest.mark.parametrize(
    ("text", "figure", "way", "arrived"),
    [
        ("走访企业36家，同比增长33%。", "33%", 1, False),
        ("走访企业36家，同比下降33%。", "33%", -1, False),
        ("走访企业增至36家。", "36", 1, True),
        ("走访企业回落到36家。", "36", -1, True),
        ("走访企业36家，同比-25%。", "-25%", -1, False),
        ("走访企业36家，比上年少9家。", "9", -1, False),
        ("走访企业不少于36家。", "36", 0, False),
        ("走访企业多达36家。", "36", 0, False),
        ("走访企业36家，高新企业9家。", "9", 0, False),
    ],
)
def test_movement(text: str, figure: str, way: int, arrived: bool) -> None:
    frame = frame_of(text, figure)
    assert (frame.way, frame.arrived) == (way, arrived)


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("人均9件", "人"),
        ("平均每个村9件", "村"),
        ("摊到每个月9件", "月"),
        ("每所学校9件", "所学校"),
        ("一个季9件", "季"),
    ],
)
def test_what_an_average_is_over(text: str, per: str) -> None:
    assert frame_of(text, "9").per == per


def test_what_a_share_is_of() -> None:
    assert frame_of("走访企业36家，占规上企业的62%。", "62%").of.startswith("规上企业")
    assert frame_of("走访企业36家，比重为62%。", "62%").of == ""


def test_former_and_latter() -> None:
    told = "走访企业36家、商户22家，前者多14家。"
    assert frame_of(told, "14").pronoun == "前者"
    assert frame_of(told.replace("前者多", "比前者少"), "14").pronoun == "后者"
    assert frame_of(told.replace("前者", ""), "14").pronoun == ""


@pytest.mark.parametrize(
    ("lead", "period"),
    [
        ("全年走访企业", ""),
        ("走访企业", ""),
        ("上半年走访企业", "part"),
        ("一季度走访企业", "part"),
        ("截至9月走访企业", "part"),
        ("截至12月走访企业", ""),
        ("近三年走访企业", "many"),
        ("“十四五”以来走访企业", "many"),
        ("专项行动开展以来走访企业", ""),
        ("上年走访企业", "last"),
        ("去年同期走访企业", "last"),
        ("走访企业，比上年增加", ""),
        ("走访企业，与上年的", "last"),
        ("上年走访企业27家，今年走访企业", ""),
        ("由上年的27家增加到", ""),
        ("上年度结转", ""),
        ("明年走访企业", "next"),
        ("力争走访企业", "next"),
        ("将走访企业", "next"),
        ("将走访纳入考核，走访企业", ""),
    ],
)
def test_periods(lead: str, period: str) -> None:
    assert read_period(lead)[0] == period
