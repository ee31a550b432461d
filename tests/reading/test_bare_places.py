"""Places without a suffix, and made-up names of places and people anywhere: masked, still readable."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from fzwriter.reading import BLANK, read_seeds
from fzwriter.reading.mask import mask
from fzwriter.reading.names import names_of
from fzwriter.reading.people import sounds_ordinary
from fzwriter.reading.places import find_bare_places
from fzwriter.seeds import masked_passages
from seed_samples import make_report

_FIRST = "柘霁泾稷槿邕阆岷沅澧酉辰溆靖渌浏茶攸耒郴嵊岱邳睢涟泗沭滕郯莒兖洮岫珲绥霍隰沁汾潞"
# No 城 and 湾: 汾城镇 and 耒湾区 can't be told from 城镇 and 湾区 without a list of places.
_LAST = "川溪陵浦源岭坪洲津阳丘首岗峡康宁安泉浔汀郧"
_WITH_SUFFIX = [
    "在{}县召开现场会，",
    "会同{}市公安局开展行动。",
    "到{}镇调研。",
    "{}区司法局印发通知。",
    "走访{}街道。",
    "邀请{}县人民法院授课，",
]
_BARE = [
    "在{}召开全县现场会。",
    "赴{}考察学习。",
    "在{}举办培训班，",
    "前往{}调研，",
    "在{}设立服务点。",
]
_ROADS = ["开通{}至{}高速公路沿线便民点。", "从{}到{}开展巡回审判。", "{}至{}，"]


def _places(count: int) -> list[str]:
    draw = random.Random(20_26)
    names = [draw.choice(_FIRST) + draw.choice(_LAST) for _ in range(4 * count)]
    return [name for name in dict.fromkeys(names) if not sounds_ordinary(name)][:count]


@pytest.mark.parametrize("sentence", [*_WITH_SUFFIX, *_BARE])
def test_places_never_seen_are_masked_and_the_sentence_reads(sentence: str) -> None:
    for name in _places(40):
        masked = mask(sentence.format(name)).text
        assert name not in masked
        # Nothing but the name (with its suffix, or the body it belongs to) is gone.
        rest = re.split(BLANK, masked)
        assert len(rest) == 2, masked
        head, tail = sentence.split("{}")
        assert rest[0] == head
        assert tail.endswith(rest[1])
        assert len(tail) - len(rest[1]) <= len("县人民法院")


@pytest.mark.parametrize("sentence", _ROADS)
def test_both_ends_of_a_road_are_masked(sentence: str) -> None:
    names = _places(40)
    for one, other in zip(names[::2], names[1::2], strict=True):
        assert mask(sentence.format(one, other)).text == sentence.format("〔地名〕", "〔地名〕")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("在古丈召开现场会", "在〔地名〕召开现场会"),
        ("吉首至怀化高速公路", "〔地名〕至〔地名〕高速公路"),
        ("办理泸溪至辰溪线路纠纷", "办理〔地名〕至〔地名〕线路纠纷"),
    ],
)
def test_real_places(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "在线召开会议，在村部开展活动，在现场举办讲座",
        "在会议室召开，在党校举办培训班，在全省召开推进会",
        "从受理到办结全程跟踪，从立案到结案，从小学到初中",
        "上午至下午，年初至年底，宪法至上，前移至窗口",
        "深入开展从源头到末端监管",
        "甚至出现偏差，不至于激化，周一至周五",
        "在基层一线开展巡回服务，在全社会开展宣传",
        "在建项目实行实名制，在校学生参加竞赛，在押人员学习",
    ],
)
def test_words_that_stand_where_places_stand_stay(text: str) -> None:
    assert mask(text).text == text


def test_the_shipped_seeds_hold_no_bare_place(real_shipped: Path) -> None:
    found = [
        text[start:end]
        for path in sorted(real_shipped.glob("*.md"))
        for report in read_seeds(path)
        for text in report.paragraphs
        for start, end in find_bare_places(text)
        if text[start:end] not in report.places
    ]
    assert found == []


def test_a_place_found_once_is_masked_without_its_suffix_too() -> None:
    report = make_report(
        "在霁川县召开现场会，推动各项任务落地见效。", "打造霁川样板，擦亮霁川法治名片，群众都说好。"
    )
    assert not any("霁川" in passage.text for passage in masked_passages(report))


def test_a_stem_of_ordinary_words_is_not_gathered() -> None:
    names = names_of(("在安全县召开会议", "到平安镇调研"))
    assert "安全" not in names.places
    assert "平安" not in names.places
