"""The closed slots of a claim against those of the referent it would stand for.

Each difference is a named contradiction: another period, another level, a plan told as a deed, a verb
or a noun of another class, the other direction, another subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fzwriter.check.context import Context, Contexts
from fzwriter.check.frame import Frame
from fzwriter.check.genre import Contrast, contrast, either, opposite, other_deed
from fzwriter.check.levels import BODY, SCOPE, Own, counts_area
from fzwriter.check.planned import Plans
from fzwriter.check.referents import Referent, grams
from fzwriter.check.subjects import changed_subject
from fzwriter.check.verdict import CONFIRM, Verdict, doubt, given, wrong
from fzwriter.facts.lint_common import quoted
from fzwriter.report import Mention

_DIRECTION = re.compile(rf"(?P<rise>{either('rise_named')})|(?P<fall>{either('fall_named')})")
_ADDED = re.compile(either("added"))
# How far back a message may reach to the word that is wrong.
_BACK = 60


@dataclass(frozen=True)
class Claim:
    """What one clause of the text says of one figure.

    Attributes:
        mention: the figure.
        context: the words around it.
        frame: its slots.
        contexts: of the whole text.
        own: the unit's own area and period.
        plans: what the text tells as plans.
    """

    mention: Mention
    context: Context
    frame: Frame
    contexts: Contexts
    own: Own
    plans: Plans

    @property
    def sentence(self) -> int:
        """Where the sentence of the figure begins."""
        return self.contexts.sentence_bounds(self.mention.start)[0]

    @property
    def lead(self) -> str:
        """The sentence up to the figure."""
        return self.contexts.text[self.sentence : self.mention.start]

    @property
    def clause(self) -> str:
        """The figure's clause with a mark in the figure's place."""
        return self.context.near.replace("＃", "…")

    def at_word(self, verdict: Verdict, word: str, start: int | None = None) -> Verdict:
        """The verdict with its issue reaching back to the word that is wrong."""
        start = self.sentence if start is None else start
        at = self.contexts.text.rfind(word, start, verdict.mention.start) if word else -1
        if verdict.issue is None or at < 0:
            return verdict
        return Verdict(verdict.mention, replace(verdict.issue, start=at))


def compare(claim: Claim, referent: Referent) -> Verdict | None:
    """The first slot in which the claim differs, as a verdict; None where all agree or aren't told."""
    names = (*referent.names, referent.phrase)
    return (
        _plan(claim, referent)
        or (other_period(claim, names) if referent.source != "previous" else None)
        or other_level(claim, names)
        or _other_class(claim, referent)
        or _added(claim, referent)
        or _other_body(claim, referent)
        or _other_subject(claim, referent)
        or _other_way(claim, referent)
    )


def _plan(claim: Claim, referent: Referent) -> Verdict | None:
    """An error where what is planned is told as done."""
    if not referent.planned or claim.plans.tells(claim.mention.start):
        return None
    message = f"{given(referent)}，这是计划，文中写成了已经做到的事"
    verdict = wrong(claim.mention, "wrong_fact", message, "请改写成计划，或换成实际完成的数")
    if verdict.issue is None:
        return verdict
    # the whole sentence tells a deed, not the figure alone
    return Verdict(verdict.mention, replace(verdict.issue, start=claim.sentence))


def other_period(claim: Claim, names: Sequence[str]) -> Verdict | None:
    """An error where the clause tells of another period than the report's."""
    period, said = claim.frame.period, claim.frame.said
    if period not in ("part", "many") or any(said in name for name in names):
        return None
    if period == "part" and not claim.own.whole_year:
        return None
    message = f"数据文件中是全年的数，此处说的是“{said}”"
    verdict = wrong(claim.mention, "wrong_fact", message, "请改为全年，或换成这一时段的数")
    return claim.at_word(verdict, said)


def other_level(claim: Claim, names: Sequence[str]) -> Verdict | None:
    """An error where the clause counts for another area than the unit's own."""
    lead, context, own = claim.lead, claim.context, claim.own
    told = list(SCOPE.finditer(lead))
    if own.rank < 0 or not told:
        return None
    scope = told[-1]
    said, behind = scope.group(), lead[scope.end() :]
    # a scope reaches over the sentence it opens, else over its own clause
    opens = scope.start() <= 4
    if not opens and context.before and said not in context.near and "，" in behind:
        return None
    if own.is_at(scope.group(1)) or any(said in name for name in names):
        return None
    near = grams(context.near)
    if any(said in text and len(grams(text) & near) >= 2 for text in own.texts):
        return None
    if not counts_area(lead[: scope.start()], behind, names):
        return None
    message = f"数据文件中是本{own.char}的数，此处写成了“{said}”"
    verdict = wrong(claim.mention, "wrong_fact", message, f"请改为“全{own.char}”")
    return claim.at_word(verdict, said)


