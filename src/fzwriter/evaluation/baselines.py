"""What others do: a figure is fine if its value occurs anywhere in the input.

Two rivals of the checker, for the same mutants. Neither looks at what a clause says, so each is run
on the stretch around a change only.
"""

from __future__ import annotations

import decimal
import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from fzwriter.evaluation.allowed import split
from fzwriter.evaluation.sites import Span
from fzwriter.facts import Fact, FactSheet

Baseline = Callable[[str], list[Span]]
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_NEAR = 12


def input_text(sheet: FactSheet) -> str:
    """The whole input as one text, as such tools read it."""
    parts = [str(sheet.period.year), str(sheet.document.date or ""), sheet.said.wide]
    for fact in sheet.facts:
        previous = "" if fact.previous is None else f"{fact.previous:f}"
        parts.append(f"{fact.name} {fact.value:f}{fact.unit} {previous}")
    return "\n".join(parts)


def digits_anywhere(sheet: FactSheet) -> Baseline:
    """A run of digits is fine if the input holds the same run."""
    known = set(_DIGITS.findall(input_text(sheet)))

    def flagged(text: str) -> list[Span]:
        return [m.span() for m in _DIGITS.finditer(text) if m.group() not in known]

    return flagged


def recognizer_anywhere(sheet: FactSheet) -> Baseline:
    """Microsoft's recognizers: value and measure word must occur in the input.

    Raises:
        ImportError: the package (extra ``bench``) isn't installed.
    """
    recognizers = _recognizers()
    kinds = ((recognizers.recognize_percentage, True), (recognizers.recognize_number, False))

    def numbers(text: str) -> Iterator[tuple[Span, Decimal, bool]]:
        for recognize, rate in kinds:
            for result in recognize(text, "zh-cn"):
                value = _value(result)
                if value is not None:
                    yield (result.start, result.end + 1), value, rate

    given = [one for fact in sheet.facts for one in _given(fact)]
    texts = "\n".join(statement.text for statement in sheet.statements)
    stated = [(value, texts[span[1] : span[1] + 2]) for span, value, _ in numbers(texts)]

    def fine(value: Decimal, behind: str, rate: bool) -> bool:
        known = any(v == value and (rate or not u or behind.startswith(u)) for v, u in given)
        return known or any(v == value and (rate or behind[:1] == u[:1]) for v, u in stated)

    def flagged(text: str) -> list[Span]:
        found = list(numbers(text))
        rates = [span for span, _, rate in found if rate]
        return [
            span
            for span, value, rate in found
            if (rate or not _inside(span, rates))
            and not fine(value, text[span[1] :].lstrip("余多 "), rate)
        ]

    return flagged


def recognizer() -> Callable[[str], object] | None:
    """Microsoft's recognizers for Chinese numbers and percentages, for timing; ``None`` if absent.

    Both, because either alone leaves out figures that ``find_numbers`` reads in its one pass.
    """
    try:
        recognizers = _recognizers()
    except ImportError:
        return None
    return lambda text: (
        recognizers.recognize_number(text, "zh-cn"),
        recognizers.recognize_percentage(text, "zh-cn"),
    )


def _recognizers() -> Any:
    """The recognizers' number module, whose 2024 release imports its base by an older name."""
    base = importlib.import_module("ms_recognizers_text")
    sys.modules.setdefault("recognizers_text", base)
    for module in pkgutil.walk_packages(base.__path__, base.__name__ + "."):
        name = module.name.replace(base.__name__, "recognizers_text", 1)
        sys.modules.setdefault(name, importlib.import_module(module.name))
    precision = decimal.getcontext().prec
    try:
        return importlib.import_module("recognizers_number")
    finally:
        decimal.getcontext().prec = precision  # it sets 15 for the whole process


def _value(result: Any) -> Decimal | None:
    try:
        return Decimal(str((result.resolution or {}).get("value", "")).rstrip("%"))
    except InvalidOperation:
        return None


def _given(fact: Fact) -> Iterator[tuple[Decimal, str]]:
    """A fact's scaled values (percentages as written), this year's and last, and bare measure word."""
    worth, measure = split(fact.unit)
    for value in (fact.value, fact.previous):
        if value is not None:
            yield (value * int(worth) if worth >= 1 else value), measure


def _inside(span: Span, spans: Iterable[Span]) -> bool:
    return any(first <= span[0] and span[1] <= last for first, last in spans)


def hits(baseline: Baseline, text: str, span: Span) -> bool:
    """Whether the baseline flags something at ``span``, judged with a few characters around."""
    start = max(0, span[0] - _NEAR)
    while start and text[start - 1].isdigit() and text[start].isdigit():
        start -= 1
    end = min(len(text), span[1] + _NEAR)
    flagged = baseline(text[start:end])
    return any(first + start < span[1] and span[0] < last + start for first, last in flagged)
