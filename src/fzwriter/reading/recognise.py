"""What a report without front matter says of itself in its title and first lines.

Rules are few and plain; what they don't tell stays "" (the unit's type: 其他), and the user is
told, for a wrong guess would be believed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fzwriter.domain import GENERAL, recognised_kind
from fzwriter.reading.numbered import number_of, opens_item
from fzwriter.units import foreign_trade, known_types, recognised_type, unit_named

OTHER = GENERAL
_LEAST_TRADE = 5  # so many words of a trade, and twice those of any other, tell whose report it is
_BUREAU = re.compile(r"[xX×＊某]{1,4}局")
_TITLE_CHARS = 50
_TITLE_WORDS = re.compile("总结|报告|汇报|计划|要点|思路|述法|安排|汇编")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_NAMELESS = re.compile(  # xx市教育局: the name was taken out, the type is still there
    r"(?<![xX×＊])[xX×＊]+[省市州县区镇乡](?:街道)?(?:[\u4e00-\u9fff]{0,12}?(?:局|人民政府))?|^[\u4e00-\u9fff]*(?<![xX×＊])[xX×＊]+局"
)
_LEVELS = (
    ("街道", "街道"),
    ("[镇乡]", "镇"),
    ("县|自治县|旗", "县"),
    ("区", "区"),
    ("州|盟", "州"),
    ("市", "市"),
    ("省", "省"),
)


@dataclass(frozen=True)
class Profile:
    """What a report is. Unknown is "" and 0; an unknown unit type is 其他."""

    title: str = ""
    unit: str = ""
    unit_type: str = OTHER
    kind: str = OTHER
    year: int = 0
    level: str = ""

    def unknown(self) -> tuple[str, ...]:
        """What could not be recognised, in Chinese."""
        gaps = {
            "标题": not self.title,
            "单位（原文没有写明）": not self.unit,
            "单位类型（按“其他”处理）": self.unit_type == OTHER,
            "文种（按“其他”处理）": self.kind == OTHER,
            "年度": not self.year,
        }
        return tuple(name for name, missing in gaps.items() if missing)


def is_title(text: str) -> bool:
    """Whether a paragraph reads like the title of a report."""
    return (
        len(text) <= _TITLE_CHARS
        and not re.search("[。；：，！？]", text)
        and number_of(text) is None
        and not opens_item(text)
        and _TITLE_WORDS.search(text) is not None
    )


def title_lines(paragraphs: tuple[str, ...]) -> int:
    """How many paragraphs at the head are the title: it may be broken after the unit's name."""
    if paragraphs[:1] and is_title(paragraphs[0]):
        return 1
    if len(paragraphs) > 1 and _could_be_unit(paragraphs[0]) and is_title(paragraphs[1]):
        return 2
    return 0


def _could_be_unit(text: str) -> bool:
    return len(text) <= _TITLE_CHARS and not re.search("[，。；：]", text)


def recognise(title: str, opening: str) -> Profile:
    """Read a report's profile off its title and its first paragraphs."""
    unit = _unit(title, opening)
    year = _YEAR.search(title) or _YEAR.search(opening[:60])
    return Profile(
        title=title,
        unit=unit,
        unit_type=_type(unit, title, opening),
        kind=kind_of(title),
        year=int(year[1]) if year else 0,
        level=level_of(unit),
    )


def _unit(title: str, opening: str) -> str:
    named = unit_named(title, opening)
    return named[2] if named else ""


def _type(unit: str, title: str, opening: str) -> str:
    """The type by the unit's name, else by what stands in the name's place."""
    nameless = [match[0] for text in (title, opening[:60]) for match in _NAMELESS.finditer(text)]
    types = (recognised_type(name) for name in (unit, _bracketed(title), *nameless) if name)
    return next((found for found in types if found != OTHER), OTHER)


def _bracketed(title: str) -> str:
    """（镇乡）, （区县） behind a title tell the type where no unit is named."""
    match = re.search(r"（([^（）]{2,6})）$", title)
    return match[1] if match else ""


def type_by_trade(title: str, text: str) -> str:
    """The unit type whose trade a report speaks of far more than of any other's; else 其他."""
    types = [name for name in known_types() if name != OTHER]
    if _BUREAU.search(title):
        types = [name for name in types if name.endswith("局")]
    every = foreign_trade(OTHER)
    counts = sorted(
        (sum(text.count(word) for word in every - foreign_trade(name)), name) for name in types
    )
    if not counts or counts[-1][0] < _LEAST_TRADE:
        return OTHER
    runner_up = counts[-2][0] if len(counts) > 1 else 0
    return counts[-1][1] if counts[-1][0] >= 2 * runner_up else OTHER


def level_of(unit: str) -> str:
    """The level of a unit: that of the last place in its name."""
    found = [
        (match.start(), level)
        for pattern, level in _LEVELS
        for match in re.finditer(pattern, unit)
        if match.start() > 0
    ]
    return max(found)[1] if found else ""


def kind_of(title: str) -> str:
    """The kind of document that a title names."""
    return recognised_kind(title) or OTHER
