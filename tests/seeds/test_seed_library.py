"""The library as its user sees it: adding, listing, searching, removing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fzwriter.errors import InputError
from fzwriter.reading.split import Passage
from fzwriter.seeds import SeedLibrary, deed_sentences, framing_clauses
from fzwriter.seeds.rank import Hit, diversify, prefer
from seed_samples import PLAIN, TOWN

Write = Callable[[str, str], Path]


def test_listing_needs_no_index(
    tmp_path: Path, shipped_samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fzwriter.seeds.index.SeedIndex.sync", lambda *_: pytest.fail("opened"))
    with SeedLibrary.open(tmp_path / "home", shipped_samples) as library:
        infos = library.list()
    assert [info.name for info in infos] == ["jichuan-2021", "outang-2020"]
    assert (infos[0].unit, infos[0].year, infos[0].sections) == ("霁川县司法局", 2021, 4)
    assert infos[0].passages > 5
    assert not infos[0].own
    assert not (tmp_path / "home").exists()


def test_the_list_is_the_same_with_an_index(library: SeedLibrary, tmp_path: Path) -> None:
    fresh = SeedLibrary.open(tmp_path / "fresh", library._shelf._shipped)
    assert library.list() == fresh.list()


def test_progress_is_reported_per_seed(tmp_path: Path, shipped_samples: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    with SeedLibrary.open(
        tmp_path / "home", shipped_samples, progress=lambda *step: seen.append(step)
    ) as library:
        library.search("行政复议")
    assert seen[0] == (0, 2, "jichuan-2021")
    assert seen[-1][:2] == (2, 2)


def test_adding_copies_indexes_and_says_what_was_skipped(
    library: SeedLibrary, write: Write, own_home: Path
) -> None:
    good = write("教育局总结.txt", PLAIN)
    twice = write("又一份.txt", PLAIN)
    short = write("短.txt", "太短")
    summary = library.add([good, twice, short, own_home / "没有.txt"])
    assert (summary.reports, summary.sections) == (1, 4)
    assert summary.passages == summary.added[0].passages > 0
    assert [skipped.path.name for skipped in summary.skipped] == [
        "又一份.txt",
        "短.txt",
        "没有.txt",
    ]
    assert "已有相同的文件" in summary.skipped[0].why
    (info,) = (info for info in library.list() if info.own)
    assert info.file == "教育局总结.txt"
    assert info == summary.added[0]
    assert good.is_file()
    assert library.search("法治副校长")[0].passage.seed == info.name


def test_a_folder_stands_for_its_files(library: SeedLibrary, tmp_path: Path) -> None:
    deep = tmp_path / "many" / "deep"
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(PLAIN, encoding="utf-8")
    (deep / "~$b.docx").write_text("Word is open", encoding="utf-8")
    (deep / "c.pdf").write_text("no seed", encoding="utf-8")
    summary = library.add([tmp_path / "many"])
    assert summary.reports == 1
    assert [(skipped.path.name, "PDF" in skipped.why) for skipped in summary.skipped] == [
        ("c.pdf", True)
    ]


def test_removing_keeps_the_file(library: SeedLibrary, write: Write, own_home: Path) -> None:
    name = library.add([write("教育局总结.txt", PLAIN)]).added[0].name
    kept = library.remove(name)
    assert kept.read_text(encoding="utf-8") == PLAIN
    assert kept.name == "教育局总结.txt"
    assert name not in {info.name for info in library.list()}
    assert name not in {hit.passage.seed for hit in library.search("法治副校长", k=50)}
    assert not list((own_home / "seeds").iterdir())
    again = library.add([kept])
    assert again.reports == 1
    assert library.remove(name) != kept  # what was removed before is not overwritten
    assert kept.is_file()


@pytest.mark.parametrize(
    ("name", "problem"), [("jichuan-2021", "随附"), ("none", "没有"), ("jichuan-2021-1", "没有")]
)
def test_what_cannot_be_removed(library: SeedLibrary, name: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        library.remove(name)


def test_a_compilation_is_removed_as_a_whole(library: SeedLibrary, write: Write) -> None:
    text = f"{PLAIN}\n{PLAIN.replace('2019', '2018')}"
    summary = library.add([write("汇编.txt", text)])
    assert [info.name[-2:] for info in summary.added] == ["-1", "-2"]
    with pytest.raises(InputError, match="不能单独移除"):
        library.remove(summary.added[0].name)
    library.remove(summary.added[0].name[:-2])
    assert not any(info.own for info in library.list())


def test_the_unmasked_report_can_be_had(library: SeedLibrary) -> None:
    assert "纪云舟" in library.report("jichuan-2021").text
    with pytest.raises(InputError):
        library.report("none")


def test_nothing_of_a_seeds_own_is_stored(library: SeedLibrary) -> None:
    library.search("行政复议")
    stored = library._index.passages()
    assert len(stored) == sum(info.passages for info in library.list())
    text = "\n".join("\n".join((*passage.path, passage.text)) for passage in stored)
    for name in ("霁川", "藕塘", "纪云舟", "法治工作要点", "97", "2021"):
        assert name not in text
    assert "“枫桥经验”" in text


def test_filters_are_strict_and_the_unit_type_is_a_preference(library: SeedLibrary) -> None:
    problems = library.search("普法", part="问题", k=9)
    assert {hit.passage.part for hit in problems} == {"问题"}
    assert {hit.passage.kind for hit in library.search("普法", kind="法治政府建设年度报告")} == {
        "法治政府建设年度报告"
    }
    assert {hit.passage.topic for hit in library.search("案件", topic="行政复议")} == {"行政复议"}
    assert library.search("案件", topic="公证") == ()
    for unit_type in ("镇", "司法局"):
        hits = library.search("行政复议案件", part="成效", unit_type=unit_type, k=4)
        assert hits[0].passage.unit_type == unit_type
        assert len({hit.passage.unit_type for hit in hits}) == 2


def test_a_role_finds_what_a_writer_may_borrow_or_offer(library: SeedLibrary) -> None:
    for role, told in (("framing", framing_clauses), ("deeds", deed_sentences)):
        hits = library.search("行政复议案件", role=role, k=20)  # type: ignore[arg-type]
        everything = library.search("行政复议案件", k=100)
        assert hits
        assert {hit.passage for hit in hits} == {
            hit.passage for hit in everything if told(hit.passage)
        }


def test_a_query_of_nothing_finds_nothing(library: SeedLibrary) -> None:
    assert library.search("，。") == ()


def test_a_changed_seed_is_indexed_again(
    own_home: Path, shipped_samples: Path, tmp_path: Path
) -> None:
    changed = shutil.copytree(shipped_samples, tmp_path / "changed")
    text = TOWN.replace("抓实法治宣传", "抓实公证服务").replace("开展宣传活动", "办理公证事项")
    (changed / "outang-2020.md").write_text(text, encoding="utf-8")
    steps: list[str] = []
    with SeedLibrary.open(
        own_home, changed, progress=lambda *step: steps.append(step[2])
    ) as library:
        assert library.search("公证服务", topic="公证")
    assert set(steps) == {"outang-2020"}  # the other one is left alone


def test_a_seed_that_can_no_longer_be_read_is_told(
    library: SeedLibrary, write: Write, own_home: Path, shipped_samples: Path
) -> None:
    name = library.add([write("总结.txt", PLAIN)]).added[0].name
    (own_home / "seeds" / f"{name}.txt").write_bytes(b"\x00\xff\x00")
    assert library.search("行政复议")
    assert any("已跳过" in line for line in library.notices)
    (info,) = (info for info in library.list() if info.own)
    assert info.problem
    assert info.file == "总结.txt"


def test_rebuilding_gives_the_same(library: SeedLibrary) -> None:
    before = [hit.passage for hit in library.search("行政复议案件")]
    assert library.rebuild() == sum(info.passages for info in library.list())
    assert [hit.passage for hit in library.search("行政复议案件")] == before


def _hits(*rows: tuple[str, str, float]) -> list[Hit]:
    return [
        Hit(Passage(seed, index, "成效", (), "", "text", "段落", unit_type), score)
        for index, (seed, unit_type, score) in enumerate(rows)
    ]


def test_no_more_than_two_of_a_seed_unless_there_is_nothing_else() -> None:
    hits = _hits(("a", "", 0.9), ("a", "", 0.8), ("a", "", 0.7), ("b", "", 0.1))
    assert [hit.passage.seed for hit in diversify(hits, 3)] == ["a", "a", "b"]
    assert [hit.passage.seed for hit in diversify(hits, 4)] == ["a", "a", "b", "a"]


def test_the_same_type_goes_first_then_its_neighbours_but_not_beside_the_point() -> None:
    hits = _hits(
        ("a", "镇", 0.5), ("b", "教育局", 0.49), ("c", "司法局", 0.48), ("d", "司法局", 0.1)
    )
    order = [hit.passage.seed for hit in prefer(hits, "司法局")]
    assert order == ["c", "b", "a", "d"]
    assert prefer(hits, "") == hits
