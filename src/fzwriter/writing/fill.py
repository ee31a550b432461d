"""Filling gaps: what a model left out goes in by code, in the composer's words, where it belongs.

A slot a model dropped goes back behind its name; parts it skipped go behind the part before them; a whole
sentence goes behind the sentence that tells the line before it. Nothing here decides whether the
result stands: it is judged again like any text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fzwriter.writing.lines import NUMBERED, Line, sentences_of
from fzwriter.writing.slots import SLOT, Figure
from fzwriter.writing.words import overlap

_BREAK = "，、；：。！？"
_TELLS = 0.5  # of a line's character pairs: then a sentence tells it
_EDGE = rf"(?=[{_BREAK}]|$)"


class Filler:
    """Fills the gaps of one piece.

    Args:
        lines: all the piece has to tell, in order.
        names: names of facts and derived figures by id.
        figures: the slots it may cite.
        part: 成效 问题 计划…
    """

    def __init__(
        self,
        lines: Sequence[Line],
        names: Mapping[str, str],
        figures: Mapping[str, Figure],
        part: str = "成效",
    ) -> None:
        self._lines, self._names, self._figures, self._part = lines, names, figures, part

    def fill(
        self, paragraphs: Sequence[str], missing: Sequence[str], untold: Sequence[str]
    ) -> list[str]:
        """The paragraphs with the missing figures and the untold statements told.

        Args:
            paragraphs: with slots.
            missing: ids of figures.
            untold: texts of statements.
        """
        texts = list(paragraphs)
        for text in untold:
            line = max(self._lines, key=lambda one: overlap(text, one.text), default=None)
            if line is not None and overlap(text, "".join(texts)) < _TELLS:
                texts = self._insert(texts, self._said_by(text))
        for id_ in missing:
            texts = self._figure(texts, id_)
        return texts

    def _said_by(self, statement: str) -> list[Line]:
        """The lines that tell a statement."""
        found = [line for line in self._lines if overlap(line.text, statement) >= 0.8]
        return found or [max(self._lines, key=lambda one: overlap(statement, one.text))]

    # -- figures -----------------------------------------------------------------------------

    def _figure(self, texts: list[str], id_: str) -> list[str]:
        if any(f"[[{id_}]]" in text for text in texts):
            return texts
        line = self._line_of(id_)
        if line is None:
            return texts
        for attempt in (self._behind_name, self._behind_neighbour):
            done = attempt(texts, id_, line)
            if done is not None:
                return done
        if any(f"[[{other}]]" in text for other in line.slots for text in texts):
            clause = _clause(line.text, id_, self._names.get(id_, ""))[1]
            line = Line(f"{clause.removeprefix('其中')}。", line.item)
        return self._insert(texts, [line])

    def _line_of(self, id_: str) -> Line | None:
        """The line that cites a figure; without one, that of a denial (未发生…) that tells it."""
        for line in self._lines:
            if id_ in line.slots:
                return line
        name = self._names.get(id_, "")
        best = max(self._lines, key=lambda one: overlap(name, one.text), default=None)
        return best if best is not None and overlap(name, best.text) >= _TELLS else None

    def _behind_name(self, texts: list[str], id_: str, line: Line) -> list[str] | None:
        """The slot alone, where its name stands without it."""
        found = re.search(rf"([^{_BREAK}]*)\[\[{re.escape(id_)}\]\]([^{_BREAK}]*)", line.text)
        if found is None:
            return None
        name, unit = self._names.get(id_, ""), self._figures[id_].unit
        before, after = found[1], found[2].removeprefix(unit)
        if name and before.endswith(name):
            before = name
        if before and not after:
            pattern = rf"({re.escape(before)})(?:{re.escape(unit)})?{_EDGE}"
        elif after and not before:
            pattern = rf"(?<![^{_BREAK}])()(?={re.escape(after)}{_EDGE})"
        else:
            return None
        hits = [(at, m) for at, text in enumerate(texts) for m in re.finditer(pattern, text)]
        if len(hits) != 1:
            return None
        at, match = hits[0]
        new = f"{match[1]}[[{id_}]]"
        return _replaced(texts, at, texts[at][: match.start()] + new + texts[at][match.end() :])

    def _behind_neighbour(self, texts: list[str], id_: str, line: Line) -> list[str] | None:
        """The figure's clause, behind the figure that stands before it in the line."""
        slots = line.slots
        before = slots[: slots.index(id_)] if id_ in slots else ()
        if not before:
            return None
        mark = f"[[{before[-1]}]]"
        if sum(text.count(mark) for text in texts) != 1:
            return None
        joint, clause = _clause(line.text, id_, self._names.get(id_, ""))
        at = next(n for n, text in enumerate(texts) if mark in text)
        text = texts[at]
        end = text.index(mark) + len(mark)
        unit = self._figures[before[-1]].unit if before[-1] in self._figures else ""
        if unit and text.startswith(unit, end):
            end += len(unit)
        if end < len(text) and text[end] not in _BREAK:
            return None
        return _replaced(texts, at, f"{text[:end]}{joint}{clause}{text[end:]}")

    # -- whole lines -------------------------------------------------------------------------

    def _insert(self, texts: list[str], lines: Sequence[Line]) -> list[str]:
        for line in lines:
            if not any(line.text in text for text in texts):
                texts = self._insert_one(texts, line)
        return texts

    def _insert_one(self, texts: list[str], line: Line) -> list[str]:
        """A sentence behind the one that tells the line before it."""
        order = [n for n, one in enumerate(self._lines) if one.text == line.text]
        at = order[0] if order else self._nearest(line)
        apart = self._part in NUMBERED
        earlier = [o for o in reversed(self._lines[:at]) if not apart or o.item == line.item]
        later = [o for o in self._lines[at + 1 :] if not apart or o.item == line.item]
        for others, behind in ((earlier, True), (later, False)):
            for other in others:
                place = _place(texts, other)
                if place is not None:
                    return _with_sentence(texts, place, line.text, behind)
        if apart or not texts:
            item = sum(1 for one in self._items_before(texts, line))
            return [*texts[:item], line.text, *texts[item:]]
        return _replaced(texts, len(texts) - 1, texts[-1] + line.text)

    def _nearest(self, line: Line) -> int:
        """The line a clause was taken from."""
        shared = [len(set(line.slots) & set(one.slots)) for one in self._lines]
        return shared.index(max(shared)) if shared else 0

    def _items_before(self, texts: Sequence[str], line: Line) -> list[str]:
        """The paragraphs that tell items which come before a line's own."""
        return [text for text in texts if item_of(text, self._lines, line.item) < line.item]


