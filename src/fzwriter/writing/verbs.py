"""Word lists of the genre's verbs and nouns, compiled from ``verbs.yaml``."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

# 开展节能监察的企业16家 counts enterprises; no 全年 may stand before it.
_DOER = re.compile(
    r"(?:开展|举办|完成|接受|实施|参加)[^的]+的[^的]*(?:企业|单位|机构|学校|人员|部门|村|社区)$"
)


@lru_cache(maxsize=1)
def _lists() -> dict[str, tuple[str, ...]]:
    raw = yaml.safe_load((files("fzwriter.writing") / "verbs.yaml").read_text("utf-8"))
    return {key: tuple(value.split()) for key, value in raw.items()}


def words(key: str) -> tuple[str, ...]:
    """The words of one list, in the file's order."""
    return _lists()[key]


@lru_cache(maxsize=16)
def begins(key: str) -> re.Pattern[str]:
    """Matches a text that begins with a word of the list."""
    return re.compile(f"^(?:{'|'.join(words(key))})")


@lru_cache(maxsize=16)
def ends(key: str) -> re.Pattern[str]:
    """Finds a word of the list at the end of a text."""
    return re.compile(f"(?:{'|'.join(words(key))})$")


def is_rate(name: str) -> bool:
    """Whether a figure of this name is a rate: 办结率, 满意度."""
    return bool(ends("rates").search(name))


def is_step(name: str) -> bool:
    """Whether a part is what its total went through (已办结), not a kind it falls into."""
    if re.search(r"[未不无]", name):
        return False
    bare = re.sub(r"^(?:已|成功|顺利)", "", name)
    begun = begins("steps").match(name) or begins("steps").match(bare)
    return bool(begun or ends("step_ends").search(name))


def is_deed(name: str) -> bool:
    """Whether a name tells of a deed of the year, not of a state or a rate."""
    told = begins("deeds").match(name) and not _DOER.match(name)
    return bool(told) and not is_state(name) and not is_rate(name)


def is_state(name: str) -> bool:
    """Whether a name tells how many there are at the year's end: 在册安置帮教对象."""
    return bool(begins("stocks").match(name) or re.search("在册|在矫", name))


def is_limit(approx: str) -> bool:
    """Whether an approximation states a limit or a standard: 不少于, 至少."""
    return approx in words("limits")


def is_verb(text: str) -> bool:
    """Whether a text is one verb of the genre and nothing else: 办结, 已受理."""
    bare = re.sub("^(?:已|成功|顺利)", "", text)
    return bare in {*words("steps"), *words("step_ends"), *words("deeds")} and len(bare) > 1


def is_verbal(text: str) -> bool:
    """Whether a text begins with a verb, so that an adverbial may stand before it."""
    return bool(begins("deeds").match(text) or begins("measures").match(text))
