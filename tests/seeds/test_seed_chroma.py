"""A real Chroma server on the loopback, and a process killed while it adds."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from fzwriter.errors import ConfigError
from fzwriter.seeds import SeedLibrary
from seed_samples import PLAIN

# chromadb 1.5.9 never closes its connections to a server; they are collected within these tests.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
CHROMA = Path(sys.executable).with_name("chroma.exe" if os.name == "nt" else "chroma")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not CHROMA.is_file():
        pytest.skip("the command chroma is not installed here")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma")
    command = [str(CHROMA), "run", "--path", str(folder), "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{url}/api/v2/heartbeat")
        yield url
    finally:
        process.kill()
        process.wait(10)


def _wait(address: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"no answer from {address}")


def test_a_library_on_a_server(server: str, tmp_path: Path, shipped_samples: Path) -> None:
    home = tmp_path / "home"
    added = tmp_path / "a.txt"
    added.write_text(PLAIN, encoding="utf-8")
    with SeedLibrary.open(home, shipped_samples, server) as library:
        name = library.add([added]).added[0].name
        assert library.search("法治副校长")[0].passage.seed == name
    with SeedLibrary.open(home, shipped_samples, server) as library:
        assert library.search("行政复议案件", part="成效")
        library.remove(name)
        assert name not in {hit.passage.seed for hit in library.search("法治副校长", k=50)}
    with SeedLibrary.open(tmp_path / "other", shipped_samples, server) as library:
        assert library.search("行政复议案件")  # another home, a collection of its own
    del library
    gc.collect()


def test_a_server_that_is_down(tmp_path: Path, shipped_samples: Path) -> None:
    with (
        SeedLibrary.open(tmp_path, shipped_samples, "http://127.0.0.1:9") as library,
        pytest.raises(ConfigError, match="连不上"),
    ):
        library.search("行政复议案件")
    gc.collect()


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("delay", [0.0, 0.15])
def test_killed_while_adding(own_home: Path, shipped_samples: Path, delay: float) -> None:
    """Killed as soon as a new generation stands there: the old one stays good, nothing is lost."""
    added = own_home.parent / "many"
    added.mkdir()
    for number in range(30):
        text = PLAIN.replace("2019", str(1990 + number))
        (added / f"{number}.txt").write_text(text, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from fzwriter.seeds import SeedLibrary;"
        "SeedLibrary.open(Path(sys.argv[1]), Path(sys.argv[2])).add([Path(sys.argv[3])])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(own_home), str(shipped_samples), str(added)]
    )
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if list((own_home / "index").glob("n-*")):
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.005)
    process.wait(60)
    with SeedLibrary.open(own_home, shipped_samples) as library:
        assert library.search("行政复议案件")
        assert library.notices == ()
        assert len([info for info in library.list() if info.own]) == 30
        assert not list((own_home / "index").glob("n-*"))
