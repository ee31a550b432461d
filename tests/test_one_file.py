"""A unit type, a document kind, a topic, an output format: one file each adds one, and it is whole.

The made-up ones lie in the user's home (the format in a folder of its own) and pass what every
shipped one passes.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml

from fzwriter import draft, load_facts
from fzwriter.check import check
from fzwriter.cli import run
from fzwriter.documents import read_text
from fzwriter.domain import find_kind, keywords, kinds, known_kinds, topics, unit_types
from fzwriter.domain.kind import recognised_kind
from fzwriter.errors import ConfigError, InputError
from fzwriter.evaluation.scorers.base import Subject
from fzwriter.evaluation.scorers.form import structure
from fzwriter.facts import FactSheet, load_catalogue, loads_facts
from fzwriter.facts.catalogue_data import matches
from fzwriter.facts.formula import refs
from fzwriter.facts.template import topics_of
from fzwriter.facts.usual import usual_figures
from fzwriter.output import deliver, formats
from fzwriter.pipeline.rewrite import rewrite
from fzwriter.reading import read_seeds
from fzwriter.reading.recognise import recognise
from fzwriter.reading.topics import topic_of
from fzwriter.settings import Settings
from fzwriter.units import find_profile, foreign_powers, known_types, recognised_type
from fzwriter.writing import make_plan

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
TYPE, KIND, TOPIC, FORMAT = "气象局", "述法报告", "数字法治", ".txt"
TYPES, KINDS, TOPICS = (*known_types(), TYPE), (*kinds(), "shufa"), (*topics(), TOPIC)
FORMATS = (*formats.formats(), FORMAT)
PARTS = ("问题", "第一责任人", "计划", "亮点", "其他")

A_TYPE = """\
type: 气象局
names: [气象局]
recognise: {80: 气象台}
self: 我局
body: 局
organ: 局党组
head: 局主要负责人
leader: 局党组书记、局长
staff: 气象干部职工
mission: 气象
superior: 气象主管机构
trade: [气象, 预报, 防雷, 人工影响天气, 灾害预警]
powers: [统筹协调依法治理]
usual:
  行政执法: [开展防雷执法检查|次, 查处气象违法案件|件, 作出行政处罚|件|查处气象违法案件]
groups:
  - key: 统筹
    topics: [组织领导, 学习培训]
    headings: [加强组织领导，压实气象法治责任, 提高政治站位，统筹推进气象法治工作]
    plan: [压实气象法治责任]
  - key: 防雷
    topics: [行政执法, 执法主体, 执法监督]
    headings: [规范气象执法，守牢防灾减灾底线, 加强防雷监管，维护公共安全]
    plan: [规范气象执法行为]
  - key: 决策
    topics: [合法性审查, 规范性文件, 行政决策, 法律顾问, 公平竞争]
    headings: [健全制度机制，推进依法科学决策]
    plan: [推进依法科学决策]
  - key: 服务
    topics: [营商环境, 政务服务, 行政审批, 政务公开]
    headings: [优化气象服务，方便企业群众办事]
    plan: [优化气象服务]
  - key: 争议
    topics: [行政复议, 行政应诉, 人民调解, 信访, 应急管理]
    headings: [依法化解矛盾纠纷，维护社会和谐稳定]
    plan: [依法化解矛盾纠纷]
  - key: 普法
    topics: [普法, 队伍建设]
    headings: [落实普法责任制，增强法治宣传实效]
    plan: [增强普法宣传实效]
"""
A_KIND = """\
kind: shufa
match: {5: 述法}
names: {60: 述法报告}
recognise: {5: [述法报告, 述法报告]}
looks_back: 述法
title: "{unit}{annual}述法报告"
parts: [导语, 第一责任人, 成效, 问题, 计划]
mandatory: [第一责任人, 成效, 问题]
headings:
  第一责任人: [履行推进法治建设第一责任人职责情况]
  成效: [推进法治建设的举措和成效]
  问题: [存在的问题]
  计划: [下一步打算]
close: [现述法如下：]
"""
A_TOPIC = """\
name: 数字法治
order: 5
also: '数字法治|智慧法治'
nouns: 数字|法治|平台|系统
home: 政务服务
keywords: {order: 5, words: 数字法治 智慧法治 掌上办案}
usual: [建成数字法治应用|个, 上线运行|个|建成数字法治应用]
promises:
  数字法治: [数字法治, 平台]
indicators:
  建成: {words: '建成应用|建成(?:数字法治)?应用', units: [个]}
  上线: {words: '上线(?:运行)?', units: [个]}
derived:
  - {names: [上线率], formula: 上线/建成, unit: "%"}
exclusive:
  - {total: 建成, parts: [上线]}
