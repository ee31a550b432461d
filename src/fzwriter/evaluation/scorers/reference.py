"""Scorers against a reference text of the same report: chrF and ROUGE-L, figures masked.

Figures are the checker's matter; here only the wording is compared. Both need the extra ``eval``.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from fzwriter.evaluation.scorers.base import Score, Subject, unscored
from fzwriter.numbers import find_numbers

_EXTRA = "没有安装 {0}（pip install 'fzwriter[eval]'）"


def masked(text: str) -> str:
    """The text with every figure and date a ``#``, white space gone."""
    pieces, at = [], 0
    for mention in find_numbers(text):
        if mention.kind in ("quantity", "date", "placeholder"):
            pieces += [text[at : mention.start], "#"]
            at = mention.end
    return re.sub(r"\s", "", "".join([*pieces, text[at:]]))


def chrf(subject: Subject) -> Score:
    """Character n-gram F-score (sacrebleu's chrF2, character order 6), 0 to 100."""
    found = _ready(subject, "sacrebleu.metrics.chrf", "sacrebleu")
    if isinstance(found, Score):
        return found
    metric = found.CHRF()
    score = metric.sentence_score(masked(subject.text), [masked(subject.reference)]).score
    return Score(float(score), f"chrF2 {score:.1f}（数字已遮盖）", len(subject.reference))


def rouge_l(subject: Subject) -> Score:
    """ROUGE-L F-measure on characters, 0 to 1, its longest common subsequence by rapidfuzz."""
    found = _ready(subject, "rapidfuzz.distance.LCSseq", "rapidfuzz")
    if isinstance(found, Score):
        return found
    mine, theirs = masked(subject.text), masked(subject.reference)
    common = found.similarity(mine, theirs)
    if not common:
        return Score(0.0, "没有共同的字", len(theirs))
    precision, recall = common / len(mine), common / len(theirs)
    value = 2 * precision * recall / (precision + recall)
    why = f"最长公共子序列 {common} 字，准确率 {precision:.2f}，召回率 {recall:.2f}（数字已遮盖）"
    return Score(value, why, len(theirs))


def _ready(subject: Subject, module: str, package: str) -> Any:
    """The module, or why there is no score."""
    if not subject.reference:
        return unscored("没有参考文本")
    try:
        return import_module(module)
    except ImportError:
        return unscored(_EXTRA.format(package))
