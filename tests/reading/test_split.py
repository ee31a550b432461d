"""From reports to passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from fzwriter.domain import keywords
from fzwriter.facts import load_catalogue
from fzwriter.reading.source import read_seeds
from fzwriter.reading.split import LONGEST, PARTS, part_of, sections, split
from fzwriter.reading.topics import topic_of
from seed_samples import make_report


def test_headings_of_all_levels_form_the_path() -> None:
    passages = split(
        make_report(
            "今年以来，各项工作有序开展。",
            "一、主要举措和成效",
            "（一）强化统筹",
            "1. 压实责任",
            "主要负责人带头履行职责，定期研究法治工作。",
            "（二）深化普法",
            "深入开展宪法宣传活动，群众参与热情高涨。",
            "二、下一步打算",
            "继续抓好各项工作，努力取得新的进步。",
        )
    )
    assert [(p.path, p.part) for p in passages] == [
        ((), "导语"),
        (("主要举措和成效", "强化统筹", "压实责任"), "成效"),
        (("主要举措和成效", "深化普法"), "成效"),
        (("下一步打算",), "计划"),
    ]
    assert [p.index for p in passages] == [0, 1, 2, 3]
    assert [len(s.passages) for s in sections(passages)] == [1, 2, 1]


def test_run_in_headings_leave_the_text() -> None:
    (passage,) = split(
        make_report("一、工作情况", "（一）坚持复议为民，化解争议。畅通申请渠道，方便群众。")
    )
    assert passage.path == ("工作情况", "坚持复议为民，化解争议")
    assert passage.text == "畅通申请渠道，方便群众。"


def test_a_heading_glued_to_its_first_item() -> None:
    passages = split(
        make_report(
            "一、工作情况",
            "（三）健全体系，推进治理法治化一是加强规范性文件清理工作。二是用好用足法律顾问力量。",
        )
    )
    assert {p.path for p in passages} == {("工作情况", "健全体系，推进治理法治化")}
    assert [p.text for p in passages] == ["加强规范性文件清理工作。", "用好用足法律顾问力量。"]


def test_items_are_passages_of_their_own() -> None:
    passages = split(
        make_report(
            "一、工作情况",
            "围绕中心工作，重点抓好三个方面。一是抓学习，组织专题培训班。二是抓落实，逐级压实工作责任。"
            "三是抓考核，结果与评优评先挂钩。",
        )
    )
    assert [p.role for p in passages] == ["总起", "分项", "分项", "分项"]
    assert passages[1].text == "抓学习，组织专题培训班。"


def test_items_that_are_paragraphs() -> None:
    passages = split(
        make_report(
            "一、存在的问题", "一是力量较为薄弱，专业人员偏少。", "二是普法形式单一，效果不佳。"
        )
    )
    assert [p.text[:4] for p in passages] == ["力量较为", "普法形式"]
    assert {p.part for p in passages} == {"问题"}


@pytest.mark.parametrize(
    "text",
    [
        "坚持统一是非标准，同一是非观念，让群众心里更加明白。",
        "问题的根源之一是力量不足，之二是经费不够充足。",
    ],
)
def test_words_that_look_like_items_are_none(text: str) -> None:
    (passage,) = split(make_report("一、工作情况", text))
    assert (passage.role, passage.text) == ("段落", text)


def test_a_long_enumerated_paragraph_is_text_not_heading() -> None:
    text = "由于政策性强、涉及面广，相关人员的业务水平与之相比还有待进一步提高，尤其是系统培训需要加强。"
    (passage,) = split(make_report("三、存在问题", f"（一）{text}"))
    assert passage.path == ("存在问题",)
    assert passage.text == text


def test_a_heading_that_lost_its_number() -> None:
    passages = split(
        make_report(
            "推进法治政府建设的主要举措和成效", "（一）强化监督。开展案卷评查，规范执法行为。"
        )
    )
    assert passages[0].path == ("推进法治政府建设的主要举措和成效", "强化监督")


def test_long_paragraphs_are_parted_at_sentence_ends() -> None:
    sentence = "深入推进各项重点工作任务落地见效，切实增强人民群众的法治获得感。"
    passages = split(make_report("一、工作情况", sentence * 25))
    assert len(passages) > 2
    assert all(len(p.text) <= LONGEST and p.text.endswith("。") for p in passages)
    assert "".join(p.text for p in passages) == sentence * 25
    assert {p.role for p in passages[1:]} == {"续"}
    assert max(len(p.text) for p in passages) < 2 * min(len(p.text) for p in passages)


def test_even_a_sentence_without_end_is_parted() -> None:
    passages = split(make_report("一、工作情况", "推进工作落实" * 200))
    assert all(len(p.text) <= LONGEST for p in passages)


def test_addressee_and_sign_off_are_no_passages() -> None:
    passages = split(
        make_report(
            "县委、县人民政府：",
            "2021年，我局认真履行职责，扎实推进工作。",
            "霁川县司法局",
            "2022年1月12日",
            unit="霁川县司法局",
        )
    )
    assert [p.text for p in passages] == ["2021年，我局认真履行职责，扎实推进工作。"]


def test_a_report_without_headings() -> None:
    passages = split(
        make_report(
            "我局按照通知要求，认真梳理有关情况。",
            "春季以来，组织法治副校长进校园授课。",
            "下一步，将继续加强未成年人保护工作。",
        )
    )
    assert [p.part for p in passages] == ["导语", "成效", "计划"]


@pytest.mark.parametrize(
    ("path", "part"),
    [
        (("工作开展情况",), "成效"),
        (("2021年工作总结", "亮点工作"), "亮点"),
        (("2021年工作总结", "自身建设及清廉建设情况"), "自身建设"),
        (("2021年工作总结", "强化问题整改，补齐短板"), "成效"),
        (("推进法治政府建设存在的不足和原因",), "问题"),
        (("党政主要负责人履行推进法治建设第一责任人职责情况",), "第一责任人"),
        (("2022年工作安排",), "计划"),
        (("2022年工作思路和要点", "强化队伍建设"), "计划"),
        (("2021年工作要点完成情况",), "成效"),
        (("其他需要报告的情况",), "其他"),
        (("持续优化营商环境",), "成效"),
        ((), "导语"),
    ],
)
def test_parts(path: tuple[str, ...], part: str) -> None:
    assert part_of(path, "正文") == part
    assert part in PARTS


def test_a_heading_on_problems_and_plans_is_told_by_the_text() -> None:
    path = ("存在问题和下一步打算",)
    assert part_of(path, "普法针对性不强，形式较为单一。") == "问题"
    assert part_of(path, "下一步，将创新普法形式。") == "计划"


def test_a_plan_without_sections_is_a_plan() -> None:
    assert part_of(("强化组织领导",), "正文", "工作要点") == "计划"


@pytest.mark.parametrize(
    ("text", "heading", "topic"),
    [
        ("全年收到行政复议案件9件，审结8件。", "", "行政复议"),
        ("负责人出庭应诉3件，败诉1件。", "", "行政应诉"),
        ("排查化解各类纠纷。", "用好人民调解第一道防线", "人民调解"),
        ("提升普法实效。以法律顾问、公职律师为骨干。", "", "普法"),
        ("天气晴好，万里无云。", "", ""),
    ],
)
def test_topics(text: str, heading: str, topic: str) -> None:
    assert topic_of(text, heading) == topic


def test_topics_are_called_as_in_the_catalogue() -> None:
    assert set(load_catalogue().topics) <= set(keywords())


@pytest.mark.shared
def test_the_real_files_split_into_known_parts(shared_seeds: Path) -> None:
    for path in sorted(shared_seeds.iterdir()):
        for report in read_seeds(path):
            passages = split(report)
            assert {p.part for p in passages} <= set(PARTS)
            assert all(10 <= len(p.text) <= LONGEST for p in passages)
            text = sum(len(p) for p in report.paragraphs)
            assert sum(len(p.text) for p in passages) > 0.85 * text
