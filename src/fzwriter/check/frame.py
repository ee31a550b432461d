"""What a clause says of a figure besides its value: its role, period, level and direction.

A ``Frame`` has closed slots, each empty where the words don't tell. It is read from the figure's own
clause and from what that inherits within the sentence; whether it agrees with a fact is for ``trace``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from fzwriter.check.context import Context, Contexts
from fzwriter.report import Mention

Role = Literal["given", "last", "change", "average", "total", "rest", "share", "times"]

_SPAN = r"[^，。；、：\n]"
# Directly before a figure: which way it moved, and by how much.
_RISE = (
    r"增长|增加|上升|提高|提升|扩大|增幅|涨幅|升幅|上涨|攀升|高出|净增|净添|新添|扩容|壮大|增收|猛增|激增|增添|添|多|增|升|涨|高"
)
_FALL = r"提前|下降|减少|降低|压减|下滑|回落|缩短|降幅|减幅|下跌|递减|净减|压降|收窄|压缩|少|减|降|跌|缩|低|快|早"
_MOVED = re.compile(
    rf"(?:(?P<rise>{_RISE}|\+)|(?P<fall>{_FALL}))(?:了|为|达|幅度|幅|率|约|近|超|超过|逾|不足|不到|接近|整整|出|[一-龥]{{0,3}}(?<![至到于])(?<!上年)(?<!去年)(?<!同期))?\s?$"
)
_NO_MOVE = re.compile(r"至少|最少|不少于|不低于|减少?至|新增$|增设$|增配$|最多|不多于|不高于|较多|多达|高达|低至|最高|增收节支$")
_ARRIVED = re.compile(rf"(?:(?P<rise>增|升|提|扩|涨|多|壮大|冲|加|添)|(?P<fall>降|减|缩|回落|下滑|压|跌|收窄))[^，。；、]{{0,3}}?(?:至|到)了?[^，。；、]{{0,3}}$")
_LAST = r"(?:上年|去年|上一年|前一年|上年度|上一年度|上年同期|去年同期|同期)"
_FROM = re.compile(rf"(?:由|从){_SPAN}{{0,6}}$")
_AGAINST = re.compile(rf"(?:较|比|与|同|跟|和|对照|相比|超过|高于|低于|相较|较之){_SPAN}{{0,3}}{_LAST}")
_LAST_HERE = re.compile(_LAST)
_LAST_ONLY = re.compile(rf"{_LAST}(?!度?结转)")
_THIS = re.compile(r"今年|本年|当年|全年|年内|这一年|报告期|如今|现在|目前")
_SAME_AS = re.compile(r"持平|相同|一样|不变")
_AVERAGE = re.compile(
    r"(?P<by>月|日|天|周|季|年|人|户|家|校|村|件|场|期|次|镇|乡|所|案|均)均|平均(?P<each>每[一个]{0,2}(?:月|季度?|周|日|天|年|[一-龥]{1,3})|到?[一-龥]{0,4})?|"
    r"(?:均?摊|折合|折|合|相当于)(?:到|下来)?(?:每?一?个?)(?P<of>月|日|天|周|季度|季|年|人|户|家|校|村)|每(?:一|个|一个)?(?P<per>月|日|天|周|季度|季|人|户|家|校|村|名|件|场|期|镇|[一-龥]{2,5})(?=[^，。；每]{0,8}$)|一个?(?P<one>月|季|周|天)(?=[^，。；]{0,5}$)|均下来"
)
_TOTAL = re.compile(r"合计|总计|一共|总共|合起来|加起来|相加|加总|累计|共计|之和|加在一起|两者|三者|一并计算|(?:[两二三四五六七八九2-9](?:项|类|种|条线|者|级|方面|个方面|线|块|家|支)[^，。；]{0,6}?共?(?:计|有|达|为)?$)|共[一-龥]{0,4}$|总[量数额][一-龥]{0,3}$|达到?$|突破$|超过?$")
_REST = re.compile(
    r"其余|余下|其他|其它|剩余|剩下|剩|尚有|尚余|尚待|尚未|还有|还差|还剩|另有|仍有|仅余|只余|手里|手上|除此|之外|以外|扣除|扣掉|除去|剔除|没谈|没成|余(?=[^，。；]{0,3}$)|净"
)
REST_WEAK = re.compile(r"未|没|缺|差|挡|不")
_SHARE = re.compile(r"占(?P<of>[^，。；、]{0,16})$|比重|占比|比例")
_OF_WHICH = re.compile(r"(?:的|中|里|之中)(?:[有约近仅只]|超过|不足|不到|将近|接近)*$")
_PART_PERIOD = re.compile(r"截至[^，。；]{0,7}?(?<![0-9])(?:[1-9]|1[01])月|上半年|下半年|[一二三四]季度|第[一二三四]季度|前[一二三四五六七八九十]+个?月|前[0-9]+个?月|前三季度|(?<![0-9年])(?:[1-9]|1[0-2])月份|[0-9一二三四五六七八九十]+月当月")
_MANY_YEARS = re.compile(r"近[两二三四五六七八九十0-9]+年|[两二三四五六七八九十0-9]+年(?:来|间)|历年|本届[^，。；]{0,6}以来|(?:以来|成立以来|任期以来)|[0-9]{4}年以来|自?[0-9]{4}年(?:起|至今)|“?十[三四五]五”?(?:以来|期间)|(?:两|三|五)年累计|建[局所院]以来")
_OWN_SINCE = re.compile(r"(?:今年|年初|入冬|入夏|开年|活动开展|行动开展|专项行动)[^，。；]{0,8}以来")
_WHOLE_YEAR = re.compile(r"全年|年内|一年来|这一年|截至年底|至年底|年末|年终|12月底")
NEXT = re.compile(r"明年|来年|下一年|下一年度|下年度|次年|下一步|下步|新的一年|计划|拟|力争|争取|将(?![^，。；]{0,8}(?:纳入|列入|作为|列为|与|同))|打算|预计|目标")
_OF_LAST = re.compile(rf"(?:是|为|相当于|达到?|仅为|约为|占){_SPAN}{{0,3}}{_LAST}{_SPAN}{{0,4}}的?[约近]?$")
# The figure a movement starts from: 3406件添到3820件.
_LEAVING = re.compile(r"^(?:件|起|人|户|家|次|场|名|个|项|份|元|万元|%)?(?:增|添|升|提|涨|降|减|回落|收窄|压|缩|下滑)[^，。；]{0,3}[至到]")
_PRONOUN = re.compile(r"前者|后者")
_APART = re.compile(r"相差|差距|差额|差了|之差|增减|变化|变动")
# 上年呢？收集143个: a short question dates what answers it.
_ASKED = re.compile(r"(?:上年|去年)[^，。；]{0,4}[？?]$")
_ONLY_MOVED = re.compile(r"^\s*[-—•·]?\s*(?:[只仅又还均各]|同比|上年)?(?:(?P<rise>多|增|升|涨)|(?P<fall>少|减|降|跌))(?:了|约|近|超)?\s?$")
_DONE = re.compile(r"已经?|完成了?|建成|顺利|如期|圆满|落地|到位|实现了|取得了|拿下")


@dataclass(frozen=True)
class Frame:
    """The closed slots of one figure's claim.

    Attributes:
        roles: what it may be, the likeliest first: given, last, change…
        way: +1 told as a rise, -1 as a fall, 0 neither.
        word: the word that says so.
        arrived: the rise or fall ends at the figure (增至), it isn't its amount.
        per: what an average is over: 月, 人, 校…; "" where it isn't told.
        of: what a share is of, as told behind 占.
        period: "" this year, ``part``, ``many``, ``last`` or ``next``.
        said: the words of ``period``.
        pronoun: 前者 or 后者, where that is what the clause is about.
        net: the change is between what came in and what went out (净增).
    """

    roles: tuple[Role, ...]
    way: int = 0
    word: str = ""
    arrived: bool = False
    per: str = ""
    of: str = ""
    period: str = ""
    said: str = ""
    pronoun: str = ""
    net: bool = False


def read_frame(mention: Mention, context: Context, contexts: Contexts, year: int) -> Frame:
    """The frame of one figure of a report on ``year``."""
    start, _ = contexts.sentence_bounds(mention.start)
    last_year = re.compile(f"{year - 1}年(?:度|全年)?")
    before = last_year.sub("上年", context.before)
    lead = last_year.sub("上年", contexts.text[start : mention.start])
    if context.cell:
        lead = before
    elif asked := _ASKED.search(context.above[0]):
        lead = f"{asked.group()}{lead}"
    rate = mention.unit in ("%", "‰", "成", "倍", "番") or mention.unit.endswith("百分点") or "分之" in mention.text
    period, phrase = _period(lead)
    leaving = _LEAVING.match(context.near.partition("＃")[2])
    if leaving and not phrase:
        period, phrase = "last", leaving.group()
    roles: list[Role] = []
    way, word, arrived = _movement(before, lead, mention, rate=rate)
    if (way and not arrived) or _APART.search(before):
        roles.append("change")
    if period == "last" or _FROM.search(before):
        roles.append("last")
    per = _per(before, lead, context)
    if per is not None:
        roles.append("average")
    share = _SHARE.search(before)
    of = (share.groupdict().get("of") or "") if share else ""
    if rate and mention.unit not in ("倍", "番") and not way:
        roles.append("share")
    if mention.unit in ("倍", "番"):
        roles.append("times")
    if _TOTAL.search(before) or _TOTAL.search(context.near.partition("＃")[2][:4]):
        roles.append("total")
    said = before if len(before) > 3 else f"{context.earlier[0] if context.earlier else ''}，{before}"
    if not rate and _REST.search(said + context.after[: 0 if before else 12]):
        roles.append("rest")
    if _OF_LAST.search(before):
        return Frame(("times", "given"), of=of)
    told = _PRONOUN.search(before) or (context.earlier and not before.strip("，约近") and _PRONOUN.search(context.earlier[0]))
    pronoun = told.group() if told else ""
    if told and told.string[: told.start()].endswith(("比", "较", "跟", "超", "超过")):
        pronoun = "后者" if pronoun == "前者" else "前者"
    return Frame(
        (*roles, "given"), way, word, arrived, per or "", of, period, phrase, pronoun, "净" in before[-4:]
    )


def _movement(before: str, lead: str, mention: Mention, *, rate: bool) -> tuple[int, str, bool]:
    """Which way the words right before the figure say it moved, the word, and whether it ends there."""
    tail = before[-14:]
    arrived = _ARRIVED.search(tail)
    if arrived:
        return (1 if arrived.group("rise") else -1), arrived.group(), True
    if isinstance(mention.value, Decimal) and mention.value < 0 and not re.search(_RISE, tail):
        return -1, "-", False
    if _NO_MOVE.search(tail[-5:]):
        return 0, "", False
    moved = _MOVED.search(tail)
    if not moved:
        return 0, "", False
    word = moved.group("rise") or moved.group("fall")
    if tail.rstrip().endswith("+"):
        return 1, "+", False
    if _ONLY_MOVED.match(re.split("[：:]", before)[-1]):
        return (1 if moved.group("rise") else -1), word, False
    if len(word) == 1 and not rate and not re.search(rf"{_LAST}|者|[较比]|净|同比|上年|由|从", lead):
        return 0, "", False
    return (1 if moved.group("rise") else -1), word, False


def _period(lead: str) -> tuple[str, str]:
    """The period the sentence has reached at its end, and the words that say so.

    The last marker counts; 较上年 and the like date only the figure right behind them.
    """
    found: list[tuple[int, str, str]] = []
    for pattern, name in ((_PART_PERIOD, "part"), (_MANY_YEARS, "many"), (_WHOLE_YEAR, ""), (_THIS, ""), (NEXT, "next")):
        found += [(m.start(), name, m.group()) for m in pattern.finditer(lead)]
    own = [m.span() for m in _OWN_SINCE.finditer(lead)]
    against = [m.span() for m in _AGAINST.finditer(lead)]
    for match in _LAST_ONLY.finditer(lead):
        if re.search(rf"(?:{_RISE}|{_FALL}|加|收窄|回落)[^，。；]{{0,3}}[至到][^，。；]*$|[0-9一二三四五六七八九十百].*[至到]了?[约近超]?$", lead[match.end() :]):
            continue
        inside = next((span for span in against if span[0] <= match.start() < span[1]), None)
        if inside is None:
            if "，" not in lead[match.end() :] or not lead[: match.start()].strip():
                found.append((match.start(), "last", match.group()))
        elif not re.search(rf"{_RISE}|{_FALL}|[0-9，]|相比", lead[match.end() :]):
            found.append((match.start(), "last", match.group()))
    found = [f for f in found if not any(a <= f[0] < b for a, b in own)]
    if not found:
        return "", ""
    _, name, said = max(found)
    return name, said


def _per(before: str, lead: str, context: Context) -> str | None:
    """What an average is over, "" where only 平均 stands, None where nothing does."""
    del lead, context
    clause = before
    found = None
    for found in _AVERAGE.finditer(clause):
        pass
    if found is None:
        return None
    groups = found.groupdict()
    each = (groups.get("each") or "").removeprefix("每").lstrip("一个到")
    return groups.get("by") or groups.get("of") or groups.get("per") or groups.get("one") or each or ""