"""
A_FORMAT = """\
from fzwriter.output.formats import Format

FORMAT = Format(".txt", lambda report, dress: report.text.encode())
"""


@pytest.fixture(autouse=True)
def added(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four files more than ship."""
    for folder, text in (("types", A_TYPE), ("kinds", A_KIND), ("topics", A_TOPIC)):
        (home / folder).mkdir()
        (home / folder / "mine.yaml").write_text(text, "utf-8")
    (tmp_path / "plain_text.py").write_text(A_FORMAT, "utf-8")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, f"{formats.__name__}.plain_text", raising=False)


def sheet_of(type_: str = "司法局", kind: str = "法治政府建设年度报告") -> FactSheet:
    """Each usual topic with its first figures, and a statement of each kind."""
    level = "镇" if type_ == "镇" else "县"
    name = {"镇": "石岫镇人民政府", "区县政府": "云岫县人民政府", "其他": "云岫县水利局"}
    unit = {"name": name.get(type_, f"云岫县{type_}"), "type": type_, "level": level}
    profile = find_profile(type_, unit["name"], level)
    first = {f.topic: f for f in reversed(usual_figures(profile)) if not f.total}
    facts = [
        {"id": f"f{n}", "topic": f.topic, "name": f.name, "value": 11 + n, "unit": f.unit}
        for n, f in enumerate(reversed(first.values()))
    ]
    said = {
        "举措": "建立法治工作台账，逐月通报进展",
        "问题": "法治宣传形式还不够丰富",
        "原因": "宣传经费和人手不足",
        "第一责任人": "主要负责人带头开展集体学法，研究法治建设重点任务",
        "计划": "完善普法责任清单，推动法治宣传进网格",
    }
    statements = [{"topic": "普法", "kind": kind, "text": text} for kind, text in said.items()]
    raw = {"unit": unit, "period": 2024, "document": {"kind": kind}, "facts": facts}
    return loads_facts(yaml.safe_dump({**raw, "statements": statements}, allow_unicode=True))


def told_of(sheet: FactSheet, home: Path) -> Subject:
    """Its offline draft."""
    report = draft(sheet, writer="offline", settings=Settings(home=home))
    assert report.check is not None
    assert [i.message for i in report.check.issues if i.severity == "error"] == []
    return Subject(report.text, sheet, report)


# -- types of unit -------------------------------------------------------------------------------


@pytest.mark.parametrize("type_", TYPES)
def test_a_type_is_whole(type_: str) -> None:
    profile = find_profile(type_, f"云岫县{type_}", "县")
    assert profile.type == type_
    assert all(profile.words.values())
    for group in profile.groups:
        assert group.titles
        assert all("{" not in heading.format(**profile.words) for heading in group.titles)
    every = [topic for group in profile.groups for topic in group.topics]
    assert len(every) == len(set(every))
    placed = [ending for one in unit_types().values() for ending in one.names]
    assert len(placed) == len(set(placed))
    assert set(unit_types()[type_].usual) <= set(every) | {"公证", "律师", "法律援助"}


@pytest.mark.parametrize("type_", TYPES)
def test_a_type_drafts_all_its_parts(type_: str, home: Path) -> None:
    sheet = sheet_of(type_)
    subject = told_of(sheet, home)
    score = structure(subject)
    assert score.value == 1, score.why
    asked = {fact.topic for fact in sheet.facts}
    blocks = [block for section in make_plan(sheet).sections for block in section.blocks]
    assert asked <= {topic for block in blocks for topic in block.topics}
    assert all(block.group for block in blocks if block.heading)


def test_a_made_up_type_is_recognised_and_rewritten_for(home: Path) -> None:
    assert recognise("云岫县气象局2023年法治政府建设工作总结", "").unit_type == TYPE
    assert recognised_type("云岫县气象台") == TYPE
    assert any(foreign_powers("受理行政复议案件3件。", TYPE))
    assert not any(foreign_powers("发挥依法治县办公室职能作用。", TYPE))
    source = read_seeds(SEEDS / "jiaoyuju-zongjie-2023.md")[0]
    made = rewrite(source, sheet_of(TYPE, "工作总结"), settings=Settings(home=home))
    assert made.check is not None
    assert made.check.ok
    assert "我局" in made.text
    assert "气象" in made.text


