"""What the rules of the scanner exchange: the numeral under the cursor, and what a rule found."""

from __future__ import annotations

from typing import NamedTuple

from fzwriter.report import Kind, Value


class Cursor(NamedTuple):
    """The numeral being read.

    Attributes:
        text: the whole text on half-width.
        start: first code point of the numeral's core (its run of digits or numeral characters).
        end: one past the core.
        floor: end of the mention before; nothing may reach back over it.
    """

    text: str
    start: int
    end: int
    floor: int

    @property
    def core(self) -> str:
        """The run of digits or numeral characters."""
        return self.text[self.start : self.end]

    @property
    def arabic(self) -> bool:
        """Whether the core is written in Arabic digits."""
        return "0" <= self.text[self.start] <= "9"

    def before(self, length: int) -> str:
        """Up to ``length`` characters in front of the core."""
        return self.text[max(0, self.start - length) : self.start]


class Found(NamedTuple):
    """What a rule says: bounds, kind and, for what has one, the value (see ``report.Mention``)."""

    start: int
    end: int
    kind: Kind
    value: Value = None
    base: Value = None
    unit: str = ""
    approx: str = ""
