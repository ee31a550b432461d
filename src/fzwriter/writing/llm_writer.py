"""The LLM writer: each piece written, realised, judged, mended, and given up where it can't be.

Figures are never the model's: it writes slots, code writes the figures, ``check`` proves them. A piece
that still has a problem after two rounds of repair is left to the offline composer, and the run says
so. Pieces are written side by side; none knows of another, so the order they finish in changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from fzwriter.llm import Answer, AnswerError, ChatModel, Message, Usage
from fzwriter.writing.ask import SCHEMA, Brief, paragraphs_of
from fzwriter.writing.judge import Check, Judge, Verdict
from fzwriter.writing.plan import phrases
from fzwriter.writing.side_by_side import side_by_side
from fzwriter.writing.support import Support
from fzwriter.writing.tasks import Key, Task, make_tasks

ROUNDS = 3  # the first writing and two repairs
_WARM, _COOL = 0.3, 0.1
# Masked passages for a task, best first.
Exemplary = Callable[[Task], Sequence[str]]


@dataclass(frozen=True)
class Round:
    """One answer and what was wrong with it."""

    problems: tuple[str, ...]
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
    """

    task: str
    place: str
    key: Key
    paragraphs: tuple[str, ...] = ()
    why: str = ""
    rounds: tuple[Round, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def stood(self) -> bool:
        """Whether the model's text is used."""
        return bool(self.paragraphs)

    @property
    def usage(self) -> Usage:
        """Tokens of all rounds."""
        return sum((r.usage for r in self.rounds), Usage())


Done = Callable[[int, int, Outcome, Usage], None]


@dataclass
class LlmWriter:
    """Writes the pieces of one report with a model.

    Attributes:
        brief: what all requests share.
        model: the chat model.
        check: proves a text's figures.
        exemplars: passages to show for a task.
        concurrency: tasks at one time.
        takes: by section number; another number asks for another answer to the same questions.
    """

    brief: Brief
    model: ChatModel
    check: Check
    exemplars: Exemplary
    concurrency: int = 4
    takes: Mapping[int, int] = field(default_factory=dict)
    _known: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._known = _known_texts(self.brief)

    def tasks(self, only: int = 0) -> list[Task]:
        """What is to be written; ``only`` picks one section by its number."""
        tasks = self.brief.fit(make_tasks(self.brief.plan))
        return [task for task in tasks if not only or task.key[0] == only]

    def write(self, tasks: Sequence[Task], done: Done | None = None) -> list[Outcome]:
        """Write the tasks side by side; outcomes in the order of the tasks.

        Raises:
            ModelError: the model can't be used; answers got so far are on record.
        """
        shown = [tuple(self.exemplars(task)) for task in tasks]  # the library is not for threads
        results: dict[int, Outcome] = {}
        spent = Usage()
        work = zip(tasks, shown, strict=True)
        for at, outcome in side_by_side(self._write, list(work), self.concurrency):
            results[at] = outcome
            spent += outcome.usage
            if done:
                done(len(results), len(tasks), outcome, spent)
        return [results[at] for at in range(len(tasks))]

    # -- one task ------------------------------------------------------------------------------

    def _write(self, work: tuple[Task, tuple[str, ...]]) -> Outcome:
        task, shown = work
        asked = self.brief.ask(task, shown)
        judge = self.judge(task, shown)
        messages: list[Message] | None = asked
        rounds: list[Round] = []
        verdict = Verdict((), ("没有写",))
        for number in range(ROUNDS):
            if messages is None:
                break
            try:
                answer = self._ask(task, messages, number)
            except AnswerError as error:
                rounds.append(Round((str(error),)))
                continue
            verdict = judge.judge(paragraphs_of(answer), answer.finish_reason)
            rounds.append(_round(verdict, answer))
            if not verdict.problems:
                return self._outcome(task, tuple(rounds), verdict)
            missing = " ".join(verdict.missing)
            messages = self.brief.repair(task, asked, answer.text, verdict.problems, missing)
        return self._outcome(task, tuple(rounds), None)

    def _ask(self, task: Task, messages: Sequence[Message], number: int) -> Answer:
        return self.model.complete(
            messages,
            schema=SCHEMA,
            max_tokens=self.brief.longest(task),
            temperature=_COOL if number else _WARM,
            # the same question again, after an answer of no use, is another question
            take=self.takes.get(task.key[0], 0) * ROUNDS + number,
        )

    def judge(self, task: Task, shown: Sequence[str]) -> Judge:
        """What judges a task's text."""
        inputs = [task.heading, task.subheading, *task.topics, *self._own_words()]
        inputs += [s.text for s in task.statements]
        inputs += [f"{f.name}\n{f.note}\n" + "\n".join(f.aliases) for f in task.facts]
        inputs += [d.name for d in task.derived]
        inputs += self.brief.sentences(task)
        support = Support(inputs, (*self._known, *shown))
        words = self.brief.plan.words
        return Judge(task, self.brief.allowed(task), support, self.check, words, tuple(shown))

    def _own_words(self) -> list[str]:
        plan, unit = self.brief.plan, self.brief.sheet.unit
        keys = ("self", "organ", "area", "council", "government", "staff", "head")
        return [unit.name, unit.region, *(plan.words[key] for key in keys)]

    def _outcome(self, task: Task, rounds: tuple[Round, ...], verdict: Verdict | None) -> Outcome:
        if verdict is None:
            last = rounds[-1].problems if rounds else ("请求超过模型的上下文长度",)
            why = "；".join(last[:2]) + ("等" if len(last) > 2 else "")
            return Outcome(task.id, task.place, task.key, why=why, rounds=rounds)
        told = tuple(s.id for s in task.statements)
        return Outcome(task.id, task.place, task.key, verdict.paragraphs, "", rounds, told)


def _round(verdict: Verdict, answer: Answer) -> Round:
    return Round(
        verdict.problems, answer.usage, answer.finish_reason, answer.cached, answer.seconds
    )


def _known_texts(brief: Brief) -> tuple[str, ...]:
    """All of the sheet and the set phrases: words that are no strangers."""
    sheet = brief.sheet
    texts = [sheet.unit.name, sheet.unit.region, *sheet.terms, *sheet.document.outline]
    texts += [s.text for s in sheet.statements] + [f.name + f.note for f in sheet.facts]
    texts += [str(phrases()), str(brief.plan.words)]
    texts += [str(group) for group in brief.plan.profile.groups]
    return tuple(texts)


def joined(outcomes: Sequence[Outcome]) -> Mapping[Key, tuple[str, ...]]:
    """Paragraphs by key, for the keys all of whose pieces stood.

    A sentence without figures that an earlier key has said already is left out.
    """
    fallen = {outcome.key for outcome in outcomes if not outcome.stood}
    texts: dict[Key, tuple[str, ...]] = {}
    said: set[str] = set()
    for outcome in sorted(outcomes, key=lambda o: o.key):
        if outcome.key in fallen:
            continue
        fresh = tuple(t for t in (_fresh(p, said) for p in outcome.paragraphs) if t)
        texts[outcome.key] = (*texts.get(outcome.key, ()), *fresh)
    return texts


def _fresh(paragraph: str, said: set[str]) -> str:
    kept = []
    for sentence in paragraph.replace("。", "。\n").split("\n"):
        if len(sentence) >= 12 and "[[" not in sentence and sentence in said:
            continue
        said.add(sentence)
        kept.append(sentence)
    return "".join(kept)
