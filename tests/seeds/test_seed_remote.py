"""Vectors from an endpoint: asked once, kept, and every failure one Chinese line."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fzwriter.errors import ModelError
from fzwriter.llm import Endpoint, embeddings
from fzwriter.llm.embeddings import embed_texts
from fzwriter.seeds import DomainEmbedding, RemoteEmbedding, SeedLibrary

MODEL = DomainEmbedding(32)


class Server(ThreadingHTTPServer):
    """Answers like an embedding server; ``faults`` are statuses or bodies to answer with first."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.faults: list[Any] = []
        self.asked: list[list[str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.path == "/v1/embeddings"
        assert self.headers["Authorization"] == "Bearer k"
        self.server.asked.append(body["input"])
        fault = self.server.faults.pop(0) if self.server.faults else None
        rows = enumerate(MODEL.embed(body["input"]).tolist())
        data = [{"index": at, "embedding": [3 * x for x in row]} for at, row in rows]
        answer = json.dumps({"data": data[::-1]}) if fault is None else str(fault)
        self.send_response(fault if isinstance(fault, int) else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(embeddings, "_WAIT", 0.01)
    made = Server()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def _endpoint(server: Server) -> Endpoint:
    return Endpoint("m", server.url, "k", retries=2, timeout=5)


def _embedding(server: Server, cache: Path) -> RemoteEmbedding:
    return RemoteEmbedding(
        f"m@{server.url}", lambda texts: embed_texts(texts, _endpoint(server)), cache
    )


def test_rows_come_in_order_and_normalised(server: Server, tmp_path: Path) -> None:
    texts = [f"第{n}件行政复议案件" for n in range(130)] + [""]
    rows = _embedding(server, tmp_path / "v.sqlite3").embed(texts)
    assert rows.dtype == np.float32
    assert np.allclose(rows[:-1], MODEL.embed(texts[:-1]), atol=1e-5)
    assert not rows[-1].any()
    assert [len(batch) for batch in server.asked] == [64, 64, 2]


def test_nothing_is_asked_twice_not_even_by_the_next_process(
    server: Server, tmp_path: Path
) -> None:
    cache = tmp_path / "v.sqlite3"
    first = _embedding(server, cache).embed(["公证", "法援"])
    second = _embedding(server, cache).embed(["法援", "普法", "公证"])
    assert server.asked == [["公证", "法援"], ["普法"]]
    assert np.allclose(second[[2, 0]], first)


def test_a_cache_that_is_damaged_only_costs_time(server: Server, tmp_path: Path) -> None:
    cache = tmp_path / "v.sqlite3"
    cache.write_bytes(b"garbage" * 100)
    assert _embedding(server, cache).embed(["公证"]).shape == (1, MODEL.dimension)


def test_it_asks_again_when_the_server_is_busy(server: Server) -> None:
    server.faults = [429, 503]
    assert len(embed_texts(["公证"], _endpoint(server))) == 1
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (401, "密钥不对"),
        (404, "没有这个模型"),
        (400, "HTTP 400"),
        ("<html>", "返回的不是向量"),
        ('{"data": []}', "返回的不是向量"),
        ('{"data": [{"index": 0, "embedding": "x"}]}', "返回的不是向量"),
        ("[]", "返回的不是向量"),
    ],
)
def test_what_is_no_vector_is_told_in_one_line(server: Server, fault: object, line: str) -> None:
    server.faults = [fault]
    with pytest.raises(ModelError, match=line) as caught:
        embed_texts(["公证"], _endpoint(server))
    assert "\n" not in str(caught.value)


def test_a_server_that_is_down() -> None:
    down = Endpoint("m", "http://127.0.0.1:9/v1", "", retries=0, timeout=1)
    with pytest.raises(ModelError, match="连不上向量服务"):
        embed_texts(["公证"], down)


def test_a_library_searches_with_it_and_keeps_the_old_index_when_it_fails(
    server: Server, tmp_path: Path, shipped_samples: Path
) -> None:
    embedding = _embedding(server, tmp_path / "v.sqlite3")
    with SeedLibrary.open(tmp_path / "home", shipped_samples, embedding=embedding) as library:
        assert library.search("行政复议案件", part="成效")[0].passage.topic == "行政复议"
    server.faults = [401]
    with (
        SeedLibrary.open(tmp_path / "home", shipped_samples, embedding=embedding) as library,
        pytest.raises(ModelError),
    ):
        library.search("从未问过的一句话")
    with SeedLibrary.open(tmp_path / "home", shipped_samples, embedding=embedding) as library:
        assert library.search("行政复议案件", part="成效")
