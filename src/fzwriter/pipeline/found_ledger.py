"""The ledger that belongs to a file: inside it, or beside it. Both are strangers' data by now."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, NamedTuple

from fzwriter.documents import Document, clean_text
from fzwriter.output.ledger import Entry, Ledger

SIDECAR = ".ledger.json"
_MAX_LEDGER = 20 * 1024 * 1024


class FoundLedger(NamedTuple):
    """A ledger if there is a sound one, what to say of it, and whether it lay beside the file."""

    ledger: Ledger | None
    notices: tuple[str, ...] = ()
    beside: bool = False


def find_ledger(document: Document) -> FoundLedger:
    """The ledger in a document, else the one of its name beside it (``X.ledger.json``)."""
    notices: tuple[str, ...] = ()
    if document.ledger:
        try:
            return FoundLedger(_sound(document.ledger))
        except (ValueError, RecursionError):
            notices = ("文件里带的数字台账已损坏",)
    path = document.path.with_suffix("")
    path = path.with_name(path.name + SIDECAR)
    try:
        if path.is_file():
            if path.stat().st_size > _MAX_LEDGER:
                raise ValueError("too large")
            return FoundLedger(_sound(path.read_text("utf-8-sig")), notices, beside=True)
    except (OSError, ValueError, RecursionError):
        notices = (*notices, f"{path.name} 读不通")
    return FoundLedger(None, tuple(f"{line}，没有比较" for line in notices))


def _sound(text: str) -> Ledger:
    """A ledger whose every field is what it should be, with nothing unprintable in it.

    Raises:
        ValueError: it isn't.
    """
    ledger = Ledger.from_json(text)
    kinds = {
        field.name: type(getattr(Entry("", 0, 0, 0, ""), field.name)) for field in fields(Entry)
    }
    seen: set[str] = set()
    entries = []
    for entry in ledger.entries:
        values = {name: _clean(getattr(entry, name), kind) for name, kind in kinds.items()}
        if entry.id in seen:
            raise ValueError(f"{entry.id} twice")
        seen.add(entry.id)
        entries.append(Entry(**values))
    return Ledger(_clean(ledger.title, str), tuple(entries))


def _clean(value: Any, kind: type) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError(f"{json.dumps(value)[:20]} is no {kind.__name__}")
    if isinstance(value, tuple):
        return tuple(_clean(one, str) for one in value)
    return " ".join(clean_text(value).split("\n")) if isinstance(value, str) else value
