"""Keys and passwords that must not leave the program, whatever text they turn up in.

What is configured is known by its very characters, so it is looked for as such and in the forms that
servers and libraries give back: quoted for an address, for JSON, for HTML, in base64. Whoever learns
a secret (``Settings``, ``Endpoint``) calls ``hide``; whatever leaves (errors, what is printed, run
files, caches, records) goes through ``masked``.
"""

from __future__ import annotations

import base64
import html
import json
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

MASK = "…"
_SHORTEST = 4  # less is no secret, and would be found in any word
_WHOLE = 8  # below that only as a word of its own; digits alone may be a year or a figure
_SECRET_NAME = re.compile(r"key|token|secret|passw|pwd|auth|sig|credential", re.IGNORECASE)
_KEY_VARIABLE = re.compile(r"(?:API|ACCESS|SECRET|AUTH)_?KEY$|TOKEN$|SECRET$|PASSWORD$")
_hidden: set[str] = set()


def hide(*secrets: str) -> None:
    """Mask these from now on; dummies and what is too short to be a secret are passed over."""
    for secret in map(str.strip, secrets):
        if len(secret) < _SHORTEST or secret in ("none", "None", "null", "EMPTY"):
            continue
        if len(secret) >= _WHOLE or not secret.isdigit():
            _hidden.add(secret)


def hide_url(url: str) -> None:
    """Mask what in an address is secret: its user's password, keys in its query."""
    try:
        parts = urlsplit(url)
        user, password = parts.username or "", parts.password or ""
    except ValueError:
        return
    if "@" in parts.netloc:
        hide(parts.netloc.rpartition("@")[0])
    hide(*{password or user, unquote(password or user), unquote(f"{user}:{password}")} - {":"})
    hide(*(value for name, value in parse_qsl(parts.query) if _SECRET_NAME.search(name)))


def hide_environment() -> None:
    """Mask every key that libraries may take from the environment by themselves."""
    hide(*(value for name, value in os.environ.items() if _KEY_VARIABLE.search(name)))


def masked(text: str) -> str:
    """A text without the secrets, whichever way they are written in it."""
    return _pattern(frozenset(_hidden)).sub(MASK, text) if _hidden else text


@lru_cache(maxsize=4)
def _pattern(secrets: frozenset[str]) -> re.Pattern[str]:
    """Longest first: a form may hold another."""
    forms = {form for secret in secrets for form in _forms(secret)}
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(_searched, ordered)))


def _searched(form: str) -> str:
    pattern = re.sub("%[0-9A-F]{2}", lambda escape: f"(?i:{escape[0]})", re.escape(form))
    return pattern if len(form) >= _WHOLE else rf"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])"


def _forms(secret: str) -> Iterator[str]:
    yield from {quote(secret, safe=""), quote(secret), quote_plus(secret)}
    yield from {secret, html.escape(secret), repr(secret)[1:-1]}
    yield from {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    for offset in range(3):  # where in a longer text it was when that was encoded
        whole = base64.b64encode(b"\0" * offset + secret.encode())
        # Only the characters that nothing but the secret decides.
        start, end = (0, 2, 3)[offset], (offset + len(secret.encode())) * 8 // 6
        core = whole[start:end].decode()
        if len(core) >= _WHOLE:
            yield from {core, core.replace("+", "-").replace("/", "_")}
