from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

Message = Callable[..., str]


@pytest.fixture(params=["fast", "pure"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)


@pytest.mark.parametrize(
    ("rest", "line", "what", "remedy"),
    [
        ("\tterms: [a]\n", 6, "制表符（Tab）", "请改用空格"),
        ("x\n", 6, "缺少冒号", "英文冒号加空格"),
        ("terms： [a]\nx: 1\n", 6, "缺少冒号", "英文冒号加空格"),
        (" - {id: f2}\n", 6, "缩进没有对齐", "左端对齐"),
        ('  - {id: f2, name: "甲, value: 4}\n\n\n', 6, "引号没有成对", "补上缺少的引号"),
        ("  - {id: f2, name: 甲，value: 4}\n", 6, "没有写完整", "逗号是否为英文半角"),
        ("  - {id: f2, name: 甲, value: 4\nterms: [a]\n", 7, "没有写完整", "括号是否成对"),
        ('  - {id: f2, name: "a\\q", value: 4}\n', 6, "反斜杠", "改用单引号"),
        ("terms: @a\n", 6, "特殊符号", "加上引号"),
        ("terms: [a\x01]\n", 6, "控制字符", "删去后重新输入"),
    ],
)
def test_broken_syntax_is_told_by_line(
    after_facts: Message, rest: str, line: int, what: str, remedy: str
) -> None:
    message = after_facts(rest)
    assert message.startswith(f"facts.yaml 第 {line} 行：")
    assert what in message
    assert remedy in message


def test_a_key_given_twice_is_refused(after_facts: Message) -> None:
    message = after_facts("terms: [a]\nterms: [b]\n")
    assert message == "facts.yaml 第 7 行：“terms”重复：第 6 行已写过一次。请只保留一处"


def test_a_second_document_is_refused(after_facts: Message) -> None:
    assert "第 6 行：文件里有两份文档。请删去单独成行的 ---" in after_facts("---\nunit: 1\n")


@pytest.mark.parametrize(
    ("rest", "what"),
    [
        ("terms: &a [b]\n", "第 6 行：不支持 YAML 的引用"),
        ("terms: *a\n", "第 6 行：不支持 YAML 的引用"),
        ("terms: [!important b]\n", "第 6 行：不支持 YAML 的标签"),
        ("terms: !!python/object:os.system []\n", "第 6 行：不支持 YAML 的标签"),
        ("? [a]\n: b\n", "第 6 行：键写成了列表或表"),
    ],
)
def test_what_a_facts_file_needs_not_is_refused(after_facts: Message, rest: str, what: str) -> None:
    message = after_facts(rest)
    assert what in message
    assert "。" in message


def test_an_alias_bomb_is_refused_at_its_first_anchor(error_of: Message) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, letter in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{letter}: &{letter} [{', '.join([f'*{before}'] * 9)}]")
    assert error_of("\n".join(lines)).startswith("facts.yaml 第 1 行：不支持 YAML 的引用")


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 1000, "- " * 500 + "a"])
def test_deep_nesting_is_refused_at_once(error_of: Message, text: str) -> None:
    assert "嵌套层数过多。请对照模板" in error_of(text)
