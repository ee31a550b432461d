"""Errors in the figures of a marked text, each proved wrong by its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from fzwriter.evaluation import wrong_figures, wrong_words
from fzwriter.evaluation.allowed import split
from fzwriter.evaluation.fznum.ground import Claim, MarkedGround, family
from fzwriter.evaluation.fznum.markup import splice
from fzwriter.evaluation.sites import Ground, Mutant
from fzwriter.evaluation.spell import spell
from fzwriter.evaluation.wrong_words import MEASURES

_COUNTED = "零〇一二两三四五六七八九"


def _shown(fact_value: Decimal) -> str:
    return f"{fact_value:f}"


def of(
    generate: Callable[[Ground], Iterator[Mutant]], kind: str = ""
) -> Callable[..., Iterator[Mutant]]:
    """An existing generator on a marked ground: what it plants must differ from its claim as well."""

    def planted(ground: MarkedGround) -> Iterator[Mutant]:
        for mutant in generate(ground):
            if _differs(ground, mutant):
                yield replace(mutant, kind=kind or mutant.kind)

    return planted


def _differs(ground: MarkedGround, mutant: Mutant) -> bool:
    """Whether each claim that a mutant touches is refuted as it now reads."""
    text, new = ground.text, mutant.text
    start = next(
        i for i in range(len(text) + 1) if text[i : i + 1] != new[i : i + 1] or i == len(text)
    )
    behind = 0
    while behind < min(len(text), len(new)) - start and text[-1 - behind] == new[-1 - behind]:
        behind += 1
    end = len(text) - behind
    for claim in ground.claims:
        figure = claim.figure
        if figure.start <= start and end <= figure.end and (start, end) != (figure.end, figure.end):
            return ground.refuted(claim, new[figure.start : figure.end + len(new) - len(text)])
    return True


def swap(ground: MarkedGround) -> Iterator[Mutant]:
    """Two figures of one measure word exchanged, both wrong where they then stand."""
    claims = ground.claims
    for i, one in enumerate(claims):
        for other in claims[i + 1 :]:
            first, second = one.figure, other.figure
            if (
                one.reading.measure != other.reading.measure
                or one.reading.sign != other.reading.sign
            ):
                continue
            if ground.differs(one, second.words) and ground.differs(other, first.words):
                cuts = [
                    (first.start, first.end, second.words),
                    (second.start, second.end, first.words),
                ]
                edited = splice(ground.text, cuts)
                note = f"{first.words}⇄{second.words}"
                yield Mutant("swap", edited.text, edited.spans, note)


def neighbour(ground: MarkedGround) -> Iterator[Mutant]:
    """The figure of another fact of the same unit."""
    for claim in ground.claims:
        others = ground.others(claim.fact) if claim.fact else []
        if claim.figure.kind == "restated" and others and not claim.reading.form:
            other = ground.random.choice(others)
            words = ground.restated(claim, Fraction(other.value) * split(other.unit)[0])
            yield from ground.replaced("neighbour", claim, words, f"用了“{other.name}”的数")


def unit(ground: MarkedGround) -> Iterator[Mutant]:
    """The measure word exchanged for one that counts other things."""
    for claim in ground.claims:
        measure = claim.reading.measure
        other = MEASURES.get(measure)
        fact = claim.fact
        allowed = (
            {w for u in (fact.unit, *fact.units) for w in family(split(u)[1])}
            if fact
            else {measure}
        )
        if other is None or other in allowed or claim.reading.rate:
            continue
        words = claim.figure.words
        at = claim.figure.start + claim.reading.end
        if words[claim.reading.end :].startswith(measure):
            mutant = ground.planted("unit", at, at + len(measure), other)
            yield ground.wide(mutant, claim.figure.start, claim.figure.end)


def approximation_lost(ground: MarkedGround) -> Iterator[Mutant]:
    """余 and the like dropped from a figure that the sheet gives as approximate."""
    for claim in ground.claims:
        if claim.fact is not None and claim.fact.approx and claim.reading.form:
            words = re.sub(r"余|多|近|约|超过|超|逾|至少|以上|左右", "", claim.figure.words)
            yield from ground.replaced("approx-lost", claim, words)


def approximation_added(ground: MarkedGround) -> Iterator[Mutant]:
    """余, 近 or 超 at the very figure the sheet gives exactly."""
    for claim in ground.claims:
        fact, words = claim.fact, claim.figure.words
        if fact is None or fact.approx or claim.reading.form or not claim.digits:
            continue
        at = claim.reading.end
        if not claim.reading.sign:
            yield from ground.replaced("approx-added", claim, words[:at] + "余" + words[at:])
        word = ground.random.choice(("近", "不足"))
        start = claim.reading.start
        yield from ground.replaced("approx-added", claim, words[:start] + word + words[start:])


def near(ground: MarkedGround) -> Iterator[Mutant]:
    """A round figure on the wrong side: 近500 for 528, 超550 for 528."""
    for claim in ground.claims:
        if claim.reading.form:
            yield from _turned(ground, claim)
        elif _plain_count(claim):
            yield from _rounded(ground, claim)


def _plain_count(claim: Claim) -> bool:
    """Whether it is an exact whole number of the sheet's, large enough to be rounded."""
    exact = claim.given and claim.fact is not None and not claim.fact.approx and bool(claim.digits)
    whole = claim.value.denominator == 1 and not claim.reading.scale and not claim.reading.rate
    return exact and whole and claim.value >= 30


