"""From a model's answer to paragraphs: JSON, broken JSON or plain lines."""

from __future__ import annotations

import json
import re

from fzwriter.llm import Answer

_TEXT_IN_JSON = re.compile(r'"text"\s*:\s*"((?:[^"\\]|\\.)*)"?')


def paragraphs_of(answer: Answer) -> list[str]:
    """The paragraphs of an answer: from its JSON, from broken JSON, else its lines."""
    if answer.parsed is not None:
        return _from_json(answer.parsed.get("paragraphs", answer.parsed))
    text = answer.text
    if text.lstrip("` \njson").startswith("{"):
        found = _TEXT_IN_JSON.findall(text)
        return [_unescape(piece) for piece in found]
    return [line.strip() for line in text.splitlines() if line.strip()]


def _from_json(value: object) -> list[str]:
    if isinstance(value, str):
        return [line.strip() for line in value.splitlines() if line.strip()]
    if isinstance(value, dict):
        inner = value.get("text", value.get("content", list(value.values())))
        return _from_json(inner)
    if isinstance(value, list):
        return [piece for item in value for piece in _from_json(item)]
    return []


def _unescape(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text
