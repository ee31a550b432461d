"""What the full name of a unit says of it: whether it is another's, and which levels there are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fzwriter.domain import GENERAL
from fzwriter.units.places import Place
from fzwriter.units.profile import body_word, level_rank, match_type, type_names

_TITLED = re.compile(
    r"^(?:中共)?(?P<unit>[一-龥（）·]{2,28}?(?:局|委员会|人民政府|政府|办事处|办公室|镇|乡|街道|中心|厅))"
    r"(?=[关于]{2}|20\d\d|法治|年度|推进|贯彻|文件|[xX×]{2}|$)"
)
_TOLD = re.compile(
    r"(?:^|[，。])(?P<unit>[一-龥]{2,5}[省市州县区旗][一-龥]{0,12}?(?:局|人民政府|镇|乡|街道))"
    r"(?=在|坚持|深入|认真|以|紧紧|党|全面|围绕|始终|，)"
)


def same_body(first: str, second: str) -> bool:
    """Whether two bodies may be one: 人社局 is 人力资源和社会保障局, and a nameless one any."""
    one, other = sorted((first, second), key=len)
    kind = match_type("", first)
    return _shortens(one, other) or (kind != GENERAL and kind == match_type("", second))


def _shortens(short: str, long: str) -> bool:
    """Whether the characters of ``short`` stand in ``long`` in this order."""
    rest = iter(long)
    return all(character in rest for character in short)


def contradicts(type_: str, name: str) -> bool:
    """Whether a unit of this name can't be of this type: 镇 for 云岫县司法局, 司法局 for 云岫县水利局."""
    by_type, by_name = match_type(type_, ""), match_type("", name)
    if by_type == GENERAL:
        return by_name != GENERAL and bool(body_word(type_)) and not same_body(type_, name)
    if by_name != GENERAL:
        return by_type != by_name
    body = body_word(name)
    if body not in ("局", "厅"):
        return False
    return not any(_shortens(known.rstrip("局厅"), name) for known in type_names(by_type))


def unit_named(title: str, opening: str = "") -> tuple[int, int, str] | None:
    """The unit that a title names, else the one the opening tells of: start, end and the name.

    Offsets are into the one it was found in.
    """
    for pattern, text in ((_TITLED, title), (_TOLD, opening)):
        if match := pattern.search(text):
            return match.start("unit"), match.end("unit"), match["unit"]
    return None


@dataclass(frozen=True)
class Standing:
    """Where a unit stands: its own level and the places above it, as far as its sheet says.

    Attributes:
        level: its own level's word: 县, 区, 镇….
        chain: the places of region and name.
    """

    level: str
    chain: tuple[Place, ...]

    def rank_of(self, word: str) -> int:
        """The rank of a level's word here: a 市 right above a township, or in a 州, is a county's."""
        if word != "市" or not self._county_city():
            return level_rank(word)
        return level_rank("县")

    def _county_city(self) -> bool:
        words = [place.word for place in dict.fromkeys(self.chain)]
        above = [w for w in words if level_rank(w) == level_rank("市")]
        under = [w for w in words if level_rank(w) == level_rank("镇")]
        counties = [w for w in words if level_rank(w) == level_rank("县")]
        if counties:
            return False
        return len(set(above)) > 1 or above.count("市") > 1 or bool(above and under)

    @property
    def words(self) -> frozenset[str]:
        """The words of its own level and of all above it that are known."""
        return frozenset((self.level, *(place.word for place in self.chain)))

    @property
    def rank(self) -> int:
        """Its own rank."""
        return self.rank_of(self.level)

    def excludes(self, word: str) -> bool:
        """Whether there is no such level here: no 县 over or in a 区, no 镇 beside a 街道.

        An autonomous region calls itself 区.
        """
        if word in self.words or (word == "区" and "自治区" in self.words):
            return False
        rank = self.rank_of(word)
        region = word == "省" and "自治区" in self.words
        return region or any(self.rank_of(own) == rank for own in self.words if level_rank(own))
