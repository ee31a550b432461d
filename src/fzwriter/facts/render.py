"""How a figure prints: number, approximation and measure word in the order Chinese puts them."""

from __future__ import annotations

from decimal import Decimal

_INSIDE = ("余", "多")
_BEFORE = (
    "近",
    "约",
    "大约",
    "将近",
    "接近",
    "超",
    "超过",
    "逾",
    "至少",
    "最少",
    "不少于",
    "不低于",
    "不超过",
    "不高于",
    "不多于",
    "至多",
    "最多",
    "不足",
    "不到",
    "上",
)
_SCALES = ("万亿", "千万", "百万", "十万", "万", "亿")


def render_number(value: Decimal) -> str:
    """``48``, ``25.63``, ``12000``: no exponent, no trailing zeros after a whole number."""
    text = f"{value:f}"
    if "." in text and not text.rpartition(".")[2].strip("0"):
        return text.partition(".")[0]
    return text


def render_figure(value: Decimal, unit: str = "", approx: str = "") -> str:
    """A figure as it prints: 70余名, 100余万元, 4万余份, 近100件, 50件以上, 22%.

    余 and 多 stand before the scale after a round ten (100余万元), behind it otherwise (4万余份,
    12万余册), since 4余万 is no Chinese.
    """
    number = render_number(value)
    inside = next((word for word in _INSIDE if word in approx), "")
    before = next((w for w in sorted(_BEFORE, key=len, reverse=True) if approx.startswith(w)), "")
    after = "" if inside or before else approx
    scale = next((s for s in _SCALES if unit.startswith(s)), "") if inside else ""
    if scale:
        round_ten = value == value.to_integral_value() and value >= 10 and value % 10 == 0
        measure = unit[len(scale) :]
        body = f"{number}{inside}{scale}" if round_ten else f"{number}{scale}{inside}"
        return f"{before}{body}{measure}"
    return f"{before}{number}{inside}{unit}{after}"
