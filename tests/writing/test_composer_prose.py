"""What a leader stumbled over in drafts: headings, leads, order, openings, periods."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from fzwriter.facts import loads_facts
from fzwriter.report import Report
from fzwriter.writing import Composer, make_plan
from fzwriter.writing.headings import block_heading
from fzwriter.writing.plan import Material

HEAD = (
    "unit: {name: 云岫县司法局, type: 司法局, level: 县}\nperiod: 2024\n"
    "document: {kind: 法治政府建设年度报告, addressee: 县委、县人民政府, date: 2025-01-20}\n"
)
FACTS = """facts:
  - {id: f1, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件}
  - {id: f2, topic: 行政复议, name: 办结, value: 23, unit: 件, parts_of: f1}
  - {id: f3, topic: 行政复议, name: 维持, value: 9, unit: 件, parts_of: f2}
  - {id: f4, topic: 行政复议, name: 撤销, value: 2, unit: 件, parts_of: f2}
"""


def compose(body: str, head: str = HEAD, framing: object = None) -> Report:
    sheet = loads_facts(head + body)
    return Composer(sheet, make_plan(sheet), framing).compose()  # type: ignore[arg-type]


def section(report: Report, part: str) -> list[str]:
    (found,) = (s for s in report.sections if s.part == part)
    return [paragraph.text for paragraph in found.paragraphs]


def test_a_heading_names_causes_only_where_the_unit_gave_some() -> None:
    problem = "statements:\n  - {topic: 普法, kind: 问题, text: 普法形式不够丰富}\n"
    cause = "  - {topic: 普法, kind: 原因, text: 经费不足}\n"
    for kind in ("法治政府建设年度报告", "工作总结", "工作总结和工作计划"):
        head = HEAD.replace("法治政府建设年度报告", kind)
        assert "因" not in section(compose(FACTS + problem, head), "问题")[0]
        assert "因" in section(compose(FACTS + problem + cause, head), "问题")[0]


def test_a_yearly_report_without_causes_asks_for_them() -> None:
    problem = "statements:\n  - {topic: 普法, kind: 问题, text: 普法形式不够丰富}\n"
    assert any("没有原因" in line for line in compose(FACTS + problem).pending)
    summary = HEAD.replace("法治政府建设年度报告", "工作总结")
    assert not any("没有原因" in line for line in compose(FACTS + problem, summary).pending)


def test_causes_of_no_one_problem_are_told_as_causes_after_all_problems() -> None:
    report = compose(
        FACTS + "statements:\n"
        "  - {topic: 普法, kind: 问题, text: 普法形式不够丰富}\n"
        "  - {topic: 行政复议, kind: 问题, text: 文书说理不够充分}\n"
        "  - {topic: 行政执法, kind: 原因, text: 编制有限}\n"
    )
    *_, first, second, last = section(report, "问题")
    assert first.startswith("一是")
    assert second.startswith("二是")
    assert re.fullmatch(
        "(?:分析其原因，主要是|究其原因，主要是|上述问题的原因在于)编制有限。", last
    )


def test_problems_keep_the_order_they_were_given_in() -> None:
    topics = ("司法所", "队伍建设", "组织领导", "司法所")
    lines = "".join(
        f"  - {{topic: {topic}, kind: 问题, text: 第{n}个短板有待补齐}}\n"
        for n, topic in zip("甲乙丙丁", topics, strict=True)
    )
    items = [p for p in section(compose(f"{FACTS}statements:\n{lines}"), "问题") if "短板有" in p]
    assert [item[2:4] for item in items] == ["第甲", "第乙", "第丙", "第丁"]


def test_a_figure_goes_with_a_problem_only_if_it_is_a_failing() -> None:
    report = compose(
        FACTS + "  - {id: f5, topic: 行政复议, name: 调解, value: 10, unit: 件, parts_of: f2}\n"
        "statements:\n  - {topic: 人民调解, kind: 问题, text: 专职调解员年龄偏大}\n"
    )
    assert "其中维持9件、撤销2件、调解10件" in report.text
    assert "10件" not in "".join(section(report, "问题"))


def test_the_users_own_topic_is_kept_where_the_profile_knows_it() -> None:
    report = compose(
        FACTS + "statements:\n"
        "  - {topic: 队伍建设, kind: 问题, text: 基层法律服务力量不足}\n"
        "  - {topic: 队伍建设, kind: 原因, text: 待遇与工作强度不匹配}\n"
    )
    (planned,) = (s for s in report.sections if s.part == "问题")
    assert planned.topics == ("队伍建设",)
    (item,) = section(report, "问题")[1:]
    assert item.startswith("基层法律服务力量不足。")
    assert item.endswith("待遇与工作强度不匹配。")


def test_time_is_told_once_in_a_sub_section() -> None:
    facts = "".join(
        f"  - {{id: a{n}, topic: 普法, name: 开展{what}宣传, value: {n}, unit: 场}}\n"
        for n, what in enumerate(("反诈", "禁毒", "民法典", "宪法", "信访", "环保"), 3)
    )
    for unit in ("云岫县司法局", "云溪县司法局", "云台县司法局"):
        text = compose(f"facts:\n{facts}", HEAD.replace("云岫县司法局", unit)).text
        told = re.findall("(?:全年|2024年|一年来)共?开展", text)
        assert len(told) <= 1


def test_a_state_opens_once_with_now() -> None:
    text = compose(
        "facts:\n  - {id: a, topic: 社区矫正, name: 在册社区矫正对象, value: 9, unit: 人}\n"
        "  - {id: b, topic: 安置帮教, name: 在册安置帮教对象, value: 26, unit: 人}\n"
        "  - {id: c, topic: 人民调解, name: 现有调解员, value: 12, unit: 名}\n"
    ).text
    assert text.count("目前") == 1
    assert "目前现有" not in text


THIN = """facts:
  - {id: a, topic: 组织领导, name: 召开会议, value: 2, unit: 次}
  - {id: b, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件}
  - {id: c, topic: 行政应诉, name: 办理行政应诉案件, value: 8, unit: 件}
  - {id: d, topic: 普法, name: 开展普法活动, value: 5, unit: 场}
  - {id: e, topic: 普法, name: 发放资料, value: 900, unit: 份}
  - {id: f, topic: 人民调解, name: 调解矛盾纠纷, value: 70, unit: 件}
  - {id: g, topic: 人民调解, name: 排查矛盾纠纷, value: 7, unit: 次}
  - {id: h, topic: 组织领导, name: 开展督察, value: 3, unit: 次}
