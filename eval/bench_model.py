"""The writer with a model: wall time beside its slowest chain of calls, tokens beside the naive way.

A real client speaks HTTP to a server on loopback that answers each call after a fixed time, so that what is
measured is this program and its client. Every third piece needs a second writing. The naive way puts
three whole seed reports and all facts and statements into the prompt of each section.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import model_scripts  # noqa: E402
from fake_server import FakeServer  # noqa: E402
from fzwriter import draft, load_facts  # noqa: E402
from fzwriter.documents import read_text  # noqa: E402
from fzwriter.llm import Call, Message, count_messages, count_tokens  # noqa: E402
from fzwriter.settings import Settings  # noqa: E402

CASES = ROOT / "eval" / "cases"
TEN = "rewrite-quzhengfu"  # ten first-level sections, each written by itself
CONCURRENCY = 10
SEEDS_SHOWN = 3
MOST_WALL, MOST_TOKENS = 1.15, 0.5


def as_call(body: Mapping[str, Any]) -> Call:
    """A request as the scripts read it."""
    return Call(tuple(Message(m["role"], m["content"]) for m in body["messages"]), None, {})


def reply(body: Mapping[str, Any]) -> str:
    """All that was handed in; in every third piece first with a deed too many."""
    call = as_call(body)
    text = model_scripts.faithful_text(call)
    bad = len(call.messages) == 2 and len(text) % 3 == 0
    return model_scripts.answer(text + ("查处案件36件。" if bad else ""))


def piece(call: Call) -> str:
    """What a call is about: its data, without the exemplars a repair does without."""
    return model_scripts.section_of(call).split("</范文>")[1]


def run(case: str, latency: float) -> dict[str, float]:
    """Draft a case through the server and measure."""
    sheet = load_facts(CASES / case / "facts.yaml")
    with tempfile.TemporaryDirectory() as home, FakeServer(reply, latency=latency) as server:
        settings = replace(
            Settings(Path(home)),
            model="m",
            base_url=server.url,
            concurrency=CONCURRENCY,
            context=32768,
        )
        draft(sheet, writer="offline", settings=settings)  # the index is built
        began = time.monotonic()
        report = draft(sheet, settings=settings)
        wall = time.monotonic() - began
        calls = [as_call(body) for body in server.requests]
        window = max(server.answered) - min(server.at)
    assert report.check is not None
    first = [call for call in calls if len(call.messages) == 2 and "<数据>" in call.prompt]
    chain = max(Counter(piece(call) for call in calls if "<数据>" in call.prompt).values())
    passes = sum("<数据>" not in call.prompt for call in calls)  # the pass over the whole text
    seeds = sorted((ROOT / "seeds").glob("*.md"))[:SEEDS_SHOWN]
    whole = sum(count_tokens(read_text(path).text) for path in seeds)
    block = count_tokens("".join(piece(call) for call in first))
    rules = count_tokens(first[0].messages[0].content)
    return {
        "pieces": len(first),
        "calls": len(calls),
        "chain": chain + passes,
        "wall": wall,
        "window": window,
        "slowest": (chain + passes) * latency,
        "tokens": sum(count_messages(call.messages) for call in first),
        "naive": len(first) * (whole + block + rules),
        "omitted": len(report.check.omitted),
        "proven": report.check.ok,
    }


def main() -> None:
    """Print both ratios; exit 1 where one is over its bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", default=TEN)
    parser.add_argument("--latency", type=float, default=4.0, help="seconds a call takes")
    options = parser.parse_args()
    began = time.monotonic()
    import langchain.chat_models  # noqa: F401
    import langchain_openai  # noqa: F401
    import openai  # noqa: F401

    count_tokens("")
    print(
        f"loading the client and the token ranks, once a process: {time.monotonic() - began:.2f} s"
    )
    found = run(options.case, options.latency)
    slowest, wall = found["slowest"], found["wall"]
    print(
        f"{options.case}: {found['pieces']} pieces, {found['calls']} calls, "
        f"longest chain {found['chain']} × {options.latency} s, concurrency {CONCURRENCY}"
    )
    print(f"whole run {wall:.2f} s: {wall / slowest:.3f} × the slowest chain ({slowest:.1f} s)")
    print(
        f"first request to last answer {found['window']:.2f} s: {found['window'] / slowest:.3f} ×"
    )
    share = found["tokens"] / found["naive"]
    print(f"prompt tokens {found['tokens']:,} beside {found['naive']:,} the naive way: {share:.3f}")
    print(f"proven: {found['proven']}, facts left out: {found['omitted']}")
    over = wall / slowest > MOST_WALL or share > MOST_TOKENS
    if over or not found["proven"] or found["omitted"]:
        sys.exit(f"over the bounds: wall {MOST_WALL} ×, tokens {MOST_TOKENS}")


if __name__ == "__main__":
    main()
