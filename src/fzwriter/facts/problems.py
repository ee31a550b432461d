"""What is wrong with a facts file: gathered place by place, told as one line."""

from __future__ import annotations

from dataclasses import dataclass

from fzwriter.errors import InputError

_SHOWN = 5  # further places named in a message


@dataclass(frozen=True)
class Problem:
    """Something wrong in a facts file, in Chinese: where, what, and the remedy."""

    place: str
    what: str
    remedy: str


Problems = list[Problem]


def stop(problems: Problems, name: str) -> None:
    """Nothing, where there are no problems.

    Raises:
        InputError: the first problem, and where the others are.
    """
    if not problems:
        return
    first, *rest = problems
    remedy = first.remedy
    if rest:
        places = list(dict.fromkeys(problem.place for problem in rest))
        shown = "、".join(places[:_SHOWN]) + ("等" if len(places) > _SHOWN else "")
        remedy = f"{remedy}。另有 {len(rest)} 处错误：{shown}"
    raise InputError(first.what, path=name, place=first.place, remedy=remedy)
