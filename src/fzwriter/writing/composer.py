"""The offline composer: a report from the user's statements and facts, without a model.

Deeds come only from the sheet; seeds lend framing clauses (“坚持……，”), the phrase file openings and
neutral formulas. Deterministic: the same sheet and library give the same text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from fzwriter.facts import FactSheet, Statement
from fzwriter.report import Paragraph, Report, Section, Style
from fzwriter.writing.grammar import (
    Figures,
    Grammar,
    is_verbal,
    merge_denials,
    sentences,
)
from fzwriter.writing.plan import Block, Plan, PlannedSection, phrases
from fzwriter.writing.slots import figures_of, realise
from fzwriter.writing.words import grams, overlap

# Framing clauses for a topic and a part, best first; empty when the library has none.
Framing = Callable[[str, str], Sequence[str]]
Progress = Callable[[int, int, str], None]

_ORDER = "一二三四五六七八九十"
_LONG = 420  # characters: beyond it a sub-section gets a paragraph a topic
# Pairs that say nothing about the matter of a sub-section: every report is full of them.
_EVERYWHERE = grams(
    "依法，法治，推进，加强，提升，工作，建设，规范，强化，坚持，开展，落实，制度，机制，组织，服务，重大，行政，水平，保障，管理，质量，能力"
)
_FITS = 0.34  # likeness from which a phrase of figures follows a statement
_OPENING_VERB = re.compile(
    r"^(?:坚持|聚焦|围绕|紧扣|立足|以|着眼|突出|把|紧紧|按照|为|针对|依托|结合|根据|与|对)"
)


def numeral(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十."""
    if number <= 10:
        return _ORDER[number - 1]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _ORDER[tens - 1]) + "十" + (_ORDER[ones - 1] if ones else "")


def _stop(text: str) -> str:
    text = text.strip().rstrip("，、；,;")
    return text if text.endswith(tuple("。！？")) else f"{text}。"


def _no_framing(topic: str, part: str) -> Sequence[str]:
    del topic, part
    return ()


@dataclass
class _Run:
    """What one report has used so far, so that nothing is said twice."""

    framing: Framing
    said: set[str] = field(default_factory=set)
    spans: int = 0
    pending: list[str] = field(default_factory=list)


