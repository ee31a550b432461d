"""The independent checker: ``check(text, sheet)`` proves every number or says what is wrong.

It knows only the text and the fact sheet: never who wrote the text, or how.
"""

from fzwriter.check.core import check
from fzwriter.check.prepared import sheet_lexicon

__all__ = ["check", "sheet_lexicon"]
