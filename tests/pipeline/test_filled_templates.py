"""From the empty workbook to the ledger: every figure of the report names the cell it was typed into."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from fzwriter import draft, load_facts
from fzwriter.cli import run
from fzwriter.facts import FactSheet
from fzwriter.output.ledger import Ledger, make_ledger
from fzwriter.report import Report

Figures = Mapping[tuple[str, str], tuple[object, ...]]  # (topic, name) → value, unit, last year


@dataclass(frozen=True)
class Filled:
    """What a clerk of one unit types into its template."""

    name: str
    type: str
    level: str
    figures: Figures
    statements: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    derived: tuple[str, str, str] = ("", "", "")


UNITS = (
    Filled(
        "云岫县司法局", "司法局", "县",
        {
            ("行政复议", "收到行政复议案件"): (48, "件", 40),
            ("行政复议", "受理"): ("44", "件"),
            ("行政复议", "办结"): (23, "件"),
            ("人民调解", "调解矛盾纠纷"): ("1,085", "件"),
            ("人民调解", "调解成功"): ("１０５５", "件"),
            ("法律援助", "为受援人挽回经济损失"): ("100余", "万元"),
            ("组织领导", "开展述法的单位主要负责人"): ("70余名", ""),
        },
        {"举措": ("普法", "组织开展“法律七进”活动"), "问题": ("普法", "普法方式创新不够"),
         "计划": ("普法", "2025年每季度开展一次法治讲座")},
        ("调解成功率", "调解成功/调解矛盾纠纷", "人民调解"),
    ),
    Filled(
        "石岫镇人民政府", "镇", "镇",
        {
            ("法律顾问", "聘请法律顾问"): (2, "名"),
            ("信访", "受理信访事项"): (43, "件", 51),
            ("信访", "办结信访事项"): (41, "件"),
            ("行政执法", "罚没款"): (1.46, "万元"),
            ("普法", "发放宣传资料"): ("约2.6", "万份"),
        },
        {"第一责任人": ("组织领导", "镇党委书记带头学法用法"),
         "计划": ("信访", "推动信访积案实质化解")},
    ),
    Filled(
        "汀屏县教育局", "教育局", "县",
        {
            ("普法", "法治副校长"): (36, "名"),
            ("普法", "受教育师生"): ("1.2", "万人次"),
            ("普法", "普法知晓率"): (0.987, "%"),
            ("行政执法", "开展执法检查"): ("12", "次"),
        },
        {"亮点": ("普法", "建成青少年法治教育实践基地")},
    ),
)  # fmt: skip


class Clerk:
    """Fills in the template line by line; knows headings, not addresses."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = load_workbook(path)
        self.cells: dict[str, str] = {}

    def fill(self, unit: Filled) -> None:
        for row in self.book["单位信息"].iter_rows():
            if str(row[0].value).startswith("落款日期"):
                row[1].value = "2025年1月20日"
        for (topic, name), typed in unit.figures.items():
            self._figure(topic, name, *typed)
        for kind, (topic, text) in unit.statements.items():
            page = self.book[kind]
            page.cell(2, 1).value, page.cell(2, 2).value = topic, text
            self.cells[text] = f"{kind}!"
        name, formula, topic = unit.derived
        if name:
            page = self.book["推算"]
            columns = self._columns(page)
            values = {"主题": topic, "名称": name, "公式": formula, "单位": "%", "小数位数": 1}
            for heading, value in values.items():
                page.cell(2, columns[heading]).value = value
            self.cells[name] = "推算!"
        self.book.save(self.path)

    def _figure(
        self, topic: str, name: str, value: object, unit: str, previous: object = None
    ) -> None:
        page = self.book["数据"]
        columns = self._columns(page)
        row = next(
            (r[0].row for r in page.iter_rows(min_row=2) if (r[0].value, r[1].value) == (topic, name)),
            0,
        )  # fmt: skip
        if not row:
            row = next(n for n in range(2, page.max_row + 2) if not page.cell(n, 2).value)
            page.cell(row, columns["主题"]).value = topic
            page.cell(row, columns["指标"]).value = name
        cell = page.cell(row, columns["数值"])
        cell.value = value
        if unit == "%":
            cell.number_format, unit = "0.0%", ""
        page.cell(row, columns["单位"]).value = unit or None
        page.cell(row, columns["上年数"]).value = previous
        self.cells[name] = f"数据!{cell.coordinate}"

    @staticmethod
    def _columns(page: Any) -> dict[str, int]:
        return {re.split("[（(]", str(c.value))[0]: c.column for c in page[1] if c.value}


@dataclass
class Done:
    clerk: Clerk
    sheet: FactSheet
    report: Report
    ledger: Ledger


@pytest.fixture(scope="module", params=UNITS, ids=lambda unit: unit.type)
def done(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Done:
    unit: Filled = request.param
    folder = tmp_path_factory.mktemp("filled")
    path = folder / "数据.xlsx"
    arguments = ["facts", "template", unit.type, "-o", str(path), "--name", unit.name]
    assert run([*arguments, "--level", unit.level, "--year", "2024"]) == 0
    clerk = Clerk(path)
    clerk.fill(unit)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FZWRITER_HOME", str(tmp_path_factory.getbasetemp() / "library"))
        sheet = load_facts(path)
        report = draft(sheet, writer="offline")
    return Done(clerk, sheet, report, make_ledger(report, sheet))


def test_the_draft_is_right_and_leaves_nothing_out(done: Done) -> None:
    verdict = done.report.check
    assert verdict is not None
    assert [issue.message for issue in verdict.issues if issue.severity == "error"] == []
    assert verdict.omitted == ()


def test_every_figure_names_the_cell_it_was_typed_into(done: Done) -> None:
    names = {fact.id: fact.name for fact in done.sheet.facts}
    told: set[str] = set()
    for entry in done.ledger.entries:
        for source, name, cell in zip(entry.sources, entry.names, entry.cells, strict=True):
            if source in names:
                assert (name, cell) == (names[source], done.clerk.cells[name])
                told.add(name)
    assert told == set(names.values())


def test_the_cell_holds_what_the_report_prints(done: Done) -> None:
    book = load_workbook(done.clerk.path)
    checked = 0
    for entry in done.ledger.entries:
        if entry.kind != "quantity" or len(entry.sources) != 1 or entry.formula:
            continue
        if not (cell := entry.cells[0]).startswith("数据!") or entry.status != "traced":
            continue
        typed = str(book["数据"][cell.removeprefix("数据!")].value)
        digits = typed.translate(str.maketrans("０１２３４５６７８９", "0123456789", ","))
        figure = re.search(r"[\d.]+", digits)
        printed = re.search(r"[\d.]+", entry.text)
        assert figure is not None
        assert printed is not None
        expected = float(figure[0]) * (100 if "%" in entry.text else 1)
        assert float(printed[0]) == pytest.approx(expected), (entry, typed)
        checked += 1
    assert checked >= 3


def test_computed_figures_and_statements_name_their_rows(done: Done) -> None:
    expected = {s.id: s.source for s in done.sheet.statements}
    expected |= {d.id: d.source for d in done.sheet.derived}
    sources = [
        (source, cell)
        for entry in done.ledger.entries
        for source, cell in zip(entry.sources, entry.cells, strict=True)
        if source.split(".")[0] in expected
    ]
    for source, cell in sources:
        assert cell == expected[source.split(".")[0]]
        assert re.fullmatch(r"(?:推算|举措|亮点|问题|计划|第一责任人)!([A-Z]+)?2", cell), cell
    if done.sheet.derived:
        assert any(source in done.sheet.derived_by_id for source, _ in sources)
