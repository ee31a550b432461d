"""Scorers of form: the parts and their order, headings and numbers, the layout of the Word file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fzwriter.domain import kinds
from fzwriter.evaluation.scorers.base import Score, Subject, share, unscored
from fzwriter.reading import outline
from fzwriter.reading.headings import Heading, faults
from fzwriter.reading.numbered import without_number

_SHOWN = 5
_NUMBER = 8  # characters that a heading's number and stop take at most
# What a first-level heading announces; the first that matches.
_PARTS = (
    ("第一责任人", r"第一责任人|主要负责人.*职责"),
    ("问题", r"问题|不足|短板|差距|困难|薄弱|弱项|成因|欠缺"),
    ("计划", r"计划|打算|安排|思路|要点|下一?步|下一年|今后|来年|明年|考虑|谋划|努力方向"),
    ("亮点", r"亮点|创新|特色"),
    ("自身建设", r"自身建设|党风廉政|从严治党"),
    ("其他", r"其他"),
)


def part_of(heading: str) -> str:
    """The part of a report that a first-level heading announces; 成效 for all else.

    A heading in two halves (深化改革创新，优化营商环境) tells of work, whatever words it has.
    """
    parts = _PARTS[:1] if "，" in heading else _PARTS
    return next((part for part, pattern in parts if re.search(pattern, heading)), "成效")


def structure(subject: Subject) -> Score:
    """Share of structural demands met.

    Title; an opening before the first heading; each mandatory part of the document kind, or each
    heading of an outline handed down, word for word; their order; numbers without a gap.
    """
    paragraphs = subject.paragraphs
    headings = outline(paragraphs[1:], subject.sheet.unit.name)
    demands = list(_demands(subject, paragraphs, headings))
    unmet = [what for what, met in demands if not met]
    why = f"要求 {len(demands)} 项" + (
        f"，不合 {len(unmet)} 项：{'；'.join(unmet[:_SHOWN])}" if unmet else "，都合"
    )
    return share(len(demands) - len(unmet), len(demands), why, unmet=unmet)


def _demands(
    subject: Subject, paragraphs: Sequence[str], headings: Sequence[Heading]
) -> Iterator[tuple[str, bool]]:
    title = re.sub(r"\s", "", subject.plan.title)
    yield "有标题", bool(paragraphs) and _same_title(paragraphs[0], title)
    first = [h for h in headings if h.level == 1]
    start = first[0].paragraph if first else 0
    yield "标题下有导语", any(len(p) >= 30 for p in paragraphs[1 : start + 1])
    given = [without_number(line) for line in subject.sheet.document.outline]
    if given:
        yield from _outlined(given, [h.text for h in first])
    else:
        yield from _usual(subject, [part_of(h.text) for h in first])
    gaps = [label for _, what, label in faults(headings) if "编号" in what]
    yield f"标题编号连贯（{'、'.join(gaps[:2])}）" if gaps else "标题编号连贯", not gaps
    yield "各标题下有正文", bool(first) and not _empty(headings, paragraphs[1:])


def _same_title(text: str, title: str) -> bool:
    return re.sub(r"\s", "", text).lstrip("#") == title


def _outlined(given: Sequence[str], present: Sequence[str]) -> Iterator[tuple[str, bool]]:
    for heading in given:
        yield f"提纲“{heading}”照录", heading in present
    found = [present.index(h) for h in given if h in present]
    yield "次序同提纲", found == sorted(found) and len(found) == len(given)


def _usual(subject: Subject, parts: Sequence[str]) -> Iterator[tuple[str, bool]]:
    kind = kinds()[subject.plan.kind]
    for part in kind.mandatory:
        yield f"有“{part}”部分", part in parts
    order = [part for part in kind.parts if part != "导语"]
    told = [order.index(part) for part in parts if part in order]
    yield "各部分次序", bool(told) and told == sorted(told)


def _empty(headings: Sequence[Heading], paragraphs: Sequence[str]) -> bool:
    """Whether a heading has neither text nor lower headings before the next one."""
    for heading, after in zip(headings, [*headings[1:], None], strict=True):
        run_in = len(paragraphs[heading.paragraph]) > len(heading.text) + _NUMBER
        if run_in or (after is not None and after.level > heading.level):
            continue
        end = after.paragraph if after is not None else len(paragraphs)
        if end == heading.paragraph + 1:
            return True
    return False


def layout(subject: Subject) -> Score:
    """Faults of the Word file against GB/T 9704, by the layout checker."""
    if subject.report is None:
        return unscored("没有生成 Word 文件")
    from fzwriter.output import docx_bytes
    from fzwriter.output.conformance import conformance

    findings = conformance(docx_bytes(subject.report))
    shown = "；".join(
        f"{f.where}{f.property}应为{f.expected}，实为{f.found}" for f in findings[:_SHOWN]
    )
    return Score(len(findings), f"版式不合 {len(findings)} 处" + (f"：{shown}" if shown else ""), 1)
