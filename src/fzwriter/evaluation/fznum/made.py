"""Sheets made from a seed: units, matters and figures that exist nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

_DATA = "matters.yaml"


@dataclass(frozen=True)
class Matter:
    """A total of a sheet with what belongs to it.

    Attributes:
        id: of the fact.
        verb: what was done.
        object: to what.
        unit: measure word.
        value: how often.
        previous: the year before, if the sheet has it.
        approx: 余 or "".
        parts: id, name and value of its parts.
    """

    id: str
    topic: str
    verb: str
    object: str
    unit: str
    value: int
    previous: int | None
    approx: str
    parts: tuple[tuple[str, str, int], ...]

    @property
    def name(self) -> str:
        """As the sheet calls it."""
        return self.verb + self.object


@dataclass(frozen=True)
class Made:
    """A sheet as composed.

    Attributes:
        id: of the sheet.
        sheet: the mapping of a facts file.
        year: of the report.
        own: 我局, 我镇.
        matters: totals with parts.
        single: id, name, figure as printed, of the facts that stand alone.
        told: statements by kind: id, text, and the words in them that can be checked.
    """

    id: str
    sheet: dict[str, Any]
    year: int
    own: str
    matters: tuple[Matter, ...]
    single: tuple[tuple[str, str, str], ...]
    told: dict[str, tuple[str, str, str]]


@lru_cache(maxsize=1)
def matters() -> dict[str, Any]:
    """The data the sheets are drawn from."""
    text = files(__package__).joinpath(_DATA).read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


class _Maker:
    def __init__(self, id: str, seed: str) -> None:
        self.id, self.random, self.data = id, Random(seed), matters()
        self.facts: list[dict[str, Any]] = []
        self.year = self.random.choice((2022, 2023, 2024))

    def _id(self) -> str:
        return f"f{len(self.facts) + 1:02d}"

    def make(self) -> Made:
        random, data = self.random, self.data
        type_ = random.choice(sorted(data["types"]))
        county = random.choice(data["places"]["县"]) + random.choice("县区")
        town = random.choice(data["places"]["镇"]) + "镇"
        rural = type_ == "镇人民政府"
        name = f"{town}人民政府" if rural else county + type_
        chosen = random.sample(data["types"][type_], random.randint(5, 7))
        found = tuple(self._matter(data["matters"][key]) for key in chosen)
        single = tuple(self._singles())
        told, statements = self._told(name)
        sheet = {
            "unit": {
                "name": name, "type": "镇" if rural else type_, "level": "镇" if rural else county[-1],
                "region": random.choice(data["places"]["省"]) + county + (town if rural else ""),
            },
            "period": self.year,
            "document": {
                "kind": "法治政府建设年度报告",
                "date": f"{self.year + 1}-01-{random.randint(5, 28):02d}",
            },
            "facts": self.facts,
            "statements": statements,
        }  # fmt: skip
        own = "我镇" if rural else "我局"
        return Made(self.id, sheet, self.year, own, found, single, told)

    def _matter(self, given: dict[str, Any]) -> Matter:
        random = self.random
        low, high = given["r"]
        value = int(round(low * (high / low) ** random.random()))
        approx = "余" if given.get("x") and random.random() < 0.6 else ""
        if approx:
            place = 10 ** (len(str(value)) - 1)
            value = max(place, value // place * place)
        previous = None
        if given.get("p") and random.random() < 0.8:
            previous = max(1, int(value * random.uniform(0.7, 1.35)))
        id = self._add(given["t"], given["v"] + given["o"], value, given["u"], previous, approx)
        parts: list[tuple[str, str, int]] = []
        rest = value
        for part in given.get("parts", ()):
            if rest < 8:
                break
            first = not parts
            amount = (
                random.randint(max(2, rest // 2), rest - 2)
                if first
                else random.randint(2, rest // 2)
            )
            over = parts[0] if parts and given["parts"][0] in ("办结",) else None
            self._add(given["t"], part, amount, given["u"], None, "", over[0] if over else id)
            parts.append((self.facts[-1]["id"], part, amount))
            rest = amount if first else rest - amount
        return Matter(
            id, given["t"], given["v"], given["o"], given["u"], value, previous, approx, tuple(parts)
        )  # fmt: skip

    def _add(
        self,
        topic: str,
        name: str,
        value: float,
        unit: str,
        previous: float | None,
        approx: str,
        of: str = "",
    ) -> str:
        fact: dict[str, Any] = {
            "id": self._id(), "topic": topic, "name": name, "value": value, "unit": unit,
        }  # fmt: skip
        fact |= {"previous": previous} if previous is not None else {}
        fact |= {"approx": approx} if approx else {}
        fact |= {"parts_of": of} if of else {}
        self.facts.append(fact)
        return str(fact["id"])

    def _singles(self) -> Any:
        random = self.random
        topic, name, unit, low, high = random.choice(self.data["money"])
        value = round(random.uniform(low, high), random.choice((1, 2)))
        yield self._add(topic, name, value, unit, None, ""), name, f"{value}{unit}"
        for kind, low, high in (("rates", 88, 99), ("falls", 3, 40)):
            topic, name = random.choice(self.data[kind])
            rate = round(random.uniform(low, high), 1)
            old = (
                round(rate - random.choice((-1.1, -0.4, 0.7, 1.3, 2.2)), 1)
                if kind == "rates"
                else None
            )
            yield self._add(topic, name, rate, "%", old, ""), name, f"{rate}%"

    def _told(self, unit: str) -> tuple[dict[str, tuple[str, str, str]], list[dict[str, Any]]]:
        random, told, statements = self.random, {}, []
        values = {
            "o": unit[:1] + "政法", "y": self.year, "n": random.randint(2, 60), "m": random.randint(2, 12),
            "d": random.randint(1, 27), "k": "二三四五"[random.randint(0, 3)], "c": random.randint(2, 19),
        }  # fmt: skip
        marks = {
            "document": f"〔{values['y']}〕{values['n']}号", "date": f"{values['m']}月{values['d']}日",
            "rank": f"第{values['k']}", "award": "", "plan": str(values["c"]),
        }  # fmt: skip
        for number, (kind, texts) in enumerate(self.data["statements"].items(), 1):
            text = random.choice(texts).format(**values)
            mark = marks[kind] or next(w for w in ("省级", "市级", "全省") if w in text)
            told[kind] = (f"s{number}", text, mark)
            statements.append(
                {
                    "kind": "计划"
                    if kind == "plan"
                    else "亮点"
                    if kind in ("rank", "award")
                    else "举措",
                    "text": text,
                }
            )
        return told, statements


def make_sheet(id: str, seed: int) -> Made:
    """A sheet; the same id and seed give the same one."""
    return _Maker(id, f"{seed} {id}").make()
