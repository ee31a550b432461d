"""The closed slots of a claim against those of the referent it would stand for.

Each difference is a named contradiction: another period, another level, a plan told as a deed, a verb or a
noun of another class, the other direction, another subject.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from fzwriter.check.context import Context, Contexts
from fzwriter.check.frame import Frame
from fzwriter.check.genre import Contrast, contrast, other_deed
from fzwriter.check.referents import Referent, grams
from fzwriter.check.subjects import changed_subject
from fzwriter.check.verdict import Verdict, cited, doubt, given, wrong
from fzwriter.facts import FactSheet
from fzwriter.facts.lint_common import quoted
from fzwriter.report import Mention

_RANKS = {"国": 0, "省": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "区": 3, "旗": 3, "镇": 4, "乡": 4, "街道": 4, "村": 5}
_SCOPE = re.compile(r"全(国|省|市|州|盟|县|区|旗|镇|乡|街道)(?=[一-龥“，0-9]|$)")
# 在全州处于较高水平, 全市推进会, 全省第三: not what a figure of the unit's own counts.
_NOT_A_SCOPE = re.compile(r"(?:在|居|列|位居|为|向|获|被|于|获得|系|占|比|高于|低于|较|参加|组织|出席|召开|是)$")
_STANDING = re.compile(
    r"^(?:[一-龥]{0,6}(?:会议?|现场会|推进会|第|前列|领先|平均|首|唯一|率先|通报|表彰|试点|排名|考核|系统|评查|交流|先进|示范|标兵|竞赛|比赛|统一|考试|联赛|模范))"
)
_DIRECTION = re.compile(
    r"(?P<rise>上升|增长|增加|提高|提升|上涨|增幅|升幅|涨幅|扩大)|(?P<fall>下降|减少|降低|降幅|减幅|回落|下滑|压缩|缩短|压减)"
)
_ADDED = re.compile(r"新增|新招录?|新聘|新发生|新产生|协助|配合")
_BODY = re.compile(
    r"(?:^|[：由经]|其中)(?P<level>省|州|市|县|区|各?村(?:（社区）)?)(?:级)?[一-龥]{0,8}?(?:局|委员会|法院|检察院|中心|部门|党组织|政府|调委会)(?!长|属|机关)"
)
_CONFIRM = "请核对；无误的，请确认这一处"
_TURNED = {
    "增长": "下降", "增加": "减少", "上升": "下降", "提高": "下降", "提升": "下降", "扩大": "缩小", "多": "少",
    "下降": "上升", "减少": "增加", "降低": "提高", "压减": "增加", "下滑": "上升", "回落": "上升", "缩短": "延长", "少": "多",
    "增幅": "降幅", "降幅": "增幅",
}  # fmt: skip


@dataclass(frozen=True)
class Own:
    """The unit's own area: what 全县 may be here.

    Attributes:
        rank: of the unit's level, 3 for a county; -1 where it isn't known.
        char: the level's word: 县.
        year: the reporting year.
        whole_year: whether the period is a whole year, so that half of one is another.
        texts: what the sheet says in words; a scope named there is its own.
    """

    rank: int
    char: str
    year: int
    whole_year: bool
    texts: tuple[str, ...]

    @classmethod
    def of(cls, sheet: FactSheet) -> Own:
        """The area of the sheet's unit."""
        level = sheet.unit.level or ""
        if level not in _RANKS:
            found = re.findall(r"[省市州盟县区旗镇乡]|街道", sheet.unit.name)
            level = found[-1] if found else ""
        said = [s.text for s in sheet.statements] + [f.name + f.note for f in sheet.facts]
        days = (sheet.period.to - sheet.period.from_).days
        return cls(_RANKS.get(level, -1), level, sheet.period.year, days > 360, tuple(said))


def compare(
    mention: Mention,
    context: Context,
    frame: Frame,
    referent: Referent,
    contexts: Contexts,
    own: Own,
    is_plan: Callable[[], bool],
) -> Verdict | None:
    """The first slot that differs, as a verdict; None where all agree or aren't told."""
    names = (*referent.names, referent.phrase)
    text = contexts.text
    start, _ = contexts.sentence_bounds(mention.start)
    if referent.planned and not is_plan():
        message = f"{given(referent)}，这是计划，文中写成了已经做到的事"
        return wrong(mention, "wrong_fact", message, "请改写成计划，或换成实际完成的数")
    if referent.source != "previous":
        verdict = period_at(mention, frame, names, contexts, own)
        if verdict is not None:
            return verdict
    verdict = other_level(mention, context, contexts, names, own)
    if verdict is not None:
        return verdict
    if referent.source in ("fact", "previous", "derived", "catalogue"):
        found = contrast((*referent.names, referent.topic), context.near.replace("＃", "…"))
        if found is not None:
            return _at_word(_other_class(mention, referent, found), text, found.other, start)
        deed = other_deed((*referent.names, referent.parent), context.near.replace("＃", "…"))
        if deed is not None:
            message = f"{given(referent)}，此处说的是“{deed.other}”"
            return _at_word(doubt(mention, "wrong_fact", message, _CONFIRM), text, deed.other, start)
    verdict = _added(mention, context, contexts, referent, own)
    if verdict is not None:
        return verdict
    subject = changed_subject(referent.names, context)
    if subject:
        message = f"{given(referent)}，此处把“{subject[0]}”写成了“{subject[1]}”"
        return wrong(mention, "wrong_fact", message, f"请改回“{subject[0]}”")
    return _other_way(mention, context, frame, referent)


