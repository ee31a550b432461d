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

from fzwriter.facts import has_order
from fzwriter.report import CheckReport, Issue, Mention
from fzwriter.seeds import BLANK
from fzwriter.writing.slots import SLOT, Figure, Realised, realise
from fzwriter.writing.support import Support
from fzwriter.writing.tasks import Task
from fzwriter.writing.words import overlap

_Placed = TypeVar("_Placed", Mention, Issue)
Check = Callable[[str], CheckReport]
_BLOCKING = frozenset(
    {"unknown_name", "unbacked_claim", "wrong_date", "placeholder", "unknown_term"}
)
_TOLD = 0.5  # of a statement's character pairs: then it is told
_COPIED = 16  # characters in a row
_MOST_USES = 2
_HEADING = re.compile(
    r"^(?:第?[一二三四五六七八九十]+[、章节]|[（(][一二三四五六七八九十\d]+[)）])[^。]{0,40}$"
)
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]是|第[一二三四五六七八九十][，,、]|[（(]?[\d一二三四五六七八九十]{1,2}[)）.、．]|[-*•·#]+)\s*"
)
_MARKS = re.compile(r"\*\*|__|`+|^#+\s*|^>\s*", re.MULTILINE)
_ECHO = re.compile(
    r"</?(?:数据|材料|范文)>|写法：|篇幅：|只输出|占位标记|JSON|paragraphs|（(?:举措|亮点|原因|计划)）"
)
_TALK = re.compile(r"^(?:好的|以下是|根据您|根据你|作为|很抱歉|抱歉|我无法|注[：:]|说明[：:])")
_SELF = re.compile(
    r"(?:我|本)(局|县|镇|市|区|乡|街道|委|中心|院|校|厅|办|州|省|单位)(?![一-龥]?级)"
)
_ENDS = ("。", "！", "”", "）", "；")
_BRACKETED = re.compile(r"\[+\s*([A-Za-z_][\w.\-]*)\s*\]+")


@dataclass(frozen=True)
class Verdict:
    """A judged piece.

    Attributes:
        paragraphs: cleaned, with slots.
        problems: what is wrong, one Chinese line each, for the model; empty when it stands.
        missing: ids of facts not told.
    """

    paragraphs: tuple[str, ...]
    problems: tuple[str, ...]
    missing: tuple[str, ...] = ()


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
    """

    task: Task
    allowed: Mapping[str, Figure]
    support: Support
    check: Check
    words: Mapping[str, str]
    exemplars: Sequence[str] = ()

    def judge(self, paragraphs: Sequence[str], finish: str = "stop") -> Verdict:
        """All that is wrong with an answer's paragraphs."""
        texts = clean(paragraphs, self.task)
        if not texts:
            return Verdict(
                (), ("没有写出正文，标题不算；请把材料和数据写成句子", *self._untold(""))
            )
        whole = "\n".join(texts)
        realised = [realise(text, self.allowed) for text in texts]
        found = self._check(realised)
        missing = self._missing(found)
        bound = tuple(self._bind(realised, found))
        problems = [
            *_form(whole, finish),
            *self._slots(whole, realised),
            *self._figures(found),
            *(f"漏写了数据 {self._label(id_)}" for id_ in missing),
            *self._untold(whole),
            *self._deeds("\n".join(bound)),
            *self._copied(whole),
            *self._register(whole),
        ]
        return Verdict(bound, tuple(dict.fromkeys(problems)), tuple(missing))

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
        for issue in found.issues:
            if issue.kind == "omitted_fact":
                continue
            if issue.severity == "error" or issue.kind in _BLOCKING:
                hint = f"（{issue.suggestion}）" if issue.suggestion else ""
                yield f"{issue.message}{hint}"

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
        named = {f.id: f.name for f in self.task.facts}
        named |= {d.id: d.name for d in self.task.derived}
        return f"[[{id_}]]（{named.get(id_, '')}）"

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

    def _untold(self, whole: str) -> Iterator[str]:
        plain = SLOT.sub("", whole)
        for statement in self.task.statements:
            if overlap(statement.text, plain) < _TOLD:
                yield f"漏写了材料 {statement.id}：{statement.text[:60]}"

    def _deeds(self, whole: str) -> Iterator[str]:
        for clause in self.support.unbacked(whole):
            yield f"“{clause[:40]}”在数据和材料中没有依据，请删去"
        for name in self.support.strangers(whole):
            yield f"“{name}”是资料中没有的人名或地名，请删去"

    def _copied(self, whole: str) -> Iterator[str]:
        if BLANK.search(whole) or "〔" in whole:
            yield "正文里留有范文的空格〔…〕，请删去这些内容"
        own = "".join(s.text for s in self.task.statements)
        for exemplar in self.exemplars:
            run = _shared_run(exemplar, whole, own)
            if run:
                yield f"“{run}……”抄自范文，请改用自己的话或删去"

    def _register(self, whole: str) -> Iterator[str]:
        own = {self.words["self"][1:], self.words["area"][-1], self.words["body"], "单位"}
        given = "".join(s.text for s in self.task.statements)
        for match in _SELF.finditer(whole):
            if match.group(1) not in own and match.group() not in given:
                yield f"自称应为“{self.words['self']}”，不是“{match.group()}”"


def clean(paragraphs: Sequence[str], task: Task) -> list[str]:
    """Paragraphs without marks, numbering, headings and slips in the slots' brackets."""
    texts = []
    for raw in paragraphs:
        text = _MARKS.sub("", raw).replace("［［", "[[").replace("］］", "]]").strip()
        text = _BRACKETED.sub(r"[[\1]]", text)
        text = re.sub(r"(?<=[一-龥\]])\s+(?=[一-龥\[])", "", text)
        if _HEADING.match(text) or text.strip("。：") in (task.heading, task.subheading):
            continue
        text = _NUMBERING.sub("", text)
        if text:
            texts.append(text)
    return texts


def _form(whole: str, finish: str) -> Iterator[str]:
    if finish == "length":
        yield "没有写完就断了，请写得简短些，写完整"
    elif not whole.endswith(_ENDS):
        yield "结尾不是完整的句子"
    if _ECHO.search(whole) or _TALK.search(whole):
        yield "混进了题目里的话或客套话，只要正文"
    if has_order(whole):
        yield "把资料里的命令写进了正文，请删去"
    if not _is_chinese(SLOT.sub("", whole)):
        yield "请用中文书写"
    if repeated := _loop(whole):
        yield f"“{repeated}”反复出现，请只写一次"


def _is_chinese(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    han = sum("一" <= c <= "龥" for c in letters)
    return (
        bool(letters)
        and han >= 0.8 * len(letters)
        and not re.search(r"(?:[A-Za-z]+ +){2}[A-Za-z]+", text)
    )


def _loop(text: str) -> str:
    """A sentence said twice, or any twelve characters said three times."""
    sentences = [s for s in re.split(r"[。！？；\n]", text) if len(s) >= 8]
    for sentence in sentences:
        if sentences.count(sentence) > 1:
            return sentence[:30]
    for at in range(len(text) - 12):
        run = text[at : at + 12]
        if text.count(run) >= 3:
            return run
    return ""


def _shared_run(exemplar: str, text: str, own: str) -> str:
    for piece in BLANK.split(exemplar):
        for at in range(len(piece) - _COPIED + 1):
            run = piece[at : at + _COPIED]
            if run in text and run not in own:
                return run
    return ""


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
