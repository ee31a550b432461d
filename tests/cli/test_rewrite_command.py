"""``fzwriter rewrite`` from the command line: what it writes, what it prints, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from common import ROOT
from fzwriter.cli import run
from fzwriter.documents import read_text

ZHEN = ROOT / "seeds" / "zhen-zongjie-jihua-2023.md"
SIFAJU = ROOT / "seeds" / "sifaju-baogao-2023.md"
FACTS = ROOT / "eval" / "cases" / "001c-jiaoyuju-zongjie" / "facts.yaml"


def test_it_writes_the_report_its_sidecars_and_the_mapping_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "稿.docx"
    code = run(
        ["rewrite", str(ZHEN), "--facts", str(FACTS), "-o", str(path), "--writer", "offline"]
    )
    out = capsys.readouterr().out
    assert code == 0
    for ending in (".docx", ".html", ".ledger.json", ".ledger.xlsx", ".对照表.md"):
        assert (tmp_path / f"稿{ending}").is_file(), ending
    assert "沿用" in out
    assert "舍去" in out
    assert "新增" in out
    assert "全部可溯源" in out
    table = (tmp_path / "稿.对照表.md").read_text("utf-8")
    assert "| 处理 | 原报告 | 本报告 | 说明 |" in table
    assert "## 没有沿用的句子" in table
    assert "砚桥镇" not in table.split("| --- |")[1]
    assert "校外培训" in read_text(path).text


def test_the_run_folder_keeps_each_stage(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    path = tmp_path / "稿.md"
    arguments = [
        "rewrite",
        str(ZHEN),
        "--facts",
        str(FACTS),
        "-o",
        str(path),
        "--writer",
        "offline",
    ]
    assert run([*arguments, "--run-dir", str(folder)]) == 0
    decisions = json.loads((folder / "decisions.json").read_text("utf-8"))
    assert {d["action"] for d in decisions} <= {"沿用", "改写", "舍去", "新增"}
    assert (folder / "check.json").is_file()
    assert json.loads((folder / "source.json").read_text("utf-8"))["mode"] == "other_type"


def test_final_writes_the_report_alone(tmp_path: Path) -> None:
    path = tmp_path / "稿.docx"
    arguments = [
        "rewrite",
        str(ZHEN),
        "--facts",
        str(FACTS),
        "-o",
        str(path),
        "--writer",
        "offline",
    ]
    assert run([*arguments, "--final"]) == 0
    assert [p.name for p in tmp_path.iterdir()] == ["稿.docx"]


def test_a_unit_s_next_year_also_gets_last_year_s_candidates_and_never_over_a_filled_in_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(
        "unit: {name: 砚岭县司法局, type: 司法局, level: 县}\nperiod: 2024\n"
        "document: {kind: 法治政府建设年度报告}\n"
        "facts:\n  - {id: f1, topic: 人民调解, name: 调解矛盾纠纷, value: 3001, unit: 件}\n"
        "statements:\n  - {topic: 人民调解, kind: 举措, text: 健全矛盾纠纷排查机制，推动纠纷就地化解}\n",
        "utf-8",
    )
    path = tmp_path / "稿.docx"
    arguments = ["rewrite", str(SIFAJU), "--facts", str(facts), "-o", str(path)]
    assert run([*arguments, "--writer", "offline"]) == 0
    book = tmp_path / "稿.上年候选.xlsx"
    assert "都标着“去年数待换”" in capsys.readouterr().out
    book.write_bytes(b"filled in")
    assert run([*arguments, "--writer", "offline"]) == 0
    assert book.read_bytes() == b"filled in"
    assert "没有覆盖" in capsys.readouterr().err


def test_a_sheet_that_names_a_power_of_its_own_warns_and_still_ends_well(tmp_path: Path) -> None:
    facts = ROOT / "eval" / "cases" / "foreign-power" / "facts.yaml"
    path = tmp_path / "稿.docx"
    code = run(
        ["rewrite", str(SIFAJU), "--facts", str(facts), "-o", str(path), "--writer", "offline"]
    )
    assert code == 0


def test_a_report_that_the_sheet_contradicts_ends_with_three_and_is_marked(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(
        "unit: {name: 青岩镇, type: 镇, level: 镇, region: 云麓县青岩镇}\nperiod: 2023\n"
        "document: {kind: 法治政府建设年度报告}\n"
        "facts:\n  - {id: f1, topic: 普法, name: 开展法治宣传, value: 12, unit: 场}\n"
        "statements:\n  - {topic: 普法, kind: 举措, text: 全年开展法治宣传15场，覆盖各村}\n"
        "  - {topic: 普法, kind: 举措, text: 经费由xx万元增加到xx万元}\n",
        "utf-8",
    )
    path = tmp_path / "稿.docx"
    code = run(
        ["rewrite", str(SIFAJU), "--facts", str(facts), "-o", str(path), "--writer", "offline"]
    )
    assert code == 3
    assert (tmp_path / "稿未核.docx").is_file()
    assert (tmp_path / "稿未核.对照表.md").is_file()
    assert not path.exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["没有.docx", "--facts", str(FACTS)], "没有"),
        ([str(ZHEN)], "--facts"),
        ([str(ZHEN), "--facts", "没有.yaml"], "没有.yaml"),
        ([str(ZHEN), "--facts", str(FACTS), "-o", "稿.pdf"], "输出格式"),
        ([str(ZHEN), "--facts", str(FACTS), "--pick", "2"], "没有第 2 篇报告"),
        ([str(ZHEN), "--facts", str(FACTS), "--writer", "快"], "没有写法"),
    ],
    ids=["no report", "no facts", "no such facts", "format", "pick", "writer"],
)
def test_bad_input_is_one_line_and_nothing_is_written(
    arguments: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["rewrite", *arguments]) == 2
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_source_is_never_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for source, output in (("旧.md", "旧.md"), ("旧未核.md", "旧.md")):
        path = tmp_path / source
        path.write_bytes(ZHEN.read_bytes())
        arguments = [str(path), "--facts", str(FACTS), "-o", str(tmp_path / output)]
        assert run(["rewrite", *arguments]) == 2
        assert "不能盖掉正在读取的文件" in capsys.readouterr().err
        assert path.read_bytes() == ZHEN.read_bytes()
        path.unlink()
    assert not list(tmp_path.iterdir())
