"""From old reports to facts workbooks: nothing is lost, all of it can be read, all of it is marked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from common import ROOT
from fzwriter import draft
from fzwriter.errors import InputError
from fzwriter.facts import FactSheet, lint, load_facts
from fzwriter.facts.workbook import workbook_bytes
from fzwriter.numbers import find_numbers
from fzwriter.pipeline.extract import Extraction, extract
from fzwriter.reading import read_seeds

SEEDS = sorted((ROOT / "seeds").glob("*.md"))
REPORT = """\
某县司法局关于2023年度法治政府建设情况的报告

县委、县人民政府：

2023年，我局坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻落实上级决策部署，扎实推进法治政府建设。现将有关情况报告如下。

一、主要举措和成效

（一）办好行政复议应诉案件

严把案件质量关，全年收到行政复议案件48件，已办结23件，其中维持9件、驳回3件、其余正在审理。办案质量稳步提升，群众满意度不断提高。

（二）加强普法宣传

开展“法律七进”活动30余场次，发放宣传资料1.2万份，将36项年度任务分解到责任科室。调解成功率97.2%，同比增长3.1%。走访企业20至30家。

二、存在的问题和原因

普法方式创新不够。主要原因是人员力量不足，全年仅培训2次。

三、下一步打算

2024年，计划开展法治讲座12场，进一步提升普法的针对性和实效性。

某县司法局
2024年1月20日
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "旧报告.txt"
    path.write_text(REPORT, "utf-8")
    return path


def loaded(extraction: Extraction, folder: Path) -> FactSheet:
    path = folder / "摘录.xlsx"
    path.write_bytes(workbook_bytes(extraction.content))
    return load_facts(path)


def test_figures_with_names_topics_and_totals(report: Path, tmp_path: Path) -> None:
    sheet = loaded(extract(report), tmp_path)
    assert [(f.name, f.value, f.unit, f.approx) for f in sheet.facts] == [
        ("收到行政复议案件", 48, "件", ""),
        ("办结", 23, "件", ""),
        ("维持", 9, "件", ""),
        ("驳回", 3, "件", ""),
        ("开展“法律七进”活动", 30, "场次", "余"),
        ("发放宣传资料", Decimal("1.2"), "万份", ""),
        ("年度任务分解到责任科室", 36, "项", ""),
        ("调解成功率", Decimal("97.2"), "%", ""),
        ("调解成功率同比增长", Decimal("3.1"), "%", ""),
    ]
    assert [f.parts_of for f in sheet.facts[:4]] == ["", "", "f002", "f002"]
    assert {f.topic for f in sheet.facts[:4]} == {"行政复议"}
    assert (sheet.unit.name, sheet.unit.type) == ("某县司法局", "司法局")
    assert (sheet.period.year, sheet.document.kind) == (2023, "法治政府建设年度报告")
    assert sheet.document.addressee == "县委、县人民政府"


def test_statements_by_part(report: Path, tmp_path: Path) -> None:
    sheet = loaded(extract(report), tmp_path)
    texts = {
        s.kind: [t.text for t in sheet.statements if t.kind == s.kind] for s in sheet.statements
    }
    assert texts == {
        "举措": ["办案质量稳步提升，群众满意度不断提高"],
        "问题": ["普法方式创新不够"],
        "原因": ["主要原因是人员力量不足，全年仅培训2次"],
        "计划": ["2024年，计划开展法治讲座12场，进一步提升普法的针对性和实效性"],
    }


def test_every_row_is_marked_and_carries_its_sentence(report: Path, tmp_path: Path) -> None:
    found = extract(report)
    for rows in found.content.rows.values():
        for row in rows:
            assert row["pending"] == "去年数待换"
            assert str(row["evidence"]) in REPORT
    marked = [f for f in lint(loaded(found, tmp_path)) if "去年数待换" in f.message]
    assert marked
    assert {f.severity for f in marked} == {"error"}


