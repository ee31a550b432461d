"""Files that are none, names too long, disks that are full or read-only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from common import ROOT
from fzwriter.cli import run
from fzwriter.cli.making import _file_name

CASE = ROOT / "eval" / "cases" / "003-sifaju-baogao" / "facts.yaml"
LONG = "长" * 200
FACTS = ["--facts", str(CASE)]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Its one line; exit code 2 and nothing written."""
    before = sorted(Path().iterdir())
    assert run(arguments) == 2
    told = [x for x in "".join(capsys.readouterr()).splitlines() if not x.startswith("加入报告")]
    assert len(told) == 1
    assert "内部错误" not in told[0]
    assert sorted(Path().iterdir()) == before
    return told[0]


USES = {
    "check": ["check", "{}", *FACTS],
    "against": ["check", "{}", *FACTS, "--against", "{}"],
    "rewrite": ["rewrite", "{}", *FACTS, "-o", "r.docx"],
    "extract": ["facts", "extract", "{}", "-o", "f.xlsx"],
    "seeds": ["seeds", "add", "{}"],
    "style": ["draft", str(CASE), "-o", "r.docx", "--style", "{}"],
    "facts": ["draft", "{}", "-o", "r.docx"],
    "thresholds": ["eval", str(CASE.parent), "--thresholds", "{}"],
}


