"""What is taken off a report that went through web pages."""

from __future__ import annotations

import pytest

from fzwriter.seeds.clean import clean, clean_paragraph


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
        ("A级企业，APP上线", "A级企业，APP上线"),
        ("时间为9:30，比例1:3", "时间为9:30，比例1:3"),
        ("通过微信公众号发布信息", "通过微信公众号发布信息"),
    ],
)
def test_residue_goes_and_words_stay(dirty: str, expected: str) -> None:
    assert clean_paragraph(dirty) == expected
    assert clean_paragraph(expected) == expected


def test_advertisements_and_empty_paragraphs_are_dropped() -> None:
    advertisement = "欢迎加入某某素材库，会员每日更新，添加客服微信领取"
    assert clean(["一、工作情况", advertisement, "##paidend##", " "]) == ("一、工作情况",)
