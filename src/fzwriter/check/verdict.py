"""What is said of a judged figure: where it comes from, or what is wrong and what it should be.

The clerk has never seen an id or a formula of ours: a fact is named by its name, figure and place, and
the text by its own words. Ids stay in ``Mention.sources``, formulas in ``Mention.formula``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from fzwriter.check.referents import Referent, bounds, split_unit
from fzwriter.facts.lint_common import quoted
from fzwriter.report import Issue, Mention, Status

#: What to do about a doubt.
CONFIRM = "请核对；无误的，请确认这一处"
_TIMES = ("10", "100", "1000", "1万", "10万", "100万", "1000万", "1亿")
_SCALES = {Fraction(10) ** n: times for n, times in enumerate(_TIMES, 1)}
_GIVEN = {"fact": "数据文件", "previous": "数据文件", "statement": "文字材料"}
_INSIDE = frozenset("余多来")
_BEHIND = ("以上", "以下", "以内", "之内", "左右", "上下")


class Verdict(NamedTuple):
    """A judged mention and what is wrong with it, if anything."""

    mention: Mention
    issue: Issue | None = None


def traced(mention: Mention, referents: Sequence[Referent], status: Status) -> Verdict:
    """The mention stands for these referents."""
    first = referents[0]
    ids = tuple(dict.fromkeys(r.fact if r.compared else r.id for r in referents))
    how = f"：{first.worked}" if first.worked else ""
    why = "、".join(r.told + _place(r) for r in referents) + how
    if first.source == "statement":
        why = f"文字材料{cited(first)}"
    return Verdict(mention.judged(status, why, ids, first.formula))


def wrong(mention: Mention, kind: str, message: str, suggestion: str) -> Verdict:
    """The mention is an error."""
    issue = Issue(mention.start, mention.end, kind, "error", message, suggestion)
    return Verdict(mention.judged("untraced", message), issue)


def doubt(mention: Mention, kind: str, message: str, suggestion: str) -> Verdict:
    """The mention is neither proved nor refuted."""
    issue = Issue(mention.start, mention.end, kind, "doubt", message, suggestion)
    return Verdict(mention.judged("doubtful", message), issue)


def wrong_approx(mention: Mention, referent: Referent) -> Verdict:
    """The value is right, what 余 or 约 says of it is not."""
    if not referent.approx:
        message = f"{given(referent, '是准确数')}，不应写“{mention.approx}”"
    elif mention.approx:
        message = against(mention, referent)
    else:
        message = f"{against(mention, referent)}，漏了“{referent.approx}”"
    return wrong(mention, "wrong_approx", message, should(referent))


def wrong_unit(mention: Mention, referent: Referent) -> Verdict:
    """The value is right, its measure word is not."""
    said = split_unit(mention.unit)[1]
    said = f"写成“{said}”" if said else "没有写单位"
    wanted = f"单位应为“{referent.measure}”" if referent.measure else "不带单位"
    return wrong(
        mention, "wrong_unit", f"{wanted}，文中{said}：{given(referent)}", should(referent)
    )


def wrong_scale(mention: Mention, referent: Referent, times: str) -> Verdict:
    """The value is ``times`` too large or too small."""
    message = f"{against(mention, referent)}，差了{times}倍"
    return wrong(mention, "wrong_scale", message, f"{should(referent)}，请核对位数、小数点和“万”")


def _place(referent: Referent) -> str:
    return f"（{referent.place}）" if referent.place else ""


def cited(referent: Referent) -> str:
    """A referent in a message: “收到行政复议案件48件”（第 9 行）."""
    return quoted(referent.told) + _place(referent)


def given(referent: Referent, is_: str = "是") -> str:
    """What the input has: 数据文件中是“收到行政复议案件48件”（第 9 行）."""
    source = _GIVEN.get(referent.source)
    return f"{f'{source}中' if source else '按数据计算'}{is_}{cited(referent)}"


def against(mention: Mention, referent: Referent) -> str:
    """The text beside the input: 此处写“49件”，数据文件中是“收到行政复议案件48件”（第 9 行）."""
    how = f"：{referent.worked}" if referent.worked else ""
    return f"此处写“{shown(mention)}”，{given(referent)}{how}"


def shown(mention: Mention) -> str:
    """The figure with approximation and measure word, as printed: 约213件, 500余人次, 50件以上."""
    before, after = _around(mention)
    return f"{before}{_bare(mention)}{after}"


def _around(mention: Mention) -> tuple[str, str]:
    """The words of an approximation that stand outside the numeral."""
    approx = mention.approx
    if approx in _BEHIND:
        return "", approx
    if approx[-1:] in _INSIDE and approx not in ("至多", "最多"):
        approx = approx[:-1]  # 余 is in the numeral, 近 of 近余 before it
    return approx, ""


def _bare(mention: Mention) -> str:
    unit = mention.unit
    for mark in ("%", "‰", "成", "折"):
        if unit == mark:
            unit = ""
    return (
        f"{mention.text}{unit.lstrip('万亿千百') if mention.text[-1:] in '万亿千百余多' else unit}"
    )


def should(referent: Referent) -> str:
    """The figure expected."""
    return f"应为“{referent.shown}”"


def off_by_scale(referent: Referent, mention: Mention) -> str:
    """How many times the two differ by a power of ten, 1万 for 25.63元 and 25.63万元; else ""."""
    low, high = bounds(mention)
    if high is not None or not low or not referent.base:
        return ""
    ratio = low / referent.base
    return _SCALES.get(ratio if ratio >= 1 else 1 / ratio, "")
