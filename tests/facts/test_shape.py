from __future__ import annotations

from collections.abc import Callable

import pytest

from fzwriter.facts import model, shape
from fzwriter.facts.messages import translate
from fzwriter.facts.model import FactSheet

Message = Callable[..., str]
Build = Callable[..., FactSheet]


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("四十八", "请写成阿拉伯数字，如 value: 48"),
        ("两千余", "请写成"),
        ("70余", "请分开写：value: 70, approx: 余"),
        ("约70人", "请分开写：value: 70, unit: 人, approx: 约"),
        ("70人左右", "请分开写：value: 70, unit: 人, approx: 左右"),
        ("100余万元", "请分开写：value: 100, unit: 万元, approx: 余"),
        ("48件", "请分开写：value: 48, unit: 件"),
        ("22%", '请分开写：value: 22, unit: "%"'),
        ('"1,085"', "请去掉千分位逗号：value: 1085"),
        ('"3,480.5"', "请去掉千分位逗号：value: 3480.5"),
        ("３４８０", "请改为半角数字、不带空格：value: 3480"),
        ('"48"', "请去掉引号：value: 48"),
        ("1_000", "请去掉下划线：value: 1000"),
        ("0o17", "普通的十进制数字"),
        ("0x1F", "普通的十进制数字"),
        ("017", "普通的十进制数字"),
        ("1:30", "普通的十进制数字"),
        ("1.5e3", "不能用科学计数法"),
        ("3-5", "不能写区间"),
        ("3～5万元", "不能写区间"),
        (".nan", "请只写阿拉伯数字"),
        (".inf", "请只写阿拉伯数字"),
        ("yes", "请只写阿拉伯数字"),
        (".5", "请只写阿拉伯数字"),
        ("全部", "没有数据的请删去这一条"),
    ],
)
@pytest.mark.parametrize("key", ["value", "previous"])
def test_a_value_that_is_no_plain_number_gets_its_remedy(
    after_facts: Message, key: str, written: str, remedy: str
) -> None:
    other = "" if key == "value" else ", value: 1"
    message = after_facts(f"  - {{id: f2, name: 甲{other}, {key}: {written}}}\n")
    assert message.startswith(f"facts.yaml 第 6 行：f2 的 {key} 的“")
    assert "不是数字" in message
    expected = remedy.replace("value: ", f"{key}: ")
    assert expected in message or remedy == "请写成"


def test_an_unquoted_thousands_comma_in_block_style_is_told(after_facts: Message) -> None:
    message = after_facts("  - id: f2\n    name: 甲\n    value: 3,480\n")
    assert message == (
        "facts.yaml 第 8 行：f2 的 value 的“3,480”不是数字。请去掉千分位逗号：value: 3480"
    )


