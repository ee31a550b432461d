"""Whether a printed figure is what its source comes to: exact arithmetic and the rules of equality.

A given figure is equal after scale and form, never after rounding; a computed one is rounded half
up to what is printed, never to 0 or 100 %. An approximate figure of the sheet prints with the same
direction. An exact one may print with 余 behind a smaller round figure, 近 before one less than a
tenth larger, 约 with one it rounds to, 以上 with one it reaches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from fzwriter.errors import FzwriterError
from fzwriter.evaluation.allowed import split
from fzwriter.evaluation.fznum.markup import Figure
from fzwriter.evaluation.fznum.reading import Form, Reading, read
from fzwriter.facts import Fact, FactSheet, evaluate, round_half_up
from fzwriter.facts.formula import compute, parse, refs

Fit = Literal["fits", "loose", "differs", "unread"]

_LAST = re.compile(
    r"(?<![\w.])([A-Za-z]\w{0,60}?)(?:\.(?:previous|prev|last)|@prev\w*|['’]|_prev\w*)(?!\w)"
)
_LAST_CALL = re.compile(r"(?:previous|prev|last)\(\s*(\w+)\s*\)")
_COMPARE = re.compile(r"(>=|<=|!=|==|≥|≤|≠|=|>|<)")
_BEFORE = "_year_before"
_MEASURES = frozenset(
    (
        "公斤",
        "克",
        "斤",
        "吨",
        "亩",
        "公顷",
        "平方米",
        "公里",
        "米",
        "小时",
        "分钟",
        "天",
        "年",
        "个月",
        "角",
    )
)
_GROUPS: dict[Form, tuple[str, ...]] = {
    "more": ("余", "多", "上", "超", "超过", "逾", "以上", "至少", "不少于"),
    "reach": ("余", "多", "上", "超", "超过", "逾", "以上", "至少", "不少于"),
    "less": ("近", "近余", "以内", "不足", "不到"),
    "under": ("近", "近余", "以内", "不足", "不到"),
    "about": ("约", "左右", "上下"),
    "": (),
}


def base(fact: Fact) -> Fraction:
    """A fact's value, scaled: 25.63 万元 is 256300, 22% is 0.22."""
    return Fraction(fact.value) * split(fact.unit)[0]


