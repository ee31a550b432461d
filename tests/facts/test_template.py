"""The template: what it asks of whom, and that a filled one says what the YAML file says."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from fzwriter.errors import InputError
from fzwriter.facts import Fact, FactSheet, load_catalogue, load_facts, loads_facts
from fzwriter.facts.catalogue_data import matches, split_scale
from fzwriter.facts.template import template_bytes
from fzwriter.facts.usual import UsualFigure, usual_figures
from fzwriter.facts.workbook import Content, workbook_bytes
from fzwriter.units import find_profile, known_types

# What the catalogue of relations has no use for.
UNKNOWN = {
    "听取法治建设情况汇报", "开展法治督察", "走访企业", "开展企业法治体检", "作为被申请人的行政复议案件",
    "被撤销或确认违法", "受教育师生", "引导申请法律援助", "协助管理社区矫正对象",
}  # fmt: skip


def usual(type_: str, level: str = "县") -> dict[tuple[str, str], UsualFigure]:
    return {(f.topic, f.name): f for f in usual_figures(find_profile(type_, "", level))}


@pytest.mark.parametrize("type_", known_types())
def test_every_type_is_asked_for_figures_the_catalogue_knows(type_: str) -> None:
    figures = usual(type_)
    catalogue = load_catalogue()
    assert 60 <= len(figures) <= 150
    topics = {topic.name: topic for topic in catalogue.entries}
    for (topic, name), figure in figures.items():
        assert not figure.total or (topic, figure.total) in figures
        if topic not in topics or name in UNKNOWN:
            continue
        assert any(
            matches(indicator.pattern, name)
            and any(
                catalogue.same_unit(unit, split_scale(figure.unit)[1]) for unit in indicator.units
            )
            for indicator in topics[topic].indicators.values()
        ), (topic, name)


def test_only_who_reviews_is_asked_for_reviews() -> None:
    assert ("行政复议", "收到行政复议案件") in usual("司法局")
    assert ("行政复议", "收到行政复议案件") not in usual("公安局")
    assert ("行政复议", "作为被申请人的行政复议案件") in usual("公安局")
    assert ("公证", "办理公证") not in usual("镇", "镇")
    assert ("公安", "破案") in usual("公安局")
    assert ("组织领导", "依法治区委员会会议") in usual("司法局", "区")


def cells_of(data: bytes, sheet: str) -> Any:
    return load_workbook(io.BytesIO(data))[sheet]


def test_what_a_clerk_sees() -> None:
    data = template_bytes("司法局", level="县", year=2024)
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == [
        "填写说明", "单位信息", "数据", "举措", "亮点", "问题", "原因", "第一责任人", "计划", "其他",
        "推算", "固定说法", "选项",
    ]  # fmt: skip
    assert [s.title for s in book.worksheets if s.sheet_state != "visible"] == ["选项"]
    facts = book["数据"]
    head = [cell.value for cell in facts[1]]
    assert head[:7] == [
        "主题",
        "指标",
        "数值（2024年）",
        "单位",
        "约数",
        "上年数（2023年）",
        "属于",
    ]
    assert facts.freeze_panes == "C2"
    assert all(cell.comment for cell in facts[1])
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in facts.data_validations.dataValidation}
    assert lists["A2"].startswith("选项!$A$2:$A$")
    assert lists["I2"] == '"是,否"'
    assert not any(v.showErrorMessage for v in facts.data_validations.dataValidation)
    assert [facts["A2"].value, facts["B2"].value, facts["C2"].value] == [
        "组织领导", "依法治县委员会会议", None,
    ]  # fmt: skip
    unit = {row[0].value: row[1].value for row in book["单位信息"].iter_rows()}
    assert unit["报告期（必填）"] == "2024"
    assert unit["单位类型（必填）"] == "司法局"
    assert "填写" in book["填写说明"]["A1"].value


def test_an_empty_template_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(template_bytes("司法局"))
    with pytest.raises(InputError, match="单位信息!B2：“单位名称”没有填") as caught:
        load_facts(path)
    assert "单位信息!B6" in str(caught.value)
    path.write_bytes(template_bytes("司法局", name="古丈县司法局", year=2024))
    with pytest.raises(InputError, match="数据：没有填任何数值"):
        load_facts(path)


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"])
def test_text_from_people_is_never_a_formula(tmp_path: Path, word: str) -> None:
    data = template_bytes("气象局", name=word, level=word)
    rows = {"facts": [{"name": word, "topic": word, "value": "5", "unit": "件"}]}
    content = workbook_bytes(Content(unit={"name": word, "title": word}, rows=rows))
    for made, place in ((data, "单位信息!B2"), (content, "单位信息!B2"), (content, "数据!B2")):
        sheet, address = place.split("!")
        cell = cells_of(made, sheet)[address]
        assert (cell.data_type, cell.value) == ("s", word)
        assert cell.quotePrefix


def test_control_characters_and_long_texts_do_not_spoil_the_file() -> None:
    rows = {"举措": [{"text": "甲\x00\x0b乙" + "长" * 40_000}]}
    cell = cells_of(workbook_bytes(Content(unit={}, rows=rows)), "举措")["B2"]
    assert cell.value.startswith("甲乙长")
    assert len(cell.value) == 32_000


FILLED = {
    "司法局": """\
