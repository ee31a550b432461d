"""What a clause says of a figure besides its value: its role, period, level and direction.

A ``Frame`` has closed slots, each empty where the words don't tell. It is read from the figure's own
clause and from what that inherits within the sentence; whether it agrees with a referent is for
``slots``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from fzwriter.check.context import Context, Contexts
from fzwriter.check.genre import either
from fzwriter.check.movement import read_movement
from fzwriter.check.periods import Period, read_period
from fzwriter.report import Mention

Role = Literal["given", "last", "change", "average", "total", "rest", "share", "times"]

_LAST = either("last_year")
_SPAN = r"[^，。；、：\n]"
_FROM = re.compile(rf"(?:由|从){_SPAN}{{0,6}}$")
_OVER = "月|日|天|周|季|年|人|户|家|校|村"
_AVERAGE = re.compile(
    rf"""(?P<by>{_OVER}|件|场|期|次|镇|乡|所|案|均)均                  # 月均, 校均
    | 平均(?P<each>每[一个]{{0,2}}(?:月|季度?|周|日|天|年|[一-龥]{{1,3}})|到?[一-龥]{{0,4}})?
    | (?:均?摊|折合|折|合|相当于)(?:到|下来)?(?:每?一?个?)            # 摊到每个月
      (?P<of>月|日|天|周|季度|季|年|人|户|家|校|村)
    | 每(?:一|个|一个)?                                                # 每个镇……, not told far off
      (?P<per>月|日|天|周|季度|季|人|户|家|校|村|名|件|场|期|镇|[一-龥]{{2,5}})(?=[^，。；每]{{0,8}}$)
    | 一个?(?P<one>月|季|周|天)(?=[^，。；]{{0,5}}$)
    | 均下来""",
    re.VERBOSE,
)
_TOTAL = re.compile(
    rf"""{either("total")}
    # 三项共计, 两类
    | [两二三四五六七八九2-9](?:项|类|种|条线|者|级|方面|个方面|线|块|家|支)[^，。；]{{0,6}}?
      共?(?:计|有|达|为)?$
    | 共[一-龥]{{0,4}}$ | 总[量数额][一-龥]{{0,3}}$
    | 达到?$ | 突破$ | 超过?$""",
    re.VERBOSE,
)
_REST = re.compile(rf"{either('rest')}|余(?=[^，。；]{{0,3}}$)")
_SHARE = re.compile(r"占(?!比)(?P<of>[^，。；、]{0,16})$|比重|占比|比例")
# 是上年的2.3倍, 相当于去年同期的八成
_OF_LAST = re.compile(
    rf"(?:是|为|相当于|达到?|仅为|约为|占){_SPAN}{{0,3}}(?:{_LAST}){_SPAN}{{0,4}}的?[约近]?$"
)
# The figure a movement starts from: 3406件添到3820件.
_LEAVING = re.compile(
    r"^(?:件|起|人|户|家|次|场|名|个|项|份|元|万元|%)?"
    r"(?:增|添|升|提|涨|降|减|回落|收窄|压|缩|下滑)[^，。；]{0,3}[至到]"
)
_PRONOUN = re.compile(r"前者|后者")
_APART = re.compile(either("apart"))
# 上年呢？收集143个: a short question dates what answers it.
_ASKED = re.compile(r"(?:上年|去年)[^，。；]{0,4}[？?]$")
# 是副校长的两倍: what a multiple is of
_MULTIPLE_OF = re.compile(r"(?:是|为|相当于|达)(?P<of>[^，。；、]{2,12}?)的?[约近]?$")
_TIMES = ("倍", "番")
_SHORT = 3


@dataclass(frozen=True)
class Frame:
    """The closed slots of one figure's claim.

    Attributes:
        roles: what it may be, the likeliest first: last year's, a change…; ``given`` closes them.
        way: +1 told as a rise, -1 as a fall, 0 neither.
        word: the word that says so.
        arrived: the rise or fall ends at the figure (增至), it isn't its amount.
        per: what an average is over: 月, 人, 校…; "" where it isn't told.
        of: what a share is of, as told behind 占.
        period: what the figure is told of.
        said: the words of ``period``.
        pronoun: 前者 or 后者, where that is what the clause is about.
    """

    roles: tuple[Role, ...]
    way: int = 0
    word: str = ""
    arrived: bool = False
    per: str = ""
    of: str = ""
    period: Period = ""
    said: str = ""
    pronoun: str = ""


def read_frame(mention: Mention, context: Context, contexts: Contexts, year: int) -> Frame:
    """The frame of one figure of a report on ``year``."""
    dated = re.compile(f"{year - 1}年(?:度|全年)?")
    before = dated.sub("上年", context.before)
    share = _SHARE.search(before)
    of = (share.group("of") or "") if share else ""
    if _OF_LAST.search(before):
        return Frame(("times", "given"), of=of)
    lead = _lead(mention, context, contexts, dated)
    behind = context.near.partition("＃")[2]
    period, said = read_period(lead)
    if period == "many" and said.startswith(f"{year}年"):
        period, said = "", ""
    leaving = _LEAVING.match(behind)
    if leaving and not said:
        period, said = "last", leaving.group()
    rate = _is_rate(mention)
    moved = read_movement(before, lead, mention, rate=rate)
    per = _per(before)
    times = mention.unit in _TIMES
    multiple = _MULTIPLE_OF.search(before) if times else None
    of = multiple.group("of") if multiple else of
    may_be: dict[Role, bool] = {
        "change": bool((moved.way and not moved.arrived) or _APART.search(before)),
        "last": period == "last" or bool(_FROM.search(before)),
        "average": per is not None,
        "share": rate and not times and not moved.way,
        "times": times,
        "total": bool(_TOTAL.search(before) or _TOTAL.search(behind[:4])),
        "rest": not rate and _is_left(before, context),
        "given": True,
    }
    roles = tuple(role for role, may in may_be.items() if may)
    pronoun = _pronoun(before, context)
    return Frame(roles, *moved, per or "", of, period, said, pronoun)


def _lead(mention: Mention, context: Context, contexts: Contexts, dated: re.Pattern[str]) -> str:
    """The sentence up to the figure, with the question that it answers, if that dates it."""
    if context.cell:
        return dated.sub("上年", context.before)
    start, _ = contexts.sentence_bounds(mention.start)
    lead = dated.sub("上年", contexts.text[start : mention.start])
    asked = _ASKED.search(context.above[0])
    return f"{asked.group()}{lead}" if asked else lead


def _is_rate(mention: Mention) -> bool:
    unit = mention.unit
    return unit in ("%", "‰", "成", *_TIMES) or unit.endswith("百分点") or "分之" in mention.text


def _is_left(before: str, context: Context) -> bool:
    """Whether the clause, or the one before a bare figure, tells what is left: 其余, 尚有."""
    said = before
    if len(before) <= _SHORT:
        said = f"{context.earlier[0] if context.earlier else ''}，{before}"
    return bool(_REST.search(said if before else said + context.after))


def _pronoun(before: str, context: Context) -> str:
    """Whom the clause is about: 前者 or 后者; of 比前者多 it is the other one."""
    told = _PRONOUN.search(before)
    if not told and context.earlier and not before.strip("，约近"):
        told = _PRONOUN.search(context.earlier[0])
    if not told:
        return ""
    if told.string[: told.start()].endswith(("比", "较", "跟", "超", "超过")):
        return "后者" if told.group() == "前者" else "前者"
    return told.group()


def _per(before: str) -> str | None:
    """What an average is over, "" where only 平均 stands, None where nothing does."""
    found = list(_AVERAGE.finditer(before))
    if not found:
        return None
    groups = found[-1].groupdict()
    each = (groups["each"] or "").removeprefix("每").lstrip("一个到")
    return groups["by"] or groups["of"] or groups["per"] or groups["one"] or each
