"""The walk over a part of a .docx that leaves no printed character out.

``Paragraph.text`` of python-docx skips content controls, so the walk is our own: every ``w:t``
counts unless what holds it does not print.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from fzwriter.documents import glyphs, wml
from fzwriter.documents.clean import clean_text, count_unwanted
from fzwriter.documents.line import UNREAD, Line, Mark
from fzwriter.documents.model import NOTICE_STYLE, Cell
from fzwriter.documents.numbering import Numbering

_TEXT = wml.SPACES | glyphs.MATH | {"http://schemas.openxmlformats.org/drawingml/2006/main"}
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_REMOVED = {"del", "moveFrom"}
_UNPRINTED = _REMOVED | {
    "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr",
    "delText", "delInstrText", "rt", "fldData",
}  # fmt: skip
# Elements outside WordprocessingML that print what no w:t holds, apart from the running text.
_DRAWN = {
    "chart": "drawn",
    "relIds": "drawn",
    "contentPart": "drawn",
    "pic": "pictures",
    "imagedata": "pictures",
}
_PLACES = 3  # that a notice names
_BEFORE = 12  # characters before a place that name it
_GLYPHS = {"sym", "object", "control", "ruby", "subDoc"}
# Results of these fields are numbers of pages, which Word counts itself.
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b", re.IGNORECASE)


@dataclass
class _Field:
    """A complex field that is open: its code, and whether its result has begun."""

    code: str = ""
    result: bool = False


@dataclass
class _Inline:
    """What has been collected of one paragraph."""

    paragraph: Any
    texts: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    boxes: list[Line] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    in_bold: bool = False
    plain: bool = False

    def add(self, text: str) -> None:
        """Print some text, unless it is the number of a page."""
        if not any(one.result and _PAGE_FIELD.match(one.code) for one in self.fields):
            self.texts.append(text)
            self.length += len(text)
            self.plain |= not self.in_bold and not text.isspace()

    def unread(self, what: str) -> None:
        """Mark a place where something prints that can't be read."""
        self.marks.append(Mark(UNREAD + what, self.length, self.length))

    def end_field(self) -> None:
        """Close the innermost field; mark the place where its code prints."""
        if self.fields and (what := glyphs.printed_field(self.fields.pop().code)):
            self.unread(what)

    def line(self) -> Line:
        """The paragraph's text; emptied marks first, outer ones before those inside them."""
        while self.fields:  # its end stands in another paragraph
            self.end_field()
        marks = sorted(self.marks, key=lambda m: (m.start, m.end > m.start, -m.end))
        return Line("".join(self.texts), tuple(marks), bold=not self.plain)


@dataclass
class _Grid:
    """A table on the walk: which one, and the row and column come to."""

    table: int
    row: int = -1
    column: int = 0

    def enter(self, node: Any, name: str) -> Cell | None:
        """Step to the next row or cell; the cell's place."""
        if name == "tr":
            self.row += 1
            self.column = _count(wml.value(node, "trPr", "gridBefore"), 0)
            return None
        place = Cell(self.table, self.row, self.column)
        self.column += _count(wml.value(node, "tcPr", "gridSpan"), 1)
        return place


