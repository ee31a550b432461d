"""The passages of a library: one Chroma collection, and beside it what makes searching it fast.

Chroma holds everything; ``words.sqlite3`` (``lexical``) and ``vectors.bin`` (``exact``) are made of
it and can be made again. A search without a filter asks Chroma's HNSW graph; one with a filter
compares all vectors that the filter lets through. Where the files are missing, Chroma answers all.

The only module that imports chromadb, and only inside functions: the import costs more than a
second. Traps it keeps the rest away from (measured, chromadb 1.5.9): without
``embedding_function=None`` a model is fetched from the network; ``None`` as metadata raises; a
batch holds 5461 records at most; ``add`` silently skips ids it knows (so ``upsert``); two
different ``Settings`` on one path raise; garbage in the HNSW files can kill the process (``probe``).
"""

from __future__ import annotations

import sqlite3
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fzwriter.errors import ConfigError
from fzwriter.reading.split import Passage
from fzwriter.seeds.exact import VectorTable
from fzwriter.seeds.lexical import LexicalIndex, fuse
from fzwriter.seeds.records import FIELDS, entry_of, metadata_of, passage_of

if TYPE_CHECKING:
    from fzwriter.seeds.embed import Vectors

COLLECTION = "fzwriter_seeds"
WORDS = "words.sqlite3"
BATCH = 2000
_SEEDS = 50  # deleted at once, for the same reason as in _pages
_SCORE_DIGITS = 6
# Every batch reaches the HNSW files at once; otherwise Chroma rewrites them whenever it opens a
# small index, and nobody could tell its writing from damage.
# Wide search: exact and so the same every time at the size of a clerk's library (500 passages).
_HNSW = {
    "space": "cosine",
    "sync_threshold": 2,
    "batch_size": 2,
    "ef_construction": 100,
    "ef_search": 400,
}


