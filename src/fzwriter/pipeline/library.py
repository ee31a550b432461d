"""From settings to the seed library: where it lies, and what makes its vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fzwriter.errors import ConfigError
from fzwriter.resources import shipped
from fzwriter.seeds import Embedding, RemoteEmbedding, SeedLibrary
from fzwriter.settings import Settings

Progress = Callable[[int, int, str], None]
Notify = Callable[[str], None]


def open_library(
    settings: Settings, progress: Progress | None = None, notify: Notify | None = None
) -> SeedLibrary:
    """The library of the settings' home with the shipped seeds.

    Raises:
        ConfigError: an embedding model is set without an address.
    """
    return SeedLibrary.open(
        settings.home,
        shipped("seeds"),
        settings.chroma_url,
        progress,
        notify=notify,
        embedding=_embedding(settings),
    )


def _embedding(settings: Settings) -> Embedding | None:
    """The embedding that is set; None for the built-in one."""
    if not settings.embedding_model:
        return None
    from fzwriter.llm import Endpoint, embed_texts

    url = settings.embedding_url or settings.base_url
    if not url:
        raise ConfigError(
            "设了向量模型，没有设它的地址",
            remedy="请设 FZWRITER_EMBEDDING_URL，通常以 /v1 结尾；不用向量服务的，去掉 FZWRITER_EMBEDDING_MODEL",
        )
    endpoint = Endpoint(
        model=settings.embedding_model,
        base_url=url,
        api_key=settings.embedding_key or settings.api_key,
        timeout=settings.timeout,
    )

    def ask(texts: Sequence[str]) -> list[list[float]]:
        return embed_texts(texts, endpoint)

    cache = settings.home / "cache" / "embeddings.sqlite3"
    return RemoteEmbedding(f"{settings.embedding_model}@{url}", ask, cache)
