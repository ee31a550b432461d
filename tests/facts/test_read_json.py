from __future__ import annotations

from collections.abc import Callable

import pytest

Message = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('{"unit": 1,\n}', 2, "多了一个逗号"),
        ('{\n"unit": 1 "period": 2}', 2, "缺少逗号、冒号或括号"),
        ("{\nunit: 1}", 2, "键没有加双引号"),
        ('{"unit":\n 司法局}', 2, "文字没有加英文双引号"),
        ('{"unit": "司法局\n"}', 1, "引号没有成对"),
        ('{"unit": "a\\q"}', 1, "反斜杠"),
        ('{"unit": 1}\n}', 2, "正文结束后还有内容"),
        ('{"unit": 1,\n"unit": 2}', 2, "“unit”重复：第 1 行已写过一次"),
        ("[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]", 1, "嵌套层数过多"),
    ],
)
def test_broken_syntax_is_told_by_line(error_of: Message, text: str, line: int, what: str) -> None:
    message = error_of(text, "json")
    assert message.startswith(f"facts.json 第 {line} 行：")
    assert what in message
    assert "。请" in message


def test_deep_nesting_is_refused(error_of: Message) -> None:
    assert "嵌套层数过多。请" in error_of("[" * 100_000, "json")


@pytest.mark.parametrize("text", ["", " \n", "null"])
def test_an_empty_file_is_refused(error_of: Message, text: str) -> None:
    assert error_of(text, "json").startswith("facts.json：文件是空的。请填写")


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("NaN", "请只写阿拉伯数字"),
        ("-Infinity", "请只写阿拉伯数字"),
        ("1e3", "不能用科学计数法"),
        ("true", "请只写阿拉伯数字"),
        ('"48"', "请去掉引号：value: 48"),
        ('"\\u56db\\u5341\\u516b"', "请写成阿拉伯数字"),
        ("9" * 5000, "请只写阿拉伯数字"),
    ],
)
def test_values_are_held_to_plain_numbers(error_of: Message, value: str, remedy: str) -> None:
    message = error_of(
        '{"unit": {"name": "a", "type": "b"}, "period": 2024, "document": {"kind": "c"},\n'
        f'"facts": [\n{{"id": "f1", "name": "甲",\n "value": {value}}}]}}',
        "json",
    )
    assert message.startswith("facts.json 第 4 行：f1 的 value")
    assert remedy in message
    assert len(message) < 200
