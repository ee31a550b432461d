"""PDFs: what is read, and what is refused with a remedy."""

from __future__ import annotations

import contextlib
import io
import random
from pathlib import Path

import pytest
from pdf_maker import make_pdf
from pypdf import PdfReader, PdfWriter

from fzwriter.documents import pdf, read_text
from fzwriter.errors import InputError

LINES = [
    "霁川县司法局关于2021年度法治政府建设情况的报告",
    "一、主要举措和成效",
    "全年收到行政复议案件19件，办结17件，其中维持9件，撤销2件，",
    "其余正在办理。坚持和发展新时代“枫桥经验”，调解纠纷1085件，",
    "成功1055件。",
    "二、存在的问题",
    "普法形式不够丰富。",
]


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_lines_become_paragraphs(tmp_path: Path) -> None:
    document = read_text(_write(tmp_path / "a.pdf", make_pdf([LINES])))
    assert document.paragraphs == (*LINES[:2], "".join(LINES[2:5]), *LINES[5:])
    assert "断行已接回" in document.repairs[0]


def test_page_numbers_and_running_heads_are_left_out(tmp_path: Path) -> None:
    pages = [["霁川县年度报告", *LINES, f"- {number} -"] for number in range(1, 5)]
    document = read_text(_write(tmp_path / "a.pdf", make_pdf(pages)))
    assert "霁川县年度报告" not in document.paragraphs
    assert not any(text.startswith("-") for text in document.paragraphs)
    assert "8 行" in document.repairs[1]


def test_a_password_is_told(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([LINES]))))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    path = _write(tmp_path / "a.pdf", buffer.getvalue())
    with pytest.raises(InputError, match="打开密码"):
        read_text(path)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "不是有效的 PDF"),
        (b"PK not a pdf", "不是有效的 PDF"),
        (b"%PDF-1.7 cut off", "PDF 已损坏"),
        (make_pdf([[]]), "扫描件"),
        (make_pdf([["\ue000\ue001\ue002" * 20]]), "乱码"),
    ],
)
def test_what_can_not_be_read_is_told_in_one_line(
    tmp_path: Path, data: bytes, problem: str
) -> None:
    path = _write(tmp_path / "坏.pdf", data)
    with pytest.raises(InputError, match=problem) as caught:
        read_text(path)
    assert str(path) in str(caught.value)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_too_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(InputError, match="太长（3 页）"):
        read_text(_write(tmp_path / "a.pdf", make_pdf([LINES] * 3)))


def test_damage_never_shows_anything_but_an_input_error(tmp_path: Path) -> None:
    sound = make_pdf([LINES, LINES])
    draw = random.Random(5)
    for _ in range(60):
        broken = bytearray(sound)
        for _ in range(draw.randint(1, 30)):
            broken[draw.randrange(8, len(broken))] = draw.randrange(256)
        path = _write(tmp_path / "a.pdf", bytes(broken[: draw.randint(50, len(broken))]))
        with contextlib.suppress(InputError):
            read_text(path)
