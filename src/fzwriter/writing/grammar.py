"""The grammar of figures: names and slots joined into clauses and sentences a clerk would write.

收到行政复议案件[[f04]]，办结[[f05]]，其中维持[[f08]]、撤销[[f11]]: a total, the steps it went through,
and the kinds it falls into. Rates take 为, stocks take 目前, everything else stands name before figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fzwriter.facts import Derived, Fact

# What a total goes through rather than falls into: no 其中 before it.
_STEPS = re.compile(
    r"^(?:已|成功|顺利)?(?:受理|办结|审结|结案|调解成功|调处成功|成功|化解|采纳|整改|通过|破获|破案|完成|办理完毕|开庭|立案|合格|答复|回复)"
    r"|(?:成功|办结|审结|整改到位|采纳|化解)$"
)
_RATE = re.compile(r"(?:率|比例|比重|占比|满意度|知晓度|指数|得分|均值|面)$")
_STOCK = re.compile(
    r"^(?:在册|在矫|在管|现有|现存|持证|在岗|登记在册|列管|建有|共有|拥有|实有|重点)"
)
_VERBS = re.compile(
    r"^(?:为|对|向|与|从|给|在|将|把|依法|累计|共|联合|会同|新|再|先后|组织|指导|督促|推动|协助|参与|主动|"
    r"收到|接收|受理|办理|办结|审结|审理|审查|审核|起草|制定|印发|出台|修订|备案|清理|废止|评查|抽查|检查|巡查|排查|摸排|"
    r"督办|整改|下发|发出|发放|发布|发送|开展|召开|举办|举行|培训|参加|调解|调处|化解|解除|解决|教育|提供|接待|接听|解答|挽回|减免|"
    r"聘请|聘任|配备|选聘|培育|培养|建成|建立|建设|打造|命名|拍摄|制作|编发|编印|报送|报备|采纳|提出|出具|查处|立案|处罚|移送|追讨|追回|"
    r"征集|公开|答复|回复|承办|代理|指派|走访|慰问|服务|惠及|覆盖|完成|实施|落实|纳入|推送|录用|刊发|投入|拨付|发动|动员|"
    r"刊播|张贴|悬挂|播放|讲授|宣讲|学习|集中|专题|安置|帮扶|帮教|衔接|登记|新增|注销|核发|颁发|考核|考试|约谈|通报|责令|撤销|变更|维持|驳回|终止)"
)
_REPEATABLE = (
    "开展",
    "召开",
    "举办",
    "组织",
    "审查",
    "审核",
    "实地督导",
    "培训",
    "发放",
    "发布",
    "办理",
    "评查",
    "抽查",
    "检查",
    "受理",
    "查处",
    "建成",
    "印发",
    "制定",
    "备案",
    "修订",
    "提供",
    "接待",
    "排查",
    "调解",
    "走访",
    "聘请",
    "编发",
    "制作",
)

_DENIALS = re.compile(r"未发生([^，。]+)。(?:全年|一年来|[0-9]{4}年)?未发生([^，。]+)。")
_ENOUGH_FOR_RATE = 10  # below it a percentage says less than the difference
_HAPPENING = re.compile(
    r"^(?:发生|出现)?((?!.*(?:受理|办理|收到|办结|审结))[^，。]{2,16}(?:案件|事故|事件|上访|诉讼|复议|应诉|舆情|纠纷|现象|问题|行为))$"
)

# 完成述法的负责人70余名 says who did something: 70余名负责人完成述法. 督促整改的单位14家 doesn't.
_WHO = re.compile(
    r"^((?:完成|参加|参与|获得|获评|荣获|通过|取得|接受|达到|入选|组建|设立|建立|配备|实现|落实)[^的]{2,24})的([^的]{2,14})$"
)
_TAKEN = re.compile(
    r"^(组织|选派|动员|安排)((?:参加|参与|旁听|观看|接受)[^的]{2,24})的([^的]{2,14})$"
)
_WHO_UNITS = frozenset({"名", "人", "家", "个", "户", "所", "位", "个单位"})


# How statements of measures begin; an adverbial (坚持……，) may stand before any of these.
_MEASURE = re.compile(
    r"^(?:加强|严格|深化|健全|强化|推进|推动|落实|完善|探索|认真|扎实|持续|深入|全面|大力|积极|切实|充分|有效|进一步|综合|印发|出台|制定|建立|修订|重新|高标准|"
    r"专项|拓展|创新|优化|规范|提升|提高|压实|抓好|抓实|抓紧|做好|做实|做优|发挥|运用|统筹|推行|会同|联合|先后|定期|主动|不断|常态化|分级|分类|"
    r"选派|邀请|打造|搭建|畅通|清理|梳理|排查|整治|聘请|组建|成立|设立|引导|支持|选优|配齐|配强|严把|紧盯|狠抓|牵头|编制|编印|升级|改造)"
)


@dataclass(frozen=True)
class Figures:
    """A phrase that carries figures.

    Attributes:
        text: with slots, without end mark.
        names: the names in it, for weaving it between statements.
        count: how many figures it holds.
        flow: it tells what was done in the year, so that 全年 may stand before it.
    """

    text: str
    names: str
    count: int
    flow: bool


def slot(id_: str) -> str:
    """The slot of an id."""
    return f"[[{id_}]]"


def clause(fact: Fact | Derived) -> str:
    """Name and figure: 收到行政复议案件[[f04]]; 败诉率为[[d1]]; [[f01]]单位主要负责人完成专题述法."""
    if (match := _WHO.match(fact.name)) and getattr(fact, "unit", "") == "人次":
        return f"{match.group(2)}{slot(fact.id)}{match.group(1)}"
    if getattr(fact, "unit", "") in _WHO_UNITS:
        if match:
            return f"{slot(fact.id)}{match.group(2)}{match.group(1)}"
        if match := _TAKEN.match(fact.name):
            return f"{match.group(1)}{slot(fact.id)}{match.group(3)}{match.group(2)}"
    return f"{fact.name}{_joint(fact)}{slot(fact.id)}"


def _joint(fact: Fact | Derived) -> str:
    """What stands between a rate and its figure: 为22%, 达98%以上; nothing before 超97%."""
    if not _RATE.search(fact.name):
        return ""
    approx = getattr(fact, "approx", "")
    if approx in ("以上", "左右", "上下"):
        return "达"
    return "" if approx and approx not in ("约", "大约", "余", "多") else "为"


def compared(fact: Fact) -> str:
    """The fact against last year: 同比增长[[f04.rate]], 较上年减少[[f04.change]], 与上年持平; or ""."""
    if fact.previous is None or fact.approx:
        return ""
    if fact.value == fact.previous:
        return "与上年持平"
    up = fact.value > fact.previous
    if fact.unit in ("%", "％"):
        return f"较上年{'提高' if up else '下降'}{slot(fact.id + '.change')}"
    if fact.previous >= _ENOUGH_FOR_RATE:
        return f"同比{'增长' if up else '下降'}{slot(fact.id + '.rate')}"
    return f"较上年{'增加' if up else '减少'}{slot(fact.id + '.change')}"


def nothing(fact: Fact) -> str:
    """What did not happen, without 未发生: 行政复议案件 for a fact of 0件; "" where 0 must be printed."""
    match = _HAPPENING.match(fact.name) if fact.value == 0 and not fact.approx else None
    return match.group(1) if match else ""


def unfound(fact: Fact) -> str:
    """The same for what was looked for: 涉黑涉恶线索 for 摸排发现涉黑涉恶线索0条."""
    match = re.match(r"^(?:摸排|排查|检查|巡查)?发现([^，。]{2,16})$", fact.name)
    return match.group(1) if match and fact.value == 0 and not fact.approx else ""


def is_flow(name: str) -> bool:
    """Whether a name tells of a deed of the year, not of a stock or a rate."""
    return bool(_VERBS.match(name)) and not _STOCK.match(name) and not _RATE.search(name)


def is_verbal(text: str) -> bool:
    """Whether a text begins with a verb, so that an adverbial may stand before it."""
    return bool(_VERBS.match(text) or _MEASURE.match(text))


def _is_step(name: str) -> bool:
    return bool(_STEPS.search(name)) and not re.search(r"[未不无]", name)


class Grammar:
    """Makes phrases out of the facts of one sub-section."""

    def __init__(self, facts: Sequence[Fact], derived: Sequence[Derived]) -> None:
        self._facts = list(facts)
        ids = {fact.id for fact in facts}
        self._parts: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.parts_of in ids:
                self._parts.setdefault(fact.parts_of, []).append(fact)
        self._roots = [fact for fact in facts if fact.parts_of not in ids]
        self._derived = list(derived)
        self._told: set[str] = set()

    def phrases(self) -> list[Figures]:
        """One phrase for each total with all below it, in the sheet's order."""
        result: list[Figures] = []
        for group in self._alike():
            result += self._told_together(group) if len(group) > 1 else [self._tree(group[0])]
        for derived in self._derived:
            if derived.id not in self._told:
                result.append(Figures(clause(derived), derived.name, 1, flow=False))
        return result

    def _alike(self) -> list[list[Fact]]:
        """Roots in order, neighbouring rates of one value in a group."""
        groups: list[list[Fact]] = []
        for root in self._roots:
            last = groups[-1][-1] if groups else None
            if last is not None and self._are_alike(last, root):
                groups[-1].append(root)
            else:
                groups.append([root])
        return groups

    def _are_alike(self, one: Fact, other: Fact) -> bool:
        if self._parts.get(one.id) or self._parts.get(other.id) or compared(one) or compared(other):
            return False
        if nothing(one) and nothing(other):
            return True
        rates = bool(_RATE.search(one.name) and _RATE.search(other.name))
        return rates and (one.value, one.unit, one.approx) == (
            other.value,
            other.unit,
            other.approx,
        )

    def _told_together(self, group: list[Fact]) -> list[Figures]:
        if nothing(group[0]):
            names = [nothing(fact) for fact in group]
            return [
                Figures(f"未发生{_without_shared_end(names)}", "".join(names), len(group), True)
            ]
        return merge_rates(group)

    def _tree(self, root: Fact) -> Figures:
        inside = self._below(root)
        text = self._tell(root)
        rates = [d for d in self._derived if d.id not in self._told and self._belongs(d, inside)]
        for derived in rates:
            self._told.add(derived.id)
            text = f"{text}，{clause(derived)}"
        names = "".join(self._name(id_) for id_ in inside)
        return Figures(text, names, len(inside) + len(rates), is_flow(root.name))

    def _name(self, id_: str) -> str:
        return next(fact.name for fact in self._facts if fact.id == id_)

    def _below(self, fact: Fact) -> list[str]:
        return [fact.id, *(i for part in self._parts.get(fact.id, ()) for i in self._below(part))]

    def _belongs(self, derived: Derived, inside: Iterable[str]) -> bool:
        used = re.findall(r"[A-Za-z_]\w*", derived.formula)
        return bool(used) and used[0] in set(inside)

    def _tell(self, fact: Fact) -> str:
        """A fact, the kinds it falls into after 其中, then the steps it went through."""
        parts = self._parts.get(fact.id, [])
        steps = [p for p in parts if self._parts.get(p.id) or _is_step(p.name) or _whole(p, fact)]
        kinds = [p for p in parts if p not in steps]
        text = clause(fact)
        if nothing(fact) and not parts and not fact.parts_of:
            return f"未发生{nothing(fact)}"
        if unfound(fact) and not parts:
            return f"未发现{unfound(fact)}"
        if against := compared(fact):
            text = f"{text}，{against}"
        if kinds:
            text = f"{text}，其中{_listed([clause(kind) for kind in kinds])}"
        for step in steps:
            text = f"{text}{'；' if kinds and self._parts.get(step.id) else '，'}{self._tell(step)}"
        return text


