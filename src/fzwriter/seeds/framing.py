"""Telling framing from deeds: what any unit may say, and what only the seed's own unit could claim.

A framing clause states an aim, a principle or a manner (“坚持预防为主、多元化解”) and claims
nothing: no figure, no act done, no result, no document, no time, no place, no office. It must be
an adverbial that a further clause follows in its sentence. Precision goes before recall: a good
opener that is lost costs nothing, a bad one lets another unit's deed into a report. The rules are
data, in ``framing.yaml``.
"""

from __future__ import annotations

import functools
import re

from fzwriter.reading.lexicon import alternation, load, words
from fzwriter.reading.mask import BLANK, is_national
from fzwriter.reading.recognise import OTHER
from fzwriter.reading.sentences import MEMBER, SENTENCE, bare, sentences, unbracketed
from fzwriter.reading.split import Passage

RULES = "framing.yaml"
SHORTEST, LONGEST = 8, 30
LONGEST_DEED = 120
# Nothing is known of the unit's trade: its words may not fit the next unit of this type.
_ANY_TRADE = ("", OTHER)

_NO_DEEDS = ("导语", "其他")
_ALL_DEEDS = ("问题", "计划")

_WHOLE = tuple(SENTENCE)
_DANGLING = re.compile(
    "(?:其中|同时|此外|另外|对此|为此|该|此|其)"
)  # leans on a sentence before it
_CHINESE_NUMBER = re.compile(r"[〇零一二两三四五六七八九十百千万亿\d%％]")
_QUOTED = re.compile(r"“([^“”]*)”|‘([^‘’]*)’")
_TITLE = re.compile(r"《[^《》]*》")
_BRACKETS = (("“", "”"), ("‘", "’"), ("《", "》"), ("（", "）"), ("〔", "〕"))


def framing_clauses(passage: Passage) -> tuple[str, ...]:
    """The clauses of a masked passage that are framing, in order, without doubles."""
    found: dict[str, None] = {}
    for sentence in bare(passage.text, MEMBER):
        clauses = list(unbracketed(sentence))
        for clause in clauses[:-1]:  # the last is what the sentence says was done
            if is_framing(clause) and (passage.unit_type not in _ANY_TRADE or _tradeless(clause)):
                found.setdefault(clause)
    return tuple(found)


def deed_sentences(passage: Passage) -> tuple[str, ...]:
    """The whole sentences of a masked passage that claim something of its unit, in order.

    Acts, documents and honours; under 问题 and 计划 every sentence is such a claim. They must never
    stand in a draft as if they were its unit's: a drafter may offer them, marked as to be confirmed.
    A sentence about a person, or with more blanks than words to go by, serves nobody and is left out.
    """
    if passage.part in _NO_DEEDS:
        return ()
    found: dict[str, None] = {}
    for sentence in map(str.strip, sentences(passage.text)):
        if (
            sentence.endswith(_WHOLE)
            and _offers(sentence)
            and (passage.part in _ALL_DEEDS or _claims(sentence))
        ):
            found.setdefault(sentence)
    return tuple(found)


def _offers(sentence: str) -> bool:
    """Whether a sentence can stand alone and still reads."""
    blanks = BLANK.findall(sentence)
    return (
        SHORTEST <= len(sentence) <= LONGEST_DEED
        and _balanced(sentence)
        and "〔人名〕" not in blanks
        and sum(map(len, blanks)) <= len(sentence) / 3
        and not _DANGLING.match(sentence)
    )


def _claims(sentence: str) -> bool:
    bare = _harmless().sub("○", _QUOTED.sub("○", sentence))
    return bool(BLANK.search(sentence) or _acts().search(bare))


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


@functools.cache
def _acts() -> re.Pattern[str]:
    return re.compile(alternation(words(RULES, "deeds") | words(RULES, "claims")))


def _balanced(clause: str) -> bool:
    return all(clause.count(opening) == clause.count(closing) for opening, closing in _BRACKETS)