def _count(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() else otherwise


@dataclass
class Walk:
    """One walk over a document; ``met`` counts what it comes upon."""

    styles: wml.Styles
    numbering: Numbering = field(default_factory=Numbering)
    tables: int = 0
    met: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)
    places: dict[str, list[str]] = field(default_factory=dict)
    _last: str = ""

    def lines(self, node: Any) -> Iterator[Line]:
        """The paragraphs under a node in order: tables, content controls and boxes included."""
        carry = Line("")
        for paragraph, tags, cell in self._paragraphs(node, (), _Grid(-1), None):
            inline = _Inline(paragraph)
            if wml.name(paragraph) == "altChunk":
                inline.unread("嵌入的外部文档")
            else:
                self._collect(paragraph, inline)
            line = replace(carry + _held(inline.line(), tags), cell=cell)
            carry = Line("")
            self._last = line.text.strip() or self._last
            if _runs_on(paragraph):
                carry = line
            elif self.styles.of(paragraph).name.startswith(NOTICE_STYLE):
                self.notices.append(line.text)
            else:
                yield from self._finished(paragraph, line)
            yield from inline.boxes
        if carry.text:
            yield carry.joined()

    def _finished(self, paragraph: Any, line: Line) -> Iterator[Line]:
        line = replace(line, level=self.styles.heading_level(paragraph))
        list_id, level, style = self.styles.list_of(paragraph)
        if list_id:
            label = self.numbering.next(list_id, level, style)  # counts empty paragraphs as well
            line = replace(line, label=label)
            self.met["numbered"] += bool(line.text.strip())
        if self.styles.is_centred(paragraph):
            yield line.joined()
        else:
            yield from line.split()

    def _paragraphs(
        self, node: Any, tags: tuple[str, ...], grid: _Grid, cell: Cell | None
    ) -> Iterator[tuple[Any, tuple[str, ...], Cell | None]]:
        """The paragraphs under a node, each with the tags of the controls around it and its cell."""
        for child in self._printed(node):
            name = wml.name(child)
            if name in {"p", "altChunk"}:
                yield child, tags, cell
            elif not _is_dropped(child):
                tag = tag_of(child) if name == "sdt" else ""
                inner, place = grid, cell
                if name == "tbl":
                    inner = _Grid(self.tables)
                    self.tables += 1
                elif name in ("tr", "tc"):
                    place = grid.enter(child, name) or cell
                yield from self._paragraphs(child, (*tags, tag) if tag else tags, inner, place)

    def _printed(self, node: Any) -> Iterator[Any]:
        """The children that print; of alternative contents only the first."""
        if node.tag == f"{{{_MC}}}AlternateContent":
            node = next((child for child in node if isinstance(child.tag, str)), ())
        for child in node:
            name = wml.name(child)
            if name in _REMOVED or name == "ins":
                self.met["changed"] += 1
            if isinstance(child.tag, str) and name not in _UNPRINTED:
                yield child

    def _collect(self, node: Any, into: _Inline) -> None:
        for child in self._printed(node):
            space, local = wml.split(child)
            if local == "t" and space in _TEXT:
                self._add_text(child, into)
            elif space in wml.SPACES:
                self._collect_word(child, local, into)
            elif local == "oMath" and glyphs.is_built(child):
                into.unread("公式（分数、上下标等）")
            else:
                self._collect_drawn(child, local, into)

    def _collect_drawn(self, node: Any, local: str, into: _Inline) -> None:
        """An element outside WordprocessingML: what it is, and the text inside it."""
        if local in _DRAWN:
            before = ("".join(into.texts).strip() or self._last)[-_BEFORE:]
            self.places.setdefault(_DRAWN[local], []).append(before)
        elif local == "textpath" and node.get("string"):  # WordArt of the old kind
            into.boxes.append(Line(clean_text(node.get("string"))))
        self._collect(node, into)

    def _add_text(self, node: Any, into: _Inline) -> None:
        text = (node.text or "").replace("\n", "").replace("\r", "")
        self.met["private"] += sum("\ue000" <= character <= "\uf8ff" for character in text)
        self.met["invisible"] += count_unwanted(text)
        into.add(clean_text(text))

    def _collect_word(self, node: Any, local: str, into: _Inline) -> None:
        """An element of WordprocessingML inside a paragraph."""
        if local in _MARKS:
            into.add(_MARKS[local])
        elif local == "txbxContent":
            into.boxes.extend(self.lines(node))
        elif local == "r" and wml.is_on(node, "rPr", "vanish"):
            self.met["hidden"] += any(wml.name(part) == "t" and part.text for part in node.iter())
        elif local == "commentReference":
            self.met["comments"] += 1
        elif local in {"fldChar", "instrText"}:
            _step(into, node, local)
        elif local == "fldSimple":
            into.fields.append(_Field(wml.attribute(node, "instr") or "", result=True))
            self._collect(node, into)
            into.end_field()
        elif local in _GLYPHS:
            self._collect_glyph(node, local, into)
        elif local == "sdt":
            self._collect_control(node, into)
        else:
            if local == "r":
                into.in_bold = self.styles.is_bold(node, into.paragraph)
            self._collect(node, into)

    def _collect_glyph(self, node: Any, local: str, into: _Inline) -> None:
        """What may print something that no ``w:t`` holds."""
        if local == "sym":
            character = glyphs.symbol(node)
            self.met["symbols"] += character == ""
            if character is None:
                into.unread("符号字体的字符")
            else:
                into.add(character)
        elif local == "subDoc":
            into.unread("子文档")
        elif local in ("object", "control") and glyphs.is_live(node):
            into.unread("嵌入对象（公式、表格、控件等）")
        else:
            if local == "ruby" and glyphs.annotates_with_numeral(node):
                into.unread("标在字上方的数字（拼音指南）")
            self._collect(node, into)

    def _collect_control(self, node: Any, into: _Inline) -> None:
        start = into.length
        if wml.is_on(node, "sdtPr", "showingPlcHdr"):
            self.met["empty"] += 1
        else:
            self._collect(node, into)
        if tag := tag_of(node):
            into.marks.append(Mark(tag, start, into.length))

    def repairs(self) -> tuple[str, ...]:
        """What was decided or left out, one Chinese line each."""
        met = self.met
        lines = {
            "changed": "文件里有修订：按接受全部修订读取",
            "hidden": f"有 {met['hidden']} 处隐藏文字，未计入",
            "numbered": f"有 {met['numbered']} 段用了自动编号：编号用来认标题，不算正文",
            "empty": f"有 {met['empty']} 个内容控件是空的，打印时会印出其中的提示文字，请删去",
            "symbols": f"有 {met['symbols']} 个图形符号（☑、■之类），未计入",
            "private": f"有 {met['private']} 个造字区的字符，印出来是什么无法判断，请人工核对",
            "invisible": f"略去了 {met['invisible']} 个不可见字符",
        }
        told = [line for what, line in lines.items() if met[what]]
        for what, line in _UNCHECKED.items():
            if found := self.places.get(what):
                told.append(line.format(len(found), _told(found)))
        return tuple(told)


