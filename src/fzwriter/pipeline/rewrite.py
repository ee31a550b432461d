"""Job two: rewrite a report for another unit, another type of unit, or the next year.

read → skeleton → plan after it → write → prove that nothing was carried over. What of the source's
wording doesn't stand the proof is given up, and the report is written again without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fzwriter.check.confirm import NONE, Confirmations
from fzwriter.domain import find_kind
from fzwriter.errors import InputError
from fzwriter.facts import FactSheet, cleared, settled
from fzwriter.llm import ChatModel
from fzwriter.numbers import find_numbers
from fzwriter.output import Written
from fzwriter.pipeline.carried import carried_names
from fzwriter.pipeline.confirming import check_confirmed
from fzwriter.pipeline.models import choose_model
from fzwriter.pipeline.naming import Named, name_of
from fzwriter.pipeline.rewrite_source import Mode, mode_of, read_report
from fzwriter.pipeline.runs import RunFolder
from fzwriter.reading import SeedReport
from fzwriter.report import CheckReport, Issue, Report
from fzwriter.settings import Settings
from fzwriter.units import GENERAL, known_types
from fzwriter.writing import Plan, make_plan
from fzwriter.writing.rewriting import (
    Register,
    Replan,
    RewriteComposer,
    Sayable,
    Source,
    SourceFigure,
    read_source,
    replan,
)

Progress = Callable[[int, int, str], None]
Notify = Callable[[str], None]
_ROUNDS = 4
# What is a warning of any text is an error of a rewrite.
# Warnings of a check that are errors in a rewrite: they may be what the source left behind. A power the
# sheet itself claims stays a warning.
_STRICT = frozenset({"omitted_fact", "foreign_register", "unknown_name"})


def rewrite(
    source: Path | str | SeedReport,
    sheet: FactSheet,
    *,
    pick: int = 1,
    writer: str = "auto",
    model: ChatModel | str | None = None,
    settings: Settings | None = None,
    run_dir: Path | None = None,
    resume: bool = False,
    confirmations: Confirmations = NONE,
    progress: Progress | None = None,
    notify: Notify | None = None,
) -> Report:
    """Rewrite a report for the unit and year of a fact sheet.

    Args:
        source: the report to be rewritten, as a file or as read.
        sheet: the target's facts and statements; they alone supply figures and deeds.
        pick: which report of a file with several, from 1.
        writer: ``llm`` for a model, ``offline`` for the composer; ``auto`` is the model when one is set.
        model: a model, or the name of one, instead of the one set.
        settings: read from the environment by default.
        resume: go on with the run of a model that ``run_dir`` holds.
        run_dir: keeps each stage's result there.
        confirmations: doubts that people settled for these facts.
        progress: called with (sections done, sections, heading).
        notify: called with a Chinese line the user should see.

    Returns:
        The report, with what became of the source's sections in ``decisions`` and the verdict in
        ``check``: a figure, place, body, person, document, power or word of the source's unit that
        the sheet doesn't hold is an error there.

    Raises:
        InputError: the source can't be read, is no such report, or is this unit's of this very year;
            something in the sheet must be mended or confirmed first; its kind of document isn't known.
    """
    tell = notify or _silent
    settings = settings or Settings.from_environ()
    find_kind(sheet.document.kind, sheet.source)
    report = source if isinstance(source, SeedReport) else read_report(Path(source), pick)
    mode = mode_of(report, sheet)
    run = RunFolder(run_dir, Written(settings.home), tell)
    run.keep("sheet.json", sheet)
    run.keep("source.json", {"title": report.title, "unit": report.unit, "mode": mode})
    for line in _notices(report, sheet, mode):
        tell(line)
    sheet = cleared(sheet)  # an order planted in the data is printed by no writer
    plan = make_plan(sheet)
    if plan.profile.type == GENERAL and sheet.unit.type != GENERAL:
        known = "、".join(known_types())
        tell(f"没有“{sheet.unit.type}”的单位资料，按“{GENERAL}”改写（已有：{known}）")
    skeleton = read_source(report)
    chat = choose_model(writer, model, settings, run_dir, tell)
    if resume and (chat is None or run_dir is None):
        raise InputError("--resume 要有运行文件夹和模型", remedy="请加上 --run-dir 和 --model")
    if chat is None:
        followed, made, verdict = _settled(skeleton, sheet, plan, progress, confirmations)
    else:
        followed, _, _ = _settled(skeleton, sheet, plan, None, confirmations)
        job = _Job(sheet, skeleton, followed, chat, settings, run_dir, resume, confirmations)
        made, verdict = _by_model(job, progress, tell)
    run.keep("plan.json", followed.plan)
    run.keep("decisions.json", followed.decisions)
    result = replace(made, decisions=followed.decisions, check=verdict)
    run.keep("report.json", result)
    run.keep("report.txt", result.text)
    run.keep("check.json", verdict)
    return result


@dataclass(frozen=True)
class _Job:
    """What a rewrite with a model needs."""

    sheet: FactSheet
    source: Source
    replan: Replan
    model: ChatModel
    settings: Settings
    run_dir: Path | None
    resume: bool
    confirmations: Confirmations


def _by_model(job: _Job, progress: Progress | None, tell: Notify) -> tuple[Report, CheckReport]:
    """The report as a model wrote it; pieces that didn't stand are the composer's."""
    from fzwriter.pipeline.exemplars import Exemplars
    from fzwriter.pipeline.library import open_library
    from fzwriter.pipeline.rewrite_model import RewriteRun

    plan, settings = job.replan.plan, job.settings
    with Exemplars(open_library(settings, notify=tell), plan.profile.type) as exemplars:
        run = RewriteRun(
            job.sheet, plan, job.model, exemplars, settings, job.run_dir, job.resume,
            confirmations=job.confirmations, replan=job.replan,
            prove=lambda text: prove(text, job.sheet, job.source, job.confirmations),
        )  # fmt: skip
        made = run.write(progress, tell)
        seeds = exemplars.seeds_in(made.text)
    verdict = prove(made.text, job.sheet, job.source, job.confirmations)
    return replace(made, seeds=seeds), verdict


def _settled(
    source: Source,
    sheet: FactSheet,
    plan: Plan,
    progress: Progress | None,
    confirmations: Confirmations,
) -> tuple[Replan, Report, CheckReport]:
    """Write until no wording of the source's is at fault, at most so many times."""
    register = Register(source, plan.profile, plan.words)
    banned: set[str] = set()
    for number in range(_ROUNDS):
        sayable = Sayable(register, sheet.said.strict, frozenset(banned))
        followed = replan(source, sheet, plan, sayable, figures_in)
        made = RewriteComposer(sheet, followed).compose(progress if not number else None)
        verdict = prove(made.text, sheet, source, confirmations)
        fault = set(_at_fault(made.text, verdict.issues, sayable.lent))
        if not fault:
            break
        banned |= fault
    return followed, made, verdict


