"""Records of an evaluation: JSON lines that survive a kill, keyed by the content they came from.

``drafts.jsonl`` holds what was written (once), ``scores.jsonl`` what it was worth (again whenever the
code that judges has changed). A line is written whole and flushed to disk; a last line cut off by a
kill is left out and, when the next record is appended, made a line of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fzwriter.errors import InputError, reason
from fzwriter.redaction import masked
from fzwriter.report import Decision, Paragraph, Report, Section, Span

DRAFTS, SCORES = "drafts.jsonl", "scores.jsonl"
_PACKAGE = Path(__file__).resolve().parents[1]
# What only judges or tells doesn't change what is written.
_TELLING = ("evaluation/scorers", "evaluation/templates", "cli/")
_WRITING = ("template.py", "plain_llm.py", "simulated.py", "variants.py", "personas.yaml")


class Journal:
    """Records by key in one JSONL file.

    Args:
        path: the file; its folder is made when the first record comes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._records = {record["key"]: record for record in read_lines(path)}

    def __contains__(self, key: str) -> bool:
        return key in self._records

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._records.values())

    def get(self, key: str) -> dict[str, Any] | None:
        """The last record of this key."""
        return self._records.get(key)

    def add(self, record: dict[str, Any]) -> None:
        """Append a record and make sure that it is on the disk.

        Raises:
            InputError: the file can't be written.
        """
        line = masked(json.dumps(record, ensure_ascii=False, sort_keys=True))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab+") as file:
                if file.tell():
                    file.seek(-1, os.SEEK_END)
                    if file.read(1) != b"\n":
                        file.write(b"\n")
                file.write(line.encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise InputError(
                f"评测结果不能写入（{reason(error)}）",
                path=self.path,
                remedy="请检查权限和磁盘空间，或换一个 --out",
            ) from error
        self._records[record["key"]] = json.loads(line)


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file; lines that aren't whole records are left out."""
    try:
        lines = path.read_text("utf-8", "replace").split("\n")
    except FileNotFoundError:
        return
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and isinstance(record.get("key"), str):
            yield record


def digest(value: Any) -> str:
    """A short content hash of what JSON can say."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:20]


def folder_digest(folder: Path, pattern: str = "*") -> str:
    """A content hash of the files in a folder and below."""
    files = sorted(path for path in folder.rglob(pattern) if path.is_file())
    return digest(
        [
            [path.relative_to(folder).as_posix(), sha256(path.read_bytes()).hexdigest()]
            for path in files
        ]
    )


@lru_cache(maxsize=2)
def code_digest(*, judging: bool) -> str:
    """A hash of the package's own files.

    Args:
        judging: with all that judges and tells; else only what decides which text is written.
    """
    found = []
    for path in sorted(_PACKAGE.rglob("*")):
        name = path.relative_to(_PACKAGE).as_posix()
        if path.suffix in (".py", ".yaml", ".md") and (judging or _writes(name)):
            found.append([name, sha256(path.read_bytes()).hexdigest()])
    return digest(found)


def _writes(name: str) -> bool:
    if name.startswith("evaluation/"):
        return name.endswith(_WRITING)
    return not name.startswith((*_TELLING, "output/"))


# -- reports as JSON -------------------------------------------------------------------------------


def report_from(raw: Mapping[str, Any]) -> Report:
    """A report from ``pipeline.runs.plain`` of it; the verdict is left out, it is made anew."""
    sections = tuple(
        Section(
            one["part"],
            tuple(_paragraph(p) for p in one["paragraphs"]),
            tuple(one.get("topics", ())),
        )
        for one in raw["sections"]
    )
    return Report(
        title=raw["title"],
        sections=sections,
        addressee=raw.get("addressee", ""),
        signature=raw.get("signature", ""),
        date=raw.get("date", ""),
        pending=tuple(raw.get("pending", ())),
        seeds=tuple(raw.get("seeds", ())),
        decisions=tuple(
            Decision(**{**d, "details": tuple(d.get("details", ()))})
            for d in raw.get("decisions", ())
        ),
    )


def _paragraph(raw: Mapping[str, Any]) -> Paragraph:
    spans = tuple(
        Span(s["start"], s["end"], tuple(s["sources"]), s.get("formula", ""))
        for s in raw.get("spans", ())
    )
    known = {f.name for f in fields(Paragraph)} - {"spans"}
    return Paragraph(**{k: v for k, v in raw.items() if k in known}, spans=spans)


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix: which case is written by whom.

    Attributes:
        case: its name.
        variant: how it is written.
        model: name of the model, "" without one.
        prompts: name of the version of the prompts, "" for those in use.
    """

    case: str
    variant: str
    model: str = ""
    prompts: str = ""

    @property
    def system(self) -> str:
        """The writer as tables name it: ``full@qwen#new``."""
        model = f"@{self.model}" if self.model else ""
        prompts = f"#{self.prompts}" if self.prompts else ""
        return f"{self.variant}{model}{prompts}"
