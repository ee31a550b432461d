"""The plots of the evaluation page, as coordinates; the template draws them as inline SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fzwriter.evaluation.scorers import Scorer
from fzwriter.evaluation.stats import estimate
from fzwriter.evaluation.summary import Scored, Summary, display, shown, value_of

# Distribution: the left margin holds the writers' names.
LEFT, RIGHT, ROW, TOP, BOTTOM = 150, 24, 24, 8, 22
WIDTH = 560
# What "quality" means in cost against quality: each 1 when perfect.
QUALITY = ("traceability", "fact_coverage", "statement_coverage", "structure", "register")
FLAWS = ("unbacked",)


@dataclass(frozen=True)
class Dot:
    """A case in a distribution: where, and what a pointer over it says."""

    x: float
    y: float
    title: str


@dataclass(frozen=True)
class Row:
    """One writer in a distribution."""

    name: str
    colour: int
    y: float
    dots: tuple[Dot, ...]
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Strip:
    """The distribution of one scorer: a row a writer, a dot a case, mean and interval."""

    label: str
    about: str
    better: str
    height: float
    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, str], ...]


def strips(summary: Summary, scored: Sequence[Scored]) -> list[Strip]:
    """A distribution for each scorer whose values differ at all."""
    found = []
    for scorer in summary.scorers():
        values = [(d, v) for d, s in scored if (v := value_of(s, scorer.name)) is not None]
        if len({v for _, v in values}) > 1:
            found.append(_strip(scorer, summary, values))
    return found


def _strip(
    scorer: Scorer, summary: Summary, values: Sequence[tuple[Mapping[str, Any], float]]
) -> Strip:
    numbers = [v for _, v in values]
    low, high = min(numbers), max(numbers)
    if scorer.unit == "share":
        high = max(high, 1.0) if scorer.better > 0 else high
    ticks = _ticks(low, high)
    low, high = min(low, ticks[0]), max(high, ticks[-1])

    def place(value: float) -> float:
        return round(LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)

    rows: list[Row] = []
    for colour, system in enumerate(summary.systems):
        mine = [(d, v) for d, v in values if d["system"] == system]
        found = estimate([v for _, v in mine])
        if found is None:
            continue
        y = TOP + ROW * len(rows) + ROW / 2
        dots = tuple(
            Dot(place(v), y + _jitter(at), f"{d['case']}：{shown(v, scorer.unit)}")
            for at, (d, v) in enumerate(mine)
        )
        mean, first, last = place(found.mean), place(found.low), place(found.high)
        rows.append(Row(display(summary.systems)[system], colour, y, dots, mean, first, last))
    return Strip(
        scorer.label,
        scorer.about,
        "越高越好" if scorer.better > 0 else "越低越好",
        TOP + ROW * len(rows) + BOTTOM,
        tuple(rows),
        tuple((place(t), shown(t, scorer.unit)) for t in ticks),
    )


def _jitter(at: int) -> float:
    """Up or down a little, always alike, so that equal values don't hide each other."""
    return ((at * 7) % 11 - 5) * 1.1


def _ticks(low: float, high: float) -> list[float]:
    """Some four round numbers around a range."""
    if high <= low:
        high = low + 1
    step = 10 ** math.floor(math.log10((high - low) / 3))
    step = next((step * k for k in (1, 2, 5, 10) if (high - low) / (step * k) <= 4), step * 10)
    first = math.floor(low / step + 1e-9)
    count = math.ceil((high - first * step) / step - 1e-9) + 1
    return [(first + i) * step for i in range(count)]


# -- cost against quality ----------------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    """One writer: what a report of its costs, and how good it is."""

    name: str
    colour: int
    x: float
    y: float
    title: str


@dataclass(frozen=True)
class Scatter:
    """Cost against quality."""

    points: tuple[Point, ...]
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]


def quality(score: Mapping[str, Any]) -> float | None:
    """The mean of what is 1 when perfect, flaws counted as 1 − share; ``None`` without any."""
    good = [v for name in QUALITY if (v := value_of(score, name)) is not None]
    good += [1 - v for name in FLAWS if (v := value_of(score, name)) is not None]
    return sum(good) / len(good) if good else None


def scatter(summary: Summary, scored: Sequence[Scored]) -> Scatter | None:
    """A point a writer; ``None`` where no model was used, since then nothing costs."""
    found = []
    for colour, system in enumerate(summary.systems):
        mine = [s for d, s in scored if d["system"] == system]
        worth = [q for s in mine if (q := quality(s)) is not None]
        tokens = [value_of(s, "tokens") or 0.0 for s in mine]
        if worth:
            name = display(summary.systems)[system]
            found.append(
                (name, colour, sum(tokens) / len(tokens), sum(worth) / len(worth), len(worth))
            )
    if not any(cost for _, _, cost, _, _ in found):
        return None
    xs = _ticks(0, max(cost for _, _, cost, _, _ in found))
    ys = _ticks(min(q for *_, q, _ in found), 1.0)

    def across(value: float) -> float:
        return round(70 + value / xs[-1] * 440, 1)

    def down(value: float) -> float:
        return round(16 + (ys[-1] - value) / (ys[-1] - ys[0]) * 224, 1)

    points = tuple(
        Point(name, colour, across(cost), down(q), f"{name}：{cost:,.0f} 词元，质量 {q:.3f}，n={n}")
        for name, colour, cost, q, n in found
    )
    return Scatter(
        points,
        tuple((across(x), f"{x:,.0f}") for x in xs),
        tuple((down(y), f"{100 * y:.0f}%") for y in ys if y <= 1.0 + 1e-9),
    )


# -- planted errors ----------------------------------------------------------------------------

_CLASSES = {
    "digit": "数字改动", "swap": "两数互换", "scale": "万与个", "unit": "量词", "approx": "概数词", "invented": "编造",
    "borrowed": "张冠李戴", "year": "年份", "percent": "百分数", "direction": "升降", "denominator": "分母", "chinese": "汉字数字",
    "subject": "主体", "negation": "否定", "placeholder": "空白", "restyled": "改样互换",
}  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """Planted errors of one class: found of planted."""

    label: str
    y: float
    width: float
    told: str


def bars(summary: Summary) -> list[Bar]:
    """A bar a class of planted errors, all writers' texts together."""
    totals: dict[str, tuple[int, int]] = {}
    for classes in summary.planted.values():
        for kind, (found, n) in classes.items():
            before = totals.get(kind, (0, 0))
            totals[kind] = (before[0] + found, before[1] + n)
    return [
        Bar(_CLASSES.get(kind, kind), 6 + 24 * at, round(300 * found / n, 1), f"{found}/{n}")
        for at, (kind, (found, n)) in enumerate(totals.items())
        if n
    ]
