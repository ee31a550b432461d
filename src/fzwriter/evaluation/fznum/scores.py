"""From what a checker said of each item to shares with intervals, by kind, voice, hand and sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from fzwriter.evaluation.fznum.checkers import State
from fzwriter.evaluation.fznum.items import Item
from fzwriter.evaluation.stats import Estimate, ratio

_ENOUGH = 10  # figures a sheet must have to be called the worst


@dataclass(frozen=True)
class Told:
    """What a checker said of an item.

    Attributes:
        item: the item.
        states: of each judged claim, the worst that was said.
        advised: claims told to be another figure (应为).
        errors: errors anywhere in the text.
        doubts: doubts anywhere in the text.
        seconds: that it took.
        reading: seconds that ``find_numbers`` took on the same text.
        failed: it fell over on this text.
        before: of a wrong twin, what was said of the right text where it was changed; "" unknown.
    """

    item: Item
    states: tuple[State, ...]
    advised: int
    errors: int
    doubts: int
    seconds: float
    reading: float
    failed: bool = False
    before: State | Literal[""] = ""


@dataclass(frozen=True)
class Scores:
    """The scores of a checker.

    Attributes:
        checker: its name.
        head: the measures of ``MEASURES`` over everything.
        groups: the same by kind, class, voice, hand, origin: group → name → measure → share.
        worst: measure → sheet and its share.
        counts: plain counts and times.
    """

    checker: str
    head: dict[str, Estimate]
    groups: dict[str, dict[str, dict[str, Estimate]]]
    worst: dict[str, tuple[str, float]]
    counts: dict[str, float]

    def as_json(self) -> dict[str, Any]:
        """For a file."""
        return {
            "checker": self.checker,
            "head": {name: _plain(value) for name, value in self.head.items()},
            "groups": {
                group: {key: {m: _plain(v) for m, v in row.items()} for key, row in rows.items()}
                for group, rows in self.groups.items()
            },
            "worst": {name: list(one) for name, one in self.worst.items()},
            "counts": self.counts,
        }


def _plain(value: Estimate) -> list[float]:
    return [round(value.mean, 5), round(value.low, 5), round(value.high, 5), value.n]


# How many of how many.
Count = tuple[float, float]
MEASURES = {
    "right_refused": "正确的数判错", "right_doubted": "正确的数存疑", "right_advised": "正确的数说应为别的",
    "clean": "正确的文字无一处错误", "wrong_refuted": "错处判错", "wrong_doubted": "错处存疑", "wrong_silent": "错处放过",
    "paired_here": "该处原来放行且改错后报出",
    "paired": "全文原来放行且改错后报出", "harmless_refused": "无害改写后多出错误",
}  # fmt: skip
BETTER = {
    "right_refused": -1, "right_doubted": -1, "right_advised": -1, "clean": 1, "wrong_refuted": 1, "wrong_doubted": 0,
    "wrong_silent": -1, "paired_here": 1, "paired": 1, "harmless_refused": -1,
}  # fmt: skip


class _Context:
    """The errors of the right texts by id, so that twins can be paired."""

    def __init__(self, told: Iterable[Told]) -> None:
        self.errors = {t.item.id: t.errors for t in told if t.item.right and not t.item.twin_of}

    def counts(self, one: Told) -> dict[str, Count]:
        """The measures this answer counts for."""
        item, n = one.item, len(one.states)
        if not item.right:
            states = one.states[:1] if one.states else ("unseen",)
            found = {
                "wrong_refuted": (states[0] == "error", 1), "wrong_doubted": (states[0] == "doubt", 1),
                "wrong_silent": (states[0] in ("proved", "unseen"), 1),
            }  # fmt: skip
            if item.twin_of in self.errors:
                good = not self.errors[item.twin_of] and states[0] in ("error", "doubt")
                found["paired"] = (good, 1)
            if one.before:
                good = one.before != "error" and states[0] in ("error", "doubt")
                found["paired_here"] = (good, 1)
            return {name: (float(a), float(b)) for name, (a, b) in found.items()}
        if item.twin_of:
            if item.twin_of not in self.errors:
                return {}
            return {"harmless_refused": (float(one.errors > self.errors[item.twin_of]), 1.0)}
        return {
            "right_refused": (one.states.count("error"), n),
            "right_doubted": (one.states.count("doubt"), n),
            "right_advised": (one.advised, n),
            "clean": (float(not one.errors), 1.0),
        }


def score(checker: str, told: Sequence[Told]) -> Scores:
    """The scores of a checker on the items it was asked about."""
    context = _Context(told)
    counted = [(one, context.counts(one)) for one in told]
    groups: dict[str, Callable[[Item], str]] = {
        "kind": lambda i: (
            "" if i.right and not i.twin_of else ("改写：" if i.right else "") + i.kind
        ),
        "voice": lambda i: i.voice,
        "hand": lambda i: i.hand,
        "origin": lambda i: i.origin,
        "split": lambda i: i.split,
    }
    by_group = {
        name: {
            key: _shares([c for c in counted if of(c[0].item) == key])
            for key in sorted({of(one.item) for one, _ in counted} - {""})
        }
        for name, of in groups.items()
    }
    by_group["class"] = _by_class(told)
    return Scores(checker, _shares(counted), by_group, _worst(counted), _times(told))


def _shares(counted: Sequence[tuple[Told, dict[str, Count]]]) -> dict[str, Estimate]:
    sums: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for one, counts in counted:
        for name, (part, whole) in counts.items():
            cell = sums[name][one.item.sheet]
            cell[0] += part
            cell[1] += whole
    found = {
        name: ratio([(a, b) for a, b in sums[name].values()]) for name in MEASURES if name in sums
    }
    return {name: value for name, value in found.items() if value is not None}


def _by_class(told: Sequence[Told]) -> dict[str, dict[str, Estimate]]:
    """Right figures by class: refused, doubted."""
    sums: dict[str, dict[str, list[float]]] = defaultdict(
        lambda: defaultdict(lambda: [0.0, 0.0, 0.0])
    )
    for one in told:
        if one.item.right and not one.item.twin_of:
            for claim, state in zip(one.item.judged, one.states, strict=True):
                cell = sums[claim.kind][one.item.sheet]
                cell[0] += state == "error"
                cell[1] += state == "doubt"
                cell[2] += 1
    rows: dict[str, dict[str, Estimate]] = {}
    for kind in sorted(sums):
        cells = sums[kind].values()
        shares = {
            "right_refused": ratio([(c[0], c[2]) for c in cells]),
            "right_doubted": ratio([(c[1], c[2]) for c in cells]),
        }
        rows[kind] = {name: value for name, value in shares.items() if value is not None}
    return rows


def _worst(counted: Sequence[tuple[Told, dict[str, Count]]]) -> dict[str, tuple[str, float]]:
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one, counts in counted:
        for name, (part, whole) in counts.items():
            sums[name, one.item.sheet][0] += part
            sums[name, one.item.sheet][1] += whole
    found: dict[str, tuple[str, float]] = {}
    for (name, sheet), (part, whole) in sorted(sums.items()):
        if whole < _ENOUGH or not BETTER[name]:
            continue
        share = part / whole
        if name not in found or BETTER[name] * (share - found[name][1]) < 0:
            found[name] = (sheet, round(share, 4))
    return found


def _times(told: Sequence[Told]) -> dict[str, float]:
    """Counts, doubts a report, times."""
    reports: dict[tuple[str, str, str], int] = defaultdict(int)
    for one in told:
        if one.item.right and not one.item.twin_of:
            reports[one.item.sheet, one.item.hand, one.item.voice] += one.doubts
    seconds = sum(one.seconds for one in told)
    reading = sum(one.reading for one in told)
    return {
        "items": len(told),
        "sheets": len({one.item.sheet for one in told}),
        "reports": len(reports),
        "doubts_median": float(median(reports.values())) if reports else 0.0,
        "no_doubt_share": round(sum(not n for n in reports.values()) / len(reports), 4)
        if reports
        else 0.0,
        "failed": float(sum(one.failed for one in told)),
        "advised": float(sum(o.advised for o in told if o.item.right and not o.item.twin_of)),
        "ms_text": round(1000 * seconds / len(told), 3) if told else 0.0,
        "times_reading": round(seconds / reading, 2) if reading else 0.0,
    }
