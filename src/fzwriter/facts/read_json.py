"""JSON facts files: the neutral tree with lines, and what is wrong with the syntax, in Chinese.

``json`` judges the syntax; it tells no positions of what is well formed, so a second walk does.
(YAML's composer is no stand-in: it refuses tabs and splits surrogate pairs.)
"""

from __future__ import annotations

import json
import re

from fzwriter.errors import InputError
from fzwriter.facts.tree import DEPTH, Items, Node, Scalar, Table, TableBuilder, decode

_JSON_PROBLEMS: tuple[tuple[str, str, str], ...] = (
    (r"delimiter", "缺少逗号、冒号或括号", "请检查这一行和上一行的标点是否为英文半角"),
    (r"property name", "键没有加双引号，或多了一个逗号", "请给键加上英文双引号，并删去多余的逗号"),
    (r"trailing comma", "多了一个逗号", "请删去最后一项后面的逗号"),
    (r"Unterminated string|control character", "引号没有成对", "请补上缺少的英文双引号"),
    (r"escape", "反斜杠 \\ 无法识别", "请把 \\ 写成 \\\\"),
    (r"Extra data", "正文结束后还有内容", "请删去多余的内容"),
    (r"Expecting value", "缺少值，或文字没有加英文双引号", "请检查这一行的引号和逗号"),
)
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


def _json_error(error: json.JSONDecodeError, name: str) -> InputError:
    place = f"第 {error.lineno} 行"
    for pattern, what, remedy in _JSON_PROBLEMS:
        if re.search(pattern, error.msg):
            return InputError(f"JSON 格式有误：{what}", path=name, place=place, remedy=remedy)
    return InputError("JSON 格式有误", path=name, place=place, remedy="请检查这一行的标点")


class _JsonTree:
    """Nodes, with their lines, from text that ``json`` has already found valid."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._at = 0
        self._line = 1
        self._counted = 0

    def read(self, depth: int = 0) -> Node:
        self._skip()
        place = self._place()
        if depth > DEPTH:
            raise InputError(
                "嵌套层数过多", path=self._name, place=place, remedy="请对照模板检查括号"
            )
        if self._text[self._at] == "[":
            return self._items(place, depth)
        if self._text[self._at] == "{":
            return self._table(place, depth)
        return self._scalar(place)

    def _skip(self) -> str:
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._text[self._at : self._at + 1]

    def _place(self) -> str:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return f"第 {self._line} 行"

    def _scalar(self, place: str) -> Scalar:
        start = self._at
        value, self._at = _DECODER.raw_decode(self._text, start)
        if self._text[start] == '"':
            return Scalar(value, place, literal=True)
        return Scalar(self._text[start : self._at], place)

    def _items(self, place: str, depth: int) -> Items:
        nodes: list[Node] = []
        while self._more("]"):
            nodes.append(self.read(depth + 1))
        return Items(tuple(nodes), place)

    def _table(self, place: str, depth: int) -> Table:
        table = TableBuilder(place, self._name)
        while self._more("}"):
            self._skip()
            key = self._scalar(self._place())
            table.place_key(key.text, key.place)
            self._skip()
            self._at += 1  # the colon
            table.add(key.text, self.read(depth + 1))
        return table.build()

    def _more(self, close: str) -> bool:
        """Step over the bracket or comma here; whether an entry follows."""
        if self._skip() != close:
            self._at += 1
        if self._skip() != close:
            return True
        self._at += 1
        return False


def read_json(content: bytes, name: str) -> Node:
    """The tree of a JSON file.

    Raises:
        InputError: broken syntax, a key given twice.
    """
    text = decode(content, name)
    if not text.strip():
        return Scalar("", "第 1 行")
    try:
        _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise _json_error(error, name) from error
    except RecursionError as error:
        raise InputError("嵌套层数过多", path=name, remedy="请对照模板检查括号") from error
    return _JsonTree(text, name).read()
