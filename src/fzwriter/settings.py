"""One frozen ``Settings``, read from ``FZWRITER_*`` variables. Only ``cli`` and ``pipeline`` read it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from platformdirs import user_data_path

from fzwriter.errors import ConfigError
from fzwriter.redaction import hide, hide_url

PREFIX = "FZWRITER_"


@dataclass(frozen=True)
class Settings:
    """What a user may set by environment variable; the variable is the field's name in capitals.

    Attributes:
        home: where the user's own seeds, the index and caches live (``FZWRITER_HOME``).
        chroma_url: a running Chroma server instead of the embedded one, as ``http://host:port``.
        model: chat model name; empty means that no model is set and drafts are composed offline.
        base_url: OpenAI-compatible endpoint of that model.
        api_key: its key; never logged or written.
        fallback_model: another model for when that one can't be used.
        context: tokens that model takes, prompt and answer together; 0 for what its preset says.
        concurrency: calls to it at one time.
        timeout: seconds it may be silent.
        per_minute: calls to it a minute at most; 0 for any number.
        embedding_model: model of an OpenAI-compatible embedding endpoint that seeds are searched with;
            empty means the built-in embedding, offline.
        embedding_url: that endpoint; ``base_url`` where it is empty.
        embedding_key: its key; ``api_key`` where it is empty.
    """

    home: Path
    chroma_url: str = ""
    model: str = ""
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    fallback_model: str = ""
    context: int = 0
    concurrency: int = 4
    timeout: float = 120.0
    per_minute: float = 0.0
    embedding_model: str = ""
    embedding_url: str = ""
    embedding_key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """What is secret in them is masked from now on, wherever it turns up."""
        hide(self.api_key, self.embedding_key)
        for url in (self.base_url, self.embedding_url, self.chroma_url):
            hide_url(url)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; variables that are none are passed over (see ``unknown_variables``).

        Raises:
            ConfigError: a number that is none, a home that can't be a path.
        """
        given = _given(environ)
        known = {one.name for one in fields(cls)}
        home = Path(given.pop("home", "") or user_data_path("fzwriter", appauthor=False))
        try:
            home = home.expanduser().absolute()
        except RuntimeError:
            raise ConfigError(
                f"环境变量 {PREFIX}HOME 里的 ~ 不知是谁的文件夹", remedy="请写完整的路径"
            ) from None
        texts = {name: text for name, text in given.items() if name in known - set(_NUMBERS)}
        numbers = {name: _number(name, given.get(name, "")) for name in _NUMBERS}
        set_ones = {name: number for name, number in numbers.items() if number is not None}
        return cls(home=home, **texts, **set_ones)  # type: ignore[arg-type]


def unknown_variables(environ: Mapping[str, str] | None = None) -> str:
    """A Chinese line on ``FZWRITER_*`` variables that are no settings (typing slips, usually)."""
    known = {one.name for one in fields(Settings)}
    unknown = sorted(set(_given(environ)) - known)
    if not unknown:
        return ""
    names, allowed = (
        "、".join(PREFIX + name.upper() for name in group) for group in (unknown, sorted(known))
    )
    return f"不认识的环境变量 {names}，没有用它；可用的是 {allowed}"


def _given(environ: Mapping[str, str] | None) -> dict[str, str]:
    environ = os.environ if environ is None else environ
    return {
        key[len(PREFIX) :].lower(): value
        for key, value in environ.items()
        if key.startswith(PREFIX)
    }


_NUMBERS: dict[str, type[int] | type[float]] = {
    "context": int,
    "concurrency": int,
    "timeout": float,
    "per_minute": float,
}


def _number(name: str, text: str) -> int | float | None:
    """A setting that is a number; None when it isn't set."""
    if not text.strip():
        return None
    try:
        number: int | float = _NUMBERS[name](text)
    except ValueError:
        number = -1
    if not 0 <= number < 10_000_000 or (number == 0 and name in ("concurrency", "timeout")):
        raise ConfigError(f"环境变量 {PREFIX}{name.upper()} 应为正数，现为“{text}”")
    return number
