"""Whatever a clerk typed is read, or named with its place and a remedy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment
from workbooks import FIRST, HEAD, UNIT, part, repack, save, sheet_of

from fzwriter.errors import InputError
from fzwriter.facts import load_facts
from fzwriter.facts.layout import load_layout
from fzwriter.facts.template import template_bytes


def lines_of(tmp_path: Path, *rows: object, **more: Any) -> list[str]:
    path = save(tmp_path / "数据.xlsx", (FIRST, *rows), **more)  # type: ignore[arg-type]
    with pytest.raises(InputError) as caught:
        load_facts(path)
    return [line.removeprefix(f"{path} ") for line in caught.value.lines]


WIDE = (*HEAD, "其他量词")


@pytest.mark.parametrize(
    ("row", "place", "column"),
    [
        (("普法", "活动", None, 48), "D3", "单位"),
        (("普法", "活动", None, "48场"), "D3", "单位"),
        (("普法", "活动", "—", "场", "48余"), "E3", "约数"),
        (("普法", "活动", None, "场", None, None, None, "48"), "H3", "备注"),
        (("普法", "活动", None, "场", None, None, None, 48), "H3", "备注"),
        (("普法", "活动", None, "场", None, None, None, None, "48"), "I3", "其他量词"),
    ],
)
def test_a_figure_in_another_column(
    tmp_path: Path, row: tuple[object, ...], place: str, column: str
) -> None:
    (line,) = lines_of(tmp_path, row, head=WIDE)
    assert line.startswith(f"数据!{place}：“48")
    assert f"写在“{column}”列，“数值”却空着。是数值的请移到“数值”列（数据!C3）" in line


def test_a_row_with_last_years_figure_alone_and_one_with_a_remark(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path,
        FIRST,
        ("普法", "活动", None, "场", None, 12),
        ("普法", "讲座", None, "场", None, None, None, "今年停办"),
        (None, None, None, None, None, 7),
        ("人民调解",),
    )
    assert sheet.notices == (
        "数据!F5“7”没有读取：这一行没有写“指标”；要写进报告的请补上，不要的请清空",
        "数据!A6“人民调解”没有读取：这一行没有写“指标”；要写进报告的请补上，不要的请清空",
        "数据!H4：“今年停办”没有读取：这一行的“数值”（数据!C4）空着；要写进报告的请填上数值",
        "数据：1 个指标没有填数，不进报告：讲座（第 4 行）",
        "数据：1 个指标只填了“上年数”，不进报告：活动（数据!F3，今年的填 数据!C3）；今年的数请填在“数值”列",
    )


def test_all_rows_of_ones_own_are_named_the_templates_only_counted(tmp_path: Path) -> None:
    own = [("普法", f"自设指标{n}", None, "场") for n in "甲乙丙丁戊"]
    (notice,) = sheet_of(tmp_path, FIRST, *own, ("行政复议", "受理", None, "件")).notices
    assert notice.startswith("数据：6 个指标没有填数，不进报告：自设指标甲（第 3 行）、")
    assert notice.endswith("、自设指标戊（第 7 行）")


@pytest.mark.parametrize("type_", ["司法局", "镇", "公安局", "区县政府"])
def test_a_templates_own_rows_are_only_counted(tmp_path: Path, type_: str) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "数据.xlsx"
    path.write_bytes(template_bytes(type_, name="云岫县司法局", level="县", year=2024))
    book = load_workbook(path)
    book["数据"].append(("普法", "开展活动", 5, "场"))
    book.save(path)
    (notice,) = load_facts(path).notices
    assert notice.endswith("个指标没有填数，不进报告")


@pytest.mark.parametrize("sheet", ["举措", "亮点", "问题", "原因", "第一责任人", "计划", "其他"])
def test_a_deed_typed_as_its_topic(tmp_path: Path, sheet: str) -> None:
    sheets = {sheet: (("主题", "内容"), ("组织开展“法律七进”活动", None))}
    (line,) = lines_of(tmp_path, sheets=sheets)
    assert line.startswith(f"{sheet}!A2：“组织开展“法律七进”活动”写在“主题”列，“内容”却空着。")
    assert f"请移到“内容”列（{sheet}!B2）" in line


def test_a_topic_without_its_deed_and_rates_half_typed(tmp_path: Path) -> None:
    sheets = {
        "举措": (("主题", "内容"), ("普法", None), ("普法", "开展活动")),
        "推算": (("名称", "公式", "单位"), (None, None, "%")),
    }
    assert sheet_of(tmp_path, sheets=sheets).notices == (
        "推算!C2“%”没有读取：这一行没有写“名称”；要写进报告的请补上，不要的请清空",
        "举措!A2“普法”没有读取：这一行没有写“内容”；要写进报告的请补上，不要的请清空",
    )


def test_text_beside_the_table_is_told_with_all_its_cells(tmp_path: Path) -> None:
    rows = [
        ("普法", "活动", 5, "场", *[None] * 5, "旁注"),
        ("普法", "讲座", 5, "场", *[None] * 5, "又注"),
    ]
    (line,) = lines_of(tmp_path, *rows)
    assert line.startswith("数据!J3：“旁注”这一列没有表头，不知道是什么（还有 数据!J4）。")


def test_rows_below_a_gap_and_a_second_table_are_read(tmp_path: Path) -> None:
    rows = [
        FIRST,
        (),
        (),
        ("普法", "活动", 5, "场"),
        (),
        ("数值", "单位", "指标"),
        (7, "份", "资料"),
    ]
    facts = sheet_of(tmp_path, *rows).facts
    assert [(f.name, f.value, f.unit) for f in facts] == [
        ("收到行政复议案件", 48, "件"),
        ("活动", 5, "场"),
        ("资料", 7, "份"),
    ]


def test_what_stands_above_and_below_the_table(tmp_path: Path) -> None:
    def touch(book: Any) -> None:
        book["数据"].merge_cells("A5:H5")

    rows = (("单位：万元",), HEAD, FIRST, ("合计：另有12件在办",))
    assert sheet_of(tmp_path, *rows, head=("统计表",), touch=touch).notices == (
        "表头上面的内容没有读取：数据!A2“单位：万元”；要写进报告的请写到表头下面的各列里",
        "数据!A5：“合计：另有12件在办”没有读取：它是合并成一行的标题，下面没有内容；"
        "要写进报告的请取消合并，写到各列里",
    )


def test_sheets_that_look_like_data_and_columns_of_ones_own(tmp_path: Path) -> None:
    sheets = {
        "各所报数": (("指标", "数值"), ("甲", 5)),
        "说明": (("数据截至12月",),),
        "举措": (
            ("主题", "内容", "责任科室", "序号", "#核"),
            ("普法", "开展活动", "法宣科", 1, "x"),
        ),
    }
    assert sheet_of(tmp_path, sheets=sheets).notices == (
        "工作表“各所报数”没有读取：不是模板里的表，但有表头“指标”“数值”和 1 行内容；"
        "要写进报告的请移到“数据”表",
        "工作表“说明”没有读取：不是模板里的表",
        "举措：自己留用的列没有读取：责任科室",
    )


def test_the_sheet_on_the_unit(tmp_path: Path) -> None:
    unit = (
        ("填表",),
        *UNIT,
        ("主送", None, "县委"),
        (None, "不知写哪"),
        ("层级", "县", "可不填？"),
    )
    assert sheet_of(tmp_path, unit=unit).notices == (
        "单位信息!C6：“县委”没有读取；要填的内容请写在 单位信息!B6",
        "单位信息!B7：“不知写哪”没有读取：不是这张表的项目；项目名称写在左边一格，内容写在右边一格",
        "单位信息!C8：“可不填？”没有读取；要填的内容请写在 单位信息!B8",
    )


def test_comments_of_people_are_told(tmp_path: Path) -> None:
    def touch(book: Any) -> None:
        book["数据"]["C2"].comment = Comment("张三:\n实际是 49", "张三")
        book["数据"]["C9"].comment = Comment("这里缺一行", "李四")
        book["数据"]["A1"].comment = Comment("模板自己的说明", "fzwriter")
        note = load_layout().columns_of("facts")["name"].note
        book["数据"]["B1"].comment = Comment(note, " ")  # as LibreOffice saves it

    assert sheet_of(tmp_path, touch=touch).notices == (
        "数据!C2 有批注“实际是 49”，批注不读取；要写进报告的请写进表里",
        "数据!C9 有批注“这里缺一行”，批注不读取；要写进报告的请写进表里",
    )


def test_a_total_without_a_unit_has_that_of_its_parts(tmp_path: Path) -> None:
    total, name = ("行政复议", "收到行政复议案件", 48), "收到行政复议案件"
    parts = [
        ("行政复议", "受理", 30, "件", None, None, name),
        ("行政复议", "不予受理", 18, "件", None, None, name),
    ]
    sheet = sheet_of(tmp_path, total, *parts)
    assert sheet.facts[0].unit == "件"
    assert sheet.notices == ("数据!C2：“收到行政复议案件”没有写单位，按它各分项的单位“件”读取",)
    for other in ("起", "万件", None):
        sheet = sheet_of(tmp_path, total, (*parts[0][:3], other, None, None, name), parts[1])
        assert sheet.facts[0].unit == ""


HIDDEN = "“收到行政复议案件”在“数据”表第 2 行，那一行是隐藏的，没有读取。"


def test_a_hidden_total_is_named_as_hidden(tmp_path: Path) -> None:
    def touch(book: Any) -> None:
        book["数据"].row_dimensions[2].hidden = True

    rates = (
        ("名称", "公式"),
        ("甲率", "受理/收到行政复议案件"),
        ("乙率", "=数据!C3/数据!C2"),
        ("丙率", "f003/f002"),
    )
    part = ("行政复议", "受理", 30, "件", None, None, "收到行政复议案件")
    lines = lines_of(tmp_path, part, sheets={"推算": rates}, touch=touch)
    assert [line.split("：")[0] for line in lines] == ["数据!G3", "推算!B2", "推算!B3", "推算!B4"]
    assert all("第 2 行，那一行是隐藏的，没有读取" in line for line in lines)
    assert HIDDEN in lines[0]


def test_a_hidden_line_on_the_unit_is_named_as_hidden(tmp_path: Path) -> None:
    def touch(book: Any) -> None:
        book["单位信息"].row_dimensions[3].hidden = True

    (line,) = lines_of(tmp_path, touch=touch)
    assert "“报告期”在“单位信息”表第 3 行，那一行是隐藏的，没有读取" in line


@pytest.mark.parametrize(
    "formula", ["=受理/收到行政复议案件", "＝受理÷收到行政复议案件", "受理 / 收到行政复议案件"]
)
def test_a_formula_over_names_may_begin_with_an_equals_sign(tmp_path: Path, formula: str) -> None:
    rates = (("名称", "公式", "单位"), ("受理率", formula, "%"))
    sheet = sheet_of(tmp_path, FIRST, ("行政复议", "受理", 30, "件"), sheets={"推算": rates})
    assert sheet.derived[0].formula.lstrip("=＝") in ("f003/f002", "f003÷f002")


def test_a_formula_over_names_that_the_program_took_for_its_own(tmp_path: Path) -> None:
    rates = (("名称", "公式", "单位"), ("受理率", "=受理/收到行政复议案件", "%"))
    rows = (FIRST, ("行政复议", "受理", 30, "件"))
    path, name = (
        save(tmp_path / "数据.xlsx", rows, sheets={"推算": rates}),
        "xl/worksheets/sheet3.xml",
    )
    text = part(path, name).replace(b'<c r="B2">', b'<c r="B2" t="e">')
    text = re.sub(rb"</f><v\s*/>|</f><v></v>", b"</f><v>#NAME?</v>", text)
    assert b"#NAME?" in text
    assert load_facts(repack(path, {name: text})).derived[0].formula == "f003/f002"


def test_text_boxes_are_told(tmp_path: Path) -> None:
    path = save(tmp_path / "数据.xlsx")
    space = "http://schemas.openxmlformats.org/drawingml/2006/"
    drawing = (
        f'<d:wsDr xmlns:d="{space}spreadsheetDrawing" xmlns:a="{space}main"><d:sp><d:txBody><a:p>'
        "<a:r><a:t>另有</a:t></a:r><a:r><a:t>12件在办</a:t></a:r></a:p></d:txBody></d:sp></d:wsDr>"
    )
    repack(path, {"xl/drawings/drawing1.xml": drawing.encode()})
    assert load_facts(path).notices == ("文本框里的“另有12件在办”没有读取；要写进报告的请写进表里",)


def test_each_fault_once_in_the_words_of_a_workbook(tmp_path: Path) -> None:
    rows = (
        ("行政复议", "受理", "156①", "件"),
        ("行政复议", "办结", 3, "件", None, None, "受理"),  # no second complaint of 受理
        ("行政复议", "维持", 3, "件", None, None, "没有"),
    )
    rates = (
        ("名称", "公式"),
        ("率", "办结/受理"),
        ("另一率", "办结/没有"),
        ("三率", "办结/(收到行政复议案件"),
    )
    lines = lines_of(tmp_path, *rows, sheets={"推算": rates})
    assert [line.split("。")[0] for line in lines] == [
        "数据!C3：“数值”列“156①”带有注号，不是数字",
        "数据!G5：“没有”不是“数据”表里的指标或编号",
        "推算!B3：公式“办结/没有”里的“没有”不是“数据”表里的指标或编号",
        "推算!B4：公式“办结/(收到行政复议案件”在末尾写得不对",
    ]


def test_what_the_parts_say_of_each_other_is_told_in_names(tmp_path: Path) -> None:
    rows = (("复议", "甲", 1, "件", None, None, "乙"), ("复议", "乙", 1, "件", None, None, "甲"))
    (line,) = lines_of(tmp_path, *rows)
    assert "“属于”互为部分：甲 → 乙 → 甲" in line
    (line,) = lines_of(tmp_path, ("复议", "甲", 1, "件", None, None, "甲"))
    assert "“甲”的“属于”写成了它自己" in line
    (line,) = lines_of(
        tmp_path,
        ("复议", "甲", 0, "件"),
        sheets={"推算": (("名称", "公式"), ("率", "收到行政复议案件/甲"))},
    )
    assert "公式“收到行政复议案件/甲”：公式的除数为 0" in line
    assert "f00" not in line
