"""The check: scan → classify → trace → what else is wrong. Knows only the text and the sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fzwriter.check.claims import find_claims
from fzwriter.check.context import Contexts
from fzwriter.check.dates import DateJudge
from fzwriter.check.names import find_leaks, leaked_number, unknown_names
from fzwriter.check.powers import find_foreign_powers
from fzwriter.check.prepared import prepare
from fzwriter.check.referents import Referent, grams
from fzwriter.check.repeats import find_contradictions
from fzwriter.check.trace import Tracer
from fzwriter.check.wording import find_slips
from fzwriter.facts import Derived, Fact, FactSheet
from fzwriter.numbers import Lexicon, find_numbers
from fzwriter.numbers.value import DIGITS
from fzwriter.report import CheckReport, Issue, Mention

_QUOTES = '“"「『'
_NUMERALS = frozenset(DIGITS) | frozenset("0123456789十百千万亿双半")
_DENIAL = re.compile(r"未发生|没有|未出现|未发现|无|零|未有|尚无")


def check(
    text: str, sheet: FactSheet, sources: Sequence[str] = (), lexicon: Lexicon | None = None
) -> CheckReport:
    """Prove every numeral of ``text`` against ``sheet``.

    Args:
        text: a report, one paragraph a line.
        sheet: the input it must trace to.
        sources: texts whose figures and names must not appear: seeds used, the report rewritten.
        lexicon: fixed terms besides the sheet's own; the shipped lexicon by default.

    Returns:
        Every numeral with its verdict, the issues in text order, the required facts not printed.
        Raises nothing for any text.
    """
    prepared = prepare(sheet, lexicon)
    terms, referents = prepared.terms, prepared.referents.all
    found = find_numbers(text, terms)
    contexts = Contexts(text, found)
    tracer = Tracer(prepared.referents, contexts)
    dates = DateJudge(sheet, contexts, text)
    mentions: list[Mention] = []
    issues: list[Issue] = []
    for mention in found:
        judged, issue = _judge(mention, tracer, dates, text, sheet, terms)
        if issue and issue.kind in ("untraced", "wrong_fact") and leaked_number(mention, sources):
            issue = Issue(
                issue.start,
                issue.end,
                "leaked_number",
                "error",
                f"“{mention.text}”来自参考的报告，不是本单位的数据",
                issue.suggestion,
            )
        mentions.append(judged)
        if issue:
            issues.append(issue)
    issues.extend(find_contradictions(mentions))
    issues.extend(find_leaks(text, sheet, sources))
    issues.extend(unknown_names(text, sheet))
    issues.extend(find_claims(text, sheet, referents, contexts))
    issues.extend(find_slips(text))
    issues.extend(find_foreign_powers(text, sheet))
    omitted = _omitted(mentions, sheet, referents, text)
    issues.extend(_omission(id_, sheet, len(text)) for id_ in omitted)
    issues.sort(key=lambda issue: (issue.start, issue.end, issue.kind))
    return CheckReport(tuple(mentions), tuple(issues), omitted)


def _judge(
    mention: Mention,
    tracer: Tracer,
    dates: DateJudge,
    text: str,
    sheet: FactSheet,
    lexicon: Lexicon,
) -> tuple[Mention, Issue | None]:
    if mention.kind == "quantity":
        verdict = tracer.trace(mention)
        return verdict.mention, verdict.issue
    if mention.kind == "date":
        return dates.judge(mention)
    if mention.kind == "placeholder":
        message = f"还有没填的空：“{mention.text}”"
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
            "如是本单位的固定说法，请写入数据的 terms；如是数据，请写成普通数字",
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


def _omission(id_: str, sheet: FactSheet, end: int) -> Issue:
    given: tuple[Fact | Derived, ...] = (*sheet.facts, *sheet.derived)
    fact = next(f for f in given if f.id == id_)
    place = f"（{fact.source}）" if fact.source else ""
    return Issue(
        end,
        end,
        "omitted_fact",
        "warning",
        f"数据{id_}“{fact.name}”没有写进报告{place}",
        "请补上，或在数据中标为 required: false",
    )
