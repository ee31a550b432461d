"""For the review page: a paragraph's text with its numbers and issues marked.

Numbers never overlap each other; issues may span numbers, each other and paragraphs. The text is
cut wherever a number or an issue begins or ends; a number is one element around its pieces, an issue
is a class on each piece it covers, with an empty anchor where it begins and a badge behind its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from fzwriter.output.html import visible
from fzwriter.report import SEVERITIES


@dataclass(frozen=True)
class Mark:
    """A numeral to be marked: offsets into the paragraph.

    Attributes:
        start: first code point.
        end: one past the last.
        status: verdict of the check.
        tip: one line for the browser's own tooltip.
        number: id of its row in the table of numbers; "" for what is no data (一、 “三项制度”).
        twin: whether other data have its value too; it bears a small mark.
    """

    start: int
    end: int
    status: str
    tip: str
    number: str = ""
    twin: bool = False


@dataclass(frozen=True)
class Flag:
    """The part of an issue that lies in one paragraph.

    Attributes:
        start: first code point in the paragraph.
        end: one past the last; equal to ``start`` for an issue of a place between characters.
        number: of the issue, from 1, in the page's list.
        severity: ``error``, ``doubt`` or ``warning``.
        badge: what stands behind it: 错1.
        first: whether the issue begins here.
        last: whether it ends here.
    """

    start: int
    end: int
    number: int
    severity: str
    badge: str
    first: bool = True
    last: bool = True


def marked(
    text: str,
    marks: Sequence[Mark],
    flags: Sequence[Flag],
    breaks: Iterable[int] = (),
    lead: int = 0,
    lead_class: str = "",
) -> Markup:
    """One paragraph as HTML.

    Args:
        text: the paragraph without line breaks.
        marks: its numerals in order, not overlapping.
        flags: the parts of issues in it, in any order.
        breaks: offsets where the printed line breaks.
        lead: length of a run-in heading, 0 for none.
        lead_class: class of the run-in heading.
    """
    if lead:
        # Never inside a number, which is one element.
        lead = next((m.end for m in marks if m.start < lead < m.end), min(lead, len(text)))
    return _Writer(visible(text), marks, flags, frozenset(breaks), lead, lead_class).html()


class _Writer:
    def __init__(
        self,
        text: str,
        marks: Sequence[Mark],
        flags: Sequence[Flag],
        breaks: frozenset[int],
        lead: int,
        lead_class: str,
    ) -> None:
        self._text, self._breaks, self._lead, self._lead_class = text, breaks, lead, lead_class
        self._opening = {m.start: m for m in marks if m.start < m.end}
        self._begins: dict[int, list[Flag]] = {}
        self._ends: dict[int, list[Flag]] = {}
        for flag in sorted(flags, key=lambda f: f.number):
            self._begins.setdefault(flag.start, []).append(flag)
            self._ends.setdefault(flag.end, []).append(flag)
        cuts = {0, len(text), lead, *self._begins, *self._ends, *self._breaks}
        for mark in marks:
            cuts |= {mark.start, mark.end}
        self._cuts = sorted(cut for cut in cuts if 0 <= cut <= len(text))
        self._out: list[Markup] = []
        self._active: dict[int, Flag] = {}
        self._badges: list[Flag] = []
        self._open: Mark | None = None

    def html(self) -> Markup:
        if self._lead:
            self._put(Markup('<span class="lead {}">').format(self._lead_class))
        for index, cut in enumerate(self._cuts):
            self._at(cut)
            if index + 1 < len(self._cuts):
                self._piece(self._text[cut : self._cuts[index + 1]])
        return Markup("").join(self._out)

    def _put(self, html: Markup) -> None:
        self._out.append(html)

    def _at(self, cut: int) -> None:
        """Whatever ends or begins between two characters."""
        if self._open is not None and self._open.end <= cut:
            self._put(Markup("</a>" if self._open.number else "</span>"))
            self._open = None
        for flag in self._ends.get(cut, ()):
            if flag.start < cut:
                self._close(flag)
        if self._open is None:
            self._put_badges()
        if self._lead and cut == self._lead:
            self._put(Markup("</span>"))
        if cut in self._breaks:
            self._put(Markup("<br>"))
        for flag in self._begins.get(cut, ()):
            self._begin(flag)
        if self._open is None:
            self._put_badges()
        mark = self._opening.get(cut)
        if mark is not None:
            self._start(mark)

    def _begin(self, flag: Flag) -> None:
        if flag.first:
            self._put(Markup('<span class="at" id="t-i{}"></span>').format(flag.number))
        if flag.start < flag.end:
            self._active[flag.number] = flag
        else:
            self._close(flag)

    def _close(self, flag: Flag) -> None:
        self._active.pop(flag.number, None)
        if flag.last:
            self._badges.append(flag)

    def _put_badges(self) -> None:
        badge = Markup('<a class="badge {0}" href="#i{1}" data-i="{1}" aria-label="{2}">{2}</a>')
        for flag in self._badges:
            self._put(badge.format(flag.severity, flag.number, flag.badge))
        self._badges.clear()

    def _start(self, mark: Mark) -> None:
        self._open = mark
        tip = visible(mark.tip)
        if mark.number:
            link = Markup('<a class="n{3}" data-s="{0}" id="t-{1}" href="#{1}" title="{2}">')
            twin = " twin" if mark.twin else ""
            self._put(link.format(mark.status, mark.number, tip, twin))
        else:
            self._put(Markup('<span class="n" data-s="{}" title="{}">').format(mark.status, tip))

    def _piece(self, text: str) -> None:
        if not text:
            return
        if not self._active:
            self._put(escape(text))
            return
        active = {flag.severity for flag in self._active.values()}
        worst = next(severity for severity in SEVERITIES if severity in active)
        numbers = " ".join(map(str, sorted(self._active)))
        span = Markup('<span class="i {}" data-i="{}">{}</span>')
        self._put(span.format(worst, numbers, text))
