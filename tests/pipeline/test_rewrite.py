"""Rewriting: whose report, of which year, from which kind of source; a clear outcome for each."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from common import ROOT, SHARED
from fzwriter import load_facts, rewrite
from fzwriter.errors import InputError
from fzwriter.facts import FactSheet
from fzwriter.facts import load_facts as load
from fzwriter.pipeline.carry import candidates
from fzwriter.pipeline.rewrite import prove
from fzwriter.pipeline.rewrite_source import mode_of, read_report, same_unit
from fzwriter.reading import SeedReport, read_seeds
from fzwriter.report import Report
from fzwriter.units import find_profile
from fzwriter.writing.rewriting import read_source

CASES = ROOT / "eval" / "cases"
SIFAJU = CASES / "003-sifaju-baogao" / "facts.yaml"
ZHEN = CASES / "001b-zhen-zongjie-jihua" / "facts.yaml"
JIAOYU = CASES / "001c-jiaoyuju-zongjie" / "facts.yaml"
BINHU = CASES / "004-sifaju-baogao" / "facts.yaml"


def seed(name: str) -> SeedReport:
    return read_seeds(ROOT / "seeds" / f"{name}.md")[0]


def of_year(sheet: FactSheet, year: int, title: str = "") -> FactSheet:
    raw = sheet.model_dump(by_alias=True)
    raw["period"] = year
    raw["document"]["title"] = title
    return FactSheet.model_validate(raw)


def errors(report: Report) -> list[str]:
    assert report.check is not None
    return [f"{i.kind} {i.message}" for i in report.check.issues if i.severity == "error"]


def headings(report: Report, style: str) -> list[str]:
    found = (p.text[: p.lead] or p.text for p in report.paragraphs() if p.style in (style, "body"))
    pattern = (
        r"[一二三四五六七八九十]+、" if style == "heading1" else r"（[一二三四五六七八九十]+）"
    )
    return [re.sub(pattern, "", text).rstrip("。") for text in found if re.match(pattern, text)]


# -- what is kept, adapted, dropped, added -----------------------------------------------------


def test_sections_follow_the_source_and_what_the_target_lacks_is_dropped_with_the_reason() -> None:
    report = rewrite(seed("sifaju-baogao-2023"), load_facts(ZHEN), writer="offline")
    by_source = {d.source: d for d in report.decisions if d.source}
    assert by_source["存在的不足和原因"].action == "沿用"
    mediation = next(d for d in report.decisions if "矛盾纠纷化解" in d.source)
    assert mediation.action == "改写"
    services = next(d for d in report.decisions if "公共法律服务" in d.source)
    assert services.action == "舍去"
    assert "镇没有“办理法律援助”职权" in services.why
    added = {d.target for d in report.decisions if d.action == "新增"}
    assert any("放管服" in target for target in added)


def test_a_figure_sentence_without_a_counterpart_is_listed_masked() -> None:
    report = rewrite(seed("sifaju-baogao-2023"), load_facts(ZHEN), writer="offline")
    gone = [line for d in report.decisions for line in d.details]
    assert any("本单位数据没有" in line and "〔数〕" in line for line in gone)
    for line in gone:
        told = line.split("：")[0]
        assert not re.search(r"\d+(?:件|人|次|份|名|万)", told), line
        assert "砚岭" not in line


def test_a_half_matched_figure_sentence_names_the_figures_that_went() -> None:
    text = (
        "某县司法局关于2023年度法治政府建设情况的报告\n一、主要举措和成效\n"
        "（一）做实人民调解，维护社会稳定\n坚持预防在先，全年调解矛盾纠纷5120件，发放调解员补贴88万元。"
        "扎实开展排查，把纠纷解决在基层。\n"
        "（二）加强法治宣传\n坚持普治并举，广泛开展法治宣传教育活动，营造尊法学法守法用法的良好氛围。\n"
        "二、存在的不足和原因\n一是普法针对性不强。二是执法队伍能力有待提升。\n三、下步工作安排\n"
        "一是加强普法。深入推进法治宣传。二是规范执法。推进严格规范公正文明执法，提升依法行政水平。"
    )
    lines = tuple(text.split("\n"))
    source = replace(
        seed("sifaju-baogao-2023"),
        title=lines[0],
        unit="某县司法局",
        paragraphs=lines[1:],
        places=(),
    )
    report = rewrite(source, load_facts(ZHEN), writer="offline")
    gone = [line for d in report.decisions for line in d.details if "调解矛盾纠纷" in line]
    assert gone == [line for line in gone if "发放调解员补贴" in line and "相应分句舍去" in line]
    assert gone
    assert "5120" not in report.text
    assert "88万" not in report.text


def test_framing_of_the_source_is_said_in_the_target_s_register() -> None:
    report = rewrite(seed("zhen-zongjie-jihua-2023"), load_facts(SIFAJU), writer="offline")
    text = report.text
    assert "对照上级要求和群众期盼，我局法治建设还有不少欠账，需要正视。" in text
    assert "新的一年，我局将继续以习近平法治思想为指引" in text
    assert "我镇" not in text
    assert "镇党委" not in text


def test_the_source_s_own_field_is_not_spoken_of_even_where_the_sheet_names_its_bureau() -> None:
    sheet = load_facts(SIFAJU)
    assert any("公安" in s.text for s in sheet.statements)
    report = rewrite(seed("gonganju-zongjie-silu-2023"), sheet, writer="offline")
    assert "法治公安" not in report.text


def test_a_promise_of_so_many_points_is_not_kept_when_there_are_others() -> None:
    report = rewrite(seed("sifaju-baogao-2023"), load_facts(JIAOYU), writer="offline")
    assert "集中体现在以下方面：" in report.text
    assert "四个方面" not in report.text


def test_the_first_plan_of_the_source_is_no_lead_of_the_target_s(tmp_path: Path) -> None:
    path = tmp_path / "源.md"
    path.write_text(
        "松岭县司法局2023年法治建设工作总结\n2023年，我局推进法治建设。现将工作情况总结如下：\n"
        "一、主要工作\n（一）加强组织领导\n"
        + "定期召开会议研究法治工作，逐项明确责任分工。"
        * 8
        + "\n（二）深化法治宣传\n开展宣传活动。\n"
        "二、存在的问题\n普法形式单一。\n三、下步工作安排\n"
        "一是健全联动机制，提升化解实效。\n二是提高普法水平。丰富普法形式，办好普法活动。\n",
        "utf-8",
    )
    report = rewrite(path, load_facts(JIAOYU), writer="offline")
    (plans,) = (section for section in report.sections if section.part == "计划")
    assert "健全联动机制" not in report.text
    assert plans.paragraphs[1].text.startswith("一是")


def test_items_in_one_paragraph_stay_in_one_and_those_in_several_in_several() -> None:
    inline = rewrite(seed("zhen-zongjie-jihua-2023"), load_facts(JIAOYU), writer="offline")
    problems = next(s for s in inline.sections if s.part == "问题")
    assert len([p for p in problems.paragraphs if p.style == "body"]) == 1
    assert "二是" in problems.paragraphs[-1].text
    apart = rewrite(seed("jingxinju-zongjie-2023"), load_facts(ZHEN), writer="offline")
    problems = next(s for s in apart.sections if s.part == "问题")
    assert sum(p.text[1:2] == "是" for p in problems.paragraphs) >= 0


def test_an_outline_from_above_stays_as_it_was_handed_down() -> None:
    facts = CASES / "outline-handed-down" / "facts.yaml"
    sheet = load(facts)
    report = rewrite(seed("zhen-zongjie-jihua-2023"), sheet, writer="offline")
    assert errors(report) == []
    ours = [
        re.sub(r"^[（(]?[一二三四五六七八九十]+[)）]?[、.]?\s*", "", o)
        for o in sheet.document.outline
    ]
    assert headings(report, "heading1") == ours


def test_the_same_source_and_sheet_give_the_same_report() -> None:
    one, other = (
        rewrite(seed("jiaoyuju-zongjie-2023"), load_facts(ZHEN), writer="offline") for _ in range(2)
    )
    assert one == other


# -- modes -------------------------------------------------------------------------------------


def test_a_unit_s_next_year_takes_nothing_of_last_year_s_figures() -> None:
    source = seed("sifaju-baogao-2023")
    sheet = load_facts(SIFAJU)
    raw = sheet.model_dump(by_alias=True)
    raw["unit"]["name"] = source.unit
    raw["unit"]["region"] = ""
    raw["document"]["title"] = ""
    raw["statements"] = [s for s in raw["statements"] if "古丈" not in s["text"]]
    same = FactSheet.model_validate(raw)
    assert mode_of(source, same) == "next_year"
    report = rewrite(source, same, writer="offline")
    assert errors(report) == []
    assert "2024年" in report.text
    assert "2025年" in report.text
    figures = set(re.findall(r"\d{3,}(?:件|人次|人|份|场)", source.text))
    mine = {f"{f.value:f}{f.unit}" for f in same.facts}
    assert [figure for figure in figures - mine if figure in report.text] == []


@pytest.mark.parametrize(
    ("year", "told"), [(2023, "单位和年度都与数据相同"), (2022, "后一年改写前一年")]
)
def test_a_unit_s_own_report_of_this_year_or_a_later_one_can_t_be_rewritten(
    year: int, told: str
) -> None:
    source = seed("sifaju-baogao-2023")
    raw = of_year(load_facts(SIFAJU), year).model_dump(by_alias=True)
    raw["unit"]["name"] = source.unit
    with pytest.raises(InputError, match=told):
        rewrite(source, FactSheet.model_validate(raw), writer="offline")


def test_units_are_the_same_by_name_with_or_without_the_places_above() -> None:
    assert same_unit("湖滨区司法局", "三门峡市湖滨区司法局")
    assert same_unit("云汀区人民政府槿湾街道办事处", "槿湾街道")
    assert not same_unit("古丈县司法局", "湖滨区司法局")
    assert not same_unit("司法局", "公安局")


def test_last_year_s_figures_and_plans_become_candidates_marked_to_be_confirmed(
    tmp_path: Path,
) -> None:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    found = candidates(ROOT / "seeds" / "sifaju-baogao-2023.md")
    path = tmp_path / "候选.xlsx"
    path.write_bytes(found.workbook)
    book = load_workbook(path)
    assert found.figures > 20
    assert found.plans > 3
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    cells = [str(cell) for row in rows for cell in row if cell is not None]
    assert cells.count("去年数待换") >= found.figures + found.plans
    assert any(cell.startswith("上年计划：") for cell in cells)
    facts = book["数据"]
    columns = {str(c.value): c.column - 1 for c in facts[1]}
    value = next(at for name, at in columns.items() if name.startswith("数值"))
    assert all(row[value] in (None, "") for row in facts.iter_rows(min_row=2, values_only=True))


# -- sources -----------------------------------------------------------------------------------


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "source.txt"
    path.write_text(text, "utf-8")
    return path


def test_a_source_without_headings_lends_what_it_has(tmp_path: Path) -> None:
    report = seed("zhen-zongjie-jihua-2023")
    numbered = r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）"
    bare = [
        re.sub(r"^\d\. ?[^。]*。", "", p) for p in report.paragraphs if not re.match(numbered, p)
    ]
    path = write(tmp_path, "\n".join([report.title, *bare]))
    source = read_report(path)
    made = rewrite(source, load_facts(JIAOYU), writer="offline")
    assert errors(made) == []
    assert len(headings(made, "heading1")) >= 3
    assert any(d.source.startswith("（无标题）") for d in made.decisions)
    assert "无标题" not in made.text
    assert "对照上级要求和群众期盼，我局法治建设还有不少欠账" in made.text


def test_a_source_of_forty_pages_is_rewritten(tmp_path: Path) -> None:
    names = ("sifaju-baogao-2023", "sifaju-zongjie-jihua-2023", "sifaju-zongjie-yaodian-2022")
    body = [p for name in names for p in seed(name).paragraphs if len(p) > 60]
    title = "浔川县司法局关于2022年度法治政府建设情况的报告"
    lines = [title, "一、主要举措和成效"]
    topics = ("人民调解", "法治宣传", "行政复议", "行政执法监督", "合法性审查", "公共法律服务")
    for number in range(32):
        lines.append(f"（{'一二三四五六七八九十'[number % 10]}）做好{topics[number % 6]}工作")
        lines += body[number % 7 : number % 7 + 4]
    lines += [
        "二、存在的不足和原因",
        "一是普法实效有待提升。二是执法能力不强。",
        "三、下步工作安排",
        body[-1],
    ]
    path = write(tmp_path, "\n".join(lines))
    source = read_report(path)
    assert len(source.text) > 24_000
    made = rewrite(source, load_facts(ZHEN), writer="offline")
    assert errors(made) == []
    told = [d for d in made.decisions if d.source]
    assert len(told) >= 30


@pytest.mark.parametrize(
    "text",
    [
        "关于2023年防汛工作的总结\n"
        + "今年汛期降雨偏多，各级干部坚守一线，加固堤防，转移群众，保障了安全度汛。" * 20,
        "春天的故事\n" + "那年春天，山里的桃花开得很早，溪水漫过石桥，孩子们在河滩上放风筝。" * 20,
    ],
    ids=["another kind of report", "a story"],
)
def test_a_source_that_is_no_such_report_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="不像法治建设一类的报告"):
        rewrite(write(tmp_path, text), load_facts(ZHEN), writer="offline")


def test_a_missing_pick_names_how_many_there_are() -> None:
    with pytest.raises(InputError, match="没有第 3 篇报告"):
        rewrite(
            ROOT / "seeds" / "sifaju-baogao-2023.md", load_facts(ZHEN), pick=3, writer="offline"
        )


def test_a_target_without_material_says_what_must_be_confirmed() -> None:
    sheet = load_facts(CASES / "small-3-facts" / "facts.yaml")
    report = rewrite(seed("sifaju-baogao-2023"), sheet, writer="offline")
    assert errors(report) == []
    assert any("请补充" in line for line in report.pending)
    dropped = [d for d in report.decisions if d.action == "舍去"]
    assert any(d.why.startswith("水利局没有“") for d in dropped)


# -- the proof ---------------------------------------------------------------------------------


def test_the_proof_takes_names_of_the_sheet_for_the_target_s_own() -> None:
    source = read_source(seed("zhen-zongjie-jihua-2023"))
    raw = load_facts(JIAOYU).model_dump(by_alias=True)
    told = {"topic": "普法", "kind": "举措", "text": "与砚桥镇联合开展送法下乡"}
    raw["statements"] = [*raw["statements"], told]
    held = FactSheet.model_validate(raw)
    text = "柏沅市教育局2023年法治建设工作总结\n一、主要工作\n与砚桥镇联合开展送法下乡。\n"
    kinds = {i.kind for i in prove(text, held, source).issues if i.severity == "error"}
    assert "leaked_name" not in kinds
    kinds = {
        i.kind for i in prove(text, load_facts(JIAOYU), source).issues if i.severity == "error"
    }
    assert "leaked_name" in kinds


# -- real reports ------------------------------------------------------------------------------

REAL = [
    ("003_ae8c9434b8aeff61.txt", 1, ZHEN),
    ("000_9eb541d4d82ae6fc.txt", 1, JIAOYU),
    ("001_e3b123c48a8605fa.txt", 4, CASES / "002-sifaju-zongjie-jihua" / "facts.yaml"),
    ("001_e3b123c48a8605fa.txt", 2, ZHEN),
]


@pytest.mark.parametrize(
    ("name", "pick", "facts"), REAL, ids=["003-镇", "000-教育局", "001d-司法局", "001b-镇"]
)
def test_real_reports_are_rewritten_for_other_units(name: str, pick: int, facts: Path) -> None:
    path = SHARED / "seeds" / name
    if not path.is_file():
        pytest.skip("the development material ../shared is not here")
    sheet = load_facts(facts)
    report = rewrite(path, sheet, pick=pick, writer="offline")
    assert errors(report) == []
    profile = find_profile(sheet.unit.type, sheet.unit.name, sheet.unit.level, sheet.unit.region)
    assert profile.self in report.text
    assert len(report.decisions) >= 4
    assert not re.search("[xX×]{2}|〔", report.text)


def test_a_real_report_of_a_unit_is_rewritten_for_its_next_year() -> None:
    path = SHARED / "seeds" / "004_537287280db083c9.txt"
    if not path.is_file():
        pytest.skip("the development material ../shared is not here")
    sheet = of_year(load_facts(BINHU), 2024)
    source = read_report(path)
    assert mode_of(source, sheet) == "next_year"
    report = rewrite(source, sheet, writer="offline")
    assert errors(report) == []
    assert report.title == "三门峡市湖滨区司法局关于2024年度法治政府建设情况的报告"
    assert "2025年推进法治政府建设的工作安排" in headings(report, "heading1")
    assert "2023年" not in re.sub("《[^《》]*》", "", report.text)
    assert "示范创建。贯彻" not in report.text  # no lead that only shares 推进 with its item
    assert report.sections[0].paragraphs[0].text.count("扎实做好") == 1
