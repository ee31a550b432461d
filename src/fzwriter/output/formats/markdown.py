r"""A report as Markdown.

``read_text`` of what is written here gives ``report.text`` again: every character that Markdown
would take for a mark is escaped.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

from fzwriter.documents import clean_text
from fzwriter.output.atomic import write_bytes
from fzwriter.output.formats import Format
from fzwriter.report import Paragraph, Report

_MARKS = {"title": "# ", "heading1": "## ", "heading2": "### ", "heading3": "#### "}
_MARKS["heading4"] = "##### "
_INLINE = re.compile(r"[\\`*_\[\]<~$]|&(?=#|\w)")
_AT_START = re.compile(r"[#>|]|[-+=](?=[-+=\s]|$)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_CLOSING = re.compile(r"(?<=\s)#(?=#*$)")


def write_markdown(report: Report, path: Path | str, *, notice: str = "") -> None:
    """Write a report as Markdown (UTF-8).

    Args:
        report: what to print.
        path: the .md to write; replaced in one step, or not at all.
        notice: a line that marks a copy with errors left. It stands in the front matter, so that
            ``read_text`` does not count it as text.

    Raises:
        InputError: the file can't be written there.
    """
    write_bytes(path, markdown_bytes(report, notice=notice))


def markdown_bytes(report: Report, *, notice: str = "") -> bytes:
    """The same as bytes."""
    head = (
        f"---\nnotice: {json.dumps(clean_text(notice), ensure_ascii=False)}\n---\n\n"
        if notice
        else ""
    )
    return (head + to_markdown(report)).encode()


def to_markdown(report: Report) -> str:
    """A report as Markdown: one block a paragraph, ``#`` for the title, ``##`` for 一、."""
    blocks = (_block(paragraph) for paragraph in report.paragraphs())
    return "\n\n".join(block for block in blocks if block) + "\n"


def _block(paragraph: Paragraph) -> str:
    lead = _clean(paragraph.text[: paragraph.lead]).lstrip()
    rest = _clean(paragraph.text[paragraph.lead :]).rstrip()
    if not lead:
        rest = rest.lstrip()
    mark = _MARKS.get(paragraph.style, "")
    if mark:
        text = _escaped(lead + rest)
        return mark + _CLOSING.sub(r"\#", text) if text else ""
    if not lead:
        return _escaped_start(rest)
    # ** closes only after a letter when a letter follows: 。 and ） stay outside.
    bold = lead
    while bold and not _is_letter(bold[-1]):
        bold = bold[:-1]
    if not bold:
        return _escaped_start(lead + rest)
    return f"**{_escaped(bold)}**{_escaped(lead[len(bold) :] + rest)}"


def _clean(text: str) -> str:
    return clean_text(text.replace("\n", ""))


def _is_letter(mark: str) -> bool:
    return unicodedata.category(mark)[0] in "LN"


def _escaped(text: str) -> str:
    return _INLINE.sub(r"\\\g<0>", text)


def _escaped_start(text: str) -> str:
    """Escaped for a block of text: nor may its beginning look like a list, a quotation, a rule."""
    text = _escaped(text)
    if _AT_START.match(text):
        return "\\" + text
    return _NUMBERED.sub(r"\1\\\2", text, count=1) if _NUMBERED.match(text) else text


FORMAT = Format(".md", lambda report, dress: markdown_bytes(report, notice=dress.notice))
