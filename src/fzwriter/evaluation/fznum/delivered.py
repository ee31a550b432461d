"""Texts that people delivered: validated, their labels proved where arithmetic can.

A line of a delivery is one marked text with its twins and rewordings. A label that arithmetic
refutes keeps its item out; one that arithmetic can't reach is told, for two people to read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fzwriter.errors import FzwriterError, InputError
from fzwriter.evaluation.fznum import markup
from fzwriter.evaluation.fznum.claims import Book, fit, input_words
from fzwriter.evaluation.fznum.items import SPLITS, Bench, Item, Judged, Split
from fzwriter.evaluation.fznum.markup import Edited, Figure, Marked, MarkupError
from fzwriter.evaluation.sites import Span
from fzwriter.facts import FactSheet, loads_facts

# Kinds of twins that are wrong because the sheet nowhere says so.
_LOOKED_UP = frozenset(("docnum", "date", "rank", "sign-off", "invention"))
_UP, _DOWN = "增升多涨高长扩添", "减降少跌低短缩下"
_DIGITS = re.compile(r"[0-9０-９]+|[一二三四五六七八九十百千万亿两零]+")


def as_sheet(given: Mapping[str, Any], name: str) -> FactSheet:
    """A sheet from the mapping of a facts file.

    Raises:
        InputError: anything in it is wrong.
    """
    return loads_facts(json.dumps(given, ensure_ascii=False), name=name, format="json")


def read_delivery(
    home: Path, split: Split
) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Sheets and lines of a split, from ``sheets/SPLIT/*.json`` and ``texts/SPLIT/*.jsonl``.

    Raises:
        InputError: a file that is no JSON.
    """
    sheets = {
        path.stem: _json(path.read_text("utf-8"), path)
        for path in _files(home, "sheets", split, "json")
    }
    rows = []
    for path in _files(home, "texts", split, "jsonl"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip():
                rows.append(
                    _json(line, path, f"第 {number} 行") | {"file": f"{path.name}:{number}"}
                )
    return sheets, rows


def _files(home: Path, what: str, split: Split, suffix: str) -> list[Path]:
    return sorted((home / what / split).glob(f"*.{suffix}"))


def _json(text: str, path: Path, place: str = "") -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise InputError("不是 JSON", path=path, place=place, remedy="请改正这一处") from error
    if not isinstance(value, dict):
        raise InputError("应是一个对象", path=path, place=place, remedy="请改正这一处")
    return {k: v for k, v in value.items() if k != "sheet_id"} if not place else value


def take_in(home: Path, bench: Bench, splits: Sequence[Split] = SPLITS) -> dict[str, Marked]:
    """Add all that was delivered to a bench.

    Returns:
        The marked right texts by item id, for what is made of them.

    Raises:
        InputError: a file that is no JSON.
    """
    marked: dict[str, Marked] = {}
    for split in splits:
        sheets, rows = read_delivery(home, split)
        books: dict[str, Book] = {}
        for id, given in sheets.items():
            try:
                books[id] = Book(as_sheet(given, id))
                bench.sheets[id] = given
            except FzwriterError as error:
                bench.left_out.append(f"数据表 {id}：{error}")
        for row in rows:
            taken = _Text(row, split, books, bench, set(marked))
            if taken.add():
                marked[taken.id] = taken.marked
    return marked


class _Text:
    """One line of a delivery on its way in."""

    def __init__(
        self,
        row: dict[str, Any],
        split: Split,
        books: Mapping[str, Book],
        bench: Bench,
        seen: set[str],
    ) -> None:
        self.row, self.split, self.books, self.bench, self.seen = row, split, books, bench, seen
        self.id = str(row.get("text_id", ""))
        self.marked = Marked("", ())

    def _out(self, why: str, part: str = "") -> bool:
        self.bench.left_out.append(f"{self.row['file']} {self.id}{part}：{why}")
        return False

    def add(self) -> bool:
        """Take the text, its twins and rewordings in; whether the text itself was taken."""
        sheet = str(self.row.get("sheet_id", ""))
        if not self.id or self.id in self.seen:
            return self._out("text_id 缺失或重复")
        if sheet not in self.books:
            return self._out(f"没有数据表 {sheet}")
        try:
            self.marked = markup.parse(str(self.row.get("marked", "")))
        except MarkupError as error:
            return self._out(str(error))
        self.book = self.books[sheet]
        judged = list(self._judge())
        if len(judged) < len(self.marked.figures) or not judged:
            return self._out("没有标记的数") if not self.marked.figures else False
        self.right = Item(
            self.id, self.split, sheet, self.marked.text, True, tuple(judged), "hand",
            str(self.row.get("hand", "")), str(self.row.get("voice", "")),
        )  # fmt: skip
        self.bench.items.append(self.right)
        texts = {self.marked.text}
        for number, twin in enumerate(self.row.get("twins") or (), 1):
            self._twin(f"-w{number}", twin, texts)
        for number, other in enumerate(self.row.get("harmless") or (), 1):
            self._harmless(f"-h{number}", other, texts)
        return True

    def _judge(self) -> Iterator[Judged]:
        """The figures with their proofs; stops short at a figure that arithmetic refutes."""
        for figure in self.marked.figures:
            proof, refuted = prove(figure, self.book)
            if refuted:
                self._out(f"“{figure.words}”与 {figure.source} 不符（{refuted}）")
                continue
            if not proof:
                self.bench.read_by_two.append(
                    f"{self.row['file']} {self.id}：“{figure.words}”←{figure.source or '（无）'}（{figure.kind}）"
                )
            yield Judged(((figure.start, figure.end),), figure.kind, figure.source, proof)

    def _edited(self, part: str, given: Mapping[str, Any], texts: set[str]) -> Edited | None:
        try:
            edited = markup.edit(self.marked.text, given.get("edits") or ())
        except (MarkupError, ValueError, TypeError) as error:
            self._out(str(error), part)
            return None
        if edited.text in texts:
            self._out("与同一段的另一条一样", part)
            return None
        texts.add(edited.text)
        return edited

    def _twin(self, part: str, twin: Mapping[str, Any], texts: set[str]) -> None:
        edited = self._edited(part, twin, texts)
        if edited is None:
            return
        try:
            spans = markup.locate(edited, twin.get("spans") or ())
        except MarkupError as error:
            self._out(str(error), part)
            return
        kind = str(twin.get("kind", ""))
        proof, still_right = self._disproved(edited)
        if still_right:
            self._out(f"改后仍然成立：{still_right}", part)
            return
        proof = proof or self._by_words(kind, edited, spans)
        if not proof:
            self.bench.read_by_two.append(
                f"{self.row['file']} {self.id}{part}（{kind}）：{twin.get('note') or twin.get('edits')}"
            )
        fault = Judged(spans or markup.grown(edited.text, edited.spans), kind, "", proof)
        self._add(part, edited, False, (fault,), kind, str(twin.get("note", "")))

    def _disproved(self, edited: Edited) -> tuple[str, str]:
        """What arithmetic says against an edited text, and figures it says are as right as before."""
        proof, right = "", ""
        for figure in self.marked.figures:
            start, end = edited.moved(figure.start, figure.end)
            words = edited.text[start:end]
            if words == figure.words:
                continue
            found = fit(words, figure, self.book)
            if found == "differs":
                proof = f"{words}≠{figure.source}"
            elif found == "fits" and _DIGITS.sub("", words) == _DIGITS.sub("", figure.words):
                right = f"“{words}”合于 {figure.source}"
        return (proof, "") if proof else ("", right)

    def _by_words(self, kind: str, edited: Edited, spans: tuple[Span, ...]) -> str:
        """The proof of a twin whose change is one of words, where the sheet settles it."""
        if kind in _LOOKED_UP:
            prose = "\n".join(input_words(self.book.sheet))
            words = [edited.text[s:e] for s, e in spans]
            return f"表中没有“{words[0]}”" if words and not any(w in prose for w in words) else ""
        if kind == "direction":
            near = self._nearest(edited, lambda f: f.kind.startswith("change"))
            value = self.book.value(near.source, near.kind) if near else None
            return (
                f"{near.source}的方向相反"
                if near and value and _is_turned(self.marked.text, edited)
                else ""
            )
        return ""

    def _nearest(self, edited: Edited, wanted: Callable[[Figure], bool]) -> Figure | None:
        """The figure next to an edit, in its clause."""
        start, end, _ = edited.cuts[0]
        found = [f for f in self.marked.figures if wanted(f)]
        near = min(found, key=lambda f: max(f.start - end, start - f.end, 0), default=None)
        if near is None:
            return None
        between = self.marked.text[min(end, near.end) : max(start, near.start)]
        return None if any(c in between for c in "，。；\n") else near

    def _harmless(self, part: str, other: Mapping[str, Any], texts: set[str]) -> None:
        edited = self._edited(part, other, texts)
        if edited is None:
            return
        judged = tuple(
            Judged((edited.moved(*one.spans[0]),), one.kind, one.source, one.proof)
            for one in self.right.judged
        )
        for figure, one in zip(self.marked.figures, judged, strict=True):
            words = edited.text[slice(*one.spans[0])]
            if words != figure.words and fit(words, figure, self.book) == "differs":
                self._out(f"改后不再成立：“{words}”与 {figure.source} 不符", part)
                return
        self._add(
            part,
            edited,
            True,
            judged,
            str(other.get("kind", "wording")),
            str(other.get("note", "")),
        )

    def _add(
        self,
        part: str,
        edited: Edited,
        right: bool,
        judged: tuple[Judged, ...],
        kind: str,
        note: str,
    ) -> None:
        base = self.right
        self.bench.items.append(
            Item(
                base.id + part, base.split, base.sheet, edited.text, right, judged, "hand",
                base.hand, base.voice, base.id, kind, note,
            )
        )  # fmt: skip


def _is_turned(text: str, edited: Edited) -> bool:
    """Whether an edit exchanges a word of growth for one of decline, or the other way round."""
    old = "".join(text[s:e] for s, e, _ in edited.cuts)
    new = "".join(edited.text[s:e] for s, e in edited.spans)
    signs = [(any(c in _UP for c in words), any(c in _DOWN for c in words)) for words in (old, new)]
    return sorted(signs) == [(False, True), (True, False)]


def prove(figure: Figure, book: Book) -> tuple[str, str]:
    """How a right figure is proved, or why arithmetic refutes it; neither where it can't tell."""
    held = book.holds(figure.source)
    if held is not None:
        return (figure.source, "") if held else ("", "比较不成立")
    found = fit(figure.words, figure, book)
    if found == "fits":
        return f"={book.normal(figure.source, figure.kind)}", ""
    if found == "differs":
        return "", f"应为 {_shown(figure, book)}"
    if found == "unread" and _stands_in_input(figure, book):
        return f"见 {figure.source}", ""
    return "", ""


def _shown(figure: Figure, book: Book) -> str:
    value = book.value(figure.source, figure.kind)
    return "" if value is None else f"{float(value):.6g}"


def _stands_in_input(figure: Figure, book: Book) -> bool:
    """Whether the words stand, as they are, in the statement that is their source."""
    texts = {s.id: s.text for s in book.sheet.statements}
    named = [texts[id] for id in book.ids(figure.source) if id in texts]
    if not named and not book.ids(figure.source):
        named = list(input_words(book.sheet))
    return any(figure.words in text for text in named)
