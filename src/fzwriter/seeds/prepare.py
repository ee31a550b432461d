"""What is stored of a seed: its passages, masked, and what the manifest remembers of it."""

from __future__ import annotations

import dataclasses

from fzwriter.errors import InputError
from fzwriter.reading.clean import summary
from fzwriter.reading.mask import mask_names
from fzwriter.reading.source import SeedReport
from fzwriter.reading.split import Passage, sections, split
from fzwriter.seeds.manifest import ReportEntry, SeedEntry
from fzwriter.seeds.shelf import SeedFile


def masked_passages(report: SeedReport) -> tuple[Passage, ...]:
    """The passages of a report as they may be stored: text and headings masked."""
    names = report.names()
    return tuple(
        dataclasses.replace(
            passage,
            path=tuple(mask_names(heading, names) for heading in passage.path),
            text=mask_names(passage.text, names),
        )
        for passage in split(report)
    )


def prepare(seed: SeedFile) -> tuple[SeedEntry, list[Passage]]:
    """Read a seed file: its entry and its masked passages; its problem when it can't be read."""
    try:
        reports = seed.read()
    except InputError as error:
        return SeedEntry(seed.sha256, problem=str(error)), []
    stored: list[Passage] = []
    entries: list[ReportEntry] = []
    for report in reports:
        passages = masked_passages(report)
        stored += passages
        entries.append(_remembered(report, passages))
    return SeedEntry(seed.sha256, tuple(entries)), stored


def describe(seed: SeedFile) -> SeedEntry:
    """The entry of a seed file that isn't in the index (yet)."""
    try:
        reports = seed.read()
    except InputError as error:
        return SeedEntry(seed.sha256, problem=str(error))
    return SeedEntry(seed.sha256, tuple(_remembered(report, split(report)) for report in reports))


def _remembered(report: SeedReport, passages: tuple[Passage, ...]) -> ReportEntry:
    return ReportEntry(
        name=report.name,
        title=report.title,
        unit=report.unit,
        unit_type=report.unit_type,
        kind=report.kind,
        year=report.year,
        sections=len(sections(passages)),
        passages=len(passages),
        notices=report.notices,
        repairs=summary(report.repairs),
        repaired=len(report.repairs),
    )
