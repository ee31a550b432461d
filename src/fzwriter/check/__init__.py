"""The independent checker: ``check(text, sheet)`` proves every number or says what is wrong.

It knows only the text and the fact sheet: never who wrote the text, or how.

The package is itself callable. Importing any of its modules binds ``fzwriter.check`` to the package, over
the function of that name; so ``from fzwriter import check`` gives something to call either way.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from fzwriter.check.core import check
from fzwriter.check.prepared import sheet_lexicon
from fzwriter.facts import FactSheet
from fzwriter.numbers import Lexicon
from fzwriter.reading import ReportText
from fzwriter.report import CheckReport

__all__ = ["check", "sheet_lexicon"]


class _Check(ModuleType):
    """The package as a function: what is called is ``core.check``."""

    def __call__(
        self,
        text: str | ReportText,
        sheet: FactSheet,
        sources: Sequence[str] = (),
        lexicon: Lexicon | None = None,
    ) -> CheckReport:
        return check(text, sheet, sources, lexicon)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        """Handed to another process as functions are: by name."""
        return importlib.import_module, (self.__name__,)


sys.modules[__name__].__class__ = _Check
