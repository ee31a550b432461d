from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fzwriter.output.layout import TITLE_CHARACTERS_A_LINE, width
from fzwriter.output.title import title_lines


@pytest.mark.parametrize(
    "lines",
    [
        ("2024年法治政府建设工作总结",),
        ("砚岭县司法局关于2023年度", "法治政府建设情况的报告"),
        ("榆湾镇人民政府关于2023年度", "法治政府建设工作总结及2024年工作计划"),
        ("砚岭县人力资源和社会保障局2024年度", "法治政府建设工作情况报告"),
        ("关于贯彻落实", "《法治政府建设实施纲要（2021—2025年）》", "情况的报告"),
        (
            "中共古丈县委全面依法治县委员会办公室",
            "关于2024年度法治政府建设工作总结和",
            "2025年工作计划的报告",
        ),
        (
            "砚岭县人民政府关于2024年度",
            "推进法治政府建设情况暨党政主要负责人",
            "履行推进法治建设第一责任人职责情况的报告",
        ),
    ],
)
def test_titles_break_between_phrases(lines: tuple[str, ...]) -> None:
    assert title_lines("".join(lines)) == lines


def test_a_given_break_is_kept() -> None:
    assert title_lines("某县司法局\n工作报告") == ("某县司法局", "工作报告")


def test_an_endless_title_is_left_to_word() -> None:
    assert title_lines("很" * 200) == ("很" * 200,)


@given(st.text(alphabet="县司法局关于的和《》2024年度工作总结，（）", max_size=60))
def test_no_character_is_lost_and_no_line_too_long(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    assert len(lines) == 1 or all(width(line) <= TITLE_CHARACTERS_A_LINE for line in lines)


@given(st.integers(1, 30), st.integers(1, 30))
def test_a_year_and_a_name_in_marks_stay_whole(before: int, after: int) -> None:
    title = "县" * before + "2024年度《法治建设规划》" + "情" * after
    printed = "\n".join(title_lines(title))
    assert "2024年度" in printed
    assert "《法治建设规划》" in printed


def test_a_full_line_with_a_year_leaves_room_for_the_gaps_beside_it() -> None:
    lines = title_lines("岷赣县人民政府2023年法治政府建设工作总结")
    assert len(lines) == 2
    assert lines[1].endswith("工作总结")
