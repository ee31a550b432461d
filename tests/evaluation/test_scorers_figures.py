from __future__ import annotations

import pytest
from score_samples import TEXT, changed, sheet, subject

from fzwriter.evaluation.scorers import BY_NAME, Score, Subject


def score(name: str, of: Subject) -> Score:
    return BY_NAME[name].measure(of)


def test_a_right_text_traces_wholly() -> None:
    found = score("traceability", subject())
    assert found.value == 1.0
    assert found.n == 7  # two years, five figures
    assert found.detail["status"] == {"period": 2, "traced": 4, "derived": 1}


def test_a_wrong_figure_an_invented_one_and_a_blank_do_not_trace() -> None:
    found = score("traceability", changed("办结23件", "办结24件，罚款36万元，培训××人"))
    assert found.n == 9
    assert found.value == pytest.approx(6 / 9)
    assert "无出处：24、36万、××" in found.why


def test_last_years_year_does_not_trace() -> None:
    found = score("traceability", changed("2024年，我局", "2023年，我局"))
    assert found.value == pytest.approx(6 / 7)


def test_a_text_without_figures_is_unscored_not_zero() -> None:
    found = score("traceability", subject("我局扎实推进法治政府建设。"))
    assert found.value is None
    assert "没有可计的对象" in found.why


def test_facts_left_out_lower_the_coverage_optional_ones_do_not() -> None:
    assert score("fact_coverage", subject()).value == 1.0
    assert score("fact_coverage", changed("，发放宣传资料1.2万份", "")).value == 1.0
    found = score("fact_coverage", changed("，办结23件", ""))
    assert found.value == pytest.approx(2 / 3)
    assert "f02 办结" in found.why


def test_errors_planted_in_a_right_text_are_found() -> None:
    found = score("binding", subject())
    assert found.n >= 8
    assert found.value == 1.0
    assert all(len(pair) == 2 for pair in found.detail["classes"].values())


def test_binding_falls_when_the_checker_is_blind(monkeypatch: pytest.MonkeyPatch) -> None:
    from fzwriter.evaluation import benchmark
    from fzwriter.report import CheckReport

    of = subject()
    real = benchmark.check
    seen: list[str] = []

    def blind(text: str, facts: object) -> CheckReport:
        seen.append(text)
        return real(text, of.sheet) if text == of.text else CheckReport()

    monkeypatch.setattr(benchmark, "check", blind)
    found = score("binding", of)
    assert found.value == 0.0
    assert "漏：" in found.why
    assert len(seen) > 8


def test_false_alarms_rise_when_the_checker_cries_wolf(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from fzwriter.evaluation import benchmark
    from fzwriter.report import CheckReport, Issue

    assert score("false_alarms", subject()).value == 0.0
    of = subject()
    real = benchmark.check

    def crying(text: str, facts: object) -> CheckReport:
        found = real(text, of.sheet)
        if text == of.text:
            return found
        return replace(found, issues=(*found.issues, Issue(0, 1, "untraced", "error", "狼来了")))

    monkeypatch.setattr(benchmark, "check", crying)
    assert score("false_alarms", of).value == 1.0


def test_a_text_without_traced_figures_has_no_ground_for_planting() -> None:
    bare = subject("我局扎实推进法治政府建设。")
    assert score("binding", bare).value is None
    assert score("false_alarms", bare).value is None


def test_the_same_text_scores_the_same() -> None:
    one, other = score("binding", subject()), score("binding", subject(TEXT, sheet=sheet()))
    assert one == other
