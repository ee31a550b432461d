from __future__ import annotations

from pathlib import Path

import pytest

import fzwriter
from common import ROOT
from slow_patterns import Pattern, compiled, faults, written

PACKAGE = Path(fzwriter.__file__).parent
CASES = ROOT / "eval" / "cases"
# Slow in shape alone: the texts these are held against are short.
SHORT = {"catalogue_data.py": "names of at most 40 characters"}


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> list[Pattern]:
    return written(PACKAGE) + compiled(
        PACKAGE,
        tmp_path_factory.mktemp("home"),
        CASES / "003-sifaju-baogao" / "facts.yaml",
        CASES / "001c-jiaoyuju-zongjie" / "facts.yaml",
        ROOT / "seeds" / "sifaju-baogao-2023.md",
    )


def test_no_pattern_of_the_package_is_slow_on_a_text_made_for_it(patterns: list[Pattern]) -> None:
    assert len(patterns) > 500
    for known in ("wording.py", "marks.py", "lexicon.py", "people.py", "powers.py", "tidy.py"):
        assert any(pattern.place.startswith(known) for pattern in patterns)
    slow = {
        f"{pattern.place} {' '.join(found)}: {pattern.source[:100]}"
        for pattern in patterns
        if pattern.place.partition(":")[0] not in SHORT and (found := faults(pattern))
    }
    assert sorted(slow) == []


def test_what_is_excused_is_slow_in_shape(patterns: list[Pattern]) -> None:
    excused = [p for p in patterns if p.place.partition(":")[0] in SHORT]
    assert any(faults(pattern) for pattern in excused)


@pytest.mark.parametrize(
    ("source", "shape"),
    [
        ("[^。！？\n]{16,}[。！？]", "again"),
        ("<!--.*?-->", "again"),
        ("《[^》]*》", "again"),
        ("[ab]*c", "again"),
        (r"\s+$", "again"),
        ("(?<![A-Za-z])[xX×]+市", "again"),
        ("(?=[一-龥]*局)市", "again"),
        ("实现.*目标", "again"),
        (r"甲\s*[，,]?\s*乙", "shared"),
        (r"^\S*a\d+号", "shared"),
        ("(?:a+)+b", "nested"),
        (r"(?:\s*[一-龥]*)*。", "nested"),
        ("^(?:另有|另|有)*$", "nested"),
        ("(?:达(?:到)?|到|约)+好", "nested"),
    ],
)
def test_a_slow_shape_is_found(source: str, shape: str) -> None:
    assert shape in faults(Pattern(source, 0, "", at_start=False))


@pytest.mark.parametrize(
    "source",
    [
        "(?<![^。！？\n])[^。！？\n]{16,}[。！？]",
        "《[^《》]*》",
        r"\d+(?:\.\d+)?%?",
        r"(?<!\s)\s+$",
        "[^。]+(?:[。]+”?|$)",
        "^[ab]*c",
        "[ab]{0,40}c",
        r"甲\s*(?:[，,]\s*)?乙",
        "(?:另有|另|有)*+",
        "^(?:另有|仍有|有)*$",
        "(?<=号)[一-十]+件",
    ],
)
def test_a_linear_shape_is_no_fault(source: str) -> None:
    assert faults(Pattern(source, 0, "", at_start=False)) == []


def test_a_pattern_used_at_a_text_s_start_only_is_entered_once() -> None:
    assert faults(Pattern("[ab]*c", 0, "", at_start=True)) == []
    assert faults(Pattern("a*[ab]*c", 0, "", at_start=True)) == ["shared"]
