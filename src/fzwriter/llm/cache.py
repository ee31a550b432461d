"""Answers kept on disk by the content of their questions, so that nothing is paid for twice.

Two folders are used alike: one under ``FZWRITER_HOME/cache`` for all runs, one in the run folder,
which is the run's record and what ``--resume`` continues from. A file is written whole or not at
all; one that can't be read counts as absent. The key of the endpoint is in none of them.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from fzwriter.llm.model import (
    Answer,
    ChatModel,
    Message,
    Schema,
    Usage,
    call_key,
)
from fzwriter.llm.traits import Traits, base_url_of, traits_of
from fzwriter.redaction import masked


class RecordedModel:
    """A model with a folder of answers before it.

    Args:
        model: asked when the folder has no answer.
        folder: one JSON file a call, named by its hash.
        questions: keep the messages too.
    """

    def __init__(self, model: ChatModel, folder: Path, *, questions: bool = False) -> None:
        self._model, self._folder, self._questions = model, folder, questions

    @property
    def name(self) -> str:
        """The model's own name."""
        return self._model.name

    @property
    def base_url(self) -> str:
        """Where the model is."""
        return base_url_of(self._model)

    @property
    def context(self) -> int:
        """The model's own context."""
        return self._model.context

    @property
    def traits(self) -> Traits:
        """The model's own traits."""
        return traits_of(self._model)

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        max_tokens: int = 1024,
        temperature: float = 0.3,
        take: int = 0,
    ) -> Answer:
        """The recorded answer, else the model's, which is then recorded."""
        key = call_key(self.name, self.base_url, messages, schema, max_tokens, temperature, take)
        path = self._folder / f"{key}.json"
        found = _read(path)
        if found is not None:
            return replace(found, cached=True)
        answer = self._model.complete(
            messages,
            schema=schema,
            max_tokens=max_tokens,
            temperature=temperature,
            take=take,
        )
        record: dict[str, Any] = {"model": self.name, "answer": asdict(answer)}
        if self._questions:
            record["messages"] = [asdict(message) for message in messages]
            record["max_tokens"], record["temperature"] = max_tokens, temperature
        _write(path, record)
        return answer


def _read(path: Path) -> Answer | None:
    try:
        raw = json.loads(path.read_text("utf-8"))["answer"]
        usage = Usage(int(raw["usage"]["prompt"]), int(raw["usage"]["completion"]))
        return Answer(
            str(raw["text"]), raw["parsed"], usage, str(raw["finish_reason"]), float(raw["seconds"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(path: Path, record: dict[str, Any]) -> None:
    """Keep a record; a full or closed disk costs the record, not the run."""
    text, partial = masked(json.dumps(record, ensure_ascii=False, indent=1)), ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, suffix=".tmp", delete=False
        ) as file:
            partial = file.name
            file.write(text)
        os.replace(partial, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(partial)
