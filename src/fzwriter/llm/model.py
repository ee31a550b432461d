"""What a chat model is to fzwriter: ``complete`` and the values around it. No library is imported here.

Every implementation stands behind the one protocol: a real endpoint (``endpoint``), a recording on
disk before another model (``cache``), a script for tests and demonstrations (``scripted``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal, Protocol, runtime_checkable

from fzwriter.errors import ModelError

Role = Literal["system", "user", "assistant"]
Schema = Mapping[str, Any]
UNKNOWN_CONTEXT = 8192  # tokens; what small local servers offer unless told otherwise


@dataclass(frozen=True)
class Message:
    """One message of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True)
class Usage:
    """Tokens, as the server counted them (estimated where it doesn't say)."""

    prompt: int = 0
    completion: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.prompt + other.prompt, self.completion + other.completion)


class AnswerError(ModelError):
    """The model was reached and answered, but the answer is of no use: refused, empty, filtered.

    Another question may do better, so a writer goes on without this one answer. Any other
    ``ModelError`` says that the model can't be used now.

    Args:
        message: one Chinese line.
        original: the error of the library.
        usage: what the answer cost.
    """

    def __init__(
        self, message: str, *, original: BaseException | None = None, usage: Usage = Usage()
    ) -> None:
        self.usage = usage
        super().__init__(message, original=original)


@dataclass(frozen=True)
class Answer:
    """What a model answered.

    Attributes:
        text: without the reasoning some models leak.
        parsed: the JSON object in it, where a schema was asked for and the model kept to it.
        usage: tokens used.
        finish_reason: ``stop``, ``length`` (cut off) or the server's own word.
        seconds: how long it took.
        cached: read from disk, not paid for.
    """

    text: str
    parsed: Mapping[str, Any] | None = None
    usage: Usage = Usage()
    finish_reason: str = "stop"
    seconds: float = 0.0
    cached: bool = False


@runtime_checkable
class ChatModel(Protocol):
    """A chat model. Safe to call from several threads."""

    @property
    def name(self) -> str:
        """The model's name, as recorded."""
        ...

    @property
    def context(self) -> int:
        """Tokens that prompt and answer may hold together."""
        ...

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        max_tokens: int = 1024,
        temperature: float = 0.3,
        take: int = 0,
    ) -> Answer:
        """Answer a conversation.

        Args:
            messages: system first.
            schema: JSON schema the answer should keep to; servers may ignore it.
            max_tokens: what the text of the answer may take; a model's thoughts come on top.
            temperature: 0 for the likeliest words.
            take: another answer to the same question when it differs; only recordings read it.

        Raises:
            AnswerError: there is no usable answer to this question.
            ModelError: the model can't be used.
        """
        ...


def call_key(
    name: str,
    base_url: str,
    messages: Sequence[Message],
    schema: Schema | None,
    max_tokens: int,
    temperature: float,
    take: int,
) -> str:
    """The content hash of a call: the same question to the same model at one place has the same key."""
    content = {
        "model": [name, base_url],
        "messages": [[m.role, m.content] for m in messages],
        "parameters": {
            "schema": schema,
            "max_tokens": max_tokens,
            "temperature": temperature,
            "take": take,
        },
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