def _without_shared_end(names: Sequence[str]) -> str:
    """行政复议案件、行政应诉案件 → 行政复议、行政应诉案件."""
    for end in ("案件", "事故", "事件", "问题"):
        if all(name.endswith(end) and len(name) > len(end) + 1 for name in names):
            return "、".join(name.removesuffix(end) for name in names) + end
    return "、".join(names)


def _whole(part: Fact, total: Fact) -> bool:
    """A part as large as its total is no 其中: 开庭3件，负责人出庭3件."""
    return part.value == total.value and part.unit == total.unit


def _shared_verb(first: str, second: str) -> str:
    """The verb two clauses begin with, if it may be said once: 开展…3次、…1次."""
    if "，" in first + second:
        return ""
    for verb in _REPEATABLE:
        rest = second.removeprefix(verb)
        if first.startswith(verb) and len(verb) + 2 < len(second) and not is_verbal(rest):
            return verb if rest != second else ""
    return ""


def _listed(clauses: Sequence[str]) -> str:
    """Clauses in a list; a verb they share is said once."""
    result = list(clauses[:1])
    for before, text in zip(clauses, clauses[1:], strict=False):
        result.append(text.removeprefix(_shared_verb(before, text)))
    return "、".join(result)


def merge_denials(text: str) -> str:
    """Two denials in a row as one: 未发生甲。未发生乙。 becomes 未发生甲、乙。."""
    while True:
        merged = _DENIALS.sub(r"未发生\1、\2。", text)
        if merged == text:
            return text
        text = merged


