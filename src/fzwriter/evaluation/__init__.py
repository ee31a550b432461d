"""Evaluation: errors planted in texts that are right, and how many of them the checker finds."""

from fzwriter.evaluation.benchmark import Table, run_benchmark
from fzwriter.evaluation.equivalents import EQUIVALENT_KINDS
from fzwriter.evaluation.mutations import WRONG_KINDS, make_mutants
from fzwriter.evaluation.sites import Mutant

__all__ = ["EQUIVALENT_KINDS", "WRONG_KINDS", "Mutant", "Table", "make_mutants", "run_benchmark"]
