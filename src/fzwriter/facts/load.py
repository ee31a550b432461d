"""Facts files: from a path to a ``FactSheet`` whose parts know where they were read.

Reading is a table of readers by suffix (``READERS``); each returns the neutral tree of ``tree``.
All that is wrong with a file is gathered and told as one ``InputError``: the first place with what
and remedy, then the other places.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from fzwriter.errors import InputError, reason
from fzwriter.facts.links import find_broken_links
from fzwriter.facts.messages import translate
from fzwriter.facts.model import FactSheet
from fzwriter.facts.problems import Problem, Problems, stop
from fzwriter.facts.read_csv import read_csv
from fzwriter.facts.read_json import read_json
from fzwriter.facts.read_xlsx import read_xlsx
from fzwriter.facts.read_yaml import read_yaml
from fzwriter.facts.shape import shape_sheet
from fzwriter.facts.tree import Items, Node, Reader, Scalar, Table

READERS: Mapping[str, Reader] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".json": read_json,
    ".xlsx": read_xlsx,
    ".csv": read_csv,
}
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试"
_CONVERT = {
    **dict.fromkeys((".xls", ".et", ".ett", ".ods", ".xlsb", ".numbers"), _SAVE_AS),
    **dict.fromkeys((".xlsm", ".xltm"), f"带宏的文件为安全起见不读，{_SAVE_AS}"),
    ".xltx": _SAVE_AS,
}
MAX_BYTES = 10 * 1024 * 1024


def load_facts(path: Path | str) -> FactSheet:
    """Read a facts file (.yaml, .yml, .json, .xlsx, .csv).

    Raises:
        InputError: the file can't be read, or anything in it is wrong.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in READERS:
        raise InputError(
            f"不支持的数据文件类型“{suffix or path.name}”",
            path=path,
            remedy=_CONVERT.get(suffix, f"可用：{'、'.join(READERS)}"),
        )
    return _load(_read_bytes(path), str(path), READERS[suffix])


def loads_facts(text: str, *, name: str = "facts.yaml", format: str = "yaml") -> FactSheet:
    """Read facts from a string; ``name`` stands for the file in messages.

    Raises:
        InputError: anything in it is wrong.
    """
    reader = READERS.get(f".{format}")
    if reader is None:
        raise InputError(f"不支持的数据格式“{format}”", path=name, remedy="可用：yaml、json、csv")
    return _load(text.encode("utf-8", "replace"), name, reader)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError("是文件夹，不是文件", path=path, remedy="请指定其中的数据文件")
        if not path.exists():
            raise InputError("找不到数据文件", path=path, remedy="请检查路径和文件名")
        if not path.is_file():
            raise InputError("不是普通文件", path=path, remedy="请指定数据文件")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"无法读取数据文件（{reason(error)}）",
            path=path,
            remedy="请检查文件权限，或关闭正占用它的程序",
        ) from error
    if len(content) > MAX_BYTES:
        raise InputError("数据文件超过 10 MB", path=path, remedy="请确认选对了文件，只保留数据")
    return content


def _load(content: bytes, name: str, reader: Reader) -> FactSheet:
    root = reader(content, name)
    if isinstance(root, Scalar) and root.empty:
        raise InputError(
            "文件是空的", path=name, remedy="请填写 unit、period、document 和 facts 后再试"
        )
    problems: Problems = []
    values = shape_sheet(root, problems)
    if not problems and not values.get("facts"):
        place = _at(root, ("facts",))
        example = "- {id: f01, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件}"
        remedy = f"请在 facts 下至少写一条，如 {example}"
        problems.append(Problem(place, "没有任何数据（facts 为空）", remedy))
    stop(problems, name)
    _number_statements(values)
    try:
        told: dict[str, object] = {"source": name}
        if isinstance(root, Table):
            told |= {"notices": root.notices, "unsettled": root.unsettled}
        sheet = FactSheet.model_validate(values | told)
    except ValidationError as error:
        problems = [
            Problem(_at(root, one["loc"]), *translate(one, columns=reader in (read_xlsx, read_csv)))
            for one in error.errors(include_url=False)
        ]
        stop(problems, name)
        raise  # a validation error without errors: pydantic's, not the user's
    stop(find_broken_links(sheet, _entry_places(root)), name)
    return sheet


def _number_statements(values: dict[str, Any]) -> None:
    """By position, so that naming one statement does not rename the others."""
    for number, statement in enumerate(values.get("statements", ()), 1):
        if not statement.get("id"):
            statement["id"] = f"s{number}"


def _at(root: Node, path: tuple[int | str, ...]) -> str:
    """The place of the deepest node on ``path`` that the file has."""
    node, place = root, root.place
    for step in path:
        if isinstance(node, Table) and isinstance(step, str) and step in node.nodes:
            place = node.keys[step]
            node = node.nodes[step]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.nodes):
            node = node.nodes[step]
            place = node.place
        else:
            break
    return place


def _entry_places(root: Node) -> dict[str, list[str]]:
    """Where the entries of each list stand; ``source`` may be the user's own words."""
    lists = root.nodes if isinstance(root, Table) else {}
    return {
        key: [entry.place for entry in node.nodes]
        for key, node in lists.items()
        if isinstance(node, Items)
    }
