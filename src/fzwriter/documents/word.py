"""The text of a .docx, by walking its XML.

``Paragraph.text`` of python-docx skips content controls, so the walk is our own: every ``w:t``
counts unless what holds it does not print. Names are matched in both namespaces of
WordprocessingML (transitional and strict).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fzwriter.documents.model import NOTICE_STYLE
from fzwriter.documents.package import Package
from fzwriter.errors import InputError

_W = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
_TEXT = _W | {
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
    "http://schemas.openxmlformats.org/drawingml/2006/main",
}
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_REMOVED = {"del", "moveFrom"}
_UNPRINTED = _REMOVED | {
    "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr",
    "instrText", "delText", "delInstrText", "rt", "fldData",
}  # fmt: skip
_OFF = {"0", "false", "off"}
_BODY_LEVEL = 9  # outlineLvl 9 is body text
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_HOPS = 20  # how far a chain of basedOn is followed


def read(data: bytes, path: Path) -> tuple[list[str], tuple[str, ...], dict[int, int]]:
    """The paragraphs of a .docx, what was decided or left out, and headings (index → level).

    Raises:
        InputError: it can't be read; see ``Package``.
    """
    package = Package(data, path)
    main = package.related("").get("officeDocument", "word/document.xml")
    root = package.xml(main)
    if root is None or _name(root) != "document":
        raise InputError(
            "里面没有 Word 正文（缺 document.xml）",
            path=path,
            remedy="请确认它是 Word 文档，用 Word 或 WPS 打开后另存一份再试",
        )
    related = package.related(main)
    walk = _Walk(_styles(package.xml(related.get("styles", "word/styles.xml"))))
    paragraphs: list[str] = []
    levels: dict[int, int] = {}
    for text, level in walk.levelled(root):
        if level:
            levels[len(paragraphs)] = level
        paragraphs.append(text)
    for kind in ("footnotes", "endnotes"):
        notes = package.xml(related[kind]) if kind in related else None
        for note in () if notes is None else notes:
            if _attribute(note, "type") in {None, "normal"}:
                paragraphs.extend(walk.blocks(note))
    return paragraphs, walk.repairs(), levels


def _name(node: Any) -> str:
    """Local name of a WordprocessingML element, "" for anything else."""
    if not isinstance(node.tag, str):
        return ""
    space, _, name = node.tag[1:].rpartition("}")
    return name if space in _W else ""


def _attribute(node: Any, name: str) -> str | None:
    for space in _W:
        value = node.get(f"{{{space}}}{name}")
        if value is not None:
            return str(value)
    return None


def _child(node: Any, *names: str) -> Any | None:
    """The descendant at the path of local names, or ``None``."""
    for name in names:
        node = next((child for child in node if _name(child) == name), None)
        if node is None:
            return None
    return node


def _value(node: Any, *names: str) -> str:
    found = _child(node, *names)
    return (_attribute(found, "val") or "") if found is not None else ""


@dataclass(frozen=True)
class _Style:
    """What the walk needs to know of a paragraph style."""

    name: str
    based_on: str
    align: str
    numbered: bool
    level: int = 0


def _styles(root: Any | None) -> dict[str, _Style]:
    styles = {}
    for node in () if root is None else root:
        if _name(node) == "style":
            styles[_attribute(node, "styleId") or ""] = _Style(
                name=_value(node, "name"),
                based_on=_value(node, "basedOn"),
                align=_value(node, "pPr", "jc"),
                numbered=_child(node, "pPr", "numPr") is not None,
                level=_level(_value(node, "name"), _value(node, "pPr", "outlineLvl")),
            )
    return styles


def _level(style: str, outline: str) -> int:
    """The heading level of a style by its outline level or its name; 0 for none."""
    if outline.isdecimal():
        return int(outline) + 1 if int(outline) < _BODY_LEVEL else 0
    match = _HEADING_STYLE.fullmatch(style)
    return int(match[1]) if match else 0


@dataclass
class _Walk:
    """One walk over a document; counts what it meets on the way."""

    styles: dict[str, _Style]
    met: Counter[str] = field(default_factory=Counter)

    def repairs(self) -> tuple[str, ...]:
        """What was decided or left out, one Chinese line each."""
        lines = {
            "changed": "文件里有修订：按接受全部修订读取",
            "hidden": f"有 {self.met['hidden']} 处隐藏文字，未计入",
            "numbered": f"有 {self.met['numbered']} 段用了自动编号，编号本身未计入",
            "foreign": "有嵌入的外部内容，未读",
        }
        return tuple(line for what, line in lines.items() if self.met[what])

    def blocks(self, node: Any) -> Iterator[str]:
        """The paragraphs under a node, tables and content controls included, in order."""
        for text, _ in self.levelled(node):
            yield text

    def levelled(self, node: Any) -> Iterator[tuple[str, int]]:
        """The paragraphs under a node, each with its heading level (0: none)."""
        carry = ""
        for paragraph in self._paragraph_nodes(node):
            text, boxes = self._inline(paragraph)
            text = carry + text
            carry = ""
            if _child(paragraph, "pPr", "rPr", "del") is not None:
                carry = text  # its paragraph mark is deleted: it runs on into the next one
            elif self._style_of(paragraph).name != NOTICE_STYLE:
                level = self._heading_level(paragraph)
                for line in self._lines(paragraph, text):
                    yield line, level
            for box in boxes:
                yield box, 0
        if carry:
            yield carry.replace("\n", ""), 0

    def _paragraph_nodes(self, node: Any) -> Iterator[Any]:
        for child in self._printed(node):
            name = _name(child)
            if name == "p":
                yield child
            elif name == "altChunk":
                self.met["foreign"] += 1
            elif not self._is_dropped_block(child):
                yield from self._paragraph_nodes(child)

    def _is_dropped_block(self, node: Any) -> bool:
        """A table row whose deletion is tracked, or a table of contents."""
        name = _name(node)
        if name == "tr":
            return _child(node, "trPr", "del") is not None
        return name == "sdt" and (
            _value(node, "sdtPr", "docPartObj", "docPartGallery") == "Table of Contents"
        )

    def _printed(self, node: Any) -> Iterator[Any]:
        """The children that print; of alternative contents only the first."""
        if node.tag == f"{{{_MC}}}AlternateContent":
            node = next((child for child in node if isinstance(child.tag, str)), ())
        for child in node:
            name = _name(child)
            if name in _REMOVED or name == "ins":
                self.met["changed"] += 1
            if isinstance(child.tag, str) and name not in _UNPRINTED:
                yield child

    def _inline(self, paragraph: Any) -> tuple[str, list[str]]:
        """The text of a paragraph and, apart from it, that of the text boxes it holds."""
        texts: list[str] = []
        boxes: list[str] = []
        self._collect(paragraph, texts, boxes)
        return "".join(texts), boxes

    def _collect(self, node: Any, texts: list[str], boxes: list[str]) -> None:
        for child in self._printed(node):
            space, _, local = child.tag[1:].rpartition("}")
            if local == "t" and space in _TEXT:
                texts.append((child.text or "").replace("\n", "").replace("\r", ""))
            elif space in _W and local in _MARKS:
                texts.append(_MARKS[local])
            elif space in _W and local == "txbxContent":
                boxes.extend(self.blocks(child))
            elif space in _W and local == "r" and self._is_hidden(child):
                self.met["hidden"] += 1
            else:
                self._collect(child, texts, boxes)

    def _is_hidden(self, run: Any) -> bool:
        vanish = _child(run, "rPr", "vanish")
        return vanish is not None and _attribute(vanish, "val") not in _OFF

    def _lines(self, paragraph: Any, text: str) -> list[str]:
        numbering = _value(paragraph, "pPr", "numPr", "numId")
        if (
            text.strip()
            and numbering != "0"
            and (numbering or self._inherits(paragraph, "numbered"))
        ):
            self.met["numbered"] += 1
        align = _value(paragraph, "pPr", "jc") or self._inherits(paragraph, "align")
        return [text.replace("\n", "")] if align == "center" else text.split("\n")

    def _heading_level(self, paragraph: Any) -> int:
        own = _value(paragraph, "pPr", "outlineLvl")
        return _level("", own) if own else int(self._inherits(paragraph, "level") or 0)

    def _style_of(self, paragraph: Any) -> _Style:
        return self.styles.get(_value(paragraph, "pPr", "pStyle"), _Style("", "", "", False))

    def _inherits(self, paragraph: Any, what: str) -> Any:
        """The first non-empty value of a property along the styles a paragraph is based on."""
        style = self._style_of(paragraph)
        for _ in range(_HOPS):
            if getattr(style, what) or style.based_on not in self.styles:
                break
            style = self.styles[style.based_on]
        return getattr(style, what)
