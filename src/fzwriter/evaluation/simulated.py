"""A simulated chat model: answers the prompts as a model of declared habits would, without a network.

It reads what a real one reads, the messages, and nothing else. What it does wrong is drawn from the
rates of ``personas.yaml`` by a hash of the matter asked about, so that the same gets the same answer.
It says statements word for word, which real models don't: fluency can't be measured with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from fzwriter.errors import ConfigError
from fzwriter.llm import Answer, Message, Schema, Usage, count_messages, count_tokens
from fzwriter.llm.answers import find_json

_SLOTTED = re.compile(r"\[\[([\w.]+)\]\] (.{1,200}?) (\S{1,80}?)(?:（[^（）]{0,200}）)?$")
_PLAIN = re.compile(r"^- (.{1,200}?)：(\S{1,80})$")
_STATEMENT = re.compile(r"^s[\w.\-]*（[^（）]+）(.+)$")
_EXEMPLAR = re.compile(r"^· (.+)$")
_DIGIT = re.compile(r"[1-9]")


@lru_cache(maxsize=1)
def _personas() -> dict[str, Any]:
    raw: Any = yaml.safe_load((files("fzwriter.evaluation") / "personas.yaml").read_text("utf-8"))
    return dict(raw)


def simulated_names() -> tuple[str, ...]:
    """The simulated models there are."""
    return tuple(name for name in _personas() if name.startswith("simulated-"))


@dataclass(frozen=True)
class _Given:
    """What a question hands in. A figure is its id ("" without slots), name and value."""

    figures: tuple[tuple[str, str, str], ...]
    statements: tuple[str, ...]
    exemplars: tuple[str, ...]
    repair: bool
    year: int


class SimulatedModel:
    """A model of declared habits; implements ``llm.ChatModel``.

    Args:
        name: of the persona.
        context: tokens it claims to take.
        seed: another seed gives another draw of the same habits.

    Raises:
        ConfigError: there is no such persona.
    """

    def __init__(self, name: str, *, context: int = 32768, seed: int = 0) -> None:
        if name not in simulated_names():
            raise ConfigError(
                f"没有模拟模型“{name}”", remedy=f"可用：{'、'.join(simulated_names())}"
            )
        self.name, self.context = name, context
        self._rates: Mapping[str, float] = _personas()[name]
        self._seed = seed

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        max_tokens: int = 1024,
        temperature: float = 0.3,
        take: int = 0,
    ) -> Answer:
        """The answer this persona gives to this question."""
        del max_tokens, temperature
        given = _read(messages)
        # By the matter, not by the wording of the prompt: so that ways of asking are held against
        # each other under the same luck.
        matter = [[name, value] for _, name, value in given.figures], given.statements
        draw = _Draw(
            self._rates, Random(f"{self._seed} {self.name} {take} {given.repair} {matter}")
        )
        text = draw.text(given)
        if schema is not None:
            text = json.dumps({"paragraphs": [{"text": text, "uses": []}]}, ensure_ascii=False)
            text = text[: len(text) // 2] if draw.does("broken", given) else text
        elif draw.does("talk", given):
            text = f"好的，以下是这一节的正文：\n**工作情况**\n{text}"
        usage = Usage(count_messages(messages), count_tokens(text))
        return Answer(text, find_json(text) if schema is not None else None, usage)


def _read(messages: Sequence[Message]) -> _Given:
    asked = next((m.content for m in messages if "<数据>" in m.content), "")
    figures = []
    for line in _block(asked, "数据"):
        if found := _SLOTTED.search(line):
            if "（可用）" not in line:
                figures.append((found[1], found[2], found[3]))
        elif found := _PLAIN.match(line):
            figures.append(("", found[1], found[2]))
    statements = [m[1] for line in _block(asked, "材料") if (m := _STATEMENT.match(line))]
    exemplars = [m[1] for line in _block(asked, "范文") if (m := _EXEMPLAR.match(line))]
    whole = "\n".join(m.content for m in messages)
    year = int(found[1]) if (found := re.search(r"(20\d\d)年", whole)) else 2024
    repair = "<数据>" not in messages[-1].content
    return _Given(tuple(figures), tuple(statements), tuple(exemplars), repair, year)


def _block(text: str, name: str) -> list[str]:
    found = re.search(rf"<{name}>\n?(.*?)</{name}>", text, re.DOTALL)
    return [line.strip(" \u3000") for line in found[1].splitlines()] if found else []


class _Draw:
    """One answer's luck."""

    def __init__(self, rates: Mapping[str, float], random: Random) -> None:
        self._rates, self._random = rates, random

    def does(self, what: str, given: _Given) -> bool:
        """Whether it does this now; seldomer when it was asked to mend."""
        rate = self._rates.get(what, 0.0)
        if given.repair:
            rate *= 1 - self._rates.get("mends", 0.0)
        return self._random.random() < rate

    def text(self, given: _Given) -> str:
        """What it writes of what it was given."""
        said = [s.rstrip("。；") + "。" for s in given.statements]
        said = [s for s in said if not self.does("statement_dropped", given)]
        figures = [self._figure(f, given) for f in given.figures]
        told = [f for f in figures if not self.does("fact_dropped", given)]
        if len(told) > 1 and self.does("swapped", given):
            one, other = self._random.sample(range(len(told)), 2)
            (n1, f1), (n2, f2) = told[one], told[other]
            told[one], told[other] = (n1, f2), (n2, f1)
        if told:
            said.append("，".join(name + figure for name, figure in told) + "。")
        text = "".join(said) or "认真做好有关工作。"
        return self._spoilt(text, given)

    def _figure(self, figure: tuple[str, str, str], given: _Given) -> tuple[str, str]:
        id_, name, value = figure
        slot = f"[[{id_}]]"
        if self.does("figure_wrong", given):
            return name, self._misspelt(value)
        if not id_ or self.does("literal", given):
            return name, value
        return name, slot

    def _misspelt(self, value: str) -> str:
        places = [m.start() for m in _DIGIT.finditer(value)]
        if not places:
            return value
        at = self._random.choice(places)
        other = self._random.choice([d for d in "123456789" if d != value[at]])
        return value[:at] + other + value[at + 1 :]

    def _spoilt(self, text: str, given: _Given) -> str:
        for what in ("deeds", "figures"):
            if self.does(f"{what.removesuffix('s')}_invented", given):
                text = self._inserted(text, self._random.choice(_personas()[what].split()))
        if given.exemplars and self.does("exemplar_copied", given):
            sentences = re.findall(r"(?<![^。])[^。]+。", self._random.choice(given.exemplars))
            text += self._random.choice(sentences) if sentences else ""
        if self.does("year_wrong", given):
            text = f"{given.year - 1}年，{text}"
        return text

    def _inserted(self, text: str, clause: str) -> str:
        places = [m.end() for m in re.finditer("[，。]", text)]
        at = self._random.choice(places)
        return f"{text[:at]}{clause}{text[at - 1]}{text[at:]}"


__all__ = ["SimulatedModel", "simulated_names"]
