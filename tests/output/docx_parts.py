"""What tests read of a .docx, without the code that wrote it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"


def parts_of(source: Path | bytes) -> dict[str, bytes]:
    data = source if isinstance(source, bytes) else source.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def edited(
    source: Path | bytes, *changes: tuple[str, str], part: str = BODY, count: int = 0
) -> bytes:
    """The file with strings or patterns of one part's XML replaced; each must occur."""
    parts = parts_of(source)
    text = parts[part].decode()
    for old, new in changes:
        text, done = re.subn(old, new, text, count=count)
        assert done, old
    parts[part] = text.encode()
    return packed(parts)


def root_of(source: Path | bytes, part: str = BODY) -> etree._Element:
    return etree.fromstring(parts_of(source)[part])


def text_of(node: etree._Element) -> str:
    return "".join(t.text or "" for t in node.iter(f"{W}t"))


def value(node: etree._Element, path: str, name: str = "val") -> str | None:
    found = node.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + name)


def controls(source: Path | bytes) -> dict[str, str]:
    return {
        value(node, "sdtPr/tag") or "": text_of(node) for node in root_of(source).iter(f"{W}sdt")
    }


def paragraph(root: etree._Element, start: str) -> etree._Element:
    return next(p for p in root.iter(f"{W}p") if text_of(p).startswith(start))


def changed(
    source: Path | bytes, change: Callable[[etree._Element], None], part: str = BODY
) -> bytes:
    """The file with one part's XML changed by a function."""
    parts = parts_of(source)
    root = etree.fromstring(parts[part])
    change(root)
    parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)
