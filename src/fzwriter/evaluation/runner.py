"""Running the matrix: cases × writers, several at a time, each cell written once and scored.

A cell's key is the content it comes from: facts, source, prompts, seeds, model and the code that
writes. What is on record under its key isn't written again; a model's answers are kept besides, so
that a killed run goes on where it stood.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from fzwriter.errors import InputError, InternalError, reason
from fzwriter.evaluation.cases import Case
from fzwriter.evaluation.cell import Done, Job, do_job
from fzwriter.evaluation.records import (
    DRAFTS,
    SCORES,
    Cell,
    Journal,
    code_digest,
    digest,
    folder_digest,
)
from fzwriter.evaluation.variants import Variant
from fzwriter.resources import shipped
from fzwriter.seeds import SeedLibrary
from fzwriter.settings import Settings

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Options:
    """What an evaluation runs.

    Attributes:
        cases: the cases.
        variants: ways to write.
        models: names of the models for the variants that need one.
        out: the folder of the results, an absolute path.
        settings: the user's settings; the home of the runs is in ``out``.
        seeds: folder of seed reports; the shipped ones by default.
        prompts: folders of prompt files by the name of their version; "" for those in use.
        references: folder with reference texts named after the cases.
        pieces: numbers of the writing pieces to write; all by default.
        jobs: cells at a time.
        rescore: write nothing, score anew what is on record.
    """

    cases: Sequence[Case]
    variants: Sequence[Variant]
    models: Sequence[str]
    out: Path
    settings: Settings
    seeds: Path | None = None
    prompts: Mapping[str, Path | None] = field(default_factory=lambda: {"": None})
    references: Path | None = None
    pieces: tuple[int, ...] = ()
    jobs: int = 1
    rescore: bool = False


@dataclass(frozen=True)
class Outcome:
    """What an evaluation made.

    Attributes:
        drafts: records of the cells of this matrix, in its order.
        scores: their scores, in the same order; ``None`` where there is no text.
        written: how many were written now.
        missing: cells that aren't on record (with ``rescore``).
        notices: what the user should know, one Chinese line each.
        problems: texts that could not be written or scored now, one Chinese line each.
    """

    drafts: list[dict[str, Any]]
    scores: list[dict[str, Any] | None]
    written: int = 0
    missing: tuple[Cell, ...] = ()
    notices: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def run(options: Options, progress: Progress | None = None) -> Outcome:
    """Run the matrix.

    Raises:
        InputError: the results can't be written.
        InternalError: a worker died.
    """
    notices: list[str] = []
    jobs = _jobs(options, notices)
    drafts, scores = Journal(options.out / DRAFTS), Journal(options.out / SCORES)
    todo, missing = _todo(jobs, drafts, scores, rescore=options.rescore)
    written, problems = 0, []
    for number, done in enumerate(_work(todo, options.jobs), 1):
        if done.draft is not None:
            drafts.add(done.draft)
            written += 1
        if done.score is not None:
            scores.add(done.score)
        problems += [done.problem] if done.problem else []
        if progress:
            progress(number, len(todo), done.line)
    keys = [job.key for job in jobs if job.key in drafts]
    found = [(drafts.get(key), scores.get(key)) for key in keys]
    return Outcome(
        [d for d, _ in found if d],
        [s for _, s in found],
        written,
        tuple(missing),
        tuple(notices),
        tuple(problems),
    )


def _todo(
    jobs: Sequence[Job], drafts: Journal, scores: Journal, *, rescore: bool
) -> tuple[list[Job], list[Cell]]:
    """What must be written or scored, and what can't be (with ``rescore``)."""
    todo, missing = [], []
    for job in jobs:
        draft, score = drafts.get(job.key), scores.get(job.key)
        if draft is None or draft["status"] == "failed":
            if rescore:
                missing.append(job.cell)
            else:
                todo.append(job)
        elif rescore or score is None or score.get("judged_by") != job.judged_by:
            todo.append(replace(job, draft=draft))
    return todo, missing


