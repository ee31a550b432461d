"""Where results may go: said before the work, so that no slip of the hand costs a file or an hour."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from fzwriter.cli import show
from fzwriter.errors import InputError, reason

if TYPE_CHECKING:
    from fzwriter.output import Written

PAGES = (".html", ".htm")
VERDICTS = (".json",)
_DIFFERENT = "请给结果换一个文件名"


def refuse_overwriting(inputs: Iterable[Path | None], outputs: Iterable[Path | None]) -> None:
    """No result may take the place of a file that is read, or of another result.

    Raises:
        InputError: one of them would; ``-`` and ``None`` are no files.
    """
    given = {os.path.realpath(path) for path in inputs if path is not None}
    taken: set[str] = set()
    for path in outputs:
        if path is None or str(path) == "-":
            continue
        target = os.path.realpath(path)
        if target in given:
            raise InputError("不能盖掉正在读取的文件", path=path, remedy=_DIFFERENT)
        if target in taken:
            raise InputError("两项结果写的是同一个文件", path=path, remedy=_DIFFERENT)
        taken.add(target)


def report_places(output: Path | None) -> tuple[Path, ...]:
    """What may be written for a report asked for at ``output``: there, or as 未核 or 存疑待核, and beside."""
    if output is None:
        return ()
    from fzwriter.output.deliver import places

    copies = (output, *(show.unproved(output, code) for code in show.UNPROVED))
    return tuple(place for copy in copies for place in places(copy))


def written() -> Written:
    """What this program wrote before, as the user's home knows it."""
    from fzwriter.output import Written
    from fzwriter.settings import Settings

    return Written(Settings.from_environ().home)


def save(files: Mapping[Path, bytes]) -> None:
    """Write results; what people edited is kept beside it as ``X.旧稿``, and told.

    Raises:
        InputError: one of them can't be written; all are as they were before.
    """
    from fzwriter import output

    kept = output.save(files, written())
    if kept:
        show.notice(
            f"原来的文件改动过或不是本程序写的，另存为 {'、'.join(path.name for path in kept)}"
        )


def writable_report(path: Path | None) -> None:
    """Say at once where a report, or what explains it, could not be written.

    Raises:
        InputError: see ``writable``.
    """
    if path is None:
        return
    from fzwriter.output.formats import formats

    writable(path, tuple(formats()))
    for place in report_places(path):
        _refuse_long(place)


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
    _refuse_long(path)
    if path.exists() and not path.is_file():
        raise InputError("这是文件夹或设备，不是文件", path=path, remedy=_DIFFERENT)
    if not path.parent.is_dir():
        raise InputError(
            "输出文件夹不存在", path=path.parent, remedy="请先建好文件夹，或换一个位置"
        )
    if not os.access(path.parent, os.W_OK):
        raise InputError("输出文件夹不能写入", path=path.parent, remedy="请检查权限，或换一个位置")


def _refuse_long(path: Path) -> None:
    try:
        path.lstat()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise InputError(reason(error), path=path, remedy="请换一个短一些的名称") from error
