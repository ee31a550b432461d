"""The level a figure is counted at: the unit's own area, or one above or below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fzwriter.check.referents import grams
from fzwriter.facts import FactSheet

_RANKS = {
    "国": 0,
    "省": 1,
    "市": 2,
    "州": 2,
    "盟": 2,
    "县": 3,
    "区": 3,
    "旗": 3,
    "镇": 4,
    "乡": 4,
    "街道": 4,
    "村": 5,
}
_LEVEL = re.compile(r"[省市州盟县区旗镇乡]|街道")
#: A scope told in a clause: 全州.
SCOPE = re.compile(r"全(国|省|市|州|盟|县|区|旗|镇|乡|街道)(?=[一-龥“，0-9]|$)")
#: A body of some level as the one that acts: 由州法院, 各村调委会.
BODY = re.compile(
    r"(?:^|[：由经]|其中)(?P<level>省|州|市|县|区|各?村(?:（社区）)?)(?:级)?[一-龥]{0,8}?"
    r"(?:局|委员会|法院|检察院|中心|部门|党组织|政府|调委会)(?!长|属|机关)"
)
# 在全州处于较高水平, 全市推进会, 全省第三: not what a figure of the unit's own counts.
_NOT_A_SCOPE = re.compile(
    r"(?:在|居|列|位居|为|向|获|被|于|获得|系|占|比|高于|低于|较|参加|组织|出席|召开|是)$"
)
_STANDING = re.compile(
    r"^[一-龥]{0,6}(?:会议?|现场会|推进会|第|前列|领先|平均|首|唯一|率先|通报|表彰|试点|排名|考核"
    r"|系统|评查|交流|先进|示范|标兵|竞赛|比赛|统一|考试|联赛|模范)"
)
_WHOLE_YEAR = 360


@dataclass(frozen=True)
class Own:
    """The unit's own area and period: what 全县 and 上半年 are measured by.

    Attributes:
        rank: of the unit's level, 3 for a county; -1 where it isn't known.
        char: the level's word: 县.
        whole_year: whether the period is a whole year, so that half of one is another.
        texts: what the sheet says in words; what is named there is its own.
    """

    rank: int
    char: str
    whole_year: bool
    texts: tuple[str, ...]

    @classmethod
    def of(cls, sheet: FactSheet) -> Own:
        """The area and period of the sheet's unit."""
        level = sheet.unit.level or ""
        if level not in _RANKS:
            found = _LEVEL.findall(sheet.unit.name)
            level = found[-1] if found else ""
        said = [s.text for s in sheet.statements] + [f.name + f.note for f in sheet.facts]
        days = (sheet.period.to - sheet.period.from_).days
        return cls(_RANKS.get(level, -1), level, days > _WHOLE_YEAR, tuple(said))

    def says(self, words: str) -> bool:
        """Whether the sheet has these very words."""
        return any(words in text for text in self.texts)

    def is_at(self, level: str) -> bool:
        """Whether the unit is of a level: 县, 各村."""
        return self.rank == _RANKS["村" if "村" in level else level]


def counts_area(before: str, behind: str, names: Sequence[str]) -> bool:
    """Whether a scope between two pieces of text counts its area.

    It doesn't as a place or a rival (在全州, 高于全省), nor in a name or a rank (全市推进会) that none of
    ``names`` shares.
    """
    if _NOT_A_SCOPE.search(before):
        return False
    found = _STANDING.match(behind)
    return not found or any(grams(found.group()) & grams(name) for name in names)
