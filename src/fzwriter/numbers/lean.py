"""The approximation beside a figure: 近, 超过, 约… in front of it, 以上, 左右… behind its unit."""

from __future__ import annotations

import re

from fzwriter.numbers.token import Cursor

_BEFORE = re.compile(
    r"(不少于|不低于|不下于|不超过|不高于|不多于|超过|(?<!不)(?:高于|多于|大于|低于|少于|小于|突破|不止)|不足|不到|逾|(?<![赶])超|(?<![附邻临最亲靠])近)了?$"
    r"|([≥>≤<])$"
    r"|(至少|最少|最多|至多|将近|接近|大约|大概|(?<![节预签合制履公契违条])约)(?:[有为]|达到?)?$"
)
_LAST = frozenset("于过少多近约足到逾超有为达了概破止≥>≤<")
_ABOVE = re.compile(r"(?<![以线会])上$")
_AFTER = re.compile(
    r"(?:\(含\))?(及以上|以上|以下|以内|之内|左右|上下|出头|有余|开外)(?![级])|([多余许强弱])(?=[，。；、,;)）\s]|$)"
)
# 超过87%的镇 compares, it doesn't approximate a figure of the unit's own.
_COMPARED = re.compile(r"%的")
_RECENT = re.compile(r"年|个月|天|日|届")
_STACKS = ("近", "将近", "接近")


def _front(cursor: Cursor, end: int) -> str:
    text, start = cursor.text, cursor.start
    last = text[start - 1 : start]
    if last == "上" and text[start] in "百千万亿":
        return "上" if _ABOVE.search(text, max(0, start - 2), start) else ""
    if last not in _LAST or start <= cursor.floor:
        return ""
    match = _BEFORE.search(text, max(cursor.floor, start - 7), start)
    if not match:
        return ""
    word: str = next(filter(None, match.groups()))
    if word in ("超过", "超") and _COMPARED.match(text, end - 1):
        return ""
    if word == "近" and _RECENT.match(text, end):
        return ""
    return word


def lean(cursor: Cursor, end: int, unit_end: int, inside: str = "") -> str:
    """The approximation of a figure that ends at ``end``, its measure word at ``unit_end``.

    近 joins what stands inside (近百余场: 近余); otherwise 余 inside goes before a word in front,
    and that before one behind.
    """
    before = _front(cursor, end)
    if before in _STACKS:
        return before + inside
    if inside or before:
        return inside or before
    after = _AFTER.match(cursor.text, unit_end)
    return after.group(1) or after.group(2) if after else ""
