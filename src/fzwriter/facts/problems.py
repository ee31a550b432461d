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


class FaultsError(InputError):
    """A file with something wrong in it, or much: the text names the first, ``lines`` all.

    Args:
        problems: at least one, each told once.
        name: of the file.
    """

    def __init__(self, problems: Problems, name: str) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        first, *rest = self.problems
        remedy = first.remedy
        if rest:
            places = list(dict.fromkeys(problem.place for problem in rest))
            shown = "、".join(places[:_SHOWN]) + ("等" if len(places) > _SHOWN else "")
            remedy = f"{remedy}。另有 {len(rest)} 处错误：{shown}"
        super().__init__(first.what, path=name, place=first.place, remedy=remedy)

    @property
    def lines(self) -> tuple[str, ...]:
        """A line for each problem."""
        return tuple(
            str(InputError(one.what, path=self.path, place=one.place, remedy=one.remedy))
            for one in self.problems
        )


def stop(problems: Problems, name: str) -> None:
    """Nothing, where there are no problems.

    Raises:
        FaultsError: all of them.
    """
    if problems:
        raise FaultsError(problems, name)