unit: {name: 古丈县司法局, type: 司法局, level: 县}
period: 2024
document: {kind: 法治政府建设年度报告, addressee: 县委、县人民政府, date: 2025-01-20}
facts:
  - {id: a, topic: 组织领导, name: 开展述法的单位主要负责人, value: 70, unit: 名, approx: 余}
  - {id: b, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件, previous: 40}
  - {id: c, topic: 行政复议, name: 受理, value: 44, unit: 件, parts_of: b}
  - {id: d, topic: 行政复议, name: 办结, value: 23, unit: 件, parts_of: c}
  - {id: e, topic: 行政复议, name: 维持, value: 9, unit: 件, parts_of: d}
  - {id: f, topic: 法律援助, name: 为受援人挽回经济损失, value: 25.63, unit: 万元}
  - {id: g, topic: 人民调解, name: 调解矛盾纠纷, value: 1085, unit: 件}
  - {id: h, topic: 人民调解, name: 调解成功, value: 1055, unit: 件, parts_of: g}
  - {id: i, topic: 普法, name: 普法知晓率, value: 98.7, unit: "%", required: false}
derived:
  - {id: j, topic: 人民调解, name: 调解成功率, formula: h/g, unit: "%", digits: 1}
statements:
  - {topic: 普法, kind: 举措, text: 组织开展“法律七进”活动}
  - {topic: 普法, kind: 问题, text: 普法方式创新不够}
  - {topic: 普法, kind: 计划, text: 每季度开展一次以上法治讲座}
terms: [三区十室]
""",
    "镇": """\
unit: {name: 石岫镇, type: 镇, level: 镇}
period: 2024
document: {kind: 法治政府建设年度报告}
facts:
  - {id: a, topic: 法律顾问, name: 聘请法律顾问, value: 2, unit: 名}
  - {id: b, topic: 行政执法, name: 罚没款, value: 1.46, unit: 万元, previous: 2}
  - {id: c, topic: 信访, name: 受理信访事项, value: 43, unit: 件}
  - {id: d, topic: 信访, name: 办结信访事项, value: 41, unit: 件, parts_of: c}
  - {id: e, topic: 普法, name: 发放宣传资料, value: 2.6, unit: 万份, approx: 余}
statements:
  - {topic: 组织领导, kind: 第一责任人, text: 镇党委书记带头学法}
""",
    "公安局": """\
unit: {name: 汀屏县公安局, type: 公安局, level: 县}
period: 2024
document: {kind: 法治政府建设年度报告}
facts:
  - {id: a, topic: 公安, name: 刑事案件立案, value: 412, unit: 起, units: [起, 件], previous: 468}
  - {id: b, topic: 公安, name: 破案, value: 287, unit: 起, parts_of: a, previous: 279}
  - {id: c, topic: 行政复议, name: 作为被申请人的行政复议案件, value: 0, unit: 件}
  - {id: d, topic: 行政应诉, name: 办理行政应诉案件, value: 1, unit: 件, aliases: [应诉案件]}
derived:
  - {id: j, name: 破案率, formula: b/a, unit: "%", digits: 1}
