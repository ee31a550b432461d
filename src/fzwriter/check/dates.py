"""Years, months and days: the report's own time must be the period's (DESIGN §5.6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from fzwriter.check.context import Contexts
from fzwriter.check.planned import FUTURE, PLANNED, led_ahead
from fzwriter.check.referents import grams
from fzwriter.facts import FactSheet
from fzwriter.facts.lint_common import quoted
from fzwriter.report import Issue, Mention, Severity

# Words behind a year that name a plan for it.
_PLAN_FOR = re.compile(r"度?[^，。；、\d\n]{0,14}?(?:要点|思路|计划|打算|安排|目标|任务|展望)")
_COMPARED = re.compile(
    r"较|比|相比|同比|同期|对比|由|从|自|以来|起|至|截至|高于|低于|多于|少于|上年|去年"
)
# What may stand before the year in a clause that tells of the report's own time.
_OWN_BEFORE = re.compile(
    r"^(?:其中|截至到|截至|截止到|截止|到|于|在|是|关于|今年|我[局镇县区市委]|本[局镇]|全[县区市镇局]|[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十0-9]+[)）、.])*+$"
)
_OWN_AFTER = re.compile(r"^(?:，|,)?(?:共|全年|累计|总计|合计)")
_OWN_MONTHS = re.compile(
    r"^(?:12月(?:底|末|31日)?|1\s?[-—–~至到]+\s?12月(?:份|底|末)?|1月1日|1月(?=至|—|-))$"
)
_LOOSE = re.compile(r"季度|半年|周|星期|礼拜")
# 召开2023年…会议 in a report on 2024 is last year's text left standing; 完成2023年度点评 may well be so.
_HELD = re.compile(r"(?:召开|开展|组织|举办|印发|制定|出台|列入|纳入)[^，。；]{0,8}$")
_QUOTED = 24  # characters of a text of the input that a message quotes
_PHRASE = re.compile(r"[^，。；、和及与暨的\d\n]*")
_DATE_PARTS = re.compile(r"(?:(\d{4})\s?年\s?)?(\d{1,2})\s?月\s?(\d{1,2})\s?日?")


@dataclass(frozen=True)
class _Backed:
    """A date that the input itself names, with the words around it."""

    text: str
    words: frozenset[str]
    id: str
    told: str


class DateJudge:
    """Judges the dates of one text against one sheet."""

    def __init__(self, sheet: FactSheet, contexts: Contexts, text: str) -> None:
        self._sheet, self._contexts, self._text = sheet, contexts, text
        self._first, self._last = sheet.period.from_.year, sheet.period.to.year
        self._backed = list(_backed_dates(sheet))

    def judge(self, mention: Mention) -> tuple[Mention, Issue | None]:
        """The verdict on one date."""
        if self._is_document_date(mention):
            return mention.judged("period", "落款日期"), None
        years = self._years(mention)
        if years and all(self._first <= year <= self._last for year in years):
            return mention.judged("period", "报告期"), None
        if self._in_name(mention):
            return mention.judged("permitted", "文件名称或文号中的年份"), None
        backing = self._backing(mention)
        if backing:
            return mention.judged("statement", f"见{backing.told}", (backing.id,)), None
        if not years:
            return self._without_year(mention)
        return self._other_year(mention, years)

    def _years(self, mention: Mention) -> tuple[int, ...]:
        value = mention.value
        if isinstance(value, Decimal):
            return (int(value),)
        if isinstance(value, tuple):
            return tuple(int(v) for v in value if v is not None)
        return ()

    def _is_document_date(self, mention: Mention) -> bool:
        date = self._sheet.document.date
        match = _DATE_PARTS.fullmatch(mention.text)
        if date is None or match is None:
            return False
        year, month, day = match.groups()
        same_year = year is None or int(year) == date.year
        return same_year and (int(month), int(day)) == (date.month, date.day)

    def _in_name(self, mention: Mention) -> bool:
        start, end = self._contexts.sentence_bounds(mention.start)
        before = self._text[start : mention.start]
        after = self._text[mention.end : end]
        return (before.rfind("《") > before.rfind("》") and "》" in after) or (
            before.endswith(("〔", "[")) and after.startswith(("〕", "]"))
        )

    def _clause(self, mention: Mention) -> frozenset[str]:
        context = self._contexts.around(mention)
        return _words(context.near.replace("＃", "") or context.sentence)

    def _backing(self, mention: Mention) -> _Backed | None:
        """The input whose own date this is: same date, same matter."""
        core = _core(mention.text)
        words: frozenset[str] | None = None
        for backed in self._backed:
            if core not in backed.text:
                continue
            if backed.id == "document":
                phrase = self._phrase(mention)
                if phrase == mention.text or phrase not in backed.text:
                    continue
                return backed
            words = self._clause(mention) if words is None else words
            if not words or len(words & backed.words) * 2 >= len(words):
                return backed
        return None

    def _phrase(self, mention: Mention) -> str:
        """The date with what it is the date of: 2025年工作要点."""
        behind = _PHRASE.match(self._text, mention.end)
        return mention.text + (behind.group() if behind else "")

    def _without_year(self, mention: Mention) -> tuple[Mention, Issue | None]:
        if _OWN_MONTHS.match(mention.text) or _LOOSE.search(mention.text):
            return mention.judged("permitted", "泛指时间，不需出处"), None
        message = f"数据文件没有提到“{mention.text}”这个时间"
        issue = Issue(
            mention.start,
            mention.end,
            "wrong_date",
            "warning",
            message,
            "请核对；时间无误的，请写进数据文件的文字材料",
        )
        return mention.judged("untraced", message), issue

    def _other_year(self, mention: Mention, years: tuple[int, ...]) -> tuple[Mention, Issue | None]:
        start, end = self._contexts.sentence_bounds(mention.start)
        if years == (self._last + 1,) and self._planned(mention, start, end):
            return mention.judged("permitted", "下一年度安排"), None
        period = str(self._last)
        message = f"报告期是{period}年，此处写成“{mention.text}”"
        if years == (self._first - 1,):
            message += "，疑似沿用旧稿"
        severity: Severity = "error" if self._own_time(mention, start) else "warning"
        suggestion = (
            f"应为{period}年"
            if severity == "error"
            else "请核对；确需提到的，请写进数据文件的文字材料"
        )
        issue = Issue(mention.start, mention.end, "wrong_date", severity, message, suggestion)
        return mention.judged("untraced", message), issue

    def _planned(self, mention: Mention, start: int, end: int) -> bool:
        """Whether next year is spoken of as what is still to come."""
        if _PLAN_FOR.match(self._text, mention.end):
            return True
        first, second = self._contexts.headings(mention.start)
        line = self._text.rfind("\n", 0, mention.start) + 1
        # A heading says nothing of the time it names itself.
        if first and self._text.startswith(first, line) and mention.start < line + len(first):
            first = ""
        elif second and self._text.startswith(second, line) and mention.start < line + len(second):
            second = ""
        return bool(
            PLANNED.search(first + second)
            or (FUTURE.search(self._text, start, end) and not self._in_title(mention))
            or led_ahead(self._text, mention.start, start)
        )

    def _own_time(self, mention: Mention, sentence_start: int) -> bool:
        """Whether the year dates what the report itself tells."""
        before = self._text[sentence_start : mention.start]
        after = self._text[mention.end : mention.end + 8]
        clause = re.split(r"[，,、]", before)[-1].replace(" ", "")
        if len(self._years(mention)) > 1 or after[:1] == "、":
            return False
        if re.match(r"^[^，。]{0,6}(?:相比|同期|以前)", after):
            return False
        if _OWN_BEFORE.match(clause) or _OWN_AFTER.match(after):
            return True
        if self._years(mention) == (self._first - 1,) and _HELD.search(clause):
            return True
        return self._in_title(mention) and not _COMPARED.search(clause[-3:])

    def _in_title(self, mention: Mention) -> bool:
        """Whether the date stands in the title: a first line that is no sentence."""
        if mention.end > 200:
            return False
        head = self._text[: mention.end].lstrip("\n")
        line = self._text[mention.end : mention.end + 200].partition("\n")[0]
        return "。" not in head + line and head.count("\n") < 2 and len(head) < 80


def _words(text: str) -> frozenset[str]:
    """Character pairs without the dates themselves."""
    return grams(re.sub(r"[0-9]+\s?[年月日]?度?", "", text))


def _core(text: str) -> str:
    """The date without 度 and blanks: 2025年度 and 2025年 are one year."""
    return text.replace(" ", "").removesuffix("度").removesuffix("底").removesuffix("份")


def _backed_dates(sheet: FactSheet) -> Iterable[_Backed]:
    for statement in sheet.statements:
        if re.search(r"\d", statement.text) or "月" in statement.text:
            told = f"文字材料{_brief(statement.text)}{_place(statement.source)}"
            yield _Backed(statement.text, _words(statement.text), statement.id, told)
    for fact in sheet.facts:
        text = f"{fact.name} {fact.note}"
        if re.search(r"\d|月", text):
            told = f"数据文件中的{_brief(text.strip())}{_place(fact.source)}"
            yield _Backed(text, _words(text), fact.id, told)
    document = sheet.document
    if document.title:
        yield _Backed(document.title, _words(document.title), "document", "报告标题")
    for text in document.outline:
        yield _Backed(text, _words(text), "document", "上级规定的提纲")


def _brief(text: str) -> str:
    """The beginning of a text of the input, quoted."""
    return quoted(text if len(text) <= _QUOTED else f"{text[:_QUOTED]}……")


def _place(source: str) -> str:
    return f"（{source}）" if source else ""
