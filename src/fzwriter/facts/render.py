"""How a figure prints: number, approximation and measure word in the order Chinese puts them."""

from __future__ import annotations

from decimal import Decimal

_INSIDE = ("余", "多", "来")
_AFTER = ("以上", "以下", "以内", "之内", "左右", "上下", "不等")


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
    before, inside, after = _places(approx)
    scale = next((s for s in _SCALES if unit.startswith(s)), "") if inside else ""
    if scale:
        round_ten = value == value.to_integral_value() and value >= 10 and value % 10 == 0
        measure = unit[len(scale) :]
        body = f"{number}{inside}{scale}" if round_ten else f"{number}{scale}{inside}"
        return f"{before}{body}{measure}"
    return f"{before}{number}{inside}{unit}{after}"


def _places(approx: str) -> tuple[str, str, str]:
    """Where an approximation stands: before the number, inside the figure, behind it."""
    if not approx or approx in _AFTER:
        return "", "", approx
    if approx in _INSIDE:
        return "", approx, ""
    if approx[-1] in "余多" and approx not in ("至多", "最多"):  # 近余: 近100余场
        return approx[:-1], approx[-1], ""
    return approx, "", ""
