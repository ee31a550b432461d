"""The seed library that settings mean."""

from pathlib import Path

import pytest

from fzwriter.errors import ConfigError
from fzwriter.pipeline import library
from fzwriter.settings import Settings


def test_an_embedding_model_without_an_address_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="FZWRITER_EMBEDDING_URL"):
        library.open_library(Settings(home=tmp_path, embedding_model="bge-m3"))


def test_vectors_come_from_the_endpoint_that_is_set(tmp_path: Path, monkeypatch) -> None:
    asked: list[tuple[str, str, str, int]] = []

    def embed_texts(texts, endpoint):
        asked.append((endpoint.model, endpoint.base_url, endpoint.api_key, len(texts)))
        return [[float(len(text)), 1.0, 0.5] for text in texts]

    monkeypatch.setattr("fzwriter.llm.embed_texts", embed_texts)
    settings = Settings(
        home=tmp_path,
        base_url="http://127.0.0.1:9/v1",
        api_key="k",
        embedding_model="bge-m3",
        embedding_url="http://127.0.0.1:8/v1",
    )
    with library.open_library(settings) as opened:
        assert opened.search("行政复议", k=3)
    assert {call[:3] for call in asked} == {("bge-m3", "http://127.0.0.1:8/v1", "k")}
    assert sum(call[3] for call in asked) > 100
