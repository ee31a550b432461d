"""Lexical search: SQLite's FTS5 over pairs of characters, ranked by BM25.

Chinese has no spaces; pairs of neighbouring characters are as good as words here, and need no
dictionary. Blanks and punctuation are left out, and no pair crosses them. The fields a search may
filter by stand in a column of their own, as terms that a match must have and that score nothing:
so FTS5 looks only at the texts that the filter lets through.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from fzwriter.reading.mask import BLANK
from fzwriter.seeds.records import FIELDS

_NOISE = re.compile(r"[\W_]+")
_MOST_PAIRS = 400  # of a query; a whole passage has 300


class LexicalIndex:
    """Texts by id, found by the pairs of characters they share with a query.

    Args:
        path: of its file; by default it lives in memory.
    """

    def __init__(self, path: Path | str = ":memory:") -> None:
        self._database = sqlite3.connect(path, check_same_thread=False)
        with self._database:
            self._create()

    def _create(self) -> None:
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS entry (row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE)"
        )
        self._database.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS pairs USING fts5(text, fields, content='')"
        )

    def clear(self) -> None:
        """Forget everything."""
        with self._database:
            self._database.execute("DROP TABLE pairs")
            self._database.execute("DROP TABLE entry")
            self._create()

    def add(self, entries: Iterable[tuple[str, str, Mapping[str, str]]]) -> None:
        """Add texts: id, text, the values of the fields it may be filtered by. Ids must be new."""
        with self._database:
            for key, text, fields in entries:
                row = self._database.execute("INSERT INTO entry (id) VALUES (?)", (key,)).lastrowid
                terms = " ".join(_term(field, value) for field, value in fields.items())
                self._database.execute(
                    "INSERT INTO pairs (rowid, text, fields) VALUES (?, ?, ?)",
                    (row, " ".join(pairs(text)), terms),
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
        """The ids of the texts that fit best, with their score (higher is better), best first.

        Raises:
            KeyError: ``where`` names a field that is not in ``FIELDS``.
        """
        wanted = list(dict.fromkeys(pairs(text)))[:_MOST_PAIRS]
        if not wanted:
            return []
        any_pair = " OR ".join(f'"{pair}"' for pair in wanted)
        match = f"text : ({any_pair})"
        for field, value in (where or {}).items():
            match += f' AND fields : "{_term(field, value)}"'
        found = self._database.execute(
            "SELECT entry.id, -bm25(pairs, 1, 0) AS score FROM pairs"
            " JOIN entry ON entry.row = pairs.rowid"
            " WHERE pairs MATCH ? ORDER BY score DESC, entry.id LIMIT ?",
            (match, k),
        )
        return [(str(key), float(score)) for key, score in found]

    def close(self) -> None:
        """Let go of the file."""
        with contextlib.suppress(sqlite3.Error):
            self._database.close()


def _term(field: str, value: str) -> str:
    """A field's value as one term that FTS5 takes whole."""
    if field not in FIELDS:
        raise KeyError(f"not a field: {field}")
    return f"{field.replace('_', '')}{value.encode('utf-8').hex()}"


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
