"""A round figure with 近, 约 or 不足 must lie near the exact one it is told for."""

from __future__ import annotations

import pytest

from fzwriter.check import check
from fzwriter.facts import FactSheet, loads_facts

SHEET = """
unit: {name: 云岫县司法局, type: 司法局, level: 县, region: 云岫县}
period: 2024
document: {kind: 法治政府建设年度报告}
facts:
  - {id: f1, topic: 法律援助, name: 为受援人挽回经济损失, value: 3, unit: 万元}
  - {id: f2, topic: 普法, name: 开展普法宣讲, value: 10, unit: 场}
  - {id: f3, topic: 普法, name: 发放宣传资料, value: 957, unit: 份}
"""


@pytest.fixture(scope="module")
def small() -> FactSheet:
    return loads_facts(SHEET)


def errors(text: str, sheet: FactSheet) -> list[str]:
    return [issue.message for issue in check(text, sheet).issues if issue.severity == "error"]


@pytest.mark.parametrize(
    "text",
    [
        f"{told}{word}{figure}。"
        for told, figure in (("为受援人挽回经济损失", "千万元"), ("开展普法宣讲", "百场"))
        for word in ("近", "将近", "接近", "约", "大约", "不足", "不到")
    ]
    + ["为受援人挽回经济损失近1000万元。", "开展普法宣讲近百余场。", "发放宣传资料近2000份。"],
)
def test_a_round_figure_far_off_is_wrong(small: FactSheet, text: str) -> None:
    assert errors(text, small)


@pytest.mark.parametrize(
    "figure", ["近千份", "近1000份", "近960份", "约1000份", "不足千份", "900余份", "超900份"]
)
def test_a_round_figure_near_by_is_right(small: FactSheet, figure: str) -> None:
    assert errors(f"发放宣传资料{figure}。", small) == []
