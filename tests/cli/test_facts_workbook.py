"""``facts template`` and ``facts extract``, and a draft from a workbook, as people run them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from common import ROOT
from fzwriter.cli import run

SEED = ROOT / "seeds" / "sifaju-baogao-2023.md"


def error_line(capsys: pytest.CaptureFixture[str]) -> str:
    (line,) = capsys.readouterr().err.splitlines()
    return line


def test_template_fill_in_check_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "数据.xlsx"
    arguments = ["facts", "template", "司法局", "-o", str(path), "--level", "县", "--year", "2024"]
    assert run([*arguments, "--name", "云岫县司法局"]) == 0
    assert f"已生成模板：{path}" in capsys.readouterr().out
    book = load_workbook(path)
    facts = book["数据"]
    rows = {row[1].value: row[2] for row in facts.iter_rows(min_row=2)}
    cells = {"收到行政复议案件": 48, "受理": "４４", "开展法治宣传活动": "30余"}
    for name, value in cells.items():
        rows[name].value = value
    book["举措"].append(("普法", "组织开展“法律七进”活动"))
    book.save(path)
    assert run(["facts", "check", str(path)]) == 0
    out = capsys.readouterr().out
    assert "数据 3 条" in out
    assert "个指标没有填数" in out
    report, verdict = tmp_path / "报告.md", tmp_path / "v.json"
    assert run(["draft", str(path), "-o", str(report), "--json", str(verdict)]) == 0
    assert "收到行政复议案件48件" in report.read_text("utf-8")
    text = report.read_text("utf-8").replace("案件48件", "案件84件")
    (tmp_path / "改.md").write_text(text, "utf-8")
    capsys.readouterr()
    assert run(["check", str(tmp_path / "改.md"), "--facts", str(path)]) == 3
    assert f"（数据!{rows['收到行政复议案件'].coordinate}）" in capsys.readouterr().out


def test_a_filled_workbook_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "数据.xlsx"
    path.write_bytes(b"mine")
    for arguments in (["template", "镇"], ["extract", str(SEED)]):
        assert run(["facts", *arguments, "-o", str(path)]) == 2
        assert "已有同名文件，没有覆盖" in error_line(capsys)
        assert path.read_bytes() == b"mine"
        assert run(["facts", *arguments, "-o", str(path), "--force"]) == 0
        assert path.read_bytes() != b"mine"
        path.write_bytes(b"mine")
        capsys.readouterr()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["template", "镇", "-o", "x.docx"], "请以 .xlsx 结尾"),
        (["template", "镇", "-o", "没有/x.xlsx"], "输出文件夹不存在"),
        (["template", "镇", "-o", "x.xlsx", "--year", "24"], "年份 24 不对"),
        (["template", "镇"], "缺少 --output"),
        (["template"], "缺少"),
        (["extract", "没有.docx", "-o", "x.xlsx"], "没有"),
        (["extract", str(SEED), "-o", "x.xlsx", "--pick", "2"], "没有第 2 篇报告"),
    ],
)
def test_bad_usage(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["facts", *arguments]) == 2
    assert said in error_line(capsys)
    assert not list(tmp_path.iterdir())


def test_an_unknown_type_gets_the_general_template(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.xlsx"
    assert run(["facts", "template", "气象局", "-o", str(path)]) == 0
    assert "没有“气象局”的单位资料，用通用模板（已有：" in capsys.readouterr().err
    assert load_workbook(path)["单位信息"]["B3"].value == "气象局"


def test_extract_is_not_in_order_while_its_rows_are_last_year_s(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "摘录.xlsx"
    assert run(["facts", "extract", str(SEED), "-o", str(path)]) == 0
    assert "都标着“去年数待换”" in capsys.readouterr().out
    assert run(["facts", "check", str(path), "--json"]) == 3
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert any("还标着“去年数待换”" in finding["message"] for finding in findings)
    assert run(["facts", "extract", str(SEED), "-o", str(path), "--next", "--force"]) == 0
    assert run(["facts", "check", str(path)]) == 2


def test_help_is_chinese_and_light(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("template", "extract", "check"):
        assert run(["facts", command, "--help"]) == 0
        assert capsys.readouterr().out.startswith(f"用法：fzwriter facts {command}")
    code = (
        "import sys\nfrom fzwriter.cli import run\nrun(['--help'])\nrun(['facts', 'template', '--help'])\n"
        "import fzwriter.facts\nprint('HEAVY', sorted({'openpyxl', 'lxml', 'docx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("HEAVY []")


def test_last_year_s_workbook_is_filed_by_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["facts", "extract", str(SEED), "-o", "去年.xlsx"]) == 0
    book = load_workbook("去年.xlsx")
    period = next(row[1] for row in book["单位信息"].iter_rows() if row[0].value[:3] == "报告期")
    period.value = int(period.value) + 1
    book.save("今年.xlsx")
    capsys.readouterr()
    assert run(["draft", "今年.xlsx", "--final", "-o", "报送.docx"]) == 2
    said = capsys.readouterr().err
    assert "表头写的是" in said
    assert "数据!A2" in said
    assert not (tmp_path / "报送.docx").exists()