def uses(name: str, path: str) -> list[str]:
    ending = {"style": ".docx", "facts": ".yaml", "thresholds": ".yaml"}.get(name, ".txt")
    return [word.format(f"{path}{ending}") for word in USES[name]]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("name", USES)
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_pipe_or_a_device_is_refused_unread(
    name: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for ending in (".txt", ".docx", ".yaml"):
        if kind == "pipe":
            os.mkfifo(f"p{ending}")
        else:
            Path(f"p{ending}").symlink_to("/dev/zero")
    assert "不是普通文件" in refused(uses(name, "p"), capsys)


@pytest.mark.parametrize("name", USES)
def test_an_input_with_too_long_a_name_is_told(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "太长" in refused(uses(name, LONG), capsys)


@pytest.mark.parametrize(
    "arguments",
    [
        ["draft", str(CASE), "-o", f"{LONG}.docx"],
        ["draft", str(CASE), "-o", f"{'长' * 80}.docx"],  # too long once it is ….校核稿.docx
        ["draft", str(CASE), "-o", f"{LONG}/r.docx"],
        ["draft", str(CASE), "-o", "r.docx", "--json", f"{LONG}.json"],
        ["draft", str(CASE), "-o", "r.docx", "--run-dir", LONG],
        ["facts", "template", "镇", "-o", f"{LONG}.xlsx"],
        ["eval", str(CASE.parent), "--out", LONG],
        ["eval", LONG],
        ["eval", str(CASE.parent), "--references", LONG],
        ["check", "x.docx", *FACTS, "--html", f"{LONG}.html"],
    ],
)
def test_an_output_with_too_long_a_name_is_told_before_the_work(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "太长" in refused(arguments, capsys)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_result_takes_the_place_of_no_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("p.json")
    Path("d.docx").mkdir()
    draft = ["draft", str(CASE), "-o"]
    assert "不是文件" in refused([*draft, "r.docx", "--json", "p.json"], capsys)
    assert "不是文件" in refused([*draft, "d.docx"], capsys)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("....", "报告"),
        ("", "报告"),
        ("\u200b\u202e", "报告"),
        (".隐藏的报告", "隐藏的报告"),
        ("报告…..", "报告…"),
        ("a..b", "a..b"),
        ("CON", "报告CON"),
        ("com1.年度", "报告com1.年度"),
        ("关于 甲/乙\\丙\n丁的报告", "关于甲乙丙丁的报告"),
    ],
)
def test_a_title_gives_a_plain_visible_name(title: str, name: str) -> None:
    assert _file_name(title) == name


def test_a_title_of_wide_characters_fits_in_a_name() -> None:
    for character in "长😀":
        name = _file_name(character * 300)
        assert set(name) == {character}
        assert len(f"{name}未核.校核稿.旧稿99.docx".encode()) < 256


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="nobody tells the memory used")
def test_a_big_table_that_is_no_facts_file_costs_little_memory(tmp_path: Path) -> None:
    head = "单位名称,古丈县司法局\n单位类型,司法局\n报告期,2024\n文种,法治政府建设年度报告\n"
    tables = {
        "没有找到表头": "行政复议,收到,48,件,甲\n" * 300_000,
        "单元格太多": "x," * 4_000_000,
        "超过 5000 行": f"{head}主题,指标,数值,单位\n" + "行政复议,收到,48,件\n" * 300_000,
    }
    script = (
        "import sys; from fzwriter.cli import run; code = run(sys.argv[1:]);"
        "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]); sys.exit(code)"
    )
    for said, text in tables.items():
        path = tmp_path / "big.csv"
        path.write_text(text[:9_900_000], "utf-8")
        done = subprocess.run(
            [sys.executable, "-c", script, "facts", "check", str(path)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        assert said in done.stderr
        assert int(done.stdout) < 250_000  # KB; it was 750 MB


# -- real disks, in a namespace where they may be mounted ------------------------------------------

_MOUNTS = (
    shutil.which("unshare") is not None
    and not subprocess.run(
        ["unshare", "-Urm", "sh", "-c", "mount -t tmpfs -o size=64k t /mnt"],
        capture_output=True,
        check=False,
    ).returncode
)
mounted = pytest.mark.skipif(not _MOUNTS, reason="no file systems can be mounted here")


def shell(script: str, folder: Path, home: Path) -> tuple[int, str]:
    """Exit code and stderr without progress; ``FZ`` is the program."""
    done = subprocess.run(
        ["unshare", "-Urm", "bash", "-c",
         f"FZ() {{ {sys.executable} -m fzwriter \"$@\"; }}; set -e; {script}"],
        cwd=folder,
        env={**os.environ, "FZWRITER_HOME": str(home), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )  # fmt: skip
    slow = ("[", "提示：正在编入")  # where the machine is slow
    told = [line for line in done.stderr.splitlines() if not line.startswith(slow)]
    return done.returncode, "\n".join(told)


_SMALL = "mkdir small; mount -t tmpfs -o size=64k t small; "
_FULL = f"{_SMALL} dd if=/dev/zero of=small/fill bs=1k count=60 2>/dev/null; "
_LEFT = "; code=$?; ls -A small >&2; exit $code"


@mounted
@pytest.mark.parametrize(
    "command",
    [
        f"draft {CASE} -o small/r.docx",
        f"draft {CASE} -o r.docx --run-dir small",
        "facts template 镇 -o small/t.xlsx",
        f"facts extract {ROOT}/seeds/sifaju-baogao-2023.md -o small/t.xlsx",
    ],
)
def test_a_full_disk_is_named_and_nothing_partial_stays(
    command: str, tmp_path: Path, home: Path
) -> None:
    code, err = shell(f"{_FULL} set +e; FZ {command}{_LEFT}", tmp_path, home)
    assert code == 2
    line, left = err.split("\n")
    assert "磁盘已满" in line
    assert left == "fill"


@mounted
def test_a_full_home_stops_no_draft(tmp_path: Path, home: Path) -> None:
    code, err = shell(
        f"{_SMALL} FZWRITER_HOME=$PWD/small/h FZ draft {CASE} -o r.docx", tmp_path, home
    )
    assert code == 0
    assert err.count("提示") == 1
    assert "磁盘已满" in err
    assert (tmp_path / "r.docx").is_file()


@mounted
def test_a_sound_index_on_a_read_only_disk_is_read(tmp_path: Path, home: Path) -> None:
    draft = f"FZ draft {CASE} -o"
    code, err = shell(
        f"{draft} a.docx; mount --bind {home} {home}; mount -o remount,ro,bind {home};"
        f"{draft} b.docx; {draft} b.docx --final",
        tmp_path,
        home,
    )
    assert code == 0
    assert err.count("提示") == 2
    assert err.count("文件夹不能写入") == 2
    # What the home can't remember is kept; what the ledger vouches for needs no copy.
    assert sorted(path.name for path in tmp_path.glob("b*")) == ["b.docx"]
