"""What of the source may be said of the target: framing, aims and transitions, in its register."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from fzwriter.reading.lexicon import alternation, words
from fzwriter.reading.mask import BLANK
from fzwriter.reading.sentences import unbracketed
from fzwriter.seeds.framing import is_framing
from fzwriter.units import foreign_powers, foreign_trade
from fzwriter.writing.rewriting.register import Register
from fzwriter.writing.rewriting.roles import rules, word_pattern
from fzwriter.writing.rewriting.source import Sentence

_QUOTED = re.compile(r"“([^“”]*)”")
_HIDDEN = re.compile(r"[xX×＊]|某[县区市镇乡]|哒|〇|[DZ](?=委|的|中央)")
_NUMERAL = re.compile(r"[0-9０-９%％]|[二三四五六七八九十百千万两](?!届|大)")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))
_LONGEST_AIM, _LONGEST_LEAD = 34, 110
_COUNTED = re.compile(r"(?:以下)?[一二三四五六七八九十两几](?:个方面|方面|项|点)")
_TEACHING = re.compile("(?:宣传|法治|警示|学习|普法)教育")  # no school's
_SPAN = re.compile(r"（20\d\d[—－-]+(20\d\d)年?）")
_STOP = "，。；：！？、"


@functools.cache
def _claims() -> re.Pattern[str]:
    plain = words("framing.yaml", "deeds") | words("framing.yaml", "claims")
    return re.compile(alternation(plain - words_of("harmless_in_aims")))


@functools.cache
def _harmless() -> re.Pattern[str]:
    return re.compile(alternation(words("framing.yaml", "harmless") | words_of("no_numerals")))


@functools.cache
def words_of(key: str) -> frozenset[str]:
    """A list of ``rules.yaml``."""
    return frozenset(str(rules()[key]).split())


@dataclass(frozen=True)
class Sayable:
    """Judges clauses and sentences of the source for one target.

    Attributes:
        register: turns them into the target's words.
        given: the target's own input as one text: its words are no strangers.
        banned: what was said before and didn't stand.
    """

    register: Register
    given: str
    banned: Collection[str] = ()
    lent: set[str] = field(default_factory=set)

    def framing(self, sentence: Sentence) -> Iterator[str]:
        """Clauses that open a sentence and claim nothing: 坚持预防为主."""
        clauses = self._clauses(sentence)
        for clause in clauses[:-1]:
            if self._free(clause) and is_framing(self.register.neutral(clause)):
                yield clause

    def aims(self, sentence: Sentence) -> Iterator[str]:
        """Clauses behind the first that only state what for: 让群众少跑路."""
        for clause in self._clauses(sentence)[1:]:
            if self.is_aim(clause):
                yield clause

    def is_aim(self, clause: str) -> bool:
        """Whether a clause, adapted, states an aim without claiming a deed."""
        if not 6 <= len(clause) <= _LONGEST_AIM or not self._free(clause):
            return False
        return clause.startswith(tuple(words_of("aims"))) and self._claims_nothing(clause)

    def opening(self, sentence: Sentence) -> list[str]:
        """Clauses of the preamble that may be said again."""
        return [c for c in self._clauses(sentence) if self._opens(c)]

    def lead(self, sentence: Sentence) -> str:
        """A whole sentence that leads on or owns up; "" where it can't be said again."""
        text = _COUNTED.sub("以下方面", self.register.adapt(sentence.text).strip())
        if _NUMERAL.search(_harmless().sub("○", self._without_years(_QUOTED.sub("○", text)))):
            return ""
        if not text or len(text) > _LONGEST_LEAD or not self._free(text):
            return ""
        return "" if word_pattern("strong").search(text) else text

    def heading(self, text: str, *, of_part: bool = False) -> list[str]:
        """The halves of a heading that may be said again, in order, "" for those that may not.

        Args:
            text: the source's heading.
            of_part: it heads a part: 主要举措和成效 claims no result.
        """
        adapted = self.register.adapt(text)
        return [half if self._heads(half, of_part=of_part) else "" for half in adapted.split("，")]

    # -- inside --------------------------------------------------------------------------------

    def _clauses(self, sentence: Sentence) -> list[str]:
        text = self.register.adapt(sentence.text).strip().rstrip(_STOP)
        return [clause.strip() for clause in unbracketed(text, "，；") if clause.strip()]

    def _opens(self, clause: str) -> bool:
        if not self._free(clause, level=False):
            return False
        if re.fullmatch(r"在○(?:、○)?的?(?:坚强)?(?:领导|指导)下", self.register.neutral(clause)):
            return True
        if is_framing(self.register.neutral(clause)):
            return True
        bare = self.register.neutral(clause)
        return bare.startswith(tuple(words_of("aims"))) and self._claims_nothing(clause)

    def _heads(self, half: str, *, of_part: bool = False) -> bool:
        if not half or not self._free(half):
            return False
        if not of_part and word_pattern("results").search(half):
            return False
        bare = _harmless().sub("○", _QUOTED.sub("○", half))
        return not _NUMERAL.search(self._without_years(bare))

    def _without_years(self, text: str) -> str:
        """A text without the years that may stand in it: this one, the next, those of a plan in force."""
        for year in (self.register.words["year"], self.register.words["next"]):
            text = text.replace(f"{year}年", "○")
        ahead = int(self.register.words["next"])
        return _SPAN.sub(lambda m: "○" if int(m[1]) >= ahead else m[0], text)

    def _claims_nothing(self, clause: str) -> bool:
        bare = _harmless().sub("○", _QUOTED.sub("○", self.register.neutral(clause)))
        bare = re.sub(f"^(?:{alternation(words_of('aims'))})", "", bare)
        return not _claims().search(bare) and not _NUMERAL.search(bare)

    def _free(self, text: str, *, level: bool = True) -> bool:
        """Nothing of the source's own in it, nothing the target is not."""
        if BLANK.search(text) or _HIDDEN.search(text) or not _balanced(text):
            return False
        if any(text in one or one in text for one in self.banned):
            return False
        target = self.register.target
        if self.register.strange(text) or any(True for _ in foreign_powers(text, target.type)):
            return False
        if any(word in text and not self._is_own(word) for word in self._trades()):
            return False
        if self._names_source_trade(text):
            return False
        bare = self.register.neutral(text)
        local = (w for w in word_pattern("local").findall(bare) if w not in self.given)
        quoted = words("framing.yaml", "quotations")
        strange = (q for q in _QUOTED.findall(text) if q not in quoted and q not in self.given)
        if any(strange) or (level and any(local)):
            return False
        self.lent.add(text)
        return True

    def _names_source_trade(self, text: str) -> bool:
        """Whether a text speaks of the source's own field, as 法治公安 does, though the target knows 公安."""
        source, target = self.register.source.profile, self.register.target
        if source.type == target.type or not source.type.endswith("局"):
            return False
        fields = {source.mission, source.type.removesuffix("局")} - {"司法"}
        return any(field in _TEACHING.sub("", text) for field in fields)

    def _trades(self) -> frozenset[str]:
        """Words of any trade but the target's."""
        trades = foreign_trade(self.register.target.type) | words("framing.yaml", "trades")
        return trades | words_of("trades")

    def _is_own(self, word: str) -> bool:
        return word in self.given or word in self.register.target.mission


def _balanced(text: str) -> bool:
    return all(text.count(one) == text.count(other) for one, other in _PAIRS)
