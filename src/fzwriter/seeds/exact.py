"""Exact search under a filter: every vector in one file, sorted so that a filter is a few stretches.

Chroma joins its metadata tables for each query with a ``where``: 110 ms at 20,000 passages, before
it looks at a vector. The dot products themselves are cheap when they lie together. So the vectors
are kept a second time, sorted by the fields a search may filter by; a filter names stretches of
rows, and those are compared one and all. The file is derived from the collection and written as a
whole: a header (magic, length of the directory), the directory (JSON: ids, and where each
combination of fields ends), then float32 rows, mapped into memory when they are searched.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fzwriter.seeds.records import FIELDS

if TYPE_CHECKING:
    from fzwriter.seeds.embed import Vectors

VECTORS = "vectors.bin"
_HEADER = struct.Struct("<8sQ")
_MAGIC = b"fzvec\0\0\1"
_ALIGN = 64
_PAGE = 2000
_SCORE_DIGITS = 6
_TIE = 1e-6
_NORM_TOLERANCE = 0.01

Key = tuple[str, ...]  # one value for each of FIELDS
Fetch = Callable[[Sequence[str]], "Vectors"]  # the vectors of ids, in their order


@dataclass(frozen=True)
class VectorTable:
    """The vectors of a library, mapped into memory.

    Attributes:
        ids: of the passages, row by row.
        stretches: key and end of each run of rows with the same key, in order.
        rows: n × dimension, float32, L2-normalised; read-only.
    """

    ids: Sequence[str]
    stretches: Sequence[tuple[Key, int]]
    rows: Vectors

    @classmethod
    def open(cls, folder: Path) -> VectorTable | None:
        """The table in a folder; ``None`` where there is none that can be read."""
        import numpy as np

        path = folder / VECTORS
        try:
            with path.open("rb") as file:
                magic, length = _HEADER.unpack(file.read(_HEADER.size))
                if magic != _MAGIC or length > path.stat().st_size:
                    return None
                directory = json.loads(file.read(length))
            ids, dimension = directory["ids"], int(directory["dimension"])
            stretches = [(tuple(key), int(stop)) for key, stop in directory["stretches"]]
            start = _start(length)
            if path.stat().st_size != start + 4 * len(ids) * dimension or not ids:
                return None
            rows = np.memmap(path, np.float32, "r", start, (len(ids), dimension))
        except (OSError, ValueError, KeyError, TypeError, struct.error):
            return None
        return cls(ids, stretches, rows)

    @classmethod
    def write(cls, folder: Path, entries: Sequence[tuple[str, Key]], fetch: Fetch) -> None:
        """Put a new table in place of the one in a folder, in one step.

        Args:
            folder: where it goes.
            entries: id and key of each passage, in any order.
            fetch: gives the vectors of ids; called with a few thousand at a time.

        Raises:
            OSError: the folder can't be written.
        """
        target = folder / VECTORS
        if not entries:
            target.unlink(missing_ok=True)
            return
        ordered = sorted(entries, key=lambda entry: (entry[1], entry[0]))
        ids = [key for key, _ in ordered]
        first = fetch(ids[:_PAGE])
        directory = {
            "dimension": first.shape[1],
            "stretches": list(_stretches([key for _, key in ordered])),
            "ids": ids,
        }
        text = json.dumps(directory, ensure_ascii=False).encode("utf-8")
        partial = folder / f"{VECTORS}.{os.getpid()}.part"
        try:
            with partial.open("wb") as file:
                file.write(_HEADER.pack(_MAGIC, len(text)) + text)
                file.write(b"\0" * (_start(len(text)) - file.tell()))
                file.write(first.astype("<f4").tobytes())
                for at in range(_PAGE, len(ids), _PAGE):
                    file.write(fetch(ids[at : at + _PAGE]).astype("<f4").tobytes())
            os.replace(partial, target)
        finally:
            partial.unlink(missing_ok=True)

    def nearest(self, vector: Vectors, k: int, where: Mapping[str, str]) -> list[tuple[str, float]]:
        """Ids of the k rows nearest to a vector among those a filter lets through, best first.

        Args:
            vector: one normalised row.
            k: how many at most.
            where: values that fields of ``FIELDS`` must have.

        Raises:
            KeyError: a field that rows can't be filtered by.
        """
        import numpy as np

        spans = list(self._spans(where))
        if not spans or k < 1:
            return []
        scores = np.concatenate([self.rows[start:stop] @ vector for start, stop in spans])
        places = np.concatenate([np.arange(start, stop) for start, stop in spans])
        if len(scores) > k:  # with all that tie for the last place: ids decide, not memory layout
            least = np.partition(scores, len(scores) - k)[len(scores) - k]
            among = np.flatnonzero(scores >= least - _TIE)
            scores, places = scores[among], places[among]
        found = [
            (self.ids[place], round(float(score), _SCORE_DIGITS))
            for place, score in zip(places, scores, strict=True)
        ]
        return sorted(found, key=lambda item: (-item[1], item[0]))[:k]

    def sound(self) -> bool:
        """Whether every row has the length of a vector; garbage has not."""
        import numpy as np

        for at in range(0, len(self.ids), _PAGE):
            with np.errstate(all="ignore"):  # garbage overflows
                lengths = np.linalg.norm(self.rows[at : at + _PAGE], axis=1)
            if not np.all(np.abs(lengths - 1) < _NORM_TOLERANCE):
                return False
        return True

    def _spans(self, where: Mapping[str, str]) -> Iterator[tuple[int, int]]:
        """The rows a filter lets through, neighbouring stretches joined."""
        wanted = [(FIELDS.index(field), value) for field, value in where.items() if _known(field)]
        start = stop = 0
        for key, end in self.stretches:
            if all(key[at] == value for at, value in wanted):
                stop = end
                continue
            if start < stop:
                yield start, stop
            start = stop = end
        if start < stop:
            yield start, stop


def _known(field: str) -> bool:
    if field not in FIELDS:
        raise KeyError(f"not a field: {field}")
    return True


def _start(length: int) -> int:
    """Where the rows begin behind a directory of so many bytes."""
    return -(-(_HEADER.size + length) // _ALIGN) * _ALIGN


def _stretches(keys: Sequence[Key]) -> Iterator[tuple[Key, int]]:
    for at, key in enumerate(keys, 1):
        if at == len(keys) or keys[at] != key:
            yield key, at
