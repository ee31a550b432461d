"""Every fault at once, a line each, and as comments in a copy that nobody's work is lost to."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from common import ROOT
from fzwriter.cli import run

sys.path.insert(0, str(ROOT / "tests" / "facts"))
from workbooks import FIRST, save

ROWS = (FIRST, ("普法", "开展活动", "156①", "场"), ("普法", "讲座", None, 5))


def remarks(path: Path) -> dict[str, str]:
    book = load_workbook(path)
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return {f"{c.parent.title}!{c.coordinate}": c.comment.text for c in cells if c.comment}


@pytest.mark.parametrize("command", [["facts", "check"], ["draft"]])
def test_all_faults_are_told_and_written_to_a_copy(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    path = save(tmp_path / "数据.xlsx", ROWS)
    before = path.read_bytes()
    assert run([*command, str(path)]) == 2
    first, second, hint = capsys.readouterr().err.splitlines()
    assert first.startswith(f"错误：{path} 数据!C3：“数值”列“156①”带有注号")
    assert second.startswith(f"错误：{path} 数据!D4：“5”写在“单位”列")
    copy = tmp_path / "数据.批注.xlsx"
    assert str(copy) in hint
    assert path.read_bytes() == before
    told = remarks(copy)
    assert told.keys() == {"数据!C3", "数据!D4"}
    assert "“156①”带有注号" in told["数据!C3"]
    assert load_workbook(copy)["数据"]["C3"].value == "156①"


def test_a_copy_is_renewed_until_somebody_edits_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, copy = save(tmp_path / "数据.xlsx", ROWS), tmp_path / "数据.批注.xlsx"
    assert run(["facts", "check", str(path)]) == 2
    save(path, (FIRST, ("普法", "开展活动", "很多", "场")))
    assert run(["facts", "check", str(path)]) == 2
    assert remarks(copy).keys() == {"数据!C3"}
    book = load_workbook(copy)
    book["数据"]["C3"] = 156
    book.save(copy)
    edited = copy.read_bytes()
    assert run(["facts", "check", str(path)]) == 2
    assert copy.read_bytes() == edited
    assert remarks(tmp_path / "数据.批注2.xlsx").keys() == {"数据!C3"}
    capsys.readouterr()
    assert run(["facts", "check", str(copy)]) == 0  # what we wrote is nobody's remark
    assert "批注" not in capsys.readouterr().out


def test_other_peoples_remarks_stay(tmp_path: Path) -> None:
    def touch(book: object) -> None:
        book["数据"]["C3"].comment = Comment("请张三核对", "李四")  # type: ignore[index]

    path = save(tmp_path / "数据.xlsx", ROWS, touch=touch)
    for _ in range(2):  # the second time from a copy that holds our remark already
        assert run(["facts", "check", str(path)]) == 2
        copy = tmp_path / "数据.批注.xlsx"
        text = remarks(copy)["数据!C3"]
        assert text.startswith("请张三核对\n【fzwriter】")
        assert text.count("【fzwriter】") == 1
        path.write_bytes(copy.read_bytes())


def test_no_copy_where_no_cell_is_wrong_or_it_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "数据.xlsx"
    path.write_bytes(b"no workbook")
    assert run(["facts", "check", str(path)]) == 2
    table = tmp_path / "数据.csv"
    table.write_text("指标,数值\n甲,很多\n", "utf-8")
    assert run(["facts", "check", str(table)]) == 2
    assert {one.name for one in tmp_path.iterdir()} == {"数据.xlsx", "数据.csv"}


def test_every_fault_of_a_yaml_file_has_its_line_and_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "facts.yaml"
    facts = "".join(f"  - {{id: f{n}, name: 甲, value: 很多}}\n" for n in range(7))
    head = (
        "unit: {name: 甲局, type: 司法局}\nperiod: 2024\ndocument: {kind: 法治政府建设年度报告}\n"
    )
    path.write_text(f"{head}facts:\n{facts}", "utf-8")
    assert run(["facts", "check", str(path)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.split("”不是")[0] for line in lines] == [
        f"错误：{path} 第 {n + 5} 行：f{n} 的 value 的“很多" for n in range(7)
    ]


def test_signs_of_approximation_end_in_a_proven_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (("行政复议", "收到行政复议案件", "100+", "件"), ("普法", "开展法治宣传活动", "≥30", "场"),
            ("人民调解", "调解矛盾纠纷", 90, "件", "≤"), ("行政应诉", "办理行政应诉案件", "≈80", "件"))  # fmt: skip
    path, report = save(tmp_path / "数据.xlsx", rows), tmp_path / "报告.md"
    assert run(["draft", str(path), "-o", str(report), "--writer", "offline"]) == 0
    text = report.read_text("utf-8")
    for said in ("100件以上", "不少于30场", "不超过90件", "约80件"):
        assert said in text
