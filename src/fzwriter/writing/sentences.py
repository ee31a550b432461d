"""Phrases of figures joined into sentences: what neighbours share is said once, strangers part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fzwriter.facts import Fact
from fzwriter.reading.sentences import around
from fzwriter.writing.clauses import slot
from fzwriter.writing.verbs import begins, is_rate, is_verbal, words
from fzwriter.writing.words import grams

# What a phrase tells: something done in the year, a state at its end, a share, what came of a deed,
# that nothing happened, or none of these.
Sort = Literal["deed", "state", "rate", "result", "denial", "other"]

# 的 binds one thing only: 未发生作为被申请人的复议案件 goes on with nothing.
_DENIALS = re.compile(
    r"未发生([^，。的]{1,80})。(?:全年|一年来|[0-9]{4}年)?未发生([^，。的]{1,80})。"
)
_SHARED_ENDS = ("案件", "事故", "事件", "问题")
_RATES = 2  # figures by which a sentence may grow where rates end it
_SUBJECT = 4  # characters from which a shared beginning is worth saying once


@dataclass(frozen=True)
class Figures:
    """A phrase that carries figures.

    Attributes:
        text: with slots, without end mark.
        names: the names in it, for weaving it between statements.
        count: how many figures it holds, changes against last year included.
        sort: what it tells; decides what it may be joined with, and whether 全年 may stand before it.
        end: what it ends with, where that is another sort.
    """

    text: str
    names: str
    count: int
    sort: Sort = "other"
    end: Sort | Literal[""] = ""


def after(text: str) -> str:
    """The mark before what is said of the whole: ；where 其中 still holds, else ，."""
    return "；" if "其中" in text[slice(*around(text, len(text), len(text), "。；"))] else "，"


def without_shared_end(names: Sequence[str]) -> str:
    """Names in a list, a noun they share said once: 行政复议案件、行政应诉案件 → 行政复议、行政应诉案件."""
    for end in _SHARED_ENDS:
        if all(name.endswith(end) and len(name) > len(end) + 1 for name in names):
            return "、".join(name.removesuffix(end) for name in names) + end
    return "、".join(names)


def _name(clause: str) -> str:
    """The words of a clause before its figure; "" where the figure stands first."""
    return clause.partition("[[")[0].removesuffix("为").removesuffix("达")


def shared_start(first: str, second: str) -> str:
    """What two clauses begin with, if it may be said once: 开展…3次、…1次; 纳入窗口的…8项、…3项."""
    if "，" in first + second or not _name(first) or not _name(second):
        return ""
    one, other = _name(first), _name(second)
    if is_rate(one) is not is_rate(other):
        return ""
    for verb in sorted(words("shared"), key=len, reverse=True):
        rest = other.removeprefix(verb)
        if one.startswith(verb) and rest != other and len(rest) >= 2:
            return verb if not begins("deeds").match(rest) else ""
    common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = one[:common]
    if "的" in start[_SUBJECT - 1 :]:
        return start[: start.rindex("的") + 1]
    if is_rate(one) and is_rate(other):  # both must stay names: 报备率, not 率
        start = start[: min(len(one), len(other)) - 3]
    rests = one[len(start) :], other[len(start) :]
    if len(start) < _SUBJECT or min(map(len, rests)) < 2:
        return ""
    if is_rate(one):
        return start
    return start if all(is_verbal(rest) or rest.startswith("以") for rest in rests) else ""


def listed(clauses: Sequence[str]) -> str:
    """Clauses in a list; what they share is said once."""
    result = list(clauses[:1])
    for before, text in zip(clauses, clauses[1:], strict=False):
        result.append(text.removeprefix(shared_start(before, text)))
    return "、".join(result)


def merge_denials(text: str) -> str:
    """Two denials in a row as one: 未发生甲。未发生乙。 becomes 未发生甲、乙。."""
    while True:
        merged = _DENIALS.sub(_one_denial, text)
        if merged == text:
            return text
        text = merged


def _one_denial(match: re.Match[str]) -> str:
    names = [name for group in match.groups() for name in _with_shared_end(group)]
    return f"未发生{without_shared_end(names)}。"


def _with_shared_end(listed_: str) -> list[str]:
    """The names of a list in full: 行政复议、行政应诉案件 → 行政复议案件, 行政应诉案件."""
    names = listed_.split("、")
    end = next((end for end in _SHARED_ENDS if listed_.endswith(end)), "")
    return [name if name.endswith(end) else f"{name}{end}" for name in names]


def sentences(phrases: Sequence[Figures], most: int = 4) -> list[Figures]:
    """Join small neighbouring phrases that belong together into sentences of at most ``most`` figures."""
    result: list[Figures] = []
    before: Figures | None = None
    for phrase in phrases:
        last = result[-1] if result else None
        fits = last and last.count + phrase.count <= most + _RATES * (phrase.sort == "rate")
        if last and before and fits and _joins(last, before.end or before.sort, phrase):
            start = shared_start(before.text, phrase.text) if phrase.count == 1 else ""
            joint = "、" if start else after(last.text)
            result[-1] = Figures(
                f"{last.text}{joint}{phrase.text.removeprefix(start)}",
                last.names + phrase.names,
                last.count + phrase.count,
                last.sort,
            )
        else:
            result.append(phrase)
        before = phrase
    return result


def _joins(last: Figures, before: str, phrase: Figures) -> bool:
    """Whether a phrase may go on in the sentence before it, which ends with one of sort ``before``.

    Denials go on with denials, states with states or what speaks of the same, rates end a sentence.
    """
    if "。" in last.text + phrase.text:
        return False
    if phrase.sort != "rate" and (after(last.text) == "；" or _has_ended(last, phrase)):
        return False
    if "denial" in (before, phrase.sort) or (before == "rate" and phrase.sort != "rate"):
        return phrase.sort == before
    if "state" in (before, phrase.sort) and phrase.sort not in (before, "rate"):
        return phrase.sort == "other" and bool(grams(last.names) & grams(phrase.names))
    return True


def _has_ended(last: Figures, phrase: Figures) -> bool:
    """Whether a sentence that tells what came of earlier deeds goes on to something else."""
    kin = bool(grams(last.names) & grams(phrase.names))
    return last.sort == "result" and phrase.sort != "result" and not kin


def sort_of(name: str) -> Sort:
    """What a name tells."""
    if is_rate(name):
        return "rate"
    if begins("results").match(name):
        return "result"
    return "other"


def merge_rates(facts: Sequence[Fact]) -> Figures:
    """Rates without parts that share a value, told together: 报备率、规范率、及时率均为[[f07]]."""
    names = [fact.name for fact in facts]
    told = names[:1]
    for before, name in zip(names, names[1:], strict=False):
        told.append(name.removeprefix(shared_start(f"{before}[[", f"{name}[[")))
    text = f"{'、'.join(told)}均为{slot(facts[0].id)}"
    return Figures(text, "".join(names), len(facts), "rate")
