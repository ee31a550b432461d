"""Figures that are parts of something: percentages in words, fractions, ratios, 成, 折, 番, 半数."""

from __future__ import annotations

import re
from decimal import Context, Decimal

from fzwriter.numbers.lean import lean
from fzwriter.numbers.number import ARABIC, CHINESE
from fzwriter.numbers.token import Cursor, Found
from fzwriter.numbers.value import evaluate, parse_arabic, parse_chinese
from fzwriter.report import Value

# Libraries are known to change the global context; a third must stay a third.
_PRECISE = Context(prec=28)
_WORD = rf"[{CHINESE}几]{{1,24}}(?:点[零〇一二三四五六七八九]{{1,12}})?"
_NUMBER = rf"(?:{ARABIC.pattern}|{_WORD})"
_PARTS = re.compile(
    rf"百分百|(百|千|万)分之({_NUMBER})(?:[-—–~]{{1,2}}|[至到])?((?<=[-—–~至到]){_NUMBER})?"
    rf"|(?:({_NUMBER})又)?({_NUMBER})分之({_NUMBER})"
)
_SLASH = re.compile(r"(\d{1,4})/(\d{1,4})(?![\d/.年])")
_RATIO = re.compile(r"(\d{1,5}(?:\.\d{1,4})?):(\d{1,5}(?:\.\d{1,4})?)(?![\d:])")
_RATIO_BEFORE = re.compile(r"(?:比例?|按照?|占比|配备|赔率)[^,。；]{0,6}$")
_CHENG = re.compile(
    r"(10|[1-9](?:\.\d)?|十|[一二两三四五六七八九](?:点[一二三四五六七八九])?)成"
    r"([一二三四五六七八九])?(半)?(?![立功员果为绩就效本都交熟分品活长])"
)
_ZHE = re.compile(
    r"([一二两三四五六七八九](?:点?[一二三四五六七八九])?|[1-9](?:\.?\d)?)折(?![叠腾算扣旧射中合磨])"
)
_FAN = re.compile(r"([一两二三四五]|[1-9])番")
_UNITS = {"百": "%", "千": "‰", "万": "‱"}
_PARTS_OF = {"%": Decimal("0.01"), "‰": Decimal("0.001"), "‱": Decimal("0.0001")}


def part_base(value: Value, unit: str) -> Value:
    """``value`` of a unit that is itself a factor: % ‰ ‱ 成 折 番; others as they are."""
    factor = _PARTS_OF.get(unit) or (Decimal("0.1") if unit in ("成", "折") else None)
    if factor is not None:
        if isinstance(value, tuple):
            low, high = value
            return (None if low is None else low * factor, None if high is None else high * factor)
        return None if value is None else value * factor
    if unit == "番" and isinstance(value, Decimal) and 0 <= value <= 64:
        return Decimal(2) ** value
    return value


def _read(text: str) -> Value:
    return parse_arabic(text) if "0" <= text[0] <= "9" else parse_chinese(text)


def _found(cursor: Cursor, end: int, value: Value, unit: str = "") -> Found:
    return Found(
        cursor.start, end, "quantity", value, part_base(value, unit), unit, lean(cursor, end, end)
    )


def _out_of(cursor: Cursor, match: re.Match[str]) -> Found | None:
    """百分之五, 千分之三点二, 百分之五至十."""
    value, end, last = _read(match.group(2)), match.end(2), match.group(3)
    if value is None:
        return None
    high = _read(last) if last else None
    if isinstance(high, Decimal) and isinstance(value, Decimal) and value < high:
        value, end = (value, high), match.end(3)
    return _found(cursor, end, value, _UNITS[match.group(1)])


def _words(cursor: Cursor) -> Found | None:
    """百分百, 百分之…, 三分之二, 一又二分之一."""
    match = _PARTS.match(cursor.text, cursor.start)
    if not match:
        return None
    if match.group() == "百分百":
        return _found(cursor, match.end(), Decimal(100), "%")
    if match.group(1):
        return _out_of(cursor, match)
    whole = _read(match.group(4)) if match.group(4) else Decimal(0)
    below, above = _read(match.group(5)), _read(match.group(6))
    if not (
        isinstance(whole, Decimal)
        and isinstance(below, Decimal)
        and isinstance(above, Decimal)
        and below
    ):
        return None
    return _found(cursor, match.end(), whole + _PRECISE.divide(above, below))


def _signs(cursor: Cursor) -> Found | None:
    """1/3; 3:1 where the text speaks of a ratio, or where no time of day could be meant."""
    text, start = cursor.text, cursor.start
    match = _SLASH.match(text, start)
    if match and Decimal(match.group(2)):
        return _found(
            cursor, match.end(), _PRECISE.divide(Decimal(match.group(1)), Decimal(match.group(2)))
        )
    match = _RATIO.match(text, start)
    if not match or not Decimal(match.group(2)):
        return None
    clock = len(match.group(2)) == 2 and match.group(2) < "60" and len(match.group(1)) <= 2
    if clock and not _RATIO_BEFORE.search(cursor.before(10)):
        return None
    return _found(
        cursor, match.end(), _PRECISE.divide(Decimal(match.group(1)), Decimal(match.group(2)))
    )


def _cheng(cursor: Cursor) -> Found | None:
    match = _CHENG.match(cursor.text, cursor.start)
    if not match:
        return None
    head = _read(match.group(1))
    if not isinstance(head, Decimal):
        return None
    tenth = _read(match.group(2)) if match.group(2) else Decimal(5 if match.group(3) else 0)
    value = head + (tenth / 10 if isinstance(tenth, Decimal) else 0)
    return _found(cursor, match.end(), value, "成")


def _zhe(cursor: Cursor) -> Found | None:
    match = _ZHE.match(cursor.text, cursor.start)
    if not match:
        return None
    written = match.group(1)
    if len(written) == 2:  # 五五折, 75折
        tens, ones = evaluate(written[0]), evaluate(written[1])
        value: Value = None if tens is None or ones is None else tens + ones / 10
    else:
        value = _read(written)
    return _found(cursor, match.end() - 1, value, "折")._replace(end=match.end() - 1)


def _fan(cursor: Cursor) -> Found | None:
    match = _FAN.match(cursor.text, cursor.start)
    if not match or "翻" not in cursor.before(4):
        return None
    return _found(cursor, match.end() - 1, _read(match.group(1)), "番")


_MARKS = re.compile(
    rf"[{CHINESE}几0-9.点]{{1,26}}(?:又[{CHINESE}0-9]{{1,24}})?(?:分[之百]|[成折番])|\d+(?:\.\d+)?[:/]"
)
_HALF = Decimal("0.5")


def part_at(cursor: Cursor) -> Found | None:
    """百分之五, 百分百, 三分之二, 1/3, 3:1, 九成五, 八折, 翻两番, 半数.

    A fraction's value is what it comes to, with no unit; 百分之五 reads as 5 with unit %.
    成, 折 and 番 are units; 成 belongs to the mention (六成五), the others stand behind it.
    """
    if cursor.text.startswith("半数", cursor.start):
        return _found(cursor, cursor.start + 2, _HALF)
    if not _MARKS.match(cursor.text, cursor.start):
        return None
    return _words(cursor) or _signs(cursor) or _cheng(cursor) or _zhe(cursor) or _fan(cursor)
