"""Embeddings: from texts to vectors, behind one protocol.

``DomainEmbedding`` is the default that works anywhere: nothing to download, the same vectors on
every machine. An endpoint's model can stand in its place: pass anything with the three members of
``Embedding`` to ``SeedLibrary.open``. An index remembers the ``name`` of its embedding and is rebuilt when it changes,
so a change of the algorithm must change the name.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from fzwriter.domain import keywords
from fzwriter.reading.mask import BLANK
from fzwriter.reading.topics import manners

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]

_NOISE = re.compile(r"[\W_]+")
_SIGN_BIT = 1 << 31


class Embedding(Protocol):
    """What turns texts into vectors."""

    @property
    def name(self) -> str:
        """Names the algorithm and its version; ASCII."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One L2-normalised float32 row for each text; an empty text gives a row of zeros."""


class HashedNgramEmbedding:
    """Character 1–3-grams hashed into a fixed number of dimensions.

    CRC-32 and not ``hash()``, which differs from process to process. The top bit gives the sign, so
    that collisions cancel on average; counts enter as 1 + ln(count). Blanks and punctuation are
    left out, and no n-gram crosses them: 〔数〕 stands in nearly every passage and tells nothing.
    """

    _SIZES = (1, 2, 3)
    _WEIGHTS = (0.4, 1.0, 0.8)  # single characters say little of the matter, pairs the most

    def __init__(self, dimension: int = 1024) -> None:
        self._dimension = dimension

    @property
    def name(self) -> str:
        """The algorithm with its parameters."""
        return f"hashed-ngram-1-3-{self._dimension}-v1"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One normalised row for each text."""
        import numpy as np

        rows = np.zeros((len(texts), self._dimension), dtype=np.float64)
        for row, text in zip(rows, texts, strict=True):
            self._fill(row, text)
        norms = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
        return (rows / np.where(norms == 0, 1, norms)).astype(np.float32)

    def _fill(self, row: npt.NDArray[np.float64], text: str) -> None:
        import math

        for gram, count in self._grams(text).items():
            code = zlib.crc32(gram.encode("utf-8"))
            value = self._WEIGHTS[len(gram) - 1] * (1 + math.log(count))
            row[(code & ~_SIGN_BIT) % self._dimension] += -value if code & _SIGN_BIT else value

    def _grams(self, text: str) -> Counter[str]:
        grams: Counter[str] = Counter()
        folded = unicodedata.normalize("NFKC", BLANK.sub(" ", text)).lower()
        for run in _NOISE.split(folded):
            for size in self._SIZES:
                grams.update(run[at : at + size] for at in range(len(run) - size + 1))
        return grams


class DomainEmbedding:
    """Hashed n-grams beside what the passage speaks of and how: the library's default.

    Three blocks, each of length 1 before it is weighted: the n-grams; how often each topic's
    keywords occur; how often the words of a shortcoming, a plan and a result occur
    (the topics' own files and ``manners.yaml``). 法援 and 受援人 share no pair of characters, but they share a topic. The
    weights and the choice come from ``eval/retrieval.py``.

    Args:
        dimension: of the n-grams' block; 512 find as much as 1024 and cost half.
        topic: weight of the topics' block beside the n-grams'.
        manner: weight of the manner's block.
    """

    def __init__(self, dimension: int = 512, topic: float = 0.6, manner: float = 0.6) -> None:
        self._grams = HashedNgramEmbedding(dimension)
        self._topic, self._manner = topic, manner

    @property
    def name(self) -> str:
        """The algorithm with its parameters."""
        return f"domain-{self._topic}-{self._manner}-{self._grams.name}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._grams.dimension + len(keywords()) + len(manners())

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One normalised row for each text."""
        import numpy as np

        blocks = [
            self._grams.embed(texts),
            self._topic * _counts(texts, keywords()),
            self._manner * _counts(texts, manners()),
        ]
        rows = np.hstack(blocks)
        return (rows / _lengths(rows)).astype(np.float32)


def _counts(texts: Sequence[str], groups: Mapping[str, Sequence[str]]) -> Vectors:
    """For each text how often it says the words of each group, dampened; rows of length 1 or 0."""
    import numpy as np

    counts = [
        [sum(text.count(word) for word in group) for group in groups.values()] for text in texts
    ]
    rows = np.log1p(np.array(counts, dtype=np.float32).reshape(len(texts), len(groups)))
    return (rows / _lengths(rows)).astype(np.float32)


def _lengths(rows: Vectors) -> Vectors:
    import numpy as np

    lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    return np.where(lengths == 0, np.float32(1), lengths).astype(np.float32)
