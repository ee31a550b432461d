"""Text as the scanner reads it: full-width forms folded to half-width, one code point for one."""

from __future__ import annotations

_FULL = "０１２３４５６７８９．％，＋－～：／（）＝ＸｘＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＹＺ"
_HALF = "0123456789.%,+-~:/()=XxABCDEFGHIJKLMNOPQRSTUVWYZ"
# Only what a numeral can contain or border on. Commas and parentheses in running Chinese are
# folded too: the scanner asks for digits on both sides before it reads a comma as a separator.
_TABLE = str.maketrans(_FULL + "﹪﹒\u3000\u00a0\u2002\u2003\u2009", _HALF + "%.     ")

OPEN_QUOTES = '“"「『‘'
CLOSE_QUOTES = '”"」』’'


def fold(text: str) -> str:
    """``text`` with full-width digits, signs, letters and spaces made half-width; same length."""
    return text.translate(_TABLE)
