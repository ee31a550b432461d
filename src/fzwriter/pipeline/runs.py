"""The run folder: what each stage made, so that a run can be looked into and checked again."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from fzwriter.errors import ConfigError, InputError, reason
from fzwriter.output import Written, save
from fzwriter.redaction import masked

_REMEDY = "请检查权限和磁盘空间，或换一个文件夹"


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
    """A folder of stage results, one JSON or text file each; ``None`` as folder keeps nothing.

    Args:
        folder: made where it isn't there yet.
        written: what this program wrote before; anything else in the way is kept as ``X.旧稿``.
        notify: told of what was kept.

    Raises:
        ConfigError: the folder can't be written.
    """

    def __init__(
        self,
        folder: Path | None,
        written: Written | None = None,
        notify: Callable[[str], None] | None = None,
    ) -> None:
        self._folder = folder
        self._written = written or Written()
        self._notify = notify
        if folder is None:
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            problem = f"运行文件夹不能写入（{reason(error)}）"
            raise ConfigError(problem, path=folder, remedy=_REMEDY) from error

    def keep(self, name: str, value: Any) -> None:
        """Write one stage's result: text as it is, anything else as JSON.

        Raises:
            ConfigError: it can't be written.
        """
        if self._folder is None:
            return
        text = (
            value
            if isinstance(value, str)
            else json.dumps(plain(value), ensure_ascii=False, indent=1)
        )
        try:
            copies = save({self._folder / name: masked(text).encode()}, self._written)
        except InputError as error:  # of the set-up, not of what the user wants written
            raise ConfigError(error.problem, path=error.path, remedy=_REMEDY) from error
        for kept in copies:
            if self._notify:
                self._notify(f"运行文件夹里原来的 {name} 改动过，另存为 {kept.name}")
