"""The exemplar library: existing reports, read, split, masked, embedded, searched.

What leaves it is masked: a passage carries the turns of phrase of its report, none of its
figures, names or documents. Importing this package loads neither chromadb nor numpy.
"""

from __future__ import annotations

from fzwriter.seeds.clean import Repair, clean
from fzwriter.seeds.embed import DomainEmbedding, Embedding, HashedNgramEmbedding
from fzwriter.seeds.framing import deed_sentences, framing_clauses
from fzwriter.seeds.headings import Heading, outline
from fzwriter.seeds.info import AddSummary, SeedInfo, Skipped
from fzwriter.seeds.library import SeedLibrary
from fzwriter.seeds.mask import BLANK, Blank, Masked, mask
from fzwriter.seeds.prepare import masked_passages
from fzwriter.seeds.rank import Hit
from fzwriter.seeds.remote import RemoteEmbedding
from fzwriter.seeds.source import SeedReport, read_seeds
from fzwriter.seeds.split import PARTS, Passage, Section, sections, split

__all__ = [
    "BLANK",
    "PARTS",
    "AddSummary",
    "Blank",
    "DomainEmbedding",
    "Embedding",
    "HashedNgramEmbedding",
    "Heading",
    "Hit",
    "Masked",
    "Passage",
    "RemoteEmbedding",
    "Repair",
    "Section",
    "SeedInfo",
    "SeedLibrary",
    "SeedReport",
    "Skipped",
    "clean",
    "deed_sentences",
    "framing_clauses",
    "mask",
    "masked_passages",
    "outline",
    "read_seeds",
    "sections",
    "split",
]
