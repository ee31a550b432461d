"""Which deeds of other units may be offered to this one, to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from fzwriter.check.register import find_register
from fzwriter.facts import FactSheet
from fzwriter.numbers import find_numbers
from fzwriter.pipeline.exemplars import Exemplars
from fzwriter.reading import BLANK
from fzwriter.reading.names import find_places
from fzwriter.reading.people import find_people
from fzwriter.units import Profile, foreign_powers, foreign_trade

_CLAIMS = ("quantity", "date", "docnum", "placeholder")
_DIGIT = re.compile(r"\d")
_LEADS_ON = re.compile(r"以下|如下")
_SHORTEST = 16  # characters: 守好问题整改关 offers nothing to confirm
# Whose body it is: 局法律顾问 is no township's, 区商事调解中心 no county's.
_BODY = re.compile(
    r"(?:^|[，、；：（“由在])(街道|[局镇乡县区市州旗])"
    r"(?=法律|党|机关|属|务|领导|分管|主要|商事|综治|人民|检察|公证|级|直|内|域|里)"
)


def offers(
    exemplars: Exemplars, sheet: FactSheet, profile: Profile
) -> Callable[[str, str], Sequence[str]]:
    """Deeds by topic and part, those left out that this unit can't have done or that name others.

    No figure, date, place or person of a seed gets through, however it escaped the masking; nor another
    type's trade or powers, nor the words of another unit for itself, its organ, area or superiors.
    """

    def deeds(topic: str, part: str) -> Sequence[str]:
        return [s for s in exemplars.deeds(topic, part) if may_be_offered(s, sheet, profile)]

    return deeds


def may_be_offered(sentence: str, sheet: FactSheet, profile: Profile) -> bool:
    """Whether a masked sentence holds nothing that is another unit's alone."""
    bare = BLANK.sub("", sentence)
    if len(bare) < _SHORTEST or _LEADS_ON.search(bare):
        return False
    own = {profile.body, profile.level.name, profile.level.government[0]}
    if any(body not in own for body in _BODY.findall(bare)):
        return False
    if _DIGIT.search(bare) or any(m.kind in _CLAIMS for m in find_numbers(bare)):
        return False
    if any(word in bare for word in foreign_trade(profile.type)):
        return False
    if find_places(bare) or find_people(bare) or any(foreign_powers(bare, profile.type)):
        return False
    return not any(find_register(bare, sheet, (bare,)))