_UNCHECKED = {
    "drawn": "有 {} 处图表或 SmartArt（{}），里面的数字未核，请人工核对",
    "pictures": "有 {} 张图片（{}），里面如有数字，未核，请人工核对",
}


def _told(places: list[str]) -> str:
    """Where pictures stand, by the words before them."""
    told = list(dict.fromkeys(f"在“{place}”之后" if place else "在开头" for place in places))
    return "、".join(told[:_PLACES]) + ("等" if len(told) > _PLACES else "")


def tag_of(control: Any) -> str:
    """The tag of a content control; its alias where the tag was lost on the way."""
    return wml.value(control, "sdtPr", "tag") or wml.value(control, "sdtPr", "alias")


def _held(line: Line, tags: tuple[str, ...]) -> Line:
    """A line that controls hold as a whole, around the marks inside it."""
    around = tuple(Mark(tag, 0, len(line.text)) for tag in tags)
    return replace(line, marks=around + line.marks)


def _runs_on(paragraph: Any) -> bool:
    """Whether a paragraph's mark was deleted or moved away: it runs on into the next one."""
    return any(wml.child(paragraph, "pPr", "rPr", name) is not None for name in _REMOVED)


def _is_dropped(node: Any) -> bool:
    """A table row or cell whose deletion is tracked, or a table of contents."""
    name = wml.name(node)
    if name == "tr":
        return wml.child(node, "trPr", "del") is not None
    if name == "tc":
        return wml.child(node, "tcPr", "cellDel") is not None
    gallery = wml.value(node, "sdtPr", "docPartObj", "docPartGallery")
    return name == "sdt" and gallery == "Table of Contents"


def _step(into: _Inline, node: Any, local: str) -> None:
    """Follow a complex field: begin, its code, separate, its result, end."""
    kind = wml.attribute(node, "fldCharType") if local == "fldChar" else "code"
    fields = into.fields
    if kind == "begin":
        fields.append(_Field())
    elif fields and kind == "code":
        fields[-1].code += node.text or ""
    elif fields and kind == "separate":
        fields[-1].result = True
    elif fields and kind == "end":
        into.end_field()
