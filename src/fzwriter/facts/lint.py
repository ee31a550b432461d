"""Does the input contradict itself, or hold what should not be written into a report?

``lint`` reports and never stops anything: real figures contradict each other, and it is for the
clerk to say which is right. It stays silent wherever a sheet may be in order: approximate figures
are compared with nothing, parts may overlap unless they are known not to, unlike units are not
compared. A finding is an error only where a draft can't be written from the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from fzwriter.errors import InputError
from fzwriter.facts.catalogue import Catalogue, Derivation, load_catalogue
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
from fzwriter.facts.figures import APPROXIMATORS
from fzwriter.facts.formula import Number, parse, walk
from fzwriter.facts.lint_text import find_suspect_texts
from fzwriter.facts.model import Derived, Fact, FactSheet

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_COUNTED = ("件", "人", "次", "家", "份", "所")  # no half of it
_RATE = re.compile(r"(?:率|占比|比例|覆盖面)$")
# Rates that may well pass 100%.
_OPEN_RATE = re.compile(r"增|升|降|涨|同比|环比|完成率|变化|差")
_SIGNED = re.compile(r"增|减|升|降|涨|跌|变化|变动|差|同比|环比|百分点")
_AVERAGE = re.compile(r"均")


@dataclass(frozen=True)
class Finding:
    """Something the clerk should look at.

    Attributes:
        severity: ``error`` where no draft can be written from it.
        place: where it was read; "" for a sheet that was not.
        message: one Chinese line.
        ids: of the facts, derived figures or statements concerned.
    """

    severity: Literal["error", "warning"]
    place: str
    message: str
    ids: tuple[str, ...] = ()


def lint(sheet: FactSheet) -> tuple[Finding, ...]:
    """All findings on a sheet, figures first, then texts; empty for a sheet in order."""
    catalogue = load_catalogue()
    return (
        *_single_figures(sheet),
        *_duplicates(sheet, catalogue),
        *_totals(sheet, catalogue),
        *_exclusive_parts(sheet, catalogue),
        *_given_rates(sheet, catalogue),
        *_derived(sheet, catalogue),
        *_dates(sheet),
        *(
            Finding("warning", text.place, text.message, text.ids)
            for text in find_suspect_texts(sheet)
        ),
    )


def _warn(place: str, message: str, *ids: str) -> Finding:
    return Finding("warning", place, message, ids)


def _shown(fact: Fact) -> str:
    return f"{fact.name}（{fact.id}）{plain(fact.value)}{fact.unit}"


def _scaled(fact: Fact) -> Fraction:
    """The value in the bare unit: 25.63 万元 → 256300."""
    value = Fraction(fact.value)
    for sign in split_scale(fact.unit)[0]:
        value *= _SCALES[sign]
    return value


def _comparable(one: Fact, other: Fact, catalogue: Catalogue) -> bool:
    """Exact figures that count the same things, by one of the measure words each may have."""
    if one.approx or other.approx:
        return False
    family = frozenset().union(
        *(catalogue.unit_family(split_scale(unit)[1]) for unit in (one.unit, *one.units))
    )
    return any(split_scale(unit)[1] in family for unit in (other.unit, *other.units))


def _decimals(number: Decimal) -> int:
    return max(0, -int(number.as_tuple().exponent))


def _single_figures(sheet: FactSheet) -> Iterator[Finding]:
    for fact in sheet.facts:
        if re.search(r"(?<![A-Za-z])\d", fact.unit):
            message = f"{fact.id} 的单位“{fact.unit}”里有数字，数字应写在 value 里"
            yield _warn(fact.source, message, fact.id)
        if fact.approx and fact.approx not in APPROXIMATORS:
            message = f"{fact.id} 的 approx“{fact.approx}”不是常用的概数词（余、多、近、约、以上…）"
            yield _warn(fact.source, message, fact.id)
        if fact.value < 0 and not _SIGNED.search(fact.name):
            yield _warn(fact.source, f"{_shown(fact)}是负数，请核对", fact.id)
        if _is_split(fact):
            yield _warn(fact.source, f"{_shown(fact)}不是整数，请核对数值和单位", fact.id)
        if _above_hundred(fact.name, fact.unit, Fraction(fact.value)):
            yield _warn(fact.source, f"{_shown(fact)}超过 100%，请核对", fact.id)


def _is_split(fact: Fact) -> bool:
    whole = fact.value == fact.value.to_integral_value()
    return not whole and fact.unit in _COUNTED and not _AVERAGE.search(fact.name)


def _above_hundred(name: str, unit: str, value: Fraction) -> bool:
    rate = _RATE.search(name) and not _OPEN_RATE.search(name)
    return bool(rate) and unit in {"%", "％"} and value > 100


def _duplicates(sheet: FactSheet, catalogue: Catalogue) -> Iterator[Finding]:
    first: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in sheet.facts:
        # 其中 of different totals may go by one name: 公证减免, 法律援助减免
        same = first.setdefault((fact.topic, fact.name, fact.parts_of), [])
        for other in same:
            if _comparable(other, fact, catalogue) and _scaled(other) != _scaled(fact):
                values = f"{plain(other.value)}{other.unit}和{plain(fact.value)}{fact.unit}"
                places = f"{other.id} {other.source}、{fact.id} {fact.source}"
                message = f"同一指标“{fact.name}”有两个数：{values}（{places}）"
                yield _warn(fact.source, message, other.id, fact.id)
                break
        same.append(fact)


def _totals(sheet: FactSheet, catalogue: Catalogue) -> Iterator[Finding]:
    facts = sheet.by_id
    parts_of: dict[str, list[Fact]] = {}
    for part in sheet.facts:
        parts_of.setdefault(part.parts_of, []).append(part)
        total = facts.get(part.parts_of)
        if total and _comparable(part, total, catalogue) and _scaled(part) > _scaled(total):
            message = f"部分大于总数：{_shown(part)}，总数{_shown(total)}"
            yield _warn(part.source, message, part.id, total.id)
    for total in sheet.facts:
        parts = parts_of.get(total.id, [])
        if not total.parts_complete:
            continue
        if not parts:
            message = f"{_shown(total)}标了 parts_complete，却没有数据以 parts_of 指向它"
            yield _warn(total.source, message, total.id)
        elif all(_comparable(part, total, catalogue) for part in parts):
            added = sum((_scaled(part) for part in parts), Fraction(0))
            if added != _scaled(total):
                yield _sum_differs(total, parts, added, "不等于")


def _sum_differs(total: Fact, parts: Sequence[Fact], added: Fraction, relation: str) -> Finding:
    scale = _scaled(total) / Fraction(total.value) if total.value else Fraction(1)
    shown = plain(round_result(added / scale, ""))
    names = " + ".join(f"{part.name}{plain(part.value)}" for part in parts)
    message = f"各项之和{relation}总数：{names} = {shown}，而{_shown(total)}"
    return _warn(total.source, message, total.id, *(part.id for part in parts))


def _exclusive_parts(sheet: FactSheet, catalogue: Catalogue) -> Iterator[Finding]:
    """Outcomes of the same cases, 维持 撤销 驳回…, can't outnumber the cases."""
    found = catalogue.indicators(sheet)
    for topic in catalogue.entries:
        for total_key, part_keys in topic.exclusive:
            totals = found[topic.name].get(total_key, ())
            groups = [found[topic.name].get(key, ()) for key in part_keys]
            if len(totals) != 1 or totals[0].parts_complete or any(len(g) > 1 for g in groups):
                continue
            parts = tuple(group[0] for group in groups if group and group[0] is not totals[0])
            if len(parts) < 2 or not all(_comparable(p, totals[0], catalogue) for p in parts):
                continue
            added = sum((_scaled(part) for part in parts), Fraction(0))
            if added > _scaled(totals[0]):
                yield _sum_differs(totals[0], parts, added, "大于")