def _other_class(claim: Claim, referent: Referent) -> Verdict | None:
    """Where the clause has a word of the genre that excludes the name's own."""
    if referent.source not in ("fact", "previous", "derived", "catalogue"):
        return None
    found = contrast((*referent.names, referent.topic), claim.clause)
    if found is not None:
        return claim.at_word(_of_class(claim.mention, referent, found), found.other)
    deed = other_deed((*referent.names, referent.parent), claim.clause)
    if deed is None:
        return None
    message = f"{given(referent)}，此处说的是“{deed.other}”"
    return claim.at_word(doubt(claim.mention, "wrong_fact", message, CONFIRM), deed.other)


def _of_class(mention: Mention, referent: Referent, found: Contrast) -> Verdict:
    message = f"{given(referent)}，此处说的是“{found.other}”，不是“{found.own}”"
    if found.group.endswith("_soft"):
        return doubt(mention, "wrong_fact", message, CONFIRM)
    return wrong(mention, "wrong_fact", message, f"请改回“{found.own}”，或换成“{found.other}”的数")


def _added(claim: Claim, referent: Referent) -> Verdict | None:
    """A doubt where the clause adds what the sheet doesn't say: 新增…, 协助…."""
    before = claim.context.near.partition("＃")[0]
    names = "".join((*referent.names, referent.phrase))
    for match in _ADDED.finditer(before):
        word = match.group()
        if word in names or (word[0] == "新" and re.search("新|增|接收", names)):
            continue
        texts = claim.own.texts
        if any(word in text and len(grams(text) & grams(before)) >= 2 for text in texts):
            continue
        message = f"{given(referent)}，没有“{word}”的意思"
        verdict = doubt(claim.mention, "wrong_fact", message, CONFIRM)
        return claim.at_word(verdict, word, max(0, claim.mention.start - _BACK))
    return None


def _other_body(claim: Claim, referent: Referent) -> Verdict | None:
    """A doubt where the clause makes the figure another body's doing: 由州法院…."""
    body = BODY.search(claim.context.near.partition("＃")[0])
    if not body or claim.own.rank < 0:
        return None
    said = body.group()
    court = "法院" in said or "检察院" in said
    if claim.own.is_at(body.group("level")) and not court:
        return None
    if said in "".join((*referent.names, referent.phrase)) or claim.own.says(said):
        return None
    message = f"{given(referent)}，是本单位的数，此处说的是“{said}”"
    verdict = doubt(claim.mention, "wrong_fact", message, CONFIRM)
    return claim.at_word(verdict, said, max(0, claim.mention.start - _BACK))


def _other_subject(claim: Claim, referent: Referent) -> Verdict | None:
    """An error where the people or bodies spoken of are others."""
    subject = changed_subject(referent.names, claim.context)
    if not subject:
        return None
    own, said = subject
    message = f"{given(referent)}，此处把“{own}”写成了“{said}”"
    return wrong(claim.mention, "wrong_fact", message, f"请改回“{own}”")


def _other_way(claim: Claim, referent: Referent) -> Verdict | None:
    """Rise told for fall: in a change, at the end of one (增至), or in the fact's own name."""
    frame = claim.frame
    if not frame.way:
        return None
    if frame.arrived or referent.source == "change":
        if referent.direction and referent.direction != frame.way:
            return turned(claim.mention, referent, frame)
        return None
    named = list(_DIRECTION.finditer(referent.names[0]))
    if referent.source != "fact" or not named or referent.base < 0:
        return None
    word = named[-1].group()
    way = 1 if named[-1].group("rise") else -1
    if way == frame.way or word in claim.context.near:
        return None
    message = f"{given(referent)}，此处写成“{frame.word}”，方向相反"
    return wrong(claim.mention, "wrong_direction", message, f"请改回“{word}”")


def turned(mention: Mention, referent: Referent, frame: Frame) -> Verdict:
    """The words say rise and the figures fall, or the other way round."""
    rise = frame.way > 0
    true = opposite(frame.word) or ("减少到" if rise else "增加到")
    message = (
        f"{quoted(referent.names[0])}实际比上年{'减少' if rise else '增加'}（{referent.moved}），"
        f"文中写成“{frame.word}”"
    )
    return wrong(mention, "wrong_direction", message, f"请改为“{true}”")
