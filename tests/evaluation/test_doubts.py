"""Doubts in the evaluation: in columns of their own, never among what is found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from score_samples import TEXT, subject

from fzwriter.check import check
from fzwriter.evaluation import benchmark
from fzwriter.evaluation.page import page_html
from fzwriter.evaluation.scorers import BY_NAME
from fzwriter.facts import FactSheet
from fzwriter.reading import ReportText
from fzwriter.report import CheckReport, Issue


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checker that doubts all it would refute, and each rewording; the text itself it proves."""

    def doubting(text: str | ReportText, sheet: FactSheet) -> CheckReport:
        report = check(text, sheet)
        words = ReportText.of(text).text
        if words == TEXT:
            return report
        whole = Issue(0, len(words), "wrong_fact", "doubt", "说不准")
        softer = tuple(
            replace(issue, severity="doubt") if issue.severity == "error" else issue
            for issue in report.issues
        )
        return replace(report, issues=(whole, *softer))

    monkeypatch.setattr(benchmark, "check", doubting)


@pytest.mark.usefixtures("unsure")
def test_doubts_at_plants_and_rewordings_are_counted_apart() -> None:
    of = subject()
    table = benchmark.run_benchmark("例", TEXT, of.sheet, limit=4)
    wrong, same = table.total(table.wrong), table.total(table.equivalents)
    assert (wrong.found, wrong.doubted) == (0, wrong.n)
    assert (same.found, same.doubted) == (0, same.n)
    assert len(table.misses) == wrong.n + same.n
    assert {line.split()[0] for line in table.misses} == {"疑", "疑同义"}
    whole = benchmark.Table()
    whole.add(table)
    assert whole.as_json()["total"]["doubted"] == wrong.n  # type: ignore[index]
    values = {
        name: BY_NAME[name].measure(of).value
        for name in ("binding", "binding_doubts", "false_alarms", "false_doubts")
    }
    assert values == {
        "binding": 0.0, "binding_doubts": 1.0, "false_alarms": 0.0, "false_doubts": 1.0
    }  # fmt: skip


def test_a_sure_checker_has_no_doubts_counted() -> None:
    of = subject()
    total = of.planted.total(of.planted.wrong)
    assert total.found > 0
    assert total.found + total.doubted <= total.n
    bare = subject("我局扎实推进法治政府建设。")
    assert BY_NAME["binding_doubts"].measure(bare).value is None
    assert BY_NAME["false_doubts"].measure(bare).value is None


def test_numerals_of_the_clean_text_in_doubt_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def doubting(text: str, sheet: FactSheet) -> CheckReport:
        report = check(text, sheet)
        first = report.quantities[0]
        issue = Issue(first.start, first.end, "wrong_fact", "doubt", "说不准")
        return replace(report, issues=(issue,))

    monkeypatch.setattr(benchmark, "check", doubting)
    table = benchmark.run_benchmark("例", TEXT, subject().sheet, limit=1)
    assert table.doubted == 1
    assert table.flagged == {"fzwriter": 0}


def test_a_doubtful_figure_does_not_trace_and_is_told() -> None:
    of = subject()
    verdict = of.verdict
    first = verdict.quantities[0]
    mentions = tuple(m.judged("doubtful", "说不准") if m == first else m for m in verdict.mentions)
    # The subject works its verdict out once and keeps it.
    of.__dict__["verdict"] = replace(verdict, mentions=mentions)
    found = BY_NAME["traceability"].measure(of)
    assert found.value == pytest.approx(1 - 1 / found.n)
    assert f"存疑：{first.text}" in found.why


def test_the_page_tells_doubts_from_errors() -> None:
    at = TEXT.find("23")
    draft = {"key": "k", "case": "甲", "task": "draft", "title": "题", "system": "offline",
             "status": "done", "message": "", "text": TEXT}  # fmt: skip
    issue = {"start": at, "end": at + 2, "kind": "wrong_fact", "severity": "doubt",
             "message": "说不准", "suggestion": "请核对"}  # fmt: skip
    score = {
        "key": "k",
        "scores": {},
        "issues": [issue],
        "figures": [[at, at + 2, "doubtful", "疑"]],
    }
    page = page_html([draft], [score])
    assert '<span class="label doubt">存疑 1</span>' in page
    assert '<mark class="doubt" title="说不准">23</mark>' in page
    assert "<th>存疑</th>" in page
