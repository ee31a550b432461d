from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fzwriter.errors import InputError
from fzwriter.facts import FactSheet, lint, load_facts, loads_facts
from fzwriter.facts.load import READERS
from fzwriter.facts.tree import Items, Scalar, Table

Message = Callable[..., str]
Build = Callable[..., FactSheet]
CASES = sorted(Path(__file__).parents[2].glob("eval/cases/*/facts.yaml"))

DESIGN = """\
unit: {name: 古丈县司法局, type: 司法局, level: 县, region: 湖南省湘西州古丈县}
period: 2024                       # a year
document: {kind: 法治政府建设年度报告, addressee: 县委、县人民政府, date: 2025-01-20, length: 3000,
           outline: [工作成效, 存在问题]}
facts:
  - {id: f04, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件, previous: 40}
  - {id: f05, topic: 行政复议, name: 办结, value: 23, unit: 件, parts_of: f04}
  - {id: f01, topic: 组织领导, name: 专题述法单位主要负责人, value: 70, unit: 名, approx: 余}
  - {id: f26, topic: 法律援助, name: 减免费用, value: 25.63, unit: 万元, required: false}
  - {id: f41, topic: 行政应诉, name: 败诉率, value: 22, unit: "%", aliases: [行政败诉率]}
derived:
  - {id: d1, name: 办结率, formula: f05/f04, unit: "%", digits: 1}
statements:
  - {id: s1, topic: 普法, kind: 举措, text: 组织开展“法律七进”活动}
  - {topic: 行政执法, kind: 问题, text: 程序意识不强}
terms: [三区十室, 12348]
"""


def test_the_example_of_the_design_is_read() -> None:
    sheet = loads_facts(DESIGN)
    assert sheet.unit.name == "古丈县司法局"
    assert (sheet.period.from_, sheet.period.to) == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert sheet.document.date == dt.date(2025, 1, 20)
    assert sheet.document.outline == ("工作成效", "存在问题")
    assert [fact.id for fact in sheet.facts] == ["f04", "f05", "f01", "f26", "f41"]
    assert sheet.by_id["f04"].previous == 40
    assert not sheet.by_id["f26"].required
    assert sheet.derived[0].digits == 1
    assert sheet.terms == ("三区十室", "12348")
    assert sheet.source == "facts.yaml"


def test_every_entry_knows_its_line_unless_told_otherwise(sheet_of: Build) -> None:
    sheet = loads_facts(DESIGN)
    assert [fact.source for fact in sheet.facts] == [f"第 {n} 行" for n in range(6, 11)]
    assert sheet.derived[0].source == "第 12 行"
    assert [s.source for s in sheet.statements] == ["第 14 行", "第 15 行"]
    assert sheet_of("id: f1, name: 甲, value: 1, source: 数据!D7").facts[0].source == "数据!D7"


def test_statements_without_id_are_numbered_by_position() -> None:
    assert [statement.id for statement in loads_facts(DESIGN).statements] == ["s1", "s2"]


@pytest.mark.parametrize("written", ["25.63", "48", "48.0", "0.10", "97200", "-3.5", "0"])
def test_numbers_keep_the_digits_of_the_file(sheet_of: Build, written: str) -> None:
    value = sheet_of(f"id: f1, name: 甲, value: {written}").facts[0].value
    assert value.as_tuple() == Decimal(written).as_tuple()


@settings(deadline=None)
@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12
    )
)
def test_any_plain_number_comes_back_exactly(number: Decimal) -> None:
    text = f"{number:f}"
    for form, quote in (("yaml", ""), ("json", '"')):
        facts = f'{quote}facts{quote}: [{{"id": "f1", "name": "甲", "value": {text}}}]'
        head = (
            f'{quote}unit{quote}: {{"name": "a", "type": "b"}}, {quote}period{quote}: 2024, '
            f'{quote}document{quote}: {{"kind": "c"}}'
        )
        sheet = loads_facts(f"{{{head}, {facts}}}", format=form)
        assert sheet.facts[0].value.as_tuple() == Decimal(text).as_tuple()


@pytest.mark.parametrize("period", ["2024", '"2024"', "2024年", "2024年度"])
def test_a_year_is_a_period(period: str) -> None:
    sheet = loads_facts(DESIGN.replace("period: 2024 ", f"period: {period} "))
    assert (sheet.period.from_, sheet.period.to) == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))


@pytest.mark.parametrize(
    "day", ["2024-06-01", "2024年6月1日", "2024/6/1", "2024.6.1", '"2024-06-01"']
)
def test_dates_are_read_as_people_write_them(day: str) -> None:
    sheet = loads_facts(
        DESIGN.replace("period: 2024 ", f"period: {{from: {day}, to: 2024-12-31}} ")
    )
    assert sheet.period.from_ == dt.date(2024, 6, 1)
    assert sheet.period.year == 2024


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["数据.yaml", "facts.YML"])
def test_files_are_read_whatever_their_encoding(tmp_path: Path, encoding: str, name: str) -> None:
    path = tmp_path / name
    path.write_text(DESIGN, encoding=encoding)
    assert load_facts(path).facts == loads_facts(DESIGN).facts
    assert load_facts(str(path)).source == str(path)


