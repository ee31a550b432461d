"""The store at size: `python eval/retrieval.py --scale [SIZE …]`, by default 1k, 10k and 100k.

Passages are made of clauses of the shipped seeds, drawn within the part and topic of a real
passage, so that they lie in clusters like real ones; vectors are those of the default embedding,
queries are vectors of passages with noise. Side by side, over the same passages and queries:

- ``store``: what the library does (``seeds.store``): an exact comparison of the vectors that a
  filter lets through, Chroma's graph where there is no filter;
- ``where``: one Chroma collection with a ``where`` filter;
- ``ids``: one Chroma collection, the ids that the filter lets through handed to the query;
- ``parts``: a Chroma collection for each part of a report, ``where`` for the rest of the filter.

Recall is against exact search under the same filter (by score, so that ties count). Besides: rates,
disk, memory, what opening costs, and how the folder grows when reports are replaced. The table goes
to ``results/retrieval-scale.json``, facts apart from timings, which depend on the machine;
``taskset -c 0,1`` shows what two cores do.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from fzwriter.reading import Passage, read_seeds
from fzwriter.reading.split import PARTS, searched_text
from fzwriter.seeds import DomainEmbedding, masked_passages
from fzwriter.seeds.folder import FolderBackend
from fzwriter.seeds.manifest import Manifest, ReportEntry, SeedEntry
from fzwriter.seeds.records import FIELDS, fields_of
from fzwriter.seeds.store import SeedStore

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).parent / "results" / "retrieval-scale.json"
SIZES = (1_000, 10_000, 100_000)
QUERIES = 25
TRIES = 2  # of each query; the faster one counts, for other programs run on the machine too
K = 10
PER_REPORT = 25
ROUNDS = 3  # of replacing a tenth of the reports
# From here on without growth, "parts" (an hour more) and "ids" (SQLite refuses 32767 at once), and
# "where" asked only now and then (it takes a second).
LARGE = 20_000
SELDOM = 5
BLOCK = 2000
MIB = 2**20
FILTERS: dict[str, tuple[str, ...]] = {
    "part": ("part",), "part topic": ("part", "topic"), "part unit_type": ("part", "unit_type"),
    "topic": ("topic",), "part topic deeds": ("part", "topic", "deeds"), "none": (),
}  # fmt: skip

Found = list[float]  # scores of what was found
Ask = Callable[[np.ndarray, Mapping[str, str]], Found]


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
                seed=f"s{number // PER_REPORT}", index=number % PER_REPORT, part=like.part,
                path=like.path, topic=like.topic, text=text, role="段落",
                unit_type=like.unit_type, kind=like.kind,
            )
        )  # fmt: skip
    return made


def embedded(made: Sequence[Passage]) -> np.ndarray:
    embedding = DomainEmbedding()
    return np.vstack(
        [
            embedding.embed([searched_text(p) for p in made[at : at + BLOCK]])
            for at in range(0, len(made), BLOCK)
        ]
    )


def measure(size: int) -> dict[str, Any]:
    """Facts and timings for one size."""
    made = passages(size)
    started = time.perf_counter()
    vectors = embedded(made)
    rates = {"embedded": round(size / (time.perf_counter() - started))}
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        backend = FolderBackend(base / "index")
        started = time.perf_counter()
        manifest = _written(backend, None, made, vectors)
        rates["indexed"] = round(size / (time.perf_counter() - started))
        folder = backend.folder / manifest.folder
        facts: dict[str, Any] = {"disk_mb": _by_file(folder), "disk_kb_a_passage": 0.0}
        facts["disk_kb_a_passage"] = round(_disk(folder) / 1024 / size, 1)
        facts["memory_mb"] = _memory(backend.folder, vectors[0])
        timings: dict[str, Any] = {"per_s": rates, "open_ms": _opening(backend, manifest)}
        parts = _parts(base / "parts", made, vectors) if size < LARGE else {}
        store = backend.reading(manifest)
        recall, times = _queries(made, vectors, _layouts(store, parts, made))
        facts["recall"], timings["query_ms"] = recall, times
        timings["search_with_words_ms"] = _words(store, made, vectors)
        for one in (store, *parts.values()):
            one.close()
        if size < LARGE:
            growth, timings["replace_a_tenth_s"] = _growth(backend, manifest, made, vectors)
            facts["growth"] = growth
    return {"facts": facts, "timings": timings}


# Writing.


def _written(
    backend: FolderBackend, base: Manifest | None, made: Sequence[Passage], vectors: np.ndarray
) -> Manifest:
    """The passages in a new generation, which replace those of the same reports in the old one."""
    seeds = sorted({passage.seed for passage in made})
    with backend.writing(base) as (name, store):
        if base is not None:
            store.delete(seeds)
        for at in range(0, len(made), BLOCK):
            store.upsert(made[at : at + BLOCK], vectors[at : at + BLOCK])
        count = store.count()
    report = ReportEntry("all", "", "", "", "", 0, 0, count)
    return backend.publish(name, Manifest("scale", "", seeds={"all": SeedEntry("", (report,))}))


def _parts(folder: Path, made: Sequence[Passage], vectors: np.ndarray) -> dict[str, SeedStore]:
    """A collection for each part, without anything beside."""
    stores = {}
    for number, part in enumerate(PARTS):
        at = [index for index, passage in enumerate(made) if passage.part == part]
        if at:
            stores[part] = SeedStore(folder, collection=f"part-{number}", create=True)
            stores[part]._words = None  # only the vectors are compared here
            for start in range(0, len(at), BLOCK):
                block = at[start : start + BLOCK]
                stores[part].upsert([made[index] for index in block], vectors[block])
            stores[part]._table = None
    return stores


def _growth(
    backend: FolderBackend, manifest: Manifest, made: list[Passage], vectors: np.ndarray
) -> tuple[dict[str, Any], float]:
    """Disk after replacing a tenth of the reports again and again, as a multiple of the first."""
    first = _disk(backend.folder / manifest.folder)
    tenth = len(made) // 10
    times, ratios = [], []
    for turn in range(ROUNDS):
        at = slice(turn * tenth, (turn + 1) * tenth)
        started = time.perf_counter()
        manifest = _written(backend, manifest, made[at], vectors[at])
        times.append(time.perf_counter() - started)
        ratios.append(round(_disk(backend.folder / manifest.folder) / first, 2))
    generations = len(list(backend.folder.glob("g-*")))
    return {"disk_times_first": ratios, "generations_kept": generations}, round(
        statistics.median(times), 1
    )


# Asking.


def _layouts(
    store: SeedStore, parts: Mapping[str, SeedStore], made: Sequence[Passage]
) -> dict[str, Ask]:
    fields = [fields_of(passage) for passage in made]
    columns = {field: np.array([one[field] for one in fields]) for field in FIELDS}
    ids = np.array([passage.id for passage in made])
    table = store._table

    def whole(vector: np.ndarray, where: Mapping[str, str]) -> Found:
        return [score for _, score in store.query(vector, K, where)]

    def by_where(vector: np.ndarray, where: Mapping[str, str]) -> Found:
        store._table = None
        try:
            return whole(vector, where)
        finally:
            store._table = table

    def by_ids(vector: np.ndarray, where: Mapping[str, str]) -> Found:
        if not where:
            return by_where(vector, where)
        allowed = np.all([columns[field] == value for field, value in where.items()], axis=0)
        found = store._collection.query(
            query_embeddings=vector.reshape(1, -1), ids=ids[allowed].tolist(),
            n_results=min(K, int(allowed.sum())), include=["documents", "metadatas", "distances"],
        )  # fmt: skip
        return [1 - float(distance) for distance in found["distances"][0]]

    def by_part(vector: np.ndarray, where: Mapping[str, str]) -> Found:
        rest = {field: value for field, value in where.items() if field != "part"}
        asked = [parts[where["part"]]] if "part" in where else parts.values()
        found = [score for one in asked for _, score in one.query(vector, K, rest)]
        return sorted(found, reverse=True)[:K]

    layouts = {"store": whole, "where": by_where}
    return layouts | {"ids": by_ids, "parts": by_part} if parts else layouts


def _queries(
    made: Sequence[Passage], vectors: np.ndarray, layouts: Mapping[str, Ask]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Recall and times of every layout under every filter."""
    fields = [fields_of(passage) for passage in made]
    columns = {field: np.array([one[field] for one in fields]) for field in FIELDS}
    recall: dict[str, dict[str, float]] = {name: {} for name in layouts}
    times: dict[str, dict[str, Any]] = {name: {} for name in layouts}
    for label, wanted in FILTERS.items():
        draw, noise = random.Random(1), np.random.default_rng(1)
        hits: dict[str, list[float]] = {name: [] for name in layouts}
        spent: dict[str, list[float]] = {name: [] for name in layouts}
        for number in range(QUERIES):
            at = draw.randrange(len(made))
            where = {field: fields[at][field] for field in wanted}
            vector = vectors[draw.randrange(len(made))] + noise.normal(0, 0.01, vectors.shape[1])
            vector = (vector / np.linalg.norm(vector)).astype(np.float32)
            allowed = np.ones(len(made), dtype=bool)
            for field, value in where.items():
                allowed &= columns[field] == value
            exact = np.sort(vectors[allowed] @ vector)[::-1][:K]
            for name, ask in layouts.items():
                if name == "where" and len(made) >= LARGE and number % SELDOM:
                    continue
                found, took = _timed(ask, vector, where)
                spent[name].append(took)
                good = sum(score >= exact[-1] - 1e-4 for score in found)
                hits[name].append(min(1.0, good / len(exact)))
        for name in layouts:
            recall[name][label] = round(statistics.mean(hits[name]), 3)
            times[name][label] = _spread(spent[name])
    return recall, times


