"""``manifest.json`` beside an index: what it was built from, with what, and how its files look.

The index is disposable, the manifest says whether it can be believed. A manifest that can't be
read is damage like any other: ``read`` raises ``DamagedError`` and the index is built anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from fzwriter.domain import digest as domain_digest
from fzwriter.domain import once

SCHEMA = 2
_DIGEST_CHARS = 16
# What decides how a masked passage looks.
_RULES = ("fzwriter.numbers", "fzwriter.reading", "fzwriter.seeds")


class DamagedError(Exception):
    """An index or its manifest can't be believed. Never leaves this package."""


@dataclass(frozen=True)
class ReportEntry:
    """What a manifest remembers of one report, so that listing needs no reading."""

    name: str
    title: str
    unit: str
    unit_type: str
    kind: str
    year: int
    sections: int
    passages: int
    notices: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    repaired: int = 0


@dataclass(frozen=True)
class SeedEntry:
    """One seed file in the index: hash of its bytes, its reports, why it was left out if so."""

    sha256: str
    reports: tuple[ReportEntry, ...] = ()
    problem: str = ""

    @property
    def passages(self) -> int:
        """How many passages it gave."""
        return sum(report.passages for report in self.reports)


@dataclass(frozen=True)
class Manifest:
    """What an index holds.

    Attributes:
        embedding: name of the embedding; vectors of two don't compare.
        rules: hash of the rules that made passages of seeds.
        folder: the generation folder beside the manifest; "" on a server.
        seeds: by name of the seed file.
        files: size and SHA-256 of the generation's files that don't change when it is opened.
        schema: version of this format.
    """

    embedding: str
    rules: str
    folder: str = ""
    seeds: dict[str, SeedEntry] = field(default_factory=dict)
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    schema: int = SCHEMA

    @property
    def count(self) -> int:
        """How many passages the index holds."""
        return sum(seed.passages for seed in self.seeds.values())


def read(path: Path) -> Manifest | None:
    """The manifest at a path; ``None`` where there is none.

    Raises:
        DamagedError: there is one, but it can't be read.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DamagedError("清单读不出来") from error
    try:
        return _manifest(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedError("清单内容不对") from error


def write(path: Path, manifest: Manifest) -> None:
    """Put a manifest in place in one step: a reader sees the old one or the new one.

    Raises:
        OSError: the folder can't be written.
    """
    data = asdict(manifest) | {"count": manifest.count}
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _manifest(data: dict[str, Any]) -> Manifest:
    manifest = Manifest(
        embedding=str(data["embedding"]),
        rules=str(data["rules"]),
        folder=str(data["folder"]),
        seeds={str(name): _seed(entry) for name, entry in data["seeds"].items()},
        files={
            str(name): (int(size), str(digest)) for name, (size, digest) in data["files"].items()
        },
        schema=int(data["schema"]),
    )
    if int(data["count"]) != manifest.count or "/" in manifest.folder or "\\" in manifest.folder:
        raise ValueError("count or folder")
    return manifest


def _seed(entry: dict[str, Any]) -> SeedEntry:
    reports = tuple(
        ReportEntry(
            **report | {"notices": tuple(report["notices"]), "repairs": tuple(report["repairs"])}
        )
        for report in entry["reports"]
    )
    return SeedEntry(str(entry["sha256"]), reports, str(entry["problem"]))


@once
def rules_digest() -> str:
    """A hash over the rules that turn a seed into passages: code, word lists, files of the domain.

    An index built by other rules is stale: names that a better rule masks may stand in it.
    """
    digest = hashlib.sha256(domain_digest().encode())
    for package in _RULES:
        for file in sorted(resources.files(package).iterdir(), key=lambda item: item.name):
            if file.name.endswith((".py", ".yaml")):
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:_DIGEST_CHARS]
