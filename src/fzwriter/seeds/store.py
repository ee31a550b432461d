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
import subprocess
import sys
import urllib.parse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fzwriter.errors import ConfigError
from fzwriter.seeds.split import Passage

if TYPE_CHECKING:
    from fzwriter.seeds.embed import Vectors

COLLECTION = "fzwriter_seeds"
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
        try:
            self._collection = self._get(create)
        except BaseException:
            self.close()
            raise

    def _get(self, create: bool) -> Any:
        if create:
            return self._client.get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": _HNSW}
            )
        return self._client.get_collection(self._name, embedding_function=None)

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
                metadatas=[_metadata(passage) for passage in batch],
            )

    def delete(self, seeds: Sequence[str]) -> None:
        """Remove all passages of these seeds."""
        if seeds:
            self._collection.delete(where={"seed": {"$in": list(seeds)}})

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
            (_passage(text, meta), round(1.0 - float(distance), _SCORE_DIGITS))
            for text, meta, distance in rows
        ]

    def passages(self) -> list[Passage]:
        """Every stored passage, in no particular order."""
        found = self._collection.get(include=["documents", "metadatas"])
        return [
            _passage(text, meta)
            for text, meta in zip(found["documents"], found["metadatas"], strict=True)
        ]

    def count(self) -> int:
        """How many passages there are."""
        return int(self._collection.count())

    def close(self) -> None:
        """Let go of files or connections."""
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


def _metadata(passage: Passage) -> dict[str, str | int]:
    return {
        "seed": passage.seed,
        "index": passage.index,
        "part": passage.part,
        "path": "\n".join(passage.path),
        "topic": passage.topic,
        "role": passage.role,
        "unit_type": passage.unit_type,
        "kind": passage.kind,
    }


def _passage(text: str, meta: Mapping[str, Any]) -> Passage:
    return Passage(
        seed=meta["seed"],
        index=int(meta["index"]),
        part=meta["part"],
        path=tuple(meta["path"].split("\n")) if meta["path"] else (),
        topic=meta["topic"],
        text=text,
        role=meta["role"],
        unit_type=meta["unit_type"],
        kind=meta["kind"],
    )
