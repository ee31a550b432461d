"""What is left standing from last year is named before it can print as this year's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from workbooks import UNIT
from workbooks import sheet_of as workbook

from fzwriter.errors import InputError
from fzwriter.facts import FactSheet, Finding, lint, settled

Build = Callable[..., FactSheet]
FACT = "id: f1, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件"


def asked(sheet: FactSheet) -> list[Finding]:
    return [finding for finding in lint(sheet) if finding.stops]


def told(sheet_of: Build, text: str, kind: str = "举措", note: str = "") -> list[Finding]:
    rest = f'statements: [{{kind: {kind}, text: "{text}", note: "{note}"}}]\n'
    return asked(sheet_of(FACT, rest=rest))


# The sheets of these tests report on 2024.
@pytest.mark.parametrize(
    "text",
    [
        "2023年开展法治宣传活动36场",
        "2023年，我局共开展宣传36场",
        "2023年度办理案件48件",
        "2023年度，完成各项任务",
        "全县2023年开展宣传，群众满意",
        "我局2023年办理案件48件",
        "一是2023年组织开展培训",
        "扎实推进普法，2023年开展宣传36场",
        "夯实基础。2023年12月印发实施方案",
        "2023年全年接待群众",
        "截至2023年12月，全镇聘请法律顾问",
        "2023年度已判决的54件诉讼案件中有12件败诉",
        "2025年开展法治宣传活动36场",
    ],
)
def test_a_deed_of_another_year_is_asked_about(sheet_of: Build, text: str) -> None:
    (finding,) = told(sheet_of, text)
    assert (finding.place, finding.ids) == ("第 6 行", ("s1",))
    assert "报告期是2024年" in finding.message
    assert told(sheet_of, text, note="已核") == []


@pytest.mark.parametrize(
    "text",
    [
        "2024年开展法治宣传活动36场",
        "2023年以来持续开展专项整治",
        "2023年度考核获评优秀等次，得分98分",
        "完成2023年度述法评议反馈问题的整改",
        "2023年9月启动的专项整治于今年6月收官",
        "2023年印发的《办法》继续执行",
        "沿用2023年编印的《学生权益手册》",
        "与2022年、2023年相比，线索逐步减少",
        "较2023年增加3件",
        "2021年至2025年持续推进",
        "2023—2024年开展轮训",
        "落实《湖北省2023年普法要点》",
        "推荐民警参选2023年度“十大法治人物”",
    ],
)
def test_a_year_that_is_not_the_deed_s_own_is_not(sheet_of: Build, text: str) -> None:
    assert told(sheet_of, text) == []


@pytest.mark.parametrize(
    ("text", "stale"),
    [
        ("2024年，我局将深入推进普法", True),
        ("2024年开展法治讲座12场", True),
        ("2023年开展法治讲座12场", True),
        ("2025年开展法治讲座12场", False),
        ("2024年未完成的事项继续推进", False),
        ("总结“八五”普法经验，编好2025年度普法清单", False),
    ],
)
def test_a_plan_is_for_the_time_behind(sheet_of: Build, text: str, stale: bool) -> None:
    assert [("的计划" in f.message) for f in told(sheet_of, text, "计划")] == [True] * stale


COLUMN = [
    f"id: f{n}, topic: 普法, name: 某数{n}, value: {{}}, previous: {10 + n}, unit: 场"
    for n in range(1, 8)
]


def column(sheet_of: Build, changed: int, rows: int = 7, note: str = "") -> list[Finding]:
    """So many rows, of which so many differ from last year's."""
    facts = [
        row.format(10 + n + (n <= changed)) + (f", note: {note}" if note else "")
        for n, row in enumerate(COLUMN[:rows], 1)
    ]
    return asked(sheet_of(*facts))


def test_a_column_that_is_last_year_s_is_asked_about(sheet_of: Build) -> None:
    (finding,) = column(sheet_of, changed=1)
    assert "7 个数里，6 个的本年数和上年数一样（第 6 行、第 7 行、" in finding.message
    assert len(finding.ids) == 6
    assert column(sheet_of, changed=1, note="已核") == []
    assert column(sheet_of, changed=2) == []
    assert column(sheet_of, changed=0, rows=4) == []


def test_noughts_say_nothing(sheet_of: Build) -> None:
    rows = [
        row.format(0).replace(f"previous: {10 + n}", "previous: 0")
        for n, row in enumerate(COLUMN, 1)
    ]
    assert asked(sheet_of(*rows)) == []


def test_a_title_of_another_year_is_asked_about(sheet_of: Build) -> None:
    sheet = sheet_of(FACT)
    titles = {"关于2023年度法治政府建设情况的报告": 1, "2024年工作总结和2025年工作要点": 0, "年度报告": 0,
              "关于落实《2023年要点》情况的报告": 0}  # fmt: skip
    for title, count in titles.items():
        document = sheet.document.model_copy(update={"title": title})
        assert len(asked(sheet.model_copy(update={"document": document}))) == count


HEADS = ("核对状态", "主题", "指标", "数值", "单位", "上年数")
ROW = ("去年数待换", "行政复议", "收到行政复议案件", 48, "件", 40)


@pytest.mark.parametrize(
    ("heading", "last", "places"),
    [
        ("数值（2023年）", "上年数（2022年）", ["数据!D1", "数据!F1"]),
        ("数值(2023)", "上年数", ["数据!D1"]),
        ("本年数（２０２３年）", "上年数（2023年）", ["数据!D1"]),
        ("数值（2024年）", "上年数（2023年）", []),
        ("2024年", "2023年", []),
        ("数值（2023年7月至2024年6月）", "上年数", []),
        ("数值", "去年（2024年）", ["数据!F1"]),
    ],
)
def test_a_column_headed_by_another_year_is_asked_about(
    tmp_path: Path, heading: str, last: str, places: list[str]
) -> None:
    head = (*HEADS[:3], heading, "单位", last)
    sheet = workbook(tmp_path, (None, *ROW[1:]), head=head)
    assert [finding.place for finding in asked(sheet)] == places


def test_marked_rows_are_named_sheet_by_sheet(tmp_path: Path) -> None:
    rows = [(mark, "复议", f"某数{n}", n, "件", None) for n, mark in enumerate(
        ["去年数待换", "去年数待换", "去年数待换", "已换", None, "去年数待换"], 1)]  # fmt: skip
    deeds = {"举措": (("核对状态", "主题", "内容"), ("去年数待换", "普法", "开展“法律七进”活动"))}
    sheet = workbook(tmp_path, *rows, head=HEADS, sheets=deeds)
    facts, statements = asked(sheet)
    assert "4 行还标着“去年数待换”（第 2—4、7 行）" in facts.message
    assert (facts.place, statements.place) == ("数据!A2", "举措!A2")
    with pytest.raises(InputError, match="另有 1 处错误：举措!A2"):
        settled(sheet)


def test_a_marked_row_without_a_figure_asks_nothing(tmp_path: Path) -> None:
    open_row = ("去年数待换", "复议", "办结", None, "件", 31)
    assert asked(workbook(tmp_path, (None, *ROW[1:]), open_row, head=HEADS)) == []


def test_a_remark_confirms_a_statement_in_a_workbook(tmp_path: Path) -> None:
    head = ("主题", "内容", "备注")
    for note, count in (("", 1), ("已核", 0)):
        deeds = {"举措": (head, ("普法", "2023年开展宣传36场", note))}
        assert len(asked(workbook(tmp_path, unit=UNIT, sheets=deeds))) == count
