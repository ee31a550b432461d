"""Old .doc, .wps, .rtf and .odt files, turned into .docx by LibreOffice where it is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from fzwriter.errors import InputError

SUFFIXES = (".doc", ".wps", ".rtf", ".odt")
TIMEOUT_SECONDS = 120
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_RESAVE = "请在 Word 或 WPS 中打开，另存为 .docx 后再试"
_FIB = re.compile(rb"\xec\xa5[\x00-\xff]{8}([\x00-\xff]{2})")  # head of a .doc and its flags
_ENCRYPTED = 0x0100
_HEADS = (b"\xd0\xcf\x11\xe0", b"{\\rtf", b"<?xml", b"<html", b"PK\x03\x04")
_WORD = "WordDocument".encode("utf-16-le")


def program() -> str:
    """LibreOffice's program; "" where it isn't installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), "")


def to_docx(data: bytes, path: Path) -> bytes:
    """A file of an older format as the bytes of a .docx.

    Raises:
        InputError: LibreOffice is missing, or the file is encrypted or damaged.
    """
    suffix = path.suffix.lower()
    if not data:
        raise InputError("文件是空的（0 字节）", path=path, remedy="请换一份完整的文件")
    if not data.lstrip(b"\xef\xbb\xbf \r\n").startswith(_HEADS):
        raise InputError(
            f"不是有效的 {suffix} 文件（已损坏，或只是改了扩展名）", path=path, remedy=_RESAVE
        )
    if (fib := _FIB.search(data)) and int.from_bytes(fib[1], "little") & _ENCRYPTED:
        raise InputError("文件加了打开密码", path=path, remedy="请去掉打开密码后另存再试")
    office = program()
    if not office:
        raise InputError(
            f"读 {suffix} 文件要用 LibreOffice，这台电脑上没有装",
            path=path,
            remedy=f"{_RESAVE}，或安装 LibreOffice",
        )
    with tempfile.TemporaryDirectory(prefix="fzwriter-") as folder:
        # A .wps of today is a Word file under another name; the name misleads LibreOffice.
        name = "in.doc" if suffix == ".wps" and _WORD in data else f"in{suffix}"
        source = Path(folder) / name
        source.write_bytes(data)
        _convert(office, source, path)
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise InputError(
                "LibreOffice 读不出这个文件（已损坏或加了密码）", path=path, remedy=_RESAVE
            )
        return made.read_bytes()


def _convert(office: str, source: Path, path: Path) -> None:
    command = [
        office,
        f"-env:UserInstallation={(source.parent / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(source.parent),
        str(source),
    ]
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
            env={**os.environ, "HOME": str(source.parent)},
        )
    except subprocess.TimeoutExpired:
        raise InputError(
            f"LibreOffice 转换超过 {TIMEOUT_SECONDS} 秒，已放弃", path=path, remedy=_RESAVE
        ) from None
    except OSError as error:
        raise InputError(f"LibreOffice 启动不了（{error}）", path=path, remedy=_RESAVE) from error
