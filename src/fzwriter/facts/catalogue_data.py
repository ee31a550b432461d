"""What the files of the topics count and compute, compiled; families of measure words."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Literal

import yaml

from fzwriter.domain import Topic as Told
from fzwriter.domain import topics
from fzwriter.errors import ConfigError, InputError
from fzwriter.facts.formula import Expression, parse

# What may stand before, inside and after an indicator's own words without changing what it counts.
_HEAD = (
    r"(?:全年|本年度?|年度|今年|当年|年内|[全本我][县市区镇乡省州旗局]|其中|共|累计|合计|总共|依法|组织开展|开展"
    r"|各类别|各[类项级]?|现有|现|已)*"
)
_FILL = r"(?:了|各类别|各[类项级]|的|已|共|并|全部)*"
_TAIL = r"(?:总数|总量|总额|数量|件数|人数|户数|次数|起数|数|量|金额|资金)?"
_UNIT_NOTE = re.compile(r"[(\[][件起宗例人名位次场家户份元万亿个项条%]{1,4}[)\]]")
_NOUGHTS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_SCALE = re.compile(r"[十百千万亿]+(?=.)")
_MAX_NAME = 40  # longer names are no indicator's; bounds the matching
_RelationUnit = Literal["%", "same", "per"]


# On first use: a sheet touches few of the topics, and compiling them all takes half a second.
_compiled = functools.cache(re.compile)


def matches(pattern: str, name: str) -> bool:
    """Whether the whole of ``name`` is one of the names the regex ``pattern`` stands for.

    Spaces, quotation marks and a measure word in brackets don't count.
    """
    if len(name) > _MAX_NAME:
        return False
    plain = unicodedata.normalize("NFKC", name)
    plain = re.sub(r"[\s“”‘’\"'《》]", "", _UNIT_NOTE.sub("", plain))
    return bool(_compiled(pattern).fullmatch(plain))


def split_scale(unit: str) -> tuple[str, str]:
    """``万人次`` → (``万``, ``人次``); a scale alone stays a unit."""
    scale = found[0] if (found := _SCALE.match(unit)) else ""
    return scale, unit[len(scale) :]


def exponent(scale: str) -> int:
    """How many noughts a scale adds: 4 for 万, 6 for 百万."""
    return sum(_NOUGHTS[sign] for sign in scale)


@dataclass(frozen=True)
class Indicator:
    """One thing that is counted: ``key`` within its topic, measure words, pattern of its names."""

    key: str
    units: tuple[str, ...]
    pattern: str = field(repr=False, compare=False)


@dataclass(frozen=True)
class Relation:
    """How a figure is computed from indicators.

    Attributes:
        names: what it is called, the usual name first.
        formulas: over indicator keys; the first whose indicators a sheet has is the right one.
        unit: ``%``; ``same`` for sums and differences; ``per`` for averages.
        optional: terms that count nought where absent, if ``complete`` has all its parts declared.
        complete: the indicator whose fact must say ``parts_complete`` for that.
        pattern: of its names with the topic's nouns around them.
    """

    names: tuple[str, ...]
    formulas: tuple[Expression, ...]
    unit: _RelationUnit
    optional: frozenset[str]
    complete: str
    pattern: str = field(repr=False, compare=False)


@dataclass(frozen=True)
class Topic:
    """A subject of the reports and what is counted in it.

    Attributes:
        name: canonical.
        pattern: of other wordings.
        umbrella: so wide that a fact's name may place it in a narrower topic.
        indicators: by key.
        relations: the derivations.
        exclusive: (total, parts) whose parts can't overlap.
    """

    name: str
    pattern: re.Pattern[str] = field(repr=False, compare=False)
    umbrella: bool
    indicators: Mapping[str, Indicator]
    relations: tuple[Relation, ...]
    exclusive: tuple[tuple[str, tuple[str, ...]], ...]


def _pattern(words: str, nouns: str) -> str:
    around = rf"(?:{nouns})*" if nouns else ""
    return f"{_HEAD}{around}{_FILL}(?:{words}){_FILL}{around}{_TAIL}"


def _compiled_topic(told: Told) -> Topic:
    indicators = {
        key: Indicator(key, one.units, _pattern(one.words or key, told.nouns))
        for key, one in told.indicators.items()
    }
    relations = []
    for one in told.derived:
        formulas = (one.formula,) if isinstance(one.formula, str) else one.formula
        names = "|".join(re.escape(name) for name in one.names)
        relations.append(
            Relation(
                names=one.names,
                formulas=tuple(parse(formula, indicators) for formula in formulas),
                unit=one.unit,
                optional=frozenset(one.optional),
                complete=one.complete,
                pattern=_pattern(names, told.nouns),
            )
        )
    return Topic(
        name=told.name,
        pattern=re.compile(told.also),
        umbrella=told.umbrella,
        indicators=indicators,
        relations=tuple(relations),
        exclusive=tuple((one.total, one.parts) for one in told.exclusive),
    )


def read_catalogue() -> tuple[tuple[Topic, ...], tuple[frozenset[str], ...]]:
    """The topics, most specific first, and the families of measure words.

    Raises:
        ConfigError: a topic's file has a formula over what it doesn't count.
    """
    text = files(__package__).joinpath("catalogue.yaml").read_text(encoding="utf-8")
    families = yaml.safe_load(text)["unit_families"]
    return (
        tuple(_topic(told) for told in topics().values() if told.also),
        tuple(frozenset(family) for family in families),
    )


def _topic(told: Told) -> Topic:
    try:
        return _compiled_topic(told)
    except InputError as error:
        raise ConfigError(f"主题“{told.name}”的 derived 写法不对：{error}") from error
