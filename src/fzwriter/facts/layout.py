"""What ``workbook.yaml`` says: the sheets of a facts workbook, their columns, how people spell them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

PENDING = "pending"  # the key of the column that marks rows still to be brought up to date
STALE = "去年数待换"  # what that column says of a row read off last year's report
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?(?:数|数值|同期|同期数)?")


@dataclass(frozen=True)
class Column:
    """One column, or one line of the sheet on the unit.

    Attributes:
        key: field of the facts file.
        heading: as the template writes it.
        spellings: plain forms of all headings that mean it.
        note: for the clerk.
        width: in characters.
        required: a sheet without it can't be read.
        flag: holds 是 or 否.
        many: holds several values.
        mixed: only of use in the sheet for statements of all kinds.
    """

    key: str
    heading: str
    spellings: frozenset[str]
    note: str = ""
    width: int = 0
    required: bool = False
    flag: bool = False
    many: bool = False
    mixed: bool = False


Columns = Mapping[str, Column]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its role, its name in the template, plain forms of its names."""

    role: str
    name: str
    spellings: frozenset[str]


@dataclass(frozen=True)
class Layout:
    """All sheets and the columns of each sort of sheet."""

    sheets: tuple[Sheet, ...]
    ignored_sheets: frozenset[str]
    columns: Mapping[str, Columns]
    ignored_columns: frozenset[str]

    def role_of(self, name: str) -> str:
        """The role of the sheet called ``name``: ``facts``, ``计划``…; "" for an unknown one."""
        plain = plain_heading(name)
        return next((sheet.role for sheet in self.sheets if plain in sheet.spellings), "")

    def sheet(self, role: str) -> Sheet:
        """The sheet with this role."""
        return next(sheet for sheet in self.sheets if sheet.role == role)

    def columns_of(self, role: str) -> Columns:
        """The columns of a sheet with this role; those of 计划 are those of any statement."""
        return self.columns.get(role, self.columns["statements"])


def plain_heading(text: str) -> str:
    """A heading without what doesn't tell it: blanks, remarks in brackets, stars, full width."""
    text = _BRACKETED.sub("", unicodedata.normalize("NFKC", text))
    return re.sub(r"[\s*:：“”\"'、]", "", text)


def year_of_heading(plain: str) -> int:
    """2024 for 2024年, 2024年度数…; 0 for a heading without a year."""
    found = _YEAR.fullmatch(plain)
    return int(found[1]) if found else 0


def _column(key: str, entry: Mapping[str, Any]) -> Column:
    names = [entry["heading"], *entry.get("spellings", ())]
    return Column(
        key=key,
        heading=entry["heading"],
        spellings=frozenset(map(plain_heading, names)),
        note=entry.get("note", ""),
        width=entry.get("width", 0),
        required=entry.get("required", False),
        flag=entry.get("flag", False),
        many=entry.get("list", False),
        mixed=entry.get("mixed", False),
    )


@functools.cache
def load_layout() -> Layout:
    """The layout, read once."""
    text = files(__package__).joinpath("workbook.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    pending = _column(PENDING, data["pending"])
    columns = {
        role: {key: _column(key, entry) for key, entry in data[role].items()}
        for role in ("unit", "facts", "statements", "derived", "terms")
    }
    for role in ("facts", "statements", "derived"):
        columns[role][PENDING] = pending
    sheets = tuple(
        Sheet(
            role, entry["name"], frozenset(map(plain_heading, (entry["name"], *entry["spellings"])))
        )
        for role, entry in data["sheets"].items()
    )
    return Layout(
        sheets, frozenset(data["ignored_sheets"]), columns, frozenset(data["ignored_columns"])
    )
