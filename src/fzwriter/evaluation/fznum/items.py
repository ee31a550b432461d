"""The items of the benchmark: texts, the claims in them that are judged, and their files."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from fzwriter.errors import InputError
from fzwriter.evaluation.sites import Span

Split = Literal["dev", "test"]
# Who made an item: a person all of it; a program the change in a person's text; a program all.
Origin = Literal["hand", "changed", "composed"]
SPLITS: tuple[Split, ...] = ("dev", "test")
ORIGINS: tuple[Origin, ...] = ("hand", "changed", "composed")


@dataclass(frozen=True)
class Judged:
    """A claim of a text that is scored: a right figure, or what makes a twin wrong.

    Attributes:
        spans: where it stands; a finding that overlaps one of them is about it.
        kind: class of a right figure; kind of a wrong twin.
        source: id or expression of a right figure.
        proof: how its label is proved, "" where two people read it.
    """

    spans: tuple[Span, ...]
    kind: str
    source: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Item:
    """A text beside a sheet.

    Attributes:
        id: unique in the benchmark.
        split: dev or test.
        sheet: id of the sheet.
        text: plain.
        right: whether all it says holds.
        judged: the claims that are scored; those of a wrong twin are its faults.
        origin: who made it.
        hand: the person, or ``made``.
        voice: how it is worded.
        twin_of: id of the right text it differs from, "" for that text.
        kind: of the fault, of the rewording, or "".
        note: what was changed.
    """

    id: str
    split: Split
    sheet: str
    text: str
    right: bool
    judged: tuple[Judged, ...]
    origin: Origin
    hand: str
    voice: str
    twin_of: str = ""
    kind: str = ""
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """The text level, without the claims."""
        return {
            "id": self.id, "split": self.split, "sheet_id": self.sheet, "origin": self.origin, "hand": self.hand,
            "voice": self.voice, "right": self.right, "twin_of": self.twin_of, "kind": self.kind, "note": self.note,
            "text": self.text,
        }  # fmt: skip

    def claims_json(self) -> Iterator[dict[str, Any]]:
        """The figure level."""
        for number, one in enumerate(self.judged, 1):
            yield {
                "id": f"{self.id}#{number}", "item": self.id, "right": self.right, "class": one.kind,
                "figure": [self.text[s:e] for s, e in one.spans], "spans": [list(span) for span in one.spans],
                "source": one.source, "proof": one.proof,
            }  # fmt: skip


@dataclass
class Bench:
    """Sheets (as written) and items.

    Attributes:
        sheets: by id, each as the mapping of a facts file.
        items: in order.
        left_out: what could not be taken in, one line each.
        read_by_two: labels that no computation proves, one line each.
    """

    sheets: dict[str, dict[str, Any]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    read_by_two: list[str] = field(default_factory=list)


def dumped(value: object) -> str:
    """One line of JSON, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def digest(bench: Bench) -> str:
    """SHA-256 of everything a score depends on."""
    total = hashlib.sha256()
    for id in sorted(bench.sheets):
        total.update(f"{id}{dumped(bench.sheets[id])}\n".encode())
    for item in bench.items:
        total.update(f"{dumped(item.as_json())}\n".encode())
        for claim in item.claims_json():
            total.update(f"{dumped(claim)}\n".encode())
    return total.hexdigest()


def write_items(items: Iterable[Item], folder: Path, name: str) -> None:
    """``texts-NAME.jsonl.gz`` and ``figures-NAME.jsonl.gz``; the same items, the same bytes."""
    kept = list(items)
    _write(folder / f"texts-{name}.jsonl.gz", (item.as_json() for item in kept))
    _write(folder / f"figures-{name}.jsonl.gz", (c for item in kept for c in item.claims_json()))


def _write(path: Path, rows: Iterable[object]) -> None:
    text = "".join(f"{dumped(row)}\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def read_items(folder: Path, name: str) -> list[Item]:
    """Items as ``write_items`` wrote them.

    Raises:
        InputError: a file is missing or damaged.
    """
    claims: dict[str, list[Judged]] = {}
    for row in _read(folder / f"figures-{name}.jsonl.gz"):
        spans = tuple((int(s), int(e)) for s, e in row["spans"])
        one = Judged(spans, row["class"], row["source"], row["proof"])
        claims.setdefault(row["item"], []).append(one)
    return [
        Item(
            row["id"], row["split"], row["sheet_id"], row["text"], row["right"], tuple(claims.get(row["id"], ())),
            row["origin"], row["hand"], row["voice"], row["twin_of"], row["kind"], row["note"],
        )
        for row in _read(folder / f"texts-{name}.jsonl.gz")
    ]  # fmt: skip


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        return [
            json.loads(line)
            for line in gzip.decompress(path.read_bytes()).decode().split("\n")
            if line
        ]
    except (OSError, EOFError, ValueError) as error:
        raise InputError(
            "基准数据读不出", path=path, remedy="请用 python eval/fznum_build.py 重新生成"
        ) from error