def _timed(ask: Callable[..., Any], *arguments: object) -> tuple[Any, float]:
    """The answer, and the milliseconds of the faster of the tries."""
    times = []
    for _ in range(TRIES):
        started = time.perf_counter()
        found = ask(*arguments)
        times.append(1000 * (time.perf_counter() - started))
    return found, min(times)


def _words(store: SeedStore, made: Sequence[Passage], vectors: np.ndarray) -> dict[str, Any]:
    """The whole search, words and vectors, as a writer asks: a topic in words, part and topic set."""
    draw = random.Random(2)
    spent: dict[str, list[float]] = {"part topic": [], "part": [], "none": []}
    for _ in range(QUERIES):
        like = made[draw.randrange(len(made))]
        vector = vectors[draw.randrange(len(made))]
        for label in spent:
            where = {field: getattr(like, field) for field in FILTERS[label]}
            asked = f"{like.topic} {like.text[:20]}"
            spent[label].append(_timed(store.search, asked, vector, 50, where)[1])
    return {label: _spread(values) for label, values in spent.items()}


def _opening(backend: FolderBackend, manifest: Manifest) -> float:
    """Making sure of the files and opening the store, as every command does."""
    spent = []
    for _ in range(3):
        started = time.perf_counter()
        backend.check(manifest)
        backend.reading(manifest).close()
        spent.append(1000 * (time.perf_counter() - started))
    return round(statistics.median(spent))


