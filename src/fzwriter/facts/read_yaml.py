"""YAML facts files: the neutral tree, and what is wrong with the syntax, in Chinese."""

from __future__ import annotations

import contextlib
import re
from typing import Any

import yaml

from fzwriter.errors import InputError
from fzwriter.facts.tree import DEPTH, Items, Node, Scalar, Table, TableBuilder, decode

_YAML_PROBLEMS: tuple[tuple[str, str, str], ...] = (
    (r"'\\t' that cannot start", "缩进或分隔用了制表符（Tab）", "请改用空格"),
    (r"[`@%].*cannot start", "以特殊符号（` @ %）开头的文字没有加引号", "请给这段文字加上引号"),
    (r"escape", "双引号里的反斜杠 \\ 无法识别", "请改用单引号，或把 \\ 写成 \\\\"),
    (r"quoted scalar", "引号没有成对", "请补上缺少的引号"),
    (r"flow (mapping|sequence)", "{ } 或 [ ] 没有写完整", "请检查括号是否成对、逗号是否为英文半角"),
    (r"mapping values are not allowed", "冒号或缩进的位置不对", "请检查缩进；含冒号的文字要加引号"),
    (r"expected ':'", "缺少冒号", "键后面要写英文冒号加空格，如 value: 48"),
    (r"block (mapping|sequence|collection|end)", "缩进没有对齐", "请让同一层的内容左端对齐"),
    (r"alias|anchor", "文字以 * 或 & 开头却没有加引号", "请给这段文字加上引号"),
)


def _yaml_error(error: yaml.YAMLError, text: str, name: str) -> InputError:
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return InputError(
            "含有不可见的控制字符",
            path=name,
            place=f"第 {line} 行",
            remedy="请删去后重新输入这一行",
        )
    problem = getattr(error, "problem", None) or ""
    context = getattr(error, "context", None) or ""
    mark = getattr(error, "problem_mark", None)
    # What was left open is mended where it was opened, not at the end of the file.
    if re.search("quoted scalar|simple key", context) or "stream end" in problem:
        mark = getattr(error, "context_mark", None) or mark
    place = f"第 {mark.line + 1} 行" if mark is not None else ""
    said = f"{problem} {context}"
    for pattern, what, remedy in _YAML_PROBLEMS:
        if re.search(pattern, said):
            return InputError(f"YAML 格式有误：{what}", path=name, place=place, remedy=remedy)
    return InputError(
        "YAML 格式有误", path=name, place=place, remedy="请检查这一行的缩进、冒号和引号"
    )


class _YamlTree:
    """Nodes from parser events. Anchors, aliases and tags are refused: no bomb, no lost text."""

    def __init__(self, text: str, loader: Any, name: str) -> None:
        # Read as they come: what nests too deeply is refused before the parser chokes on it.
        self._events = yaml.parse(text, Loader=loader)
        self._name = name

    def read(self) -> Node:
        event = self._next()
        while not isinstance(event, yaml.NodeEvent | yaml.StreamEndEvent):
            event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return Scalar("", "第 1 行")
        node = self._node(event, 0)
        self._next()  # the document's end
        extra = self._next()
        if not isinstance(extra, yaml.StreamEndEvent):
            raise self._error(extra, "文件里有两份文档", "请删去单独成行的 ---")
        return node

    def _next(self) -> Any:
        return next(self._events)

    def _place(self, event: Any) -> str:
        return f"第 {event.start_mark.line + 1} 行"

    def _error(self, event: Any, problem: str, remedy: str) -> InputError:
        return InputError(problem, path=self._name, place=self._place(event), remedy=remedy)

    def _node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            problem = "不支持 YAML 的引用（& 和 *）"
            raise self._error(event, problem, "以 & 或 * 开头的文字请加引号")
        if event.tag is not None:
            raise self._error(event, "不支持 YAML 的标签（!）", "以 ! 开头的文字请加引号")
        if depth > DEPTH:
            raise self._error(event, "嵌套层数过多", "请对照模板检查括号和缩进")
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, self._place(event), literal=not event.implicit[0])
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(event, depth)
        return self._table(event, depth)

    def _items(self, start: Any, depth: int) -> Items:
        nodes = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            nodes.append(self._node(event, depth + 1))
        return Items(tuple(nodes), self._place(start))

    def _table(self, start: Any, depth: int) -> Table:
        table = TableBuilder(self._place(start), self._name)
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise self._error(event, "键写成了列表或表", "请检查括号和冒号")
            table.place_key(key.text, key.place)
            table.add(key.text, self._node(self._next(), depth + 1))
        return table.build()


def read_yaml(content: bytes, name: str) -> Node:
    """The tree of a YAML file.

    Raises:
        InputError: broken syntax, aliases, tags, a key given twice.
    """
    text = decode(content, name)
    # The C parser is fifty times as fast; the pure one words and places its errors better.
    if (fast := getattr(yaml, "CSafeLoader", None)) is not None:
        with contextlib.suppress(yaml.YAMLError):
            return _YamlTree(text, fast, name).read()
    try:
        return _YamlTree(text, yaml.SafeLoader, name).read()
    except yaml.YAMLError as error:
        raise _yaml_error(error, text, name) from error
