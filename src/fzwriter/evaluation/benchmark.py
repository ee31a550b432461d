"""The mutation benchmark: how many planted errors are found, how much that is right is flagged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction

from fzwriter.check import check
from fzwriter.evaluation.allowed import Allowed, split
from fzwriter.evaluation.baselines import Baseline, hits
from fzwriter.evaluation.mutations import make_mutants
from fzwriter.evaluation.sites import Mutant, Span
from fzwriter.facts import FactSheet
from fzwriter.report import CheckReport, Issue, Mention

_BASELINE_LIMIT = 6  # mutants of a kind and text the baselines see


@dataclass
class Row:
    """What became of the mutants of one kind.

    Attributes:
        n: mutants planted.
        found: named by an error at the change (for equivalents: flagged, which is wrong).
        doubted: not by an error, but held in doubt at the change (for equivalents: held in doubt).
        warned: named by an error, a doubt or a warning.
        both: for exchanged figures, named at both ends.
        compared: mutants the baselines saw.
        baselines: how many of those each baseline flagged.
    """

    n: int = 0
    found: int = 0
    doubted: int = 0
    warned: int = 0
    both: int = 0
    compared: int = 0
    baselines: dict[str, int] = field(default_factory=dict)

    def add(self, other: Row) -> None:
        """Count another text's mutants in."""
        for name in ("n", "found", "doubted", "warned", "both", "compared"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name, count in other.baselines.items():
            self.baselines[name] = self.baselines.get(name, 0) + count


@dataclass
class Table:
    """The result of a benchmark.

    Attributes:
        wrong: by kind of error.
        equivalents: by kind of rewording.
        numerals: numerals of the clean texts.
        figures: those of them that are data.
        flagged: numerals flagged as errors, by who flags; ``fzwriter`` is the checker.
        doubted: numerals the checker holds in doubt, without those it flags.
        justified: numerals flagged whose value and measure word no input holds: the text's fault.
        misses: what was missed or wrongly flagged, one line each.
    """

    wrong: dict[str, Row] = field(default_factory=dict)
    equivalents: dict[str, Row] = field(default_factory=dict)
    numerals: int = 0
    figures: int = 0
    flagged: dict[str, int] = field(default_factory=dict)
    doubted: int = 0
    justified: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Table) -> None:
        """Count another text in."""
        for mine, theirs in ((self.wrong, other.wrong), (self.equivalents, other.equivalents)):
            for kind, row in theirs.items():
                mine.setdefault(kind, Row()).add(row)
        self.numerals += other.numerals
        self.figures += other.figures
        self.doubted += other.doubted
        self.justified += other.justified
        self.misses += other.misses
        for name, count in other.flagged.items():
            self.flagged[name] = self.flagged.get(name, 0) + count

    def total(self, rows: dict[str, Row]) -> Row:
        """All kinds together."""
        whole = Row()
        for row in rows.values():
            whole.add(row)
        return whole

    @property
    def false_alarms(self) -> float:
        """Share of the clean texts' numerals the checker flags without cause."""
        return self.flagged.get("fzwriter", 0) / self.numerals if self.numerals else 0.0

    def as_json(self) -> dict[str, object]:
        """Counts and totals, for a file."""
        result = asdict(self)
        result["total"] = asdict(self.total(self.wrong))
        result["false_alarms"] = round(self.false_alarms, 5)
        return result


def _at(issues: Iterable[Issue], span: Span) -> bool:
    return any(issue.start < span[1] and span[0] < issue.end for issue in issues)


def _place(mutant: Mutant) -> str:
    start, end = mutant.spans[0]
    around = mutant.text[max(0, start - 20) : end + 12].replace("\n", "/")
    return f"{mutant.kind} {mutant.note} | {around}"


