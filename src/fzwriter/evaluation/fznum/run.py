"""Asking checkers of items: sheets side by side in several processes, times taken, a log of test runs."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from fzwriter.errors import ConfigError, InputError
from fzwriter.evaluation.fznum.build import SHEETS, build
from fzwriter.evaluation.fznum.checkers import Checker, Input, Verdict, find_checker
from fzwriter.evaluation.fznum.delivered import as_sheet
from fzwriter.evaluation.fznum.items import SPLITS, Bench, Item, Origin, Split, digest
from fzwriter.evaluation.fznum.scores import Scores, Told, score
from fzwriter.evaluation.sites import Span
from fzwriter.numbers import find_numbers

FROZEN = "FROZEN.json"
_SEED = 7  # of the sample
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Options:
    """What a run measures.

    Attributes:
        home: the data, or ``None`` for the composed part alone.
        splits: dev, test or both.
        origins: which items.
        checkers: names.
        sample: about so many items, 0 for all.
        sheets: composed sheets of a split, 0 for as many as are frozen (few for a sample).
        jobs: processes.
        model: a chat model, for ``judge``.
    """

    home: Path | None
    splits: Sequence[Split] = SPLITS
    origins: Sequence[Origin] = ("hand", "changed", "composed")
    checkers: Sequence[str] = ("fzwriter",)
    sample: int = 0
    sheets: int = 0
    jobs: int = 1
    model: Any = None


@dataclass(frozen=True)
class Outcome:
    """What a run found.

    Attributes:
        items: how many were asked of.
        digest: of the whole benchmark as built, "" where only a part was.
        scores: by checker.
        told: by checker, for the page.
        absent: checkers that could not be run, and why.
    """

    bench: Bench
    items: Sequence[Item]
    digest: str
    scores: Sequence[Scores]
    told: Mapping[str, Sequence[Told]]
    absent: Mapping[str, str]


def composed_sheets(options: Options) -> int:
    """How many sheets to compose."""
    if "composed" not in options.origins:
        return 0
    few = max(3, options.sample // 100) if options.sample else SHEETS
    return options.sheets or min(SHEETS, few)


def run(options: Options, progress: Progress | None = None) -> Outcome:
    """Build the items, ask every checker, score.

    Raises:
        InputError: the data can't be read, or nothing is left to ask.
        ConfigError: a checker nobody knows.
    """
    sheets = composed_sheets(options)
    bench = build(options.home, sheets=sheets, splits=options.splits)
    whole = sheets == SHEETS and tuple(options.splits) == SPLITS
    items = [item for item in bench.items if item.origin in options.origins]
    if options.sample:
        items = sample(items, options.sample)
    if not items:
        raise InputError(
            "没有可评的条目", path=options.home, remedy="请核对 --split、--origin 和数据文件夹"
        )
    scores, told, absent = [], {}, {}
    for name in options.checkers:
        try:
            find_checker(name, options.model)
        except ConfigError as error:
            if len(options.checkers) == 1:
                raise
            absent[name] = str(error)
            continue
        told[name] = list(_ask(name, bench, items, options, progress))
        scores.append(score(name, told[name]))
    return Outcome(bench, items, digest(bench) if whole else "", scores, told, absent)


def sample(items: Sequence[Item], size: int) -> list[Item]:
    """About ``size`` items: every kind in turn, each twin with the right text it differs from."""
    by_id = {item.id: item for item in items}
    order = list(items)
    Random(_SEED).shuffle(order)
    kinds: dict[tuple[bool, str, str], list[Item]] = defaultdict(list)
    for item in order:
        kinds[item.right, item.kind, item.origin].append(item)
    chosen: dict[str, Item] = {}
    while len(chosen) < size and any(kinds.values()):
        for key in sorted(kinds):
            if kinds[key] and len(chosen) < size:
                item = kinds[key].pop()
                chosen[item.id] = item
                if item.twin_of in by_id:
                    chosen[item.twin_of] = by_id[item.twin_of]
    return [item for item in items if item.id in chosen]


def _ask(
    name: str, bench: Bench, items: Sequence[Item], options: Options, progress: Progress | None
) -> Iterator[Told]:
    by_sheet: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_sheet[item.sheet].append(item)
    tasks = [(name, id, bench.sheets[id], some) for id, some in by_sheet.items()]
    for done, found in enumerate(_answers(tasks, name, options), 1):
        yield from found
        if progress and (done % 20 == 0 or done == len(tasks)):
            progress(done, len(tasks), f"{name} 数据表")


def _answers(tasks: Sequence[Any], name: str, options: Options) -> Iterator[list[Told]]:
    if name == "judge" or options.jobs <= 1:
        checker = find_checker(name, options.model)
        yield from (_sheet(task, checker) for task in tasks)
        return
    with ProcessPoolExecutor(options.jobs) as pool:
        yield from pool.map(_sheet, tasks)


def _sheet(
    task: tuple[str, str, Mapping[str, Any], list[Item]], checker: Checker | None = None
) -> list[Told]:
    """What a checker says of the items of one sheet."""
    name, id, given, items = task
    sheet = as_sheet(given, id)
    asked = (checker or find_checker(name))(Input(sheet, given))
    found = []
    rights: dict[str, tuple[str, Verdict]] = {}
    for item in items:
        began = time.perf_counter()
        try:
            verdict, failed = asked(item.text), False
        except Exception:  # a rival that falls over has said nothing; it is counted
            verdict, failed = Verdict(), True
        took = time.perf_counter()
        find_numbers(item.text)
        read = time.perf_counter()
        if not item.twin_of:
            rights[item.id] = (item.text, verdict)
        old = rights.get(item.twin_of)
        before = old[1].of((_before(old[0], item),))[0] if old and not item.right else ""
        said = [verdict.of(claim.spans) for claim in item.judged]
        found.append(
            Told(
                item, tuple(state for state, _ in said), sum(advised for _, advised in said),
                verdict.count("error"), verdict.count("doubt"), took - began, read - took, failed, before,
            )
        )  # fmt: skip
    return found


def _before(old: str, twin: Item) -> Span:
    """Where, in the right text, a twin's wrong words stood or would stand."""
    new = twin.text
    shortest = min(len(old), len(new))
    start = next((i for i in range(shortest) if old[i] != new[i]), shortest)
    behind = 0
    while behind < shortest - start and old[-1 - behind] == new[-1 - behind]:
        behind += 1
    spans = [span for claim in twin.judged for span in claim.spans]
    start = min(start, *(s for s, _ in spans))
    end = len(old) - min(behind, *(len(new) - e for _, e in spans))
    return (start, end) if end > start else (max(0, start - 1), min(len(old), start + 1))


