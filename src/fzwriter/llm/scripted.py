"""A model that answers from a script: for tests, demonstrations and measuring, without a network."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fzwriter.errors import InternalError
from fzwriter.llm.answers import find_json, strip_thoughts
from fzwriter.llm.listening import arrived
from fzwriter.llm.model import Answer, Message, Schema, Usage

Reply = str | Answer | Exception


@dataclass(frozen=True)
class Call:
    """One call that was made."""

    messages: tuple[Message, ...]
    schema: Schema | None
    options: dict[str, Any]

    @property
    def prompt(self) -> str:
        """All messages, one after the other."""
        return "\n".join(message.content for message in self.messages)


class ScriptedModel:
    """Answers in turn from a list, or by a function of the call.

    Args:
        script: replies in order, or a function from a call to a reply. An exception is raised.
        name: as recorded.
        context: tokens it claims to take.
        latency: seconds each call takes.
    """

    def __init__(
        self,
        script: Iterable[Reply] | Callable[[Call], Reply],
        *,
        name: str = "scripted",
        context: int = 32768,
        latency: float = 0.0,
    ) -> None:
        self.name, self.context = name, context
        self.history: list[Call] = []
        self._latency = latency
        self._lock = threading.Lock()
        self._answer = script if callable(script) else _in_turn(list(script))

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        max_tokens: int = 1024,
        temperature: float = 0.3,
        take: int = 0,
    ) -> Answer:
        """The next reply of the script; every call is kept in ``history``."""
        options = {"max_tokens": max_tokens, "temperature": temperature, "take": take}
        call = Call(tuple(messages), schema, options)
        with self._lock:
            self.history.append(call)
            reply = self._answer(call)
        if self._latency:
            time.sleep(self._latency)
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, Answer):
            return reply
        arrived()
        text = strip_thoughts(reply)
        usage = Usage(len(call.prompt), len(text))
        return Answer(text, find_json(text) if schema else None, usage)


def _in_turn(replies: list[Reply]) -> Callable[[Call], Reply]:
    def answer(call: Call) -> Reply:
        del call
        if not replies:
            raise InternalError("脚本模型没有更多的回答")
        return replies.pop(0)

    return answer
