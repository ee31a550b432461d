"""Text files: which encoding they are in, and their lines.

UTF-8 (with or without a mark) first, then UTF-16 where a mark says so, then GB18030, which is
what Chinese Windows calls ANSI. Nearly any bytes decode as GB18030, so what comes out must look
like Chinese before it is believed.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from fzwriter.errors import InputError

_RESAVE = "请用记事本打开，另存为 UTF-8 编码的文本后再试"
_HANZI = re.compile("[\u3400-\u9fff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SAMPLE = 20_000  # hanzi looked at when judging a guess
_PLAUSIBLE = 0.9  # share of them that GB2312 has: 0.99 in real text, 0.5 in mojibake
_GARBAGE = 0.005  # share of control characters above which a file is no text
_MAGIC = {
    b"PK\x03\x04": "它其实是压缩包或 Office 文档",
    b"\xd0\xcf\x11\xe0": "它其实是旧版 Office 文档",
    b"%PDF": "它其实是 PDF",
    b"\x89PNG": "它其实是图片",
    b"\xff\xd8\xff": "它其实是图片",
}


def decode(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a text file, and what had to be assumed to read it.

    Raises:
        InputError: it is no text, or in no encoding we know.
    """
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise InputError(
                f"扩展名是 {path.suffix}，但{what}",
                path=path,
                remedy="请改回正确的扩展名，或另存为 .docx",
            )
    text, repairs = _decoded(data, path)
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > _GARBAGE * len(text):
        raise InputError("内容不是文字（含大量控制字符）", path=path, remedy=_RESAVE)
    return text, repairs


def _decoded(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), ("按 UTF-16 编码读取",)
        except UnicodeDecodeError:
            raise InputError("UTF-16 编码有损坏，读不出文字", path=path, remedy=_RESAVE) from None
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":  # cut off in the middle of a character
            text = data[: error.start].decode("utf-8-sig")
            return text, ("文件末尾不完整，最后一个残缺的字已略去",)
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise InputError("认不出文字编码", path=path, remedy=_RESAVE) from None
    if not _looks_chinese(text):
        raise InputError("认不出文字编码（读出来是乱码）", path=path, remedy=_RESAVE)
    return text, ("按 GB18030 编码读取",)


def _looks_chinese(text: str) -> bool:
    hanzi = _HANZI.findall(text, 0, 40 * _SAMPLE)[:_SAMPLE]
    if not hanzi:
        return False
    common = "".join(hanzi).encode("gb2312", "ignore").decode("gb2312")
    return len(common) >= _PLAUSIBLE * len(hanzi)
