"""Telling a sub-section: statements as prose, with the figures woven between them.

Seeds lend an opening clause (“坚持……，”), never twice alike, never one that repeats what the unit says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from fzwriter.facts import FactSheet, Statement
from fzwriter.reading.sentences import SENTENCE
from fzwriter.writing.clauses import denial
from fzwriter.writing.grammar import Grammar
from fzwriter.writing.phrasebook import phrases
from fzwriter.writing.plan import Block, Material, Plan
from fzwriter.writing.sentences import Figures, merge_denials
from fzwriter.writing.sentences import sentences as join
from fzwriter.writing.verbs import is_verbal
from fzwriter.writing.words import EVERYWHERE, grams, overlap

# Framing clauses for a topic and a part, best first; empty when the library has none.
Framing = Callable[[str, str], Sequence[str]]

_SHORT = 60  # characters: a paragraph of less joins the one before
_LONG = 420  # characters: beyond it a sub-section gets a paragraph a topic
_FITS = 0.34  # likeness from which a phrase of figures follows a statement
_OWN = 2  # pairs of the unit's own words that make up for none of its trade
_OPENING_VERB = re.compile(
    r"^(?:坚持|聚焦|围绕|紧扣|立足|以|着眼|突出|把|紧紧|按照|为|针对|依托|结合|根据|与|对)"
)


# Begins with a time or a number of its own.
_DATED = re.compile(r"^(?:全年|上半年|下半年|累计|共|先后|现有|现存|\[\[)|[^，。]*[年期][初末]")


def stop(text: str) -> str:
    """A sentence with its full stop."""
    text = text.strip().rstrip("，、；,;.")
    return text if text.endswith(tuple(SENTENCE)) else f"{text}。"


def no_framing(topic: str, part: str) -> Sequence[str]:
    """A library that has nothing to lend."""
    del topic, part
    return ()


@dataclass
class Run:
    """What one report has used so far, so that nothing is said twice."""

    framing: Framing
    said: set[str] = field(default_factory=set)
    spans: int = 0
    pending: list[str] = field(default_factory=list)


class Teller:
    """Tells the sub-sections of one report."""

    def __init__(self, sheet: FactSheet, plan: Plan, run: Run) -> None:
        self._plan, self.run = plan, run
        self._names = frozenset(fact.name for fact in sheet.facts)
        self._opened: set[str] = set()

    def figures(self, materials: Iterable[Material]) -> list[Figures]:
        """The phrases of figures of some materials."""
        grammars = (Grammar(m.facts, m.derived, self._names) for m in materials)
        return [phrase for grammar in grammars for phrase in grammar.phrases()]

    def tell(self, block: Block) -> list[str]:
        """The paragraphs of a sub-section: statements with the figures woven between them."""
        by_topic: list[str] = []
        self.begin()
        opener = self._framing(block)
        for material in _nothing_last(block.materials):
            figures = self.figures([material])
            text = self._weave(material.topic, material.statements, figures)
            if opener and text:
                text, opener = _open(opener, text), ""
            by_topic.append(text)
        whole = merge_denials("".join(by_topic))
        if len(whole) <= _LONG or len(by_topic) == 1:
            return [whole]
        return _with_short_ones([text for text in by_topic if text])

    def _weave(
        self, topic: str, statements: Sequence[Statement], figures: Sequence[Figures]
    ) -> str:
        """Each phrase of figures after the statement it fits; the rest at the end."""
        after: dict[int, list[Figures]] = {}
        for phrase, place in zip(figures, _places(topic, statements, figures), strict=True):
            after.setdefault(place, []).append(phrase)
        parts: list[str] = []
        for index, statement in enumerate(statements):
            parts.append(stop(statement.text))
            parts.extend(self.sentences(after.get(index, [])))
        parts.extend(self.sentences(after.get(len(statements), [])))
        return "".join(parts)

    def begin(self) -> None:
        """Begin a stretch of text, in which 全年 or the like, and 目前, are said once at most."""
        self._opened = set()

    def sentences(self, figures: Sequence[Figures]) -> list[str]:
        """Phrases of figures as finished sentences, what is theirs to open with before them."""
        return [stop(f"{self._opener(one)}{one.text}") for one in join(figures)]

    def _opener(self, sentence: Figures) -> str:
        """全年, 全年共… before figures of a year's deeds, 目前 before what there is."""
        if sentence.sort not in ("deed", "state") or sentence.sort in self._opened:
            return ""
        if _DATED.match(sentence.text):
            return ""
        if sentence.sort == "state":
            word, together = "目前", ""
        else:
            word = self._span()
            self.run.spans += 1
            several = sentence.count > 1 and not sentence.text.startswith("为")
            together = "共" if word and several else ""
        if word:
            self._opened.add(sentence.sort)
        return f"{word}{together}"

    def _span(self) -> str:
        """全年, 2024年, nothing…, in turn."""
        variants = phrases()["spans"]
        if self._plan.words["span"] != "全年":
            variants = [v for v in variants if v not in phrases()["of_a_year"] and "一年" not in v]
        word = str(variants[(self.run.spans + self._plan.seed) % len(variants)])
        return word.format(**self._plan.words)

    def _first_text(self, block: Block) -> str:
        """What a sub-section begins with; "" for figures that tell of no deed."""
        material = _nothing_last(block.materials)[0]
        if material.statements:
            return material.statements[0].text
        first = next(iter(self.figures([material])), None)
        return first.text if first and first.sort == "deed" else ""

    def _framing(self, block: Block) -> str:
        """A framing clause for the sub-section that nothing else in the report repeats."""
        own = "".join(s.text for s in block.statements) + block.heading
        first = self._first_text(block)
        said = grams(own) - EVERYWHERE
        matter = grams("，".join(block.topics)) - EVERYWHERE
        if block.group:
            texts = (*block.group.headings, *block.group.plan, *block.group.topics)
            matter |= grams("，".join(texts)) - EVERYWHERE
        if not first or _OPENING_VERB.match(first) or not is_verbal(first):
            return ""
        candidates = list(self.run.framing(block.topics[0], "成效"))
        turn = self._plan.seed % max(1, len(candidates))
        for candidate in candidates[turn:] + candidates[:turn]:
            if candidate in self.run.said or overlap(candidate, own) > 0.4:
                continue
            words = grams(candidate)
            if candidate.count("、") > 1 or candidate[:2] in first:
                continue
            if not words & matter and len(words & said) < _OWN:
                continue
            if any(overlap(candidate, said) > 0.4 for said in self.run.said):
                continue
            self.run.said.add(candidate)
            return candidate
        return ""


