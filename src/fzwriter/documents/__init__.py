"""The one reader of the files users hand in as text: ``.docx .txt .md .pdf``, and older ones."""

from __future__ import annotations

from fzwriter.documents.clean import clean_text
from fzwriter.documents.model import (
    LEDGER_NAMESPACE,
    NOTICE_STYLE,
    Cell,
    Control,
    Document,
    Unread,
)
from fzwriter.documents.read import read_file, read_text, read_word

__all__ = [
    "LEDGER_NAMESPACE",
    "NOTICE_STYLE",
    "Cell",
    "Control",
    "Document",
    "Unread",
    "clean_text",
    "read_file",
    "read_text",
    "read_word",
]
