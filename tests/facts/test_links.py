from __future__ import annotations

from collections.abc import Callable

import pytest

from fzwriter.facts.model import FactSheet

Message = Callable[..., str]
Build = Callable[..., FactSheet]


@pytest.mark.parametrize(
    ("rest", "what"),
    [
        ("  - {id: f1, name: 甲, value: 1}\n", "第 6 行：编号 f1 重复：第 5 行与第 6 行"),
        (
            "derived:\n  - {id: f1, name: 甲, formula: f1}\n",
            "第 7 行：编号 f1 重复：第 5 行与第 7 行",
        ),
        ("statements:\n  - {id: f1, text: 甲}\n", "第 7 行：编号 f1 重复：第 5 行与第 7 行"),
        (
            "  - {id: s2, name: 甲, value: 1}\nstatements:\n  - {text: 甲}\n  - {text: 乙}\n",
            "第 9 行：编号 s2 重复：第 6 行与第 9 行",
        ),
        ("statements:\n  - {text: 甲}\n  - {id: s1, text: 乙}\n", "编号 s1 重复：第 7 行与第 8 行"),
    ],
)
def test_ids_share_one_space(after_facts: Message, rest: str, what: str) -> None:
    message = after_facts(rest)
    assert what in message
    assert "。每条的编号须不同" in message


@pytest.mark.parametrize("id", ["1", "2024a", '"a b"', "s2.1", '"a]]"', "-a", "a/b"])
def test_ids_that_slots_and_formulas_cannot_hold_are_refused(after_facts: Message, id: str) -> None:
    message = after_facts(f"  - {{id: {id}, name: 甲, value: 1}}\n")
    assert message.startswith("facts.yaml 第 6 行：编号“")
    assert "不能用。编号以字母开头" in message


@pytest.mark.parametrize("id", ["f-1", "受理", "F_01", "案件2"])
def test_other_ids_are_the_users_choice(sheet_of: Build, id: str) -> None:
    assert sheet_of(f"id: {id}, name: 甲, value: 1").facts[0].id == id


@pytest.mark.parametrize(
    ("rest", "what", "remedy"),
    [
        (
            "  - {id: f2, name: 甲, value: 1, parts_of: f9}\n",
            "f2 的 parts_of“f9”不是",
            "最接近的是 f",
        ),
        (
            "  - {id: f2, name: 甲, value: 1, parts_of: 总}\n",
            "f2 的 parts_of“总”不是",
            "已有的编号：f1",
        ),
        (
            "  - {id: f2, name: 甲, value: 1, parts_of: f2}\n",
            "parts_of 写成了自己",
            "所属总数的编号",
        ),
        (
            "  - {id: f2, name: 甲, value: 1, parts_of: f3}\n"
            "  - {id: f3, name: 乙, value: 1, parts_of: f4}\n"
            "  - {id: f4, name: 丙, value: 1, parts_of: f2}\n"
            "  - {id: f5, name: 丁, value: 1, parts_of: f4}\n",
            "parts_of 互为部分：f2 → f3 → f4 → f2",
            "请改正其中一处",
        ),
    ],
)
def test_parts_need_a_total(after_facts: Message, rest: str, what: str, remedy: str) -> None:
    message = after_facts(rest)
    assert message.startswith("facts.yaml 第 6 行：")
    assert what in message
    assert remedy in message
    assert "另有" not in message


@pytest.mark.parametrize(
    ("formula", "what", "remedy"),
    [
        ("f1/f9", "d1 的公式“f1/f9”里的“f9”不是任何数据的编号", "请核对编号"),
        ("f1//f1", "d1 的公式“f1//f1”在“/f1”处写得不对", "公式只能用编号"),
        ("f1+", "d1 的公式“f1+”在末尾写得不对", "公式只能用编号"),
        ("(f1", "d1 的公式“(f1”在末尾写得不对", "公式只能用编号"),
        ("f1 f1", "在“f1”处写得不对", "公式只能用编号"),
        ("2f1", "在“f1”处写得不对", "公式只能用编号"),
        ("48/2", "没有用到任何编号", "公式要由编号组成"),
        ("s1", "“s1”不是任何数据的编号", "请核对编号"),
        ("f1/(f1-f1)", "除数为 0", "请检查作分母的数据"),
        ("d1+f1", "公式互相引用：d1 → d1", "请改正其中一个公式"),
        ("__import__", "“__import__”不是任何数据的编号", "请核对编号"),
        ("f1**2", "在“*2”处写得不对", "公式只能用编号"),
    ],
)
def test_a_formula_that_cannot_be_worked_out_is_told_by_line(
    after_facts: Message, formula: str, what: str, remedy: str
) -> None:
    message = after_facts(
        f'derived:\n  - {{id: d1, name: 率, formula: "{formula}"}}\nstatements: [{{text: 甲}}]\n'
    )
    assert message.startswith("facts.yaml 第 7 行：")
    assert what in message
    assert remedy in message
