"""The check: scan → classify → trace → what else is wrong. Knows only the text and the sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fzwriter.check.claims import WordClaims
from fzwriter.check.context import Contexts
from fzwriter.check.dates import DateJudge
from fzwriter.check.identity import find_identity
from fzwriter.check.names import find_leaks, leaked_number, unknown_names
from fzwriter.check.planned import Plans
from fzwriter.check.powers import find_foreign_powers
from fzwriter.check.prepared import Prepared, prepare
from fzwriter.check.referents import Referent, grams
from fzwriter.check.repeats import find_contradictions
from fzwriter.check.signoff import settle, sign_offs
from fzwriter.check.suggested import find_unconfirmed, hidden, numerals, suggestions
from fzwriter.check.trace import trace
from fzwriter.check.verdict import Verdict, cited
from fzwriter.check.wording import find_slips
from fzwriter.facts import Derived, Fact, FactSheet
from fzwriter.facts.lint_common import in_columns, not_required, quoted
from fzwriter.numbers import Lexicon, find_numbers
from fzwriter.numbers.value import DIGITS
from fzwriter.reading import ReportText, heading_paths
from fzwriter.report import CheckReport, Issue, Mention

_QUOTES = '“"「『'
_NUMERALS = frozenset(DIGITS) | frozenset("0123456789十百千万亿双半")
_DENIAL = re.compile(r"未发生|没有|未出现|未发现|无|零|未有|尚无")


def check(
    text: str | ReportText,
    sheet: FactSheet,
    sources: Sequence[str] = (),
    lexicon: Lexicon | None = None,
) -> CheckReport:
    """Prove every numeral of ``text`` against ``sheet``.

    Args:
        text: a report: one paragraph a line, or as read from a file, with what the file says of headings.
        sheet: the input it must trace to.
        sources: texts whose figures and names must not appear: seeds used, the report rewritten.
        lexicon: fixed terms besides the sheet's own; the shipped lexicon by default.

    Returns:
        Every numeral with its verdict, the issues in text order, the required facts not printed.
        Raises nothing for any text.
    """
    prepared = prepare(sheet, lexicon)
    sheet = prepared.data
    terms, referents = prepared.terms, prepared.referents.all
    read = ReportText.of(text)
    text = read.text
    offered = suggestions(text)
    whole, text = text, hidden(text, offered)
    found = find_numbers(text, terms)
    contexts = Contexts(text, found, heading_paths(read))
    plans = Plans(contexts, sheet.period.year + 1)
    traced = trace(found, prepared.referents, contexts, plans, sheet)
    dates = DateJudge(sheet, contexts, text)
    mentions: list[Mention] = []
    dated = sign_offs(text, sheet.unit.name)
    signed, issues = settle(found, dated, sheet)
    for mention in found:
        if mention.start in signed:
            mentions.append(signed[mention.start])
            continue
        judged, issue = _judge(mention, traced, dates, text, sheet, terms)
        if issue and issue.kind in ("untraced", "wrong_fact") and leaked_number(mention, sources):
            issue = Issue(
                issue.start,
                issue.end,
                "leaked_number",
                "error",
                f"{issue.message}；这是参考报告里的数，不是本单位的",
                issue.suggestion,
            )
        mentions.append(judged)
        if issue:
            issues.append(issue)
    issues.extend(find_contradictions(mentions, prepared.names))
    issues.extend(find_leaks(text, sheet, sources))
    issues.extend(unknown_names(text, sheet))
    chosen = {m.start: m.sources[0] for m in mentions if m.sources}
    issues.extend(WordClaims(sheet, prepared.referents, contexts, plans, chosen, found).find())
    proved = [
        m.start for m in mentions if m.status in ("traced", "derived") and m.kind == "quantity"
    ]
    issues.extend(prepared.stated.find(text, contexts, plans, proved))
    issues.extend(find_slips(text))
    issues.extend(find_foreign_powers(text, sheet))
    issues.extend(find_identity(text, sheet, dated, sources))
    omitted = _omitted(mentions, sheet, referents, text)
    issues.extend(_omission(id_, prepared, len(text)) for id_ in omitted)
    issues.extend(find_unconfirmed(whole, offered))
    mentions.extend(numerals(whole, offered, terms))
    mentions.sort(key=lambda mention: mention.start)
    issues.sort(key=lambda issue: (issue.start, issue.end, issue.kind))
    return CheckReport(tuple(mentions), tuple(issues), omitted)


def _judge(
    mention: Mention,
    traced: Mapping[int, Verdict],
    dates: DateJudge,
    text: str,
    sheet: FactSheet,
    lexicon: Lexicon,
) -> tuple[Mention, Issue | None]:
    if mention.kind == "quantity":
        return traced[mention.start]
    if mention.kind == "date":
        return dates.judge(mention)
    if mention.kind == "placeholder":
        message = f"此处尚未填写：“{mention.text}”"
        issue = Issue(mention.start, mention.end, "placeholder", "error", message, "请填写或删去")
        return mention.judged("untraced", message), issue
    if mention.kind == "term" and _unknown_slogan(mention, text, sheet, lexicon):
        message = f"“{mention.text}”不是已知的固定说法"
        issue = Issue(
            mention.start,
            mention.end,
            "unknown_term",
            "warning",
            message,
            f"是本单位固定说法的，请加入数据文件的{_terms(sheet)}；是数据的，请写成普通数字",
        )
        return mention.judged("permitted", message), issue
    return mention.judged("permitted", _REASONS[mention.kind]), None


_REASONS = {
    "enumerator": "序号",
    "term": "固定说法或名称",
    "docnum": "文号",
    "other": "不表示数量",
}


def _unknown_slogan(mention: Mention, text: str, sheet: FactSheet, lexicon: Lexicon) -> bool:
    """A quotation with a numeral that neither lexicon nor sheet knows."""
    if not mention.start or text[mention.start - 1] not in _QUOTES:
        return False
    known = [found for at in range(mention.start, mention.end) if (found := lexicon.at(text, at))]
    numerals = [at for at in range(mention.start, mention.end) if text[at] in _NUMERALS]
    if all(any(start <= at < end for start, end, _ in known) for at in numerals):
        return False
    inputs = (*(s.text for s in sheet.statements), *(f.name + f.note for f in sheet.facts))
    return not any(mention.text in given for given in inputs)


def _omitted(
    mentions: Sequence[Mention], sheet: FactSheet, referents: Sequence[Referent], text: str
) -> tuple[str, ...]:
    """Required facts that no figure of the text stands for."""
    printed = {id_ for m in mentions if m.status in ("traced", "derived") for id_ in m.sources}
    names = {r.id: r.names_grams for r in referents}
    missing = []
    given: tuple[Fact | Derived, ...] = (*sheet.facts, *sheet.derived)
    for fact in given:
        if not fact.required or fact.id in printed:
            continue
        if getattr(fact, "value", None) == 0 and _denied_in_words(names[fact.id], text):
            continue
        missing.append(fact.id)
    return tuple(missing)


def _denied_in_words(names: Sequence[frozenset[str]], text: str) -> bool:
    """Zero said in words: 未发生行政复议案件."""
    for clause in re.split(r"[，。；\n]", text):
        if _DENIAL.search(clause):
            words = grams(clause)
            if any(name and len(name & words) >= 0.6 * len(name) for name in names):
                return True
    return False


def _omission(id_: str, prepared: Prepared, end: int) -> Issue:
    # A derived figure that can't be worked out has a name only.
    known = next((r for r in prepared.referents.all if r.id == id_), None)
    what = cited(known) if known else quoted(prepared.names[id_])
    return Issue(
        end,
        end,
        "omitted_fact",
        "warning",
        f"数据文件中的{what}没有写进报告",
        f"请补上；{not_required(prepared.sheet)}",
    )


def _terms(sheet: FactSheet) -> str:
    """Where the sheet keeps its fixed phrases, as its user calls it."""
    return "“固定说法”" if in_columns(sheet) else "固定说法（terms）"
