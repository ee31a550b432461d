"""The five real files, read beside the repository: what comes out of them is right and clean.

``real_seeds.json`` holds numbers, lengths, levels and hashes only; names are read from the files,
at the places it gives.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from fzwriter.reading import SeedReport, clean, outline, read_seeds
from fzwriter.seeds import SeedLibrary, masked_passages

pytestmark = pytest.mark.shared
EXPECTED: dict[str, Any] = json.loads(
    (Path(__file__).parent / "real_seeds.json").read_text(encoding="utf-8")
)
_DIRT = re.compile(
    r"##|素材库|代笔|客服|会员|网盘|svip|(?<![A-Za-z])D[^A-Za-z]|(?<!L)ED[屏显]|[A-WYZ]{3}(?!\w)"
    r"|狗狗|哒哒|[\u4e00-\u9fff][,;:?!][\u4e00-\u9fff]|党的[xX]{2}大|(?<!习近平)新时代中国特色社会主义思想"
)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


@pytest.fixture(scope="module")
def reports(shared: Path) -> dict[str, tuple[SeedReport, ...]]:
    return {stem: read_seeds(shared / "seeds" / f"{stem}.txt") for stem in EXPECTED}


def test_ten_reports_of_the_right_type_and_kind(reports: dict[str, tuple[SeedReport, ...]]) -> None:
    assert sum(map(len, reports.values())) == 10
    for stem, found in reports.items():
        wanted = EXPECTED[stem]["reports"]
        assert [(r.unit_type, r.kind, r.year) for r in found] == [
            (w["unit_type"], w["kind"], w["year"]) for w in wanted
        ]


def test_right_section_trees(reports: dict[str, tuple[SeedReport, ...]]) -> None:
    for stem, found in reports.items():
        for report, wanted in zip(found, EXPECTED[stem]["reports"], strict=True):
            tree = [
                [h.level, h.number, int(h.given), len(h.text), _hash(h.text)]
                for h in outline(report.paragraphs, report.unit)
            ]
            assert tree == wanted["outline"], report.name
            assert len(masked_passages(report)) == wanted["passages"]


def test_nothing_dirty_is_left_and_cleaning_again_changes_nothing(
    reports: dict[str, tuple[SeedReport, ...]],
) -> None:
    for found in reports.values():
        for report in found:
            assert not _DIRT.search(report.text), _DIRT.findall(report.text)
            assert clean(report.paragraphs).paragraphs == report.paragraphs


def test_what_goes_into_the_index_names_nobody(shared: Path, home: Path) -> None:
    names = set()
    for stem, wanted in EXPECTED.items():
        text = (shared / "seeds" / f"{stem}.txt").read_text(encoding="utf-8")
        names |= {text[at : at + length] for at, length in wanted.get("names", ())}
    assert len(names) == 3
    with SeedLibrary.open(home, None) as library:
        summary = library.add([shared / "seeds"])
        assert (summary.reports, len(summary.skipped)) == (10, 0)
        assert summary.repairs > 100
        library.search("行政复议")
        passages = library._index.passages()
        again = library.add([shared / "seeds"])
    assert len(passages) == summary.passages
    assert (again.reports, len(again.skipped)) == (0, 5)
    for passage in passages:
        stored = passage.text + "".join(passage.path)
        assert not any(name in stored or name[1:] in stored for name in names)
        assert not re.search(r"\d", re.sub(r"12345|“?12·4”?", "", stored)), stored
