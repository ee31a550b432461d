"""``read_text``: from a path to a ``Document``, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from fzwriter.documents import markdown, office, plain
from fzwriter.documents.clean import clean_text, count_unwanted
from fzwriter.documents.model import Document
from fzwriter.errors import InputError

MAX_FILE_BYTES = 50 * 1024 * 1024

_FORMATS = "可以读的格式：.docx、.txt、.md、有文字层的 .pdf（装有 LibreOffice 时还有 .doc、.wps）"
_READABLE = {".docx", ".txt", ".md", ".pdf", *office.SUFFIXES}


def read_text(path: Path | str) -> Document:
    """Read the text of a ``.docx``, ``.txt``, ``.md`` or ``.pdf`` file, or an older office file.

    Of a Word file everything that prints in the body counts: content controls, links, tables
    (each cell a paragraph, row by row), text boxes (after the paragraph that holds them),
    footnotes and endnotes (at the end), with tracked changes accepted. Headers and footers, hidden
    text, comments and paragraphs in the style ``NOTICE_STYLE`` do not. A line break inside a
    centred paragraph (a title) joins; inside any other it starts a new paragraph.

    Raises:
        InputError: the file can't be read as text; the message names the remedy.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    data = _read_bytes(path)
    if suffix in (".doc", ".wps") and data.startswith(b"PK\x03\x04"):
        return _word(data, path)  # WPS writes what is a .docx inside under the old names too
    if suffix in office.SUFFIXES:
        document = _word(office.to_docx(data, path), path)
        return replace(document, repairs=(f"由 LibreOffice 从 {suffix} 转换", *document.repairs))
    if suffix == ".docx":
        return _word(data, path)
    if suffix == ".pdf":
        from fzwriter.documents import pdf

        return _document(path, *pdf.read(data, path))
    text, repairs = plain.decode(data, path)
    if suffix == ".md":
        front_matter, body = markdown.split_front_matter(text.replace("\r\n", "\n"))
        body, repairs = _cleaned(body, repairs)
        return _document(path, markdown.plain_paragraphs(body), repairs, front_matter)
    return _document(path, text.splitlines(), repairs)


def _word(data: bytes, path: Path) -> Document:
    from fzwriter.documents import word  # lxml loads only when a Word file is read

    paragraphs, repairs, levels = word.read(data, path)
    return _document(path, paragraphs, repairs, levels=levels)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError("这是文件夹，不是文件", path=path, remedy=_FORMATS)
        size = path.stat().st_size
        _refuse_format(path)
        if size > MAX_FILE_BYTES:
            raise InputError(
                f"文件太大（{size / 2**20:.0f} MB），上限 {MAX_FILE_BYTES // 2**20} MB",
                path=path,
                remedy="请删去其中的图片，或只留报告正文后再试",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("找不到文件", path=path, remedy="请核对路径和文件名") from None
    except PermissionError:
        raise InputError(
            "没有读取权限", path=path, remedy="请关闭正在使用它的程序，或检查文件权限"
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(
            f"文件读不出来（{error}）", path=path, remedy="请把它复制到本机文件夹后再试"
        ) from error


def _refuse_format(path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix in _READABLE:
        return
    what = f"不认识的文件格式 {suffix}" if suffix else "文件名没有扩展名，看不出格式"
    raise InputError(what, path=path, remedy=_FORMATS)


def _cleaned(text: str, repairs: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    dropped = count_unwanted(text)
    if dropped:
        repairs = (*repairs, f"略去了 {dropped} 个不可见字符")
    return clean_text(text), repairs


def _document(
    path: Path,
    paragraphs: Iterable[str],
    repairs: tuple[str, ...],
    front_matter: str = "",
    levels: Mapping[int, int] | None = None,
) -> Document:
    lines = list(paragraphs)
    text, repairs = _cleaned("\n".join(lines), repairs)
    stripped = [(at, line.strip()) for at, line in enumerate(text.split("\n")) if line.strip()]
    if not stripped:
        raise InputError(
            "文件里没有文字", path=path, remedy="请确认选对了文件；扫描的图片要先做文字识别"
        )
    known = {} if levels is None or text.count("\n") != len(lines) - 1 else levels
    headings = {place: known[at] for place, (at, _) in enumerate(stripped) if at in known}
    return Document(path, tuple(line for _, line in stripped), front_matter, repairs, headings)
