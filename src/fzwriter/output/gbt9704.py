"""GB/T 9704—2012 as data (``gbt9704.yaml``), and how a file is told to depart from it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class Finding:
    """A property of a file that departs from the standard; all texts Chinese.

    Attributes:
        property: what is measured, with the standard's clause: 上边距（5.2.1）.
        expected: what the standard asks.
        found: what the file has.
        where: page, footer or paragraph (第3段“…”).
    """

    property: str
    expected: str
    found: str
    where: str


@functools.cache
def standard() -> Mapping[str, Any]:
    """What ``gbt9704.yaml`` says."""
    text = files(__package__).joinpath("gbt9704.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


def in_family(font: str, family: str) -> bool:
    """Whether a font of that name belongs to a family: 仿宋_GB2312 to 仿宋."""
    return any(name in font.lower() for name in standard()["families"][family])
