"""The same text with headings of another look: what is wrong must be found, what is right stay clean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fzwriter.evaluation.sites import Ground, Mutant
from fzwriter.evaluation.wrong_figures import swap
from fzwriter.reading import ReportText
from fzwriter.reading.headings import Heading, Hint
from fzwriter.reading.numbered import number_of, spelled

_STYLE, _LABEL = "样式", "自动编号"
# The numbers of the first levels; {c} is Chinese, {n} Arabic. By style and by Word none is typed.
_LOOKS: dict[str, tuple[str, ...]] = {
    "（一）": ("（{c}）", "{n}.", "（{n}）"),
    "1.": ("{n}. ", "（{n}）"),
    "1、": ("{n}、", "({n})"),
    "一.": ("{c}.", "（{c}）", "{n}."),
    "(1)": ("{c}、", "({n})"),
    "第一部分": ("第{c}部分　", "{c}、", "（{c}）"),
    _STYLE: ("", "", ""),
    _LABEL: ("{c}、", "（{c}）", "{n}."),
    "Markdown": ("# ", "## ", "### "),
}


def restyled_swap(ground: Ground) -> Iterator[Mutant]:
    """Exchanged figures as ``swap`` makes them, each under headings of the next look."""
    looks = list(_LOOKS)
    for number, mutant in enumerate(swap(ground)):
        if (made := _restyled(mutant, looks[number % len(looks)])) is not None:
            yield replace(made, kind="restyled")


def restyled(ground: Ground) -> Iterator[Mutant]:
    """The clean text in every look."""
    plain = Mutant("标题改样", ground.text, ((0, 0),), "", wrong=False)
    for look in _LOOKS:
        if (made := _restyled(plain, look)) is not None:
            yield made


def _restyled(mutant: Mutant, look: str) -> Mutant | None:
    """The mutant with its numbered headings in a look; ``None`` where they go deeper than it does."""
    read = ReportText.of(mutant.text)
    headings = {one.paragraph: one for one in read.outline if one.rank}
    if not headings or max(one.level for one in headings.values()) > len(_LOOKS[look]):
        return None
    lines: list[str] = []
    hints: list[tuple[int, Hint]] = []
    moved: list[int] = []  # by how much the end of each line's number moves
    for at, paragraph in enumerate(read.paragraphs):
        text = paragraph.text
        moved.append(moved[-1] if moved else 0)
        if at in headings:
            indent = len(text) - len(text.lstrip())
            number = number_of(text[indent:])  # None for a heading that lost it
            end = indent + number.end if number else indent
            mark, hint = _mark(headings[at], look)
            moved[-1] += len(mark) - end
            text = mark + text[end:]
            hints += [(at, hint)] if hint else []
        lines.append(text)
    spans = tuple(
        (start + moved[read.paragraph_at(start)], end + moved[read.paragraph_at(end)])
        for start, end in mutant.spans
    )
    note = f"{mutant.note} {look}".strip()
    return replace(mutant, text="\n".join(lines), spans=spans, note=note, hints=tuple(hints))


def _mark(heading: Heading, look: str) -> tuple[str, Hint | None]:
    """What is typed before a heading, and what the file says of it."""
    form = _LOOKS[look][heading.level - 1]
    mark = form.format(c=spelled(heading.number), n=heading.number)
    if look == _STYLE:
        return "", Hint(level=heading.level)
    return ("", Hint(label=mark)) if look == _LABEL else (mark, None)
