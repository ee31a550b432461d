from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from fzwriter.documents import read_text
from fzwriter.documents.markdown import plain_lines
from fzwriter.output import to_markdown, write_markdown
from fzwriter.report import Paragraph, Report, Section


def report_of(*paragraphs: Paragraph, title: str = "题目") -> Report:
    return Report(title, (Section("导语", paragraphs),))


def test_headings_leads_and_sign_off(sample: Report) -> None:
    blocks = to_markdown(sample).strip().split("\n\n")
    assert blocks[:2] == ["# 砚岭县司法局关于2024年度法治政府建设情况的报告", "县委、县人民政府："]
    assert "## 一、主要举措和成效" in blocks
    assert "### （一）坚持党的领导，压紧压实法治建设责任" in blocks
    assert "#### 1. 完善统筹协调机制" in blocks
    assert "##### （1）健全协调小组" in blocks
    assert blocks[-2:] == ["砚岭县司法局", "2025年1月8日"]


def test_bold_ends_before_punctuation_or_it_would_not_end_at_all() -> None:
    # CommonMark: ** after 。 and before a letter opens, it does not close.
    report = report_of(Paragraph("（一）完善机制。全年3次。", lead=8, lead_level=2))
    assert "**（一）完善机制**。全年3次。" in to_markdown(report)


def test_marks_in_text_are_escaped() -> None:
    report = report_of(
        Paragraph("3*4*5件_a_ `b` [c](d) <e> ~~f~~ &amp; g\\h"),
        Paragraph("# 井号"),
        Paragraph("1. 编号"),
        Paragraph("- 横线"),
        Paragraph("-5%不是列表"),
    )
    text = to_markdown(report)
    assert r"3\*4\*5件\_a\_ \`b\` \[c\](d) \<e> \~\~f\~\~ \&amp; g\\h" in text
    for block in (r"\# 井号", r"1\. 编号", r"\- 横线", "-5%不是列表"):
        assert block in text.split("\n\n")[1:] or block in text.strip().split("\n\n")


def test_round_trip_of_the_sample(sample: Report, tmp_path: Path) -> None:
    write_markdown(sample, tmp_path / "report.md")
    assert read_text(tmp_path / "report.md").text == sample.text


TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("*_`~[]()<>#+-=|\\.1 &;!$:\"'/ab中，。（"),
        st.characters(exclude_categories=("C", "Z")),
    ),
    min_size=1,
    max_size=40,
).map(lambda text: text.strip() or "空")
STYLE = st.sampled_from(["heading1", "heading2", "heading3", "heading4", "body"])


@given(title=TEXT, parts=st.lists(st.tuples(TEXT, STYLE, st.integers(0, 40)), max_size=5))
def test_whatever_the_text_it_reads_back(title: str, parts: list[tuple[str, str, int]]) -> None:
    paragraphs = [
        Paragraph(text, style, lead if style == "body" else 0, 2) for text, style, lead in parts
    ]
    report = report_of(*paragraphs, title=title)
    read = [line.text.strip() for line in plain_lines(to_markdown(report))]
    assert "\n".join(line for line in read if line) == report.text
