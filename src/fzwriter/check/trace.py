"""Tracing figures by meaning: which referent a figure stands for, and what is wrong if none.

A figure is traced when a referent of the same value and measure word is the one its clause speaks
of. When another referent fits the clause clearly better, the value sits in the wrong cell
(``wrong_fact``), however right it would be elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from fzwriter.check.context import Context, Contexts
from fzwriter.check.equality import approx_matches, rounds_to, unit_matches, value_matches
from fzwriter.check.meaning import Meaning, Words
from fzwriter.check.referents import Referent, bounds, grams, split_unit
from fzwriter.check.subjects import changed_subject
from fzwriter.report import Issue, Mention

# Found on real reports beside their fact sheets: right pairs score 0.6 and more, with few
# exceptions where the measure word says enough by itself.
_ENOUGH = 0.5
_ENOUGH_WITH_UNIT = 0.25
_MARGIN = 0.06
_LIKELY = 0.75
_COMMON_MEASURES = frozenset("个件次名人家项条份场起期元位%") | {""}

_CHANGE = re.compile(
    r"(?:同比|环比|较上年|比上年|较去年|比去年|与上年|与去年|较前一年|上年同期|增长|增加|上升|提高|提升|下降|减少|降低|压减|下滑|回落|多|少)"
    r"(?:了|约|近|至|为|幅度|率)?[^，。；、]{0,6}$"
)
_RISE = re.compile(r"增长|增加|上升|提高|提升|扩大|多(?!次|项|个|家|名)")
_FALL = re.compile(r"下降|减少|降低|压减|下滑|回落|缩短|少")
_LAST_YEAR = re.compile(r"上年|去年|前一年|上一年|同期|由[^，。；]{0,4}$|从[^，。；]{0,4}$")


class Verdict(NamedTuple):
    """A judged mention and what is wrong with it, if anything."""

    mention: Mention
    issue: Issue | None = None


@dataclass
class _Scored:
    referent: Referent
    score: float


class Tracer:
    """Traces the figures of one text against one sheet's referents."""

    def __init__(self, referents: Sequence[Referent], contexts: Contexts) -> None:
        self._referents = referents
        self._contexts = contexts
        self._meaning = Meaning(referents)
        self._last: tuple[int, tuple[str, ...]] = (-1, ())
        measures = [r.measure for r in referents if r.source == "fact"]
        self._rare = {m for m in measures if measures.count(m) == 1} - _COMMON_MEASURES

    def trace(self, mention: Mention) -> Verdict:
        """The verdict on one figure; figures must come in the order of the text."""
        context = self._contexts.around(mention)
        item = self._contexts.in_turn(mention)
        if item:
            context = Context(
                item + "＃",
                item,
                context.earlier[1:],
                context.sentence,
                context.above,
                after=context.after,
            )
        words = self._meaning.words(context)
        verdict = self._change(mention, context, words) or self._given(mention, context, words)
        if verdict.mention.status in ("traced", "derived"):
            sentence = self._contexts.sentence_bounds(mention.start)[0]
            self._last = (sentence, verdict.mention.sources)
        return verdict

    # -- changes against last year ---------------------------------------------------------

    def _change(self, mention: Mention, context: Context, words: Words) -> Verdict | None:
        """同比增长20%, 较上年减少8件: belongs to the fact named here or printed just before."""
        before = context.before
        changed = bool(_CHANGE.search(before))
        earlier = bool(_LAST_YEAR.search(before)) and not changed
        if not changed and not earlier:
            return None
        source = "change" if changed else "previous"
        candidates = [r for r in self._referents if r.source == source]
        if not candidates:
            return None
        sentence = self._contexts.sentence_bounds(mention.start)[0]
        named = [r for r in candidates if self._meaning.name_in(r, words) >= 0.6]
        recent = [r for r in candidates if self._last[0] == sentence and r.fact in self._last[1]]
        matching = [r for r in (*named, *recent) if unit_matches(r, mention, context.after)]
        for referent in matching:
            if not value_matches(referent, mention) and not rounds_to(referent, mention):
                continue
            rise, fall = bool(_RISE.search(before)), bool(_FALL.search(before))
            if source == "change" and (
                (referent.direction > 0 and fall and not rise)
                or (referent.direction < 0 and rise and not fall)
            ):
                said, true = ("下降", "上升") if fall else ("上升", "下降")
                message = f"{referent.fact}“{referent.names[0]}”较上年{true}，文中写作{said}"
                return self._wrong(mention, "wrong_direction", message, "请改正增减方向")
            return self._traced(mention, [referent], "derived" if changed else "traced")
        if matching and (changed or self._given_score(mention, context, words) < _ENOUGH):
            wanted = matching[0]
            message = f"“{_shown(mention)}”与{wanted.fact}“{wanted.names[0]}”及其上年值算出的不符"
            return self._wrong(mention, "wrong_derived", message, f"应为{wanted.shown}")
        return None

    def _given_score(self, mention: Mention, context: Context, words: Words) -> float:
        equal, _ = self._candidates(mention, context, words)
        return equal[0].score if equal else 0.0

    # -- given figures -----------------------------------------------------------------------

    def _candidates(
        self, mention: Mention, context: Context, words: Words
    ) -> tuple[list[_Scored], list[_Scored]]:
        """Referents with this measure word: those of this value, and the others, best first."""
        equal: list[_Scored] = []
        other: list[_Scored] = []
        for referent in self._referents:
            if referent.source in ("change", "previous"):
                continue
            if not unit_matches(referent, mention, context.after):
                continue
            scored = _Scored(referent, self._meaning.score(referent, words))
            same = value_matches(referent, mention) or rounds_to(referent, mention)
            (equal if same else other).append(scored)
        equal.sort(key=lambda s: -s.score)
        other.sort(key=lambda s: -s.score)
        return equal, other

    def _enough(self, scored: _Scored, mention: Mention) -> bool:
        _, measure = split_unit(mention.unit)
        special = (
            measure in self._rare
            or (len(scored.referent.measure) > 1 and scored.referent.measure == measure)
            or (scored.referent.measure != measure and len(scored.referent.measure) > 1)
        )
        return scored.score >= (_ENOUGH_WITH_UNIT if special else _ENOUGH)

    def _given(self, mention: Mention, context: Context, words: Words) -> Verdict:
        equal, other = self._candidates(mention, context, words)
        best = equal[0] if equal else None
        rival = other[0] if other else None
        if best is None or not self._enough(best, mention):
            return self._no_match(mention, context, words, best, rival)
        beaten = rival is not None and rival.score > best.score + _MARGIN
        # 参学率、通过率均100%: said of each thing named before it.
        listed = context.listed()
        denied = next((s for s in other if _among(s.referent, listed)), None)
        if not beaten and denied is not None:
            beaten, rival = True, denied
        if beaten:
            assert rival is not None
            message = f"“{_shown(mention)}”是{best.referent.label}的数，此处说的却是“{rival.referent.names[0]}”"
            return self._wrong(mention, "wrong_fact", message, _should(rival.referent))
        return self._approved(mention, context, listed, equal)

    def _approved(
        self, mention: Mention, context: Context, listed: tuple[str, ...], equal: list[_Scored]
    ) -> Verdict:
        best = equal[0]
        referent = best.referent
        if value_matches(referent, mention) and not approx_matches(referent, mention):
            given = f"“{referent.approx}”" if referent.approx else "确数"
            message = f"{referent.label}给的是{given}，文中写作“{_shown(mention)}”"
            return self._wrong(mention, "wrong_approx", message, _should(referent))
        subject = changed_subject(referent.names, context)
        if subject:
            message = f"{referent.label}说的是“{subject[0]}”，此处写成了“{subject[1]}”"
            return self._wrong(mention, "wrong_fact", message, f"请改回“{subject[0]}”")
        group = [best] + [
            s for s in equal[1:] if s.score >= best.score - _MARGIN or _among(s.referent, listed)
        ]
        if referent.source == "statement":
            return self._traced(mention, [referent], "statement")
        status = "derived" if referent.derived else "traced"
        facts = [s.referent for s in group if s.referent.source != "statement"]
        return self._traced(mention, facts if listed else facts[:1], status)

    def _no_match(
        self,
        mention: Mention,
        context: Context,
        words: Words,
        best: _Scored | None,
        rival: _Scored | None,
    ) -> Verdict:
        """No referent of this value is spoken of here: say what is nearest to right."""
        if _enumerated(mention, context):
            return Verdict(mention.judged("permitted", "文中自己列举的项数"))
        near = self._by_meaning(words)
        if rival is not None and rival.score >= _LIKELY:
            kind = "wrong_derived" if rival.referent.derived else "wrong_value"
            if _scaled(rival.referent, mention):
                kind = "wrong_scale"
            elif best is not None:
                kind = "wrong_fact"
            kind = "untraced" if kind == "wrong_value" else kind
            message = f"“{_shown(mention)}”与{rival.referent.label}不符"
            return self._wrong(mention, kind, message, _should(rival.referent))
        if near is not None and near.score >= _LIKELY:
            referent = near.referent
            if value_matches(referent, mention) or rounds_to(referent, mention):
                message = f"{referent.label}的单位不是“{mention.unit or '（无）'}”"
                return self._wrong(mention, "wrong_unit", message, _should(referent))
            if _scaled(referent, mention):
                message = f"“{_shown(mention)}”与{referent.label}差了数量级"
                return self._wrong(mention, "wrong_scale", message, _should(referent))
        if best is not None and best.score > 0:
            message = f"“{_shown(mention)}”与{best.referent.label}数值相同，但此处说的不是它"
            return self._wrong(
                mention, "wrong_fact", message, "请核对这个数字的含义，或在数据中补上它"
            )
        message = f"“{_shown(mention)}”在数据中没有出处"
        hint = _should(rival.referent) if rival is not None and rival.score >= _ENOUGH else ""
        return self._wrong(mention, "untraced", message, hint or "请删去，或在数据中补上它及其来源")

    def _by_meaning(self, words: Words) -> _Scored | None:
        """The referent the clause speaks of, whatever its measure word."""
        best: _Scored | None = None
        for referent in self._referents:
            if referent.source in ("change", "previous"):
                continue
            score = self._meaning.score(referent, words)
            if best is None or score > best.score:
                best = _Scored(referent, score)
        return best

    # -- results -------------------------------------------------------------------------------

    def _traced(self, mention: Mention, referents: list[Referent], status: str) -> Verdict:
        first = referents[0]
        ids = tuple(
            dict.fromkeys(r.fact if r.source in ("previous", "change") else r.id for r in referents)
        )
        place = f"（{first.place}）" if first.place else ""
        how = f"，{first.formula}" if first.formula else ""
        why = "、".join(r.label for r in referents) + place + how
        judged = mention.judged(status, why, ids, first.formula)  # type: ignore[arg-type]
        return Verdict(judged)

    def _wrong(self, mention: Mention, kind: str, message: str, suggestion: str) -> Verdict:
        issue = Issue(mention.start, mention.end, kind, "error", message, suggestion)
        return Verdict(mention.judged("untraced", message), issue)


