"""How any report is read, ours or another's: cleaned, its headings, sentences, names, topics.

Knows nothing of facts, of writing, or of the library.
"""

from __future__ import annotations

from fzwriter.reading.clean import Repair, clean
from fzwriter.reading.headings import Heading, outline
from fzwriter.reading.mask import BLANK, Blank, Masked, mask
from fzwriter.reading.report_text import Place, ReadParagraph, ReportText, Table, heading_paths
from fzwriter.reading.source import SeedReport, read_seeds
from fzwriter.reading.split import PARTS, Passage, Section, sections, split

__all__ = [
    "BLANK",
    "PARTS",
    "Blank",
    "Heading",
    "Masked",
    "Passage",
    "Place",
    "ReadParagraph",
    "Repair",
    "ReportText",
    "Section",
    "SeedReport",
    "Table",
    "clean",
    "heading_paths",
    "mask",
    "outline",
    "read_seeds",
    "sections",
    "split",
]