statements:
  - {topic: 公证, kind: 举措, text: 上门为老人办证}
"""


def test_a_sub_section_of_one_sentence_joins_its_neighbour_under_a_heading_for_both() -> None:
    headings = [p.text for p in compose(THIN).paragraphs() if p.style == "heading2"]
    assert len(headings) == 4
    (joint,) = (h for h in headings if "法律服务" in h or "公证" in h)
    assert "，" in joint
    assert re.search("复议|争议|纠纷|调解", joint)


def test_no_half_of_a_heading_comes_twice() -> None:
    plan = make_plan(loads_facts(HEAD + THIN))
    group = next(group for group in plan.profile.groups if group.key == "复议应诉")
    materials = (Material("行政复议"),)
    first = block_heading(plan, group, materials)
    second = block_heading(plan, group, materials, [first])
    assert not set(first.split("，")) & set(second.split("，"))


@pytest.mark.parametrize(
    ("statement", "promised"),
    [
        ("组织案卷集中评查，督促补短板", "资格管理"),
        ("举办广场宣传", "青少年"),
        ("健全出庭通报制度", "复议"),
    ],
)
def test_a_heading_promises_nothing_its_text_does_not_hold(statement: str, promised: str) -> None:
    topic = {"资格管理": "执法监督", "青少年": "普法", "复议": "行政应诉"}[promised]
    body = (
        f"facts:\n  - {{id: a, topic: {topic}, name: 办理事项, value: 7, unit: 件}}\n"
        "  - {id: b, topic: 公证, name: 办理公证, value: 5, unit: 件}\n"
        f"statements:\n  - {{topic: {topic}, text: {statement}}}\n"
    )
    for letter in "岫溪台山水云月":
        text = compose(body, HEAD.replace("云岫县", f"云{letter}县")).text
        headings = [line for line in text.split("\n") if line.startswith("（")]
        assert not any(promised in heading for heading in headings)


def plans(*texts: str, topic: str = "行政复议") -> list[str]:
    lines = "".join(f"  - {{topic: {topic}, kind: 计划, text: {text}}}\n" for text in texts)
    other = "  - {topic: 公证, kind: 计划, text: 开展公证进社区}\n"
    return section(compose(f"{FACTS}statements:\n{lines}{other}"), "计划")


def test_a_plan_item_does_not_say_beforehand_what_its_text_says() -> None:
    (item,) = (p for p in plans("深化府院联动，发挥复议主渠道作用") if "府院" in p)
    assert "发挥复议主渠道作用。" not in item.removesuffix("发挥复议主渠道作用。")


def test_a_plan_item_that_no_lead_fits_goes_without() -> None:
    (item,) = (p for p in plans("扩大退货承诺单位覆盖面", topic="人民调解") if "退货" in p)
    assert item == "一是扩大退货承诺单位覆盖面。"


def test_one_plan_or_problem_needs_no_lead() -> None:
    body = "statements:\n  - {topic: 行政复议, kind: 计划, text: 制定办案指引}\n"
    for letter in "岫溪台山水云月":
        report = compose(FACTS + body, HEAD.replace("云岫县", f"云{letter}县"))
        assert len(section(report, "计划")) == 2


def test_a_lead_does_not_repeat_its_heading() -> None:
    lines = "".join(
        f"  - {{topic: {topic}, kind: 计划, text: 做好{topic}}}\n" for topic in ("普法", "公证")
    )
    told = []
    for number in range(40):
        report = compose(f"{FACTS}statements:\n{lines}", HEAD.replace("云岫县", f"{number}号县"))
        heading, lead = section(report, "计划")[:2]
        told.append((heading, lead))
        assert not ("下步工作安排" in heading and lead == "下一步工作安排如下：")
    assert any("下步工作安排" in heading for heading, _ in told)
    assert any(lead == "下一步工作安排如下：" for _, lead in told)


def test_an_outline_takes_each_topic_under_the_line_that_calls_for_it() -> None:
    head = HEAD.replace(
        "date: 2025-01-20",
        "outline: [一、党领导法治建设体制机制落实情况, 二、执法监督与争议化解情况, 三、法治社会与民生法律服务情况]",
    )
    report = compose(THIN, head)
    held = [(s.paragraphs[0].text[2:6], s.topics) for s in report.sections if s.part == "成效"]
    assert held == [
        ("党领导法", ("组织领导",)),
        ("执法监督", ("行政复议", "行政应诉", "人民调解")),
        ("法治社会", ("公证", "普法")),
    ]


def test_mere_figures_never_open_a_sub_section_that_has_prose() -> None:
    text = compose(
        "facts:\n  - {id: a, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件}\n"
        "  - {id: b, topic: 公证, name: 办理公证, value: 5, unit: 件}\n"
        "statements:\n  - {topic: 行政应诉, text: 健全出庭通报制度}\n"
    ).text
    assert text.index("健全出庭通报制度") < text.index("收到行政复议案件48件")


def test_figures_of_one_thing_stay_together() -> None:
    text = compose(
        "facts:\n  - {id: a, topic: 执法监督, name: 评查行政执法案卷, value: 120, unit: 卷}\n"
        "  - {id: b, topic: 执法监督, name: 发现案卷问题, value: 85, unit: 个}\n"
        "statements:\n  - {topic: 执法监督, text: 采取交叉方式检查质量}\n"
        "  - {topic: 执法监督, text: 案卷问题点对点反馈}\n  - {topic: 执法监督, text: 健全通报制度}\n"
    ).text
    assert "评查行政执法案卷120卷，发现案卷问题85个" in text


def test_framing_stands_before_prose_or_a_deed_only() -> None:
    def framing(topic: str, part: str) -> Sequence[str]:
        return ["坚持社区矫正监督管理与教育帮扶相结合"]

    state = "facts:\n  - {id: a, topic: 社区矫正, name: 在册社区矫正对象, value: 9, unit: 人}\n"
    assert "相结合" not in compose(state, framing=framing).text
    deed = state.replace("在册社区矫正对象", "接收社区矫正对象")
    assert "相结合，接收" in compose(deed, framing=framing).text


def test_framing_of_another_matter_is_not_borrowed() -> None:
    def framing(topic: str, part: str) -> Sequence[str]:
        return ["坚持以公开为常态、不公开为例外"]

    body = FACTS + "statements:\n  - {topic: 行政复议, text: 推行听证审理，开展公开听证}\n"
    assert "例外" not in compose(body, framing=framing).text


HALF = HEAD.replace("period: 2024", "period: {from: 2024-01-01, to: 2024-06-30}")


@pytest.mark.parametrize("letter", "岫溪台山水云月")
def test_half_a_year_is_never_called_a_year(letter: str) -> None:
    head = HALF.replace("法治政府建设年度报告", "上半年工作总结和下半年工作计划")
    report = compose(THIN, head.replace("云岫县", f"云{letter}县"))
    assert report.title == f"云{letter}县司法局2024年上半年工作总结和下半年工作计划"
    assert not re.search("全年|一年|年度|明年|2025年(?!1月)", report.text)
    assert "2024年下半年工作计划" in report.text


def test_a_period_of_some_months_names_them() -> None:
    head = HALF.replace("2024-06-30", "2024-09-30")
    report = compose(FACTS, head)
    assert report.title == "云岫县司法局关于2024年1月至9月法治政府建设情况的报告"


PLACES = (
    "云岫县",
    "松岭县",
    "潭溪县",
    "鹤坪县",
    "禾源县",
    "青屿县",
    "柳汀县",
    "芷江坪县",
    "砚山岭县",
)


def of(place: str, body: str, type_: str = "司法局") -> Report:
    head = HEAD.replace("云岫县司法局", f"{place}{type_}").replace("type: 司法局", f"type: {type_}")
    return compose(body, head)


@pytest.mark.parametrize("place", PLACES)
def test_a_preamble_says_no_adverb_twice_and_ends_with_a_colon(place: str) -> None:
    preamble = section(of(place, FACTS), "导语")[0]
    assert preamble.endswith("：")
    for word in ("自觉", "坚持", "认真", "聚焦", "围绕", "扎实", "对照"):
        assert preamble.count(word) <= 1, preamble


def test_what_announces_items_ends_with_a_colon() -> None:
    items = "".join(
        f"  - {{topic: {topic}, kind: {kind}, text: 抓{topic}第{word}件事}}\n"
        for topic, word in (("公证", "一"), ("普法", "二"))
        for kind in ("问题", "计划")
    )
    leads = set()
    for place in PLACES:
        report = of(place, f"{FACTS}statements:\n{items}")
        for part in ("问题", "计划"):
            first = section(report, part)[1]
            if not first.startswith("一是"):
                leads.add(first)
    assert leads
    assert all(lead.endswith("：") for lead in leads), leads


LAWSUIT = "  - {id: g, topic: 行政应诉, name: 办理行政应诉案件, value: 1, unit: 件}\n"
PROSE = "statements:\n  - {topic: 行政复议, kind: 举措, text: 设立听证室公开听证}\n"


@pytest.mark.parametrize("place", PLACES)
def test_a_heading_is_of_what_is_mostly_told(place: str) -> None:
    other = "  - {id: h, topic: 公证, name: 办理公证, value: 5, unit: 件}\n"
    headings = [p.text for p in of(place, FACTS + LAWSUIT + other + PROSE).paragraphs()]
    assert not any("规范应诉工作" in heading for heading in headings)


@pytest.mark.parametrize("place", PLACES)
def test_the_halves_of_a_heading_do_not_begin_alike(place: str) -> None:
    body = (
        "facts:\n  - {id: a, topic: 公安, name: 刑事案件立案, value: 41, unit: 起}\n"
        "  - {id: b, topic: 普法, name: 开展法治宣传, value: 7, unit: 场}\n"
    )
    for paragraph in of(place, body, "公安局").paragraphs():
        if paragraph.style == "heading2":
            first, _, second = paragraph.text.partition("）")[2].partition("，")
            assert first[:2] != second[:2], paragraph.text


@pytest.mark.parametrize("place", PLACES)
def test_learning_alone_stands_under_no_heading_of_leadership(place: str) -> None:
    body = FACTS + "  - {id: l, topic: 学习培训, name: 参加学法考试, value: 260, unit: 人}\n"
    headings = [p.text for p in of(place, body).paragraphs() if p.style == "heading2"]
    assert not any(re.search("统筹|谋划|走深走实|合力|政治责任", h) for h in headings), headings


def test_what_did_not_happen_is_told_after_what_did() -> None:
    body = (
        "facts:\n"
        "  - {id: a, topic: 行政复议, name: 作为被申请人的行政复议案件, value: 0, unit: 件}\n"
        "  - {id: b, topic: 信访, name: 接待来访群众, value: 63, unit: 人次}\n"
        "  - {id: c, topic: 普法, name: 开展法治宣传, value: 7, unit: 场}\n"
    )
    (text,) = (p.text for p in of("云岫县", body, "公安局").paragraphs() if "63人次" in p.text)
    assert text.endswith("未发生作为被申请人的行政复议案件。")
