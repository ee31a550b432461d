"""Whether a clause says only what the unit handed in (DESIGN §6.2), and names nobody it didn't.

A clause is backed when half of its character pairs stand in the input; then only its strong words
(罚款, 荣获, 召开…) must stand there too. One that isn't may state an aim or a manner, without any word that
claims a deed. All else is a deed without input. The words are data, in ``deeds.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from fzwriter.reading.lexicon import characters
from fzwriter.reading.names import find_places
from fzwriter.reading.people import find_people
from fzwriter.reading.sentences import bare
from fzwriter.seeds.framing import is_framing
from fzwriter.writing.slots import SLOT
from fzwriter.writing.words import grams

_BACKED = 0.5
_KNOWN = 0.34  # of an aim's pairs: the rest may be turns of phrase
_LONGEST_AIM = 44
_ADVERB = re.compile(
    r"^(?:并|也|还|更|同时|此外|通过|将|要|我[局县镇市区乡州校院委]|一是|二是|三是)"
)
_BEFORE_NAME = re.compile(r"(?:^|[，。；、：（“”和与由是及局县镇乡村所组长记任员师警部书])$")
_BEHIND_NAME = re.compile(
    r"(?:同志|[局县镇乡市区州科所队组站院校]长|书记|主任|委员|等|带头|牵头|负责|主持|荣获|获|任|被|担任|率|组织|参加|深入|推动|落实|加强|会同|把|将|对|亲自|在)"
)
_HAN = r"[一-龥]"


@lru_cache(maxsize=1)
def _lists() -> dict[str, tuple[str, ...]]:
    raw: Any = yaml.safe_load((files("fzwriter.writing") / "deeds.yaml").read_text("utf-8"))
    return {key: tuple(value.split()) for key, value in raw.items()}


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return grams("，".join((*_lists()["common"], *_lists()["aims"])))


@lru_cache(maxsize=1)
def _set_phrases() -> re.Pattern[str]:
    words = sorted(_lists()["common"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@lru_cache(maxsize=1)
def _name() -> re.Pattern[str]:
    surnames = "".join(sorted(characters("terms.yaml", "surnames")))
    return re.compile(rf"(?=([{surnames}]{_HAN}{{1,2}}))")


class Support:
    """What one piece of text may say.

    Args:
        inputs: the unit's own words for this piece: statements, names of facts, headings.
        known: all else the writer has seen: the whole sheet, phrases, exemplars.
    """

    def __init__(self, inputs: Iterable[str], known: Iterable[str]) -> None:
        self._text = "\n".join(inputs)
        self._inputs = grams_of(self._text)
        self._known_text = f"{self._text}\n" + "\n".join(known)
        self._known = self._inputs | _common() | grams_of(self._known_text)

    def unbacked(self, text: str) -> Iterator[str]:
        """The clauses of a text (with slots) that claim what the input doesn't hold."""
        for clause in map(str.strip, bare(SLOT.sub("", text))):
            if not self.backs(clause):
                yield clause

    def backs(self, clause: str) -> bool:
        """Whether a clause is the unit's own, or claims nothing."""
        words = grams(clause)
        if self._claims(clause, "strong"):
            return False
        if len(words) < 3:
            return True
        if len(words & (self._inputs | _common())) >= _BACKED * len(words) and words & self._inputs:
            return True
        return is_framing(clause) or self._is_aim(clause, words)

    def _is_aim(self, clause: str, words: frozenset[str]) -> bool:
        bare = _ADVERB.sub("", clause)
        if len(clause) > _LONGEST_AIM or not bare.startswith(_lists()["aims"]):
            return False
        return not self._claims(clause, "deeds") and len(words & self._known) >= _KNOWN * len(words)

    def _claims(self, clause: str, words: str) -> bool:
        """Whether a clause has one of those words, which the input lacks.

        Set phrases claim nothing: 获得感 holds 获得, 有序开展 holds 开展.
        """
        said = _set_phrases().sub("", clause)
        return any(word in said and word not in self._text for word in _lists()[words])

    def is_common(self, text: str) -> bool:
        """Whether a text is made of words of every report alone."""
        return grams(text) <= _common()

    def strangers(self, text: str) -> list[str]:
        """Persons and places named that no input holds."""
        plain = SLOT.sub("＃", text)
        found = [plain[s:e] for s, e in (*find_people(plain), *find_places(plain))]
        found += self._people(plain)
        return list(dict.fromkeys(name for name in found if name not in self._known_text))

    def _people(self, text: str) -> Iterator[str]:
        """Runs that begin with a surname, stand where a name would, and are no known word."""
        for match in _name().finditer(text):
            name, start = match.group(1), match.start()
            if name[:2] in self._known or name[:2] in self._known_text:
                continue
            if not _BEFORE_NAME.search(text[max(0, start - 2) : start]):
                continue
            tails = [n for n in (2, 3) if n <= len(name) and _BEHIND_NAME.match(text, start + n)]
            if tails or name[1:3] not in self._known:
                yield name[: tails[0]] if tails else name


def grams_of(text: str) -> frozenset[str]:
    """Character pairs of each line by itself."""
    return frozenset().union(*map(grams, bare(text, "，。；、")), frozenset())
