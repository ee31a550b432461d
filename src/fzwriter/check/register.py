"""The register of another unit: 我局 in a township's report, its organ, its area, its superiors.

What can't be this unit's by its type, level and place is an error in any text: a 镇 is no 局, a 区 has
no 县委. What merely isn't its own is told where a source is at hand that may have left it behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from fzwriter.facts import FactSheet
from fzwriter.reading.names import name_may_begin
from fzwriter.report import Issue
from fzwriter.units import Profile, Standing, find_profile, level_rank, places

_ASIDE = re.compile(r"“[^“”\n]*”|《[^《》\n]*》|‘[^‘’\n]*’")
_ABOVE = (
    "上级",
    "职务",
)  # a report may name others' superiors and posts: only a source's are strange
_CLAUSE_EDGE = "，。；：！？\n"
_WORDS = (
    (
        "自称",
        re.compile(
            r"[我本](?:街道|单位|中心|[局镇乡县区市州旗委厅院校])(?![一-龥]?级|[科室质场域]|着)"
        ),
    ),
    ("范围", re.compile(r"全(?:街道|[县区市州旗镇乡])(?!场|域|[一-龥]?覆盖|过程|[县市])")),
    (
        "党组织",
        re.compile(
            r"(?:局|镇|乡|街道|县|区|市|州|厅|委)?(?:党工委|党组(?!织|成)|(?<=[局镇乡])党委)"
        ),
    ),
    ("上级", re.compile(r"(?<![各两])[县区市州旗省](?:委(?![员托派])|政府(?!和)|人民政府)")),
    ("职务", re.compile(r"(?<!村)(?:[局镇乡县区市州旗厅]长|办事处主任)(?![期远效足])")),
    ("依法治理", re.compile(r"依法治(?:街道?|[县区市州旗镇乡])")),
)
_LEVEL = re.compile("街道|[省市州县区旗镇乡]")
# 局长接待日, 局长走流程 are other bodies' affairs.
_ANYBODY = re.compile(r"接待|走流程|信箱|热线|办公会")
_Severity = Literal["", "warning", "error"]


@dataclass(frozen=True)
class Voice:
    """How the unit of a sheet speaks, and what no unit of its kind can say of itself."""

    sheet: FactSheet

    @cached_property
    def profile(self) -> Profile:
        """The unit's."""
        unit = self.sheet.unit
        return find_profile(unit.type, unit.name, unit.level, unit.region)

    @cached_property
    def standing(self) -> Standing:
        """Its level and the places above it."""
        unit = self.sheet.unit
        chain = (*places(unit.region), *places(unit.name))
        known = unit.level or chain or _LEVEL.match(unit.name)
        return Standing(self.profile.level.name if known else "", chain)

    @cached_property
    def own(self) -> frozenset[str]:
        """How the unit itself and its level speak."""
        profile, level = self.profile, self.profile.level
        words = {profile.self, level.place, level.area, level.council, level.government}
        words |= {level.formal, *(w.replace("我", "本") for w in (profile.self, level.place))}
        words |= {f"依法治{level.verb}", f"依法治{level.name}", "我单位", "本单位"}
        words |= set(profile.organ.split("、"))
        words |= {part for part in re.findall(r"党工委|党组|党委", profile.organ)}
        words |= set(re.findall(r"[局镇乡县区市州旗厅]长|办事处主任", profile.leader))
        return frozenset(words)

    @cached_property
    def given(self) -> str:
        """All texts of the sheet: a clause of theirs is the input's own."""
        document = self.sheet.document
        parts = [self.sheet.unit.name, self.sheet.unit.region, document.title, document.addressee]
        parts += [*document.outline, *self.sheet.terms]
        parts += [s.text for s in self.sheet.statements] + [f.name for f in self.sheet.facts]
        return "\n".join(parts)

    def cannot_say(self, what: str, word: str, plain: str, start: int) -> _Severity:
        """How sure it is that a word, told of the unit itself, is another unit's."""
        level = _LEVEL.search(word)
        if what == "自称":
            return self._self(word)
        if what in ("范围", "依法治理") and level:
            return self._level(level[0])
        if not name_may_begin(plain, start):
            return ""  # 岐沅县委, 县公安局党组: named with whose it is
        if what == "党组织":
            return self._organ(word)
        if word == "局长":
            ours = "局" in self.profile.self or self.profile.type == "区县政府"
            return "" if ours or _ANYBODY.match(plain, start + 2) else "error"
        return self._level(level[0]) if level else ""

    def _level(self, level: str) -> _Severity:
        if not self.standing.excludes(level):
            return ""
        # 区 may mean the autonomous region where nobody knows the province.
        unsure = level == "区" and "省" not in self.standing.words
        return "warning" if unsure else "error"

    def _self(self, word: str) -> _Severity:
        """我局, 我镇, 我市: the body or the area that is called one's own."""
        whose, word = word[0], word[1:]
        if level_rank(word):
            if word in self.standing.words or not self.standing.level:
                return ""
            if self.standing.rank_of(word) < self.standing.rank:
                return "error"
            return self._level(word) or ("warning" if whose == "我" else "")
        bodiless = self.profile.self == "我单位"  # its name doesn't tell what body it is
        return "error" if word == "局" and not bodiless else "warning"

    def _organ(self, word: str) -> _Severity:
        """局党组, 党组, 镇党委: the organ that decides for the unit."""
        body = _LEVEL.match(word)
        if body:  # a county's report speaks of its townships' 党委
            return self._level(body[0])
        bureau = self.profile.body in ("局", "厅")
        if word.startswith("局"):
            return "warning" if bureau else "error"
        townships = self.standing.rank == level_rank("镇") and "党组" not in self.profile.organ
        return "error" if word == "党组" and townships else ""


