"""The grammar of figures: the facts of a sub-section as phrases a clerk would write.

收到行政复议案件[[f04]]，办结[[f05]]，其中维持[[f08]]、撤销[[f11]]: a total, the steps it went through,
and the kinds it falls into.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from fzwriter.facts import Derived, Fact
from fzwriter.writing.clauses import clause, compared, denial, none_of
from fzwriter.writing.sentences import (
    Figures,
    Sort,
    after,
    listed,
    merge_rates,
    shared_start,
    sort_of,
    without_shared_end,
)
from fzwriter.writing.shorter import shorter, shorter_kinds, shorter_rate
from fzwriter.writing.verbs import is_deed, is_limit, is_rate, is_state, is_step

_BREATH = 3  # figures after which a step with many of its own begins a new sentence
_MANY = 4


class Grammar:
    """Makes phrases out of the facts of one topic.

    Args:
        facts: of the topic, parts after their totals.
        derived: told with them.
        names: of all facts of the sheet; a name made shorter must not be another's.
    """

    def __init__(
        self, facts: Sequence[Fact], derived: Sequence[Derived], names: Collection[str] = ()
    ) -> None:
        self._facts = list(facts)
        self._names = frozenset(names)
        ids = {fact.id for fact in facts}
        self._parts: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.parts_of in ids:
                self._parts.setdefault(fact.parts_of, []).append(fact)
        self._roots = [fact for fact in facts if fact.parts_of not in ids]
        self._derived = list(derived)
        self._told: set[str] = set()

    def phrases(self) -> list[Figures]:
        """One phrase for each total with all below it, in the sheet's order."""
        result: list[Figures] = []
        late: list[Figures] = []
        for group in self._alike():
            if len(group) > 1:
                result.append(self._told_together(group))
            elif self._of_a_total(group[0]):
                late.append(Figures(clause(group[0]), group[0].name, 1, "rate"))
            else:
                result.append(self._tree(group[0]))
        for derived in self._derived:
            if derived.id not in self._told:
                result.append(Figures(clause(derived), derived.name, 1, "rate"))
        for rate in late:
            _add_to_its_total(rate, result)
        return result

    def _alike(self) -> list[list[Fact]]:
        """Roots in order, neighbours of one value that are told in one breath in a group."""
        groups: list[list[Fact]] = []
        for root in self._roots:
            last = groups[-1][-1] if groups else None
            if last is not None and self._are_alike(last, root):
                groups[-1].append(root)
            else:
                groups.append([root])
        return groups

    def _are_alike(self, one: Fact, other: Fact) -> bool:
        if self._parts.get(one.id) or self._parts.get(other.id) or compared(one) or compared(other):
            return False
        if denial(one)[0]:
            bound = "的" in one.name + other.name
            return not bound and denial(one)[0] == denial(other)[0]
        same = (one.value, one.unit, one.approx) == (other.value, other.unit, other.approx)
        return same and is_rate(one.name) and is_rate(other.name)

    def _told_together(self, group: list[Fact]) -> Figures:
        verb = denial(group[0])[0]
        if verb:
            names = [denial(fact)[1] for fact in group]
            text = f"{verb}{without_shared_end(names)}"
            return Figures(text, "".join(names), len(group), "denial")
        return merge_rates(group)

    def _of_a_total(self, fact: Fact) -> bool:
        """Whether a given rate (调解率) speaks of what a total with parts tells (其中调解75件)."""
        stem = re.sub("[比]?率$", "", fact.name)
        if not is_rate(fact.name) or len(stem) < 2:
            return False
        return any(
            stem in self._name(id_)
            for root in self._roots
            if self._parts.get(root.id)
            for id_ in self._below(root)
        )

    def _tree(self, root: Fact) -> Figures:
        inside = self._below(root)
        text = self._tell(root)
        rates = [d for d in self._derived if d.id not in self._told and self._belongs(d, inside)]
        before = ""
        for derived in rates:
            self._told.add(derived.id)
            short = shorter_rate(derived.name, [self._name(id_) for id_ in inside])
            told = clause(derived, self._free(short))
            start = shared_start(before, told) if before else ""
            text = f"{text}{'、' if start else after(text)}{told.removeprefix(start)}"
            before = told
        names = "".join(self._name(id_) for id_ in inside)
        figures = sum(1 + bool(compared(f)) for f in self._facts if f.id in inside) + len(rates)
        sort = self._sort(root)
        return Figures(text, names, figures, sort, "rate" if rates else sort)

    def _sort(self, root: Fact) -> Sort:
        if denial(root)[0] and not self._parts.get(root.id):
            return "denial"
        if is_state(root.name):
            return "state"
        if is_deed(root.name) and not is_limit(root.approx):
            return "deed"
        return sort_of(root.name)

    def _name(self, id_: str) -> str:
        return next(fact.name for fact in self._facts if fact.id == id_)

    def _below(self, fact: Fact) -> list[str]:
        return [fact.id, *(i for part in self._parts.get(fact.id, ()) for i in self._below(part))]

    def _belongs(self, derived: Derived, inside: Iterable[str]) -> bool:
        used = re.findall(r"[A-Za-z_]\w*", derived.formula)
        return bool(used) and used[0] in set(inside)

    def _tell(self, fact: Fact, name: str = "") -> str:
        """A fact, the kinds it falls into after 其中, then the steps it went through."""
        parts = self._parts.get(fact.id, [])
        steps = [p for p in parts if self._goes_through(p, fact, parts)]
        kinds = [p for p in parts if p not in steps]
        verb, nothing = denial(fact)
        if verb and not parts and not fact.parts_of:
            return f"{verb}{nothing}"
        text = clause(fact, name)
        if against := compared(fact):
            text = f"{text}，{against}"
        if kinds:
            text = f"{text}，{self._kinds(kinds, fact)}"
        told = 1 + bool(against) + len(kinds)
        for step in steps:
            if told >= _BREATH and len(self._below(step)) >= _MANY:
                text = f"{text}。{self._tell(step)}"
            else:
                text = f"{text}{after(text)}{self._tell(step, self._free(shorter(step.name, fact.name)))}"
            told += len(self._below(step))
        return text

    def _goes_through(self, part: Fact, total: Fact, parts: Sequence[Fact]) -> bool:
        """Whether a part is what the total went through; 调解结案、裁决结案 side by side are kinds."""
        if self._parts.get(part.id):
            return True
        alike = [p for p in parts if p.name[-2:] == part.name[-2:] and not self._parts.get(p.id)]
        return (is_step(part.name) and len(alike) == 1) or _whole(part, total)

    def _free(self, name: str) -> str:
        """A shorter name, unless another fact bears it."""
        return "" if name in self._names else name

    def _kinds(self, kinds: Sequence[Fact], total: Fact) -> str:
        """其中…、…; a single kind of nothing is 无…."""
        if len(kinds) == 1 and none_of(kinds[0]):
            return none_of(kinds[0])
        names = shorter_kinds([kind.name for kind in kinds], total.name)
        told = [clause(kind, self._free(name)) for kind, name in zip(kinds, names, strict=True)]
        return f"其中{listed(told)}"


def _add_to_its_total(rate: Figures, phrases: list[Figures]) -> None:
    """Set a rate behind the phrase that tells what it is a rate of."""
    stem = re.sub("[比]?率$", "", rate.names)
    at = next(i for i, phrase in enumerate(phrases) if stem in phrase.names and phrase.count > 1)
    total = phrases[at]
    text = f"{total.text}{after(total.text)}{rate.text}"
    phrases[at] = Figures(text, total.names + rate.names, total.count + 1, total.sort, "rate")


def _whole(part: Fact, total: Fact) -> bool:
    """A part as large as its total is no 其中: 开庭3件，负责人出庭3件."""
    return part.value == total.value and part.unit == total.unit
