"""The exemplar library: existing reports, masked, embedded, searched.

What leaves it is masked: a passage carries the turns of phrase of its report, none of its
figures, names or documents. How a report is read is ``fzwriter.reading``'s. Importing this package
loads neither chromadb nor numpy.
"""

from __future__ import annotations

from fzwriter.seeds.embed import DomainEmbedding, Embedding, HashedNgramEmbedding
from fzwriter.seeds.framing import deed_sentences, framing_clauses
from fzwriter.seeds.info import AddSummary, SeedInfo, Skipped
from fzwriter.seeds.library import SeedLibrary
from fzwriter.seeds.prepare import masked_passages
from fzwriter.seeds.rank import Hit
from fzwriter.seeds.remote import RemoteEmbedding

__all__ = [
    "AddSummary",
    "DomainEmbedding",
    "Embedding",
    "HashedNgramEmbedding",
    "Hit",
    "RemoteEmbedding",
    "SeedInfo",
    "SeedLibrary",
    "Skipped",
    "deed_sentences",
    "framing_clauses",
    "masked_passages",
]
