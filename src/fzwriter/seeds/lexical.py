"""Lexical search: SQLite's FTS5 over pairs of characters, ranked by BM25.

Chinese has no spaces; pairs of neighbouring characters are as good as words here, and need no
dictionary. Blanks and punctuation are left out, and no pair crosses them.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from fzwriter.seeds.mask import BLANK

_NOISE = re.compile(r"[\W_]+")
_FIELDS = ("part", "topic", "unit_type", "kind")
_MOST_PAIRS = 400  # of a query; a whole passage has 300


class LexicalIndex:
    """Texts by id, found by the pairs of characters they share with a query.

    Args:
        path: of its file; by default it lives in memory.
    """

    def __init__(self, path: Path | str = ":memory:") -> None:
        self._database = sqlite3.connect(path, check_same_thread=False)
        fields = ", ".join(f"{field} TEXT" for field in _FIELDS)
        with self._database:
            self._database.execute(
                f"CREATE TABLE IF NOT EXISTS entry (row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, {fields})"
            )
            self._database.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS pairs USING fts5(text, content='')"
            )

    def add(self, entries: Iterable[tuple[str, str, Mapping[str, str]]]) -> None:
        """Add texts: id, text, the metadata it may be filtered by. Ids must be new."""
        marks = ", ".join("?" * (len(_FIELDS) + 1))
        with self._database:
            for key, text, meta in entries:
                row = self._database.execute(
                    f"INSERT INTO entry (id, {', '.join(_FIELDS)}) VALUES ({marks})",
                    (key, *(meta.get(field, "") for field in _FIELDS)),
                ).lastrowid
                self._database.execute(
                    "INSERT INTO pairs (rowid, text) VALUES (?, ?)", (row, " ".join(pairs(text)))
                )

    def remove(self, keys: Iterable[str]) -> None:
        """Forget texts. Their pairs stay behind, found by nobody, until the index is rebuilt."""
        with self._database:
            self._database.executemany("DELETE FROM entry WHERE id = ?", [(key,) for key in keys])

    def ids_of(self, seed: str) -> list[str]:
        """The ids of a seed's texts (``seed:0001``)."""
        found = self._database.execute(
            "SELECT id FROM entry WHERE id >= ? AND id < ?", (f"{seed}:", f"{seed};")
        )
        return [str(key) for (key,) in found]

    def count(self) -> int:
        """How many texts it holds."""
        found: tuple[int] = self._database.execute("SELECT count(*) FROM entry").fetchone()
        return found[0]

    def query(
        self, text: str, k: int, where: Mapping[str, str] | None = None
    ) -> list[tuple[str, float]]:
        """The ids of the texts that fit best, with their score (higher is better), best first."""
        wanted = list(dict.fromkeys(pairs(text)))[:_MOST_PAIRS]
        if not wanted:
            return []
        match = " OR ".join(f'"{pair}"' for pair in wanted)
        conditions = "".join(f" AND entry.{field} = ?" for field in where or {})
        if any(field not in _FIELDS for field in where or {}):
            raise KeyError(f"not a field: {where}")
        found = self._database.execute(
            "SELECT entry.id, -bm25(pairs) AS score FROM pairs JOIN entry ON entry.row = pairs.rowid"
            f" WHERE pairs MATCH ?{conditions} ORDER BY score DESC, entry.id LIMIT ?",
            (match, *(where or {}).values(), k),
        )
        return [(str(key), float(score)) for key, score in found]

    def close(self) -> None:
        """Let go of the file."""
        with contextlib.suppress(sqlite3.Error):
            self._database.close()


def pairs(text: str) -> list[str]:
    """Every two neighbouring characters of a text, in order; a lone character stands for itself."""
    folded = unicodedata.normalize("NFKC", BLANK.sub(" ", text)).lower()
    found: list[str] = []
    for run in _NOISE.split(folded):
        found += [run[at : at + 2] for at in range(len(run) - 1)] or ([run] if run else [])
    return found


def fuse(
    rankings: Sequence[Sequence[str]], weights: Sequence[float] = (), softening: int = 10
) -> list[tuple[str, float]]:
    """Rankings made one by reciprocal rank fusion, best first, with their points."""
    points: dict[str, float] = {}
    for ranking, weight in zip(rankings, weights or [1.0] * len(rankings), strict=True):
        for rank, key in enumerate(ranking, 1):
            points[key] = points.get(key, 0.0) + weight / (softening + rank)
    return sorted(points.items(), key=lambda item: (-item[1], item[0]))
