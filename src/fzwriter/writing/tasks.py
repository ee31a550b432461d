"""What the model is asked to write, piece by piece: one task a sub-section or a whole section.

A task holds its own facts and statements and nothing else, so that the prompt is small and nothing
foreign can be cited. One with too much for the context is split between topics, then between trees of
facts; nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fzwriter.facts import Derived, Fact, Statement
from fzwriter.writing.plan import Material, Plan, PlannedSection

Key = tuple[int, int]  # section from 1, block from 1; block 0 for a section told as a whole
_A_FACT, _AT_LEAST = 22, 80  # characters


@dataclass(frozen=True)
class Task:
    """A piece of text for the model to write.

    Attributes:
        key: where it goes.
        piece: order among the pieces of one key.
        part: 成效 问题 计划…
        heading: first-level heading above it.
        subheading: second-level heading, or "".
        materials: all that may be told.
    """

    key: Key
    part: str
    heading: str
    subheading: str
    materials: tuple[Material, ...]
    piece: int = 0

    @property
    def id(self) -> str:
        """Short name for records: 1.3, 1.3.2 for the second piece."""
        base = f"{self.key[0]}.{self.key[1]}"
        return f"{base}.{self.piece + 1}" if self.piece else base

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Its facts."""
        return tuple(fact for material in self.materials for fact in material.facts)

    @property
    def derived(self) -> tuple[Derived, ...]:
        """Its derived figures."""
        return tuple(derived for material in self.materials for derived in material.derived)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Its statements."""
        return tuple(s for material in self.materials for s in material.statements)

    @property
    def topics(self) -> tuple[str, ...]:
        """Its topics."""
        return tuple(material.topic for material in self.materials)

    @property
    def place(self) -> str:
        """``工作成效 › 依法化解行政争议``."""
        return f"{self.heading} › {self.subheading}" if self.subheading else self.heading

    @property
    def length(self) -> int:
        """Characters its material asks for."""
        told = sum(len(s.text) for s in self.statements)
        return max(_AT_LEAST, round(told * 1.15) + _A_FACT * (len(self.facts) + len(self.derived)))


def make_tasks(plan: Plan) -> list[Task]:
    """A task for each sub-section of 成效 and each other section that has material."""
    tasks: list[Task] = []
    for number, section in enumerate(plan.sections, 1):
        if not section.pending:
            tasks += _of_section(number, section)
    return [task for task in tasks if task.facts or task.derived or task.statements]


def _of_section(number: int, section: PlannedSection) -> list[Task]:
    if section.part != "成效":
        materials = tuple(m for block in section.blocks for m in block.materials)
        return [Task((number, 0), section.part, section.heading, "", materials)]
    several = len(section.blocks) > 1
    return [
        Task(
            (number, at),
            section.part,
            section.heading,
            block.heading if several else "",
            block.materials,
        )
        for at, block in enumerate(section.blocks, 1)
    ]


def halve(task: Task) -> list[Task]:
    """Two tasks for one, or the one where it can't be parted."""
    materials = task.materials
    if len(materials) > 1:
        middle = len(materials) // 2
        halves = [materials[:middle], materials[middle:]]
    else:
        halves = [(half,) for half in _halve_material(materials[0])]
    return [replace(task, materials=tuple(half)) for half in halves if half]


def _halve_material(material: Material) -> list[Material]:
    trees = _trees(material.facts)
    said = material.statements
    if len(trees) + len(said) < 2:
        return [material]
    facts = [f for tree in trees[: len(trees) // 2] for f in tree]
    rest = [f for tree in trees[len(trees) // 2 :] for f in tree]
    if len(trees) == 1:
        facts, rest, middle = [], rest, len(said)
    else:
        middle = len(said) // 2
    first = Material(material.topic, tuple(facts), (), said[:middle])
    second = Material(material.topic, tuple(rest), material.derived, said[middle:])
    return [m for m in (first, second) if m.facts or m.derived or m.statements]


def _trees(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Facts with the parts under them kept together, in order."""
    by_id = {fact.id: fact for fact in facts}
    trees: dict[str, list[Fact]] = {}
    for fact in facts:
        top, seen = fact, {fact.id}
        while top.parts_of in by_id and top.parts_of not in seen:
            seen.add(top.parts_of)
            top = by_id[top.parts_of]
        trees.setdefault(top.id, []).append(fact)
    return list(trees.values())


def numbered(tasks: Sequence[Task]) -> list[Task]:
    """Pieces numbered within their key."""
    counts: dict[Key, int] = {}
    result = []
    for task in tasks:
        piece = counts.get(task.key, 0)
        counts[task.key] = piece + 1
        result.append(replace(task, piece=piece))
    return result
