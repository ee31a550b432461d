"""The closed classes of the genre."""

from __future__ import annotations

import pytest

from fzwriter.check.genre import classes, contrast, either, opposite, other_deed, words


@pytest.mark.parametrize(
    ("name", "clause", "own", "other"),
    [
        ("审结仲裁案件", "受理仲裁案件…件", "审结", "受理"),
        ("撤销行政决定", "维持行政决定…件", "撤销", "维持"),
        ("胜诉", "败诉…件", "胜诉", "败诉"),
        ("排查隐患合格企业", "不合格企业…家", "合格", "不合格"),
        ("小学法治副校长", "高中法治副校长…名", "小学", "高中"),
        ("主动公开信息", "依申请公开信息…条", "主动公开", "依申请"),
    ],
)
def test_words_of_one_group_exclude_one_another(
    name: str, clause: str, own: str, other: str
) -> None:
    found = contrast((name,), clause)
    assert found is not None
    assert (found.own, found.other) == (own, other)


@pytest.mark.parametrize(
    ("name", "clause"),
    [
        ("审结仲裁案件", "办结仲裁案件…件"),
        ("审结仲裁案件", "仲裁案件…件"),
        ("审结仲裁案件", "受理并审结仲裁案件…件"),
        ("走访企业", "败诉…件"),
    ],
)
def test_words_of_one_class_or_unlike_groups_do_not(name: str, clause: str) -> None:
    assert contrast((name,), clause) is None


def test_the_longest_word_counts() -> None:
    assert list(classes("未办结").get("stage", {}).values()) == ["未办结"]
    found = contrast(("办结",), "未办结…件")
    assert found is not None
    assert found.other == "未办结"


def test_a_deed_of_another_group_is_another_deed() -> None:
    found = other_deed(("备案审查文件",), "废止文件…件")
    assert found is not None
    assert found.other == "废止"
    assert other_deed(("走访企业",), "废止文件…件") is None
    assert other_deed(("审查文件",), "审查文件…件") is None


def test_nouns_and_weak_groups_are_no_deeds() -> None:
    assert other_deed(("审查文件",), "小学…所") is None
    assert other_deed(("审查文件",), "指派律师…名") is None


def test_word_lists_keep_their_order() -> None:
    assert words("last_year")[0] == "上年"
    assert either("last_year", "this_year").startswith("上年|去年|")
    assert either("this_year").split("|") == list(words("this_year"))


def test_movements_have_opposites() -> None:
    assert opposite("增长") == "下降"
    assert opposite("多") == "少"
    assert opposite("增至") == ""
