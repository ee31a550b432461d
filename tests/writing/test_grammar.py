"""How facts become clauses and sentences: one test for each thing a reader stumbled over."""

from __future__ import annotations

import re

import pytest

from fzwriter.facts import FactSheet, loads_facts
from fzwriter.writing.grammar import Grammar
from fzwriter.writing.sentences import merge_denials, sentences, shared_start
from fzwriter.writing.shorter import shorter, shorter_kinds, shorter_rate
from fzwriter.writing.slots import figures_of, realise
from fzwriter.writing.verbs import is_deed

HEAD = (
    "unit: {name: 云岫县公安局, type: 公安局}\nperiod: 2024\ndocument: {kind: 工作总结}\nfacts:\n"
)


def told(*facts: str, derived: str = "") -> list[str]:
    """The sentences that facts of one topic give, figures written in."""
    lines = "".join(f"  - {{topic: 普法, {fact}}}\n" for fact in facts)
    sheet: FactSheet = loads_facts(
        HEAD + lines + (f"derived:\n  - {{{derived}}}\n" if derived else "")
    )
    names = [fact.name for fact in sheet.facts]
    phrases = Grammar(sheet.facts, sheet.derived, names).phrases()
    figures = figures_of(sheet)
    return [realise(one.text, figures).text for one in sentences(phrases)]


def test_what_is_said_of_the_whole_stands_behind_a_semicolon_after_kinds() -> None:
    (text,) = told(
        "id: a, name: 刑事案件立案, value: 412, unit: 起",
        "id: b, name: 电信网络诈骗案件立案, value: 98, unit: 起, parts_of: a",
        "id: c, name: 破案, value: 287, unit: 起, parts_of: a",
        derived="id: d, name: 破案率, formula: c/a, unit: '%', digits: 1",
    )
    assert text == "刑事案件立案412起，其中电信网络诈骗案件立案98起；破案287起，破案率为69.7%"


def test_a_rate_handed_in_stands_behind_the_total_it_is_of() -> None:
    (text,) = told(
        "id: r, name: 调解率, value: 60.5, unit: '%'",
        "id: a, name: 审结行政复议案件, value: 141, unit: 件",
        "id: b, name: 调解和解, value: 75, unit: 件, parts_of: a",
    )
    assert text == "审结行政复议案件141件，其中调解和解75件；调解率为60.5%"


def test_a_part_does_not_repeat_the_object_of_its_total() -> None:
    (text,) = told(
        "id: a, name: 受理信访事项, value: 43, unit: 件",
        "id: b, name: 办结信访事项, value: 41, unit: 件, parts_of: a",
    )
    assert text == "受理信访事项43件，办结41件"


def test_a_shorter_name_is_not_used_where_another_fact_bears_it() -> None:
    texts = told(
        "id: a, name: 受理信访事项, value: 43, unit: 件",
        "id: b, name: 办结信访事项, value: 41, unit: 件, parts_of: a",
        "id: c, name: 办结, value: 7, unit: 件",
    )
    assert "办结信访事项41件" in texts[0]


def test_kinds_drop_the_verb_of_their_total_and_all_of_them_do() -> None:
    (text,) = told(
        "id: a, name: 开展合法性审查, value: 60, unit: 件",
        "id: b, name: 审查重大行政决策, value: 17, unit: 件, parts_of: a",
        "id: c, name: 行政合同, value: 20, unit: 件, parts_of: a",
        "id: d, name: 审查规范性文件, value: 23, unit: 件, parts_of: a",
    )
    assert text == "开展合法性审查60件，其中重大行政决策17件、行政合同20件、规范性文件23件"


def test_parts_that_end_alike_are_kinds_though_one_of_them_would_be_a_step() -> None:
    (text,) = told(
        "id: a, name: 仲裁结案, value: 229, unit: 件",
        "id: b, name: 调解结案, value: 158, unit: 件, parts_of: a",
        "id: c, name: 裁决结案, value: 71, unit: 件, parts_of: a",
    )
    assert text == "仲裁结案229件，其中调解158件、裁决71件"


@pytest.mark.parametrize(
    ("name", "total", "expected"),
    [
        ("办结信访事项", "受理信访事项", "办结"),
        ("视频获州县采用", "制作宣传视频", "获州县采用"),
        ("评为优秀", "评查案件", ""),
        ("信访事项办结率", "受理信访事项", ""),
        ("预约上门公证", "办理公证", ""),
    ],
)
def test_only_what_the_total_said_is_left_out(name: str, total: str, expected: str) -> None:
    assert shorter(name, total) == expected


