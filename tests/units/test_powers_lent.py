"""How a unit without a power puts what a unit with it says; which words make a claim harmless."""

from __future__ import annotations

import pytest

from fzwriter.units import find_powers, foreign_powers, lacking, temper


@pytest.mark.parametrize(
    ("said", "put"),
    [
        ("依法审理行政复议案件", "配合行政复议答复"),
        ("大力提升行政复议和应诉工作水平", "做好行政复议答复和行政应诉工作"),
        ("办理法律援助案件", "引导申请法律援助"),
        ("不断强化行政执法协调监督", "自觉接受行政执法监督"),
    ],
)
def test_a_township_takes_its_own_part_in_the_powers_it_lacks(said: str, put: str) -> None:
    assert temper(said, "镇") == put
    assert temper(said, "司法局") == said
    assert list(foreign_powers(put, "镇")) == []


def test_a_topic_tells_the_power_that_a_type_lacks() -> None:
    power = lacking("行政复议", "镇")
    assert power is not None
    assert power.name == "审理行政复议"
    assert lacking("行政复议", "司法局") is None
    assert lacking("普法", "镇") is None


@pytest.mark.parametrize(
    "text",
    [
        "收到以镇政府为被申请人的行政复议案件2件",
        "作为被申请人，办结行政复议案件3件",
        "办理行政复议、应诉案件5件",
        "其中1件经复议机关审理，行政复议案件维持",
        "协助司法所接收社区矫正对象2人",
        "向县政府报送规范性文件备案审查材料",
    ],
)
def test_being_party_or_helping_is_no_claim(text: str) -> None:
    assert list(find_powers(text)) == []


def test_what_makes_one_clause_harmless_does_not_cover_the_sentence() -> None:
    text = "办理行政应诉案件63件，收到行政复议案件48件，办结23件"
    assert [claim.power.name for claim in find_powers(text)] == ["审理行政复议"]
