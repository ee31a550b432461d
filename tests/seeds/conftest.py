"""Libraries of invented seeds, and the way to the real ones."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from seed_samples import BUREAU, TOWN

from fzwriter.seeds import SeedLibrary

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a text file: name, text."""

    def do(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return do


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


@pytest.fixture(scope="session")
def shared_seeds() -> Path:
    """The real, dirty seed files of the development material."""
    folder = REPOSITORY.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip(f"开发资料不在：{folder}")
    return folder


@pytest.fixture(scope="session")
def real_shipped() -> Path:
    """The seeds that ship with the project."""
    return REPOSITORY / "seeds"
