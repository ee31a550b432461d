"""Measurable properties of a page after GB/T 9704—2012 《党政机关公文格式》, and their source.

Lengths are in twips (1/1440 inch = 1/20 pt; 1 mm = 56.69 twips) unless a name says otherwise;
``sz`` is in half points, as in OOXML. Clauses are those of the standard; [T] marks a value
measured with LibreOffice, [C] a convention the standard does not state.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from fzwriter.documents import NOTICE_STYLE

# 5.1 A4 paper, 210 mm × 297 mm.
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
# 5.2.1 Top margin (天头) 37 mm, left margin (订口) 28 mm, type area 156 mm × 225 mm;
# hence 26 mm at the right and 35 mm below.
MARGIN_TOP, MARGIN_LEFT, MARGIN_RIGHT, MARGIN_BOTTOM = 2098, 1588, 1474, 1984
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
# 5.2.3 22 lines a page: (16838 − 2098 − 1984) / 22 = 579.8. At 580 LibreOffice sets 21 [T].
LINE = 579
LINES_A_PAGE = 22
# 5.2.3 28 characters a line: 28 × 16 pt = 448 pt exceed the 442.2 pt of the type area, so each
# character gives up a quarter of a point.
CHARACTERS_A_LINE = 28
TIGHTEN = -5
# 5.2.2 Body in 3号 (16 pt) 仿宋; 7.3.1 title in 2号 (22 pt) 小标宋; 7.5 page number in 4号 (14 pt).
SIZE_3, SIZE_2, SIZE_4 = 32, 44, 28
# Title lines: exact 32 pt [C].
TITLE_LINE = 640
TITLE_CHARACTERS_A_LINE = TEXT_WIDTH // (SIZE_2 * 10)
# 7.3.3 Paragraphs begin two characters in: 2 × 16 pt.
TWO_CHARACTERS = 640
# 7.5 The dashes of the page number stand 7 mm below the type area, so 28 mm above the paper's
# edge; with a line of exactly 16 pt they are 2.7 mm above the footer's lower edge [T].
PAGE_NUMBER_LINE = 320
FOOTER_DISTANCE = 1436
HEADER_DISTANCE = 851
# 7.5 One character (14 pt) in from the outer edge.
PAGE_NUMBER_INDENT = 280

XIAOBIAOSONG = "方正小标宋简体"
FANGSONG = "仿宋_GB2312"
KAITI = "楷体_GB2312"
HEITI = "黑体"
SONGTI = "宋体"
LATIN = "Times New Roman"  # digits and letters [C]

FALLBACK: Mapping[str, str] = MappingProxyType(
    {XIAOBIAOSONG: "宋体", FANGSONG: "仿宋", KAITI: "楷体", HEITI: "SimHei", SONGTI: "SimSun"}
)
"""What Word shall take where a font is not installed (``w:altName``); Windows has all of them."""

RED = "FF0000"
BLACK = "000000"


@dataclass(frozen=True)
class Look:
    """How paragraphs of one style print; each becomes a style of the document.

    Attributes:
        style_id: its id in the file.
        name: the style's name; Word knows its own by their English names.
        font: East Asian font.
        size: in half points.
        latin: font of digits and letters.
        tighten: spacing added to each character, in twips.
        line: exact line height.
        indent: first line two characters in.
        align: ``both left center right``.
        outline: outline level, 0 the highest; ``None`` for text.
        keep_next: never parted from the next paragraph by a page's end.
        color: of the text.
        bold: only a notice is.
        after: space below.
        on_grid: its lines keep to the page's 22.
        boxed: in a frame of its own colour.
    """

    style_id: str
    name: str
    font: str = FANGSONG
    size: int = SIZE_3
    latin: str = LATIN
    tighten: int = TIGHTEN
    line: int = LINE
    indent: bool = False
    align: str = "both"
    outline: int | None = None
    keep_next: bool = False
    color: str = BLACK
    bold: bool = False
    before: int = 0
    after: int = 0
    rule: str = "exact"
    scale: int = 100
    on_grid: bool = True
    boxed: bool = False

    @property
    def character(self) -> int:
        """Width of one Chinese character in twips."""
        return self.size * 10 + self.tighten


def _heading(level: int, font: str) -> Look:
    return Look(
        f"Heading{level}",
        f"heading {level}",
        font,
        indent=True,
        outline=level - 1,
        keep_next=True,
    )


NORMAL = Look("Normal", "Normal")
# 7.3.3: 一、黑体 （一）楷体 1. 仿宋 （1）仿宋, none bold.
HEADINGS = (_heading(1, HEITI), _heading(2, KAITI), _heading(3, FANGSONG), _heading(4, FANGSONG))
LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "title": Look(
            "Title",
            "Title",
            XIAOBIAOSONG,
            SIZE_2,
            tighten=0,
            line=TITLE_LINE,
            align="center",
            on_grid=False,
        ),
        "addressee": Look("Addressee", "主送机关", align="left"),
        "heading1": HEADINGS[0],
        "heading2": HEADINGS[1],
        "heading3": HEADINGS[2],
        "heading4": HEADINGS[3],
        "body": Look("BodyText", "Body Text", indent=True),
        "signature": Look("Signature", "Signature", align="right", keep_next=True),
        "date": Look("Date", "Date", align="right"),
    }
)
"""The look of each ``Paragraph.style``."""
PAGE_NUMBER = Look(
    "Footer",
    "footer",
    SONGTI,
    SIZE_4,
    SONGTI,
    tighten=0,
    line=PAGE_NUMBER_LINE,
    align="right",
    on_grid=False,
)
# A copy with errors left: red, in no document that goes out.
NOTICE = Look(
    "Notice",
    NOTICE_STYLE,
    HEITI,
    tighten=0,
    line=480,
    align="center",
    color=RED,
    bold=True,
    after=360,
    on_grid=False,
    boxed=True,
)
HEADER = Look(
    "NoticeHeader",
    f"{NOTICE_STYLE}页眉",
    HEITI,
    24,
    tighten=0,
    line=320,
    align="center",
    color=RED,
    bold=True,
    on_grid=False,
)


@dataclass(frozen=True)
class Page:
    """Paper, margins and the grid of lines; 0 for no grid."""

    width: int = PAGE_WIDTH
    height: int = PAGE_HEIGHT
    top: int = MARGIN_TOP
    right: int = MARGIN_RIGHT
    bottom: int = MARGIN_BOTTOM
    left: int = MARGIN_LEFT
    header: int = HEADER_DISTANCE
    footer: int = FOOTER_DISTANCE
    pitch: int = LINE

    @property
    def text_width(self) -> int:
        """Width of the type area."""
        return self.width - self.left - self.right


@dataclass(frozen=True)
class Design:
    """How a whole file looks: the standard, or a unit's own style file laid over it.

    Attributes:
        page: its page.
        looks: by ``Paragraph.style``.
        normal: of blank lines and of whatever has no style.
    """

    page: Page = Page()
    looks: Mapping[str, Look] = field(default_factory=lambda: LOOKS)
    normal: Look = NORMAL

    @property
    def headings(self) -> tuple[Look, ...]:
        """Looks of the four levels of headings."""
        return tuple(self.looks[f"heading{level}"] for level in range(1, 5))


STANDARD = Design()


def width(text: str) -> float:
    """Width of text in characters: 1 for a Chinese one, a half for a digit or Latin letter."""
    return sum(1 if unicodedata.east_asian_width(mark) in "WFA" else 0.5 for mark in text)


def sign_off_indents(signature: str, date: str, design: Design = STANDARD) -> tuple[int, int]:
    """How far the signing organ and the date below it stay from the right edge.

    7.3.5.2 (no seal): the organ two characters in; the date begins two characters right of where
    the organ begins. Where the date is the longer it stands two characters in and the organ moves
    left. The date never leaves the type area.
    """
    if not signature or not date:
        return TWO_CHARACTERS, TWO_CHARACTERS
    character = design.looks["signature"].character
    longer = round((width(date) - width(signature)) * character)
    if longer > 0:
        organ = TWO_CHARACTERS + longer + 2 * character
        return min(organ, design.page.text_width // 2), TWO_CHARACTERS
    return TWO_CHARACTERS, max(0, TWO_CHARACTERS - longer - 2 * character)
