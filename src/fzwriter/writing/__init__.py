"""Writing: planning a report and composing its text with slots for the figures."""

from fzwriter.writing.ask import Brief
from fzwriter.writing.composer import Composer
from fzwriter.writing.judge import Check
from fzwriter.writing.llm_writer import LlmWriter, Outcome, joined
from fzwriter.writing.plan import Plan
from fzwriter.writing.planning import make_plan
from fzwriter.writing.prompts import Prompts, load_prompts
from fzwriter.writing.slots import figures_of

__all__ = [
    "Brief",
    "Check",
    "Composer",
    "LlmWriter",
    "Outcome",
    "Plan",
    "Prompts",
    "figures_of",
    "joined",
    "load_prompts",
    "make_plan",
]
