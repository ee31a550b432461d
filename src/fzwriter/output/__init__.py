"""The files people open: Word, Markdown. Importing this package does not load python-docx."""

from __future__ import annotations

from fzwriter.output.atomic import write_bytes, write_set
from fzwriter.output.deliver import deliver
from fzwriter.output.formats.docx import docx_bytes, write_docx
from fzwriter.output.formats.markdown import to_markdown, write_markdown
from fzwriter.output.keeping import Written, save

__all__ = [
    "Written",
    "deliver",
    "docx_bytes",
    "save",
    "to_markdown",
    "write_bytes",
    "write_docx",
    "write_markdown",
    "write_set",
]
