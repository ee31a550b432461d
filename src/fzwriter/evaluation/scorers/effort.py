"""Scorers of what a text took: tokens, calls, retries, pieces given up, time."""

from __future__ import annotations

from fzwriter.evaluation.scorers.base import Effort, Score, Subject, share, unscored

_NO_MODEL = "没有用模型"


def _spent(subject: Subject) -> Effort | None:
    effort = subject.effort
    return effort if effort is not None and effort.model else None


def tokens(subject: Subject) -> Score:
    """Tokens sent and received, as the server counted them."""
    effort = _spent(subject)
    if effort is None:
        return unscored(_NO_MODEL)
    total = effort.prompt_tokens + effort.completion_tokens
    why = f"输入 {effort.prompt_tokens:,}，输出 {effort.completion_tokens:,}"
    return Score(total, why, effort.calls)


def calls(subject: Subject) -> Score:
    """Questions put to the model."""
    effort = _spent(subject)
    if effort is None:
        return unscored(_NO_MODEL)
    return Score(effort.calls, f"{effort.calls} 次，写 {effort.pieces} 处", effort.pieces)


def retries(subject: Subject) -> Score:
    """Repairs asked for, a piece."""
    effort = _spent(subject)
    if effort is None:
        return unscored(_NO_MODEL)
    return share(effort.retries, effort.pieces, f"{effort.pieces} 处中返工 {effort.retries} 次")


def fallbacks(subject: Subject) -> Score:
    """Share of the model's pieces that were given up for the composer's."""
    effort = _spent(subject)
    if effort is None:
        return unscored(_NO_MODEL)
    why = f"{effort.pieces} 处中 {effort.fallbacks} 处没有采用模型的文字"
    return share(effort.fallbacks, effort.pieces, why)


def seconds(subject: Subject) -> Score:
    """Wall time of writing; on a busy machine it says little."""
    if subject.effort is None:
        return unscored("没有起草")
    if subject.effort.replayed:
        return unscored(f"{subject.effort.replayed} 次回答来自已有记录，用时没有意义")
    return Score(subject.effort.seconds, f"{subject.effort.seconds:.2f} 秒", 1)
