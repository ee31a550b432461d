"""Whose report a text is."""

from __future__ import annotations

import pytest

from fzwriter.check import check
from fzwriter.facts import FactSheet
from fzwriter.report import Issue

KINDS = ("foreign_register", "foreign_unit")


def sheet(name: str, type_: str, level: str, region: str, *said: str) -> FactSheet:
    return FactSheet.model_validate(
        {
            "unit": {"name": name, "type": type_, "level": level, "region": region},
            "period": 2024,
            "document": {"kind": "法治政府建设年度报告"},
            "statements": [{"topic": "普法", "text": text} for text in said],
        }
    )


TOWN = sheet("青岩镇", "镇", "镇", "贵州省云岭市泊宁区青岩镇")
STREET = sheet("北街街道办事处", "街道", "街道", "贵州省云岭市泊宁区北街街道")
COUNTY = sheet("云岫县司法局", "司法局", "县", "四川省云岫县")
DISTRICT = sheet("泊宁区公安局", "公安局", "区", "贵州省云岭市泊宁区")
CITY = sheet("云岭市教育局", "教育局", "市", "贵州省云岭市")
GOVERNMENT = sheet("云岫县人民政府", "区县政府", "县", "四川省云岫县")
GENERAL = sheet("云岫县水利局", "水利局", "县", "四川省云岫县")
HALF_KNOWN = sheet("云岫县司法局", "司法局", "县", "云岫县")


def found(text: str, given: FactSheet) -> list[Issue]:
    return [issue for issue in check(text, given).issues if issue.kind in KINDS]


@pytest.mark.parametrize(
    ("given", "clause", "word"),
    [
        (TOWN, "我局高度重视", "我局"),
        (TOWN, "本局认真落实", "本局"),
        (TOWN, "局党组多次研究", "局党组"),
        (TOWN, "党组书记带头学法", "党组"),
        (TOWN, "在县委、县政府领导下", "县委"),
        (TOWN, "经县政府同意", "县政府"),
        (TOWN, "县人民政府：", "县人民政府"),
        (TOWN, "全县上下齐心", "全县"),
        (TOWN, "全乡上下齐心", "全乡"),
        (TOWN, "我县深入推进", "我县"),
        (TOWN, "我乡深入推进", "我乡"),
        (TOWN, "我街道深入推进", "我街道"),
        (TOWN, "推进依法治县", "依法治县"),
        (TOWN, "局长带头述法", "局长"),
        (TOWN, "由县长带头述法", "县长"),
        (TOWN, "由乡长带头述法", "乡长"),
        (STREET, "我镇深入推进", "我镇"),
        (STREET, "全镇上下齐心", "全镇"),
        (STREET, "我局高度重视", "我局"),
        (COUNTY, "我镇深入推进", "我镇"),
        (COUNTY, "我区深入推进", "我区"),
        (COUNTY, "全区上下齐心", "全区"),
        (COUNTY, "在区委、区政府领导下", "区委"),
        (COUNTY, "推进依法治区", "依法治区"),
        (DISTRICT, "在县委领导下", "县委"),
        (DISTRICT, "全县上下齐心", "全县"),
        (DISTRICT, "我县深入推进", "我县"),
        (DISTRICT, "在州委领导下", "州委"),
        (CITY, "我县深入推进", "我县"),
        (CITY, "在州委领导下", "州委"),
        (GOVERNMENT, "我局高度重视", "我局"),
        (GOVERNMENT, "局党组多次研究", "局党组"),
        (GOVERNMENT, "我区深入推进", "我区"),
        (GENERAL, "我镇深入推进", "我镇"),
        (GENERAL, "全区上下齐心", "全区"),
    ],
)
def test_what_no_such_unit_says_of_itself_is_an_error(
    given: FactSheet, clause: str, word: str
) -> None:
    text = f"一、主要工作\n{clause}，工作有序。"
    issues = found(text, given)
    assert (text[issues[0].start : issues[0].end], issues[0].severity) == (word, "error")
    assert given.unit.name in issues[0].message


@pytest.mark.parametrize(
    ("given", "clause"),
    [
        (TOWN, "我镇在区委、区政府和市委领导下，镇党委、政府多次研究，全镇上下齐心"),
        (TOWN, "我区率先推进，在全区、全市、全省排名靠前，落实市委、省委要求"),
        (TOWN, "镇长带头述法，区长来镇调研，区司法局局长授课，配合区公安局党组开展工作"),
        (TOWN, "学习岐沅县委经验，与岐沅县政府结对，邀请岐沅县县长交流"),
        (TOWN, "落实“我局怎么办”讨论和《全县法治工作规则》"),
        (TOWN, "配合县域治理，开展局长接待日活动"),
        (COUNTY, "我局在县委、县政府领导下，全县上下齐心，我县推进依法治县，局党组多次研究"),
        (
            COUNTY,
            "指导各镇党委、乡镇政府和街道党工委，镇长、乡长带头述法，全镇推广，全市、全省领先",
        ),
        (COUNTY, "县委依法治县办、市委依法治市办、市局和省厅指导，局长带头述法"),
        (COUNTY, "深入社区委员会和开发区管委会，走进自治区政府门户，办理全区域事项"),
        (DISTRICT, "我局在区委、区政府和市委领导下，局党委多次研究，全区上下齐心"),
        (
            CITY,
            "我局在市委、市政府领导下，全市各县区县委、区委落实责任，全县、全区推广，县长、区长述法",
        ),
        (
            GOVERNMENT,
            "我县在市委、市政府领导下，县委、县政府多次研究，县政府党组学法，局长、镇长走流程",
        ),
        (GOVERNMENT, "各局党组和各镇党委落实责任，县长带头述法"),
        (GENERAL, "我局在县委、县政府领导下，局党组多次研究"),
    ],
)
def test_its_own_words_and_others_by_their_names_are_left_alone(
    given: FactSheet, clause: str
) -> None:
    assert found(f"一、主要工作\n{clause}，工作有序。", given) == []


