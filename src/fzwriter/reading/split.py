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

from fzwriter.domain import only_ahead
from fzwriter.reading.headings import blocks
from fzwriter.reading.numbered import item_numbers
from fzwriter.reading.sentences import MEMBER, sentences
from fzwriter.reading.source import SeedReport
from fzwriter.reading.topics import topic_of

LONGEST = 300
SHORTEST = 10  # 特此报告。 and the like serve nobody as an exemplar
PARTS = ("导语", "成效", "亮点", "自身建设", "问题", "第一责任人", "计划", "其他")

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
_AHEAD = re.compile("下一步|下步|今后|将")
_LEADER = re.compile(
    "[^。，；]{0,12}(?:书记|局长|[镇乡县区市]长|主任|主要负责(?:人|同志))[^。，；]{0,8}履行[^。，；]{0,16}第一责任人"
)


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


def searched_text(passage: Passage) -> str:
    """What of a passage is embedded and indexed: its headings tell what a bare item doesn't."""
    return "\n".join((*passage.path, passage.text))


@dataclass(frozen=True)
class Section:
    """What stands under one first-level heading, or before the first of them (heading "")."""

    heading: str
    passages: tuple[Passage, ...]


def split(report: SeedReport) -> tuple[Passage, ...]:
    """All passages of a report in order."""
    passages: list[Passage] = []
    found = list(blocks(report.paragraphs, report.unit))
    without_headings = not any(block.path for block in found)
    for block in found:
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
    if _LEADER.match(text) and not re.search("问题|不足|下步|下一步|计划|安排", path[0]):
        return "第一责任人"
    outer = _heading_part(path[0], text) or ("计划" if only_ahead(kind) else "成效")
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


# Paragraphs into pieces.


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    for role, part in _items(text):
        for number, piece in enumerate(_parted(part)):
            if len(piece) >= SHORTEST:
                yield ("续" if number else role), piece


def _items(text: str) -> Iterator[tuple[str, str]]:
    """A paragraph's opening and its 一是/二是 items, without their numbers."""
    starts = item_numbers(text)
    if not starts:
        yield "段落", text
        return
    if opening := text[: starts[0].start()].strip():
        yield "总起", opening
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=True):
        yield "分项", text[match.end() : end].strip()


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
    for sentence in sentences(text, MEMBER):
        if len(sentence) <= LONGEST:
            yield sentence
            continue
        for clause in sentences(sentence, "，、"):
            yield from (clause[at : at + LONGEST] for at in range(0, len(clause), LONGEST))
