"""Names of parts without what their total has just said: 受理信访事项43件，办结41件."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence

from fzwriter.writing.verbs import begins, ends, is_rate, is_verb, is_verbal, words

_LEAST = 2  # characters worth leaving out, and worth keeping
_LONG_RATE = 8  # characters of what a rate is of, from which they aren't said twice


def shorter(name: str, total: str) -> str:
    """A part's name as it stands behind its total; "" where it stays as it is."""
    if is_rate(name):
        return ""
    end = os.path.commonprefix([name[::-1], total[::-1]])[::-1]
    if len(end) >= _LEAST and is_verb(name.removesuffix(end)):
        return name.removesuffix(end)
    for size in range(min(len(name), len(total)) - _LEAST, _LEAST - 1, -1):
        rest = name[size:]
        if total.endswith(name[:size]) and len(rest) >= _LEAST and _goes_on(rest):
            return rest
    return ""


def shorter_kinds(names: Sequence[str], total: str) -> list[str]:
    """The names of the kinds a total falls into; "" where one stays as it is.

    All lose their shared end or none does; the total's verb goes without saying.
    """
    short = [shorter(name, total) for name in names]
    return short if all(short) else [_without_verb(name, total) for name in names]


def shorter_rate(name: str, told: Collection[str]) -> str:
    """A rate's name behind the very figure it is of: 负责人出庭应诉52件，出庭应诉率为100%; "" as it is."""
    stem = name.removesuffix("率")
    end = ends("step_ends").search(stem)
    if stem == name or stem not in told or len(stem) < _LONG_RATE or end is None:
        return ""
    return "" if end.group() == stem else f"{end.group()}率"


def _without_verb(name: str, total: str) -> str:
    for verb in sorted(words("shared"), key=len, reverse=True):
        rest = name.removeprefix(verb)
        if (
            verb in total
            and rest != name
            and len(rest) > _LEAST
            and not begins("deeds").match(rest)
        ):
            return rest
    return ""


def _goes_on(rest: str) -> bool:
    return is_verbal(rest) or rest.startswith(("获", "被", "由", "经"))
