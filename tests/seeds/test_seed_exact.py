"""Exact search under a filter: the same answers as Chroma's, and what damage does to the file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from fzwriter.reading import Passage, read_seeds
from fzwriter.reading.split import searched_text
from fzwriter.seeds import DomainEmbedding, SeedLibrary, exact, masked_passages
from fzwriter.seeds import store as stores
from fzwriter.seeds.exact import VECTORS, VectorTable
from fzwriter.seeds.probe import is_sound
from fzwriter.seeds.records import FIELDS, YES, fields_of
from seed_samples import BUREAU, PLAIN, TOWN

KEYS = [("成效", "普法"), ("成效", "普法"), ("问题", "普法"), ("成效", "公证"), ("成效", "普法")]


def _key(part: str, topic: str) -> tuple[str, ...]:
    return (part, topic, *("" for _ in FIELDS[2:]))


@pytest.fixture
def rows() -> np.ndarray:
    made = np.random.default_rng(3).normal(size=(len(KEYS), 8)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.fixture
def table(tmp_path: Path, rows: np.ndarray) -> VectorTable:
    entries = [(f"s:{at}", _key(*key)) for at, key in enumerate(KEYS)]
    VectorTable.write(tmp_path, entries, lambda ids: rows[[int(key[2:]) for key in ids]])
    made = VectorTable.open(tmp_path)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("where", "among"),
    [
        ({"part": "成效"}, [0, 1, 3, 4]),
        ({"topic": "普法"}, [0, 1, 2, 4]),
        ({"part": "成效", "topic": "普法"}, [0, 1, 4]),
        ({"part": "计划"}, []),
        ({}, [0, 1, 2, 3, 4]),
    ],
)
def test_a_filter_lets_through_what_it_names(
    table: VectorTable, rows: np.ndarray, where: Mapping[str, str], among: list[int]
) -> None:
    wanted = sorted((-float(rows[at] @ rows[0]), f"s:{at}") for at in among)
    found = table.nearest(rows[0], 3, where)
    assert [key for key, _ in found] == [key for _, key in wanted[:3]]
    assert [score for _, score in found] == pytest.approx([-s for s, _ in wanted[:3]], abs=1e-5)


def test_rows_that_tie_are_ordered_by_id(tmp_path: Path) -> None:
    entries = [(f"s:{at}", _key("成效", "")) for at in (3, 1, 2, 0)]
    VectorTable.write(tmp_path, entries, lambda ids: np.ones((len(ids), 1), dtype=np.float32))
    table = VectorTable.open(tmp_path)
    assert table is not None
    found = table.nearest(np.ones(1, dtype=np.float32), 2, {"part": "成效"})
    assert [key for key, _ in found] == ["s:0", "s:1"]


def test_a_field_that_is_none_is_an_error(table: VectorTable, rows: np.ndarray) -> None:
    with pytest.raises(KeyError):
        table.nearest(rows[0], 1, {"seed": "a"})


@pytest.mark.parametrize("damage", ["empty", "cut", "garbage", "gone"])
def test_a_damaged_table_is_none(table: VectorTable, tmp_path: Path, damage: str) -> None:
    del table
    path = tmp_path / VECTORS
    whole = path.read_bytes()
    path.write_bytes(
        {"empty": b"", "cut": whole[:-4], "garbage": b"x" * len(whole)}.get(damage, b"")
    )
    if damage == "gone":
        path.unlink()
    assert VectorTable.open(tmp_path) is None


def test_garbage_in_the_rows_is_seen(table: VectorTable, tmp_path: Path) -> None:
    assert table.sound()
    path = tmp_path / VECTORS
    data = path.read_bytes()
    path.write_bytes(data[:-8] + b"\x7f" * 8)
    damaged = VectorTable.open(tmp_path)
    assert damaged is not None
    assert not damaged.sound()


def test_no_passages_leave_no_table(table: VectorTable, tmp_path: Path) -> None:
    del table
    VectorTable.write(tmp_path, [], lambda _: np.zeros((0, 8), dtype=np.float32))
    assert VectorTable.open(tmp_path) is None


@pytest.fixture(scope="module")
def passages(tmp_path_factory: pytest.TempPathFactory) -> list[Passage]:
    folder = tmp_path_factory.mktemp("reports")
    found: list[Passage] = []
    for number, text in enumerate((BUREAU, TOWN, PLAIN)):
        path = folder / f"report-{number}.md"
        path.write_text(text, encoding="utf-8")
        for report in read_seeds(path):
            found += masked_passages(report)
    return found


def test_the_store_finds_what_chroma_finds(tmp_path: Path, passages: list[Passage]) -> None:
    embedding = DomainEmbedding(64)
    vectors = embedding.embed([searched_text(passage) for passage in passages])
    store = stores.SeedStore(tmp_path, create=True)
    store.upsert(passages, vectors)
    store.seal()
    filters = [
        {"part": "成效"},
        {"topic": "行政复议"},
        {"part": "问题", "unit_type": "镇"},
        {"part": "成效", "deeds": YES},
        {"part": "成效", "framing": YES},
    ]
    for where in filters:
        allowed = [p for p in passages if where.items() <= fields_of(p).items()]
        exact = store.query(vectors[0], 5, where)
        table, store._table = store._table, None
        by_chroma = store.query(vectors[0], 5, where)
        store._table = table
        assert allowed
        assert {p.id for p, _ in exact} <= {p.id for p in allowed}
        assert [s for _, s in exact] == pytest.approx([s for _, s in by_chroma], abs=1e-5)
    store.close()


def test_replaced_passages_are_found_by_their_new_vectors(
    tmp_path: Path, passages: list[Passage]
) -> None:
    embedding = DomainEmbedding(64)
    vectors = embedding.embed([searched_text(passage) for passage in passages])
    store = stores.SeedStore(tmp_path, create=True)
    store.upsert(passages, vectors)
    store.seal()
    where = {"part": passages[0].part}
    store.upsert(passages[:1], -vectors[:1])  # the same id, another vector
    store.seal()
    assert dict((p.id, s) for p, s in store.query(vectors[0], 50, where))[
        passages[0].id
    ] == pytest.approx(-1, abs=1e-4)
    store.delete([passages[0].seed])
    store.seal()
    assert passages[0].seed not in {p.seed for p, _ in store.query(vectors[0], 50, where)}
    assert is_sound(store, len(passages) - len([p for p in passages if p.seed == passages[0].seed]))
    store.close()


def test_a_library_larger_than_a_page_is_read_whole(
    tmp_path: Path, passages: list[Passage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite refuses 32767 ids at once: everything is read and written in pages."""
    monkeypatch.setattr(stores, "BATCH", 7)
    monkeypatch.setattr(stores, "_SEEDS", 1)
    monkeypatch.setattr(exact, "_PAGE", 5)
    store = stores.SeedStore(tmp_path, create=True)
    store.upsert(passages, DomainEmbedding(64).embed([searched_text(p) for p in passages]))
    store.seal()
    assert {passage.id for passage in store.passages()} == {passage.id for passage in passages}
    assert len(store.passages(9)) == 9
    assert is_sound(store, len(passages))
    store.delete(sorted({passage.seed for passage in passages}))
    assert store.count() == 0
    store.close()


@pytest.mark.parametrize("damage", ["gone", "garbage", "other"])
def test_damaged_vectors_are_made_anew(own_home: Path, shipped_samples: Path, damage: str) -> None:
    with SeedLibrary.open(own_home, shipped_samples) as library:
        before = library.search("行政复议申请", part="成效")
    (vectors,) = (own_home / "index").glob(f"g-*/{VECTORS}")
    if damage == "gone":
        vectors.unlink()
    elif damage == "garbage":
        vectors.write_bytes(b"garbage" * 500)
    else:
        data = vectors.read_bytes()
        vectors.write_bytes(data[: len(data) // 2] + b"\x55" * (len(data) - len(data) // 2))
    with SeedLibrary.open(own_home, shipped_samples) as library:
        assert library.search("行政复议申请", part="成效") == before
        assert len(library.notices) == 1
    with SeedLibrary.open(own_home, shipped_samples) as library:
        assert library.search("行政复议申请", part="成效") == before
        assert library.notices == ()
