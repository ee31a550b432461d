"""What must not come over from a source: names of its own, and the words of its unit."""

from __future__ import annotations

import pytest

from fzwriter import check
from fzwriter.facts import FactSheet
from fzwriter.reading.names import names_in

SOURCE = (
    "云麓县司法局关于2023年度法治政府建设情况的报告\n"
    "我局在县委、县政府领导下推进依法治县。聘请瑞嵩律师事务所担任顾问，走进青梧小学开展宣传。"
    "局长秦砚舟带队走访企业，欧阳澈同志获评先进。在白渡镇开展试点，印发《云麓县执法监督办法》（云政办〔2023〕7号）。\n"
)


def sheet(*said: str) -> FactSheet:
    return FactSheet.model_validate(
        {
            "unit": {"name": "青岩镇", "type": "镇", "level": "镇", "region": "澜屏县青岩镇"},
            "period": 2024,
            "document": {"kind": "法治政府建设年度报告"},
            "statements": [{"topic": "普法", "text": text} for text in said],
        }
    )


@pytest.mark.parametrize(
    "name",
    [
        "云麓县",
        "云麓",
        "白渡镇",
        "瑞嵩律师事务所",
        "青梧小学",
        "秦砚舟",
        "欧阳澈",
        "云麓县执法监督办法",
        "云政办〔2023〕7号",
    ],
)
def test_a_name_of_the_source_is_an_error_until_the_sheet_holds_it(name: str) -> None:
    assert name in names_in(SOURCE)
    text = f"青岩镇2024年度报告\n一、主要工作\n与{name}有关的工作有序推进。\n"
    found = [i for i in check(text, sheet(), (SOURCE,)).issues if i.kind == "leaked_name"]
    assert [i for i in found if i.severity == "error"]
    own = check(text, sheet(f"与{name}有关的工作有序推进"), (SOURCE,))
    assert [i for i in own.issues if i.kind == "leaked_name"] == []


def test_ordinary_words_before_places_and_bodies_are_no_names() -> None:
    plain = "依托司法所开展调解，走进校园宣传，组织各村（社区）学习，深入企业走访，落实派出所责任，集中学法。"
    assert names_in(plain) == frozenset()


@pytest.mark.parametrize("word", ["我局", "全县", "县政府", "局长", "依法治县"])
def test_the_words_of_the_source_s_unit_are_told(word: str) -> None:
    source = SOURCE + "全县局长会议强调，我局要落实。"
    text = f"青岩镇2024年度报告\n一、主要工作\n{word}推进工作。\n"
    held = {"县政府"}  # whom a township reports to
    found = [i for i in check(text, sheet(), (source,)).issues if i.kind == "foreign_register"]
    assert bool(found) is (word not in held)
    sure = word in {"我局", "局长"}  # of a township, whatever was rewritten
    assert all((issue.severity == "error") is sure for issue in found)
    alone = [i for i in check(text, sheet()).issues if i.kind == "foreign_register"]
    assert bool(alone) is sure


def test_quotations_titles_and_the_sheet_s_own_clauses_are_left_alone() -> None:
    text = "青岩镇2024年度报告\n一、主要工作\n落实《我局工作规则》和“我局怎么办”讨论，我局牵头督办重点事项。\n"
    given = sheet("我局牵头督办重点事项")
    found = [i for i in check(text, given, (SOURCE,)).issues if i.kind == "foreign_register"]
    assert found == []
