"""Telling what is wrong: all of it, a line each, and in a copy of the workbook as comments."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from fzwriter.errors import FzwriterError, InputError

_COPIES = 20  # of one workbook, each edited; then enough is enough


def tell(error: FzwriterError) -> int:
    """Print an error on stderr; the exit code."""
    for line in error.lines:
        click.echo(f"错误：{line}", err=True)
    path = Path(getattr(error, "path", ""))
    if path.suffix.lower() == ".xlsx":
        with suppress(Exception):  # the lines above say it all; a copy is a convenience
            if copy := _annotate(path, error):
                click.echo(f"提示：每处错误已写成批注，见 {copy}（原文件没有改动）", err=True)
    return error.exit_code


def _annotate(path: Path, error: FzwriterError) -> Path | None:
    """Write the copy beside the workbook; None where no fault has a cell."""
    from fzwriter.facts.annotate import annotated, is_untouched
    from fzwriter.facts.problems import FaultsError
    from fzwriter.output import write_bytes

    if not isinstance(error, FaultsError):
        return None
    data = annotated(path.read_bytes(), error.problems)
    stem = path.stem.partition(".批注")[0]
    for number in ("", *map(str, range(2, _COPIES))):
        copy = path.with_name(f"{stem}.批注{number}.xlsx")
        if copy != path and (not copy.exists() or is_untouched(copy.read_bytes())):
            with suppress(InputError):  # open in another program
                write_bytes(copy, data)
                return copy
    return None