def test_a_type_takes_no_power_there_is_none_of(home: Path) -> None:
    text = A_TYPE.replace("统筹协调依法治理", "呼风唤雨")
    (home / "types" / "mine.yaml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"气象局.*呼风唤雨.*可写：审理行政复议"):
        list(foreign_powers("受理行政复议案件3件。", TYPE))


# -- kinds of document ---------------------------------------------------------------------------


@pytest.mark.parametrize("key", KINDS)
def test_a_kind_is_whole(key: str) -> None:
    kind = kinds()[key]
    assert all(find_kind(name) is kind for name in kind.names.values())
    assert all(find_kind(recognised_kind(name)) is kind for name in kind.names.values())
    assert set(kind.names.values()) <= set(known_kinds())


@pytest.mark.parametrize("key", KINDS)
def test_a_kind_drafts_all_its_parts(key: str, home: Path) -> None:
    kind = kinds()[key]
    sheet = sheet_of(kind=next(iter(kind.names.values())))
    subject = told_of(sheet, home)
    score = structure(subject)
    assert score.value == 1, score.why
    plan = make_plan(sheet)
    given = {"成效", "问题", "计划", "第一责任人"} & set(kind.parts)
    assert given <= {section.part for section in plan.sections if not section.pending}
    assert [s.part for s in plan.sections] == [p for p in kind.parts if p in given]
    assert any(subject.text.count(close) for close in kind.close)


UNKNOWN = (
    "讲话稿", "会议纪要", "通知", "述职报告", "调研报告", "执法检查情况自查报告", "审计报告和工作安排",
    "履行第一责任人职责情况报告", "政府信息公开年度报告", "述职工作总结", "整改情况汇报", "述职总结和计划",
)  # fmt: skip


@pytest.mark.parametrize("kind", UNKNOWN)
def test_a_kind_nobody_can_write_is_refused_with_those_there_are(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = sheet_of(kind=kind)
    with pytest.raises(InputError, match="没有“.*”这个文种.*法治政府建设年度报告.*述法报告"):
        draft(sheet)
    with pytest.raises(InputError, match="没有“.*”这个文种"):
        rewrite(read_seeds(SEEDS / "sifaju-baogao-2023.md")[0], sheet)
    assert check("开展法治讲座。", sheet).ok
    facts = tmp_path / "facts.yaml"
    facts.write_text(yaml.safe_dump(_plain(sheet), allow_unicode=True), "utf-8")
    asked = [str(facts), "-o", str(tmp_path / "x.docx")]
    assert run(["draft", *asked]) == 2
    assert "可写：" in capsys.readouterr().err
    source = str(SEEDS / "sifaju-baogao-2023.md")
    assert run(["rewrite", source, "--facts", *asked]) == 2
    assert run(["facts", "check", str(facts)]) == 3
    assert f"没有“{kind}”这个文种" in capsys.readouterr().out
    assert not (tmp_path / "x.docx").exists()
    text = tmp_path / "report.txt"
    text.write_text("开展法治讲座。", "utf-8")
    assert run(["check", str(text), "--facts", str(facts)]) == 0


def _plain(sheet: FactSheet) -> dict[str, object]:
    fact = sheet.facts[0].model_dump(mode="json", include={"id", "topic", "name", "unit"})
    fact["value"] = int(sheet.facts[0].value)
    unit = sheet.unit.model_dump(exclude={"region"})
    kind = {"kind": sheet.document.kind}
    return {"unit": unit, "period": 2024, "document": kind, "facts": [fact]}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("年度报告", "report"),
        ("法治政府建设情况的报告", "report"),
        ("2024年推进法治政府建设工作情况报告（送审稿）", "report"),
        ("古丈县司法局关于2024年度法治政府建设情况的报告", "report"),
        ("法治政府建设工作总结报告", "report"),
        ("法治政府建设情况报告和下一年工作计划", "report"),
        ("法治建设工作情况汇报", "summary"),
        ("普法工作总结", "summary"),
        ("工作总结与工作计划", "plan"),
        ("法治政府建设工作总结及工作思路", "plan"),
        ("工作要点", "plan"),
        ("2024年度述法报告", "shufa"),
    ],
)
def test_free_text_finds_a_kind(text: str, key: str) -> None:
    assert find_kind(text).kind == key


# -- topics --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_is_whole(name: str) -> None:
    topic, catalogue = topics()[name], load_catalogue()
    assert topic.also or topic.keywords or topic.usual
    assert bool(topic.also) is (name in catalogue.topics)
    assert not topic.home or topic.home in topics()
    rows = [row.split("|") for row in topic.usual]
    assert {row[2] for row in rows if len(row) == 3} <= {row[0] for row in rows}
    if not topic.also:
        return
    assert catalogue.topic_of(name) == name
    assert topic_of("、".join(keywords()[name]), name) == name
    entry = next(one for one in catalogue.entries if one.name == name)
    for relation in entry.relations:
        assert {key for formula in relation.formulas for key in refs(formula)} <= set(
            entry.indicators
        )
        assert matches(relation.pattern, relation.names[0])
    for total, parts in entry.exclusive:
        assert {total, *parts} <= set(entry.indicators)


