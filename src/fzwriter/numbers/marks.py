"""Numerals that are marks: enumerators, document numbers, placeholders left to fill in."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from fzwriter.numbers.token import Cursor, Found
from fzwriter.numbers.value import parse_arabic, parse_chinese

_CHINESE = "零一二三四五六七八九十"
_YEAR = r"(?:(?:19|20)\d{2}|20[xX×]{2}|[xX×]{4})"

# 国发〔2023〕12号, (2024)湘3126行初7号; what stands before the bracket is taken by looking back.
_DOCNUM = re.compile(
    rf"{_YEAR}\s?[〕\]】)]\s?[一-龥]{{0,6}}\d{{0,6}}[一-龥]{{0,6}}第?(?:\d+|[xX×]+)(?:-\d+)?号"
)
_DOCNUM_HEAD = re.compile(r"[一-龥xX×]{0,8}$")
_SERIAL = re.compile(r"第(?:\d+|[xX×]+)号")

_PAREN = re.compile(rf"[{_CHINESE}]{{1,3}}[)）]|\d{{1,2}}[)）]")
# 分别为：12、15、18件 lists figures; no enumerators there.
# A figure right behind is none of a list, unless it is a year: 4. 2025年工作安排.
_YEAR_NEXT = r"\s?(?:19|20)\d{2}年"
_LIST_MARK = re.compile(
    rf"[{_CHINESE}]{{1,3}}、(?![{_CHINESE}]{{1,3}}[、件起人次])|[{_CHINESE}]{{1,3}}\.(?={_YEAR_NEXT}|[^0-9])"
    rf"|\d{{1,2}}(?:\.(?=\s?[^\s0-9]|{_YEAR_NEXT})|[、)](?={_YEAR_NEXT}|[^0-9]|$))"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}(?= [一-龥])"
)
_LIST_START = re.compile(r"(?:\A|[\n。；;：:])\s{0,5}$")
_CLAUSE_START = re.compile(r"(?:\A|[\n。；;：:，,、！？])\s{0,5}[“\"]?$")
_SHI = re.compile(rf"[{_CHINESE}]{{1,2}}(?=是)")
_YAO = re.compile(
    r"[一二三四五六七八九](?=要[^求点素闻道]|则(?=[^一-龥]|[一-龥]{2})|来(?=[，,是因]))"
)
_QI = re.compile(rf"[{_CHINESE}]{{1,2}}(?=[,，、:：])")
_DI = re.compile(rf"(?:[{_CHINESE}]{{1,2}}|\d{{1,2}})(?=[,，、:：]|是)")
_NOT_BEFORE_SHI = set("不统唯单专合归逐划同第万之百千零〇其") | set(_CHINESE)

_FILL_YEAR = re.compile(r"(?:20)?[xX×]{2,4}年(?:[xX×]{1,2}月(?:[xX×]{1,2}日)?)?")
_FILL_DATE = re.compile(r"[xX×]{1,2}月(?:[xX×]{1,2}日)?(?!份)")
_FILL_COUNT = re.compile(
    r"[xX×＊*]+(?:[.][xX×]+)?[余多]?[万亿]?[余多]?%?|【[^】\n]{0,60}】|_{2,}|某某"
)


def placeholder_at(cursor: Cursor) -> Found | None:
    """A blank left to fill in: xx, ××, x.x万余, 20xx年x月x日, 【待补充】, ____, 某某."""
    text, start = cursor.text, cursor.start
    if cursor.arabic:
        if text.startswith("20", start) and text[start + 2 : start + 3] in tuple("xX×"):
            match = _FILL_YEAR.match(text, start)
            return Found(start, match.end(), "placeholder") if match else None
        return None
    if text[start] not in "xX×＊*【_某":
        return None
    if text[start] in "×xX*＊" and text[start - 1 : start].isdigit() and start > 0:
        return None
    found = _DOCNUM_FILL.match(text, start)
    if found:
        return Found(start, found.end(), "docnum")
    for pattern in (_FILL_YEAR, _FILL_DATE, _FILL_COUNT):
        match = pattern.match(text, start)
        if match:
            approx = next(
                (c for c in "余多" if c in match.group() and match.group()[0] != "【"), ""
            )
            return Found(start, match.end(), "placeholder", approx=approx)
    return None


_DOCNUM_FILL = re.compile(
    rf"[xX×]{{1,4}}[一-龥]{{1,6}}[〔\[【(（]{_YEAR}[〕\]】)）](?:\d+|[xX×]+)号"
)


def docnum_at(cursor: Cursor) -> Found | None:
    """A document or case number: 国发〔2023〕12号, (2024)湘3126行初7号, 第15号."""
    text, start = cursor.text, cursor.start
    before = text[start - 1 : start] if start else ""
    if before and before in "〔[【(（":
        match = _DOCNUM.match(text, start)
        if match:
            head = _DOCNUM_HEAD.search(text[max(cursor.floor, start - 9) : start - 1])
            length = len(head.group()) if head and before in "〔[【" else 0
            return Found(start - 1 - length, match.end(), "docnum")
        closing = text[start + 4 : start + 5]
        if before == "〔" and cursor.end - start == 4 and closing == "〕":
            return Found(start - 1, start + 5, "docnum")
    if before == "第" and cursor.floor < start:
        match = _SERIAL.match(text, start - 1)
        if match:
            return Found(start - 1, match.end(), "docnum")
    return None


def _number(core: str) -> Decimal | None:
    value = parse_arabic(core) if core.isdigit() else parse_chinese(core)
    return value if isinstance(value, Decimal) else None


def _parenthesised(cursor: Cursor) -> Found | None:
    text, start = cursor.text, cursor.start
    match = _PAREN.match(text, start)
    if not match:
        return None
    # A bare Arabic figure in brackets within a sentence may be data: 调解员（12）.
    if cursor.arabic and not _LIST_START.search(text[max(0, start - 5) : start - 1]):
        return None
    return Found(start - 1, match.end(), "enumerator", _number(match.group()[:-1]))


def _glued(cursor: Cursor) -> Found | None:
    """一是, 二要, 其一, 第一，."""
    text, start = cursor.text, cursor.start
    before = text[start - 1 : start]
    match = _SHI.match(text, start)
    if match and before not in _NOT_BEFORE_SHI:
        return Found(start, match.end() + 1, "enumerator", _number(match.group()))
    at_clause = bool(_CLAUSE_START.search(text[max(0, start - 4) : start]))
    if at_clause and (match := _YAO.match(text, start)):
        return Found(start, match.end() + 1, "enumerator", _number(match.group()))
    if before == "其" and (match := _QI.match(text, start)):
        return Found(start - 1, match.end(), "enumerator", _number(match.group()))
    if (
        before == "第"
        and _CLAUSE_START.search(text[max(0, start - 5) : start - 1])
        and (match := _DI.match(text, start))
    ):
        return Found(start - 1, match.end(), "enumerator", _number(match.group()))
    return None


_SIGNS = frozenset(
    chr(code)
    for first, last in ("①⒛", "㈠㈩", "㊀㊉", "❶❿", "⓫⓴")
    for code in range(ord(first), ord(last) + 1)
)


def enumerator_at(cursor: Cursor) -> Found | None:
    """一、（一） 1. （1） ① 一是 其一 第一，: the mark included, its number as value."""
    text, start = cursor.text, cursor.start
    character = text[start]
    if character in _SIGNS:
        return Found(start, start + 1, "enumerator", Decimal(int(unicodedata.numeric(character))))
    before = text[start - 1] if start else ""
    if before == "(" and (found := _parenthesised(cursor)):
        return found
    if before and "一" <= before <= "龥" and (cursor.arabic or before not in "其第"):
        return None if cursor.arabic and before != "第" else _glued(cursor)
    match = _LIST_MARK.match(text, start)
    if match and _LIST_START.search(text[max(0, start - 4) : start]):
        mark = match.group().rstrip("、. )")
        return Found(start, match.end(), "enumerator", _number(mark.rpartition(".")[2]))
    if cursor.arabic and text[start - 1 : start] != "第":
        return None
    return _glued(cursor)
