"""What became of each piece of a report, and of the pass over the whole text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fzwriter.llm import Usage
from fzwriter.writing.smooth import Rough
from fzwriter.writing.tasks import Key


@dataclass(frozen=True)
class Round:
    """One answer and what was wrong with it; ``mended`` where code put that right."""

    problems: tuple[str, ...]
    mended: bool = False
    usage: Usage = Usage()
    finish_reason: str = ""
    cached: bool = False
    seconds: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """What became of a task.

    Attributes:
        task: short name.
        place: headings.
        key: where it goes.
        paragraphs: text with slots; empty when it fell to the composer.
        why: the reason for that, in Chinese.
        rounds: every answer.
        told: ids of the statements it tells.
        instead: the composer's paragraphs for a piece that fell, where other pieces of its key stand.
    """

    task: str
    place: str
    key: Key
    paragraphs: tuple[str, ...] = ()
    why: str = ""
    rounds: tuple[Round, ...] = ()
    told: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()

    @property
    def mended(self) -> bool:
        """Whether code had to cut or fill what the model wrote."""
        return self.stood and bool(self.rounds) and self.rounds[-1].mended

    @property
    def stood(self) -> bool:
        """Whether the model's text is used."""
        return bool(self.paragraphs)

    @property
    def usage(self) -> Usage:
        """Tokens of all rounds."""
        return sum((r.usage for r in self.rounds), Usage())


@dataclass(frozen=True)
class Smoothing:
    """What the pass over the whole text did.

    Attributes:
        rough: the sentences found.
        used: those of them that were put otherwise.
        round: the call, if there was one.
        why: why it came to nothing, in Chinese.
    """

    rough: tuple[Rough, ...] = ()
    used: tuple[Rough, ...] = ()
    round: Round | None = None
    why: str = ""


Done = Callable[[int, int, Outcome, Usage], None]
# Pieces under way with the tokens that have arrived of each, and how many pieces are done, of how many.
Tick = Callable[[Mapping[str, int], int, int], None]


def joined(outcomes: Sequence[Outcome]) -> Mapping[Key, tuple[str, ...]]:
    """Paragraphs by key, for the keys of which some piece stood; for a piece that fell, the composer's.

    A sentence without figures that an earlier key has said already is left out.
    """
    standing = {outcome.key for outcome in outcomes if outcome.stood}
    texts: dict[Key, tuple[str, ...]] = {}
    said: set[str] = set()
    for outcome in sorted(outcomes, key=lambda o: (o.key, piece_of(o.task))):
        if outcome.key not in standing:
            continue
        paragraphs = outcome.paragraphs or outcome.instead
        fresh = tuple(t for t in (_fresh(p, said) for p in paragraphs) if t)
        texts[outcome.key] = (*texts.get(outcome.key, ()), *fresh)
    return texts


def piece_of(task: str) -> int:
    """The number of a piece within its key: 3 of 1.2.3, 1 of 1.2."""
    parts = task.split(".")
    return int(parts[2]) if len(parts) > 2 else 1


def _fresh(paragraph: str, said: set[str]) -> str:
    kept = []
    for sentence in paragraph.replace("。", "。\n").split("\n"):
        if len(sentence) >= 12 and "[[" not in sentence and sentence in said:
            continue
        said.add(sentence)
        kept.append(sentence)
    return "".join(kept)
