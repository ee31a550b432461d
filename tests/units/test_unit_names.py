from __future__ import annotations

import pytest

from fzwriter.units import Standing, body_of, find_profile, places, same_body, unit_named


@pytest.mark.parametrize(
    ("name", "found", "body"),
    [
        ("湖南省湘西州古丈县司法局", ["湖南省", "湘西州", "古丈县"], "司法局"),
        ("三门峡市湖滨区司法局", ["三门峡市", "湖滨区"], "司法局"),
        ("恩施土家族苗族自治州恩施市", ["恩施土家族苗族自治州", "恩施市"], ""),
        ("广西壮族自治区百色市", ["广西壮族自治区", "百色市"], ""),
        ("霖汀县市场监督管理局", ["霖汀县"], "市场监督管理局"),
        ("霖汀县城市管理局", ["霖汀县"], "城市管理局"),
        ("霖汀县住房和城乡建设局", ["霖汀县"], "住房和城乡建设局"),
        ("霖汀县乡村振兴局", ["霖汀县"], "乡村振兴局"),
        ("镇平县司法局", ["镇平县"], "司法局"),
        ("宁乡市司法局", ["宁乡市"], "司法局"),
        ("广州市天河区", ["广州市", "天河区"], ""),
        ("新市镇人民政府", ["新市镇"], "人民政府"),
        ("北街街道办事处", ["北街街道"], "办事处"),
        ("司法局", [], "司法局"),
    ],
)
def test_a_name_is_places_and_a_body(name: str, found: list[str], body: str) -> None:
    assert [place.name for place in places(name)] == found
    assert body_of(name) == body


def test_a_level_is_read_from_a_place_not_from_a_trade() -> None:
    assert find_profile("市场监管局", "霖汀县市场监督管理局").level.name == "县"
    assert find_profile("城管局", "霖汀区城市管理局").level.name == "区"
    assert find_profile("司法局", "县司法局").level.name == "县"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("人社局", "人力资源和社会保障局", True),
        ("城管局", "城市管理局", True),
        ("教体局", "教育局", True),
        ("司法局", "公安局", False),
        ("水利局", "农业农村局", False),
        ("人民政府", "司法局", False),
    ],
)
def test_short_names_of_a_body_are_its_own(first: str, second: str, same: bool) -> None:
    assert same_body(first, second) is same
    assert same_body(second, first) is same


@pytest.mark.parametrize(
    ("level", "region", "excluded", "left"),
    [
        ("县", "某省云岫县", "区旗", "县市州省镇乡"),
        ("区", "云岭市泊宁区", "县旗州", "区市省镇"),
        ("镇", "澜屏县青岩镇", "区旗乡", "镇县市省"),
        ("市", "", "州", "市县区省镇"),
        ("市", "恩施州恩施市", "县区旗", "市州省镇"),
        ("", "", "", "县区市州旗省镇乡"),
    ],
)
def test_levels_of_one_rank_exclude_each_other(
    level: str, region: str, excluded: str, left: str
) -> None:
    standing = Standing(level, places(region))
    assert [word for word in excluded if not standing.excludes(word)] == []
    assert [word for word in left if standing.excludes(word)] == []


def test_the_unit_of_a_title_goes_before_that_of_the_opening() -> None:
    opening = "2024年，岐沅县公安局坚持法治引领。"
    assert unit_named("霖汀县司法局2024年度报告", opening) == (0, 6, "霖汀县司法局")
    assert unit_named("2024年度报告", opening) == (6, 12, "岐沅县公安局")
    assert unit_named("2024年度报告", "工作有序。") is None
