"""The run folder: what each stage made, so that a run can be looked into and checked again."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from fzwriter.errors import InputError


def plain(value: Any) -> Any:
    """A value as JSON knows it: dataclasses as objects, Decimals as numbers, tuples as lists."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return value


class RunFolder:
    """A folder of stage results, one JSON or text file each; ``None`` as folder keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is None:
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                "运行文件夹不能写入", path=folder, remedy="请换一个文件夹，或检查权限"
            ) from error

    def keep(self, name: str, value: Any) -> None:
        """Write one stage's result: text as it is, anything else as JSON."""
        if self._folder is None:
            return
        text = (
            value
            if isinstance(value, str)
            else json.dumps(plain(value), ensure_ascii=False, indent=1)
        )
        try:
            (self._folder / name).write_text(text, "utf-8")
        except OSError as error:
            raise InputError(
                "运行文件夹不能写入", path=self._folder, remedy="请换一个文件夹，或检查权限"
            ) from error
