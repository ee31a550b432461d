"""``fzwriter confirm``, and what check, draft and --final make of it."""

from __future__ import annotations

import getpass
import json
from dataclasses import replace
from pathlib import Path

import pytest

import fzwriter.pipeline
from common import ROOT
from fzwriter.cli import run
from fzwriter.documents import read_text
from fzwriter.report import Issue

FACTS = """
unit: {name: 云岫县司法局, type: 司法局, level: 县, region: 云岫县}
period: 2024
document: {kind: 法治政府建设年度报告}
facts:
  - {id: f1, topic: 普法, name: 开展普法活动, value: 528, unit: 场次}
  - {id: f2, topic: 人民调解, name: 调解矛盾纠纷, value: 1085, unit: 件}
"""
TEXT = (
    "云岫县司法局关于2024年度法治政府建设情况的报告\n"
    "一、主要举措\n协助开展普法活动528场次。我局荣获全国先进单位。协助调解矛盾纠纷1085件。\n"
)
CASE = ROOT / "eval" / "cases" / "003-sifaju-baogao" / "facts.yaml"


class Desk:
    """A folder with facts and a report that holds three doubts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.facts, self.report = folder / "数据.yaml", folder / "报告.txt"
        self.facts.write_text(FACTS, "utf-8")
        self.report.write_text(TEXT, "utf-8")
        self.record = folder / "数据.确认.json"

    def confirm(self, *more: str) -> int:
        return run(["confirm", str(self.report), "--facts", str(self.facts), *more])

    def check(self, *more: str) -> int:
        return run(["check", str(self.report), "--facts", str(self.facts), *more])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_list_is_numbered_and_writes_nothing(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.confirm() == 0
    out = capsys.readouterr().out
    assert [line[:3] for line in out.splitlines() if line[0].isdigit()] == ["1. ", "2. ", "3. "]
    assert "数据文件：开展普法活动528场次" in out
    assert "存疑 3 处，已确认 0 处" in out
    assert {path.name for path in desk.folder.iterdir()} == {"数据.yaml", "报告.txt"}


def test_exit_codes_are_4_for_doubts_3_for_errors_0_when_settled(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.check() == 4
    assert "其中 2 处存疑待核" in capsys.readouterr().out
    assert desk.confirm("1", "2", "3") == 0
    assert "没有存疑的了" in capsys.readouterr().out
    assert desk.check() == 0
    assert "2 处存疑已确认" in capsys.readouterr().out
    desk.report.write_text(TEXT.replace("528", "529"), "utf-8")
    assert desk.check() == 3


def test_numbers_settle_those_claims_alone_and_stay_what_they_were(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.confirm("3", "--by", "张三") == 0
    capsys.readouterr()
    assert desk.confirm() == 0
    lines = capsys.readouterr().out.splitlines()
    assert "已确认（张三，" in next(line for line in lines if line.startswith("3. "))
    assert "存疑 2 处，已确认 1 处" in lines
    body = json.loads(desk.record.read_text("utf-8"))
    assert body["version"] == 1
    (one,) = body["confirmed"]
    assert one["by"] == "张三"
    assert one["clause"] == "协助调解矛盾纠纷1085件"
    assert [(b["id"], b["name"], b["value"]) for b in one["basis"]] == [
        ("f2", "调解矛盾纠纷", "1085件")
    ]
    assert desk.confirm("1") == 0
    by = [one["by"] for one in json.loads(desk.record.read_text("utf-8"))["confirmed"]]
    assert by == ["张三", getpass.getuser()]


def test_confirming_twice_changes_nothing(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.confirm("1") == 0
    before = desk.record.read_bytes()
    assert desk.confirm("1", "--by", "李四") == 0
    assert "早已确认 1." in capsys.readouterr().out
    assert desk.record.read_bytes() == before


def test_an_error_cannot_be_confirmed(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.report.write_text(TEXT.replace("528", "529"), "utf-8")
    assert desk.check() == 3
    capsys.readouterr()
    assert desk.confirm() == 0
    out, err = capsys.readouterr()
    assert "活动【529" not in out
    assert "存疑 2 处" in out
    assert "错误不能确认" in err
    for token in ("3", "0", "x", "q000000"):
        assert desk.confirm(token) == 2
        assert "错误不能确认" in capsys.readouterr().err
    assert not desk.record.exists()
    assert desk.confirm("1", "9") == 2  # all or none
    assert not desk.record.exists()


LAPSED = {
    "clause": ("报告.txt", "调解矛盾纠纷1085件", "调解矛盾纠纷共1085件", "文中没有这句话"),
    "fact": ("数据.yaml", "调解矛盾纠纷,", "调处矛盾纠纷,", "没有“调解矛盾纠纷”了"),
    "value": ("数据.yaml", "1085", "1086", "原是1085件，现在是1086件"),
}


@pytest.mark.parametrize("what", LAPSED)
def test_a_lapsed_confirmation_is_told(
    what: str, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    name, old, new, told = LAPSED[what]
    assert desk.confirm("1", "2", "3") == 0
    path = desk.folder / name
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    capsys.readouterr()
    assert desk.check() in (3, 4)
    assert told in capsys.readouterr().err
    assert len(json.loads(desk.record.read_text("utf-8"))["confirmed"]) == 3


def test_the_page_has_the_command_line_of_each_claim(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    page = desk.folder / "校核 页.html"
    assert desk.check("--html", str(page)) == 4
    commands = [
        line.partition("</code>")[0]
        for line in page.read_text("utf-8").split('<code class="command">')[1:]
    ]
    assert len(commands) == 3
    code = commands[2].rpartition(" ")[2]
    assert commands[2] == f"fzwriter confirm {desk.report} --facts {desk.facts} {code}"
    assert desk.confirm(code) == 0
    assert "已确认 3." in capsys.readouterr().out
    desk.report.write_text(TEXT.replace("1085件。", "1085件，均成功。"), "utf-8")
    assert desk.confirm(code) == 2  # another claim by now


def test_json_tells_status_who_and_when(desk: Desk) -> None:
    path = desk.folder / "核.json"
    assert desk.confirm("1", "--by", "张三") == 0
    assert desk.check("--json", str(path)) == 4
    body = json.loads(path.read_text("utf-8"))
    assert body["ok"] is False
    by_text = {m["text"]: m for m in body["mentions"]}
    assert by_text["528"]["status"] == "confirmed"
    assert by_text["528"]["sources"] == ["f1"]
    assert by_text["528"]["why"].startswith("已确认（张三，20")
    assert by_text["1085"]["status"] == "doubtful"
    doubts = [i for i in body["issues"] if i["severity"] == "doubt"]
    assert len(doubts) == 2
    assert all(i["claim"].startswith("q") for i in doubts)


def test_an_alias_goes_with_one_claim_and_is_kept_out_of_the_facts(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = desk.facts.read_bytes()
    for chosen in ((), ("1", "3")):
        assert desk.confirm(*chosen, "--alias", "协助调解矛盾纠纷") == 2
    assert desk.confirm("2", "--alias", "荣获全国先进单位") == 2  # no fact
    assert desk.confirm("3", "--alias", "说和") == 2  # not what the sentence says
    assert not desk.record.exists()
    assert desk.confirm("3", "--alias", "协助调解矛盾纠纷") == 0
    (alias,) = json.loads(desk.record.read_text("utf-8"))["aliases"]
    assert (alias["id"], alias["alias"]) == ("f2", "协助调解矛盾纠纷")
    assert desk.facts.read_bytes() == facts
    desk.report.write_text(TEXT.replace("协助调解", "全年协助调解"), "utf-8")
    capsys.readouterr()
    desk.check()
    out = capsys.readouterr().out
    assert "调解矛盾纠纷1085件" not in out  # by that name it is proved
    assert "开展普法活动528场次" in out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "已损坏"),
        ("[]", "已损坏"),
        ('{"version": 1, "confirmed": [{"clause": 3}], "aliases": []}', "已损坏"),
        ('{"version": 2}', "更新的版本"),
    ],
)
def test_a_record_that_is_no_record_is_one_line_and_stays(
    content: str, told: str, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.record.write_text(content, "utf-8")
    for work in (desk.check, desk.confirm, lambda: desk.confirm("1")):
        assert work() == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert told in line
        assert "数据.确认.json" in line
    assert desk.record.read_text("utf-8") == content


# -- reports of our own ----------------------------------------------------------------------------


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft with one doubt in it."""
    draft = fzwriter.pipeline.draft

    def doubted(*arguments: object, **options: object) -> object:
        report = draft(*arguments, **options)
        issue = Issue(0, 2, "wrong_fact", "doubt", "说不准")
        return replace(report, check=replace(report.check, issues=(issue,)))

    monkeypatch.setattr(fzwriter.pipeline, "draft", doubted)