class SeedStore:
    """One Chroma collection, in a folder or on a server.

    Args:
        location: a folder, or the URL of a server (``http://host:port``).
        collection: its name; ASCII, three characters or more.
        create: make the collection where it isn't there yet, in order to write.
        beside: the folder of the words and vectors; a collection in a folder has them there too.

    Raises:
        ConfigError: the server can't be reached, or the URL is none.
        Exception: whatever Chroma raises on a folder that is damaged.
    """

    def __init__(
        self,
        location: Path | str,
        *,
        collection: str = COLLECTION,
        create: bool = False,
        beside: Path | None = None,
    ) -> None:
        self._client = _server(location) if isinstance(location, str) else _folder(location)
        self._name = collection
        self._beside = beside if isinstance(location, str) else location
        self._words: LexicalIndex | None = None
        self._table: VectorTable | None = None
        self._touched: set[str] = set()  # ids whose vector the table doesn't know
        self._count: int | None = None
        try:
            self._collection = self._get(create)
            if self._beside is not None:
                self._words = self._open_words(self._beside, create)
                self._table = self._open_table(self._beside, create)
        except BaseException:
            self.close()
            raise

    def _get(self, create: bool) -> Any:
        if create:
            return self._client.get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": _HNSW}
            )
        return self._client.get_collection(self._name, embedding_function=None)

    def _open_words(self, folder: Path, create: bool) -> LexicalIndex | None:
        """The words; ``None`` (they are then indexed anew, in memory) if they don't fit."""
        path = folder / WORDS
        if not create and not path.is_file():
            return None
        try:
            words = LexicalIndex(path)
            if words.count() == self.count():
                return words
            words.close()
        except sqlite3.Error:
            if not create:
                return None
        if create:
            path.unlink(missing_ok=True)
            words = LexicalIndex(path)
            words.add(map(entry_of, self.passages()))
            return words
        return None

    def _open_table(self, folder: Path, create: bool) -> VectorTable | None:
        """The vectors; ``None`` if they don't fit. While writing they are only a stock to copy from."""
        table = VectorTable.open(folder)
        return table if create or (table and len(table.ids) == self.count()) else None

    def clear(self) -> None:
        """Drop the collection with all its passages and start an empty one."""
        self._client.delete_collection(self._name)
        self._collection = self._get(create=True)
        self._table, self._count = None, None
        if self._words is not None:
            self._words.clear()

    def upsert(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Add passages, or replace those with the same id."""
        self._count = None
        for start in range(0, len(passages), BATCH):
            batch = passages[start : start + BATCH]
            self._collection.upsert(
                ids=[passage.id for passage in batch],
                embeddings=vectors[start : start + BATCH],
                documents=[passage.text for passage in batch],
                metadatas=[metadata_of(passage) for passage in batch],
            )
        self._touched |= {passage.id for passage in passages}
        if self._words is not None:
            self._words.remove(passage.id for passage in passages)
            self._words.add(map(entry_of, passages))

    def delete(self, seeds: Sequence[str]) -> None:
        """Remove all passages of these seeds."""
        self._count = None
        for start in range(0, len(seeds), _SEEDS):
            names = list(seeds[start : start + _SEEDS])
            self._collection.delete(where={"seed": {"$in": names}})
        if self._words is not None:
            for seed in seeds:
                self._words.remove(self._words.ids_of(seed))

    def seal(self) -> None:
        """Write the vectors beside the collection, when all that was to be written is written.

        Raises:
            OSError: the folder can't be written.
        """
        if self._beside is None:
            return
        entries = [
            (key, tuple(str(meta[field]) for field in FIELDS))
            for page in self._pages(["metadatas"])
            for key, meta in zip(page["ids"], page["metadatas"], strict=True)
        ]
        stock = self._table
        known = {key: at for at, key in enumerate(stock.ids)} if stock else {}

        def fetch(ids: Sequence[str]) -> Vectors:
            import numpy as np

            rows: dict[str, Vectors] = {
                key: stock.rows[known[key]]
                for key in ids
                if stock and key in known and key not in self._touched
            }
            if missing := [key for key in ids if key not in rows]:
                rows |= self.vectors_of(missing)
            return np.array([rows[key] for key in ids], dtype=np.float32)

        VectorTable.write(self._beside, entries, fetch)
        self._touched.clear()
        self._table = VectorTable.open(self._beside)

    def query(
        self, vector: Vectors, k: int, where: Mapping[str, str] | None = None
    ) -> list[tuple[Passage, float]]:
        """The passages nearest to a vector, with their cosine similarity, best first.

        Args:
            vector: one normalised row.
            k: how many at most.
            where: values that fields of ``records.FIELDS`` must have.

        Raises:
            KeyError: ``where`` names another field.
        """
        if where and self._table is not None:
            near = self._table.nearest(vector, k, where)
            passages = self._get_passages([key for key, _ in near])
            return [(passages[key], score) for key, score in near if key in passages]
        count = self.count()
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

    def _get_passages(self, keys: Sequence[str]) -> dict[str, Passage]:
        if not keys:
            return {}
        found = self._collection.get(ids=list(keys), include=["documents", "metadatas"])
        rows = zip(found["ids"], found["documents"], found["metadatas"], strict=True)
        return {key: passage_of(text, meta) for key, text, meta in rows}

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

    def passages(self, limit: int | None = None) -> list[Passage]:
        """The stored passages, or so many of them, in no particular order."""
        return [
            passage_of(text, meta)
            for page in self._pages(["documents", "metadatas"], limit)
            for text, meta in zip(page["documents"], page["metadatas"], strict=True)
        ]

    def _pages(self, include: Sequence[str], limit: int | None = None) -> Iterator[Any]:
        """All records, or so many of them, a few at a time: SQLite takes 32766 ids at once."""
        stop = self.count() if limit is None else min(limit, self.count())
        for at in range(0, stop, BATCH):
            yield self._collection.get(
                limit=min(BATCH, stop - at), offset=at, include=list(include)
            )

    def count(self) -> int:
        """How many passages there are."""
        if self._count is None:  # 6 ms each time, and nobody else writes to what is being read
            self._count = int(self._collection.count())
        return self._count

    def vectors_of(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The vectors that Chroma holds of some passages, by id."""
        found = self._collection.get(ids=list(keys), include=["embeddings"])
        return dict(zip(found["ids"], found["embeddings"], strict=True))

    @property
    def words(self) -> LexicalIndex | None:
        """The words beside the collection, if they belong to it."""
        return self._words

    @property
    def table(self) -> VectorTable | None:
        """The vectors beside the collection, if they belong to it."""
        return self._table

    def close(self) -> None:
        """Let go of files or connections."""
        self._table = None
        if self._words is not None:
            self._words.close()
        self._client.close()


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
