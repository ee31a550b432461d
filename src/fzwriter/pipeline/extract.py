"""From an old report to a facts workbook: every figure with its name, topic and sentence.

What is read off a text is a guess; each row is marked 去年数待换 and carries the sentence it came
from. A marked workbook loads; ``facts check`` names the marked rows and no report is written until a
person has brought them up to date and taken the marks away. With ``next_year`` the old figures become last year's, this year's are left
open, so that an old figure can't slip into a new report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from fzwriter.domain import known_kinds
from fzwriter.errors import InputError
from fzwriter.facts import load_catalogue
from fzwriter.facts.derive import plain
from fzwriter.facts.layout import PENDING, STALE
from fzwriter.facts.template import topics_of
from fzwriter.facts.workbook import EVIDENCE, Content, Row
from fzwriter.numbers import find_numbers
from fzwriter.pipeline.naming import Named, name_of
from fzwriter.reading import Passage, SeedReport, read_seeds, split
from fzwriter.reading.numbered import without_item
from fzwriter.reading.sentences import MEMBER, spans
from fzwriter.reading.topics import topic_of
from fzwriter.report import Mention
from fzwriter.units import find_profile, known_types

_DIGITS = 4  # decimals a person writes
_SHORTEST = 8  # characters of a statement
_NO_DEED = re.compile(r"报告如下|汇报如下|特此报告|^(?:主要|具体)?(?:做法|情况|问题)(?:如下|是)")
_CAUSE = re.compile("原因|根子|症结|根源|主要在于|主要是因为|究其")
_ADDRESSEE = re.compile(r"[^。，；]{2,30}[：:]")
_DATE = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")
_KINDS = {
    "成效": "举措", "自身建设": "举措", "亮点": "亮点", "问题": "问题", "计划": "计划",
    "第一责任人": "第一责任人", "其他": "其他",
}  # fmt: skip
_WHOLE = ("问题", "计划", "其他")  # a target or a shortcoming is told in words, with its figures
_GUIDE = (
    "从已有报告摘出的数据：请逐条核对",
    "一、每一行都标着“去年数待换”。换成今年的数和事、核对无误后，删去这个标记；还有标着的行，就不能起草。",
    "二、“原文”是摘出这一行的句子，供核对用，不读取。指标名称、主题、属于都是按原文推断的，请改成本单位的说法。",
    "三、“数值”是原报告那一年的数。要写新一年的报告，请在摘录时加 --next：旧数会放进“上年数”，“数值”留空待填。",
    "四、原文里是区间或分数的，“数值”留空，“备注”里写明，请改成确定的数。",
)


@dataclass(frozen=True)
class Extraction:
    """What was read off a report.

    Attributes:
        title: of the report.
        content: of the workbook.
        figures: how many data figures were found.
        statements: how many statements.
        notices: what the clerk should know, one Chinese line each.
    """

    title: str
    content: Content
    figures: int
    statements: int
    notices: tuple[str, ...] = ()


def extract(path: Path, *, pick: int = 1, next_year: bool = False) -> Extraction:
    """Read a facts workbook off a report.

    Args:
        path: .docx, .txt or .md.
        pick: which report of a file with several, from 1.
        next_year: make the figures last year's.

    Raises:
        InputError: the file can't be read, or has no such report.
    """
    reports = read_seeds(path)
    if not 1 <= pick <= len(reports):
        raise InputError(f"没有第 {pick} 篇报告", path=path, remedy=f"文件里共 {len(reports)} 篇")
    report = reports[pick - 1]
    reader = _Reader(report)
    reader.read()
    facts = [_moved(row) for row in reader.facts] if next_year else reader.facts
    notices = list(report.notices)
    if len(reports) > 1:
        notices.append(f"文件里有 {len(reports)} 篇报告，摘的是第 {pick} 篇；可用 --pick 选择")
    if reader.open:
        notices.append(f"有 {reader.open} 处是区间或分数，数值留空，请按“备注”改成确定的数")
    profile = find_profile(report.unit_type, report.unit, report.level)
    content = Content(
        unit=_unit(report, next_year=next_year),
        rows={"facts": facts, **reader.statements},
        topics=topics_of(profile),
        types=known_types(),
        kinds=known_kinds(),
        guide=_GUIDE,
        year=report.year + next_year if report.year else 0,
    )
    statements = sum(map(len, reader.statements.values()))
    return Extraction(report.title, content, len(reader.facts), statements, tuple(notices))


def _unit(report: SeedReport, *, next_year: bool) -> dict[str, str]:
    addressee = next(
        (p.rstrip("：:") for p in report.paragraphs[:2] if _ADDRESSEE.fullmatch(p)), ""
    )
    unit = {
        "name": report.unit,
        "type": report.unit_type,
        "level": report.level,
        "period": str(report.year + next_year) if report.year else "",
        "kind": report.kind,
        "addressee": addressee,
    }
    if next_year:
        return unit
    date = next((p for p in reversed(report.paragraphs[-3:]) if _DATE.fullmatch(p)), "")
    return {**unit, "title": report.title, "date": date}


def _moved(row: Row) -> Row:
    """The row with its figure as last year's."""
    moved = dict(row)
    if "value" in moved:
        moved["previous"] = moved.pop("value")
    if approx := str(moved.pop("approx", "")):
        moved["note"] = f"上年写作“{approx}”"
    return moved


