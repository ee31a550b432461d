from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fzwriter.check import check
from fzwriter.facts import FactSheet, loads_facts

if TYPE_CHECKING:
    from conftest import Changed


def test_a_clean_text_has_no_issue_and_a_reason_for_every_numeral(
    sheet: FactSheet, text: str
) -> None:
    verdict = check(text, sheet)
    assert verdict.issues == ()
    assert verdict.omitted == ()
    assert all(mention.status and mention.why for mention in verdict.mentions)
    assert {m.sources for m in verdict.quantities if m.text == "9"} == {("f03",)}


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("案件48件", "案件84件", "untraced"),
        ("案件48件", "案件148件", "untraced"),
        ("维持9件、撤销2件", "维持2件、撤销9件", "wrong_fact"),
        ("案件48件，办结23件", "案件23件，办结48件", "wrong_fact"),
        ("审结54件", "审结23件", "wrong_fact"),
        ("100余万元", "100万元", "wrong_approx"),
        ("650余人次", "650人次", "wrong_approx"),
        ("528场次", "528余场次", "wrong_approx"),
        ("528场次", "530余场次", "untraced"),
        ("1.2万份", "1.2份", "wrong_scale"),
        ("100余万元", "100余元", "wrong_scale"),
        ("650余人次", "650余人", "wrong_unit"),
        ("败诉率为22%", "败诉率为23%", "wrong_derived"),
        ("败诉率为22%", "败诉率为22.2%", "wrong_derived"),
        ("2024年，我局", "2023年，我局", "wrong_date"),
        ("关于2024年度", "关于2023年度", "wrong_date"),
        ("均为100%", "均为98%", "wrong_fact"),
        ("参学率、报考率均为100%", "参学率、报考率、通过率均为100%", "wrong_fact"),
        ("行政机关负责人出庭应诉3件", "行政执法人员出庭应诉3件", "wrong_fact"),
        ("5支普法小分队", "6支普法小分队", "untraced"),
        ("名。\n云", "名。办理公证36件。\n云", "untraced"),
        ("件48件", "件××件", "placeholder"),
        ("件48件", "件【待补充】件", "placeholder"),
    ],
)  # fmt: skip
def test_a_wrong_figure_is_named(changed: Changed, old: str, new: str, kind: str) -> None:
    assert changed.kinds(old, new) & {kind, "wrong_fact" if kind == "untraced" else kind}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("案件48件", "案件四十八件"),
        ("案件48件", "案件４８件"),
        ("案件48件", "案件 48 件"),
        ("1.2万份", "12000份"),
        ("1085件", "1,085件"),
        ("1085件", "1085起"),
        ("案件48件", "案件48起"),
        ("案件48件", "案件48宗"),
        ("22%", "百分之二十二"),
        ("22%", "22％"),
        ("528场次", "520余场次"),
        ("528场次", "500多场次"),
        ("528场次", "近530场次"),
        ("528场次", "约530场次"),
        ("528场次", "500场次以上"),
        ("650余人次", "650多人次"),
        ("其中维持9件、撤销2件", "维持、撤销分别为9件、2件"),
        ("案件48件，办结", "案件48件，同比增长20%，办结"),
        ("案件48件，办结", "案件48件，较上年增加8件，办结"),
        ("审结54件，", "审结54件、胜诉率不低，"),
        ("调解成功1055件", "调解成功1055件，调解成功率97.2%"),
        ("，办结23件", "，已办结其中的23件"),
        ("（一）办好", "1.办好"),
    ],
)  # fmt: skip
def test_another_way_to_write_a_right_figure_is_right(changed: Changed, old: str, new: str) -> None:
    verdict = changed.report(old, new)
    assert [issue for issue in verdict.issues if issue.severity == "error"] == []


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        ("案件48件，同比增长25%，办结", "wrong_derived"),
        ("案件48件，同比下降20%，办结", "wrong_direction"),
        ("案件48件，较上年减少8件，办结", "wrong_direction"),
    ],
)
def test_a_change_has_a_size_and_a_direction(changed: Changed, new: str, kind: str) -> None:
    assert changed.kinds("案件48件，办结", new) == {kind}


def test_both_ends_of_a_swap_are_named_with_the_figure_expected(
    sheet: FactSheet, text: str
) -> None:
    verdict = check(
        text.replace("528场次", "◆").replace("63件", "54件", 1).replace("◆", "528场次"), sheet
    )
    (issue,) = (i for i in verdict.issues if i.severity == "error")
    assert "“办理行政诉讼案件63件”（第 10 行）" in issue.message
    assert issue.suggestion == "应为“63件”"


