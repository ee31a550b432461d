"""Speed, as ratios side by side in one run: `make bench`.

Rates are code points per second, medians of several passes on this machine; only the ratios mean
anything elsewhere. Growth is the time for ten times the text over ten times the time: 1.00 is linear.
Microsoft's recognizer takes part where the extra `bench` is installed.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from cn2an import Transform

from fzwriter import load_facts
from fzwriter.check import check
from fzwriter.evaluation.baselines import recognizer
from fzwriter.numbers import find_numbers
from fzwriter.writing import Composer, make_plan

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / "eval" / "cases" / "003-sifaju-baogao" / "facts.yaml"


def seconds(work: Callable[[], object], passes: int) -> float:
    """Median time of one pass, after a warm-up."""
    work()
    times = []
    for _ in range(passes):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def grown(text: str, characters: int) -> str:
    """The text repeated to about so many characters."""
    return (text + "\n") * max(1, characters // (len(text) + 1))


def rates(report: str) -> list[tuple[str, float]]:
    sheet = load_facts(CASE)
    plan = make_plan(sheet)
    megabyte = grown(report, 350_000)  # a Chinese character takes three bytes
    digits = re.compile(r"\d+(?:\.\d+)?")
    transform = Transform()
    work: list[tuple[str, int, Callable[[], object], int]] = [
        ("find_numbers, one report", len(report), lambda: find_numbers(report), 20),
        ("find_numbers, 1 MB", len(megabyte), lambda: find_numbers(megabyte), 3),
        ("check, one report", len(report), lambda: check(report, sheet), 5),
        ("check, 1 MB", len(megabyte), lambda: check(megabyte, sheet), 1),
        ("compose, one report", len(report), lambda: Composer(sheet, plan).compose(), 5),
        ("cn2an.transform, one report", len(report), lambda: transform.transform(report), 20),
        ("bare digit regex, one report", len(report), lambda: digits.findall(report), 50),
    ]
    rival = recognizer()
    if rival is not None:
        work.append(("Microsoft recognizers, one report", len(report), lambda: rival(report), 3))
    return [(name, size / seconds(run, passes)) for name, size, run, passes in work]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="growth up to 10 MB")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # cn2an tells of each numeral it can't read
    report = Composer(load_facts(CASE), make_plan(load_facts(CASE))).compose().text
    measured = rates(report)
    base = measured[0][1]
    print(f"{'':34} {'1000 chars/s':>14} {'ratio':>8}")
    for name, rate in measured:
        print(f"{name:34} {rate / 1000:14,.1f} {rate / base:8.4f}")
    print("growth of find_numbers, time a character against that at 10 kB (1.00 is linear):")
    sizes = (10_000, 100_000, 1_000_000, *((10_000_000,) if options.large else ()))
    first = 0.0
    for size in sizes:
        text = grown(report, size // 3)
        took = seconds(lambda text=text: find_numbers(text), 3 if size < 10**6 else 1)  # type: ignore[misc]
        first = first or took / len(text)
        print(f"  {size:>12,} bytes: {took / len(text) / first:.2f}")


if __name__ == "__main__":
    main()
