"""Taking out of a .docx what helped to check it: the copy that is filed has none of it."""

from __future__ import annotations

import io
import json
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fzwriter.documents import LEDGER_NAMESPACE, NOTICE_STYLE, wml
from fzwriter.documents.package import Package
from fzwriter.output.review import AUTHOR, ISSUE_INITIALS
from fzwriter.output.skeleton import rezipped

_TAG = re.compile(r"n\d{3,}")
_TYPES = "[Content_Types].xml"
_PARAGRAPH_ID = "paraId"  # w14, w15, w16cid: how the newer parts of comments name a comment
_COMMENT_PARTS = ("commentsExtended", "commentsIds", "commentsExtensible")


def strip_provenance(data: bytes, path: Path | str = "报告.docx") -> bytes:
    """A .docx without our content controls, ledger, comments, marks of issues and notices.

    The text stays, as people left it; so do their own controls, comments and customXml parts. A
    control that somebody emptied goes with the placeholder Word shows in it. It does not judge the
    text: make sure first that no errors remain.

    Args:
        data: the file, written by us and perhaps edited since, or by anybody.
        path: its path, for messages.

    Raises:
        InputError: it can't be read as a .docx.
    """
    package = Package(data, Path(path))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    work = _Work(package, parts)
    work.drop_ledger()
    work.drop_comments()
    work.clean_text_parts()
    return rezipped(work.parts)


@dataclass
class _Work:
    package: Package
    parts: dict[str, bytes]
    tags: set[str] = field(default_factory=set)
    comments: set[str] = field(default_factory=set)
    issues: set[str] = field(default_factory=set)

    def drop_ledger(self) -> None:
        """The customXml part of ours; notes the tags it names."""
        for name in [n for n in self.parts if re.fullmatch(r"customXml/[^/]+\.xml", n)]:
            if LEDGER_NAMESPACE.encode() not in self.package.head(name):
                continue
            root = self.package.xml(name)
            if root is None or wml.split(root) != (LEDGER_NAMESPACE, "ledger"):
                continue
            self.tags |= _tags(root.text or "")
            for properties in self.package.targets(name, "customXmlProps"):
                self._remove(properties)
            self._remove(name)

    def drop_comments(self) -> None:
        """Our comments in all parts that hold comments."""
        paragraphs: set[str] = set()
        for name in self._of_kind("comments"):
            root = self._root(name)
            for comment in list(root):
                if wml.attribute(comment, "author") != AUTHOR:
                    continue
                number = wml.attribute(comment, "id") or ""
                self.comments.add(number)
                if wml.attribute(comment, "initials") in ISSUE_INITIALS:
                    self.issues.add(number)
                paragraphs |= set(_ids(comment))
                root.remove(comment)
            if len(root) or not self.comments:
                self._put(name, root)
            else:
                self._remove(name)
        if self.comments:
            self._drop_replies(paragraphs)

    def _drop_replies(self, gone: set[str]) -> None:
        """What the newer parts say of comments that are gone; a person's reply stands alone then."""
        durable: set[str] = set()
        names = [n for n in self.parts if Path(n).stem in _COMMENT_PARTS]
        for name in sorted(names, key=lambda n: _COMMENT_PARTS.index(Path(n).stem)):
            root = self._root(name)
            for node in list(root):
                told = {_local(key): (key, value) for key, value in node.attrib.items()}
                if told.get("paraId", ("", ""))[1] in gone:
                    durable.add(told.get("durableId", ("", ""))[1])
                    root.remove(node)
                elif "paraId" not in told and told.get("durableId", ("", ""))[1] in durable:
                    root.remove(node)
                elif told.get("paraIdParent", ("", ""))[1] in gone:
                    del node.attrib[told["paraIdParent"][0]]
            if len(root):
                self._put(name, root)
            else:
                self._remove(name)

    def clean_text_parts(self) -> None:
        """Controls, ranges of comments, marks and notices in body, notes, headers and footers."""
        notices = self._notice_styles()
        told: set[str] = set()
        for name in self._text_parts():
            root = self.package.xml(name)
            if root is None:
                continue
            _unmark(root, self.comments, self.issues)
            _unwrap(root, lambda tag: tag in self.tags or bool(_TAG.fullmatch(tag)))
            told |= _drop_notices(root, notices, told)
            self._put(name, root)

    def _text_parts(self) -> list[str]:
        main = self.package.related("").get("officeDocument", "word/document.xml")
        kinds = ("footnotes", "endnotes", "header", "footer")
        return [main, *(t for kind in kinds for t in self.package.targets(main, kind))]

    def _notice_styles(self) -> set[str]:
        return {
            wml.attribute(style, "styleId") or ""
            for name in self._of_kind("styles")
            for style in list(self._root(name))
            if wml.name(style) == "style" and wml.value(style, "name").startswith(NOTICE_STYLE)
        }

    def _of_kind(self, kind: str) -> Iterator[str]:
        main = self.package.related("").get("officeDocument", "word/document.xml")
        yield from (t for t in self.package.targets(main, kind) if t in self.parts)

    def _root(self, name: str) -> Any:
        return self.package.xml(name)

    def _put(self, name: str, root: Any) -> None:
        self.parts[name] = _serialised(root)

    def _remove(self, name: str) -> None:
        """A part, what relates to it, and its entry among the content types."""
        folder, file = posixpath.split(name)
        self.parts.pop(name, None)
        self.parts.pop(posixpath.join(folder, "_rels", f"{file}.rels"), None)
        self._filter(_TYPES, lambda node: node.get("PartName", "").lstrip("/") == name)
        for rels in [n for n in self.parts if n.endswith(".rels")]:
            base = posixpath.dirname(posixpath.dirname(rels))

            def leads_there(node: Any, base: str = base) -> bool:
                target = posixpath.join("/", base, node.get("Target", ""))
                outside = node.get("TargetMode") == "External"
                return not outside and posixpath.normpath(target).lstrip("/") == name

            self._filter(rels, leads_there)

    def _filter(self, name: str, unwanted: Callable[[Any], bool]) -> None:
        from lxml import etree

        if name not in self.parts:
            return
        root = etree.fromstring(self.parts[name], etree.XMLParser(resolve_entities=False))
        gone = [node for node in root if isinstance(node.tag, str) and unwanted(node)]
        for node in gone:
            root.remove(node)
        if gone:
            self._put(name, root)


