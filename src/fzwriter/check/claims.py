"""Words that count without a numeral: 全部, 均, 无一, 零, 过半, 翻番, 有所下降 (DESIGN §5.7).

Each is held against the fact that its clause speaks of: refuted by it an error, about a fact of the
sheet and untold a doubt, otherwise a reminder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from fzwriter.check import quantifiers, trends
from fzwriter.check.context import Context, Contexts
from fzwriter.check.index import Referents
from fzwriter.check.planned import Plans
from fzwriter.check.referents import grams
from fzwriter.check.spoken import Spoken
from fzwriter.facts import FactSheet
from fzwriter.report import Issue, Mention

# a comma between digits groups them
_CLAUSE = re.compile(r"(?:[^，。；！？\n,;]|(?<=\d),(?=\d{3}))+")
# The first sort of word that a clause has and the input doesn't make itself is judged.
_SORTS: tuple[tuple[re.Pattern[str], Callable[[Spoken], Issue | None]], ...] = (
    (quantifiers.ALL, quantifiers.judge_all),
    (quantifiers.NONE, quantifiers.judge_none),
    (quantifiers.MOST, quantifiers.judge_most),
    (trends.TURN, trends.judge_turn),
    (quantifiers.HALF, quantifiers.judge_half),
    (trends.TREND, trends.judge_trend),
    (quantifiers.ROUND, quantifiers.judge_round),
    (quantifiers.ONE, quantifiers.judge_one),
    (quantifiers.GLYPHS, quantifiers.judge_glyphs),
)
_ABOVE = 60


class WordClaims:
    """Judges the words that count of one text."""

    def __init__(
        self,
        sheet: FactSheet,
        referents: Referents,
        contexts: Contexts,
        plans: Plans,
        chosen: Mapping[int, str],
        mentions: Sequence[Mention],
    ) -> None:
        """Takes in a text.

        Args:
            sheet: the input.
            referents: of the sheet.
            contexts: of the text.
            plans: what the text tells as plans.
            chosen: what each proved figure stands for, by its start.
            mentions: the numerals of the text.
        """
        self._text, self._sheet, self._contexts, self._plans = contexts.text, sheet, contexts, plans
        self._referents = referents
        by_id = referents.by_id
        self._told = sorted((at, by_id[id_]) for at, id_ in chosen.items() if id_ in by_id)
        self._figures = [m.start for m in mentions if m.kind == "quantity"]

    def find(self) -> Iterator[Issue]:
        """The issues of the text, in its order."""
        for clause in _CLAUSE.finditer(self._text):
            for pattern, judge in _SORTS:
                word = pattern.search(clause.group())
                if not word or self._is_backed(word, clause):
                    continue
                issue = judge(self._spoken(word, clause))
                if issue is not None:
                    yield issue
                break

    def _spoken(self, word: re.Match[str], clause: re.Match[str]) -> Spoken:
        start, end = self._contexts.sentence_bounds(clause.start())
        pieces = reversed(_CLAUSE.findall(self._text[start : clause.start()]))
        headings = self._contexts.headings(start)
        context = Context(
            near=clause.group() + "＃",
            before=clause.group(),
            earlier=tuple(piece for piece in pieces if piece.strip())[:4],
            sentence=self._text[start:end],
            above=(self._text[max(0, start - _ABOVE) : start], "", *reversed(headings)),
        )
        at = clause.start()
        return Spoken(
            word,
            clause.group(),
            at + word.start(),
            at + word.end(),
            self._referents.meaning.evidence(context),
            [index for place, index in self._told if start <= place < clause.end()],
            self._referents,
            self._figures,
            "".join(self._contexts.headings(at + word.start())),
        )

    def _is_backed(self, word: re.Match[str], clause: re.Match[str]) -> bool:
        """Whether a statement or a fact's name makes this very claim; a plan makes none of deeds."""
        words = grams(clause.group())
        at = clause.start() + word.start()
        planned = self._plans.tells(at)
        said = [s.text for s in self._sheet.statements if planned or s.kind != "计划"]
        texts = (*said, *(f.name + f.note for f in self._sheet.facts))
        return any(
            word.group() in text and len(words & grams(text)) * 2 >= len(words) for text in texts
        )
