"""The only door to chat models. Importing this package loads no model library.

``EndpointModel`` is a model at an endpoint, ``RecordedModel`` keeps its answers on disk, ``ScriptedModel``
stands in for one wherever there is none.
"""

from __future__ import annotations

from fzwriter.llm.cache import RecordedModel
from fzwriter.llm.embeddings import embed_texts
from fzwriter.llm.endpoint import EndpointModel
from fzwriter.llm.fallback import FallbackModel
from fzwriter.llm.listening import listening
from fzwriter.llm.model import (
    Answer,
    AnswerError,
    ChatModel,
    Message,
    Schema,
    Usage,
    call_key,
)
from fzwriter.llm.prices import Price, find_price
from fzwriter.llm.providers import Endpoint, Preset, find_endpoint, presets
from fzwriter.llm.scripted import Call, ScriptedModel
from fzwriter.llm.tokens import count_messages, count_tokens
from fzwriter.llm.traits import Counter, Traits, base_url_of, count_safely, is_small, traits_of

__all__ = [
    "Answer",
    "AnswerError",
    "Call",
    "ChatModel",
    "Counter",
    "Endpoint",
    "EndpointModel",
    "FallbackModel",
    "Message",
    "Preset",
    "Price",
    "RecordedModel",
    "Schema",
    "ScriptedModel",
    "Traits",
    "Usage",
    "base_url_of",
    "call_key",
    "count_messages",
    "count_safely",
    "count_tokens",
    "embed_texts",
    "find_endpoint",
    "find_price",
    "is_small",
    "listening",
    "presets",
    "traits_of",
]
