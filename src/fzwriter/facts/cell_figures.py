"""Figures as they stand in cells: 0.987 shown as a percentage, “1,085”, “４８”, “70余”, “25.63万元”.

A cell is read only where it can mean one thing. What the screen shows and what the file holds may
differ; then the stored value counts where a person typed it, the shown one where a formula gave it
more digits than anyone would write, and the difference is said either way.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from fzwriter.facts.catalogue_data import exponent, split_scale
from fzwriter.facts.derive import plain
from fzwriter.facts.figures import MARK, THOUSANDS, odd_number
from fzwriter.facts.grid import Cell
from fzwriter.numbers import find_numbers
from fzwriter.numbers.approx import APPROXIMATORS, SIGNS, as_word

#: Written into a cell that has nothing to say.
BLANKS = frozenset({"", "/", "\\", "-", "--", "—", "——", "–", "无数据", "暂无", "不涉及", "无此项"})
_TYPED_DIGITS = 4  # more decimals than that are a formula's, not a person's
_WORDS = "|".join(sorted(APPROXIMATORS, key=len, reverse=True))
_BEFORE = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True) if sign != "+")
_FIGURE = re.compile(
    rf"(?P<before>{_WORDS}|{_BEFORE})?(?P<number>-?\d[\d,]*(?:\.\d+)?)(?P<scale>[百千万亿]{{0,2}})"
    rf"(?P<inside>{_WORDS}|\+)?(?P<unit>(?!\d)[^\d\s,.~+*()—–-]{{0,8}}?)(?P<end>{_WORDS}|\+)?",
    re.ASCII,
)
_UNSEEN = ("Cf", "Cc", "Co", "Mn", "Me")
_QUOTED = re.compile(r'"([^"]*)"')
_ESCAPED = re.compile(r"[\\!](.)")
_CODES = re.compile(r"\[[^\[\]]*\]|[_*].")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")


@dataclass(frozen=True)
class Figure:
    """What a cell says: a number, with what was written beside it.

    Attributes:
        value: the number.
        unit: measure word, scale included (万元, %); "" where the cell names none.
        approx: 余, 约…; "" where the cell says none.
        notice: what the clerk should know of how it was read.
    """

    value: Decimal
    unit: str = ""
    approx: str = ""
    notice: str = ""


class CellError(Exception):
    """The cell can't be read safely: what is wrong, and the remedy. Never leaves this package."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(what)


def is_blank(cell: Cell | None) -> bool:
    """Whether there is no figure here: an empty cell, a stroke."""
    return cell is None or (cell.kind == "text" and cell.folded in BLANKS)


def read_figure(cell: Cell) -> Figure:
    """The figure in a cell.

    Raises:
        CellError: it is no number, or might mean more than one.
    """
    if cell.kind == "number":
        return _stored(cell)
    if cell.kind == "text":
        return _typed(cell)
    shown = cell.plain
    if cell.kind == "date":
        raise CellError(f"“{shown}”是日期，不是数字", "请把单元格格式改为常规，重新填写数字")
    raise CellError(f"“{shown}”不是数字", "请填写数字；没有数据的留空")


def agree(figure: Figure, unit: str) -> str:
    """The unit of a figure whose row names ``unit`` in its own column.

    Raises:
        CellError: the cell and the column name different ones.
    """
    if not figure.unit or figure.unit == unit:
        return unit
    scale, bare = split_scale(figure.unit) if figure.unit.strip("百千万亿") else (figure.unit, "")
    if not bare:  # 25.63万 in a column of 元, or of 万元
        return unit if unit.startswith(scale) else scale + unit
    if not unit or bare == unit:
        return figure.unit
    raise CellError(
        f"数字后写的单位是“{figure.unit}”，单位列写的是“{unit}”",
        "请把两处改成一致，数字后面最好不写单位",
    )


def unit_beside(figure: Figure, unit: str) -> str:
    """The measure word of a figure in a row of ``unit``; what its own cell says comes first."""
    try:
        return agree(figure, unit)
    except CellError:
        return figure.unit


