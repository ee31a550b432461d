"""The input data: what a user hands in for one report, and what follows from it.

Owns the model of a facts file (``model``), reading it (``load``), the arithmetic of derived
figures (``derive``), the indicator catalogue (``catalogue``), and the look for contradictions in
the input itself (``lint``). Nothing here writes text or knows how it is written.
"""

from __future__ import annotations

from fzwriter.facts.catalogue import Catalogue, Derivation, load_catalogue
from fzwriter.facts.derive import (
    Change,
    DerivedValue,
    change,
    evaluate,
    evaluate_all,
    round_half_up,
    round_result,
    share,
)
from fzwriter.facts.lint import lint, settled
from fzwriter.facts.lint_common import Finding
from fzwriter.facts.load import load_facts, loads_facts
from fzwriter.facts.model import (
    Derived,
    Document,
    Fact,
    FactSheet,
    Period,
    Statement,
    StatementKind,
    Unit,
)
from fzwriter.facts.orders import cleared, has_order, without_orders
from fzwriter.numbers.approx import APPROXIMATORS

__all__ = [
    "APPROXIMATORS",
    "Catalogue",
    "Change",
    "Derivation",
    "Derived",
    "DerivedValue",
    "Document",
    "Fact",
    "FactSheet",
    "Finding",
    "Period",
    "Statement",
    "StatementKind",
    "Unit",
    "change",
    "cleared",
    "evaluate",
    "evaluate_all",
    "has_order",
    "lint",
    "load_catalogue",
    "load_facts",
    "loads_facts",
    "round_half_up",
    "round_result",
    "settled",
    "share",
    "without_orders",
]
