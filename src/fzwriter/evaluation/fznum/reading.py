"""The one figure of a few words, read without the checker: ``近百件``, ``1.2万余人次``, ``两成三``.

Much smaller than ``fzwriter.numbers`` on purpose: what it can't read, people must.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Form = Literal["", "more", "reach", "less", "under", "about"]

_WIDE = str.maketrans("０１２３４５６７８９．％，", "0123456789.%,")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万亿": 10**12, "千万": 10**7, "百万": 10**6, "万": 10**4, "亿": 10**8, "": 1}
_BEFORE: dict[str, Form] = {
    "不足": "under", "不到": "under", "将近": "less", "接近": "less", "近": "less", "约": "about", "大约": "about",
    "超过": "reach", "超": "reach", "逾": "reach", "至少": "reach", "不少于": "reach", "不低于": "reach", "突破": "reach", "上": "reach",
    "高于": "reach", "多于": "reach", "几乎": "less",
}  # fmt: skip
_AFTER: dict[str, Form] = {
    "左右": "about", "上下": "about", "以上": "reach", "出头": "more", "有余": "more", "强": "more", "开外": "more",
    "还多": "more", "不到": "under",
}  # fmt: skip
_BEFORE_WORDS = "|".join(sorted(_BEFORE, key=len, reverse=True))
_AFTER_WORDS = "|".join(_AFTER)
_CHINESE = "零〇一二两三四五六七八九十百千"
_FIGURE = re.compile(
    rf"(?<!第)(?P<before>{_BEFORE_WORDS})?"
    rf"(?P<rate>百分之)?"
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}}){{1,5}}(?:\.\d+)?|\d{{1,16}}(?:\.\d+)?|[{_CHINESE}]{{1,16}}(?:万[{_CHINESE}]{{1,16}})?(?:点[{_CHINESE}]{{1,16}})?)"
    rf"(?P<early>[余多来])?"
    rf"(?P<scale>万亿|千万|百万|万|亿)?"
    rf"(?P<late>[余多])?"
    rf"(?P<sign>[%‰]|个?百分点|成(?:[一二三四五六七八九半])?|倍)?"
    rf"(?P<latest>[余多])?(?!几)"
)
_HALVES = (
    ("半数以上", "超50%"), ("一半以上", "超50%"), ("超过一半", "超50%"), ("超过半数", "超50%"), ("过半", "超50%"), ("逾半", "超50%"),
    ("不到一半", "不足50%"), ("不足一半", "不足50%"), ("不足半数", "不足50%"), ("近一半", "近50%"), ("近半数", "近50%"), ("近半", "近50%"),
    ("一半", "约50%"), ("半数", "约50%"),
)  # fmt: skip
_FRACTION = re.compile(
    rf"({_BEFORE_WORDS})?([二三四五六七八九十])分之([一二三四五六七八九])(还多|多|强)?"
)
_UNUSUAL = re.compile("分之|(?<!成)半|番|无一|之一|每|一[一-龥]?(?:没|未|也)|没有一")
_MEASURE = re.compile(r"[一-龥]*")


@dataclass(frozen=True)
class Reading:
    """A figure as printed.

    Attributes:
        start: first code point of the numeral in the words, approximation before it included.
        end: one past it; 万, %, 余 belong to it, the measure word doesn't.
        number: its digits or Chinese numeral.
        value: scaled: 12000 for 1.2万, 1/4 for 25%.
        step: worth of one in the last printed place.
        grain: worth of one in the last place that isn't a zero.
        form: how it is approximated: more (余), reach (以上), less (近), under (不足), about (约).
        scale: 万, 亿 or "".
        sign: %, 成, 倍, 百分点… or "".
        measure: what stands behind, without approximation.
    """

    start: int
    end: int
    number: str
    value: Fraction
    step: Fraction
    grain: Fraction
    form: Form
    scale: str
    sign: str
    measure: str

    @property
    def rate(self) -> bool:
        """Whether it is a part of a hundred or of ten."""
        return self.sign[:1] in ("%", "‰", "成") or "百分点" in self.sign


def chinese(text: str) -> Fraction | None:
    """The value of a Chinese numeral below a trillion; ``None`` where it isn't a plain one."""
    whole, _, part = text.partition("点")
    head, wan, tail = whole.partition("万")
    if len(tail) == 1 and tail in _DIGITS:
        tail += "千"  # 两万四
    parts = [_group(head), _group(tail) if tail else 0] if wan else [0, _group(whole)]
    if None in parts or any(c not in _DIGITS for c in part):
        return None
    value = Fraction((parts[0] or 0) * 10**4 + (parts[1] or 0))
    for place, digit in enumerate(part, 1):
        value += Fraction(_DIGITS[digit], 10**place)
    return value


def _group(text: str) -> int | None:
    if not text or len(text) > 1 and all(c in _DIGITS for c in text):
        return None
    total, digit, last = 0, None, 10**4
    for c in text:
        if c in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[c]
        elif _PLACES[c] >= last or digit == 0 and c != "十":
            return None
        else:
            last = _PLACES[c]
            total += (1 if digit is None else digit) * last
            digit = None
    if digit and 100 <= last < 10**4 and text[-2] != "零":
        return None  # 两百五 is 250, and people should say so
    return total + (digit or 0)


def read(words: str) -> Reading | None:
    """The one figure of ``words``; ``None`` where there is none, several, or an unusual one."""
    text = words.translate(_WIDE)
    fraction = _FRACTION.search(text)
    if fraction:
        return _fraction(fraction)
    text = text.replace("千克", "公斤")
    for half, percent in _HALVES:
        text = text.replace(half, percent)
    if _UNUSUAL.search(text.replace("百分之", "")):
        return None  # people should say what is near enough
    found = [m for m in _FIGURE.finditer(text) if m.group("number")]
    if len(found) != 1:
        return None
    match = found[0]
    number = _number(match["number"])
    if number is None:
        return None
    value, places, zeros = number
    worth, sign, extra = _worth(match)
    scale = match["scale"] or ""
    value = value * worth * _SCALES[scale] + extra
    step = worth * _SCALES[scale] / 10**places
    if extra:
        step = Fraction(1, 20 if sign.endswith("半") else 100)
    behind = text[match.end() :]
    after = next((word for word in _AFTER if word in behind), "")
    if not after and behind[-1:] in ("余", "多") and not match["early"]:
        after = behind[-1]
    form = _form(match, after)
    if form is None:
        return None
    measure = _MEASURE.match(behind.replace(after, "", 1) if after else behind)
    return Reading(
        match.start(), match.end(), match["number"], value, step, step * 10**zeros, form, scale, sign,
        measure.group() if measure else "",
    )  # fmt: skip


def _fraction(match: re.Match[str]) -> Reading:
    """三分之一, 近四分之三; alone it is about that."""
    value = Fraction(_DIGITS[match[3]], 10 if match[2] == "十" else _DIGITS[match[2]])
    form: Form = _BEFORE[match[1]] if match[1] else "more" if match[4] else "about"
    step = Fraction(1, 20)
    number = f"{match[2]}分之{match[3]}"
    return Reading(match.start(), match.end(), number, value, step, step, form, "", "成", "")


def _number(text: str) -> tuple[Fraction, int, int] | None:
    """Value, decimals, and zeros at the end of a whole number."""
    if text[0].isdigit():
        digits = text.replace(",", "")
        whole, _, part = digits.partition(".")
        zeros = 0 if part else len(whole) - len(whole.rstrip("0")) if whole.strip("0") else 0
        return Fraction(digits), len(part), zeros
    value = chinese(text)
    if value is None:
        return None
    part = text.partition("点")[2]
    whole = str(int(value))
    zeros = 0 if part else len(whole) - len(whole.rstrip("0")) if value else 0
    return value, len(part), zeros


def _worth(match: re.Match[str]) -> tuple[Fraction, str, Fraction]:
    """What one is worth, the sign, and what 三 adds in 两成三."""
    sign = match["sign"] or ""
    if match["rate"]:
        return Fraction(1, 100), "%", Fraction(0)
    if sign.startswith("成"):
        tail = sign[1:]
        extra = Fraction(5 if tail == "半" else _DIGITS[tail], 100) if tail else Fraction(0)
        return Fraction(1, 10), sign, extra
    worth = {"%": 100, "‰": 1000, "百分点": 100, "个百分点": 100}.get(sign, 1)
    return Fraction(1, worth), sign, Fraction(0)


def _form(match: re.Match[str], after: str) -> Form | None:
    """The one approximation; ``None`` where there are two that differ."""
    forms: set[Form] = set()
    if match["before"]:
        forms.add(_BEFORE[match["before"]])
    if match["early"] or match["late"] or match["latest"]:
        forms.add("about" if match["early"] == "来" else "more")
    if after:
        forms.add(_AFTER.get(after, "more"))
    return None if len(forms) > 1 else next(iter(forms), "")
