"""What pydantic finds wrong, in Chinese: no English reaches the clerk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fzwriter.facts.layout import load_layout

_REQUIRED = "请对照模板补上"
# type: (what, remedy); {limits} of pydantic's context may stand in either
_BY_TYPE: Mapping[str, tuple[str, str]] = {
    "missing": ("缺少这一项", _REQUIRED),
    "extra_forbidden": ("不认识的键", "请删去或改为模板里的键"),
    "string_type": ("应为文字", "请写成文字，必要时加引号"),
    "string_too_short": ("不能为空", _REQUIRED),
    "literal_error": ("不在可用的值之中", "请对照模板改写"),
    "bool_type": ("应为是或否", "请写 true 或 false"),
    "bool_parsing": ("应为是或否", "请写 true 或 false"),
    "tuple_type": ("应是列表", "请写成 [甲, 乙]"),
    "model_type": ("应由“键: 值”组成", "请对照模板改写"),
    "model_attributes_type": ("应由“键: 值”组成", "请对照模板改写"),
    "greater_than": ("必须大于 {gt}", "请改正"),
    "greater_than_equal": ("不能小于 {ge}", "请改正"),
    "less_than_equal": ("不能大于 {le}", "请改正"),
    "finite_number": ("不是有限的数", "请写成普通数字"),
}
_BY_FAMILY: Mapping[str, tuple[str, str]] = {
    "decimal": ("应为数字", "请写成普通数字，如 48"),
    "int": ("应为整数", "请写成整数，如 3000"),
    "date": ("应为日期", "请写成 2025-01-20"),
}


def translate(error: Mapping[str, Any], *, columns: bool = False) -> tuple[str, str]:
    """What is wrong and the remedy, for one entry of ``ValidationError.errors()``.

    Args:
        error: that entry.
        columns: whether the user filled in columns, and knows no keys.
    """
    kind: str = error["type"]
    context = error.get("ctx", {})
    if kind == "value_error":  # raised by our own model, in Chinese
        what, remedy = str(context.get("error", "不符合要求")), "请改正"
    else:
        family = _BY_FAMILY.get(kind.split("_")[0], ("不符合要求", "请对照模板改写"))
        what, remedy = _BY_TYPE.get(kind, family)
    called = _heading(error["loc"]) if columns else _called(error["loc"])
    return f"{called} {what.format(**context)}".strip(), remedy


def _called(path: tuple[int | str, ...]) -> str:
    """``facts 第 3 条 的 name`` from ``("facts", 2, "name")``."""
    words = [f"第 {step + 1} 条" if isinstance(step, int) else step for step in path]
    if len(words) > 1 and isinstance(path[-1], str):
        words.insert(-1, "的")
    return " ".join(words)


def _heading(path: tuple[int | str, ...]) -> str:
    """``“报告期”``, what the template calls the field."""
    role = str(path[0]) if path and path[0] in ("facts", "statements", "derived") else "unit"
    columns = load_layout().columns_of(role)
    return next((f"“{columns[str(key)].heading}”" for key in path if key in columns), "")