def _serialised(root: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _local(key: str) -> str:
    return key.rpartition("}")[2]


def _tags(text: str) -> set[str]:
    try:
        return {str(entry["id"]) for entry in json.loads(text)["entries"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        return set()


def _ids(comment: Any) -> Iterator[str]:
    """How newer parts name a comment: by its paragraphs."""
    for paragraph in comment.iter():
        for key, value in paragraph.attrib.items():
            if _local(key) == _PARAGRAPH_ID:
                yield value


def _all(root: Any, *names: str) -> Iterator[Any]:
    """The elements of these names, in the order of the file."""
    return iter(root.iter(*(f"{{{space}}}{name}" for space in wml.SPACES for name in names)))


def _unmark(root: Any, comments: set[str], issues: set[str]) -> None:
    """Drop the ranges and marks of comments, and the colour of those that tell issues."""
    inside: set[str] = set()
    gone: list[Any] = []
    for node in _all(root, "commentReference", "commentRangeStart", "commentRangeEnd", "highlight"):
        name = wml.name(node)
        number = wml.attribute(node, "id") if name != "highlight" else None
        if number in comments and name == "commentReference":
            run = node.getparent()
            gone.append(run if _is_bare(run) else node)
        elif number in comments and name in ("commentRangeStart", "commentRangeEnd"):
            gone.append(node)
            (inside.add if name == "commentRangeStart" else inside.discard)(number or "")
        elif name == "highlight" and inside & issues:
            gone.append(node)
    for node in gone:
        if node.getparent() is not None:
            node.getparent().remove(node)


def _is_bare(run: Any) -> bool:
    """A run that holds a comment's mark and nothing else."""
    return wml.name(run) == "r" and sum(wml.name(child) != "rPr" for child in run) == 1


def _unwrap(root: Any, ours: Callable[[str], bool]) -> None:
    """Put in place of each control of ours what it holds, nothing where Word shows a placeholder."""
    for control in list(_all(root, "sdt")):
        tag = wml.value(control, "sdtPr", "tag") or wml.value(control, "sdtPr", "alias")
        parent = control.getparent()
        if parent is None or not ours(tag):
            continue
        content: Any = wml.child(control, "sdtContent")
        empty = content is None or wml.is_on(control, "sdtPr", "showingPlcHdr")
        at = parent.index(control)
        parent[at : at + 1] = [] if empty else list(content)


def _drop_notices(root: Any, styles: set[str], told: set[str]) -> set[str]:
    """Remove notices of errors: by style, and in headers by the words of the notice."""
    found: set[str] = set()
    in_margin = wml.name(root) in ("hdr", "ftr")
    for paragraph in list(_all(root, "p")):
        by_style = wml.value(paragraph, "pPr", "pStyle") in styles
        if not (by_style or in_margin):
            continue
        text = "".join(node.text or "" for node in _all(paragraph, "t")).strip()
        if not by_style and text not in told:
            continue
        if text:
            found.add(text)
        parent = paragraph.getparent()
        if in_margin and len(parent) == 1:  # a header holds one paragraph at least
            paragraph[:] = []
        else:
            parent.remove(paragraph)
    return found
