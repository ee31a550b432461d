"""Keeping an index in step with the seed files it is made of.

``SeedIndex.sync`` compares the manifest with the seeds: what is new or changed is read, split,
masked, embedded and written; what is gone is removed; an index that is damaged, or made by other
rules or another embedding, is built anew from the seeds. One process writes at a time (a lock
file); the others wait and then find the work done.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from fzwriter.errors import ConfigError, FzwriterError, reason
from fzwriter.reading.split import Passage, searched_text
from fzwriter.seeds.embed import Embedding
from fzwriter.seeds.folder import FolderBackend
from fzwriter.seeds.manifest import SCHEMA, DamagedError, Manifest, SeedEntry, rules_digest
from fzwriter.seeds.prepare import prepare
from fzwriter.seeds.server import ServerBackend
from fzwriter.seeds.shelf import SeedFile
from fzwriter.seeds.store import BATCH, SeedStore

Progress = Callable[[int, int, str], None]
Notify = Callable[[str], None]
LOCK_SECONDS = 600


class UnwritableError(ConfigError):
    """The folder of an index, or what lies in it, can't be used; the seeds themselves can."""


class _Backend(Protocol):
    label: str
    folder: Path

    def load(self) -> Manifest | None: ...
    def check(self, manifest: Manifest) -> Manifest: ...
    def writing(
        self, base: Manifest | None
    ) -> contextlib.AbstractContextManager[tuple[str, SeedStore]]: ...
    def publish(self, name: str, manifest: Manifest) -> Manifest: ...
    def reading(self, manifest: Manifest) -> SeedStore: ...


def _no_progress(_done: int, _total: int, _name: str) -> None:
    """Nobody is waiting."""


def _no_notice(_line: str) -> None:
    """Nobody is listening."""