@pytest.mark.parametrize("name", [n for n in TOPICS if n == TOPIC or topics()[n].usual])
def test_a_topic_is_told_under_a_heading_of_its_unit(name: str, home: Path) -> None:
    """By the profile that lists it, or with the topic it is at home with."""
    holders = (find_profile(type_, "", "县") for type_ in known_types())
    profile = next(p for p in holders if name in {t for g in p.groups for t in g.topics})
    figures = [f for f in usual_figures(profile) if f.topic == name]
    assert figures
    assert name in topics_of(profile)
    sheet = sheet_of(profile.type)
    sections = make_plan(sheet).sections
    blocks = [block for section in sections for block in section.blocks]
    told = next(block for block in blocks if name in block.topics)
    assert told.group is not None
    assert name in told.group.topics


def test_a_made_up_topic_serves_the_check(home: Path) -> None:
    facts = [
        {"id": "a", "topic": "智慧法治", "name": "建成应用", "value": 8, "unit": "个"},
        {"id": "b", "topic": "智慧法治", "name": "上线运行", "value": 6, "unit": "个"},
    ]
    plain = {**_plain(sheet_of()), "facts": facts}
    sheet = loads_facts(yaml.safe_dump(plain, allow_unicode=True))
    rates = load_catalogue().derivations(sheet)
    assert [(rate.names[0], rate.exact) for rate in rates] == [("上线率", 75)]
    assert check("智慧法治建成应用8个，上线运行6个，上线率75%。", sheet).ok
    assert not check("智慧法治建成应用8个，上线运行6个，上线率76%。", sheet).ok
    assert "建成应用8个" in told_of(sheet, home).text
    assert topic_of("推动掌上办案全面应用。") == TOPIC


def test_a_formula_over_what_a_topic_does_not_count_is_refused(home: Path) -> None:
    text = A_TOPIC.replace("formula: 上线/建成", "formula: 上线/应建")
    (home / "topics" / "mine.yaml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match="主题“数字法治”的 derived"):
        load_catalogue()


# -- output formats ------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_format_holds_the_whole_report(suffix: str, home: Path, tmp_path: Path) -> None:
    sheet = sheet_of()
    report = draft(sheet, writer="offline", settings=Settings(home=home))
    made = deliver(report, sheet, tmp_path / f"report{suffix}")
    assert [path.name for path in made] == [
        f"report{suffix}", "report.html", "report.ledger.xlsx", "report.ledger.json",
    ]  # fmt: skip
    assert read_text(made[0]).text == report.text
    again = formats.format_of(made[0]).render(report, formats.Dress())
    assert again == formats.format_of(made[0]).render(report, formats.Dress())


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_commands_write_each_format(suffix: str, home: Path, tmp_path: Path) -> None:
    facts, out = tmp_path / "facts.yaml", tmp_path / f"report{suffix}"
    facts.write_text(yaml.safe_dump(_plain(sheet_of()), allow_unicode=True), "utf-8")
    assert run(["draft", str(facts), "-o", str(out)]) == 0
    assert check(read_text(out).text, load_facts(facts)).ok


def test_an_unknown_format_is_refused_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(yaml.safe_dump(_plain(sheet_of()), allow_unicode=True), "utf-8")
    assert run(["draft", str(facts), "-o", str(tmp_path / "x.rtf")]) == 2
    assert "请以 .docx 或 .md 或 .txt 结尾" in capsys.readouterr().err
    with pytest.raises(InputError, match="不认识的输出格式"):
        formats.format_of(tmp_path / "x.rtf")


# -- files that are not what they should be ------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "text", "said"),
    [
        ("types", A_TYPE.replace("self: 我局\n", ""), "self：单位类型文件不对：缺少这一项"),
        ("types", A_TYPE.replace("trade:", "trades:"), "trades：单位类型文件不对：不认识这一项"),
        ("types", A_TYPE.replace("气象台", "'气象(台'"), "不是正确的正则表达式"),
        ("kinds", A_KIND.replace(", 成效, 问题, 计划", ", 计划"), "要有“成效”"),
        ("kinds", A_KIND.replace("  问题: [存在的问题]\n", ""), "缺少“问题”的标题"),
        ("kinds", A_KIND.replace("match: {5", "match: {五"), "文种文件不对"),
        ("topics", A_TOPIC.replace("units: [个]", "units: []"), "主题文件不对"),
        ("topics", A_TOPIC + "  - [", "主题文件不是正确的 YAML"),
        ("topics", "", "主题文件不对"),
    ],
)
def test_a_wrong_file_is_named_with_the_place(
    folder: str, text: str, said: str, home: Path
) -> None:
    path = home / folder / "mine.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=re.escape(said)) as caught:
        known_types(), known_kinds(), keywords()
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
