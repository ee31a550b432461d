"""Other ways to write a right text: what must stay clean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fzwriter.evaluation.restyled import restyled
from fzwriter.evaluation.sites import Ground, Mutant, Site
from fzwriter.evaluation.spell import spell
from fzwriter.facts.derive import plain

_FULL = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_HALF_MARKS = {"，": ",", "：": ":", "；": ";", "（": "(", "）": ")"}


def _same(ground: Ground, kind: str, site: Site, text: str) -> Mutant:
    return replace(ground.figure(kind, site, text), wrong=False)


def _chinese(ground: Ground) -> Iterator[Mutant]:
    for site in ground.sites:
        # A bare 一 before a measure word is indefinite; 百分之 takes another form.
        if site.measure in ("%", "‰") or Decimal(site.digits) in (0, 1):
            continue
        text = site.mention.text.replace(site.digits, spell(Decimal(site.digits)), 1)
        if not site.mention.approx or Decimal(site.digits) % 10 == 0:
            yield _same(ground, "汉字数字", site, text)


def _scaled(ground: Ground) -> Iterator[Mutant]:
    for site in ground.sites:
        mention = site.mention
        if mention.approx or not isinstance(mention.base_value, Decimal) or site.measure == "%":
            continue
        value = mention.base_value
        if mention.text == site.digits + "万" and value == value.to_integral_value():
            yield _same(ground, "换算", site, plain(value.quantize(Decimal(1))))
        elif mention.text == site.digits and value >= 10_000:
            yield _same(ground, "换算", site, plain((value / 10_000).normalize()) + "万")


def _widened(ground: Ground) -> Iterator[Mutant]:
    for site in ground.sites:
        yield _same(ground, "全角", site, site.mention.text.translate(_FULL))


def _percent(ground: Ground) -> Iterator[Mutant]:
    for site in ground.sites:
        if site.mention.text == site.digits + "%":
            number = Decimal(site.digits)
            words = "百" if number == 100 else spell(number, counting=False)
            yield _same(ground, "百分之", site, "百分之" + words)


def _separated(ground: Ground) -> Iterator[Mutant]:
    for site in ground.sites:
        whole, point, part = site.digits.partition(".")
        if len(whole) > 3:
            digits = f"{int(whole):,}{point}{part}"
            text = site.mention.text.replace(site.digits, digits, 1)
            yield _same(ground, "千分位", site, text)


def _units(ground: Ground) -> Iterator[Mutant]:
    for site in ground.sites:
        fact = site.facts[0] if len(site.facts) == 1 else None
        if fact is None or site.measure != fact.unit:
            continue
        for other in fact.units:
            if other != site.measure:
                end = site.measure_at + len(site.measure)
                yield replace(ground.planted("所许单位", site.measure_at, end, other), wrong=False)


def _spaced(ground: Ground) -> Iterator[Mutant]:
    for site in ground.sites:
        yield _same(ground, "空格", site, f" {site.mention.text} ")


def _more(ground: Ground) -> Iterator[Mutant]:
    for site in ground.sites:
        if site.mention.text.count("余") == 1:
            yield _same(ground, "余多", site, site.mention.text.replace("余", "多"))


def _marks(ground: Ground) -> Iterator[Mutant]:
    text = ground.text
    for at, mark in enumerate(text):
        half = _HALF_MARKS.get(mark)
        if half and at and text[at - 1] != "\n" and text[at + 1 : at + 2] not in ("", "\n"):
            if text[at - 1].isdigit() and text[at + 1].isdigit():
                continue
            yield replace(ground.planted("半角标点", at, at + 1, half), wrong=False)


EQUIVALENTS = {
    "汉字数字": _chinese,
    "换算": _scaled,
    "全角": _widened,
    "百分之": _percent,
    "千分位": _separated,
    "所许单位": _units,
    "空格": _spaced,
    "余多": _more,
    "半角标点": _marks,
    "标题改样": restyled,
}
EQUIVALENT_KINDS = tuple(EQUIVALENTS)
