"""For the review page: the values its template prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from fzwriter.output.page_sources import FactRow, Origin

STATUSES: Mapping[str, tuple[str, str]] = {
    "untraced": ("对不上", "没有依据或与数据不符"),
    "doubtful": ("存疑待核", "数对得上，说的是不是这件事待核实"),
    "confirmed": ("存疑已确认", "存疑待核的，已由人确认"),
    "traced": ("可溯源", "与一项数据相符"),
    "derived": ("计算得出", "由数据算出，有算式"),
    "statement": ("见材料", "写在文字材料里"),
    "period": ("报告期", "报告期或落款日期"),
    "permitted": ("不作数据", "序号、固定说法等"),
}
"""Name and meaning of each status, in the order of the legend."""


@dataclass(frozen=True)
class Line:
    """One paragraph: ``number`` counts from 1, as the command line does."""

    number: int
    style: str
    html: Markup


@dataclass(frozen=True)
class Remark:
    """An issue in the side list.

    Attributes:
        number: from 1, errors first.
        badge: 错1, 提4.
        severity: ``error``, ``doubt`` or ``warning``.
        paragraph: from 1; 0 for the whole text.
        quote: the words before, the passage itself, and the words behind.
        message: what is wrong.
        suggestion: what to do.
        command: the command line that confirms this doubt, "" for all else.
        origins: what the sheet has for a figure in doubt.
        before: number of the doubt before it, 0 for the first and for all else.
        after: number of the doubt behind it, 0 for the last and for all else.
    """

    number: int
    badge: str
    severity: str
    paragraph: int
    quote: tuple[str, str, str]
    message: str
    suggestion: str
    command: str = ""
    origins: tuple[Origin, ...] = ()
    before: int = 0
    after: int = 0


@dataclass(frozen=True)
class Omission:
    """Facts the report leaves out, of one severity, and what to do."""

    severity: str
    rows: tuple[FactRow, ...]
    suggestion: str


@dataclass(frozen=True)
class Doubt:
    """Where the input contradicts itself or looks wrong; ``rows`` are the facts concerned."""

    severity: str
    message: str
    place: str
    rows: tuple[Origin, ...]


@dataclass(frozen=True)
class Number:
    """A row of the table of numbers; ``twins`` names other figures of the sheet of the same value."""

    id: str
    status: str
    paragraph: int
    before: str
    printed: str
    after: str
    origins: tuple[Origin, ...]
    worked: str
    why: str
    remarks: tuple[Remark, ...]
    twins: tuple[str, ...] = ()

    @property
    def twin_line(self) -> str:
        """该数与“X”相同, or ""."""
        return twin_line(self.twins) if self.twins else ""

    @property
    def order(self) -> int:
        """Its place in the report, from 1."""
        return int(self.id[1:])


def twin_line(names: Sequence[str]) -> str:
    """What is told of a proved figure whose value other data have too: 该数与“X”相同."""
    return f"该数与{'、'.join(f'“{name}”' for name in names)}相同"


@dataclass(frozen=True)
class Verdict:
    """The summary on top: ``state`` is ``error``, ``doubt``, ``warning`` or ``good``."""

    state: str
    headline: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class Status:
    """A line of the legend."""

    key: str
    name: str
    meaning: str
    count: int


@dataclass(frozen=True)
class View:
    """All that the page shows."""

    title: str
    about: tuple[tuple[str, str], ...]
    verdict: Verdict
    statuses: tuple[Status, ...]
    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...]
    omissions: tuple[Omission, ...]
    doubts: tuple[Doubt, ...]
    numbers: tuple[Number, ...]
    topics: tuple[tuple[str, tuple[FactRow, ...]], ...]
    total: int

    @property
    def plain(self) -> int:
        """How many numerals are no data."""
        return self.total - len(self.numbers)

    @property
    def names(self) -> dict[str, str]:
        """Name of each status."""
        return {key: name for key, (name, _) in STATUSES.items()}

    @cached_property
    def paragraph_of(self) -> dict[str, int]:
        """Paragraph of each number, from 1."""
        return {number.id: number.paragraph for number in self.numbers}
