"""Tracing figures by meaning: which referent a figure stands for, and what is wrong if none.

A figure is traced when a referent of the same value and measure word is the one its clause speaks
of. When another referent fits the clause clearly better, the value sits in the wrong cell
(``wrong_fact``), however right it would be elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from fzwriter.check import compared
from fzwriter.check.context import Context, Contexts
from fzwriter.check.equality import Measures, Printed, approx_matches, rounds_to, value_matches
from fzwriter.check.meaning import Meaning, Scores, denial
from fzwriter.check.planned import is_planned
from fzwriter.check.referents import Referent, grams, plain_words
from fzwriter.check.subjects import changed_subject
from fzwriter.check.verdict import (
    Verdict,
    against,
    cited,
    given,
    off_by_scale,
    should,
    shown,
    traced,
    wrong,
    wrong_approx,
    wrong_scale,
    wrong_unit,
)
from fzwriter.report import Mention, Status

# Found on real reports beside their fact sheets: right pairs score 0.6 and more, with few
# exceptions where the measure word says enough by itself.
_ENOUGH = 0.5
_ENOUGH_WITH_UNIT = 0.25
_ENOUGH_WITH_RARE = 0.15
_MARGIN = 0.06
_LIKELY = 0.75
_ADD = "确有这个数的，请先补进数据文件"
_COMMON_MEASURES = frozenset("个件次名人家项条份场起期元位%") | {""}
# Below this a name is too short for its standing in the clause to say which fact is meant.
_TELLING = 4


@dataclass
class _Scored:
    referent: Referent
    score: float
    verbatim: str = ""
    named: float = 0.0
    denied: str = ""

    def specifies(self, other: _Scored) -> bool:
        """Whether the name found in the clause holds the other's: 按时办结率 and 办结率."""
        return (
            len(self.verbatim) >= _TELLING
            and bool(other.verbatim)
            and other.verbatim != self.verbatim
            and other.verbatim in self.verbatim
        )


class Referents:
    """The referents of one sheet, indexed for look-up; serves any number of texts."""

    def __init__(self, referents: Sequence[Referent]) -> None:
        self.all = tuple(referents)
        self.meaning = Meaning(self.all)
        self.measures = Measures(self.all)
        count = Counter(r.measure for r in self.all if r.source == "fact")
        self.plans = any(r.planned for r in self.all)
        self.rare = {m for m, n in count.items() if n == 1} - _COMMON_MEASURES


class Tracer:
    """Traces the figures of one text."""

    def __init__(self, referents: Referents, contexts: Contexts, next_year: int) -> None:
        self._referents = referents
        self._next_year = next_year
        self._contexts = contexts
        self._last: tuple[int, tuple[str, ...]] = (-1, ())
        self._failed = -1  # start of the last sentence with a figure that is wrong

    def trace(self, mention: Mention) -> Verdict:
        """The verdict on one figure; figures must come in the order of the text."""
        context = self._contexts.around(mention)
        item = self._contexts.in_turn(mention)
        if item:
            context = context.about(item)
        sentence = self._contexts.sentence_bounds(mention.start)[0]
        deed = self._tells_deed(mention)
        figure = _Figure(
            mention, context, self._referents, base_wrong=self._failed == sentence, deed=deed
        )
        recent = self._last[1] if self._last[0] == sentence else ()
        verdict = figure.compared(recent) or figure.given()
        if verdict.mention.status in ("traced", "derived"):
            self._last = (sentence, verdict.mention.sources)
        elif verdict.issue is not None:
            self._failed = sentence
        return verdict

    def _tells_deed(self, mention: Mention) -> bool:
        """Whether plans of the sheet prove nothing here: none it has, or the clause tells deeds."""
        plans = self._referents.plans
        return bool(plans) and not is_planned(self._contexts, mention.start, self._next_year)


