"""What a paragraph or run of a .docx really looks like, whatever says so.

ECMA-376, 17.7.2: document defaults, then the paragraph style with the styles it is based on, then
the character style, then what the paragraph or run says itself. Tables and numbering are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fzwriter.documents import wml
from fzwriter.documents.package import Package

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_HOPS = 20  # how far a chain of basedOn is followed
_SPACED = ("before", "after", "line", "lineRule")
_INDENTED = (
    "left", "leftChars", "right", "rightChars", "start", "startChars", "end", "endChars",
    "firstLine", "firstLineChars", "hanging", "hangingChars",
)  # fmt: skip
_FONTS = ("ascii", "hAnsi", "eastAsia")
_SWITCHES = ("snapToGrid", "autoSpaceDE", "autoSpaceDN", "keepNext", "widowControl")
Properties = dict[str, str]


@dataclass(frozen=True)
class ParagraphFormat:
    """How a paragraph is set; lengths in twips.

    Attributes:
        style: name of its style, in lower case.
        align: ``w:jc``, "left" where nothing is said.
        line: height of a line, 240 for a single one with ``rule`` auto.
        rule: ``auto exact atLeast``.
        before: space above.
        after: space below.
        first: indentation of the first line in characters; negative for a hanging one.
        left: from the left edge of the type area, in characters.
        right: from its right edge, in characters.
        on_grid: whether its lines keep to the page's grid.
        auto_space: whether a gap stands between Chinese characters and Latin ones or digits.
        outline: outline level, 0 the highest; ``None`` for text.
        size: of its style, in half points; the unit of the indentations above.
    """

    style: str
    align: str
    line: int
    rule: str
    before: int
    after: int
    first: float
    left: float
    right: float
    on_grid: bool
    auto_space: bool
    outline: int | None
    size: int


@dataclass(frozen=True)
class RunFormat:
    """How a run is set.

    Attributes:
        east: East Asian font.
        latin: font of digits and letters.
        size: in half points.
        spacing: added to each character, in twips.
        color: six hexadecimal digits, "" for automatic.
    """

    east: str
    latin: str
    size: int
    bold: bool
    italic: bool
    spacing: int
    color: str


class Formats:
    """Works out effective formats from a file's styles and theme.

    Args:
        package: the file.
        main: name of its document part.
    """

    def __init__(self, package: Package, main: str) -> None:
        related = package.related(main)
        self._theme = _theme_fonts(package.xml(related.get("theme", "")))
        root = package.xml(related.get("styles", "word/styles.xml"))
        self._styles: dict[str, Any] = {}
        self.by_name: dict[str, str] = {}
        self._default = ""
        self._defaults: tuple[Any, Any] = (None, None)
        self._known: dict[tuple[str, str], Properties] = {}
        for node in () if root is None else root:
            if wml.name(node) == "docDefaults":
                paragraph = wml.child(node, "pPrDefault", "pPr")
                self._defaults = (paragraph, wml.child(node, "rPrDefault", "rPr"))
            elif wml.name(node) == "style":
                self._note(node)

    def _note(self, node: Any) -> None:
        identity = wml.attribute(node, "styleId") or ""
        self._styles[identity] = node
        self.by_name.setdefault(wml.value(node, "name").lower(), identity)
        is_default = wml.attribute(node, "default") in ("1", "true", "on")
        if is_default and wml.attribute(node, "type") == "paragraph":
            self._default = identity

    def paragraph(self, node: Any) -> ParagraphFormat:
        """The format of a ``w:p``."""
        style = wml.value(node, "pPr", "pStyle") or self._default
        return self._paragraph(style, wml.child(node, "pPr"))

    def run(self, node: Any, paragraph: Any) -> RunFormat:
        """The format of a ``w:r`` in a ``w:p``."""
        style = wml.value(paragraph, "pPr", "pStyle") or self._default
        return self._run(style, wml.value(node, "rPr", "rStyle"), wml.child(node, "rPr"))

    def style(self, identity: str) -> tuple[ParagraphFormat, RunFormat]:
        """The format of a paragraph that has a style and says nothing itself."""
        return self._paragraph(identity, None), self._run(identity, "", None)

    def _paragraph(self, style: str, own: Any) -> ParagraphFormat:
        told: Properties = {}
        for properties in (self._defaults[0], *self._chain(style, "pPr"), own):
            _read_paragraph(properties, told)
        size = self._run(style, "", None).size
        hanging = _characters(told, "hanging", size)
        name = wml.value(self._styles[style], "name") if style in self._styles else ""
        return ParagraphFormat(
            style=name.lower(),
            align={"start": "left", "end": "right"}.get(
                told.get("jc", "left"), told.get("jc", "left")
            ),
            line=_whole(told.get("line"), 240),
            rule=told.get("lineRule", "auto"),
            before=_whole(told.get("before")),
            after=_whole(told.get("after")),
            first=-hanging if hanging else _characters(told, "firstLine", size),
            left=_characters(told, "left", size) or _characters(told, "start", size),
            right=_characters(told, "right", size) or _characters(told, "end", size),
            on_grid=told.get("snapToGrid", "1") == "1",
            auto_space="1" in (told.get("autoSpaceDE", "1"), told.get("autoSpaceDN", "1")),
            outline=_level(told.get("outlineLvl")),
            size=size,
        )

    def _run(self, style: str, character_style: str, own: Any) -> RunFormat:
        told = dict(self._of_styles(style, character_style))
        self._read_run(own, told)
        return RunFormat(
            east=told.get("eastAsia", ""),
            latin=told.get("ascii", told.get("hAnsi", "")),
            size=_whole(told.get("sz"), 20),
            bold=told.get("b", "0") == "1",
            italic=told.get("i", "0") == "1",
            spacing=_whole(told.get("spacing")),
            color=told.get("color", "").upper().replace("AUTO", ""),
        )

    def _of_styles(self, style: str, character_style: str) -> Properties:
        """Run properties of two styles together, over the defaults."""
        key = style, character_style
        if key not in self._known:
            told: Properties = {}
            self._read_run(self._defaults[1], told)
            in_paragraph = self._toggles(style, told)
            in_character = self._toggles(character_style, told)
            for toggle in ("b", "i"):  # 17.7.3: on in both styles is off
                on = in_paragraph.get(toggle) == "1", in_character.get(toggle) == "1"
                if any(toggle in level for level in (in_paragraph, in_character)):
                    told[toggle] = str(int(on[0] != on[1]))
            self._known[key] = told
        return self._known[key]

    def _toggles(self, style: str, told: Properties) -> Properties:
        """Read a style's run properties into ``told``; what of it may be a toggle, apart."""
        mine: Properties = {}
        for properties in self._chain(style, "rPr"):
            self._read_run(properties, mine)
        told.update(mine)
        return mine

    def _chain(self, style: str, what: str) -> list[Any]:
        """The properties of a style and of those it is based on, the most basic first."""
        found: list[Any] = []
        for _ in range(_HOPS):
            node = self._styles.get(style)
            if node is None:
                break
            found.append(wml.child(node, what))
            style = wml.value(node, "basedOn")
        return found[::-1]

    def _read_run(self, properties: Any, told: Properties) -> None:
        for node in () if properties is None else properties:
            name = wml.name(node)
            if name == "rFonts":
                self._read_fonts(node, told)
            elif name in ("b", "i"):
                told[name] = str(int(wml.is_on(properties, name)))
            elif name in ("sz", "spacing", "color"):
                told[name] = wml.attribute(node, "val") or told.get(name, "")

    def _read_fonts(self, node: Any, told: Properties) -> None:
        for slot in _FONTS:
            theme = wml.attribute(node, f"{slot}Theme")
            font = self._theme.get(theme or "") or wml.attribute(node, slot)
            if font:
                told[slot] = font


