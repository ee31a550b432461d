"""Baseline (a): filling a fixed template, and rewriting by exchanging names. What clerks do by hand.

It is meant to be fair: figures print as the input has them, nothing is left out on purpose. It knows
no topics, no parts of totals, no last year, and no unit's way of speaking.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fzwriter.facts import Fact, FactSheet
from fzwriter.facts.render import render_figure
from fzwriter.reading.numbered import number_of, spelled
from fzwriter.report import Paragraph, Report, Section

_OPENING = "{year}年，{unit}认真贯彻落实上级关于法治建设的各项决策部署，扎实推进法治政府建设各项工作，现将有关情况报告如下。"
_EMPTY = {
    "问题": "工作中还存在一些不足，需要在今后的工作中加以改进。",
    "第一责任人": "主要负责人认真履行推进法治建设第一责任人职责。",
    "计划": "下一步，将继续做好法治政府建设各项工作。",
}
_HEADINGS = (
    ("问题", "存在的问题", ("问题", "原因")),
    ("第一责任人", "主要负责人履行推进法治建设第一责任人职责情况", ("第一责任人",)),
    ("计划", "下一步工作打算", ("计划",)),
)


def filled(sheet: FactSheet) -> Report:
    """The template filled with a sheet: statements as they are, then ``name + figure`` for each fact."""
    unit, year = sheet.unit.name, sheet.period.year
    opening = Paragraph(_OPENING.format(year=year, unit=unit))
    sections = [Section("导语", (opening,)), Section("成效", tuple(_work(sheet)))]
    for number, (part, heading, kinds) in enumerate(_HEADINGS, 1):
        said = [s.text.rstrip("。；") + "。" for s in sheet.statements if s.kind in kinds]
        body = [Paragraph(text) for text in said or [_EMPTY[part]]]
        head = Paragraph(f"{spelled(number + 1)}、{heading}", "heading1")
        sections.append(Section(part, (head, *body)))
    date = sheet.document.date
    return Report(
        title=sheet.document.title or f"{unit}关于{year}年度法治政府建设情况的报告",
        sections=tuple(sections),
        addressee=f"{sheet.document.addressee}：" if sheet.document.addressee else "",
        signature=unit if date else "",
        date=f"{date.year}年{date.month}月{date.day}日" if date else "",
    )


def _work(sheet: FactSheet) -> Iterator[Paragraph]:
    yield Paragraph("一、主要工作开展情况", "heading1")
    told = [s for s in sheet.statements if s.kind in ("举措", "亮点", "其他")]
    topics = list(dict.fromkeys([f.topic for f in sheet.facts] + [s.topic for s in told]))
    for number, topic in enumerate(topics, 1):
        yield Paragraph(f"（{spelled(number)}）{topic or '其他工作'}", "heading2")
        said = "".join(s.text.rstrip("。；") + "。" for s in told if s.topic == topic)
        figures = "，".join(_figure(f) for f in sheet.facts if f.topic == topic)
        yield Paragraph(said + (f"{figures}。" if figures else ""))


def _figure(fact: Fact) -> str:
    return f"{fact.name}{render_figure(fact.value, fact.unit, fact.approx)}"


def rewritten(text: str, unit: str, sheet: FactSheet) -> Report:
    """Another unit's report with the unit's name, its self-reference and the year exchanged.

    Args:
        text: the report.
        unit: the name of the unit it is of; "" when unknown.
        sheet: the unit it shall be of; its figures aren't looked at.
    """
    own = sheet.unit.name
    if unit:
        text = text.replace(unit, own)
    body, old = own[-1:], unit[-1:]
    if old and old != body:
        text = re.sub(rf"([我本]){old}", rf"\g<1>{body}", text)
    years = re.findall(r"(20\d\d)年", text)
    if years:
        newest = max(set(years), key=years.count)
        text = text.replace(f"{newest}年", f"{sheet.period.year}年")
    title, *paragraphs = [line.strip() for line in text.split("\n") if line.strip()] or [own]
    return Report(title, (Section("成效", tuple(_styled(p) for p in paragraphs)),))


def _styled(text: str) -> Paragraph:
    """A paragraph of the old report with the style it had, as far as its number tells."""
    number = number_of(text)
    if number and number.level <= 2 and "。" not in text:
        return Paragraph(text, "heading1" if number.level == 1 else "heading2")
    if re.fullmatch(r"[^。，]{2,30}：", text):
        return Paragraph(text, "addressee")
    return Paragraph(text)
