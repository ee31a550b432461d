"""Judging what a model wrote: everything wrong with a piece, told so that the model can mend it.

Figures are judged by ``check``, handed in as a callable (writing may not import the checker); the rest
is judged here: slots, lost input, deeds, names, copying, echo, loops, language, orders, form. Literal
figures that ``check`` traces become slots, so that code prints them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from fzwriter.reading import BLANK
from fzwriter.report import CheckReport, Issue, Mention
from fzwriter.writing.form import faults_of_form, shared_run
from fzwriter.writing.lines import Line, sentences_of
from fzwriter.writing.slots import SLOT, Figure, Realised, realise
from fzwriter.writing.support import Support
from fzwriter.writing.tasks import Task
from fzwriter.writing.tidy import Tidier, clean
from fzwriter.writing.words import overlap

_Placed = TypeVar("_Placed", Mention, Issue)
Check = Callable[[str], CheckReport]
_BLOCKING = frozenset(
    {"unknown_name", "unbacked_claim", "wrong_date", "placeholder", "unknown_term"}
)
_TOLD = 0.5  # of a statement's character pairs: then it is told
_MOST_USES = 2
_A_SENTENCE = 7  # characters
_SELF = re.compile(
    r"(?:我|本)(局|县|镇|市|区|乡|街道|委|中心|院|校|厅|办|州|省|单位)(?![一-龥]?级)"
)


@dataclass(frozen=True)
class Verdict:
    """A judged piece.

    Attributes:
        paragraphs: put in form, with slots.
        problems: what is wrong, one Chinese line each, for the model; empty when it stands.
        missing: ids of figures not told.
        untold: texts of statements not told.
        gaps_only: nothing is wrong but that something is missing, or a clause too many at a
            sentence's end; code can mend that.
    """

    paragraphs: tuple[str, ...]
    problems: tuple[str, ...]
    missing: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    gaps_only: bool = False


@dataclass(frozen=True)
class Judge:
    """Judges one task's text.

    Attributes:
        task: what was to be written.
        allowed: the slots it may use.
        support: what it may say.
        check: proves figures.
        words: the profile's words.
        exemplars: the passages the model was shown.
        lines: all it has to tell, in the composer's words.
    """

    task: Task
    allowed: Mapping[str, Figure]
    support: Support
    check: Check
    words: Mapping[str, str]
    exemplars: Sequence[str] = ()
    lines: Sequence[Line] = ()

    def judge(self, paragraphs: Sequence[str], finish: str = "stop") -> Verdict:
        """All that is wrong with an answer's paragraphs."""
        cut = finish == "length"
        texts = Tidier(self.task, self.lines, self.names, self.allowed).tidy(paragraphs, cut=cut)
        if not texts:
            untold = tuple(s.text for s in self.task.statements)
            return Verdict(
                (),
                ("没有写出正文，标题不算；请把材料和数据写成句子", *self._untold(untold)),
                untold=untold,
            )
        whole = "\n".join(texts)
        realised = [realise(text, self.allowed) for text in texts]
        found = self._check(realised)
        missing = tuple(self._missing(found))
        bound = tuple(self._bind(realised, found))
        untold = tuple(self._left_out(whole))
        deeds = tuple(self.support.unbacked("\n".join(bound)))
        gaps = [
            *(f"漏写了数据 {self._label(id_)}" for id_ in missing),
            *self._untold(untold),
        ]
        if gaps and cut:
            gaps.insert(0, "没有写完就断了，请写得简短些，写完整")
        faults = [
            *faults_of_form(whole),
            *self._slots(whole, realised),
            *self._figures(found),
            *self._strangers("\n".join(bound)),
            *self._copied(whole),
            *self._register(whole),
        ]
        loose = [f"“{clause[:40]}”在数据和材料中没有依据，请删去" for clause in deeds]
        mendable = not faults and all(self._is_tail(clause, bound) for clause in deeds)
        problems = tuple(dict.fromkeys((*faults, *loose, *gaps)))
        return Verdict(bound, problems, missing, untold, bool(problems) and mendable)

    def kept(self, paragraphs: Sequence[str]) -> list[str]:
        """The paragraphs without what is wrong in them: clauses too many, sentences at fault."""
        pieces = [[self._without_tails(s) for s in sentences_of(text)] for text in paragraphs]
        bad = self._at_fault(pieces)
        texts, said = [], set[str]()
        for number, sentences in enumerate(pieces):
            kept = []
            for at, sentence in enumerate(sentences):
                slots = SLOT.findall(sentence)
                again = bool(slots) and said.issuperset(slots)
                if not sentence or (number, at) in bad or again or self._spoils(sentence):
                    continue
                said.update(slots)
                kept.append(sentence)
            texts.append("".join(kept))
        return [text for text in texts if text]

    @property
    def names(self) -> dict[str, str]:
        """Names of the figures that the task must tell, by id."""
        named = {f.id: f.name for f in self.task.facts}
        return named | {d.id: d.name for d in self.task.derived}

    # -- parts that may go -------------------------------------------------------------------

    def _is_tail(self, clause: str, texts: Sequence[str]) -> bool:
        return any(f"，{clause}" in text for text in texts)

    def _without_tails(self, sentence: str) -> str:
        """A sentence without the clauses behind its first that claim what the input doesn't hold.

        "" where too little is left to be one (同时。).
        """
        short = sentence
        for clause in self.support.unbacked(sentence):
            short = short.replace(f"，{clause}", "", 1)
        return short if short == sentence or len(short) > _A_SENTENCE else ""

    def _spoils(self, sentence: str) -> bool:
        """Whether a sentence by itself is at fault."""
        return bool(
            next(iter(self.support.unbacked(sentence)), "")
            or any(faults_of_form(sentence))
            or any(self._slots(sentence, [realise(sentence, self.allowed)]))
            or any(self._strangers(sentence))
            or any(self._copied(sentence))
            or any(self._register(sentence))
        )

    def _at_fault(self, pieces: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
        """Paragraph and sentence of each figure that isn't proven where it stands."""
        texts = ["".join(sentences) for sentences in pieces]
        realised = [realise(text, self.allowed) for text in texts]
        found = self._check(realised)
        bad: set[tuple[int, int]] = set()
        start = 0
        for number, (sentences, whole) in enumerate(zip(pieces, realised, strict=True)):
            end = start
            for at, sentence in enumerate(sentences):
                begin, end = end, end + len(realise(sentence, self.allowed).text)
                if any(begin <= issue.start < end for issue in self._blocking(found)):
                    bad.add((number, at))
            start += len(whole.text) + 1
        return bad

    # -- figures -----------------------------------------------------------------------------

    def _head(self) -> str:
        task = self.task
        lines = [f"一、{task.heading}"] + ([f"（一）{task.subheading}"] if task.subheading else [])
        return "\n".join(lines) + "\n"

    def _check(self, realised: Sequence[Realised]) -> CheckReport:
        """The verdict on the text alone, offsets counted from its first paragraph."""
        head = self._head()
        verdict = self.check(head + "\n".join(r.text for r in realised))
        shift = len(head)
        return CheckReport(
            tuple(_moved(m, shift) for m in verdict.mentions if m.start >= shift),
            tuple(_moved(i, shift) for i in verdict.issues if i.start >= shift),
            verdict.omitted,
        )

    def _figures(self, found: CheckReport) -> Iterator[str]:
        for issue in self._blocking(found):
            hint = f"（{issue.suggestion}）" if issue.suggestion else ""
            yield f"{issue.message}{hint}"

    def _blocking(self, found: CheckReport) -> Iterator[Issue]:
        for issue in found.issues:
            if issue.kind == "omitted_fact":
                continue
            if issue.severity != "warning" or issue.kind in _BLOCKING:
                yield issue

    def _missing(self, found: CheckReport) -> list[str]:
        own = {f.id for f in self.task.facts if f.required}
        own |= {d.id for d in self.task.derived if d.required or d.id in self.allowed}
        printed = {id_ for m in found.mentions for id_ in m.sources}
        optional = {d.id for d in self.task.derived if not d.required}
        return [
            id_
            for id_ in self.allowed
            if id_ in own and (id_ in found.omitted or (id_ in optional and id_ not in printed))
        ]

    def _label(self, id_: str) -> str:
        return f"[[{id_}]]（{self.names.get(id_, '')}）"

    def _slots(self, whole: str, realised: Sequence[Realised]) -> Iterator[str]:
        for id_ in dict.fromkeys(id_ for r in realised for id_ in r.unknown):
            yield f"标记 [[{id_}]] 不是这一节的，不能用"
        used = [match.group(1) for match in SLOT.finditer(whole)]
        for id_ in dict.fromkeys(used):
            if used.count(id_) > _MOST_USES:
                yield f"标记 [[{id_}]] 用了 {used.count(id_)} 次，只用一次"

    def _bind(self, realised: Sequence[Realised], found: CheckReport) -> Iterator[str]:
        """The paragraphs with every traced figure as a slot."""
        offset = 0
        for piece in realised:
            end = offset + len(piece.text)
            mine = [_moved(m, offset) for m in found.mentions if offset <= m.start < end]
            yield _rebound(piece, mine, self.allowed)
            offset = end + 1

    # -- words -------------------------------------------------------------------------------

    def _left_out(self, whole: str) -> Iterator[str]:
        plain = SLOT.sub("", whole)
        for statement in self.task.statements:
            if overlap(statement.text, plain) < _TOLD:
                yield statement.text

    def _untold(self, texts: Sequence[str]) -> Iterator[str]:
        for statement in self.task.statements:
            if statement.text in texts:
                yield f"漏写了材料 {statement.id}：{statement.text[:60]}"

    def _strangers(self, whole: str) -> Iterator[str]:
        for name in self.support.strangers(whole):
            yield f"“{name}”是资料中没有的人名或地名，请删去"

    def _copied(self, whole: str) -> Iterator[str]:
        if BLANK.search(whole) or "〔" in whole:
            yield "正文里留有范文的空格〔…〕，请删去这些内容"
        own = "".join(s.text for s in self.task.statements)
        for exemplar in self.exemplars:
            run = shared_run(exemplar, whole, own)
            if run and not self.support.is_common(run):
                yield f"“{run}……”抄自范文，请改用自己的话或删去"

    def _register(self, whole: str) -> Iterator[str]:
        own = {self.words["self"][1:], self.words["area"][-1], self.words["body"], "单位"}
        given = "".join(s.text for s in self.task.statements)
        for match in _SELF.finditer(whole):
            if match.group(1) not in own and match.group() not in given:
                yield f"自称应为“{self.words['self']}”，不是“{match.group()}”"


def _moved(item: _Placed, by: int) -> _Placed:
    return replace(item, start=item.start - by, end=item.end - by)


def _rebound(piece: Realised, mentions: Sequence[Mention], allowed: Mapping[str, Figure]) -> str:
    """Realised text back to slots, literal figures that were traced with them."""
    marks = [(span.start, span.end, span.sources[0]) for span in piece.spans]
    for mention in mentions:
        id_ = mention.sources[0] if len(mention.sources) == 1 else ""
        if id_ not in allowed or mention.status not in ("traced", "derived"):
            continue
        if any(mention.start < end and start < mention.end for start, end, _ in marks):
            continue
        end = _with_unit(piece.text, mention.end, allowed[id_].unit)
        marks.append((mention.start, end, id_))
    text, at = [], 0
    for start, end, id_ in sorted(marks):
        text += [piece.text[at:start], f"[[{id_}]]"]
        at = end
    text.append(piece.text[at:])
    return "".join(text)


def _with_unit(text: str, end: int, unit: str) -> int:
    """One past the measure word behind a numeral: 元 of 万元 where 万 is in the numeral."""
    for start in range(len(unit)):
        if text.startswith(unit[start:], end):
            return end + len(unit) - start
    return end


__all__ = ["Check", "Judge", "Verdict", "clean"]
