"""From what a server sent to what a model said: reasoning stripped, JSON found."""

from __future__ import annotations

import json
import re
from typing import Any

_MARK = re.compile(r"[<◁](/?)(?:seed:)?(?:think|thinking|thought|reasoning)[>▷]", re.IGNORECASE)
_FINAL = "<|channel|>final<|message|>"  # gpt-oss, where its server doesn't part thoughts from text
_SPECIAL = re.compile(r"<\|(?:end|return|start)\|>.*", re.DOTALL)
_FENCE = "```"
_TAIL, _TIMES = 60, 5  # characters at the end of a text, and how often they may stand in it


def strip_thoughts(text: str) -> str:
    """The text without ``<think>…</think>``, also where one of the two marks is missing."""
    _, final, rest = text.rpartition(_FINAL)
    text = _SPECIAL.sub("", rest) if final else text
    kept: list[str] = []
    at, thinking = 0, False
    for mark in _MARK.finditer(text):
        if mark.group(1):
            kept = kept if thinking else []  # all before a lone closing mark was thought
        elif not thinking:
            kept.append(text[at : mark.start()])
        thinking, at = not mark.group(1), mark.end()
    if not thinking:
        kept.append(text[at:].lstrip() if at else text)
    return "".join(kept).strip()


def repeats_itself(text: str) -> bool:
    """Whether a text has come to say the same over and over."""
    return text.count(text[-_TAIL:]) >= _TIMES if len(text) >= _TAIL * _TIMES else False


def find_json(text: str) -> dict[str, Any] | None:
    """The JSON object that a text is, or holds in a fence or between other words."""
    fenced = [*text.split(_FENCE, 2), ""][1].removeprefix("json").removeprefix("JSON")
    for candidate in (text, fenced, _outermost(text)):
        try:
            found = json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    return None


def _outermost(text: str) -> str:
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else ""


def text_of(message: Any) -> str:
    """The words of a library's message."""
    content = getattr(message, "content", "")
    if isinstance(content, str):
        return content
    pieces = [p.get("text", "") if isinstance(p, dict) else str(p) for p in content or ()]
    return "".join(pieces)


def reason_of(message: Any) -> str:
    """Why it ended, in the server's word; "" where it doesn't say."""
    metadata = getattr(message, "response_metadata", None) or {}
    return str(metadata.get("finish_reason") or metadata.get("stop_reason") or "")
