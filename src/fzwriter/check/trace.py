"""Which referent each figure stands for, over the whole text, and what is wrong where none does.

*Find* by value and measure word; *rank* by the words around; *compare* the claim's closed slots. A figure
is proved when a referent of its value is the one its clause speaks of and no slot differs; refuted only
by a named contradiction: another value for the thing spoken of, a slot that differs, no source at all.
The rest is doubtful (DESIGN §5.2, §5.9).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from fzwriter.check import slots
from fzwriter.check.arithmetic import Operand, Result, alike, base_unknown, work_out
from fzwriter.check.context import Context, Contexts
from fzwriter.check.equality import LOOSE, Fit, Measures, Printed, fit, fit_computed
from fzwriter.check.frame import REST_WEAK, Frame, read_frame
from fzwriter.check.genre import contrast
from fzwriter.check.meaning import Evidence, Meaning, denial
from fzwriter.check.planned import is_planned
from fzwriter.check.referents import Referent, grams, plain_words, split_unit, tokens
from fzwriter.check.verdict import (
    Verdict,
    against,
    cited,
    doubt,
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
from fzwriter.facts import FactSheet
from fzwriter.report import Mention, Status

# Below this a name is too short for its standing in the clause to say which fact is meant.
_TELLING = 4
# A rival is spoken of rather than the referent of this value: by so much more of its name.
_BETTER = 0.15
_SPOKEN = 0.45
_KIN = 0.2
_AROUND = 0.3
_TOPICAL = 0.1
_WINDOW = 10
_ADD = "确有这个数的，请先补进数据文件"
_CONFIRM = "请核对；无误的，请确认这一处"


class Referents:
    """The referents of one sheet, indexed for look-up; serves any number of texts."""

    def __init__(self, referents: Sequence[Referent]) -> None:
        self.all = tuple(referents)
        self.meaning = Meaning(self.all)
        self.measures = Measures(self.all)
        self.by_id = {r.id: i for i, r in enumerate(self.all)}


@dataclass
class _Figure:
    """One figure of the text with what is known of it before anything is decided."""

    mention: Mention
    context: Context
    frame: Frame
    printed: Printed
    evidence: Evidence
    sentence: int
    line: int
    options: dict[int, Fit] = field(default_factory=dict)
    loose: bool = False
    matching: Sequence[int] = ()
    chosen: int | None = None
    rival: int | None = None
    result: Result | None = None
    verdict: Verdict | None = None

    def near(self, index: int) -> float:
        return self.evidence.near.get(index, 0.0)

    def whole(self, index: int) -> float:
        return self.evidence.whole.get(index, 0.0)


class Tracer:
    """Traces the figures of one text."""

    def __init__(self, referents: Referents, contexts: Contexts, sheet: FactSheet) -> None:
        self._referents = referents
        self._contexts = contexts
        self._sheet = sheet
        self._days = (sheet.period.to - sheet.period.from_).days + 1
        self._own = slots.Own.of(sheet)

    def trace(self, mentions: Sequence[Mention]) -> dict[int, Verdict]:
        """The verdict on each figure, by its start."""
        figures = self._figures = [self._figure(m) for m in mentions if m.kind == "quantity"]
        for at, figure in enumerate(figures):
            around = _Around(self, figures, at)
            figure.verdict = around.decide()
        for at, figure in enumerate(figures):
            _Around(self, figures, at).reconsider()
        return {f.mention.start: f.verdict for f in figures if f.verdict is not None}

    def _figure(self, mention: Mention) -> _Figure:
        contexts, referents = self._contexts, self._referents
        context = contexts.around(mention)
        item = contexts.in_turn(mention)
        if item:
            context = context.about(item)
        printed = Printed.of(mention)
        cell = contexts.cell(mention.start)
        if cell is not None and cell.unit and not printed.measure:
            printed = replace(printed, measure=split_unit(cell.unit)[1])
        if not printed.approx and _ABOUT.search(context.before):
            printed = replace(printed, approx="约")
        figure = _Figure(
            mention,
            context,
            read_frame(mention, context, contexts, self._sheet.period.year),
            printed,
            referents.meaning.evidence(context),
            contexts.sentence_bounds(mention.start)[0],
            contexts.line(mention.start),
        )
        figure.matching = list(referents.measures.matching(printed, context.after))
        figure.options = self._fitting(figure.matching, printed)
        if not figure.options and not _counts_loosely(mention):
            figure.options = self._fitting(referents.measures.loosely(printed), printed)
            figure.loose = bool(figure.options)
        return figure

    def _fitting(self, indices: Sequence[int], printed: Printed) -> dict[int, Fit]:
        found = {i: fit(self._referents.all[i], printed) for i in indices}
        return {i: how for i, how in found.items() if how != "no"}


class _Around:
    """One figure among its neighbours."""

    def __init__(self, tracer: Tracer, figures: Sequence[_Figure], at: int) -> None:
        self._tracer, self._figures, self._at = tracer, figures, at
        self._figure = figures[at]
        self._all = tracer._referents.all
        self._last: Referent | None = None

    # -- neighbours --------------------------------------------------------------------------

    def _nearby(self, back: int = _WINDOW, ahead: int = 6) -> Iterator[_Figure]:
        """Figures of the paragraph, nearest first, those before first."""
        own = self._figure
        for other in reversed(self._figures[max(0, self._at - back) : self._at]):
            if other.line == own.line or own.line - other.line <= 1:
                yield other
        for other in self._figures[self._at + 1 : self._at + 1 + ahead]:
            if other.line == own.line:
                yield other

    @cached_property
    def _kin(self) -> tuple[frozenset[str], frozenset[str]]:
        """Ids of the facts told just before in the paragraph, and their topics."""
        ids: set[str] = set()
        topics: set[str] = set()
        for other in self._nearby(6, 0):
            if other.chosen is not None:
                told = self._all[other.chosen]
                ids.add(told.fact or told.id)
                topics.add(told.topic)
        return frozenset(ids), frozenset(topics)

    def _score(self, index: int) -> float:
        referent = self._all[index]
        figure = self._figure
        score = figure.near(index) + 0.6 * figure.whole(index)
        ids, topics = self._kin
        if referent.parent_id in ids:
            score += _KIN
        if referent.topic and referent.topic in topics:
            score += _TOPICAL
        return score

    def _taken(self, index: int, best: int | None = None) -> bool:
        """Whether a neighbour prints this referent's own value and speaks of it as much."""
        here = self._figure.near(index)
        parent = best is not None and self._all[best].parent_id == self._all[index].id
        for other in self._nearby(6, 4):
            if other.options.get(index) not in ("yes", "approx"):
                continue
            if any(self._specifies_at(other, i, index) for i in other.options):
                continue
            behind = self._figure.whole(index) - other.whole(index)
            if behind <= 0.25 and (other.near(index) >= here - 0.1 or (here < 0.3 and behind <= 0.1)):
                return True
            if parent and other.sentence == self._figure.sentence:
                return True
        return False

    def _specifies_at(self, other: _Figure, index: int, less: int) -> bool:
        """Whether another figure's clause has a name that holds the name of ``less``."""
        short = plain_words(self._all[less].names[0])
        long = plain_words(self._all[index].names[0])
        return len(short) >= _TELLING and short != long and short in long and long in other.evidence.words

    # -- options and rivals ------------------------------------------------------------------

    def _options(self, *sources: str) -> list[int]:
        """Referents of this value from the given sources, the one spoken of most first."""
        found = [i for i in self._figure.options if self._all[i].source in sources]
        found.sort(key=lambda i: (-self._score(i), self._figure.options[i] != "yes", i))
        for better in found[1:]:
            if self._specifies(better, found[0]):
                found.remove(better)
                found.insert(0, better)
                break
        return found

    def _literal(self, index: int) -> str:
        """The longest name of a referent that stands in the clause as it is."""
        if index < 0:
            return ""
        words = self._figure.evidence.words
        names = (plain_words(name) for name in self._all[index].names)
        return max((n for n in names if n and n in words), key=len, default="")

    def _specifies(self, index: int, other: int) -> bool:
        """Whether the name found in the clause holds the other's: 按时办结率 and 办结率."""
        name, less = self._literal(index), self._literal(other)
        return len(name) >= _TELLING and bool(less) and name != less and less in name

    def _rivals(self, best: int | None) -> list[int]:
        """Referents of another value that the clause speaks of more than of ``best``, best first."""
        figure = self._figure
        floor = figure.near(best) if best is not None else 0.0
        whole = figure.whole(best) if best is not None else 0.0
        found = []
        for index in figure.matching:
            referent = self._all[index]
            if index in figure.options or referent.compared or referent.source == "statement":
                continue
            near = figure.near(index)
            if best is not None and self._all[best].planned and floor >= 0.3:
                continue
            if best is not None and self._specifies(index, best):
                found.append(index)
                continue
            whole_name = self._literal(index)
            if best is not None and len(whole_name) >= _TELLING and not self._literal(best) and near > floor + 0.02:
                if not self._taken(index, best):
                    found.append(index)
                continue
            told_apart = best is not None and near > floor and self._told_apart(index, best)
            around = best is not None and near >= floor - 0.08 and figure.whole(index) > whole + _AROUND
            if not (told_apart or around) and (near <= floor + _BETTER or near < 0.2 or figure.whole(index) <= whole):
                continue
            if best is not None and self._specifies(best, index):
                continue
            short = max(map(len, referent.names)) <= 2
            if best is not None and floor >= 0.2 and short and not self._adjacent(index):
                continue

            if referent.source == "catalogue" and best is not None and floor >= 0.5:
                continue
            if denial(self._literal(index), figure.evidence.words) or self._taken(index, best):
                continue
            if best is not None and len(whole_name) < _TELLING and self._off_topic(index, best):
                continue
            if self._unsaid(referent) or (best is not None and self._holds(best, index)):
                continue
            found.append(index)
        found.sort(key=lambda i: -figure.near(i))
        return found

    def _adjacent(self, index: int) -> bool:
        """Whether a name stands right before the figure: 审结54件."""
        before = plain_words(self._figure.context.before)
        return any(before.endswith(plain_words(name)) for name in self._all[index].names)

    def _off_topic(self, rival: int, best: int) -> bool:
        """Whether the sentence and what stands above it speak of the best's topic, not the rival's."""
        context = self._figure.context
        here = tokens("，".join((context.sentence, *context.above)))
        mine, other = tokens(self._all[best].topic), tokens(self._all[rival].topic)
        told = lambda topic: any(len(t) > 1 for t in topic & here)  # noqa: E731
        return mine != other and told(mine - other) and not told(other - mine)

    def _unsaid(self, referent: Referent) -> bool:
        """Whether the referent's name denies something that the clause doesn't deny, or is nothing."""
        words = self._figure.evidence.words
        denied = re.match(r"[未不没无非]", referent.names[0])
        if denied and denied.group() not in words:
            return True
        return not referent.base and bool(re.search(r"无|未|零|没", words))

    def _holds(self, best: int, rival: int) -> bool:
        """Whether the clause has words that only the best's name has, so that it isn't ousted lightly."""
        figure = self._figure
        if figure.near(best) < 0.15 or figure.near(rival) - figure.near(best) > 0.4:
            return False
        here = tokens(figure.context.near)
        mine = frozenset().union(*self._all[best].names_tokens)
        other = frozenset().union(*self._all[rival].names_tokens)
        return any(len(t) > 1 for t in (mine - other) & here) and not self._told_apart(rival, best)

    def _told_apart(self, index: int, best: int) -> bool:
        """Whether the clause has a word that only this name has, and none that only the other has."""
        here = tokens(self._figure.context.near)
        mine = frozenset().union(*self._all[index].names_tokens)
        other = frozenset().union(*self._all[best].names_tokens)
        only, lacked = (mine - other) & here, (other - mine) & here
        return any(len(t) > 1 for t in only) and not lacked and bool(other - mine)

    # -- operands ----------------------------------------------------------------------------

    @cached_property
    def _operands(self) -> list[Operand]:
        """What the text names around the figure: figures told, facts spoken of, their totals."""
        own = self._figure
        found: list[Operand] = []
        for other in self._nearby():
            ahead = other.mention.start > own.mention.start
            if (ahead and other.sentence != own.sentence) or other.printed.high is not None:
                continue
            if other.verdict is not None and other.verdict.mention.status == "permitted":
                continue
            found.append(self._told(other, ahead=ahead))
        by_id = self._tracer._referents.by_id
        known = {i for o in found for i in o.ids}
        spoken = sorted(own.evidence.whole, key=lambda i: -(own.near(i) + 0.4 * own.whole(i)))
        named = [i for i in spoken if self._all[i].source in ("fact", "derived")][:10]
        named += [by_id[o.parent] for o in found[:6] if o.parent in by_id]
        named += [by_id[self._all[i].parent_id] for i in named[:4] if self._all[i].parent_id in by_id]
        for index in named:
            referent = self._all[index]
            if referent.id not in known:
                known.add(referent.id)
                found.append(self._operand(index, told=False))
        return found

    @cached_property
    def _named(self) -> frozenset[int]:
        """Facts that the figure's own clause names, or names better than any other."""
        near = {
            i: v for i, v in self._figure.evidence.near.items()
            if v >= 0.12 and self._all[i].source in ("fact", "derived")
        }
        best = max(near.values(), default=0.0)
        return frozenset(i for i, v in near.items() if v >= 0.3 or v >= 0.8 * best)

    def _operand(self, index: int, *, told: bool) -> Operand:
        referent = self._all[index]
        return Operand(
            referent.base,
            referent.measure,
            referent.told,
            (referent.fact or referent.id,),
            told=told,
            words=frozenset("".join(referent.names) + referent.topic),
            named=index in self._named,
            parent=referent.parent_id,
            previous=referent.previous,
            lower=bool(referent.approx),
            same_sentence=told,
        )

    def _told(self, other: _Figure, *, ahead: bool) -> Operand:
        own = self._figure
        printed = other.printed
        words = frozenset(other.evidence.words)
        same = other.sentence == own.sentence
        if other.chosen is not None:
            base = self._operand(other.chosen, told=True)
            referent = self._all[other.chosen]
            exact = printed.low if not printed.approx or referent.approx else referent.base
            return replace(
                base, value=exact, same_sentence=same, words=base.words | words, ahead=ahead,
                lower=bool(printed.approx),
                previous=base.previous if referent.source != "previous" else None,
                last=referent.source == "previous", at=other.mention.start,
            )
        result = other.result
        return Operand(
            printed.low if result is None else result.value,
            printed.measure,
            shown(other.mention),
            result.ids if result is not None and result.role in ("average", "change") else (),
            same_sentence=same,
            words=words,
            named=bool(grams(other.context.before) & grams(own.context.near)) and same,
            parent=result.ids[0] if result is not None and result.role == "rest" and result.ids else "",
            ahead=ahead,
            lower=bool(printed.approx) and result is None,
            total=result is not None and result.role == "total",
            given=result is None,
            at=other.mention.start,
        )

    # -- decision ----------------------------------------------------------------------------

    def decide(self) -> Verdict:
        """The verdict, neighbours that follow not yet judged."""
        frame = self._figure.frame
        for role in frame.roles:
            if role == "given":
                break
            verdict = self._last_year() if role == "last" else self._worked(role)
            if verdict is not None:
                return verdict
        return self._given()

    def _last_year(self) -> Verdict | None:
        figure = self._figure
        previous = [i for i in self._options("previous") if figure.whole(i) > 0 or self._just_told(i)]
        if previous:
            return self._approve(previous[0], [])
        if figure.frame.period != "last":
            return None
        for role in ("share", "total", "rest", "average", "times"):
            hit = self._hit([r for r in self._results(role) if r.fit == "yes"])
            if hit is not None and role in figure.frame.roles:
                return self._derived(hit)
        now = self._options("fact", "derived")
        dated = f"{self._tracer._sheet.period.year - 1}年"
        if now and any(dated in name or figure.frame.said in name for name in self._all[now[0]].names):
            return None
        if now and figure.near(now[0]) + figure.whole(now[0]) > 0.3 and not self._says_so(now[0], figure.frame.said):
            old = self._tracer._referents.by_id.get(f"{self._all[now[0]].id}.previous")
            if old is not None:
                message = f"此处说的是“{figure.frame.said}”，“{shown(figure.mention)}”却是{cited(self._all[now[0]])}的本年数"
                return wrong(figure.mention, "wrong_derived", message, should(self._all[old]))
        named = [
            i for i in figure.matching
            if self._all[i].source == "previous" and figure.near(i) >= _SPOKEN and not self._taken(i)
        ]
        told = [
            i for i in figure.matching
            if self._all[i].source == "previous" and self._all[i].fact in self._last_told()
        ]
        if not now and not named and told and not self._taken(told[0]):
            named = told
        if named and not now:
            best = max(named, key=figure.near)
            return wrong(figure.mention, "wrong_derived", against(figure.mention, self._all[best]), should(self._all[best]))
        return self._unsure("untraced", f"“{shown(figure.mention)}”说的是“{figure.frame.said}”，数据文件没有这个往年数")

    def _says_so(self, index: int, words: str) -> bool:
        referent = self._all[index]
        return any(words in name for name in (*referent.names, referent.phrase))

    def _just_told(self, index: int) -> bool:
        fact = self._all[index].fact
        return fact in self._kin[0]

    def _results(self, role: str) -> list[Result]:
        figure = self._figure
        return work_out(role, figure.printed, figure.frame, self._operands, self._tracer._days)  # type: ignore[arg-type]

    def _hit(self, results: Sequence[Result]) -> Result | None:
        return results[0] if results else None

    def _worked(self, role: str) -> Verdict | None:
        """The verdict on a figure told as worked out, None where it may as well be given."""
        figure = self._figure
        results = self._results(role)
        fits = [r for r in results if r.fit == "yes"]
        if role == "change":
            return self._changed(results, fits)
        best = next(iter(self._options("fact", "derived", "catalogue", "statement")), None)
        definite = [r for r in results if r.definite]
        if role == "share" and definite and all(r.fit == "no" for r in definite) and len({r.value for r in definite}) == 1:
            if best is None or figure.frame.of:
                message = f"“{shown(figure.mention)}”与{definite[0].formula}不符"
                return wrong(figure.mention, "wrong_derived", message, "请重新计算")
        if self._named_otherwise(fits, best):
            return None
        if role == "average" and (best is None or not re.search("均|每", "".join(self._all[best].names))):
            return self._averaged_or_not(results, fits)
        if role == "total" and (verdict := self._listed_total(results)) is not None:
            return verdict
        if best is not None and figure.near(best) > 0.15:
            return None
        if role == "share" and "率" in figure.evidence.words and any(
            "率" in self._literal(i) or figure.near(i) >= 0.45 for i in self._rivals(best)
        ):
            return None
        if role == "share" and figure.frame.of and base_unknown(figure.frame, self._operands):
            return self._unsure("wrong_derived", f"“{shown(figure.mention)}”占的是“{figure.frame.of}”，数据文件没有这个总数")
        if fits:
            return self._derived(fits[0])
        if role in ("share", "times") and best is not None:
            return None
        near = [r for r in results if r.fit == "doubt"]
        if near:
            return self._unsure("wrong_derived", f"“{shown(figure.mention)}”只是大致相当：{near[0].formula}")
        return None

    def _named_otherwise(self, fits: Sequence[Result], best: int | None) -> bool:
        """Whether the clause names in full a fact of another value that the sum isn't made of."""
        used = {i for r in fits for i in r.ids}
        for index in self._rivals(best):
            referent = self._all[index]
            if len(self._literal(index)) >= _TELLING and (referent.fact or referent.id) not in used:
                return True
        return False

    def _averaged_or_not(self, results: Sequence[Result], fits: Sequence[Result]) -> Verdict | None:
        """The verdict on an average; None where nothing it could be of is named."""
        figure = self._figure
        if fits:
            return self._derived(fits[0])
        near = next((r for r in results if r.fit == "doubt"), None)
        if near is not None:
            return self._unsure("wrong_derived", f"“{shown(figure.mention)}”只是大致相当：{near.formula}")
        sure = [r for r in results if r.sure]
        if figure.frame.per in ("月", "季", "季度", "周", "日", "天") and len({r.formula for r in sure}) == 1:
            return wrong(figure.mention, "wrong_derived", f"“{shown(figure.mention)}”与{sure[0].formula}不符", "请重新计算")
        if any(self._all[i].source == "fact" for i in figure.options):
            return self._unsure("wrong_derived", f"“{shown(figure.mention)}”说的是平均数，不能由文中的数算出")
        return None

    def _listed_total(self, results: Sequence[Result]) -> Verdict | None:
        """甲、乙共64场: the sum of what the clause itself lists by name."""
        figure = self._figure
        before = figure.context.before
        if not re.search(r"[、和及与加]", before) or not re.search(r"共|合计|总计|累计", before[-4:]):
            return None
        listed = [o for o in self._operands if not o.told and o.named and not o.parent and o.ids
                  and self._literal(self._tracer._referents.by_id.get(o.ids[0], -1))]
        if len(listed) < 2:
            return None
        ids = {i for o in listed for i in o.ids}
        right = [r for r in results if set(r.ids) == ids]
        if not right:
            return None
        if right[0].fit == "yes":
            return self._derived(right[0])
        return wrong(figure.mention, "wrong_derived", f"“{shown(figure.mention)}”与{right[0].formula}不符", "请重新计算")

    def _changed(self, results: Sequence[Result], fits: Sequence[Result]) -> Verdict | None:
        figure = self._figure
        frame = figure.frame
        best = next(iter(self._options("fact", "derived", "catalogue", "statement")), None)
        if best is not None and not self._named_beyond_movement(best):
            best = None
        if best is not None and figure.near(best) >= 0.5:
            return None
        if self._named_otherwise(fits, best):
            return None
        last = self._last_told()
        changes = [i for i in self._options("change") if figure.near(i) >= 0.3 or self._all[i].fact in last]
        if changes:
            right = [i for i in changes if self._all[i].direction in (0, frame.way)] if frame.way else changes
            if not right:
                return slots.turned(figure.mention, self._all[changes[0]], frame.way, frame.word)
            return self._approve(right[0], [])
        if fits:
            right_way = [r for r in fits if r.way in (0, frame.way)]
            if right_way:
                return self._derived(right_way[0])
            message = f"“{shown(figure.mention)}”：{fits[0].formula}，方向与“{frame.word}”相反"
            return wrong(figure.mention, "wrong_direction", message, "请改正增减的方向")
        if best is not None and figure.near(best) > 0.2 and len(self._literal(best)) >= _TELLING:
            return None
        moved = self._moved()
        if moved is not None:
            return wrong(figure.mention, "wrong_derived", against(figure.mention, moved), should(moved))
        return None

    def _named_beyond_movement(self, index: int) -> bool:
        """Whether the clause has a word of the name besides 增长率, 降幅 and the like."""
        names = tokens("，".join(_MOVING.sub("，", name) for name in self._all[index].names))
        return bool(names & tokens(_MOVING.sub("，", self._figure.context.near)))

    def _last_told(self) -> tuple[str, ...]:
        """Ids of what the figure told just before in the sentence stands for."""
        for other in self._nearby(2, 0):
            if other.sentence != self._figure.sentence:
                break
            if other.chosen is not None:
                told = self._all[other.chosen]
                return (told.fact or told.id,)
            if other.result is not None:
                return other.result.ids
        return ()

    def _moved(self) -> Referent | None:
        """The change the clause can only mean: of the fact told just before, or named in it."""
        figure = self._figure
        wanted = [
            i for i in figure.matching
            if self._all[i].source == "change" and (figure.near(i) >= 0.6)
        ]
        if not wanted:
            last = self._last_told()
            wanted = [i for i in figure.matching if self._all[i].source == "change" and self._all[i].fact in last]
        return self._all[max(wanted, key=figure.near)] if wanted else None

    def _given(self) -> Verdict:
        """The verdict on a figure that stands for itself."""
        figure = self._figure
        options = self._options("fact", "derived", "catalogue", "statement")
        options = [i for i in options if self._all[i].source != "statement" or figure.near(i) >= 0.25] or options
        if not options:
            return self._no_source()
        best = next((i for i in options[:4] if self._agrees(i)), options[0])
        if figure.loose and figure.near(best) < 0.3 and figure.printed.measure:
            return self._no_source()
        listed = figure.context.listed()
        said = [i for i in options[1:] if _among(self._all[i], listed)]
        for index in (best, *said):
            name = self._literal(index)
            denied = denial(name, figure.evidence.words) if name else ""
            if denied:
                message = f"{given(self._all[index])}，文中写成“{denied}”，意思相反"
                return wrong(figure.mention, "wrong_fact", message, f"请改回“{name}”，或换成“{denied}”的数")
        rivals = self._rivals(best)
        among = [i for i in figure.matching if i not in figure.options and not self._all[i].compared and _among(self._all[i], listed)]
        if among:
            rivals = among
        if rivals:
            verdict = self._exchanged(best, rivals[0], sure=bool(among))
            if verdict is not None:
                return verdict
        return self._approve(best, said)

    def _agrees(self, index: int) -> bool:
        """Whether the clause says nothing that the referent's name excludes."""
        referent = self._all[index]
        return contrast((*referent.names, referent.topic), self._figure.context.near) is None

    def _exchanged(self, best: int, rival: int, *, sure: bool) -> Verdict | None:
        figure = self._figure
        mine, other = self._all[best], self._all[rival]
        literal, own = self._literal(rival), self._literal(best)
        if own and len(own) >= _TELLING and not (literal and own in literal):
            return None
        message = f"“{shown(figure.mention)}”是{cited(mine)}的数，此处说的却是{cited(other)}，疑似张冠李戴"
        if sure or (len(literal) >= 2 and figure.near(rival) >= 0.7) or figure.near(rival) >= _SPOKEN + 0.2:
            advice = should(other) if literal and not own else "请核对这个数说的是哪一项"
            return wrong(figure.mention, "wrong_fact", message, advice)
        apart = figure.near(rival) - figure.near(best)
        wider = figure.whole(rival) - figure.whole(best)
        if figure.near(best) <= 0.2 and apart >= 0.2 and (apart >= 0.3 or wider >= 0.3 or mine.topic != other.topic):
            figure.rival = rival
            return wrong(figure.mention, "wrong_fact", message, "请核对这个数说的是哪一项")
        figure.chosen = best
        figure.rival = rival
        return doubt(figure.mention, "wrong_fact", message, _CONFIRM)

    def _approve(self, best: int, said: Sequence[int]) -> Verdict:
        figure = self._figure
        referent = self._all[best]
        how = figure.options[best]
        if how == "approx":
            return wrong_approx(figure.mention, referent)
        differs = slots.compare(
            figure.mention, figure.context, figure.frame, referent, self._tracer._contexts,
            self._tracer._own, is_plan=lambda: is_planned(
                self._tracer._contexts, figure.mention.start, self._tracer._sheet.period.year + 1
            ),
        )
        if differs is not None:
            figure.chosen = best
            return differs
        figure.chosen = best
        if how == "doubt":
            return self._unsure("wrong_approx", f"“{shown(figure.mention)}”与{cited(referent)}只是大致相当")
        other = self._other_rate(referent)
        if other:
            message = f"“{shown(figure.mention)}”是{cited(referent)}，此处说的是“{other}”"
            return doubt(figure.mention, "wrong_fact", message, _CONFIRM)
        weak = self._too_thin(best)
        if weak:
            return self._unsure("wrong_fact", weak)
        group = [best, *said]
        if referent.source == "statement":
            return traced(figure.mention, [referent], "statement")
        status: Status = "traced" if referent.source in ("fact", "previous") else "derived"
        facts = [self._all[i] for i in group if self._all[i].source != "statement"]
        return traced(figure.mention, facts if said else facts[:1], status)

    def _other_rate(self, referent: Referent) -> str:
        """持证率 in the clause where the figure is that of 化解率; "" where none differs."""
        if referent.measure != "%" or referent.compared:
            return ""
        own = [m for name in referent.names for m in _RATE.findall(name)]
        said = _RATE.findall(self._figure.context.near)
        if not own or not said:
            return ""
        if any(a[-3:] == b[-3:] for a in own for b in said):
            return ""
        return "" if any(b[:-1] in name for b in said for name in referent.names) else said[-1]

    def _too_thin(self, best: int) -> str:
        """Why the words don't carry the proof, "" where they do."""
        figure, referent = self._figure, self._all[best]
        if figure.loose and figure.near(best) < _SPOKEN and figure.printed.measure:
            return f"量词“{figure.printed.measure}”与{cited(referent)}不同"
        if figure.near(best) > 0.12 or figure.whole(best) > 0.25:
            return ""
        if referent.compared or self._kin_of(referent) or not figure.evidence.words:
            return ""
        return f"“{shown(figure.mention)}”与{cited(referent)}的数相同，但文中没有说明是哪一项"

    def _kin_of(self, referent: Referent) -> bool:
        ids, topics = self._kin
        return referent.parent_id in ids or (bool(referent.topic) and referent.topic in topics)

    def _derived(self, result: Result) -> Verdict:
        figure = self._figure
        figure.result = result
        if not result.sure:
            message = f"“{shown(figure.mention)}”等于{result.formula}，但文中说的似乎不是这几项"
            return self._unsure("wrong_derived", message)
        names = tuple(
            name for i in result.ids if i in self._tracer._referents.by_id
            for name in self._all[self._tracer._referents.by_id[i]].names
        )
        differs = slots.period_at(
            figure.mention, figure.frame, names, self._tracer._contexts, self._tracer._own
        ) or slots.other_level(
            figure.mention, figure.context, self._tracer._contexts, names, self._tracer._own
        )
        if differs is not None:
            return differs
        why = f"按文中的数计算：{result.formula}"
        return Verdict(figure.mention.judged("derived", why, result.ids, result.formula))

    def _unsure(self, kind: str, message: str) -> Verdict:
        return doubt(self._figure.mention, kind, message, _CONFIRM)

    # -- nothing of this value ---------------------------------------------------------------

    def _no_source(self) -> Verdict:
        """No referent of this value: say what is nearest to right."""
        figure = self._figure
        mention = figure.mention
        if _enumerated(mention, figure.context):
            return Verdict(mention.judged("permitted", "文中自己列举的项数"))
        if (again := self._told_again()) is not None:
            return again
        if _counts_loosely(mention) and _GENERIC.match(figure.context.after[len(mention.unit) :]):
            return Verdict(mention.judged("permitted", "文中自己归纳的项数"))
        if _counts_loosely(mention) or _EVERY.search(figure.context.sentence[: figure.context.sentence.find(mention.text)] + figure.context.before):
            return self._unsure("untraced", f"“{shown(mention)}”在数据文件中没有出处")
        rivals = self._rivals(None)
        literal = next((i for i in rivals if len(self._literal(i)) >= _TELLING or "率" in self._literal(i)), None)
        moves = literal is not None and _MOVING.search(self._literal(literal))
        if literal is not None and (moves or not set(figure.frame.roles) & {"average", "change", "times"}):
            return self._another_value(literal)
        compared = [i for i in figure.options if self._all[i].compared]
        spoken = [i for i in compared if figure.near(i) >= 0.3 or self._just_told(i)]
        if spoken:
            return self._as_compared(max(spoken, key=self._score))
        if "rest" not in figure.frame.roles and REST_WEAK.search(figure.evidence.words):
            hit = next((r for r in self._results("rest") if r.fit == "yes" and r.sure), None)
            if hit is not None:
                return self._derived(hit)
        if "total" not in figure.frame.roles:
            hit = next((r for r in self._results("total") if r.fit == "yes" and len(r.ids) > 1), None)
            if hit is not None and hit.sure and re.search("[、和及与加]", figure.context.before):
                return self._derived(hit)
            if hit is not None:
                return self._unsure("wrong_derived", f"“{shown(mention)}”等于{hit.formula}，文中没有说明是合计")
        if (verdict := self._other_measure()) is not None:
            return verdict
        if (verdict := self._stated_otherwise()) is not None:
            return verdict
        worked = [r for r in figure.frame.roles if r not in ("given", "last")]
        if rivals and not worked:
            best = self._all[rivals[0]]
            if self._literal(rivals[0]) or figure.near(rivals[0]) >= 0.75 or off_by_scale(best, mention):
                return self._another_value(rivals[0])
        message = f"“{shown(mention)}”在数据文件中没有出处"
        if "change" in worked and any(
            o.sentence == figure.sentence and o.verdict is not None and o.verdict.issue is not None
            and o.verdict.issue.severity == "error" for o in self._nearby(4, 0)
        ):
            return wrong(mention, "untraced", message, "前面的数对不上，请一并核对")
        if worked and (self._unresolved(worked) or self._averaged()):
            return self._unsure("untraced", f"{message}，也不能由文中的数算出")
        hint = f"请核对：相近的是{cited(self._all[rivals[0]])}" if rivals else f"请删去；{_ADD}"
        return wrong(mention, "untraced", message, hint)

    def _another_value(self, index: int) -> Verdict:
        """The thing spoken of has another value."""
        mention, best = self._figure.mention, self._all[index]
        if times := off_by_scale(best, mention):
            return wrong_scale(mention, best, times)
        kind = "wrong_derived" if best.derived else "untraced"
        return wrong(mention, kind, against(mention, best), should(best))

    def _stated_otherwise(self) -> Verdict | None:
        """A statement that says this very thing with another figure."""
        figure = self._figure
        stated = [
            i for i in figure.matching
            if self._all[i].source == "statement" and i not in figure.options and figure.near(i) >= 0.55
        ]
        if not stated:
            return None
        best = self._all[max(stated, key=figure.near)]
        return wrong(figure.mention, "untraced", against(figure.mention, best), should(best))

    def _told_again(self) -> Verdict | None:
        """A figure just told, told again in round numbers or another scale: 1996起，近2000起."""
        figure = self._figure
        if set(figure.frame.roles) & {"average", "change", "rest", "total", "times", "last"}:
            return None
        for operand in self._operands:
            if not operand.told or not operand.same_sentence or operand.ahead:
                continue
            if operand.measure == figure.printed.measure and fit_computed(operand.value, figure.printed) == "yes":
                why = f"即文中的{operand.label}"
                return Verdict(figure.mention.judged("derived", why, operand.ids, operand.label))
        return None

    def _averaged(self) -> bool:
        """Whether the average could be that of some fact the clause names in other words."""
        figure = self._figure
        if "average" not in figure.frame.roles:
            return False
        every = [self._operand(i, told=False) for i in figure.matching if self._all[i].source == "fact"]
        found = work_out("average", figure.printed, figure.frame, every, self._tracer._days)
        return any(r.fit == "yes" for r in found)

    def _unresolved(self, worked: Sequence[str]) -> bool:
        """Whether the words promise a computation whose operands the text doesn't name."""
        strong = [r for r in worked if r in ("average", "total", "rest", "times", "change")]
        return bool(strong) and not any(self._results(r) for r in strong)

    def _as_compared(self, index: int) -> Verdict:
        """A share or last year's value told without the words for it."""
        referent = self._all[index]
        figure = self._figure
        if referent.source == "share":
            if referent.far:
                message = f"“{shown(figure.mention)}”是{cited(referent)}，文中没有说明是占哪一个总数"
                return self._unsure("wrong_derived", message)
            return self._approve(index, [])
        if referent.source == "previous":
            message = f"“{shown(figure.mention)}”是{cited(referent)}，文中没有说明是往年的数"
            now = self._tracer._referents.by_id.get(referent.fact)
            return wrong(figure.mention, "wrong_fact", message, should(self._all[now]) if now is not None and figure.near(index) >= 0.75 else "请核对是哪一年的数")
        return self._unsure("wrong_derived", f"“{shown(figure.mention)}”是{cited(referent)}，文中没有说明增减")

    def _other_measure(self) -> Verdict | None:
        """The referent the clause speaks of, whatever its measure word, if it has this value."""
        figure = self._figure
        told = [i for i in figure.evidence.near if not self._all[i].compared and figure.near(i) >= 0.5]
        nearest = max(told, key=figure.near, default=None)
        if nearest is None:
            return None
        referent = self._all[nearest]
        if referent.high is None and figure.printed.high is None and referent.base == figure.printed.low:
            if {figure.printed.measure, referent.measure} <= LOOSE | {"次", "场", "起", "宗"}:
                return self._unsure("wrong_unit", f"量词“{figure.printed.measure}”与{cited(referent)}不同")
            return wrong_unit(figure.mention, referent)
        return None

    # -- second look -------------------------------------------------------------------------

    def reconsider(self) -> None:
        """A figure whose own referent is spoken of at another figure that got it wrong."""
        figure = self._figure
        if figure.verdict is None or figure.verdict.issue is not None:
            return
        if figure.result is not None:
            faulty = {f.mention.start for f in self._nearby() if f.verdict is not None and f.verdict.issue is not None}
            if faulty & set(figure.result.at):
                message = f"“{shown(figure.mention)}”由文中的数算出，但其中有的数待核：{figure.result.formula}"
                figure.verdict = doubt(figure.mention, "wrong_derived", message, _CONFIRM)
            return
        if figure.chosen is None:
            return
        if self._more_than_whole():
            return
        own = figure.near(figure.chosen)
        for other in self._nearby(4, 4):
            if other.verdict is None or other.verdict.issue is None or other.sentence != figure.sentence:
                continue
            if figure.chosen in other.options or figure.chosen not in other.matching:
                continue
            mutual = other.rival == figure.chosen and other.chosen is not None
            if mutual and figure.near(other.chosen) > own + 0.05:
                referent = self._all[figure.chosen]
                message = f"“{shown(figure.mention)}”是{cited(referent)}的数，与同句的“{shown(other.mention)}”疑似对调"
                figure.verdict = wrong(figure.mention, "wrong_fact", message, "请核对这两个数各是哪一项")
                return
            if other.near(figure.chosen) > own + 0.05 and own < 0.6:
                referent = self._all[figure.chosen]
                message = f"{cited(referent)}似乎是同句另一处“{shown(other.mention)}”所说的，两处的数疑似对调"
                tell = wrong if other.verdict.issue.severity == "error" and own < 0.35 else doubt
                figure.verdict = tell(figure.mention, "wrong_fact", message, _CONFIRM)
                return

    def _more_than_whole(self) -> bool:
        """其中106件 behind 15件: a part above what it is a part of; both figures are in doubt."""
        figure = self._figure
        before = next((o for o in self._nearby(1, 0) if o.sentence == figure.sentence), None)
        if before is None or not alike(before.printed.measure, figure.printed.measure):
            return False
        between = self._tracer._contexts.text[before.mention.end : figure.mention.start]
        if not _AMONG.search(between) or figure.printed.measure == "%":
            return False
        if figure.printed.low <= before.printed.low or before.printed.approx:
            return False
        if all(one.chosen is not None and one.near(one.chosen) >= 0.6 for one in (figure, before)):
            return False  # both stand so in the sheet, whose contradiction it is
        for one in (figure, before):
            if one.verdict is not None and one.verdict.issue is None:
                message = f"“{shown(figure.mention)}”大于它所属的“{shown(before.mention)}”，两处的数疑似对调"
                one.verdict = doubt(one.mention, "wrong_fact", message, _CONFIRM)
        return True