@pytest.mark.parametrize(
    ("rate", "told_before", "expected"),
    [
        ("行政机关负责人出庭应诉率", ["开庭", "行政机关负责人出庭应诉"], "出庭应诉率"),
        ("行政机关负责人出庭应诉率", ["开庭", "负责人出庭应诉"], ""),  # its very figure isn't told
        ("调解成功率", ["调解矛盾纠纷", "调解成功"], ""),  # short enough
        ("出庭应诉率", ["出庭应诉"], ""),
    ],
)
def test_a_rate_does_not_repeat_the_long_name_told_just_before(
    rate: str, told_before: list[str], expected: str
) -> None:
    assert shorter_rate(rate, told_before) == expected


def test_kinds_lose_their_shared_end_together_or_not_at_all() -> None:
    assert shorter_kinds(["调解结案", "裁决结案"], "仲裁结案") == ["调解", "裁决"]
    assert shorter_kinds(["调解结案", "其他方式结案"], "仲裁结案") == ["", ""]


def test_nothing_among_one_kind_is_said_in_words() -> None:
    texts = told(
        "id: a, name: 办理行政应诉案件, value: 1, unit: 件",
        "id: b, name: 败诉案件, value: 0, unit: 件, parts_of: a",
    )
    assert texts == ["办理行政应诉案件1件，无败诉案件"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("民转刑案件", "未发生民转刑案件"),
        ("作为被申请人的行政复议案件", "未发生作为被申请人的行政复议案件"),
        ("摸排发现涉黑涉恶线索", "未发现涉黑涉恶线索"),
        ("脱管漏管", "未发生脱管漏管"),
        ("社区矫正对象重新犯罪", "未发生社区矫正对象重新犯罪"),
        ("变更", "变更0件"),
    ],
)
def test_zero_is_denied_by_the_word_that_fits(name: str, expected: str) -> None:
    assert told(f"id: a, name: {name}, value: 0, unit: 件") == [expected]


def test_denials_share_a_sentence_and_the_noun_they_end_with() -> None:
    assert told(
        "id: a, name: 民转刑案件, value: 0, unit: 件",
        "id: b, name: 摸排发现涉黑涉恶线索, value: 0, unit: 条",
    ) == ["未发生民转刑案件，未发现涉黑涉恶线索"]
    merged = merge_denials("未发生行政应诉案件。未发生行政调解案件。")
    assert merged == "未发生行政应诉、行政调解案件。"


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (
            "name: 参加学法考试的干部, value: 74, unit: 人",
            "干部74人参加学法考试",
        ),
        ("name: 报名参加执法证考试, value: 12, unit: 名", "12名人员报名参加执法证考试"),
        ("name: 组织参加学法用法考试, value: 1757, unit: 人", "组织1757人参加学法用法考试"),
        ("name: 参加培训人员, value: 120, unit: 人", "参加培训人员120人"),
        ("name: 担任法治副校长的民警, value: 34, unit: 名", "34名民警担任法治副校长"),
        ("name: 开展宪法晨读的学校, value: 48, unit: 所", "48所学校开展宪法晨读"),
        ("name: 开展节能监察的企业, value: 16, unit: 家", "开展节能监察的企业16家"),
        ("name: 责令整改的校外培训机构, value: 7, unit: 家", "责令7家校外培训机构整改"),
        ("name: 督促整改的台账, value: 5, unit: 个", "督促整改的台账5个"),
        (
            "name: 责令整改的机构, value: 6, unit: 家, previous: 11",
            "责令整改的机构6家，较上年减少5家",
        ),
        ("name: 指导制定的章程, value: 5, unit: 个", "指导制定的章程5个"),
        ("name: 补选法治带头人的新增社区, value: 2, unit: 个", "2个新增社区补选法治带头人"),
        (
            "name: 受到县级以上表彰的干部, value: 11, unit: 人次",
            "干部11人次受到县级以上表彰",
        ),
    ],
)
def test_who_did_it_stands_where_a_clerk_would_put_it(fact: str, expected: str) -> None:
    assert told(f"id: a, {fact}") == [expected]


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("纳入窗口受理的“省内通办”事项[[a]]", "纳入窗口受理的套餐事项[[b]]", "纳入窗口受理的"),
        ("区委主要负责人批示法治工作[[a]]", "区委主要负责人以其他途径参与[[b]]", "区委主要负责人"),
        ("下达《调查询问通知书》[[a]]", "下达《限期改正指令书》[[b]]", "下达"),
        ("行政复议审结率为[[a]]", "行政复议调解率为[[b]]", "行政复议"),
        ("规范性文件报备率为[[a]]", "规范性文件报备及时率为[[b]]", "规范性文件"),
        ("调解成功率[[a]]", "调解涉及金额[[b]]", ""),
        ("开展规范性文件备案[[a]]", "开展规范性文件清理[[b]]", "开展"),
        ("开展普法[[a]]", "组织考试[[b]]", ""),
    ],
)
def test_what_neighbours_begin_with_is_said_once(first: str, second: str, shared: str) -> None:
    assert shared_start(first, second) == shared


