"""Is it last year's? Rows, columns, sentences and titles left standing from the year before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fzwriter.domain import looks_back
from fzwriter.facts.lint_common import Finding, ask, how_to_confirm, is_confirmed, quoted
from fzwriter.facts.model import FactSheet, Statement

_FEWEST = 5  # figures that have a last year's value, before their likeness says anything
_NEARLY_ALL = 0.8
_SHOWN_CELLS = 40
_TOLD = 20
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NAMES = re.compile(r"《[^》]{0,200}》|〔[^〕]{0,200}〕|“[^”]{0,200}”")
# A year that opens a clause, by itself or behind what says whose it is: our own time.
_OWN = re.compile(
    r"(?:^|(?<=[。；;！？，,：:]))(?:其中|截至|到|在|[一二三四五六七八九十]是)?"
    r"(?:我|本|全|今年)?[局镇乡县市区州旗办委院]{0,2}(?:在|于)?"
    r"(?P<year>(?:19|20)\d\d)年(?P<behind>度|全年|[上下]半年|第?[一二三四]季度|[\dxX×]{1,2}月(?:\d{1,2}日|份|[上中下]旬|底|末)?)?"
    r"(?P<rest>[^。；;！？]*)"
)
_ANOTHER = re.compile(
    r"^(?:以来|起|的|版|至|到|[—~～–-]|、|和|与|及|之前|以前|底前|同期|前|后|末|底)|相比|同比|同期|今年|本年|当年|去年"
)
_ABOUT_IT = re.compile(
    r"^(?:考核|考评|述法|述职|点评|评议|绩效|督察|审计|预算|目标|任务|要点|计划|报告)"
)
_A_NOUN = re.compile(r"^[^，,。；;\d]{1,14}的(?!是)")


def find_stale(sheet: FactSheet) -> Iterator[Finding]:
    """What the input says of another year than the one reported on."""
    yield from (ask(place, text) for place, text in sheet.unsettled)
    yield from _title(sheet)
    yield from _copied_column(sheet)
    for statement in sheet.statements:
        if (year := _own_year(statement, sheet)) and not is_confirmed(statement.note):
            told = statement.text[:_TOLD] + "……" * (len(statement.text) > _TOLD)
            message = f"{quoted(told)}说的是{year}年的事，而报告期是{_period(sheet)}年："
            if statement.kind == "计划":
                message = (
                    f"{quoted(told)}是{year}年的计划，报告期{_period(sheet)}年的报告应写以后的："
                )
            message += f"上年留下的请换掉或删去；{how_to_confirm(sheet)}"
            yield ask(statement.source, message, statement.id)


def _period(sheet: FactSheet) -> str:
    years = dict.fromkeys((sheet.period.from_.year, sheet.period.to.year))
    return "—".join(map(str, years))


def _title(sheet: FactSheet) -> Iterator[Finding]:
    title = sheet.document.title
    years = [int(year) for year in _YEAR.findall(_NAMES.sub("", title))]
    if years and not any(_is_own(year, sheet) for year in years):
        message = f"{quoted(title)}写的是{years[0]}年，而报告期是{_period(sheet)}年，请改成一致"
        yield ask("标题", message)


def _is_own(year: int, sheet: FactSheet) -> bool:
    return sheet.period.from_.year <= year <= sheet.period.to.year


def _copied_column(sheet: FactSheet) -> Iterator[Finding]:
    """Last year's figures in both columns: what a year leaves as it was is never nearly all."""
    both = [f for f in sheet.facts if f.previous and f.value and not is_confirmed(f.note)]
    same = [fact for fact in both if fact.value == fact.previous]
    if len(both) < _FEWEST or len(same) < _NEARLY_ALL * len(both):
        return
    places = "、".join(fact.source for fact in same[:_SHOWN_CELLS])
    more = "等" if len(same) > _SHOWN_CELLS else ""
    message = (
        f"有上年数的 {len(both)} 个数里，{len(same)} 个的本年数和上年数一样（{places}{more}），"
        f"像是去年的数还没有换：{how_to_confirm(sheet)}"
    )
    yield ask(same[0].source, message, *(fact.id for fact in same))


def _own_year(statement: Statement, sheet: FactSheet) -> int:
    """The year, not the report's, that a statement gives as the time of what it tells; 0 for none."""
    plan = statement.kind == "计划"
    text = _NAMES.sub("", statement.text)
    for found in _OWN.finditer(text):
        year = int(found["year"])
        if plan and not _is_past_plan(year, sheet):
            continue
        if not plan and _is_own(year, sheet):
            continue
        if _tells(found["behind"] or "", found["rest"], sheet):
            return year
    return 0


def _is_past_plan(year: int, sheet: FactSheet) -> bool:
    """Whether a plan for this year is last year's plan: it should be for the time behind."""
    if not looks_back(sheet.document.kind):
        return False
    return year < sheet.period.year or (year == sheet.period.year and sheet.period.to.month == 12)


def _tells(behind: str, rest: str, sheet: FactSheet) -> bool:
    """Whether what stands behind a year tells of that year, and not of its traces in this one."""
    if _ANOTHER.search(rest) or any(_is_own(int(year), sheet) for year in _YEAR.findall(rest)):
        return False
    if re.search(r"\d", rest):
        return not _ABOUT_IT.search(rest)
    own = behind != "度" or rest.startswith(("，", ","))
    return own and not _A_NOUN.search(rest.lstrip("，,"))
