"""A report and what explains it change together, or not at all."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest
from docx_parts import controls, packed, parts_of

from fzwriter.documents import read_text
from fzwriter.errors import InputError
from fzwriter.facts import FactSheet
from fzwriter.output import Written, deliver, write_set
from fzwriter.output.ledger import Ledger, make_ledger
from fzwriter.output.strip import strip_provenance
from fzwriter.report import CheckReport, Report

SET = ["r.docx", "r.html", "r.ledger.json", "r.ledger.xlsx"]


@pytest.fixture
def clean(checked: Report) -> Report:
    assert checked.check is not None
    return replace(checked, check=CheckReport(checked.check.mentions))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_set_is_written_and_told(checked: Report, sheet: FactSheet, tmp_path: Path) -> None:
    made = deliver(checked, sheet, tmp_path / "r.docx")
    assert made[0] == tmp_path / "r.docx"
    assert sorted(path.name for path in made) == names(tmp_path) == SET
    ledger = Ledger.from_json((tmp_path / "r.ledger.json").read_text("utf-8"))
    assert ledger == make_ledger(checked, sheet)
    assert list(controls(made[0])) == [entry.id for entry in ledger.entries]
    assert "一百二十" in (tmp_path / "r.html").read_text("utf-8")


def test_markdown_has_its_set_too(checked: Report, sheet: FactSheet, tmp_path: Path) -> None:
    deliver(checked, sheet, tmp_path / "r.md")
    assert names(tmp_path) == ["r.html", "r.ledger.json", "r.ledger.xlsx", "r.md"]


def test_a_final_copy_is_alone_and_clean(clean: Report, sheet: FactSheet, tmp_path: Path) -> None:
    deliver(clean, sheet, tmp_path / "r.docx", review=True)
    assert names(tmp_path) == sorted([*SET, "r.校核稿.docx"])
    made = deliver(clean, sheet, tmp_path / "r.docx", final=True, review=True)
    assert made == [tmp_path / "r.docx"]
    assert names(tmp_path) == ["r.docx"]
    parts = parts_of(made[0])
    assert not [name for name in parts if "custom" in name.lower() or "comment" in name]
    assert b"w:sdt" not in parts["word/document.xml"]
    assert read_text(made[0]).text == clean.text


def test_no_final_copy_while_errors_remain(
    checked: Report, sheet: FactSheet, tmp_path: Path
) -> None:
    assert checked.check is not None
    assert not checked.check.ok
    made = deliver(checked, sheet, tmp_path / "r未核.docx", notice="未核稿", final=True)
    assert len(made) == 4
    assert controls(made[0])


def test_the_same_report_gives_the_same_files(
    checked: Report, sheet: FactSheet, tmp_path: Path
) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    for folder in (first, second):
        folder.mkdir()
        deliver(checked, sheet, folder / "r.docx", review=True)
    for name in names(first):
        if name != "r.html":
            assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_what_an_older_run_left_goes(checked: Report, sheet: FactSheet, tmp_path: Path) -> None:
    deliver(checked, sheet, tmp_path / "r.docx", review=True)
    deliver(checked, sheet, tmp_path / "r.docx")
    assert names(tmp_path) == SET


def test_a_report_people_edited_is_kept(checked: Report, sheet: FactSheet, tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    deliver(checked, sheet, path, review=True)
    as_word_saves = {}
    for file in (path, tmp_path / "r.校核稿.docx"):
        as_word_saves[file] = packed({**parts_of(file), "docProps/app.xml": b"<Properties/>"})
        file.write_bytes(as_word_saves[file])
    made = deliver(checked, sheet, path)
    assert names(tmp_path) == sorted([*SET, "r.旧稿.docx", "r.校核稿.旧稿.docx"])
    assert (tmp_path / "r.旧稿.docx").read_bytes() == as_word_saves[path]
    assert tmp_path / "r.旧稿.docx" in made
    path.write_bytes(as_word_saves[path])
    deliver(checked, sheet, path)
    assert (tmp_path / "r.旧稿2.docx").read_bytes() == as_word_saves[path]


def test_a_text_people_edited_or_wrote_is_kept(
    checked: Report, sheet: FactSheet, tmp_path: Path
) -> None:
    path = tmp_path / "r.md"
    path.write_text("家人的笔记", "utf-8")
    assert tmp_path / "r.旧稿.md" in deliver(checked, sheet, path)
    assert (tmp_path / "r.旧稿.md").read_text("utf-8") == "家人的笔记"
    (tmp_path / "r.旧稿.md").unlink()
    # As it was written it is replaced, also after the Word file of the same name.
    deliver(checked, sheet, tmp_path / "r.docx")
    deliver(replace(checked, title="另一个标题"), sheet, path)
    deliver(checked, sheet, tmp_path / "r.docx")
    assert names(tmp_path) == sorted([*SET, "r.md"])
    path.write_text(path.read_text("utf-8") + "\n添了一段。\n", "utf-8")
    deliver(checked, sheet, path)
    assert "添了一段" in (tmp_path / "r.旧稿.md").read_text("utf-8")


def test_a_word_file_not_of_ours_is_kept_whoever_saved_it(
    checked: Report, sheet: FactSheet, tmp_path: Path
) -> None:
    path = tmp_path / "r.docx"
    deliver(checked, sheet, path)
    # Not every program leaves its own part in the file.
    parts = parts_of(path)
    changed = parts["word/document.xml"].replace("一百二十".encode(), "一百三十".encode())
    edited = packed({**parts, "word/document.xml": changed})
    encrypted = b"\xd0\xcf\x11\xe0 encrypted"
    path.write_bytes(edited)
    deliver(checked, sheet, path)
    path.write_bytes(encrypted)
    deliver(checked, sheet, path)
    assert (tmp_path / "r.旧稿.docx").read_bytes() == edited
    assert (tmp_path / "r.旧稿2.docx").read_bytes() == encrypted


@pytest.mark.parametrize("name", [*SET, "r.校核稿.docx", "r.对照表.md"])
def test_whatever_stands_in_the_way_and_is_not_as_we_wrote_it_is_kept(
    checked: Report, sheet: FactSheet, tmp_path: Path, name: str
) -> None:
    def written() -> list[Path]:
        extra = {".对照表.md": b"| table |"}
        return deliver(checked, sheet, tmp_path / "r.docx", review=True, extra=extra)

    file = tmp_path / name
    kept = file.with_name(f"{file.stem}.旧稿{file.suffix}")
    file.write_text("家人写的", "utf-8")
    file.chmod(0o600)
    assert kept in written()
    assert kept.read_text("utf-8") == "家人写的"
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.unlink()
    assert not [path for path in written() if "旧稿" in path.name]
    edited = file.read_bytes() + b" "  # a ledger too: an edited one vouches for nothing
    file.write_bytes(edited)
    assert kept in written()
    assert kept.read_bytes() == edited


def test_a_final_copy_clears_away_only_what_is_as_we_wrote_it(
    clean: Report, sheet: FactSheet, tmp_path: Path
) -> None:
    deliver(clean, sheet, tmp_path / "r.docx")
    (tmp_path / "r.ledger.xlsx").write_bytes(b"annotated")
    (tmp_path / "r.html").write_text("<html>家人的网页", "utf-8")
    deliver(clean, sheet, tmp_path / "r.docx", final=True)
    assert names(tmp_path) == ["r.docx", "r.html", "r.ledger.旧稿.xlsx"]
    assert (tmp_path / "r.ledger.旧稿.xlsx").read_bytes() == b"annotated"


def test_a_final_copy_is_known_by_the_record_of_the_home(
    clean: Report, sheet: FactSheet, tmp_path: Path
) -> None:
    path, written = tmp_path / "r.docx", Written(tmp_path / "home")
    for _ in range(2):
        other = replace(clean, title=f"{clean.title}（再稿）")
        for report in (clean, other):
            made = deliver(report, sheet, path, final=True, written=written)
            assert made == [path]
    parts = parts_of(path)
    body = parts["word/document.xml"].replace("一百二十".encode(), "一百三十".encode())
    path.write_bytes(packed({**parts, "word/document.xml": body}))  # as a program that says nothing
    made = deliver(clean, sheet, path, final=True, written=written)
    assert made[1:] == [tmp_path / "r.旧稿.docx"]


@pytest.mark.parametrize("locked", SET)
@pytest.mark.parametrize("links", [True, False])
def test_one_file_open_elsewhere_leaves_all_as_they_were(
    checked: Report,
    sheet: FactSheet,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    locked: str,
    links: bool,
) -> None:
    deliver(checked, sheet, tmp_path / "r.docx", review=True)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    replace_file = os.replace

    def as_on_windows(source: Path, target: Path) -> None:
        if locked in (Path(target).name, Path(source).name):
            raise PermissionError(errno.EACCES, "in use")
        replace_file(source, target)

    def no_links(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr("fzwriter.output.atomic.os.replace", as_on_windows)
    if not links:
        monkeypatch.setattr("fzwriter.output.atomic.os.link", no_links)
    other = replace(checked, title="别的标题")
    with pytest.raises(InputError, match="被其他程序占用") as caught:
        deliver(other, sheet, tmp_path / "r.docx")
    monkeypatch.undo()
    assert locked in str(caught.value)
    assert "\n" not in str(caught.value)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")
    calls = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("fzwriter.output.atomic.os.fsync", full)
    with pytest.raises(InputError, match="磁盘已满"):
        write_set({tmp_path / "a": b"new", tmp_path / "b": b"new"})
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_set_writes_replaces_and_removes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "gone").write_bytes(b"old")
    write_set({tmp_path / "gone": None, tmp_path / "never": None, tmp_path / "a": b"1"})
    write_set({tmp_path / "b": b"2"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"1", "b": b"2"}


def test_a_report_without_a_verdict_is_refused(
    sample: Report, sheet: FactSheet, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="checked"):
        deliver(sample, sheet, tmp_path / "r.docx")
    assert not names(tmp_path)


def test_the_final_copy_and_a_stripped_one_print_alike(
    clean: Report, sheet: FactSheet, tmp_path: Path
) -> None:
    deliver(clean, sheet, tmp_path / "r.docx")
    stripped = strip_provenance((tmp_path / "r.docx").read_bytes())
    deliver(clean, sheet, tmp_path / "f.docx", final=True)
    (tmp_path / "s.docx").write_bytes(stripped)
    assert set(parts_of(stripped)) == set(parts_of(tmp_path / "f.docx"))
    assert read_text(tmp_path / "s.docx").text == read_text(tmp_path / "f.docx").text
