"""The scorer of what a case declares: how much of it came true. Needs no reference text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fzwriter.evaluation.cases import Expect, ExpectedIssue
from fzwriter.evaluation.scorers.base import Score, Subject, share, unscored
from fzwriter.reading import outline
from fzwriter.reading.sentences import around
from fzwriter.report import Issue


def expectations(subject: Subject) -> Score:
    """Share of the declared expectations that hold; what doesn't is named."""
    if subject.case is None:
        return unscored("没有案例说明")
    checks = list(_checks(subject, subject.case.expect))
    unmet = [what for what, met in checks if not met]
    told = f"：{'；'.join(unmet)}" if unmet else ""
    why = f"声明 {len(checks)} 项，落空 {len(unmet)} 项{told}"
    return share(len(checks) - len(unmet), len(checks), why, unmet=unmet)


def _checks(subject: Subject, expect: Expect) -> Iterator[tuple[str, bool]]:
    yield f"结果代码应为 {expect.exit}，实为 {subject.exit}", subject.exit == expect.exit
    verdict, text, report = subject.verdict, subject.text, subject.report
    told = [*subject.notices, *(issue.message for issue in verdict.issues)]
    for words in expect.warnings:
        yield f"应有提醒“{words}”", any(words in line for line in told)
    for wanted in expect.issues:
        found = len(_found(wanted, subject))
        what = f"“{wanted.near}”处" if wanted.near else ""
        yield f"{what}应查出 {'/'.join(wanted.kind)} {wanted.at_least} 处", found >= wanted.at_least
    for kind in expect.none_of:
        yield f"不应有 {kind}", not any(issue.kind == kind for issue in verdict.issues)
    if expect.only:
        yield (
            f"不应有别的错误{_shown(_others(subject, expect), text)}",
            not _others(subject, expect),
        )
    pending = report.pending if report else ()
    for words in expect.pending:
        yield f"应列入材料待补：“{words}”", any(words in line for line in pending)
    for words in expect.dropped:
        yield f"应舍去并说明：“{words}”", words in _dropped(subject)
    yield from _patterns(subject, expect)
    if expect.length is not None:
        low, high = expect.length
        size = len(re.sub(r"\s", "", text))
        yield f"应为 {low}—{high} 字，实为 {size} 字", (low or 0) <= size <= (high or size)


def _patterns(subject: Subject, expect: Expect) -> Iterator[tuple[str, bool]]:
    text = subject.text
    if expect.sections:
        headings = [h.text for h in outline(subject.paragraphs[1:]) if h.level == 1]
        at = 0
        for pattern in expect.sections:
            hit = next((i for i in range(at, len(headings)) if re.search(pattern, headings[i])), -1)
            yield f"应依次有“{pattern}”一节", hit >= 0
            at = hit + 1 if hit >= 0 else at
    for pattern in expect.must_contain:
        yield f"应写有“{pattern}”", re.search(pattern, text) is not None
    for pattern in expect.must_not_contain:
        found = re.search(pattern, text)
        yield f"不应写“{pattern}”{f'（{found.group()}）' if found else ''}", found is None


def _sentence(issue: Issue, text: str) -> str:
    """The sentence an issue lies in."""
    return text[slice(*around(text, issue.start, min(issue.end, len(text))))]


def _found(wanted: ExpectedIssue, subject: Subject) -> list[Issue]:
    return [
        issue
        for issue in subject.verdict.issues
        if issue.kind in wanted.kind
        and wanted.severity in ("", issue.severity)
        and (not wanted.near or wanted.near in _sentence(issue, subject.text) + issue.message)
    ]


def _others(subject: Subject, expect: Expect) -> list[Issue]:
    declared = [issue for wanted in expect.issues for issue in _found(wanted, subject)]
    errors = [issue for issue in subject.verdict.issues if issue.severity == "error"]
    return [issue for issue in errors if issue not in declared]


def _shown(issues: list[Issue], text: str) -> str:
    told = "、".join(f"{i.kind}“{text[i.start : i.end]}”" for i in issues[:3])
    return f"（{told}）" if told else ""


def _dropped(subject: Subject) -> str:
    decisions = subject.report.decisions if subject.report else ()
    parts = [line for d in decisions for line in d.details]
    parts += [f"{d.source}，{d.why}" for d in decisions if d.action == "舍去"]
    return "\n".join(parts)
