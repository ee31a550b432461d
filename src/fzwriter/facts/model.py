"""What a user hands in for one report: ``FactSheet`` and its parts (facts file, DESIGN §4.1).

Values stay in the unit they were written in (25.63 万元); numbers are ``Decimal``, never float.
The models hold data only; reading files is ``load``, contradictions are ``lint``, arithmetic is
``derive``.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

StatementKind = Literal["举措", "亮点", "问题", "原因", "第一责任人", "计划", "其他"]


def _exact(value: Any) -> Any:
    """A number as written; a float's shortest repr is what the file said (0.1, not 0.1000…55)."""
    if isinstance(value, bool):
        raise ValueError("应为数字")
    return Decimal(repr(value)) if isinstance(value, float) else value


Number = Annotated[Decimal, BeforeValidator(_exact), Field(allow_inf_nan=False)]


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

    from_: dt.date = Field(alias="from")
    to: dt.date

    @model_validator(mode="before")
    @classmethod
    def _from_year(cls, data: Any) -> Any:
        if isinstance(data, str) and data.strip().removesuffix("年").isdigit():
            data = int(data.strip().removesuffix("年"))
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
    """What to write. ``length`` is in characters; an ``outline`` replaces the profile's sections."""

    kind: str = Field(min_length=1)
    title: str = ""
    addressee: str = ""
    date: dt.date | None = None
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
    """A qualitative input in the user's prose; without an id it is s1, s2… in order."""

    id: str = ""
    topic: str = ""
    kind: StatementKind = "举措"
    text: str = Field(min_length=1)
    source: str = ""


class FactSheet(_Model):
    """Everything a user hands in for one report."""

    unit: Unit
    period: Period
    document: Document
    facts: tuple[Fact, ...] = ()
    derived: tuple[Derived, ...] = ()
    statements: tuple[Statement, ...] = ()
    terms: tuple[str, ...] = ()
    source: str = ""

    @property
    def by_id(self) -> dict[str, Fact]:
        """Facts by their id."""
        return {fact.id: fact for fact in self.facts}

    def parts(self, total: str) -> tuple[Fact, ...]:
        """The facts declared as parts of the fact with id ``total``, in the sheet's order."""
        return tuple(fact for fact in self.facts if fact.parts_of == total)
