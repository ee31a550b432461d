"""Presets of common providers (``providers.yaml``), and from settings to an endpoint.

A model is named ``deepseek-v4-flash`` (with ``--base-url`` or OpenAI's own), ``deepseek/deepseek-v4-flash``
(a preset gives base_url and key variable), or ``anthropic:claude-…`` (a provider LangChain knows).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

import yaml

from fzwriter.errors import ConfigError
from fzwriter.llm.model import UNKNOWN_CONTEXT
from fzwriter.redaction import hide, hide_environment, hide_url, masked

_LANGCHAIN = frozenset(
    {
        "anthropic", "azure_openai", "azure_ai", "bedrock", "bedrock_converse", "cohere", "deepseek",
        "fireworks", "google_genai", "google_vertexai", "groq", "huggingface", "mistralai", "ollama",
        "openai", "perplexity", "together", "upstage", "xai",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Preset:
    """A provider: name for ``--model NAME/MODEL``, endpoint, key variable, usual context."""

    name: str
    label: str
    base_url: str
    key: str
    context: int
    model: str


@dataclass(frozen=True)
class Endpoint:
    """Where a model is and how it is called.

    Attributes:
        model: its name there.
        base_url: OpenAI-compatible endpoint, or "" for the provider's own.
        api_key: never shown, logged or written.
        provider: LangChain's name of the provider.
        context: tokens of prompt and answer together.
        told: the context is the user's own word; the server's may only lower it.
        timeout: seconds without a sign of life.
        deadline: seconds for one call, retries included or not, whatever trickles in.
        retries: after 429, 5xx, timeouts and dropped connections.
        concurrency: calls at one time.
        per_minute: calls a minute at most; 0 for any number.
    """

    model: str
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    provider: str = "openai"
    context: int = UNKNOWN_CONTEXT
    timeout: float = 120.0
    deadline: float = 900.0
    retries: int = 3
    concurrency: int = 4
    per_minute: float = 0.0
    told: bool = False

    def __post_init__(self) -> None:
        """Its key is masked from now on, wherever it turns up."""
        hide(self.api_key)
        hide_url(self.base_url)
        if self.provider != "openai":  # LangChain reads that provider's own variables
            hide_environment()

    @property
    def where(self) -> str:
        """How messages call it."""
        return masked(self.base_url) or self.provider


@lru_cache(maxsize=1)
def presets() -> Mapping[str, Preset]:
    """All presets by name."""
    raw = yaml.safe_load((files("fzwriter.llm") / "providers.yaml").read_text("utf-8"))
    return {name: Preset(name, **entry) for name, entry in raw.items()}


def find_endpoint(
    model: str,
    base_url: str = "",
    api_key: str = "",
    context: int = 0,
    environ: Mapping[str, str] | None = None,
) -> Endpoint:
    """The endpoint a model's name and settings mean.

    Raises:
        ConfigError: no model, an address that is none, or no key where one is needed.
    """
    environ = os.environ if environ is None else environ
    if not model:
        raise ConfigError(
            "没有设置模型",
            remedy="请用 --model 指定，或设置 FZWRITER_MODEL；不用模型请选 --writer offline",
        )
    provider, bare = _provider(model)
    if provider:
        return Endpoint(
            bare, base_url, api_key, provider, context or UNKNOWN_CONTEXT, told=bool(context)
        )
    preset, bare = _preset(model, base_url)
    url = base_url or (preset.base_url if preset else presets()["openai"].base_url)
    _check_url(url)
    preset = preset or _preset_of(url)
    local = _is_local(url)
    key = api_key or (environ.get(preset.key, "") if preset and preset.key else "")
    if not key and preset and preset.key and not local:
        raise ConfigError(
            f"没有设置 {preset.label} 的密钥",
            remedy=f"请设置环境变量 FZWRITER_API_KEY 或 {preset.key}",
        )
    tokens = context or (preset.context if preset else UNKNOWN_CONTEXT)
    return Endpoint(bare, url.rstrip("/"), key or "none", "openai", tokens, told=bool(context))


def _provider(model: str) -> tuple[str, str]:
    name, colon, bare = model.partition(":")
    known = bool(colon) and name in _LANGCHAIN and "/" not in name
    return (name, bare) if known and name != "openai" else ("", model)


def _preset(model: str, base_url: str) -> tuple[Preset | None, str]:
    """``deepseek/deepseek-v4-flash`` names a preset, unless an address says where the model is."""
    name, slash, bare = model.partition("/")
    if slash and not base_url and name in presets():
        return presets()[name], bare
    return None, model


def _preset_of(url: str) -> Preset | None:
    host = urlsplit(url).netloc
    return next((p for p in presets().values() if urlsplit(p.base_url).netloc == host), None)


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ConfigError(
            f"模型地址“{url}”不是网址", remedy="应如 http://127.0.0.1:11434/v1，通常以 /v1 结尾"
        )
