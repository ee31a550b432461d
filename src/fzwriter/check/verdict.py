"""What is said of a judged figure: where it comes from, or what is wrong and what it should be."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from fzwriter.check.referents import Referent, bounds
from fzwriter.report import Issue, Mention, Status

_SCALES = {Fraction(10) ** n for n in range(1, 9)}


class Verdict(NamedTuple):
    """A judged mention and what is wrong with it, if anything."""

    mention: Mention
    issue: Issue | None = None


def traced(mention: Mention, referents: Sequence[Referent], status: Status) -> Verdict:
    """The mention stands for these referents."""
    first = referents[0]
    ids = tuple(dict.fromkeys(r.fact if r.compared else r.id for r in referents))
    place = f"（{first.place}）" if first.place else ""
    how = f"，{first.formula}" if first.formula else ""
    why = "、".join(r.label for r in referents) + place + how
    return Verdict(mention.judged(status, why, ids, first.formula))


def wrong(mention: Mention, kind: str, message: str, suggestion: str) -> Verdict:
    """The mention is an error."""
    issue = Issue(mention.start, mention.end, kind, "error", message, suggestion)
    return Verdict(mention.judged("untraced", message), issue)


def shown(mention: Mention) -> str:
    """The figure with its measure word, as printed."""
    unit = mention.unit
    for mark in ("%", "‰", "成", "折"):
        if unit == mark:
            unit = ""
    return (
        f"{mention.text}{unit.lstrip('万亿千百') if mention.text[-1:] in '万亿千百余多' else unit}"
    )


def should(referent: Referent) -> str:
    """The figure expected, with its place in the input."""
    place = f"（{referent.place}）" if referent.place else ""
    return f"应为{referent.names[0]}{referent.shown}{place}"


def off_by_scale(referent: Referent, mention: Mention) -> bool:
    """Whether the two differ by a power of ten only: 25.63元 for 25.63万元."""
    low, high = bounds(mention)
    if high is not None or not low or not referent.base:
        return False
    ratio = low / referent.base
    return (ratio if ratio >= 1 else 1 / ratio) in _SCALES
