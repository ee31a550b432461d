"""``fzwriter seeds``: what a user reads when adding, showing and removing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fzwriter.cli import run
from seed_samples import PLAIN


@pytest.fixture
def dirty(write: Callable[[str, str], Path]) -> Path:
    text = PLAIN.replace("二、存在的问题", "##paidbegin##\n二、存在的问题").replace(
        "坚持", "D委坚持"
    )
    return write("去年总结.txt", text)


def test_add_show_remove(dirty: Path, capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert run(["seeds", "add", str(dirty), str(dirty.parent / "none.txt")]) == 0
    printed = capsys.readouterr()
    assert "加入报告 1 份，章节 4 个" in printed.out
    assert "清理 2 处，跳过文件 1 个" in printed.out
    assert "删除付费标记 1 处" in printed.out
    assert "找不到文件" in printed.err
    name = printed.out.splitlines()[1].split()[0]

    assert run(["seeds", "show", name, "--text"]) == 0
    shown = capsys.readouterr().out
    assert "类型：教育局" in shown
    assert "1 健全依法决策机制" in shown
    assert "还原被替换的字：D → 党" in shown
    assert "〔数〕份" in shown

    assert run(["seeds", "remove", name]) == 0
    assert "去年总结.txt" in capsys.readouterr().out
    assert (home / "removed" / "去年总结.txt").is_file()
    assert run(["seeds", "show", name]) == 2
    assert "种子库里没有" in capsys.readouterr().err


def test_shipped_seeds_can_not_be_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["seeds", "remove", "zhen-zongjie-jihua-2023"]) == 2
    assert "随附" in capsys.readouterr().err
