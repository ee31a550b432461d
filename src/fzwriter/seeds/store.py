"""Chroma, and nothing but Chroma: one collection of passages with their vectors.

The only module that imports chromadb, and only inside functions: the import costs more than a
second. Traps it keeps the rest away from (measured, chromadb 1.5.9): without
``embedding_function=None`` a model is fetched from the network; ``None`` as metadata raises; a
batch holds 5461 records at most; ``add`` silently skips ids it knows (so ``upsert``); two
different ``Settings`` on one path raise. Garbage in the HNSW files can kill the process, so
``probe`` looks at a doubtful folder from a process of its own.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import urllib.parse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fzwriter.errors import ConfigError
from fzwriter.seeds.lexical import LexicalIndex, fuse
from fzwriter.seeds.records import entry_of, metadata_of, passage_of
from fzwriter.seeds.split import Passage

if TYPE_CHECKING:
    from fzwriter.seeds.embed import Vectors

COLLECTION = "fzwriter_seeds"
WORDS = "words.sqlite3"
BATCH = 2000
PROBE_SECONDS = 120
_SAMPLE = 32
_SCORE_DIGITS = 6
_NORM_TOLERANCE = 0.01
# Every batch reaches the HNSW files at once; otherwise Chroma rewrites them whenever it opens a
# small index, and nobody could tell its writing from damage.
# Wide search: exact and so the same every time at the size of a clerk's library (500 passages).
_HNSW = {
    "space": "cosine",
    "sync_threshold": 2,
    "batch_size": 2,
    "ef_construction": 400,
    "ef_search": 400,
}


class SeedStore:
    """One Chroma collection, in a folder or on a server.

    Args:
        location: a folder, or the URL of a server (``http://host:port``).
        collection: its name; ASCII, three characters or more.
        create: make the collection where it isn't there yet.

    Raises:
        ConfigError: the server can't be reached, or the URL is none.
        Exception: whatever Chroma raises on a folder that is damaged.
    """

    def __init__(
        self, location: Path | str, *, collection: str = COLLECTION, create: bool = False
    ) -> None:
        self._client = _server(location) if isinstance(location, str) else _folder(location)
        self._name = collection
        self._folder = None if isinstance(location, str) else location
        self._words: LexicalIndex | None = None
        try:
            self._collection = self._get(create)
            if self._folder is not None:
                self._words = self._open_words(self._folder / WORDS, create)
        except BaseException:
            self.close()
            raise

    def _get(self, create: bool) -> Any:
        if create:
            return self._client.get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": _HNSW}
            )
        return self._client.get_collection(self._name, embedding_function=None)

    def _open_words(self, path: Path, create: bool) -> LexicalIndex | None:
        """The words beside the vectors; ``None`` (they are then indexed anew) if they don't fit."""
        try:
            words = LexicalIndex(path)
            if create or words.count() == self._collection.count():
                return words
            words.close()
        except sqlite3.Error:
            if create:
                raise
        return None

    def clear(self) -> None:
        """Drop the collection with all its passages and start an empty one."""
        self._client.delete_collection(self._name)
        self._collection = self._get(create=True)

    def upsert(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Add passages, or replace those with the same id."""
        for start in range(0, len(passages), BATCH):
            batch = passages[start : start + BATCH]
            self._collection.upsert(
                ids=[passage.id for passage in batch],
                embeddings=vectors[start : start + BATCH],
                documents=[passage.text for passage in batch],
                metadatas=[metadata_of(passage) for passage in batch],
            )
        if self._words is not None:
            self._words.remove(passage.id for passage in passages)
            self._words.add(map(entry_of, passages))

    def delete(self, seeds: Sequence[str]) -> None:
        """Remove all passages of these seeds."""
        if seeds:
            self._collection.delete(where={"seed": {"$in": list(seeds)}})
        if self._words is not None:
            for seed in seeds:
                self._words.remove(self._words.ids_of(seed))

    def query(
        self, vector: Vectors, k: int, where: Mapping[str, str] | None = None
    ) -> list[tuple[Passage, float]]:
        """The passages nearest to a vector, with their cosine similarity, best first.

        Args:
            vector: one normalised row.
            k: how many at most.
            where: metadata fields that must be equal.
        """
        count = self._collection.count()
        if not count:
            return []
        found = self._collection.query(
            query_embeddings=vector.reshape(1, -1),
            n_results=min(k, count),
            where=_filter(where or {}),
            include=["documents", "metadatas", "distances"],
        )
        rows = zip(found["documents"][0], found["metadatas"][0], found["distances"][0], strict=True)
        # The last digits depend on how an index grew; they must not decide an order.
        return [
            (passage_of(text, meta), round(1.0 - float(distance), _SCORE_DIGITS))
            for text, meta, distance in rows
        ]

    def search(
        self, text: str, vector: Vectors, k: int, where: Mapping[str, str] | None = None
    ) -> list[tuple[Passage, float]]:
        """Passages by meaning and by words, the two rankings made one; best first.

        The number beside each is its cosine similarity, not what decided the order.
        """
        near = {passage.id: (passage, score) for passage, score in self.query(vector, k, where)}
        if self._words is None:  # on a server, or damaged: indexed here, in memory
            self._words = LexicalIndex()
            self._words.add(map(entry_of, self.passages()))
        worded = [key for key, _ in self._words.query(text, k, where)]
        near |= self._scored([key for key in worded if key not in near], vector)
        rankings = (
            sorted(near, key=lambda key: (-near[key][1], key)),
            [key for key in worded if key in near],
        )
        return [near[key] for key, _ in fuse(rankings)][:k]

    def _scored(self, keys: Sequence[str], vector: Vectors) -> dict[str, tuple[Passage, float]]:
        """Passages by id, with their cosine similarity to a vector."""
        if not keys:
            return {}
        found = self._collection.get(
            ids=list(keys), include=["documents", "metadatas", "embeddings"]
        )
        rows = zip(
            found["ids"], found["documents"], found["metadatas"], found["embeddings"], strict=True
        )
        return {
            key: (passage_of(text, meta), round(float(row @ vector), _SCORE_DIGITS))
            for key, text, meta, row in rows
        }

    def passages(self) -> list[Passage]:
        """Every stored passage, in no particular order."""
        found = self._collection.get(include=["documents", "metadatas"])
        return [
            passage_of(text, meta)
            for text, meta in zip(found["documents"], found["metadatas"], strict=True)
        ]

    def count(self) -> int:
        """How many passages there are."""
        return int(self._collection.count())

    def close(self) -> None:
        """Let go of files or connections."""
        if self._words is not None:
            self._words.close()
        self._client.close()


def probe(folder: Path, count: int) -> str:
    """Try a folder in a process of its own: what is wrong with it, or "" when it is sound."""
    arguments = json.dumps([str(folder), count])
    code = (
        "import json, sys; from fzwriter.seeds.store import _probe;_probe(*json.loads(sys.argv[1]))"
    )
    try:
        result = subprocess.run(
            [sys.executable, "-c", code, arguments],
            capture_output=True,
            timeout=PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"检查没有完成（{type(error).__name__}）"
    if result.returncode < 0 or result.returncode > 2:
        return f"检查进程异常退出（{result.returncode}）"
    return "" if result.returncode == 0 else "内容不完整或读不出来"


def _probe(folder: str, count: int) -> None:
    """The other end of ``probe``: exits with 0 when the index answers as it should."""
    import numpy as np

    try:
        store = SeedStore(Path(folder))
        sound = store.count() == count
        if sound and count:
            sample = store._collection.get(limit=_SAMPLE, include=["embeddings"])
            vectors = np.asarray(sample["embeddings"], dtype=np.float32)
            lengths = np.linalg.norm(vectors, axis=1)
            # Stored vectors are of length 1: garbage in the data file is not.
            sound = bool(np.all(np.abs(lengths - 1) < _NORM_TOLERANCE))
            sound = sound and all(store.query(vector, 3) for vector in vectors)
    except Exception:
        sound = False
    sys.stdout.flush()
    raise SystemExit(0 if sound else 2)


def _folder(path: Path) -> Any:
    import chromadb

    return chromadb.PersistentClient(path=str(path), settings=_settings())


def _server(url: str) -> Any:
    parts = urllib.parse.urlsplit(url)
    remedy = "请检查 FZWRITER_CHROMA_URL（形如 http://127.0.0.1:8000）和 Chroma 服务是否已启动"
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(f"Chroma 服务地址不对：{url}", remedy=remedy)
    import chromadb

    try:
        return chromadb.HttpClient(
            host=parts.hostname,
            port=port or (443 if parts.scheme == "https" else 8000),
            ssl=parts.scheme == "https",
            settings=_settings(),
        )
    except Exception as error:  # Chroma raises ValueError, its own and httpx's errors alike
        raise ConfigError(f"连不上 Chroma 服务 {url}", remedy=remedy) from error


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def _filter(where: Mapping[str, str]) -> dict[str, Any] | None:
    conditions = [{field: value} for field, value in where.items()]
    if len(conditions) > 1:
        return {"$and": conditions}
    return dict(conditions[0]) if conditions else None
