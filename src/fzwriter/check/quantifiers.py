"""Words for how many without a numeral: 全部, 无一, 过半, 一半, 百场, 一件."""

from __future__ import annotations

import re
from fractions import Fraction

from fzwriter.check.referents import Referent, grams
from fzwriter.check.spoken import SPOKEN, Spoken
from fzwriter.report import Issue

ALL = re.compile(
    r"""全部(?!内容|过程|门类|工作|流程) | 全都 | 悉数 | 无一例外
    | (?P<same>[件个人户所堂家条项场案起])(?P=same)(?=[一-龥])         # 件件有着落
    | 一[个家件名所人户]不[落漏少] | 全员 | 全覆盖 | 百分之百 | 应[一-龥]尽[一-龥]
    | 均(?=已|实现|按|得到|通过|成功|在|办结|化解|审结|持证|完成|整改|到位|未)
    | 都(?=已|按|得到|有) | 皆""",
    re.VERBOSE,
)
NONE = re.compile(
    r"""未发生 | 没有发生 | 未出现 | 没有出现 | 一[例起件名宗次]未发 | 无一(?!例外) | 没有一[件起例家名]
    | 零(?=投诉|事故|发生|上访|败诉|复议|差错|纠错|发案|案件|撤销|逾期|违纪) | 为零(?![一-龥])""",
    re.VERBOSE,
)
MOST = re.compile(
    r"过半|大半|大部分|绝大多数|绝大部分|大多数?|多数|(?<!前)半数以上|一多半|七八成|八九成|六七成|近乎全部"
)
HALF = re.compile(r"(?<![增加减少降了])一半(?!以上|的)")
# A power of ten by itself: 百场, 千名.
ROUND = re.compile(
    r"(?<![几数上近十一二三四五六七八九百千万\d〇零超逾过成两])(?P<power>[百千万])"
    r"(?P<unit>[场名件人户家次份])(?![一-龥]{0,2}(?:行动|工程|计划|大))"
)
# 一件 behind what it counts.
ONE = re.compile(
    r"(?<![第每同唯统单逐进一二三四五六七八九十百千万〇零])一(?P<unit>[件起名个家场次份宗例])(?=[，。；]|$|[一-龥]{2,6}$)"
)
# Numerals nobody reads for sure.
GLYPHS = re.compile(
    r"""[①-⑳⑴-⒇⁰¹²³⁴-⁹₀-₉Ⅰ-ⅻ]{2,12}(?=[件起名个家场次份人户])
    | (?<=[一-龥])[IVXLCM]{2,}(?=[件起名个家场次份人户])
    | [一二三四五六七八九〇零]{3,12}(?=[件起名家场次份人户])
    | [皕卅廿卌](?=[件起名家场次份人户])""",
    re.VERBOSE,
)
_POWERS = {"百": 100, "千": 1000, "万": 10000}
_TENTHS = {"七八成": Fraction(7, 10), "八九成": Fraction(8, 10), "六七成": Fraction(6, 10)}
_HALF = Fraction(1, 2)
# How far from a half 一半 may be.
_ABOUT = Fraction(4, 100)


def judge_all(said: Spoken) -> Issue | None:
    """全部, 均: a share that must be one."""
    if _as_large_as_told(said):
        return None
    found = said.ratio()
    if found is not None:
        return _judge_whole(said, *found)
    if _is_full(said) or said.word in ("均", "都", "皆"):
        return None
    return said.unproved() if _may_be_short(said) else said.unbacked()


def _judge_whole(said: Spoken, ratio: Fraction, referent: Referent) -> Issue | None:
    if re.search(r"未|没|无|不", said.clause) and ratio != 1:
        return said.unproved()
    if said.is_goal and not said.told and "均" not in said.word:
        return None
    return None if ratio == 1 else said.refuted(referent)


