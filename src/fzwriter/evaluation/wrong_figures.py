"""Errors in the figures themselves: digits, scale, rates, denominators, exchanged figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from fzwriter.evaluation.sites import Ground, Mutant, Site
from fzwriter.evaluation.spell import spell
from fzwriter.facts import Derived, Fact
from fzwriter.facts.derive import plain, round_half_up

_QUOTIENT = re.compile(r"\s*([\w-]+)\s*[/÷]\s*([\w-]+)\s*")


def wrong_there(ground: Ground, site: Site, digits: str, worth: Fraction | None = None) -> bool:
    """Whether no figure of the input can be printed with these digits in the place of ``site``."""
    value = Fraction(Decimal(digits)) * (site.worth if worth is None else worth)
    old = site.value_of(site.digits)
    if value == old:
        return False
    rounded = site.mention.approx and not all(fact.approx for fact in site.facts)
    if rounded and old and Fraction(1, 3) < value / old < 3:
        return False  # one round figure for an exact one may do as well as another
    return not ground.allowed.holds(value, site.measure, site.sentence)


def _exchanged(ground: Ground, kind: str, site: Site, digits: str) -> Mutant:
    text = site.mention.text.replace(site.digits, digits, 1)
    return ground.figure(kind, site, text)


def _one_digit(ground: Ground, digits: str) -> Iterator[str]:
    """One figure of ``digits`` changed, one dropped, one added."""
    random = ground.random
    places = [i for i, c in enumerate(digits) if c != "."]
    at = random.choice(places)
    others = [c for c in "123456789" if c != digits[at]]
    yield digits[:at] + random.choice(others) + digits[at + 1 :]
    whole = digits.partition(".")[0]
    if len(whole) > 1:
        at = random.randrange(len(whole))
        shorter = digits[:at] + digits[at + 1 :]
        if not shorter.startswith("0"):
            yield shorter
    at = random.randrange(1, len(whole) + 1)
    yield digits[:at] + random.choice("123456789") + digits[at:]


def digit(ground: Ground) -> Iterator[Mutant]:
    """One digit changed, dropped or added."""
    for site in ground.sites:
        for digits in _one_digit(ground, site.digits):
            if wrong_there(ground, site, digits):
                yield _exchanged(ground, "digit", site, digits)


def chinese(ground: Ground) -> Iterator[Mutant]:
    """The figure in Chinese numerals, with a wrong value."""
    for site in ground.sites:
        if site.measure in ("%", "‰") or site.mention.approx or site.digits != site.mention.text:
            continue
        digits = next(_one_digit(ground, site.digits))
        # 一件 is indefinite, and 四个方面 a way of speaking.
        if Decimal(digits) >= (10 if site.measure.startswith("个") else 2) and wrong_there(
            ground, site, digits
        ):
            yield ground.figure("chinese", site, spell(Decimal(digits)))


def scale(ground: Ground) -> Iterator[Mutant]:
    """万 dropped or added, ten times as much, the decimal point shifted."""
    for site in ground.sites:
        text = site.mention.text
        if site.measure in ("%", "‰", "百分点"):
            tenth = plain(Decimal(site.digits) / 10)
            if wrong_there(ground, site, tenth):
                yield _exchanged(ground, "scale", site, tenth)
            continue
        if text.count("万") == 1:
            plain_scale = site.digits + "万" in text and not site.mention.approx
            if plain_scale and wrong_there(ground, site, site.digits, Fraction(1)):
                yield ground.figure("scale", site, text.replace("万", ""))
        elif "亿" not in text and wrong_there(ground, site, site.digits, site.worth * 10**4):
            yield ground.figure("scale", site, text + "万")
        yield from _shifted(ground, site)


def _shifted(ground: Ground, site: Site) -> Iterator[Mutant]:
    whole, _, part = site.digits.partition(".")
    if part:
        moved = [f"{whole}{part[0]}.{part[1:]}".rstrip(".")]
        if len(whole) > 1:
            moved.append(f"{whole[:-1]}.{whole[-1]}{part}")
    else:
        moved = [whole + "0"] if whole.strip("0") else []
        if whole.endswith("0") and len(whole) > 1:
            moved.append(whole[:-1])
    for digits in moved:
        if wrong_there(ground, site, digits):
            yield _exchanged(ground, "scale", site, digits)


def percent(ground: Ground) -> Iterator[Mutant]:
    """A rate off by a digit, or with more or fewer digits than the input gives it."""
    for site in ground.sites:
        if site.measure != "%" or not site.given:
            continue
        wanted = [next(_one_digit(ground, site.digits))]
        given = site.given[0]
        if "." in site.digits and isinstance(given, Fact):
            wanted.append(plain(round_half_up(Decimal(site.digits), 0)))
        elif Decimal(site.digits) == 100:
            wanted.append("99.8")
        for digits in wanted:
            if Decimal(digits) < 1000 and wrong_there(ground, site, digits):
                yield _exchanged(ground, "percent", site, digits)
        if isinstance(given, Derived) and given.digits == 0:
            finer = _rate(ground, given, 1)
            if finer and Decimal(finer) != Decimal(site.digits):
                yield _exchanged(ground, "percent", site, finer)


def _rate(ground: Ground, derived: Derived, digits: int, below: str = "") -> str:
    """A declared quotient worked out to ``digits``; over the fact ``below`` in place of its own."""
    match = _QUOTIENT.fullmatch(derived.formula)
    facts = ground.sheet.by_id
    if not match or derived.unit != "%" or not {*match.groups()} <= facts.keys():
        return ""
    over, under = facts[match.group(1)], facts[below or match.group(2)]
    if not under.value:
        return ""
    return plain(round_half_up(Fraction(over.value) / Fraction(under.value) * 100, digits))


def denominator(ground: Ground) -> Iterator[Mutant]:
    """A rate worked out over another denominator: 12/63 for 12/54."""
    facts = ground.sheet.by_id
    for site in ground.sites:
        derived = next((g for g in site.given if isinstance(g, Derived)), None)
        match = _QUOTIENT.fullmatch(derived.formula) if derived else None
        if derived is None or match is None or not {*match.groups()} <= facts.keys():
            continue
        over, own = facts[match.group(1)], facts[match.group(2)]
        digits = len(site.digits.partition(".")[2])
        for other in ground.sheet.facts:
            if other.unit != own.unit or other.value <= over.value or other.value == own.value:
                continue
            rate = _rate(ground, derived, digits, other.id)
            if rate and rate != site.digits and wrong_there(ground, site, rate):
                mutant = _exchanged(ground, "denominator", site, rate)
                yield Mutant("denominator", mutant.text, mutant.spans, f"分母改用{other.name}")


def _alike(one: Site, other: Site) -> bool:
    """Whether a figure in the place of the other would not be wrong."""
    if set(one.mention.sources) & set(other.mention.sources):
        return True
    if one.mention.base_value == other.mention.base_value:
        return True
    return bool(set(one.named) & set(other.named))


def swap(ground: Ground) -> Iterator[Mutant]:
    """Two figures of one measure word, of different facts, exchanged."""
    groups: dict[str, list[Site]] = {}
    for site in ground.sites:
        if site.given:
            groups.setdefault(site.measure, []).append(site)
    found = [
        (one, other)
        for group in groups.values()
        for i, one in enumerate(group)
        for other in group[i + 1 :]
        if not _alike(one, other)
    ]
    for i in sorted(ground.random.sample(range(len(found)), min(len(found), 400))):
        yield _swapped(ground.text, *found[i])


def _swapped(text: str, one: Site, other: Site) -> Mutant:
    first, second = one.mention, other.mention
    new = (
        text[: first.start]
        + second.text
        + text[first.end : second.start]
        + first.text
        + text[second.end :]
    )
    at = second.start + len(second.text) - len(first.text)
    spans = (
        (first.start, first.start + len(second.text)),
        (at, at + len(first.text)),
    )
    return Mutant("swap", new, spans, f"{first.text}{one.measure}⇄{second.text}{other.measure}")
