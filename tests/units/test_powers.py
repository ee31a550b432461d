from __future__ import annotations

import pytest

from fzwriter.check import check
from fzwriter.facts import loads_facts
from fzwriter.units import foreign_powers


@pytest.mark.parametrize(
    ("type_", "text", "foreign"),
    [
        ("镇", "全年审理行政复议案件3件。", True),
        ("镇", "作为被申请人的行政复议案件3件。", False),
        ("镇", "配合做好行政复议案件答复。", False),
        ("司法局", "收到行政复议案件48件，维持9件。", False),
        ("区县政府", "办理行政复议案件9件。", False),
        ("教育局", "办理公证106件。", True),
        ("教育局", "选聘法治副校长45名。", False),
        ("公安局", "破获刑事案件287起。", False),
        ("司法局", "破获刑事案件287起。", True),
        ("人社局", "受理劳动人事争议仲裁案件236件。", False),
        ("经信局", "受理劳动人事争议仲裁案件236件。", True),
        ("镇", "引导群众申请法律援助，协助办理法律援助申请12件。", False),
        ("经信局", "备案审查规范性文件8件。", True),
        ("经信局", "制定规范性文件备案审查程序。", False),
    ],
)
def test_powers_are_exact(type_: str, text: str, foreign: bool) -> None:
    assert bool(list(foreign_powers(text, type_))) is foreign


SHEET = (
    "unit: {{name: 云溪镇人民政府, type: 镇, level: 镇}}\nperiod: 2024\ndocument: {{kind: 工作总结}}\n"
    "facts:\n  - {{id: a, topic: 行政复议, name: {}, value: 3, unit: 件}}\n"
)


def test_a_foreign_power_is_an_error_in_a_text_and_a_warning_when_the_user_said_so() -> None:
    plain = loads_facts(SHEET.format("作为被申请人的行政复议案件"))
    kinds = {i.kind: i.severity for i in check("全年审理行政复议案件3件。", plain).issues}
    assert kinds["foreign_power"] == "error"
    said = loads_facts(SHEET.format("审理行政复议案件"))
    kinds = {i.kind: i.severity for i in check("全年审理行政复议案件3件。", said).issues}
    assert kinds["foreign_power"] == "warning"


SAID = {
    "name": "facts: [{id: a, topic: 行政复议, name: 审结行政复议案件, value: 3, unit: 件}]",
    "alias": "facts: [{id: a, topic: 行政复议, name: 复议案, value: 3, unit: 件, aliases: [审结行政复议案件]}]",
    "note of a fact": "facts: [{id: a, topic: 行政复议, name: 复议案, value: 3, unit: 件, note: 审结行政复议案件数}]",
    "name of a derived figure": "derived: [{id: d, name: 审结行政复议案件, formula: z, unit: 件}]",
    "alias of a derived figure": "derived: [{id: d, name: 复议案, formula: z, aliases: [审结行政复议案件]}]",
    "statement": "statements: [{text: 依法审结行政复议案件}]",
    "note of a statement": "statements: [{text: 做好复议工作, note: 审结行政复议案件}]",
    "term": "terms: [审结行政复议案件]",
    "title": "document: {kind: 工作总结, title: 柏沅市教育局审结行政复议案件情况总结}",
    "outline": "document: {kind: 工作总结, outline: [审结行政复议案件情况]}",
}


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_what_the_sheet_says_itself_is_no_error(said: str) -> None:
    rest = {
        "facts": "facts: [{id: z, topic: 普法, name: 开展法治讲座, value: 3, unit: 场}]",
        "document": "document: {kind: 工作总结}",
    }
    key = said.partition(":")[0]
    lines = [said, *(line for name, line in rest.items() if name != key)]
    unit = "unit: {name: 柏沅市教育局, type: 教育局, level: 市}\nperiod: 2024\n"
    sheet = loads_facts(unit + "\n".join(lines))
    text = "全年审结行政复议案件3件。"
    found = [i.severity for i in check(text, sheet).issues if i.kind == "foreign_power"]
    assert found == ["warning"]
    plain = loads_facts(unit + "\n".join(rest.values()))
    found = [i.severity for i in check(text, plain).issues if i.kind == "foreign_power"]
    assert found == ["error"]
