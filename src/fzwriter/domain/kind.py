"""Kinds of document, a file each: ``kinds/*.yaml``."""

from __future__ import annotations

import re
from itertools import chain

from pydantic import Field, model_validator

from fzwriter.domain.files import Ordered, Pattern, Thing, once, read
from fzwriter.errors import InputError


class Kind(Thing):
    """A kind of document.

    Attributes:
        kind: short name, in the run folder.
        match: patterns of the sheet's free-text kind that mean it.
        unless: pattern of free-text kinds that don't mean it all the same.
        names: what it is called, as a template offers it.
        recognise: patterns of the titles of other reports, and the kind each tells.
        looks_back: pattern of free-text kinds that tell of the period behind.
        ahead: pattern of recognised kinds that hold nothing but plans.
        title: the printed title; "" for the sheet's own kind with the year put in.
        parts: in order; see ``report.Section``.
        mandatory: parts that stand there without any input.
        headings: variants of each part's heading. Those with 因 stand where the unit gave causes.
        unlike: pattern of what no heading of it says, though another's report does.
        close: last clauses of the opening.
        run_in: sub-headings run into their paragraphs.
        one_section: a flat unit's achievements stand under one heading all the same.
        same_plan: its plan is called what its title calls it.
        causes: shortcomings must be told with their causes.
    """

    named = "kind"

    kind: str
    match: Ordered
    unless: Pattern = ""
    names: dict[int, str]
    recognise: dict[int, tuple[Pattern, str]] = {}
    looks_back: Pattern = ""
    ahead: Pattern = ""
    title: str = ""
    parts: tuple[str, ...]
    mandatory: tuple[str, ...] = ()
    headings: dict[str, tuple[str, ...]]
    unlike: Pattern = ""
    close: tuple[str, ...] = Field(min_length=1)
    run_in: bool = False
    one_section: bool = False
    same_plan: bool = False
    causes: bool = False

    @model_validator(mode="after")
    def _is_whole(self) -> Kind:
        if "成效" not in self.parts:
            raise ValueError("parts 里要有“成效”，数据写在那里")
        bare = [part for part in self.parts if part != "导语" and not self.headings.get(part)]
        if bare:
            raise ValueError(f"headings 里缺少“{bare[0]}”的标题")
        if strange := set(self.mandatory) - set(self.parts):
            raise ValueError(f"mandatory 里的“{min(strange)}”不在 parts 里")
        return self

    def headings_of(self, part: str) -> tuple[str, ...]:
        """Variants of a part's heading; another kind's for a part it doesn't usually have."""
        every = (self, *kinds().values())
        return next((one.headings[part] for one in every if part in one.headings), ())


@once
def kinds() -> dict[str, Kind]:
    """The kinds by short name."""
    return {one.kind: one for one in read("kinds", Kind)}


def find_kind(text: str, path: str = "") -> Kind:
    """The kind that a sheet's free text means.

    Args:
        text: as the user wrote it.
        path: the file it stands in, for the message.

    Raises:
        InputError: none.
    """
    for pattern, kind in _matches():
        if pattern.search(text) and not (kind.unless and re.search(kind.unless, text)):
            return kind
    remedy = f"可写：{'、'.join(known_kinds())}"
    raise InputError(f"没有“{text}”这个文种", path=path or None, remedy=remedy)


def known_kinds() -> tuple[str, ...]:
    """What the kinds are called, as a template offers them."""
    named = chain.from_iterable(kind.names.items() for kind in kinds().values())
    return tuple(name for _, name in sorted(named))


def recognised_kind(title: str) -> str:
    """The kind of document that a report's title tells; "" for none."""
    for pattern, name in _titles():
        if match := pattern.search(title):
            return match.expand(name)
    return ""


def looks_back(text: str) -> bool:
    """Whether a free-text kind tells of the period behind."""
    return any(k.looks_back and re.search(k.looks_back, text) for k in kinds().values())


def only_ahead(name: str) -> bool:
    """Whether a report of a recognised kind holds nothing but plans."""
    return any(kind.ahead and re.search(kind.ahead, name) for kind in kinds().values())


@once
def _matches() -> tuple[tuple[re.Pattern[str], Kind], ...]:
    ordered = [(at, p, kind) for kind in kinds().values() for at, p in kind.match.items()]
    return tuple((re.compile(p), kind) for _, p, kind in sorted(ordered, key=lambda one: one[0]))


@once
def _titles() -> tuple[tuple[re.Pattern[str], str], ...]:
    ordered = [one for kind in kinds().values() for one in kind.recognise.items()]
    return tuple((re.compile(p), name) for _, (p, name) in sorted(ordered, key=lambda one: one[0]))
