"""What a report may be written as: a module each, found by the suffix it names.

A module of this package has a ``FORMAT``; a new one needs nothing but its file. Importing this
package imports none of them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from fzwriter.errors import InputError
from fzwriter.output.layout import STANDARD, Design
from fzwriter.output.ledger import Ledger
from fzwriter.output.redhead import RedHead
from fzwriter.report import Report


@dataclass(frozen=True)
class Dress:
    """What a report goes out with; a format takes of it what it can show.

    Attributes:
        notice: a line that marks a copy with errors left; it must not count as text of the report.
        ledger: of its numbers; None for a copy that is filed.
        head: the red head.
        design: page and styles.
    """

    notice: str = ""
    ledger: Ledger | None = None
    head: RedHead | None = None
    design: Design = STANDARD


@dataclass(frozen=True)
class Format:
    """A format: the ending of its files' names, and the bytes of a report in it."""

    suffix: str
    render: Callable[[Report, Dress], bytes]


def format_of(path: Path) -> Format:
    """The format that a file's name asks for.

    Raises:
        InputError: none.
    """
    found = formats().get(path.suffix.lower())
    if found is None:
        raise InputError(
            "不认识的输出格式", path=path, remedy=f"文件名请以 {' 或 '.join(formats())} 结尾"
        )
    return found


def formats() -> Mapping[str, Format]:
    """The formats by suffix."""
    return _found(tuple(__path__))


@functools.cache
def _found(folders: tuple[str, ...]) -> Mapping[str, Format]:
    names = sorted(module.name for module in iter_modules(folders))
    every: list[Format] = [import_module(f"{__name__}.{name}").FORMAT for name in names]
    return {one.suffix: one for one in every}
