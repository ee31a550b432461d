"""One file per thing: the YAML files of a folder, those that ship and those the user's home adds.

``types/``, ``kinds/`` and ``topics/`` lie beside this module; folders of the same names in
``FZWRITER_HOME`` hold what a user adds. A file of the user's replaces a shipped one that tells of
the same thing.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
from collections.abc import Callable
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, ValidationInfo

from fzwriter.errors import ConfigError, reason
from fzwriter.settings import PREFIX, Settings

Folder = Literal["types", "kinds", "topics"]
FOLDERS: tuple[Folder, ...] = ("types", "kinds", "topics")
_TOLD = {"types": "单位类型", "kinds": "文种", "topics": "主题"}
_WRONG = {"missing": "缺少这一项", "extra_forbidden": "不认识这一项"}


def _compiles(pattern: str, info: ValidationInfo) -> str:
    """Patterns of the user's are tried at once; those that ship are compiled where they are used."""
    if info.context:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"“{pattern}”不是正确的正则表达式") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
#: Patterns tried in this order among those of all files of a folder.
Ordered = dict[int, Pattern]


class Told(BaseModel):
    """What a file tells; a key it doesn't know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Thing(Told):
    """What one file tells; ``named`` is the field of its name, by which a folder has one of each."""

    named: ClassVar[str]


T = TypeVar("T")
OneThing = TypeVar("OneThing", bound=Thing)


@functools.cache
def _added(home: str) -> tuple[Path, ...]:
    """The user's own files, looked up once a home; ``home`` is the variable's value."""
    folder = Settings.from_environ({f"{PREFIX}HOME": home} if home else {}).home
    return tuple(path for name in FOLDERS for path in sorted((folder / name).glob("*.yaml")))


def added() -> tuple[Path, ...]:
    """The user's own files."""
    return _added(os.environ.get(f"{PREFIX}HOME", ""))


def once(make: Callable[[], T]) -> Callable[[], T]:
    """``make``, called once as long as the user's own files are the same ones."""

    @functools.lru_cache(maxsize=4)
    def made(files: tuple[Path, ...]) -> T:
        del files
        return make()

    @functools.wraps(make)
    def get() -> T:
        return made(added())

    return get


def _files(folder: Folder) -> list[Traversable]:
    shipped = resources.files(__package__).joinpath(folder).iterdir()
    own = [path for path in added() if path.parent.name == folder]
    return [*sorted((f for f in shipped if f.name.endswith(".yaml")), key=lambda f: f.name), *own]


def read(folder: Folder, model: type[OneThing]) -> tuple[OneThing, ...]:
    """The things of a folder, by the names of their files, the user's behind those that ship.

    Raises:
        ConfigError: a file can't be read, or isn't what it should be.
    """
    found: dict[str, OneThing] = {}
    for file in _files(folder):
        thing = _read(file, folder, model)
        found[getattr(thing, model.named)] = thing
    return tuple(found.values())


def _read(file: Traversable, folder: Folder, model: type[OneThing]) -> OneThing:
    what = _TOLD[folder]
    try:
        return model.model_validate(_loaded(file), context=file in added() or None)
    except OSError as error:
        raise ConfigError(f"{what}文件打不开（{reason(error)}）", path=str(file)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行" if mark else ""
        remedy = "请存为 UTF-8，检查缩进、冒号和引号"
        raise ConfigError(
            f"{what}文件不是正确的 YAML", path=str(file), place=place, remedy=remedy
        ) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        said = str(first.get("ctx", {}).get("error") or _WRONG.get(first["type"], "写法不对"))
        remedy = f"请对照随附的同类文件（{', '.join(model.model_fields)}）改写"
        raise ConfigError(
            f"{what}文件不对：{said}", path=str(file), place=place, remedy=remedy
        ) from error


def _loaded(file: Traversable) -> Any:
    return yaml.load(file.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@once
def digest() -> str:
    """A hash over all files of all folders: what is derived by them is stale when it changes."""
    whole = hashlib.sha256()
    for folder in FOLDERS:
        for file in _files(folder):
            whole.update(file.name.encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()
