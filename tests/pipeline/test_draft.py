from __future__ import annotations

import re
from pathlib import Path

import pytest

from common import CASES, ROOT, SHARED
from fzwriter import draft, load_facts
from fzwriter.check import check
from fzwriter.documents import read_text
from fzwriter.errors import InputError
from fzwriter.evaluation.cases import Case, load_cases
from fzwriter.evaluation.scorers.base import Subject
from fzwriter.evaluation.scorers.expected import expectations
from fzwriter.facts import FactSheet, cleared, lint, loads_facts
from fzwriter.output import write_docx
from fzwriter.reading import read_seeds
from fzwriter.report import Report
from fzwriter.writing import make_plan

ALL = load_cases([ROOT / "eval" / "cases"])
REFUSED = [case for case in ALL if case.expect.exit == 2]
WRITTEN = [case for case in ALL if case.task != "check" and case not in REFUSED]


@pytest.fixture(scope="session")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[FactSheet, Report]]:
    """Each case drafted once; what the user was told lies in ``notices``."""
    from fzwriter.settings import Settings

    home = Settings(home=tmp_path_factory.mktemp("drafts"))
    made = {}
    for case in WRITTEN:
        sheet = case.sheet()
        NOTICES[case.name] = notices = []
        made[case.name] = (sheet, draft(sheet, settings=home, notify=notices.append))
    return made


@pytest.fixture(scope="session")
def seeds() -> tuple[set[str], set[str]]:
    """Places of the shipped seeds, and every run of 31 characters in them."""
    found = [seed for path in (ROOT / "seeds").glob("*.md") for seed in read_seeds(path)]
    texts = [text for seed in found for text in seed.paragraphs]
    runs = {text[i : i + 31] for text in texts for i in range(len(text) - 30)}
    return {place for seed in found for place in seed.places}, runs


NOTICES: dict[str, list[str]] = {}


def named(case: Case) -> str:
    return case.name


def unmet(case: Case, text: str, sheet: FactSheet, report: Report | None, told: list[str]) -> str:
    """What a case declares and the run doesn't show."""
    ok = report.check.ok if report and report.check else check(text, sheet).ok
    subject = Subject(text, sheet, report, case, notices=tuple(told), exit=0 if ok else 3)
    score = expectations(subject)
    return "" if score.value == 1 else score.why


@pytest.mark.parametrize("case", [c for c in WRITTEN if c.task == "draft"], ids=named)
def test_a_case_ends_as_declared(
    case: Case, drafts: dict[str, tuple[FactSheet, Report]], tmp_path: Path
) -> None:
    sheet, report = drafts[case.name]
    assert unmet(case, report.text, sheet, report, NOTICES[case.name]) == ""
    assert report.check is not None
    assert report.check.omitted == ()
    assert all(mention.status for mention in report.check.mentions)
    path = tmp_path / "report.docx"
    write_docx(report, path)
    again = check(read_text(path).text, cleared(sheet))
    assert again.ok is report.check.ok
    assert len(again.quantities) == len(report.check.quantities)


@pytest.mark.parametrize("case", [c for c in ALL if c.task == "check"], ids=named)
def test_a_finished_text_is_judged_as_declared(case: Case) -> None:
    sheet = case.sheet()
    text = read_text(case.file("text")).text
    told = [finding.message for finding in lint(sheet)]
    assert unmet(case, text, sheet, None, told) == ""


@pytest.mark.parametrize("case", REFUSED, ids=named)
def test_what_cannot_be_drafted_is_refused_in_one_line(case: Case) -> None:
    with pytest.raises(InputError) as refusal:
        draft(case.sheet(), writer="offline")
    assert case.expect.error in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("case", [c for c in WRITTEN if c.task == "rewrite"], ids=named)
def test_the_facts_of_a_rewrite_can_be_drafted_too(
    case: Case, drafts: dict[str, tuple[FactSheet, Report]]
) -> None:
    _, report = drafts[case.name]
    assert report.check is not None
    assert report.check.ok, report.check.issues


def test_the_cases_cover_what_they_are_for() -> None:
    tasks = [case.task for case in ALL]
    assert len(ALL) >= 32
    assert tasks.count("rewrite") == 8
    types = {make_plan(c.sheet()).profile.type for c in ALL if c.task == "rewrite"}
    assert types == {"司法局", "镇", "公安局", "教育局", "人社局", "经信局", "区县政府", "其他"}
    assert {case.facts.suffix for case in ALL} == {".yaml", ".json", ".xlsx", ".csv"}


