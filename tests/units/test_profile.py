from __future__ import annotations

import pytest

from fzwriter.facts import load_catalogue
from fzwriter.units import find_profile, known_types, match_type


@pytest.mark.parametrize(
    ("type_", "name", "found"),
    [
        ("司法局", "云岫县司法局", "司法局"),
        ("局机关", "云岫县司法局", "司法局"),
        ("县司法局", "", "司法局"),
        ("档案馆", "云岫县档案馆", "其他"),
    ],
)
def test_free_text_finds_a_profile(type_: str, name: str, found: str) -> None:
    assert match_type(type_, name) == found


@pytest.mark.parametrize(
    ("level", "name", "region", "area", "council"),
    [
        ("县", "云岫县司法局", "", "全县", "县委"),
        ("", "泊宁区司法局", "", "全区", "区委"),
        ("", "司法局", "某省云岭州", "全州", "州委"),
        ("县级市", "稷川市司法局", "", "全市", "市委"),
    ],
)
def test_words_follow_the_level(
    level: str, name: str, region: str, area: str, council: str
) -> None:
    words = find_profile("司法局", name, level, region).words
    assert (words["area"], words["council"]) == (area, council)


def test_the_general_profile_speaks_as_its_unit_does() -> None:
    assert find_profile("档案局", "云岫县档案局").self == "我局"
    assert find_profile("医院", "云岫县人民医院").self == "我院"


def test_every_profile_is_whole() -> None:
    topics = set(load_catalogue().topics)
    for type_ in known_types():
        profile = find_profile(type_, f"云岫县{type_}", "县")
        assert all(profile.words.values())
        for group in profile.groups:
            assert group.topics
            assert group.headings
            assert group.plan
            for heading in group.headings:
                assert "{" not in heading.format(**profile.words)
        assert topics & {topic for group in profile.groups for topic in group.topics}