def _nothing_last(materials: Sequence[Material]) -> list[Material]:
    """Materials in order, those that only tell what did not happen at the end."""
    return sorted(
        materials,
        key=lambda m: not m.statements and bool(m.facts) and all(denial(f)[0] for f in m.facts),
    )


def _places(topic: str, statements: Sequence[Statement], figures: Sequence[Figures]) -> list[int]:
    """Behind which statement each phrase goes; the number of statements for the end.

    The topic's own words are left out of the likeness: every statement has them. A phrase that fits
    none goes with a neighbour that speaks of the same thing, so that 评查案卷 isn't parted from 发现问题.
    """
    end = len(statements)
    places: list[int] = []
    for phrase in figures:
        names = phrase.names.replace(topic, "")
        scores = [overlap(names, s.text.replace(topic, "")) for s in statements]
        best = max(scores, default=0.0)
        places.append(scores.index(best) if best >= _FITS else end)
    for at, phrase in enumerate(figures):
        near = [n for n in (at - 1, at + 1) if 0 <= n < len(figures) and places[n] < end]
        kin = [n for n in near if _kin(phrase, figures[n], topic)]
        if places[at] == end and kin:
            places[at] = places[kin[0]]
    return places


def _kin(one: Figures, other: Figures, topic: str) -> bool:
    words = grams(one.names.replace(topic, "")) & grams(other.names.replace(topic, ""))
    return bool(words - EVERYWHERE)


def _with_short_ones(paragraphs: Sequence[str]) -> list[str]:
    """Paragraphs, those of a line or so set behind the one before."""
    result: list[str] = []
    for text in paragraphs:
        if result and len(text) < _SHORT:
            result[-1] += text
        else:
            result.append(text)
    return result


def _open(framing: str, text: str) -> str:
    """Set a framing clause before the first sentence."""
    return f"{framing.rstrip('，。')}，{text}"
