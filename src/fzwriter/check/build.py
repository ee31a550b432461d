"""Builds the referents of a sheet, once per sheet.

Facts give one each; so do declared derived figures, last year's values and the changes against
them, the shares of parts in their totals, the catalogue's usual rates, and each numeral inside a
statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from fzwriter.check.context import Contexts
from fzwriter.check.referents import (
    Referent,
    bounds,
    fraction,
    make_referent,
    split_unit,
    unscale,
)
from fzwriter.check.synonyms import other_names
from fzwriter.check.verdict import shown
from fzwriter.errors import FzwriterError
from fzwriter.facts import Fact, FactSheet, evaluate, load_catalogue
from fzwriter.facts.render import render_figure
from fzwriter.numbers import Lexicon, find_numbers

_ID = re.compile(r"[^\W\d][\w-]*")
_GROWTH = re.compile(r"(?<=..)(?:同比)?(?:增长率|增长|增速|增幅|变化率)$")
_SHORT = 8  # a longer name gives no rate its name
_CLAUSE = 20  # characters of a statement quoted on each side of its figure


def _of_fact(fact: Fact, facts: Mapping[str, Fact], taken: list[str]) -> Iterator[Referent]:
    _, measure = split_unit(fact.unit)
    parent = facts.get(fact.parts_of)
    measures = tuple(split_unit(u)[1] for u in fact.units)
    names = (fact.name, *fact.aliases, *other_names(fact.name, taken))
    more: dict[str, Any] = {
        "measures": measures,
        "place": fact.source,
        "parent": parent.name if parent else "",
        "fact": fact.id,
    }
    base = fraction(fact.value, fact.unit)
    yield make_referent(
        fact.id,
        "fact",
        names,
        fact.topic,
        base,
        measure,
        approx=fact.approx,
        direction=_way(base, fact),
        moved=_moved(fact),
        printed=render_figure(fact.value, fact.unit, fact.approx),
        **more,
    )
    yield from _of_years(fact, names, base, measure, more)
    yield from _of_fall(fact, names, base, measure, more)
    yield from _shares(fact, names, base, measure, facts)


def _way(base: Fraction, fact: Fact) -> int:
    """Whether a fact rose (1) or fell (-1) against last year."""
    if fact.previous is None:
        return 0
    old = fraction(fact.previous, fact.unit)
    return (base > old) - (base < old)


def _change(way: int, rate: bool) -> str:
    """How a difference against last year is told."""
    if not way:
        return "与上年持平"
    rose, fell = ("提高", "下降") if rate else ("增加", "减少")
    return f"比上年{rose if way > 0 else fell}＃"


def _moved(fact: Fact) -> str:
    """Last year's figure and this year's: 40件→48件."""
    if fact.previous is None:
        return ""
    now = render_figure(fact.value, fact.unit, fact.approx)
    return f"{render_figure(fact.previous, fact.unit)}→{now}"


def _of_years(
    fact: Fact, names: tuple[str, ...], base: Fraction, measure: str, more: dict[str, Any]
) -> Iterator[Referent]:
    """Last year's value, the difference and the rate of change."""
    if fact.previous is None:
        return
    old = fraction(fact.previous, fact.unit)
    way = _way(base, fact)
    rate = measure == "%"
    last = f"上年{render_figure(fact.previous, fact.unit)}"
    now = f"本年{render_figure(fact.value, fact.unit, fact.approx)}"
    gap = f"{last} − {now}" if way < 0 else f"{now} − {last}"
    moved = _moved(fact)
    yield make_referent(
        f"{fact.id}.previous",
        "previous",
        names,
        fact.topic,
        old,
        measure,
        formula=f"{fact.id} 的上年值",
        printed=render_figure(fact.previous, fact.unit),
        phrase=f"{fact.name}上年＃",
        **more,
    )
    yield make_referent(
        f"{fact.id}.change",
        "change",
        names,
        fact.topic,
        abs(base - old) * unscale(measure),
        "百分点" if rate else measure,
        direction=way,
        derived=rate,
        formula=f"|{fact.id} − 上年值|",
        printed=render_figure(
            abs(fact.value - fact.previous).normalize(), "个百分点" if rate else fact.unit
        ),
        phrase=fact.name + _change(way, rate),
        worked=gap,
        moved=moved,
        **more,
    )
    if old and not rate:
        yield make_referent(
            f"{fact.id}.rate",
            "change",
            names,
            fact.topic,
            abs(base - old) / old,
            "%",
            direction=way,
            derived=True,
            formula=f"|{fact.id} − 上年值| ÷ 上年值",
            phrase=f"{fact.name}同比{'下降' if way < 0 else '增长'}＃",
            worked=f"（{gap}）÷ {last}",
            moved=moved,
            **more,
        )


def _of_fall(
    fact: Fact, names: tuple[str, ...], base: Fraction, measure: str, more: dict[str, Any]
) -> Iterator[Referent]:
    """What a rate below zero is told as: 增速-12.5% is 下降12.5%, or 同比-12.5%."""
    if base >= 0 or measure not in ("%", "‰", "百分点"):
        return
    printed = render_figure(fact.value, fact.unit, fact.approx)
    names = tuple(dict.fromkeys((*names, *(_GROWTH.sub("", name) for name in names))))
    for told, way in ((-base, -1), (base, 0)):
        yield make_referent(
            f"{fact.id}.fall",
            "change",
            names,
            fact.topic,
            told,
            measure,
            approx=fact.approx,
            direction=way,
            printed=render_figure(abs(fact.value), fact.unit, fact.approx) if way else printed,
            phrase=f"{fact.name}下降＃" if way else "",
            moved=printed,
            **more,
        )


