"""Telling framing from deeds: the clauses of a seed that any unit may open a sentence with.

A framing clause states an aim, a principle or a manner (“坚持预防为主、多元化解”) and claims
nothing: no figure, no act done, no result, no document, no time, no place, no office. It must be
an adverbial that a further clause follows in its sentence. Precision goes before recall: a good
opener that is lost costs nothing, a bad one lets another unit's deed into a report. The rules are
data, in ``framing.yaml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from fzwriter.seeds.lexicon import alternation, load, words
from fzwriter.seeds.mask import BLANK, is_national
from fzwriter.seeds.recognise import OTHER
from fzwriter.seeds.split import Passage

RULES = "framing.yaml"
SHORTEST, LONGEST = 8, 30
# Nothing is known of the unit's trade: its words may not fit the next unit of this type.
_ANY_TRADE = ("", OTHER)

_SENTENCE = re.compile(r"[^。；！？]+")
_CHINESE_NUMBER = re.compile(r"[〇零一二两三四五六七八九十百千万亿\d%％]")
_QUOTED = re.compile(r"“([^“”]*)”|‘([^‘’]*)’")
_TITLE = re.compile(r"《[^《》]*》")
_BRACKETS = (("“", "”"), ("‘", "’"), ("《", "》"), ("（", "）"), ("〔", "〕"))


def framing_clauses(passage: Passage) -> tuple[str, ...]:
    """The clauses of a masked passage that are framing, in order, without doubles."""
    found: dict[str, None] = {}
    for sentence in _SENTENCE.findall(passage.text):
        clauses = list(_clauses(sentence))
        for clause in clauses[:-1]:  # the last is what the sentence says was done
            if is_framing(clause) and (passage.unit_type not in _ANY_TRADE or _tradeless(clause)):
                found.setdefault(clause)
    return tuple(found)


def is_framing(clause: str) -> bool:
    """Whether a clause (without its comma) claims nothing and can open any unit's sentence."""
    if not SHORTEST <= len(clause) <= LONGEST or not _balanced(clause) or BLANK.search(clause):
        return False
    if not _openers().fullmatch(clause):
        return False
    if any(not is_national(title) for title in _TITLE.findall(clause)):
        return False
    if any((a or b) not in words(RULES, "quotations") for a, b in _QUOTED.findall(clause)):
        return False
    bare = _harmless().sub("○", _QUOTED.sub("○", clause))
    return not _CHINESE_NUMBER.search(bare) and not _forbidden().search(bare)


def _tradeless(clause: str) -> bool:
    return not any(word in clause for word in words(RULES, "trades"))


@functools.cache
def _openers() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in load(RULES)["openers"]))


@functools.cache
def _harmless() -> re.Pattern[str]:
    return re.compile(alternation(words(RULES, "harmless")))


@functools.cache
def _forbidden() -> re.Pattern[str]:
    plain: set[str] = set()
    for key in ("deeds", "claims", "particular"):
        plain |= words(RULES, key)
    return re.compile(alternation(plain) + "|应.{1,2}[尽必]|[不无未].{1,4}不")


def _clauses(sentence: str) -> Iterator[str]:
    """A sentence at its commas, those inside quotation marks and brackets left alone."""
    depth = start = 0
    for at, character in enumerate(sentence):
        if any(character == opening for opening, _ in _BRACKETS):
            depth += 1
        elif any(character == closing for _, closing in _BRACKETS):
            depth = max(0, depth - 1)
        elif character == "，" and depth == 0:
            yield sentence[start:at].strip()
            start = at + 1
    yield sentence[start:].strip()


def _balanced(clause: str) -> bool:
    return all(clause.count(opening) == clause.count(closing) for opening, closing in _BRACKETS)
