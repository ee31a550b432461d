"""A slip of unit, percent sign or digit is asked about; an ordinary year is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from workbooks import sheet_of as workbook

from fzwriter.errors import InputError
from fzwriter.facts import FactSheet, Finding, lint, load_facts, loads_facts, settled
from fzwriter.facts.template import template_bytes
from fzwriter.units import known_types

Build = Callable[..., FactSheet]


def asked(sheet: FactSheet) -> list[Finding]:
    return [finding for finding in lint(sheet) if finding.stops]


def grown(sheet_of: Build, value: str, previous: str, unit: str, more: str = "") -> list[Finding]:
    fact = f'id: f1, topic: 普法, name: 某数, value: {value}, previous: {previous}, unit: "{unit}"'
    return asked(sheet_of(fact + more))


@pytest.mark.parametrize(
    ("value", "previous", "unit", "readings"),
    [
        ("1.2", "9000", "万份", ("上年应是0.9万份", "本年应是12000万份")),
        ("9000", "1.2", "万份", ("上年应是12000万份", "本年应是0.9万份")),
        ("10.2", "97200", "万元", ("上年应是9.72万元",)),
        ("312.6", "2980000", "万元", ("上年应是298万元",)),
        ("2980000", "312.6", "万元", ("本年应是298万元",)),
        ("36000", "3.1", "元", ("上年应是31000元", "本年应是3.6元")),
        ("98.5", "0.972", "%", ("上年应是97.2%", "本年应是0.985%")),
        ("0.985", "97.2", "%", ("本年应是98.5%",)),
        ("9.85", "97.2", "%", ("本年应是98.5%",)),
        ("45", "0.6", "%", ("上年应是60%",)),
        ("480", "48", "件", ("本年应是48件",)),
        ("48", "480", "件", ("上年应是48件",)),
        ("4812", "48", "件", ("上年应是4800件",)),
        ("48", "47000", "人次", ("上年应是47人次",)),
        ("3", "300", "件", ("上年应是3件",)),
        ("2", "20", "件", ("本年应是20件",)),
        ("60", "6", "次", ("本年应是6次",)),
        ("130", "12", "场", ("上年应是120场",)),
    ],
)
def test_a_leap_is_asked_with_both_readings(
    sheet_of: Build, value: str, previous: str, unit: str, readings: tuple[str, ...]
) -> None:
    (finding,) = grown(sheet_of, value, previous, unit)
    assert finding.place == "第 5 行"
    assert all(reading in finding.message for reading in (*readings, "note: 已核"))
    assert grown(sheet_of, value, previous, unit, ", note: 含上年结转；已核实") == []
    assert len(grown(sheet_of, value, previous, unit, ", note: 已核定编制")) == 1


@pytest.mark.parametrize(
    ("value", "previous", "unit"),
    [
        ("24", "48", "件"), ("48", "16", "件"), ("1", "9", "件"), ("9", "1", "件"), ("1", "10", "件"),
        ("1", "12", "件"), ("2", "15", "场"), ("0", "20", "件"), ("20", "0", "件"), ("4", "60", "件"),
        ("5", "40", "件"), ("8.5", "1.2", "万份"), ("12.5", "3.1", "万元"), ("98.5", "97.2", "%"),
        ("2", "18", "%"), ("22", "6", "%"), ("0.8", "2.4", "%"), ("100", "62.5", "%"),
    ],
)  # fmt: skip
def test_an_ordinary_year_is_not_asked_about(
    sheet_of: Build, value: str, previous: str, unit: str
) -> None:
    assert grown(sheet_of, value, previous, unit) == []


KINDS = {
    "yaml": """\
unit: {{name: 汀屏县教育局, type: 教育局, level: 县}}
period: 2025
document: {{kind: 法治政府建设年度报告}}
facts:
  - {{id: f1, topic: 行政执法, name: 罚没款, value: 22000, unit: 万元, note: "{note}"}}
""",
    "json": """\
{{"unit": {{"name": "汀屏县教育局", "type": "教育局", "level": "县"}}, "period": 2025,
"document": {{"kind": "法治政府建设年度报告"}}, "facts": [
{{"id": "f1", "topic": "行政执法", "name": "罚没款", "value": 22000, "unit": "万元", "note": "{note}"}}]}}
""",
    "csv": """\
