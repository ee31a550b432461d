"""What is stored of a seed: its passages, masked, and what the manifest remembers of it."""

from __future__ import annotations

import dataclasses

from fzwriter.errors import InputError
from fzwriter.seeds.clean import summary
from fzwriter.seeds.manifest import ReportEntry, SeedEntry
from fzwriter.seeds.mask import mask_names
from fzwriter.seeds.names import Names, names_of
from fzwriter.seeds.shelf import SeedFile
from fzwriter.seeds.source import SeedReport
from fzwriter.seeds.split import Passage, sections, split


def report_names(report: SeedReport) -> Names:
    """The names to mask in a report: declared, of its unit, found in its text."""
    return names_of(
        (report.title, *report.paragraphs),
        unit=report.unit,
        places=report.places,
        people=report.people,
    )


def masked_passages(report: SeedReport) -> tuple[Passage, ...]:
    """The passages of a report as they may be stored: text and headings masked."""
    names = report_names(report)
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
