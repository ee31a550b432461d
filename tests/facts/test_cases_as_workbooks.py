"""Every case of the evaluation, written as a workbook, is read as the same sheet."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from common import CASES
from fzwriter.facts import Derived, Fact, FactSheet, Statement, load_facts
from fzwriter.facts.workbook import Content, Row, workbook_bytes


def listed(words: tuple[str, ...]) -> str:
    return "".join(f"{word}；" for word in words)


def fact_row(fact: Fact) -> Row:
    row: dict[str, str | Decimal] = {
        key: getattr(fact, key)
        for key in ("id", "topic", "name", "value", "unit", "approx", "parts_of", "note")
    }
    row |= {"units": listed(fact.units), "aliases": listed(fact.aliases)}
    row |= {"previous": fact.previous} if fact.previous is not None else {}
    row |= {"parts_complete": "是"} if fact.parts_complete else {}
    return row | ({} if fact.required else {"required": "否"})


def derived_row(derived: Derived) -> Row:
    row = {key: getattr(derived, key) for key in ("id", "topic", "name", "formula", "unit")}
    row |= {"aliases": listed(derived.aliases), "required": "是" if derived.required else ""}
    return row | {"digits": "" if derived.digits is None else str(derived.digits)}


def content_of(sheet: FactSheet) -> Content:
    document = sheet.document
    unit = {key: str(getattr(sheet.unit, key)) for key in ("name", "type", "level", "region")}
    unit |= {key: str(getattr(document, key) or "") for key in ("kind", "title", "addressee")}
    unit |= {"date": str(document.date or ""), "length": str(document.length or "")}
    unit |= {"period": str(sheet.period.year), "outline": "\n".join(document.outline)}
    rows: dict[str, list[Row]] = {
        "facts": [fact_row(fact) for fact in sheet.facts],
        "derived": [derived_row(derived) for derived in sheet.derived],
        "terms": [{"text": term} for term in sheet.terms],
    }
    for one in sheet.statements:
        rows.setdefault(one.kind, []).append({"id": one.id, "topic": one.topic, "text": one.text})
    return Content(unit=unit, rows=rows, year=sheet.period.year)


def told(entries: tuple[Fact | Derived | Statement, ...]) -> list[dict[str, Any]]:
    return sorted((e.model_dump(exclude={"source"}) for e in entries), key=lambda e: str(e["id"]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_as_a_workbook(case: Path, tmp_path: Path) -> None:
    sheet = load_facts(case / "facts.yaml")
    path = tmp_path / "数据.xlsx"
    path.write_bytes(workbook_bytes(content_of(sheet)))
    loaded = load_facts(path)
    assert told(loaded.facts) == told(sheet.facts)
    assert told(loaded.derived) == told(sheet.derived)
    assert told(loaded.statements) == told(sheet.statements)
    assert (loaded.unit, loaded.period, loaded.document) == (
        sheet.unit,
        sheet.period,
        sheet.document,
    )
    assert (loaded.terms, loaded.notices) == (sheet.terms, ())
