"""The register of another unit: 我局 in a township's report, its organ, its area, its superiors.

Told only where a source is at hand that speaks so, and where the input doesn't say the clause itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fzwriter.facts import FactSheet
from fzwriter.report import Issue
from fzwriter.units import Profile, find_profile

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
            r"[我本](?:街道|单位|中心|[局镇乡县区市州旗委厅院校])(?![一-龥]?级|[科室质]|着)"
        ),
    ),
    ("范围", re.compile(r"全(?:街道|[县区市州旗镇乡])(?!场|域|[一-龥]?覆盖|过程)")),
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


def find_register(text: str, sheet: FactSheet, sources: Sequence[str]) -> Iterator[Issue]:
    """Words of a source's unit that are not this unit's, each where it stands: warnings."""
    if not sources:
        return
    unit = sheet.unit
    profile = find_profile(unit.type, unit.name, unit.level, unit.region)
    own = _own(profile)
    given = _given(sheet)
    plain = _ASIDE.sub(lambda match: "＿" * len(match[0]), text)
    for what, pattern in _WORDS:
        for match in pattern.finditer(plain):
            word = match[0]
            if word in own or (what in _ABOVE and not any(word in source for source in sources)):
                continue
            if _clause(text, match.start(), match.end()) in given:
                continue
            yield Issue(
                match.start(),
                match.end(),
                "foreign_register",
                "warning",
                f"“{word}”是原报告单位的{what}，不是本单位的",
                f"本单位自称“{profile.self}”，请核对",
            )


def _own(profile: Profile) -> frozenset[str]:
    """How the unit itself and its level speak."""
    level = profile.level
    words = {profile.self, level.place, level.area, level.council, level.government, level.formal}
    words |= {word.replace("我", "本") for word in (profile.self, level.place)}
    words |= {f"依法治{level.verb}", f"依法治{level.name}"}
    words |= set(profile.organ.split("、"))
    words |= {part for part in re.findall(r"党工委|党组|党委", profile.organ)}
    words |= set(re.findall(r"[局镇乡县区市州旗厅]长|办事处主任", profile.leader))
    return frozenset(words)


def _given(sheet: FactSheet) -> str:
    parts = [sheet.unit.name, sheet.unit.region, sheet.document.title, sheet.document.addressee]
    parts += [*sheet.document.outline, *sheet.terms]
    parts += [s.text for s in sheet.statements] + [f.name for f in sheet.facts]
    return "\n".join(parts)


def _clause(text: str, start: int, end: int) -> str:
    """The words around a stretch that must be the input's own: its clause, at most some words of it."""
    left = max(text.rfind(mark, 0, start) for mark in _CLAUSE_EDGE) + 1
    ends = [at for mark in _CLAUSE_EDGE if (at := text.find(mark, end)) >= 0]
    right = min(ends, default=len(text))
    return text[max(left, start - 4) : min(right, end + 4)]
