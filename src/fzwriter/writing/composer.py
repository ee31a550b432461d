"""The offline composer: a report from the user's statements and facts, without a model.

Deeds come only from the sheet; seeds lend framing clauses (“坚持……，”), the phrase file openings and
neutral formulas. Deterministic: the same sheet and library give the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fzwriter.domain import kinds
from fzwriter.facts import FactSheet, Statement
from fzwriter.reading.numbered import spelled
from fzwriter.report import Paragraph, Report, Section, Style
from fzwriter.writing.headings import fresh_lead
from fzwriter.writing.phrasebook import phrases
from fzwriter.writing.plan import Block, Plan, PlannedSection
from fzwriter.writing.sentences import Figures
from fzwriter.writing.slots import figures_of, realise
from fzwriter.writing.telling import Framing, Run, Teller, no_framing, stop
from fzwriter.writing.words import grams, overlap

_REPEATS = 0.4  # likeness from which a lead repeats its heading
# What every preamble may say more than once.
_SET_PHRASES = "习近平法治思想，法治政府建设，目标任务，年度，工作，依法行政，部署，职能，"
Progress = Callable[[int, int, str], None]


class Composer:
    """Writes one report from one plan."""

    def __init__(self, sheet: FactSheet, plan: Plan, framing: Framing | None = None) -> None:
        self._sheet, self._plan = sheet, plan
        self._figures = figures_of(sheet)
        self._run = Run(framing or no_framing)
        self._teller = Teller(sheet, plan, self._run)

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
            if statement.text.strip().rstrip("。；，、,;.") not in text:
                self._run.pending.append(
                    f"材料 {statement.id}“{statement.text[:20]}……”没有写进报告"
                )

    # -- parts -----------------------------------------------------------------------------

    def _opening(self) -> str:
        """The preamble, put together so that units of one type don't all open alike."""
        variants = phrases()["openings"]
        pieces: list[str] = []
        for part in ("lead", "guide", "aim"):
            pieces.append(self._plan.pick(self._fresh(variants[part], "".join(pieces)), part))
        close = self._plan.pick(kinds()[self._plan.kind].close, "close")
        return f"{self._plan.words['time']}，{''.join(pieces)}{close}"

    def _fresh(self, variants: Sequence[str], said: str) -> list[str]:
        """The variants that repeat no word of what was said, set phrases aside: not 自觉…，自觉…."""
        plain = grams(_SET_PHRASES + "，".join(self._plan.words.values()))
        spoken = grams(said) - plain
        told = {one: grams(one.format(**self._plan.words)) for one in variants}
        return [one for one in variants if not told[one] & spoken] or list(variants)

    def _section(self, planned: PlannedSection, number: int) -> Section:
        heading = Paragraph(f"{spelled(number)}、{planned.heading}", "heading1")
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
            lead = f"（{spelled(number)}）{block.heading}" if several else ""
            if several and self._plan.run_in:
                yield self._paragraph(f"{lead}。{texts[0]}", lead=len(lead) + 1, level=2)
                yield from (self._paragraph(text) for text in texts[1:])
                continue
            if several:
                yield Paragraph(lead, "heading2")
            yield from (self._paragraph(text) for text in texts)

    def _lead(self, planned: PlannedSection) -> str:
        """What leads on to numbered items, unless the heading has just said it."""
        variants = [
            lead
            for lead in phrases()["leads"][planned.part]
            if overlap(lead.format(**self._plan.words), planned.heading) <= _REPEATS
        ]
        return self._plan.pick(variants, f"lead {planned.part}") if variants else ""

    def _problems(self, planned: PlannedSection) -> Iterator[Paragraph]:
        """一是…; the cause in the same item, a figure that the problem speaks of too."""
        given = {s.id: n for n, s in enumerate(self._sheet.statements)}
        statements = [s for block in planned.blocks for s in block.statements]
        statements.sort(key=lambda s: given[s.id])  # the first is meant to be the weightiest
        causes = [s for s in statements if s.kind == "原因"]
        figures = self._teller.figures(m for block in planned.blocks for m in block.materials)
        problems = [s for s in statements if s.kind != "原因"]
        items = [self._problem(problem, problems, causes, figures) for problem in problems]
        items += [stop(figure.text) for figure in figures]
        lead = self._lead(planned)
        if len(items) > 1 and lead:
            yield self._paragraph(lead)
        for number, item in enumerate(items, 1):
            yield self._paragraph(f"{spelled(number)}是{item}" if len(items) > 1 else item)
        if causes:
            told = "；".join(cause.text.rstrip("。；.;") for cause in causes)
            opener = self._plan.pick(phrases()["causes"], "causes") if items else ""
            yield self._paragraph(stop(f"{opener}{told}"))
        if all(s.kind != "原因" for s in statements) and _wants_causes(planned, self._plan):
            self._run.pending.append(f"“{planned.heading}”：数据中没有原因，年度报告应写明，请补充")

    def _problem(
        self,
        problem: Statement,
        problems: Sequence[Statement],
        causes: list[Statement],
        figures: list[Figures],
    ) -> str:
        """One problem with its figures and its cause, which are taken from the lists."""
        text = problem.text.rstrip("。；.;")
        mine = [f for f in figures if overlap(f.names, problem.text) >= 0.5]
        for figure in mine:
            figures.remove(figure)
        if mine:
            text = f"{text}，{self._plan.words['time']}" + "，".join(f.text for f in mine)
        cause = _nearest(causes, problem, problems)
        if cause:
            causes.remove(cause)
            text = f"{text}。{self._plan.pick(phrases()['cause'], cause.id)}{cause.text}"
        return stop(text)

    def _plans(self, planned: PlannedSection) -> Iterator[Paragraph]:
        """一是抓什么。怎么做。 One item for each group of topics."""
        several = len(planned.blocks) > 1
        lead = self._lead(planned)
        if several and lead:
            yield self._paragraph(lead)
        for number, block in enumerate(planned.blocks, 1):
            texts = [stop(s.text) for s in block.statements]
            about = fresh_lead(self._plan, block)
            mark = f"{spelled(number)}是" if several else ""
            yield self._paragraph(f"{mark}{about}{'。' if about else ''}{''.join(texts)}")

    def _statements(self, planned: PlannedSection) -> Iterator[Paragraph]:
        """Statements as they are; highlights numbered, each with the figures it speaks of."""
        statements = [s for block in planned.blocks for s in block.statements]
        materials = [m for block in planned.blocks for m in block.materials]
        figures = self._teller.figures(materials)
        texts: list[str] = []
        for index, statement in enumerate(statements):
            mine = [f for f in figures if _best(f, statements) == index]
            texts.append(stop(statement.text) + "".join(self._teller.sentences(mine)))
        if planned.part == "亮点" and len(texts) > 1:
            for number, text in enumerate(texts, 1):
                yield self._paragraph(f"{spelled(number)}是{text}")
        else:
            yield self._paragraph("".join(texts))

    def _tell(self, block: Block) -> list[str]:
        return self._teller.tell(block)

    def _paragraph(
        self, text: str, lead: int = 0, level: int = 0, style: Style = "body"
    ) -> Paragraph:
        realised = realise(text, self._figures)
        return Paragraph(realised.text, style, lead, level, realised.spans)


def _wants_causes(planned: PlannedSection, plan: Plan) -> bool:
    """A yearly report must tell causes; so must a section whose heading names them."""
    return kinds()[plan.kind].causes or "因" in planned.heading


def _addressee(text: str) -> str:
    return f"{text.rstrip('：:')}：" if text else ""


def _best(phrase: Figures, statements: Sequence[Statement]) -> int:
    """Index of the statement that speaks most of a phrase's figures."""
    scores = [overlap(phrase.names, statement.text) for statement in statements]
    return scores.index(max(scores))


def _nearest(
    causes: Sequence[Statement], problem: Statement, problems: Sequence[Statement]
) -> Statement | None:
    """The cause of a problem: same topic, then likest wording."""
    same = [c for c in causes if c.topic == problem.topic]
    if not same:
        return causes[0] if len(causes) == 1 == len(problems) else None
    return max(same, key=lambda c: overlap(c.text, problem.text))
