"""Errors in the words at a figure: measure word, approximation, year, direction, subject, inventions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from fzwriter.evaluation.allowed import pairs
from fzwriter.evaluation.sites import Ground, Mutant
from fzwriter.facts import Derived, load_catalogue

MEASURES = {
    "件": "人", "起": "人次", "宗": "家", "人": "件", "名": "件", "位": "场", "家": "人", "户": "人", "人次": "场次",
    "场次": "人次", "场": "份", "次": "家", "期": "人次", "份": "场", "册": "条", "条": "份", "篇": "家", "项": "人", "个": "人次",
    "处": "人", "元": "件", "本": "场", "部": "次", "支": "名", "辆": "家", "批": "家", "件次": "人", "批次": "件", "所": "名",
}  # fmt: skip
SUBJECTS = (
    ("行政机关负责人", "行政执法人员"),
    ("主要负责人", "工作人员"),
    ("行政执法人员", "人民调解员"),
    ("执法人员", "调解员"),
    ("人民调解员", "行政执法人员"),
    ("法律明白人", "村居法律顾问"),
    ("法律顾问", "法律明白人"),
    ("公职律师", "人民监督员"),
    ("社区矫正对象", "安置帮教对象"),
    ("矫正对象", "刑满释放人员"),
    ("安置帮教对象", "社区矫正对象"),
    ("帮教对象", "未成年人"),
    ("法治副校长", "人民陪审员"),
    ("农民工", "退役军人"),
    ("劳动者", "用人单位"),
    ("用人单位", "劳动者"),
    ("领导干部", "律师"),
    ("国家工作人员", "公证员"),
    ("民警", "网格员"),
    ("教师", "学生"),
    ("学生", "教师"),
    ("未成年人", "老年人"),
    ("企业", "残疾人"),
)
INVENTED = (
    ("化解信访积案", "件"), ("召开专题会议", "次"), ("服务企业", "家"), ("开展督导检查", "轮次"), ("参训人员", "人次"),
    ("满意率达", "%"), ("追回欠款", "万元"), ("新建法治文化阵地", "处"), ("走访群众", "户"), ("制作短视频", "条"), ("其中涉企", "件"),
    ("悬挂横幅", "条"), ("覆盖率达", "%"), ("选派业务骨干", "名"), ("发放倡议书", "万份"), ("培育示范点", "个"), ("答复提案", "件"),
)  # fmt: skip
DONE = (
    "办结",
    "审结",
    "采纳",
    "整改",
    "报备",
    "备案",
    "审查",
    "完成",
    "受理",
    "通过",
    "维持",
    "调解成功",
    "化解",
    "结案",
)
UP, DOWN = ("增长", "上升", "增加", "提高"), ("下降", "下降", "减少", "降低")
_CHANGE = re.compile("|".join((*UP, *DOWN)))
_OWN = re.compile(r"(?:^|[。\n）、]|截至|关于)$")
_PLAN = re.compile(
    r"将|拟|计划|打算|安排|要点|思路|目标|力争|下一步|下步|来年|明年|推进|持续|进一步|《"
)
_BLANKS = ("××", "XX", "【待补充】", "____")


def unit(ground: Ground) -> Iterator[Mutant]:
    """The measure word exchanged for one the fact doesn't allow."""
    catalogue = load_catalogue()
    for site in ground.sites:
        other = MEASURES.get(site.measure)
        if other is None or site.measure_at == site.mention.end and not site.measure:
            continue
        allowed = {u for fact in site.facts for unit in (fact.unit, *fact.units)
                   for u in catalogue.unit_family(unit)}  # fmt: skip
        if other in allowed or not site.facts:
            continue
        if ground.allowed.holds(site.value_of(site.digits), other, site.sentence):
            continue
        after = site.measure_at + len(site.measure)
        if ground.text[after : after + 1] in "次份数员":
            continue
        mutant = ground.planted("unit", site.measure_at, after, other)
        yield ground.wide(mutant, site.mention.start, after)


def approx(ground: Ground) -> Iterator[Mutant]:
    """余 dropped or turned into 近; 余, 近, 约 beside an exact figure."""
    for site in ground.sites:
        mention, facts = site.mention, site.facts
        # A rate worked out may be rounded with 近 or 约.
        rate = mention.status == "derived" and site.measure == "%"
        if not facts or mention.base_value == 0 or rate:
            continue
        given = facts[0].approx
        if given in ("余", "多") and "余" in mention.text:
            bare = mention.text.replace("余", "")
            yield ground.figure("approx", site, bare)
            yield ground.figure("approx", site, "近" + bare)
        elif not given and not mention.approx and mention.text[0].isdigit():
            word = ground.random.choice("余近约")
            if word != "余":
                yield ground.figure("approx", site, word + mention.text)
            elif site.measure != "%":
                yield ground.figure("approx", site, mention.text + "余")


