"""Slots: markers that stand for figures in text being written, and code that writes the figures.

``[[f04]]`` prints fact f04 as approximation + value + measure word, never its name; ``[[d1]]`` a
derived figure; ``[[f04.rate]]`` and ``[[f04.change]]`` its change against last year; ``[[s2.1]]`` the
first numeral of statement s2. A measure word repeated right after a
slot is collapsed, so that 收到案件[[f04]]件 and 收到案件[[f04]] print alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fzwriter.errors import FzwriterError
from fzwriter.facts import Fact, FactSheet, change, evaluate, round_result
from fzwriter.facts.render import render_figure
from fzwriter.numbers import Lexicon, find_numbers
from fzwriter.report import Span

SLOT = re.compile(r"\[\[\s*([A-Za-z_][\w.\-]*)\s*\]\]")


@dataclass(frozen=True)
class Figure:
    """What a slot prints.

    Attributes:
        id: the slot's id.
        text: the figure with its measure word: 70余名.
        unit: the measure word, for collapsing.
        formula: how it was computed, for derived figures.
    """

    id: str
    text: str
    unit: str
    formula: str = ""


def figures_of(sheet: FactSheet, lexicon: Lexicon | None = None) -> dict[str, Figure]:
    """Every slot a text on this sheet may use, by id."""
    figures: dict[str, Figure] = {}
    for fact in sheet.facts:
        text = render_figure(fact.value, fact.unit, fact.approx)
        figures[fact.id] = Figure(fact.id, text, fact.unit)
        figures |= _changes(fact)
    for derived in sheet.derived:
        try:
            result = evaluate(derived, sheet)
        except FzwriterError:
            continue
        text = render_figure(result.rounded, derived.unit)
        figures[derived.id] = Figure(derived.id, text, derived.unit, result.explanation)
    for statement in sheet.statements:
        quantities = [m for m in find_numbers(statement.text, lexicon) if m.kind == "quantity"]
        for number, mention in enumerate(quantities, 1):
            id_ = f"{statement.id}.{number}"
            unit = mention.unit.lstrip("万亿") if mention.unit not in ("%", "‰") else ""
            figures[id_] = Figure(id_, mention.text + unit, unit)
    return figures


def _changes(fact: Fact) -> dict[str, Figure]:
    """``[[f04.change]]`` and ``[[f04.rate]]``: by how much a fact changed against last year."""
    changed = change(fact)
    if changed is None or fact.previous is None:
        return {}
    unit = "个百分点" if fact.unit in ("%", "％") else fact.unit
    difference = abs(changed.difference)
    formula = f"{render_figure(fact.value)} − {render_figure(fact.previous)}"
    found = {
        f"{fact.id}.change": Figure(
            f"{fact.id}.change", render_figure(difference, unit), unit, formula
        )
    }
    if changed.ratio is not None:
        rate = round_result(abs(changed.ratio) * 100, "%")
        formula = f"({formula}) ÷ {render_figure(fact.previous)}"
        found[f"{fact.id}.rate"] = Figure(f"{fact.id}.rate", render_figure(rate, "%"), "%", formula)
    return found


@dataclass(frozen=True)
class Realised:
    """Text with its figures written in.

    Attributes:
        text: final text.
        spans: where each figure stands.
        unknown: slots that name nothing; left out of the text.
    """

    text: str
    spans: tuple[Span, ...]
    unknown: tuple[str, ...] = ()


def realise(text: str, figures: Mapping[str, Figure]) -> Realised:
    """Write the figures into a text with slots."""
    parts: list[str] = []
    spans: list[Span] = []
    unknown: list[str] = []
    at = length = 0
    for match in SLOT.finditer(text):
        if match.start() < at:
            continue
        before = text[at : match.start()]
        parts.append(before)
        length += len(before)
        figure = figures.get(match.group(1))
        at = match.end()
        if figure is None:
            unknown.append(match.group(1))
            continue
        parts.append(figure.text)
        spans.append(Span(length, length + len(figure.text), (figure.id,), figure.formula))
        length += len(figure.text)
        at = _skip_repeated(text, at, figure)
    parts.append(text[at:])
    return Realised("".join(parts), tuple(spans), tuple(unknown))


def _skip_repeated(text: str, at: int, figure: Figure) -> int:
    """Skip a measure word written again behind a slot (but not 次 of 件次)."""
    unit = figure.unit
    if unit and text.startswith(unit, at) and text[at + len(unit) : at + len(unit) + 1] != "次":
        return at + len(unit)
    return at
