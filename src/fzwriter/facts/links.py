"""What the parts of a sheet say of each other: ids, parts and totals, formulas.

A sheet in which these do not hold can't be drafted from; ``load`` refuses it. What merely
contradicts itself is for ``lint``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence

from fzwriter.errors import InputError
from fzwriter.facts.derive import evaluate_all
from fzwriter.facts.formula import parse, refs
from fzwriter.facts.lint_common import in_columns
from fzwriter.facts.model import Fact, FactSheet
from fzwriter.facts.problems import Problem, Problems

# An id stands in slots, [[f03]] and [[s2.1]], and in formulas, which can't hold "1" or "a b".
_ID = re.compile(r"[^\W\d][\w-]*")
_LISTS = ("facts", "derived", "statements")


def find_broken_links(sheet: FactSheet, places: Mapping[str, Sequence[str]]) -> Problems:
    """Every broken link; ``places`` holds where the entries of each list of the sheet stand."""
    # A wrong id makes wrong what refers to it.
    problems = _ids(sheet, places) or _parts(sheet, places.get("facts", ()))
    # Values mean something only once every id does.
    return problems or _formulas(sheet, places.get("derived", ()))


def _ids(sheet: FactSheet, places: Mapping[str, Sequence[str]]) -> Problems:
    problems: Problems = []
    first: dict[str, str] = {}
    for kind in _LISTS:
        for entry, place in zip(getattr(sheet, kind), places.get(kind, ()), strict=True):
            if not _ID.fullmatch(entry.id):
                what = f"编号“{entry.id}”不能用"
                remedy = "编号以字母开头，只含字母、数字、_ 和 -，如 f04"
                problems.append(Problem(place, what, remedy))
            elif entry.id in first:
                what = f"编号 {entry.id} 重复：{first[entry.id]}与{place}"
                remedy = "每条的编号须不同；没写编号的定性材料依次自动编为 s1、s2…"
                problems.append(Problem(place, what, remedy))
            else:
                first[entry.id] = place
    return problems


def _parts(sheet: FactSheet, places: Sequence[str]) -> Problems:
    problems: Problems = []
    facts, columns = sheet.by_id, in_columns(sheet)
    order = {id: number for number, id in enumerate(facts)}
    for fact, place in zip(sheet.facts, places, strict=True):
        if not fact.parts_of:
            continue
        if fact.parts_of == fact.id:
            what, remedy = f"{fact.id} 的 parts_of 写成了自己", "请写所属总数的编号"
            if columns:
                what, remedy = f"“{fact.name}”的“属于”写成了它自己", "请写所属总数的指标名称"
        elif fact.parts_of not in facts:
            what = f"{fact.id} 的 parts_of“{fact.parts_of}”不是任何数据的编号"
            remedy = _nearest(fact.parts_of, facts)
        elif fact.id in (chain := _totals(fact.parts_of, facts)):
            # Told once, at the first fact of the cycle.
            if fact.id != min((fact.id, *chain), key=order.__getitem__):
                continue
            circle = (facts[id].name if columns else id for id in (fact.id, *chain))
            what = f"{'“属于”' if columns else 'parts_of '}互为部分：{' → '.join(circle)}"
            remedy = "请改正其中一处"
        else:
            continue
        problems.append(Problem(place, what, remedy))
    return problems


def _totals(start: str, facts: Mapping[str, Fact]) -> list[str]:
    """``start``, the total it is a part of, and so on, until the end or the first repetition."""
    chain = {start: None}  # in order, and quick to look into
    last = start
    while (fact := facts.get(last)) and fact.parts_of and fact.parts_of not in chain:
        last = fact.parts_of
        chain[last] = None
    return list(chain)


def _nearest(word: str, known: Iterable[str]) -> str:
    known = list(known)
    near = difflib.get_close_matches(word, known, 1, 0.5)
    return f"最接近的是 {near[0]}" if near else f"已有的编号：{'、'.join(known[:8])}"


def _formulas(sheet: FactSheet, places: Sequence[str]) -> Problems:
    problems: Problems = []
    known = [*sheet.by_id, *sheet.derived_by_id]
    for derived, place in zip(sheet.derived, places, strict=True):
        try:
            if not refs(parse(derived.formula, known)):
                what = f"{derived.id} 的公式“{derived.formula}”没有用到任何编号"
                problems.append(Problem(place, what, "公式要由编号组成，如 f30/f29"))
        except InputError as error:
            problems.append(Problem(place, f"{derived.id} 的{error.problem}", error.remedy))
    problems = problems or _values(sheet, places)
    return [_in_names(one, sheet) for one in problems] if in_columns(sheet) else problems


def _in_names(problem: Problem, sheet: FactSheet) -> Problem:
    """What is wrong with a formula in the words of a workbook, whose ids nobody typed."""
    names = {one.id: one.name for each in (sheet.facts, sheet.derived) for one in each}
    ids = "|".join(re.escape(id) for id in sorted(names, key=len, reverse=True))
    what = re.sub(rf"(?<![\w-])(?:{ids})(?![\w-])", lambda found: names[found[0]], problem.what)
    what = what.replace("任何编号", "任何指标")
    remedy = problem.remedy
    if "编号" in remedy:
        remedy = "公式由指标名称、数字、+ - * / 和括号组成，如 调解成功/调解矛盾纠纷"
    return Problem(problem.place, what, remedy)


def _values(sheet: FactSheet, places: Sequence[str]) -> Problems:
    problems: Problems = []
    values = evaluate_all(sheet)
    for derived, place in zip(sheet.derived, places, strict=True):
        value = values[derived.id]
        if isinstance(value, InputError):
            problems.append(Problem(place, value.problem, value.remedy))
    return problems
