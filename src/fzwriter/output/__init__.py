"""The files people open: Word, Markdown. Importing this package does not load python-docx."""

from __future__ import annotations

from fzwriter.output.atomic import write_bytes
from fzwriter.output.docx import write_docx
from fzwriter.output.markdown import to_markdown, write_markdown

__all__ = ["to_markdown", "write_bytes", "write_docx", "write_markdown"]