@dataclass(frozen=True)
class _Stretch:
    """Part of a paragraph that one passage speaks for."""

    start: int
    end: int
    passage: Passage


@dataclass
class _Reader:
    """One pass over a report."""

    report: SeedReport
    facts: list[Row] = field(default_factory=list)
    statements: dict[str, list[Row]] = field(default_factory=dict)
    open: int = 0

    def read(self) -> None:
        """Collect the figures and statements of the whole report."""
        passages = list(split(self.report))
        last: Passage | None = None
        for paragraph in self.report.paragraphs:
            stretches, passages = _stretches(paragraph, passages)
            mentions = [m for m in find_numbers(paragraph) if m.kind == "quantity"]
            for start, end in spans(paragraph, MEMBER):
                passage = _passage_at(start, end, stretches) or (
                    stretches[0].passage if stretches else last
                )
                inside = [_shifted(m, start) for m in mentions if start <= m.start < end]
                self._sentence(paragraph[start:end], inside, passage, bool(stretches))
            last = stretches[-1].passage if stretches else last

    def _sentence(
        self,
        text: str,
        mentions: list[Mention],
        passage: Passage | None,
        told: bool,
    ) -> None:
        """Rows of one sentence; ``told`` is whether its paragraph is text, not a heading."""
        part = passage.part if passage else "成效"
        topic = topic_of(text) or (passage.topic if passage else "")
        topic = topic or load_catalogue().topic_of(text)
        if mentions and part not in _WHOLE:
            self._figures(text, mentions, topic)
            if part in _KINDS and (deed := _deed(text, mentions[0].start)):
                self._state(deed, part, topic, text)
        elif (mentions or told) and (part in _KINDS or mentions):
            self._state(text, part, topic, text)

    def _state(self, text: str, part: str, topic: str, sentence: str) -> None:
        text = without_item(text.strip(" 　")).rstrip(f"{MEMBER} ")
        if len(text) < _SHORTEST or _NO_DEED.search(text):
            return
        kind = _KINDS.get(part, "其他")
        if kind == "问题" and _CAUSE.search(text):
            kind = "原因"
        row: dict[str, str | Decimal] = {"topic": topic, "text": text, PENDING: STALE}
        row[EVIDENCE] = sentence
        self.statements.setdefault(kind, []).append(row)

    def _figures(self, text: str, mentions: list[Mention], topic: str) -> None:
        starts = [*(m.start for m in mentions[1:]), len(text)]
        before: Named | None = None
        total: tuple[Mention, str] | None = None
        last: tuple[Mention, str] | None = None
        at = 0
        for mention, following in zip(mentions, starts, strict=True):
            named = name_of(text, mention, before, following)
            if "其中" in text[at : mention.start]:
                total = last
            row = self._row(named.name, mention, topic, text)
            if total and _is_part(mention, total[0]):
                row["parts_of"] = total[1]
            self.facts.append(row)
            before, at, last = named, mention.end, (mention, str(row["id"]))

    def _row(self, name: str, mention: Mention, topic: str, text: str) -> dict[str, str | Decimal]:
        row: dict[str, str | Decimal] = {
            "id": f"f{len(self.facts) + 1:03d}",
            "topic": topic,
            "name": name,
            "unit": mention.unit,
            "approx": mention.approx,
            PENDING: STALE,
            EVIDENCE: text,
        }
        if (value := _single(mention)) is not None:
            row["value"] = value
        else:
            self.open += 1
            row["note"] = f"原文写作“{mention.text}{mention.unit}”，请改成确定的数"
        return row


def _single(mention: Mention) -> Decimal | None:
    """The one number a figure is; None for ranges and for fractions without end."""
    value = mention.value
    if not isinstance(value, Decimal):
        return None
    decimals = len(f"{value:f}".partition(".")[2].rstrip("0"))
    return Decimal(plain(value)) if decimals <= _DIGITS else None


def _is_part(mention: Mention, total: Mention) -> bool:
    one, whole = mention.base_value, total.base_value
    return (
        isinstance(one, Decimal)
        and isinstance(whole, Decimal)
        and not mention.approx
        and not total.approx
        and one <= whole
        and load_catalogue().same_unit(mention.unit, total.unit)
        and bool(mention.unit) == bool(total.unit)
    )


def _shifted(mention: Mention, offset: int) -> Mention:
    return replace(mention, start=mention.start - offset, end=mention.end - offset)


def _deed(text: str, first: int) -> str:
    """The clauses of a sentence in front of the one with its first figure."""
    cut = max(text.rfind(edge, 0, first) for edge in "，：,:")
    return text[:cut] if cut >= _SHORTEST else ""


def _stretches(paragraph: str, passages: list[Passage]) -> tuple[list[_Stretch], list[Passage]]:
    """The passages that stand in a paragraph, and those that are left."""
    found: list[_Stretch] = []
    at = 0
    while passages and (start := paragraph.find(passages[0].text, at)) >= 0:
        at = start + len(passages[0].text)
        found.append(_Stretch(start, at, passages[0]))
        passages = passages[1:]
    return found, passages


def _passage_at(start: int, end: int, stretches: list[_Stretch]) -> Passage | None:
    for stretch in stretches:
        if stretch.start < end and start < stretch.end:
            return stretch.passage
    return None
