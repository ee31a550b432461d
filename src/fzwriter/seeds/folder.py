"""An index in a folder: generations that are written once, checked, and swapped in.

A generation is a Chroma folder that is never written again after it was published; a change
builds the next one (from a copy) and then moves the manifest to it. So a reader in another
process keeps what it opened, a crash while writing leaves the old generation in force, and damage
shows: the HNSW files must have the size and hash they were published with, and SQLite must pass
its own check. Opening a generation changes only a lock row in SQLite, hence its content is
counted and not hashed.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path

from fzwriter.seeds import manifest as manifests
from fzwriter.seeds.manifest import DamagedError, Manifest
from fzwriter.seeds.probe import probe
from fzwriter.seeds.store import SeedStore

_SQLITE = "chroma.sqlite3"
_PREFIX = "g-"
_UNFINISHED = (
    "n-"  # a generation being written; what a killed process leaves is never taken for one
)
_ID_CHARS = 12
_BLOCK = 1 << 20


class FolderBackend:
    """Generations of an index under one folder.

    Args:
        folder: holds ``manifest.json`` and the generations.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.label = str(folder)
        self._manifest = folder / "manifest.json"

    def load(self) -> Manifest | None:
        """The manifest in force; ``None`` when nothing was ever built here.

        Raises:
            DamagedError: the manifest is damaged, or gone while its index is there.
        """
        found = manifests.read(self._manifest)
        if found is None and any(self._generations()):
            raise DamagedError("清单不见了")
        return found

    def check(self, manifest: Manifest) -> Manifest:
        """Make sure of the generation in force; its manifest, with new stamps if they changed.

        Raises:
            DamagedError: it is damaged.
        """
        folder = self.folder / manifest.folder
        if not manifest.folder or not (folder / _SQLITE).is_file():
            raise DamagedError("索引文件缺失")
        rows = _rows(folder / _SQLITE)
        if rows not in (None, manifest.count):
            raise DamagedError("条数与清单不符")
        if rows is not None and _stamps(folder) == manifest.files:
            return manifest
        if reason := probe(folder, manifest.count):
            raise DamagedError(reason)
        stamped = _replace(manifest, manifest.folder, _stamps(folder))
        if self._in_force() == manifest:  # not when another process has moved on meanwhile
            with contextlib.suppress(OSError):  # what can only be read is probed every time
                manifests.write(self._manifest, stamped)
        return stamped

    @contextlib.contextmanager
    def writing(self, base: Manifest | None) -> Iterator[tuple[str, SeedStore]]:
        """A new generation to write into: empty, or a copy of the one in force.

        Yields its name and store. When the block fails, the new generation is thrown away.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        name = uuid.uuid4().hex[:_ID_CHARS]
        folder = self.folder / f"{_UNFINISHED}{name}"
        folder.mkdir()
        store: SeedStore | None = None
        try:
            if base is not None:
                _copy(self.folder / base.folder, folder)
            store = SeedStore(folder, create=True)
            yield f"{_PREFIX}{name}", store
            store.seal()
            store.close()
        except BaseException:
            if store is not None:
                store.close()
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def publish(self, name: str, manifest: Manifest) -> Manifest:
        """Put a generation in force and clear away all but it and the one before it.

        Raises:
            DamagedError: it can't be read back; the one before it stays in force.
        """
        folder = self.folder / f"{_UNFINISHED}{name.removeprefix(_PREFIX)}"
        if _rows(folder / _SQLITE) != manifest.count:
            shutil.rmtree(folder, ignore_errors=True)
            raise DamagedError("新写的索引读不回来")
        before = self._in_force()
        folder = folder.rename(self.folder / name)
        published = _replace(manifest, name, _stamps(folder))
        manifests.write(self._manifest, published)
        keep = {name, before.folder if before else ""}
        for old in [*self._generations(), *self.folder.glob(f"{_UNFINISHED}*")]:
            if old.name not in keep:
                shutil.rmtree(old, ignore_errors=True)  # Windows: still open elsewhere, next time
        return published

    def reading(self, manifest: Manifest) -> SeedStore:
        """The store of the generation in force."""
        return SeedStore(self.folder / manifest.folder)

    def _in_force(self) -> Manifest | None:
        with contextlib.suppress(DamagedError):
            return manifests.read(self._manifest)
        return None

    def _generations(self) -> Iterator[Path]:
        if self.folder.is_dir():
            yield from self.folder.glob(f"{_PREFIX}*")


def _replace(manifest: Manifest, folder: str, files: dict[str, tuple[int, str]]) -> Manifest:
    return Manifest(manifest.embedding, manifest.rules, folder, manifest.seeds, files)


def _stamps(folder: Path) -> dict[str, tuple[int, str]]:
    """Size and hash of every file but SQLite's own."""
    stamps = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(_SQLITE):
            stamps[path.relative_to(folder).as_posix()] = (path.stat().st_size, _digest(path))
    return stamps


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _rows(path: Path) -> int | None:
    """How many passages SQLite says there are; ``None`` when this process can't tell.

    Raises:
        DamagedError: SQLite itself finds the file damaged, or there is nothing in it.
    """
    try:
        if path.stat().st_size == 0:  # Chroma would open it as an empty database
            raise DamagedError("数据库是空的")
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            state: tuple[str] = database.execute("PRAGMA quick_check(1)").fetchone()
            rows: tuple[int] = database.execute("SELECT count(*) FROM embeddings").fetchone()
    except (sqlite3.OperationalError, OSError):
        return None  # locked, a journal to roll back, another layout: not for us to judge
    except sqlite3.Error as error:
        raise DamagedError("数据库已损坏") from error
    if state != ("ok",):
        raise DamagedError("数据库已损坏")
    return rows[0]


def _copy(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        copied = target / path.relative_to(source)
        if path.is_dir():
            copied.mkdir(parents=True, exist_ok=True)
        elif not path.name.startswith(_SQLITE):
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copied)
    # SQLite's own copy: right even while another process opens the database.
    with (
        contextlib.closing(sqlite3.connect(source / _SQLITE)) as old,
        contextlib.closing(sqlite3.connect(target / _SQLITE)) as new,
    ):
        old.backup(new)
