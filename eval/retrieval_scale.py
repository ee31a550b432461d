"""The store at size: index rate, filtered queries, recall against exact search, memory, disk.

Passages are made of sentences of the shipped seeds, drawn and shuffled; vectors are those of the
default embedding. One store, one collection for each part of a report (the layout that is
measured), the topic as a filter inside it. Run with ``taskset -c 0,1`` for two cores.
"""

from __future__ import annotations

import random
import re
import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from fzwriter.seeds import DomainEmbedding, Passage, masked_passages, read_seeds
from fzwriter.seeds.split import searched_text
from fzwriter.seeds.store import SeedStore

ROOT = Path(__file__).resolve().parents[1]
QUERIES = 60
K = 10
NAMES = {"导语": "intro", "成效": "results", "问题": "problems", "计划": "plans", "亮点": "highlights",
         "自身建设": "own", "第一责任人": "leader", "其他": "other"}  # fmt: skip


def passages(size: int) -> list[Passage]:
    """Synthetic passages with the parts, topics and types of real ones."""
    draw = random.Random(size)
    originals = [
        passage
        for path in sorted((ROOT / "seeds").glob("*.md"))
        for report in read_seeds(path)
        for passage in masked_passages(report)
    ]
    by_topic: dict[tuple[str, str], list[str]] = {}
    for passage in originals:
        clauses = re.findall("[^，。；]+[，。；]?", passage.text)
        by_topic.setdefault((passage.part, passage.topic), []).extend(clauses)
    made = []
    for number in range(size):
        like = draw.choice(originals)
        clauses = by_topic[like.part, like.topic]
        text = "".join(draw.choice(clauses) for _ in range(draw.randint(4, 10)))
        made.append(
            Passage(
                seed=f"s{number // 25}", index=number % 25, part=like.part, path=like.path,
                topic=like.topic, text=text, role="段落", unit_type=like.unit_type, kind=like.kind,
            )
        )  # fmt: skip
    return made


def measure(size: int) -> dict[str, Any]:
    """All figures for one size."""
    made = passages(size)
    embedding = DomainEmbedding()
    started = time.perf_counter()
    vectors = np.vstack(
        [
            embedding.embed([searched_text(p) for p in made[at : at + 1000]])
            for at in range(0, size, 1000)
        ]
    )
    embedded = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stores = {}
        started = time.perf_counter()
        for part in sorted({p.part for p in made}):
            at = [index for index, p in enumerate(made) if p.part == part]
            stores[part] = SeedStore(folder, collection=f"fzwriter-{NAMES[part]}", create=True)
            for start in range(0, len(at), 2000):
                block = at[start : start + 2000]
                stores[part].upsert([made[index] for index in block], vectors[block])
        indexed = time.perf_counter() - started
        result = {
            "passages": size,
            "embed_per_s": round(size / embedded),
            "index_per_s": round(size / indexed),
            "disk_mb": round(
                sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 2**20
            ),
            "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        } | _queries(made, vectors, stores)
        for store in stores.values():
            store.close()
    print(result, flush=True)
    return result


def _queries(
    made: list[Passage], vectors: np.ndarray, stores: dict[str, SeedStore]
) -> dict[str, Any]:
    """Vector given, part by collection, topic by filter: times, and recall against exact search."""
    draw = random.Random(1)
    noise = np.random.default_rng(1)
    times: dict[str, list[float]] = {"part": [], "part_topic": [], "with_words": []}
    recalls: dict[str, list[float]] = {"part": [], "part_topic": []}
    for _ in range(QUERIES):
        like = draw.choice(made)
        vector = vectors[draw.randrange(len(made))] + noise.normal(0, 0.01, vectors.shape[1])
        vector = (vector / np.linalg.norm(vector)).astype(np.float32)
        for kind, where in (("part", {}), ("part_topic", {"topic": like.topic})):
            started = time.perf_counter()
            found = stores[like.part].query(vector, K, where)
            times[kind].append(1000 * (time.perf_counter() - started))
            allowed = [
                at for at, p in enumerate(made)
                if p.part == like.part and (not where or p.topic == like.topic)
            ]  # fmt: skip
            scores = np.sort(vectors[allowed] @ vector)[::-1][:K]
            hit = sum(score >= scores[-1] - 1e-4 for _, score in found)
            recalls[kind].append(min(1.0, hit / len(scores)))
        started = time.perf_counter()
        stores[like.part].search(like.text[:60], vector, 50, {"topic": like.topic})
        times["with_words"].append(1000 * (time.perf_counter() - started))
    figures: dict[str, Any] = {
        f"query_{kind}_ms": {
            "p50": round(statistics.median(values), 1),
            "p95": round(float(np.percentile(values, 95)), 1),
        }
        for kind, values in times.items()
    }
    return figures | {f"recall_{k}": round(statistics.mean(v), 3) for k, v in recalls.items()}
