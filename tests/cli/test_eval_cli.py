"""``fzwriter eval`` as its users run it: on their own folder of cases, with their own seeds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fzwriter.cli import run

FACTS = """
unit: {name: 云岫县司法局, type: 司法局, level: 县, region: 云岫县}
period: 2024
document: {kind: 法治政府建设年度报告}
facts:
  - {id: f01, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件, previous: 40}
  - {id: f02, topic: 行政复议, name: 办结, value: 23, unit: 件, parts_of: f01}
  - {id: f10, topic: 普法, name: 开展普法活动, value: 528, unit: 场次}
statements:
  - {topic: 行政复议, kind: 举措, text: 健全行政复议案件繁简分流机制，推行听证审理}
"""
SEED = """石桥县司法局关于2022年度法治政府建设情况的报告
石桥县人民政府：
2022年，石桥县司法局坚持以人民为中心的发展思想，扎实推进法治政府建设，现将有关情况报告如下。
一、主要举措和成效
（一）办好行政复议案件。坚持复议为民，把矛盾纠纷化解在基层、化解在萌芽状态，全年审理行政复议案件317件，审结302件，一批争议在复议环节得到实质性化解。
（二）深化法治宣传教育。坚持线上线下相结合，组织法治宣讲员走进社区、学校和企业，全年开展法治宣传86场次，发放资料2.3万份。
二、存在的不足
对照上级要求，工作中还有差距：基层执法力量仍较薄弱，普法的针对性有待增强。
三、下步工作安排
持续加强行政复议规范化建设，深入推进法治宣传教育。
石桥县司法局
2023年1月9日
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder: two cases, one of them facts alone; seeds; nothing else."""
    monkeypatch.chdir(tmp_path)
    for name in ("本局", "邻县"):
        (tmp_path / "cases" / name).mkdir(parents=True)
    (tmp_path / "cases" / "本局" / "facts.yaml").write_text(FACTS, "utf-8")
    (tmp_path / "cases" / "本局" / "case.yaml").write_text(
        "title: 本局年度报告\nexpect: {must_contain: [复议案件48件], none_of: [leaked_name]}\n",
        "utf-8",
    )
    (tmp_path / "cases" / "邻县" / "facts.json").write_text(_as_json(FACTS), "utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "石桥.txt").write_text(SEED, "utf-8")
    return tmp_path


def _as_json(text: str) -> str:
    import yaml

    return json.dumps(yaml.safe_load(text.replace("云岫", "霁川")), ensure_ascii=False)


def test_own_cases_and_own_seeds_give_a_table_a_page_and_records(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["eval", "cases", "--seeds", "seeds", "--out", "结果", "--jobs", "1"]) == 0
    told = capsys.readouterr()
    assert "符合声明" in told.out
    assert "100.0% n=2" in told.out
    assert "结果/report.html" in told.out
    assert "[1/2]" in told.err
    made = {path.name for path in (own / "结果").iterdir()}
    assert made >= {"report.html", "summary.json", "summary.md", "drafts.jsonl", "scores.jsonl"}
    found = json.loads((own / "结果" / "summary.json").read_text("utf-8"))["offline"]
    assert found["cases"] == 2
    assert found["scores"]["leaks"] == {"mean": 0.0, "low": 0.0, "high": 0.0, "n": 2}
    assert "本局" in (own / "结果" / "report.html").read_text("utf-8")


def test_a_bound_not_reached_ends_with_3_and_says_so(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ["eval", "cases", "--variants", "template", "--out", "o", "--jobs", "1"]
    assert run([*common, "--fail-under", "traceability=0.99"]) == 0
    assert run([*common, "--fail-under", "copied_run=1"]) == 3
    assert "没有达到：template 最长照抄（copied_run）" in capsys.readouterr().err
    (own / "阈值.yaml").write_text("template: {structure: {worst: 2}}\n", "utf-8")
    assert run([*common, "--thresholds", "阈值.yaml"]) == 3
    assert "template 结构（structure）：本局" in capsys.readouterr().err


def test_two_writers_and_two_folders_are_compared(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for out in ("一", "二"):
        assert run(["eval", "cases", "--variants", "template", "--out", out, "--jobs", "1"]) == 0
    assert run(["eval", "--compare", "一", "二"]) == 0
    assert "没有变化" in capsys.readouterr().out
    both = ["eval", "cases", "--variants", "template", "--writer", "offline"]
    assert run([*both, "--seeds", "seeds", "--out", "一", "--jobs", "1"]) == 0
    assert run(["eval", "--compare", "template", "offline", "--out", "一"]) == 0
    told = capsys.readouterr().out
    assert "甲：template（2 例）；乙：offline（2 例）" in told
    assert "n=2" in told


def test_a_simulated_model_needs_no_network(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = [
        "eval",
        "cases",
        "--case",
        "本局",
        "--variants",
        "plain,full",
        "--model",
        "simulated-large",
    ]
    assert run([*command, "--seeds", "seeds", "--out", "o", "--jobs", "1"]) == 0
    told = capsys.readouterr().out
    assert "模型直写" in told
    assert "全流程" in told
    assert "词元" in told
    assert run([*command, "--out", "o", "--seeds", "seeds", "--rescore"]) == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["没有"], "找不到案例文件夹"),
        (["cases", "--case", "别处"], "没有案例“别处”"),
        (["cases", "--writer", "快写"], "没有写法“快写”"),
        (["cases", "--writer", "llm"], "没有设模型"),
        (["cases", "--writer", "llm", "--model", "simulated-x"], "没有模拟模型"),
        (["cases", "--seeds", "没有"], "核对 --seeds"),
        (["cases", "--prompts", "seeds"], "提示词文件夹里没有"),
        (["cases", "--sections", "一"], "小节的序号"),
        (["cases", "--fail-under", "traceability"], "不是数字"),
        (["cases", "--thresholds", "没有.yaml"], "找不到文件"),
        (["--compare", "甲", "乙"], "找不到“甲”的评测结果"),
        (["cases", "--compare", "甲"], "--compare"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_and_ends_with_2(
    own: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert run(["eval", *arguments]) == 2
    line = capsys.readouterr().err.strip().splitlines()
    assert len(line) == 1
    assert told in line[0]


def test_the_help_page_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "--help"]) == 0
    told = capsys.readouterr().out
    assert "CASES 是案例文件夹" in told
    assert "--rescore" in told
    assert "Options" not in told


def test_a_case_that_can_not_be_read_is_told_and_the_others_go_on(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, expect in (("坏的", ""), ("本该退回", "expect: {exit: 2}\n")):
        (own / "cases" / name).mkdir()
        (own / "cases" / name / "facts.yaml").write_text(f"unit: [{name}", "utf-8")
        (own / "cases" / name / "case.yaml").write_text(f"title: {name}\n{expect}", "utf-8")
    assert run(["eval", "cases", "--seeds", "seeds", "--out", "结果", "--jobs", "1"]) == 3
    out, err = capsys.readouterr()
    told = [line for line in err.splitlines() if line.startswith("没有写成：")]
    assert len(told) == 1
    assert "坏的" in told[0]
    assert "YAML" in told[0]
    assert "符合声明" in out
    assert "n=4" in out
