"""Streams that are closed, full or cut off: the files are written, the exit code is right."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from common import ROOT
from fzwriter.cli import run

CASE = ROOT / "eval" / "cases" / "003-sifaju-baogao" / "facts.yaml"
SET = ["r.docx", "r.html", "r.ledger.json", "r.ledger.xlsx"]
DRAFT = f"draft {CASE} -o r.docx"

pytestmark = pytest.mark.skipif(
    not Path("/dev/full").exists() or not shutil.which("bash"), reason="needs bash and /dev/full"
)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an index, and a report."""
    folder = tmp_path_factory.mktemp("indexed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FZWRITER_HOME", str(folder))
        assert run(["draft", str(CASE), "-o", str(folder / "稿.docx")]) == 0
    return folder


def shell(line: str, folder: Path, home: Path) -> tuple[int, str, str]:
    """Exit code of the program, stdout, stderr; ``FZ`` in the line is the program."""
    done = subprocess.run(
        ["bash", "-c", f'FZ() {{ {sys.executable} -m fzwriter "$@"; }}; {line}'],
        cwd=folder,
        env={**os.environ, "FZWRITER_HOME": str(home), "PYTHONPATH": str(ROOT / "src")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize(
    ("redirected", "code"),
    [
        ("2>&-", 0),
        (">&-", 0),
        ("<&- >&- 2>&-", 0),
        ("2>/dev/full", 0),
        (">/dev/full", 1),
        (">/dev/full 2>&1", 1),
        (">/dev/full 2>&-", 1),
    ],
)
def test_files_are_written_whatever_becomes_of_the_streams(
    redirected: str, code: int, tmp_path: Path, indexed: Path
) -> None:
    found, _, err = shell(f"FZ {DRAFT} {redirected}", tmp_path, indexed)
    assert found == code
    assert sorted(path.name for path in tmp_path.iterdir()) == SET
    assert json.loads((tmp_path / "r.ledger.json").read_text("utf-8"))["entries"]
    told = [line for line in err.splitlines() if not line.startswith("[")]
    loud = code and "2>" not in redirected
    assert told == (["错误：结果没有打印完（磁盘已满）"] if loud else [])


@pytest.mark.parametrize("command", ["--help", "seeds list", "check 稿.docx --facts {} --json -"])
def test_a_full_disk_behind_stdout_is_one_line(command: str, tmp_path: Path, indexed: Path) -> None:
    shutil.copy(indexed / "稿.docx", tmp_path)
    code, _, err = shell(f"FZ {command.format(CASE)} >/dev/full", tmp_path, indexed)
    assert (code, err) == (1, "错误：结果没有打印完（磁盘已满）\n")


def test_a_code_that_says_more_stays(tmp_path: Path, indexed: Path) -> None:
    code, _, err = shell("FZ check 无.docx --facts 无.yaml >/dev/full", tmp_path, indexed)
    assert code == 2
    assert err.startswith("错误：")


@pytest.mark.parametrize("reader", ["head -1", "true"])
@pytest.mark.parametrize("command", ["draft --help", "seeds list", "check 稿.docx --facts {}"])
def test_a_reader_that_stops_early_costs_nothing(
    reader: str, command: str, tmp_path: Path, indexed: Path
) -> None:
    shutil.copy(indexed / "稿.docx", tmp_path)
    command = command.format(CASE)
    final = " --final f.docx" if command.startswith("check") else ""
    line = f"FZ {command}{final} | {reader}; exit ${{PIPESTATUS[0]}}"
    code, _, err = shell(line, tmp_path, indexed)
    assert (code, err) == (0, "")
    assert (tmp_path / "f.docx").is_file() == bool(final)


def test_without_any_streams_as_under_pythonw(tmp_path: Path, indexed: Path) -> None:
    script = "import sys; sys.stdin = sys.stdout = sys.stderr = None\n"
    script += "from fzwriter.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, *DRAFT.split()],
        cwd=tmp_path,
        env={**os.environ, "FZWRITER_HOME": str(indexed), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == SET


def test_no_file_gets_the_number_of_a_closed_stream(tmp_path: Path, indexed: Path) -> None:
    script = (
        "import os, sys; from fzwriter.cli.streams import patient_streams\n"
        "with patient_streams(): print(os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY) > 2,"
        " file=open(sys.argv[2], 'w'))"
    )
    done = subprocess.run(
        ["bash", "-c", '"$@" <&- >&- 2>&-', "x", sys.executable, "-c", script, "a", "b"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert (tmp_path / "b").read_text() == "True\n"