@pytest.mark.parametrize(
    ("value", "previous", "unit", "expected"),
    [
        (9, 11, "人", "较上年减少2人"),
        (24, 20, "件", "同比增长20%"),
        (1.26, 1.41, "亿元", "同比下降10.6%"),
        (42, 42, "件", "与上年持平"),
        (99.2, 97.5, "%", "较上年提高1.7个百分点"),
    ],
)
def test_small_numbers_are_compared_by_their_difference(
    value: float, previous: float, unit: str, expected: str
) -> None:
    text = told(f"id: a, name: 办理事项, value: {value}, previous: {previous}, unit: '{unit}'")
    assert text[0].endswith(expected)


def test_a_state_never_goes_on_as_a_deed() -> None:
    assert told(
        "id: a, name: 在册安置帮教对象, value: 964, unit: 人",
        "id: b, name: 帮扶困难对象就业, value: 38, unit: 人",
    ) == ["在册安置帮教对象964人", "帮扶困难对象就业38人"]


def test_results_go_on_with_the_deed_and_close_it() -> None:
    assert told(
        "id: a, name: 发放宣传材料, value: 500, unit: 份",
        "id: b, name: 受教育群众, value: 900, unit: 人次",
    ) == ["发放宣传材料500份，受教育群众900人次"]
    assert told(
        "id: a, name: 罚没款, value: 186, unit: 万元",
        "id: b, name: 食品抽检, value: 2140, unit: 批次",
    ) == ["罚没款186万元", "食品抽检2140批次"]


def test_a_sentence_ends_with_its_rate() -> None:
    texts = told(
        "id: a, name: 受理事项, value: 100, unit: 件",
        "id: b, name: 办结, value: 97, unit: 件, parts_of: a",
        "id: c, name: 举办讲座, value: 4, unit: 场",
        derived="id: d, name: 办结率, formula: b/a, unit: '%', digits: 0",
    )
    assert texts == ["受理事项100件，办结97件，办结率为97%", "举办讲座4场"]


def test_a_long_tree_breathes_before_a_step_of_many_figures() -> None:
    kinds = [f"id: k{n}, name: 结果{n}, value: {n}, unit: 件, parts_of: c" for n in range(1, 6)]
    (text,) = told(
        "id: a, name: 收到行政复议申请, value: 164, previous: 131, unit: 件",
        "id: n, name: 不予受理, value: 11, unit: 件, parts_of: a",
        "id: b, name: 受理行政复议案件, value: 153, unit: 件, parts_of: a",
        "id: c, name: 审结行政复议案件, value: 138, unit: 件, parts_of: b",
        *kinds,
    )
    first, second = text.split("。")
    assert first == "收到行政复议申请164件，同比增长25.2%，其中不予受理11件"
    assert second.startswith("受理行政复议案件153件，审结138件，其中结果11件、")


def test_limits_open_without_a_span_of_time() -> None:
    sheet = loads_facts(
        HEAD
        + "  - {id: a, topic: 普法, name: 配备复议人员, value: 2, unit: 名, approx: 不少于}\n"
        + "  - {id: b, topic: 普法, name: 培训复议人员, value: 2, unit: 名}\n"
    )
    limit, deed = Grammar(sheet.facts, ()).phrases()
    assert (limit.sort, deed.sort) == ("other", "deed")
    assert not re.search("共|全年", limit.text)


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("未发生刑事案件。未发生治安案件。未发生赔偿案件。", "未发生刑事、治安、赔偿案件。"),
        ("未发生作为被申请人的复议案件。未发生应诉案件。", ""),  # 的 would bind both
        ("未发生脱管、漏管。未发生重新犯罪。", "未发生脱管、漏管、重新犯罪。"),
    ],
)
def test_denials_are_merged_in_full(text: str, merged: str) -> None:
    assert merge_denials(text) == (merged or text)


def test_counted_enterprises_are_no_deed_of_the_year() -> None:
    assert not is_deed("开展节能监察的企业")
    assert is_deed("开展节能监察")
    assert is_deed("办理涉及企业的案件")
