"""Putting a report where its readers want it: the Word file and what explains it, as one set."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from fzwriter.documents import clean_text
from fzwriter.facts import FactSheet
from fzwriter.output.formats import Dress, format_of
from fzwriter.output.formats.docx import docx_bytes
from fzwriter.output.keeping import Written, digest, save
from fzwriter.output.layout import STANDARD, Design
from fzwriter.output.ledger import Ledger, make_ledger
from fzwriter.output.ledger_book import ledger_book
from fzwriter.output.redhead import red_head
from fzwriter.output.review import make_remarks
from fzwriter.report import Report

PAGE, LEDGER, BOOK, REVIEW = ".html", ".ledger.json", ".ledger.xlsx", ".校核稿.docx"
_ENDINGS = (PAGE, LEDGER, BOOK, REVIEW)
_DIGESTS = "report_sha256"  # in the ledger beside a report: of what we wrote under its name
_OWN = "ledger_sha256"
_OUR_PAGE = b"content=\"default-src 'none'; style-src 'sha256-"
_HEAD = 1024  # bytes in which a page of ours says so


def deliver(
    report: Report,
    sheet: FactSheet,
    path: Path | str,
    *,
    notice: str = "",
    facts: Path | None = None,
    final: bool = False,
    review: bool = False,
    design: Design = STANDARD,
    extra: Mapping[str, bytes] | None = None,
    written: Written | None = None,
) -> list[Path]:
    """Write a checked report to ``path`` (see ``formats``) and beside it what explains its numbers.

    Beside ``report.docx`` stand ``report.html`` (review page), ``report.ledger.json`` and
    ``report.ledger.xlsx``; with ``review`` also ``report.校核稿.docx``. All are replaced together or
    not at all, and those of an older run go. What is in the way and people have edited since, or
    is not ours, is kept as ``report.旧稿.docx``.

    Args:
        report: with its verdict in ``check``.
        sheet: what it was written from.
        path: of the report.
        notice: a line that marks a copy with errors or doubts left.
        facts: the file of the sheet; the page then says how its doubts are confirmed.
        final: only the report, with no content controls and no ledger inside. Where the verdict
            has errors or doubts the whole set is written instead: such a copy must not go out.
        review: add the copy with a Word comment on every number.
        design: how the Word file looks.
        extra: other files of the set, by what their names have in place of ``.docx``; not with a
            final copy.
        written: what this program wrote before.

    Returns:
        What was written, the report first, kept copies last.

    Raises:
        InputError: its name asks for no format there is, or one of them can't be written; all are as
            they were before.
        ValueError: the report has no verdict.
    """
    path = Path(path)
    ledger = make_ledger(report, sheet)
    final = final and report.check is not None and report.check.ok and not notice
    head = red_head(sheet.document)
    files: dict[Path, bytes] = {}
    if not final:
        files[_beside(path, PAGE)] = _page(report, sheet, notice, (path, facts) if facts else None)
        files[_beside(path, BOOK)] = ledger_book(report, sheet, ledger)
    if review and not final:
        remarks = make_remarks(report, sheet, ledger)
        files[_beside(path, REVIEW)] = docx_bytes(
            report, notice=notice, ledger=ledger, remarks=remarks, head=head, design=design
        )
    dress = Dress(notice, None if final else ledger, head, design)
    data = format_of(path).render(report, dress)
    if not final:
        files |= {_beside(path, ending): content for ending, content in (extra or {}).items()}
        files[_beside(path, LEDGER)] = _with_digests(ledger, path, {**files, path: data})
    # The report comes last: whoever is interrupted keeps an older report, not one without ledger.
    everything = {**_outdated(path, files), **files, path: data}
    kept = save(everything, written or Written(), _recorded(path).values())
    return [path, *files, *kept]


def places(path: Path) -> tuple[Path, ...]:
    """Where a report at ``path`` and what explains it stand."""
    return (path, *(_beside(path, ending) for ending in _ENDINGS))


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.stem + ending)


def _page(report: Report, sheet: FactSheet, notice: str, files: tuple[Path, Path] | None) -> bytes:
    from fzwriter.output.page import page_html  # jinja2 loads only here

    return page_html(report, sheet, notice=notice, files=files).encode()


def _with_digests(ledger: Ledger, path: Path, files: Mapping[Path, bytes]) -> bytes:
    """The ledger as JSON, with the digests of the files of this name: .docx and .md share it."""
    new = {file.name[len(path.stem) :].lower(): digest(data) for file, data in files.items()}
    old = {ending: value for ending, value in _recorded(path).items() if ending != LEDGER}
    body = {**json.loads(clean_text(ledger.to_json())), _DIGESTS: {**old, **new}}
    return _as_json({**body, _OWN: _own_digest(body)})


def _as_json(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def _own_digest(body: Mapping[str, Any]) -> str:
    """Of a ledger without its own digest, so that an edited one is told too."""
    return digest(_as_json({key: value for key, value in body.items() if key != _OWN}))


def _recorded(path: Path) -> dict[str, str]:
    """Digests of the files of this name as we wrote them, by ending; none without a ledger."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        ledger = _beside(path, LEDGER)
        data = ledger.read_bytes() if ledger.is_file() else b""
        body = json.loads(data)
        found = {str(ending): str(value) for ending, value in body.get(_DIGESTS, {}).items()}
        ours = data == _as_json(body) and body.get(_OWN) == _own_digest(body)
        return {**found, LEDGER: digest(data)} if ours else found
    return {}


def _outdated(path: Path, files: Mapping[Path, bytes]) -> dict[Path, None]:
    """What an older run left beside the report and this one does not replace."""
    there = [
        place
        for place in places(path)
        if place != path and place not in files and os.path.isfile(place)
    ]
    return {old: None for old in there if old.suffix != PAGE or _is_our_page(old)}


def _is_our_page(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return _OUR_PAGE in stream.read(_HEAD)
    except OSError:
        return False
