"""Workbooks made of a few rows, as a clerk's program would write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from fzwriter.errors import InputError
from fzwriter.facts import FactSheet, load_facts

UNIT = (
    ("单位名称", "古丈县司法局"),
    ("单位类型", "司法局"),
    ("报告期", 2024),
    ("文种", "法治政府建设年度报告"),
)
HEAD = ("主题", "指标", "数值", "单位", "约数", "上年数", "属于", "备注")
FIRST = ("行政复议", "收到行政复议案件", 48, "件")
Rows = Sequence[Sequence[object]]


def save(
    path: Path,
    facts: Rows = (FIRST,),
    *,
    head: Sequence[object] = HEAD,
    unit: Rows = UNIT,
    sheets: Mapping[str, Rows] | None = None,
    touch: Callable[[Any], None] | None = None,
) -> Path:
    """A facts workbook; ``touch`` may change it before it is saved."""
    book = Workbook()
    book.active.title = "单位信息"
    for row in unit:
        book.active.append(row)
    for name, rows in {"数据": (head, *facts), **(sheets or {})}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if touch is not None:
        touch(book)
    book.save(path)
    return path


def repack(path: Path, parts: Mapping[str, bytes | None]) -> Path:
    """Replace, add or (None) drop parts of the package."""
    with zipfile.ZipFile(path) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    old.update(parts)  # type: ignore[arg-type]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in old.items():
            if data is not None:
                archive.writestr(name, data)
    path.write_bytes(stream.getvalue())
    return path


def part(path: Path, name: str) -> bytes:
    """One part of the package."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def sheet_of(tmp_path: Path, *facts: object, **more: Any) -> FactSheet:
    """What a workbook with these rows is read as."""
    return load_facts(save(tmp_path / "数据.xlsx", facts or (FIRST,), **more))


def message_of(tmp_path: Path, *facts: object, **more: Any) -> str:
    """The one line about a workbook that can't be read, without the path."""
    path = save(tmp_path / "数据.xlsx", facts or (FIRST,), **more)
    with pytest.raises(InputError) as caught:
        load_facts(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    assert caught.value.remedy
    return message.removeprefix(str(path)).strip()
