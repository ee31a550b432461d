"""The parts of pairing that a whole report would not show."""

from __future__ import annotations

import itertools

from fzwriter.output.ledger import Entry
from fzwriter.pipeline.matching import Matching, Number, heaviest_rise


def test_the_heaviest_rise_is_what_trying_all_finds() -> None:
    weights = (1.0, 0.5, 2.0, 0.25, 1.5, 0.75)
    for order in itertools.permutations(range(6)):

        def weight(items: tuple[int, ...], order: tuple[int, ...] = order) -> float:
            return sum(weights[order.index(item)] for item in items)

        rises = (
            chosen
            for size in range(7)
            for chosen in itertools.combinations(order, size)
            if list(chosen) == sorted(chosen)
        )
        found = tuple(heaviest_rise(order, weights))
        assert list(found) == sorted(found)
        assert weight(found) == max(map(weight, rises))
    assert heaviest_rise((), ()) == []


def number(before: str, text: str, after: str, paragraph: int = 0) -> Number:
    return Number(None, paragraph, len(before), len(before) + len(text), text, before, after)


def paired(
    entries: list[tuple[str, str, str]], numbers: list[tuple[str, str, str]]
) -> dict[int, int]:
    old = [Entry(f"n{i}", 0, 0, 0, t, before=b, after=a) for i, (b, t, a) in enumerate(entries)]
    new = [number(*one) for one in numbers]
    return Matching(old, new, lambda e, n: old[e].text == new[n].text).run()


def test_cells_with_nothing_around_are_paired_by_figure_in_their_order() -> None:
    cells = [("", "5", ""), ("", "5", ""), ("", "8", "")]
    assert paired(cells, cells) == {0: 0, 1: 1, 2: 2}
    assert paired(cells, [("", "5", ""), ("", "5", ""), ("", "9", "")]) == {0: 0, 1: 1}


def test_likeness_follows_the_words_next_to_the_number() -> None:
    entries = [("其中维持", "9", "件、撤销2件。"), ("其中维持9件、撤销", "2", "件。")]
    numbers = [("其中维持", "2", "件、撤销9件。"), ("其中维持2件、撤销", "9", "件。")]
    assert paired(entries, numbers) == {0: 0, 1: 1}


def test_a_neighbour_with_another_figure_is_still_the_neighbour() -> None:
    entries = [("收到48件，办结", "23", "件，维持9件")]
    assert paired(entries, [("收到1048件，办结", "32", "件，维持19件")]) == {0: 0}


def test_figures_that_all_changed_are_known_by_what_is_left_between_them() -> None:
    entries = [("", "3", "、5、7件"), ("3、", "5", "、7件"), ("3、5、", "7", "件")]
    numbers = [("", "8", "、6、9件"), ("8、", "6", "、9件"), ("8、6、", "9", "件")]
    assert paired(entries, numbers) == {0: 0, 1: 1, 2: 2}


def test_unlike_places_are_not_paired() -> None:
    assert (
        paired([("全年收到行政复议案件", "48", "件。")], [("培育法律明白人", "30", "名。")]) == {}
    )


def test_two_long_texts_of_strangers_are_told_apart_quickly() -> None:
    entries = [
        (f"全年{chr(0x4E00 + i)}办结案件", str(i), f"件，{chr(0x5E00 + i)}工作") for i in range(700)
    ]
    numbers = [
        (f"走访{chr(0x6E00 + i)}企业", str(i), f"家。{chr(0x7E00 + i)}计划") for i in range(700)
    ]
    looked = 0

    class Counted(Matching):
        def likeness(self, entry: int, number: int) -> float:
            nonlocal looked
            looked += 1
            return super().likeness(entry, number)

    old = [Entry(f"n{i}", 0, 0, 0, t, before=b, after=a) for i, (b, t, a) in enumerate(entries)]
    assert Counted(old, [number(*one) for one in numbers], lambda *_: False).run() == {}
    assert looked < 700
