"""Every case's draft, edited number by number in the ways Word allows; and through LibreOffice."""

from __future__ import annotations

import copy
import random
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from word_edits import Word, tag_of, text_of

from common import CASES
from fzwriter import draft, load_facts
from fzwriter.check import check
from fzwriter.documents import office, read_text
from fzwriter.facts import FactSheet
from fzwriter.output.formats.docx import docx_bytes
from fzwriter.output.ledger import Entry, Ledger, make_ledger
from fzwriter.pipeline.returned import Comparison, compare

PICKED = 1  # numbers edited in each way in each case; all were right with 3


@dataclass
class Drafted:
    sheet: FactSheet
    ledger: Ledger
    path: Path

    def back(self, word: Word) -> tuple[Comparison, bool]:
        return self.read(word.save(self.path.with_name("改.docx")))

    def read(self, path: Path) -> tuple[Comparison, bool]:
        document = read_text(path)
        verdict = check(document.printed, self.sheet)
        comparison = compare(document, verdict)
        assert comparison is not None
        return comparison, verdict.ok

    def picked(self, seed: str, kinds: tuple[str, ...] = ("quantity",)) -> list[Entry]:
        some = [e for e in self.ledger.entries if e.kind in kinds and e.text.isdigit()]
        return random.Random(seed).sample(some, min(PICKED, len(some)))


def write(case: Path, folder: Path, home: Path) -> Drafted:
    """Draft a case; one library of exemplars serves them all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FZWRITER_HOME", str(home))
        sheet = load_facts(case / "facts.yaml")
        report = draft(sheet, writer="offline")
    ledger = make_ledger(report, sheet)
    path = folder / "报告.docx"
    path.write_bytes(docx_bytes(report, ledger=ledger))
    return Drafted(sheet, ledger, path)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("library")


@pytest.fixture(scope="module", params=CASES[::3], ids=lambda case: case.name)
def drafted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, library: Path
) -> Drafted:
    return write(request.param, tmp_path_factory.mktemp("case"), library)


def edits(comparison: Comparison) -> list[tuple[str, str]]:
    return [(change.outcome, change.id) for change in comparison.edits]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_untouched_nothing_is_told(case: Path, tmp_path: Path, library: Path) -> None:
    drafted = write(case, tmp_path, library)
    comparison, ok = drafted.read(drafted.path)
    assert edits(comparison) == []
    assert len(comparison.changes) == len(drafted.ledger.entries)
    assert ok


def test_without_its_controls_nothing_is_told_either(drafted: Drafted) -> None:
    word = Word(drafted.path)
    word.drop_controls()
    assert edits(drafted.back(word)[0]) == []


@pytest.mark.parametrize("over", [False, True])
def test_a_figure_changed_is_changed_and_never_passes(drafted: Drafted, over: bool) -> None:
    for entry in drafted.picked(f"changed {over}"):
        word = Word(drafted.path)
        wrong = str(int(entry.text) * 7 + 3)
        (word.type_over if over else word.type_in_control)(entry.id, wrong)
        comparison, ok = drafted.back(word)
        assert edits(comparison) == [("changed", entry.id)]
        (change,) = comparison.edits
        assert change.new.startswith(wrong)
        assert (change.status, ok) == ("untraced", False)


def test_a_figure_typed_again_is_retyped(drafted: Drafted) -> None:
    for entry in drafted.picked("retyped"):
        word = Word(drafted.path)
        word.type_over(entry.id, entry.text)
        assert edits(drafted.back(word)[0]) == [("retyped", entry.id)]


def test_a_figure_deleted_is_deleted(drafted: Drafted) -> None:
    for entry in drafted.picked("deleted"):
        word = Word(drafted.path)
        control = word.control(entry.id)
        control.getparent().remove(control)
        assert edits(drafted.back(word)[0]) == [("deleted", entry.id)]


def test_a_paragraph_moved_keeps_its_numbers(drafted: Drafted) -> None:
    word = Word(drafted.path)
    tagged = [p for p in word.body if any(tag_of(c) for c in p.iter(c_tag(word)))]
    body = [p for p in tagged if len(text_of(p)) > 60]
    if len(body) < 2:
        pytest.skip("fewer than two paragraphs with numbers")
    first, last = body[0], body[-1]
    ids = {tag_of(c) for c in first.iter(c_tag(word))}
    last.addnext(first)
    comparison, _ = drafted.back(word)
    assert {o for o, _ in edits(comparison)} <= {"moved"}
    assert {id for _, id in edits(comparison)} == ids


def test_a_paragraph_copied_is_new_and_nothing_else_changes(drafted: Drafted) -> None:
    word = Word(drafted.path)
    paragraph = next(
        p for p in word.body if len(text_of(p)) > 20 and "n003" in {tag_of(c) for c in p.iter(c_tag(word))}
    )  # fmt: skip
    held = len({tag_of(c) for c in paragraph.iter(c_tag(word))})
    paragraph.addnext(copy.deepcopy(paragraph))
    comparison, _ = drafted.back(word)
    assert comparison.counts == {"unchanged": len(drafted.ledger.entries), "new": held}


def c_tag(word: Word) -> str:
    return str(word.body.tag[:-4] + "sdt")


def through_office(path: Path, folder: Path) -> Path:
    """Opened in LibreOffice and saved again as .docx."""
    program = office.program()
    out = folder / "office"
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return out / path.name


@pytest.mark.office
def test_saved_by_libreoffice_the_numbers_are_still_known(tmp_path: Path, library: Path) -> None:
    if not office.program():
        pytest.skip("LibreOffice is not installed")
    case = write(next(c for c in CASES if c.name.startswith("003")), tmp_path, library)
    path, ledger = case.path, case.ledger
    back = through_office(path, tmp_path)
    comparison, ok = case.read(back)
    # LibreOffice drops tags (not aliases), and controls that hold Chinese.
    told = {change.old for change in comparison.edits if change.outcome == "retyped"}
    assert len(told) == len(comparison.edits)
    assert not any(text.isascii() for text in told)
    assert comparison.counts["unchanged"] > 40
    assert comparison.notices == ()
    assert ok
    lost = {change.id for change in comparison.edits}
    word = Word(back)
    entry = next(e for e in ledger.entries if e.text == "48")
    word.type_in_control(entry.id, "58")
    comparison, ok = case.read(word.save(tmp_path / "改.docx"))
    assert edits(comparison)[-1] == ("changed", entry.id)
    assert {id for _, id in edits(comparison)} == {*lost, entry.id}
    assert not ok
    shutil.rmtree(tmp_path / "profile", ignore_errors=True)
