"""What the library tells of its reports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SeedInfo:
    """One report of the library, as listed.

    Attributes:
        name: for ``remove`` and ``report``.
        own: the user's; shipped ones can't be removed.
        file: the file's own name.
        problem: why its file can't be read; then there is no report.
        notices: what could not be recognised in it.
        repairs: what was cleaned, one Chinese line for each kind.
        repaired: how many repairs that were.
    """

    name: str
    title: str = ""
    unit: str = ""
    unit_type: str = ""
    kind: str = ""
    year: int = 0
    sections: int = 0
    passages: int = 0
    own: bool = False
    file: str = ""
    problem: str = ""
    notices: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    repaired: int = 0


@dataclass(frozen=True)
class Skipped:
    """A file that was not added."""

    path: Path
    why: str


@dataclass(frozen=True)
class AddSummary:
    """What ``add`` did: the reports added, how much they gave, and what was skipped."""

    added: tuple[SeedInfo, ...]
    skipped: tuple[Skipped, ...]

    @property
    def reports(self) -> int:
        """How many reports were added."""
        return len(self.added)

    @property
    def sections(self) -> int:
        """Sections in them."""
        return sum(info.sections for info in self.added)

    @property
    def passages(self) -> int:
        """Passages in them."""
        return sum(info.passages for info in self.added)

    @property
    def repairs(self) -> int:
        """Repairs made in them."""
        return sum(info.repaired for info in self.added)
