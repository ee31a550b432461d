"""Writing a file whole or not at all.

The data goes to a temporary file in the same folder, then takes the target's place in one step,
so a failure never leaves half a report where a good one was. A set of files that belong together
changes as a whole: where one can't be written, the others are put back.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from fzwriter.errors import InputError, reason

_OTHER_PLACE = "请换一个位置"
_REMEDIES = {
    errno.ENOSPC: "请清理磁盘，或换一个位置",
    errno.ENAMETOOLONG: "请换一个短一些的文件名",
}


def write_bytes(path: Path | str, data: bytes) -> None:
    """Put ``data`` in place of the file at ``path``, atomically.

    A symbolic link is followed. What was there before stays as it was unless all of ``data`` was
    written.

    Raises:
        InputError: the folder is missing or can't be written to, the target is a folder,
            read-only or open in another program, the disk is full.
    """
    asked = Path(path)
    target = _resolved(asked)
    temporary = _beside(target)
    try:
        _refuse(target, asked)
        _write(temporary, data)
        _replace(temporary, target, asked)
    except OSError as error:
        raise _explained(error, asked) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_set(files: Mapping[Path, bytes | None]) -> None:
    """Put each file in its place, in order; ``None`` removes one that is there. All of them or none.

    Raises:
        InputError: one of them can't be written or removed; all are as they were before.
    """
    staged: list[tuple[Path, Path, Path | None]] = []  # asked, target, temporary
    kept: list[tuple[Path, Path | None]] = []  # target, where its old content is
    try:
        for asked, data in files.items():
            staged.append(_staged(asked, data))
        for asked, target, temporary in staged:
            kept.append((target, _set_aside(target, asked)))
            _put(temporary, target, asked)
    except BaseException:
        for target, old in reversed(kept):
            _put_back(target, old)
        raise
    else:
        _remove(old for _, old in kept)
    finally:
        _remove(temporary for *_, temporary in staged)


def _remove(leftovers: Iterable[Path | None]) -> None:
    for leftover in leftovers:
        if leftover is not None:
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _staged(asked: Path, data: bytes | None) -> tuple[Path, Path, Path | None]:
    """Where a file goes, and the temporary file that holds its content."""
    target = _resolved(asked)
    if data is None:
        return asked, target, None
    temporary = _beside(target)
    try:
        _refuse(target, asked)
        _write(temporary, data)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _explained(error, asked) from error
        raise
    return asked, target, temporary


def _set_aside(target: Path, asked: Path) -> Path | None:
    """Keep the old content under another name, without a moment in which the file is missing."""
    if not target.exists():
        return None
    old = _beside(target)
    try:
        try:
            os.link(target, old)
        except OSError:  # no links on this file system
            os.replace(target, old)
    except OSError as error:
        raise _occupied(asked) from error
    return old


def _put(temporary: Path | None, target: Path, asked: Path) -> None:
    try:
        if temporary is not None:
            _replace(temporary, target, asked)
        else:
            target.unlink(missing_ok=True)
    except PermissionError as error:
        raise _occupied(asked) from error
    except OSError as error:
        raise _explained(error, asked) from error


def _put_back(target: Path, old: Path | None) -> None:
    with suppress(OSError):
        if old is None:
            target.unlink(missing_ok=True)
        elif target.exists() and target.samefile(old):
            old.unlink()
        else:
            os.replace(old, target)


def _beside(target: Path) -> Path:
    return target.with_name(f".{secrets.token_hex(8)}.tmp")


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        loop = isinstance(error, RuntimeError)  # Python 3.11 and 3.12 say it so
        why = (
            "链接绕成了圈" if loop else reason(error) if isinstance(error, OSError) else str(error)
        )
        raise InputError(f"路径不能用（{why}）", path=path, remedy=_OTHER_PLACE) from error


def _refuse(target: Path, asked: Path) -> None:
    """Tell apart, before anything is written, what would only be an error number after."""
    if target.is_dir():
        raise InputError(
            "这是文件夹，不能当作文件来写", path=asked, remedy="请写明文件名，如 报告.docx"
        )
    if target.exists() and not target.is_file():
        raise InputError("不是普通文件，不能写", path=asked, remedy=_OTHER_PLACE)
    folder = target.parent
    if not folder.exists():
        raise InputError(
            f"输出文件夹不存在：{folder}", path=asked, remedy="请先新建该文件夹，或换一个位置"
        )
    if not folder.is_dir():
        raise InputError(f"{folder} 是文件，不是文件夹", path=asked, remedy=_OTHER_PLACE)
    if target.exists() and not os.access(target, os.W_OK):
        raise InputError(
            "已有的同名文件是只读的，没有覆盖",
            path=asked,
            remedy="请取消它的只读属性，或换一个文件名",
        )


def _write(temporary: Path, data: bytes) -> None:
    """Create the temporary file with the permissions a new file gets, and fill it."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(temporary, flags, 0o666), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _replace(temporary: Path, target: Path, asked: Path) -> None:
    try:
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        os.replace(temporary, target)
    except PermissionError as error:  # Windows, while Word or WPS holds the file open
        raise _occupied(asked) from error


def _occupied(asked: Path) -> InputError:
    return InputError(
        "文件正被其他程序占用，没有覆盖",
        path=asked,
        remedy="请在 Word、Excel 或 WPS 中关闭它后重试，或换一个文件名",
    )


def _explained(error: OSError, path: Path) -> InputError:
    if isinstance(error, PermissionError):
        return InputError("输出文件夹没有写入权限", path=path, remedy=_OTHER_PLACE)
    remedy = _REMEDIES.get(error.errno or 0, _OTHER_PLACE)
    return InputError(f"{reason(error)}，没有写入", path=path, remedy=remedy)
