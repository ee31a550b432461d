"""The lexicon: terms are found, extended, and hide no data."""

from __future__ import annotations

import pytest
from number_tellers import figures

from fzwriter.numbers import Lexicon, default_lexicon, find_numbers

# What an entry of the lexicon, a quotation or a code could swallow, and mustn't.
NOT_HIDDEN = [
    ("立案110宗", ["110 110 宗"]),
    ("完成120篇", ["120 120 篇"]),
    ("涉及119例", ["119 119 例"]),
    ("调解122，", ["122 122"]),
    ("收到12345件", ["12345 12345 件"]),
    ("受理12315起", ["12315 12315 起"]),
    ("受理12333人", ["12333 12333 人"]),
    ("满意率98·5%", ["98 98", "5% 5 %"]),
    ("48+52件", ["48 48", "52 52 件"]),
    ("“48+52”", ["48 48", "52 52"]),
    ("“三问48件”", ["48 48 件"]),
    ("“办结48件”", ["48 48 件"]),
    ("“百分之九十八”", ["百分之九十八 98 %"]),
    ("“四百二十起”", ["四百二十 420 起"]),
    ("用时十分钟", ["十 10 分钟"]),
    ("扣十分，", []),  # 分 behind a Chinese digit makes other words: 十分重视
    ("提前30分钟到达商圈", ["30 30 分钟"]),
    ("办理三件中，败诉一件", ["三 3 件"]),
    ("出台二十条措施", ["二十 20 条"]),
    ("出台十条措施", ["十 10 条"]),
    ("发现隐患四处，", ["四 4 处"]),
    ("购置九台", ["九 9 台"]),
    ("涉及十二大类", ["十二 12"]),
    ("一园一策十二份", ["十二 12 份"]),
    ("一户一档三百份", ["三百 300 份"]),
    ("历时三年整治", ["三 3 年"]),
    ("受理48后办结", ["48 48"]),
    ("收到48k件", ["48 48"]),
    ("受理480热线工单", ["480 480 热"]),
    ("电话回访480户", ["480 480 户"]),
    ("电话咨询量480，", ["480 480"]),
    ("电话:13812345678元", ["13812345678 13812345678 元"]),
    ("共一起案件", ["一 1 起"]),
    ("合计：12、15件", ["12 12", "15 15 件"]),
    ("合计：12.", ["12 12"]),
    ("调解员（12）", ["12 12"]),
    ("2000—3000元", ["2000—3000 2000..3000 元"]),
    ("2015件", ["2015 2015 件"]),
    ("2024余件", ["2024余 2024 件 余"]),
    ("全年5A级景区3家", ["3 3 家"]),
    ("受理985件", ["985 985 件"]),
    ("达3.15万元", ["3.15万 3.15 万元"]),
    ("用时8小时", ["8 8 小时"]),
    ("出动车4辆", ["4 4 辆"]),
    ("变更0起", ["0 0 起"]),
    ("划分网格3个单元", ["3 3 个"]),
    ("满意率百分之百", ["百分之百 100 %"]),
]

# Names and sayings with an Arabic figure that counts nothing.
NAMES = [
    ("走访4S店", ["4S"]),
    ("面向985高校招录", ["985"]),
    ("面向211院校招录", ["211"]),
    ("开展3.15消费者权益日宣传", ["3.15"]),
    ("开展12.4宪法日宣传", ["12.4"]),
    ("开展6.26国际禁毒日宣传", ["6.26"]),
    ("8小时以外的监督", ["8小时"]),
    ("推行5+2工作法", ["5+2"]),
    ("对酒驾0容忍", ["0"]),
    ("办事0跑腿", ["0"]),
    ("家住6栋2单元", ["6", "2"]),
    ("公共法律服务百分之百覆盖", ["百分之百"]),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_a_name_counts_nothing(text: str, names: list[str]) -> None:
    assert [m.text for m in find_numbers(text)] == names
    assert figures(text) == []


@pytest.mark.parametrize(("text", "expected"), NOT_HIDDEN)
def test_no_entry_hides_data(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


def _literals() -> list[tuple[str, str]]:
    index = default_lexicon().index
    return [(entry.text, entry.kind) for group in index.values() for entry in group]


def test_no_literal_is_a_figure_with_a_measure_word() -> None:
    """An Arabic figure in a literal stands beside something that makes it a name."""
    empty = Lexicon.build(())
    for text, _ in _literals():
        digits = [m for m in find_numbers(text, empty) if m.text[0].isdigit() and m.unit]
        allowed = ("24小时", "15分钟法律服务圈", "12.4国家宪法日")
        assert not digits or any(word in text for word in allowed), text


def test_literals_end_before_figures() -> None:
    """A term right before an Arabic figure leaves the figure alone."""
    for text, _ in _literals():
        if not text[-1].isdigit():
            assert figures(f"{text}48件")[-1] == "48 48 件", text


def test_extended_lexicon_knows_the_sheets_terms() -> None:
    assert figures("推行三问六查") == []
    text = "推行九台十二岗工作法"
    assert figures(text)
    extended = default_lexicon().extended(["九台十二岗"])
    assert [m.kind for m in find_numbers(text, extended)] == ["term"]


def test_extending_with_nothing_is_the_same_lexicon() -> None:
    assert default_lexicon().extended(["没有数字"]) is default_lexicon()


def test_an_entry_does_not_cut_a_figure() -> None:
    extended = default_lexicon().extended(["12项"])
    assert [m.kind for m in find_numbers("112项", extended)] == ["quantity"]


def test_at_gives_the_bounds_of_a_term() -> None:
    assert default_lexicon().at("推进双随机、一公开监管", 2) == (2, 9, "term")
    assert default_lexicon().at("48件", 0) is None