def frozen(home: Path | None) -> dict[str, Any]:
    """What is frozen of the data in ``home``; empty where nothing is."""
    path = home / FROZEN if home else None
    if path is None or not path.is_file():
        return {}
    try:
        value: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise InputError(
            "不是 JSON", path=path, remedy="请用 python eval/fznum_build.py 重新生成"
        ) from error
    return value


def log(outcome: Outcome, options: Options, path: Path) -> None:
    """Add a line to the log of runs on test: when, which commit, what was measured.

    Raises:
        InputError: it can't be written.
    """
    line = {
        "date": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "commit": commit(path.parent),
        "splits": list(options.splits),
        "origins": list(options.origins),
        "sample": options.sample,
        "items": len(outcome.items),
        "digest": outcome.digest,
        "absent": dict(outcome.absent),
        "figures": {
            s.checker: {name: round(e.mean, 5) for name, e in s.head.items()}
            | {"n": s.counts["items"]}
            for s in outcome.scores
        },
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        raise InputError("测试记录不能写入", path=path, remedy="请检查权限") from error


def commit(folder: Path) -> str:
    """The commit of a checkout, with ``+`` where something is changed; "" where there is none."""
    try:
        head = _git(folder, "rev-parse", "--short=12", "HEAD")
        return head + ("+" if _git(folder, "status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.SubprocessError):
        return ""


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=folder, capture_output=True, text=True, check=True, timeout=20
    )
    return done.stdout.strip()
