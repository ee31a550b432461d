"""What can go wrong, told apart by who can mend it.

    FzwriterError            one root; its text is one Chinese line for the user
    ├── InputError           the user's file or argument: exit code 2
    ├── ConfigError          a setting or the installation: exit code 2
    ├── ModelError           a chat model or embedding endpoint: exit code 1
    └── InternalError        a broken promise of our own code: exit code 1

A wrong number in a text is not an exception; it is an ``Issue`` (see ``fzwriter.report``).
"""

from __future__ import annotations

import errno
from pathlib import Path

from fzwriter.redaction import masked

_REASONS = {
    "ENOSPC": "磁盘已满",
    "EDQUOT": "磁盘配额已满",
    "EROFS": "所在磁盘是只读的",
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "ENAMETOOLONG": "文件名或路径太长",
    "ENOTDIR": "路径当中有一段是文件，不是文件夹",
    "EISDIR": "这是文件夹，不是文件",
    "ENOENT": "没有这个文件或文件夹",
    "EIO": "磁盘读写出错",
    "ELOOP": "链接绕成了圈",
}
_BY_NUMBER = {getattr(errno, name): told for name, told in _REASONS.items() if hasattr(errno, name)}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where it is a common reason: ``磁盘已满``."""
    return _BY_NUMBER.get(error.errno or 0) or error.strerror or type(error).__name__


class FzwriterError(Exception):
    """Root of every error fzwriter raises on purpose.

    ``str(error)`` is one Chinese line: file, place, what is wrong, remedy; no key is in it.
    """

    exit_code = 1

    def __init__(self, message: str = "") -> None:
        super().__init__(masked(message))

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
        problem = self.problem = masked(problem)
        self.path = masked(str(path)) if path is not None else ""
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