class SeedIndex:
    """The index of a library.

    Args:
        folder: where it lies (for a server: where its manifest lies).
        embedding: what makes the vectors.
        url: a Chroma server instead of the folder.
        progress: called with (done, total, name of the seed) while seeds are indexed.
        notify: called with one Chinese line when the user should know something.
    """

    def __init__(
        self,
        folder: Path,
        embedding: Embedding,
        *,
        url: str = "",
        progress: Progress | None = None,
        notify: Notify | None = None,
    ) -> None:
        self._embedding = embedding
        self._backend: _Backend = ServerBackend(folder, url) if url else FolderBackend(folder)
        self._own = self._backend
        self._progress = progress or _no_progress
        self._notify = notify or _no_notice
        self._store: SeedStore | None = None
        self._condemned: Manifest | None = None  # found damaged: no need to look twice
        self._aside: tempfile.TemporaryDirectory[str] | None = None  # where the folder is no use
        self._none = False  # there is no place for an index at all
        self.manifest: Manifest | None = None

    def peek(self) -> Mapping[str, SeedEntry]:
        """What the manifest knows of the seeds, without opening the index."""
        try:
            known = self.manifest or self._backend.load()
        except DamagedError:
            return {}
        return known.seeds if known and self._made_like_this(known) else {}

    def sync(self, seeds: Sequence[SeedFile], *, rebuild: bool = False) -> Manifest:
        """Bring the index in step with the seeds and open it.

        Where the folder can't be used a temporary one takes its place, for this session; where
        there is no place for that either, searches find nothing. Either is told in one notice.

        Raises:
            ConfigError: a server can't be reached; with ``rebuild``: the folder can't be written.
        """
        if rebuild:  # of the index itself, whatever has taken its place
            self._backend, self._none = self._own, False
        if self._none:
            return self._nothing()
        try:
            return self._synced(seeds, rebuild=rebuild)
        except UnwritableError as error:
            if rebuild:
                raise
            return self._synced_aside(seeds, error)

    def _synced(self, seeds: Sequence[SeedFile], *, rebuild: bool = False) -> Manifest:
        wanted = {seed.name: seed for seed in seeds}
        current = None if rebuild else self._current()
        if current is None or self._stale(current, wanted):
            with self._locked():
                current = self._write(wanted, rebuild=rebuild)
        if self._store is None or self.manifest != current:
            self._close_store()
            with self._chroma_errors():
                self._store = self._backend.reading(current)
        self.manifest = current
        return current

    def _synced_aside(self, seeds: Sequence[SeedFile], error: UnwritableError) -> Manifest:
        """The same in a temporary folder, beginning with what is there."""
        self._close_store()
        old, told = self._backend.folder, self._notify
        waiting: list[str] = []
        try:
            self._aside = tempfile.TemporaryDirectory(
                prefix="fzwriter-", ignore_cleanup_errors=True
            )
            folder = Path(self._aside.name)
            if isinstance(self._backend, FolderBackend):
                with contextlib.suppress(OSError, shutil.Error):
                    shutil.copytree(old, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
            self._backend, self._notify = FolderBackend(folder), waiting.append
            manifest = self._synced(seeds)
            outcome = "这次用临时的种子索引"
        except (OSError, ConfigError):
            self._none, manifest = True, self._nothing()
            outcome = "也没有地方放临时的，这次不借用种子的说法"
        self._notify = told
        for line in (f"{error.problem}（{old}），{outcome}", *waiting):
            self._notify(line)
        return manifest

    def _nothing(self) -> Manifest:
        return Manifest(self._embedding.name, rules_digest())

    def query(
        self, text: str, k: int, where: Mapping[str, str] | None = None
    ) -> list[tuple[Passage, float]]:
        """The passages that fit a text best, best first. The index must have been synced."""
        vector = self._embedding.embed([text])[0]
        if self._store is None or not vector.any():
            return []
        return self._store.search(text, vector, k, where)

    def passages(self) -> list[Passage]:
        """Every stored passage. The index must have been synced."""
        return self._store.passages() if self._store else []

    def close(self) -> None:
        """Let go of the files."""
        self._close_store()
        if self._aside is not None:
            self._aside.cleanup()
            self._aside = None

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    # What is there.

    def _current(self) -> Manifest | None:
        """The manifest in force if its index is sound and made as we would make it."""
        found: Manifest | None = None
        try:
            found = self._backend.load()
            if found is None or not self._made_like_this(found):
                return None
            if self._store is not None and found == self.manifest:
                return found
            return self._backend.check(found)
        except DamagedError:
            self._condemned = found
            return None

    def _made_like_this(self, manifest: Manifest) -> bool:
        return (
            manifest.schema == SCHEMA
            and manifest.embedding == self._embedding.name
            and manifest.rules == rules_digest()
        )

    @staticmethod
    def _stale(manifest: Manifest, wanted: Mapping[str, SeedFile]) -> bool:
        there = {name: entry.sha256 for name, entry in manifest.seeds.items()}
        return there != {name: seed.sha256 for name, seed in wanted.items()}

    # Writing.

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        folder = self._backend.folder
        try:
            if folder.exists() and not folder.is_dir():
                raise NotADirectoryError(20, "这里应是文件夹，却是一个文件", str(folder))
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder / "write.lock", timeout=LOCK_SECONDS):
                yield
        except Timeout as error:
            raise UnwritableError(
                "另一个 fzwriter 正在写种子索引，等了很久仍未结束",
                path=folder,
                remedy="请等它结束后再试",
            ) from error
        except OSError as error:
            raise UnwritableError(
                f"种子索引写不了（{reason(error)}）",
                path=folder,
                remedy="请检查该文件夹能否写入、磁盘是否已满，或把 FZWRITER_HOME 设到可写的文件夹",
            ) from error

    def _write(self, wanted: Mapping[str, SeedFile], *, rebuild: bool) -> Manifest:
        """Under the lock: look again, for another process may have done it; then write."""
        base = None if rebuild else self._sound_base()
        if base is not None and not self._stale(base, wanted):
            return base
        self._close_store()
        try:
            return self._next(base, wanted)
        except DamagedError:
            if base is None:
                raise UnwritableError(
                    "种子索引写入后读不回来", path=self._backend.label, remedy="请检查磁盘后再试"
                ) from None
            return self._next(None, wanted)

    def _sound_base(self) -> Manifest | None:
        """What to build on: ``None`` means from scratch; damage is told to the user."""
        try:
            found = self._backend.load()
            if found is None or not self._made_like_this(found):
                return None
            if found == self._condemned:
                raise DamagedError("已查过")
            return self._backend.check(found)
        except DamagedError:
            self._notify(f"种子索引已损坏（{self._backend.label}），已按种子原文重建")
            return None

    def _next(self, base: Manifest | None, wanted: Mapping[str, SeedFile]) -> Manifest:
        """Write the next state of the index and put it in force."""
        kept = dict(base.seeds) if base else {}
        changed = [seed for name, seed in wanted.items() if _hash(kept.get(name)) != seed.sha256]
        gone = [name for name in kept if name not in wanted]
        with self._chroma_errors(), self._backend.writing(base) as (folder, store):
            for name in [*gone, *(seed.name for seed in changed)]:
                old = kept.pop(name, None)
                store.delete([report.name for report in old.reports] if old else [])
            kept |= self._index(changed, store)
        manifest = Manifest(self._embedding.name, rules_digest(), seeds=kept)
        return self._backend.publish(folder, manifest)

    def _index(self, seeds: Sequence[SeedFile], store: SeedStore) -> dict[str, SeedEntry]:
        """Read and store seeds; one that can't be read is remembered with the reason."""
        entries: dict[str, SeedEntry] = {}
        waiting: list[Passage] = []
        for done, seed in enumerate(seeds):
            self._progress(done, len(seeds), seed.name)
            entry, passages = prepare(seed)
            if entry.problem:
                self._notify(f"这份种子读不了，已跳过：{entry.problem}")
            entries[seed.name] = entry
            waiting += passages
            if len(waiting) >= BATCH:
                self._flush(waiting, store)
                waiting = []
        self._flush(waiting, store)
        if seeds:
            self._progress(len(seeds), len(seeds), seeds[-1].name)
        return entries

    def _flush(self, passages: Sequence[Passage], store: SeedStore) -> None:
        if passages:
            vectors = self._embedding.embed([searched_text(passage) for passage in passages])
            store.upsert(passages, vectors)

    @contextlib.contextmanager
    def _chroma_errors(self) -> Iterator[None]:
        """Chroma's errors have no common root; whatever it raises is told in one line."""
        try:
            yield
        except (FzwriterError, DamagedError):
            raise
        except Exception as error:
            own = isinstance(error, OSError) or isinstance(self._backend, FolderBackend)
            raise (UnwritableError if own else ConfigError)(
                f"种子索引用不了（{_why(error, self._backend.folder)}）",
                path=self._backend.label,
                remedy="请检查该文件夹能否写入、磁盘是否已满；仍不行时删除该文件夹后再试，种子原文不受影响",
            ) from error


def _why(error: Exception, folder: Path) -> str:
    if isinstance(error, OSError):
        return reason(error)
    if "disk is full" in str(error):
        return "磁盘已满"
    return type(error).__name__ if os.access(folder, os.W_OK) else "文件夹不能写入"


def _hash(entry: SeedEntry | None) -> str:
    return entry.sha256 if entry else ""