def _shares(
    fact: Fact, names: tuple[str, ...], base: Fraction, measure: str, facts: Mapping[str, Fact]
) -> Iterator[Referent]:
    """What part of its total a fact is, and of the totals further up."""
    total = facts.get(fact.parts_of)
    far = False
    seen = {fact.id}
    while total is not None and total.id not in seen:
        seen.add(total.id)
        whole = fraction(total.value, total.unit)
        if whole and not fact.approx and not total.approx and split_unit(total.unit)[1] == measure:
            yield make_referent(
                f"{fact.id}.share.{total.id}",
                "share",
                names,
                fact.topic,
                base / whole,
                "%",
                derived=True,
                far=far,
                formula=f"{fact.id} ÷ {total.id}",
                phrase=f"{fact.name}占{total.name}的＃",
                worked=f"{_figure(fact)} ÷ {_figure(total)}",
                place=fact.source,
                parent="，".join((total.name, *total.aliases)),
                fact=fact.id,
            )
        total, far = facts.get(total.parts_of), True


def _figure(fact: Fact) -> str:
    return fact.name + render_figure(fact.value, fact.unit, fact.approx)


def _rate(share: Referent, name: str) -> Referent:
    """The rate a part gives its name to: 办结率 is 办结 over its total."""
    return make_referent(
        share.fact + ".rate",
        "catalogue",
        (name,),
        share.topic,
        share.base,
        "%",
        derived=True,
        formula=share.formula,
        worked=share.worked,
        place=share.place,
        parent=share.parent,
    )


def _of_statements(sheet: FactSheet, lexicon: Lexicon) -> Iterator[Referent]:
    for statement in sheet.statements:
        mentions = find_numbers(statement.text, lexicon)
        contexts = Contexts(statement.text, mentions)
        number = 0
        for mention in mentions:
            if mention.kind != "quantity" or mention.base_value is None:
                continue
            number += 1
            around = contexts.around(mention)
            low, high = bounds(mention)
            _, measure = split_unit(mention.unit)
            yield make_referent(
                f"{statement.id}.{number}",
                "statement",
                (around.near.replace("＃", ""),),
                statement.topic,
                low,
                measure,
                approx=mention.approx,
                place=statement.source,
                printed=shown(mention),
                phrase=_cut(around.near),
                high=high,
                planned=statement.kind == "计划",
            )


def _cut(clause: str) -> str:
    """A statement's clause for a message, its figure marked: 组织＃普法小分队进村……."""
    before, _, after = clause.partition("＃")
    head = before if len(before) <= _CLAUSE else f"……{before[-_CLAUSE:]}"
    tail = after if len(after) <= _CLAUSE else f"{after[:_CLAUSE]}……"
    return f"{head}＃{tail}"


def build_referents(sheet: FactSheet, lexicon: Lexicon) -> tuple[Referent, ...]:
    """All referents of a sheet, facts first."""
    found: list[Referent] = []
    facts = sheet.by_id
    taken = [name for fact in sheet.facts for name in (fact.name, *fact.aliases)]
    for fact in sheet.facts:
        found.extend(_of_fact(fact, facts, taken))
    for derived in sheet.derived:
        try:
            result = evaluate(derived, sheet)
        except FzwriterError:
            continue
        _, measure = split_unit(derived.unit)
        base = Fraction(result.exact) / unscale(measure)
        scale, _ = split_unit(derived.unit)
        found.append(
            make_referent(
                derived.id,
                "derived",
                (derived.name, *derived.aliases),
                derived.topic,
                base * scale,
                measure,
                digits=derived.digits,
                derived=True,
                formula=result.explanation,
                worked=result.explanation,
                printed=render_figure(result.rounded, derived.unit),
                place=derived.source,
            )
        )
    found.extend(_of_catalogue(sheet))
    known = [name for r in found if r.measure == "%" and not r.compared for name in r.names]
    for referent in [r for r in found if r.source == "share" and not r.far]:
        name = f"{referent.names[0]}率"
        if len(name) <= _SHORT and not any(name in other or other in name for other in known):
            found.append(_rate(referent, name))
    found.extend(_of_statements(sheet, lexicon))
    return tuple(found)


def _of_catalogue(sheet: FactSheet) -> Iterator[Referent]:
    declared = {name for d in sheet.derived for name in (d.name, *d.aliases)}
    declared |= {fact.name for fact in sheet.facts}
    # Where the sheet declares the same quotient, it also says how finely that prints.
    digits = {tuple(_ID.findall(d.formula)): d.digits for d in sheet.derived}
    for entry in load_catalogue().derivations(sheet):
        if declared.intersection(entry.names):
            continue
        scale, measure = split_unit(entry.unit)
        base = Fraction(entry.exact) * scale / unscale(measure)
        yield make_referent(
            "+".join(entry.ids),
            "catalogue",
            tuple(entry.names),
            entry.topic,
            base,
            measure,
            derived=True,
            digits=digits.get(entry.ids),
            formula=entry.formula,
            worked=entry.explanation,
        )
