"""What a server of one's own says of its model: context, size, tokens (llama.cpp, vLLM and their kin).

Asked once a run, of servers that are no public provider's; a server that doesn't know the question
costs a moment and changes nothing. vLLM counts a conversation at ``/tokenize``; llama.cpp first puts it
through ``/apply-template``.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fzwriter.llm.model import Message
from fzwriter.llm.providers import Endpoint, presets

_PATIENCE = 3.0  # seconds
_LOCAL = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class ServerFacts:
    """What a server says.

    Attributes:
        context: tokens of prompt and answer together; 0 where it doesn't say.
        parameters: of the model; 0 where it doesn't say.
        counts: ``messages`` (vLLM), ``template`` (llama.cpp), or "" for a server that doesn't count.
    """

    context: int = 0
    parameters: float = 0.0
    counts: str = ""


class Server:
    """A server of one's own.

    Args:
        endpoint: where the model is.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._root = endpoint.base_url.removesuffix("/").removesuffix("/v1")

    def facts(self) -> ServerFacts:
        """What the server says; nothing when it is a public provider or doesn't answer."""
        if not _is_own(self._endpoint):
            return ServerFacts()
        listed = self._ask(f"{self._endpoint.base_url}/models", None)
        if listed is None:
            return ServerFacts()
        entry = _entry(listed, self._endpoint.model)
        meta = entry.get("meta") or {}
        context = _number(meta.get("n_ctx")) or _number(entry.get("max_model_len"))
        hello = [Message("user", "好")]
        counts = next((way for way in ("messages", "template") if self.count(hello, way)), "")
        return ServerFacts(int(context), _number(meta.get("n_params")), counts)

    def count(self, messages: Sequence[Message], way: str) -> int:
        """Tokens of a conversation as the server's own tokenizer counts them; 0 when it doesn't."""
        said = [{"role": m.role, "content": m.content} for m in messages]
        if way == "messages":
            body = {"model": self._endpoint.model, "messages": said, "add_generation_prompt": True}
            found = self._ask(f"{self._root}/tokenize", body) or {}
            return int(_number(found.get("count")))
        prompt = (self._ask(f"{self._root}/apply-template", {"messages": said}) or {}).get("prompt")
        if not isinstance(prompt, str) or not prompt:
            return 0
        body = {"content": prompt, "add_special": True, "parse_special": True}
        tokens = (self._ask(f"{self._root}/tokenize", body) or {}).get("tokens")
        return len(tokens) if isinstance(tokens, list) else 0

    def _ask(self, url: str, body: dict[str, Any] | None) -> dict[str, Any] | None:
        """A JSON object from the server; None for anything else."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        if self._endpoint.api_key not in ("", "none"):
            headers["Authorization"] = f"Bearer {self._endpoint.api_key}"
        request = urllib.request.Request(url, data, headers)
        local = urlsplit(url).hostname in _LOCAL
        opener = urllib.request.build_opener(*([urllib.request.ProxyHandler({})] if local else []))
        try:
            with opener.open(request, timeout=_PATIENCE) as answer:
                found = json.loads(answer.read(4_000_000))
        except (OSError, ValueError, urllib.error.URLError):
            return None
        return found if isinstance(found, dict) else None


def _is_own(endpoint: Endpoint) -> bool:
    """Whether an endpoint is no public provider's: asking those tells nothing and is no one's wish."""
    if endpoint.provider != "openai" or not endpoint.base_url:
        return False
    host = urlsplit(endpoint.base_url).netloc
    return not any(p.key and urlsplit(p.base_url).netloc == host for p in presets().values())


def _entry(listed: dict[str, Any], model: str) -> dict[str, Any]:
    """The model's own entry of ``/v1/models``, or the only one."""
    data = listed.get("data")
    entries = [e for e in data if isinstance(e, dict)] if isinstance(data, list) else []
    named = [e for e in entries if e.get("id") == model]
    return (named or (entries if len(entries) == 1 else [{}]))[0]


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) and value > 0 else 0.0
