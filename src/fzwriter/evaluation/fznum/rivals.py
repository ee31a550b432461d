"""Published checkers of numbers, each behind one call: the sheet's mapping, then texts, to spans.

Each is run as its own documentation says for a document and its data, with the whole sheet as that
data; only spaces are put between Chinese and digits where a tool needs them to see a numeral at all.
All look for the value anywhere; none reads what a Chinese clause says of it.
"""

from __future__ import annotations

import importlib
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from fzwriter.evaluation.sites import Span

_DIGITS = "0123456789.%"
Flagged = Callable[[str], list[Span]]
Open = Callable[[Mapping[str, Any]], Flagged]


def places(text: str, words: Iterable[str]) -> list[Span]:
    """Where words stand that a tool names without a place; the next free occurrence of each."""
    found: list[Span] = []
    for word in words:
        spans = [m.span() for m in re.finditer(re.escape(word), text)] if word else []
        free = [span for span in spans if span not in found]
        found += free[:1]
    return found


def spaced(text: str) -> tuple[str, list[int]]:
    """Text with a space between Chinese and digits, and where each of its characters stood.

    Most of these tools find a numeral at a word boundary only, which there is none of in Chinese.
    """
    pieces: list[str] = []
    origins: list[int] = []
    for at, sign in enumerate(text):
        if at and sign != "\n" and text[at - 1] != "\n" and _glued(text[at - 1], sign):
            pieces.append(" ")
            origins.append(at)
        pieces.append(sign)
        origins.append(at)
    return "".join(pieces), [*origins, len(text)]


def _glued(one: str, other: str) -> bool:
    digits = one in _DIGITS, other in _DIGITS
    return digits[0] != digits[1] and "一" <= (other if digits[0] else one) <= "龥"


def _at_boundaries(flagged: Flagged) -> Flagged:
    """A tool shown the text with spaces, its spans those of the text without."""

    def asked(text: str) -> list[Span]:
        wide, origins = spaced(text)
        return [(origins[s], origins[e - 1] + 1) for s, e in flagged(wide) if e > s]

    return asked


def _values(node: Any) -> Iterator[float]:
    """Every number of the sheet, those inside its strings too."""
    if isinstance(node, Mapping):
        for value in node.values():
            yield from _values(value)
    elif isinstance(node, list):
        for value in node:
            yield from _values(value)
    elif isinstance(node, str):
        yield from (float(number) for number in re.findall(r"\d+(?:\.\d+)?", node))
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield float(node)


def _figured() -> Open:
    trace = importlib.import_module("figured").trace

    def opened(given: Mapping[str, Any]) -> Flagged:
        rows = [
            {key: fact.get(key) for key in ("name", "value", "previous")} for fact in given["facts"]
        ]
        others = [
            {"text": s["text"], "value": v}
            for s in given.get("statements") or ()
            for v in _values(s["text"])
        ]

        def flagged(text: str) -> list[Span]:
            report = trace(text, results=[rows, others] if others else [rows])
            return [
                (r.figure.start, r.figure.end) for r in report.results if r.status == "ungrounded"
            ]

        return _at_boundaries(flagged)

    return opened


def _numaudit() -> Open:
    audit = importlib.import_module("numaudit.audit")

    def opened(given: Mapping[str, Any]) -> Flagged:
        with tempfile.TemporaryDirectory() as folder:
            pool, _ = audit.collect_data([_written(folder, given)])

        def flagged(text: str) -> list[Span]:
            found, _ = audit.audit_text(text, pool)
            return _by_line(
                text, ((f.number.line, f.number.text) for f in found if f.status == "unsourced")
            )

        return flagged

    return opened


def _written(folder: str, given: Mapping[str, Any]) -> Path:
    path = Path(folder) / "facts.json"
    path.write_text(json.dumps(given, ensure_ascii=False), "utf-8")
    return path


def _by_line(text: str, found: Iterable[tuple[int, str]]) -> list[Span]:
    """Spans of words told by their line."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    lines: dict[int, list[str]] = {}
    for number, words in found:
        lines.setdefault(number, []).append(words)
    spans: list[Span] = []
    for number, wanted in lines.items():
        start = starts[number - 1]
        line = text[start : starts[number] - 1]
        spans += [(start + s, start + e) for s, e in places(line, wanted)]
    return spans


def _corroborate() -> Open:
    answer = importlib.import_module("corroborate").check_answer

    def opened(given: Mapping[str, Any]) -> Flagged:
        chunks = [
            f"{f['name']} {f['value']} {f.get('unit', '')} {f.get('previous', '')}"
            for f in given["facts"]
        ]
        chunks += [s["text"] for s in given.get("statements") or ()]
        chunks.append(f"{given['period']} {given['document'].get('date', '')}")

        def flagged(text: str) -> list[Span]:
            report = answer("", chunks, text)
            return places(text, (word for finding in report.findings for word in finding.spans))

        return _at_boundaries(flagged)

    return opened


def _claimtrail() -> Open:
    quantities = importlib.import_module("claimtrail.quantities").extract_quantities

    def opened(given: Mapping[str, Any]) -> Flagged:
        values = list(_values(dict(given)))

        def flagged(text: str) -> list[Span]:
            return [
                (q.offset, q.offset + len(q.raw_text))
                for q in quantities(text)
                if not any(q.matches(value) for value in values)
            ]

        return _at_boundaries(flagged)

    return opened


def _manuscript_guard() -> Open:
    audit = importlib.import_module("manuscript_guard.audit").audit

    def opened(given: Mapping[str, Any]) -> Flagged:
        def flagged(text: str) -> list[Span]:
            with tempfile.TemporaryDirectory() as folder:
                paper = Path(folder) / "paper.md"
                paper.write_text(text, "utf-8")
                report = audit([paper], [_written(folder, given)])
            found = [*report.unmatched, *report.reference_like]
            return _by_line(text, ((c.line, c.text) for c in found))

        return _at_boundaries(flagged)

    return opened


RIVALS: dict[str, Callable[[], Open]] = {
    "figured": _figured,
    "numaudit": _numaudit,
    "corroborate": _corroborate,
    "claimtrail": _claimtrail,
    "manuscript-guard": _manuscript_guard,
}


def load(name: str) -> Open:
    """A rival by name.

    Raises:
        ImportError: it isn't installed.
    """
    return RIVALS[name]()
