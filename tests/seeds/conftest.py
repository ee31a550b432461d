"""Libraries of invented seeds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fzwriter.seeds import SeedLibrary
from seed_samples import BUREAU, TOWN


@pytest.fixture(scope="session")
def shipped_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the shipped one, with two invented seeds."""
    folder = tmp_path_factory.mktemp("shipped")
    (folder / "jichuan-2021.md").write_text(BUREAU, encoding="utf-8")
    (folder / "outang-2020.md").write_text(TOWN, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory, shipped_samples: Path) -> Path:
    """A home whose index is built; never opened again, only copied."""
    home = tmp_path_factory.mktemp("built") / "home"
    with SeedLibrary.open(home, shipped_samples) as library:
        library.search("行政复议")
    return home


@pytest.fixture
def own_home(built_home: Path, tmp_path: Path) -> Path:
    """A copy of the built home, for one test."""
    return Path(shutil.copytree(built_home, tmp_path / "own-home"))


@pytest.fixture
def library(own_home: Path, shipped_samples: Path) -> Iterator[SeedLibrary]:
    """A library of the two invented seeds, its index built."""
    with SeedLibrary.open(own_home, shipped_samples) as opened:
        yield opened
