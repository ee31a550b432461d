"""Writing where a person may have worked: what isn't as we wrote it is kept before it is replaced.

Whether a file is as we wrote it is told by digests: those in the user's home (``Written``) and
those that a set of files carries with it (the ledger's). What neither knows is somebody's work.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from itertools import count
from pathlib import Path

from fzwriter.errors import InputError
from fzwriter.output.atomic import write_bytes, write_set

_KEPT = ".旧稿"
"""Ends the name of the copy of a file that people had edited before a new run."""
_LONGEST = 1_000_000  # bytes of the record: fifteen thousand files


class Written:
    """The digests of what this program wrote, from run to run.

    Args:
        home: the folder that keeps them; ``None`` keeps none. One that can't be written costs a
            copy kept needlessly, never a file.
    """

    def __init__(self, home: Path | None = None) -> None:
        self._file = home / "written.sha256" if home else None

    def digests(self) -> frozenset[str]:
        """What was written so far, as SHA-256 in hexadecimal."""
        if self._file is None:
            return frozenset()
        try:
            return frozenset(self._file.read_text("ascii", "replace").split())
        except OSError:
            return frozenset()

    def note(self, contents: Iterable[bytes]) -> None:
        """Remember that these were written."""
        if self._file is None:
            return
        lines = "".join(f"{digest(content)}\n" for content in contents).encode()
        with suppress(OSError, InputError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab") as file:
                file.write(lines)
                size = file.tell()
            if size > _LONGEST:
                write_bytes(self._file, self._file.read_bytes()[-_LONGEST // 2 :])


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()


def save(
    files: Mapping[Path, bytes | None], written: Written, ours: Collection[str] = ()
) -> list[Path]:
    """Write files as one set; those that people edited are kept beside them as ``X.旧稿``.

    Args:
        files: what goes where, in order; ``None`` clears a place.
        written: what this program wrote before; notes what it writes now.
        ours: digests of more that is ours.

    Returns:
        The copies kept.

    Raises:
        InputError: one of them can't be written or read; all are as they were before.
    """
    known = written.digests() | set(ours)
    kept: dict[Path, bytes] = {}
    looks: dict[Path, os.stat_result] = {}
    for path, content in files.items():
        old = _content(path)
        if old is None or old == content or digest(old) in known:
            continue
        free = _free_name(path, {*files, *kept})
        kept[free], looks[free] = old, path.stat()
    write_set({**kept, **files})
    for free, look in looks.items():
        with suppress(OSError):  # as private and as old as it was
            free.chmod(look.st_mode & 0o777)
            os.utime(free, ns=(look.st_atime_ns, look.st_mtime_ns))
    written.note(content for content in files.values() if content is not None)
    return list(kept)


def _content(path: Path) -> bytes | None:
    """What stands at a path; ``None`` for no file, which is for the writing to judge."""
    try:
        return path.read_bytes() if path.is_file() else None
    except ValueError:
        return None
    except OSError as error:
        if not os.path.lexists(path):
            return None
        raise InputError(
            "已有的同名文件读不了，没有覆盖", path=path, remedy="请检查它的权限，或换一个文件名"
        ) from error


def _free_name(old: Path, taken: Collection[Path]) -> Path:
    names = (f"{old.stem}{_KEPT}{n if n > 1 else ''}{old.suffix}" for n in count(1))
    free = (path for path in map(old.with_name, names) if path not in taken)
    return next(path for path in free if not os.path.lexists(path))
