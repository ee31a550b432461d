from __future__ import annotations

import re
from pathlib import Path

import pytest
from score_samples import FACTS

from common import ROOT
from fzwriter.errors import InputError
from fzwriter.evaluation.cases import ISSUE_KINDS, load_cases

SHIPPED = ROOT / "eval" / "cases"


def folder(at: Path, spec: str = "", facts: str = FACTS, name: str = "例") -> Path:
    made = at / name
    made.mkdir(parents=True)
    if facts:
        (made / "facts.yaml").write_text(facts, "utf-8")
    if spec:
        (made / "case.yaml").write_text(spec, "utf-8")
    return made


def test_every_shipped_case_is_sound_and_says_what_it_is() -> None:
    cases = load_cases([SHIPPED])
    assert len(cases) == len([p for p in SHIPPED.iterdir() if p.is_dir()])
    assert all(case.spec.title and case.spec.source for case in cases)
    for case in cases:
        if case.expect.exit != 2:
            assert case.sheet().facts


def test_a_folder_with_facts_alone_is_a_draft(tmp_path: Path) -> None:
    folder(tmp_path)
    (case,) = load_cases([tmp_path])
    assert (case.name, case.task, case.expect.exit) == ("例", "draft", 0)


def test_a_case_folder_itself_may_be_named(tmp_path: Path) -> None:
    made = folder(tmp_path, "task: draft\ntitle: 一例\n")
    assert [c.name for c in load_cases([made])] == ["例"]


def test_cases_are_picked_by_parts_of_their_names(tmp_path: Path) -> None:
    folder(tmp_path, name="甲-司法局")
    folder(tmp_path, name="乙-镇")
    assert [c.name for c in load_cases([tmp_path], ["司法"])] == ["甲-司法局"]
    with pytest.raises(InputError, match="没有案例“丙”"):
        load_cases([tmp_path], ["丙"])


def test_a_rewrite_starts_from_another_case_or_a_file(tmp_path: Path) -> None:
    folder(tmp_path, name="源")
    folder(tmp_path, "task: rewrite\ntitle: 改\nfrom: 源\n", name="改写甲")
    second = folder(tmp_path, "task: rewrite\ntitle: 改\nfrom: old.md\n", name="改写乙")
    (second / "old.md").write_text("旧稿", "utf-8")
    by_name = {case.name: case for case in load_cases([tmp_path])}
    assert by_name["改写甲"].origin == (tmp_path / "源" / "facts.yaml").resolve()
    assert by_name["改写乙"].origin is None
    assert by_name["改写乙"].file("from").read_text("utf-8") == "旧稿"


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("task: drafting\n", "可用：draft、rewrite、check"),
        ("task: draft\nexpects: {}\n", "不认识的键"),
        ("task: rewrite\n", "要写 from"),
        ("task: draft\nfrom: 源\n", "不能写 from"),
        ("task: check\n", "要写 text"),
        ("task: check\ntext: 没有.md\n", "找不到 text 所写的文件“没有.md”"),
        ("task: rewrite\nfrom: 没有\n", "“没有”不是案例"),
        ("task: rewrite\nfrom: 例\n", "本案例自己"),
        ("task: draft\nreference: 没有.txt\n", "找不到 reference"),
        ("expect: {issues: [wrongfact]}\n", "没有“wrongfact”这种问题"),
        ("expect: {must_contain: ['(']}\n", "不是正确的正则表达式"),
        ("expect: {exit: 1}\n", "不在可用的值之中"),
        ("expect: {exit: 0, error: 缺少}\n", "error 只与 exit: 2 同用"),
        ("expect: {dropped: [公证]}\n", "dropped 只用于改写"),
        ("expect: {issues: [{kind: wrong_fact, at_least: 0}]}\n", "不能小于 1"),
        ("- 一\n- 二\n", "键: 值"),
        ("task: [draft\n", "YAML 格式有误"),
    ],
)
def test_what_is_wrong_with_a_case_is_one_chinese_line_with_its_file(
    tmp_path: Path, spec: str, told: str
) -> None:
    made = folder(tmp_path, spec)
    with pytest.raises(InputError) as caught:
        load_cases([tmp_path])
    line = str(caught.value)
    assert told in line
    assert str(made / "case.yaml") in line
    assert "\n" not in line
    assert not re.search(r"[a-z]+ (?:is|should|must|be) ", line)


def test_folders_without_a_case_or_without_facts_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有找到案例"):
        load_cases([tmp_path])
    with pytest.raises(InputError, match="找不到案例文件夹"):
        load_cases([tmp_path / "没有"])
    made = folder(tmp_path, "task: draft\n", facts="")
    with pytest.raises(InputError, match="缺少数据文件"):
        load_cases([tmp_path])
    (made / "facts.yaml").write_text(FACTS, "utf-8")
    (made / "facts.json").write_text("{}", "utf-8")
    with pytest.raises(InputError, match="不止一个数据文件"):
        load_cases([tmp_path])


def test_two_cases_of_one_name_are_refused(tmp_path: Path) -> None:
    folder(tmp_path / "甲")
    folder(tmp_path / "乙")
    with pytest.raises(InputError, match="两个案例都叫“例”"):
        load_cases([tmp_path / "甲", tmp_path / "乙"])


def test_every_kind_of_issue_the_checker_knows_may_be_expected() -> None:
    sources = (ROOT / "src" / "fzwriter" / "check").glob("*.py")
    text = "\n".join(path.read_text("utf-8") for path in sources)
    told = set(re.findall(r'"((?:wrong|leaked|unknown|unbacked|omitted|foreign)_[a-z]+)"', text))
    told |= {
        word
        for word in ("untraced", "placeholder", "contradiction", "wording")
        if f'"{word}"' in text
    }
    assert told - ISSUE_KINDS == set()
    assert len(told) > 12
