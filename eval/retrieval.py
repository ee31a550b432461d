"""Does the search find passages of the same topic and part from other reports? `make retrieval`.

Two sets of questions, over the shipped seeds and, where they lie beside the repository, the five
real files; no metadata filter is ever set.

*Tuned*: labels of every passage (``retrieval_labels.json``: topics, the main one first, and part;
keyed by a hash of the unmasked text). A candidate of the same part is worth 2 when its main topic
is the query's, 1 when they share any topic. Queries are the passages themselves (their own report
left out) and topics in words. Weights and methods were chosen on these.

*Held out*: queries written afterwards and never tuned on (``retrieval_held_out.json``: headings as
a plan writes them; statements of invented fact sheets), each judged passage by passage on the
pooled, shuffled first five of every method, without knowing which method had found what: 2 would
serve as an exemplar, 1 touches the matter in the same part, 0 neither. What no pool held counts 0.

Intervals: 95 %, bootstrap over reports (passages as queries) or queries. Differences are paired:
the default minus the other method, query by query. ``--scale`` measures the store at size instead.
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
from retrieval_methods import DEFAULT, METHODS, Method, available

from fzwriter.reading import Passage, read_seeds
from fzwriter.reading.split import split
from fzwriter.seeds import masked_passages

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "seeds", ROOT.parent / "shared" / "seeds")
LABELS = Path(__file__).with_name("retrieval_labels.json")
HELD_OUT = Path(__file__).with_name("retrieval_held_out.json")
RESULTS = Path(__file__).parent / "results" / "retrieval.json"
K = 5
ROUNDS = 2000
MEASURES = ("ndcg5", "recall5", "mrr")
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
    key: str = ""  # hash of the unmasked text


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
                    key = _hash(plain.text)
                    label = known.pop(key, None)
                    if label:
                        part = label[-1].translate(_SAME_PART)
                        items.append(Item(masked, label[:-1], part, key))
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
    """A question: ``grades`` says what each item is worth; ``judged`` which of them were looked at."""

    text: str
    grades: tuple[int, ...]
    cluster: str
    without: str = ""  # report left out
    judged: frozenset[int] | None = None


def passage_queries(items: Sequence[Item]) -> list[Query]:
    return [
        Query(
            i.passage.text,
            tuple(grade(i, j) for j in items),
            i.passage.seed,
            without=i.passage.seed,
        )
        for i in items
        if not _NO_QUERY & set(i.topics)
    ]


def topic_queries(items: Sequence[Item]) -> list[Query]:
    queries = []
    for topic, words in _ASKED.items():
        for part, asked in _PART_WORDS.items():
            item = Item(items[0].passage, topic, part)
            grades = tuple(grade(item, other) for other in items)
            if sum(worth > 0 for worth in grades) >= 2:
                queries.append(Query(f"{words} {asked}", grades, topic + part))
    return queries


def held_out(style: str) -> Callable[[Sequence[Item]], list[Query]]:
    """The held-out queries of one style: ``t`` headings of a plan, ``s`` statements."""

    def make(items: Sequence[Item]) -> list[Query]:
        data = json.loads(HELD_OUT.read_text(encoding="utf-8"))
        queries = []
        for asked in data["queries"]:
            if asked["id"].startswith(style):
                worth = {key: n for n, keys in asked["worth"].items() for key in keys.split()}
                grades = tuple(int(worth.get(item.key, 0)) for item in items)
                judged = frozenset(at for at, item in enumerate(items) if item.key in worth)
                queries.append(Query(asked["text"], grades, asked["id"], judged=judged))
        return queries

    return make


@dataclass(frozen=True)
class Run:
    """What one method did: a row of measures for each query that has an answer, and times."""

    clusters: Sequence[str]
    rows: np.ndarray
    judged: float  # share of the first five that somebody looked at
    index_s: float
    query_ms: float


def run(method: Method, queries: Sequence[Query], items: Sequence[Item]) -> Run:
    started = time.perf_counter()
    search = method.index([item.passage for item in items])
    indexed = time.perf_counter() - started
    rows, times, clusters, judged = [], [], [], []
    for query in queries:
        there = [at for at, i in enumerate(items) if i.passage.seed != query.without]
        ideal = sorted((query.grades[at] for at in there), reverse=True)
        if not ideal or not ideal[0]:
            continue
        started = time.perf_counter()
        order = search(query.text)
        times.append(time.perf_counter() - started)
        order = [at for at in order if items[at].passage.seed != query.without]
        rows.append(measures([query.grades[at] for at in order], ideal))
        clusters.append(query.cluster)
        if query.judged is not None:
            judged.append(sum(at in query.judged for at in order[:K]) / K)
    return Run(
        clusters, np.array(rows), statistics.mean(judged) if judged else 1.0, indexed,
        1000 * statistics.median(times),
    )  # fmt: skip


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
    """Every method's measures, and the default's lead over each other method."""
    queries = make(items)
    runs = {method.name: run(method, queries, items) for method in METHODS if available(method)}
    methods: dict[str, Any] = {
        method.name: {"skipped": "not installed"} for method in METHODS if not available(method)
    }
    base = runs[DEFAULT]
    for name, one in runs.items():
        methods[name] = _summary(one.clusters, one.rows) | {
            "judged5": round(one.judged, 3),
            "index_s": round(one.index_s, 2),
            "query_ms": round(one.query_ms, 2),
        }
        if name != DEFAULT:
            methods[name]["default_minus_it"] = _summary(base.clusters, base.rows - one.rows)
        print(f"{name:28}", _line(methods[name]), flush=True)
    return {"queries": len(base.rows), "default": DEFAULT, "methods": methods}


def _summary(clusters: Sequence[str], rows: np.ndarray) -> dict[str, Any]:
    return {
        name: {
            "mean": round(float(rows[:, at].mean()), 3),
            "ci95": interval(clusters, rows[:, at].tolist()),
        }
        for at, name in enumerate(MEASURES)
    }


def _line(result: dict[str, Any]) -> str:
    def one(found: dict[str, Any], sign: str = "") -> str:
        return f"{found['mean']:{sign}.3f} [{found['ci95'][0]:{sign}.3f}, {found['ci95'][1]:{sign}.3f}]"

    scores = "  ".join(f"{name} {one(result[name])}" for name in MEASURES)
    lead = result.get("default_minus_it")
    ahead = f"  default minus it {one(lead['ndcg5'], '+')}" if lead else "  (the default)"
    return f"{scores}{ahead}  judged {result['judged5']:.2f}  {result['query_ms']:.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, nargs="*", help="measure the store at these sizes")
    sizes = parser.parse_args().scale
    if sizes is not None:
        from retrieval_scale import main as scale

        scale(sizes)
        return
    items, shipped, unmatched = corpus()
    print(f"{len(items)} passages ({shipped} shipped), {unmatched} labels without their text")
    groups = {"shipped": items[:shipped]}
    if len(items) > shipped:
        groups["shipped_and_real"] = items
    kinds = {
        "tuned/passages": passage_queries,
        "tuned/topics": topic_queries,
        "held_out/headings": held_out("t"),
        "held_out/statements": held_out("s"),
    }
    quality: dict[str, Any] = {}
    for group, members in groups.items():
        for kind, make in kinds.items():
            print(f"-- {group}, {kind}")
            quality[f"{group}/{kind}"] = table(make, members)
    RESULTS.parent.mkdir(exist_ok=True)
    results = {"passages": len(items), "shipped": shipped, "quality": quality}
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
