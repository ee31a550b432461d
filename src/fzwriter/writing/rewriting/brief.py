"""The requests of a rewrite: each shows the masked section of the source that the piece follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fzwriter.llm import Message
from fzwriter.writing.ask import Brief
from fzwriter.writing.rewriting.replan import Pattern, Replan
from fzwriter.writing.tasks import Key, Task


@dataclass(frozen=True)
class RewriteBrief(Brief):
    """A brief with the source's sections.

    Attributes:
        patterns: masked text of the source, by the key of what follows it.
    """

    patterns: Mapping[Key, str] = field(default_factory=dict)

    def ask(self, task: Task, exemplars: Sequence[str], pattern: str = "") -> list[Message]:
        """The messages for a task, with the source's section in place of exemplars."""
        return super().ask(task, exemplars, pattern or self.patterns.get(task.key, ""))


def patterns_of(replan: Replan) -> dict[Key, str]:
    """The masked text of the source for each block and each whole section that follows one."""
    found = {key: _shown(pattern) for key, pattern in replan.patterns.items()}
    for number, section in enumerate(replan.plan.sections, 1):
        sources = replan.sources.get(section.part, ())
        if section.part != "成效" and sources:
            text = "\n".join("".join(s.masked for s in block.sentences) for block in sources)
            found[number, 0] = text
    return found


def _shown(pattern: Pattern) -> str:
    return pattern.masked
