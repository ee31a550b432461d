"""What this program wrote is known by its digest; anything else is somebody's work and kept."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from fzwriter.errors import InputError
from fzwriter.output import Written, keeping, save, write_bytes


@pytest.fixture
def written(tmp_path: Path) -> Written:
    return Written(tmp_path / "home")


def test_what_we_wrote_is_replaced_and_what_people_edited_is_kept(
    tmp_path: Path, written: Written
) -> None:
    path = tmp_path / "r.json"
    assert save({path: b"1"}, written) == []
    assert save({path: b"2"}, Written(tmp_path / "home")) == []  # a later run
    for number, name in enumerate(["r.旧稿.json", "r.旧稿2.json", "r.旧稿3.json"]):
        path.write_bytes(b"edited %d" % number)
        os.utime(path, (1, 1))
        assert save({path: b"3"}, written) == [tmp_path / name]
        assert (tmp_path / name).read_bytes() == b"edited %d" % number
        assert (tmp_path / name).stat().st_mtime == 1
    assert path.read_bytes() == b"3"


def test_what_is_as_it_is_to_be_needs_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(b"same")
    assert save({path: b"same"}, Written()) == []


def test_a_place_is_cleared_of_what_is_ours_and_the_rest_is_kept(
    tmp_path: Path, written: Written
) -> None:
    ours, theirs = tmp_path / "a", tmp_path / "b"
    save({ours: b"1"}, written)
    theirs.write_bytes(b"2")
    assert save({ours: None, theirs: None}, written) == [tmp_path / "b.旧稿"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.旧稿", "home"]


def test_a_home_that_can_not_be_written_costs_a_needless_copy_at_most(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    written = Written(tmp_path / "file")
    path = tmp_path / "r"
    save({path: b"1"}, written)
    assert save({path: b"2"}, written) == [tmp_path / "r.旧稿"]
    assert path.read_bytes() == b"2"


def test_what_can_not_be_read_is_not_replaced(
    tmp_path: Path, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r"
    path.write_bytes(b"theirs")

    def refuse(self: Path) -> bytes:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="读不了，没有覆盖"):
        save({path: b"ours"}, written)
    monkeypatch.undo()
    assert path.read_bytes() == b"theirs"


def test_nothing_is_kept_or_noted_where_nothing_could_be_written(
    tmp_path: Path, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r"
    path.write_bytes(b"theirs")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("fzwriter.output.atomic.os.fsync", full)
    with pytest.raises(InputError, match="磁盘已满"):
        save({path: b"ours"}, written)
    assert [p.name for p in tmp_path.iterdir()] == ["r"]
    assert path.read_bytes() == b"theirs"
    assert not written.digests()


def test_the_record_stays_small(
    tmp_path: Path, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LONGEST", 650)
    for number in range(40):
        save({tmp_path / "r": b"%d" % number}, written)
    assert 5 <= len(written.digests()) <= 11
    assert keeping.digest(b"39") in written.digests()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_or_a_device_is_no_place_for_a_file(tmp_path: Path, written: Written) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path(os.devnull)):
        with pytest.raises(InputError, match="不是普通文件"):
            save({path: b"x"}, written)


def test_a_circle_of_links_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("a")
    with pytest.raises(InputError, match="绕成了圈"):
        write_bytes(tmp_path / "a", b"x")
