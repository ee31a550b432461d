"""Characters that never belong in a report: what XML forbids and what nobody can see.

An invisible character inside a figure (``4<U+200B>8件``) would hide it from the checker, so the
reader drops them and the writers do not print them.
"""

from __future__ import annotations

import re

_UNWANTED = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, save tab and line feed
    "\u00ad"  # soft hyphen
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # zero width, direction marks
    "\u2028\u2029"  # line and paragraph separators
    "\ud800-\udfff"  # lone surrogates: no encoding has them
    "\ufdd0-\ufdef\ufffe\uffff"  # noncharacters
    "]"
)


def clean_text(text: str) -> str:
    """Drop control characters, lone surrogates, noncharacters and invisible characters."""
    return _UNWANTED.sub("", text)


def count_unwanted(text: str) -> int:
    """How many characters ``clean_text`` would drop."""
    return len(_UNWANTED.findall(text))
