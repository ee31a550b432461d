"""Word files made by hand, part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from word_parts import part, relations

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a .docx whose body has the given XML; other parts by keyword, ``None`` to leave out.

    A keyword with a dot in it is the name of a part as it is.
    """

    def made(body: str, name: str = "报告.docx", **parts: str | bytes | None) -> Path:
        contents: dict[str, str | bytes | None] = {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": relations(
                styles="styles.xml", footnotes="footnotes.xml", endnotes="/word/endnotes.xml"
            ),
            **{key if "." in key else f"word/{key}.xml": value for key, value in parts.items()},
        }
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for key, value in contents.items():
                if value is not None:
                    archive.writestr(key, value)
        return path

    return made