def sentences(phrases: Sequence[Figures], most: int = 4) -> list[Figures]:
    """Join small neighbouring phrases into sentences of at most ``most`` figures.

    A verb that neighbours share is said once; rates of one and the same value are told together
    (报备率、规范率均为100%).
    """
    result: list[Figures] = []
    before = ""
    for phrase in phrases:
        last = result[-1] if result else None
        if last and last.count + phrase.count <= most and _joins(last, phrase):
            verb = _shared_verb(before, phrase.text) if phrase.count == 1 else ""
            joint = "、" if verb else "，"
            result[-1] = Figures(
                f"{last.text}{joint}{phrase.text.removeprefix(verb)}",
                last.names + phrase.names,
                last.count + phrase.count,
                last.flow,
            )
        else:
            result.append(phrase)
        before = phrase.text
    return result


def _joins(last: Figures, phrase: Figures) -> bool:
    """Whether a phrase may go on in the sentence before: deeds with deeds, a rate with anything."""
    return last.flow == phrase.flow or (phrase.count == 1 and bool(_RATE.search(phrase.names)))


def merge_rates(facts: Sequence[Fact]) -> list[Figures]:
    """Rates without parts that share a value, told together: 报备率、规范率、及时率均为[[f07]]."""
    names = [fact.name for fact in facts]
    text = f"{'、'.join(names)}均为{slot(facts[0].id)}"
    return [Figures(text, "".join(names), len(facts), flow=False)]
