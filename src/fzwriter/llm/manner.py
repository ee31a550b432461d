"""How a server wants to be asked: what it refused once is left out, or put otherwise, from then on.

Servers of one protocol differ in what they take: models that think refuse a temperature and
``max_tokens``, small ones a schema or a system message, gateways a stream. The refusal says which, in
English or in Chinese; one that says nothing is answered with the plainest request there is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from fzwriter.llm.model import Message

_REFUSALS = frozenset({400, 405, 415, 422, 500, 501})
_UNSAID = frozenset({400, 422})
_NEW_LIMIT = "max_completion_tokens"
# What a refusal may be about, by field of Manner; the one named first is meant.
_NAMED = {
    "usage": r"stream_options|include_usage",
    "schema": r"response_?format|json_?schema|json_object|grammar|schema|结构化|(?:返回|输出|响应)格式",
    "limit": r"max_(?:completion_|output_|new_)?tokens|最大(?:输出|生成|词元|令牌)|(?:输出|生成)长度",
    "temperature": r"temperature|温度",
    "system": r"system[ _-]?(?:role|message|prompt|instruction)|[\"'`](?:system|developer)[\"'`]|\brole"
    r"|alternat|系统(?:消息|角色|提示|指令)|角色|交替",
    "stream": r"\bstream(?!_)|流式",
}
_ABOUT = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _NAMED.items()), re.I)


@dataclass(frozen=True)
class Manner:
    """What goes with a request.

    Attributes:
        limit: the field that limits the answer; "" for none.
        most: the largest such limit the server takes; 0 for any.
        temperature: send it.
        schema: send it.
        stream: ask for a stream.
        usage: ask for the usage at a stream's end.
        system: a system message, and messages in any order; else the rules go into the first of the
            user's and roles take turns.
    """

    limit: str = "max_tokens"
    most: int = 0
    temperature: bool = True
    schema: bool = True
    stream: bool = True
    usage: bool = True
    system: bool = True


PLAINEST = Manner("", 0, False, False, False, False, False)


def without(manner: Manner, error: BaseException, asked: int, needed: int) -> Manner | None:
    """The manner without what an error of the server concerns; None where it concerns nothing of it.

    Args:
        manner: of the request that was refused.
        error: what the client made of the refusal.
        asked: tokens the answer was allowed.
        needed: of these, tokens its text may take.
    """
    status = getattr(error, "status_code", 0)
    if status not in _REFUSALS or manner == PLAINEST:
        return None
    said = _said(error)
    for found in _ABOUT.finditer(said):
        name = found.lastgroup or ""
        if name == "limit" and manner.limit:
            return _other_limit(manner, said, asked, needed)
        if name != "limit" and getattr(manner, name):
            return replace(manner, **{name: False})  # type: ignore[arg-type]
    return PLAINEST if status in _UNSAID else None


def _other_limit(manner: Manner, said: str, asked: int, needed: int) -> Manner:
    """A smaller limit where the refusal names one, else the other field, else none."""
    numbers = [int(number) for number in re.findall(r"(?<!\d)\d{3,7}(?!\d)", said.replace(",", ""))]
    smaller = [number for number in numbers if needed <= number < asked]
    if smaller:
        return replace(manner, most=max(smaller))
    if manner.limit != _NEW_LIMIT and _NEW_LIMIT in said:
        return replace(manner, limit=_NEW_LIMIT)
    return replace(manner, limit="")


def _said(error: BaseException) -> str:
    """The field a refusal names, and its words."""
    body: Any = getattr(error, "body", None)
    if not isinstance(body, dict):
        return str(body or getattr(error, "message", error))
    words = body.get("message") or body.get("detail") or body
    return f"{body.get('param') or ''} {words}"


def conversation(messages: Sequence[Message], manner: Manner) -> list[tuple[str, str]]:
    """Roles and words as the server takes them."""
    if manner.system:
        return [(message.role, message.content) for message in messages]
    turns: list[tuple[str, str]] = []
    for message in messages:
        role = "assistant" if message.role == "assistant" else "user"
        if turns and turns[-1][0] == role:
            turns[-1] = (role, f"{turns[-1][1]}\n\n{message.content}")
        else:
            turns.append((role, message.content))
    return turns
