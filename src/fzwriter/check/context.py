"""What the words around a numeral say: its clause, its sentence, the headings above it.

A figure in this genre is governed by the words directly before it (收到行政复议案件48件), sometimes by
those behind (54件诉讼案件已审结), and inherits its subject from earlier clauses, the paragraph and the
headings. ``Context`` keeps these apart so that ``meaning`` can weigh them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from fzwriter.check.tables import PERIOD, Cell, Tables
from fzwriter.reading import heading_paths
from fzwriter.report import Mention

_CLAUSE_END = "，；：。！？\n,;:!?】*　"
_SENTENCE_END = "。！？\n；"
_LABEL = 16
_SPOKEN_OF = "中如"
_CONJUNCTION = re.compile(r"以及|并且|[和与并、]|及(?!时|格|早|第)")
_STRONG = re.compile(r"以及|并且|[及与、]")
# What a figure is compared with isn't what it counts: 1035户约为企业的4.8倍.
_COMPARISON = re.compile(r"约?(?:为|是|占|比|较)|相当于|高于|低于|多于|少于")
_SHARED = re.compile(r"(?:均|各|都|皆|全部|同为)(?:为|达|达到|保持|是|完成|有)?\s?$")
_IN_TURN = re.compile(r"(?:分别|依次|各自|各有)(?:为|是|达|达到|有|完成|占)?")
_MEANINGLESS = re.compile(
    r"^[^一-龥A-Za-z]*+(?:其中|共计|共|累计|合计|总计|分别|为|达|有|含|包括|约|近|各|均|计|另有|另|仍有|还有|尚有|现有|(?:增|增加|增长|上升|升|提高|提升|扩大|降|下降|降低|减少|减|缩短)(?:至|到)|和|及|与|至|已|全年|全县|全区|全市|全镇|等|，|、|\s|(?:由|从)?(?:去年|上年)?(?:同期)?的?)*+$"
)


@dataclass(frozen=True)
class Context:
    """The words around one numeral.

    Attributes:
        near: its own clause: the words before it back to the last figure or punctuation, and those
            after it up to the next.
        before: the part of ``near`` in front of the numeral.
        earlier: earlier clauses of the sentence, nearest first.
        sentence: the whole sentence.
        above: the sentence before, the paragraph's start, and the headings, nearest first.
        shared: the figure is said of several things (均, 各): ``near`` then reaches over 、.
        after: text right behind the numeral, a dozen characters.
        percent: the figure is a percentage.
        later: the clause behind the figure's own, where that holds no figure itself.
        cell: the figure stands in a table; ``before`` is its row's label and its column's head.
    """

    near: str
    before: str
    earlier: tuple[str, ...]
    sentence: str
    above: tuple[str, ...]
    shared: bool = False
    after: str = ""
    percent: bool = False
    later: str = ""
    cell: bool = False

    def about(self, item: str) -> Context:
        """This context for one item of a list: 甲 of 甲、乙分别为3件、2件."""
        return replace(
            self,
            near=item + "＃",
            before=item,
            earlier=self.earlier[1:],
            shared=False,
            percent=False,
        )

    def listed(self) -> tuple[str, ...]:
        """The things a shared figure is said of: 参学率、报考率、通过率均100%. () when it isn't shared."""
        if not self.shared and not (self.percent and "、" in self.before):
            return ()
        return tuple(i for i in _CONJUNCTION.split(_SHARED.sub("", self.before)) if i.strip())


