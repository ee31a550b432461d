"""What isn't data: each line is a text and its mentions, as ``text kind value``."""

from __future__ import annotations

import pytest
from number_tellers import told

from fzwriter.numbers import find_numbers

DATES = [
    ("二〇二三年", ["二〇二三年 date 2023"]),
    ("2022、2023年", ["2022 date 2022", "2023年 date 2023"]),
    ("（2021—2025年）", ["2021—2025年 date 2021..2025"]),
    ("2024年1月20日", ["2024年1月20日 date 2024"]),
    ("2024 年 1 月 20 日", ["2024 年 1 月 20 日 date 2024"]),
    ("2024年1月32日", ["2024年1月 date 2024", "32 quantity 32 日"]),
    ("2024.1.8", ["2024.1.8 date 2024"]),
    ("１２月５日", ["１２月５日 date -"]),
    ("3—5月", ["3—5月 date -"]),
    ("3月5、6日", ["3月 date -", "5 date -", "6日 date -"]),
    ("上半年", ["上半年 date -"]),
    ("第三季度", ["第三季度 date -"]),
    ("周五下午", ["周五 date -"]),
    ("8:30-17:30", ["8:30-17:30 date -"]),
    ("8：30", ["8：30 date -"]),
    ("上午9点", ["9点 date -"]),
    ("9时30分", ["9时30分 date -"]),
]
ENUMERATORS = [
    ("一、工作成效", ["一、 enumerator 1"]),
    ("（一）强化领导", ["（一） enumerator 1"]),
    ("1.强化领导", ["1. enumerator 1"]),
    ("１．强化领导", ["１． enumerator 1"]),
    ("（1）强化领导", ["（1） enumerator 1"]),
    ("1）强化领导", ["1） enumerator 1"]),
    ("①强化领导", ["① enumerator 1"]),
    ("⑵强化领导", ["⑵ enumerator 2"]),
    ("法治化一是抓", ["一是 enumerator 1"]),
    ("二要狠抓", ["二要 enumerator 2"]),
    ("其一，", ["其一 enumerator 1"]),
    ("第一，", ["第一 enumerator 1"]),
]
DOCNUMS = [
    ("国发〔2023〕12号", ["国发〔2023〕12号 docnum -"]),
    ("（2024）湘3126行初7号", ["（2024）湘3126行初7号 docnum -"]),
    ("x人社〔2023〕xx号", ["x人社〔2023〕xx号 docnum -"]),
    ("第15号", ["第15号 docnum -"]),
]
PLACEHOLDERS = [
    ("20xx年x月x日", ["20xx年x月x日 placeholder -"]),
    ("x.x万余", ["x.x万余 placeholder - 余"]),
    ("××次", ["×× placeholder -"]),
    ("【待补充】", ["【待补充】 placeholder -"]),
    ("____件", ["____ placeholder -"]),
]
TERMS = [
    ("十四五", ["十四五 term -"]),
    ("“八五”普法", ["八五 term -"]),
    ("十五分钟法律服务圈", ["十五分钟法律服务圈 term -"]),
    ("一村（社区）一法律顾问", ["一村（社区）一法律顾问 term -"]),
    ("一委一办五组", ["一委一办五组 term -"]),
    ("三区十室", ["三区十室 term -"]),
    ("法律七进", ["七进 term -"]),
    ("法律九进", ["九进 term -"]),
    ("第四巡视组", ["第四巡视组 term -"]),
    ("三门峡市", ["三门峡 term -"]),
    ("12348热线", ["12348 term -"]),
    ("拨打110报警", ["110 term -"]),
    ("12333人社热线", ["12333 term -"]),
    ("7×24小时", ["7×24小时 term -"]),
    ("12·4宪法日", ["12·4 term -"]),
    ("“3·15”", ["3·15 term -"]),
    ("双随机、一公开", ["双随机、一公开 term -"]),
    ("《“十四五”规划》", ["十四五 term -"]),
    ("《法治政府建设实施纲要（2021—2025年）》", ["2021—2025年 date 2021..2025"]),
    ("5A级景区", ["5A term -"]),
    ("101路公交", ["101路 term -"]),
    ("1+3+N", ["1+3+N term -"]),
    ("“四结合”", ["四结合 term -"]),
    ("PM2.5", ["PM2.5 term -"]),
    ("落实“1310”具体部署", ["1310 term -"]),
    ("“107”专案", ["107 term -"]),
    ("“净网2024”行动", ["净网2024 term -"]),
    ("110案件类警情下降", ["110 term -"]),
    ("第一责任人", ["第一责任人 term -"]),
    ("二十大精神", ["二十大精神 term -"]),
]
OTHERS = [
    ("进一步", ["进一步 other -"]),
    ("一系列", ["一系列 other -"]),
    ("一项工作", ["一 other 1"]),  # indefinite: 共, 仅, 唯一 make it data
    ("每季度一次", ["一 other 1"]),
    ("第二批", ["第二 other 2"]),
    ("第十二条", ["第十二 other 12"]),
    ("全省第一批", ["第一 other 1"]),
    ("几个方面", ["几 other 2..9"]),
    ("十分重视", ["十分 other -"]),
    ("电话：0743-8888888", ["0743-8888888 other -"]),
    ("13812345678", ["13812345678 other -"]),
    ("80年代", ["80年代 other -"]),
    ("大陆", ["大陆 other -"]),
]


@pytest.mark.parametrize("text", ["办结“148”件", "共“2023”人", "净网2024件", "“48”"])
def test_quotation_marks_make_no_name_of_a_figure(text: str) -> None:
    assert [m.kind for m in find_numbers(text)] == ["quantity"]


@pytest.mark.parametrize(
    ("text", "expected"),
    DATES + ENUMERATORS + DOCNUMS + PLACEHOLDERS + TERMS + OTHERS,
)
def test_what_is_not_data_has_its_own_kind(text: str, expected: list[str]) -> None:
    assert [told(mention) for mention in find_numbers(text)] == expected


@pytest.mark.parametrize("mark", ["四、", "四.", "（四）", "4.", "4. ", "4、", "（4）", "4)"])
def test_the_number_of_a_heading_stands_right_before_a_year(mark: str) -> None:
    found = find_numbers(f"……工作有序。\n{mark}2025年工作安排")
    assert [(m.text, m.kind) for m in found] == [(mark.strip(), "enumerator"), ("2025年", "date")]
