"""Who hears of the pieces of an answer as they arrive: a setting of the asking thread, not of the call.

So recordings, fallbacks and scripts pass nothing on and need not know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

OnToken = Callable[[int], None]  # called with the number of pieces that arrived
_listener: ContextVar[OnToken | None] = ContextVar("fzwriter_listener", default=None)


@contextmanager
def listening(listener: OnToken) -> Iterator[None]:
    """Answers asked for in this block, in this thread, are told of piece by piece."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def arrived(pieces: int = 1) -> None:
    """Tell whoever listens that pieces of an answer have come."""
    listener = _listener.get()
    if listener is not None:
        listener(pieces)