@pytest.mark.usefixtures("unsure")
def test_doubts_left_give_exit_4_another_name_and_a_mark_inside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["draft", str(CASE), "-o", str(tmp_path / "r.docx"), "--final"]) == 4
    out, err = capsys.readouterr()
    assert "还有 1 处存疑，没有生成报送稿" in err
    assert "存疑：第 1 段" in out
    assert not (tmp_path / "r.docx").exists()
    assert read_text(tmp_path / "r存疑待核.docx").controls
    assert "存疑待核稿：还有 1 处存疑" in (tmp_path / "r存疑待核.html").read_text("utf-8")
    assert run(["draft", str(CASE), "-o", str(tmp_path / "r.md")]) == 4
    assert "存疑待核稿" in (tmp_path / "r存疑待核.md").read_text("utf-8")


def test_a_result_may_not_take_the_place_of_what_it_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "r存疑待核.docx"
    facts.write_bytes(b"")
    assert run(["rewrite", str(facts), "--facts", str(CASE), "-o", str(tmp_path / "r.docx")]) == 2
    assert "不能盖掉正在读取的文件" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "rewrite", "draft"])
def test_no_result_takes_the_place_of_what_was_confirmed(
    desk: Desk, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.confirm("1") == 0
    kept = desk.record.read_bytes()
    given = [str(desk.facts)]
    given = given if command == "draft" else [str(desk.report), "--facts", *given]
    assert run([command, *given, "--json", str(desk.record)]) == 2
    assert "不能盖掉正在读取的文件" in capsys.readouterr().err
    assert desk.record.read_bytes() == kept


def test_final_waits_for_the_last_confirmation(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    from fzwriter.output import write_docx
    from fzwriter.report import Paragraph, Report, Section

    title, *lines = TEXT.strip().split("\n")
    desk.report = desk.folder / "报告.docx"
    final = desk.folder / "报送.docx"
    write_docx(Report(title, (Section("成效", tuple(map(Paragraph, lines))),)), desk.report)
    assert desk.check("--final", str(final)) == 4
    assert "没有生成报送稿：还有 3 处存疑" in capsys.readouterr().err
    assert not final.exists()
    assert desk.confirm("1", "2", "3") == 0
    assert desk.check("--final", str(final)) == 0
    assert final.exists()


def test_a_draft_reads_what_was_confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fzwriter.check.confirm import claims
    from fzwriter.check.verdict import doubt
    from fzwriter.facts import load_facts
    from fzwriter.pipeline import confirming

    facts = tmp_path / "facts.yaml"
    facts.write_text(CASE.read_text("utf-8"), "utf-8")
    real = confirming.check

    def unsure_of_one(text: str, sheet: object, sources: object = ()) -> object:
        report = real(text, sheet, sources)
        at = next(m.start for m in report.mentions if m.text == "48" and m.status == "traced")
        judged = [
            doubt(m, "wrong_fact", f"说不准：{m.why}", "请核对") if m.start == at else (m, None)
            for m in report.mentions
        ]
        issues = (*report.issues, *(issue for _, issue in judged if issue))
        return replace(report, mentions=tuple(m for m, _ in judged), issues=issues)

    monkeypatch.setattr(confirming, "check", unsure_of_one)
    draft = ["draft", str(facts), "-o", str(tmp_path / "r.docx")]
    assert run(draft) == 4
    sheet = load_facts(facts)
    text = read_text(tmp_path / "r存疑待核.docx").printed
    (claim,) = claims(unsure_of_one(text, sheet), text, sheet)
    given = confirming.Confirmations((confirming.confirmation(claim, "张三", "2025-01-08"),))
    confirming.save_confirmations(facts, given)
    assert confirming.load_confirmations(facts) == given
    assert run(draft) == 0
    assert "已确认（张三，2025-01-08）" in (tmp_path / "r.html").read_text("utf-8")


@pytest.mark.parametrize("command", ["check", "draft", "rewrite", "confirm", ""])
def test_help_says_the_exit_codes(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*filter(None, [command]), "--help"]) == 0
    out = capsys.readouterr().out
    assert "结果代码" in out
    assert ("4 " in out) == (command != "confirm")
