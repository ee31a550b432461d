"""``read_text``: from a path to a ``Document``, whatever the format."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from fzwriter.documents import markdown, office, plain
from fzwriter.documents.clean import clean_text, count_unwanted
from fzwriter.documents.line import UNREAD, Line
from fzwriter.documents.model import Control, Document, Unread
from fzwriter.errors import InputError, reason

MAX_FILE_BYTES = 50 * 1024 * 1024

_FORMATS = "可以读的格式：.docx、.txt、.md、有文字层的 .pdf（装有 LibreOffice 时还有 .doc、.wps）"
_MACROS = {".docm", ".dotm"}
_READABLE = {".docx", ".txt", ".md", ".pdf", *office.SUFFIXES}


def read_text(path: Path | str) -> Document:
    """Read the text of a ``.docx``, ``.txt``, ``.md`` or ``.pdf`` file, or an older office file.

    Of a Word file everything that prints in the body counts: content controls, links, tables
    (each cell a paragraph, row by row), text boxes (after the paragraph that holds them),
    footnotes and endnotes (at the end), with tracked changes accepted. Page numbers, hidden text,
    comments and paragraphs in the style ``NOTICE_STYLE`` do not; what else stands in headers and
    footers is in ``Document.margins``. A line break inside a centred paragraph (a title) joins;
    inside any other it starts a new paragraph.

    Raises:
        InputError: the file can't be read as text; the message names the remedy.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if os.path.isfile(path):
        _refuse_format(path)
    data = read_file(path)
    if suffix in (".doc", ".wps") and data.startswith(b"PK\x03\x04"):
        return read_word(data, path)  # WPS writes what is a .docx inside under the old names too
    if suffix in office.SUFFIXES:
        document = read_word(office.to_docx(data, path), path)
        return replace(document, repairs=(f"由 LibreOffice 从 {suffix} 转换", *document.repairs))
    if suffix == ".docx":
        return read_word(data, path)
    if suffix == ".pdf":
        from fzwriter.documents import pdf

        lines, repairs = pdf.read(data, path)
        return _plain(path, "\n".join(lines), repairs)
    text, repairs = plain.decode(data, path)
    if suffix == ".md":
        front_matter, body = markdown.split_front_matter(text.replace("\r\n", "\n"))
        body, repairs = _cleaned(body, repairs)
        parts = (part for line in markdown.plain_lines(body) for part in line.split())
        clean = (replace(part, text=clean_text(part.text)) for part in parts)  # entities: &#8203;
        return replace(_document(path, clean, repairs), front_matter=front_matter)
    return _plain(path, "\n".join(text.splitlines()), repairs)


def read_word(data: bytes, path: Path) -> Document:
    """The same for the bytes of a .docx; ``path`` is for messages.

    Raises:
        InputError: the bytes can't be read as a .docx.
    """
    from fzwriter.documents import word  # lxml loads only when a Word file is read

    found = word.read(data, path)
    document = _document(path, found.lines, found.repairs)
    unread = (*document.unread, *map(Unread, found.unread))
    return replace(
        document,
        repairs=(*document.repairs, *_left_out(unread)),
        ledger=found.ledger,
        margins=found.margins,
        tracked=found.tracked,
        comments=found.comments,
        hidden=found.hidden,
        unread=unread,
    )


def _left_out(unread: Sequence[Unread]) -> Iterator[str]:
    if unread:
        what = "、".join(dict.fromkeys(one.what for one in unread))
        yield f"有 {len(unread)} 处读不出的内容，未计入：{what}"


def read_file(path: Path, limit: int = 0) -> bytes:
    """The bytes of a file that a user named, without ever waiting for them.

    Args:
        path: the file.
        limit: the most bytes it may have; ``MAX_FILE_BYTES`` by default.

    Raises:
        InputError: there is none, it is a folder, a pipe or a device, too large, or can't be read.
    """
    limit = limit or MAX_FILE_BYTES
    try:
        if path.is_dir():
            raise InputError("这是文件夹，不是文件", path=path, remedy=_FORMATS)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError("不是普通文件（是管道或设备）", path=path, remedy="请先存成文件后再试")
        with path.open("rb") as file:  # what grows, or lies about its size, ends here too
            data = file.read(limit + 1) if status.st_size <= limit else b""
        if status.st_size > limit or len(data) > limit:
            size = max(status.st_size, len(data)) / 2**20
            raise InputError(
                f"文件太大（{size:.0f} MB），上限 {limit // 2**20} MB",
                path=path,
                remedy="请删去其中的图片，或只留正文后再试",
            )
        return data
    except FileNotFoundError:
        raise InputError("找不到文件", path=path, remedy="请核对路径和文件名") from None
    except PermissionError:
        raise InputError(
            "没有读取权限", path=path, remedy="请关闭正在使用它的程序，或检查文件权限"
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(
            f"文件读不出来（{reason(error) if isinstance(error, OSError) else '路径不能用'}）",
            path=path,
            remedy="请把它复制到本机文件夹后再试",
        ) from error


def _refuse_format(path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix in _READABLE:
        return
    if suffix in _MACROS:
        raise InputError(
            "带宏的文件为安全起见不读",
            path=path,
            remedy="请在 Word 或 WPS 中另存为不带宏的 .docx 后再试",
        )
    what = f"不认识的文件格式 {suffix}" if suffix else "文件名没有扩展名，看不出格式"
    raise InputError(what, path=path, remedy=_FORMATS)


def _cleaned(text: str, repairs: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    dropped = count_unwanted(text)
    if dropped:
        repairs = (*repairs, f"略去了 {dropped} 个不可见字符")
    return clean_text(text), repairs


def _plain(path: Path, text: str, repairs: tuple[str, ...]) -> Document:
    text, repairs = _cleaned(text, repairs)
    return _document(path, map(Line, text.split("\n")), repairs)


def _document(path: Path, lines: Iterable[Line], repairs: tuple[str, ...]) -> Document:
    kept: list[Line] = []
    unread: list[Unread] = []
    for line in (line.stripped() for line in lines):
        place = len(kept) if line.text else len(kept) - 1  # one that holds nothing else is left out
        for mark in line.marks:
            if mark.tag.startswith(UNREAD):
                at = mark.start if line.text or not kept else len(kept[-1].text)
                unread.append(Unread(mark.tag.removeprefix(UNREAD), max(place, 0), at))
        if line.text:
            kept.append(line)
    if not kept:
        raise InputError(
            "文件里没有文字", path=path, remedy="请确认选对了文件；扫描的图片要先做文字识别"
        )
    controls = tuple(
        Control(mark.tag, index, mark.start, mark.end, line.text[mark.start : mark.end])
        for index, line in enumerate(kept)
        for mark in line.marks
        if not mark.tag.startswith(UNREAD)
    )
    return Document(
        path,
        tuple(line.text for line in kept),
        repairs=repairs,
        levels={index: line.level for index, line in enumerate(kept) if line.level},
        labels={index: line.label for index, line in enumerate(kept) if line.label},
        bold=frozenset(index for index, line in enumerate(kept) if line.bold),
        cells={index: line.cell for index, line in enumerate(kept) if line.cell},
        controls=controls,
        unread=tuple(unread),
    )