def _may_be_short(said: Spoken) -> bool:
    """Whether what is spoken of has parts in the sheet, or is a fact told as done."""
    every = said.referents.all
    parents = {r.parent_id for r in every if r.source == "fact"}
    if any(every[i].id in parents for i in said.told):
        return True
    return said.of_fact and not said.is_goal


def _as_large_as_told(said: Spoken) -> bool:
    """Whether the part the clause names is as large as what was told just before."""
    every = said.referents.all
    told = [every[i] for i in said.told[-3:]]
    named = [every[i] for i, near in said.facts.items() if near >= SPOKEN]
    return any(
        one is not other and one.base == other.base and one.measure == other.measure
        for one in told
        for other in named
    )


def _is_full(said: Spoken) -> bool:
    """Whether a rate of 100% says it."""
    every = said.referents.all
    return any(
        every[i].measure == "%" and every[i].base == 1 and near > 0.25
        for i, near in said.evidence.near.items()
    )


def judge_none(said: Spoken) -> Issue | None:
    """未发生, 无一: a fact that must be nought."""
    every, facts = said.referents.all, said.facts
    named = _named(said)
    if any(not r.base for r in named):
        return None
    if any(near >= 0.2 and not every[i].base for i, near in facts.items()):
        return None
    of_each = "无一" in said.word
    if named and not of_each:
        return said.refuted(named[0])
    counted = [
        r
        for i, r in enumerate(every)
        if r.base and r.source == "fact" and facts.get(i, 0) >= SPOKEN
    ]
    deed = said.behind[:2]
    hit = next((r for r in counted if of_each and deed and deed in r.names[0]), None)
    if hit is not None:
        return said.refuted(hit)
    return said.unproved() if said.told or counted else said.unbacked()


def _named(said: Spoken) -> list[Referent]:
    """Facts most of whose name the clause has besides the word."""
    words = grams(NONE.sub("", said.clause))
    return [
        r
        for r in said.referents.all
        if r.source == "fact"
        for name in r.names_grams
        if name and len(name & words) >= 0.6 * len(name)
    ]


def judge_most(said: Spoken) -> Issue | None:
    """过半, 七八成: a share within bounds."""
    found = said.ratio()
    if found is None:
        return said.unproved_of_fact("讲的是多少")
    ratio, referent = found
    if re.match(r"[一-龥]{0,2}[未没无不]", said.behind):
        ratio = 1 - ratio
    low = _TENTHS.get(said.word, _HALF)
    high = low + Fraction(2, 10) if low > _HALF else Fraction(1)
    return None if low < ratio <= high else said.refuted(referent)


def judge_half(said: Spoken) -> Issue | None:
    """一半: a share of about a half."""
    found = said.ratio()
    if found is None:
        return said.unproved_of_fact("讲的是多少")
    ratio, referent = found
    return None if abs(ratio - _HALF) <= _ABOUT else said.refuted(referent)


def judge_round(said: Spoken) -> Issue | None:
    """百场: a figure of three digits."""
    referent = said.counted(said.match.group("unit"))
    power = _POWERS[said.match.group("power")]
    if said.start in said.figures or referent is None or power <= referent.base < 10 * power:
        return None
    return said.refuted(referent)


def judge_one(said: Spoken) -> Issue | None:
    """一件 behind what it counts, unless it is denied: 没有发生一件."""
    if re.search(r"[未没无不](?:有|作出|发生|曾)?$", said.before):
        return None
    if re.match(r"[^，。；]{0,2}(?:也没|没|未|不)", said.behind):
        return None
    referent = said.counted(said.match.group("unit"))
    if referent is None or referent.base == 1:
        return None
    if any(start <= said.start < start + 4 for start in said.figures):
        return None
    return said.refuted(referent)


def judge_glyphs(said: Spoken) -> Issue | None:
    """⑫件, 卅件: a numeral that nobody reads for sure."""
    message = f"“{said.word}”不是通行的数字写法，无法核对"
    return Issue(said.start, said.end, "untraced", "doubt", message, "请改用阿拉伯数字")