def _among(referent: Referent, listed: tuple[str, ...]) -> bool:
    """Whether one of the things listed before a shared figure is the referent."""
    for item in listed:
        words = grams(item)
        for name in referent.names_grams:
            if words and name and len(words & name) * 10 >= 8 * min(len(name), len(words)):
                return True
    return False


def _enumerated(mention: Mention, context: Context) -> bool:
    """Whether the text counts what it lists itself: 以甲、乙、丙为三个重点."""
    if mention.text.isdigit() or not isinstance(mention.value, Decimal) or mention.value > 9:
        return False
    if not mention.unit.startswith(("个", "项", "类", "种", "方面")):
        return False
    items = [i for i in re.split(r"[、和及与]|以及", context.before) if i.strip()]
    return len(items) >= 2 and len(items) == mention.value


def _shown(mention: Mention) -> str:
    unit = mention.unit
    for mark in ("%", "‰", "成", "折"):
        if unit == mark:
            unit = ""
    return (
        f"{mention.text}{unit.lstrip('万亿千百') if mention.text[-1:] in '万亿千百余多' else unit}"
    )


def _should(referent: Referent) -> str:
    place = f"（{referent.place}）" if referent.place else ""
    return f"应为{referent.names[0]}{referent.shown}{place}"


def _scaled(referent: Referent, mention: Mention) -> bool:
    """Whether the two differ by a power of ten only: 25.63元 for 25.63万元."""
    low, high = bounds(mention)
    if high is not None or not low or not referent.base:
        return False
    ratio = low / referent.base
    ratio = ratio if ratio >= 1 else 1 / ratio
    return ratio in {Fraction(10) ** n for n in range(1, 9)}
