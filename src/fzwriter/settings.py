"""One frozen ``Settings``, read from ``FZWRITER_*`` variables. Only ``cli`` and ``pipeline`` read it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from platformdirs import user_data_path

from fzwriter.errors import ConfigError

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
    """

    home: Path
    chroma_url: str = ""
    model: str = ""
    base_url: str = ""
    api_key: str = ""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings.

        Raises:
            ConfigError: a ``FZWRITER_*`` variable that is not a setting (a typing slip, usually).
        """
        environ = os.environ if environ is None else environ
        known = {field.name for field in fields(cls)}
        given = {
            key[len(PREFIX) :].lower(): value
            for key, value in environ.items()
            if key.startswith(PREFIX)
        }
        unknown = sorted(set(given) - known)
        if unknown:
            names = "、".join(PREFIX + name.upper() for name in unknown)
            allowed = "、".join(sorted(PREFIX + name.upper() for name in known))
            raise ConfigError(f"不认识的环境变量 {names}", remedy=f"可用的是 {allowed}")
        home = Path(given.pop("home", "") or user_data_path("fzwriter", appauthor=False))
        return cls(home=home.expanduser().absolute(), **given)