@pytest.mark.parametrize("name", [case.name for case in CASES])
def test_a_draft_reads_cleanly(name: str, drafts: dict[str, tuple[FactSheet, Report]]) -> None:
    _, report = drafts[name]
    text = report.text
    sentences = re.findall(r"[^。！？\n]{12,}[。！？]", text)
    assert len(sentences) == len(set(sentences))
    assert not re.search(r"[0-9余多万](件|人|次|家|名|份|个|场)\1(?!次)", text)
    assert not re.search(r"其中[，。；]|，，|。。|，。|\[\[|\]\]|〔[数年地单人文]", text)
    assert not re.search(r"(?<=[一-龥])[,;:](?=[一-龥])", text)
    numbers = [p.text[0] for p in report.paragraphs() if p.style == "heading1"]
    assert numbers == list("一二三四五六七八九十")[: len(numbers)]
    slips = [i for i in report.check.issues if i.kind == "wording"] if report.check else []
    assert slips == []


@pytest.mark.parametrize("name", [case.name for case in CASES])
def test_no_seed_lends_a_name_or_a_deed(
    name: str, drafts: dict[str, tuple[FactSheet, Report]], seeds: tuple[set[str], set[str]]
) -> None:
    sheet, report = drafts[name]
    given = "".join((sheet.unit.name, sheet.unit.region, *(s.text for s in sheet.statements)))
    places, runs = seeds
    assert [place for place in places if place in report.text and place not in given] == []
    mine = {report.text[i : i + 31] for i in range(len(report.text) - 30)}
    assert mine & runs == set()


def test_changing_one_figure_changes_it_alone(drafts: dict[str, tuple[FactSheet, Report]]) -> None:
    sheet, before = drafts["003-sifaju-baogao"]
    facts = tuple(
        f.model_copy(update={"value": f.value + 2}) if f.id == "f18" else f for f in sheet.facts
    )
    after = draft(sheet.model_copy(update={"facts": facts}))
    pairs = zip(before.text.split("\n"), after.text.split("\n"), strict=True)
    differing = [(old, new) for old, new in pairs if old != new]
    ((old, new),) = differing
    assert new == old.replace("败诉12件", "败诉14件").replace("22%", "26%")


def test_an_unknown_type_is_drafted_as_general_with_a_notice() -> None:
    notices: list[str] = []
    sheet = loads_facts(
        "unit: {name: 云岫县档案局, type: 档案局}\nperiod: 2024\ndocument: {kind: 法治政府建设年度报告}\n"
        "facts:\n  - {id: a, topic: 普法, name: 开展普法活动, value: 5, unit: 场}\n"
    )
    report = draft(sheet, notify=notices.append)
    assert report.check is not None
    assert report.check.ok
    assert "我局" in report.text
    assert any("档案局" in line and "其他" in line and "司法局" in line for line in notices)


def test_the_run_folder_keeps_every_stage(tmp_path: Path) -> None:
    draft(load_facts(CASES[0] / "facts.yaml"), run_dir=tmp_path / "run")
    assert {path.name for path in (tmp_path / "run").iterdir()} >= {
        "sheet.json",
        "plan.json",
        "report.json",
        "report.txt",
        "check.json",
    }


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development material ../shared is not here")
@pytest.mark.parametrize("source", ["003", "000", "004"])
def test_real_reports_trace_to_their_cases(source: str) -> None:
    """Every figure of the real report traces to the facts transcribed from it, by meaning."""
    (case,) = (c for c in CASES if c.name.startswith(source))
    (path,) = (SHARED / "seeds").glob(f"{source}_*.txt")
    verdict = check(read_text(path).text, load_facts(case / "facts.yaml"))
    wrong = [i for i in verdict.issues if i.severity == "error" and i.kind != "placeholder"]
    # 004 says 唯一一家 where the sheet says 唯一的.
    assert len(wrong) <= (1 if source == "004" else 0), wrong
    assert verdict.omitted == ()


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development material ../shared is not here")
def test_statements_and_seeds_are_written_in_own_words() -> None:
    """No run of 20 characters of a real report stands in what the project ships."""
    fixed = re.compile(
        "履行推进法治建设第一责任人职责|发挥行政复议化解行政争议主渠道作用|习近平新时代中国特色社会主义思想|《[^》]*》|“[^”]*”"
        "|(?:20[0-9]{2}年)?工作总结[与和]20[0-9]{2}年工作(?:计划|要点)"
    )
    real = [
        fixed.sub("|", p.read_text("utf-8", "replace")) for p in (SHARED / "seeds").glob("*.txt")
    ]
    runs = {re.sub(r"\s", "", text)[i : i + 20] for text in real for i in range(len(text) - 19)}
    for path in [*(ROOT / "seeds").glob("*.md"), *(ROOT / "eval" / "cases").glob("*/facts.yaml")]:
        told = "\n".join(line for line in path.read_text("utf-8").split("\n") if "，" in line)
        own = fixed.sub("|", told)
        shared_runs = [own[i : i + 20] for i in range(len(own) - 19) if own[i : i + 20] in runs]
        assert shared_runs == [], path.name
