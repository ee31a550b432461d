"""Putting a report where its readers want it: the Word file and what explains it, as one set."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

from fzwriter.documents import clean_text
from fzwriter.errors import InputError
from fzwriter.facts import FactSheet
from fzwriter.output.atomic import write_set
from fzwriter.output.docx import docx_bytes
from fzwriter.output.layout import STANDARD, Design
from fzwriter.output.ledger import Ledger, make_ledger
from fzwriter.output.ledger_book import ledger_book
from fzwriter.output.markdown import markdown_bytes
from fzwriter.output.redhead import red_head
from fzwriter.output.review import make_remarks
from fzwriter.report import Report

PAGE, LEDGER, BOOK, REVIEW = ".html", ".ledger.json", ".ledger.xlsx", ".校核稿.docx"
KEPT = ".旧稿"
"""Ends the name of the copy of a report that people had edited before a new run."""
_DIGESTS = "report_sha256"  # in the ledger beside a report: of the report as we wrote it
_OUR_PAGE = b"content=\"default-src 'none'; style-src 'sha256-"
_HEAD = 1024  # bytes in which a page of ours says so
_OFFICE_PART = "docProps/app.xml"  # Word, WPS and LibreOffice write it; we never do


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
) -> list[Path]:
    """Write a checked report to ``path`` (.docx or .md) and beside it what explains its numbers.

    Beside ``report.docx`` stand ``report.html`` (review page), ``report.ledger.json`` and
    ``report.ledger.xlsx``; with ``review`` also ``report.校核稿.docx``. All are replaced together or
    not at all, and those of an older run go. A report in the way that people have edited since, or
    that is not ours, is kept as ``report.旧稿.docx``.

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

    Returns:
        What was written, the report first, kept copies last.

    Raises:
        InputError: one of them can't be written; all are as they were before.
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
    if path.suffix.lower() == ".md":
        data = markdown_bytes(report, notice=notice)
    else:
        data = docx_bytes(
            report, notice=notice, ledger=None if final else ledger, head=head, design=design
        )
    if not final:
        files[_beside(path, LEDGER)] = _with_digest(ledger, path, data)
    files[path] = data
    old = _edited(path, files)
    # The report comes last: whoever is interrupted keeps an older report, not one without ledger.
    write_set({**old, **_outdated(path, files), **files})
    return [path, *(made for made in (*files, *old) if made != path)]


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.stem + ending)


def _page(report: Report, sheet: FactSheet, notice: str, files: tuple[Path, Path] | None) -> bytes:
    from fzwriter.output.page import page_html  # jinja2 loads only here

    return page_html(report, sheet, notice=notice, files=files).encode()


def _with_digest(ledger: Ledger, path: Path, report: bytes) -> bytes:
    """The ledger as JSON, with the digests of the reports of this name: .docx and .md share it."""
    digests = {**_recorded(path), path.suffix.lower(): _sha256(report)}
    body = {**json.loads(clean_text(ledger.to_json())), _DIGESTS: digests}
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _recorded(path: Path) -> dict[str, str]:
    """Digests of the reports of this name as we wrote them, by ending; none without a ledger."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        return dict(json.loads(_beside(path, LEDGER).read_bytes())[_DIGESTS])
    return {}


def _edited(path: Path, files: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """Copies of the reports in the way that people have worked on since they were written."""
    kept: dict[Path, bytes] = {}
    for old in (path, _beside(path, REVIEW)):
        if not old.is_file():
            continue
        with suppress(OSError):
            data = old.read_bytes()
            recorded = _recorded(old).get(old.suffix.lower())
            ours = _sha256(data) == recorded if recorded else _looks_ours(old, data)
            if not ours and data != files.get(old):
                kept[_free_name(old, files)] = data
    return kept


def _looks_ours(path: Path, data: bytes) -> bool:
    """Whether a report without a record is as we wrote it; a text file never tells."""
    with suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return path.suffix.lower() == ".docx" and _OFFICE_PART not in archive.namelist()
    return False


def _free_name(old: Path, files: Mapping[Path, bytes]) -> Path:
    for number in count(1):
        free = old.with_name(f"{old.stem}{KEPT}{number if number > 1 else ''}{old.suffix}")
        if free not in files and not free.exists():
            return free
    raise AssertionError("numbers never end")


def _outdated(path: Path, files: Mapping[Path, bytes]) -> dict[Path, None]:
    """What an older run left beside the report and this one does not replace.

    Raises:
        InputError: a page of somebody else's stands where ours must go.
    """
    found: dict[Path, None] = {}
    for ending in (PAGE, LEDGER, BOOK, REVIEW):
        old = _beside(path, ending)
        if not old.is_file():
            continue
        ours = ending != PAGE or _is_our_page(old)
        if old not in files:
            found |= {old: None} if ours else {}
        elif not ours:
            raise InputError(
                "同名的网页不是本程序生成的，没有覆盖",
                path=old,
                remedy="请改名或移走它，或用 -o 换一个文件名",
            )
    return found


def _is_our_page(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return _OUR_PAGE in stream.read(_HEAD)
    except OSError:
        return False
