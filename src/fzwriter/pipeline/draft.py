"""Job one: draft a report from a fact sheet."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fzwriter.check.confirm import NONE, Confirmations
from fzwriter.domain import find_kind
from fzwriter.errors import InputError
from fzwriter.facts import FactSheet, cleared, settled
from fzwriter.llm import ChatModel
from fzwriter.output import Written
from fzwriter.pipeline.confirming import check_confirmed
from fzwriter.pipeline.exemplars import Exemplars
from fzwriter.pipeline.library import open_library
from fzwriter.pipeline.models import choose_model
from fzwriter.pipeline.offers import offers
from fzwriter.pipeline.runs import RunFolder
from fzwriter.report import CheckReport, Report
from fzwriter.seeds import SeedLibrary
from fzwriter.settings import Settings
from fzwriter.units import GENERAL, known_types
from fzwriter.writing import Composer, make_plan
from fzwriter.writing.suggest import with_suggestions

_LONG = 1.5  # seconds without a word that make people wonder

Progress = Callable[[int, int, str], None]
Notify = Callable[[str], None]


def draft(
    sheet: FactSheet,
    *,
    writer: str = "auto",
    model: ChatModel | str | None = None,
    settings: Settings | None = None,
    run_dir: Path | None = None,
    resume: bool = False,
    section: int = 0,
    suggest: bool = False,
    confirmations: Confirmations = NONE,
    library: SeedLibrary | None = None,
    progress: Progress | None = None,
    notify: Notify | None = None,
) -> Report:
    """Draft a report: lint → plan → exemplars → write → check.

    Args:
        sheet: the unit's facts and statements.
        writer: ``llm`` for a model, ``offline`` for the composer; ``auto`` is the model when one is set.
        model: a model, or the name of one, instead of the one set.
        settings: read from the environment by default.
        run_dir: keeps each stage's result there, and every question to a model with its answer.
        resume: go on with the run of a model that ``run_dir`` holds.
        section: have a model write the section of this number anew; the others stay as in ``run_dir``.
        suggest: offer deeds of other units' reports, masked and marked 【建议，待取舍：…】; the check holds
            each for an error until it is confirmed or deleted.
        confirmations: doubts that people settled for these facts.
        library: the seeds to borrow from, closed when done; those of ``settings.home`` by default.
        progress: called with (sections done, sections, heading).
        notify: called with a Chinese line the user should see.

    Returns:
        The report with its verdict in ``check``; required facts it doesn't print are errors there.

    Raises:
        ConfigError: the seed library or the installation can't be used.
        InputError: something in the sheet must be mended or confirmed first, or its kind of document
            isn't known; the run folder can't be
            written, or is another run's.
        ModelError: the model can't be used.
    """
    settings = settings or Settings.from_environ()
    notify = notify or _silent
    find_kind(sheet.document.kind, sheet.source)
    chat = choose_model(writer, model, settings, run_dir, notify)
    if (resume or section) and (chat is None or run_dir is None):
        raise InputError(
            "--resume 和 --section 要有运行文件夹和模型", remedy="请加上 --run-dir 和 --model"
        )
    run = RunFolder(run_dir, Written(settings.home), notify)
    run.keep("sheet.json", sheet)
    for finding in settled(sheet):
        notify(f"数据提醒：{finding.line}")
    sheet = cleared(sheet)  # an order planted in the data is printed by no writer
    plan = make_plan(sheet)
    run.keep("plan.json", plan)
    if plan.profile.type == GENERAL and sheet.unit.type != GENERAL:
        known = "、".join(known_types())
        notify(f"没有“{sheet.unit.type}”的单位资料，按“{GENERAL}”起草（已有：{known}）")
    library = library or open_library(settings, _indexing(notify), notify)
    with Exemplars(library, plan.profile.type) as exemplars:
        if chat is None:
            report = Composer(sheet, plan, exemplars.framing).compose(progress)
        else:
            from fzwriter.pipeline.model_run import ModelRun

            work = ModelRun(
                sheet, plan, chat, exemplars, settings, run_dir, resume, section, confirmations
            )
            report = work.write(progress, notify)
        if suggest:
            deeds = offers(exemplars, sheet, plan.profile)
            report = with_suggestions(report, plan, deeds)
        seeds = exemplars.seeds_in(report.text)
        sources = exemplars.sources(seeds)
        verdict = _strict(check_confirmed(report.text, sheet, sources, confirmations))
    report = replace(report, seeds=seeds, check=verdict)
    run.keep("report.json", report)
    run.keep("report.txt", report.text)
    run.keep("check.json", verdict)
    return report


def _strict(verdict: CheckReport) -> CheckReport:
    """In a draft of our own a required fact left out is an error."""
    issues = tuple(
        replace(issue, severity="error") if issue.kind == "omitted_fact" else issue
        for issue in verdict.issues
    )
    return replace(verdict, issues=issues)


def _silent(line: str) -> None:
    del line


def _indexing(notify: Notify) -> Callable[[int, int, str], None]:
    """Progress of indexing seeds, told only where it takes long."""
    began = last = time.monotonic()

    def tell(done: int, total: int, seed: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - began > _LONG and (now - last > _LONG or done == total):
            last = now
            notify(f"正在编入种子库：{done}/{total} {seed}".rstrip())

    return tell
