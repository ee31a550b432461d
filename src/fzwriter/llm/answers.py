"""From what a server sent to what a model said: reasoning stripped, JSON found."""

from __future__ import annotations

import json
import re
from typing import Any

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?</\1>\s*", re.DOTALL | re.IGNORECASE)
_CLOSED = re.compile(r"^.*?</(?:think|thinking|reasoning)>\s*", re.DOTALL | re.IGNORECASE)
_OPEN = re.compile(r"<(?:think|thinking|reasoning)>.*\Z", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"```(?:json|JSON)?\s*\n?(.*?)```", re.DOTALL)


def strip_thoughts(text: str) -> str:
    """The text without ``<think>…</think>``, also where one of the two marks is missing."""
    text = _THOUGHT.sub("", text)
    text = _CLOSED.sub("", text)
    return _OPEN.sub("", text).strip()


def find_json(text: str) -> dict[str, Any] | None:
    """The JSON object that a text is, or holds in a fence or between other words."""
    fenced = _FENCE.search(text)
    for candidate in (text, fenced.group(1) if fenced else "", _outermost(text)):
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
