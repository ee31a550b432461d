"""Masking people nobody has seen before: surnames and given names drawn, places written here."""

from __future__ import annotations

import random

import pytest

from fzwriter.reading.mask import mask
from fzwriter.reading.people import find_people

_SURNAMES = [
    *"王李张刘陈杨黄赵吴周徐孙朱郭林罗郑梁谢宋唐韩冯邓曹彭曾肖田董潘蔡余杜叶苏魏吕丁任沈姚卢姜崔钟谭汪范贾夏韦付邹熊邱尹薛阎段雷侯龙史陶贺顾龚邵钱覃武",
    "欧阳",
    "司马",
]
_GIVEN = "伟芳娜敏静丽强磊洋勇艳杰娟涛明超秀霞刚桂英玉兰志军晓燕海波斌雪梅春永福德贵思雨子涵浩然梓佳怡俊熙宇航诗琪嘉欣天云舟景若溪泽楷豪"
_PLACES = [
    "局党组书记、局长{}主持召开会议。",
    "由{}同志牵头负责。",
    "邀请{}律师授课，",
    "推荐刑侦大队{}参选年度人物。",
    "社区矫正对象{}按时报到。",
    "表彰{}等三名同志。",
    "副局长{}带队检查。",
    "联系人：{}",
    "以{}为组长的工作专班。",
    "法律专家{}授课，",
    "当事人{}送来锦旗。",
    "由副镇长{}包案化解。",
    "“法律明白人”{}现场讲法。",
    "检察官{}走进校园。",
    "人民陪审员{}参加庭审。",
]


def _people(count: int) -> list[str]:
    draw = random.Random(20_26)
    return [
        draw.choice(_SURNAMES) + "".join(draw.choice(_GIVEN) for _ in range(draw.choice((1, 2, 2))))
        for _ in range(count)
    ]


@pytest.mark.parametrize("place", _PLACES)
def test_people_never_seen_are_masked(place: str) -> None:
    names = _people(40)
    left = [name for name in names if name in mask(place.format(name)).text]
    assert len(left) <= 2, left  # a word and a name can look alike: 正中, 和平


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("党员纪云舟、岑若溪、汤海波等主动下沉", "党员〔人名〕、〔人名〕、〔人名〕等主动下沉"),
        ("调解员阿依古丽·买买提上门", "调解员〔人名〕上门"),
        ("村民张某、李某某发生纠纷", "村民〔人名〕、〔人名〕发生纠纷"),
        ("法院的xxx干警到校", "法院的〔人名〕干警到校"),
        ("与xxx律师事务所签订合同", "与〔单位〕签订合同"),
    ],
)
def test_other_ways_of_naming_people(text: str, masked: str) -> None:
    assert mask(text).text == masked
    assert mask(masked).text == masked


def test_a_name_found_once_is_masked_everywhere() -> None:
    from fzwriter.seeds import masked_passages
    from seed_samples import make_report

    report = make_report(
        "局长岑若溪主持会议并讲话，部署全年工作。", "会后岑若溪又到村里看了三户人家。"
    )
    assert not any("岑若溪" in passage.text for passage in masked_passages(report))


def test_ordinary_words_are_no_names(real_shipped) -> None:  # type: ignore[no-untyped-def]
    from fzwriter.reading.source import read_seeds

    found = [
        text[start:end]
        for path in sorted(real_shipped.glob("*.md"))
        for report in read_seeds(path)
        for text in report.paragraphs
        for start, end in find_people(text)
        if text[start:end] not in report.people
    ]
    assert found == []
