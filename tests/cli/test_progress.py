"""Progress as a person sees it, and as a log keeps it."""

import io

from fzwriter.cli import show


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(stream: io.StringIO, monkeypatch) -> str:
    monkeypatch.setattr("sys.stderr", stream)
    progress = show._Progress()
    progress(0, 2, "第一节")
    for tokens in range(5):
        progress(0, 2, f"第一节，已收到 {tokens}")
    progress(1, 2, "第二节")
    return stream.getvalue()


def test_a_log_gets_a_line_a_section(monkeypatch) -> None:
    assert told(io.StringIO(), monkeypatch).splitlines() == ["[0/2] 第一节", "[1/2] 第二节"]


def test_a_terminal_shows_what_is_under_way_in_place(monkeypatch) -> None:
    text = told(Terminal(), monkeypatch)
    assert text.count("\n") == 2
    assert text.count("\r") == 5
    assert "已收到 4" in text
