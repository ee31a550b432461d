"""Means, comparisons, thresholds and the judge, on records with known values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fzwriter.errors import InputError
from fzwriter.evaluation import compare, gate, summary
from fzwriter.evaluation.judge import judge_pairs, told
from fzwriter.evaluation.records import DRAFTS, SCORES
from fzwriter.evaluation.stats import estimate
from fzwriter.llm import Call, ScriptedModel
from fzwriter.settings import Settings


def record(case: str, system: str, **values: float | None) -> tuple[dict[str, Any], dict[str, Any]]:
    key = f"{case} {system}"
    draft = {
        "key": key,
        "case": case,
        "system": system,
        "status": "done",
        "text": f"{case}的文字{system}",
    }
    scores = {
        name: {"value": value, "why": "", "n": 1, "detail": {}} for name, value in values.items()
    }
    return draft, {"key": key, "scores": scores, "issues": [], "figures": []}


def folder(at: Path, records: list[tuple[dict[str, Any], dict[str, Any]]]) -> Path:
    at.mkdir(parents=True, exist_ok=True)
    for name, index in ((DRAFTS, 0), (SCORES, 1)):
        lines = [json.dumps(pair[index], ensure_ascii=False) for pair in records]
        (at / name).write_text("\n".join(lines) + "\n", "utf-8")
    return at


# -- means -----------------------------------------------------------------------------------------


def test_an_interval_holds_the_mean_and_shrinks_with_n() -> None:
    few, many = estimate([0.0, 1.0] * 4), estimate([0.0, 1.0] * 100)
    assert few is not None
    assert many is not None
    assert few.mean == many.mean == 0.5
    assert few.low < many.low < 0.5 < many.high < few.high
    assert (few.n, many.n) == (8, 200)
    assert few == estimate([0.0, 1.0] * 4)


def test_an_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    import numpy as np

    draws = np.random.default_rng(3).normal(0.3, 0.1, (200, 30))
    found = [estimate(list(row)) for row in draws]
    hits = sum(e.low <= 0.3 <= e.high for e in found if e)
    assert 0.88 <= hits / 200 <= 0.99


def test_one_value_has_no_width_and_none_no_mean() -> None:
    one = estimate([0.7])
    assert one is not None
    assert (one.low, one.high, one.n) == (0.7, 0.7, 1)
    assert estimate([]) is None


def test_unscored_is_left_out_of_a_mean_and_not_counted_as_zero() -> None:
    pairs = [record("甲", "offline", length=0.5), record("乙", "offline", length=None)]
    found = summary.summarise([d for d, _ in pairs], [s for _, s in pairs])
    cell = found.cells["offline", "length"]
    assert (cell.mean, cell.n) == (0.5, 1)


def test_a_table_names_writers_scorers_n_and_what_failed() -> None:
    pairs = [
        record("甲", "offline", traceability=1.0, tokens=None),
        record("甲", "full@小模型", traceability=0.5, tokens=12000.0),
        record("乙", "full@小模型", traceability=1.0, tokens=8000.0),
    ]
    drafts: list[Any] = [
        *(d for d, _ in pairs),
        {"case": "乙", "system": "offline", "status": "failed"},
    ]
    found = summary.summarise(drafts, [*(s for _, s in pairs), None])
    text = summary.as_text(found)
    assert "离线写法（另 1 例没写成）" in text
    assert "75.0% [50.0%, 100.0%] n=2" in text
    assert "10,000 [8,000, 12,000] n=2" in text
    assert "—" in text
    assert summary.as_markdown(found).count("\n") == 4
    assert found.as_json()["offline"]["failed"] == 1


# -- comparing -------------------------------------------------------------------------------------


def test_a_comparison_is_paired_and_names_what_got_worse(tmp_path: Path) -> None:
    names = "甲乙丙丁戊"
    folder(tmp_path / "a", [record(c, "offline", traceability=0.9, leaks=0.0) for c in names])
    values = dict(zip(names, (1.0, 1.0, 1.0, 1.0, 0.4), strict=True))
    folder(
        tmp_path / "b", [record(c, "offline", traceability=v, leaks=1.0) for c, v in values.items()]
    )
    a, b = (compare.load(str(tmp_path / n), tmp_path) for n in "ab")
    traced, leaks = compare.compare(a, b)
    assert traced.scorer.name == "traceability"
    assert traced.change.mean == pytest.approx(-0.02)
    assert (traced.better, traced.sure) == (4, 0)
    assert traced.worse == (("戊", 0.9, 0.4),)
    assert (leaks.better, len(leaks.worse), leaks.sure) == (0, 5, -1)
    text = compare.as_text([traced, leaks])
    assert "分不出（好 4，差 1）" in text
    assert "戊：90.0% → 40.0%" in text
    assert "变差" in text
    assert compare.as_json([traced])["traceability"]["n"] == 5


def test_writers_of_one_folder_may_be_compared(tmp_path: Path) -> None:
    folder(tmp_path, [record("甲", "offline", register=0.5), record("甲", "template", register=0.9),
                      record("乙", "offline", register=None), record("乙", "template", register=0.9)])  # fmt: skip
    one, other = compare.load("offline", tmp_path), compare.load("template", tmp_path)
    (found,) = compare.compare(one, other)
    assert found.change.n == 1
    assert found.change.mean == pytest.approx(0.4)
    by_folder = compare.load(f"{tmp_path}:template", tmp_path / "anywhere")
    assert by_folder.keys() == other.keys()


def test_a_comparison_without_common_ground_is_refused(tmp_path: Path) -> None:
    folder(tmp_path / "a", [record("甲", "offline", register=1.0)])
    folder(tmp_path / "b", [record("乙", "offline", register=1.0)])
    a, b = (compare.load(str(tmp_path / n), tmp_path) for n in "ab")
    with pytest.raises(InputError, match="没有相同的案例"):
        compare.compare(a, b)
    with pytest.raises(InputError, match="没有“full”的结果"):
        compare.load("full", tmp_path / "a")
    with pytest.raises(InputError, match="找不到“x”的评测结果"):
        compare.load("x", tmp_path / "none")


# -- thresholds ------------------------------------------------------------------------------------


def scored(**values: float | None) -> list[Any]:
    return [record(case, "offline", **{k: v}) for k, v in values.items() for case in "甲乙"]


def thresholds(tmp_path: Path, text: str) -> list[gate.Threshold]:
    path = tmp_path / "thresholds.yaml"
    path.write_text(text, "utf-8")
    return gate.load_thresholds(path)


def test_a_threshold_falls_the_way_its_scorer_goes(tmp_path: Path) -> None:
    bounds = thresholds(tmp_path, "offline:\n  traceability: {mean: 0.9}\n  leaks: {worst: 0.1}\n")
    assert gate.fallen(scored(traceability=0.95, leaks=0.1), bounds) == []
    lines = gate.fallen(scored(traceability=0.8, leaks=0.2), bounds)
    assert len(lines) == 3
    assert "平均 80.0%，应不低于 90.0%" in lines[0]
    assert "甲 为 0.20，应不高于 0.10" in lines[1]


def test_a_case_may_be_left_out_of_a_bound_on_each(tmp_path: Path) -> None:
    pairs = [*scored(leaks=0.0), record("丙", "offline", leaks=2.0)]
    assert len(gate.fallen(pairs, thresholds(tmp_path, "offline: {leaks: {worst: 0}}\n"))) == 1
    bounds = thresholds(tmp_path, "offline: {leaks: {worst: 0, except: [丙]}}\n")
    assert gate.fallen(pairs, bounds) == []
    with pytest.raises(InputError, match="列表"):
        thresholds(tmp_path, "offline: {leaks: {worst: 0, except: 丙}}\n")


def test_a_threshold_that_measures_nothing_falls(tmp_path: Path) -> None:
    bounds = thresholds(tmp_path, "offline:\n  length: {mean: 0.1}\nfull: {register: {mean: 0}}\n")
    lines = gate.fallen(scored(length=None), bounds)
    assert len(lines) == 2
    assert "没有一例有分" in lines[0]
    assert "full：没有结果" in lines[1]


def test_a_case_meant_to_end_with_errors_is_held_to_its_expectations_alone(tmp_path: Path) -> None:
    bounds = thresholds(
        tmp_path, "offline:\n  traceability: {worst: 1}\n  expectations: {worst: 1}\n"
    )
    pairs = [*scored(traceability=1.0), record("丙", "offline", traceability=0.4, expectations=0.5)]
    for _, score in pairs[:2]:
        score["scores"]["expectations"] = {"value": 1.0, "why": "", "n": 1, "detail": {}}
    pairs[-1][1]["declared"] = 3
    (line,) = gate.fallen(pairs, bounds)
    assert "符合声明" in line
    assert "丙" in line


def test_a_bound_from_the_command_line_is_on_each_mean() -> None:
    bound = gate.parse("traceability=0.99")
    assert len(gate.fallen(scored(traceability=0.5), [bound])) == 1
    with pytest.raises(InputError, match="没有评分项“xx”"):
        gate.parse("xx=1")
    with pytest.raises(InputError, match="不是数字"):
        gate.parse("leaks=无")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("offline: 1\n", "键: 值"),
        ("offline: {xx: {mean: 1}}\n", "没有评分项“xx”"),
        ("offline: {leaks: {least: 1}}\n", "不认识“least”"),
        ("offline: {leaks: {mean: 高}}\n", "不是数字"),
        ("offline: [\n", "读不出来"),
        ("", "键: 值"),
    ],
)
def test_a_wrong_thresholds_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        thresholds(tmp_path, text)


def test_the_shipped_thresholds_are_sound() -> None:
    from common import ROOT

    bounds = gate.load_thresholds(ROOT / "eval" / "thresholds.yaml")
    assert {b.scorer for b in bounds} >= {
        "expectations",
        "traceability",
        "binding",
        "leaks",
        "structure",
    }


# -- the judge -------------------------------------------------------------------------------------


def sides() -> tuple[compare.Texts, compare.Texts]:
    a = {c: record(c, "offline", register=1.0) for c in "甲乙丙丁"}
    b = {c: record(c, "template", register=1.0) for c in "甲乙丙丁"}
    return a, b


def judged(reply: Any, tmp_path: Path) -> list[str]:
    model = ScriptedModel(reply)
    verdicts = judge_pairs(*sides(), model, Settings(tmp_path), tmp_path)
    assert len(model.history) == 8
    return [v.winner for v in verdicts]


def better(which: str) -> str:
    return json.dumps({"reason": "因为", "better": which}, ensure_ascii=False)


def test_a_judge_who_goes_by_the_text_decides(tmp_path: Path) -> None:
    def fond_of_templates(call: Call) -> str:
        first = call.prompt.split("<文稿二>")[0]
        return better("一" if "template" in first else "二")

    assert judged(fond_of_templates, tmp_path) == ["乙"] * 4


def test_a_judge_who_goes_by_the_place_decides_nothing(tmp_path: Path) -> None:
    assert judged(lambda _: better("一"), tmp_path) == ["不一致"] * 4
    assert judged(lambda _: better("平"), tmp_path) == ["平"] * 4
    assert judged(lambda _: "我觉得都不错", tmp_path) == ["无效"] * 4


def test_the_tally_says_how_many_were_decided(tmp_path: Path) -> None:
    model = ScriptedModel(lambda call: better("二" if "甲的文字" in call.prompt else "平"))
    text = told(judge_pairs(*sides(), model, Settings(tmp_path), tmp_path))
    assert "模型评判 4 例（前后各评一次）：甲 0，乙 0，平 3，不一致 1，无效 0" in text
