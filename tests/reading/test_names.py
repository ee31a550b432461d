"""One finder of names: what masking hides, and what may be called another unit's to its user's face."""

from __future__ import annotations

import pytest

from fzwriter.reading.names import find_names, names_in, own_titles
from fzwriter.units import find_profile
from fzwriter.writing.rewriting.register import strange_words

TITLE = "云麓县司法局关于2023年度法治政府建设情况的报告"


def found(text: str, strength: str) -> set[str]:
    return {text[one.start : one.end] for one in find_names(text, strength)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("在白渡镇开展试点。", "白渡镇"),
        ("走进青梧小学开展宣传。", "青梧小学"),
        ("聘请瑞嵩律师事务所担任顾问。", "瑞嵩律师事务所"),
        ("局长秦砚舟带队走访企业。", "秦砚舟"),
        ("，欧阳澈同志获评先进。", "欧阳澈"),
        ("前往柘渡街道督导。", "柘渡街道"),
    ],
)
def test_both_strengths_find_a_plain_name(text: str, name: str) -> None:
    assert name in found(text, "sure")
    assert name in found(text, "likely")


@pytest.mark.parametrize(
    "text",
    [
        "立足街道职责定位，做好接收社区矫正对象工作，为了加强社区治理。",
        "职工集中学法，与人力资源公司签约，在实验小学宣讲。",
        "化解比例提高，修订县级规范性文件，现有律师事务所和派出所密切协作。",
        "在集镇摆上镇村普法台。",
        "xx市某某镇和××区开展试点。",
    ],
)
def test_what_sounds_ordinary_or_is_hidden_is_surely_no_name(text: str) -> None:
    assert found(text, "sure") == set()


def test_sure_names_are_likely_ones() -> None:
    text = "在白渡镇试点，局长秦砚舟带队，走进青梧小学，聘请瑞嵩律师事务所，到福建省考察实验小学。"
    assert found(text, "sure") < found(text, "likely")


def test_a_report_s_names_hold_its_unit_its_places_and_its_documents() -> None:
    report = f"{TITLE}\n2023年，在岱岳区推广，印发《云麓县执法监督办法》（云政办〔2023〕7号）、《行政处罚法》。"
    assert names_in(report) >= {
        "云麓县司法局", "云麓县", "云麓", "岱岳区", "岱岳", "云麓县执法监督办法", "云政办〔2023〕7号",
    }  # fmt: skip
    assert own_titles(report) == {"云麓县执法监督办法"}


@pytest.mark.parametrize("duty", ["职责定位", "职能职责", "工作实际", "实际"])
def test_whose_duties_a_clause_tells_of_is_a_word_of_register(duty: str) -> None:
    town, street = (find_profile("镇", name, "") for name in ("白渡镇", "柘渡街道"))
    assert strange_words(f"立足街道{duty}", town) == ["街道"]
    assert strange_words(f"立足街道{duty}", street) == []
    assert strange_words(f"结合辖区{duty}", town) == []