def invented(ground: Ground) -> Iterator[Mutant]:
    """A clause with a figure no input holds, set behind a right one."""
    random = ground.random
    for site in ground.sites:
        stop = next(
            (i for i in range(site.end, len(ground.text)) if ground.text[i] in "，。；\n"), -1
        )
        if stop < 0 or stop - site.end > 12 or site.sentence.count("《"):
            continue
        name, measure = random.choice(INVENTED)
        scaled = measure.removeprefix("万")
        number = (
            f"{random.randint(61, 98)}.{random.randint(1, 9)}"
            if scaled == "%" or scaled != measure
            else str(random.choice((random.randint(2, 99), random.randint(100, 4000))))
        )
        worth = Fraction(1, 100) if scaled == "%" else Fraction(10000 if scaled != measure else 1)
        if ground.allowed.knows(Fraction(Decimal(number)) * worth, scaled):
            continue
        clause = f"，{name}{number}{measure}"
        mutant = ground.planted("invented", stop, stop, clause, clause[1:])
        at = stop + 1 + len(name)
        yield Mutant("invented", mutant.text, ((at, stop + len(clause)),), mutant.note)


def borrowed(ground: Ground) -> Iterator[Mutant]:
    """A matter no input holds, with a figure the input gives for something else."""
    names = pairs(ground.own_words)
    matters = [m for m in INVENTED if not pairs(m[0]) & names and m[1] != "%"]
    for site in ground.sites:
        if ground.text[site.end : site.end + 1] not in "，。；" or not site.given:
            continue
        for name, measure in matters:
            if measure == site.measure:
                continue
            other = next(
                (f for f in ground.sheet.facts if f.unit == measure and not f.approx), None
            )
            if other is None:
                continue
            clause = f"，{name}{plain_figure(other.value)}{measure}"
            mutant = ground.planted("borrowed", site.end, site.end, clause, clause[1:])
            at = site.end + 1 + len(name)
            yield Mutant("borrowed", mutant.text, ((at, site.end + len(clause)),), mutant.note)
            break


def plain_figure(value: Decimal) -> str:
    """A value as digits."""
    return f"{value:f}"


def year(ground: Ground) -> Iterator[Mutant]:
    """Last year or next year where the report tells of its own time."""
    own = ground.sheet.period.year
    for mention in ground.report.mentions:
        if mention.kind != "date" or not mention.text.startswith(str(own)):
            continue
        before = ground.text[max(0, mention.start - 3) : mention.start]
        title = mention.start < 60 and "。" not in ground.text[: mention.end]
        sentence = ground.around(mention.start, mention.end)
        if not (title or (_OWN.search(before) and not _PLAN.search(sentence))):
            continue
        for other in (own - 1, own + 1):
            if any(str(other) in s.text for s in ground.sheet.statements) and not title:
                continue
            if title and str(own) not in ground.text[: mention.end]:
                continue
            yield ground.planted("year", mention.start, mention.start + 4, str(other))


def direction(ground: Ground) -> Iterator[Mutant]:
    """同比增长 ↔ 同比下降."""
    turned = dict(zip((*UP, *DOWN), ("下降", "下降", "减少", "降低", "增长", "增长", "增加", "提高"), strict=True))  # fmt: skip
    for site in ground.sites:
        clause = ground.text[site.clause_start : site.mention.start]
        changes = list(_CHANGE.finditer(clause))
        if not changes or not any(f.previous not in (None, f.value) for f in site.facts):
            continue
        at = site.clause_start + changes[-1].start()
        word = changes[-1].group()
        mutant = ground.planted("direction", at, at + len(word), turned[word])
        yield ground.wide(mutant, at, site.mention.end)


def subject(ground: Ground) -> Iterator[Mutant]:
    """Another subject beside a right figure."""
    for site in ground.sites:
        clause = ground.text[site.clause_start : site.mention.start]
        for old, new in SUBJECTS:
            named = any(old in name for name in site.named)
            if not named or clause.count(old) != 1 or new in "，".join(site.named):
                continue
            aliases = [a for g in site.given if not isinstance(g, Derived) for a in g.aliases]
            rest = ground.text[site.clause_start : site.clause_start + 80]
            if any(old not in alias for alias in aliases) or new in rest:
                continue
            at = site.clause_start + clause.index(old)
            mutant = ground.planted("subject", at, at + len(old), new)
            yield ground.wide(mutant, at, site.mention.end)
            break


def negation(ground: Ground) -> Iterator[Mutant]:
    """未 before what a figure counts: 未办结23件 for 办结23件."""
    for site in ground.sites:
        clause = ground.text[site.clause_start : site.mention.start]
        name = next((f.name for f in site.facts if f.name in clause), "")
        if not name.startswith(DONE) or any("未" in fact.name for fact in ground.sheet.facts):
            continue
        at = site.clause_start + clause.rindex(name)
        mutant = ground.planted("negation", at, at, "未", f"未{name}")
        yield ground.wide(mutant, at, site.mention.end)


def placeholder(ground: Ground) -> Iterator[Mutant]:
    """A figure left to be filled in."""
    for site in ground.sites:
        yield ground.figure("placeholder", site, ground.random.choice(_BLANKS))
