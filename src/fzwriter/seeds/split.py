"""From a report to sections and passages.

A passage is a paragraph, or one 一是/二是 item of it, of at most ``LONGEST`` characters; longer
ones are parted at sentence ends. Headings don't stand in the text: they form the passage's
``path``, run-in headings (“（一）坚持……。正文”) too. Every passage is filed under the part of the
report it belongs to and under a topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fzwriter.seeds.source import SeedReport
from fzwriter.seeds.topics import topic_of

LONGEST = 300
SHORTEST = 10  # 特此报告。 and the like serve nobody as an exemplar
PARTS = ("导语", "成效", "亮点", "自身建设", "问题", "第一责任人", "计划", "其他")

_HEADING_CHARS = 45
_SENTENCE_CHARS = 30  # a numbered sentence longer than that is text, though nothing follows it
_DIGITS = "一二三四五六七八九十"
_LEVELS = (
    re.compile(rf"(?:第?[{_DIGITS}]{{1,3}}(?:、|部分))[ 　]*"),
    re.compile(rf"[（(][{_DIGITS}]{{1,3}}[）)][、.]?[ 　]*"),
    re.compile(r"\d{1,2}[.．、](?!\d)[ 　]*"),
    re.compile(r"[（(]\d{1,2}[）)][ 　]*"),
)
_ITEM = re.compile(rf"(?:([{_DIGITS}]{{1,2}})是|其([{_DIGITS}])[，、])")
_ITEM_EDGE = re.compile("[。；;：:，,！？]$")
_ADDRESSEE = re.compile(r"[^。，；]{2,30}[：:]$")
_SIGN_OFF = re.compile(
    r"(?:20\d\d年\d{1,2}月\d{1,2}日|[〇零○二一三四五六七八九十年月日]{6,})$|(?:特|专)此(?:报告|汇报)"
)
_SENTENCE = re.compile(r"[^。；！？]*[。；！？]+[”’）]*|[^。；！？]+$")
_CLAUSE = re.compile(r"[^，、]*[，、]|[^，、]+$")

_PART_WORDS = (
    ("第一责任人", re.compile("第一责任人|主要负责人.{0,8}履行")),
    ("成效", re.compile("完成情况|工作总结|成效|举措|做法")),
    ("问题", re.compile("问题|不足|短板|困难|差距|薄弱环节")),
    (
        "计划",
        re.compile("下步|下一步|下一阶段|今后|打算|计划|思路|要点|工作安排|年(?:度)?.{0,12}安排"),
    ),
    ("亮点", re.compile("亮点|特色|改革创新|创新做法|典型经验")),
    ("自身建设", re.compile("自身建设|清廉|党风廉政|从严治党")),
    ("其他", re.compile("其他.{0,6}(?:情况|事项)")),
)
_INNER_PARTS = ("第一责任人", "问题", "计划", "亮点", "自身建设", "其他")
_FIXED_PARTS = ("问题", "计划", "第一责任人", "亮点", "自身建设", "其他")
_PLAN_KINDS = re.compile("^工作(?:计划|要点|安排|思路)$")
_AHEAD = re.compile("下一步|下步|今后|将")


@dataclass(frozen=True)
class Passage:
    """A stretch of a report that can serve as an exemplar.

    Attributes:
        seed: name of the report.
        index: place among the report's passages, from 0.
        part: 导语 成效 亮点 自身建设 问题 第一责任人 计划 其他.
        path: headings above it, the outermost first, without their numbers.
        topic: canonical topic, or "".
        text: one paragraph or item.
        role: 段落, 总起 (before the items), 分项 (an item), 续 (a long one's later piece).
        unit_type: of the report.
        kind: of the report.
    """

    seed: str
    index: int
    part: str
    path: tuple[str, ...]
    topic: str
    text: str
    role: str
    unit_type: str = ""
    kind: str = ""

    @property
    def id(self) -> str:
        """Unique in a library."""
        return f"{self.seed}:{self.index:04d}"


@dataclass(frozen=True)
class Section:
    """What stands under one first-level heading, or before the first of them (heading "")."""

    heading: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class _Block:
    path: tuple[str, ...]
    text: str


def split(report: SeedReport) -> tuple[Passage, ...]:
    """All passages of a report in order."""
    passages: list[Passage] = []
    blocks = list(_blocks(report))
    without_headings = not any(block.path for block in blocks)
    for block in blocks:
        opening = not passages or not without_headings
        for role, text in _pieces(block.text):
            passages.append(
                Passage(
                    seed=report.name,
                    index=len(passages),
                    part=part_of(block.path, text, report.kind, opening=opening),
                    path=block.path,
                    topic=topic_of(text, _matter(block.path)),
                    text=text,
                    role=role,
                    unit_type=report.unit_type,
                    kind=report.kind,
                )
            )
    return tuple(passages)


def sections(passages: tuple[Passage, ...]) -> tuple[Section, ...]:
    """Passages grouped under their first-level headings, in order."""
    grouped: dict[str, list[Passage]] = {}
    for passage in passages:
        grouped.setdefault(passage.path[0] if passage.path else "", []).append(passage)
    return tuple(Section(heading, tuple(members)) for heading, members in grouped.items())


def part_of(path: tuple[str, ...], text: str, kind: str = "", *, opening: bool = True) -> str:
    """The part of a report that a passage belongs to.

    The first-level heading decides; under one on results (成效, 工作总结), an inner heading may.
    Without a heading it is the preamble, unless the whole report has none (``opening`` false).
    """
    if not path:
        return "导语" if opening else "计划" if _AHEAD.match(text) else "成效"
    outer = _heading_part(path[0], text) or ("计划" if _PLAN_KINDS.match(kind) else "成效")
    if outer in _FIXED_PARTS:
        return outer
    for heading in reversed(path[1:]):
        inner = _heading_part(heading, text)
        if inner in _INNER_PARTS and not _is_about(inner, heading):
            return inner
    return outer


def _matter(path: tuple[str, ...]) -> str:
    """The innermost heading, if it names a matter and not just a part of the report."""
    return path[-1] if path and _heading_part(path[-1], "") in ("", "第一责任人") else ""


def _heading_part(heading: str, text: str) -> str:
    found = [part for part, pattern in _PART_WORDS if pattern.search(heading)]
    if {"问题", "计划"} <= set(found):
        return "计划" if _AHEAD.search(text[:30]) else "问题"
    return found[0] if found else ""


def _is_about(part: str, heading: str) -> bool:
    """强化问题整改, 创新普法计划: an inner heading that only speaks of a problem or a plan."""
    return part in ("问题", "计划") and not re.search("存在|不足|下步|下一步|打算|思路", heading)


# Headings.


def _blocks(report: SeedReport) -> Iterator[_Block]:
    """The body's paragraphs, each with the headings above it."""
    path: list[tuple[int, str]] = []
    paragraphs = [text for text in report.paragraphs if not _SIGN_OFF.match(text)]
    for index, text in enumerate(paragraphs):
        if text == report.unit or (not path and _ADDRESSEE.fullmatch(text) and index < 2):
            continue
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else ""
        level, heading, rest = _heading(text, following)
        if heading:
            path = [entry for entry in path if entry[0] < level] + [(level, heading)]
        if rest:
            yield _Block(tuple(entry[1] for entry in path), rest)


def _heading(text: str, following: str) -> tuple[int, str, str]:
    """Level, heading and what follows it in the paragraph; level 0 and "" without a heading."""
    for level, pattern in enumerate(_LEVELS, 1):
        if match := pattern.match(text):
            body = text[match.end() :]
            heading, rest = _lead(body)
            if heading and not rest and body.endswith("。"):
                alone = not following or pattern.match(following) is not None
                heading = "" if alone or len(heading) > _SENTENCE_CHARS else heading
            return (level, heading, rest) if heading else (0, "", body)
    if text.startswith("——"):
        return 0, "", text.lstrip("—")
    bare = len(text) <= _HEADING_CHARS and not re.search("[。；：！？]", text)
    if bare and following and any(pattern.match(following) for pattern in _LEVELS[1:]):
        return 1, text, ""  # a heading that lost its number
    return 0, "", text


def _lead(text: str) -> tuple[str, str]:
    """A heading and the text run in behind it: up to the first full stop, or to 一是."""
    stop = re.search("[。；：！？]", text)
    end = stop.start() if stop else len(text)
    first = _ITEM.search(text, 0, end)
    if first and (first[1] or first[2]) == "一" and first.start() > 1:
        return text[: first.start()].rstrip("，"), text[first.start() :]
    if end > _HEADING_CHARS or (stop and stop[0] in "；？！"):
        return "", text
    return text[:end], text[end + 1 :]


# Paragraphs into pieces.


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    for role, part in _items(text):
        for number, piece in enumerate(_parted(part)):
            if len(piece) >= SHORTEST:
                yield ("续" if number else role), piece


def _items(text: str) -> Iterator[tuple[str, str]]:
    """A paragraph's opening and its 一是/二是 items, without their numbers."""
    starts: list[re.Match[str]] = []
    for match in _ITEM.finditer(text):
        number = _value(match[1] or match[2])
        at_edge = match.start() == 0 or _ITEM_EDGE.search(text[: match.start()])
        follows = number == _value(starts[-1][1] or starts[-1][2]) + 1 if starts else True
        if at_edge and follows and (starts or number == 1 or match.start() == 0):
            starts.append(match)
    if not starts:
        yield "段落", text
        return
    if opening := text[: starts[0].start()].strip():
        yield "总起", opening
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=True):
        yield "分项", text[match.end() : end].strip()


def _value(numeral: str) -> int:
    tens, _, units = numeral.rpartition("十")
    value = _DIGITS.index(units) + 1 if units else 0
    if "十" in numeral:
        value += 10 * (_DIGITS.index(tens) + 1 if tens else 1)
    return value


def _parted(text: str) -> list[str]:
    """A text in pieces of at most ``LONGEST`` characters, of about the same length."""
    if len(text) <= LONGEST:
        return [text]
    goal = len(text) / -(-len(text) // LONGEST)
    pieces = [""]
    for unit in _units(text):
        last = pieces[-1]
        if last and (len(last) + len(unit) > LONGEST or len(last) >= goal):
            pieces.append(unit)
        else:
            pieces[-1] = last + unit
    return pieces


def _units(text: str) -> Iterator[str]:
    """Sentences; clauses of a sentence that is too long; stretches of a clause that is too long."""
    for sentence in _SENTENCE.findall(text):
        if len(sentence) <= LONGEST:
            yield sentence
            continue
        for clause in _CLAUSE.findall(sentence):
            yield from (clause[at : at + LONGEST] for at in range(0, len(clause), LONGEST))
