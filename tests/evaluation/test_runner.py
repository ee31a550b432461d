from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from score_samples import FACTS, SEED, TEXT

from fake_server import FakeServer
from fzwriter.errors import InputError
from fzwriter.evaluation import runner
from fzwriter.evaluation.cases import load_cases
from fzwriter.evaluation.records import DRAFTS, SCORES, Journal, report_from
from fzwriter.evaluation.runner import Options, Outcome, run
from fzwriter.evaluation.variants import find_variants
from fzwriter.pipeline.runs import plain
from fzwriter.settings import Settings


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Two drafts, a rewrite of one of them, a check, and facts that are refused."""
    at = tmp_path / "cases"
    specs = {
        "甲": "task: draft\ntitle: 甲\nsource: 自拟\n",
        "乙": "task: draft\ntitle: 乙\nsource: 自拟\n",
        "核": "task: check\ntitle: 核\ntext: old.md\nexpect: {exit: 3, issues: [wrong_fact], only: true}\n",
        "拒": "task: draft\ntitle: 拒\nexpect: {exit: 2, error: 不是数字}\n",
    }
    for name, spec in specs.items():
        (at / name).mkdir(parents=True)
        (at / name / "case.yaml").write_text(spec, "utf-8")
        facts = FACTS.replace("云岫", "霁川") if name == "乙" else FACTS
        facts = facts.replace("value: 23", "value: 廿三") if name == "拒" else facts
        (at / name / "facts.yaml").write_text(facts, "utf-8")
    (at / "核" / "old.md").write_text(TEXT.replace("办结23件", "办结48件"), "utf-8")
    return at


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """One seed: its index takes a moment only."""
    at = tmp_path / "seeds"
    at.mkdir()
    (at / "石桥.txt").write_text(SEED + TEXT.split("\n", 1)[1], "utf-8")
    return at


def options(cases: Path, out: Path, variants: str = "template", **more: object) -> Options:
    made = Options(load_cases([cases]), find_variants(variants), (), out, Settings(out / "user"))
    return replace(made, **more)


def value(outcome: Outcome, case: str, system: str, scorer: str) -> float | None:
    for draft, score in zip(outcome.drafts, outcome.scores, strict=True):
        if draft["case"] == case and draft["system"] == system:
            assert score is not None
            found = score["scores"][scorer]["value"]
            return None if found is None else float(found)
    raise AssertionError((case, system))


def test_each_task_ends_as_its_case_declares(cases: Path, seeds: Path, tmp_path: Path) -> None:
    outcome = run(options(cases, tmp_path / "out", "offline", seeds=seeds))
    assert len(outcome.drafts) == outcome.written == 4
    for case, system in (("甲", "offline"), ("乙", "offline"), ("核", "given"), ("拒", "offline")):
        assert value(outcome, case, system, "expectations") == 1.0
    assert value(outcome, "甲", "offline", "traceability") == 1.0
    assert value(outcome, "核", "given", "traceability") is None
    assert value(outcome, "拒", "offline", "traceability") is None


def test_what_is_on_record_is_not_written_or_scored_again(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(options(cases, tmp_path / "out"))

    def never(job: object) -> None:
        raise AssertionError("written again")

    monkeypatch.setattr(runner, "do_job", never)
    again = run(options(cases, tmp_path / "out"))
    assert again.written == 0
    assert again.drafts == first.drafts
    assert again.scores == first.scores


def test_a_changed_input_is_written_anew_and_the_rest_is_kept(cases: Path, tmp_path: Path) -> None:
    run(options(cases, tmp_path / "out"))
    facts = cases / "甲" / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("value: 528", "value: 530"), "utf-8")
    again = run(options(cases, tmp_path / "out"))
    assert again.written == 1
    assert "530场次" in next(d["text"] for d in again.drafts if d["case"] == "甲")


def test_a_changed_declaration_only_scores_anew(cases: Path, tmp_path: Path) -> None:
    run(options(cases, tmp_path / "out"))
    spec = cases / "甲" / "case.yaml"
    spec.write_text(spec.read_text("utf-8") + "expect: {must_contain: [绝不会有]}\n", "utf-8")
    again = run(options(cases, tmp_path / "out"))
    assert again.written == 0
    assert value(again, "甲", "template", "expectations") == 0.5


def test_rescore_writes_nothing_and_tells_what_is_missing(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(options(cases, out))
    lines = (out / DRAFTS).read_text("utf-8").splitlines()
    kept = [line for line in lines if json.loads(line)["case"] != "乙"]
    (out / DRAFTS).write_text("\n".join(kept) + "\n", "utf-8")
    (out / SCORES).unlink()
    again = run(options(cases, out, rescore=True))
    assert again.written == 0
    assert [cell.case for cell in again.missing] == ["乙"]
    assert len((out / SCORES).read_text("utf-8").splitlines()) == 3


def test_a_line_cut_off_by_a_kill_is_left_out_and_mended(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    journal = Journal(path)
    journal.add({"key": "a", "text": "甲"})
    journal.add({"key": "b", "text": "乙"})
    path.write_bytes(path.read_bytes()[:-9])
    again = Journal(path)
    assert "a" in again
    assert "b" not in again
    again.add({"key": "b", "text": "丙"})
    assert {r["key"]: r["text"] for r in Journal(path)} == {"a": "甲", "b": "丙"}


def test_a_run_killed_halfway_goes_on_where_it_stood(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "fzwriter", "eval", str(cases), "--writer", "template"]
    process = subprocess.Popen(
        [*command, "--out", str(out), "--jobs", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ,
    )
    deadline = time.monotonic() + 60
    while not (out / SCORES).is_file() and time.monotonic() < deadline:
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = len(Journal(out / DRAFTS)._records)
    assert 0 < before < 4
    outcome = run(options(cases, out))
    assert len(outcome.drafts) == 4
    assert outcome.written == 4 - before


def test_side_by_side_gives_what_one_after_the_other_gives(cases: Path, tmp_path: Path) -> None:
    one = run(options(cases, tmp_path / "one"))
    two = run(options(cases, tmp_path / "two", jobs=2))
    assert [d["text"] for d in one.drafts] == [d["text"] for d in two.drafts]
    leave_out = {"seconds"}
    for a, b in zip(one.scores, two.scores, strict=True):
        assert a is not None
        assert b is not None
        kept = [{k: v for k, v in s["scores"].items() if k not in leave_out} for s in (a, b)]
        assert kept[0] == kept[1]


def test_a_models_prompts_are_part_of_what_a_text_comes_from(
    cases: Path, seeds: Path, tmp_path: Path
) -> None:
    from fzwriter.resources import shipped

    other = tmp_path / "新版"
    other.mkdir()
    text = (shipped("prompts") / "section.md").read_text("utf-8")
    (other / "section.md").write_text(text + "\n写得朴实一些。", "utf-8")
    made = options(cases, tmp_path / "out", "full", models=["simulated-faithful"], seeds=seeds)
    made = replace(made, cases=made.cases[:1], prompts={"": None, "新版": other})
    outcome = run(made)
    systems = [d["system"] for d in outcome.drafts]
    assert len(systems) == len(set(systems)) == 2
    assert systems[1].endswith("#新版")
    tokens = [value(outcome, d["case"], d["system"], "tokens") for d in outcome.drafts]
    assert tokens[0] is not None
    assert tokens[1] is not None
    assert tokens[1] > tokens[0]


def test_own_seeds_take_the_place_of_the_shipped_ones(
    cases: Path, seeds: Path, tmp_path: Path
) -> None:
    (seeds / "空.txt").write_text("太短", "utf-8")
    outcome = run(options(cases, tmp_path / "out", "offline", seeds=seeds))
    why = next(s["scores"]["leaks"]["why"] for s in outcome.scores if s and s["issues"] == [])
    assert why.startswith(("对照 1 篇", "对照 2 篇"))
    assert any("空.txt" in line for line in outcome.notices)
    empty = tmp_path / "none"
    empty.mkdir()
    with pytest.raises(InputError, match="没有可用的报告"):
        run(options(cases, tmp_path / "out2", "offline", seeds=empty))


def test_a_reference_text_of_the_cases_name_is_used(cases: Path, tmp_path: Path) -> None:
    pytest.importorskip("sacrebleu", reason="extra `eval` not installed")
    texts = tmp_path / "references"
    texts.mkdir()
    (texts / "甲.txt").write_text(TEXT, "utf-8")
    outcome = run(options(cases, tmp_path / "out", references=texts))
    found = value(outcome, "甲", "template", "chrf")
    assert found is not None
    assert 10 < found < 100
    assert value(outcome, "乙", "template", "chrf") is None


def test_a_few_pieces_are_written_and_scored_as_a_whole(cases: Path, tmp_path: Path) -> None:
    outcome = run(options(cases, tmp_path / "out", pieces=(1,)))
    text = next(d["text"] for d in outcome.drafts if d["case"] == "甲")
    assert ("48件" in text) is not ("528场次" in text)
    assert value(outcome, "甲", "template", "fact_coverage") == 1.0
    assert value(outcome, "甲", "template", "statement_coverage") == 1.0
    assert value(outcome, "甲", "template", "expectations") is None
    refused = run(options(cases, tmp_path / "out", pieces=(99,)))
    assert {d["status"] for d in refused.drafts if d["case"] == "甲"} == {"refused"}


def test_a_model_that_fails_costs_its_cells_alone_and_is_tried_again(
    cases: Path, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fzwriter.errors import ModelError
    from fzwriter.evaluation import cell
    from fzwriter.llm import ScriptedModel

    down = ScriptedModel(lambda _: ModelError("模型连不上"), name="down")
    monkeypatch.setattr(cell, "_model", lambda _: down)
    made = options(cases, tmp_path / "out", "template,full", models=["down"], seeds=seeds)
    made = replace(made, cases=made.cases[:1])
    outcome = run(made)
    assert [d["status"] for d in outcome.drafts] == ["done", "failed"]
    assert outcome.scores[1] is None
    (line,) = outcome.problems
    assert "full@down" in line
    assert "模型连不上" in line
    assert run(made).written == 1


def test_a_model_at_an_endpoint_is_asked_once_for_each_question(
    cases: Path, seeds: Path, tmp_path: Path
) -> None:
    """Its answers stay in the results: what is written anew after a stop costs nothing."""
    with FakeServer("扎实推进法治政府建设各项工作。") as server:
        made = options(cases, tmp_path / "out", "plain", models=["some-model"], seeds=seeds)
        made = replace(
            made, settings=replace(made.settings, base_url=server.url), cases=made.cases[:1]
        )
        first = run(made)
        asked = len(server.requests)
        (tmp_path / "out" / DRAFTS).unlink()
        again = run(made)
        assert asked == value(first, first.drafts[0]["case"], "plain@some-model", "calls")
        assert len(server.requests) == asked
    assert [d["text"] for d in again.drafts] == [d["text"] for d in first.drafts]
    assert value(again, again.drafts[0]["case"], "plain@some-model", "seconds") is None


def test_a_text_that_cannot_be_scored_costs_no_other(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fzwriter.evaluation import cell

    real = cell.score_record

    def broken(job: cell.Job, record: dict[str, object]) -> dict[str, object]:
        if job.case.name == "甲":
            raise ValueError("坏了")
        return real(job, record)

    monkeypatch.setattr(cell, "score_record", broken)
    outcome = run(options(cases, tmp_path / "out"))
    assert [s is None for s in outcome.scores].count(True) == 1
    (line,) = outcome.problems
    assert line == "甲 template：评分出错（ValueError: 坏了）"
    monkeypatch.setattr(cell, "score_record", real)
    again = run(options(cases, tmp_path / "out"))
    assert again.written == 0
    assert None not in again.scores


def test_a_report_comes_back_from_its_record(cases: Path) -> None:
    from fzwriter import load_facts
    from fzwriter.writing import Composer, make_plan

    facts = load_facts(cases / "甲" / "facts.yaml")
    made = Composer(facts, make_plan(facts)).compose()
    raw = json.loads(json.dumps(plain(made)))
    assert report_from(raw) == made


def test_results_that_cannot_be_written_are_told(cases: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("一个文件", "utf-8")
    with pytest.raises(InputError, match="评测结果不能写入"):
        run(options(cases, tmp_path / "out"))
