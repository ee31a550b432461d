"""A draft with a model: pieces written side by side, put together, proven, given up where they fail.

The run folder holds what it takes to go on after any interruption: ``run.json`` says of which input,
model and prompts the run is; ``answers/`` every question and answer; ``sections.json`` what became of each
piece. Going on means asking the same questions again and finding the answers there.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from fzwriter.check.confirm import NONE, Confirmations
from fzwriter.errors import InputError, ModelError
from fzwriter.facts import FactSheet, has_order
from fzwriter.llm import ChatModel, Price, Usage, base_url_of, find_price, traits_of
from fzwriter.output import Written
from fzwriter.pipeline.confirming import check_confirmed
from fzwriter.pipeline.exemplars import Exemplars
from fzwriter.pipeline.runs import RunFolder, plain
from fzwriter.report import CheckReport, Report
from fzwriter.resources import shipped
from fzwriter.settings import Settings
from fzwriter.writing import Brief, LlmWriter, Outcome, Plan, figures_of, joined, load_prompts
from fzwriter.writing.composer import Composer
from fzwriter.writing.llm_writer import Smoothing, Tick
from fzwriter.writing.mixed import MixedComposer
from fzwriter.writing.slots import realise
from fzwriter.writing.tasks import Key, Task

Progress = Callable[[int, int, str], None]
Notify = Callable[[str], None]
Texts = Mapping[Key, Sequence[str]]
_OFTEN = 5.0  # seconds between two lines of progress
_SHOWN = 6  # exemplars looked at for a task; those that fit are shown


@dataclass
class ModelRun:
    """One draft by a model.

    Attributes:
        sheet: the input, orders taken out.
        plan: its plan.
        model: the chat model.
        exemplars: the library.
        settings: limits and home.
        run_dir: the run folder, or None.
        resume: the run folder must hold this very run.
        section: write only the section of this number; 0 for all.
        confirmations: doubts that people settled for these facts.
    """

    sheet: FactSheet
    plan: Plan
    model: ChatModel
    exemplars: Exemplars
    settings: Settings
    run_dir: Path | None = None
    resume: bool = False
    section: int = 0
    confirmations: Confirmations = NONE
    _told: set[str] = field(default_factory=set, init=False)

    def write(self, progress: Progress | None, notify: Notify) -> Report:
        """The report; pieces whose text didn't stand are the composer's.

        Raises:
            ModelError: the model can't be used; ``resume`` goes on later.
            InputError: the run folder is another run's.
        """
        brief = self._brief()
        run = RunFolder(self.run_dir, Written(self.settings.home), notify)
        takes = self._begin(run, brief)
        writer = LlmWriter(
            brief,
            self.model,
            lambda text: check_confirmed(text, self.sheet, (), self.confirmations),
            self._shown,
            self.settings.concurrency,
            takes,
        )
        tasks = writer.tasks(self.section)
        earlier = self._earlier() if self.section else []
        outcomes = self._written(writer, tasks, progress, run, notify)
        outcomes = [o for o in earlier if o.key[0] != self.section] + outcomes
        report, texts = self._settle(outcomes, tasks)
        passed = Smoothing()
        if not self.section:
            outcomes, report, texts, passed = self._smoothed(writer, outcomes, tasks, report, texts)
        kept = [_settled(outcome, texts) for outcome in outcomes]
        run.keep("smoothing.json", passed)
        run.keep("sections.json", kept)
        self._account(kept, passed, run, notify)
        return replace(report, written=sum(outcome.stood for outcome in kept))

    def _written(
        self,
        writer: LlmWriter,
        tasks: Sequence[Task],
        progress: Progress | None,
        run: RunFolder,
        notify: Notify,
    ) -> list[Outcome]:
        """What the model made of the tasks; where it fails as a whole, what was spent is told."""
        finished: list[Outcome] = []
        telling = _telling(progress)

        def done(number: int, total: int, outcome: Outcome, spent: Usage) -> None:
            finished.append(outcome)
            if telling:
                telling(number, total, outcome, spent)

        try:
            return writer.write(
                tasks,
                done,
                _ticking(progress),
                lambda: self.exemplars.sources(self.exemplars.seeds_in("")),  # for the last check
            )
        except ModelError:
            if finished:
                self._account(finished, Smoothing(), run, notify)
            raise

    def _account(
        self, outcomes: Sequence[Outcome], passed: Smoothing, run: RunFolder, notify: Notify
    ) -> None:
        """Tell what the model wrote and what that cost."""
        own = self.settings.home / "prices.yaml"
        price = find_price(base_url_of(self.model), self.model.name, own)
        run.keep("usage.json", _spent(outcomes, price, passed))
        _tell(outcomes, price, passed, notify)

    def _brief(self) -> Brief:
        """What every request shares."""
        traits = traits_of(self.model)
        return Brief(
            self.sheet,
            self.plan,
            load_prompts(shipped("prompts"), self.settings.home / "prompts"),
            figures_of(self.sheet),
            self.model.context,
            traits.count,
            traits.small,
        )

    # -- the run folder -----------------------------------------------------------------------

    def _begin(self, run: RunFolder, brief: Brief) -> dict[int, int]:
        """Say what run this is, once it is sure that the folder is free for it; takes by section."""
        digest = sha256(json.dumps(plain(self.sheet), sort_keys=True).encode()).hexdigest()
        identity = {
            "sheet": digest,
            "model": self.model.name,
            "endpoint": base_url_of(self.model).rpartition("@")[
                2
            ],  # a password may stand before it
            "prompts": brief.prompts.hashes,
        }
        before = self._read("run.json") or {}
        same = {key: before.get(key) for key in identity} == identity
        if (self.resume or self.section) and not same:
            raise InputError(
                "这个运行文件夹里没有可以继续的运行"
                if not before
                else "运行文件夹里是另一次运行（数据、模型或提示词已变）",
                path=self.run_dir,
                remedy="请核对 --run-dir，或去掉 --resume、--section 重新起草",
            )
        raw = before.get("takes", {}) if same else {}
        takes = {int(number): int(take) for number, take in raw.items()}
        if self.section:
            if not 1 <= self.section <= len(self.plan.sections):
                raise InputError(
                    f"没有第 {self.section} 节", remedy=f"共 {len(self.plan.sections)} 节"
                )
            takes[self.section] = takes.get(self.section, 0) + 1
        run.keep("run.json", {"writer": "llm", **identity, "takes": takes})
        return takes

    def _read(self, name: str) -> Any:
        if self.run_dir is None:
            return None
        try:
            return json.loads((self.run_dir / name).read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def _earlier(self) -> list[Outcome]:
        """The pieces of the run before, without their rounds."""
        return [
            Outcome(
                raw["task"],
                raw["place"],
                (raw["key"][0], raw["key"][1]),
                tuple(raw["paragraphs"]),
                raw["why"],
                (),
                tuple(raw["told"]),
                tuple(raw.get("instead", ())),
            )
            for raw in self._read("sections.json") or ()
        ]

    # -- putting together ---------------------------------------------------------------------

    def _shown(self, task: Task) -> Sequence[str]:
        query = f"{task.subheading or task.heading} {' '.join(task.topics[:3])}"
        found = self.exemplars.passages(query, task.part, _SHOWN)
        return [text for text in found if not has_order(text)]

    def _settle(self, outcomes: Sequence[Outcome], tasks: Sequence[Task]) -> tuple[Report, Texts]:
        """The report, without the pieces at which an error or a doubt of the whole text stands."""
        texts = dict(joined(outcomes))
        told: dict[Key, set[str]] = {}  # a key may have been written in several pieces
        for outcome in outcomes:
            if outcome.key in texts:
                told.setdefault(outcome.key, set()).update(outcome.told)
        while True:
            said = {id_ for key in texts for id_ in told.get(key, ())}
            report = self._composer(texts, said).compose()
            verdict = self._proof(report.text)
            bad = self._at_fault(report.text, verdict, texts, tasks)
            if not bad:
                return report, texts
            texts = {key: text for key, text in texts.items() if key not in bad}

    def _composer(self, texts: Texts, told: set[str]) -> Composer:
        """Puts the report together from the texts that stand."""
        return MixedComposer(self.sheet, self.plan, self.exemplars.framing, texts, told)

    def _proof(self, text: str) -> CheckReport:
        """The verdict on the whole text."""
        sources = self.exemplars.sources(self.exemplars.seeds_in(text))
        return check_confirmed(text, self.sheet, sources, self.confirmations)

    def _smoothed(
        self,
        writer: LlmWriter,
        outcomes: list[Outcome],
        tasks: Sequence[Task],
        report: Report,
        texts: Texts,
    ) -> tuple[list[Outcome], Report, Texts, Smoothing]:
        """The same after the pass over the whole text; as it was where that costs a piece."""
        standing = [o if o.key in texts else replace(o, paragraphs=()) for o in outcomes]
        better, passed = writer.smooth(standing, tasks)
        if not passed.used:
            return outcomes, report, texts, passed
        new = [b if b.stood else o for b, o in zip(better, outcomes, strict=True)]
        again, kept = self._settle(new, tasks)
        if set(kept) != set(texts):
            why = "全文核验不通过，保留原文"
            return outcomes, report, texts, replace(passed, used=(), why=why)
        return new, again, kept, passed

    def _at_fault(
        self, text: str, verdict: CheckReport, texts: Texts, tasks: Sequence[Task]
    ) -> set[Key]:
        figures = figures_of(self.sheet)
        printed = {
            key: [realise(paragraph, figures).text for paragraph in paragraphs]
            for key, paragraphs in texts.items()
        }
        bad: set[Key] = set()
        for issue in verdict.issues:
            if issue.severity == "warning":
                continue
            start = text.rfind("\n", 0, issue.start) + 1
            line = text[start : (text + "\n").find("\n", issue.start)]
            bad |= {key for key, lines in printed.items() if any(one in line for one in lines)}
        omitted = set(verdict.omitted)
        bad |= {t.key for t in tasks if t.key in texts and omitted & {f.id for f in t.facts}}
        return bad


def _telling(progress: Progress | None) -> Callable[[int, int, Outcome, Usage], None] | None:
    if progress is None:
        return None

    def done(number: int, total: int, outcome: Outcome, spent: Usage) -> None:
        mark = "" if outcome.stood else "，改用离线文稿"
        tokens = f"{spent.prompt + spent.completion:,}"
        progress(
            number,
            total,
            f"{outcome.place}（第 {len(outcome.rounds)} 稿{mark}；累计 {tokens} 词元）",
        )

    return done


def _ticking(progress: Progress | None) -> Tick | None:
    """Tokens so far of each piece under way, at most every few seconds."""
    if progress is None:
        return None
    last = time.monotonic()

    def tick(arrived: Mapping[str, int], number: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _OFTEN or not arrived:
            return
        last = now
        shown = "、".join(f"{place.rpartition(' › ')[2]} {n:,}" for place, n in arrived.items())
        progress(number, total, f"正在写（已收到的词元）：{shown}")

    return tick


def _settled(outcome: Outcome, texts: Texts) -> Outcome:
    """An outcome as the report has it: a piece that fell with its section has fallen too."""
    if outcome.stood and outcome.key not in texts:
        return replace(outcome, paragraphs=(), why="全文核验时发现问题，或同节另一部分没有写成")
    return outcome


def _spent(outcomes: Sequence[Outcome], price: Price | None, passed: Smoothing) -> dict[str, Any]:
    """The run's usage, and what was paid for it where the price is known."""
    rounds = [r for outcome in outcomes for r in outcome.rounds]
    rounds += [passed.round] if passed.round else []
    paid = sum((r.usage for r in rounds if not r.cached), Usage())
    spent: dict[str, Any] = {
        "pieces": len(outcomes),
        "stood": sum(o.stood for o in outcomes),
        "stood_at_once": sum(o.stood and not o.mended and len(o.rounds) == 1 for o in outcomes),
        "mended": sum(o.mended for o in outcomes),
        "smoothed": len(passed.used),
        "calls": len(rounds),
        "from_record": sum(r.cached for r in rounds),
        "prompt_tokens": sum(r.usage.prompt for r in rounds),
        "completion_tokens": sum(r.usage.completion for r in rounds),
        "paid_tokens": paid.prompt + paid.completion,
        "model_seconds": round(sum(r.seconds for r in rounds if not r.cached), 1),
    }
    if price is not None:
        spent["cost"] = {
            "amount": round(price.of(paid), 4),
            "currency": price.currency,
            "prices": {"prompt": price.prompt, "completion": price.completion},
            "as_of": price.as_of,
        }
    return spent


