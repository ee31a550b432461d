"""Writing: planning a report and composing its text with slots for the figures."""

from fzwriter.writing.composer import Composer
from fzwriter.writing.plan import Plan, make_plan

__all__ = ["Composer", "Plan", "make_plan"]