class Composer:
    """Writes one report from one plan."""

    def __init__(self, sheet: FactSheet, plan: Plan, framing: Framing | None = None) -> None:
        self._sheet, self._plan = sheet, plan
        self._figures = figures_of(sheet)
        self._run = _Run(framing or _no_framing)

    def compose(self, progress: Progress | None = None) -> Report:
        """The whole report, figures written in."""
        plan, document = self._plan, self._sheet.document
        total = len(plan.sections) + 1
        sections = [Section("导语", (self._paragraph(self._opening()),))]
        for number, planned in enumerate(plan.sections, 1):
            if progress:
                progress(number, total, planned.heading)
            sections.append(self._section(planned, number))
        if progress:
            progress(total, total, "完成")
        self._unsaid(sections)
        date = document.date
        return Report(
            title=plan.title,
            sections=tuple(sections),
            addressee=_addressee(document.addressee),
            signature=self._sheet.unit.name if date else "",
            date=f"{date.year}年{date.month}月{date.day}日" if date else "",
            pending=tuple(self._run.pending),
        )

    def _unsaid(self, sections: Sequence[Section]) -> None:
        """Statements must not vanish: what an outline left no room for is reported."""
        text = "".join(p.text for section in sections for p in section.paragraphs)
        for statement in self._sheet.statements:
            if statement.text.strip().rstrip("。；，、") not in text:
                self._run.pending.append(
                    f"材料 {statement.id}“{statement.text[:20]}……”没有写进报告"
                )

    # -- parts -----------------------------------------------------------------------------

    def _opening(self) -> str:
        """The preamble, put together so that units of one type don't all open alike."""
        variants = phrases()["openings"]
        pieces = [self._plan.pick(variants[part], part) for part in ("lead", "guide", "aim")]
        close = self._plan.pick(variants["close"][self._plan.kind], "close")
        return f"{self._plan.words['year']}年，{''.join(pieces)}{close}"

    def _section(self, planned: PlannedSection, number: int) -> Section:
        heading = Paragraph(f"{numeral(number)}、{planned.heading}", "heading1")
        if planned.pending:
            body = [self._neutral(planned)]
        elif planned.part == "成效":
            body = list(self._achievements(planned))
        elif planned.part == "问题":
            body = list(self._problems(planned))
        elif planned.part == "计划":
            body = list(self._plans(planned))
        else:
            body = list(self._statements(planned))
        topics = tuple(topic for block in planned.blocks for topic in block.topics)
        return Section(planned.part, (heading, *body), topics)

    def _neutral(self, planned: PlannedSection) -> Paragraph:
        """A formula that claims nothing, and a line for the unit to confirm."""
        formulas = phrases()["neutral"]
        text = str(formulas.get(planned.part, formulas["成效"])).format(
            heading=planned.heading.removesuffix("情况"), **self._plan.words
        )
        self._run.pending.append(
            f"“{planned.heading}”：数据中没有这部分材料，暂用通用表述，请补充或确认"
        )
        return self._paragraph(text)

    def _achievements(self, planned: PlannedSection) -> Iterator[Paragraph]:
        several = len(planned.blocks) > 1
        for number, block in enumerate(planned.blocks, 1):
            texts = self._tell(block)
            lead = f"（{numeral(number)}）{block.heading}" if several else ""
            if several and self._plan.run_in:
                yield self._paragraph(f"{lead}。{texts[0]}", lead=len(lead) + 1, level=2)
                yield from (self._paragraph(text) for text in texts[1:])
                continue
            if several:
                yield Paragraph(lead, "heading2")
            yield from (self._paragraph(text) for text in texts)

    def _problems(self, planned: PlannedSection) -> Iterator[Paragraph]:
        """一是…; the cause in the same item, a figure that the problem speaks of too."""
        items: list[str] = []
        for block in planned.blocks:
            items.extend(self._problem_items(block))
        lead = self._plan.pick(phrases()["leads"]["问题"], "problems")
        if len(items) > 1 and lead:
            yield self._paragraph(lead)
        for number, item in enumerate(items, 1):
            yield self._paragraph(f"{numeral(number)}是{item}" if len(items) > 1 else item)

    def _problem_items(self, block: Block) -> Iterator[str]:
        causes = [s for s in block.statements if s.kind == "原因"]
        problems = [s for s in block.statements if s.kind != "原因"]
        figures = [f for m in block.materials for f in Grammar(m.facts, m.derived).phrases()]
        for problem in problems:
            text = problem.text.rstrip("。；")
            mine = [f for f in figures if overlap(f.names, problem.text) >= 0.5]
            figures = [f for f in figures if f not in mine]
            if mine:
                text = f"{text}，{self._plan.words['year']}年" + "，".join(f.text for f in mine)
            cause = _nearest(causes, problem, problems)
            if cause:
                causes.remove(cause)
                text = f"{text}。{self._plan.pick(phrases()['cause'], cause.id)}{cause.text}"
            yield _stop(text)
        for cause in causes:
            yield _stop(cause.text)
        for phrase in figures:
            yield _stop(phrase.text)

    def _plans(self, planned: PlannedSection) -> Iterator[Paragraph]:
        """一是抓什么。怎么做。 One item for each group of topics."""
        lead = self._plan.pick(phrases()["leads"]["计划"], "plans")
        if lead:
            yield self._paragraph(lead)
        several = len(planned.blocks) > 1
        for number, block in enumerate(planned.blocks, 1):
            texts = [_stop(s.text) for s in block.statements]
            lead = self._plan_lead(block)
            mark = f"{numeral(number)}是" if several else ""
            yield self._paragraph(f"{mark}{lead}。{''.join(texts)}")

    def _plan_lead(self, block: Block) -> str:
        """What a plan item is about: the variant its statements speak of, else the widest, the first."""
        if block.group is None:
            return block.heading
        said = "".join(s.text for s in block.statements)
        likeness = {lead: overlap(lead, said) for lead in block.group.plan}
        best = max(likeness.values())
        fitting = [lead for lead, score in likeness.items() if score and score >= best - 0.1]
        return self._plan.pick(fitting or block.group.plan[:1], block.group.key)

    def _statements(self, planned: PlannedSection) -> Iterator[Paragraph]:
        """Statements as they are; highlights numbered, each with the figures it speaks of."""
        statements = [s for block in planned.blocks for s in block.statements]
        materials = [m for block in planned.blocks for m in block.materials]
        figures = [f for m in materials for f in Grammar(m.facts, m.derived).phrases()]
        texts: list[str] = []
        for index, statement in enumerate(statements):
            mine = [f for f in figures if _best(f, statements) == index]
            texts.append(_stop(statement.text) + "".join(self._sentences(mine)))
        if planned.part == "亮点" and len(texts) > 1:
            for number, text in enumerate(texts, 1):
                yield self._paragraph(f"{numeral(number)}是{text}")
        else:
            yield self._paragraph("".join(texts))

    # -- telling -----------------------------------------------------------------------------

    def _tell(self, block: Block) -> list[str]:
        """The paragraphs of a sub-section: statements with the figures woven between them."""
        by_topic: list[str] = []
        opener = self._framing(block)
        for material in block.materials:
            figures = Grammar(material.facts, material.derived).phrases()
            text = self._weave(material.topic, material.statements, figures)
            if opener and text:
                text, opener = _open(opener, text), ""
            by_topic.append(text)
        whole = merge_denials("".join(by_topic))
        if len(whole) <= _LONG or len(by_topic) == 1:
            return [whole]
        return [text for text in by_topic if text]

    def _weave(
        self, topic: str, statements: Sequence[Statement], figures: Sequence[Figures]
    ) -> str:
        """Each phrase of figures after the statement it fits; the rest at the end.

        The topic's own words are left out of the likeness: every statement has them.
        """
        after: dict[int, list[Figures]] = {}
        for phrase in figures:
            names = phrase.names.replace(topic, "")
            scores = [overlap(names, s.text.replace(topic, "")) for s in statements]
            best = max(scores, default=0.0)
            place = scores.index(best) if best >= _FITS else len(statements)
            after.setdefault(place, []).append(phrase)
        parts: list[str] = []
        for index, statement in enumerate(statements):
            parts.append(_stop(statement.text))
            parts.extend(self._sentences(after.get(index, [])))
        parts.extend(self._sentences(after.get(len(statements), [])))
        return "".join(parts)

    def _sentences(self, figures: Sequence[Figures]) -> list[str]:
        result = []
        for sentence in sentences(figures):
            text = sentence.text
            opener = self._span(sentence) if sentence.flow else ""
            if not sentence.flow and re.match(r"^(?:在册|在矫|在管|持证|现有)", text):
                opener = "目前"
            result.append(_stop(f"{opener}{text}"))
        return result

    def _span(self, sentence: Figures) -> str:
        """全年, 全年共… before figures, in turn, so that no word is worn out."""
        if re.match(r"^(?:全年|累计|共|先后|\[\[)", sentence.text):
            return ""
        variants = phrases()["spans"]
        word = str(variants[(self._run.spans + self._plan.seed) % len(variants)])
        self._run.spans += 1
        together = (
            "共" if word and sentence.count > 1 and not sentence.text.startswith("为") else ""
        )
        return f"{word.format(**self._plan.words)}{together}"

    def _framing(self, block: Block) -> str:
        """A framing clause for the sub-section that nothing else in the report repeats."""
        own = "".join(s.text for s in block.statements) + block.heading
        first = _first_text(block)
        matter = grams(own + "".join(block.topics))
        if block.group:
            matter |= grams(
                "".join((*block.group.headings, *block.group.plan, *block.group.topics))
            )
        matter -= _EVERYWHERE
        if not block.topics or _OPENING_VERB.match(first) or not is_verbal(first):
            return ""
        candidates = list(self._run.framing(block.topics[0], "成效"))
        turn = self._plan.seed % max(1, len(candidates))
        for candidate in candidates[turn:] + candidates[:turn]:
            if candidate in self._run.said or overlap(candidate, own) > 0.4:
                continue
            if candidate.count("、") > 1 or candidate[:2] in first or not grams(candidate) & matter:
                continue
            if any(overlap(candidate, said) > 0.4 for said in self._run.said):
                continue
            self._run.said.add(candidate)
            return candidate
        return ""

    def _paragraph(
        self, text: str, lead: int = 0, level: int = 0, style: Style = "body"
    ) -> Paragraph:
        realised = realise(text, self._figures)
        return Paragraph(realised.text, style, lead, level, realised.spans)


def _addressee(text: str) -> str:
    return f"{text.rstrip('：:')}：" if text else ""


def _first_text(block: Block) -> str:
    material = block.materials[0]
    if material.statements:
        return material.statements[0].text
    return next((f.text for f in Grammar(material.facts, material.derived).phrases()), "")


def _best(phrase: Figures, statements: Sequence[Statement]) -> int:
    """Index of the statement that speaks most of a phrase's figures."""
    scores = [overlap(phrase.names, statement.text) for statement in statements]
    return scores.index(max(scores))


def _open(framing: str, text: str) -> str:
    """Set a framing clause before the first sentence."""
    return f"{framing.rstrip('，。')}，{text}"


def _nearest(
    causes: Sequence[Statement], problem: Statement, problems: Sequence[Statement]
) -> Statement | None:
    """The cause of a problem: same topic, then likest wording."""
    same = [c for c in causes if c.topic == problem.topic]
    if not same:
        return causes[0] if len(causes) == 1 == len(problems) else None
    return max(same, key=lambda c: overlap(c.text, problem.text))
