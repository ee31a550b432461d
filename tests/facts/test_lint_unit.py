from __future__ import annotations

import pytest

from fzwriter.facts import lint, loads_facts


def findings(name: str, type_: str, level: str = "", region: str = "") -> list[tuple[str, str]]:
    sheet = loads_facts(
        f"unit: {{name: {name}, type: {type_}, level: '{level}', region: '{region}'}}\n"
        "period: 2024\ndocument: {kind: 法治政府建设年度报告}\n"
        "facts: [{id: f1, topic: 普法, name: 开展普法宣讲, value: 16, unit: 场}]\n"
    )
    return [(f.severity, f.message) for f in lint(sheet)]


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("云岫县司法局", "镇"),
        ("云岫县司法局", "街道"),
        ("云岫县司法局", "公安局"),
        ("云岫县司法局", "区县政府"),
        ("云岫县司法局", "水利局"),
        ("云岫县水利局", "司法局"),
        ("云岫县水利局", "镇"),
        ("青岩镇", "司法局"),
        ("青岩镇人民政府", "区县政府"),
        ("云岫县人民政府", "镇"),
    ],
)
def test_a_name_and_a_type_that_exclude_each_other_are_an_error_that_names_both(
    name: str, type_: str
) -> None:
    ((severity, message),) = findings(name, type_)
    assert severity == "error"
    assert name in message
    assert type_ in message


@pytest.mark.parametrize(
    ("name", "type_", "level", "region"),
    [
        ("云岫县司法局", "司法局", "县", "云岫县"),
        ("云岫县司法局", "县直部门", "县", "某省云岫县"),
        ("青岩镇", "镇", "镇", "澜屏县青岩镇"),
        ("青岩镇人民政府", "乡镇", "镇", "澜屏县"),
        ("北街街道办事处", "街道", "街道", "汀州市北街街道"),
        ("云岫县教育体育和科技局", "教育局", "县", ""),
        ("芦岚县工业信息化和商务局", "经信局", "县", ""),
        ("汐原县市场监督管理局", "市场监管局", "县", "汐原县"),
        ("三门峡市湖滨区司法局", "司法局", "区", "河南省三门峡市湖滨区"),
        ("恩施市司法局", "司法局", "县级市", "恩施州恩施市"),
        ("云岫县法律援助中心", "司法局", "县", ""),
        ("司法局", "司法局", "县", "云岫县"),
    ],
)
def test_a_unit_in_order_is_left_alone(name: str, type_: str, level: str, region: str) -> None:
    assert findings(name, type_, level, region) == []


@pytest.mark.parametrize(
    ("level", "region", "both"),
    [("区", "", ("云岫县司法局", "区")), ("县", "岐沅县", ("云岫县", "岐沅县"))],
)
def test_level_and_region_are_held_to_the_name(
    level: str, region: str, both: tuple[str, str]
) -> None:
    ((severity, message),) = findings("云岫县司法局", "司法局", level, region)
    assert severity == "warning"
    assert all(f"“{word}”" in message for word in both)
