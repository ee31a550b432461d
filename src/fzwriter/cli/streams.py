"""Standard streams that never stop a run: closed, full, or cut off by whoever was reading.

Results are files; what is printed about them may get lost without the files getting lost. No key
leaves through them either.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from fzwriter.errors import reason
from fzwriter.redaction import masked

_CUT_OFF = (errno.EPIPE, errno.EINVAL)  # EINVAL: how Windows says that nobody reads any more


class Patient:
    """A text stream that notes the first failure, and from then on swallows what it is given."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.failure: OSError | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write without keys; nothing after a failure."""
        if isinstance(text, str) and self.failure is None:
            with self._noting():
                self._stream.write(masked(text))
            return len(text)
        return len(text) if isinstance(text, str) else self._stream.write(text)

    def writelines(self, lines: Any) -> None:
        """Write each."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Flush what isn't lost."""
        if self.failure is None:
            with self._noting():
                self._stream.flush()

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:
            if isinstance(error, ValueError) and not self._stream.closed:
                raise
            self.failure = error if isinstance(error, OSError) else OSError(errno.EBADF, "closed")
            with suppress(OSError, ValueError):  # what is buffered must not fail again at exit
                null = os.open(os.devnull, os.O_WRONLY)
                os.dup2(null, self._stream.fileno())
                os.close(null)

    def loss(self) -> str:
        """A line on what didn't get out because there was no room; "" where nobody wanted it."""
        if self.failure is None or self.failure.errno in (*_CUT_OFF, errno.EBADF):
            return ""
        return f"错误：结果没有打印完（{reason(self.failure)}）"


@contextmanager
def patient_streams() -> Iterator[Patient]:
    """Put such streams in the place of stdout and stderr; gives stdout's."""
    _occupy()
    before = sys.stdout, sys.stderr
    out, err = (Patient(_usable(stream)) for stream in before)
    sys.stdout, sys.stderr = cast(TextIO, out), cast(TextIO, err)
    try:
        yield out
    finally:
        for stream in (out, err):
            stream.flush()
        sys.stdout, sys.stderr = before


def _occupy() -> None:
    """Let no file that is opened later get the number of a closed stream: libraries write to it."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _usable(stream: TextIO | None) -> TextIO:
    """The stream in UTF-8; nothing's stream where there is none (pythonw, a scheduled task)."""
    if stream is None or stream.closed:
        return open(os.devnull, "w", encoding="utf-8")  # until the process ends
    if hasattr(stream, "reconfigure"):
        with suppress(OSError):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return stream
