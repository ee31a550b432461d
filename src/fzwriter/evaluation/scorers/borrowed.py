"""Scorers of what isn't the unit's own: leaks, deeds without input, copied wording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from fzwriter.evaluation.overlap import grams, longest_run
from fzwriter.evaluation.scorers.base import Score, Subject, share, unscored
from fzwriter.reading import ReportText
from fzwriter.reading.numbered import without_item
from fzwriter.reading.sentences import bare, bare_spans

_BACKED = 0.5  # of a clause's pairs
_SHOWN = 3
# An aim or a manner; or a change against last year, which is the figures' matter.
_NO_CLAIM = re.compile(r"将|要|力争|确保|把|以|为|预防|同比|环比|[较比](?:上年|去年)")
_AHEAD = re.compile(r"打算|安排|计划|要点|思路|下一?步")
_FIGURE = re.compile(r"[0-9０-９.．%％]+")


def leaks(subject: Subject) -> Score:
    """Names and figures of seeds and of the source, per thousand characters.

    Figures are judged against the seeds the writer used and the source; names against every seed.
    """
    sources = len(subject.seeds) + bool(subject.source)
    if not sources:
        return unscored("没有种子，也没有来源报告")
    found = [i for i in subject.verdict.issues if i.kind in ("leaked_name", "leaked_number")]
    spans = {(i.start, i.end) for i in found}
    from fzwriter.check import check

    unused = [text for name, text in subject.seeds.items() if name not in subject.shown]
    if unused:
        other = check(subject.text, subject.sheet, unused).issues
        spans |= {(i.start, i.end) for i in other if i.kind == "leaked_name"}
    apart = _merged(spans)
    shown = "、".join(subject.text[a:b] for a, b in apart[:_SHOWN])
    why = f"对照 {sources} 篇，泄露 {len(apart)} 处" + (f"：{shown}" if shown else "")
    length = max(1, len(subject.text))
    return Score(1000 * len(apart) / length, why, sources)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap as one: a place is told both with 县 and without."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


# -- deeds -------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    raw: Any = yaml.safe_load((files("fzwriter.evaluation") / "deed_words.yaml").read_text("utf-8"))
    return {key: tuple(value.split()) for key, value in raw.items()}


@lru_cache(maxsize=1)
def _deed() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in _words()["deeds"]))


def _pairs(text: str) -> frozenset[str]:
    runs = re.findall(r"[一-龥]+", _FIGURE.sub("", text))
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


def unbacked(subject: Subject) -> Score:
    """Share of clauses that claim a deed whose words the input doesn't hold.

    By words alone and apart from the writer's own judge: a clause claims a deed when it has one of
    ``deed_words.yaml``; it is backed when half of its character pairs stand in the input and each of
    its strong words (罚款, 荣获…) does. Plans and the words of every report aren't deeds.
    """
    given = subject.sheet.said.wide
    known = _pairs(given)
    common = frozenset().union(*(_pairs(w) for w in _words()["common"]))
    claims = list(_claims(subject))
    bare = [c for c in claims if not _is_backed(c, given, known, common)]
    shown = "；".join(bare[:_SHOWN])
    why = f"称有作为的分句 {len(claims)} 处，无据 {len(bare)} 处" + (f"：{shown}" if bare else "")
    return share(len(bare), len(claims), why, clauses=bare[:20])


def _claims(subject: Subject) -> Iterator[str]:
    for paragraph in ReportText.of("\n".join(subject.paragraphs)).paragraphs:
        if _AHEAD.search("".join(paragraph.path[:1])) or paragraph.text.endswith("："):
            continue
        for clause in bare(paragraph.told):
            clause = without_item(clause).removeprefix("其中")
            if _deed().search(clause) and not _NO_CLAIM.match(clause):
                yield clause


def _is_backed(clause: str, given: str, known: frozenset[str], common: frozenset[str]) -> bool:
    if any(word in clause and word not in given for word in _words()["strong"]):
        return False
    words = _pairs(clause) - common
    return len(words) < 3 or len(words & known) >= _BACKED * len(words)


# -- copying -----------------------------------------------------------------------------------


def copied_run(subject: Subject) -> Score:
    """The longest run of characters shared with any seed or the source; the unit's own words aside.

    What the unit itself says word for word in its statements is not copied by the writer.
    """
    texts = (*subject.seeds.values(), *((subject.source,) if subject.source else ()))
    if not texts:
        return unscored("没有种子，也没有来源报告")
    own = "\n".join(s.text for s in subject.sheet.statements)
    length, run = longest_run(_without("\n".join(_body(subject)), own), list(texts))
    return Score(length, f"与种子相同的最长一段 {length} 字：“{run[:40]}”", len(texts))


def _body(subject: Subject) -> Iterator[str]:
    """Paragraphs, title and addressee aside: two units' titles differ in their names only."""
    for at, paragraph in enumerate(subject.paragraphs):
        if at and not (at < 3 and paragraph.endswith(("：", ":"))):
            yield paragraph


def _without(text: str, own: str) -> str:
    """The text with clauses that are the unit's own made breaks."""
    for start, end in reversed(list(bare_spans(text))):
        if text[start:end] in own:
            text = f"{text[:start]}习近平法治思想{text[end:]}"
    return text


def copied_grams(subject: Subject) -> Score:
    """Share of the text's 8-grams that stand in the seed it is most like."""
    if not subject.seeds:
        return unscored("没有种子")
    mine = grams(subject.text)
    if not mine:
        return unscored("全文太短")
    likeness = {name: len(mine & grams(text)) for name, text in subject.seeds.items()}
    most = max(likeness, key=lambda name: likeness[name])
    why = f"8 字连缀 {len(mine)} 个，与最近的种子 {most} 共有 {likeness[most]} 个"
    return share(likeness[most], len(mine), why)
