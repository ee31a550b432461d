"""The LLM writer: each piece written, realised, judged, mended, and given up where it can't be.

Figures are never the model's: it writes slots, code writes the figures, ``check`` proves them. What an
answer merely lacks is filled in by code, in the composer's words; anything else goes back to the model,
twice at most; then what is wrong is cut out and the gaps are filled, if most of the text is still the
model's; a piece that doesn't stand even so is the composer's, and the run says so. Every text that is
used has been judged as it is used. Pieces are written side by side; none knows of another, so the order
they finish in changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fzwriter.domain import kinds
from fzwriter.errors import ModelError
from fzwriter.llm import Answer, AnswerError, ChatModel, Message, Usage, listening
from fzwriter.writing.ask import Brief, paragraphs_of
from fzwriter.writing.fill import Filler
from fzwriter.writing.judge import Check, Judge, Verdict
from fzwriter.writing.outcomes import Done, Outcome, Round, Smoothing, Tick, joined, piece_of
from fzwriter.writing.phrasebook import phrases
from fzwriter.writing.side_by_side import side_by_side
from fzwriter.writing.smooth import find_rough, smoothed, with_sentence
from fzwriter.writing.support import Support
from fzwriter.writing.tasks import Task, make_tasks

ROUNDS = 3  # the first writing and two repairs
_WARM, _COOL = 0.3, 0.1
_MOSTLY = 0.5  # of a text's characters must be in sentences of the model's own
# Masked passages for a task, best first.
Exemplary = Callable[[Task], Sequence[str]]


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
    _arrived: dict[str, int] = field(init=False, default_factory=dict)
    _seen: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._known = _known_texts(self.brief)

    def tasks(self, only: int = 0) -> list[Task]:
        """What is to be written; ``only`` picks one section by its number."""
        tasks = self.brief.fit(make_tasks(self.brief.plan))
        return [task for task in tasks if not only or task.key[0] == only]

    def write(
        self,
        tasks: Sequence[Task],
        done: Done | None = None,
        tick: Tick | None = None,
        meanwhile: Callable[[], object] | None = None,
    ) -> list[Outcome]:
        """Write the tasks side by side; outcomes in the order of the tasks.

        Args:
            tasks: what is to be written.
            done: called with each outcome, how many there are so far, of how many, and tokens spent.
            tick: called every second or so while the model writes.
            meanwhile: work for this thread once the model has all it can do.

        Raises:
            ModelError: the model can't be used; answers got so far are on record.
        """
        results: dict[int, Outcome] = {}
        spent = Usage()

        def work() -> Iterator[tuple[Task, tuple[str, ...]]]:
            for task in tasks:
                # here: the library is not for threads
                shown = self._seen[task.id] = tuple(self.exemplars(task))
                yield task, shown
            if meanwhile:
                meanwhile()

        def idle() -> None:
            if tick:
                tick(dict(self._arrived), len(results), len(tasks))

        for at, outcome in side_by_side(self._write, work(), self.concurrency, idle):
            results[at] = outcome
            spent += outcome.usage
            self._arrived.pop(outcome.place, None)
            if done:
                done(len(results), len(tasks), outcome, spent)
        return [results[at] for at in range(len(tasks))]

    def smooth(
        self, outcomes: Sequence[Outcome], tasks: Sequence[Task]
    ) -> tuple[list[Outcome], Smoothing]:
        """The pass over the whole text: the outcomes with rough sentences put otherwise.

        One call at most, and none for a small model. Pieces that fell are the composer's and stay;
        a model that fails leaves everything as it was.
        """
        result = list(outcomes)
        by_id = {task.id: task for task in tasks}
        mine = [at for at, o in enumerate(result) if o.stood and o.task in by_id]
        mine.sort(key=lambda at: (result[at].key, piece_of(result[at].task)))
        texts = [(by_id[result[at].task].part, result[at].paragraphs) for at in mine]
        rough = [] if self.brief.lean else find_rough(texts)
        messages = self.brief.smooth(rough) if rough else None
        if messages is None:
            return result, Smoothing()
        longest = self.brief.longest_smooth(rough)
        try:
            answer = self.model.complete(messages, max_tokens=longest, temperature=_COOL)
        except ModelError as error:
            paid = Round((), usage=error.usage) if isinstance(error, AnswerError) else None
            return result, Smoothing(tuple(rough), round=paid, why=str(error))
        used = []
        for new in smoothed(rough, answer.text):
            outcome = result[mine[new.text]]
            paragraphs = with_sentence(outcome.paragraphs, new)
            task = by_id[outcome.task]
            verdict = self.judge(task, self._seen.get(task.id, ())).judge(paragraphs)
            if not verdict.problems and list(verdict.paragraphs) == paragraphs:
                result[mine[new.text]] = replace(outcome, paragraphs=tuple(paragraphs))
                used.append(new)
        paid = Round((), False, answer.usage, answer.finish_reason, answer.cached, answer.seconds)
        return result, Smoothing(tuple(rough), tuple(used), paid)

    # -- one task ------------------------------------------------------------------------------

    def _write(self, work: tuple[Task, tuple[str, ...]]) -> Outcome:
        task, shown = work
        asked = self.brief.ask(task, shown)
        judge = self.judge(task, shown)
        messages: list[Message] | None = asked
        rounds: list[Round] = []
        for number in range(ROUNDS):
            if messages is None:
                break
            try:
                answer = self._ask(task, messages, number)
            except AnswerError as error:
                rounds.append(Round((str(error),), usage=error.usage))
                continue
            verdict = judge.judge(paragraphs_of(answer), answer.finish_reason)
            last = number == ROUNDS - 1 or self.brief.lean
            mended = self._mended(task, judge, verdict, cut=last) if verdict.problems else verdict
            rounds.append(_round(verdict, answer, mended=mended is not verdict))
            if mended is not None and not mended.problems:
                return self._outcome(task, tuple(rounds), mended)
            rounds[-1] = _round(verdict, answer)
            missing = " ".join(verdict.missing)
            messages = self.brief.repair(task, asked, answer.text, verdict.problems, missing)
        return self._outcome(task, tuple(rounds), None)

    def _mended(self, task: Task, judge: Judge, verdict: Verdict, *, cut: bool) -> Verdict | None:
        """What code makes of a text at fault: gaps filled; with ``cut``, sentences at fault left out.

        None where too little of it would be the model's.
        """
        if not verdict.paragraphs or not (cut or verdict.gaps_only):
            return None
        kept = judge.kept(verdict.paragraphs)
        if not kept:
            return None
        own = sum(map(len, kept))
        rest = judge.judge(kept)
        if rest.problems:
            filler = Filler(self.brief.lines(task), judge.names, judge.allowed, task.part)
            filled = filler.fill(rest.paragraphs, rest.missing, rest.untold)
            if own < _MOSTLY * sum(map(len, filled)):
                return None
            rest = judge.judge(filled)
        return None if rest.problems else rest

    def _ask(self, task: Task, messages: Sequence[Message], number: int) -> Answer:
        def arrived(pieces: int) -> None:
            self._arrived[task.place] = self._arrived.get(task.place, 0) + pieces

        with listening(arrived):
            return self.model.complete(
                messages,
                schema=self.brief.schema,
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
        seen = (*shown, *self.brief.patterns.get(task.key, "").splitlines())
        support = Support(inputs, (*self._known, *seen))
        words, lines = self.brief.plan.words, self.brief.lines(task)
        return Judge(task, self.brief.allowed(task), support, self.check, words, seen, lines)

    def _own_words(self) -> list[str]:
        plan, unit = self.brief.plan, self.brief.sheet.unit
        keys = ("self", "organ", "area", "council", "government", "staff", "head")
        return [unit.name, unit.region, *(plan.words[key] for key in keys)]

    def _outcome(self, task: Task, rounds: tuple[Round, ...], verdict: Verdict | None) -> Outcome:
        told = tuple(s.id for s in task.statements)
        if verdict is None:
            last = rounds[-1].problems if rounds else ("请求超过模型的上下文长度",)
            why = "；".join(last[:2]) + ("等" if len(last) > 2 else "")
            instead = self._instead(task)
            return Outcome(
                task.id, task.place, task.key, (), why, rounds, told=told, instead=instead
            )
        return Outcome(task.id, task.place, task.key, verdict.paragraphs, "", rounds, told)

    def _instead(self, task: Task) -> tuple[str, ...]:
        """The composer's own text for one piece."""
        texts: dict[int, str] = {}
        for line in self.brief.lines(task):
            texts[line.item] = texts.get(line.item, "") + line.text
        return tuple(texts.values())


def _round(verdict: Verdict, answer: Answer, *, mended: bool = False) -> Round:
    return Round(
        verdict.problems, mended, answer.usage, answer.finish_reason, answer.cached, answer.seconds
    )


def _known_texts(brief: Brief) -> tuple[str, ...]:
    """All of the sheet and the set phrases: words that are no strangers."""
    groups = (str(group) for group in brief.plan.profile.groups)
    own = (str(phrases()), str(kinds()), str(brief.plan.words))
    return (brief.sheet.said.wide, *own, *groups)


__all__ = ["ROUNDS", "LlmWriter", "Outcome", "Round", "Smoothing", "Tick", "joined"]