def converted(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """A value in another scale of its unit: 9000 份 → 0.9 万份; None between unlike units."""
    if unit == wanted:
        return value
    (scale, bare), (other, same) = split_scale(unit), split_scale(wanted)
    if bare != same:
        return None
    return _trimmed(value.scaleb(exponent(scale) - exponent(other)))


# Text.


def _typed(cell: Cell) -> Figure:
    # A spreadsheet program shows no apostrophe in front: it says that the figure is text.
    text = re.sub(r"(?<!\d) +| {1,50}(?!\d)", "", cell.folded).removeprefix("'")
    if text == "无":
        raise CellError("“无”不是数字", "没有发生的请写 0，没有这一项的请留空")
    found = _FIGURE.fullmatch(text)
    number = found["number"] if found else ""
    whole = number.lstrip("-").split(".")[0]
    if (
        found is None
        or ("," in number and not THOUSANDS.fullmatch(number))
        or (len(whole) > 1 and whole.startswith("0"))
        or len(number) > 30
    ):
        raise _unreadable(cell)
    words = [word for word in (found["before"], found["inside"], found["end"]) if word]
    unit = found["scale"] + found["unit"]
    if len(words) > 1 or (unit and not _is_unit(text.replace("+", ""), unit)):
        raise _unreadable(cell)
    approx = as_word(words[0]) if words else ""
    notice = ""
    if approx not in words and approx:
        notice = f"“{cell.plain}”按“{number}{unit}”、约数“{approx}”读取"
    return Figure(Decimal(number.replace(",", "")), unit, approx, notice)


def _unreadable(cell: Cell) -> CellError:
    text = " ".join(cell.plain.split())
    shown = text if len(text) <= 20 else f"{text[:20]}…"
    unseen = next((char for char in text if unicodedata.category(char) in _UNSEEN), "")
    if unseen:
        what = f"“{shown}”里有看不见的字符（U+{ord(unseen):04X}）"
        return CellError(what, "请清空这个单元格，重新输入数字")
    if odd := odd_number(cell.folded):
        return CellError(f"“{shown}”不是数字", f"{odd}，如 48")
    if MARK.search(text):
        return CellError(
            f"“{shown}”带有注号，不是数字", "请只写数字，注号去掉，要说明的写在“备注”列"
        )
    remedy = "请只写阿拉伯数字，如 48，单位写在“单位”列；没有数据的清空这个单元格"
    return CellError(f"“{shown}”不是数字", remedy)


def _is_unit(text: str, unit: str) -> bool:
    """Whether ``unit`` is all measure word: of 件已办结 only 件 is."""
    if unit == "%" or not unit.strip("百千万亿"):
        return True
    bare = unit.lstrip("百千万亿")
    if bare == "注":  # of a footnote rather than a lottery
        return False
    return any(mention.unit.lstrip("百千万亿") == bare for mention in find_numbers(text))


# Numbers.


@dataclass(frozen=True)
class _Format:
    """What a number format does to the number it shows."""

    percent: bool
    scaled: bool
    digits: int | None
    literal: str


def _format(code: str) -> _Format:
    section = code.split(";")[0]
    literal = "".join(_QUOTED.findall(section))
    bare = _CODES.sub("", _QUOTED.sub("", section))
    escaped = "".join(_ESCAPED.findall(bare))
    bare = _ESCAPED.sub("", bare)
    found = re.search(r"\.([0#?]*)", bare)
    general = not re.search(r"[0#?]", bare)
    return _Format(
        percent="%" in bare,
        scaled=bool(_SCALED.search(bare)) or "." in escaped + literal,
        digits=None if general else len(found[1]) if found else 0,
        literal=(literal + escaped).strip(" ￥¥$()（）"),
    )


def _stored(cell: Cell) -> Figure:
    if ";" in cell.format and not cell.format.strip("; "):
        what = f"显示格式（{cell.format}）让它看不见，实际是 {cell.text}"
        raise CellError(what, "请把单元格格式改为常规，或清空这个单元格")
    code = _format(cell.format)
    if code.scaled:
        what = f"用了缩放的显示格式（{cell.format}），显示的数和实际的数 {cell.text} 不一样"
        raise CellError(what, "请把单元格格式改为常规，直接填写要写进报告的数")
    value = Decimal(cell.text) * (100 if code.percent else 1)
    value = _trimmed(value)
    sign = "%" if code.percent else ""
    notice = ""
    if _decimals(value) > _TYPED_DIGITS:
        value, notice = _rounded(value, code, sign)
    elif code.digits is not None and _decimals(value) > code.digits:
        shown = value.quantize(Decimal(1).scaleb(-code.digits), ROUND_HALF_UP)
        notice = f"单元格显示为 {plain(shown)}{sign}，按实际的 {plain(value)}{sign} 读取"
    beside = _beside(code.literal)
    return Figure(value, sign or beside.unit, beside.approx, notice)


def _beside(literal: str) -> Figure:
    """What a format writes behind the number: ``0"件"``, ``0"余万元"``."""
    if not literal:
        return Figure(Decimal(0))
    found = _FIGURE.fullmatch(f"1{literal}")
    if found is None or not _is_unit(f"1{literal}", found["unit"] or "%"):
        raise CellError(
            f"显示格式里带有“{literal}”，看不出单位", "请把单元格格式改为常规，单位另写一列"
        )
    approx = as_word(found["inside"] or found["end"] or "")
    return Figure(Decimal(0), found["scale"] + found["unit"], approx)


def _rounded(value: Decimal, code: _Format, sign: str) -> tuple[Decimal, str]:
    """A formula's long result as the cell shows it, never as nought or all of a hundred."""
    stored = f"{value:.6f}".rstrip("0").rstrip(".") + sign
    if code.digits is None:
        what = f"算出来的数 {stored} 小数位数过多，看不出要写几位"
        remedy = "请在单元格格式里设好小数位数；比率最好写在“推算”表里"
        raise CellError(what, remedy)
    shown = _trimmed(value.quantize(Decimal(1).scaleb(-code.digits), ROUND_HALF_UP))
    if shown == 0 or (sign and shown == 100):
        what = f"显示为 {plain(shown)}{sign}，实际是 {stored}"
        raise CellError(what, "请在单元格格式里多设几位小数")
    return shown, f"实际是 {stored}，按单元格显示的 {plain(shown)}{sign} 读取"


def _trimmed(value: Decimal) -> Decimal:
    """Without an exponent and without zeros at the end."""
    text = f"{value:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def _decimals(value: Decimal) -> int:
    return len(f"{value:f}".partition(".")[2])