def _turned(ground: MarkedGround, claim: Claim) -> Iterator[Mutant]:
    words = claim.figure.words
    turns = (("不足", "超"), ("不到", "超过"), ("近", "超"), ("超过", "不足"), ("超", "近"), ("逾", "不足"), ("余", ""),
             ("多", ""), ("以上", "以下"))  # fmt: skip
    for old, new in turns:
        if old in words:
            turned = words.replace(old, new, 1)
            turned = turned if new else "近" + turned
            yield from ground.replaced("near", claim, turned)
            break
    stepped = claim.reading.value + claim.reading.grain * (
        1 if claim.reading.form in ("more", "reach") else -1
    )
    yield from ground.replaced("near", claim, ground.restated(claim, stepped))


def _rounded(ground: MarkedGround, claim: Claim) -> Iterator[Mutant]:
    place = 10 ** (len(str(int(claim.value))) - 1)
    below = int(claim.value) // place * place
    head, tail = claim.figure.words.split(claim.digits, 1)
    for number, word in ((below, "近"), (below + place, "超")):
        yield from ground.replaced("near", claim, f"{head}{word}{number}{tail}")


def total_for_part(ground: MarkedGround) -> Iterator[Mutant]:
    """A part printed with its total's figure, a total with a part's."""
    for claim in ground.claims:
        fact = claim.fact
        if fact is None or not claim.given or claim.reading.form:
            continue
        total = ground.sheet.by_id.get(fact.parts_of)
        for other in (total, *ground.sheet.parts(fact.id)[:1]):
            if other is not None and split(other.unit)[1] in family(split(fact.unit)[1]):
                words = ground.restated(claim, Fraction(other.value) * split(other.unit)[0])
                yield from ground.replaced(
                    "total-for-part", claim, words, f"用了“{other.name}”的数"
                )


def remainder(ground: MarkedGround) -> Iterator[Mutant]:
    """What is left, worked out wrong: the part again, or off by a little."""
    for claim in ground.claims:
        if claim.figure.kind not in ("rest", "remainder") or not claim.operands:
            continue
        wrong = [claim.value + ground.random.choice((1, 2, -1)) * claim.reading.step]
        wrong.append(ground.book.of(claim.operands[-1]))
        for value in wrong:
            yield from ground.replaced("remainder", claim, ground.restated(claim, value))


def total(ground: MarkedGround) -> Iterator[Mutant]:
    """A sum that is off, or leaves one of its parts out."""
    for claim in ground.claims:
        if claim.figure.kind in ("total", "sum") and len(claim.operands) > 1:
            for value in (
                claim.value - ground.book.of(claim.operands[-1]),
                claim.value + 10 * claim.reading.step,
            ):
                yield from ground.replaced("total", claim, ground.restated(claim, value))


def wrong_base(ground: MarkedGround) -> Iterator[Mutant]:
    """A rate over another denominator."""
    for claim in ground.claims:
        quotient = ground.book.quotient(claim.figure.source)
        if quotient is None or not claim.reading.rate:
            continue
        over, under = quotient
        own = ground.sheet.by_id.get(under)
        for other in ground.sheet.facts:
            alike = own is not None and other.unit == own.unit and other.id not in quotient
            value = ground.book.of(other.id)
            if alike and value > ground.book.of(over):
                words = ground.restated(claim, ground.book.of(over) / value)
                yield from ground.replaced("wrong-base", claim, words, f"分母用了“{other.name}”")


def average(ground: MarkedGround) -> Iterator[Mutant]:
    """An average over other months, or with a digit off."""
    for claim in ground.claims:
        if claim.figure.kind != "average":
            continue
        for factor in (Fraction(12, 10), Fraction(3), Fraction(9, 10)):
            value = claim.reading.value * factor
            yield from ground.replaced("average", claim, ground.restated(claim, value))


