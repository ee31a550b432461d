"""Rewordings of a marked text that change nothing it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from fzwriter.evaluation.allowed import split
from fzwriter.evaluation.equivalents import EQUIVALENTS
from fzwriter.evaluation.fznum.ground import MarkedGround, family
from fzwriter.evaluation.sites import Mutant

_WORDS = (
    ("全年", "一年来"), ("一年来", "全年"), ("其中", "这里面"), ("同比", "比上年"), ("比上年", "较上年"), ("较上年", "同比"),
    ("共计", "总共"), ("合计", "共计"), ("截至年底", "到年末"), ("平均每月", "月均"), ("月均", "平均每月"), ("占比", "比例"),
    ("其余", "剩下的"), ("上年", "前一年"), ("办结率", "办结比例"), ("分别为", "分别是"), ("此外", "另外"), ("目前", "眼下"),
    ("年内", "全年"),
)  # fmt: skip
_LEANS = (
    "其",
    "该",
    "此",
    "上述",
    "这",
    "同比",
    "比上年",
    "较上年",
    "另",
    "占",
    "平均",
    "月均",
    "尚",
    "剩",
    "增",
    "减",
    "以上",
    "前者",
)


def _same(mutant: Mutant) -> Mutant:
    return replace(mutant, wrong=False)


def measure_word(ground: MarkedGround) -> Iterator[Mutant]:
    """Another measure word of the family."""
    for claim in ground.claims:
        measure, fact = claim.reading.measure, claim.fact
        if fact is None or split(fact.unit)[1] != measure or claim.reading.rate:
            continue
        others = sorted(family(measure) - {measure, "卷"})
        words = claim.figure.words
        if others and words.endswith(measure) and measure not in ("人",):
            new = words.removesuffix(measure) + ground.random.choice(others)
            yield _same(ground.planted("measure-word", claim.figure.start, claim.figure.end, new))


def synonym(ground: MarkedGround) -> Iterator[Mutant]:
    """A word for another that means the same here."""
    free = [(f.start, f.end) for f in ground.marked.figures]
    for old, new in _WORDS:
        for match in re.finditer(old, ground.text):
            inside = any(s < match.end() and match.start() < e for s, e in free)
            if not inside and ground.text[match.end() : match.end() + len(new)] != new:
                yield _same(ground.planted("synonym", match.start(), match.end(), new))


def sentence_order(ground: MarkedGround) -> Iterator[Mutant]:
    """Two sentences of a paragraph exchanged that lean on nothing before them."""
    for line in re.finditer(r"[^\n]+", ground.text):
        sentences = list(re.finditer(r"(?<![^。])[^。]+。", line.group()))
        for one, other in zip(sentences[1:], sentences[2:], strict=False):
            words = (one.group(), other.group())
            if any(w.startswith(_LEANS) or w[0] in "一二三四五（" for w in words):
                continue
            start = line.start() + one.start()
            end = line.start() + other.end()
            yield _same(ground.planted("sentence-order", start, end, other.group() + one.group()))


def full_stop(ground: MarkedGround) -> Iterator[Mutant]:
    """A semicolon for a full stop between two sentences."""
    for match in re.finditer(r"。(?=[^\n])", ground.text):
        yield _same(ground.planted("punctuation", match.start(), match.end(), "；"))


def _known(name: str) -> Callable[[MarkedGround], Iterator[Mutant]]:
    def plant(ground: MarkedGround) -> Iterator[Mutant]:
        for mutant in EQUIVALENTS[name](ground):
            yield replace(mutant, kind=_ENGLISH[name])

    return plant


_ENGLISH = {
    "汉字数字": "chinese-numerals", "换算": "scale", "全角": "full-width", "百分之": "percent-in-words",
    "千分位": "thousands", "空格": "spaces", "余多": "余-多", "半角标点": "half-width-marks",
}  # fmt: skip

HARMLESS_KINDS: dict[str, Callable[[MarkedGround], Iterator[Mutant]]] = {
    "measure-word": measure_word,
    "synonym": synonym,
    "sentence-order": sentence_order,
    "punctuation": full_stop,
    **{english: _known(name) for name, english in _ENGLISH.items()},
}
