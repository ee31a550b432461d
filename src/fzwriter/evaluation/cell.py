"""One cell of the matrix: writing the text of one case in one way, and scoring it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from fzwriter.documents import read_text
from fzwriter.errors import ConfigError, FzwriterError, InputError, reason
from fzwriter.evaluation.cases import Case
from fzwriter.evaluation.limit import limited
from fzwriter.evaluation.records import Cell, report_from
from fzwriter.evaluation.scorers import SCORERS, Effort, Score, Subject, unscored
from fzwriter.evaluation.simulated import SimulatedModel, simulated_names
from fzwriter.evaluation.variants import VARIANTS, Source, produce
from fzwriter.facts import FactSheet, cleared, settled
from fzwriter.llm import ChatModel, EndpointModel, RecordedModel
from fzwriter.pipeline.models import endpoint_of
from fzwriter.pipeline.runs import plain
from fzwriter.reading import read_seeds
from fzwriter.report import CheckReport
from fzwriter.seeds import SeedLibrary
from fzwriter.settings import Settings


@dataclass(frozen=True)
class Job:
    """A cell to be done; everything a worker in another process needs.

    Attributes:
        key: of the text.
        cell: which one.
        case: its case.
        settings: limits, and the home of the runs.
        seeds: folder of the shipped seeds; ``None`` where the home has seeds of its own.
        out: folder of the results.
        pieces: the writing pieces to write; all by default.
        reference: a reference text.
        judged_by: key of the code that scores and of what it looks at.
        draft: the text on record, when it only is to be scored.
    """

    key: str
    cell: Cell
    case: Case
    settings: Settings
    seeds: Path | None
    out: Path
    pieces: tuple[int, ...]
    reference: Path | None
    judged_by: str
    draft: dict[str, Any] | None = None


@dataclass(frozen=True)
class Done:
    """What came of a job: records for the journals, a line for people, why it has no score."""

    draft: dict[str, Any] | None
    score: dict[str, Any] | None
    line: str
    problem: str = ""


def do_job(job: Job) -> Done:
    """Write (unless it is on record) and score. Errors of the run are told in the record."""
    began = time.perf_counter()
    fresh = None if job.draft else write(job)
    record = job.draft or fresh
    assert record is not None
    problem = str(record["message"]) if record["status"] == "failed" else ""
    score = None
    if not problem:
        try:
            score = score_record(job, record)
        except Exception as error:  # one text's accident must not cost the others
            problem = f"评分出错（{type(error).__name__}: {error}）"
    took = time.perf_counter() - began
    what = f"{job.case.name} {job.cell.system}"
    note = f"：{problem}" if problem else ""
    return Done(
        fresh, score, f"{what}（{took:.1f} 秒）{note}", f"{what}：{problem}" if problem else ""
    )


# -- writing -------------------------------------------------------------------------------------


def write(job: Job) -> dict[str, Any]:
    """The record of a text: ``done``, ``refused`` (the input can't be used) or ``failed``."""
    record: dict[str, Any] = {
        "key": job.key,
        "case": job.case.name,
        "task": job.case.task,
        "title": job.case.spec.title,
        "system": job.cell.system,
        **{k: v for k, v in asdict(job.cell).items() if k != "case"},
        "status": "done",
        "message": "",
        "exit": None,
        "text": "",
        "report": None,
        "source": "",
        "notices": [],
        "effort": None,
        "pieces": list(job.pieces),
    }
    try:
        sheet = _sheet(job)
    except InputError as error:
        return record | {"status": "refused", "message": str(error)}
    try:
        return record | _text(job, sheet)
    except ConfigError as error:  # of the set-up, not of this input
        return record | {"status": "failed", "message": str(error)}
    except InputError as error:
        return record | {"status": "refused", "message": str(error)}
    except FzwriterError as error:
        return record | {"status": "failed", "message": str(error)}
    except Exception as error:  # one cell's accident must not cost the others
        return record | {"status": "failed", "message": f"{type(error).__name__}: {error}"}


def _sheet(job: Job) -> FactSheet:
    sheet = job.case.sheet()
    return limited(sheet, job.pieces) if job.pieces else sheet


def _text(job: Job, sheet: FactSheet) -> dict[str, Any]:
    if job.cell.variant == "given":
        text = read_text(job.case.file("text")).text
        return {"text": text, "notices": [f.message for f in settled(sheet)]}
    source = _source(job) if job.case.task == "rewrite" else None
    made = produce(
        VARIANTS[job.cell.variant],
        sheet,
        settings=job.settings,
        seeds=job.seeds,
        run_dir=job.out / "runs" / job.key,
        model=_model(job) if job.cell.model else None,
        source=source,
    )
    return {
        "text": made.report.text,
        "report": {k: v for k, v in plain(made.report).items() if k != "check"},
        "source": source.text if source else "",
        "notices": list(made.notices),
        "exit": made.report.check and made.report.check.exit_code,
        "effort": asdict(made.effort),
    }


def _model(job: Job) -> ChatModel:
    """The model of a cell; its answers are kept in the results, whatever becomes of the run."""
    name = job.cell.model
    if name in simulated_names():
        return SimulatedModel(name)
    return RecordedModel(EndpointModel(endpoint_of(job.settings, name)), job.out / "answers")


def _source(job: Job) -> Source:
    """The report that a rewrite starts from: a file, or the offline draft of another case."""
    case = job.case
    if case.origin is None:
        path = case.file("from")
        unit = next((r.unit for r in read_seeds(path)), "")
        return Source(path, read_text(path).text, unit)
    from fzwriter.facts import load_facts

    origin = load_facts(case.origin)
    path = job.out / "sources" / f"{case.spec.from_}.md"
    made = produce(
        VARIANTS["offline"],
        origin,
        settings=job.settings,
        seeds=job.seeds,
        run_dir=job.out / "runs" / f"source-{case.spec.from_}",
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text("utf-8") != made.report.text:
            path.write_text(made.report.text, "utf-8")
    except OSError as error:
        raise ConfigError(f"评测结果不能写入（{reason(error)}）", path=path) from error
    return Source(path, made.report.text, origin.unit.name)


# -- scoring -------------------------------------------------------------------------------------


def score_record(job: Job, record: Mapping[str, Any]) -> dict[str, Any]:
    """All scores of a text on record, with the checker's issues for the drill-down."""
    scores: dict[str, Score]
    verdict: CheckReport | None = None
    if record["status"] == "refused":
        scores = {s.name: unscored("输入没有通过，没有成文") for s in SCORERS}
        scores["expectations"] = _refusal(job.case, str(record["message"]))
    else:
        subject = _subject(job, record)
        verdict = subject.verdict
        scores = {s.name: _measured(s.name, subject) for s in SCORERS}
    return {
        "key": record["key"],
        "judged_by": job.judged_by,
        "declared": job.case.expect.exit,
        "scores": {
            name: {"value": s.value, "why": s.why, "n": s.n, "detail": dict(s.detail)}
            for name, s in scores.items()
        },
        "issues": [asdict(i) for i in verdict.issues] if verdict else [],
        "figures": [
            [m.start, m.end, m.status, m.why] for m in (verdict.quantities if verdict else ())
        ],
    }


def _measured(name: str, subject: Subject) -> Score:
    scorer = next(s for s in SCORERS if s.name == name)
    if scorer.text and subject.case is not None and subject.case.task == "check":
        return unscored("核验的是给定的文字，不评文字")
    return scorer.measure(subject)


def _subject(job: Job, record: Mapping[str, Any]) -> Subject:
    report = report_from(record["report"]) if record["report"] else None
    # What is drafted is drafted from a sheet whose orders were taken out (DESIGN 6.4), and is held
    # against that; a text handed in is held against the sheet as it is.
    sheet = _sheet(job) if job.cell.variant == "given" else cleared(_sheet(job))
    subject = Subject(
        text=record["text"],
        sheet=sheet,
        report=report,
        case=job.case if not job.pieces else None,  # what is declared is declared of the whole
        seeds=_seed_texts(job.settings.home, job.seeds),
        shown=report.seeds if report else (),
        source=record["source"],
        reference=read_text(job.reference).text if job.reference else "",
        effort=Effort(**record["effort"]) if record["effort"] else None,
        notices=tuple(record["notices"]),
    )
    if record["exit"] is not None:  # the run's own verdict, stricter than a check of any text
        return replace(subject, exit=record["exit"])
    omitted = report is not None and bool(subject.verdict.omitted)
    return replace(subject, exit=3 if omitted else subject.verdict.exit_code)


def _refusal(case: Case, message: str) -> Score:
    checks = [(f"结果代码应为 {case.expect.exit}，实为 2", case.expect.exit == 2)]
    if case.expect.error:
        checks.append(
            (f"应说明“{case.expect.error}”，实为“{message}”", case.expect.error in message)
        )
    unmet = [what for what, met in checks if not met]
    why = f"声明 {len(checks)} 项，落空 {len(unmet)} 项" + (
        f"：{'；'.join(unmet)}" if unmet else ""
    )
    return Score(1 - len(unmet) / len(checks), why, len(checks), {"unmet": unmet})


@lru_cache(maxsize=2)
def _seed_texts(home: Path, shipped: Path | None) -> dict[str, str]:
    with SeedLibrary.open(home, shipped) as library:
        names = [info.name for info in library.list() if not info.problem]
        return {name: library.report(name).text for name in names}
