"""The date a report is signed with: it must be the document's own, in whichever numerals it stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fzwriter.facts import FactSheet
from fzwriter.numbers import fold, parse_chinese
from fzwriter.numbers.value import DIGITS
from fzwriter.report import Issue, Mention

_NUMERAL = r"[0-9〇○零一二三四五六七八九十廿卅元]"
_DATE = re.compile(
    rf"(?P<year>{_NUMERAL}{{4}})\s?(?:年|[-/.])\s?(?P<month>{_NUMERAL}{{1,3}})\s?"
    rf"(?:月\s?(?:(?P<day>{_NUMERAL}{{1,4}})\s?[日号])?|[-/.]\s?(?P<on>[0-9]{{1,2}}))"
)
# A zero typed as a letter or a ring: 二O二五年.
_RINGS = str.maketrans(dict.fromkeys("oOοОо◯", "〇"))
_BEFORE = re.compile(r"(?![截自从至到])[一-龥·、：: 　]+")
_BRACKETS = " 　()（）"
_ORGAN = 40  # characters of a line that may hold the unit's name before the date
_MONTHS_LEFT = 6  # a report on a period isn't signed earlier before its end
_TAIL, _HEAD = 3, 4  # lines behind the last sentence and at the top where a date stands alone


@dataclass(frozen=True)
class SignOff:
    """A date of the document: where it stands in the text, and what it says; no day is 0."""

    start: int
    end: int
    year: int
    month: int
    day: int

    @property
    def told(self) -> str:
        """2025年1月20日."""
        return f"{self.year}年{self.month}月" + (f"{self.day}日" if self.day else "")


def sign_offs(text: str, unit: str) -> tuple[SignOff, ...]:
    """The dates a text is signed with: alone in a line, or behind the name of who signs.

    Such a line stands at the top, behind the last sentence, or under the unit's own name.
    """
    lines = text.split("\n")
    sentences = [number for number, line in enumerate(lines) if "。" in line]
    first, last = (sentences[0], sentences[-1]) if sentences else (len(lines), -1)
    found = []
    at, above = 0, ""
    for number, line in enumerate(lines):
        placed = number < min(first, _HEAD) or last < number <= last + _TAIL
        signed = _signed(line, at) if placed or _names(above, unit) or _names(line, unit) else None
        found += [signed] if signed else []
        at += len(line) + 1
        above = line.strip() or above
    return tuple(found)


def _names(line: str, unit: str) -> bool:
    return len(line) <= _ORGAN and unit in line


def _signed(line: str, at: int) -> SignOff | None:
    """The date that ends a line which says no more than who signs and when."""
    dates = list(_DATE.finditer(fold(line).translate(_RINGS)))
    found = dates[-1] if dates else None
    if found is None or len(line) > _ORGAN or line[found.end() :].strip(_BRACKETS):
        return None
    before = line[: found.start()].strip(_BRACKETS)
    if before and not _BEFORE.fullmatch(before):
        return None
    year, month, day = (
        _number(found[name] or "") for name in ("year", "month", "day" if found["day"] else "on")
    )
    return SignOff(at + found.start(), at + found.end(), year, month, day)


def _number(numeral: str) -> int:
    """二〇二五 and 二0二五 digit by digit, 二十 by its worth; 0 for none."""
    digits = [int(c) if c.isdigit() else DIGITS.get(c, -1) for c in numeral.replace("元", "1")]
    if -1 not in digits:
        return int("".join(map(str, digits)) or 0)
    value = parse_chinese(numeral)
    return 0 if value is None or isinstance(value, tuple) else int(value)


def judge(signed: SignOff, sheet: FactSheet) -> Issue | None:
    """What is wrong with the date a report is signed with.

    Where the sheet dates the document, it must be that day. Otherwise any year of the period and the
    one behind it will do: a report on 2024 is signed in January 2025.
    """
    date = sheet.document.date
    first, last = sheet.period.from_.year, sheet.period.to.year
    if date is not None:
        given = SignOff(0, 0, date.year, date.month, date.day if signed.day else 0)
        if given.told == signed.told:
            return None
        return _wrong(signed, f"数据文件中的落款日期是{given.told}", f"应为{given.told}")
    if first <= signed.year <= last + 1:
        return _early(signed, sheet)
    old = signed.year < first
    message = f"报告期是{last}年" + ("，疑似沿用旧稿" if old else "")
    return _wrong(signed, message, "请核对落款日期，并写进数据文件")


def _early(signed: SignOff, sheet: FactSheet) -> Issue | None:
    """A warning where the report is signed long before its period ends: January's slip of the year."""
    left = (sheet.period.to.year - signed.year) * 12 + sheet.period.to.month - signed.month
    if left <= _MONTHS_LEFT:
        return None
    message = f"报告期到{sheet.period.to.isoformat()}才结束"
    return replace(
        _wrong(signed, message, f"请核对年份，是否应为{signed.year + 1}年"), severity="warning"
    )


def _wrong(signed: SignOff, message: str, suggestion: str) -> Issue:
    message = f"落款写成“{signed.told}”，{message}"
    return Issue(signed.start, signed.end, "wrong_date", "error", message, suggestion)


def settle(
    mentions: Sequence[Mention], signed: Sequence[SignOff], sheet: FactSheet
) -> tuple[dict[int, Mention], list[Issue]]:
    """The verdicts on the numerals of such dates, by their start, and what is wrong with the dates."""
    settled: dict[int, Mention] = {}
    issues = []
    starts = [mention.start for mention in mentions]
    for one in signed:
        issue = judge(one, sheet)
        issues += [issue] if issue else []
        for mention in mentions[bisect_left(starts, one.start) : bisect_left(starts, one.end)]:
            if mention.end <= one.end:
                settled[mention.start] = (
                    mention.judged("untraced", issue.message)
                    if issue
                    else mention.judged("period", "落款日期")
                )
    return settled, issues
