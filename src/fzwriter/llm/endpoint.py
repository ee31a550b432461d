"""Chat models behind LangChain's ``init_chat_model``: the only module that imports LangChain.

Answers are streamed, so that a slow local model isn't taken for a dead one: ``timeout`` is the
silence allowed between two pieces, ``deadline`` the time for the whole call. openai's client
retries 429 (heeding Retry-After), 5xx and connections that fail before the answer begins; one that
breaks later is retried here. What a server refuses is left out from then on (``manner``); a schema it
ignores costs nothing, its answer is read as plain text.

Some models think before they write, and what they think counts as answer. So every answer may take far
more than its text should need, and more again once one was cut off; a text that repeats itself is cut
off here.
"""

from __future__ import annotations

import contextlib
import threading
import time
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from fzwriter.errors import ModelError
from fzwriter.llm.answers import find_json, reason_of, repeats_itself, strip_thoughts, text_of
from fzwriter.llm.listening import arrived
from fzwriter.llm.manner import PLAINEST, Manner, conversation, without
from fzwriter.llm.model import Answer, AnswerError, Message, Schema, Usage
from fzwriter.llm.providers import Endpoint
from fzwriter.llm.server import Server, ServerFacts
from fzwriter.llm.tokens import count_messages, count_tokens
from fzwriter.llm.traits import Traits, count_safely, is_small
from fzwriter.llm.trouble import explain, filtered, not_a_model, overflows, timed_out
from fzwriter.llm.wire import Limits, check_request, limited, watch_response
from fzwriter.redaction import masked

_BROKEN_RETRIES = 2
_PAUSE = 1.0
_NO_CHUNKS = "No generation chunks"  # LangChain, of a stream without a piece
_FILTERED = frozenset({"content_filter", "sensitive", "risk"})
_ROOM, _MOST_ROOM = 8192, 65536  # tokens for a model's thoughts
_CHARACTERS = 8  # of a text for each token it was allowed, at most
_LOOKED = 50  # pieces between two looks at the text


class _BrokenMidwayError(Exception):
    """A connection lost after the answer began; before that, openai's client has retried already."""

    def __init__(self, text: str) -> None:
        self.text = text


@dataclass(frozen=True)
class _Call:
    """One question; ``longest`` tokens of text, ``room`` for thoughts on top, ``end`` of its time."""

    messages: tuple[Message, ...]
    schema: Schema | None
    longest: int
    room: int
    temperature: float
    end: float


