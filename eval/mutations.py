"""Planted errors: how many the checker finds, beside what others do. `make mutations`.

Texts: the offline draft of every case in eval/cases and, where the development material stands
beside the repository, the real reports of three of them. The sample has a fixed seed; n is stated.
Writes eval/results/mutations.json.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import time
from multiprocessing import Pool
from pathlib import Path

from fzwriter import load_facts
from fzwriter.evaluation import Table, run_benchmark
from fzwriter.evaluation.baselines import Baseline, digits_anywhere, recognizer_anywhere
from fzwriter.evaluation.benchmark import Row
from fzwriter.facts import FactSheet
from fzwriter.writing import Composer, make_plan

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "eval" / "cases"
REPORTS = ROOT.parent / "shared" / "seeds"
REAL = ("000", "003", "004")
SEED = 20260101

Job = tuple[str, Path, Path | None, int]


def jobs(limit: int) -> list[Job]:
    """Each case's draft, and the real report where there is one."""
    found: list[Job] = []
    for facts in sorted(CASES.glob("*/facts.yaml")):
        name = facts.parent.name
        found.append((f"{name} 稿", facts, None, limit))
        number = name.split("-")[0]
        if number in REAL:
            found += [(f"{name} 原文", facts, p, limit) for p in REPORTS.glob(f"{number}_*.txt")]
    # The largest first, so that none is left over at the end.
    return sorted(found, key=lambda job: -job[1].stat().st_size)


def draft(sheet: FactSheet) -> str:
    """What the offline composer makes of a sheet."""
    return Composer(sheet, make_plan(sheet)).compose().text


def run(job: Job) -> tuple[str, Table]:
    """One text."""
    name, facts, report, limit = job
    sheet = load_facts(facts)
    text = report.read_text("utf-8") if report else draft(sheet)
    baselines: dict[str, Baseline] = {"digits": digits_anywhere(sheet)}
    with contextlib.suppress(ImportError):
        baselines["recognizers"] = recognizer_anywhere(sheet)
    return name, run_benchmark(name, text, sheet, baselines=baselines, seed=SEED, limit=limit)


def share(part: int, whole: int) -> str:
    """A percentage, or a dash."""
    return f"{part / whole:7.1%}" if whole else f"{'-':>7}"


def line(kind: str, row: Row, baselines: list[str]) -> str:
    """One row of the table."""
    cells = [
        f"{kind:12}{row.n:6}",
        share(row.found, row.n),
        share(row.doubted, row.n),
        share(row.warned, row.n),
    ]
    cells += [share(row.both, row.n) if kind == "swap" else f"{'':7}"]
    cells += [share(row.baselines.get(name, 0), row.compared) for name in baselines]
    return "  ".join(cells)


def show(table: Table) -> None:
    """Print the table."""
    baselines = [name for name in table.flagged if name != "fzwriter"]
    head = [
        "errors          n",
        " recall",
        "  doubt",
        "or warn",
        "   both",
        *(f"{b[:7]:>7}" for b in baselines),
    ]
    print("  ".join(head))
    for kind, row in table.wrong.items():
        print(line(kind, row, baselines))
    print(line("total", table.total(table.wrong), baselines))
    whole = table.total(table.wrong)
    print(f"(rivals: the first {whole.compared} of these, at most 6 of a kind and text)")
    print("\nequivalents     n  flagged    doubt  or warn")
    for kind, row in table.equivalents.items():
        print(line(kind, row, baselines))
    print(line("total", table.total(table.equivalents), baselines))
    print(f"\nclean texts: {table.numerals} numerals, {table.figures} of them data; flagged:")
    for name, count in table.flagged.items():
        print(f"  {name:12} {count:5} {count / table.numerals:8.2%}")
    print(f"  in doubt     {table.doubted:5} {table.doubted / table.numerals:8.2%}")
    print(f"  ({table.justified} more that no input holds: the text's own fault)")
    if "recognizers" not in table.flagged:
        print("recognizers: not measured, pip install 'fzwriter[bench]'")
    for miss in table.misses:
        print(miss)


def main() -> None:
    """Run, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=20, help="mutants of one kind and text")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    began = time.monotonic()
    whole = Table()
    todo = jobs(arguments.limit)
    with Pool(arguments.workers) as pool:
        for done, (name, table) in enumerate(pool.imap_unordered(run, todo), 1):
            whole.add(table)
            print(f"{done}/{len(todo)} {name} {time.monotonic() - began:.0f}s", file=sys.stderr)
    whole.misses.sort()
    show(whole)
    target = ROOT / "eval" / "results" / "mutations.json"
    target.parent.mkdir(exist_ok=True)
    result = {"seed": SEED, "limit": arguments.limit, "texts": [job[0] for job in todo]}
    target.write_text(
        json.dumps(result | whole.as_json(), ensure_ascii=False, indent=1) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()
