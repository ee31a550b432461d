"""The index on disk: damage of every kind, two processes, and what it costs to open."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fzwriter.errors import ConfigError, InputError
from fzwriter.seeds import SeedLibrary, folder, index, probe, server, store
from fzwriter.seeds.folder import FolderBackend

DAMAGED = "种子索引已损坏（{}），已按种子原文重建"


def _generation(home: Path) -> Path:
    manifest = json.loads((home / "index" / "manifest.json").read_text(encoding="utf-8"))
    return home / "index" / str(manifest["folder"])


def _garbage(path: Path) -> None:
    path.write_bytes(random.Random(7).randbytes(max(path.stat().st_size, 100)))


def _hnsw(name: str) -> Callable[[Path], None]:
    return lambda home: _garbage(next(_generation(home).glob(f"*/{name}")))


def _sqlite(change: Callable[[Path], object]) -> Callable[[Path], None]:
    return lambda home: change(_generation(home) / "chroma.sqlite3") and None


def _manifest(change: Callable[[Path], object]) -> Callable[[Path], None]:
    return lambda home: change(home / "index" / "manifest.json") and None


def _edit_count(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(data | {"count": 1}), encoding="utf-8")


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 40_000)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(_sqlite(lambda p: p.write_bytes(b"")), id="sqlite-empty"),
        pytest.param(_sqlite(Path.unlink), id="sqlite-gone"),
        pytest.param(_sqlite(_garbage), id="sqlite-garbage"),
        pytest.param(_sqlite(_overwrite), id="sqlite-pages-overwritten"),
        pytest.param(_hnsw("data_level0.bin"), id="hnsw-data-garbage"),
        pytest.param(_hnsw("header.bin"), id="hnsw-header-garbage"),
        pytest.param(_hnsw("index_metadata.pickle"), id="hnsw-pickle-garbage"),
        pytest.param(lambda home: shutil.rmtree(_generation(home)), id="generation-gone"),
        pytest.param(_manifest(lambda p: p.write_text("{", encoding="utf-8")), id="manifest-cut"),
        pytest.param(
            _manifest(lambda p: p.write_text("[]", encoding="utf-8")), id="manifest-other"
        ),
        pytest.param(_manifest(_edit_count), id="manifest-wrong-count"),
        pytest.param(_manifest(Path.unlink), id="manifest-gone"),
    ],
)
def test_damage_is_found_told_and_mended(
    damage: Callable[[Path], None], own_home: Path, shipped_samples: Path
) -> None:
    damage(own_home)
    with SeedLibrary.open(own_home, shipped_samples) as library:
        assert library.search("行政复议案件", topic="行政复议")
        assert library.notices == (DAMAGED.format(own_home / "index"),)
    with SeedLibrary.open(own_home, shipped_samples) as library:
        assert library.search("行政复议案件")
        assert library.notices == ()


def test_a_sound_index_is_opened_without_a_probe(
    own_home: Path, shipped_samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "probe", lambda *_: pytest.fail("probed"))
    for _ in range(2):  # opening it must not make it look changed
        with SeedLibrary.open(own_home, shipped_samples) as library:
            assert library.search("行政复议案件")


def test_a_harmless_change_is_probed_once_and_kept(
    own_home: Path, shipped_samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generation = _generation(own_home)
    (generation / "stray.txt").write_text("x", encoding="utf-8")
    with SeedLibrary.open(own_home, shipped_samples) as library:
        assert library.search("行政复议案件")
        assert library.notices == ()
    assert _generation(own_home) == generation
    monkeypatch.setattr(folder, "probe", lambda *_: pytest.fail("probed again"))
    with SeedLibrary.open(own_home, shipped_samples) as library:
        assert library.search("行政复议案件")


@pytest.mark.parametrize("where", ["index", "."])
def test_a_file_where_the_folder_should_be(
    where: str, tmp_path: Path, shipped_samples: Path
) -> None:
    home = tmp_path / "home"
    blocked = home / where
    blocked.parent.mkdir(parents=True, exist_ok=True)
    if where == ".":
        home.write_text("x", encoding="utf-8")
    else:
        home.mkdir(exist_ok=True)
        blocked.write_text("x", encoding="utf-8")
    with SeedLibrary.open(home, shipped_samples) as library:
        assert library.search("行政复议案件")
        assert library.search("普法")
        (notice,) = library.notices
        assert "这次用临时的种子索引" in notice
        assert str(home) in notice
        with pytest.raises(InputError, match="FZWRITER_HOME") as caught:
            library.rebuild()
    assert "\n" not in str(caught.value)
    assert blocked.read_text("utf-8") == "x"


def test_no_place_for_an_index_at_all_means_no_seeds_and_one_notice(
    tmp_path: Path, shipped_samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").write_text("x", encoding="utf-8")

    def none(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No usable temporary directory")

    monkeypatch.setattr(index.tempfile, "TemporaryDirectory", none)
    with SeedLibrary.open(tmp_path / "home", shipped_samples) as library:
        assert library.search("行政复议案件") == ()
        assert library.search("普法") == ()
        (notice,) = library.notices
    assert "这次不借用种子的说法" in notice


def _refused_as_read_only(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Make Chroma refuse this home as it refuses a read-only disk; it can be opened nowhere else."""
    opened = store.SeedStore.__init__

    def guarded(self: store.SeedStore, location: Path | str, **options: Any) -> None:
        if str(location).startswith(str(home)):
            raise RuntimeError("attempt to write a readonly database")
        opened(self, location, **options)

    monkeypatch.setattr(store.SeedStore, "__init__", guarded)


