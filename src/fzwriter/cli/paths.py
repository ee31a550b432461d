"""Where results may go: said before the work, so that no slip of the hand costs a file or an hour."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from fzwriter.cli import show
from fzwriter.errors import InputError

REPORTS = (".docx", ".md")
PAGES = (".html", ".htm")
VERDICTS = (".json",)
_DIFFERENT = "请给结果换一个文件名"


def refuse_overwriting(inputs: Iterable[Path | None], outputs: Iterable[Path | None]) -> None:
    """No result may take the place of a file that is read, or of another result.

    Raises:
        InputError: one of them would; ``-`` and ``None`` are no files.
    """
    given = {path.resolve() for path in inputs if path is not None}
    taken: set[Path] = set()
    for path in outputs:
        if path is None or str(path) == "-":
            continue
        target = path.resolve()
        if target in given:
            raise InputError("不能盖掉正在读取的文件", path=path, remedy=_DIFFERENT)
        if target in taken:
            raise InputError("两项结果写的是同一个文件", path=path, remedy=_DIFFERENT)
        taken.add(target)


def report_places(output: Path | None) -> tuple[Path, ...]:
    """Where a report asked for at ``output`` may come to stand: there, or beside it as 未核 or 存疑待核."""
    if output is None:
        return ()
    return output, *(show.unproved(output, code) for code in show.UNPROVED)


def writable(path: Path | None, endings: tuple[str, ...]) -> None:
    """Say at once what would fail after the work is done.

    Raises:
        InputError: the name has none of the ``endings``, the folder is missing or read-only.
    """
    if path is None or str(path) == "-":
        return
    if path.suffix.lower() not in endings:
        raise InputError(
            "不认识的输出格式", path=path, remedy=f"文件名请以 {' 或 '.join(endings)} 结尾"
        )
    if not path.parent.is_dir():
        raise InputError(
            "输出文件夹不存在", path=path.parent, remedy="请先建好文件夹，或换一个位置"
        )
    if not os.access(path.parent, os.W_OK):
        raise InputError("输出文件夹不能写入", path=path.parent, remedy="请检查权限，或换一个位置")
