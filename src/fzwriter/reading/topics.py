"""The topic of a passage: the seam between seeds and the catalogue of indicators.

``topic_of`` is all that splitting knows of topics. The facts' own topics come from the indicator
catalogue; passages are filed under the same names, or a section would find no exemplar.
"""

from __future__ import annotations

import functools

from fzwriter.domain import keywords
from fzwriter.reading.lexicon import load

_HEADING_WEIGHT = 3
_LEAD_WEIGHT = 2  # an item opens with a sentence that serves as its heading
_LEAD_CHARS = 40


@functools.cache
def manners() -> dict[str, tuple[str, ...]]:
    """Words by which a shortcoming, a plan and a result are known."""
    return {manner: tuple(keys.split()) for manner, keys in load("manners.yaml")["manners"].items()}


def topic_of(text: str, heading: str = "") -> str:
    """The topic that a passage speaks of; "" when no word tells.

    Args:
        text: the passage.
        heading: the innermost heading above it that is about a matter (主要举措和成效 is not).
    """
    lead = text.split("。", 1)[0][:_LEAD_CHARS]
    best, best_score = "", 0
    for topic, keys in keywords().items():
        score = sum(
            _HEADING_WEIGHT * (key in heading) + _LEAD_WEIGHT * (key in lead) + (key in text)
            for key in keys
        )
        if score > best_score:
            best, best_score = topic, score
    return best
