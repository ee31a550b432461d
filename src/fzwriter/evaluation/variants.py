"""Ways to write a report that are measured side by side: the offline composer, the baselines, the whole.

Each baseline leaves out one thing, so that its figures say what that thing is worth.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fzwriter.errors import ConfigError
from fzwriter.evaluation import plain_llm, template
from fzwriter.evaluation.scorers.base import Effort
from fzwriter.facts import FactSheet, settled
from fzwriter.llm import ChatModel
from fzwriter.reading import Passage, split
from fzwriter.report import Report
from fzwriter.seeds import Hit, SeedLibrary
from fzwriter.seeds.index import SeedIndex
from fzwriter.seeds.shelf import Shelf
from fzwriter.settings import Settings

Notify = Callable[[str], None]


@dataclass(frozen=True)
class Variant:
    """A way to write.

    Attributes:
        name: on the command line.
        label: in tables.
        about: one Chinese line.
        model: whether it needs a chat model.
        rewrites: whether it means anything for a rewrite, whose exemplar is its source.
    """

    name: str
    label: str
    about: str
    model: bool = True
    rewrites: bool = True


VARIANTS: dict[str, Variant] = {
    v.name: v
    for v in (
        Variant("offline", "离线写法", "本工具不用模型时的写法", model=False),
        Variant("template", "套模板", "把数据逐条填进固定句子；改写是替换单位名称", model=False),
        Variant("plain", "模型直写", "模型直接写数字，不用占位标记，不核验、不返工"),
        Variant("no-retrieval", "去掉检索", "全流程，但不给范文", rewrites=False),
        Variant("no-masking", "去掉遮盖", "全流程，但范文不遮盖数字和名称", rewrites=False),
        Variant("full", "全流程", "检索、遮盖、占位标记、核验、返工、离线兜底"),
    )
}
ALIASES = {"llm": "full"}


def find_variants(names: str) -> list[Variant]:
    """Variants by their names, separated by commas; ``all`` for every one.

    Raises:
        ConfigError: there is none of that name.
    """
    if names.strip() == "all":
        return list(VARIANTS.values())
    found = []
    for name in filter(None, (part.strip() for part in names.replace("，", ",").split(","))):
        variant = VARIANTS.get(ALIASES.get(name, name))
        if variant is None:
            raise ConfigError(f"没有写法“{name}”", remedy=f"可用：{'、'.join(VARIANTS)}、all")
        found.append(variant)
    return list(dict.fromkeys(found))


class NoLibrary(SeedLibrary):
    """A library that finds nothing: what writing without retrieval has."""

    def search(self, query: str, **wanted: Any) -> tuple[Hit, ...]:
        """Nothing."""
        del query, wanted
        return ()


class UnmaskedLibrary(SeedLibrary):
    """A library that hands out its passages as they were read, figures and names and all."""

    def __init__(self, shelf: Shelf, index: SeedIndex, notices: list[str]) -> None:
        super().__init__(shelf, index, notices)
        self._whole: dict[str, dict[int, Passage]] = {}

    def search(self, query: str, **wanted: Any) -> tuple[Hit, ...]:
        """The passages that the masked library finds, unmasked."""
        return tuple(self._unmasked(hit) for hit in super().search(query, **wanted))

    def _unmasked(self, hit: Hit) -> Hit:
        name = hit.passage.seed
        if name not in self._whole:
            self._whole[name] = {p.index: p for p in split(self.report(name))}
        return replace(hit, passage=self._whole[name].get(hit.passage.index, hit.passage))


_LIBRARIES = {"no-retrieval": NoLibrary, "no-masking": UnmaskedLibrary}


@dataclass(frozen=True)
class Source:
    """The report that a rewrite starts from.

    Attributes:
        path: its file.
        text: its text.
        unit: the unit it is of, "" when unknown.
    """

    path: Path
    text: str
    unit: str = ""


@dataclass(frozen=True)
class Produced:
    """A report as a variant wrote it, with what it took."""

    report: Report
    effort: Effort
    notices: tuple[str, ...] = ()


def produce(
    variant: Variant,
    sheet: FactSheet,
    *,
    settings: Settings,
    seeds: Path | None,
    run_dir: Path,
    model: ChatModel | None = None,
    source: Source | None = None,
) -> Produced:
    """Write one report.

    Args:
        variant: how.
        sheet: from what.
        settings: limits, and the home that holds index and prompts.
        seeds: the folder of shipped seed reports; ``None`` for those in the home alone.
        run_dir: of this report.
        model: for the variants that need one.
        source: rewrite this report instead of drafting.

    Raises:
        InputError: the input can't be used.
        ModelError: the model can't be used.
    """
    notices = [finding.message for finding in settled(sheet)]
    began = time.perf_counter()
    if variant.name == "template":
        made = template.rewritten(source.text, source.unit, sheet) if source else None
        report = made or template.filled(sheet)
        return Produced(report, Effort(time.perf_counter() - began), tuple(notices))
    library = _LIBRARIES.get(variant.name, SeedLibrary).open(settings.home, seeds)
    if variant.name == "plain":
        assert model is not None
        with library:
            report, effort = plain_llm.written(sheet, model, library, settings, source)
        return Produced(report, effort, tuple(notices))
    report = _whole(sheet, library, settings, run_dir, model, source, notices.append)
    seconds = time.perf_counter() - began
    return Produced(report, _effort(run_dir, seconds, model), tuple(notices))


def _whole(
    sheet: FactSheet,
    library: SeedLibrary,
    settings: Settings,
    run_dir: Path,
    model: ChatModel | None,
    source: Source | None,
    notify: Notify,
) -> Report:
    """The tool's own way, whatever the library."""
    writer = "llm" if model is not None else "offline"
    if source is None:
        from fzwriter.pipeline import draft

        return draft(
            sheet, writer=writer, model=model, settings=settings, run_dir=run_dir,
            library=library, notify=notify,
        )  # fmt: skip
    from fzwriter.pipeline.rewrite import rewrite

    with library:  # a rewrite's exemplar is its source
        return rewrite(
            source.path, sheet, writer=writer, model=model, settings=settings, run_dir=run_dir,
            notify=notify,
        )  # fmt: skip


def _effort(run_dir: Path, seconds: float, model: ChatModel | None) -> Effort:
    """What the run folder says a model's draft took."""
    if model is None:
        return Effort(seconds)
    try:
        spent = json.loads((run_dir / "usage.json").read_text("utf-8"))
    except (OSError, ValueError):
        return Effort(seconds)  # written without the model after all
    pieces, calls = int(spent["pieces"]), int(spent["calls"])
    return Effort(
        seconds=seconds,
        model=True,
        calls=calls,
        retries=max(0, calls - pieces),
        prompt_tokens=int(spent["prompt_tokens"]),
        completion_tokens=int(spent["completion_tokens"]),
        pieces=pieces,
        fallbacks=pieces - int(spent["stood"]),
        replayed=int(spent.get("from_record", 0)),
    )
