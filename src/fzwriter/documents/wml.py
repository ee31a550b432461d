"""Names, attributes and styles of WordprocessingML, in both its namespaces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Transitional and strict.
SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
_OFF = {"0", "false", "off"}
_BODY_LEVEL = 9  # outlineLvl 9 is body text
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_HOPS = 20  # how far a chain of basedOn is followed


def name(node: Any) -> str:
    """Local name of a WordprocessingML element, "" for anything else."""
    space, local = split(node)
    return local if space in SPACES else ""


def split(node: Any) -> tuple[str, str]:
    """Namespace and local name of an element; both "" for comments and the like."""
    if not isinstance(node.tag, str):
        return "", ""
    space, _, local = node.tag[1:].rpartition("}")
    return space, local


def attribute(node: Any, name: str) -> str | None:
    """An attribute in either namespace."""
    for space in SPACES:
        value = node.get(f"{{{space}}}{name}")
        if value is not None:
            return str(value)
    return None


def child(node: Any, *names: str) -> Any | None:
    """The descendant at the path of local names, or ``None``."""
    for wanted in names:
        node = next((one for one in node if name(one) == wanted), None)
        if node is None:
            return None
    return node


def value(node: Any, *names: str) -> str:
    """``w:val`` of the descendant at the path, or ""."""
    found = child(node, *names)
    return (attribute(found, "val") or "") if found is not None else ""


def is_on(node: Any, *names: str) -> bool:
    """Whether the switch at the path is there and not off."""
    found = child(node, *names)
    return found is not None and attribute(found, "val") not in _OFF


@dataclass(frozen=True)
class Style:
    """What reading needs to know of a paragraph style."""

    name: str = ""
    based_on: str = ""
    align: str = ""
    list_id: str = ""
    list_level: str = ""
    bold: str = ""
    level: int = 0


@dataclass(frozen=True)
class Styles:
    """The paragraph styles of a document by id."""

    known: Mapping[str, Style]

    def of(self, paragraph: Any) -> Style:
        """A paragraph's style; an empty one where it has none."""
        return self.known.get(value(paragraph, "pPr", "pStyle"), Style())

    def inherited(self, paragraph: Any, what: str) -> Any:
        """The first non-empty value of a property along the styles a paragraph is based on."""
        style = self.of(paragraph)
        for _ in range(_HOPS):
            if getattr(style, what) or style.based_on not in self.known:
                break
            style = self.known[style.based_on]
        return getattr(style, what)

    def heading_level(self, paragraph: Any) -> int:
        """The heading level of a paragraph, its own or its style's; 0 for none."""
        own = value(paragraph, "pPr", "outlineLvl")
        return _level("", own) if own else int(self.inherited(paragraph, "level") or 0)

    def list_of(self, paragraph: Any) -> tuple[str, str, str]:
        """List, level in it and style of a paragraph that Word numbers; list "" for any other.

        The level is "" where neither the paragraph nor its style gives one.
        """
        own = value(paragraph, "pPr", "numPr", "numId")
        list_id = own or self.inherited(paragraph, "list_id")
        level = value(paragraph, "pPr", "numPr", "ilvl")
        if not own:
            level = level or self.inherited(paragraph, "list_level")
        style = value(paragraph, "pPr", "pStyle")
        return "" if list_id == "0" else list_id, level, style

    def is_bold(self, run: Any, paragraph: Any) -> bool:
        """Whether a run prints bold, by its own word or its paragraph's style."""
        if child(run, "rPr", "b") is not None:
            return is_on(run, "rPr", "b")
        return bool(self.inherited(paragraph, "bold") == "on")

    def is_centred(self, paragraph: Any) -> bool:
        """Whether it is centred, as titles are."""
        align = value(paragraph, "pPr", "jc") or self.inherited(paragraph, "align")
        return bool(align == "center")


def read_styles(root: Any | None) -> Styles:
    """The styles of ``styles.xml``; none without one."""
    known = {}
    for node in () if root is None else root:
        if name(node) == "style":
            known[attribute(node, "styleId") or ""] = Style(
                name=value(node, "name"),
                based_on=value(node, "basedOn"),
                align=value(node, "pPr", "jc"),
                list_id=value(node, "pPr", "numPr", "numId"),
                list_level=value(node, "pPr", "numPr", "ilvl"),
                bold=_switch(node, "rPr", "b"),
                level=_level(value(node, "name"), value(node, "pPr", "outlineLvl")),
            )
    return Styles(known)


def _switch(node: Any, *names: str) -> str:
    """on, off, or "" where a style doesn't say."""
    if child(node, *names) is None:
        return ""
    return "on" if is_on(node, *names) else "off"


def _level(style: str, outline: str) -> int:
    """The heading level of a style by its outline level or its name; 0 for none."""
    if outline.isdecimal():
        return int(outline) + 1 if int(outline) < _BODY_LEVEL else 0
    match = _HEADING_STYLE.fullmatch(style)
    return int(match[1]) if match else 0
