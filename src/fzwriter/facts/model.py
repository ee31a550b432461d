"""What a user hands in for one report: ``FactSheet`` and its parts (facts file, DESIGN §4.1).

Values stay in the unit they were written in (25.63 万元); numbers are ``Decimal``, never float.
The models hold data only; reading files is ``load``, contradictions are ``lint``, arithmetic is
``derive``.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from fzwriter.facts.said import Said, said_by

StatementKind = Literal["举措", "亮点", "问题", "原因", "第一责任人", "计划", "其他"]


# Decimal() also takes 1_000, ３４８０, 1e3 and Infinity; a facts file means none of them.
PLAIN_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_YEAR = re.compile(r"(\d{4})年?度?", re.ASCII)


def _exact(value: Any) -> Any:
    """A number as written; a float's shortest repr is what the file said (0.1, not 0.1000…55)."""
    if isinstance(value, bool):
        raise ValueError("应为数字")
    if isinstance(value, str) and not PLAIN_NUMBER.fullmatch(value.strip()):
        raise ValueError("应为数字")
    return Decimal(repr(value)) if isinstance(value, float) else value


def parse_date(value: Any) -> Any:
    """A date written ``2025-01-20``, ``2025/1/20``, ``2025.1.20`` or ``2025年1月20日``."""
    if isinstance(value, str):
        found = _DATE.fullmatch(value.strip())
        if not found:
            raise ValueError("应为日期，如 2025-01-20")
        try:
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            raise ValueError("没有这一天，日期应如 2025-01-20") from None
    return value


Number = Annotated[Decimal, BeforeValidator(_exact), Field(allow_inf_nan=False)]
Date = Annotated[dt.date, BeforeValidator(parse_date)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Unit(_Model):
    """The reporting unit: ``{name: 古丈县司法局, type: 司法局, level: 县, region: …}``."""

    name: str = Field(min_length=1)
    type: str = Field(min_length=1)
    level: str = ""
    region: str = ""


class Period(_Model):
    """The reporting period, whole days, both ends included. A bare year means that whole year."""

    from_: Date = Field(alias="from")
    to: Date

    @model_validator(mode="before")
    @classmethod
    def _from_year(cls, data: Any) -> Any:
        if isinstance(data, str):
            found = _YEAR.fullmatch(data.strip())
            if not found:
                raise ValueError("报告期应为年份（如 2024）或起止日期")
            data = int(found[1])
        if isinstance(data, int) and not isinstance(data, bool):
            if not 1949 <= data <= 2200:
                raise ValueError("年份应为四位数，如 2024")
            return {"from": dt.date(data, 1, 1), "to": dt.date(data, 12, 31)}
        return data

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.from_ > self.to:
            raise ValueError("起始日期晚于结束日期")
        return self

    @property
    def year(self) -> int:
        """The year the report is about: that of the period's end."""
        return self.to.year


class Document(_Model):
    """What to write. ``length`` is in characters; ``outline`` replaces the profile's sections.

    ``issuer`` (发文机关标志), ``number`` (发文字号, 古司发〔2025〕3号) and ``signer`` (签发人) make the red
    head of an official document (GB/T 9704—2012, 7.2); without an issuer there is none.
    """

    kind: str = Field(min_length=1)
    title: str = ""
    addressee: str = ""
    date: Date | None = None
    issuer: str = ""
    number: str = ""
    signer: str = ""
    length: int | None = Field(default=None, gt=0)
    outline: tuple[str, ...] = ()


class Fact(_Model):
    """One figure.

    Attributes:
        id: unique in the sheet.
        topic: free text, mapped to a catalogue topic by rule.
        name: what stands before the figure in a clause: 收到行政复议案件.
        value: in the written unit.
        unit: measure word, scale included (万元); "" allowed.
        units: other measure words the text may use.
        approx: the user's own word: 余 近 约 以上…; "" for exact.
        previous: the same figure a year earlier.
        parts_of: id of the total this is a part of.
        parts_complete: on a total: its parts must sum to it.
        required: a draft without it is an error.
        aliases: other names, for tracing.
        source: where it was read: ``第 9 行``, ``数据!D7``.
    """

    id: str = Field(min_length=1)
    topic: str = ""
    name: str = Field(min_length=1)
    value: Number
    unit: str = ""
    units: tuple[str, ...] = ()
    approx: str = ""
    previous: Number | None = None
    parts_of: str = ""
    parts_complete: bool = False
    required: bool = True
    aliases: tuple[str, ...] = ()
    note: str = ""
    source: str = ""


class Derived(_Model):
    """A figure computed from facts: ``{id: d1, name: 调解成功率, formula: f30/f29, unit: "%"}``."""

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    formula: str = Field(min_length=1)
    topic: str = ""
    unit: str = ""
    digits: int | None = Field(default=None, ge=0, le=6)
    aliases: tuple[str, ...] = ()
    required: bool = False
    source: str = ""


class Statement(_Model):
    """A qualitative input in the user's prose; without an id it is s1, s2… in order.

    ``note`` is the clerk's remark on it and prints nowhere.
    """

    id: str = ""
    topic: str = ""
    kind: StatementKind = "举措"
    text: str = Field(min_length=1)
    note: str = ""
    source: str = ""


class FactSheet(_Model):
    """Everything a user hands in for one report.

    ``notices`` are what the clerk should know of how the file was read, one Chinese line each: rows
    not read because they are hidden, figures read as shown. ``unsettled`` are the places and words
    of what must be answered before a report is written: rows still marked 去年数待换, a column of
    another year. ``lint`` repeats both.
    """

    unit: Unit
    period: Period
    document: Document
    facts: tuple[Fact, ...] = ()
    derived: tuple[Derived, ...] = ()
    statements: tuple[Statement, ...] = ()
    terms: tuple[str, ...] = ()
    source: str = ""
    notices: tuple[str, ...] = ()
    unsettled: tuple[tuple[str, str], ...] = ()

    @property
    def by_id(self) -> dict[str, Fact]:
        """Facts by their id."""
        return {fact.id: fact for fact in self.facts}

    @property
    def derived_by_id(self) -> dict[str, Derived]:
        """Derived figures by their id."""
        return {derived.id: derived for derived in self.derived}

    @property
    def said(self) -> Said:
        """What it says in words, in two strengths."""
        return said_by(self)

    def parts(self, total: str) -> tuple[Fact, ...]:
        """The facts declared as parts of the fact with id ``total``, in the sheet's order."""
        return tuple(fact for fact in self.facts if fact.parts_of == total)
