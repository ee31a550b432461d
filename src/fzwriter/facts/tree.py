"""Facts files as neutral trees, every node with the place it stands at.

A reader turns bytes into ``Table``, ``Items`` and ``Scalar`` nodes and judges nothing but syntax:
what a scalar means is for ``shape``, which knows the fields. Scalars keep the characters of the
file, so 25.63 is never a binary float and 1:30 never ninety. A reader for another format (.xlsx)
has only to build the same nodes and be named in ``load``.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fzwriter.errors import InputError

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
#: What neither XML nor UTF-8 can carry; escapes in JSON and in quoted YAML get it past the reader.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
DEPTH = 12  # a facts file is three deep
Reader = Callable[[bytes, str], "Node"]


@dataclass(frozen=True)
class Scalar:
    """A leaf.

    Attributes:
        text: its characters.
        place: ``第 12 行``, ``数据!D7``.
        literal: the file declares it text (quotes, a text cell), so that it is no number.
    """

    text: str
    place: str
    literal: bool = False

    @property
    def empty(self) -> bool:
        """Nothing was written here."""
        return not self.literal and self.text in _NULLS


@dataclass(frozen=True)
class Items:
    """A list."""

    nodes: tuple[Node, ...]
    place: str


@dataclass(frozen=True)
class Table:
    """A mapping; ``keys`` holds the places of the keys themselves.

    The root's ``notices`` are what the clerk should know of how the file was read, ``unsettled``
    the places and words of what must be answered before a report is written.
    """

    nodes: Mapping[str, Node]
    keys: Mapping[str, str]
    place: str
    notices: tuple[str, ...] = ()
    unsettled: tuple[tuple[str, str], ...] = ()


Node = Scalar | Items | Table


class TableBuilder:
    """Collects the entries of one mapping and refuses a key given twice."""

    def __init__(self, place: str, name: str) -> None:
        self._place = place
        self._name = name
        self._nodes: dict[str, Node] = {}
        self._keys: dict[str, str] = {}

    def place_key(self, key: str, place: str) -> None:
        """Note where a key stands.

        Raises:
            InputError: the mapping has it already.
        """
        if key in self._keys:
            raise InputError(
                f"“{key}”重复：{self._keys[key]}已写过一次",
                path=self._name,
                place=place,
                remedy="请只保留一处",
            )
        self._keys[key] = place

    def add(self, key: str, node: Node) -> None:
        """Put the value of a key that has been placed."""
        self._nodes[key] = node

    def build(self) -> Table:
        """The finished table."""
        return Table(self._nodes, self._keys, self._place)


def decode(content: bytes, name: str) -> str:
    """The text of a file: UTF-8 with or without a mark, UTF-16 with one, else GB18030.

    Raises:
        InputError: it is none of these.
    """
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(
        "不是文本文件，或文字编码无法识别", path=name, remedy="请另存为 UTF-8 编码的文本"
    )