def _at_word(verdict: Verdict, text: str, word: str, start: int) -> Verdict:
    """The verdict with its issue reaching back to the word that is wrong."""
    at = text.rfind(word, start, verdict.mention.start) if word else -1
    if verdict.issue is None or at < 0:
        return verdict
    return Verdict(verdict.mention, replace(verdict.issue, start=at))


def other_period(mention: Mention, frame: Frame, names: Sequence[str]) -> Verdict | None:
    """An error where the clause tells of another period than the year's."""
    if frame.period not in ("part", "many") or any(frame.said in name for name in names):
        return None
    message = f"数据文件中是全年的数，此处说的是“{frame.said}”"
    return wrong(mention, "wrong_fact", message, "请改为全年，或换成这一时段的数")


def period_at(
    mention: Mention, frame: Frame, names: Sequence[str], contexts: Contexts, own: Own
) -> Verdict | None:
    """``other_period`` with its issue reaching back to the words that tell the period."""
    if frame.period == "part" and not own.whole_year:
        return None
    verdict = other_period(mention, frame, names)
    start, _ = contexts.sentence_bounds(mention.start)
    return None if verdict is None else _at_word(verdict, contexts.text, frame.said, start)


def other_level(
    mention: Mention, context: Context, contexts: Contexts, names: Sequence[str], own: Own
) -> Verdict | None:
    """An error where the clause counts for another area than the unit's own."""
    if own.rank < 0:
        return None
    start, _ = contexts.sentence_bounds(mention.start)
    lead = contexts.text[start : mention.start]
    told = list(_SCOPE.finditer(lead))
    if not told:
        return None
    last = told[-1]
    # a scope reaches over the sentence it opens, else over its own clause
    if last.start() > 4 and context.before and last.group() not in context.near and "，" in lead[last.end() :]:
        return None
    scope = last.group(1)
    if _RANKS[scope] == own.rank or any(last.group() in name for name in names):
        return None
    near = grams(context.near)
    if any(last.group() in text and len(grams(text) & near) >= 2 for text in own.texts):
        return None
    standing = _STANDING.match(lead[last.end() :])
    if _NOT_A_SCOPE.search(lead[: last.start()]) or (
        standing and not any(grams(standing.group()) & grams(name) for name in names)
    ):
        return None
    message = f"数据文件中是本{own.char}的数，此处写成了“{last.group()}”"
    verdict = wrong(mention, "wrong_fact", message, f"请改为“全{own.char}”")
    return _at_word(verdict, contexts.text, last.group(), start)


def _added(
    mention: Mention, context: Context, contexts: Contexts, referent: Referent, own: Own
) -> Verdict | None:
    """A doubt where the clause adds what the sheet doesn't say: 新增…, 协助…, another unit's doing."""
    before = context.near.partition("＃")[0]
    names = "".join((*referent.names, referent.phrase))
    for match in _ADDED.finditer(before):
        word = match.group()
        if word in names or (word[0] == "新" and re.search("新|增|接收", names)):
            continue
        if any(word in text and len(grams(text) & grams(before)) >= 2 for text in own.texts):
            continue
        verdict = doubt(mention, "wrong_fact", f"{given(referent)}，没有“{word}”的意思", _CONFIRM)
        return _at_word(verdict, contexts.text, word, max(0, mention.start - 60))
    body = _BODY.search(before)
    if body and own.rank >= 0:
        level = body.group("level")
        rank = 5 if "村" in level else _RANKS[level]
        court = re.search("法院|检察院", body.group())
        if (rank != own.rank or court) and body.group() not in names and not any(body.group() in t for t in own.texts):
            message = f"{given(referent)}，是本单位的数，此处说的是“{body.group()}”"
            verdict = doubt(mention, "wrong_fact", message, _CONFIRM)
            return _at_word(verdict, contexts.text, body.group(), max(0, mention.start - 60))
    return None


def _other_class(mention: Mention, referent: Referent, found: Contrast) -> Verdict:
    message = f"{given(referent)}，此处说的是“{found.other}”，不是“{found.own}”"
    if found.group.endswith("_soft"):
        return doubt(mention, "wrong_fact", message, _CONFIRM)
    return wrong(mention, "wrong_fact", message, f"请改回“{found.own}”，或换成“{found.other}”的数")


def _other_way(
    mention: Mention, context: Context, frame: Frame, referent: Referent
) -> Verdict | None:
    """Rise told for fall: in a change, at the end of one (增至), or in the fact's own name."""
    if frame.way and (frame.arrived or referent.source == "change"):
        if referent.direction and referent.direction != frame.way:
            return turned(mention, referent, frame.way, frame.word)
        return None
    if referent.source == "fact" and frame.way:
        named = [m for m in _DIRECTION.finditer(referent.names[0])]
        if named:
            way = 1 if named[-1].group("rise") else -1
            if referent.base < 0:
                return None
            if way != frame.way and named[-1].group() not in context.near:
                message = f"{given(referent)}，此处写成“{frame.word}”，方向相反"
                return wrong(mention, "wrong_direction", message, f"请改回“{named[-1].group()}”")
    return None


def turned(mention: Mention, referent: Referent, way: int, said: str) -> Verdict:
    """The words say rise and the figures fall, or the other way round."""
    true = _TURNED.get(said) or ("减少到" if way > 0 else "增加到")
    message = (
        f"{quoted(referent.names[0])}实际比上年{'减少' if way > 0 else '增加'}（{referent.moved}），"
        f"文中写成“{said}”"
    )
    return wrong(mention, "wrong_direction", message, f"请改为“{true}”")


__all__ = ["Own", "cited", "compare", "other_period", "turned"]
