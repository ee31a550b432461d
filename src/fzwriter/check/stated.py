"""What the text says beside what a statement of the input says: plans, ranks, dates, levels, honours.

A clause of the text is laid beside the clause of a statement that shares most of its words. Words of
one closed sort must then agree, and what is planned must not be told as done.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fzwriter.check.context import Contexts
from fzwriter.check.genre import contrast, either
from fzwriter.check.planned import Plans
from fzwriter.check.referents import grams
from fzwriter.check.sorts import SORTS, Sort, find_sorts
from fzwriter.check.verdict import CONFIRM
from fzwriter.facts import FactSheet, Statement
from fzwriter.facts.lint_common import quoted
from fzwriter.report import Issue

_PIECE = re.compile(r"[^，。；！？\n：,;]+")
_DONE = re.compile(
    r"已经?(?!成为)|完成了?|建成|拿下|实现了|落地见效|全面铺开了|顺利|圆满|如期|取得|通过了"
)
# Words that tell a deed even among plans, where 完成 and 取得 are orders.
_FIRM = re.compile(r"已|了|拿下")
_AWARD = re.compile(
    rf"""{either("award")}
    | 获得[^，。；]{{0,12}}(?:称号|奖|表彰|表扬|肯定)
    | 获[^，。；]{{0,10}}(?:表扬|表彰|批示|肯定|推广|奖) | 获[^，。；]{{0,10}}命名
    | 居[^，。]{{0,6}}前列 | 第一(?=名|位|，|。|$) | 列为[^，。；]{{0,8}}示范""",
    re.VERBOSE,
)
_STRIVEN = re.compile(either("striven"))
# Share of words from which a clause retells a statement's; from which it says the very same.
_ALIGNED = 0.42
_CLOSE = 0.6
_SHARED = 3
_QUOTED = 40


@dataclass(frozen=True)
class _Clause:
    """A clause of a statement."""

    statement: Statement
    text: str
    words: frozenset[str]


@dataclass(frozen=True)
class _Piece:
    """A clause of the text beside the clauses of statements that it retells, the closest first."""

    text: str
    start: int
    sentence: str
    words: frozenset[str]
    close: Sequence[tuple[float, _Clause]] = ()
    planned: bool = False

    @property
    def nearest(self) -> Statement:
        """The statement it retells."""
        return self.close[0][1].statement

    def does(self) -> str:
        """The word that tells a deed, "" where there is none, or only an order among plans."""
        done = _DONE.search(self.text)
        if not done or (self.planned and not _FIRM.search(done.group())):
            return ""
        return done.group()

    @property
    def same(self) -> bool:
        """Whether it says the very same."""
        return bool(self.close) and self.close[0][0] >= _CLOSE

    def issue(self, word: str, at: int, kind: str, message: str) -> Issue:
        """A doubt about a word of it."""
        start = self.start + at
        return Issue(start, start + len(word), kind, "doubt", message, CONFIRM)


class Stated:
    """The statements of one sheet, indexed by their words; serves any number of texts."""

    def __init__(self, sheet: FactSheet) -> None:
        self._statements = sheet.statements
        self._clauses: list[_Clause] = []
        self._own_years = (str(sheet.period.year), str(sheet.period.year + 1))
        self._index: dict[str, list[int]] = {}
        self._owner: list[int] = []
        for number, statement in enumerate(sheet.statements):
            for match in _PIECE.finditer(statement.text):
                words = grams(match.group())
                for word in words:
                    self._index.setdefault(word, []).append(len(self._clauses))
                self._owner.append(number)
                self._clauses.append(_Clause(statement, match.group(), words))
        self._facts = "\n".join(f.name + f.note + "".join(f.aliases) for f in sheet.facts)
        self._said = "\n".join(s.text for s in sheet.statements)

    def find(
        self, text: str, contexts: Contexts, plans: Plans, proved: Sequence[int]
    ) -> Iterator[Issue]:
        """Where the text and a statement that it retells differ in a word of a closed sort.

        Args:
            text: the report.
            contexts: of it.
            plans: what it tells as plans.
            proved: starts of its figures that stand for facts, in order; their clauses tell deeds.
        """
        for match in _PIECE.finditer(text):
            start, end = contexts.sentence_bounds(match.start())
            words = grams(match.group())
            piece = _Piece(match.group(), match.start(), text[start:end], words)
            at = bisect_left(proved, match.start())
            if at < len(proved) and proved[at] < match.end():
                yield from self._unbacked(piece)
                continue
            close = self._closest(words)
            planned = plans.tells(match.start())
            piece = _Piece(piece.text, piece.start, piece.sentence, words, close, planned)
            yield from self._retold(piece) if close else self._retold_loosely(piece)
            yield from self._unbacked(piece)

    # -- which statement -----------------------------------------------------------------------

    def _closest(self, words: frozenset[str]) -> list[tuple[float, _Clause]]:
        """Clauses of statements that say what the words say, the closest first."""
        shared: Counter[int] = Counter()
        for word in sorted(words):
            shared.update(self._index.get(word, ()))
        found = []
        for number, count in shared.items():
            clause = self._clauses[number]
            likeness = count / max(4, min(len(words), len(clause.words)))
            if count >= _SHARED and likeness >= _ALIGNED:
                found.append((likeness, clause))
        found.sort(key=lambda pair: -pair[0])
        return found[:4]

    def _nearest(self, words: frozenset[str]) -> tuple[Statement | None, int]:
        """The statement that shares most of the words, and how many it shares."""
        shared: Counter[int] = Counter()
        for word in words:
            shared.update({self._owner[i] for i in self._index.get(word, ())})
        if not shared:
            return None, 0
        number, count = min(shared.items(), key=lambda item: (-item[1], item[0]))
        return self._statements[number], count

    # -- a clause that retells one of a statement ----------------------------------------------

    def _retold(self, piece: _Piece) -> Iterator[Issue]:
        told = "\n".join(clause.statement.text for _, clause in piece.close)
        for sort in SORTS:
            wanted = sort.of(piece.close[0][1].text if sort.years else piece.nearest.text)
            if wanted and not sort.of(piece.text) & wanted:
                yield from self._of_sort(piece, sort, wanted, told)
        if piece.same:
            yield from _turned(piece)
        if (issue := _plan_as_deed(piece)) is not None:
            yield issue

    def _of_sort(self, piece: _Piece, sort: Sort, wanted: set[str], told: str) -> Iterator[Issue]:
        """Errors where the clause has other words of a sort than the statement."""
        right = "、".join(sorted(wanted))
        for match in sort.pattern.finditer(piece.text):
            said = match.group()
            placed = piece.text[match.start() : match.end() + 1]  # 省委 of 县委和省委
            if said in sort.of(told) or placed in told or said in self._facts:
                continue
            if sort.years and not piece.same:
                continue
            yield Issue(
                piece.start + match.start(),
                piece.start + match.end(),
                sort.kind,
                "error",
                f"文字材料中是{_quoted(piece.nearest)}，此处把“{right}”写成了“{said}”",
                f"请改回“{right}”",
            )

    # -- a sentence that retells a statement in other words ------------------------------------

    def _retold_loosely(self, piece: _Piece) -> Iterator[Issue]:
        told = list(find_sorts(piece.text))
        done = piece.does()
        if not told and not done:
            return
        best, shared = self._nearest(grams(piece.sentence) if told else piece.words)
        if best is None:
            return
        if done and shared >= 2 and self._may_be_plan(piece, best, done):
            message = f"{_quoted(best)}在文字材料中是计划，此处似乎写成了已经做到的事"
            yield piece.issue(piece.text, 0, "contradiction", message)
        for sort, match in told if shared >= _SHARED else ():
            said, wanted = match.group(), sort.of(best.text)
            if not wanted or said in wanted or self._is_known(sort, said):
                continue
            right = "、".join(sorted(wanted))
            message = f"文字材料中是{_quoted(best)}，此处“{said}”与“{right}”不同"
            yield piece.issue(said, match.start(), sort.kind, message)

    def _may_be_plan(self, piece: _Piece, best: Statement, done: str) -> bool:
        """Whether the clause tells as done what a statement plans."""
        if best.kind != "计划" or done in best.text:
            return False
        return self._nearest(piece.words)[0] is best

    def _is_known(self, sort: Sort, said: str) -> bool:
        """Whether a word of a sort stands somewhere in the input, or is the report's own year."""
        own = sort.years and said in self._own_years
        return own or said in self._facts or said in self._said

    # -- honours -------------------------------------------------------------------------------

    def _unbacked(self, piece: _Piece) -> Iterator[Issue]:
        """An honour or a first place that neither statement nor fact holds."""
        match = _AWARD.search(piece.text)
        if not match or _STRIVEN.search(piece.text):
            return
        said = match.group()
        if said in self._facts:
            return
        if piece.close:
            told = [clause.statement.text for _, clause in piece.close]
            graded = re.search("等奖|第|居|最|首|唯一|独", said)
            if any(said in text or (not graded and _AWARD.search(text)) for text in told):
                return
        elif said in self._said and len(piece.words) < 6:
            return
        message = f"“{piece.text}”讲的是荣誉或名次，数据文件中没有依据"
        start = piece.start + match.start()
        advice = "请核对；确有其事的，请先写进文字材料"
        yield Issue(start, start + len(said), "unbacked_claim", "doubt", message, advice)


def _turned(piece: _Piece) -> Iterator[Issue]:
    """A doubt where the clause has a word of the genre that excludes the statement's."""
    told = piece.close[0][1].text
    turned = contrast((told,), piece.text)
    if turned is None or turned.group == "level" or turned.own in piece.sentence:
        return
    message = f"文字材料中是{quoted(told)}，此处写成“{turned.other}”"
    at = piece.text.find(turned.other)
    yield piece.issue(turned.other, at, "contradiction", message)


def _plan_as_deed(piece: _Piece) -> Issue | None:
    """An error where what a statement plans is told as done."""
    best = piece.nearest
    if best.kind != "计划":
        return None
    if any(clause.statement.kind not in ("计划", "问题", "原因") for _, clause in piece.close):
        return None
    done = piece.does()
    if not done or done in best.text:
        return None
    return Issue(
        piece.start,
        piece.start + len(piece.text),
        "contradiction",
        "error",
        f"{_quoted(best)}在文字材料中是计划，此处写成了已经做到的事",
        "请改写成计划；确已做到的，请先写进文字材料",
    )


def _quoted(statement: Statement) -> str:
    return quoted(statement.text[:_QUOTED])
