"""Does the search find passages of the same topic and part from other reports? `make retrieval`.

Leave one report out: every labelled passage is a query, the passages of all other reports are the
candidates, no metadata filter is set. Labels were made by hand (``retrieval_labels.json``: topics,
the main one first, and part; keyed by a hash of the unmasked text). A candidate of the same part
is worth 2 when its main topic is the query's, 1 when they share any topic. A second set of queries
is what a writer asks for: a topic and a part in words. Intervals: bootstrap over reports (first
set) or queries (second), 95%. ``--scale`` measures the store at 1k, 10k and 100k passages.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from retrieval_methods import METHODS, Method, available

from fzwriter.seeds import Passage, masked_passages, read_seeds
from fzwriter.seeds.split import split

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "seeds", ROOT.parent / "shared" / "seeds")
LABELS = Path(__file__).with_name("retrieval_labels.json")
RESULTS = Path(__file__).parent / "results" / "retrieval.json"
K = 5
ROUNDS = 2000
_SAME_PART = str.maketrans("45", "11")  # highlights and own work are told like results
_NO_QUERY = {"s", "x"}  # openings and closings have no topic to find
_ASKED = {
    "a": "组织领导 第一责任人 述法督察考核", "b": "学习培训 学法用法", "c": "合法性审查 重大行政决策 规范性文件",
    "d": "行政执法 执法监督", "f": "行政复议 行政应诉", "g": "公共法律服务 法律援助 公证",
    "h": "矛盾纠纷 人民调解 信访", "i": "社区矫正 安置帮教", "j": "普法 法治宣传", "k": "营商环境 政务服务",
    "l": "权力监督 政务公开", "m": "队伍建设 党的建设", "n": "应急 安全", "o": "劳动关系 欠薪 仲裁",
    "p": "依法治校 校园", "q": "打击犯罪 办案",
}  # fmt: skip
_PART_WORDS = {"1": "主要举措和成效", "2": "存在的问题和不足", "3": "下一步工作计划"}


@dataclass(frozen=True)
class Item:
    """A labelled passage."""

    passage: Passage
    topics: str
    part: str


def corpus() -> tuple[list[Item], int, int]:
    """All labelled passages, how many are of shipped seeds, and how many labels fit no text."""
    labels = json.loads(LABELS.read_text(encoding="utf-8"))["reports"]
    items: list[Item] = []
    shipped = unmatched = 0
    for folder in FOLDERS:
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if path.suffix not in (".md", ".txt") or path.stem == "README":
                continue
            for report in read_seeds(path):
                known = dict(labels.get(report.name, ()))
                pairs = zip(split(report), masked_passages(report), strict=True)
                for plain, masked in pairs:
                    label = known.pop(_hash(plain.text), None)
                    if label:
                        items.append(Item(masked, label[:-1], label[-1].translate(_SAME_PART)))
                unmatched += len(known)
        shipped = shipped or len(items)
    return items, shipped, unmatched


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]


def grade(query: Item, found: Item) -> int:
    if query.part != found.part or not set(query.topics) & set(found.topics):
        return 0
    return 2 if query.topics[0] == found.topics[0] else 1


def measures(gains: Sequence[int], ideal: Sequence[int]) -> tuple[float, float, float]:
    """nDCG@5, recall@5 (of at most five), reciprocal rank of the first relevant one."""
    discounts = [1 / np.log2(rank + 2) for rank in range(K)]
    best = sum((2**gain - 1) * d for gain, d in zip(ideal, discounts, strict=False))
    got = sum((2**gain - 1) * d for gain, d in zip(gains[:K], discounts, strict=False))
    relevant = sum(gain > 0 for gain in ideal)
    recall = sum(gain > 0 for gain in gains[:K]) / min(K, relevant)
    first = next((rank for rank, gain in enumerate(gains, 1) if gain), 0)
    return float(got / best), recall, 1 / first if first else 0.0


@dataclass(frozen=True)
class Query:
    text: str
    item: Item
    without: str  # report left out
    cluster: str


def passage_queries(items: Sequence[Item]) -> list[Query]:
    return [
        Query(i.passage.text, i, i.passage.seed, i.passage.seed)
        for i in items
        if not _NO_QUERY & set(i.topics)
    ]


def topic_queries(items: Sequence[Item]) -> list[Query]:
    queries = []
    for topic, words in _ASKED.items():
        for part, asked in _PART_WORDS.items():
            item = Item(items[0].passage, topic, part)
            if sum(grade(item, other) > 0 for other in items) >= 2:
                queries.append(Query(f"{words} {asked}", item, "", topic + part))
    return queries


def run(method: Method, queries: Sequence[Query], items: Sequence[Item]) -> dict[str, Any]:
    """Scores of each query, and times."""
    started = time.perf_counter()
    search = method.index([item.passage for item in items])
    indexed = time.perf_counter() - started
    rows, times = [], []
    for query in queries:
        ideal = sorted(
            (grade(query.item, i) for i in items if i.passage.seed != query.without), reverse=True
        )
        if not ideal or not ideal[0]:
            continue
        started = time.perf_counter()
        order = search(query.text)
        times.append(time.perf_counter() - started)
        gains = [
            grade(query.item, items[at]) for at in order if items[at].passage.seed != query.without
        ]
        rows.append((query.cluster, *measures(gains, ideal)))
    return {"rows": rows, "index_s": indexed, "query_ms": 1000 * statistics.median(times)}


def interval(clusters: Sequence[str], values: Sequence[float]) -> tuple[float, float]:
    """95% interval of a mean, resampling clusters."""
    names = sorted(set(clusters))
    sums = np.array(
        [sum(v for c, v in zip(clusters, values, strict=True) if c == n) for n in names]
    )
    counts = np.array([sum(c == n for c in clusters) for n in names])
    draw = np.random.default_rng(11).integers(0, len(names), (ROUNDS, len(names)))
    means = sums[draw].sum(axis=1) / counts[draw].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return round(float(low), 3), round(float(high), 3)


def table(make: Callable[[Sequence[Item]], list[Query]], items: Sequence[Item]) -> dict[str, Any]:
    queries = make(items)
    results: dict[str, Any] = {}
    raw = {}
    for method in METHODS:
        if not available(method):
            results[method.name] = {"skipped": "not installed"}
            continue
        out = run(method, queries, items)
        clusters = [row[0] for row in out["rows"]]
        raw[method.name] = (clusters, [row[1] for row in out["rows"]])
        results[method.name] = {
            name: {
                "mean": round(statistics.mean(row[at] for row in out["rows"]), 3),
                "ci95": interval(clusters, [row[at] for row in out["rows"]]),
            }
            for at, name in ((1, "ndcg5"), (2, "recall5"), (3, "mrr"))
        } | {"index_s": round(out["index_s"], 2), "query_ms": round(out["query_ms"], 2)}
        print(f"{method.name:28}", _line(results[method.name]), flush=True)
    best = max(raw, key=lambda name: statistics.mean(raw[name][1]))
    clusters, values = raw[best]
    gains = {
        name: interval(clusters, [a - b for a, b in zip(values, other, strict=True)])
        for name, (_, other) in raw.items()
        if name != best
    }
    return {"queries": len(values), "methods": results, "best": best, "best_minus_ci95": gains}


def _line(result: dict[str, Any]) -> str:
    scores = "  ".join(
        f"{name} {result[name]['mean']:.3f} [{result[name]['ci95'][0]:.3f}, {result[name]['ci95'][1]:.3f}]"
        for name in ("ndcg5", "recall5", "mrr")
    )
    return f"{scores}  index {result['index_s']:.2f} s  query {result['query_ms']:.2f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, nargs="*", help="measure the store at these sizes")
    sizes = parser.parse_args().scale
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    if sizes is None:
        items, shipped, unmatched = corpus()
        print(f"{len(items)} passages ({shipped} shipped), {unmatched} labels without their text")
        groups = [("shipped", items[:shipped])]
        if len(items) > shipped:
            groups.append(("shipped_and_real", items))
        results["quality"] = {}
        for name, group in groups:
            for kind, make in (("passages", passage_queries), ("topics", topic_queries)):
                print(f"-- {name}, queries are {kind}")
                results["quality"][f"{name}/{kind}"] = table(make, group)
    else:
        from retrieval_scale import measure

        for size in sizes or (1_000, 10_000, 100_000):
            results.setdefault("scale", {})[str(size)] = measure(size)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
