"""A second model for when the first can't be used."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from fzwriter.errors import ModelError
from fzwriter.llm.model import Answer, AnswerError, ChatModel, Message, Schema
from fzwriter.llm.traits import Traits, base_url_of, traits_of


class FallbackModel:
    """The first model until it fails as a whole, from then on the second.

    An answer of no use (``AnswerError``) is no failure of the model.
    """

    def __init__(
        self, first: ChatModel, second: ChatModel, notify: Callable[[str], None] | None = None
    ) -> None:
        self._first, self._second, self._notify = first, second, notify
        self._failed = False
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The name of the model in use."""
        return (self._second if self._failed else self._first).name

    @property
    def base_url(self) -> str:
        """Where the model in use is."""
        return base_url_of(self._second if self._failed else self._first)

    @property
    def context(self) -> int:
        """What both can take."""
        return min(self._first.context, self._second.context)

    @property
    def traits(self) -> Traits:
        """What holds of both: small where either is, tokens as the thriftier counts them."""
        first, second = traits_of(self._first), traits_of(self._second)
        return Traits(
            first.small or second.small,
            lambda messages: max(first.count(messages), second.count(messages)),
        )

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        max_tokens: int = 1024,
        temperature: float = 0.3,
        take: int = 0,
    ) -> Answer:
        """Ask the model in use; see ``ChatModel``."""

        def ask(model: ChatModel) -> Answer:
            return model.complete(
                messages,
                schema=schema,
                max_tokens=max_tokens,
                temperature=temperature,
                take=take,
            )

        if not self._failed:
            try:
                return ask(self._first)
            except AnswerError:
                raise
            except ModelError as error:
                self._fail(error)
        return ask(self._second)

    def _fail(self, error: ModelError) -> None:
        with self._lock:
            if not self._failed and self._notify:
                self._notify(f"{error}；改用备用模型 {self._second.name}")
            self._failed = True