@dataclass
class Contexts:
    """Reads contexts out of one text; boundaries are found once.

    ``paths`` are the headings above each line, the outermost first; read off the text by default.
    """

    text: str
    mentions: Sequence[Mention]
    paths: Sequence[tuple[str, ...]] = ()
    _ends: list[int] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)
    _headings: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        text = self.text
        self._ends = [i for i, c in enumerate(text) if c in _SENTENCE_END]
        # A blank that stands for a name (XX司法) parts nothing.
        counted = [
            m for m in self.mentions if m.kind == "quantity" or (m.kind == "placeholder" and m.unit)
        ]
        self._starts = [m.start for m in counted]
        self._counted = counted
        self._read_headings()
        self._tables = Tables(text)

    def _read_headings(self) -> None:
        at = 0
        for line, path in zip(
            self.text.split("\n"), self.paths or heading_paths(self.text), strict=True
        ):
            self._lines.append(at)
            self._headings.append((path[0] if path else "", "，".join(path[1:])))
            at += len(line) + 1

    def sentence_bounds(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence around ``position``, its mark excluded."""
        index = bisect_right(self._ends, position - 1)
        start = self._ends[index - 1] + 1 if index else 0
        end = self._ends[index] if index < len(self._ends) else len(self.text)
        return start, end

    def headings(self, position: int) -> tuple[str, str]:
        """The first-level heading above ``position``, and those below it."""
        return self._headings[max(0, bisect_right(self._lines, position) - 1)]

    def cell(self, position: int) -> Cell | None:
        """The table cell around ``position``."""
        return self._tables.at(position)

    def line(self, position: int) -> int:
        """Number of the paragraph around ``position``."""
        return max(0, bisect_right(self._lines, position) - 1)

    def _neighbours(self, mention: Mention) -> tuple[int, int]:
        """End of the counted numeral before (its measure word included), start of the one after."""
        index = bisect_right(self._starts, mention.start) - 1
        before = self._counted[index - 1] if index > 0 else None
        after = self._counted[index + 1] if index + 1 < len(self._counted) else None
        return (unit_end(self.text, before) if before else 0), (
            after.start if after else len(self.text)
        )

    def _back(self, start: int, floor: int) -> int:
        """Back from ``start`` to the clause's beginning, not beyond ``floor``."""
        at = start
        while at > floor and self.text[at - 1] not in _CLAUSE_END:
            at -= 1
        if at > floor and self.text[at - 1] in "：:":  # 账款清偿：月均322万元
            label = at - 1
            while label > floor and self.text[label - 1] not in _CLAUSE_END:
                label -= 1
            if at - label <= _LABEL and self.text[at - 2] not in _SPOKEN_OF:
                return label
        return at

    def _ahead(self, start: int, ceiling: int) -> int:
        at = start
        while at < ceiling and self.text[at] not in _CLAUSE_END:
            at += 1
        return at

    def around(self, mention: Mention) -> Context:
        """The context of ``mention``."""
        text = self.text
        cell = self._tables.at(mention.start)
        if cell is not None:
            return self._in_cell(mention, cell)
        low, high = self._neighbours(mention)
        sentence_start, sentence_end = self.sentence_bounds(mention.start)
        floor = max(low, sentence_start)
        shared = bool(_SHARED.search(text[max(0, mention.start - 6) : mention.start]))
        start = self._back(mention.start, floor)
        before = text[start : mention.start]
        joined = start == low > sentence_start
        if joined and not shared:
            before = _right_of_conjunction(before)
        behind = unit_end(text, mention)
        stop = self._ahead(behind, min(high, sentence_end))
        after = _COMPARISON.split(text[behind:stop])[0] if stop == high else text[behind:stop]
        if stop == high < sentence_end:
            after = _left_of_conjunction(_outside_brackets(after))
        earlier = self._earlier(sentence_start, start)
        if _MEANINGLESS.match(before) and _MEANINGLESS.match(after) and earlier:
            before, earlier = earlier[0] + "，" + before, earlier[1:]
        return Context(
            near=f"{before}＃{after}",
            before=before.rstrip(" "),
            earlier=earlier,
            sentence=text[sentence_start:sentence_end],
            above=self._above(sentence_start),
            shared=shared,
            after=text[mention.end : mention.end + 12],
            percent=mention.unit == "%",
            later=self._later(stop, high, sentence_end),
        )

    def _in_cell(self, mention: Mention, cell: Cell) -> Context:
        """A figure of a table: said of its row's label, under its column's head."""
        before = (
            f"{cell.head}{cell.label}" if PERIOD.search(cell.head) else f"{cell.label}{cell.head}"
        )
        first, second = self.headings(mention.start)
        return Context(
            near=f"{before}＃",
            before=before,
            earlier=(),
            sentence=before,
            above=(cell.caption, "", second, first),
            after=self.text[mention.end : mention.end + 12],
            percent=mention.unit == "%",
            cell=True,
        )

    def _earlier(self, sentence_start: int, start: int) -> tuple[str, ...]:
        pieces = re.split(f"[{_CLAUSE_END}]", self.text[max(sentence_start, start - 160) : start])
        return tuple(piece for piece in reversed(pieces) if piece.strip())[:4]

    def _later(self, stop: int, high: int, sentence_end: int) -> str:
        """The next clause, if no figure stands in it."""
        if self.text[stop : stop + 1] not in ("，", ","):
            return ""
        end = self._ahead(stop + 1, sentence_end)
        return self.text[stop + 1 : end] if end <= high else ""

    def _above(self, sentence_start: int) -> tuple[str, ...]:
        line = self._lines[max(0, bisect_right(self._lines, sentence_start) - 1)]
        previous = self.text[max(line, sentence_start - 120) : sentence_start]
        first, second = self.headings(sentence_start)
        return previous, self.text[line : min(line + 40, sentence_start)], second, first

    def in_turn(self, mention: Mention) -> str:
        """For 甲、乙、丙分别为3件、2件、1件: the item this figure belongs to, else ""."""
        start, end = self.sentence_bounds(mention.start)
        marks = list(_IN_TURN.finditer(self.text, start, mention.start))
        if not marks:
            return ""
        mark = marks[-1]
        begin = self._back(mark.start(), start)
        stop = self._ahead(mark.end(), end)
        first, last = bisect_left(self._starts, mark.end()), bisect_left(self._starts, stop)
        figures = self._counted[first:last]
        items = _split(self.text[begin : mark.start()], len(figures))
        if len(figures) < 2 or not items:
            return ""
        for item, figure in zip(items, figures, strict=True):
            if figure.start == mention.start:
                return item
        return ""


def _split(text: str, number: int) -> list[str]:
    """``text`` as so many items of a list; [] where it isn't one. 和 may be part of a name: 调解和解."""
    for pattern in (_STRONG, _CONJUNCTION):
        items = [i for i in pattern.split(text) if i.strip()]
        if len(items) == number:
            return items
    return []


def unit_end(text: str, mention: Mention) -> int:
    """Where a mention's measure word ends."""
    unit = mention.unit.lstrip("万亿千百十") if mention.unit else ""
    at = mention.end
    if text[at : at + 1] == " ":
        at += 1
    return at + len(unit) if unit and text.startswith(unit, at) else mention.end


def _right_of_conjunction(text: str) -> str:
    """What belongs to the later of two figures in one clause."""
    first = _CONJUNCTION.match(text)
    if first:
        return text[first.end() :]
    found = list(_CONJUNCTION.finditer(text))
    return text[found[-1].end() :] if found else text


def _outside_brackets(text: str) -> str:
    """The words between two figures without the bracket the later one stands in: 67件（含结转12件）."""
    opening = max(text.rfind(mark) for mark in "（(")
    return text if opening < 0 or re.search("[）)]", text[opening:]) else text[:opening]


def _left_of_conjunction(text: str) -> str:
    """What belongs to the earlier one."""
    if _CONJUNCTION.match(text):
        return ""
    found = list(_CONJUNCTION.finditer(text))
    return text[: found[-1].start()] if found else text