def _work(todo: Sequence[Job], workers: int) -> Iterator[Done]:
    if workers <= 1 or len(todo) <= 1:
        yield from map(do_job, todo)
        return
    # A fresh interpreter each: forks of a process with Chroma's or a model's threads may hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(todo)), mp_context=context) as pool:
        waiting = [pool.submit(do_job, job) for job in todo]
        try:
            for one in as_completed(waiting):
                yield one.result()
        except BrokenProcessPool as error:
            raise InternalError(
                "评测的一个子进程意外退出（可能是内存不足）。已完成的都在，重跑同一命令即可接着做"
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


# -- the matrix --------------------------------------------------------------------------------


def _jobs(options: Options, notices: list[str]) -> list[Job]:
    seeds = None if options.seeds else shipped("seeds")
    seeds_digest = folder_digest(options.seeds or shipped("seeds"))
    homes = {
        name: _home(options, f"{name or 'default'}-{seeds_digest[:8]}", folder)
        for name, folder in options.prompts.items()
    }
    if not options.rescore and any(v.name != "template" for v in options.variants):
        _index(options, list(homes.values()), notices)
    written_by, judged_by = code_digest(judging=False), code_digest(judging=True)
    jobs = []
    for case in options.cases:
        reference = _reference(case, options.references)
        looked_at = [judged_by, _spec_hash(case), _hash(reference), seeds_digest]
        for cell in _cells(case, options):
            home = homes[cell.prompts] if cell.prompts in homes else next(iter(homes.values()))
            content = {
                "cell": [case.task, cell.variant, cell.model, options.settings.base_url],
                "facts": _hash(case.facts),
                "source": _source_hash(case),
                "seeds": seeds_digest if cell.variant not in ("template", "given") else "",
                "prompts": _prompts_digest(home / "prompts") if cell.model else "",
                "pieces": options.pieces,
                "code": written_by,
            }
            jobs.append(
                Job(
                    key=digest(content),
                    cell=cell,
                    case=case,
                    settings=replace(options.settings, home=home),
                    seeds=seeds,
                    out=options.out,
                    pieces=options.pieces,
                    reference=reference,
                    judged_by=digest(looked_at),
                )
            )
    return jobs


def _cells(case: Case, options: Options) -> Iterator[Cell]:
    if case.task == "check":
        yield Cell(case.name, "given")
        return
    for variant in options.variants:
        if case.task == "rewrite" and not variant.rewrites:
            continue
        if not variant.model:
            yield Cell(case.name, variant.name)
            continue
        for model in options.models:
            for prompts in options.prompts:
                yield Cell(case.name, variant.name, model, prompts)


def _home(options: Options, name: str, prompts: Path | None) -> Path:
    """A home for the runs of one version of the prompts: theirs, and an index of the seeds alone.

    The user's own seeds stay out of it: what is measured must not hang on whose machine it is.
    """
    home = options.out / "home" / name
    own = prompts or options.settings.home / "prompts"
    target = home / "prompts"
    try:
        target.mkdir(parents=True, exist_ok=True)
        for old in target.glob("*.md"):
            old.unlink()
        for file in sorted(own.glob("*.md")) if own.is_dir() else ():
            shutil.copyfile(file, target / file.name)
    except OSError as error:
        raise InputError(
            f"评测结果不能写入（{reason(error)}）",
            path=options.out,
            remedy="请检查权限，或换一个 --out",
        ) from error
    return home


def _index(options: Options, homes: Sequence[Path], notices: list[str]) -> None:
    """Build each home's index once, before several processes ask for it."""
    for home in homes:
        with SeedLibrary.open(home, None if options.seeds else shipped("seeds")) as library:
            if options.seeds and not any(True for _ in library.list()):
                summary = library.add([options.seeds])
                notices += [f"种子 {one.path} 没有用上：{one.why}" for one in summary.skipped]
                if not summary.added:
                    raise InputError(
                        "种子文件夹里没有可用的报告",
                        path=options.seeds,
                        remedy="请放入 .docx、.txt 或 .md",
                    )
            library.search("行政复议", k=1)


def _reference(case: Case, folder: Path | None) -> Path | None:
    if case.spec.reference:
        return case.file("reference")
    if folder is None:
        return None
    found = [folder / f"{case.name}{suffix}" for suffix in (".txt", ".md", ".docx")]
    return next((path for path in found if path.is_file()), None)


def _hash(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError("文件读不出来", path=path) from error


def _spec_hash(case: Case) -> str:
    spec = case.folder / "case.yaml"
    return _hash(spec) if spec.is_file() else ""


def _source_hash(case: Case) -> str:
    if case.task == "draft":
        return ""
    if case.origin:
        return _hash(case.origin)
    return _hash(case.file("from" if case.task == "rewrite" else "text"))


def _prompts_digest(own: Path) -> str:
    return digest([folder_digest(shipped("prompts"), "*.md"), folder_digest(own, "*.md")])


def default_jobs() -> int:
    """As many as there are cores, four at most: each worker holds a Chroma of its own."""
    return max(1, min(4, os.cpu_count() or 1))


__all__ = ["Options", "Outcome", "default_jobs", "run"]
