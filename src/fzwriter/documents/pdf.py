"""The text layer of a PDF, its lines joined to paragraphs again.

A PDF knows lines, not paragraphs: a line goes on into the next when it is full and no sentence
ends with it. Page numbers and lines that stand at the edge of most pages are no text.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from fzwriter.errors import InputError

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 500
_RESAVE = "请用 Word 或 WPS 打开 PDF，另存为 .docx 后再试"
_LEAST_PER_PAGE = 15  # fewer characters on the average page: pictures of text
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]|\\(cid:\\d+\\)|/g\\d{2,}")
_GARBLED = 0.1
_PAGE_NUMBER = re.compile(r"[—–\-·]?\s*(?:第\s*)?\d{1,3}\s*(?:页\s*)?(?:/\s*\d{1,3}\s*)?[—–\-·]?")
_ENDS = re.compile("[。！？；：:;!?][”’）)]*$")
_STARTS = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:、|部分)|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
    r"|[一二三四五六七八九十]是)"
)
_NARROWER = 4  # columns (two a Chinese character) that a full line may lack


def read(data: bytes, path: Path) -> tuple[list[str], tuple[str, ...]]:
    """The paragraphs of a PDF and what was decided in reading them.

    Raises:
        InputError: it is damaged, encrypted, scanned or too long.
    """
    if b"%PDF" not in data[:1024]:
        raise InputError(
            "不是有效的 PDF 文件（已损坏，或只是改了扩展名）", path=path, remedy=_RESAVE
        )
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it tells of every oddity otherwise
    try:
        pages = _pages(data, path)
    except InputError:
        raise
    except Exception as error:  # pypdf raises whatever a broken file makes it stumble over
        raise InputError(
            f"PDF 已损坏，读不出来（{type(error).__name__}）", path=path, remedy=_RESAVE
        ) from error
    _refuse_pictures(pages, path)
    lines, dropped = _body(pages)
    repairs: tuple[str, ...] = ("PDF 的断行已接回段落，表格和分栏可能走样",)
    if dropped:
        repairs = (*repairs, f"略去页码、页眉、页脚 {dropped} 行")
    return list(_joined(lines)), repairs


def _pages(data: bytes, path: Path) -> list[list[str]]:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and _locked(reader, PasswordType.NOT_DECRYPTED):
        raise InputError("PDF 加了打开密码", path=path, remedy="请去掉密码后另存再试")
    if len(reader.pages) > MAX_PAGES:
        raise InputError(
            f"PDF 太长（{len(reader.pages)} 页），上限 {MAX_PAGES} 页",
            path=path,
            remedy="请只留报告正文后再试",
        )
    return [
        [line.strip() for line in page.extract_text().splitlines() if line.strip()]
        for page in reader.pages
    ]


def _locked(reader: PdfReader, refused: object) -> bool:
    """Whether a password is needed to open it; one that only bars printing is none."""
    try:
        return reader.decrypt("") == refused
    except Exception:  # no AES without another package: as good as locked
        return True


def _refuse_pictures(pages: list[list[str]], path: Path) -> None:
    text = "".join("".join(page) for page in pages)
    if len(text) < _LEAST_PER_PAGE * max(len(pages), 1):
        raise InputError(
            "PDF 里没有文字层（多半是扫描件）",
            path=path,
            remedy="请先做文字识别（OCR），或换一份能复制文字的文件",
        )
    if len(_UNREADABLE.findall(text)) > _GARBLED * len(text):
        raise InputError("PDF 的文字层是乱码（字体没有嵌入对照表）", path=path, remedy=_RESAVE)


def _body(pages: list[list[str]]) -> tuple[list[str], int]:
    """All lines without those at the edges of pages that are no text, and how many those were."""
    edges = Counter(line for page in pages for line in {*page[:1], *page[-1:]})
    repeated = {line for line, count in edges.items() if count >= 3 and count > len(pages) / 2}
    kept: list[str] = []
    dropped = 0
    for page in pages:
        last = len(page) - 1
        for at, line in enumerate(page):
            if at in (0, last) and (line in repeated or _PAGE_NUMBER.fullmatch(line)):
                dropped += 1
            else:
                kept.append(line)
    return kept, dropped


def _joined(lines: list[str]) -> Iterator[str]:
    widths = sorted(_width(line) for line in lines)
    full = widths[int(len(widths) * 0.9)] - _NARROWER if widths else 0
    waiting = ""
    for line in lines:
        if waiting and _STARTS.match(line):
            yield waiting
            waiting = ""
        waiting += line if not (waiting[-1:].isascii() and line[:1].isascii()) else f" {line}"
        if _width(line) < full or _ENDS.search(line):
            yield waiting.strip()
            waiting = ""
    if waiting:
        yield waiting.strip()


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line)
