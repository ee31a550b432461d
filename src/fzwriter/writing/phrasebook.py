"""The set phrases of the genre, read once from ``phrases.yaml``."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=1)
def phrases() -> dict[str, Any]:
    """The set phrases of the genre."""
    loaded = yaml.safe_load((files("fzwriter.writing") / "phrases.yaml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded
