"""Numbers as clerks type them: the plain ones are read, the others get a remedy."""

from __future__ import annotations

import re
from decimal import Decimal

from fzwriter.facts.model import PLAIN_NUMBER
from fzwriter.numbers.approx import APPROXIMATORS
from fzwriter.numbers.text import fold

_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿点半廿]+")
_WORDS = "|".join(sorted(APPROXIMATORS, key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?P<before>{_WORDS})?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<after>{_WORDS})?"
    rf"(?P<unit>(?!\d)[^\d\s,.~～+*/()（）—–-]{{0,8}}?)(?P<end>{_WORDS})?",
    re.ASCII,
)
#: Digits in groups of three.
THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
#: The mark of a footnote, wherever it stands; m² has none.
MARK = re.compile(
    r"[①-⓿❶-➓㈠-㈩㊀-㊉⁰¹⁴-⁹₀-₉*＊※†‡]|(?<![A-Za-z米])[²³]"
    r"|[\[［〔]注?\d{1,2}[\]］〕]|[（(]注\d{0,2}[）)]|注\d{1,2}$"
)
_ODD = (
    (r"[\d.]+\s*([-–—~至到]|--)\s*[\d.]+.*", "不能写区间，请写一个确定的数"),
    (r".*\d[eE][+-]?\d.*", "不能用科学计数法，请写成普通数字"),
    (r"0\d+|0[xXoObB]\w+|[\d:]+:\d+", "请写成普通的十进制数字"),
)


def plain_number(text: str) -> Decimal | None:
    """The number that ``text`` is, digit for digit, or None unless it is written plainly.

    No signs of thousands, underscores, exponents, other bases or full-width digits; a leading zero
    only before the point (YAML would read 017 as fifteen).
    """
    if not PLAIN_NUMBER.fullmatch(text):
        return None
    whole = text.lstrip("+-").split(".")[0]
    return None if len(whole) > 1 and whole.startswith("0") else Decimal(text)


def number_remedy(text: str, key: str = "value") -> str:
    """What to write in place of ``text``, which is no plain number."""
    plain = fold(text).strip()
    if plain_number(plain) is not None:
        return f"请改为半角数字、不带空格：{key}: {plain}"
    if odd := odd_number(plain):
        return f"{odd}，如 {key}: 48"
    if re.fullmatch(r"\d[\d_]*_[\d_]*", plain):
        return f"请去掉下划线：{key}: {plain.replace('_', '')}"
    found = _FIGURE.fullmatch(plain)
    number = found["number"] if found else ""
    if THOUSANDS.fullmatch(number):
        number = number.replace(",", "")
    if found is None or plain_number(number) is None:
        return f"请只写阿拉伯数字，如 {key}: 48；没有数据的请删去这一条"
    parts = [f"{key}: {number}"]
    if unit := found["unit"]:
        parts.append('unit: "%"' if unit == "%" else f"unit: {unit}")
    if approx := found["before"] or found["after"] or found["end"]:
        parts.append(f"approx: {approx}")
    if len(parts) == 1:
        return f"请去掉千分位逗号：{parts[0]}"
    return f"请分开写：{', '.join(parts)}"


def odd_number(text: str) -> str:
    """What to do about a number, on half-width, that is no plain one; "" where nothing tells."""
    if _CHINESE.fullmatch(text):
        return "请写成阿拉伯数字"
    return next((remedy for pattern, remedy in _ODD if re.fullmatch(pattern, text)), "")
