"""The mapping table of a rewrite as Markdown."""

from __future__ import annotations

from fzwriter.output.mapping import mapping_markdown, summary
from fzwriter.report import Decision, Report

REPORT = Report(
    "青岩镇\n2024年度报告",
    (),
    decisions=(
        Decision("沿用", "存在的不足", "存在的不足", "结构沿用"),
        Decision(
            "舍去", "办好复议|应诉", "", "镇没有“审理行政复议”职权", ("“收到〔数〕件”：舍去",)
        ),
        Decision("新增", "", "优化便民服务", "本单位有这方面材料"),
    ),
)


def test_each_section_is_a_row_and_each_sentence_that_went_a_line() -> None:
    text = mapping_markdown(REPORT, "某县司法局报告")
    rows = [line for line in text.split("\n") if line.startswith("| ")]
    assert len(rows) == 2 + len(REPORT.decisions)
    assert all(line.count(" | ") == 3 for line in rows)
    assert "| 舍去 | 办好复议\\|应诉 | — | 镇没有“审理行政复议”职权 |" in rows
    assert "- “收到〔数〕件”：舍去" in text
    assert "青岩镇2024年度报告" in text.split("\n")[0]


def test_the_summary_counts_every_action_also_those_that_did_not_occur() -> None:
    assert summary(REPORT.decisions) == "沿用 1 节、改写 0 节、舍去 1 节、新增 1 节"
