"""What the parts of ``lint`` share: the finding, and how figures are shown and compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import PurePath
from typing import Literal

from fzwriter.facts.catalogue import Catalogue
from fzwriter.facts.catalogue_data import exponent, split_scale
from fzwriter.facts.derive import plain
from fzwriter.facts.layout import load_layout
from fzwriter.facts.model import Fact, FactSheet

_CELL = re.compile(r"[^!]+!(?:[A-Z]{1,3})?\d+")  # where something of a workbook was read
#: Measure words of what there is no half of.
COUNTED = frozenset(["件", "起", "人", "名", "人次", "次", "场", "家", "份", "所", "条", "项"])
#: What the name of a rate ends in.
RATE_NAME = re.compile(r"(?:率|占比|比例|覆盖面)$")
_CONFIRMED = re.compile(r"(?:本行|数据|数值)?(?:已核|已经核)(?:实|对|过)?(?:无误)?")
# Rates that may well pass 100%.
_OPEN_RATE = re.compile(r"增|升|降|涨|同比|环比|完成率|变化|差")


@dataclass(frozen=True)
class Finding:
    """Something the clerk should look at.

    Attributes:
        severity: ``error`` where no draft can be written from it.
        place: where it was read; "" for a sheet that was not.
        message: one Chinese line.
        ids: of the facts, derived figures or statements concerned.
        stops: whether it must be answered before a report is written; see ``settled``.
    """

    severity: Literal["error", "warning"]
    place: str
    message: str
    ids: tuple[str, ...] = ()
    stops: bool = False

    @property
    def line(self) -> str:
        """Place and message: ``数据!D7：…``."""
        return f"{self.place}：{self.message}" if self.place else self.message


def warn(place: str, message: str, *ids: str) -> Finding:
    """A finding that stops nothing."""
    return Finding("warning", place, message, ids)


def wrong(place: str, message: str, *ids: str) -> Finding:
    """A contradiction that can't be right whatever else is."""
    return Finding("error", place, message, ids)


def ask(place: str, message: str, *ids: str) -> Finding:
    """A question that must be answered, in the input, before anything is printed."""
    return Finding("error", place, message, ids, stops=True)


def is_confirmed(note: str) -> bool:
    """Whether a remark says that its row was compared with the source: 已核, 口径同上年；已核实."""
    return any(_CONFIRMED.fullmatch(part) for part in re.split(r"[\s，,。；;、（）()]+", note))


def how_to_confirm(sheet: FactSheet) -> str:
    """How to say in the input that a row is meant as it stands."""
    if in_columns(sheet):
        return "写错的请改正；确实无误的，请在这一行的“备注”栏写“已核”"
    return "写错的请改正；确实无误的，请给这一条加上 note: 已核"


def called(key: str, place: str, role: str = "facts", then: str = " ") -> str:
    """What its user calls a field, to stand in a Chinese message.

    In a workbook the column: “约数”; elsewhere the key, with the blanks Latin letters take: approx.

    Args:
        key: field of the facts file.
        place: where the entry was read.
        role: sort of sheet, as in ``workbook.yaml``.
        then: behind a key: nothing before a Chinese mark.
    """
    if not _CELL.fullmatch(place):
        return f" {key}{then}"
    return f"“{load_layout().columns_of(role)[key].heading}”"


def in_columns(sheet: FactSheet) -> bool:
    """Whether its user filled in columns (.xlsx, .csv), not keys (.yaml, .json)."""
    return PurePath(sheet.source).suffix.lower() in (".xlsx", ".csv") or any(
        _CELL.fullmatch(fact.source) for fact in sheet.facts[:1]
    )


def not_required(sheet: FactSheet) -> str:
    """How to say in the input that a report may go without a figure."""
    if in_columns(sheet):
        heading = load_layout().columns_of("facts")["required"].heading
        return f"不必写的，请在数据文件“{heading}”一栏填“否”"
    return "不必写的，请在数据文件中给它加上 required: false"


def shown(fact: Fact) -> str:
    """A fact in a message: ``“办结”23件``; ids go into ``Finding.ids``."""
    return f"{quoted(fact.name)}{plain(fact.value)}{fact.unit}"


def quoted(name: str) -> str:
    """A name in quotation marks, those inside it turned into inner ones."""
    return f"“{name.replace('“', '‘').replace('”', '’')}”"


def scaled(fact: Fact) -> Fraction:
    """The value in the bare unit: 25.63 万元 → 256300."""
    return Fraction(fact.value) * int(10 ** exponent(split_scale(fact.unit)[0]))


def comparable(one: Fact, other: Fact, catalogue: Catalogue) -> bool:
    """Exact figures that count the same things."""
    return not (one.approx or other.approx) and same_measure(one, other, catalogue)


def same_measure(one: Fact, other: Fact, catalogue: Catalogue) -> bool:
    """Whether two facts count the same things, by one of the measure words each may have."""
    family = frozenset().union(
        *(catalogue.unit_family(split_scale(unit)[1]) for unit in (one.unit, *one.units))
    )
    return any(split_scale(unit)[1] in family for unit in (other.unit, *other.units))


def above_hundred(name: str, unit: str, value: Fraction) -> bool:
    """A percentage of a whole, by its name, that is more than the whole."""
    rate = RATE_NAME.search(name) and not _OPEN_RATE.search(name)
    return bool(rate) and unit in {"%", "％"} and value > 100
