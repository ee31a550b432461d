"""Mutants of a right text: errors of known kind and place, and other ways to write the same.

Generators are pure: the same text, verdict, sheet and seed give the same mutants. What they plant is
wrong by ``allowed``, which knows the sheet and nothing of the checker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from fzwriter.evaluation import wrong_figures, wrong_words
from fzwriter.evaluation.equivalents import EQUIVALENTS
from fzwriter.evaluation.restyled import restyled_swap
from fzwriter.evaluation.sites import Ground, Mutant
from fzwriter.facts import FactSheet
from fzwriter.report import CheckReport

Generator = Callable[[Ground], Iterator[Mutant]]

_WRONG: dict[str, Generator] = {
    "digit": wrong_figures.digit,
    "swap": wrong_figures.swap,
    "scale": wrong_figures.scale,
    "unit": wrong_words.unit,
    "approx": wrong_words.approx,
    "invented": wrong_words.invented,
    "borrowed": wrong_words.borrowed,
    "year": wrong_words.year,
    "percent": wrong_figures.percent,
    "direction": wrong_words.direction,
    "denominator": wrong_figures.denominator,
    "chinese": wrong_figures.chinese,
    "subject": wrong_words.subject,
    "negation": wrong_words.negation,
    "placeholder": wrong_words.placeholder,
    "restyled": restyled_swap,
}
WRONG_KINDS = tuple(_WRONG)


def make_mutants(
    text: str, report: CheckReport, sheet: FactSheet, *, seed: int = 0, limit: int = 30
) -> list[Mutant]:
    """Mutants of ``text``, at most ``limit`` of each kind.

    Args:
        text: a text that is right.
        report: the verdict on it; its traced figures are what is changed.
        sheet: the input.
        seed: the same seed gives the same mutants, whatever other kinds there are.
        limit: mutants of one kind.
    """
    mutants: list[Mutant] = []
    for kind, generate in (_WRONG | EQUIVALENTS).items():
        ground = Ground(text, report, sheet, Random(f"{seed} {kind}"))
        found = [mutant for mutant in generate(ground) if mutant.text != text]
        mutants += ground.sample(found, limit)
    return mutants
