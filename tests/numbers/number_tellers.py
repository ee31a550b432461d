from __future__ import annotations

from decimal import Decimal

from fzwriter.numbers import find_numbers
from fzwriter.report import Mention, Value


def shown(value: Value) -> str:
    """A value in a word: 12.5, 3..5, - for none."""
    if isinstance(value, tuple):
        return "..".join("" if end is None else f"{end.normalize():f}" for end in value)
    return "-" if value is None else f"{value.normalize():f}"


def told(mention: Mention) -> str:
    """A mention in a line: text kind value unit approx, the last two only where there are any."""
    parts = [mention.text, mention.kind, shown(mention.value), mention.unit, mention.approx]
    return " ".join(part for part in parts if part)


def figures(text: str) -> list[str]:
    """The data figures of a text, each in a line without its kind."""
    return [told(m).replace(" quantity ", " ") for m in find_numbers(text) if m.kind == "quantity"]


def base(text: str) -> Decimal | tuple[Decimal | None, Decimal | None] | None:
    """The base value of the only data figure in a text."""
    (figure,) = (m for m in find_numbers(text) if m.kind == "quantity")
    return figure.base_value