def share(ground: MarkedGround) -> Iterator[Mutant]:
    """A share turned into the other part's, or off by a tenth."""
    for claim in ground.claims:
        if claim.figure.kind not in ("share", "rate", "ratio") or not claim.reading.rate:
            continue
        words = claim.figure.words
        if claim.reading.sign.startswith("成") and claim.reading.number in _COUNTED:
            at = _COUNTED.index(claim.reading.number)
            for other in {min(at + 1, 11), max(at - 1, 3)} - {at}:
                turned = words.replace(claim.reading.number, _COUNTED[other], 1)
                yield from ground.replaced("share", claim, turned)
            continue
        for value in (
            1 - claim.value,
            claim.reading.value + Fraction(1, 10),
            claim.reading.value + Fraction(1, 100),
        ):
            if 0 < value < 1:
                yield from ground.replaced("share", claim, ground.restated(claim, value))


def times(ground: MarkedGround) -> Iterator[Mutant]:
    """A multiple taken for a growth, or off."""
    for claim in ground.claims:
        if claim.reading.sign == "倍":
            for value in (
                claim.reading.value + 1,
                claim.reading.value - 1,
                claim.reading.value * 2,
            ):
                yield from ground.replaced("times", claim, ground.restated(claim, value))


def last_year(ground: MarkedGround) -> Iterator[Mutant]:
    """Last year's figure for this year's, and the other way round."""
    for claim in ground.claims:
        base = claim.figure.source.strip()
        if claim.reading.form:
            continue
        if claim.figure.kind.startswith("last"):
            current = [id.removesuffix("_year_before") for id in claim.operands]
            for id in current[:1]:
                yield from ground.replaced(
                    "last-year", claim, ground.restated(claim, ground.book.of(id))
                )
        elif claim.fact is not None and claim.fact.previous is not None and claim.given:
            old = ground.book.of(base + "_year_before")
            yield from ground.replaced("last-year", claim, ground.restated(claim, old))


def change(ground: MarkedGround) -> Iterator[Mutant]:
    """A change off by one, or over this year's figure in place of last year's."""
    for claim in ground.claims:
        if not claim.figure.kind.startswith("change") or not claim.operands:
            continue
        if claim.reading.rate:
            now = ground.book.of(claim.operands[0])
            old = ground.book.value(claim.operands[0] + "_year_before")
            if old and now:
                yield from ground.replaced(
                    "change", claim, ground.restated(claim, abs(now - old) / now)
                )
        value = claim.reading.value + claim.reading.step * ground.random.choice((1, 2, 10))
        yield from ground.replaced("change", claim, ground.restated(claim, value))


def points(ground: MarkedGround) -> Iterator[Mutant]:
    """Per cent for percentage points."""
    for claim in ground.claims:
        if "百分点" in claim.reading.sign and claim.digits:
            words = claim.figure.words.replace(claim.reading.sign, "%", 1)
            start = claim.figure.start
            if "百分点" not in words:
                yield ground.planted("percentage-point", start, claim.figure.end, words)


def rounded_off(ground: MarkedGround) -> Iterator[Mutant]:
    """A given figure rounded as if that were the same: 1085 → 1100, 99.8% → 100%."""
    for claim in ground.claims:
        if claim.fact is None or claim.reading.form or not claim.digits or not claim.given:
            continue
        digits = claim.digits.replace(",", "")
        if "." in digits:
            coarse = Fraction(round(Fraction(digits)))
        elif len(digits) > 2:
            place = 10 ** (len(digits) - 2)
            coarse = Fraction((int(digits) + place // 2) // place * place)
        else:
            continue
        words = claim.figure.words.replace(claim.digits, str(coarse), 1)
        yield from ground.replaced("rounded-off", claim, words)


def chinese(ground: MarkedGround) -> Iterator[Mutant]:
    """A wrong figure in Chinese numerals."""
    for claim in ground.claims:
        if not claim.digits or "." in claim.digits or claim.reading.form or claim.reading.sign:
            continue
        if claim.given and claim.reading.value >= 10 and not claim.reading.scale:
            wrong = claim.reading.value + ground.random.choice((1, -1, 10, 9))
            words = claim.figure.words.replace(claim.digits, spell(Decimal(int(wrong))), 1)
            yield from ground.replaced("chinese-numeral", claim, words)


FIGURE_KINDS: dict[str, Callable[[MarkedGround], Iterator[Mutant]]] = {
    "digit": of(wrong_figures.digit),
    "swap": swap,
    "neighbour": neighbour,
    "scale": of(wrong_figures.scale),
    "unit": unit,
    "approx-lost": approximation_lost,
    "approx-added": approximation_added,
    "near": near,
    "total-for-part": total_for_part,
    "total": total,
    "remainder": remainder,
    "wrong-base": wrong_base,
    "average": average,
    "share": share,
    "times": times,
    "last-year": last_year,
    "change": change,
    "percentage-point": points,
    "rounded-off": rounded_off,
    "chinese-numeral": chinese,
    "placeholder": wrong_words.placeholder,
}
