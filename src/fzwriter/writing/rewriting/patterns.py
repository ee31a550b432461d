"""What a model is shown of the source: the masked section that each piece of a rewrite follows."""

from __future__ import annotations

from fzwriter.writing.rewriting.replan import Replan
from fzwriter.writing.tasks import Key


def patterns_of(replan: Replan) -> dict[Key, str]:
    """The masked text of the source for each block and each whole section that follows one."""
    found = {key: pattern.masked for key, pattern in replan.patterns.items()}
    for number, section in enumerate(replan.plan.sections, 1):
        sources = replan.sources.get(section.part, ())
        if section.part != "成效" and sources:
            text = "\n".join("".join(s.masked for s in block.sentences) for block in sources)
            found[number, 0] = text
    return found
