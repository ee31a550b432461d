from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from common import ROOT
from fzwriter.cli import run
from fzwriter.documents import read_text

CASE = ROOT / "eval" / "cases" / "003-sifaju-baogao" / "facts.yaml"


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FZWRITER_HOME", str(folder / "home"))
        assert run(["draft", str(CASE), "-o", str(folder / "report.docx")]) == 0
    return folder / "report.docx"


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    told = capsys.readouterr().err.splitlines()
    # Progress comes where the machine is slow; it is no message.
    err = [line for line in told if not line.startswith(("[", "提示：正在编入"))]
    assert len(err) == 1, err
    return err[0]


def test_draft_prints_where_and_that_all_is_traced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "报告.docx"
    assert run(["draft", str(CASE), "-o", str(path)]) == 0
    out, err = capsys.readouterr()
    assert f"已生成：{path}；校核页 报告.html、数字台账 报告.ledger.xlsx\n" in out
    assert "数字核验：40 处，全部可溯源" in out
    assert "[1/5] 工作开展举措和成效" in err
    assert path.is_file()


def test_markdown_by_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    assert run(["draft", str(CASE), "-o", str(path)]) == 0
    assert path.read_text("utf-8").startswith("# 古丈县司法局关于2024年度")
    assert run(["check", str(path), "--facts", str(CASE)]) == 0


def test_default_name_is_the_title(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["draft", str(CASE)]) == 0
    title = "古丈县司法局关于2024年度法治政府建设情况的报告"
    assert {p.name for p in tmp_path.iterdir()} == {
        title + ending for ending in (".docx", ".html", ".ledger.json", ".ledger.xlsx")
    }


def test_review_adds_a_copy_and_final_leaves_the_report_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "报告.docx"
    assert run(["draft", str(CASE), "-o", str(path), "--review"]) == 0
    assert "校核稿 报告.校核稿.docx" in capsys.readouterr().out
    assert (tmp_path / "报告.校核稿.docx").is_file()
    assert run(["draft", str(CASE), "-o", str(path), "--final"]) == 0
    out = capsys.readouterr().out
    assert f"已生成：{path}\n" in out
    assert [p.name for p in tmp_path.iterdir()] == ["报告.docx"]
    assert read_text(path).ledger == ""
    assert not read_text(path).controls


def test_final_is_refused_while_errors_remain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    import fzwriter.pipeline
    from fzwriter.report import Issue

    draft = fzwriter.pipeline.draft

    def faulty(*arguments: object, **options: object) -> object:
        report = draft(*arguments, **options)
        issue = Issue(0, 2, "untraced", "error", "没有出处")
        return replace(report, check=replace(report.check, issues=(issue,)))

    monkeypatch.setattr(fzwriter.pipeline, "draft", faulty)
    assert run(["draft", str(CASE), "-o", str(tmp_path / "r.docx"), "--final"]) == 3
    out, err = capsys.readouterr()
    assert "没有生成报送稿" in err
    assert not (tmp_path / "r.docx").exists()
    assert read_text(tmp_path / "r未核.docx").controls
    assert f"已生成：{tmp_path / 'r未核.docx'}" in out


def test_style_comes_from_a_file_or_is_refused(
    drafted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.docx"
    assert run(["draft", str(CASE), "-o", str(path), "--style", str(drafted)]) == 0
    assert path.read_bytes() == drafted.read_bytes()
    capsys.readouterr()
    (tmp_path / "bad.docx").write_text("not a Word file")
    other = tmp_path / "other.docx"
    bad = str(tmp_path / "bad.docx")
    assert run(["draft", str(CASE), "-o", str(other), "--style", bad]) == 2
    assert "bad.docx" in one_line(capsys)
    assert not other.exists()


def test_check_agrees_with_the_draft(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(drafted), "--facts", str(CASE)]) == 0
    assert "数字核验：40 处，全部可溯源" in capsys.readouterr().out


