"""Rewriting: a report of one unit or year as the skeleton of another's.

``source`` reads the report as blocks and sentences, masked; ``mapping`` and ``replan`` put the target's
material into its order; ``register`` and ``sayable`` decide which of its words may be said again, and how
the target says them; ``composer`` writes. No figure, name, document or deed of the source passes.
"""

from fzwriter.writing.rewriting.arrange import Naming, SourceFigure
from fzwriter.writing.rewriting.composer import RewriteComposer
from fzwriter.writing.rewriting.patterns import patterns_of
from fzwriter.writing.rewriting.register import Register, strange_words
from fzwriter.writing.rewriting.replan import Pattern, Replan, replan
from fzwriter.writing.rewriting.sayable import Sayable
from fzwriter.writing.rewriting.source import Source, read_source

__all__ = [
    "Naming",
    "Pattern",
    "Register",
    "Replan",
    "RewriteComposer",
    "Sayable",
    "Source",
    "SourceFigure",
    "patterns_of",
    "read_source",
    "replan",
    "strange_words",
]