def test_a_required_fact_left_out_is_told(sheet: FactSheet, text: str) -> None:
    verdict = check(text.replace("，发放宣传资料1.2万份", ""), sheet)
    assert verdict.omitted == ("f11",)
    assert [i.kind for i in verdict.issues] == ["omitted_fact"]
    assert verdict.ok


def test_other_years_need_backing(changed: Changed) -> None:
    told = changed.report("撤销2件。", "撤销2件。与2022年、2023年相比，复议后诉讼率明显下降。")
    assert told.issues == ()
    untold = changed.report("撤销2件。", "撤销2件。自2019年以来首次下降。")
    assert {i.kind for i in untold.issues} >= {"wrong_date"}
    assert untold.ok


def test_plans_may_name_the_next_year_but_targets_need_a_statement(changed: Changed) -> None:
    assert changed.report("法律明白人30名", "法律明白人30名。2025年，继续抓好普法工作").issues == ()
    assert changed.kinds("法律明白人30名", "法律明白人60名")


def test_denying_a_fact_is_an_error_and_zero_may_be_said_in_words(changed: Changed) -> None:
    denied = changed.report("撤销2件。", "撤销2件。全年未发生败诉。")
    assert [i.kind for i in denied.issues if i.severity == "error"] == ["unbacked_claim"]
    assert changed.report("撤销2件。", "撤销2件。全年未发生越级上访。").ok


def test_slogans_of_the_sheet_are_known_and_others_are_asked_about(changed: Changed) -> None:
    assert changed.report("（三）做优", "（三）建成“三区十室”，做优").issues == ()
    asked = changed.report("（三）做优", "（三）建成“九宫八卦”，做优")
    assert [i.kind for i in asked.issues] == ["unknown_term"]


def test_names_and_figures_of_a_source_do_not_pass(sheet: FactSheet, text: str) -> None:
    source = "泊宁区司法局工作总结\n泊宁区出台《泊宁区重大决策办法》，查处案件377件。"
    leaked = text.replace("撤销2件。", "撤销2件。泊宁区查处案件377件。")
    kinds = {i.kind for i in check(leaked, sheet, [source]).issues if i.severity == "error"}
    assert kinds == {"leaked_name", "leaked_number"}


def test_last_years_value_traces_where_it_is_called_so(changed: Changed) -> None:
    assert changed.report("案件48件，办结", "案件48件，上年为40件，办结").ok
    assert changed.kinds("案件48件，办结", "案件40件，办结")


FIGURES = (
    "案件48件",
    "办结23件",
    "审结54件",
    "败诉12件",
    "528场次",
    "650余人次",
    "1085件",
    "1055件",
)


@settings(max_examples=150, deadline=None)
@given(figure=st.sampled_from(FIGURES), value=st.integers(1, 99999))
def test_a_planted_value_is_always_found(changed: Changed, figure: str, value: int) -> None:
    digits = "".join(c for c in figure if c.isdigit())
    if value == int(digits):
        return
    assert changed.flagged(figure, figure.replace(digits, str(value)))


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        alphabet="云岫县案件48办结2三十百万%．，。；：、（）《》“”〔〕年月日xX×余近约第其中均\n 分之",
        max_size=60,
    )
)
def test_no_text_raises(sheet: FactSheet, noise: str) -> None:
    verdict = check(noise, sheet)
    for mention in verdict.mentions:
        assert noise[mention.start : mention.end] == mention.text
        assert mention.status


def test_exact_thousands_never_round() -> None:
    sheet = loads_facts(
        "unit: {name: 甲县司法局, type: 司法局}\nperiod: 2024\ndocument: {kind: 总结}\n"
        "facts:\n  - {id: a, name: 发放补贴资金, value: 97200, unit: 元}\n"
        "  - {id: b, name: 化解率, value: 99.8, unit: '%'}\n"
    )
    assert check("发放补贴资金97200元，化解率99.8%。", sheet).ok
    assert check("发放补贴资金9.72万元，化解率99.8%。", sheet).ok
    assert not check("发放补贴资金10万元，化解率99.8%。", sheet).ok
    assert not check("发放补贴资金97200元，化解率100%。", sheet).ok
    assert Decimal("9.72") in [m.value for m in check("发放补贴资金9.72万元。", sheet).mentions]