""",
}


class Clerk:
    """Fills in a template as a person would: looks for the line, writes the figure."""

    def __init__(self, path: Path) -> None:
        self.book = load_workbook(path)
        self.path = path
        self.cells: dict[tuple[str, str], str] = {}

    def columns(self, sheet: Any) -> dict[str, int]:
        return {str(cell.value).split("（")[0]: cell.column for cell in sheet[1] if cell.value}

    def fact(self, fact: Fact, sheet: FactSheet) -> None:
        page = self.book["数据"]
        at = self.columns(page)
        wanted = (fact.topic, fact.name)
        row = next(
            (r[0].row for r in page.iter_rows(min_row=2) if wanted == (r[0].value, r[1].value)), 0
        )
        if not row:
            row = page.max_row + 1
            page.cell(row, at["主题"]).value = fact.topic
            page.cell(row, at["指标"]).value = fact.name
        value = page.cell(row, at["数值"])
        value.value = fact.value
        unit = fact.unit
        if unit == "%":
            value.value, value.number_format, unit = float(fact.value) / 100, "0.0%", ""
        elif fact.approx:
            value.value, unit = f"{fact.value}{fact.approx}", fact.unit
        page.cell(row, at["单位"]).value = unit
        page.cell(row, at["上年数"]).value = fact.previous
        page.cell(row, at["其他量词"]).value = "、".join(fact.units)
        page.cell(row, at["别名"]).value = "、".join(fact.aliases)
        page.cell(row, at["必写"]).value = None if fact.required else "否"
        page.cell(row, at["属于"]).value = (
            sheet.by_id[fact.parts_of].name if fact.parts_of else None
        )
        self.cells[wanted] = f"数据!{value.coordinate}"

    def fill(self, sheet: FactSheet) -> None:
        unit = {str(r[0].value).split("（")[0]: r[1] for r in self.book["单位信息"].iter_rows()}
        unit["单位名称"].value = sheet.unit.name
        unit["主送"].value = sheet.document.addressee
        unit["落款日期"].value = sheet.document.date
        for fact in sheet.facts:
            self.fact(fact, sheet)
        for statement in sheet.statements:
            page = self.book[statement.kind]
            page.cell(2, 1).value, page.cell(2, 2).value = statement.topic, statement.text
        names = {f.id: f.name for f in sheet.facts}
        for derived in sheet.derived:
            left, right = derived.formula.split("/")
            formula = f"{names[left]}/{names[right]}"
            row = (derived.topic, derived.name, formula, derived.unit, derived.digits)
            for column, value in enumerate(row, 1):
                self.book["推算"].cell(2, column).value = value
        for term in sheet.terms:
            self.book["固定说法"]["A2"] = term
        self.book.save(self.path)


def told(sheet: FactSheet) -> dict[str, Any]:
    """A sheet as it is whatever its ids are called, and wherever it was read."""
    names = {f.id: f"{f.topic}{f.name}" for f in sheet.facts}
    facts = [
        f.model_dump(exclude={"id", "source"}) | {"parts_of": names.get(f.parts_of, "")}
        for f in sheet.facts
    ]
    derived = [d.model_dump(exclude={"id", "source", "formula"}) for d in sheet.derived]
    formulas = [[names[id] for id in d.formula.split("/")] for d in sheet.derived]
    return {
        "unit": sheet.unit, "period": sheet.period, "document": sheet.document,
        "facts": sorted(facts, key=lambda f: (f["topic"], f["name"])), "derived": derived,
        "formulas": formulas, "terms": sheet.terms,
        "statements": [s.model_dump(exclude={"source"}) for s in sheet.statements],
    }  # fmt: skip


@pytest.mark.parametrize("type_", FILLED)
def test_a_template_filled_in_says_what_the_yaml_says(tmp_path: Path, type_: str) -> None:
    sheet = loads_facts(FILLED[type_])
    path = tmp_path / "数据.xlsx"
    path.write_bytes(template_bytes(type_, level=sheet.unit.level, year=2024))
    clerk = Clerk(path)
    clerk.fill(sheet)
    loaded = load_facts(path)
    assert told(loaded) == told(sheet)
    assert {(f.topic, f.name): f.source for f in loaded.facts} == clerk.cells
    assert all("没有填数" in notice for notice in loaded.notices)
