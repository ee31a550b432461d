"""A look at a doubtful index from a process of its own: garbage in HNSW files can kill the one that reads it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from fzwriter.seeds.store import SeedStore

PROBE_SECONDS = 120
_SAMPLE = 32
_NORM_TOLERANCE = 0.01
_TOLERANCE = 1e-5


def probe(folder: Path, count: int) -> str:
    """What is wrong with an index of so many passages, or "" when it is sound."""
    arguments = json.dumps([str(folder), count])
    code = (
        "import json, sys; from fzwriter.seeds.probe import _probe;_probe(*json.loads(sys.argv[1]))"
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


def is_sound(store: SeedStore, count: int) -> bool:
    """Whether a store holds so many passages, answers, and has words and vectors that fit."""
    if store.count() != count or store.words is None:
        return False
    return not count or (_vectors_fit(store) and _answers(store))


def _answers(store: SeedStore) -> bool:
    import numpy as np

    vectors = list(store.vectors_of([p.id for p in store.passages(_SAMPLE)]).values())
    # Stored vectors are of length 1: garbage in the data file is not.
    lengths = np.linalg.norm(np.asarray(vectors, dtype=np.float32), axis=1)
    if not np.all(np.abs(lengths - 1) < _NORM_TOLERANCE):
        return False
    return all(store.query(np.asarray(vector, dtype=np.float32), 3) for vector in vectors)


def _vectors_fit(store: SeedStore) -> bool:
    """Whether every row of the table is a vector, and a sample of them Chroma's."""
    import numpy as np

    table = store.table
    if table is None or not table.sound():
        return False
    places = range(0, len(table.ids), -(-len(table.ids) // _SAMPLE))
    stored = store.vectors_of([table.ids[at] for at in places])
    return all(
        table.ids[at] in stored
        and np.allclose(stored[table.ids[at]], table.rows[at], atol=_TOLERANCE)
        for at in places
    )


def _probe(folder: str, count: int) -> None:
    """The other end of ``probe``: exits with 0 when the index is sound."""
    try:
        sound = is_sound(SeedStore(Path(folder)), count)
    except Exception:  # whatever Chroma raises on a damaged folder
        sound = False
    sys.stdout.flush()
    raise SystemExit(0 if sound else 2)