class EndpointModel:
    """A model at an endpoint. Calls beyond the concurrency allowed wait their turn.

    Args:
        endpoint: where it is and how it is called.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._turns = threading.BoundedSemaphore(max(1, endpoint.concurrency))
        own = "api.openai.com" in endpoint.base_url
        self._manner = Manner("max_completion_tokens" if own else "max_tokens")
        self._room = _ROOM
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
    def base_url(self) -> str:
        """Where it is."""
        return self._endpoint.where

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
        return Traits(small, counter)

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
        prompt = self.traits.count(messages)
        with self._turns:
            began = time.monotonic()
            room = max(0, min(self._room, self.context - prompt - max_tokens))
            end = began + self._endpoint.deadline
            call = _Call(tuple(messages), schema, max_tokens, room, temperature, end)
            answer = self._ask(call)
        if answer.finish_reason in _FILTERED:
            raise filtered(usage=answer.usage)
        text = strip_thoughts(masked(answer.text))
        if not text:
            cut = answer.finish_reason == "length"
            why = "：长度都用在了思考上；上下文如果更长，请用 FZWRITER_CONTEXT 写明" if cut else ""
            raise AnswerError(f"模型没有给出内容{why}", usage=answer.usage)
        parsed = find_json(text) if schema else None
        seconds = time.monotonic() - began
        return Answer(text, parsed, answer.usage, masked(answer.finish_reason), seconds)

    def _ask(self, call: _Call) -> Answer:
        """The answer, asked for again where what stood in the way can be left out or passes."""
        lost, broken, plain = Usage(), 0, False
        while True:
            manner = PLAINEST if plain else self._manner
            try:
                with limited(Limits(call.end, self._endpoint.timeout)):
                    answer = self._once(call, manner)
                self._manner = manner if plain else self._manner
                return replace(answer, usage=lost + answer.usage)
            except Exception as error:
                if time.monotonic() > call.end:
                    raise timed_out(self._endpoint, error) from error
                if call.room and overflows(error):
                    call = replace(call, room=0)
                    continue
                better = self._better(manner, error, call)
                if better is not None:
                    plain = better == PLAINEST
                    continue
                cause = error.__cause__ if isinstance(error, _BrokenMidwayError) else None
                if cause is None or broken == _BROKEN_RETRIES:
                    raise explain(cause or error, self._endpoint) from error
                lost += self._estimated(call, error.text)  # type: ignore[attr-defined]
                broken += 1
                time.sleep(_PAUSE)

    def _better(self, manner: Manner, error: Exception, call: _Call) -> Manner | None:
        """How to ask after a refusal, and from then on; None where asking otherwise can't help."""
        if isinstance(explain(error, self._endpoint), AnswerError):
            return None
        with self._lock:
            if manner not in (self._manner, PLAINEST):  # another call has learnt it meanwhile
                return self._manner
            better = without(manner, error, _allowed(call, manner), call.longest)
            if better is not None and better != PLAINEST:  # that one is a guess, kept if it works
                self._manner = better
            return better

    def _once(self, call: _Call, manner: Manner) -> Answer:
        chat, options = self._model(), self._options(call, manner)
        turns = conversation(call.messages, manner)
        cut = False
        if manner.stream:
            if not manner.usage:
                options["stream_usage"] = False
            whole, cut = self._gather(chat.stream(turns, **options), call)
        else:
            whole = chat.invoke(turns, **options)
        if not hasattr(whole, "content"):
            raise not_a_model(self._endpoint)
        text, reason = text_of(whole), "length" if cut else reason_of(whole) or "stop"
        if reason == "length" and not cut:
            self._room = max(self._room, min(2 * call.room, _MOST_ROOM))
        used = getattr(whole, "usage_metadata", None) or {}
        usage = Usage(int(used.get("input_tokens", 0)), int(used.get("output_tokens", 0)))
        if not usage.completion:
            usage = self._estimated(call, text)
        return Answer(text, None, usage, reason)

    def _estimated(self, call: _Call, text: str) -> Usage:
        """What a call cost whose server doesn't say."""
        return Usage(self.traits.count(call.messages), count_tokens(text))

    def _gather(self, stream: Any, call: _Call) -> tuple[Any, bool]:
        """The pieces of a stream joined (None of none), and whether they were cut off here."""
        whole: Any = None
        most = _CHARACTERS * (call.longest + call.room)
        try:
            for number, piece in enumerate(stream, 1):
                whole = piece if whole is None else whole + piece
                arrived()
                text = text_of(whole) if number % _LOOKED == 0 else ""
                if len(text) > most or repeats_itself(text):
                    stream.close()
                    return whole, True
        except ValueError as error:
            if whole is not None or _NO_CHUNKS not in str(error):
                raise
        except Exception as error:
            if whole is not None and _is_connection(error):
                raise _BrokenMidwayError(text_of(whole)) from error
            raise
        return whole, False

    def _options(self, call: _Call, manner: Manner) -> dict[str, Any]:
        """What goes with one call; ``extra_body`` reaches the server as it is."""
        if self._endpoint.provider != "openai":
            return {}
        body: dict[str, Any] = {manner.limit: _allowed(call, manner)} if manner.limit else {}
        if call.schema is not None and manner.schema:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "answer", "schema": call.schema, "strict": True},
            }
        heat = {"temperature": call.temperature} if manner.temperature else {}
        return {**heat, "extra_body": body}

    def _model(self) -> Any:
        with self._lock:
            if self._chat is None:
                self._chat, client = _build(self._endpoint)
                if client is not None:
                    weakref.finalize(self, client.close)
            return self._chat


def _build(endpoint: Endpoint) -> tuple[Any, Any]:
    """LangChain's model, and its HTTP client where that is ours."""
    try:
        import openai
        from langchain.chat_models import init_chat_model
        from langchain_core.rate_limiters import InMemoryRateLimiter

        client = None
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
            hooks: dict[str, Any] = {"request": [check_request], "response": [watch_response]}
            client = openai.DefaultHttpxClient(event_hooks=hooks, timeout=endpoint.timeout)
            options |= {"stream_usage": True, "use_responses_api": False, "http_client": client}
        chat = init_chat_model(endpoint.model, model_provider=endpoint.provider, **options)
        return chat, client
    except Exception as error:
        raise explain(error, endpoint) from error


def _allowed(call: _Call, manner: Manner) -> int:
    """Tokens of an answer, thoughts and text."""
    wanted = call.longest + call.room
    return min(wanted, manner.most) if manner.most else wanted


def _is_connection(error: Exception) -> bool:
    names = {kind.__name__ for kind in type(error).__mro__}
    timed = names & {"TimeoutException", "APITimeoutError"}
    return not timed and bool(names & {"TransportError", "APIConnectionError"})
