"""A .docx as lines of text: its body, its notes, what stands in its margins, and our ledger."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fzwriter.documents import wml
from fzwriter.documents.line import UNREAD, Line
from fzwriter.documents.model import LEDGER_NAMESPACE
from fzwriter.documents.numbering import read_numbering
from fzwriter.documents.package import Package
from fzwriter.documents.walk import Walk
from fzwriter.errors import InputError

# What is left of a footer once Word's own page numbers are out, or a page number typed by hand.
_PAGE_NUMBER = re.compile(r"[\s\d第页共/·.．—－\-–~～、，,]*")


@dataclass(frozen=True)
class WordText:
    """What a .docx holds.

    Attributes:
        lines: body, then footnotes and endnotes.
        margins: headers and footers, each once, without page numbers.
        repairs: what was decided or left out, one Chinese line each.
        ledger: JSON text of the number ledger inside, or "".
        tracked: whether it holds tracked changes.
        comments: how many comments hang on the text.
        hidden: how many stretches of hidden text it holds.
        unread: what prints in headers and footers and can't be read, in Chinese.
    """

    lines: tuple[Line, ...]
    margins: tuple[str, ...]
    repairs: tuple[str, ...]
    ledger: str
    tracked: bool
    comments: int
    hidden: int
    unread: tuple[str, ...]


def open_package(data: bytes, path: Path) -> tuple[Package, str, Any]:
    """A .docx, the name of its document part, and that part's root.

    Raises:
        InputError: it is no .docx, damaged, encrypted, or not to be trusted.
    """
    package = Package(data, path)
    main = package.related("").get("officeDocument", "word/document.xml")
    root = package.xml(main)
    if root is None or wml.name(root) != "document":
        raise InputError(
            "里面没有 Word 正文（缺 document.xml）",
            path=path,
            remedy="请确认它是 Word 文档，用 Word 或 WPS 打开后另存一份再试",
        )
    return package, main, root


def read(data: bytes, path: Path) -> WordText:
    """Read a .docx.

    Raises:
        InputError: it can't be read; see ``Package``.
    """
    package, main, root = open_package(data, path)
    styles = package.related(main).get("styles", "word/styles.xml")
    numbering = package.related(main).get("numbering", "word/numbering.xml")
    walk = Walk(wml.read_styles(package.xml(styles)), read_numbering(package.xml(numbering)))
    lines = [*walk.lines(root), *_notes(package, main, walk)]
    margins = list(_margins(package, main, walk))
    marks = (mark.tag for line in margins for mark in line.marks)
    ledger, complaints = _ledger(package, main)
    return WordText(
        tuple(lines),
        tuple(dict.fromkeys(line.text for line in margins if line.text)),
        (*walk.repairs(), *complaints),
        ledger,
        bool(walk.met["changed"]),
        walk.met["comments"],
        walk.met["hidden"],
        tuple(tag.removeprefix(UNREAD) for tag in marks if tag.startswith(UNREAD)),
    )


def _notes(package: Package, main: str, walk: Walk) -> Iterator[Line]:
    for kind in ("footnotes", "endnotes"):
        for name in package.targets(main, kind)[:1]:
            root = package.xml(name)
            for note in () if root is None else root:
                if wml.attribute(note, "type") in {None, "normal"}:
                    yield from walk.lines(note)


def _margins(package: Package, main: str, walk: Walk) -> Iterator[Line]:
    """The lines of headers and footers; page numbers and a notice of ours without their text."""
    notices = {"".join(text.split()) for text in walk.notices}
    for kind in ("header", "footer"):
        for name in package.targets(main, kind):
            root = package.xml(name)
            for line in () if root is None else walk.lines(root):
                line = line.stripped()
                told = "".join(line.text.split()) not in notices
                told = told and not _PAGE_NUMBER.fullmatch(line.text)
                yield line if told else replace(line, text="")


def _ledger(package: Package, main: str) -> tuple[str, tuple[str, ...]]:
    """The ledger's JSON, and a word where there is one that can't be read. Never stops reading."""
    for name in package.targets(main, "customXml"):
        if LEDGER_NAMESPACE.encode() not in package.head(name):
            continue
        try:
            root = package.xml(name)
            text = _text_of(root)
            json.loads(text)
        except (InputError, ValueError, RecursionError):
            return "", ("文件里带的数字台账已损坏，未采用",)
        return text, ()
    return "", ()


def _text_of(root: Any | None) -> str:
    if root is None or wml.split(root) != (LEDGER_NAMESPACE, "ledger"):
        raise ValueError("no ledger")
    return str(root.text or "")
