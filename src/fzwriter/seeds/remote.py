"""Embeddings of an endpoint's model, kept on disk so that no text is sent twice."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fzwriter.seeds.embed import Vectors

Ask = Callable[[Sequence[str]], Sequence[Sequence[float]]]
_NAME_CHARS = 16


class RemoteEmbedding:
    """An ``Embedding`` that asks elsewhere: ``fzwriter.llm.embed_texts`` with an endpoint.

    Args:
        model: names what makes the vectors, with its address: another one is another index.
        ask: gives a vector for each text.
        cache: the file that vectors are kept in.
    """

    def __init__(self, model: str, ask: Ask, cache: Path) -> None:
        self._name = f"remote-{hashlib.sha256(model.encode('utf-8')).hexdigest()[:_NAME_CHARS]}"
        self._ask = ask
        self._cache = cache

    @property
    def name(self) -> str:
        """A hash of the model's name; ASCII."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of a vector; asks for one if none was asked for yet."""
        return int(self.embed(["法治"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One normalised row for each text; an empty text gives a row of zeros.

        Raises:
            ModelError: the endpoint failed.
        """
        import numpy as np

        keys = {text: self._key(text) for text in texts if text.strip()}
        known = self._read(keys.values())
        missing = [text for text, key in keys.items() if key not in known]
        if missing:
            asked = np.asarray(self._ask(missing), dtype=np.float32)
            fresh = {keys[text]: row for text, row in zip(missing, asked, strict=True)}
            self._write({key: row.tobytes() for key, row in fresh.items()})
            known |= {key: row.tobytes() for key, row in fresh.items()}
        length = len(next(iter(known.values()))) // 4 if known else self.dimension
        rows = np.zeros((len(texts), length), dtype=np.float32)
        for at, text in enumerate(texts):
            if text in keys:
                rows[at] = np.frombuffer(known[keys[text]], dtype=np.float32)
        norms = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
        return (rows / np.where(norms == 0, np.float32(1), norms)).astype(np.float32)

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self._name}\0{text}".encode()).digest()

    # A cache that can't be used costs time, never a result.

    def _read(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        with contextlib.suppress(sqlite3.Error, OSError), self._open() as database:
            for key in keys:
                row = database.execute("SELECT row FROM vector WHERE key = ?", (key,)).fetchone()
                if row:
                    found[key] = row[0]
        return found

    def _write(self, rows: dict[bytes, bytes]) -> None:
        with contextlib.suppress(sqlite3.Error, OSError), self._open() as database, database:
            database.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", list(rows.items()))

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._cache.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(self._cache)) as database:
            database.execute("CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, row BLOB)")
            yield database
