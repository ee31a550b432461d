"""Rates and other derived figures: given or declared, do they agree with the facts?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fzwriter.errors import InputError
from fzwriter.facts.catalogue import Catalogue, Derivation
from fzwriter.facts.catalogue_data import split_scale
from fzwriter.facts.derive import (
    DerivedValue,
    evaluate_all,
    factor,
    plain,
    round_half_up,
    round_result,
    show,
)
from fzwriter.facts.formula import Number, parse, walk
from fzwriter.facts.lint_common import (
    RATE_NAME,
    Finding,
    above_hundred,
    called,
    comparable,
    quoted,
    scaled,
    shown,
    warn,
)
from fzwriter.facts.model import Derived, Fact, FactSheet


def _decimals(number: Decimal) -> int:
    return max(0, -int(number.as_tuple().exponent))


@dataclass(frozen=True)
class _Expected:
    """What a rate should be, and why."""

    exact: Fraction
    explanation: str
    ids: tuple[str, ...]


def find_wrong_rates(sheet: FactSheet, catalogue: Catalogue) -> Iterator[Finding]:
    """Given percentages that no usual denominator yields, to the digits they are given in."""
    usual = catalogue.derivations(sheet, alternatives=True)
    for fact in sheet.facts:
        if fact.unit not in {"%", "％"} or fact.approx:
            continue
        topic = catalogue.topic_of_fact(fact)
        if catalogue.knows_figure(topic, fact.name):
            expected = [
                _Expected(one.exact, one.explanation, one.ids)
                for one in _called(fact.name, topic, usual)
            ]
        else:
            expected = _share(fact, sheet, catalogue)
        digits = _decimals(fact.value)
        if expected and all(round_half_up(one.exact, digits) != fact.value for one in expected):
            message = f"{shown(fact)}与数据不符：{expected[0].explanation}"
            yield warn(fact.source, message, fact.id, *expected[0].ids)


def _called(name: str, topic: str, usual: tuple[Derivation, ...]) -> list[Derivation]:
    return [one for one in usual if one.unit == "%" and one.topic == topic and one.is_called(name)]


def _share(rate: Fact, sheet: FactSheet, catalogue: Catalogue) -> list[_Expected]:
    """A rate the catalogue doesn't know: 满意率 is 满意 over the total it is declared a part of."""
    stem = RATE_NAME.sub("", rate.name)
    facts = sheet.by_id
    parts = [
        fact
        for fact in sheet.facts
        if fact.parts_of in facts
        and fact.topic == rate.topic
        and stem
        and stem != rate.name
        and (fact.name.startswith(stem) or fact.name.endswith(stem))
    ]
    if len(parts) != 1:
        return []
    part, total = parts[0], facts[parts[0].parts_of]
    if not total.value or not comparable(part, total, catalogue):
        return []
    exact = scaled(part) / scaled(total) * 100
    rounded = plain(round_result(exact, "%"))
    explanation = f"{show(part)} ÷ {show(total)} × 100% = {rounded}%"
    return [_Expected(exact, explanation, (part.id, total.id))]


def find_odd_derived(sheet: FactSheet, catalogue: Catalogue) -> Iterator[Finding]:
    """Declared figures that can't be worked out, or hardly mean what their name says."""
    usual = catalogue.derivations(sheet, alternatives=True)
    values = evaluate_all(sheet)
    for derived in sheet.derived:
        value = values[derived.id]
        if isinstance(value, InputError):
            message = f"{value.problem}。{value.remedy}"
            yield Finding("error", derived.source, message, (derived.id,))
            continue
        yield from _formula(derived, value, sheet)
        named = _called(derived.name, catalogue.topic_of(derived.topic), usual)
        named = named or ([] if derived.topic else _called_anywhere(derived.name, value, usual))
        if named and value.unit == "%" and all(one.exact != value.exact for one in named):
            message = f"{quoted(derived.name)}：{value.explanation}，与通常的算法不同：{named[0].explanation}"
            yield warn(derived.source, message, derived.id, *named[0].ids)


def _called_anywhere(
    name: str, value: DerivedValue, usual: tuple[Derivation, ...]
) -> list[Derivation]:
    """A derived figure without a topic has that of the facts it is computed from."""
    return [
        one
        for one in usual
        if one.unit == "%" and set(one.ids) & set(value.ids) and one.is_called(name)
    ]


def _formula(derived: Derived, value: DerivedValue, sheet: FactSheet) -> Iterator[Finding]:
    facts = [sheet.by_id[id] for id in value.ids if id in sheet.by_id]
    about = [fact for fact in facts if fact.approx]
    if about:
        message = (
            f"{quoted(derived.name)}由概数{shown(about[0])}算出，不是准确数：{value.explanation}"
        )
        yield warn(derived.source, message, derived.id, about[0].id)
    if above_hundred(value.name, value.unit, value.exact):
        message = f"{quoted(derived.name)}超过 100%，请核对公式：{value.explanation}"
        yield warn(derived.source, message, derived.id)
    if _hides_non_whole(value):
        digits = called("digits", derived.source, "derived")
        result = f"{plain(value.rounded)}{value.unit}"
        message = f"{quoted(derived.name)}按{digits}取整后成了 {result}，请加小数位"
        yield warn(derived.source, message, derived.id)
    scales: dict[str, set[str]] = {}
    for fact in facts:
        scale, bare = split_scale(fact.unit)
        scales.setdefault(bare, set()).add(scale)
    if any(len(used) > 1 for used in scales.values()):
        message = f"{quoted(derived.name)}的公式混用了不同的单位（如元和万元），程序不换算：{value.explanation}"
        yield warn(derived.source, message, derived.id, *value.ids)
    expression = parse(derived.formula, [*sheet.by_id, *sheet.derived_by_id])
    hundred = any(isinstance(one, Number) and one.text == "100" for one in walk(expression))
    percent = any(factor(unit) > 1 for unit in (derived.unit, *(fact.unit for fact in facts)))
    if hundred and percent:
        message = f"{quoted(derived.name)}的公式里不必写 100，百分数会自动换算：{value.explanation}"
        yield warn(derived.source, message, derived.id)


def _hides_non_whole(value: DerivedValue) -> bool:
    """99.97% printed as 100.0%, 0.02% as 0.0%."""
    limits = {0, 100} if value.unit in {"%", "％"} else {0}
    return value.rounded in limits and value.exact != Fraction(value.rounded)
