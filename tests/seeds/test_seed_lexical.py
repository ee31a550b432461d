"""Search by pairs of characters, the two rankings made one, and the default embedding."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fzwriter.seeds import DomainEmbedding, SeedLibrary
from fzwriter.seeds.lexical import LexicalIndex, fuse, pairs
from fzwriter.seeds.store import WORDS

TEXTS = [
    ("a:0000", "全年收到行政复议案件〔数〕件", {"part": "成效", "topic": "行政复议"}),
    ("a:0001", "开展社区矫正对象教育〔数〕场次", {"part": "成效", "topic": "社区矫正"}),
    ("b:0000", "行政复议力量不足", {"part": "问题", "topic": "行政复议"}),
]


@pytest.fixture
def index() -> LexicalIndex:
    made = LexicalIndex()
    made.add(TEXTS)
    return made


def test_pairs_cross_neither_blanks_nor_punctuation() -> None:
    assert pairs("收案〔数〕件，ＡB") == ["收案", "件", "ab"]
    assert pairs("，。") == []


def test_the_text_that_shares_most_comes_first(index: LexicalIndex) -> None:
    assert [key for key, _ in index.query("行政复议案件", 5)] == ["a:0000", "b:0000"]
    assert index.query("行政复议", 5, {"part": "问题"})[0][0] == "b:0000"
    assert index.query("》《", 5) == []
    assert index.query('" OR 1', 5) == []
    with pytest.raises(KeyError):
        index.query("行政", 5, {"seed": "a"})


def test_what_is_removed_is_not_found(index: LexicalIndex) -> None:
    index.remove(index.ids_of("a"))
    assert index.count() == 1
    assert [key for key, _ in index.query("行政复议案件", 5)] == ["b:0000"]
    index.add([("a:0000", "安置帮教", {})])
    assert [key for key, _ in index.query("安置帮教", 5)] == ["a:0000"]


def test_fusion_goes_by_rank() -> None:
    assert [key for key, _ in fuse([["a", "b", "c"], ["b", "d"]])] == ["b", "a", "d", "c"]
    assert [key for key, _ in fuse([["a"], ["b"]], weights=[1.0, 2.0])] == ["b", "a"]


def test_words_that_share_a_topic_are_near() -> None:
    embedding = DomainEmbedding()
    near, far, query = embedding.embed(["受援人领到工资", "大气质量优良", "开展法援工作"])
    assert query @ near > query @ far
    rows = embedding.embed(["行政复议", ""])
    assert rows.shape == (2, embedding.dimension)
    assert np.linalg.norm(rows[0]) == pytest.approx(1, abs=1e-5)
    assert not rows[1].any()
    assert embedding.name.isascii()


@pytest.mark.parametrize("damage", ["gone", "empty", "garbage"])
def test_damaged_words_are_made_anew(own_home: Path, shipped_samples: Path, damage: str) -> None:
    with SeedLibrary.open(own_home, shipped_samples) as library:
        before = [hit.passage.id for hit in library.search("行政复议申请")]
    (words,) = (own_home / "index").glob(f"g-*/{WORDS}")
    if damage == "gone":
        words.unlink()
    else:
        words.write_bytes(b"" if damage == "empty" else b"garbage" * 500)
    with SeedLibrary.open(own_home, shipped_samples) as library:
        assert [hit.passage.id for hit in library.search("行政复议申请")] == before