def _read_paragraph(properties: Any, told: Properties) -> None:
    for node in () if properties is None else properties:
        name = wml.name(node)
        if name == "spacing":
            _read_attributes(node, _SPACED, told)
        elif name == "ind":
            _read_attributes(node, _INDENTED, told)
        elif name in _SWITCHES:
            told[name] = str(int(wml.is_on(properties, name)))
        elif name in ("jc", "outlineLvl"):
            told[name] = wml.attribute(node, "val") or ""


def _read_attributes(node: Any, names: tuple[str, ...], told: Properties) -> None:
    for name in names:
        value = wml.attribute(node, name)
        if value is not None:
            told[name] = value


def _characters(told: Mapping[str, str], name: str, size: int) -> float:
    """An indentation in characters; what counts characters goes before what counts twips."""
    counted = _whole(told.get(f"{name}Chars"))
    return counted / 100 if counted else _whole(told.get(name)) / (size * 10)


def _whole(text: str | None, otherwise: int = 0) -> int:
    try:
        return round(float(text)) if text else otherwise
    except (ValueError, OverflowError):
        return otherwise


def _level(text: str | None) -> int | None:
    level = _whole(text, 9)
    return level if 0 <= level < 9 else None


def _theme_fonts(root: Any | None) -> dict[str, str]:
    """Fonts by the names that styles call them: ``minorEastAsia`` → 宋体."""
    fonts: dict[str, str] = {}
    if root is None:
        return fonts
    for kind in ("major", "minor"):
        for scheme in root.iter(f"{{{_DRAWING}}}{kind}Font"):
            faces = dict(_faces(scheme))
            latin = faces.get("latin", "")
            fonts |= {f"{kind}HAnsi": latin, f"{kind}Ascii": latin}
            fonts[f"{kind}EastAsia"] = faces.get("ea") or faces.get("Hans", "")
    return fonts


def _faces(scheme: Any) -> Iterator[tuple[str, str]]:
    for node in scheme:
        _, local = wml.split(node)
        yield node.get("script") or local, node.get("typeface", "")