class _Figure:
    """One figure with all that is needed to judge it."""

    def __init__(
        self,
        mention: Mention,
        context: Context,
        referents: Referents,
        *,
        base_wrong: bool,
        deed: bool,
    ) -> None:
        self._mention, self._context, self._referents = mention, context, referents
        self._base_wrong = base_wrong  # a figure before it in the sentence is
        self._printed = Printed.of(mention)
        self._scores: Scores = referents.meaning.scores(context)
        self._matching = dict.fromkeys(referents.measures.matching(self._printed, context.after))
        self._equal, self._other = self._candidates()
        self._plan = self._taken_out() if deed else None

    def _scored(self, index: int) -> _Scored:
        referent, scores = self._referents.all[index], self._scores
        found = [w for name in referent.names if (w := plain_words(name)) and w in scores.near]
        verbatim = max(found, key=len, default="")
        # 未审结 is not what 审结 counts.
        denied = denial(verbatim, scores.near) if verbatim else ""
        return _Scored(referent, scores.of(index), verbatim, scores.named.get(index, 0.0), denied)

    def _candidates(self) -> tuple[list[_Scored], list[_Scored]]:
        """Referents with this measure word: those of this value, and the others, best first."""
        equal: list[_Scored] = []
        other: list[_Scored] = []
        for index in self._matching:
            if index not in self._scores.scores or self._referents.all[index].compared:
                continue
            scored = self._scored(index)
            same = self._says(scored.referent)
            (equal if same else other).append(scored)
        equal.sort(key=lambda s: -s.score)
        other.sort(key=lambda s: -s.score)
        first = next((s for s in equal[1:] if s.specifies(equal[0])), None)
        if first is not None:
            equal.remove(first)
            equal.insert(0, first)
        return equal, other

    def _taken_out(self) -> _Scored | None:
        """The plan this figure might stand for, taken out with the others: a plan isn't a deed."""
        plans = [scored for scored in self._equal if scored.referent.planned]
        self._equal = [scored for scored in self._equal if not scored.referent.planned]
        return plans[0] if plans and self._enough(plans[0]) else None

    def _says(self, referent: Referent) -> bool:
        return value_matches(referent, self._printed) or rounds_to(referent, self._printed)

    def _wrong(self, kind: str, message: str, suggestion: str) -> Verdict:
        return wrong(self._mention, kind, message, suggestion)

    def compared(self, recent: tuple[str, ...]) -> Verdict | None:
        """The verdict where the figure is told by comparison with a fact of the sheet."""
        context = self._context
        source = compared.comparison(context.before)
        if not source:
            return None
        named, before = compared.candidates(
            self._referents.all, source, context, self._scores, recent, self._matching.keys()
        )
        # 罚款增长率5%: a figure the clause names itself says nothing of the one printed before it.
        if not named and (not before or self._named_itself()):
            return None
        about = named + before
        verdict = compared.judge(self._mention, self._printed, about, context.before)
        given = self._equal[0].score if self._equal else 0.0
        certain = source == "change" or compared.says_last_year(context.before)
        certain = certain or (source == "share" and compared.names_base(context.before, about[0]))
        differs = verdict.issue is not None and verdict.issue.kind == "wrong_derived"
        if differs and not certain and given >= _ENOUGH:
            return None
        return verdict

    def _named_itself(self) -> bool:
        """Whether the clause holds the whole name of a figure with this measure word."""
        return any(len(s.verbatim) >= _TELLING for s in (*self._equal, *self._other))

    def _enough(self, scored: _Scored) -> bool:
        measure, own = self._printed.measure, scored.referent.measure
        if measure in self._referents.rare and scored.named:
            return scored.score >= _ENOUGH_WITH_RARE
        special = len(own) > 1 or measure in self._referents.rare
        return scored.score >= (_ENOUGH_WITH_UNIT if special else _ENOUGH)

    def given(self) -> Verdict:
        """The verdict on a figure that stands for itself."""
        best = self._equal[0] if self._equal else None
        if best is None or not self._enough(best):
            if self._plan is not None:
                message = f"{given(self._plan.referent, '的计划是')}，此处写成已经做到的事"
                return self._wrong("wrong_fact", message, "请写成计划；确已做到的，请写进数据")
            return self._no_match(best)
        # 参学率、通过率均100%: said of each thing named before it.
        listed = self._context.listed()
        said = [s for s in self._equal[1:] if _among(s.referent, listed)]
        denied = next((scored for scored in (best, *said) if scored.denied), None)
        if denied is not None:
            message = f"{given(denied.referent)}，文中写成“{denied.denied}”，意思相反"
            return self._wrong(
                "wrong_fact", message, f"请改回“{denied.verbatim}”，或换成“{denied.denied}”的数"
            )
        rival = self._rival(best, listed)
        if rival is not None:
            message = (
                f"“{shown(self._mention)}”是{cited(best.referent)}的数，"
                f"此处说的却是{cited(rival.referent)}，疑似张冠李戴"
            )
            return self._wrong("wrong_fact", message, should(rival.referent))
        return self._approved(best, listed)

    def _rival(self, best: _Scored, listed: tuple[str, ...]) -> _Scored | None:
        """A referent of another value that the clause speaks of rather than of ``best``."""
        for rival in self._other[:6]:
            if rival.denied or best.specifies(rival) or _merely_usual(rival, best):
                continue
            if rival.score > best.score + _MARGIN or rival.specifies(best):
                return rival
        return next((s for s in self._other if _among(s.referent, listed)), None)

    def _approved(self, best: _Scored, listed: tuple[str, ...]) -> Verdict:
        referent, printed = best.referent, self._printed
        if value_matches(referent, printed) and not approx_matches(referent, printed):
            return wrong_approx(self._mention, referent)
        verdict = self._other_subject(best)
        verdict = verdict or compared.turned(self._mention, referent, self._context.before)
        if verdict is not None:
            return verdict
        group = [best] + [
            s
            for s in self._equal[1:]
            if s.score >= best.score - _MARGIN or _among(s.referent, listed)
        ]
        if referent.source == "statement":
            return traced(self._mention, [referent], "statement")
        status: Status = "derived" if referent.derived else "traced"
        facts = [s.referent for s in group if s.referent.source != "statement"]
        return traced(self._mention, facts if listed else facts[:1], status)

    def _other_subject(self, best: _Scored) -> Verdict | None:
        """An error where the clause puts another subject in place of the fact's own.

        Facts of the same value count too, if the clause speaks of them rather than of ``best``.
        """
        for scored in self._equal:
            if scored is not best and scored.named <= best.named:
                continue
            subject = changed_subject(scored.referent.names, self._context)
            if subject:
                message = f"{given(scored.referent)}，此处把“{subject[0]}”写成了“{subject[1]}”"
                return self._wrong("wrong_fact", message, f"请改回“{subject[0]}”")
        return None

    def _no_match(self, best: _Scored | None) -> Verdict:
        """No referent of this value is spoken of here: say what is nearest to right."""
        mention = self._mention
        if _enumerated(mention, self._context):
            return Verdict(mention.judged("permitted", "文中自己列举的项数"))
        rival = self._other[0] if self._other else None
        if verdict := self._other_measure(rival.score if rival else 0.0):
            return verdict
        if rival is not None and rival.score >= _LIKELY:
            kind = "wrong_derived" if rival.referent.derived else "untraced"
            if times := off_by_scale(rival.referent, mention):
                return wrong_scale(mention, rival.referent, times)
            if self._elsewhere():
                kind = "wrong_fact"
            return self._wrong(kind, against(mention, rival.referent), should(rival.referent))
        if best is not None and best.score > 0:
            message = f"“{shown(mention)}”：{given(best.referent)}，此处说的是另一回事"
            return self._wrong("wrong_fact", message, f"请核对；{_ADD}")
        message = f"“{shown(mention)}”在数据文件中没有出处"
        if rival is not None and rival.score >= _ENOUGH:
            return self._wrong("untraced", message, f"请核对：相近的是{cited(rival.referent)}")
        if self._base_wrong and compared.comparison(self._context.before):
            return self._wrong("untraced", message, "前面的数对不上，请一并核对")
        return self._wrong("untraced", message, f"请删去；{_ADD}")

    def _elsewhere(self) -> bool:
        """Whether the sheet gives this figure for something else."""
        told = (self._referents.all[index] for index in self._matching)
        return any(self._says(referent) for referent in told if not referent.compared)

    def _other_measure(self, rival: float) -> Verdict | None:
        """The referent the clause speaks of, whatever its measure word, if it has this value."""
        everything = self._scores.scores
        told = [i for i in everything if not self._referents.all[i].compared]
        nearest = max(told, key=lambda i: everything[i], default=-1)
        if nearest < 0 or everything[nearest] < max(_LIKELY, rival):
            return None
        referent = self._referents.all[nearest]
        if self._says(referent):
            return wrong_unit(self._mention, referent)
        if times := off_by_scale(referent, self._mention):
            return wrong_scale(self._mention, referent, times)
        return None


def _merely_usual(rival: _Scored, best: _Scored) -> bool:
    """Whether a figure the sheet gives is challenged by one that only could be worked out."""
    usual = rival.referent.source == "catalogue"
    return usual and best.referent.source == "fact" and best.named >= _ENOUGH


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
