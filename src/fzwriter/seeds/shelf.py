"""The seed files of a library: shipped ones where they lie, the user's copied under ``home``.

A user's file is copied to ``home/seeds`` under the hash of its content, with a small JSON file
that keeps its own name. Nothing here deletes a seed: what is taken out moves to ``home/removed``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fzwriter.errors import ConfigError, reason
from fzwriter.reading.source import (
    NAME_HASH_CHARS,
    SUFFIXES,
    SeedReport,
    file_digest,
    read_seeds,
    seed_name,
)

_OWN = "own-"


@dataclass(frozen=True)
class SeedFile:
    """A seed file.

    Attributes:
        name: stable, ASCII; the name of its report, or the stem of its reports' names.
        path: where it is read.
        sha256: of its bytes.
        own: the user's, not a shipped one.
        original: the name it had when it was added.
    """

    name: str
    path: Path
    sha256: str
    own: bool
    original: str

    def read(self) -> tuple[SeedReport, ...]:
        """Its reports.

        Raises:
            InputError: it can't be read.
        """
        return read_seeds(self.path, name=self.name)


def file_name(report_name: str) -> str:
    """The seed file's name of a report's: a compilation's reports carry a number."""
    return re.sub(r"-\d{1,3}$", "", report_name)


def own_name(sha256: str) -> str:
    """The name under which the user's file of this content stands in the library."""
    return f"{_OWN}{sha256[:NAME_HASH_CHARS]}"


class Shelf:
    """All seed files of a library.

    Args:
        home: the user's folder.
        shipped: the folder of shipped seeds, or ``None``.
    """

    def __init__(self, home: Path, shipped: Path | None) -> None:
        self._home = home
        self._shipped = shipped
        self._digests: dict[Path, tuple[tuple[int, int], str]] = {}

    def files(self) -> tuple[SeedFile, ...]:
        """The shipped ones first, each group by name."""
        found: list[SeedFile] = []
        if self._shipped is not None:
            paths = (p for p in self._shipped.glob("*.md") if p.stem.upper() != "README")
            for path in sorted(paths):
                digest = self._digest(path)
                found.append(SeedFile(seed_name(path, digest), path, digest, False, path.name))
        for path in sorted((self._home / "seeds").glob(f"{_OWN}*")):
            if path.suffix in SUFFIXES:
                digest = self._digest(path)
                found.append(SeedFile(path.stem, path, digest, True, _original(path)))
        return tuple(found)

    def _digest(self, path: Path) -> str:
        """The hash of a file, worked out anew only when its size or time has changed."""
        status = path.stat()
        stamp = (status.st_size, status.st_mtime_ns)
        known = self._digests.get(path)
        if known is None or known[0] != stamp:
            known = self._digests[path] = (stamp, file_digest(path))
        return known[1]

    def take_in(self, path: Path, sha256: str) -> SeedFile:
        """Copy a file into the library; it is there wholly or not at all.

        Raises:
            ConfigError: the library can't be written.
        """
        folder = self._home / "seeds"
        name = own_name(sha256)
        target = folder / f"{name}{path.suffix.lower()}"
        note = {"original": path.name, "added": dt.datetime.now(dt.UTC).isoformat("T", "seconds")}
        with self._writable():
            folder.mkdir(parents=True, exist_ok=True)
            partial = folder / f"{target.name}.{os.getpid()}.part"
            try:
                shutil.copyfile(path, partial)
                _note(target).write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
                os.replace(partial, target)
            finally:
                partial.unlink(missing_ok=True)
        return SeedFile(name, target, sha256, True, path.name)

    def put_away(self, file: SeedFile) -> Path:
        """Move a user's file out of the library, under its own name; where it is now.

        Raises:
            ConfigError: the library can't be written.
        """
        folder = self._home / "removed"
        with self._writable():
            folder.mkdir(parents=True, exist_ok=True)
            kept = folder / file.original
            if kept.exists():
                kept = folder / f"{file.name}-{file.original}"
            os.replace(file.path, kept)
            _note(file.path).unlink(missing_ok=True)
        return kept

    @contextlib.contextmanager
    def _writable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ConfigError(
                f"种子库写不了（{reason(error)}）",
                path=self._home,
                remedy="请检查该文件夹能否写入、磁盘是否已满，或把 FZWRITER_HOME 设到可写的文件夹",
            ) from error


def expand(paths: Iterable[Path | str]) -> Iterator[Path]:
    """The files meant by paths: a folder stands for the seed files in it, at any depth."""
    for path in map(Path, paths):
        if not path.is_dir():
            yield path
            continue
        for inner in sorted(path.rglob("*")):
            hidden = inner.name.startswith((".", "~$"))  # ~$: what Word leaves while a file is open
            if inner.suffix.lower() in SUFFIXES and not hidden and inner.is_file():
                yield inner


def _note(path: Path) -> Path:
    return path.with_suffix(".json")


def _original(path: Path) -> str:
    try:
        name = json.loads(_note(path).read_text(encoding="utf-8"))["original"]
    except (OSError, ValueError, KeyError, TypeError):
        return path.name
    return Path(str(name)).name or path.name