def prove(
    text: str, sheet: FactSheet, source: Source, confirmations: Confirmations = NONE
) -> CheckReport:
    """The verdict on a rewrite: the check, strict, and the names that masking found in the source."""
    verdict = check_confirmed(text, sheet, (source.report.text,), confirmations)
    found = {(issue.start, issue.end) for issue in verdict.issues if issue.kind == "leaked_name"}
    more = [i for i in carried_names(text, sheet, source) if (i.start, i.end) not in found]
    issues = [_strict(issue, text, source) for issue in (*verdict.issues, *more)]
    issues.sort(key=lambda issue: (issue.start, issue.end, issue.kind))
    return replace(verdict, issues=tuple(issues))


def _strict(issue: Issue, text: str, source: Source) -> Issue:
    if issue.kind in _STRICT:
        return replace(issue, severity="error")
    words = text[issue.start : issue.end]
    dated = issue.kind == "wrong_date" and "日" in words and words in source.report.text
    return replace(issue, severity="error") if dated else issue


def _at_fault(text: str, issues: Sequence[Issue], lent: set[str]) -> Iterator[str]:
    """The source's wording that an error or a doubt stands in."""
    for issue in issues:
        if issue.severity == "warning" or issue.start >= len(text):
            continue
        left = text.rfind("\n", 0, issue.start) + 1
        right = (text + "\n").find("\n", issue.end)
        for words in lent:
            at = text.find(words, left, right)
            if at >= 0 and at < issue.end and issue.start < at + len(words):
                yield words


def figures_in(sentence: str) -> Sequence[SourceFigure]:
    """The figures of a sentence with their names and measure words."""
    mentions = [m for m in find_numbers(sentence) if m.kind in ("quantity", "placeholder")]
    if not mentions:
        return ()
    starts = [*(m.start for m in mentions[1:]), len(sentence)]
    found: list[SourceFigure] = []
    before: Named | None = None
    for mention, following in zip(mentions, starts, strict=True):
        before = name_of(sentence, mention, before, following)
        found.append(SourceFigure(before.name, mention.unit))
    return found


def _notices(report: SeedReport, sheet: FactSheet, mode: Mode) -> Iterator[str]:
    for finding in settled(sheet):
        yield f"数据提醒：{finding.line}"
    yield from (f"原报告：{line}" for line in report.notices)
    yield {
        "other_type": f"由{report.unit_type}的报告改写为{sheet.unit.type}的报告",
        "same_type": "单位类型相同、单位不同：结构沿用，数据和做过的事全部换成本单位的",
        "next_year": f"同一单位，由{report.year}年改写为{sheet.period.year}年：上年的数和计划只作候选，不进报告",
    }[mode]


def _silent(line: str) -> None:
    del line
