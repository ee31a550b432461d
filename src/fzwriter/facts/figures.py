"""Numbers as clerks type them: the plain ones are read, the others get a remedy."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from fzwriter.facts.model import PLAIN_NUMBER
from fzwriter.numbers.approx import APPROXIMATORS

_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿点半廿]+")
_WORDS = "|".join(sorted(APPROXIMATORS, key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?P<before>{_WORDS})?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<after>{_WORDS})?"
    rf"(?P<unit>(?!\d)[^\d\s,.~～+*/()（）—–-]{{0,8}}?)(?P<end>{_WORDS})?",
    re.ASCII,
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
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain_number(plain) is not None:
        return f"请改为半角数字、不带空格：{key}: {plain}"
    if _CHINESE.fullmatch(plain):
        return f"请写成阿拉伯数字，如 {key}: 48"
    if re.fullmatch(r"\d[\d_]*_[\d_]*", plain):
        return f"请去掉下划线：{key}: {plain.replace('_', '')}"
    found = _FIGURE.fullmatch(plain)
    number = plain_number(found["number"].replace(",", "")) if found else None
    if found is None or number is None:
        return _odd_remedy(plain, key)
    parts = [f"{key}: {number}"]
    if unit := found["unit"]:
        parts.append('unit: "%"' if unit == "%" else f"unit: {unit}")
    if approx := found["before"] or found["after"] or found["end"]:
        parts.append(f"approx: {approx}")
    if len(parts) == 1:
        return f"请去掉千分位逗号：{parts[0]}"
    return f"请分开写：{', '.join(parts)}"


def _odd_remedy(text: str, key: str) -> str:
    if re.fullmatch(r"[\d.]+\s*([-–—~～至到]|--)\s*[\d.]+.*", text):
        return f"不能写区间，请写一个确定的数，如 {key}: 48"
    if re.search(r"\d[eE][+-]?\d", text):
        return f"不能用科学计数法，请写成普通数字，如 {key}: 1200"
    if re.fullmatch(r"0\d+|0[xXoObB]\w+|[\d:]+:\d+", text):
        return f"请写成普通的十进制数字，如 {key}: 48"
    return f"请只写阿拉伯数字，如 {key}: 48；没有数据的请删去这一条"
