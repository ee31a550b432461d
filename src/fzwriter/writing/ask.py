"""From a task to messages within the budget, and from an answer to paragraphs.

Rules, facts and statements always go; exemplars while they fit. The count is exact for o200k models
and on the safe side for the others; no request is ever over the context.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from fzwriter.errors import ConfigError
from fzwriter.facts import Fact, FactSheet
from fzwriter.llm import Answer, Message, Schema, count_messages, count_tokens
from fzwriter.units.powers import powers
from fzwriter.writing.grammar import Grammar, compared
from fzwriter.writing.plan import Plan
from fzwriter.writing.prompts import Prompts
from fzwriter.writing.slots import Figure
from fzwriter.writing.tasks import Task, halve, numbered

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
    "亮点": "每个亮点一段，段首不写序号。",
    "问题": "每个问题一段，原因和数据跟在它所说的问题后面，段首不写序号；不写成绩，不写措施。",
    "计划": "每条安排一段，用将来的口气，段首不写序号；不写已做的事。",
    "第一责任人": "写成一段，叙述主要负责人履职的情况。",
    "其他": "写成一段。",
}
_SAFETY = 0.05
_TEXT_IN_JSON = re.compile(r'"text"\s*:\s*"((?:[^"\\]|\\.)*)"?')


@dataclass(frozen=True)
class Brief:
    """What every request of one report shares."""

    sheet: FactSheet
    plan: Plan
    prompts: Prompts
    figures: dict[str, Figure]
    context: int

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
        return round((self.context - self.longest(task)) * (1 - _SAFETY))

    def section(self, task: Task, exemplars: Sequence[str]) -> Message:
        """The request for a task."""
        text = self.prompts.section.render(
            place=task.place,
            task=_TASKS.get(task.part, _TASKS["其他"]),
            length=str(self._length(task)),
            facts="\n".join(self.facts(task)) or "（没有数据，不写任何数字）",
            statements="\n".join(f"{s.id}（{s.kind}）{one_line(s.text)}" for s in task.statements)
            or "（没有材料，只写数据，不写举措）",
            exemplars="\n".join(f"· {one_line(text)}" for text in exemplars) or "（无）",
        )
        return Message("user", text)

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
        found = re.search(r"\[\[(.+?)\]\]", told)
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

    def ask(self, task: Task, exemplars: Sequence[str]) -> list[Message]:
        """The messages for a task, with as many exemplars as fit."""
        shown = list(exemplars[:MOST_EXEMPLARS])
        while True:
            messages = [self.system(), self.section(task, shown)]
            if not shown or count_messages(messages) <= self.room(task):
                return messages
            shown.pop()

    def fits(self, task: Task) -> bool:
        """Whether a task without exemplars is within the context."""
        return count_messages([self.system(), self.section(task, ())]) <= self.room(task)

    def fit(self, tasks: Sequence[Task]) -> list[Task]:
        """Tasks split until each fits.

        Raises:
            ConfigError: the context holds not even one fact or statement with the rules.
        """
        waiting, done = list(tasks), []
        most = 28 if self.context >= 16000 else 14
        while waiting:
            task = waiting.pop(0)
            if self.fits(task) and len(task.facts) + len(task.derived) <= most:
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
            if count_messages(messages) <= self.room(task):
                return messages
        return None


def one_line(text: str) -> str:
    """Data as one line that can't imitate a slot or close a block of the prompt."""
    text = re.sub(r"\s+", " ", text).replace("[[", "［［").replace("]]", "］］")
    return re.sub(r"</?(数据|材料|范文)>", r"（\1）", text).strip()


def paragraphs_of(answer: Answer) -> list[str]:
    """The paragraphs of an answer: from its JSON, from broken JSON, else its lines."""
    if answer.parsed is not None:
        return _from_json(answer.parsed.get("paragraphs", answer.parsed))
    text = answer.text
    if text.lstrip("` \njson").startswith("{"):
        found = _TEXT_IN_JSON.findall(text)
        return [_unescape(piece) for piece in found]
    return [line.strip() for line in text.splitlines() if line.strip()]


def _from_json(value: object) -> list[str]:
    if isinstance(value, str):
        return [line.strip() for line in value.splitlines() if line.strip()]
    if isinstance(value, dict):
        inner = value.get("text", value.get("content", list(value.values())))
        return _from_json(inner)
    if isinstance(value, list):
        return [piece for item in value for piece in _from_json(item)]
    return []


def _unescape(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


def tokens_of(messages: Sequence[Message]) -> int:
    """Tokens of a request."""
    return count_messages(messages)


__all__ = ["SCHEMA", "Brief", "count_tokens", "one_line", "paragraphs_of", "tokens_of"]