def test_json_is_read_with_tabs_escapes_and_lines(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(
        '{"unit": {"name": "\\u53e4丈\\/县", "type": "司法局"},\r\n'
        '\t"period": 2024, "document": {"kind": "报告"},\n'
        '"facts": [\n{"id": "f1", "name": "甲", "value": 25.630, "unit": null},\n'
        '{"id": "f2", "name": "乙", "value": 0, "required": false}]}',
        encoding="utf-8",
    )
    sheet = load_facts(path)
    assert sheet.unit.name == "古丈/县"
    assert [(str(fact.value), fact.source) for fact in sheet.facts] == [
        ("25.630", "第 4 行"),
        ("0", "第 5 行"),
    ]
    assert sheet.facts[0].unit == ""
    assert not sheet.facts[1].required


def message_of(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_facts(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


def test_a_path_that_is_no_facts_file_is_refused(tmp_path: Path) -> None:
    assert "找不到数据文件。请检查路径" in message_of(tmp_path / "none.yaml")
    folder = tmp_path / "folder.yaml"
    folder.mkdir()
    assert "是文件夹，不是文件。请指定" in message_of(folder)
    assert "不支持的数据文件类型“.txt”。可用：.yaml" in message_of(tmp_path / "facts.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_unread(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe.yaml"
    os.mkfifo(fifo)
    assert "不是普通文件。请指定" in message_of(fifo)


def test_an_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(DESIGN, encoding="utf-8")

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # root reads whatever its mode is
    assert "无法读取数据文件（没有权限）。请检查文件权限" in message_of(path)


def test_another_format_needs_only_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def cell(text: str, place: str) -> Scalar:
        return Scalar(text, place)

    def read(content: bytes, name: str) -> Table:
        fact = {
            "id": cell("f1", "数据!A7"),
            "name": cell("甲", "数据!B7"),
            "value": cell("七", "数据!D7"),
        }
        nodes = {
            "unit": Table({"name": cell("a", ""), "type": cell("b", "")}, {}, ""),
            "period": cell("2024", "封面!B2"),
            "document": Table({"kind": cell("c", "")}, {}, ""),
            "facts": Items((Table(fact, {}, "数据!A7"),), "数据!A1"),
        }
        return Table(nodes, {}, "")

    monkeypatch.setitem(READERS, ".grid", read)
    with pytest.raises(InputError, match="^表.grid 数据!D7：f1 的 value 的“七”不是数字。请"):
        loads_facts("", name="表.grid", format="grid")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# only a comment\n", b"---\n", b"null\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "facts.yaml"
    path.write_bytes(content)
    assert "文件是空的。请填写 unit、period、document 和 facts" in message_of(path)


def test_an_oversize_file_is_refused_unparsed(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_bytes(b"#" * (10 * 1024 * 1024 + 1))
    assert "数据文件超过 10 MB。请确认" in message_of(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00", b"\xff\xff\xff\xff", b"\xff\xfe\x00"])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "facts.yaml"
    path.write_bytes(content)
    assert "不是文本文件，或文字编码无法识别。请另存为 UTF-8" in message_of(path)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(InputError, match="不支持的数据格式“toml”。可用"):
        loads_facts("", format="toml")


@pytest.mark.parametrize("facts", ["", "facts:\n", "facts: []\n"])
def test_a_sheet_without_facts_is_refused(error_of: Message, facts: str) -> None:
    head = DESIGN.partition("facts:")[0]
    message = error_of(f"{head}{facts}statements:\n  - {{kind: 举措, text: 开展普法}}\n")
    assert "没有任何数据（facts 为空）。请在 facts 下至少写一条，如 - {id: f01" in message
    assert message.startswith("facts.yaml 第 5 行" if facts else "facts.yaml 第 1 行")


def test_all_errors_are_told_at_once(after_facts: Message) -> None:
    message = after_facts(
        "  - {id: f2, name: 甲, value: 七}\n"
        "  - {id: f3, name: 乙, value: 八}\n"
        "  - {id: f4, value: 9}\n"
    )
    assert message.startswith("facts.yaml 第 6 行：f2 的 value 的“七”不是数字。")
    assert message.endswith("另有 2 处错误：第 7 行、第 8 行")


def test_many_errors_do_not_flood_the_message(after_facts: Message) -> None:
    message = after_facts("".join(f"  - {{id: g{n}, name: 甲, value: 七}}\n" for n in range(40)))
    assert message.endswith("另有 39 处错误：第 7 行、第 8 行、第 9 行、第 10 行、第 11 行等")


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="this is the only parser anyway")
def test_the_pure_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = loads_facts(DESIGN)
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert loads_facts(DESIGN) == fast


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_the_cases_of_the_evaluation_are_in_order(path: Path) -> None:
    sheet = load_facts(path)
    assert sheet.facts
    if path.parent.name == "contradictions":
        assert [finding for finding in lint(sheet) if finding.severity == "error"] != []
    else:
        assert [finding for finding in lint(sheet) if finding.severity == "error"] == []