def _memory(folder: Path, vector: np.ndarray) -> dict[str, int]:
    """Peak memory of a process of its own that opens the store and asks, with a filter and without."""
    code = (
        "import re, sys; from pathlib import Path; import numpy as np;"
        "from fzwriter.seeds.folder import FolderBackend;"
        "backend = FolderBackend(Path(sys.argv[1])); store = backend.reading(backend.load());"
        "vector = np.load(sys.argv[2]); status = Path('/proc/self/status');"
        "peak = lambda: int(re.search(r'VmHWM:\\s+(\\d+)', status.read_text())[1]) // 1024;"
        "print(peak()); store.query(vector, 10, {'part': '成效'}); print(peak());"
        "store.query(vector, 10); print(peak())"
    )
    if not Path("/proc/self/status").is_file():
        return {}
    path = folder / "vector.npy"
    np.save(path, vector)
    out = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(path)],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    path.unlink()
    return dict(zip(("opened", "filtered", "unfiltered"), map(int, out.split()), strict=True))


def _by_file(folder: Path) -> dict[str, float]:
    sizes: dict[str, float] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            name = path.name if path.parent == folder else "hnsw"
            sizes[name] = sizes.get(name, 0) + path.stat().st_size / MIB
    return {name: round(size, 1) for name, size in sorted(sizes.items())}


def _disk(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {
        "p50": round(statistics.median(values), 1),
        "p95": round(float(np.percentile(values, 95)), 1),
    }


# The table.


def show(size: int, result: Mapping[str, Any]) -> None:
    facts, timings = result["facts"], result["timings"]
    print(f"\n{size} passages: {timings['per_s']} a second, open {timings['open_ms']} ms")
    print(
        f"  disk {facts['disk_mb']} MB, memory {facts['memory_mb']} MB, growth {facts.get('growth')}"
    )
    print(f"  {'filter':18}" + "".join(f"{name:>26}" for name in facts["recall"]))
    for label in FILTERS:
        cells = (
            f"{times[label]['p50']:.1f}/{times[label]['p95']:.1f} ms r {facts['recall'][name][label]:.3f}"
            for name, times in timings["query_ms"].items()
        )
        print(f"  {label:18}" + "".join(f"{cell:>26}" for cell in cells))
    print(f"  with words {timings['search_with_words_ms']}", flush=True)


def main(sizes: Sequence[int]) -> None:
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    for size in sizes or SIZES:
        results[str(size)] = measure(size)
        show(size, results[str(size)])
        RESULTS.write_text(
            json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
