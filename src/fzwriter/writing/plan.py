"""What a plan is: the sections of a report, each with the facts and statements it tells.

``writing.planning`` makes one of a fact sheet; the writers only read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from fzwriter.facts import Derived, Fact, Statement
from fzwriter.units import Group, Profile
from fzwriter.writing.phrasebook import phrases


@dataclass(frozen=True)
class Material:
    """What is told under one topic.

    Attributes:
        topic: canonical, or the sheet's own word.
        facts: its facts, parts after their totals.
        derived: derived figures told with them.
        statements: its statements, in the sheet's order.
    """

    topic: str
    facts: tuple[Fact, ...] = ()
    derived: tuple[Derived, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Block:
    """A sub-section: heading (without number; "" for none) and its material by topic."""

    heading: str
    materials: tuple[Material, ...]
    group: Group | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics it covers."""
        return tuple(material.topic for material in self.materials)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All its statements."""
        return tuple(s for material in self.materials for s in material.statements)


@dataclass(frozen=True)
class PlannedSection:
    """A first-level section.

    Attributes:
        part: 成效 问题 … ; see ``report.Section``.
        heading: without number.
        blocks: sub-sections; a single one without heading is told without a sub-heading.
        pending: nothing was handed in for it.
    """

    part: str
    heading: str
    blocks: tuple[Block, ...]
    pending: bool = False


@dataclass(frozen=True)
class Plan:
    """The whole report, planned.

    Attributes:
        title: printed title.
        kind: short name of the document kind: report, plan, summary.
        run_in: sub-headings run into their paragraphs.
        sections: in order, without the preamble.
        profile: the unit's profile.
        words: what templates may name.
        seed: stable number that picks variants, from unit and year.
    """

    title: str
    kind: str
    run_in: bool
    sections: tuple[PlannedSection, ...]
    profile: Profile
    words: dict[str, str] = field(hash=False)
    seed: int = 0

    def pick(self, variants: Sequence[str], salt: str = "") -> str:
        """One of the variants, always the same for the same unit and year."""
        if self.words.get("span") != "全年":
            variants = [v for v in variants if not self._of_a_year(v)] or variants
        digest = sha256(f"{self.seed}{salt}".encode()).digest()
        return variants[digest[0] % len(variants)].format(**self.words)

    def _of_a_year(self, text: str) -> bool:
        return any(word in text for word in phrases()["of_a_year"])
