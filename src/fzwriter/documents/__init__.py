"""The one reader of the files users hand in as text: ``.docx .txt .md .pdf``, and older ones."""

from __future__ import annotations

from fzwriter.documents.clean import clean_text
from fzwriter.documents.model import NOTICE_STYLE, Document
from fzwriter.documents.read import read_text

__all__ = ["NOTICE_STYLE", "Document", "clean_text", "read_text"]