def find_register(text: str, sheet: FactSheet, sources: Sequence[str]) -> Iterator[Issue]:
    """Words of another unit, each where it stands.

    Errors for what no unit of this type, level and place says of itself, softened to warnings where
    the sheet itself says so; warnings for what isn't its own where a source is at hand.
    """
    voice = Voice(sheet)
    plain = _ASIDE.sub(lambda match: "＿" * len(match[0]), text)
    for what, pattern in _WORDS:
        for match in pattern.finditer(plain):
            word = match[0]
            if word in voice.own:
                continue
            given = _clause(text, match.start(), match.end()) in voice.given
            sure = voice.cannot_say(what, word, plain, match.start())
            if given and (sources or not sure):
                continue
            if sure:
                yield _foreign(match, what, voice, "warning" if given else sure)
            elif sources and _left_behind(what, word, sources):
                yield _foreign(match, what, voice, "warning", source=True)


def _left_behind(what: str, word: str, sources: Sequence[str]) -> bool:
    return what not in _ABOVE or any(word in source for source in sources)


def _foreign(
    match: re.Match[str],
    what: str,
    voice: Voice,
    severity: Literal["warning", "error"],
    *,
    source: bool = False,
) -> Issue:
    unit, profile = voice.sheet.unit, voice.profile
    whose = f"是原报告单位的{what}，不是本单位的" if source else f"不是{unit.name}的{what}"
    level = profile.level
    said = {
        "范围": f"本单位所在地称“{level.area}”",
        "党组织": f"本单位的党组织称“{profile.organ}”",
        "上级": f"本单位的上级是{level.council}、{level.government}",
        "依法治理": f"本地称“依法治{level.verb}”",
    }.get(what, f"本单位自称“{profile.self}”")
    message, suggestion = f"“{match[0]}”{whose}", f"{said}，请核对"
    return Issue(match.start(), match.end(), "foreign_register", severity, message, suggestion)


def _clause(text: str, start: int, end: int) -> str:
    """The words around a stretch that must be the input's own: its clause, at most some words of it."""
    left = max(text.rfind(mark, 0, start) for mark in _CLAUSE_EDGE) + 1
    ends = [at for mark in _CLAUSE_EDGE if (at := text.find(mark, end)) >= 0]
    right = min(ends, default=len(text))
    return text[max(left, start - 4) : min(right, end + 4)]