@pytest.mark.parametrize(
    ("fact", "what", "remedy"),
    [
        ("nam: 甲, value: 1", "不认识的键“nam”", "最接近的是 name"),
        ("name: 甲, value: 1, Unit: 件", "不认识的键“Unit”", "最接近的是 unit"),
        ("名称: 甲, value: 1", "不认识的键“名称”", "最接近的是 name"),
        ("name: 甲, 数值: 1", "不认识的键“数值”", "最接近的是 value"),
        ("name: 甲, value: 1, digits: 1", "不认识的键“digits”", "应写在 derived（派生数据）里"),
        (
            "name: 甲, value: 1, addressee: 县委",
            "不认识的键“addressee”",
            "应写在 document（文种）里",
        ),
        ("name: 甲, value: 1, zzz: 1", "不认识的键“zzz”", "可用的键：id、topic、name、value"),
        ("name: 甲, value: 1, note:x", "不认识的键“note:x”", "英文冒号加空格"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest(
    after_facts: Message, fact: str, what: str, remedy: str
) -> None:
    message = after_facts(f"  - {{id: f2, {fact}}}\n")
    assert message.startswith(f"facts.yaml 第 6 行：f2 有{what}。")
    assert remedy in message
    assert "另有" not in message


@pytest.mark.parametrize(
    ("head", "line", "what"),
    [
        ("period: 2024\ndocument: {kind: a}\n", 1, "缺少 unit。请补上"),
        ("unit: {name: a, type: b}\ndocument: {kind: a}\n", 1, "缺少 period。请补上"),
        ("unit: {name: a, type: b}\nperiod: 2024\n", 1, "缺少 document。请补上"),
        ("unit: {name: a}\nperiod: 2024\ndocument: {kind: a}\n", 1, "unit 缺少 type。请补上"),
        ("period: 2024\nunit: {name: '', type: b}\ndocument: {kind: a}\n", 2, "unit 缺少 name"),
        ("unit: {name: a, type: b}\nperiod:\ndocument: {kind: a}\n", 2, "缺少 period"),
        ("unit: {name: a, type: b}\nperiod: 2024\ndocument: {title: a}\n", 3, "document 缺少 kind"),
        ("unit: 县司法局\nperiod: 2024\ndocument: {kind: a}\n", 1, "unit 应由“键: 值”组成。请写成"),
        (
            "unit: {name: a, type: b}\nperiod: 去年\ndocument: {kind: a}\n",
            2,
            "报告期 period 的“去年”",
        ),
        ("unit: {name: a, type: b}\nperiod: 24\ndocument: {kind: a}\n", 2, "报告期 period 的“24”"),
        (
            "unit: {name: a, type: b}\nperiod: 9024\ndocument: {kind: a}\n",
            2,
            "报告期 period 的“9024”",
        ),
        ("unit: {name: a, type: b}\nperiod: [2024]\ndocument: {kind: a}\n", 2, "period 写成了列表"),
        (
            "unit: {name: a, type: b}\nperiod: {from: 2024-02-30, to: 2024-12-31}\n"
            "document: {kind: a}\n",
            2,
            "“2024-02-30”不是日期。请写成 2025-01-20",
        ),
        (
            "unit: {name: a, type: b}\nperiod: {from: 2024-05-01, to: 2024-01-31}\n"
            "document: {kind: a}\n",
            2,
            "period 起始日期晚于结束日期。请改正",
        ),
        (
            "unit: {name: a, type: b}\nperiod: {from: 2024-05-01}\ndocument: {kind: a}\n",
            2,
            "缺少 to",
        ),
        (
            "unit: {name: a, type: b}\nperiod: 2024\ndocument:\n  kind: a\n  date: 明天\n",
            5,
            "document 的 date 的“明天”不是日期",
        ),
        (
            "unit: {name: a, type: b}\nperiod: 2024\ndocument: {kind: a, length: 三千}\n",
            3,
            "“三千”不是整数。请只写阿拉伯数字，如 length: 3000",
        ),
        (
            "unit: {name: a, type: b}\nperiod: 2024\ndocument: {kind: a, length: 0}\n",
            3,
            "length 必须大于 0。请改正",
        ),
        (
            "unit: {name: a, type: b}\nperiod: 2024\ndocument: {kind: a, outline: 工作成效}\n",
            3,
            "document 的 outline 应是列表。请写成 [工作成效]",
        ),
    ],
)
def test_a_wrong_head_is_told_by_line(error_of: Message, head: str, line: int, what: str) -> None:
    message = error_of(f"{head}facts: [{{id: f1, name: 甲, value: 1}}]\n")
    assert message.startswith(f"facts.yaml 第 {line} 行：")
    assert what in message


@pytest.mark.parametrize(
    ("rest", "what"),
    [
        ("  - {id: f2, value: 1}\n", "f2 缺少 name。请补上"),
        ("  - {name: 甲, value: 1}\n", "facts 第 2 条 缺少 id。请补上"),
        ("  - {id: f2, name: 甲}\n", "f2 缺少 value。请补上"),
        ("  - {id: f2, name: 甲, value: }\n", "f2 缺少 value。请补上"),
        ("  - {id: f2, name: ' ', value: 1}\n", "facts 第 2 条 的 name 不能为空。请对照模板补上"),
        ("  - 48\n", "facts 第 2 条 应由“键: 值”组成。请写成 {id: f04"),
        ("  - {id: f2, name: [甲], value: 1}\n", "f2 的 name 写成了列表"),
        ("  - {id: f2, name: 甲, value: {a: 1}}\n", "f2 的 value 写成了表"),
        ("  - {id: f2, name: 甲, value: 1, units: 件}\n", "f2 的 units 应是列表。请写成 [件]"),
        ("  - {id: f2, name: 甲, value: 1, required: 随便}\n", "“随便”无法识别。请写 true"),
        ('  - {id: f2, name: "甲\\x01", value: 1}\n', "f2 的 name 含有不可见的控制字符"),
        ("terms: 三区十室\n", "terms 应是列表。请写成 [三区十室]"),
        ("derived: {id: d1}\n", "derived 应是列表。请每条一行"),
        ("derived: [{id: d1, name: 率, formula: f1, digits: 一}]\n", "“一”不是整数"),
        ("derived: [{id: d1, name: 率, formula: f1, digits: 9}]\n", "digits 不能大于 6"),
        ("derived: [{id: d1, name: 率}]\n", "d1 缺少 formula"),
        (
            "statements: [{text: 甲, kind: 亮 点}]\n",
            "“亮 点”不是已知的种类。可用：举措、亮点、问题",
        ),
        ("statements: [{kind: 亮点}]\n", "statements 第 1 条 缺少 text"),
    ],
)
def test_a_wrong_entry_is_told_by_line(after_facts: Message, rest: str, what: str) -> None:
    message = after_facts(rest)
    assert message.startswith("facts.yaml 第 6 行：")
    assert what in message


def test_numbers_in_text_fields_stay_as_written(sheet_of: Build) -> None:
    sheet = sheet_of("id: f1, name: 1:30, value: 1, unit: no, note: 0x1F, aliases: [2024, on]")
    fact = sheet.facts[0]
    assert (fact.name, fact.unit, fact.note, fact.aliases) == ("1:30", "no", "0x1F", ("2024", "on"))


def test_yes_and_no_may_be_chinese(sheet_of: Build) -> None:
    fact = sheet_of("id: f1, name: 甲, value: 1, required: 否, parts_complete: 是").facts[0]
    assert (fact.required, fact.parts_complete) == (False, True)


def test_keys_left_empty_are_keys_left_out(sheet_of: Build) -> None:
    fact = sheet_of("id: f1, name: 甲, value: 1, unit: , approx: ~, previous: null").facts[0]
    assert (fact.unit, fact.approx, fact.previous) == ("", "", None)


@pytest.mark.parametrize(
    ("fields", "of"),
    [
        (shape._UNIT, model.Unit),
        (shape._DOCUMENT, model.Document),
        (shape._FACT, model.Fact),
        (shape._DERIVED, model.Derived),
        (shape._STATEMENT, model.Statement),
    ],
)
def test_the_known_keys_are_those_of_the_model(fields: shape._Fields, of: type) -> None:
    assert set(fields.readers) == set(of.model_fields)  # type: ignore[attr-defined]
    required = {name for name, f in of.model_fields.items() if f.is_required()}  # type: ignore[attr-defined]
    assert set(fields.required) == required


@pytest.mark.parametrize("kind", ["missing", "decimal_type", "date_parsing", "no_such_type"])
def test_no_english_reaches_the_clerk(kind: str) -> None:
    what, remedy = translate({"type": kind, "loc": ("facts", 2, "value"), "msg": "Bad input"})
    assert what.startswith("facts 第 3 条 的 value ")
    assert not any(letter in what + remedy for letter in "ABCDEFG")