def item_of(text: str, lines: Sequence[Line], otherwise: int) -> int:
    """The item a text tells: that whose slots it cites, else the likest."""
    cited = set(SLOT.findall(text))
    for line in lines:
        if cited & set(line.slots):
            return line.item
    likeness = [(max(overlap(one.text, text), overlap(text, one.text)), -one.item) for one in lines]
    best = max(likeness, default=(0.0, 0))
    return -best[1] if best[0] >= 0.2 else otherwise


def _clause(line: str, id_: str, name: str) -> tuple[str, str]:
    """A figure's clause in a line and the mark before it: (、, 维持[[f08]])."""
    slot = line.index(f"[[{id_}]]") if f"[[{id_}]]" in line else len(line)
    start = line.rfind(name, 0, slot) if name else -1
    if start < 0 or SLOT.search(line[start:slot]):
        start = max(line.rfind(mark, 0, slot) for mark in _BREAK) + 1
    elif line[:start].endswith("其中"):
        start -= 2
    end = slot + len(f"[[{id_}]]")
    while end < len(line) and line[end] not in _BREAK:
        end += 1
    joint = line[start - 1] if start and line[start - 1] in "，、；" else "，"
    return joint, line[start:end]


def _place(texts: Sequence[str], line: Line) -> tuple[int, int] | None:
    """Paragraph and sentence that tell a line."""
    cited = set(line.slots)
    best: tuple[float, int, int] | None = None
    for at, text in enumerate(texts):
        for number, sentence in enumerate(sentences_of(text)):
            score = float(bool(cited & set(SLOT.findall(sentence)))) + overlap(line.text, sentence)
            if score >= _TELLS and (best is None or score > best[0]):
                best = (score, at, number)
    return best and (best[1], best[2])


def _with_sentence(
    texts: Sequence[str], place: tuple[int, int], sentence: str, behind: bool
) -> list[str]:
    at, number = place
    sentences = sentences_of(texts[at])
    sentences.insert(number + behind, sentence)
    return _replaced(texts, at, "".join(sentences))


def _replaced(texts: Sequence[str], at: int, text: str) -> list[str]:
    return [*texts[:at], text, *texts[at + 1 :]]