@pytest.mark.parametrize("marked", [True, False])
def test_last_year_s_report_with_another_year_on_it_is_no_draft(
    report: Path, tmp_path: Path, marked: bool
) -> None:
    found = extract(report)
    unit = {**found.content.unit, "period": "2024"}
    rows = {
        role: [{k: v for k, v in row.items() if marked or k != "pending"} for row in given]
        for role, given in found.content.rows.items()
    }
    path = tmp_path / "摘录.xlsx"
    path.write_bytes(workbook_bytes(replace(found.content, unit=unit, rows=rows)))
    sheet = load_facts(path)
    places = {f.place for f in lint(sheet) if f.stops}
    # The headings of 2023 and the title are told with the marks and without them.
    assert places >= {"数据!A2" if marked else "数据!C1", "标题"}
    with pytest.raises(InputError, match="另有 [0-9]+ 处错误"):
        draft(sheet, writer="offline")


def test_a_range_is_left_open_with_a_note(report: Path) -> None:
    found = extract(report)
    (row,) = [row for row in found.content.rows["facts"] if row["name"] == "走访企业"]
    assert "value" not in row
    assert "20至30" in str(row["note"])
    assert any("1 处是区间" in line for line in found.notices)


def test_for_next_year_old_figures_are_last_year_s(report: Path, tmp_path: Path) -> None:
    found = extract(report, next_year=True)
    with pytest.raises(InputError, match="没有填任何数值"):
        loaded(found, tmp_path)
    facts = list(found.content.rows["facts"])
    assert facts[0]["previous"] == 48
    facts[0] = {**facts[0], "value": Decimal(60)}
    object.__setattr__(found.content, "rows", {**found.content.rows, "facts": facts})
    sheet = loaded(found, tmp_path)
    assert [(f.value, f.previous) for f in sheet.facts] == [(60, 48)]
    assert sheet.period.year == 2024
    assert sheet.document.title == ""


def missing(path: Path, sheet: FactSheet, pick: int = 0) -> Counter[str]:
    """The data figures of a report that are in no fact and in no statement."""
    text = "\n".join(read_seeds(path)[pick].paragraphs)
    stated = "\n".join(statement.text for statement in sheet.statements)
    facts = Counter(written(fact.value, fact.unit) for fact in sheet.facts)
    return figures(text) - figures(stated) - facts


def figures(text: str) -> Counter[str]:
    found = (mention for mention in find_numbers(text) if mention.kind == "quantity")
    return Counter(written(mention.value, mention.unit) for mention in found)


def written(value: object, unit: str) -> str:
    """97.0% and 97% are one figure."""
    return f"{value.normalize():f}{unit}" if isinstance(value, Decimal) else f"{value}{unit}"


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_no_figure_of_a_shipped_seed_is_lost(path: Path, tmp_path: Path) -> None:
    found = extract(path)
    sheet = loaded(found, tmp_path)
    assert missing(path, sheet) == Counter()
    assert len(sheet.facts) == found.figures >= 30
    assert len(sheet.statements) == found.statements >= 30
    assert {s.kind for s in sheet.statements} >= {"举措", "计划"}
    assert sum(bool(fact.topic) for fact in sheet.facts) >= 0.9 * len(sheet.facts)
    assert all(2 <= len(fact.name) <= 40 or fact.name == "镇" for fact in sheet.facts)
    assert not [f for f in lint(sheet) if f.severity == "error" and not f.stops]


@pytest.mark.shared
def test_real_reports(shared: Path, tmp_path: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        for pick, report in enumerate(read_seeds(path), 1):
            found = extract(path, pick=pick)
            assert found.statements >= 8, (path, pick)
            filled = {**found.content.unit, "name": found.content.unit["name"] or "某县某局"}
            object.__setattr__(found.content, "unit", filled)
            if found.figures:
                sheet = loaded(found, tmp_path)
                assert missing(path, sheet, pick - 1) == Counter(), report.title


def test_a_report_out_of_several(tmp_path: Path) -> None:
    second = REPORT.replace("某县司法局", "乙县司法局").replace("48件", "77件")
    path = tmp_path / "汇编.txt"
    path.write_text(REPORT + second, "utf-8")
    assert "共有" not in extract(path).title
    assert extract(path).notices[-2].startswith("文件里有 2 篇报告")
    assert extract(path, pick=2).content.rows["facts"][0]["value"] == 77
    with pytest.raises(InputError, match="没有第 3 篇报告"):
        extract(path, pick=3)
