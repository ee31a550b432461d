"""A copy of a facts workbook with what is wrong written to its cells as comments."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from typing import Any

from fzwriter.facts.problems import Problem
from fzwriter.facts.workbook import AUTHOR, REMARK
from fzwriter.facts.xlsx_plain import without_styling

_PLACE = re.compile(r"(?P<sheet>.+?)(?:!(?P<cell>[A-Z]{1,3}\d+))?")
_CORE = "docProps/core.xml"
_BLANK = b"0" * 64  # stands where the seal will


def annotated(content: bytes, problems: Sequence[Problem]) -> bytes:
    """The workbook with a comment on each cell, or on A1 of the sheet, that a problem names.

    Cells and formulas stay; a spreadsheet program works the results out anew when it opens the copy.

    Args:
        content: of an .xlsx that ``xlsx_safety`` has passed.
        problems: with places as in ``数据!D7``; those without one are left out.

    Raises:
        ValueError: none of the problems has a place in the workbook.
    """
    book = _open(content)
    placed = [(cell, one) for one in problems if (cell := _cell(book, one.place)) is not None]
    if not placed:
        raise ValueError("no problem has a place in the workbook")
    _clear(book)
    for cell, one in placed:
        _remark(cell, f"{REMARK}{one.what}。{one.remedy}")
    book.properties.identifier = _BLANK.decode()
    stream = io.BytesIO()
    book.save(stream)
    return _sealed(stream.getvalue())


def is_untouched(content: bytes) -> bool:
    """Whether a file is a copy of ours that nobody has saved since."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _seal(archive) in archive.read(_CORE)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError):
        return False


def _open(content: bytes) -> Any:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(io.BytesIO(content), rich_text=True)
        except Exception:  # the styling openpyxl dislikes is not missed in a copy
            return load_workbook(io.BytesIO(without_styling(content, "")), rich_text=True)


def _cell(book: Any, place: str) -> Any:
    """The cell at a place, the first of its merged area; None where the workbook has no such."""
    found = _PLACE.fullmatch(place)
    if found is None or found["sheet"] not in book.sheetnames:
        return None
    sheet = book[found["sheet"]]
    cell = sheet[found["cell"] or "A1"]
    for area in sheet.merged_cells.ranges:
        if cell.coordinate in area:
            return sheet.cell(area.min_row, area.min_col)
    return cell


def _clear(book: Any) -> None:
    """Take out what we wrote to an earlier copy."""
    for cell in (cell for sheet in book.worksheets for cell in sheet._cells.values()):
        if cell.comment is not None and REMARK in cell.comment.text:
            cell.comment.text = cell.comment.text.split(REMARK)[0].rstrip()
            cell.comment = cell.comment if cell.comment.text else None


def _remark(cell: Any, text: str) -> None:
    """Below what somebody else has noted there."""
    from openpyxl.comments import Comment  # type: ignore[import-untyped]

    old = cell.comment
    above = f"{old.text}\n" if old is not None else ""
    author = old.author if old is not None else AUTHOR
    cell.comment = Comment(above + text, author, height=90 if old is None else 160, width=320)


def _seal(archive: zipfile.ZipFile) -> bytes:
    sums = sorted((info.filename, info.CRC) for info in archive.infolist())
    return (
        hashlib.sha256(repr([one for one in sums if one[0] != _CORE]).encode()).hexdigest().encode()
    )


def _sealed(content: bytes) -> bytes:
    """With the sum of its parts among its properties, which no other program keeps up."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        seal = _seal(old)
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(_BLANK, seal) if name == _CORE else data)
    return stream.getvalue()