class Book:
    """What each source of a sheet comes to, exactly and in base units."""

    def __init__(self, sheet: FactSheet) -> None:
        self.sheet = sheet
        self._values: dict[str, Fraction] = {}
        self._written: dict[str, Fraction] = {}
        for fact in sheet.facts:
            self._values[fact.id] = base(fact)
            self._written[fact.id] = Fraction(fact.value)
            if fact.previous is not None:
                self._values[fact.id + _BEFORE] = Fraction(fact.previous) * split(fact.unit)[0]
                self._written[fact.id + _BEFORE] = Fraction(fact.previous)
        for derived in sheet.derived:
            try:
                self._written[derived.id] = evaluate(derived, sheet).exact
                self._values[derived.id] = self._written[derived.id] * split(derived.unit)[0]
            except FzwriterError:
                continue

    def normal(self, source: str, kind: str = "") -> str:
        """The source with last year's figures as ids of their own; a bare id by its class."""
        text = _LAST_CALL.sub(rf"\1{_BEFORE}", _LAST.sub(rf"\1{_BEFORE}", source)).strip()
        if text in self._values and text + _BEFORE in self._values:
            if kind.startswith("last"):
                return text + _BEFORE
            if kind.startswith("change"):
                return f"{text}-{text}{_BEFORE}"
        return text

    def ids(self, source: str) -> tuple[str, ...]:
        """Facts, derived figures and statements it names."""
        known = {f.id for f in self.sheet.facts} | {d.id for d in self.sheet.derived}
        known |= {s.id for s in self.sheet.statements}
        words = re.findall(r"[^\W\d][\w]*", self.normal(source).replace(_BEFORE, " "))
        return tuple(dict.fromkeys(word for word in words if word in known))

    def value(self, source: str, kind: str = "") -> Fraction | None:
        """What it comes to; ``None`` for words, statements, and what can't be computed."""
        return self._worked_out(self.normal(source, kind), self._values)

    def plain(self, source: str, kind: str = "") -> Fraction | None:
        """The same with every figure as its number: 98 for 98 %, 3.5 for 3.5 万元."""
        return self._worked_out(self.normal(source, kind), self._written)

    @staticmethod
    def _worked_out(text: str, values: dict[str, Fraction]) -> Fraction | None:
        try:
            return compute(parse(text, values), values.__getitem__)
        except FzwriterError:
            return None

    def holds(self, source: str) -> bool | None:
        """Whether a comparison (``f05=f04``, ``f05/f04>0.5``) is true; ``None`` if it is none."""
        parts = _COMPARE.split(self.normal(source))
        if len(parts) != 3:
            return None
        one, other = (self._worked_out(self.normal(p), self._written) for p in (parts[0], parts[2]))
        if one is None or other is None:
            return None
        sign = {"≥": ">=", "≤": "<=", "≠": "!=", "==": "="}.get(parts[1], parts[1])
        return {
            "=": one == other, "!=": one != other, ">": one > other,
            "<": one < other, ">=": one >= other, "<=": one <= other,
        }[sign]  # fmt: skip

    def fact(self, source: str) -> Fact | None:
        """The fact that a source of one id is."""
        return self.sheet.by_id.get(source.strip())

    def units(self, source: str) -> str:
        """The units of the figures of an expression, joined."""
        ids = {id.removesuffix(_BEFORE) for id in self.operands(source)}
        units = [fact.unit for fact in self.sheet.facts if fact.id in ids]
        return " ".join(units + [d.unit for d in self.sheet.derived if d.id in ids])

    def restates(self, source: str) -> bool:
        """Whether a source is one fact's figure, of this year or the last."""
        return self.normal(source).removesuffix(_BEFORE) in self.sheet.by_id

    def quotient(self, source: str) -> tuple[str, str] | None:
        """Numerator and denominator of a plain quotient of two ids."""
        parts = self.normal(source).replace("÷", "/").split("/")
        known = [p.strip().strip("()（）") for p in parts]
        if len(known) == 2 and all(p in self._values for p in known):
            return known[0], known[1]
        return None

    def of(self, id: str) -> Fraction:
        """The value of an id known to be one."""
        return self._values[id]

    def operands(self, source: str) -> tuple[str, ...]:
        """The ids of an expression, last year's with their suffix; none where it can't be read."""
        try:
            return refs(parse(self.normal(source), self._values))
        except FzwriterError:
            return ()


def computed(kind: str) -> bool:
    """Whether a class of claims says something else than a figure of this year's."""
    return kind.startswith(("last", "change")) or kind in ("rest", "remainder")


def fit(words: str, figure: Figure, book: Book) -> Fit:
    """Whether ``words`` may stand where ``figure`` stands."""
    reading, value = read(words), book.value(figure.source, figure.kind)
    if reading is None or value is None:
        return "unread"
    if _points(words, figure.words):
        return "differs"
    if _other_measure(reading, book.units(figure.source)):
        return "unread"
    fact = book.fact(figure.source)
    given = not computed(figure.kind) and book.restates(figure.source)
    approx = fact.approx if fact and given else ""
    values = [abs(value), *_as_written(reading, figure, book)]
    found = [equal(reading, one, given=given, approx=approx) for one in values]
    for best in _ORDER:
        if best in found:
            return best
    return "differs"


_ORDER: tuple[Fit, ...] = ("fits", "loose")


def _other_measure(reading: Reading, units: str) -> bool:
    """Whether a quantity is told in another measure than the sheet's: 430公斤 of 0.43吨."""
    return reading.measure in _MEASURES and reading.measure not in units


