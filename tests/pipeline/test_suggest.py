"""``draft(..., suggest=True)``: deeds of the library are offered, marked, and let nothing through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from common import CASES, ROOT
from fzwriter import draft, load_facts
from fzwriter.check import check
from fzwriter.documents import read_text
from fzwriter.facts import FactSheet, loads_facts
from fzwriter.numbers import find_numbers
from fzwriter.output import write_docx
from fzwriter.pipeline.offers import may_be_offered
from fzwriter.reading import read_seeds
from fzwriter.report import Report
from fzwriter.settings import Settings
from fzwriter.units import find_profile
from fzwriter.writing import make_plan
from fzwriter.writing.composer import Composer
from fzwriter.writing.suggest import marked, with_suggestions

SOME = ("003-sifaju-baogao", "rewrite-zhen", "small-3-facts", "001d-xianzhengfu-zongjie")


@pytest.fixture(scope="module")
def offered(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, tuple[FactSheet, Report, Report]]:
    """Some cases drafted without and with suggestions."""
    home = Settings(home=tmp_path_factory.mktemp("suggest"))
    made = {}
    for case in CASES:
        if case.name in SOME:
            sheet = load_facts(case / "facts.yaml")
            plain = draft(sheet, settings=home, writer="offline")
            made[case.name] = (
                sheet,
                plain,
                draft(sheet, settings=home, writer="offline", suggest=True),
            )
    return made


def marks(report: Report) -> list[str]:
    return [p.text for p in report.paragraphs() if p.text.startswith("【建议，待取舍：")]


@pytest.mark.parametrize("name", SOME)
def test_every_suggestion_is_an_error_and_the_only_kind(
    name: str, offered: dict[str, tuple[FactSheet, Report, Report]]
) -> None:
    _, plain, report = offered[name]
    assert plain.check is not None
    assert plain.check.ok
    assert marks(plain) == []
    told = marks(report)
    assert told
    assert report.check is not None
    assert not report.check.ok
    errors = [i for i in report.check.issues if i.severity == "error"]
    assert [i.kind for i in errors] == ["unconfirmed"] * len(told)
    assert [report.text[i.start : i.end] for i in errors] == told
    assert any(f"{len(told)}处" in line for line in report.pending)


@pytest.mark.parametrize("name", SOME)
def test_without_its_suggestions_the_draft_is_what_it_was(
    name: str, offered: dict[str, tuple[FactSheet, Report, Report]]
) -> None:
    _, plain, report = offered[name]
    lines = [line for line in report.text.split("\n") if not line.startswith("【建议")]
    assert "\n".join(lines) == plain.text


@pytest.mark.parametrize("name", SOME)
def test_no_figure_or_name_of_a_seed_comes_in(
    name: str, offered: dict[str, tuple[FactSheet, Report, Report]]
) -> None:
    _, _, report = offered[name]
    text = "\n".join(marks(report))
    assert not re.search(r"\d|〔", text)
    assert not [m for m in find_numbers(text) if m.kind in ("quantity", "date", "docnum")]
    for path in sorted((ROOT / "seeds").glob("*.md")):
        for seed in read_seeds(path):
            assert not [name for name in (*seed.places, *seed.people, seed.unit) if name in text]
            assert path.stem in report.seeds or not set(seed.paragraphs) & set(marks(report))


def test_a_finished_word_file_still_shows_them_as_errors(
    offered: dict[str, tuple[FactSheet, Report, Report]], tmp_path: Path
) -> None:
    sheet, _, report = offered["003-sifaju-baogao"]
    write_docx(report, tmp_path / "report.docx")
    again = check(read_text(tmp_path / "report.docx").text, sheet)
    assert sum(i.kind == "unconfirmed" for i in again.issues) == len(marks(report))


HEAD = (
    "unit: {name: 云岫县司法局, type: 司法局, level: 县}\nperiod: 2024\n"
    "document: {kind: 法治政府建设年度报告}\nfacts:\n"
    "  - {id: a, topic: 普法, name: 开展普法活动, value: 5, unit: 场}\n"
    "  - {id: b, topic: 行政复议, name: 收到行政复议申请, value: 7, unit: 件}\n"
)
DEEDS = {
    ("普法", "成效"): [
        "开展普法活动〔数〕场。",
        "编印方言读本〔数〕册，送到院落。",
        "编印方言读本〔数〕册。",
    ],
    ("行政复议", "成效"): ["编印方言读本〔数〕册，送到院落。", "设立听证室，公开听证〔数〕次。"],
    ("", "问题"): ["少数干部遇事找人不找法。", "基层执法力量还不足。", "普法经费偏紧。"],
}


def suggested() -> Iterator[tuple[str, list[str]]]:
    sheet = loads_facts(HEAD)
    plan = make_plan(sheet)
    report = Composer(sheet, plan).compose()
    made = with_suggestions(report, plan, lambda topic, part: DEEDS.get((topic, part), ()))
    for section in made.sections:
        yield section.part, [p.text for p in section.paragraphs if "待取舍" in p.text]


def test_what_is_told_already_or_offered_already_is_not_offered() -> None:
    found = dict(suggested())
    assert sorted(found["成效"]) == [
        "【建议，待取舍：编印方言读本【数】册，送到院落。】",
        "【建议，待取舍：设立听证室，公开听证【数】次。】",
    ]


def test_a_part_without_input_is_offered_two() -> None:
    assert len(dict(suggested())["问题"]) == 2
    assert dict(suggested())["计划"] == []


def test_blanks_stay_visible() -> None:
    assert marked("在〔地名〕办结〔数〕件。") == "【建议，待取舍：在【地名】办结【数】件。】"


@pytest.mark.parametrize(
    ("sentence", "type_", "name", "fits"),
    [
        ("组建咨询委员会，对重大疑难案件集体会商研究。", "司法局", "云岫县司法局", True),
        ("全年办结案件231件，案件质量稳步向好。", "司法局", "云岫县司法局", False),
        ("全年办结案件三百二十件，案件质量稳步向好。", "司法局", "云岫县司法局", False),
        ("在安柘县召开现场会，推广调解经验做法。", "司法局", "云岫县司法局", False),
        ("办理公证〔数〕件，为老人提供上门办证服务。", "镇", "云岫县石岫镇", False),
        ("局党组每季度听取法治工作汇报，研究重点任务。", "镇", "云岫县石岫镇", False),
        ("区商事调解中心受理纠纷〔数〕件，就地化解。", "司法局", "云岫县司法局", False),
        ("守好问题整改关。", "司法局", "云岫县司法局", False),
        ("下一步，将着力做好以下几个方面的重点工作。", "司法局", "云岫县司法局", False),
    ],
)
def test_what_may_be_offered(sentence: str, type_: str, name: str, fits: bool) -> None:
    sheet = loads_facts(HEAD.replace("云岫县司法局, type: 司法局", f"{name}, type: {type_}"))
    assert may_be_offered(sentence, sheet, find_profile(type_, name, "", "")) is fits