@pytest.mark.parametrize(
    ("given", "clause"),
    [
        (COUNTY, "我市深入推进"),
        (COUNTY, "局党委多次研究"),
        (HALF_KNOWN, "全区上下齐心"),  # it may lie in an autonomous region
        (sheet("青岩镇", "镇", "镇", "泊宁区青岩镇", "我局高度重视"), "我局高度重视"),
    ],
)
def test_what_may_be_right_is_a_warning(given: FactSheet, clause: str) -> None:
    ((issue),) = found(f"一、主要工作\n{clause}，工作有序。", given)
    assert issue.severity == "warning"


def test_in_an_autonomous_region_its_area_is_no_district() -> None:
    given = sheet("云岫县司法局", "司法局", "县", "广西壮族自治区百色市云岫县")
    assert found("一、主要工作\n全区首个法治公园建成，自治区党委、区政府肯定。", given) == []


BODY = "一、主要工作\n工作有序推进。\n"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("岐沅县司法局2024年度报告\n" + BODY, "岐沅县司法局"),
        ("云岫县公安局关于2024年度法治建设情况的报告\n" + BODY, "云岫县公安局"),
        ("云岫区司法局2024年度报告\n" + BODY, "云岫区司法局"),
        ("雅安市司法局2024年度报告\n" + BODY, "雅安市司法局"),
        ("青岩镇2024年法治政府建设年度报告\n" + BODY, "青岩镇"),
        ("岐沅县2024年法治政府建设年度报告\n" + BODY, "岐沅县"),
        ("岐沅县司法局文件\n2024年度报告\n" + BODY, "岐沅县司法局"),
        ("2024年度报告\n2024年，岐沅县司法局坚持法治引领。\n" + BODY, "岐沅县司法局"),
        ("2024年度报告\n2024年，岐沅县坚持法治引领。\n" + BODY, "岐沅县"),
        ("2024年度报告\n" + BODY + "岐沅县司法局\n2025年1月20日", "岐沅县司法局"),
        ("2024年度报告\n" + BODY + "岐沅县司法局", "岐沅县司法局"),
        ("2024年度报告\n" + BODY * 2 + "我镇有序，我镇平稳，我镇向好。", "“我镇”（3 处）"),
    ],
)
def test_another_unit_s_report_gets_one_leading_issue(text: str, named: str) -> None:
    text = text.replace("工作有序推进。", "工作有序推进。我镇落实，全区推进。", 1)
    (issue,) = found(text.replace("我镇落实", "落实") if "3 处" in named else text, COUNTY)
    assert check(text, COUNTY).issues[0].kind == "foreign_unit"
    assert issue.message == (f"这份报告写的是{named}，数据文件是云岫县司法局，不是同一个单位")


@pytest.mark.parametrize(
    "title",
    [
        "云岫县司法局2024年度报告",
        "四川省云岫县司法局关于2024年度法治政府建设情况的报告",
        "云岫县2024年法治政府建设年度报告",
        "2024年法治政府建设年度报告",
        "中共云岫县委全面依法治县委员会办公室关于2024年度法治建设情况的报告",
        "关于2024年度法治政府建设情况的报告",
    ],
)
def test_its_own_titles_are_right(title: str) -> None:
    text = f"{title}\n2024年，云岫县司法局坚持法治引领。\n{BODY}云岫县司法局\n2025年1月20日"
    assert found(text, COUNTY) == []


@pytest.mark.parametrize(
    ("name", "type_", "title"),
    [
        ("云岫县人力资源和社会保障局", "人社局", "云岫县人社局2024年度报告"),
        ("云岫县城市管理局", "城管局", "云岫县城管局2024年度报告"),
        ("青岩镇", "镇", "青岩镇人民政府2024年度报告"),
        ("青岩镇人民政府", "镇", "青岩镇2024年度报告"),
        ("湘西土家族苗族自治州教育局", "教育局", "湘西州教育局2024年度报告"),
    ],
)
def test_short_names_are_the_unit_s_own(name: str, type_: str, title: str) -> None:
    assert found(f"{title}\n{BODY}", sheet(name, type_, "", "")) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("云岫县司法局2024年度报告\n" + BODY + "岐沅县司法局\n2025年1月20日", "落款"),
        ("云岫县司法局2024年度报告\n" + BODY + "云岫县公安局\n二〇二五年一月二十日", "落款"),
        ("云岫县司法局2024年度报告\n" + BODY + "岐沅县司法局 2025年1月20日", "落款"),
        ("云岫县司法局2024年度报告\n2024年，岐沅县司法局坚持引领。\n" + BODY, "开头"),
        ("岐沅县司法局2024年度报告\n" + BODY + "云岫县司法局\n2025年1月20日", "标题"),
    ],
)
def test_another_unit_s_name_left_standing_in_one_place_is_named_there(
    text: str, part: str
) -> None:
    (issue,) = found(text, COUNTY)
    assert issue.severity == "error"
    assert issue.message.startswith(part)
    assert text[issue.start : issue.end] in issue.message
    assert issue.suggestion == "请改为“云岫县司法局”"
