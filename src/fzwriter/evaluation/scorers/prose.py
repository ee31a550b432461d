"""Scorers of the text itself: statements told, register, repetition, length."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from fzwriter.evaluation.overlap import GRAM, plain
from fzwriter.evaluation.scorers.base import Score, Subject, share, unscored
from fzwriter.reading.sentences import MEMBER, sentences

_TOLD = 0.6  # of a statement's pairs, in one paragraph
_SHOWN = 4
_SELF = re.compile(
    r"(?:我|本)(局|县|镇|市|区|乡|街道|委|中心|院|校|厅|办|州|省|旗|队)(?![一-龥]?级)"
)


def _pairs(text: str) -> frozenset[str]:
    runs = re.findall(r"[一-龥]+", text)
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


def statement_coverage(subject: Subject) -> Score:
    """Share of the statements that one paragraph tells with most of their words."""
    paragraphs = [_pairs(p) for p in subject.paragraphs]
    statements = subject.sheet.statements
    lost = []
    for statement in statements:
        words = _pairs(statement.text)
        if words and max((len(words & p) / len(words) for p in paragraphs), default=0) < _TOLD:
            lost.append(statement)
    shown = "；".join(f"{s.id} {s.text[:16]}" for s in lost[:_SHOWN])
    why = f"材料 {len(statements)} 条，没写到 {len(lost)} 条" + (f"：{shown}" if lost else "")
    return share(len(statements) - len(lost), len(statements), why)


# -- register ----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _breaches() -> dict[str, re.Pattern[str]]:
    raw: Any = yaml.safe_load((files("fzwriter.evaluation") / "register.yaml").read_text("utf-8"))
    return {label: re.compile("|".join(patterns)) for label, patterns in raw.items()}


def register(subject: Subject) -> Score:
    """Share of sentences that keep to the register of an official document.

    Breaches are those of ``register.yaml``, and a self-reference that isn't this unit's (我镇 of a 局).
    """
    said = [s for s in sentences(subject.text, MEMBER) if len(s) > 1]
    found: Counter[str] = Counter()
    bad: list[str] = []
    own = _own_words(subject)
    for sentence in said:
        labels = [label for label, pattern in _breaches().items() if pattern.search(sentence)]
        if any(m.group(1)[-1] not in own for m in _SELF.finditer(sentence)):
            labels.append("自称不符")
        found.update(labels)
        bad += [sentence] if labels else []
    told = "，".join(f"{label} {n}" for label, n in found.most_common())
    shown = f"（{told}），如“{bad[0][:30]}”" if bad else ""
    why = f"句子 {len(said)} 个，语体不合 {len(bad)} 个{shown}"
    return share(len(said) - len(bad), len(said), why, breaches=dict(found))


def _own_words(subject: Subject) -> frozenset[str]:
    """What the unit may put behind 我: its own kind, and the places it lies in."""
    words, unit = subject.plan.words, subject.sheet.unit
    own = {words["self"][-1:], words["place"][-1:], words["area"][-1:], "省"}
    return frozenset(own | set(re.findall("[省市州县区旗镇乡]", unit.region + unit.name)))


# -- repetition and length -----------------------------------------------------------------------


def repetition(subject: Subject) -> Score:
    """Share of the text's 8-grams that repeat an earlier one; figures and set phrases aside."""
    runs = [
        piece[i : i + GRAM]
        for piece in plain(subject.text).split("|")
        for i in range(len(piece) - GRAM + 1)
    ]
    if not runs:
        return unscored("全文太短")
    counts = Counter(runs)
    again = len(runs) - len(counts)
    most, times = counts.most_common(1)[0]
    why = f"8 字连缀 {len(runs)} 个，重复 {again} 个"
    if times > 1:
        why += f"，最多的“{most}”{times} 次"
    return share(again, len(runs), why)


def length(subject: Subject) -> Score:
    """How near the length is to the one asked for: 1 within a tenth of it (or in the case's range).

    A report without a wanted length is unscored; its length is told.
    """
    size = len(re.sub(r"\s", "", subject.text))
    limits = subject.case.expect.length if subject.case else None
    wanted = subject.sheet.document.length
    if limits is not None:
        low, high = limits[0] or 0, limits[1] or 10**9
        near = 1.0 if low <= size <= high else size / low if size < low else high / size
        return Score(near, f"{size} 字，应为 {low or ''}—{limits[1] or ''} 字", size)
    if not wanted:
        return unscored(f"没有规定篇幅；全文 {size} 字")
    ratio = size / wanted
    near = 1.0 if 0.9 <= ratio <= 1.1 else min(ratio, 1 / ratio) if ratio else 0.0
    return Score(near, f"{size} 字，应为约 {wanted} 字", size)