def edited(drafted: Path, tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = read_text(drafted).text
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = tmp_path / "edited.txt"
    path.write_text(text, "utf-8")
    return path


def test_a_planted_figure_is_named_with_exit_3(
    drafted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = edited(drafted, tmp_path, ("收到行政复议案件48件", "收到行政复议案件88件"))
    assert run(["check", str(path), "--facts", str(CASE)]) == 3
    out = capsys.readouterr().out
    assert "其中 1 处对不上" in out
    assert "【88】" in out
    assert "数据文件中是“收到行政复议案件48件”（第 9 行）（应为“48件”）" in out


def test_an_invented_figure_is_named(
    drafted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = edited(drafted, tmp_path, ("审结54件。", "审结54件。移送线索36条。"))
    assert run(["check", str(path), "--facts", str(CASE)]) == 3
    assert "【36】" in capsys.readouterr().out


def test_two_exchanged_figures_are_both_named(
    drafted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = edited(
        drafted,
        tmp_path,
        ("维持9件", "维持◆件"),
        ("驳回复议请求3件", "驳回复议请求9件"),
        ("◆", "3"),
    )
    assert run(["check", str(path), "--facts", str(CASE)]) == 3
    out = capsys.readouterr().out
    assert "维持【3】" in out
    assert "请求【9】" in out


def test_json_has_the_contract_s_fields(drafted: Path, tmp_path: Path) -> None:
    path = tmp_path / "verdict.json"
    assert run(["check", str(drafted), "--facts", str(CASE), "--json", str(path)]) == 0
    data = json.loads(path.read_text("utf-8"))
    assert set(data) == {"ok", "mentions", "issues", "omitted", "changes"}
    fields = "start end text kind value base_value unit approx status sources formula why paragraph"
    assert set(data["mentions"][0]) == set(fields.split())
    money = next(m for m in data["mentions"] if m["unit"] == "万元")
    assert (money["value"], money["base_value"], money["sources"]) == (100, 1000000, ["f27"])


def test_errors_left_give_exit_3_another_name_and_a_mark_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(
        "unit: {name: 云岫县司法局, type: 司法局}\nperiod: 2024\ndocument: {kind: 法治政府建设年度报告}\n"
        "facts:\n  - {id: a, topic: 普法, name: 开展普法活动, value: 5, unit: 场}\n"
        "statements:\n  - {topic: 普法, text: 2023年度我局开展普法活动××场}\n",
        "utf-8",
    )
    assert run(["draft", str(facts), "-o", str(tmp_path / "r.docx")]) == 3
    assert not (tmp_path / "r.docx").exists()
    assert (tmp_path / "r未核.docx").is_file()
    assert "××" in capsys.readouterr().out
    assert run(["draft", str(facts), "-o", str(tmp_path / "r.md")]) == 3
    assert "未核稿" in (tmp_path / "r未核.md").read_text("utf-8")
    assert run(["check", str(tmp_path / "r未核.md"), "--facts", str(facts)]) == 3


BAD = {
    "missing period": (("period: 2024\n", ""), "period"),
    "unknown key": (("name: 办结, value", "nmae: 办结, value"), "nmae"),
    "duplicate id": (("id: f05", "id: f04"), "f04"),
    "text as value": (("value: 23", "value: 二十三"), "二十三"),
    "formula naming no fact": (("f18/f17", "f18/f99"), "f99"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_facts_file_is_one_line_with_file_line_and_remedy(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (old, new), named = BAD[what]
    text = CASE.read_text("utf-8")
    assert old in text
    facts, out = tmp_path / "facts.yaml", tmp_path / "report.docx"
    facts.write_text(text.replace(old, new, 1), "utf-8")
    assert run(["draft", str(facts), "-o", str(out)]) == 2
    line = one_line(capsys)
    assert str(facts) in line
    assert "行" in line
    assert named in line
    assert "请" in line or "最接近" in line or "须" in line or "可用" in line
    assert not out.exists()
    assert run(["facts", "check", str(facts)]) == 2


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x01\x02", b"facts: []\n", b"\x00\x01\x02"])
def test_an_unreadable_or_empty_file_is_told(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_bytes(content)
    assert run(["draft", str(facts)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines
    assert all(line.startswith(f"错误：{facts}") for line in lines)


def test_empty_facts_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(
        "unit: {name: 甲局, type: 司法局}\nperiod: 2024\ndocument: {kind: 总结}\nfacts: []\n",
        "utf-8",
    )
    assert run(["draft", str(facts)]) == 2
    assert "没有任何数据" in one_line(capsys)


@pytest.mark.parametrize(
    "arguments", [["check", "nothing.docx", "--facts", str(CASE)], ["draft", "no.yaml"]]
)
def test_a_missing_file_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert "请" in one_line(capsys)


def test_output_folder_missing_or_closed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["draft", str(CASE), "-o", str(tmp_path / "none" / "r.docx")]) == 2
    assert "输出文件夹不存在" in one_line(capsys)
    blocker = tmp_path / "file"
    blocker.write_text("x")
    assert run(["draft", str(CASE), "-o", str(blocker / "r.docx")]) == 2
    assert str(blocker) in one_line(capsys)
    assert run(["draft", str(CASE), "-o", str(tmp_path / "r.pdf")]) == 2
    assert ".docx" in one_line(capsys)
    (tmp_path / "r.docx").mkdir()
    assert run(["draft", str(CASE), "-o", str(tmp_path / "r.docx")]) == 2
    assert "r.docx" in one_line(capsys)


def test_a_damaged_index_is_rebuilt_with_one_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["draft", str(CASE), "-o", str(tmp_path / "a.docx")]) == 0
    capsys.readouterr()
    for file in (home / "index").rglob("*.sqlite3"):
        file.write_bytes(b"garbage")
    assert run(["draft", str(CASE), "-o", str(tmp_path / "b.docx")]) == 0
    assert "种子索引已损坏" in one_line(capsys)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_an_index_that_cannot_be_rebuilt_stops_no_draft(
    drafted: Path, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "index").write_text("not a folder")
    out = tmp_path / "r.docx"
    assert run(["draft", str(CASE), "-o", str(out)]) == 0
    assert "这次用临时的种子索引" in one_line(capsys)
    assert out.read_bytes() == drafted.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["drat"], "没有命令"),
        (["draft"], "缺少 FACTS"),
        (["draft", "x", "--fast"], "没有选项 --fast"),
        (["check", "x.docx"], "缺少 --facts"),
        (["seeds", "search", "普法", "-k", "0"], "-k"),
        ([], "缺少命令"),
    ],
)
def test_usage_errors_are_chinese(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert words in (err or out) or (not arguments and "用法" in out + err)


def test_a_misspelt_setting_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FZWRITER_HOEM", "x")
    assert run(["facts", "check", str(CASE)]) == 0
    line = one_line(capsys)
    assert line.startswith("提示：")
    assert "FZWRITER_HOEM" in line


def test_seeds_are_listed_searched_added_and_rebuilt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["seeds", "list"]) == 0
    assert "sifaju-baogao-2023" in capsys.readouterr().out
    own = tmp_path / "own.txt"
    own.write_text(
        "霁川县司法局2022年法治建设工作总结\n一、工作开展情况\n（一）坚持应援尽援，做好法律援助。"
        "全年受理法律援助案件321件，霁川县群众满意。"
        "坚持把便民放在首位，完善受理、指派、办理、回访各个环节的衔接，推动服务窗口前移到乡镇和村居，"
        "让群众在家门口就能得到帮助。组织律师开展案件质量评查，针对发现的问题逐件督促改正，办案水平稳步提升。"
        "加强与人民法院、人民检察院和公安机关的沟通协作，做好值班律师工作，依法保障当事人合法权益。\n二、存在的问题\n一是力量不足，有待加强。\n"
        "三、下一步打算\n继续抓好法律援助质量。\n",
        "utf-8",
    )
    assert run(["seeds", "add", str(own)]) == 0
    assert "加入报告 1 份" in capsys.readouterr().out
    assert run(["seeds", "search", "法律援助", "-k", "3"]) == 0
    found = capsys.readouterr().out
    assert "霁川" not in found
    assert "321" not in found
    assert run(["seeds", "rebuild"]) == 0
    assert "种子索引已重建" in capsys.readouterr().out
    assert run(["seeds", "add", str(tmp_path / "none.txt")]) == 2


def test_facts_check_tells_contradictions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["facts", "check", str(CASE)]) == 0
    assert "没有发现矛盾" in capsys.readouterr().out
    facts = tmp_path / "facts.yaml"
    facts.write_text(
        CASE.read_text("utf-8").replace("name: 维持, value: 9", "name: 维持, value: 19"), "utf-8"
    )
    assert run(["facts", "check", str(facts)]) == 0
    out = capsys.readouterr().out
    assert "提醒：" in out
    assert "“办结”23件" in out
    assert run(["facts", "check", str(facts), "--json"]) == 0
    assert "“办结”23件" in json.loads(capsys.readouterr().out)["findings"][0]["message"]


def test_help_stays_light() -> None:
    code = (
        "import sys\nfrom fzwriter.cli import run\nrun(['--help'])\nrun(['draft', '--help'])\n"
        "heavy = {'chromadb', 'langchain', 'langchain_openai', 'openai', 'docx', 'lxml', 'numpy', 'pydantic'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert "用法：fzwriter" in out
    assert out.strip().endswith("HEAVY []")


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["draft"], ["check"], ["facts", "check"], ["seeds", "add"], ["seeds", "list"],
        ["seeds", "search"], ["seeds", "rebuild"],
    ):  # fmt: skip
        assert run([*arguments, "--help"]) == 0
        page = capsys.readouterr().out
        assert "用法：" in page
        assert "Show this message" not in page


def test_a_result_never_takes_the_place_of_what_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "数据.json"
    sheet = yaml.safe_load(CASE.read_text("utf-8"))
    facts.write_text(json.dumps(sheet, ensure_ascii=False, default=str), "utf-8")
    style = tmp_path / "样式未核.docx"
    style.write_bytes(b"kept")
    before = facts.read_bytes()
    for arguments, words in (
        (["-o", tmp_path / "稿.docx", "--json", facts], "不能盖掉正在读取的文件"),
        (["-o", style, "--style", style], "不能盖掉正在读取的文件"),
        # A draft with errors would stand there.
        (["-o", tmp_path / "样式.docx", "--style", style], "不能盖掉正在读取的文件"),
        (["-o", tmp_path / "稿.md", "--json", tmp_path / "稿.md"], "同一个文件"),
        (["-o", tmp_path / "稿.md", "--json", tmp_path / "别的.docx"], "请以 .json 结尾"),
        (["-o", ""], "请以 .docx 或 .md 结尾"),
    ):
        assert run(["draft", str(facts), *map(str, arguments)]) == 2, arguments
        assert words in one_line(capsys)
    assert {path.name for path in tmp_path.iterdir()} == {"数据.json", "样式未核.docx"}
    assert facts.read_bytes() == before
    assert style.read_bytes() == b"kept"


def test_json_on_stdout_stands_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draft", str(CASE), "-o", str(tmp_path / "稿.md"), "--json", "-"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["ok"]
    assert "已生成：" in err
    assert "数字核验：40 处，全部可溯源" in err


def test_a_long_title_leaves_room_for_the_endings_of_file_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sheet = yaml.safe_load(CASE.read_text("utf-8"))
    # With a figure of its own the title is an error: the longest names, those of 未核, are written.
    sheet["document"]["title"] = "关于99件" + "进一步推进法治政府建设" * 12
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(sheet, ensure_ascii=False, default=str), "utf-8")
    assert run(["draft", str(facts), "--review"]) == 3
    made = [path.name for path in tmp_path.iterdir() if path != facts]
    assert len(made) == 5
    # The longest ending that may come yet.
    stem = min(made, key=len).rpartition(".")[0]
    assert (
        max(len(f"{stem}.校核稿.旧稿99.docx".encode()), len(f"{stem}.上年候选.xlsx".encode())) < 256
    )
