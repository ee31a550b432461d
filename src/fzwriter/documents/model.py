"""What reading a file gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

NOTICE_STYLE = "未核提示"
"""Name of the Word style that marks a notice of ours; such paragraphs are no part of the text."""


@dataclass(frozen=True)
class Document:
    """The text of one file.

    Attributes:
        path: the file.
        paragraphs: its paragraphs in reading order, without line breaks, without white space
            around them and without invisible characters; empty ones are left out.
        front_matter: the YAML between ``---`` lines at the head of a ``.md`` file, as written.
        repairs: what the reader had to decide or leave out, one Chinese line each.
        levels: which paragraphs are headings by their Word style: index → level from 1.
    """

    path: Path
    paragraphs: tuple[str, ...]
    front_matter: str = ""
    repairs: tuple[str, ...] = ()
    levels: Mapping[int, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name

    @property
    def text(self) -> str:
        """The whole text, one paragraph a line: what ``check`` reads."""
        return "\n".join(self.paragraphs)
