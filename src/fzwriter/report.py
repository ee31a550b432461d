"""The values that pass between stages: a report as written, and a check of it as found.

All are frozen. Offsets are code points, half-open, into the text they belong to:
``Span`` into its paragraph, ``Mention`` and ``Issue`` into the whole text that was checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

Kind = Literal["quantity", "date", "enumerator", "term", "docnum", "placeholder", "other"]
Status = Literal[
    "",
    "traced",
    "derived",
    "statement",
    "period",
    "permitted",
    "confirmed",
    "doubtful",
    "untraced",
]
Severity = Literal["error", "doubt", "warning"]
SEVERITIES: Mapping[Severity, str] = {"error": "错误", "doubt": "存疑", "warning": "提醒"}
"""What each is called for people, the gravest first."""
Style = Literal[
    "title",
    "addressee",
    "heading1",
    "heading2",
    "heading3",
    "heading4",
    "body",
    "signature",
    "date",
]
Value = Decimal | tuple[Decimal | None, Decimal | None] | None


@dataclass(frozen=True)
class Span:
    """A figure that code wrote into a paragraph from a slot.

    Attributes:
        start: first code point in the paragraph's text.
        end: one past the last.
        sources: ids of the facts, derived facts or statement numerals it stands for.
        formula: how it was computed, for derived figures.
    """

    start: int
    end: int
    sources: tuple[str, ...]
    formula: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a report.

    Attributes:
        text: as printed, without a line break.
        style: what it is; decides fonts in Word.
        lead: number of leading code points that form a run-in heading, 0 for none.
        lead_level: heading level (1–4) of that run-in heading.
        spans: the figures code placed, in order, not overlapping.
    """

    text: str
    style: Style = "body"
    lead: int = 0
    lead_level: int = 0
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Section:
    """A run of paragraphs under one first-level heading (or the preamble, without one).

    Attributes:
        part: role in the report: ``导语 成效 亮点 自身建设 问题 第一责任人 计划 其他``.
        paragraphs: heading paragraphs included.
        topics: topics of the facts and statements it draws on.
    """

    part: str
    paragraphs: tuple[Paragraph, ...]
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A numeral found in text.

    Attributes:
        start: first code point of the numeral.
        end: one past it; 万/亿, %, 余 inside the numeral belong to it, the measure word doesn't.
        text: the text between them.
        kind: what sort of numeral it is.
        value: as written (25.63 with unit 万元; 100 with unit %); a range is ``(low, high)`` with
            open ends ``None``; ``None`` where the kind carries no value.
        base_value: scaled (256300; 1.0).
        unit: measure word with its scale as written; "" when there is none.
        approx: the approximation as written (余, 近, 左右…); "" for exact.
        status: verdict of ``check``; "" before it.
        sources: ids it traces to; of a doubtful one, what it may stand for.
        formula: for derived figures.
        why: one line on how it traces, or why it doesn't.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Value = None
    base_value: Value = None
    unit: str = ""
    approx: str = ""
    status: Status = ""
    sources: tuple[str, ...] = ()
    formula: str = ""
    why: str = ""

    def judged(
        self, status: Status, why: str, sources: tuple[str, ...] = (), formula: str = ""
    ) -> Mention:
        """This mention with a verdict."""
        return replace(self, status=status, why=why, sources=sources, formula=formula)


@dataclass(frozen=True)
class Issue:
    """Something wrong in a checked text, in Chinese for the clerk who mends it.

    ``claim`` is the code by which a person confirms a doubt (``q3f9a1c``); "" for all else.
    """

    start: int
    end: int
    kind: str
    severity: Severity
    message: str
    suggestion: str = ""
    claim: str = ""


@dataclass(frozen=True)
class CheckReport:
    """What ``check`` found.

    Attributes:
        mentions: every numeral of the text, judged.
        issues: what is wrong, in the order of the text.
        omitted: ids of required facts the text doesn't print.
    """

    mentions: tuple[Mention, ...] = ()
    issues: tuple[Issue, ...] = ()
    omitted: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Neither errors nor doubts; warnings may remain."""
        return not any(issue.severity != "warning" for issue in self.issues)

    @property
    def errors(self) -> tuple[Issue, ...]:
        """What is refuted."""
        return tuple(issue for issue in self.issues if issue.severity == "error")

    @property
    def doubts(self) -> tuple[Issue, ...]:
        """What is neither proved nor refuted: 存疑待核."""
        return tuple(issue for issue in self.issues if issue.severity == "doubt")

    @property
    def exit_code(self) -> Literal[0, 3, 4]:
        """How a command ends with this verdict: 3 for errors, 4 for doubts alone."""
        return 3 if self.errors else 4 if self.doubts else 0

    @property
    def quantities(self) -> tuple[Mention, ...]:
        """The numerals that are data."""
        return tuple(m for m in self.mentions if m.kind == "quantity")


@dataclass(frozen=True)
class Decision:
    """What a rewrite did with one section of its source, or why it added one.

    Attributes:
        action: 沿用 (kept as it was told), 改写 (adapted), 舍去 (dropped) or 新增 (added).
        source: heading in the source report, "" for what was added.
        target: heading in the rewritten report, "" for what was dropped.
        why: one Chinese line.
        details: sentences or clauses that went, and why, one Chinese line each.
    """

    action: Literal["沿用", "改写", "舍去", "新增"]
    source: str
    target: str
    why: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A report as written.

    Attributes:
        title: may hold a line break where the printed title should wrap.
        sections: preamble first.
        addressee: ``县委、县人民政府：`` or "".
        signature: the organ that signs, or "".
        date: ``2025年1月20日`` or "".
        pending: parts the unit must confirm or supply (材料待补), one Chinese line each.
        seeds: names of the seed reports whose wording was used.
        decisions: for a rewrite, what became of the source's sections.
        check: the verdict on ``text``, once there is one.
        written: pieces whose text is a model's; None where no model was asked.
    """

    title: str
    sections: tuple[Section, ...]
    addressee: str = ""
    signature: str = ""
    date: str = ""
    pending: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    check: CheckReport | None = field(default=None, compare=False)
    written: int | None = field(default=None, compare=False)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph in printing order, title and sign-off included."""
        yield Paragraph(self.title, "title")
        if self.addressee:
            yield Paragraph(self.addressee, "addressee")
        for section in self.sections:
            yield from section.paragraphs
        if self.signature:
            yield Paragraph(self.signature, "signature")
        if self.date:
            yield Paragraph(self.date, "date")

    @property
    def text(self) -> str:
        """The whole report, one paragraph a line: what ``check`` reads."""
        return "\n".join(paragraph.text.replace("\n", "") for paragraph in self.paragraphs())
