"""Doubts are settled one by one, by a person, for one clause, one fact and its value."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fzwriter.check import check
from fzwriter.check.confirm import (
    NONE,
    Alias,
    Confirmations,
    claims,
    confirmation,
    lapsed,
    settled,
    with_aliases,
)
from fzwriter.check.verdict import doubt, wrong
from fzwriter.facts import FactSheet
from fzwriter.report import CheckReport, Issue

BY, ON = "张三", "2025-01-08 09:30"
CITED = "数据文件中是“调解矛盾纠纷1085件”（第 20 行），此处说的可能是另一回事"


def in_doubt(text: str, sheet: FactSheet, *figures: str, message: str = CITED) -> CheckReport:
    """The verdict on ``text``, were the checker in doubt of these figures."""
    report = check(text, sheet)
    mentions, issues = [], list(report.issues)
    for mention in report.mentions:
        if mention.text in figures:
            mention, issue = doubt(mention, "wrong_fact", message, "请核对")
            issues.append(issue)
        mentions.append(mention)
    issues.sort(key=lambda issue: (issue.start, issue.end, issue.kind))
    return replace(report, mentions=tuple(mentions), issues=tuple(issues))


def confirm_all(report: CheckReport, text: str, sheet: FactSheet) -> Confirmations:
    return Confirmations(tuple(confirmation(c, BY, ON) for c in claims(report, text, sheet)))


def changed(sheet: FactSheet, id_: str, **update: object) -> FactSheet:
    facts = (f.model_copy(update=update) if f.id == id_ else f for f in sheet.facts)
    return sheet.model_copy(update={"facts": tuple(facts)})


def figure(report: CheckReport, text: str = "1085"):
    return next(m for m in report.mentions if m.text == text)


def test_an_open_doubt_tells_its_code_and_what_the_sheet_has(text: str, sheet: FactSheet) -> None:
    report = settled(in_doubt(text, sheet, "1085"), text, sheet)
    assert not report.ok
    assert report.exit_code == 4
    assert figure(report).status == "doubtful"
    assert figure(report).sources == ("f15",)
    (issue,) = report.doubts
    assert issue.claim == claims(report, text, sheet)[0].code


def test_a_confirmed_doubt_is_settled_and_says_by_whom_and_when(
    text: str, sheet: FactSheet
) -> None:
    raw = in_doubt(text, sheet, "1085")
    report = settled(raw, text, sheet, confirm_all(raw, text, sheet))
    assert report.ok
    assert report.exit_code == 0
    assert report.issues == ()
    assert figure(report).status == "confirmed"
    assert figure(report).sources == ("f15",)
    assert figure(report).why == f"已确认（{BY}，{ON}）：{CITED}"


def test_a_verdict_without_doubts_is_left_alone(text: str, sheet: FactSheet) -> None:
    clean = check(text, sheet)
    assert settled(clean, text, sheet) is clean


def test_only_the_claim_confirmed_is_settled(text: str, sheet: FactSheet) -> None:
    raw = in_doubt(text, sheet, "1085", "528", message="此处说的可能是另一回事")
    first, second = claims(raw, text, sheet)
    assert [b.name for b in first.basis] == ["开展普法活动"]  # by its value, none being cited
    report = settled(raw, text, sheet, Confirmations((confirmation(second, BY, ON),)))
    assert [i.claim for i in report.doubts] == [first.code]
    assert report.exit_code == 4


def test_a_confirmed_figure_prints_its_fact(text: str, sheet: FactSheet) -> None:
    raw = in_doubt(text, sheet, "1085")
    left_out = Issue(len(text), len(text), "omitted_fact", "warning", "没有写进报告")
    raw = replace(raw, omitted=("f13", "f15"), issues=(*raw.issues, left_out, left_out))
    assert settled(raw, text, sheet).omitted == ("f13", "f15")
    report = settled(raw, text, sheet, confirm_all(raw, text, sheet))
    assert report.omitted == ("f13",)
    assert [issue.kind for issue in report.issues] == ["omitted_fact"]


# -- lapse on each of the bindings -----------------------------------------------------------------

LAPSES = {
    "clause": (("调解矛盾纠纷1085件", "全年调解矛盾纠纷1085件"), {}, "文中没有这句话"),
    "value": (("", ""), {"value": 1086}, "原是1085件，现在是1086件"),
    "unit": (("", ""), {"unit": "起"}, "原是1085件，现在是1085起"),
    "fact": (("", ""), {"name": "调处矛盾纠纷"}, "没有“调解矛盾纠纷”了"),
}


@pytest.mark.parametrize("what", LAPSES)
def test_a_confirmation_lapses_and_is_told(what: str, text: str, sheet: FactSheet) -> None:
    (old, new), update, told = LAPSES[what]
    before = in_doubt(text, sheet, "1085")
    given = confirm_all(before, text, sheet)
    text, sheet = text.replace(old, new), changed(sheet, "f15", **update)
    raw = in_doubt(text, sheet, "1085", message="此处说的可能是另一回事")
    report = settled(raw, text, sheet, given)
    assert len(report.doubts) == 1
    assert figure(report).status == "doubtful"
    (line,) = lapsed(raw, text, sheet, given)
    assert told in line
    assert BY in line


def test_the_claims_code_changes_with_clause_and_value(text: str, sheet: FactSheet) -> None:
    def code(text: str, sheet: FactSheet) -> str:
        return claims(in_doubt(text, sheet, "1085", message="疑"), text, sheet)[0].code

    other = text.replace("调解矛盾纠纷1085件", "协助调解矛盾纠纷1085件")
    renamed = changed(sheet, "f15", name="调处矛盾纠纷")
    assert len({code(text, sheet), code(other, sheet), code(text, renamed)}) == 3
    assert code(f"　{text}", sheet) == code(text, sheet)


def test_blanks_and_full_width_forms_do_not_lapse(text: str, sheet: FactSheet) -> None:
    raw = in_doubt(text, sheet, "1085")
    given = confirm_all(raw, text, sheet)
    other = text.replace("调解矛盾纠纷1085件", "调解矛盾纠纷 1085 件")
    again = in_doubt(other, sheet, "1085")
    assert settled(again, other, sheet, given).ok
    assert lapsed(again, other, sheet, given) == ()


def test_a_row_that_moved_does_not_lapse_but_a_name_shared_by_two_does(
    text: str, sheet: FactSheet
) -> None:
    raw = in_doubt(text, sheet, "1085")
    given = confirm_all(raw, text, sheet)
    moved = changed(sheet, "f15", id="f021")
    assert settled(in_doubt(text, moved, "1085"), text, moved, given).ok
    twin = next(f for f in moved.facts if f.id == "f021").model_copy(update={"id": "f022"})
    both = moved.model_copy(update={"facts": (*moved.facts, twin)})
    assert settled(in_doubt(text, both, "1085"), text, both, given).exit_code == 4


def test_of_equal_sentences_only_the_one_confirmed_is_settled(sheet: FactSheet) -> None:
    line = "调解矛盾纠纷1085件。"
    text = f"报告\n一、甲\n{line}\n二、乙\n{line}"
    raw = in_doubt(text, sheet, "1085")
    first, second = claims(raw, text, sheet)
    assert first.code != second.code
    given = Confirmations((confirmation(second, BY, ON),))
    report = settled(raw, text, sheet, given)
    assert [m.status for m in report.mentions if m.text == "1085"] == ["doubtful", "confirmed"]
    more = f"{text}\n三、丙\n{line}"
    again = in_doubt(more, sheet, "1085")
    assert len(settled(again, more, sheet, given).doubts) == 3
    assert "不再是原来那几处" in lapsed(again, more, sheet, given)[0]


def test_a_row_of_a_table_is_bound_to_its_head(sheet: FactSheet) -> None:
    text = "报告\n指标\t本年\n调解矛盾纠纷\t1085件"
    raw = in_doubt(text, sheet, "1085")
    given = confirm_all(raw, text, sheet)
    assert settled(raw, text, sheet, given).exit_code == 0
    other = text.replace("本年", "上年")
    assert settled(in_doubt(other, sheet, "1085"), other, sheet, given).doubts


# -- what can't be confirmed -----------------------------------------------------------------------


def test_an_error_is_never_settled(text: str, sheet: FactSheet) -> None:
    raw = in_doubt(text, sheet, "1085")
    given = confirm_all(raw, text, sheet)
    verdicts = [
        wrong(m, "wrong_fact", CITED, "请改") if m.text == "1085" else (m, None)
        for m in check(text, sheet).mentions
    ]
    refuted = CheckReport(tuple(m for m, _ in verdicts), tuple(i for _, i in verdicts if i))
    assert claims(refuted, text, sheet) == ()
    assert settled(refuted, text, sheet, given) == refuted
    # A doubt at which an error stands too, of a name carried over, say, stays as well.
    spot = figure(raw)
    both = replace(
        raw, issues=(*raw.issues, Issue(spot.start, spot.end, "leaked_name", "error", ""))
    )
    assert figure(settled(both, text, sheet, given)).status == "doubtful"


def test_words_in_doubt_are_told_by_a_warning_once_confirmed(sheet: FactSheet) -> None:
    text = "报告\n我局荣获全国先进单位。"
    issue = Issue(5, 7, "unbacked_claim", "doubt", "荣誉没有依据", "请核对")
    raw = CheckReport((), (issue,))
    (claim,) = claims(raw, text, sheet)
    assert claim.basis == ()
    report = settled(raw, text, sheet, Confirmations((confirmation(claim, BY, ON),)))
    assert report.ok
    assert [(i.severity, i.message) for i in report.issues] == [
        ("warning", f"已确认（{BY}，{ON}）：荣誉没有依据")
    ]
    other = text.replace("全国", "全省")
    assert settled(raw, other, sheet, Confirmations((confirmation(claim, BY, ON),))).doubts


# -- aliases ---------------------------------------------------------------------------------------


def test_an_alias_counts_for_its_fact_alone_and_lapses_with_the_name(sheet: FactSheet) -> None:
    given = Confirmations(aliases=(Alias("f15", "调解矛盾纠纷", "说和民间纷争", BY, ON),))
    known = with_aliases(sheet, given)
    assert {f.id: f.aliases for f in known.facts if f.aliases} == {"f15": ("说和民间纷争",)}
    assert with_aliases(sheet, NONE) is sheet
    renamed = changed(sheet, "f15", name="调处矛盾纠纷")
    assert not any(f.aliases for f in with_aliases(renamed, given).facts)
    (line,) = lapsed(CheckReport(), "", renamed, given)
    assert "别名“说和民间纷争”不再有效" in line


def test_an_alias_proves_what_was_not_proved_before(sheet: FactSheet) -> None:
    text = "报告\n2024年，我局说和民间纷争1085件。"
    given = Confirmations(aliases=(Alias("f15", "调解矛盾纠纷", "说和民间纷争", BY, ON),))
    known = with_aliases(sheet, given)
    assert figure(check(text, sheet)).status != "traced"
    assert figure(check(text, known)).status == "traced"
