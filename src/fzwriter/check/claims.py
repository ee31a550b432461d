"""Words that count without a numeral: 未发生, 全部, 均, 全覆盖, 零, 明显下降 (DESIGN §5.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fzwriter.check.context import Contexts
from fzwriter.check.planned import is_planned
from fzwriter.check.referents import Referent, grams
from fzwriter.check.verdict import given
from fzwriter.facts import FactSheet
from fzwriter.report import Issue

_NONE = re.compile(
    r"(?:未发生|没有发生|未出现|没有出现|无一|零(?=投诉|事故|发生|上访|败诉|复议|差错|纠错|发案|案件))"
)
_ALL = re.compile(r"全覆盖|全部(?!内容|过程|门类|工作)|百分之百|无一例外|应[一-龥]尽[一-龥]|悉数")
_TREND = re.compile(
    r"(?:明显|显著|大幅|持续|逐年|稳步|进一步)(下降|减少|降低|上升|增长|提高|提升)(?=[，。；]|$)"
)
_CLAUSE = re.compile(r"[^，。；！？\n]+")
_GOAL = re.compile(
    r"将|力争|实现.{0,60}目标|确保|推动|推进|努力|争取|要求|目标|着力|计划|做到|坚持|落实|加快|继续|原则|不断|持续"
)


def _backed(clause: str, word: str, sheet: FactSheet, *, planned: bool) -> bool:
    """Whether a statement or a fact's name makes this very claim; a plan makes no claim of deeds."""
    words = grams(clause)
    said = [s.text for s in sheet.statements if planned or s.kind != "计划"]
    return any(
        word in text and len(words & grams(text)) * 2 >= len(words)
        for text in (*said, *(f.name + f.note for f in sheet.facts))
    )


def _full(clause: str, referents: tuple[Referent, ...]) -> bool:
    """Whether a rate of 100% says it."""
    words = grams(clause)
    return any(
        r.measure == "%" and r.base == 1 and any(g & words for g in r.names_grams)
        for r in referents
    )


def _denied(clause: str, referents: tuple[Referent, ...]) -> Referent | None:
    """The fact of more than nothing that 未发生 denies."""
    words = grams(_NONE.sub("", clause))
    for referent in referents:
        if referent.source != "fact" or not referent.base:
            continue
        for name in referent.names_grams:
            if name and len(name & words) >= 0.8 * len(name):
                return referent
    return None


def _zero(clause: str, referents: tuple[Referent, ...]) -> bool:
    words = grams(clause)
    return any(
        r.source == "fact" and not r.base and any(name & words for name in r.names_grams)
        for r in referents
    )


def find_claims(
    text: str, sheet: FactSheet, referents: tuple[Referent, ...], contexts: Contexts
) -> Iterator[Issue]:
    """Claims without a numeral: an error where a fact denies them, a warning without backing."""
    for match in _CLAUSE.finditer(text):
        clause = match.group()
        word = _NONE.search(clause) or _ALL.search(clause) or _TREND.search(clause)
        if not word or _backed(
            clause,
            word.group(),
            sheet,
            planned=is_planned(contexts, match.start() + word.start(), sheet.period.year + 1),
        ):
            continue
        start, end = match.start() + word.start(), match.start() + word.end()
        if _NONE.match(word.group()):
            denied = _denied(clause, referents)
            if denied is not None:
                yield Issue(
                    start,
                    end,
                    "unbacked_claim",
                    "error",
                    f"此处写“{clause}”，{given(denied)}",
                    "请以数据为准，删去或改正",
                )
                continue
            if _zero(clause, referents):
                continue
        if _ALL.match(word.group()) and (_full(clause, referents) or _GOAL.search(clause)):
            continue
        if _TREND.match(word.group()):
            first, second = contexts.headings(start)
            if re.search(r"计划|打算|安排|思路|要点|下一步|下步|问题|不足", first + second):
                continue
            if word.group(1) in ("提高", "提升") or _GOAL.search(clause):
                continue
        yield Issue(
            start,
            end,
            "unbacked_claim",
            "warning",
            f"“{word.group()}”{'讲的是增减' if word.re is _TREND else '说得绝对'}，数据文件中没有依据",
            "请核对；确实如此的，请先写进数据文件",
        )