_MOVING = re.compile(r"同比|环比|比?上年|增长率|增长|增幅|增速|增加|上升|提高|提升|下降|减少|降低|降幅|减幅|变化率")
_RATE = re.compile(r"[一-龥]{2}率")
_ABOUT = re.compile(r"(?:约(?:占|为|是|相当于|合)|差不多)[^，。；、]*$")
# What stands between a whole and a part of it: 其中, …中, 已有.
_AMONG = re.compile(r"其中|[一-龥]中[，有]?$|，已有$|[一-龥]里[，有]?$")
_GENERIC = re.compile(r"班子|账|人马|合计|相加|加起来|一?共|之和|指标|线|闸口|业务|工作|任务|方面|会议|通报|数据|内容|举措|措施|队伍|力量|渠道|平台|关口|环节|清单|机制|制度|问题|短板|特点|变化|抓手|重点")
_EVERY = re.compile(r"每[^，。；]{0,14}$")


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
    if not mention.unit.startswith(("个", "项", "类", "种", "方面", "条", "道", "大", "者")):
        return False
    items = [i for i in re.split(r"[、和及与]|以及", context.before) if i.strip()]
    return len(items) >= 2 and len(items) == mention.value


def _counts_loosely(mention: Mention) -> bool:
    """A small Chinese count of what the text itself is about: 三条线, 两道闸口, 三项指标."""
    return (
        not mention.text[:1].isdigit()
        and isinstance(mention.value, Decimal)
        and mention.value <= 9
        and not mention.approx
        and mention.unit in ("项", "条", "道", "类", "个", "种", "级", "路", "线", "大", "头", "端", "支", "句", "张", "本", "块", "家", "届", "套", "笔")
    )
