"""Speed, as ratios side by side in one run: `make bench`.

Rates are code points per second, medians of several passes on this machine; only the ratios mean
anything elsewhere. Growth is the time for ten times the text, divided by ten.
"""

from __future__ import annotations

import re
import statistics
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from cn2an import Transform

from fzwriter import load_facts
from fzwriter.check import check
from fzwriter.numbers import find_numbers
from fzwriter.writing import Composer, make_plan

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / "eval" / "cases" / "003-sifaju-baogao" / "facts.yaml"
PASSES = 5


def seconds(work: Callable[[], object], passes: int = PASSES) -> float:
    """Median time of one pass, after a warm-up."""
    work()
    times = []
    for _ in range(passes):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    sheet = load_facts(CASE)
    plan = make_plan(sheet)
    report = Composer(sheet, plan).compose().text
    megabyte = (report + "\n") * (1_000_000 // (3 * len(report)))
    digits = re.compile(r"\d+(?:\.\d+)?")
    transform = Transform()
    warnings.simplefilter("ignore")  # cn2an tells of each numeral it can't read
    rows: list[tuple[str, int, Callable[[], object], int]] = [
        ("find_numbers, one report", len(report), lambda: find_numbers(report), 20),
        ("find_numbers, 1 MB", len(megabyte), lambda: find_numbers(megabyte), 3),
        ("check, one report", len(report), lambda: check(report, sheet), PASSES),
        ("compose, one report", len(report), lambda: Composer(sheet, plan).compose(), PASSES),
        ("cn2an.transform, one report", len(report), lambda: transform.transform(report), 20),
        ("bare digit regex, one report", len(report), lambda: digits.findall(report), 50),
    ]
    measured = [(name, size / seconds(work, passes)) for name, size, work, passes in rows]
    base = measured[0][1]
    print(f"{'':30} {'1000 chars/s':>14} {'ratio':>8}")
    for name, rate in measured:
        print(f"{name:30} {rate / 1000:14,.1f} {rate / base:8.3f}")
    small = report * 2
    print("growth of find_numbers (1.00 is linear):")
    one = seconds(lambda: find_numbers(small), 3)
    for factor in (10, 100):
        text = small * factor
        many = seconds(lambda text=text: find_numbers(text), 1)  # type: ignore[misc]
        print(f"  {len(small):,} → {len(text):,} characters: {many / one / factor:.2f}")


if __name__ == "__main__":
    main()
