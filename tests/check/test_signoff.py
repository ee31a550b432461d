"""The date a report is signed with."""

from __future__ import annotations

import pytest

from fzwriter.check import check
from fzwriter.facts import FactSheet, loads_facts

SHEET = """
unit: {name: 云岫县司法局, type: 司法局, level: 县, region: 云岫县}
period: 2024
document: {kind: 法治政府建设年度报告DATE}
facts:
  - {id: f1, topic: 普法, name: 开展普法宣讲, value: 16, unit: 场}
"""
DATED = loads_facts(SHEET.replace("DATE", ", date: 2025-01-20"))
UNDATED = loads_facts(SHEET.replace("DATE", ""))
BODY = "云岫县司法局2024年度报告\n2024年，开展普法宣讲16场。\n"


def found(sign_off: str, sheet: FactSheet, body: str = BODY) -> list[tuple[str, str, str]]:
    verdict = check(body + sign_off, sheet)
    return [(i.severity, i.kind, i.message + i.suggestion) for i in verdict.issues]


@pytest.mark.parametrize(
    "date",
    [
        "2025年1月20日",
        "２０２５年１月２０日",
        "2025 年 1 月 20 日",
        "2025年01月20日",
        "2025.1.20",
        "2025-01-20",
        "2025年1月",
        "（2025年1月20日）",
        "二〇二五年一月二十日",
        "二○二五年一月二十日",
        "二零二五年元月二十日",
        "二O二五年一月二十日",
        "二0二五年一月二十日",
        "云岫县司法局 2025年1月20日",
        "云岫县司法局\n二〇二五年一月二十日",
        "填报时间：2025年1月20日",
    ],
)
def test_the_document_s_own_date_is_right_in_any_numerals(date: str) -> None:
    assert found(date, DATED) == []
    assert found(date, UNDATED) == []
    assert found("", DATED, BODY.replace("报告\n", f"报告\n（{date.strip('（）')}）\n")) == []


@pytest.mark.parametrize(
    "date",
    [
        "2024年1月20日",
        "2025年1月21日",
        "2025年2月20日",
        "2026年1月20日",
        "2024年1月",
        "2024.1.20",
        "（2024年1月20日）",
        "二〇二四年一月二十日",
        "二○二五年一月二十一日",
        "二O二四年一月二十日",
        "云岫县司法局2024年1月20日",
        "云岫县司法局\n2024年1月20日",
    ],
)
def test_another_date_than_the_document_s_is_wrong(date: str) -> None:
    ((severity, kind, message),) = found(date, DATED)
    assert (severity, kind) == ("error", "wrong_date")
    assert "应为2025年1月" in message


def test_every_numeral_of_a_wrong_date_is_untraced() -> None:
    verdict = check(BODY + "二〇二四年一月二十日", DATED)
    assert [m.status for m in verdict.mentions if m.start > len(BODY) - 1] == ["untraced"] * 2


@pytest.mark.parametrize(
    ("date", "right"),
    [
        ("2024年12月31日", True),
        ("2025年1月6日", True),
        ("二〇二五年二月六日", True),
        ("2023年1月20日", False),
        ("二〇二三年一月二十日", False),
        ("2026年1月20日", False),
    ],
)
def test_without_a_date_in_the_sheet_the_period_and_the_year_behind_it_will_do(
    date: str, right: bool
) -> None:
    assert (found(date, UNDATED) == []) is right


def test_a_report_signed_as_its_period_begins_is_asked_about() -> None:
    ((severity, kind, message),) = found("2024年1月20日", UNDATED)
    assert (severity, kind) == ("warning", "wrong_date")
    assert "是否应为2025年" in message


@pytest.mark.parametrize(
    "line",
    ["云岫县司法局办公室2025年1月22日印发", "附件：2023年1月至12月台账", "截至2024年12月31日"],
)
def test_a_line_that_says_more_is_no_sign_off(line: str) -> None:
    assert not any("落款" in message for _, _, message in found(line, DATED))


def test_a_margin_below_hides_no_sign_off() -> None:
    assert found("云岫县司法局\n2024年1月20日\n云岫县司法局年度报告", DATED)
    note = "注：本报告由办公室起草。"
    assert found(f"云岫县司法局\n2024年1月20日\n{note}\n云岫县司法局年度报告", DATED)
