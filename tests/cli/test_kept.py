"""Whatever a command writes, a file that people edited is kept as 旧稿; one of ours is replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from common import ROOT
from fzwriter.cli import run

CASE = ROOT / "eval" / "cases" / "003-sifaju-baogao" / "facts.yaml"
TOWN = ROOT / "eval" / "cases" / "001b-zhen-zongjie-jihua" / "facts.yaml"
SEED = ROOT / "seeds" / "sifaju-baogao-2023.md"
_DRAFT = ["draft", str(CASE)]
_CHECK = ["check", "稿.docx", "--facts", str(CASE)]

# What is run, and the files it writes.
COMMANDS = {
    "draft": (
        [*_DRAFT, "-o", "r.docx", "--review", "--json", "v.json", "--run-dir", "run"],
        ["r.docx", "r.html", "r.ledger.json", "r.ledger.xlsx", "r.校核稿.docx", "v.json",
         "run/report.txt", "run/sheet.json", "run/check.json"],
    ),
    "draft-md": ([*_DRAFT, "-o", "r.md"], ["r.md", "r.html"]),
    "draft-final": ([*_DRAFT, "-o", "r.docx", "--final"], ["r.docx"]),
    "check": (
        [*_CHECK, "--json", "v.json", "--html", "p.html", "--final", "f.docx"],
        ["v.json", "p.html", "f.docx"],
    ),
    "rewrite": (
        ["rewrite", str(SEED), "--facts", str(TOWN), "-o", "r.docx", "--run-dir", "run"],
        ["r.docx", "r.html", "r.ledger.xlsx", "r.对照表.md", "run/decisions.json"],
    ),
    "template": (["facts", "template", "镇", "-o", "t.xlsx", "--force"], ["t.xlsx"]),
    "extract": (["facts", "extract", str(SEED), "-o", "t.xlsx", "--force"], ["t.xlsx"]),
    "eval": (
        ["eval", str(CASE.parent), "--out", "o"],
        ["o/report.html", "o/summary.json", "o/summary.md"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_overwrites_what_people_edited(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    command, files = COMMANDS[name]
    assert run([*_DRAFT, "-o", "稿.docx"]) == 0
    expected = run(command)
    assert expected in (0, 3)
    assert all(Path(file).is_file() for file in files)
    assert run(command) == expected  # as we wrote them they are replaced
    assert not list(tmp_path.rglob("*旧稿*"))
    edited = {Path(file): Path(file).read_bytes() + b"\n" for file in files}
    for path, content in edited.items():
        path.write_bytes(content)
    capsys.readouterr()
    assert run(command) == expected
    printed = "".join(capsys.readouterr())
    for path, content in edited.items():
        kept = path.with_name(f"{path.stem}.旧稿{path.suffix}")
        assert kept.read_bytes() == content
        assert path.read_bytes() != content
        assert kept.name in printed


def test_the_ledger_of_a_report_is_no_place_for_a_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run([*_DRAFT, "-o", "稿.docx", "--json", "稿.ledger.json"]) == 2
    assert run([*_DRAFT, "-o", "稿.docx"]) == 0
    before = Path("稿.ledger.json").read_bytes()
    assert run([*_CHECK, "--json", "稿.ledger.json"]) == 2
    assert "不能盖掉" in capsys.readouterr().err
    assert Path("稿.ledger.json").read_bytes() == before
