"""Numerals in Chinese text: found, read and told apart. No facts are needed here.

``find_numbers(text)`` returns every numeral, Arabic, full-width or Chinese, as a ``Mention`` with a
kind. It is complete by construction: a numeral that no rule explains and that could be data *is*
data (kind ``quantity``), so that nothing escapes the check because its unit is unknown.
"""

from fzwriter.numbers.lexicon import Lexicon, default_lexicon
from fzwriter.numbers.scan import find_numbers
from fzwriter.numbers.text import fold
from fzwriter.numbers.value import parse_chinese

__all__ = ["Lexicon", "default_lexicon", "find_numbers", "fold", "parse_chinese"]
