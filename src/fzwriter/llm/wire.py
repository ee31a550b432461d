"""What passes between us and an OpenAI-compatible server: its time, its silence, its size, its form.

A client's own time limit is started anew by every byte, so a server that only keeps the connection
alive would be waited for without end. Here a sign of life is a piece of answer or of thought.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from fzwriter.llm.model import AnswerError

_LARGEST = 64_000_000  # bytes of one answer
_SIGN = re.compile(rb'"(?:content|reasoning\w*|text)" ?: ?"[^"]')


@dataclass(frozen=True)
class Limits:
    """``end`` of one call by ``time.monotonic()``, and the seconds of ``silence`` allowed in it."""

    end: float
    silence: float


_limits: ContextVar[Limits | None] = ContextVar("fzwriter_limits", default=None)


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Requests made in this block, in this thread, keep to the limits."""
    token = _limits.set(limits)
    try:
        yield
    finally:
        _limits.reset(token)


def check_request(request: Any) -> None:
    """Hook before each request: a client's own retries end with the call's time.

    Raises:
        TimeoutError: the time is over.
    """
    del request
    limits = _limits.get()
    if limits is not None and time.monotonic() > limits.end:
        raise TimeoutError


def watch_response(response: Any) -> None:
    """Hook on each response: its body is watched, and put in the form that was asked for."""
    limits = _limits.get()
    streamed = "event-stream" in response.headers.get("content-type", "")
    pieces = response.iter_bytes

    def watched(size: int | None = None) -> Iterator[bytes]:
        return pieces(size) if limits is None else _watched(pieces(size), limits, streamed)

    response.iter_bytes = watched
    if response.status_code == 200 and not streamed and b'"stream":true' in _asked(response):
        response.iter_bytes = lambda size=None: _as_events(b"".join(watched(size)))


def _asked(response: Any) -> bytes:
    return bytes(response.request.content).replace(b'"stream": true', b'"stream":true')


def _watched(pieces: Iterable[bytes], limits: Limits, streamed: bool) -> Iterator[bytes]:
    """The pieces of a body.

    Raises:
        TimeoutError: the time is over, or nothing of an answer came for too long.
        AnswerError: there is no end to it.
    """
    heard, size = time.monotonic(), 0
    for piece in pieces:
        now = time.monotonic()
        if not streamed or _SIGN.search(piece):
            heard = now
        size += len(piece)
        if now > limits.end or now - heard > limits.silence:
            raise TimeoutError
        if size > _LARGEST:
            raise AnswerError("模型服务返回的内容过长，已停止接收")
        yield piece


def _as_events(body: bytes) -> Iterator[bytes]:
    """An answer in one piece as a stream of one event, from a server that doesn't stream."""
    try:
        answer = json.loads(body)
        for choice in answer["choices"]:
            choice["delta"] = choice.pop("message")
    except (ValueError, KeyError, TypeError, AttributeError):
        yield body
        return
    yield b"data: " + json.dumps(answer).encode() + b"\n\ndata: [DONE]\n\n"