def _points(words: str, before: str) -> bool:
    """Whether per cent stands for percentage points, or the other way round."""
    return ("百分点" in words) != ("百分点" in before)


def _as_written(reading: Reading, figure: Figure, book: Book) -> Iterator[Fraction]:
    """The other values that people may mean: 98 for 98 %, 3.5 under a head that says 万元."""
    plain = book.plain(figure.source, figure.kind)
    if plain is None:
        return
    if not book.restates(figure.source):
        yield abs(plain)  # f05/f04*100, f20*10000
        if reading.rate:
            yield abs(plain) / 100
    elif not (reading.sign or reading.scale or reading.measure):
        yield abs(plain)


def equal(reading: Reading, value: Fraction, *, given: bool, approx: str = "") -> Fit:
    """Whether a printed figure is ``value`` by the rules of equality.

    Args:
        reading: as printed.
        value: exact, in base units, not negative.
        given: a figure of the sheet, not one computed.
        approx: the sheet's own approximation.
    """
    if approx:
        return _approximate(reading, value, approx)
    if not reading.form:
        return _bare(reading, value, given)
    return _near(reading, value)


def _approximate(reading: Reading, value: Fraction, approx: str) -> Fit:
    same = any(word in approx for word in _GROUPS[reading.form])
    if not same:
        return "differs"
    if reading.value == value:
        return "fits"
    below = reading.form in ("more", "reach") and value / 2 < reading.value < value
    return "loose" if below else "differs"


def _bare(reading: Reading, value: Fraction, given: bool) -> Fit:
    if reading.value == value:
        return "fits"
    if given and not reading.sign.startswith("成"):
        return "differs"
    if reading.value == 0 or reading.rate and reading.value == 1:
        return "differs"
    rounded = Fraction(round_half_up(value / reading.step, 0)) * reading.step
    return "fits" if rounded == reading.value else "differs"


def _near(reading: Reading, value: Fraction) -> Fit:
    checks = {"more": _more, "reach": _reach, "less": _less, "under": _under, "about": _about}
    return checks[reading.form](reading, value)


def _round(reading: Reading) -> bool:
    return (
        reading.rate or reading.sign == "倍" or reading.grain > reading.step or bool(reading.scale)
    )


def _more(reading: Reading, value: Fraction) -> Fit:
    over = value - reading.value
    if over <= 0:
        return "differs"
    if over < reading.step:
        return "fits"  # 四成多 goes up to five, 14件出头 to 15
    if not _round(reading):
        return "differs"
    if over <= reading.value / 5:
        return "fits"
    return "loose" if value < reading.value * 2 else "differs"


def _reach(reading: Reading, value: Fraction) -> Fit:
    if value < reading.value:
        return "differs"
    return "fits" if value < 2 * reading.value else "loose"


def _less(reading: Reading, value: Fraction) -> Fit:
    short = reading.value - value
    if short <= 0:
        return "differs"
    if short < reading.value / 10:
        return "fits"
    return "loose" if short < reading.value / 4 or short < reading.step else "differs"


def _under(reading: Reading, value: Fraction) -> Fit:
    if value >= reading.value:
        return "differs"
    return "fits" if value > reading.value / 2 else "loose"


def _about(reading: Reading, value: Fraction) -> Fit:
    off = abs(value - reading.value)
    if off <= reading.grain / 2:
        return "fits"
    return "loose" if off < reading.value * Fraction(3, 20) else "differs"


def input_words(sheet: FactSheet) -> Iterator[str]:
    """Every piece of prose of a sheet: names, aliases, notes, statements, the document's own words."""
    for fact in sheet.facts:
        yield from (fact.name, *fact.aliases, fact.note)
    for derived in sheet.derived:
        yield from (derived.name, *derived.aliases)
    yield from (statement.text for statement in sheet.statements)
    document = sheet.document
    yield from (document.title, document.addressee, document.number, document.signer)
    yield from (sheet.unit.name, sheet.unit.region)
