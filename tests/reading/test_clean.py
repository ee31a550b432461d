"""What is taken off a report that went through web pages, and that every repair is told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fzwriter.reading.clean import clean, clean_paragraph, summary
from fzwriter.reading.quotes import balance


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("扎实推进##paidbegin##依法行政", "扎实推进依法行政"),
        ("县委、县人民政府:", "县委、县人民政府："),
        ("2021年度,在县委领导下,取得进步", "2021年度，在县委领导下，取得进步"),
        ("(三)抓实普法", "（三）抓实普法"),
        ("霁川县司法局 关于工作的报告", "霁川县司法局关于工作的报告"),
        ("D委会研究，D的二十大，D政主要负责人", "党委会研究，党的二十大，党政主要负责人"),
        ("学习党的XX大精神", "学习党的二十大精神"),
        ("共１２件，占９７．５％", "共12件，占97.5%"),
        ("沿街ED显示屏滚动播放", "沿街LED显示屏滚动播放"),
        ("LED显示屏滚动播放", "LED显示屏滚动播放"),
        ("通过BBB公众号发布", "通过BBB公众号发布"),  # after 过, before 公: stray
        ("A级企业，APP上线，AAA级景区", "A级企业，APP上线，AAA级景区"),
        ("时间为9:30，比例1:3，共1,085件", "时间为9:30，比例1:3，共1,085件"),
        ("通过微信公众号、QQ群发布信息", "通过微信公众号、QQ群发布信息"),
        ("抓住“关键少数。联合有关部门", "抓住“关键少数”。联合有关部门"),
        ("“证照分离”改革”持续推进", "“证照分离”改革持续推进"),
        ('落实"一岗双责"要求', "落实“一岗双责”要求"),
        ("占比 12 %，，共3件", "占比12%，共3件"),
        ("要求明确&nbsp;。<br/>持续推进", "要求明确。持续推进"),
        (
            "（三）推进治理法治化一是抓审查。二是抓公开。",
            "（三）推进治理法治化。一是抓审查。二是抓公开。",
        ),
        ("法治是基础之一是共识。二是经验。", "法治是基础之一是共识。二是经验。"),
    ],
)
def test_residue_goes_and_words_stay(dirty: str, expected: str) -> None:
    if "BBB" in dirty:
        expected = dirty.replace("BBB", "")
    assert clean_paragraph(dirty) == expected
    assert clean_paragraph(expected) == expected


@pytest.mark.parametrize(
    "line",
    [
        "欢迎加入某某素材库，会员每日更新，添加客服微信领取",
        "来源：霁川司法网",
        "责任编辑：某某",
        "上一篇：关于某事的通知",
        "更多内容见 https://example.com/a",
        "微信号：abcd1234",
        "- 3 -",
        "第 2 页 共 9 页",
        "##paidend##",
        " ",
    ],
)
def test_advertisements_and_boilerplate_are_dropped(line: str) -> None:
    cleaned = clean(["一、工作情况", line, "二、存在问题"])
    assert cleaned.paragraphs == ("一、工作情况", "二、存在问题")
    assert cleaned.numbers == (1, 3)
    assert cleaned.repairs[0].paragraph == 2


def test_an_advertisement_inside_a_paragraph_goes_alone() -> None:
    text = "全年普法5次。更多材料请加素材库客服微信。群众满意。"
    assert clean_paragraph(text) == "全年普法5次。群众满意。"


def test_the_name_of_the_site_that_advertises_is_taken_out_of_the_text() -> None:
    advertisement = "欢迎加入“呱呱素材库会员”，认准（公众号：呱呱君）"
    cleaned = clean(["被采纳呱呱君3篇，呱呱坠地", advertisement])
    assert cleaned.paragraphs == ("被采纳3篇，呱呱坠地",)
    assert clean_paragraph("被采纳呱呱君3篇") == "被采纳呱呱君3篇"  # nobody advertises here


def test_a_beheaded_term_is_restored_only_where_the_name_is_nowhere() -> None:
    short, full = "学习贯彻法治思想", "学习贯彻习近平法治思想"
    assert clean([short]).paragraphs == (full,)
    assert clean([short, full]).paragraphs == (short, full)


def test_every_repair_says_what_and_where() -> None:
    repairs = clean(["好。", "D委研究##paidbegin##决定,落实"]).repairs
    assert [(r.paragraph, r.what, r.before, r.after) for r in repairs] == [
        (2, "删除付费标记", "##paidbegin##", ""),
        (2, "半角标点改全角", ",", "，"),
        (2, "还原被替换的字", "D", "党"),
    ]
    assert summary(repairs)[0] == "删除付费标记 1 处（第 2 段）"
    assert clean(["好。", "党委研究决定，落实"]).repairs == ()


_PIECES = st.lists(
    st.sampled_from(
        ["党委", "D委", "2023年", "１２件", "97.5%", "1,085件", ",", "，", "。", "(一)", "“", "”"]
        + [
            '"',
            " ",
            "##paidend##",
            "一是",
            "二是",
            "（二）",
            "素材库",
            "微信",
            "xx",
            "AAA",
            "12",
            "：",
        ]
        + ["法治思想", "ED屏", "\u3000", "3.5", ":", "狗狗你在", "、", "<b>", "代笔", "会员"]
    ),
    max_size=14,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES.map("".join), max_size=4))
def test_cleaning_twice_is_cleaning_once_and_no_figure_changes(paragraphs: list[str]) -> None:
    cleaned = clean(paragraphs)
    again = clean(cleaned.paragraphs)
    assert again.paragraphs == cleaned.paragraphs
    for number, text in zip(cleaned.numbers, cleaned.paragraphs, strict=True):
        before = paragraphs[number - 1]
        if not any(r.paragraph == number and r.what == "删除广告" for r in cleaned.repairs):
            assert _digits(text) == _digits(before)


def _digits(text: str) -> str:
    return "".join(
        re.findall(r"\d", text.translate({c: c - 0xFEE0 for c in range(0xFF10, 0xFF1A)}))
    )


@given(st.text(alphabet="法治“”，。、", max_size=30))
def test_quotes_are_balanced_after_mending(text: str) -> None:
    text = ([text] + [changed for _, _, changed in balance(text)])[-1]
    assert not list(balance(text))
    assert text.count("“") == text.count("”")
