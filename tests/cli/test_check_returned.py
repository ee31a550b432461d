"""``fzwriter check`` of a report that people edited: what changed, the review page, the copy to file."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import docx
import pytest

from fzwriter.cli import run
from fzwriter.documents import read_text

FACTS = """\
unit: {name: 云岫县司法局, type: 司法局, level: 县}
period: 2024
document: {kind: 法治政府建设年度报告, addressee: 县委、县人民政府, date: 2025-01-20}
facts:
  - {id: f01, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件}
  - {id: f02, topic: 行政复议, name: 办结, value: 23, unit: 件, parts_of: f01}
  - {id: f03, topic: 人民调解, name: 调解矛盾纠纷, value: 1085, unit: 件}
  - {id: f04, topic: 普法, name: 开展普法活动, value: 528, unit: 场次}
statements:
  - {topic: 普法, text: 组织开展“法律七进”活动}
"""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafted")
    (folder / "facts.yaml").write_text(FACTS, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FZWRITER_HOME", str(folder / "home"))
        assert run(["draft", str(folder / "facts.yaml"), "-o", str(folder / "报告.docx")]) == 0
    return folder / "报告.docx"


class Desk:
    """Where the report is edited and checked again."""

    def __init__(self, drafted: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.facts = str(drafted.with_name("facts.yaml"))
        self.path = folder / "改.docx"
        self.path.write_bytes(drafted.read_bytes())
        self._capsys = capsys
        self.out = self.err = ""

    def edit(self, old: str, new: str) -> None:
        """Change what stands in the content control with this text."""
        document = docx.Document(str(self.path))
        found = [
            t
            for sdt in document.element.body.iter(f"{W}sdt")
            for t in sdt.iter(f"{W}t")
            if t.text == old
        ]
        assert len(found) == 1, (old, len(found))
        found[0].text = new
        document.save(str(self.path))

    def add(self, text: str) -> None:
        document = docx.Document(str(self.path))
        document.add_paragraph(text)
        document.save(str(self.path))

    def check(self, *more: object) -> int:
        code = run(["check", str(self.path), "--facts", self.facts, *map(str, more)])
        self.out, self.err = self._capsys.readouterr()
        return code


@pytest.fixture
def desk(drafted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(drafted, tmp_path, capsys)


def test_untouched_it_says_so(desk: Desk) -> None:
    assert desk.check() == 0
    assert re.search(r"^与原稿相比：\d+ 处没有动$", desk.out, re.MULTILINE)


def test_each_edit_is_told_with_its_place_and_verdict(desk: Desk) -> None:
    desk.edit("48", "58")
    desk.add("另外开展普法活动528场次。")
    assert desk.check() == 3
    assert "与原稿相比：数字有 2 处变化（改动 1、新写 1）" in desk.out
    changed = next(line for line in desk.out.splitlines() if line.startswith("改动："))
    assert "48件 → 58件" in changed
    assert "对不上" in changed
    assert "“（" in changed
    assert "行政复议案件58件" in changed
    added = next(line for line in desk.out.splitlines() if line.startswith("新写："))
    assert "528场次" in added
    assert re.search("有出处：.*开展普法活动", added)


def test_a_deletion_names_the_figure_and_its_place_in_the_input(desk: Desk) -> None:
    document = docx.Document(str(desk.path))
    for paragraph in list(document.element.body.iter(f"{W}p")):
        if "1085" in "".join(t.text or "" for t in paragraph.iter(f"{W}t")):
            paragraph.getparent().remove(paragraph)
    document.save(str(desk.path))
    desk.check()
    gone = [line for line in desk.out.splitlines() if line.startswith("删去：")]
    assert any("【1085件】" in line and "调解矛盾纠纷（第 7 行）" in line for line in gone), gone


def test_json_carries_the_changes(desk: Desk, tmp_path: Path) -> None:
    desk.edit("48", "58")
    assert desk.check("--json", tmp_path / "v.json") == 3
    changes = json.loads((tmp_path / "v.json").read_text("utf-8"))["changes"]
    (item,) = changes["items"]
    assert (item["outcome"], item["old"], item["new"]) == ("changed", "48件", "58件")
    assert item["status"] == "untraced"
    assert item["cells"] == ["第 5 行"]
    assert changes["counts"]["changed"] == 1
    assert changes["notices"] == []
    assert desk.check("--json", "-") == 3
    assert json.loads(desk.out)["changes"] == changes


def test_a_text_without_ledger_has_no_such_section(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "别的.txt"
    path.write_text(read_text(desk.path).text, "utf-8")
    assert run(["check", str(path), "--facts", desk.facts, "--json", str(tmp_path / "v.json")]) == 0
    assert "changes" not in json.loads((tmp_path / "v.json").read_text("utf-8"))


def test_the_review_page_is_of_the_text_as_it_is(desk: Desk, tmp_path: Path) -> None:
    desk.edit("48", "58")
    assert desk.check("--html", tmp_path / "核.html") == 3
    page = (tmp_path / "核.html").read_text("utf-8")
    assert "<html" in page
    assert ">58<" in page
    assert ">48<" not in page.split("<table")[0]


def test_the_copy_to_file_has_nothing_of_ours_inside(desk: Desk, tmp_path: Path) -> None:
    final = tmp_path / "报送.docx"
    assert desk.check("--final", final) == 0
    assert f"已生成报送稿：{final}" in desk.out
    clean = read_text(final)
    assert (clean.controls, clean.ledger) == ((), "")
    assert clean.text == read_text(desk.path).text
    with zipfile.ZipFile(final) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"fzwriter" not in everything
    assert read_text(desk.path).controls


def test_no_copy_to_file_while_errors_remain(desk: Desk, tmp_path: Path) -> None:
    desk.edit("48", "58")
    assert desk.check("--final", tmp_path / "报送.docx") == 3
    assert "没有生成报送稿：还有 1 处错误" in desk.err
    assert not (tmp_path / "报送.docx").exists()


def test_no_copy_to_file_with_tracked_changes_or_comments_inside(
    desk: Desk, tmp_path: Path
) -> None:
    document = docx.Document(str(desk.path))
    paragraph = next(p for p in document.paragraphs if "法律七进" in p.text)
    document.add_comment(paragraph.runs[0], "请核对", author="王")
    paragraph.add_run("。")
    mark = paragraph._p.makeelement(f"{W}ins", {f"{W}id": "9", f"{W}author": "王"})
    paragraph._p.append(mark)
    mark.append(paragraph._p[-2])
    document.save(str(desk.path))
    assert desk.check("--final", tmp_path / "报送.docx") == 3
    assert "还有修订" in desk.err
    assert "还有 1 条批注" in desk.err
    assert not (tmp_path / "报送.docx").exists()


def test_no_copy_to_file_with_hidden_text_inside(desk: Desk, tmp_path: Path) -> None:
    document = docx.Document(str(desk.path))
    document.add_paragraph().add_run("收到行政复议案件999件。").font.hidden = True
    document.add_paragraph().add_run("").font.hidden = True
    document.save(str(desk.path))
    assert desk.check("--final", tmp_path / "报送.docx") == 3
    assert "还有 1 处隐藏文字" in desk.err
    assert not (tmp_path / "报送.docx").exists()


@pytest.mark.parametrize(
    ("name", "inner", "what"),
    [
        ("instrText", r"EQ \o\ac(○,5)", "EQ域"),
        ("sym", "F035", "符号字体"),
        ("subDoc", "", "子文档"),
    ],
)
def test_what_prints_and_can_not_be_read_is_an_error_with_its_place(
    desk: Desk, tmp_path: Path, name: str, inner: str, what: str
) -> None:
    document = docx.Document(str(desk.path))
    paragraph = next(p for p in document.paragraphs if "法律七进" in p.text)
    run = paragraph.add_run()
    kinds = ("begin", "", "end") if name == "instrText" else ("",)
    for kind in kinds:
        node = run._r.makeelement(f"{W}{'fldChar' if kind else name}", {})
        run._r.append(node)
        if kind:
            node.set(f"{W}fldCharType", kind)
        elif name == "sym":
            node.set(f"{W}font", "某某体")
            node.set(f"{W}char", inner)
        else:
            node.text = inner
    document.save(str(desk.path))
    assert desk.check("--final", tmp_path / "报送.docx") == 3
    assert "另有 1 处内容读不出，没有核验" in desk.out
    (line,) = (line for line in desk.out.splitlines() if line.startswith("错误"))
    assert f"528场次【。】”：此处后面有{what}" in line
    assert not (tmp_path / "报送.docx").exists()


def test_a_logo_is_a_notice_and_stops_nothing(desk: Desk, tmp_path: Path) -> None:
    document = docx.Document(str(desk.path))
    run = document.paragraphs[0].add_run()
    run._r.append(run._r.makeelement(f"{W}drawing", {}))
    run._r[-1].append(run._r.makeelement("{urn:p}pic", {}))
    document.save(str(desk.path))
    assert desk.check("--final", tmp_path / "报送.docx") == 0
    assert "1 张图片" in desk.err
    assert (tmp_path / "报送.docx").exists()


@pytest.mark.parametrize(
    ("report", "final", "words"),
    [
        ("a.txt", "b.docx", "只有 .docx"),
        ("改.docx", "b.pdf", "以 .docx 结尾"),
    ],
)
def test_what_can_not_become_a_copy_to_file_is_told_at_once(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str], report: str, final: str, words: str
) -> None:  # fmt: skip
    before = desk.path.read_bytes()
    (tmp_path / "a.txt").write_text("收到48件", "utf-8")
    arguments = ["check", str(tmp_path / report), "--facts", desk.facts, "--final"]
    assert run([*arguments, str(tmp_path / final)]) == 2
    err = capsys.readouterr().err
    assert words in err
    assert len(err.splitlines()) == 1
    assert desk.path.read_bytes() == before


@pytest.mark.parametrize("option", ["--final", "--html", "--json"])
def test_what_is_read_is_never_overwritten(desk: Desk, option: str) -> None:
    before = desk.path.read_bytes(), Path(desk.facts).read_bytes()
    for path in (desk.path, desk.path.parent / "." / "改.docx", desk.facts):
        assert desk.check(option, path) == 2
        assert "不能盖掉正在读取的文件" in desk.err
    assert (desk.path.read_bytes(), Path(desk.facts).read_bytes()) == before


def test_a_damaged_ledger_stops_nothing(desk: Desk, tmp_path: Path) -> None:
    with zipfile.ZipFile(desk.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    (name,) = [
        n for n, data in parts.items() if b"urn:fzwriter:ledger" in data and b"<ledger" in data
    ]
    parts[name] = b'<ledger xmlns="urn:fzwriter:ledger:1">{"entries": 1}</ledger>'
    with zipfile.ZipFile(desk.path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    assert desk.check() == 0
    assert "与原稿相比：文件里带的数字台账已损坏，没有比较" in desk.out


def test_a_page_or_a_verdict_goes_to_a_file_of_its_kind(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "别人的报告.docx"
    other.write_bytes(b"kept")
    for option, ending in (("--html", ".html"), ("--json", ".json")):
        assert desk.check(option, other) == 2
        assert f"请以 {ending}" in desk.err
    assert desk.check("--html", tmp_path / "无" / "核.html") == 2
    assert other.read_bytes() == b"kept"
