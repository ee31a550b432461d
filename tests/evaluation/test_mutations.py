from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fzwriter.evaluation import EQUIVALENT_KINDS, WRONG_KINDS, Mutant, make_mutants
from fzwriter.evaluation.allowed import Allowed
from fzwriter.evaluation.spell import spell
from fzwriter.facts import FactSheet
from fzwriter.numbers import find_numbers, parse_chinese
from fzwriter.reading import heading_paths
from fzwriter.report import CheckReport, Mention


@pytest.fixture(scope="module")
def mutants(text: str, clean: CheckReport, sheet: FactSheet) -> list[Mutant]:
    return make_mutants(text, clean, sheet, seed=3, limit=40)


def test_every_kind_is_planted(mutants: list[Mutant]) -> None:
    assert {m.kind for m in mutants if m.wrong} == set(WRONG_KINDS)
    assert {m.kind for m in mutants if not m.wrong} == set(EQUIVALENT_KINDS)


def test_spans_hold_what_was_changed(mutants: list[Mutant], text: str) -> None:
    for mutant in mutants:
        assert mutant.text != text
        assert len(mutant.spans) == (2 if mutant.kind in ("swap", "restyled") else 1)
        if mutant.kind in ("restyled", "标题改样"):  # headings change all over the text
            continue
        first = min(start for start, _ in mutant.spans)
        behind = len(mutant.text) - max(end for _, end in mutant.spans)
        assert behind == 0 or mutant.text[-behind:] == text[-behind:], mutant
        if mutant.kind in ("invented", "borrowed"):  # the span is the figure of a new clause
            assert mutant.note.endswith(mutant.text[first : mutant.spans[0][1]])
        else:
            assert mutant.text[:first] == text[:first], mutant


def test_headings_are_restyled_in_every_look_and_the_figures_stay_where_they_are(
    mutants: list[Mutant], text: str
) -> None:
    paths = heading_paths(text)
    made = [m for m in mutants if m.kind == "标题改样"]
    assert len({m.note for m in made}) == len(made) >= 8
    assert sum(bool(m.hints) for m in made) == 2  # by style and by Word's own numbers
    assert all([one.path for one in m.read.paragraphs] == paths for m in made)
    for mutant in mutants:
        if mutant.kind == "restyled":
            one, other = ("".join(mutant.text[start:end]) for start, end in mutant.spans)
            first, _, second = mutant.note.rpartition(" ")[0].partition("⇄")
            assert second.startswith(one), mutant
            assert first.startswith(other), mutant
            assert [one.path for one in mutant.read.paragraphs] == paths


def test_the_same_seed_gives_the_same_mutants(
    mutants: list[Mutant], text: str, clean: CheckReport, sheet: FactSheet
) -> None:
    assert make_mutants(text, clean, sheet, seed=3, limit=40) == mutants
    assert make_mutants(text, clean, sheet, seed=4, limit=40) != mutants


def _figure(mutant: Mutant) -> Mention | None:
    ((start, end),) = mutant.spans
    found = [m for m in find_numbers(mutant.text) if m.start < end and start < m.end]
    return found[0] if len(found) == 1 else None


def test_equivalents_have_the_value_they_had(
    mutants: list[Mutant], text: str, clean: CheckReport
) -> None:
    seen = 0
    for mutant in mutants:
        if mutant.wrong or mutant.kind in ("半角标点", "所许单位", "标题改样"):
            continue
        new = _figure(mutant)
        assert new is not None, mutant
        start = mutant.spans[0][0]
        old = next(m for m in clean.mentions if m.start == start)
        assert new.base_value == old.base_value, mutant
        seen += 1
    assert seen > 40


def test_a_changed_digit_changes_the_value(mutants: list[Mutant], clean: CheckReport) -> None:
    for mutant in mutants:
        if mutant.kind in ("digit", "chinese", "percent", "denominator", "scale"):
            new = _figure(mutant)
            old = next(m for m in clean.mentions if m.start == mutant.spans[0][0])
            assert new is not None, mutant
            assert new.base_value != old.base_value, mutant


def test_nothing_the_sheet_allows_is_planted(sheet: FactSheet) -> None:
    allowed = Allowed(sheet)
    assert allowed.holds(Fraction(48), "件", "收到行政复议案件")
    assert allowed.holds(Fraction(48), "起", "复议案件")
    assert not allowed.holds(Fraction(48), "件", "办理公证")
    assert not allowed.holds(Fraction(48), "家", "收到行政复议案件")
    assert allowed.holds(Fraction(40), "件", "行政复议案件由上年的")
    assert allowed.holds(Fraction(8), "件", "行政复议案件增加")
    assert allowed.holds(Fraction(1, 5), "%", "行政复议案件增长")
    assert allowed.holds(Fraction(222, 1000), "%", "败诉率")
    assert allowed.holds(Fraction(12000), "份", "宣传资料")
    assert not allowed.knows(Fraction(4711), "件")


@given(st.integers(0, 99_999_999))
def test_spelling_is_the_way_back_from_reading(number: int) -> None:
    assert parse_chinese(spell(Decimal(number))) == number


@pytest.mark.parametrize(
    ("value", "words"),
    [("2", "两"), ("12", "十二"), ("110", "一百一十"), ("1.2", "一点二"), ("10005", "一万零五")],
)
def test_spelling(value: str, words: str) -> None:
    assert spell(Decimal(value)) == words