单位名称,汀屏县教育局
单位类型,教育局
报告期,2025
文种,法治政府建设年度报告
主题,指标,数值,单位,备注
行政执法,罚没款,22000,万元,{note}
""",
}


@pytest.mark.parametrize(
    ("format", "place", "how"),
    [("yaml", "第 5 行", "note: 已核"), ("json", "第 3 行", "note: 已核"), ("csv", "第 6 行", "“备注”栏写“已核”")],
)  # fmt: skip
def test_every_format_is_asked_and_confirmed_in_its_own_words(
    format: str, place: str, how: str
) -> None:
    sheet = loads_facts(KINDS[format].format(note=""), name=f"x.{format}", format=format)
    with pytest.raises(InputError) as refusal:
        settled(sheet)
    message = str(refusal.value)
    assert message.startswith(f"x.{format} {place}：“罚没款”22000万元")
    assert "是不是22000元（2.2万元）" in message
    assert how in message
    assert "\n" not in message
    confirmed = loads_facts(KINDS[format].format(note="已核"), name="x", format=format)
    assert settled(confirmed) == ()


def test_a_workbook_names_the_cell(tmp_path: Path) -> None:
    row = ("行政执法", "罚没款", 312.6, "万元", None, 2980000, None, None)
    (finding,) = asked(workbook(tmp_path, row))
    assert finding.place == "数据!C2"
    assert "“备注”栏写“已核”" in finding.message
    assert asked(workbook(tmp_path, (*row[:-1], "已核"))) == []


SIZES = [
    ("罚没款", "22000", "万元", "是不是22000元（2.2万元）"),
    ("减免公证费", "640", "万元", "是不是640元"),
    ("为受援人挽回经济损失", "186350", "万元", "是不是186350元"),
    ("追讨农民工工资", "38600", "万元", "是不是38600元"),
    ("兑现惠企资金", "156000", "万元", "是不是156000元"),
    ("土地出让收入", "1560000", "万元", "是不是1560000元"),
    ("发放以奖代补资金", "3.5", "元", "是不是3.5万元"),
    ("司法所", "170", "个", "是不是17个"),
    ("收到行政复议案件", "48000", "件", "是不是4800件"),
    ("党组理论学习中心组学法", "120", "次", "是不是12次"),
    ("调解成功率", "0.985", "%", "是不是98.5%"),
    ("满意率", "1", "%", "是不是100%"),
    ("满意率", "9850", "%", "是不是98.5%"),
    ("发放宣传资料", "1.2", "份", "少写了“万”"),
    ("受教育群众", "3.4", "人次", "少写了“万”"),
]


@pytest.mark.parametrize(("name", "value", "unit", "said"), SIZES)
def test_a_size_beyond_its_kind_is_asked_about(
    sheet_of: Build, name: str, value: str, unit: str, said: str
) -> None:
    fact = f'id: f1, topic: 工作, name: {name}, value: {value}, unit: "{unit}"'
    (finding,) = asked(sheet_of(fact))
    assert said in finding.message
    assert asked(sheet_of(f"{fact}, note: 已核")) == []


@pytest.mark.parametrize(
    "fact",
    [
        "name: 罚没款, value: 186.35, unit: 万元",
        "name: 罚没款, value: 2.2, unit: 亿元",
        "name: 罚没款, value: 22000, unit: 元",
        "name: 为受援人挽回经济损失, value: 1320.5, unit: 万元",
        "name: 追讨农民工工资, value: 11526, unit: 万元",
        "name: 人均普法经费, value: 0.62, unit: 元",
        "name: 法律援助补贴标准, value: 80, unit: 元",
        "name: 涉案金额, value: 30, unit: 亿元",
        "name: 司法所, value: 17, unit: 个",
        "name: 收到行政复议案件, value: 1560, unit: 件",
        "name: 重新犯罪率, value: 0.2, unit: '%'",
        "name: 任务完成率, value: 120, unit: '%'",
        "name: 人均培训, value: 4.5, unit: 次",
        "name: 每万人拥有律师, value: 3.2, unit: 名",
        "name: 发放宣传资料, value: 1.2, unit: 万份",
    ],
)
def test_a_plausible_size_is_not(sheet_of: Build, fact: str) -> None:
    assert asked(sheet_of(f"id: f1, topic: 工作, {fact}")) == []


@pytest.mark.parametrize(
    ("money", "beside", "told"),
    [
        ("name: 罚没款, value: 2200, unit: 万元", "name: 作出行政处罚, value: 12, unit: 件", "平均每件183.3万元"),
        ("name: 减免公证费, value: 260, unit: 万元", "name: 减免费用办理, value: 64, unit: 件", "平均每件4.1万元"),
        ("name: 追讨农民工工资, value: 9600, unit: 万元", "name: 为农民工, value: 96, unit: 人", "平均每人100.0万元"),
        ("name: 罚没款, value: 220, unit: 万元", "name: 作出行政处罚, value: 12, unit: 件", ""),
        ("name: 追讨农民工工资, value: 1152.6, unit: 万元", "name: 为农民工, value: 932, unit: 人", ""),
    ],
)  # fmt: skip
def test_money_is_held_against_the_cases_beside_it(
    sheet_of: Build, money: str, beside: str, told: str
) -> None:
    found = asked(sheet_of(f"id: f1, topic: 某事, {money}", f"id: f2, topic: 某事, {beside}"))
    assert len(found) == bool(told)
    assert all(told in finding.message for finding in found)
    apart = asked(sheet_of(f"id: f1, topic: 某事, {money}", f"id: f2, topic: 信访, {beside}"))
    assert apart == []


@pytest.mark.parametrize(
    ("level", "told"), [("镇", True), ("县", False), ("市", False), ("省", False)]
)
def test_a_large_unit_has_large_figures(level: str, told: bool) -> None:
    text = (
        KINDS["yaml"]
        .format(note="")
        .replace("22000", "3600")
        .replace("level: 县", f"level: {level}")
    )
    assert bool(asked(loads_facts(text.replace("汀屏县教育局", f"汀屏{level}教育局")))) is told


@pytest.mark.parametrize("type_", known_types())
def test_a_template_filled_plausibly_is_not_asked_about(type_: str, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "数据.xlsx"
    path.write_bytes(template_bytes(type_, name=f"某县{type_}", level="县", year=2025))
    book = load_workbook(path)
    page = book["数据"]
    heads = {str(cell.value).split("（")[0]: cell.column for cell in page[1]}
    typed = {"万元": (18.6, 12.4), "元": (97200, 45000), "人次": (3860, 1900)}
    for row in range(2, page.max_row + 1):
        if page.cell(row, heads["指标"]).value:
            value, last = typed.get(
                page.cell(row, heads["单位"]).value, (24 + row % 5, 11 + row % 3)
            )
            page.cell(row, heads["数值"]).value = value
            page.cell(row, heads["上年数"]).value = last
    book.save(path)
    assert asked(load_facts(path)) == []
