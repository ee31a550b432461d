"""From settings to a chat model: endpoint, answers kept at home and in the run folder, fallback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from fzwriter.errors import ConfigError
from fzwriter.llm import (
    ChatModel,
    Endpoint,
    EndpointModel,
    FallbackModel,
    RecordedModel,
    find_endpoint,
)
from fzwriter.settings import Settings

Writer = Literal["auto", "offline", "llm"]
WRITERS: tuple[Writer, ...] = ("auto", "offline", "llm")


def endpoint_of(settings: Settings, model: str = "") -> Endpoint:
    """The endpoint that the settings mean, with their limits.

    Raises:
        ConfigError: there is none, or it lacks its key.
    """
    found = find_endpoint(
        model or settings.model, settings.base_url, settings.api_key, settings.context
    )
    return replace(
        found,
        concurrency=settings.concurrency,
        timeout=settings.timeout,
        deadline=max(settings.timeout * 8, 900.0),
        per_minute=settings.per_minute,
    )


def choose_model(
    writer: str,
    model: ChatModel | str | None,
    settings: Settings,
    run_dir: Path | None,
    notify: Callable[[str], None],
) -> ChatModel | None:
    """The model a draft is written with; None for the offline composer.

    Raises:
        ConfigError: a model is wanted and none is set.
    """
    if writer not in WRITERS:
        raise ConfigError(f"没有写法“{writer}”", remedy="可用的是 auto、offline、llm")
    if writer == "offline" or (writer == "auto" and model is None and not settings.model):
        return None
    if model is not None and not isinstance(model, str):
        return _in_run(model, run_dir)
    first = _kept(settings, model or settings.model, run_dir)
    if not settings.fallback_model:
        return first
    return FallbackModel(first, _kept(settings, settings.fallback_model, run_dir), notify)


def _kept(settings: Settings, model: str, run_dir: Path | None) -> ChatModel:
    endpoint = EndpointModel(endpoint_of(settings, model))
    endpoint.prepare()
    return _in_run(RecordedModel(endpoint, settings.home / "cache" / "answers"), run_dir)


def _in_run(model: ChatModel, run_dir: Path | None) -> ChatModel:
    if run_dir is None:
        return model
    return RecordedModel(model, run_dir / "answers", questions=True)
