"""Figures that name rather than count: telephone numbers, codes, and the numerals inside titles."""

from __future__ import annotations

import re

from fzwriter.numbers.quantity import quantity_at
from fzwriter.numbers.token import Cursor, Found

_PHONE = re.compile(
    r"(?:0\d{2,3}[-—]?[1-9]\d{6,7}|1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}|1[3-9]\d-?\d{4}-?\d{4})(?![\d.%])"
)
# 联系：1 4367，9 649564; with words between, only a long number is one: 联系人张三 6221234.
_CONTACT = re.compile(
    r"(?:电话|联系|微信|QQ|客服|邮编|手机|传真|账号)(?:(方式|号码|人)?[^一-龥。；\n]{0,20}|[一-龥: ]{0,8})$"
)
_LETTER_UNIT = re.compile(r"(?:km|kg|kW|MW|GB|TB|m|t|h)(?![A-Za-z])")
_LETTERS = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def code_at(cursor: Cursor) -> Found | None:
    """C919, A3版, 020-88888888, a contact's number.

    For figures without a measure word only: what has one stays a figure.
    """
    text, start, end = cursor.text, cursor.start, cursor.end
    if end - start > 2 and (phone := _PHONE.match(text, start)):
        return Found(start, phone.end(), "other")
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if before.isascii() and before.isalpha():
        return Found(start, end, "term")
    if after.isascii() and after.isalpha() and not _LETTER_UNIT.match(text, end):
        letters = _LETTERS.match(text, end)
        if letters and not _counts_behind(cursor, letters.end()):
            return Found(start, end, "term")
    return Found(start, end, "other") if _contact(cursor) else None


def _contact(cursor: Cursor) -> bool:
    match = _CONTACT.search(cursor.text, max(0, cursor.start - 26), cursor.start)
    if not match:
        return False
    between = match.group()[2:].removeprefix(match.group(1) or "")
    marked = bool(between) and not re.search("[一-龥]", between)
    return marked or cursor.end - cursor.start > 4


def _counts_behind(cursor: Cursor, end: int) -> bool:
    """Whether a measure word follows the letters behind a figure: 48k件 hides nothing."""
    shifted = cursor._replace(
        text=cursor.text[cursor.start : cursor.end] + cursor.text[end : end + 8]
    )
    moved = shifted._replace(start=0, end=cursor.end - cursor.start, floor=0)
    found = quantity_at(moved)
    return found is not None and found.unit[:1] not in ("", "级", "版", "号", "型", "座")
