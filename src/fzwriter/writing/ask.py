"""From a task to messages within the budget, and from an answer to paragraphs.

Rules, facts and statements always go; exemplars while they fit. Tokens are counted by the model's own
server where that is offered, else exactly for o200k models and on the safe side for the others; no
request is ever over the context.

A small model gets the lean request: the piece as the offline composer would tell it, with slots, to be
put into flowing prose, and answers in plain text. What it can't do is follow a list of rules, leave out
of account an exemplar it has just read, or keep to JSON.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from fzwriter.errors import ConfigError
from fzwriter.facts import Fact, FactSheet
from fzwriter.llm import Counter, Message, Schema, count_safely
from fzwriter.units.powers import powers
from fzwriter.writing.clauses import compared
from fzwriter.writing.grammar import Grammar
from fzwriter.writing.lines import NUMBERED, Line, Lines
from fzwriter.writing.paragraphs import paragraphs_of
from fzwriter.writing.plan import Plan
from fzwriter.writing.prompts import Prompts
from fzwriter.writing.slots import SLOT, Figure
from fzwriter.writing.smooth import Rough
from fzwriter.writing.tasks import Key, Task, halve, numbered

SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "paragraphs": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "uses": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["text", "uses"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["paragraphs"],
    "additionalProperties": False,
}
MOST_EXEMPLARS = 4
_TASKS = {
    "成效": "写成一至三段，先写举措，数据跟在所说的举措后面；材料和数据之外不添内容。",
    "亮点": "共{items}个亮点，写成{items}段，一个亮点一段；“一是”“二是”由程序加，段首不写序号。",
    "问题": "共{items}个问题，写成{items}段，一个问题一段，原因和数据跟在它所说的问题后面；不写成绩，不写措施。"
    "“一是”“二是”由程序加，段首不写序号。",
    "计划": "共{items}项安排，写成{items}段，同一方面的写在一段，用将来的口气；不写已做的事。"
    "“一是”“二是”由程序加，段首不写序号。",
    "第一责任人": "写成一段，叙述主要负责人履职的情况。",
    "其他": "写成一段。",
}
_LEAN_FORM = {
    "亮点": "原文一行一个亮点，润色后仍然一行一个，行首不写序号。",
    "问题": "原文一行一个问题，润色后仍然一行一个，行首不写序号。",
    "计划": "原文一行一项安排，润色后仍然一行一项，行首不写序号，都是将来要做的事。",
}
_LEAN_LENGTH = 420  # characters: a small model loses its way in more
_MOST_FACTS, _FEW_FACTS, _LONG_CONTEXT = 28, 14, 16000


@dataclass(frozen=True)
class Brief:
    """What every request of one report shares.

    Attributes:
        sheet: the input.
        plan: its plan.
        prompts: the prompt files.
        figures: every slot there is.
        context: tokens of prompt and answer together.
        count: counts tokens.
        lean: the model is small.
        patterns: for a rewrite, the masked section of the source that a piece follows, by the piece's
            key; with them, rewriting is writing with a model.
    """

    sheet: FactSheet
    plan: Plan
    prompts: Prompts
    figures: dict[str, Figure]
    context: int
    count: Counter = count_safely
    lean: bool = False
    patterns: Mapping[Key, str] = field(default_factory=dict)

    @property
    def schema(self) -> Schema | None:
        """What the answers should keep to; none of a small model."""
        return None if self.lean else SCHEMA

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.sheet, self.plan)

    def lines(self, task: Task) -> tuple[Line, ...]:
        """All a task has to tell, as the offline composer would."""
        return self._lines.of(task)

    def system(self) -> Message:
        """The rules."""
        unit, plan = self.sheet.unit, self.plan
        lacking = [p.name for p in powers() if plan.profile.type not in p.holders]
        text = self.prompts.system.render(
            unit=unit.name,
            type=unit.type,
            title=plan.title.replace("\n", ""),
            addressee=self.sheet.document.addressee or "上级机关",
            self=plan.words["self"],
            lacking="、".join(lacking) or "见本单位职责",
        )
        return Message("system", text)

    def longest(self, task: Task) -> int:
        """Tokens an answer may take: twice what the text should need."""
        slots = len(task.facts) + len(task.derived)
        wanted = round(task.length * 1.5) + 16 * slots + 200
        return min(wanted, max(256, self.context // 3))

    def room(self, task: Task) -> int:
        """Tokens that a request may have."""
        return self.context - self.longest(task)

    def section(self, task: Task, exemplars: Sequence[str], pattern: str = "") -> Message:
        """The request for a task; with a ``pattern`` it is that of a rewrite."""
        values = {
            "place": task.place,
            "task": self._form(task),
            "length": str(self._length(task)),
            "facts": "\n".join(self.facts(task)) or "（没有数据，不写任何数字）",
            "statements": "\n".join(
                f"{s.id}（{s.kind}）{one_line(s.text)}" for s in task.statements
            )
            or "（没有材料，只写数据，不写举措）",
        }
        if pattern:
            lines = (one_line(line) for line in pattern.splitlines())
            values["pattern"] = "\n".join(line for line in lines if line)
            return Message("user", self.prompts.rewrite.render(**values))
        shown = "\n".join(f"· {one_line(text)}" for text in exemplars) or "（无）"
        return Message("user", self.prompts.section.render(**values, exemplars=shown))

    def _form(self, task: Task) -> str:
        """How a piece of its part is told; a single item is told as one paragraph."""
        form = _TASKS.get(task.part, _TASKS["其他"])
        if task.part not in NUMBERED:
            return form
        items = len({line.item for line in self.lines(task)})
        return form.format(items=items) if items > 1 else _TASKS["其他"]

    def lean_request(self, task: Task, problems: Sequence[str] = ()) -> Message:
        """The request for a small model: the piece in plain sentences, to be put into flowing prose.

        A measure word stands behind each slot (收到案件[[f04]]件): without one a small model takes slots
        for footnotes and drops them. Realising collapses the two.
        """
        lines = self.lines(task)
        items = sorted({line.item for line in lines})
        texts = ["".join(line.text for line in lines if line.item == item) for item in items]
        text = "\n".join(self._with_units(one_line(text, slots=True)) for text in texts)
        cited = list(dict.fromkeys(id_ for line in lines for id_ in line.slots))
        slots = "、".join(f"[[{id_}]]" for id_ in cited)
        form = _LEAN_FORM.get(task.part, "") if len(items) > 1 else ""
        rendered = self.prompts.lean.render(
            lines=text,
            slots=f"双括号里的代号代表数字，{slots} 都要原样留在句中。" if cited else "",
            notes=f"上次写的有问题，请避免：{'；'.join(problems[:4])}。" if problems else "",
            form=form or "只写成一段。",
        )
        return Message("user", rendered)

    def _with_units(self, text: str) -> str:
        def shown(match: re.Match[str]) -> str:
            figure = self.figures.get(match.group(1))
            unit = figure.unit if figure else ""
            return match.group() if text.startswith(unit, match.end()) else match.group() + unit

        return SLOT.sub(shown, text)

    def _length(self, task: Task) -> int:
        wanted = self.sheet.document.length
        if not wanted:
            return task.length
        usual = sum(len(s.text) for s in self.sheet.statements) + 22 * len(self.sheet.facts)
        factor = min(2.0, max(0.8, wanted / max(1, usual)))
        return round(task.length * factor)

    def facts(self, task: Task) -> list[str]:
        """``[[f04]] 收到行政复议案件 48件``, parts indented under their totals."""
        inside = {fact.id for fact in task.facts}
        lines = []
        for fact in task.facts:
            indent = "　其中 " if fact.parts_of in inside else ""
            note = f"（{one_line(fact.note)}）" if fact.note else ""
            lines.append(
                f"{indent}[[{fact.id}]] {one_line(fact.name)} {self.figures[fact.id].text}{note}"
            )
            lines += self._change(fact)
        lines += [
            f"[[{d.id}]] {one_line(d.name)} {self.figures[d.id].text}"
            for d in task.derived
            if d.id in self.figures
        ]
        return lines

    def _change(self, fact: Fact) -> list[str]:
        told = compared(fact)
        found = re.search(r"\[\[([^\[\]]+)\]\]", told)
        return [f"　（可用）{told}，即 {self.figures[found[1]].text}"] if found else []

    def sentences(self, task: Task) -> list[str]:
        """The figures in clauses as the offline composer would put them."""
        return [p.text for m in task.materials for p in Grammar(m.facts, m.derived).phrases()]

    def allowed(self, task: Task) -> dict[str, Figure]:
        """The slots a task may cite."""
        ids = {fact.id for fact in task.facts} | {d.id for d in task.derived}
        own = {s.id for s in task.statements}
        return {
            id_: figure
            for id_, figure in self.figures.items()
            if id_ in ids or id_.partition(".")[0] in ids | own
        }

    def ask(self, task: Task, exemplars: Sequence[str], pattern: str = "") -> list[Message]:
        """The messages for a task, with as many exemplars as fit.

        Args:
            task: what is to be written.
            exemplars: masked passages of the same kind, best first.
            pattern: for a rewrite, the masked text of the source's section (paragraphs by line): the
                model follows its order and turns of phrase with the target's facts and statements.
                By default that of ``patterns``. It takes the place of the exemplars, and is left out
                where it doesn't fit. A small model can't follow one; it gets the lean request, as
                for a draft.
        """
        pattern = pattern or self.patterns.get(task.key, "")
        if self.lean:
            return [self.lean_request(task)]
        if pattern:
            messages = [self.system(), self.section(task, (), pattern)]
            if self.count(messages) <= self.room(task):
                return messages
        shown = list(exemplars[:MOST_EXEMPLARS])
        while True:
            messages = [self.system(), self.section(task, shown)]
            if not shown or self.count(messages) <= self.room(task):
                return messages
            shown.pop()

    def fits(self, task: Task) -> bool:
        """Whether a task without exemplars is within the context."""
        return self.count(self.ask(task, ())) <= self.room(task)

    def _right_size(self, task: Task) -> bool:
        most = _MOST_FACTS if self.context >= _LONG_CONTEXT and not self.lean else _FEW_FACTS
        few = len(task.facts) + len(task.derived) <= most
        return few and not (self.lean and task.length > _LEAN_LENGTH)

    def fit(self, tasks: Sequence[Task]) -> list[Task]:
        """Tasks split until each fits.

        Raises:
            ConfigError: the context holds not even one fact or statement with the rules.
        """
        waiting, done = list(tasks), []
        while waiting:
            task = waiting.pop(0)
            if self._right_size(task) and self.fits(task):
                done.append(task)
                continue
            parts = halve(task)
            if len(parts) > 1:
                waiting[:0] = parts
            elif self.fits(task):
                done.append(task)
            else:
                raise ConfigError(
                    f"模型的上下文（{self.context} 个词元）太短，“{task.place}”放不下",
                    remedy="请用 FZWRITER_CONTEXT 写明模型的实际长度，或换一个模型",
                )
        return numbered(done)

    def repair(
        self,
        task: Task,
        asked: Sequence[Message],
        answer: str,
        problems: Sequence[str],
        missing: str,
    ) -> list[Message] | None:
        """The request to mend an answer; None when it can't fit the context."""
        if self.lean:
            return [self.lean_request(task, problems)]
        lines = self.facts(task)
        order = sorted(lines, key=lambda line: not any(i in line for i in missing.split()))
        text = self.prompts.repair.render(
            problems="\n".join(f"{n}. {p}" for n, p in enumerate(problems, 1)),
            citable="\n".join(order) or "（无）",
            sentences="\n".join(self.sentences(task)) or "（无）",
        )
        # Without exemplars: they have served, and a weak model goes on copying what it sees again.
        first = [asked[0], self.section(task, ())]
        last = Message("user", text)
        choices = [[*first, last]]
        if not any("范文" in problem for problem in problems):
            choices.insert(0, [*first, Message("assistant", answer), last])
        for messages in choices:
            if self.count(messages) <= self.room(task):
                return messages
        return None

    def smooth(self, rough: Sequence[Rough]) -> list[Message] | None:
        """The request to put rough sentences otherwise; None when it can't fit the context."""
        cited = any(SLOT.search(one.words) for one in rough)
        text = self.prompts.smooth.render(
            marks="[[f04]] 一类的标记原样保留、次序不变，不写别的数字。" if cited else "不写数字。",
            sentences="\n".join(
                f"{n}. （{one.why}）{one_line(one.words, slots=True)}"
                for n, one in enumerate(rough, 1)
            ),
        )
        messages = [self.system(), Message("user", text)]
        fits = self.count(messages) + self.longest_smooth(rough) <= self.context
        return messages if fits else None

    def longest_smooth(self, rough: Sequence[Rough]) -> int:
        """Tokens an answer to that may take."""
        return 200 + 2 * sum(len(one.words) for one in rough)


def one_line(text: str, *, slots: bool = False) -> str:
    """Data as one line that can't imitate a slot (unless it may) or close a block of the prompt."""
    text = re.sub(r"\s+", " ", text)
    if not slots:
        text = text.replace("[[", "［［").replace("]]", "］］")
    return re.sub(r"</?(数据|材料|范文|底稿)>", r"（\1）", text).strip()


__all__ = ["SCHEMA", "Brief", "one_line", "paragraphs_of"]