def _tell(
    outcomes: Sequence[Outcome], price: Price | None, passed: Smoothing, notify: Notify
) -> None:
    spent = _spent(outcomes, price, passed)
    for outcome in outcomes:
        if not outcome.stood:
            notify(f"“{outcome.place}”没有采用模型的文字，用了离线文稿：{outcome.why[:120]}")
    mended = f"（其中 {spent['mended']} 处由程序删补）" if spent["mended"] else ""
    notify(
        f"模型写成 {spent['stood']}/{spent['pieces']} 处{mended}；词元：输入 {spent['prompt_tokens']:,}，"
        f"输出 {spent['completion_tokens']:,}；调用 {spent['calls']} 次，"
        f"其中 {spent['from_record']} 次用了已有记录{_cost_line(spent)}"
    )


def _cost_line(spent: Mapping[str, Any]) -> str:
    """；费用约 0.0213 元（按 2026-05 每百万词元输入 0.8、输出 2 计）; nothing where no price is known."""
    cost = spent.get("cost")
    if not cost:
        return ""
    prices = cost["prices"]
    return (
        f"；费用约 {cost['amount'].normalize():f} {cost['currency']}"
        f"（按 {cost['as_of']} 每百万词元输入 {prices['prompt']}、输出 {prices['completion']} 计，以账单为准）"
    )
