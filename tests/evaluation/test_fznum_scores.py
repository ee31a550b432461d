"""How FZ-Num scores: checkers whose answers are known, rivals behind the protocol, the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from evaluation.test_fznum import GOOD, SHEET, deliver
from fzwriter.cli import run as run_cli
from fzwriter.errors import ConfigError
from fzwriter.evaluation.fznum import rivals
from fzwriter.evaluation.fznum import run as running
from fzwriter.evaluation.fznum.build import build
from fzwriter.evaluation.fznum.checkers import Finding, Input, Verdict, find_checker, judge
from fzwriter.evaluation.fznum.delivered import as_sheet
from fzwriter.evaluation.fznum.items import Item
from fzwriter.evaluation.fznum.run import Options, sample
from fzwriter.evaluation.fznum.scores import Scores, Told, score
from fzwriter.evaluation.fznum.show import as_markdown, page_html
from fzwriter.evaluation.stats import ratio

Say = Callable[[Item], Verdict]


def told(items: list[Item], say: Say) -> list[Told]:
    found = []
    for item in items:
        verdict = say(item)
        states = tuple(verdict.of(claim.spans)[0] for claim in item.judged)
        advised = sum(verdict.of(claim.spans)[1] for claim in item.judged)
        found.append(
            Told(item, states, advised, verdict.count("error"), verdict.count("doubt"), 0.1, 0.05)
        )
    return found


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return build(None, sheets=2).items


def means(scores: Scores) -> dict[str, float]:
    return {name: value.mean for name, value in scores.head.items()}


def everywhere(item: Item) -> Verdict:
    return Verdict((Finding(0, len(item.text), "error", True),))


def nowhere(item: Item) -> Verdict:
    return Verdict()


def knowing(item: Item) -> Verdict:
    if item.right:
        return Verdict(proved=tuple(span for claim in item.judged for span in claim.spans))
    return Verdict(tuple(Finding(s, e, "error") for s, e in item.judged[0].spans))


def doubting(item: Item) -> Verdict:
    return Verdict(tuple(Finding(s, e, "doubt") for claim in item.judged for s, e in claim.spans))


def test_who_flags_all_and_who_flags_nothing_pair_nothing(items: list[Item]) -> None:
    all_, none = (
        means(score("all", told(items, everywhere))),
        means(score("none", told(items, nowhere))),
    )
    assert all_["wrong_refuted"] == all_["right_refused"] == all_["right_advised"] == 1
    assert none["wrong_silent"] == none["clean"] == 1
    assert all_["paired"] == none["paired"] == 0


def test_who_knows_scores_full(items: list[Item]) -> None:
    scores = score("knowing", told(items, knowing))
    found = means(scores)
    assert found["paired"] == found["wrong_refuted"] == found["clean"] == 1
    assert found["right_refused"] == found["harmless_refused"] == found["wrong_silent"] == 0
    assert scores.counts["no_doubt_share"] == 1
    assert scores.counts["times_reading"] == 2
    assert set(scores.groups["kind"]) >= {"digit", "swap", "改写：spaces"}


def test_doubts_are_counted_apart_and_flag_a_twin(items: list[Item]) -> None:
    scores = score("doubting", told(items, doubting))
    found = means(scores)
    assert found["right_doubted"] == found["wrong_doubted"] == found["paired"] == 1
    assert found["right_refused"] == found["wrong_refuted"] == 0
    assert scores.counts["no_doubt_share"] == 0
    assert scores.counts["doubts_median"] > 0


def test_the_worst_sheet_is_told(items: list[Item]) -> None:
    bad = items[0].sheet
    scores = score("", told(items, lambda i: everywhere(i) if i.sheet == bad else knowing(i)))
    assert scores.worst["right_refused"] == (bad, 1)
    assert scores.worst["paired"] == (bad, 0)


def test_the_worst_that_overlaps_counts() -> None:
    verdict = Verdict((Finding(3, 5, "doubt"), Finding(4, 8, "error", True)), ((0, 9),))
    assert verdict.of(((3, 4),)) == ("doubt", False)
    assert verdict.of(((3, 5),)) == ("error", True)
    assert verdict.of(((8, 9),)) == ("proved", False)
    assert verdict.of(((9, 12),)) == ("unseen", False)


def test_shares_resample_the_sheets() -> None:
    even = ratio([(1, 2), (5, 10)])
    assert even is not None
    assert (even.mean, even.low, even.high, even.n) == (0.5, 0.5, 0.5, 12)
    uneven = ratio([(0, 10), (10, 10), (5, 10)])
    assert uneven is not None
    assert uneven.low < uneven.mean == 0.5 < uneven.high
    assert ratio([(0, 0)]) is None


def test_a_sample_takes_every_kind_with_its_right_text(items: list[Item]) -> None:
    some = sample(items, 120)
    ids = {item.id for item in some}
    assert 120 <= len(some) <= 240
    assert {i.kind for i in some} == {i.kind for i in items}
    assert {i.twin_of for i in some} - {""} <= ids
    assert some == sample(items, 120)


# -- rivals ------------------------------------------------------------------------------------


def test_words_without_a_place_are_looked_for_in_turn() -> None:
    assert rivals.places("12件，12件，3件", ["12", "12", "3", "9"]) == [(0, 2), (4, 6), (8, 9)]


def test_numerals_are_set_apart_and_found_again() -> None:
    wide, origins = rivals.spaced("收到48件，占22.5%。\n3件")
    assert wide == "收到 48 件，占 22.5%。\n3 件"
    assert len(origins) == len(wide) + 1
    at = wide.index("22.5%")
    assert (origins[at], origins[at + 4] + 1) == (7, 12)


def fake(monkeypatch: pytest.MonkeyPatch, name: str, **members: Any) -> None:
    module = ModuleType(name)
    for key, value in members.items():
        setattr(module, key, value)
    monkeypatch.setitem(__import__("sys").modules, name, module)


def spans(name: str, text: str) -> list[str]:
    found = find_checker(name)(Input(as_sheet(SHEET, "甲"), SHEET))(text)
    return [text[f.start : f.end] for f in found.findings]


def test_a_rival_is_asked_as_it_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    def check_answer(query: str, chunks: list[str], answer: str) -> Any:
        assert any("收到行政复议案件 48 件 40" in chunk for chunk in chunks)
        return SimpleNamespace(findings=[SimpleNamespace(spans=("50",))])

    fake(monkeypatch, "corroborate", check_answer=check_answer)
    assert spans("corroborate", "收到48件，办结50件") == ["50"]


def test_a_rival_that_tells_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    def collect_data(paths: list[Path]) -> Any:
        assert json.loads(paths[0].read_text("utf-8"))["facts"]
        return "pool", paths

    def audit_text(text: str, pool: object) -> Any:
        return [SimpleNamespace(number=SimpleNamespace(line=2, text="48"), status="unsourced")], []

    fake(monkeypatch, "numaudit", audit=None)
    fake(monkeypatch, "numaudit.audit", collect_data=collect_data, audit_text=audit_text)
    found = find_checker("numaudit")(Input(as_sheet(SHEET, "甲"), SHEET))("48件\n办结48件")
    assert [(f.start, f.end) for f in found.findings] == [(6, 8)]


@pytest.mark.parametrize("name", rivals.RIVALS)
def test_a_rival_that_is_not_installed_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = name.replace("-", "_")
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(ConfigError, match="没有安装"):
        find_checker(name)


def test_the_judge_flags_what_the_model_names() -> None:
    answer = SimpleNamespace(parsed={"wrong": ["50件", "没有"]})
    model = SimpleNamespace(complete=lambda *_, **__: answer)
    found = judge(model)(Input(as_sheet(SHEET, "甲"), SHEET))("收到50件")
    assert [(f.start, f.end, f.severity) for f in found.findings] == [(2, 5, "error")]
    with pytest.raises(ConfigError, match="要先设模型"):
        find_checker("judge")


def test_a_checker_that_falls_over_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def falling(beside: Input) -> Callable[[str], Verdict]:
        def asked(text: str) -> Verdict:
            raise ZeroDivisionError

        return asked

    monkeypatch.setattr(running, "find_checker", lambda *_: falling)
    outcome = running.run(Options(None, splits=("dev",), sample=20, sheets=1))
    assert outcome.scores[0].counts["failed"] == len(outcome.items)


# -- the whole ---------------------------------------------------------------------------------


def test_a_sample_runs_and_its_tables_hold(tmp_path: Path) -> None:
    options = Options(
        deliver(tmp_path, GOOD),
        splits=("dev",),
        checkers=("fzwriter", "digits"),
        sample=120,
        sheets=1,
    )
    outcome = running.run(options)
    first, second = outcome.scores
    for scores in (first, second):
        head = means(scores)
        assert head["paired"] <= head["paired_here"]
        parts = head["wrong_refuted"] + head["wrong_doubted"] + head["wrong_silent"]
        assert parts == pytest.approx(1)
        flagged = head["wrong_refuted"] + head["wrong_doubted"]
        assert head["paired"] <= flagged + 1e-9
        assert all(e.low <= e.mean <= e.high for e in scores.head.values())
    assert {i.origin for i in outcome.items} == {"hand", "changed", "composed"}
    table, page = as_markdown(outcome), page_html(outcome)
    assert "| fzwriter | digits |" in table
    assert "digit" in page
    assert "<script" not in page


def cli(tmp_path: Path, *words: str) -> int:
    return run_cli(["eval", "fznum", "--out", str(tmp_path / "out"), "--jobs", "1", *words])


def test_the_command_writes_tables_and_logs_runs_on_test(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = deliver(tmp_path / "fznum", {**GOOD, "text_id": "t2"}, split="test")
    assert (
        cli(tmp_path, "--data", str(home), "--split", "test", "--sample", "40", "--sheets", "1")
        == 0
    )
    out = tmp_path / "out"
    assert {p.name for p in out.iterdir()} == {"fznum.md", "fznum.html", "fznum.json"}
    line = json.loads((tmp_path / "results" / "fznum-test.jsonl").read_text("utf-8"))
    assert line["splits"] == ["test"]
    assert line["sample"] == 40
    assert line["date"]
    assert 0 <= line["figures"]["fzwriter"]["paired"] <= 1
    assert "正确的数判错" in capsys.readouterr().out


def test_a_run_on_dev_is_not_logged(tmp_path: Path) -> None:
    home = deliver(tmp_path / "fznum", GOOD)
    assert cli(tmp_path, "--data", str(home), "--origin", "hand") == 0
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--checker", "nobody", "--sheets", "1"), "没有叫“nobody”的核验"),
        (("--data", "nowhere"), "找不到文件夹"),
        (("--split", "both"), "--split 的值不对"),
        (("--origin", "hand"), "没有可评的条目"),
    ],
)
def test_bad_usage_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], why: str
) -> None:
    (tmp_path / "fznum").mkdir()
    assert cli(tmp_path, "--data", str(tmp_path / "fznum"), *words) == 2
    error = capsys.readouterr().err.strip()
    assert why in error
    assert error.count("\n") == 0


def test_a_delivery_that_is_no_json_is_told_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = deliver(tmp_path / "fznum", GOOD)
    with (home / "texts" / "dev" / "A.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n{")
    assert cli(tmp_path, "--data", str(home), "--sheets", "1") == 2
    assert "第 2 行" in capsys.readouterr().err


def test_a_folder_of_cases_called_fznum_is_still_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fznum").mkdir()
    assert run_cli(["eval", "fznum", "--split", "dev"]) == 2
    assert "没有选项 --split" in capsys.readouterr().err
