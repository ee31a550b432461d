"""The places that a name begins with, one in the other: 湖南省湘西州古丈县司法局."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LEVEL = "街道|自治[区州县]|[省市州县区旗镇乡]"
# 湖滨区, not 城市管理 or 市区; a stem may hold another level's word right before its own: 镇平县, 宁乡市.
_SEGMENT = re.compile(
    rf"(?P<stem>[一-龥]{{1,5}}?|[一-龥]{{2,12}}?(?=自治))(?P<level>{_LEVEL})(?!(?:{_LEVEL})(?![场村容])|族|场|容|监|管|政|民|委|直|域)"
)
_NO_STEM = re.compile(r"[和与及各本我该某]|^全(?!州)|^城$")


@dataclass(frozen=True)
class Place:
    """One place of a name: 古丈 and 县."""

    stem: str
    level: str

    @property
    def word(self) -> str:
        """Its level's word: 县 for 自治县."""
        return self.level if self.level in ("街道", "自治区") else self.level[-1]

    @property
    def name(self) -> str:
        """古丈县."""
        return self.stem + self.level


def _segments(name: str) -> Iterator[re.Match[str]]:
    at = 2 if name.startswith("中共") else 0
    while match := _SEGMENT.match(name, at):
        stem, level = match["stem"], match["level"]
        if _NO_STEM.search(stem) and level in ("市", "乡", "区", "县"):
            return
        at = match.end()
        # 杭州西湖区: a city without its word, no prefecture.
        if level != "州" or len(stem) > 1:
            yield match


def places(name: str) -> tuple[Place, ...]:
    """The places a name begins with, the widest first; () for 司法局."""
    return tuple(Place(match["stem"], match["level"]) for match in _segments(name))


def body_of(name: str) -> str:
    """What is left of a name without its places: 司法局; "" for a mere place."""
    ends = [match.end() for match in _segments(name)]
    return name[ends[-1] :] if ends else name
