from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from fzwriter.errors import InputError
from fzwriter.output import write_bytes, write_docx
from fzwriter.report import Report


def test_writes_replaces_and_leaves_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    write_bytes(path, b"old")
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_permissions_are_those_of_a_new_file_or_of_the_old_one(tmp_path: Path) -> None:
    plain, made = tmp_path / "plain", tmp_path / "made"
    plain.write_bytes(b"")
    write_bytes(made, b"")
    assert made.stat().st_mode == plain.stat().st_mode
    made.chmod(0o640)
    write_bytes(made, b"x")
    assert made.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_bytes(tmp_path / "link", b"x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"x"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("缺/报告.docx", "输出文件夹不存在"),
        (".", "这是文件夹"),
        ("file/报告.docx", "是文件，不是文件夹"),
        ("长" * 300, "文件名或路径太长"),
        ("a\0b", "路径不能用"),
    ],
)
def test_targets_that_cannot_be_written(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "file").write_bytes(b"kept")
    with pytest.raises(InputError, match=message) as caught:
        write_bytes(tmp_path / name, b"x")
    assert "\n" not in str(caught.value)
    assert caught.value.remedy
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("function", "error", "message"),
    [
        ("replace", PermissionError(errno.EACCES, "in use"), "被其他程序占用"),
        ("open", PermissionError(errno.EACCES, "denied"), "没有写入权限"),
        ("open", OSError(errno.EROFS, "read-only"), "只读"),
        ("fsync", OSError(errno.ENOSPC, "full"), "磁盘已满"),
        ("fsync", OSError(errno.EIO, "bad"), "磁盘读写出错，没有写入"),
        ("access", None, "只读的，没有覆盖"),
    ],
)
def test_failures_leave_the_old_file_and_nothing_else(
    tmp_path: Path,
    sample: Report,
    monkeypatch: pytest.MonkeyPatch,
    function: str,
    error: OSError | None,
    message: str,
) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(b"good")

    def fail(*args: object, **kwargs: object) -> bool:
        if error:
            raise error
        return False

    monkeypatch.setattr(f"fzwriter.output.atomic.os.{function}", fail)
    with pytest.raises(InputError, match=message) as caught:
        write_docx(sample, path)
    monkeypatch.undo()
    assert str(path) in str(caught.value)
    assert path.read_bytes() == b"good"
    assert list(tmp_path.iterdir()) == [path]
