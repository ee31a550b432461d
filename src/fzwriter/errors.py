"""What can go wrong, told apart by who can mend it.

    FzwriterError            one root; its text is one Chinese line for the user
    ├── InputError           the user's file or argument: exit code 2
    ├── ConfigError          a setting or the installation: exit code 2
    ├── ModelError           a chat model or embedding endpoint: exit code 1
    └── InternalError        a broken promise of our own code: exit code 1

A wrong number in a text is not an exception; it is an ``Issue`` (see ``fzwriter.report``).
"""

from __future__ import annotations

from pathlib import Path


class FzwriterError(Exception):
    """Root of every error fzwriter raises on purpose.

    ``str(error)`` is one Chinese line: file, place, what is wrong, remedy.
    """

    exit_code = 1

    @property
    def lines(self) -> tuple[str, ...]:
        """All there is to tell, one Chinese line each."""
        return (str(self),)


class InputError(FzwriterError):
    """A file or value the user handed in can't be used.

    Args:
        problem: what is wrong, in Chinese.
        path: the file concerned.
        place: where in it: ``第 12 行``, ``数据!D7``, ``facts[3].value``.
        remedy: what to do about it, in Chinese.
    """

    exit_code = 2

    def __init__(
        self, problem: str, *, path: Path | str | None = None, place: str = "", remedy: str = ""
    ) -> None:
        self.problem = problem
        self.path = str(path) if path is not None else ""
        self.place = place
        self.remedy = remedy
        where = " ".join(part for part in (self.path, place) if part)
        text = f"{where}：{problem}" if where else problem
        if remedy:
            text = f"{text}。{remedy}"
        super().__init__(text.replace("\n", " "))


class ConfigError(InputError):
    """A setting (``FZWRITER_*``) or a part of the installation can't be used."""


class ModelError(FzwriterError):
    """A chat model or embedding endpoint failed.

    Args:
        message: one Chinese line.
        original: the error of the library, kept for the run record.
    """

    def __init__(self, message: str, *, original: BaseException | None = None) -> None:
        self.original = original
        super().__init__(message)


class InternalError(FzwriterError):
    """Our own code broke a promise; always a bug to report."""
