"""Chat models behind LangChain's ``init_chat_model``: the only module that imports LangChain.

Answers are streamed, so that a slow local model isn't taken for a dead one: ``timeout`` is the
silence allowed between two pieces, ``deadline`` the time for the whole answer. openai's client
retries 429 (heeding Retry-After), 5xx and connections that fail before the answer begins; one that
breaks later is retried here. Schemas go as ``response_format``; a server that refuses it is asked
without from then on, and one that ignores it is read as plain text.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from fzwriter.llm.answers import find_json, strip_thoughts
from fzwriter.llm.model import Answer, AnswerError, Message, Schema, Usage
from fzwriter.llm.providers import Endpoint
from fzwriter.llm.tokens import count_messages, count_tokens
from fzwriter.llm.trouble import explain, filtered, not_a_model, timed_out

OnToken = Callable[[int], None]
_BROKEN_RETRIES = 2
_PAUSE = 1.0
_NO_CHUNKS = "No generation chunks"  # LangChain, of a body that is no event stream
_FILTERED = frozenset({"content_filter", "sensitive", "risk"})


class _BrokenMidwayError(Exception):
    """A connection lost after the answer began; before that, openai's client has retried already."""


class EndpointModel:
    """A model at an endpoint. Calls beyond the concurrency allowed wait their turn.

    Args:
        endpoint: where it is and how it is called.
        on_token: called with 1 for each piece that arrives, from any thread.
    """

    def __init__(self, endpoint: Endpoint, on_token: OnToken | None = None) -> None:
        self._endpoint = endpoint
        self._turns = threading.BoundedSemaphore(max(1, endpoint.concurrency))
        self._schemas = True
        self._on_token = on_token
        self._lock = threading.Lock()
        self._chat: Any = None

    @property
    def name(self) -> str:
        """The model's name at its endpoint."""
        return self._endpoint.model

    @property
    def context(self) -> int:
        """Tokens of prompt and answer together."""
        return self._endpoint.context

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        max_tokens: int = 1024,
        temperature: float = 0.3,
        take: int = 0,
    ) -> Answer:
        """Ask the endpoint; see ``ChatModel``."""
        del take
        with self._turns:
            began = time.monotonic()
            answer = self._ask(messages, schema, max_tokens, temperature)
        usage = answer.usage
        if not usage.completion:
            usage = Usage(count_messages(messages), count_tokens(answer.text))
        if answer.finish_reason in _FILTERED:
            raise filtered()
        text = strip_thoughts(answer.text)
        if not text:
            raise AnswerError("模型没有给出内容")
        parsed = find_json(text) if schema else None
        return Answer(text, parsed, usage, answer.finish_reason, time.monotonic() - began)

    def _ask(
        self, messages: Sequence[Message], schema: Schema | None, longest: int, temperature: float
    ) -> Answer:
        for attempt in range(_BROKEN_RETRIES + 1):
            asked = schema if self._schemas else None
            try:
                return self._stream(messages, asked, longest, temperature)
            except Exception as error:
                if asked is not None and _refuses_schemas(error):
                    self._schemas = False
                    continue
                cause = error.__cause__ if isinstance(error, _BrokenMidwayError) else None
                if attempt == _BROKEN_RETRIES or cause is None:
                    raise explain(cause or error, self._endpoint) from error
                time.sleep(_PAUSE)
        raise explain(TimeoutError(), self._endpoint)

    def _stream(
        self, messages: Sequence[Message], schema: Schema | None, longest: int, temperature: float
    ) -> Answer:
        chat, options = self._model(), self._options(schema, longest, temperature)
        conversation = [(message.role, message.content) for message in messages]
        end = time.monotonic() + self._endpoint.deadline
        whole = self._gather(chat.stream(conversation, **options), end)
        if whole is None or (not _text(whole) and not _reason(whole)):
            whole = chat.invoke(conversation, **options)  # a server that can't stream
        if not hasattr(whole, "content"):
            raise not_a_model(self._endpoint)
        used = getattr(whole, "usage_metadata", None) or {}
        usage = Usage(int(used.get("input_tokens", 0)), int(used.get("output_tokens", 0)))
        return Answer(_text(whole), None, usage, _reason(whole) or "stop")

    def _gather(self, stream: Any, end: float) -> Any:
        """The pieces of a stream joined; None when there were none."""
        whole: Any = None
        try:
            for piece in stream:
                whole = piece if whole is None else whole + piece
                if self._on_token and piece.content:
                    self._on_token(1)
                if time.monotonic() > end:
                    stream.close()
                    raise timed_out(self._endpoint)
        except ValueError as error:
            if whole is None and _NO_CHUNKS in str(error):
                return None
            raise
        except Exception as error:
            if whole is not None and _is_connection(error):
                raise _BrokenMidwayError from error
            raise
        return whole

    def _options(self, schema: Schema | None, longest: int, temperature: float) -> dict[str, Any]:
        """What goes with one call; ``extra_body`` reaches the server as it is."""
        if self._endpoint.provider != "openai":
            return {}
        own = "api.openai.com" in self._endpoint.base_url
        body: dict[str, Any] = {"max_completion_tokens" if own else "max_tokens": longest}
        if schema is not None:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "answer", "schema": schema, "strict": True},
            }
        return {"temperature": temperature, "extra_body": body}

    def _model(self) -> Any:
        with self._lock:
            if self._chat is None:
                self._chat = _build(self._endpoint)
            return self._chat


def _build(endpoint: Endpoint) -> Any:
    try:
        from langchain.chat_models import init_chat_model
        from langchain_core.rate_limiters import InMemoryRateLimiter

        options: dict[str, Any] = {"timeout": endpoint.timeout, "max_retries": endpoint.retries}
        if endpoint.per_minute:
            options["rate_limiter"] = InMemoryRateLimiter(
                requests_per_second=endpoint.per_minute / 60, max_bucket_size=1
            )
        if endpoint.base_url:
            options["base_url"] = endpoint.base_url
        if endpoint.api_key:
            options["api_key"] = endpoint.api_key
        if endpoint.provider == "openai":
            options |= {"stream_usage": True, "use_responses_api": False}
        return init_chat_model(endpoint.model, model_provider=endpoint.provider, **options)
    except Exception as error:
        raise explain(error, endpoint) from error


def _refuses_schemas(error: Exception) -> bool:
    if getattr(error, "status_code", 0) not in (400, 422, 500, 501):
        return False
    said = f"{error} {getattr(error, 'body', '')}".lower()
    return any(word in said for word in ("response_format", "json_schema", "grammar", "schema"))


def _is_connection(error: Exception) -> bool:
    names = {kind.__name__ for kind in type(error).__mro__}
    timed = names & {"TimeoutException", "APITimeoutError"}
    return not timed and bool(names & {"TransportError", "APIConnectionError"})


def _text(message: Any) -> str:
    content = getattr(message, "content", "")
    if isinstance(content, str):
        return content
    pieces = [p.get("text", "") if isinstance(p, dict) else str(p) for p in content or ()]
    return "".join(pieces)


def _reason(message: Any) -> str:
    metadata = getattr(message, "response_metadata", None) or {}
    return str(metadata.get("finish_reason") or metadata.get("stop_reason") or "")
