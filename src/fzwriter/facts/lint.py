"""Does the input contradict itself, or hold what should not be written into a report?

Real figures contradict each other, and it is for the clerk to say which is right; ``lint`` reports.
It stays silent wherever a sheet may be in order: approximate figures are compared with nothing,
parts may overlap unless they are known not to, unlike units are not compared. What would print a
false figure without anybody noticing (a slip of scale, last year's rows, two values of one
indicator) stops a draft: ``settled`` refuses the sheet until it is mended or confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from fzwriter.errors import InputError
from fzwriter.facts.catalogue import Catalogue, load_catalogue
from fzwriter.facts.catalogue_data import split_scale
from fzwriter.facts.derive import evaluate_all, plain, round_half_up, round_result
from fzwriter.facts.lint_common import (
    Finding,
    above_hundred,
    ask,
    called,
    comparable,
    quoted,
    same_measure,
    scaled,
    shown,
    warn,
    wrong,
)
from fzwriter.facts.lint_rates import find_odd_derived, find_wrong_rates
from fzwriter.facts.lint_scale import find_odd_sizes
from fzwriter.facts.lint_stale import find_stale
from fzwriter.facts.lint_text import find_suspect_texts
from fzwriter.facts.lint_unit import find_unit_contradictions
from fzwriter.facts.model import Derived, Fact, FactSheet
from fzwriter.facts.problems import Problem, stop
from fzwriter.facts.render import render_figure
from fzwriter.numbers.approx import APPROXIMATORS, relation, stands_for

_SIGNED = re.compile(r"增|减|升|降|涨|跌|变化|变动|差|同比|环比|百分点")
_ALL = "全部要核对的，用 fzwriter facts check 逐条查看"
_BLANK = re.compile(r"[\s“”\"'‘’]")


def lint(sheet: FactSheet) -> tuple[Finding, ...]:
    """All findings on a sheet, how it was read and figures first, then texts; empty for a sheet in order."""
    catalogue = load_catalogue()
    return (
        *(warn("", notice) for notice in sheet.notices),
        *find_unit_contradictions(sheet),
        *find_stale(sheet),
        *_single_figures(sheet),
        *find_odd_sizes(sheet, catalogue),
        *_duplicates(sheet, catalogue),
        *_rivals(sheet, catalogue),
        *_totals(sheet, catalogue),
        *_exclusive_parts(sheet, catalogue),
        *find_wrong_rates(sheet, catalogue),
        *find_odd_derived(sheet, catalogue),
        *_dates(sheet),
        *(
            Finding("warning", text.place, text.message, text.ids)
            for text in find_suspect_texts(sheet)
        ),
    )


def settled(sheet: FactSheet) -> tuple[Finding, ...]:
    """The findings on a sheet that a report may be written from, or held against.

    Raises:
        InputError: something of it must be mended or confirmed first.
    """
    findings = lint(sheet)
    problems = [Problem(f.place or "数据", f.message, _ALL) for f in findings if f.stops]
    stop(problems, sheet.source or "数据")
    return findings


def _single_figures(sheet: FactSheet) -> Iterator[Finding]:
    for fact in sheet.facts:
        if re.search(r"(?<![A-Za-z])\d", fact.unit):
            value = called("value", fact.source)
            message = f"{quoted(fact.name)}的单位“{fact.unit}”里有数字，数字应写在{value}里"
            yield warn(fact.source, message, fact.id)
        if fact.approx and fact.approx not in APPROXIMATORS:
            approx = called("approx", fact.source, then="")
            words = "不是常用的概数词（余、多、近、约、以上…）"
            message = f"{quoted(fact.name)}的{approx}“{fact.approx}”{words}"
            yield warn(fact.source, message, fact.id)
        if _is_unround(fact):
            yield warn(fact.source, _unround(fact), fact.id)
        if fact.value < 0 and not _SIGNED.search(fact.name):
            yield warn(fact.source, f"{shown(fact)}是负数，请核对", fact.id)
        if above_hundred(fact.name, fact.unit, Fraction(fact.value)):
            yield warn(fact.source, f"{shown(fact)}超过 100%，请核对", fact.id)


def _is_unround(fact: Fact) -> bool:
    """余 or 多 behind a figure that is exact to its last digit: 52余人次."""
    if not fact.approx or relation(fact.approx) != "some_more" or split_scale(fact.unit)[0]:
        return False  # 1.2万余份 rounds by its scale
    return bool(fact.value % 10)


def _unround(fact: Fact) -> str:
    figure = render_figure(fact.value, fact.unit, fact.approx)
    ten = fact.value // 10 * 10
    rounded = f"，或写成“{render_figure(ten, fact.unit, fact.approx)}”" if ten > 0 else ""
    return (
        f"{quoted(fact.name + figure)}：“{fact.approx}”前面应是整十、整百的数，"
        f"请写准确数（去掉“{fact.approx}”）{rounded}"
    )


def _duplicates(sheet: FactSheet, catalogue: Catalogue) -> Iterator[Finding]:
    """One indicator, two values: a copied sheet, a row typed twice. Both would print."""
    facts = sheet.by_id
    first: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in sheet.facts:
        same = first.setdefault(_identity(fact, facts, catalogue), [])
        other = next((one for one in same if _differ(one, fact, catalogue)), None)
        if other is not None:
            values = f"{_figure(other)}和{_figure(fact)}"
            places = "、".join(place for place in (other.source, fact.source) if place)
            where = f"（{places}）" if places else ""
            message = (
                f"同一指标{quoted(fact.name)}有两个数：{values}{where}，"
                "请留下对的一个，删去另一个；本来是两回事的，请把指标名称写得不同"
            )
            yield ask(fact.source, message, other.id, fact.id)
        same.append(fact)


def _identity(
    one: Fact | Derived, facts: Mapping[str, Fact], catalogue: Catalogue
) -> tuple[str, str, str]:
    """What a figure counts. 其中 of different totals may go by one name: 公证减免, 法律援助减免."""
    total = facts.get(one.parts_of) if isinstance(one, Fact) else None
    topic = catalogue.topic_of(one.topic) or one.topic
    return topic, _BLANK.sub("", one.name), _BLANK.sub("", total.name) if total else ""


def _differ(one: Fact, other: Fact, catalogue: Catalogue) -> bool:
    """Whether two facts of one indicator can't both be right: 70余 may be 75, not 95."""
    if not same_measure(one, other, catalogue) or scaled(one) == scaled(other):
        return False
    about, exact = (one, other) if one.approx else (other, one)
    if not about.approx or exact.approx:
        return True
    scale = scaled(about) / Fraction(about.value) if about.value else Fraction(1)
    value = scaled(exact) / scale
    figure = Decimal(value.numerator) / value.denominator
    return stands_for(about.value, about.approx, figure) == "no"


