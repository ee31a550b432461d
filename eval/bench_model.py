"""The writer with a model: wall time beside its slowest chain of calls, tokens beside the naive way.

The model is a script behind a fixed latency, so that what is measured is this program. The naive way
puts whole seed reports and all facts and statements into the prompt of each section.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import model_scripts  # noqa: E402
from fzwriter import draft, load_facts  # noqa: E402
from fzwriter.documents import read_text  # noqa: E402
from fzwriter.llm import Answer, Call, ScriptedModel, count_messages, count_tokens  # noqa: E402
from fzwriter.settings import Settings  # noqa: E402

CASE = ROOT / "eval" / "cases" / "003-sifaju-baogao" / "facts.yaml"
LATENCY = 4.0
SEEDS_SHOWN = 3


def mending(call: Call) -> str | Answer:
    """Every third piece takes a second writing, so that chains differ in length."""
    text = model_scripts.faithful_text(call)
    bad = len(call.messages) == 2 and len(text) % 3 == 0
    return model_scripts.answer(text + ("查处案件36件。" if bad else ""))


def piece(call: Call) -> str:
    """What a call is about: its data, without the exemplars a repair does without."""
    return model_scripts.section_of(call).split("</范文>")[1]


def chains(model: ScriptedModel) -> int:
    """Calls in the longest chain."""
    sections = [piece(call) for call in model.history]
    return max(sections.count(section) for section in sections)


def main() -> None:
    sheet = load_facts(CASE)
    with tempfile.TemporaryDirectory() as home:
        settings = replace(Settings(Path(home)), concurrency=12)  # one lane a piece
        draft(sheet, settings=settings)  # the index is built
        model = ScriptedModel(mending, latency=LATENCY)
        count_tokens("")
        began = time.perf_counter()
        report = draft(sheet, model=model, settings=settings)
        wall = time.perf_counter() - began
    pieces = {piece(call) for call in model.history}
    longest = chains(model)
    first = [call for call in model.history if len(call.messages) == 2]
    ours = sum(count_messages(call.messages) for call in first)
    seeds = sorted((ROOT / "seeds").glob("*.md"))[:SEEDS_SHOWN]
    whole = sum(count_tokens(read_text(path).text) for path in seeds)
    block = "".join(piece(call) for call in first)
    naive = len(first) * (whole + count_tokens(block) + count_tokens(first[0].messages[0].content))
    assert report.check is not None
    print(
        f"pieces {len(pieces)}, calls {len(model.history)}, longest chain {longest} × {LATENCY} s"
    )
    chain = longest * LATENCY
    print(f"wall {wall:.2f} s: {wall / chain:.2f} × the slowest chain ({chain:.1f} s)")
    print(f"prompt tokens {ours:,} beside {naive:,} the naive way: {ours / naive:.3f}")
    print(f"proven: {report.check.ok}, facts left out: {len(report.check.omitted)}")


if __name__ == "__main__":
    main()
