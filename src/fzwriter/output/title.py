"""Where a long title breaks.

GB/T 9704—2012, 7.3.1: the lines of a title keep phrases whole, are symmetric and of fitting
length, and form a trapezium or a rhombus, never an hourglass.
"""

from __future__ import annotations

import re
from itertools import accumulate, combinations, pairwise
from math import ceil

from fzwriter.output.layout import TITLE_CHARACTERS_A_LINE, width

_MOST_LINES = 4
_SHORTEST = 3.0  # characters a line has at least

# Phrases that stay whole, longest first where one contains another.
_PHRASES = (
    "党政主要负责人|主要负责人|第一责任人|法治政府建设|法治社会建设|法治建设|法治政府"
    "|依法治[国省市县区镇乡]|依法行政|行政执法|行政复议|行政应诉|工作总结|工作计划|工作要点"
    "|工作安排|工作打算|工作情况|工作报告|总结报告|情况报告|自查报告|述职述法|述法报告"
    "|人力资源和社会保障局|经济和信息化局|住房和城乡建设局|人民政府|委员会|办公室|办事处"
    "|司法行政|职责|情况|报告|总结|计划|要点|推进|推动|履行|贯彻|落实|实施|全面|有关|年度"
)
_TOKEN = re.compile(
    r"《[^《》]*》|“[^“”]*”|（[^（）]*）"
    r"|[0-9０-９]{4}\s*[—－~～-]\s*[0-9０-９]{4}年度?"
    r"|第?[0-9０-９A-Za-z.%％]+(?:年度|年|月|日|季度)?|第[一二三四]季度|[上下]半年"
    rf"|{_PHRASES}|关于|和|及|暨|与|.",
    re.DOTALL,
)
_NO_START = "的了及和与暨、，。：；！？）》”〉〕】"
_NO_END = "（《“〈〔【第"
_FREE, _FAIR, _POOR = 0.0, 4.0, 40.0  # cost of a break: between clauses, phrases, single characters
_HOURGLASS = 8.0
_LAST_SHORT = 6.0
# Renderers may set a quarter of a character on each side of a year, whatever the file says of it.
_GAPS = 0.5


def title_lines(title: str, most: int = TITLE_CHARACTERS_A_LINE) -> tuple[str, ...]:
    r"""The printed lines of a title.

    A title with ``\n`` breaks there. One of at most ``most`` characters is one line. A longer one is
    broken between phrases, never inside 《》 or a year, into lines of like length.
    """
    title = title.strip()
    if "\n" in title:
        return tuple(line for line in title.split("\n") if line.strip())
    fewest = ceil(width(title) / most)
    if fewest == 1 and re.search("[0-9]", title) and width(title) > most - _GAPS:
        fewest = 2
    if fewest <= 1:
        return (title,) if title else ()
    breaks = _breaks(title)
    good = {place: cost for place, cost in breaks.items() if cost < _POOR}
    for choice, highest in ((good, _MOST_LINES), (breaks, _MOST_LINES - 1)):
        for count in range(fewest, highest + 1):
            lines = _best(title, choice, count, most)
            if lines:
                return lines
    return (title,)  # Word wraps it


def _best(title: str, breaks: dict[int, float], count: int, most: int) -> tuple[str, ...]:
    """The best way to set a title in so many lines, or nothing."""
    reached = [0.0, *accumulate(map(width, title))]
    least = None
    for places in combinations(breaks, count - 1):
        edges = (0, *places, len(title))
        widths = [reached[b] - reached[a] for a, b in pairwise(edges)]
        if min(widths) >= _SHORTEST and max(widths) <= most:
            cost = _shape_cost(widths) + sum(breaks[place] for place in places)
            least = min(least or (cost, edges), (cost, edges))
    if least is None:
        return ()
    return tuple(title[a:b] for a, b in pairwise(least[1]))


def _breaks(title: str) -> dict[int, float]:
    """Places where the title may break, each with its cost."""
    breaks = {}
    tokens = [match[0] for match in _TOKEN.finditer(title)]
    place = 0
    for before, after in pairwise(tokens):
        place += len(before)
        if before[-1] not in _NO_END and after[0] not in _NO_START:
            breaks[place] = _break_cost(before, after)
    return breaks


def _break_cost(before: str, after: str) -> float:
    if after == "关于" or before in {"和", "及", "暨", "与", "、"} or before[-1] in "》”）":
        return _FREE
    if before.endswith(("年度", "季度", "年")):
        return _FREE
    if before == "关于":
        return _POOR
    return _FAIR if len(before) > 1 or len(after) > 1 or before == "的" else _POOR


def _shape_cost(widths: list[float]) -> float:
    """How far from a pleasing shape: uneven, waisted, or ending in a stub."""
    mean = sum(widths) / len(widths)
    cost = sum((one - mean) ** 2 for one in widths) / len(widths) / 4
    if any(b < a and b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False)):
        cost += _HOURGLASS
    if widths[-1] < widths[0] / 3:
        cost += _LAST_SHORT
    return cost
