"""Figures told by comparison: 同比增长20%, 较上年减少8件, 上年同期40件, 占39.1%.

They belong to the fact named in their clause, or to the one printed just before in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from fzwriter.check.context import Context
from fzwriter.check.equality import Printed, approx_matches, rounds_to, value_matches
from fzwriter.check.meaning import Scores
from fzwriter.check.referents import Referent, grams
from fzwriter.check.verdict import Verdict, against, should, traced, wrong, wrong_approx
from fzwriter.facts.lint_common import quoted
from fzwriter.report import Mention

_CHANGE = re.compile(
    r"(?:同比|环比|较上年|比上年|较去年|比去年|与上年|与去年|较前一年|上年同期|增长|增加|上升|提高|提升|下降|减少|降低|压减|下滑|回落|增幅|降幅|多|少)"
    r"(?:了|约|近|为|幅度|率)?[^，。；、]{0,6}$"
)
# 增至48件, 提高到97%: where it arrived, not by how much it moved.
_LEVEL = re.compile(
    r"(?:(?P<rise>增|升|提|扩|涨)|降|减|缩|回落|下滑|压)[^，。；、]{0,3}(?:至|到)[^，。；、]{0,3}$"
)
_RISE = re.compile(r"增长|增加|上升|提高|提升|扩大|增幅|多(?!次|项|个|家|名)")
_FALL = re.compile(r"下降|减少|降低|压减|下滑|回落|缩短|降幅|少")
_LAST_YEAR = re.compile(
    r"(?:上年|去年|前一年|上一年|上年度)(?:同期)?[^，。；、]{0,8}$|同期(?:的|为|是|仅)?$|由[^，。；]{0,4}$|从[^，。；]{0,4}$"
)
# 比上年的40件增加8件: what it is held against, not by how much it moved.
_HELD_AGAINST = re.compile(r"[较比与同](?:上年|去年|前一年|上一年)度?(?:同期)?的?[(（]?$")
_SHARE = re.compile(r"占(?P<of>[^，。；、]{0,24})$")
_WHOLE = re.compile(r"总数|总量|总额|全部|收案|结案|案件|比例|比重|的|数|总|比|量|了|到")
_SAID = re.compile(r"(?:上年|去年|上一年)(?!度?结转)[^，。；、较比]{0,60}$")
_ENOUGH = 0.6
_TURNED = {
    "增长": "下降", "增加": "减少", "上升": "下降", "提高": "下降", "提升": "下降", "扩大": "缩小", "多": "少",
    "下降": "上升", "减少": "增加", "降低": "提高", "压减": "增加", "下滑": "上升", "回落": "上升", "缩短": "延长", "少": "多",
    "增幅": "降幅", "降幅": "增幅",
}  # fmt: skip


def comparison(before: str) -> str:
    """What the words before a figure make of it: change, previous, share, or ""."""
    if _LEVEL.search(before):
        return ""
    against_last_year = _HELD_AGAINST.search(before)
    if (
        _CHANGE.search(before)
        and not against_last_year
        and not before.endswith(("同期", "同期为", "同期的"))
    ):
        return "change"
    if against_last_year or _LAST_YEAR.search(before):
        return "previous"
    return "share" if _SHARE.search(before) else ""


def says_last_year(before: str) -> bool:
    """Whether the clause itself speaks of last year: 去年收到."""
    return bool(_SAID.search(before)) and not re.search(
        r"[较比与]$|[较比与同](?:上年|去年)", before
    )


def names_base(before: str, share: Referent) -> bool:
    """Whether the clause names the total a share is of: 占诉讼案件的."""
    return bool(_base(before) & grams(share.parent))


def _base(before: str) -> frozenset[str]:
    share = _SHARE.search(before)
    return grams(_WHOLE.sub("", share.group("of"))) if share else frozenset()


def candidates(
    referents: Sequence[Referent],
    source: str,
    context: Context,
    scores: Scores,
    recent: tuple[str, ...],
    matching: AbstractSet[int],
) -> tuple[list[Referent], list[Referent]]:
    """The referents a comparison may be about: named in the clause, or printed just before."""
    of = _base(context.before) if source == "share" else frozenset()
    named: list[Referent] = []
    printed: list[Referent] = []
    for index in sorted(matching):
        referent = referents[index]
        if referent.source != source or (of and not of & referent.about):
            continue
        if not of and referent.far:
            continue
        if scores.named.get(index, 0.0) >= _ENOUGH:
            named.append(referent)
        elif referent.fact in recent:
            printed.append(referent)
    return _of_base(named, of), _of_base(printed, of)


def _of_base(shares: list[Referent], of: frozenset[str]) -> list[Referent]:
    """Of shares in several totals those in the one the clause names, else all of them."""
    said = [len(of & grams(share.parent)) for share in shares]
    most = max(said, default=0)
    return [share for share, words in zip(shares, said, strict=True) if words == most]


def judge(mention: Mention, printed: Printed, referents: list[Referent], before: str) -> Verdict:
    """The verdict on a comparison with the referents it may be about; an error if none fits."""
    for referent in referents:
        equal = value_matches(referent, printed)
        if not equal and not rounds_to(referent, printed):
            continue
        if verdict := turned(mention, referent, before):
            return verdict
        if equal and not approx_matches(referent, printed):
            return wrong_approx(mention, referent)
        return traced(mention, [referent], "traced" if referent.source == "previous" else "derived")
    wanted = referents[0]
    return wrong(mention, "wrong_derived", against(mention, wanted), should(wanted))


def turned(mention: Mention, referent: Referent, before: str) -> Verdict | None:
    """An error where the words say rise and the figures fall, or the other way round."""
    if level := _LEVEL.search(before):
        rise, fall = bool(level.group("rise")), not level.group("rise")
    elif referent.source == "change":
        rise, fall = bool(_RISE.search(before)), bool(_FALL.search(before))
    else:
        return None
    way = referent.direction
    if rise == fall or not way or (way > 0) == rise:
        return None
    said = level.group() if level else (_RISE if rise else _FALL).findall(before)[-1]
    true = _TURNED.get(said) or ("减少到" if rise else "增加到")
    message = (
        f"{quoted(referent.names[0])}实际比上年{'减少' if rise else '增加'}（{referent.moved}），"
        f"文中写成“{said}”"
    )
    return wrong(mention, "wrong_direction", message, f"请改为“{true}”")
