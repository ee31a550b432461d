"""Shared fixtures: a home of its own for every test, and no network beyond the loopback."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from common import ROOT, SHARED


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("FZWRITER_HOME", str(folder))
    for name in ("CHROMA_URL", "MODEL", "BASE_URL", "API_KEY"):
        monkeypatch.delenv(f"FZWRITER_{name}", raising=False)
    return folder


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> object:
        host = address[0] if isinstance(address, tuple) else ""
        if isinstance(address, tuple) and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {host}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the development material ../shared is not here")
    return SHARED


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a text file: name, text."""

    def do(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return do


@pytest.fixture(scope="session")
def shared_seeds(shared: Path) -> Path:
    """The real, dirty seed files of the development material."""
    return shared / "seeds"


@pytest.fixture(scope="session")
def real_shipped() -> Path:
    """The seeds that ship with the project."""
    return ROOT / "seeds"