def _figure(fact: Fact) -> str:
    return render_figure(fact.value, fact.unit, fact.approx)


def _rivals(sheet: FactSheet, catalogue: Catalogue) -> Iterator[Finding]:
    """A rate given as a figure and worked out beside it, or worked out in two ways."""
    facts = sheet.by_id
    values = evaluate_all(sheet)
    given: dict[tuple[str, str, str], tuple[str, Decimal, str, str]] = {
        _identity(f, facts, catalogue): (f.unit, f.value, f.id, f.source)
        for f in sheet.facts
        if not f.approx
    }
    for derived in sheet.derived:
        value = values[derived.id]
        if isinstance(value, InputError):
            continue
        key = _identity(derived, facts, catalogue)
        if key not in given:
            given[key] = (derived.unit, value.rounded, derived.id, derived.source)
            continue
        unit, other, id_, place = given[key]
        digits = max(0, -int(other.as_tuple().exponent))
        if unit == derived.unit and round_half_up(value.exact, digits) != other:
            message = (
                f"{quoted(derived.name)}有两个数：{plain(other)}{unit}（{place}）和算出来的"
                f"{plain(value.rounded)}{unit}（{derived.source}），请留下对的一个，删去另一个"
            )
            yield ask(derived.source, message, id_, derived.id)


def _totals(sheet: FactSheet, catalogue: Catalogue) -> Iterator[Finding]:
    facts = sheet.by_id
    parts_of: dict[str, list[Fact]] = {}
    for part in sheet.facts:
        parts_of.setdefault(part.parts_of, []).append(part)
        total = facts.get(part.parts_of)
        if total and comparable(part, total, catalogue) and scaled(part) > scaled(total):
            message = f"{shown(part)}，超过所属的{shown(total)}"
            yield wrong(part.source, message, part.id, total.id)
    for total in sheet.facts:
        parts = parts_of.get(total.id, [])
        if not total.parts_complete:
            continue
        if not parts:
            complete = called("parts_complete", total.source, then="")
            part_of = called("parts_of", total.source)
            message = f"{shown(total)}标了{complete}，却没有数据以{part_of}指向它"
            yield warn(total.source, message, total.id)
        elif all(comparable(part, total, catalogue) for part in parts):
            added = sum((scaled(part) for part in parts), Fraction(0))
            if added != scaled(total):
                yield _sum_differs(total, parts, added, "不等于")


def _sum_differs(total: Fact, parts: Sequence[Fact], added: Fraction, relation: str) -> Finding:
    scale = scaled(total) / Fraction(total.value) if total.value else Fraction(1)
    result = plain(round_result(added / scale, ""))
    names = " + ".join(f"{part.name}{plain(part.value)}" for part in parts)
    message = f"各项之和{relation}总数：{names} = {result}，而{shown(total)}"
    return warn(total.source, message, total.id, *(part.id for part in parts))


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
            if len(parts) < 2 or not all(comparable(p, totals[0], catalogue) for p in parts):
                continue
            added = sum((scaled(part) for part in parts), Fraction(0))
            if added > scaled(totals[0]):
                yield _sum_differs(totals[0], parts, added, "大于")


def _dates(sheet: FactSheet) -> Iterator[Finding]:
    date = sheet.document.date
    if date is not None and date < sheet.period.from_:
        message = f"落款日期 {date.isoformat()} 早于报告期的开始 {sheet.period.from_.isoformat()}"
        yield warn("", message)
