"""A document that people edited as a ``Report``, for the outputs that are made of one."""

from __future__ import annotations

import re

from fzwriter.documents import Document
from fzwriter.reading import ReportText
from fzwriter.report import CheckReport, Paragraph, Report, Section, Style

_DATE = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")
_ADDRESSEE = re.compile(r"[^。，；]{2,30}[：:]")


def report_of(document: Document, verdict: CheckReport) -> Report:
    """A document as a ``Report`` whose text is what it prints; its styles are guessed."""
    read = ReportText.of(document).paragraphs
    lines = [one.text for one in read]
    sections: list[Section] = []
    held: list[Paragraph] = []
    for index, text in enumerate(lines[1:], 1):
        style = _style(index, text, len(document.paragraphs), read[index].level or 0)
        if style == "heading1" and held:
            sections.append(Section("其他", tuple(held)))
            held = []
        held.append(Paragraph(text, style))
    sections.append(Section("其他", tuple(held)))
    return Report(lines[0], tuple(sections), check=verdict)


def _style(index: int, text: str, length: int, level: int) -> Style:
    if level and text[-1:] not in "。；":
        styles: tuple[Style, ...] = ("heading1", "heading2", "heading3", "heading4")
        return styles[min(level, len(styles)) - 1]
    if index == 1 and _ADDRESSEE.fullmatch(text):
        return "addressee"
    return "date" if index == length - 1 and _DATE.fullmatch(text) else "body"
