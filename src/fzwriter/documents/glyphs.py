"""What prints without a ``w:t``: symbols, fields that print their own code, formulas, rubies.

Each is read where what it prints is known, else named in Chinese, so that the reader can mark the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fzwriter.documents import wml

MATH = {
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
}
# Fields whose print stands in their code or in Word's settings, and those Word works out anew.
_FIELDS = (
    (re.compile(r"EQ\b", re.I), "EQ域（带圈字符、合并字符、分数等）"),
    (re.compile(r"(?:SYMBOL|ADVANCE|DISPLAYBARCODE|FORMDROPDOWN)\b", re.I), "符号或下拉域"),
    (re.compile(r"(?:MACRO|GOTO)BUTTON\b", re.I), "按钮域"),
    (re.compile(r"(?:AUTONUM(?:LGL|OUT)?|LISTNUM)\b", re.I), "自动编号域"),
    (re.compile(r"(?:DATE|TIME|PRINTDATE|SAVEDATE)\b", re.I), "会自动更新的日期域"),
)
_DINGBATS = re.compile(r"wingdings|webdings|marlett|zapf ?dingbats", re.I)
# Wingdings 0x80–0x95: the circled figures from zero to ten, white, then black.
_CIRCLED = dict(enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", 0x80))
# Of the font Symbol what may stand in or beside a figure; the rest are letters and arrows.
_SYMBOL = {c: chr(c) for c in b"0123456789%.,+-/()=<>"} | dict(
    zip(b"\xb3\xa3\xb1\xb4\xb8\xb0\xbb", "≥≤±×÷°≈", strict=True)
)
# Parts of a formula that do not stand on its line: 1/2 would be read as 12.
_BUILT = {"e", "num", "den", "deg", "sup", "sub", "lim", "fName"}


def symbol(node: Any) -> str | None:
    """What a ``w:sym`` prints: "" for a mere picture, ``None`` where nobody knows."""
    font = (wml.attribute(node, "font") or "").strip()
    try:
        code = int(wml.attribute(node, "char") or "", 16)
    except ValueError:
        return None
    private = 0xE000 <= code <= 0xF8FF
    if font.lower() == "wingdings":
        return _CIRCLED.get(code & 0xFF, "")
    if font.lower() == "symbol":
        return _SYMBOL.get(code & 0xFF, "")
    if font.lower() == "wingdings 2":  # circled figures here too, elsewhere
        return None if 0x69 <= code & 0xFF <= 0x7E else ""
    if _DINGBATS.match(font):
        return ""
    return None if private or not 0x20 <= code <= 0xFFFF else chr(code)


def printed_field(code: str) -> str:
    """What a field is called whose print its result does not hold, "" for all others."""
    return next((what for pattern, what in _FIELDS if pattern.match(code.lstrip())), "")


def is_built(formula: Any) -> bool:
    """Whether a formula has parts above, below or beside its line."""
    return any(space in MATH and local in _BUILT for space, local in _inside(formula))


def annotates_with_numeral(ruby: Any) -> bool:
    """Whether numerals stand above the characters of a ruby, where 拼音 does."""
    above = wml.child(ruby, "rt")
    texts = () if above is None else above.iter()
    return any(c.isnumeric() for part in texts if wml.name(part) == "t" for c in part.text or "")


def is_live(embedded: Any) -> bool:
    """Whether a ``w:object`` holds more than a picture: an OLE object or a control."""
    return any(local in ("OLEObject", "control") for _, local in _inside(embedded))


def _inside(node: Any) -> Iterator[tuple[str, str]]:
    return (wml.split(part) for part in node.iter())
