"""What people do to a .docx, done to its XML as Word would leave it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
AUTHOR = 'w:id="{}" w:author="局办" w:date="2025-01-15T09:00:00Z"'


def xml(text: str) -> Any:
    """An element; ``<w:…>`` without its namespaces declared."""
    tag, _, rest = text[1:].partition(">")
    end = "/" if tag.endswith("/") else ""
    spaces = nsdecls("w") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    return parse_xml(f"<{tag.removesuffix('/')} {spaces}{end}>{rest}")


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


class Word:
    """A .docx in somebody's hands."""

    def __init__(self, path: Path) -> None:
        self.document = docx.Document(str(path))
        self.body = self.document.element.body

    def save(self, path: Path) -> Path:
        self.document.save(str(path))
        return path

    def paragraph(self, words: str) -> Any:
        """The one paragraph with these words."""
        found = [p for p in self.body.iter(qn("w:p")) if words in text_of(p)]
        assert len(found) == 1, (words, len(found))
        return found[0]

    def controls(self) -> list[Any]:
        return [c for c in self.body.iter(qn("w:sdt")) if c.find(qn("w:sdtPr")) is not None]

    def control(self, tag: str) -> Any:
        found = [c for c in self.controls() if tag_of(c) == tag]
        assert len(found) == 1, (tag, len(found))
        return found[0]

    def type_in_control(self, tag: str, *texts: str) -> None:
        """Put text into a control, in one run or several."""
        content = self.control(tag).find(qn("w:sdtContent"))
        first = content[0]
        for extra in content[1:]:
            content.remove(extra)
        for index, text in enumerate(texts):
            one = first if index == 0 else copy.deepcopy(first)
            one.find(qn("w:t")).text = text
            if index:
                content.append(xml('<w:proofErr w:type="gramStart"/>'))
                content.append(one)

    def type_over(self, tag: str, text: str) -> None:
        """Select a control with what is in it and type: the control goes."""
        control = self.control(tag)
        new = copy.deepcopy(control.find(qn("w:sdtContent"))[0])
        new.find(qn("w:t")).text = text
        control.getparent().replace(control, new)

    def replace(self, old: str, new: str) -> None:
        """Replace words outside content controls, as 查找替换 does, in the one place they stand."""
        paragraph = self.paragraph(old)
        at = text_of(paragraph).index(old)
        self.delete(old)
        self.insert(paragraph, at, new)

    def insert(self, paragraph: Any, at: int, text: str) -> Any:
        """Type text in front of the ``at``-th character of a paragraph; the new run."""
        new = xml(run(text))
        before = _cut(paragraph, at)
        if before is None:
            paragraph.append(new)
        else:
            _outermost(before, paragraph).addprevious(new)
        return new

    def delete(self, words: str) -> None:
        """Select words and press Delete; controls inside go with them."""
        paragraph = self.paragraph(words)
        start = text_of(paragraph).index(words)
        for node in self._stretch(paragraph, start, start + len(words)):
            node.getparent().remove(node)

    def delete_tracked(self, words: str) -> None:
        """The same with changes tracked: the runs stay in the file, marked as deleted."""
        paragraph = self.paragraph(words)
        start = text_of(paragraph).index(words)
        for number, node in enumerate(self._stretch(paragraph, start, start + len(words))):
            for text in list(node.iter(qn("w:t"))):
                text.tag = qn("w:delText")
            runs = [node] if node.tag == qn("w:r") else list(node.iter(qn("w:r")))
            for one in runs:
                mark = xml(f"<w:del {AUTHOR.format(900 + number)}/>")
                one.addprevious(mark)
                mark.append(one)

    def insert_tracked(self, paragraph: Any, at: int, text: str) -> None:
        new = self.insert(paragraph, at, text)
        mark = xml(f"<w:ins {AUTHOR.format(950)}/>")
        new.addprevious(mark)
        mark.append(new)

    def split(self, words: str) -> None:
        """Press Enter in front of words."""
        paragraph = self.paragraph(words)
        at = text_of(paragraph).index(words)
        first = _outermost(_cut(paragraph, at), paragraph)
        second = xml("<w:p/>")
        paragraph.addnext(second)
        while first is not None:
            following = first.getnext()
            second.append(first)
            first = following

    def add_footnote(self, text: str) -> None:
        inner = f'<w:footnote w:id="2"><w:p>{run(text)}</w:p></w:footnote>'
        data = f"<w:footnotes {nsdecls('w')}>{inner}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), NOTES, data, self.document.part.package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def add_text_box(self, words: str, text: str) -> None:
        """A text box as Word saves it: once for new programs, once for old ones."""
        inner = f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"
        box = (
            "<w:r><mc:AlternateContent>"
            f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
        self.paragraph(words).append(xml(box))

    def add_table(self, words: str, rows: list[list[str]]) -> None:
        table = self.document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        self.paragraph(words).addnext(table._tbl)

    def drop_controls(self) -> None:
        """What some programs do on saving: keep the text, lose every control."""
        for control in self.controls():
            for node in list(control.find(qn("w:sdtContent"))):
                control.addprevious(node)
            control.getparent().remove(control)

    def drop_ledger(self) -> None:
        rels = self.document.part.rels
        for key in [k for k, r in rels.items() if r.reltype.endswith("/customXml")]:
            del rels[key]

    def _stretch(self, paragraph: Any, start: int, end: int) -> Iterator[Any]:
        """The runs and controls of a paragraph that hold its characters from start to end."""
        _cut(paragraph, start)
        _cut(paragraph, end)
        at = 0
        for node in list(paragraph):
            length = len(text_of(node))
            if start <= at and at + length <= end and length:
                yield node
            at += length


def tag_of(control: Any) -> str:
    properties = control.find(qn("w:sdtPr"))
    tag = properties.find(qn("w:tag"))
    tag = properties.find(qn("w:alias")) if tag is None else tag
    return "" if tag is None else str(tag.get(qn("w:val")))


def text_of(node: Any) -> str:
    return "".join(t.text or "" for t in node.iter(qn("w:t")))


def _outermost(node: Any, paragraph: Any) -> Any:
    while node.getparent() is not paragraph:
        node = node.getparent()
    return node


def _cut(paragraph: Any, at: int) -> Any | None:
    """Split the run that holds a character in front of it; the run that begins there."""
    passed = 0
    for text in list(paragraph.iter(qn("w:t"))):
        length = len(text.text or "")
        if passed + length > at:
            one = text.getparent()
            if passed == at:
                return one
            rest = copy.deepcopy(one)
            words = text.text
            text.text = words[: at - passed]
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            rest.find(qn("w:t")).text = words[at - passed :]
            rest.find(qn("w:t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            one.addnext(rest)
            return rest
        passed += length
    return None
