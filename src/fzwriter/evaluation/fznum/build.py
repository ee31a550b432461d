"""The whole benchmark: what people delivered, what is changed in it, what is composed from a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from fzwriter.evaluation.fznum import markup
from fzwriter.evaluation.fznum.claims import Book
from fzwriter.evaluation.fznum.delivered import as_sheet, prove, take_in
from fzwriter.evaluation.fznum.ground import MarkedGround, make_ground
from fzwriter.evaluation.fznum.harmless import HARMLESS_KINDS
from fzwriter.evaluation.fznum.items import SPLITS, Bench, Item, Judged, Origin, Split
from fzwriter.evaluation.fznum.made import make_sheet
from fzwriter.evaluation.fznum.markup import Marked, splice
from fzwriter.evaluation.fznum.voices import VOICES
from fzwriter.evaluation.fznum.wrong import FIGURE_KINDS
from fzwriter.evaluation.fznum.wrong_claims import CLAIM_KINDS
from fzwriter.evaluation.sites import Mutant

SEED = 20261125
SHEETS = 160  # composed sheets of a split
WRONG_KINDS = {**FIGURE_KINDS, **CLAIM_KINDS}
_PER_KIND = {"changed": 2, "composed": 1}  # wrong twins of a kind and text
_HARMLESS = 1  # rewordings of a kind and text

Generator = Callable[[MarkedGround], Iterator[Mutant]]


def build(
    home: Path | None,
    *,
    sheets: int = SHEETS,
    seed: int = SEED,
    splits: Sequence[Split] = SPLITS,
) -> Bench:
    """Everything, in an order that is always the same.

    Args:
        home: folder with ``sheets/SPLIT`` and ``texts/SPLIT``; ``None`` for the composed part alone.
        sheets: composed sheets of each split.
        seed: of all that is composed and changed.
        splits: which; what a split holds doesn't depend on the other.

    Raises:
        InputError: a delivered file that is no JSON.
    """
    bench = Bench()
    if home is not None:
        marked = take_in(home, bench, splits)
        people = {item.id: item for item in bench.items if item.id in marked}
        change(bench, people, marked, "changed", seed)
    compose(bench, sheets, seed, splits)
    return bench


def change(
    bench: Bench,
    rights: Mapping[str, Item],
    marked: Mapping[str, Marked],
    origin: Origin,
    seed: int,
) -> None:
    """Add wrong twins and rewordings of right texts; those of a sheet stand together."""
    sheet, book = "", None
    seen = {item.text for item in bench.items} if origin == "changed" else set()
    for id, right in rights.items():
        if book is None or right.sheet != sheet:
            sheet, book = right.sheet, Book(as_sheet(bench.sheets[right.sheet], right.sheet))
        seen.add(right.text)
        for kinds, limit, letter in (
            (WRONG_KINDS, _PER_KIND[origin], "a"),
            (_harmless(origin), _HARMLESS, "r"),
        ):
            made = _sampled(marked[id], book, kinds, limit, f"{seed} {id}")
            for number, mutant in enumerate(made, 1):
                if mutant.text not in seen:
                    seen.add(mutant.text)
                    bench.items.append(_item(right, f"-{letter}{number}", mutant, origin))


def _harmless(origin: Origin) -> dict[str, Generator]:
    """Rewordings; people's sentences may lean on those before them, so their order stays."""
    kept = origin == "composed"
    return {k: g for k, g in HARMLESS_KINDS.items() if kept or k != "sentence-order"}


def _sampled(
    marked: Marked, book: Book, kinds: Mapping[str, Generator], limit: int, seed: str
) -> Iterator[Mutant]:
    """At most ``limit`` of each kind; a kind draws from its own stream."""
    ground = make_ground(marked, book)
    for kind, generate in kinds.items():
        ground.random.seed(f"{seed} {kind}")
        found = [m for m in generate(ground) if m.text != marked.text]
        yield from ground.sample(found, limit)


def _item(right: Item, part: str, mutant: Mutant, origin: Origin) -> Item:
    if mutant.wrong:
        judged: Sequence[Judged] = (
            Judged(markup.grown(mutant.text, mutant.spans), mutant.kind, "", mutant.note),
        )
    else:
        judged = tuple(_kept(right, mutant))
    return Item(
        right.id + part, right.split, right.sheet, mutant.text, not mutant.wrong, tuple(judged),
        origin, right.hand, right.voice, right.id, mutant.kind, mutant.note,
    )  # fmt: skip


def _kept(right: Item, mutant: Mutant) -> Iterator[Judged]:
    """The right figures where they stand in a rewording."""
    old, new = right.text, mutant.text
    start, end = mutant.spans[0]
    edited = splice(old, [(start, end + len(old) - len(new), new[start:end])])
    swapped = mutant.kind == "sentence-order"
    for one in right.judged:
        first, last = one.spans[0]
        words = old[first:last]
        if swapped and start <= first and last <= end:
            # Two sentences change places: what stood in one stands in it still.
            middle = start + new[start:end].index("。") + 1
            length = end - middle
            first, last = (
                (first + middle - start, last + middle - start)
                if first < start + length
                else (first - length, last - length)
            )
            if new[first:last] != words:
                continue
            yield Judged(((first, last),), one.kind, one.source, one.proof)
        else:
            yield Judged((edited.moved(first, last),), one.kind, one.source, one.proof)


def compose(bench: Bench, sheets: int, seed: int, splits: Sequence[Split]) -> None:
    """Add composed sheets with their texts, twins and rewordings."""
    for split in splits:
        for number in range(1, sheets + 1):
            made = make_sheet(f"made-{split}-{number:03d}", seed)
            bench.sheets[made.id] = made.sheet
            book = Book(as_sheet(made.sheet, made.id))
            rights, marked = {}, {}
            for name, voice in VOICES[split].items():
                texts = voice(made, Random(f"{seed} {made.id} {name}"))
                for part, text in enumerate(texts, 1):
                    id = f"{made.id}-{name}-{part}"
                    marked[id] = markup.parse(text)
                    judged = tuple(_proved(marked[id], book, id))
                    rights[id] = Item(
                        id, split, made.id, marked[id].text, True, judged, "composed", "made", name
                    )
            bench.items += rights.values()
            change(bench, rights, marked, "composed", seed)


def _proved(marked: Marked, book: Book, id: str) -> Iterator[Judged]:
    """The figures of a composed text; one that arithmetic refutes is a fault of the voice."""
    for figure in marked.figures:
        proof, refuted = prove(figure, book)
        if refuted or not proof:
            raise AssertionError(f"{id}: {figure} {refuted}")
        yield Judged(((figure.start, figure.end),), figure.kind, figure.source, proof)
