"""The look of a unit's own .docx, for reports that shall look like it.

What each kind of paragraph looks like is taken from the paragraphs of that kind (told by their
text, see ``anatomy``), where there are none from the style of that name, else from the standard.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fzwriter.documents import read_file, wml
from fzwriter.documents.word import open_package
from fzwriter.errors import InputError
from fzwriter.output.anatomy import Part, read_parts
from fzwriter.output.effective import Formats, ParagraphFormat, RunFormat
from fzwriter.output.layout import STANDARD, Design, Look, Page

MAX_BYTES = 20 * 1024 * 1024
_NAMES = {
    "title": "标题",
    "addressee": "主送机关",
    "heading1": "一级标题",
    "heading2": "二级标题",
    "heading3": "三级标题",
    "heading4": "四级标题",
    "body": "正文",
    "signature": "署名",
    "date": "日期",
}
# Names of Word's styles, in lower case; the first that is there counts.
_STYLES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "标题"),
    "heading1": ("heading 1", "标题 1"),
    "heading2": ("heading 2", "标题 2"),
    "heading3": ("heading 3", "标题 3"),
    "heading4": ("heading 4", "标题 4"),
    "body": ("body text", "正文文本", "body text first indent"),
}
_SIZES = range(16, 145)  # half points that text may have
_FONT = re.compile(r"[^<>&\"\x00-\x1f]{1,64}")
_COLOR = re.compile(r"[0-9A-F]{6}")
_ALIGNED = {"left", "right", "center", "both"}
_LONGEST = 22 * 1440  # twips; no page of Word's is larger
_SMALLEST_TEXT = 2 * 1440
Notices = list[str]


def read_design(path: Path | str) -> tuple[Design, Notices]:
    """The look of a .docx.

    Returns:
        The design, and what was taken from the standard instead, one Chinese line each.

    Raises:
        InputError: it can't be read as a .docx.
    """
    path = Path(path)
    package, main, root = open_package(_read(path), path)
    formats = Formats(package, main)
    parts = read_parts(root, formats)
    notices: Notices = []
    page = _page(root, notices)
    looks: dict[str, Look] = {}
    for role, look in STANDARD.looks.items():
        looks[role] = _look(role, look, parts, formats)
    _say_missing(looks, notices)
    for role in ("addressee", "signature", "date"):
        if looks[role] is STANDARD.looks[role]:  # letters print like the body where none is shown
            body = looks["body"]
            looks[role] = _like(looks[role], body)
    normal = _like(STANDARD.normal, looks["body"])
    return Design(page, looks, normal), notices


def _read(path: Path) -> bytes:
    if path.suffix.lower() != ".docx":
        raise InputError(
            "样式文件应是 .docx", path=path, remedy="请用 Word 或 WPS 另存为 .docx 后再试"
        )
    return read_file(path, MAX_BYTES)


def _say_missing(looks: Mapping[str, Look], notices: Notices) -> None:
    missing = [
        _NAMES[role]
        for role in ("title", "heading1", "heading2", "heading3", "heading4", "body")
        if looks[role] is STANDARD.looks[role]
    ]
    if missing:
        notices.append(f"样式文件里没有{'、'.join(missing)}，这些按国家标准排版")


def _like(look: Look, body: Look) -> Look:
    """A look with the type of another."""
    return replace(
        look,
        font=body.font,
        latin=body.latin,
        size=body.size,
        tighten=body.tighten,
        line=body.line,
        rule=body.rule,
        on_grid=body.on_grid,
    )


# Page.


def _page(root: Any, notices: Notices) -> Page:
    """The page of the section with most of the text: its last, which the body itself names."""
    section = next(
        (node for node in reversed(list(root.iter())) if wml.name(node) == "sectPr"), None
    )
    sizes = _numbers(wml.child(section, "pgSz")) if section is not None else {}
    sides = _numbers(wml.child(section, "pgMar")) if section is not None else {}
    grid = _numbers(wml.child(section, "docGrid")) if section is not None else {}
    if not {"w", "h"} <= set(sizes) or not {"top", "right", "bottom", "left"} <= set(sides):
        notices.append("样式文件里没有页面设置，按国家标准排版")
        return STANDARD.page
    page = Page(
        sizes["w"],
        sizes["h"],
        abs(sides["top"]),
        sides["right"],
        abs(sides["bottom"]),
        sides["left"] + sides.get("gutter", 0),
        sides.get("header", STANDARD.page.header),
        sides.get("footer", STANDARD.page.footer),
        grid.get("linePitch", 0) if 200 <= grid.get("linePitch", 0) <= 2000 else 0,
    )
    height = page.height - page.top - page.bottom
    in_bounds = all(0 <= side <= _LONGEST for side in (*sizes.values(), *sides.values()))
    if not in_bounds or page.text_width < _SMALLEST_TEXT or height < _SMALLEST_TEXT:
        notices.append("样式文件的页面设置不合理，按国家标准排版")
        return STANDARD.page
    return page


def _numbers(node: Any | None) -> dict[str, int]:
    told = {} if node is None else {key.rpartition("}")[2]: text for key, text in node.items()}
    return {key: int(text) for key, text in told.items() if re.fullmatch(r"-?\d{1,5}", text)}


# Looks.


def _look(role: str, standard: Look, parts: Sequence[Part], formats: Formats) -> Look:
    """The commonest look of a kind of paragraph; the standard's where the file shows none."""
    shown = Counter(_shown(role, parts))
    if shown:
        paragraph, run = shown.most_common(1)[0][0]
        return _taken(standard, paragraph, run)
    for name in _STYLES.get(role, ()):
        if name in formats.by_name:
            return _taken(standard, *formats.style(formats.by_name[name]))
    return standard


def _shown(role: str, parts: Sequence[Part]) -> Iterator[tuple[ParagraphFormat, RunFormat]]:
    """Each example of a role; the outline is not its look, nor where its sign-off happens to end."""
    for part in parts:
        if part.role == role and part.pieces:
            longest = max(_pieces(part), key=lambda piece: len(piece.text))
            yield replace(part.format, outline=None, right=0.0, style=""), longest.format


def _pieces(part: Part) -> list[Any]:
    """The runs that show a role: of a run-in heading those of the heading."""
    kept, at = [], 0
    for piece in part.pieces:
        if not part.lead or at < part.lead:
            kept.append(piece)
        at += len(piece.text)
    return kept


def _taken(standard: Look, paragraph: ParagraphFormat, run: RunFormat) -> Look:
    """The standard's look with what the file shows, property by property, where it makes sense."""
    size = run.size if run.size in _SIZES else standard.size
    least = size * 10 if paragraph.rule == "exact" else 120
    spaced = paragraph.rule in ("exact", "atLeast", "auto") and least <= paragraph.line <= 2000
    return replace(
        standard,
        font=_font(run.east, standard.font),
        latin=_font(run.latin, standard.latin),
        size=size,
        bold=run.bold,
        color=run.color if _COLOR.fullmatch(run.color) else standard.color,
        tighten=run.spacing if abs(run.spacing) <= size * 5 else standard.tighten,
        line=paragraph.line if spaced else standard.line,
        rule=paragraph.rule if spaced else standard.rule,
        before=paragraph.before if 0 <= paragraph.before <= 2000 else 0,
        after=paragraph.after if 0 <= paragraph.after <= 2000 else 0,
        indent=paragraph.first >= 1.5,
        align=paragraph.align if paragraph.align in _ALIGNED else standard.align,
        on_grid=paragraph.on_grid,
    )


def _font(font: str, otherwise: str) -> str:
    return font if _FONT.fullmatch(font) else otherwise
