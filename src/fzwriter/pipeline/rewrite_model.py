"""A rewrite with a model: each piece is asked for with the source's masked section as its pattern.

What the model writes is judged as a draft's pieces are; a sentence copied from the pattern is a fault.
The whole is proven against the source, and a piece at which an error stands falls to the composer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from fzwriter.facts import has_order
from fzwriter.pipeline.model_run import ModelRun, Texts
from fzwriter.report import CheckReport
from fzwriter.writing import Brief
from fzwriter.writing.composer import Composer
from fzwriter.writing.rewriting import Replan, RewriteComposer, patterns_of
from fzwriter.writing.tasks import Task


@dataclass
class RewriteRun(ModelRun):
    """One rewrite by a model.

    Attributes:
        replan: the plan after the source; ``plan`` is the same plan.
        prove: the verdict on a whole text, against the source.
    """

    replan: Replan | None = None
    prove: Callable[[str], CheckReport] | None = None
    _patterns: dict[tuple[int, int], str] = field(default_factory=dict, init=False)

    def _brief(self) -> Brief:
        usual = super()._brief()
        assert self.replan is not None
        patterns = patterns_of(self.replan)
        self._patterns = {key: text for key, text in patterns.items() if not has_order(text)}
        return replace(usual, patterns=self._patterns)

    def _shown(self, task: Task) -> Sequence[str]:
        """The pattern, so that copying it is found; passages of seeds where there is none."""
        pattern = self._patterns.get(task.key, "")
        return [pattern] if pattern else super()._shown(task)

    def _composer(self, texts: Texts, told: set[str]) -> Composer:
        assert self.replan is not None
        return RewriteComposer(self.sheet, self.replan, self.exemplars.framing, texts, told)

    def _proof(self, text: str) -> CheckReport:
        assert self.prove is not None
        return self.prove(text)