@dataclass(frozen=True)
class _Expected:
    """What a rate should be, and why."""

    exact: Fraction
    explanation: str
    ids: tuple[str, ...]


def _given_rates(sheet: FactSheet, catalogue: Catalogue) -> Iterator[Finding]:
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
            message = f"{_shown(fact)}与数据不符：{expected[0].explanation}"
            yield _warn(fact.source, message, fact.id, *expected[0].ids)


def _called(name: str, topic: str, usual: tuple[Derivation, ...]) -> list[Derivation]:
    return [one for one in usual if one.unit == "%" and one.topic == topic and one.is_called(name)]


def _share(rate: Fact, sheet: FactSheet, catalogue: Catalogue) -> list[_Expected]:
    """A rate the catalogue doesn't know: 满意率 is 满意 over the total it is declared a part of."""
    stem = _RATE.sub("", rate.name)
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
    if not total.value or not _comparable(part, total, catalogue):
        return []
    exact = _scaled(part) / _scaled(total) * 100
    shown = plain(round_result(exact, "%"))
    explanation = f"{show(part)} ÷ {show(total)} × 100% = {shown}%"
    return [_Expected(exact, explanation, (part.id, total.id))]


def _derived(sheet: FactSheet, catalogue: Catalogue) -> Iterator[Finding]:
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
            message = f"{derived.id} {value.explanation}，与通常的算法不同：{named[0].explanation}"
            yield _warn(derived.source, message, derived.id, *named[0].ids)


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
        message = f"{derived.id} 由概数{_shown(about[0])}算出，不是准确数：{value.explanation}"
        yield _warn(derived.source, message, derived.id, about[0].id)
    if _above_hundred(value.name, value.unit, value.exact):
        message = f"{derived.id} 超过 100%，请核对公式：{value.explanation}"
        yield _warn(derived.source, message, derived.id)
    if _hides_non_whole(value):
        message = (
            f"{derived.id} 按 digits 取整后成了 {plain(value.rounded)}{value.unit}，请加小数位"
        )
        yield _warn(derived.source, message, derived.id)
    scales: dict[str, set[str]] = {}
    for fact in facts:
        scale, bare = split_scale(fact.unit)
        scales.setdefault(bare, set()).add(scale)
    if any(len(used) > 1 for used in scales.values()):
        message = (
            f"{derived.id} 的公式混用了不同的单位（如元和万元），程序不换算：{value.explanation}"
        )
        yield _warn(derived.source, message, derived.id, *value.ids)
    expression = parse(derived.formula, [*sheet.by_id, *sheet.derived_by_id])
    hundred = any(isinstance(one, Number) and one.text == "100" for one in walk(expression))
    percent = any(factor(unit) > 1 for unit in (derived.unit, *(fact.unit for fact in facts)))
    if hundred and percent:
        message = f"{derived.id} 的公式里不必写 100，百分数会自动换算：{value.explanation}"
        yield _warn(derived.source, message, derived.id)


def _hides_non_whole(value: DerivedValue) -> bool:
    """99.97% printed as 100.0%, 0.02% as 0.0%."""
    limits = {0, 100} if value.unit in {"%", "％"} else {0}
    return value.rounded in limits and value.exact != Fraction(value.rounded)


def _dates(sheet: FactSheet) -> Iterator[Finding]:
    date = sheet.document.date
    if date is not None and date < sheet.period.from_:
        message = f"落款日期 {date.isoformat()} 早于报告期的开始 {sheet.period.from_.isoformat()}"
        yield _warn("", message)
