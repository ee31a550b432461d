"""The items of FZ-Num: markup, arithmetic, what is left out, what generators may plant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from common import ROOT
from fzwriter.evaluation.fznum import markup
from fzwriter.evaluation.fznum.build import HARMLESS_KINDS, WRONG_KINDS, build
from fzwriter.evaluation.fznum.claims import Book, fit
from fzwriter.evaluation.fznum.delivered import as_sheet, take_in
from fzwriter.evaluation.fznum.items import Bench, digest, read_items, write_items
from fzwriter.evaluation.fznum.markup import Figure, MarkupError
from fzwriter.evaluation.fznum.reading import read
from fzwriter.evaluation.fznum.run import frozen

SHEET: dict[str, Any] = {
    "unit": {"name": "云岫县司法局", "type": "司法局", "level": "县", "region": "岚川省云岫县"},
    "period": 2024,
    "document": {"kind": "法治政府建设年度报告", "date": "2025-01-20"},
    "facts": [
        {"id": "f04", "name": "收到行政复议案件", "value": 48, "unit": "件", "previous": 40},
        {"id": "f05", "name": "办结", "value": 23, "unit": "件", "parts_of": "f04"},
        {"id": "f06", "name": "挽回经济损失", "value": 256.3, "unit": "万元"},
        {"id": "f07", "name": "述法单位主要负责人", "value": 70, "unit": "名", "approx": "余"},
        {"id": "f08", "name": "按期办结率", "value": 98.6, "unit": "%", "previous": 97.1},
        {"id": "f09", "name": "开展普法活动", "value": 528, "unit": "场次"},
    ],
    "derived": [{"id": "d1", "name": "办结率", "formula": "f05/f04", "unit": "%"}],
    "statements": [{"kind": "举措", "text": "印发实施方案（云司发〔2024〕15号）"}],
}
MARKED = "全年收到行政复议案件{{48件|f04}}，办结{{23件|f05}}，尚有{{25件|f04-f05|rest}}未结，比上年增加{{8件|f04-f04.previous|change}}。"


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(as_sheet(SHEET, "云岫"))


@pytest.fixture(scope="module")
def composed() -> Bench:
    return build(None, sheets=8)


# -- markup ------------------------------------------------------------------------------------


def test_markup_gives_plain_text_and_places() -> None:
    marked = markup.parse(MARKED)
    assert "{" not in marked.text
    assert [(f.words, f.kind) for f in marked.figures] == [
        ("48件", "restated"), ("23件", "restated"), ("25件", "rest"), ("8件", "change"),
    ]  # fmt: skip
    assert all(marked.text[f.start : f.end] == f.words for f in marked.figures)


@pytest.mark.parametrize("bad", ["{{48件}}", "收到{{48件|f04", "{{48|件|f04|rest}}"])
def test_broken_markup_is_told(bad: str) -> None:
    with pytest.raises(MarkupError):
        markup.parse(bad)


def test_edits_count_in_the_text_as_edited_so_far() -> None:
    text = "甲12件，乙15件"
    assert markup.edit(text, [["12件", "15件", 1], ["15件", "12件", 2]]).text == "甲15件，乙12件"


def test_an_exchange_counted_in_the_old_text_is_understood() -> None:
    text = "甲12件，乙15件"
    edited = markup.edit(text, [["12件", "15件", 1], ["15件", "12件", 1]])
    assert edited.text == "甲15件，乙12件"
    assert [edited.text[s:e] for s, e in edited.spans] == ["15件", "12件"]


@pytest.mark.parametrize(
    "edits",
    [[["13件", "15件", 1]], [["12件", "15件", 2]], [["12件", "12件", 1]], [["", "15件", 1]]],
)
def test_edits_that_do_nothing_are_told(edits: list[list[object]]) -> None:
    with pytest.raises(MarkupError):
        markup.edit("甲12件", edits)


def test_figures_move_with_edits() -> None:
    marked = markup.parse(MARKED)
    edited = markup.edit(marked.text, [["全年", "一年来，", 1], ["23件", "二十三件", 1]])
    moved = [edited.text[slice(*edited.moved(f.start, f.end))] for f in marked.figures]
    assert moved == ["48件", "二十三件", "25件", "8件"]


def test_the_wrong_words_are_those_at_the_edit() -> None:
    edited = markup.edit("甲15件，乙12件，丙15件", [["12件", "15件", 1]])
    (span,) = markup.locate(edited, ["15件"])
    assert span == edited.spans[0]


# -- arithmetic --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1.2万人次", 12000), ("一百二十", 120), ("百分之五", 0.05), ("两成三", 0.23), ("近百万元", 10**6), ("２３件", 23),
        ("1,085件", 1085), ("两万四", 24000), ("一万二千", 12000), ("1.5个百分点", 0.015), ("四分之三", 0.75), ("过半", 0.5),
        ("十余场", 10), ("二百零三", 203),
    ],
)  # fmt: skip
def test_figures_are_read(words: str, value: float) -> None:
    reading = read(words)
    assert reading is not None
    assert float(reading.value) == pytest.approx(value)


@pytest.mark.parametrize(
    "words", ["", "若干件", "48件、23件", "第二", "十几场", "两百五", "翻了一番", "一件没有"]
)
def test_what_is_no_plain_figure_is_left_to_people(words: str) -> None:
    assert read(words) is None


@pytest.mark.parametrize(
    ("words", "source", "kind", "wanted"),
    [
        ("48件", "f04", "restated", "fits"),
        ("四十八件", "f04", "restated", "fits"),
        ("50件", "f04", "restated", "differs"),
        ("256.3万元", "f06", "restated", "fits"),
        ("2563000元", "f06", "restated", "fits"),
        ("256万元", "f06", "restated", "differs"),
        ("256.3元", "f06", "restated", "differs"),
        ("70余名", "f07", "restated", "fits"),
        ("七十多名", "f07", "restated", "fits"),
        ("70名", "f07", "restated", "differs"),
        ("近70名", "f07", "restated", "differs"),
        ("98.6%", "f08", "restated", "fits"),
        ("100%", "f08", "restated", "differs"),
        ("99%", "f08", "restated", "differs"),
        ("1.5个百分点", "f08-f08.previous", "change", "fits"),
        ("1.4%", "100-f08", "rest", "fits"),
        ("520余场次", "f09", "restated", "fits"),
        ("528余场次", "f09", "restated", "differs"),
        ("530余场次", "f09", "restated", "differs"),
        ("超500场次", "f09", "restated", "fits"),
        ("近550场次", "f09", "restated", "fits"),
        ("近1000场次", "f09", "restated", "differs"),
        ("约530场次", "f09", "restated", "fits"),
        ("400余场次", "f09", "restated", "loose"),
        ("47.9%", "f05/f04", "share", "fits"),
        ("48%", "f05/f04", "share", "fits"),
        ("48.0%", "f05/f04", "share", "differs"),
        ("47.9%", "d1", "restated", "fits"),
        ("近五成", "f05/f04", "share", "fits"),
        ("四成多", "f05/f04", "share", "fits"),
        ("过半", "f05/f04", "share", "differs"),
        ("0%", "f05/f04/100", "share", "differs"),
        ("40件", "f04.previous", "last-year", "fits"),
        ("40件", "f04", "last-year", "fits"),
        ("8件", "f04", "change", "fits"),
        ("20%", "(f04-f04.previous)/f04.previous", "change", "fits"),
        ("4件", "f04/12", "average", "fits"),
        ("1.2倍", "f04/f04.previous", "times", "fits"),
        ("48件", "s1", "statement", "unread"),
    ],
)
def test_the_rules_of_equality(book: Book, words: str, source: str, kind: str, wanted: str) -> None:
    assert fit(words, Figure(0, len(words), words, source, kind), book) == wanted


def test_per_cent_is_no_percentage_point(book: Book) -> None:
    figure = Figure(0, 6, "1.5个百分点", "f08-f08.previous", "change")
    assert fit("1.5%", figure, book) == "differs"


@pytest.mark.parametrize(
    ("source", "held"),
    [("f05=f04", False), ("f05<f04", True), ("f05/f04>0.5", False), ("f05", None)],
)
def test_comparisons(book: Book, source: str, held: bool | None) -> None:
    assert book.holds(source) is held


# -- deliveries --------------------------------------------------------------------------------


def deliver(home: Path, *rows: dict[str, Any], split: str = "dev") -> Path:
    (home / "sheets" / split).mkdir(parents=True, exist_ok=True)
    (home / "texts" / split).mkdir(parents=True, exist_ok=True)
    (home / "sheets" / split / f"{split}-a.json").write_text(
        json.dumps(SHEET, ensure_ascii=False), "utf-8"
    )
    lines = [
        json.dumps(
            {"sheet_id": f"{split}-a", "hand": "A", "voice": "near", **row}, ensure_ascii=False
        )
        for row in rows
    ]
    (home / "texts" / split / "A.jsonl").write_text("\n".join(lines), "utf-8")
    return home


GOOD = {
    "text_id": "t1",
    "marked": MARKED,
    "twins": [
        {"kind": "digit", "edits": [["23件", "32件", 1]], "spans": ["32件"], "note": "23"},
        {"kind": "verb", "edits": [["收到", "发出", 1]], "spans": ["发出"], "note": "收到"},
    ],
    "harmless": [{"edits": [["48件", "四十八起", 1]]}],
}


def people(bench: Bench) -> dict[str, Any]:
    return {item.id: item for item in bench.items if item.origin == "hand"}


def test_a_delivery_becomes_items_with_proofs(tmp_path: Path) -> None:
    bench = build(deliver(tmp_path, GOOD), sheets=0)
    items = people(bench)
    assert not bench.left_out
    assert set(items) == {"t1", "t1-w1", "t1-w2", "t1-h1"}
    assert [claim.proof for claim in items["t1"].judged][0] == "=f04"
    assert all(claim.proof for claim in items["t1"].judged)
    assert items["t1-w1"].judged[0].proof == "32件≠f05"
    assert [items["t1-w1"].text[s:e] for s, e in items["t1-w1"].judged[0].spans] == ["32件"]
    assert items["t1-w1"].twin_of == "t1"
    assert not items["t1-w1"].right
    harmless = items["t1-h1"]
    assert harmless.right
    assert harmless.text[slice(*harmless.judged[0].spans[0])] == "四十八起"
    assert len(bench.read_by_two) == 1
    assert "t1-w2（verb）" in bench.read_by_two[0]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"marked": "收到{{50件|f04}}。"}, "不符"),
        ({"marked": "收到48件。"}, "没有标记的数"),
        ({"marked": "收到{{48件|f04。"}, "花括号"),
        ({"sheet_id": "nowhere"}, "没有数据表"),
        ({"text_id": ""}, "text_id"),
        (
            {"twins": [{"kind": "digit", "edits": [["99件", "98件", 1]], "spans": ["98件"]}]},
            "没有第 1 处",
        ),
        (
            {
                "twins": [
                    {"kind": "digit", "edits": [["23件", "二十三件", 1]], "spans": ["二十三件"]}
                ]
            },
            "仍然成立",
        ),
        (
            {"twins": [{"kind": "digit", "edits": [["23件", "32件", 1]], "spans": ["33件"]}]},
            "没有“33件”",
        ),
        ({"harmless": [{"edits": [["23件", "24件", 1]]}]}, "不再成立"),
    ],
)
def test_what_is_wrong_stays_out_and_is_told(
    tmp_path: Path, change: dict[str, Any], why: str
) -> None:
    bench = build(deliver(tmp_path, {**GOOD, "twins": [], "harmless": [], **change}), sheets=0)
    assert len(bench.left_out) == 1
    assert why in bench.left_out[0]
    assert len(people(bench)) <= 1


def test_an_id_twice_and_a_twin_twice_stay_out(tmp_path: Path) -> None:
    twins = [GOOD["twins"][0], GOOD["twins"][0]]  # type: ignore[index]
    bench = build(deliver(tmp_path, {**GOOD, "twins": twins}, GOOD), sheets=0)
    assert len(bench.left_out) == 2


def test_items_are_written_and_read_the_same(tmp_path: Path) -> None:
    bench = build(deliver(tmp_path, GOOD), sheets=0)
    write_items(bench.items, tmp_path, "all")
    assert read_items(tmp_path, "all") == bench.items


def test_what_is_frozen_comes_out_again() -> None:
    home = ROOT / "eval" / "fznum"
    wanted = frozen(home)
    if not wanted:
        pytest.skip("no benchmark is frozen in eval/fznum")
    assert digest(build(None, sheets=2)) == wanted["sample_digest"]
    bench = Bench()
    take_in(home, bench)
    assert bench.items == read_items(home, "hand")
    assert len(bench.left_out) == wanted["left_out"]


# -- what is generated -------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_benchmark(composed: Bench) -> None:
    assert digest(build(None, sheets=8)) == digest(composed)
    assert digest(build(None, sheets=8, seed=1)) != digest(composed)


def test_a_split_does_not_depend_on_the_other(composed: Bench) -> None:
    alone = build(None, sheets=8, splits=("test",))
    assert alone.items == [item for item in composed.items if item.split == "test"]


def test_splits_share_no_sheet_and_no_voice(composed: Bench) -> None:
    for of in ("sheet", "voice", "text"):
        dev, test = (
            {getattr(i, of) for i in composed.items if i.split == s} for s in ("dev", "test")
        )
        assert dev
        assert not dev & test


def test_most_kinds_are_planted(composed: Bench) -> None:
    wrong = {item.kind for item in composed.items if not item.right}
    assert len(WRONG_KINDS) >= 28
    assert wrong <= set(WRONG_KINDS)
    assert len(wrong) >= 34
    assert {i.kind for i in composed.items if i.right and i.twin_of} == set(HARMLESS_KINDS)


def test_a_twin_differs_from_its_right_text_at_its_spans_alone(composed: Bench) -> None:
    rights = {item.id: item for item in composed.items if item.right}
    for item in composed.items:
        if item.right:
            continue
        old, new = rights[item.twin_of].text, item.text
        first = min(s for s, _ in item.judged[0].spans)
        behind = len(new) - max(e for _, e in item.judged[0].spans)
        assert old != new
        assert all(s < e <= len(new) for s, e in item.judged[0].spans)
        shared = len(new) - behind
        assert new[shared:] == old[len(old) - behind :], item
        if item.kind not in ("invention", "borrowed"):  # their span is the figure of a new clause
            assert new[:first] == old[:first], item


def test_rewordings_keep_every_claim(composed: Bench) -> None:
    rights = {item.id: item for item in composed.items if item.right}
    books = {id: Book(as_sheet(given, id)) for id, given in composed.sheets.items()}
    for item in composed.items:
        if not item.right or not item.twin_of:
            continue
        base = rights[item.twin_of]
        assert len(item.judged) == len(base.judged), item
        for claim, old in zip(item.judged, base.judged, strict=True):
            words = item.text[slice(*claim.spans[0])]
            figure = Figure(0, 1, base.text[slice(*old.spans[0])], old.source, old.kind)
            assert fit(words.strip(), figure, books[item.sheet]) != "differs", (
                item.kind,
                words,
                figure,
            )


def test_ids_are_unique_and_every_twin_has_its_text(composed: Bench) -> None:
    ids = [item.id for item in composed.items]
    assert len(ids) == len(set(ids))
    assert {item.twin_of for item in composed.items} - {""} <= set(ids)


def test_twins_are_made_of_peoples_texts_too(tmp_path: Path) -> None:
    bench = build(deliver(tmp_path, GOOD), sheets=0)
    changed = [i for i in bench.items if i.origin == "changed"]
    assert {"digit", "swap", "unit", "remainder", "total-for-part"} <= {
        i.kind for i in changed if not i.right
    }
    assert {i.hand for i in changed} == {"A"}
    assert len({i.text for i in bench.items}) == len(bench.items)
