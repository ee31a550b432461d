"""What is put back of the source into a rewrite is found: figures, names, dates, register, powers."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from types import ModuleType

import pytest

from common import ROOT
from fzwriter.pipeline.rewrite import rewrite
from fzwriter.units import find_powers
from fzwriter.writing.rewriting import read_source

PAIRS = [
    ("司法局", "镇"),
    ("镇", "公安局"),
    ("公安局", "教育局"),
    ("区县政府", "经信局"),
    ("教育局", "区县政府"),
    ("人社局", "司法局"),
]


@pytest.fixture(scope="module")
def planting() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "rewrite_pairs", ROOT / "eval" / "rewrite_pairs.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["rewrite_pairs"] = module
    spec.loader.exec_module(module)
    return module


def test_each_kind_of_carry_over_is_found_in_ninety_nine_of_a_hundred(planting: ModuleType) -> None:
    planted: Counter[str] = Counter()
    missed: list[tuple[str, str]] = []
    for old, new in PAIRS:
        source, sheet = planting.source_of(old), planting.sheet_of(new)
        report = rewrite(source, sheet, writer="offline")
        skeleton = read_source(source)
        for plant in planting.plants(report, sheet, skeleton, 3, f"{old}{new}"):
            planted[plant.kind] += 1
            if not planting.found_as(plant, sheet, skeleton):
                missed.append((plant.kind, plant.text[plant.start - 8 : plant.end + 4]))
    assert set(planted) == set(planting.KINDS)
    assert sum(planted.values()) > 120
    lost = Counter(kind for kind, _ in missed)
    assert {k: n for k, n in lost.items() if n > 0.01 * planted[k]} == {}, missed


def test_each_clause_of_a_power_claims_that_power(planting: ModuleType) -> None:
    for name, clauses in planting.power_clauses().items():
        assert len(clauses) >= 3
        for clause in clauses:
            assert name in {claim.power.name for claim in find_powers(f"{clause}。")}, clause