def test_a_sound_index_on_a_read_only_disk_is_used_from_a_copy(
    own_home: Path, shipped_samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SeedLibrary.open(own_home, shipped_samples) as library:
        usual = library.search("行政复议案件")
    _refused_as_read_only(monkeypatch, own_home)
    monkeypatch.setattr(store.SeedStore, "upsert", lambda *_: pytest.fail("built anew"))
    before = _generation(own_home)
    with SeedLibrary.open(own_home, shipped_samples) as library:
        assert library.search("行政复议案件") == usual
        (notice,) = library.notices
        aside = library._index._backend.folder
        assert aside.is_dir()
    assert "这次用临时的种子索引" in notice
    assert not aside.exists()
    assert _generation(own_home) == before


def test_a_disk_that_fails_leaves_the_old_index(
    own_home: Path, shipped_samples: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = _generation(own_home)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    more = shutil.copytree(shipped_samples, tmp_path / "more")
    shutil.copy(more / "jichuan-2021.md", more / "third.md")
    monkeypatch.setattr(store.SeedStore, "upsert", fail)
    with SeedLibrary.open(own_home, more) as library:
        assert library.search("行政复议案件") == ()
        (notice,) = library.notices
        assert "磁盘已满" in notice
        with pytest.raises(ConfigError, match="磁盘已满"):
            library.rebuild()
    monkeypatch.undo()
    assert _generation(own_home) == before
    assert [path.name for path in (own_home / "index").glob("g-*")] == [before.name]
    with SeedLibrary.open(own_home, shipped_samples) as library:
        assert library.search("行政复议案件")
        assert library.notices == ()


def test_an_error_of_chroma_is_one_chinese_line(
    own_home: Path, shipped_samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("engine\nexploded")

    monkeypatch.setattr(FolderBackend, "reading", fail)
    with SeedLibrary.open(own_home, shipped_samples) as library:
        assert library.search("行政复议案件") == ()
        assert "种子索引用不了" in library.notices[0]
        assert "\n" not in library.notices[0]
        with pytest.raises(ConfigError) as caught:
            library.rebuild()
    assert "种子索引用不了" in str(caught.value)
    assert isinstance(caught.value.__cause__, RuntimeError)


def test_two_processes_build_one_index(tmp_path: Path, shipped_samples: Path) -> None:
    home = tmp_path / "home"
    code = (
        "import sys; from pathlib import Path; from fzwriter.seeds import SeedLibrary;"
        "library = SeedLibrary.open(Path(sys.argv[1]), Path(sys.argv[2]),"
        " progress=lambda done, total, name: print('built') if done == total else None);"
        "print(len(library.search('行政复议案件'))); library.close()"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(home), str(shipped_samples)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    outputs = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert sorted(out.split() for out, _ in outputs) == [["5"], ["built", "5"]]
    assert len(list((home / "index").glob("g-*"))) == 1


def test_what_a_killed_process_leaves_is_no_damage(tmp_path: Path, shipped_samples: Path) -> None:
    left = tmp_path / "index" / "n-0123456789ab"
    left.mkdir(parents=True)
    (left / "chroma.sqlite3").write_bytes(b"half")
    with SeedLibrary.open(tmp_path, shipped_samples) as library:
        assert library.search("行政复议案件")
        assert library.notices == ()
    assert not left.exists()


def test_the_generation_before_stays_for_those_who_read_it(
    own_home: Path, shipped_samples: Path, tmp_path: Path
) -> None:
    less = shutil.copytree(shipped_samples, tmp_path / "less")
    (less / "outang-2020.md").unlink()
    with SeedLibrary.open(own_home, shipped_samples) as reader:
        before = reader.search("行政复议案件")
        with SeedLibrary.open(own_home, less) as writer:
            assert {hit.passage.seed for hit in writer.search("行政复议案件")} == {"jichuan-2021"}
        still = reader._index.query("行政复议案件", 5)
        assert {passage.seed for passage, _ in still} == {"jichuan-2021", "outang-2020"}
        assert len(list((own_home / "index").glob("g-*"))) == 2
        assert reader.search("行政复议案件") == before  # it brings the index in step again
    assert len(list((own_home / "index").glob("g-*"))) == 2


def test_changed_rules_make_a_new_index(
    own_home: Path, shipped_samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _generation(own_home)
    monkeypatch.setattr("fzwriter.seeds.index.rules_digest", lambda: "other")
    with SeedLibrary.open(own_home, shipped_samples) as library:
        assert library.search("行政复议案件")
        assert library.notices == ()  # nothing was damaged
    assert _generation(own_home) != before


def test_probe_tells_sound_from_damaged(own_home: Path) -> None:
    generation = _generation(own_home)
    count = json.loads((own_home / "index" / "manifest.json").read_text(encoding="utf-8"))["count"]
    assert probe.probe(generation, count) == ""
    assert probe.probe(generation, count + 1) != ""


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://x", "http://", "http://127.0.0.1:x"])
def test_a_wrong_server_address(url: str, tmp_path: Path, shipped_samples: Path) -> None:
    with (
        SeedLibrary.open(tmp_path, shipped_samples, url) as library,
        pytest.raises(ConfigError, match="FZWRITER_CHROMA_URL"),
    ):
        library.search("行政复议案件")


@pytest.fixture
def chroma_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Chroma in a folder stands in for a server: the same calls, without a network."""
    monkeypatch.setattr(server, "SeedStore", lambda _, **how: _on_disk(tmp_path, how))
    return "http://chroma:8000"


def test_on_a_server_changes_are_made_in_place(
    tmp_path: Path, shipped_samples: Path, chroma_url: str
) -> None:
    home = tmp_path / "home"
    with SeedLibrary.open(home, shipped_samples, chroma_url) as library:
        assert library.search("行政复议案件")
        assert not list((home / "index").glob("g-*"))
    alone = shutil.copytree(shipped_samples, tmp_path / "alone")
    (alone / "outang-2020.md").unlink()
    with SeedLibrary.open(home, alone, chroma_url) as library:
        assert {hit.passage.seed for hit in library.search("行政复议案件", k=9)} == {"jichuan-2021"}


def test_what_a_crash_leaves_on_a_server_is_not_believed(
    tmp_path: Path, shipped_samples: Path, chroma_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many passages as before, but of the changed seed: counting them would tell nothing."""
    home = tmp_path / "home"
    with SeedLibrary.open(home, shipped_samples, chroma_url) as library:
        before = library.search("行政复议案件", k=20)
    changed = shutil.copytree(shipped_samples, tmp_path / "changed")
    text = (changed / "outang-2020.md").read_text(encoding="utf-8")
    (changed / "outang-2020.md").write_text(text.replace("矛盾", "争议"), encoding="utf-8")

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store.SeedStore, "seal", crash)
        with (
            SeedLibrary.open(home, changed, chroma_url) as library,
            pytest.raises(KeyboardInterrupt),
        ):
            library.search("行政复议案件")
    with SeedLibrary.open(home, shipped_samples, chroma_url) as library:
        assert library.search("行政复议案件", k=20) == before


def _on_disk(folder: Path, options: dict[str, object]) -> store.SeedStore:
    options.pop("beside", None)
    return store.SeedStore(folder / "server", **options)  # type: ignore[arg-type]
