"""Chat models behind LangChain's ``init_chat_model``: the only module that imports LangChain.

Answers are streamed, so that a slow local model isn't taken for a dead one: ``timeout`` is the
silence allowed between two pieces, ``deadline`` the time for the whole answer. openai's client
retries 429 (heeding Retry-After), 5xx and connections that fail before the answer begins; one that
breaks later is retried here. Schemas go as ``response_format``; a server that refuses it is asked
without from then on, and one that ignores it is read as plain text.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fzwriter.errors import ModelError
from fzwriter.llm.answers import find_json, strip_thoughts
from fzwriter.llm.listening import arrived
from fzwriter.llm.model import Answer, AnswerError, Message, Schema, Usage
from fzwriter.llm.providers import Endpoint
from fzwriter.llm.server import Server, ServerFacts
from fzwriter.llm.tokens import count_messages, count_tokens
from fzwriter.llm.traits import Traits, count_safely, is_small
from fzwriter.llm.trouble import explain, filtered, not_a_model, timed_out
from fzwriter.redaction import masked

_BROKEN_RETRIES = 2
_PAUSE = 1.0
_NO_CHUNKS = "No generation chunks"  # LangChain, of a body that is no event stream
_FILTERED = frozenset({"content_filter", "sensitive", "risk"})


class _BrokenMidwayError(Exception):
    """A connection lost after the answer began; before that, openai's client has retried already."""


@dataclass(frozen=True)
class _Call:
    messages: tuple[Message, ...]
    longest: int
    temperature: float


class EndpointModel:
    """A model at an endpoint. Calls beyond the concurrency allowed wait their turn.

    Args:
        endpoint: where it is and how it is called.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._turns = threading.BoundedSemaphore(max(1, endpoint.concurrency))
        self._schemas = True
        self._server = Server(endpoint)
        self._facts: ServerFacts | None = None
        self._counted: dict[tuple[Message, ...], int] = {}
        self._lock = threading.Lock()
        self._chat: Any = None

    @property
    def name(self) -> str:
        """The model's name at its endpoint."""
        return self._endpoint.model

    @property
    def context(self) -> int:
        """Tokens of prompt and answer together: the server's word, else the settings'."""
        said, own = self._said().context, self._endpoint.context
        if not said:
            return own
        return min(said, own) if self._endpoint.told else said

    @property
    def traits(self) -> Traits:
        """Its size, and its server's tokenizer where that is offered."""
        said = self._said()
        counter = self._count if said.counts else self._estimate
        small = is_small(self._endpoint.model, said.parameters)
        return Traits(small, counter, self._endpoint.base_url)

    def prepare(self) -> None:
        """Load the libraries now, in a thread, so that the first call needn't wait for them."""
        threading.Thread(target=self._prepare, name="fzwriter-load", daemon=True).start()

    def _prepare(self) -> None:
        with contextlib.suppress(ModelError):  # told when the first call fails
            self._model()

    def _said(self) -> ServerFacts:
        with self._lock:
            if self._facts is None:
                self._facts = self._server.facts()
            return self._facts

    def _count(self, messages: Sequence[Message]) -> int:
        key = tuple(messages)
        if key not in self._counted:
            found = self._server.count(key, self._said().counts)
            self._counted[key] = found or self._estimate(key)
        return self._counted[key]

    def _estimate(self, messages: Sequence[Message]) -> int:
        """The shipped ranks: exact for OpenAI's own models, with a margin for any other."""
        own = "api.openai.com" in self._endpoint.base_url
        return count_messages(messages) if own else count_safely(messages)

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
            call = _Call(tuple(messages), max_tokens, temperature)
            answer = self._ask(call, schema)
        usage = answer.usage
        if not usage.completion:
            usage = Usage(count_messages(messages), count_tokens(answer.text))
        if answer.finish_reason in _FILTERED:
            raise filtered()
        text = strip_thoughts(masked(answer.text))
        if not text:
            raise AnswerError("模型没有给出内容")
        parsed = find_json(text) if schema else None
        return Answer(text, parsed, usage, masked(answer.finish_reason), time.monotonic() - began)

    def _ask(self, call: _Call, schema: Schema | None) -> Answer:
        for attempt in range(_BROKEN_RETRIES + 1):
            asked = schema if self._schemas else None
            try:
                return self._stream(call, asked)
            except Exception as error:
                if asked is not None and _refuses_schemas(error):
                    self._schemas = False
                    continue
                cause = error.__cause__ if isinstance(error, _BrokenMidwayError) else None
                if attempt == _BROKEN_RETRIES or cause is None:
                    raise explain(cause or error, self._endpoint) from error
                time.sleep(_PAUSE)
        raise explain(TimeoutError(), self._endpoint)

    def _stream(self, call: _Call, schema: Schema | None) -> Answer:
        chat, options = self._model(), self._options(schema, call.longest, call.temperature)
        conversation = [(message.role, message.content) for message in call.messages]
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
                if piece.content:
                    arrived()
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