def run_benchmark(
    name: str,
    text: str,
    sheet: FactSheet,
    *,
    baselines: dict[str, Baseline] | None = None,
    seed: int = 0,
    limit: int = 30,
) -> Table:
    """Plant errors in one text and count.

    Args:
        name: of the text, for the list of misses.
        text: a text that is right.
        sheet: its input.
        baselines: rivals by name.
        seed: of the sample.
        limit: mutants of one kind.
    """
    clean = check(text, sheet)
    rivals = baselines or {}
    table = Table(numerals=len(clean.mentions), figures=len(clean.quantities))
    _count_alarms(table, name, text, sheet, clean, rivals)
    seen: dict[str, int] = {}
    for mutant in make_mutants(text, clean, sheet, seed=seed, limit=limit):
        seen[mutant.kind] = seen.get(mutant.kind, 0) + 1
        few = seen[mutant.kind] <= _BASELINE_LIMIT
        row = _judge(mutant, sheet, clean, rivals if few else {})
        rows = table.wrong if mutant.wrong else table.equivalents
        rows.setdefault(mutant.kind, Row()).add(row)
        if mutant.wrong != bool(row.found):
            what = "疑" if row.doubted else "漏" if mutant.wrong else "误"
            table.misses.append(f"{what} {name}: {_place(mutant)}")
        elif row.doubted:
            table.misses.append(f"疑同义 {name}: {_place(mutant)}")
    return table


def _judge(
    mutant: Mutant, sheet: FactSheet, clean: CheckReport, rivals: dict[str, Baseline]
) -> Row:
    report = check(mutant.read, sheet)
    errors = report.errors
    row = Row(n=1)
    if mutant.wrong:
        ends = [_at(errors, span) for span in mutant.spans]
        row.found, row.both = int(any(ends)), int(all(ends))
        doubts = any(_at(report.doubts, span) for span in mutant.spans)
        row.doubted = int(doubts and not row.found)
        row.warned = int(any(_at(report.issues, span) for span in mutant.spans))
    else:
        row.found = row.both = int(len(errors) > len(clean.errors))
        row.doubted = int(not row.found and len(report.doubts) > len(clean.doubts))
        row.warned = int(len(report.issues) > len(clean.issues))
    if rivals:
        row.compared = 1
        row.baselines = {
            name: int(any(hits(rival, mutant.text, span) for span in mutant.spans))
            for name, rival in rivals.items()
        }
    return row


def _count_alarms(
    table: Table,
    name: str,
    text: str,
    sheet: FactSheet,
    clean: CheckReport,
    rivals: dict[str, Baseline],
) -> None:
    """Numerals of the clean text flagged; blanks left in it are rightly flagged."""
    allowed = Allowed(sheet)
    errors = clean.errors
    own = [m for m in clean.mentions if m.kind != "placeholder"]
    table.numerals = len(own)
    table.flagged["fzwriter"] = 0
    for mention in own:
        if _at(errors, (mention.start, mention.end)):
            if _foreign(mention, allowed):
                table.justified += 1
                continue
            table.flagged["fzwriter"] += 1
            around = text[max(0, mention.start - 20) : mention.end + 8].replace("\n", "/")
            table.misses.append(f"误 {name}: {around}")
        elif _at(clean.doubts, (mention.start, mention.end)):
            table.doubted += 1
            around = text[max(0, mention.start - 20) : mention.end + 8].replace("\n", "/")
            table.misses.append(f"疑 {name}: {around}")
    for rival, flags in rivals.items():
        count = sum(hits(flags, text, (m.start, m.end)) for m in own)
        table.flagged[rival] = table.flagged.get(rival, 0) + count


def _foreign(mention: Mention, allowed: Allowed) -> bool:
    """Whether no input holds a figure like this, so that flagging it is right."""
    value = mention.base_value
    ends: Sequence[object] = value if isinstance(value, tuple) else (value,)
    _, measure = split(mention.unit)
    return mention.kind == "quantity" and not any(
        allowed.knows(Fraction(str(end)), measure) for end in ends if end is not None
    )
