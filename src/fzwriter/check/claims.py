"""Words that count without a numeral: 全部, 均, 无一, 零, 过半, 翻番, 有所下降 (DESIGN §5.7).

Each is held against the fact that its clause speaks of: refuted by it an error, about a fact of the
sheet and untold a doubt, otherwise a reminder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from fzwriter.check.context import Context, Contexts
from fzwriter.check.meaning import Evidence
from fzwriter.check.planned import is_planned
from fzwriter.check.referents import Referent, grams
from fzwriter.check.verdict import given
from fzwriter.facts import FactSheet
from fzwriter.report import Issue, Mention

_CLAUSE = re.compile(r"[^，。；！？\n]+")
_ALL = re.compile(
    r"全部(?!内容|过程|门类|工作|流程)|全都|悉数|无一例外|(?P<same>[件个人户所堂家条项场案起])(?P=same)(?=[一-龥])|一[个家件名所人户]不[落漏少]|全员|全覆盖|百分之百|应[一-龥]尽[一-龥]|均(?=已|实现|按|得到|通过|成功|在|办结|化解|审结|持证|完成|整改|到位|未)|都(?=已|按|得到|有)|皆"
)
_NONE = re.compile(
    r"未发生|没有发生|未出现|没有出现|一[例起件名宗次]未发|无一(?!例外)|没有一[件起例家名]|零(?=投诉|事故|发生|上访|败诉|复议|差错|纠错|发案|案件|撤销|逾期|违纪)|为零(?![一-龥])"
)
_MOST = re.compile(r"过半|大半|大部分|绝大多数|绝大部分|大多数?|多数|(?<!前)半数以上|一多半|七八成|八九成|六七成|近乎全部")
_HALF = re.compile(r"(?<![增加减少降了])一半(?!以上|的)")
_TURN = re.compile(r"翻(?:了)?(?:一)?番|翻倍|减半|减少一半|增加一半|腰斩|下降一半|压减一半")
_TREND = re.compile(
    r"(?:(?:明显|显著|大幅|持续|逐年|稳步|进一步|有所|略有|双双|小幅|同比|较上年|比上年)(?P<way>下降|减少|降低|上升|增长|增加|提高|提升|回落|下滑))(?=[，。；]|$)|(?P<flat>持平)"
)
# 百场, 千名: a power of ten by itself; 一件 behind what it counts; numerals nobody reads for sure.
_ROUND = re.compile(r"(?<![几数上近十一二三四五六七八九百千万0-9超逾过成两])(?P<power>[百千万])(?P<unit>[场名件人户家次份])(?![一-龥]{0,2}(?:行动|工程|计划|大))")
_ONE = re.compile(r"(?<![第每同唯统单逐进])一(?P<unit>[件起名个家场次份宗例])(?=[，。；]|$|[一-龥]{2,6}$)")
_GLYPHS = re.compile(r"[①-⑳⑴-⒇⁰¹²³⁴-⁹₀-₉Ⅰ-ⅻ]{2,}(?=[件起名个家场次份人户])|(?<=[一-龥])[IVXLCM]{2,}(?=[件起名个家场次份人户])|[一二三四五六七八九〇零]{3,}(?=[件起名家场次份人户])|[皕卅廿卌](?=[件起名家场次份人户])")
_GOAL = re.compile(
    r"将|力争|实现.*目标|确保|推动|推进|努力|争取|要求|目标|着力|计划|做到|坚持|落实|加快|继续|原则|不断|持续|要(?!求)|拟"
)
_RISE = frozenset(("上升", "增长", "增加", "提高", "提升"))
_PLANS = re.compile(r"计划|打算|安排|思路|要点|下一步|下步|问题|不足")
_SPOKEN = 0.3


class _Said(NamedTuple):
    """A word that counts, where it stands and what its clause speaks of."""

    match: re.Match[str]
    clause: str
    start: int
    end: int
    evidence: Evidence
    told: Sequence[int]


class WordClaims:
    """Judges the words that count of one text."""

    def __init__(
        self,
        text: str,
        sheet: FactSheet,
        referents: object,
        contexts: Contexts,
        chosen: dict[int, str],
        mentions: Sequence[Mention],
    ) -> None:
        self._text, self._sheet, self._contexts = text, sheet, contexts
        self._referents = referents
        self._all: tuple[Referent, ...] = referents.all  # type: ignore[attr-defined]
        self._by_id: dict[str, int] = referents.by_id  # type: ignore[attr-defined]
        self._told = sorted((at, self._by_id[i]) for at, i in chosen.items() if i in self._by_id)
        self._starts = [m.start for m in mentions if m.kind == "quantity"]

    def find(self) -> Iterator[Issue]:
        """The issues of the text, in its order."""
        for match in _CLAUSE.finditer(self._text):
            clause = match.group()
            for pattern, judge in (
                (_ALL, self._all_of),
                (_NONE, self._none_of),
                (_MOST, self._most_of),
                (_TURN, self._turned),
                (_HALF, self._half),
                (_TREND, self._trend),
                (_ROUND, self._round),
                (_ONE, self._one),
                (_GLYPHS, self._glyphs),
            ):
                word = pattern.search(clause)
                if not word or self._backed(clause, word.group(), match.start() + word.start()):
                    continue
                issue = judge(self._said(word, match))
                if issue is not None:
                    yield issue
                break

    def _said(self, word: re.Match[str], clause: re.Match[str]) -> _Said:
        start, end = self._contexts.sentence_bounds(clause.start())
        before = self._text[start : clause.start()]
        earlier = tuple(p for p in reversed(_CLAUSE.findall(before)) if p.strip())[:4]
        context = Context(
            near=clause.group() + "＃",
            before=clause.group(),
            earlier=earlier,
            sentence=self._text[start:end],
            above=(self._text[max(0, start - 60) : start], "", *reversed(self._contexts.headings(start))),
        )
        evidence = self._referents.meaning.evidence(context)  # type: ignore[attr-defined]
        told = [index for at, index in self._told if start <= at < clause.end()]
        return _Said(word, clause.group(), clause.start() + word.start(), clause.start() + word.end(), evidence, told)

    def _issue(self, said: _Said, severity: str, message: str, advice: str) -> Issue:
        return Issue(said.start, said.end, "unbacked_claim", severity, message, advice)  # type: ignore[arg-type]

    def _refuted(self, said: _Said, referent: Referent) -> Issue:
        message = f"此处写“{said.clause}”，{given(referent)}"
        return self._issue(said, "error", message, "请以数据为准，删去或改正")

    def _open(self, said: _Said, *, of_fact: bool, what: str = "说得绝对") -> Issue | None:
        word = said.match.group()
        if of_fact:
            return self._issue(
                said, "doubt", f"“{word}”{what}，数据文件不足以断定", "请核对；无误的，请确认这一处"
            )
        if _GOAL.search(said.clause):
            return None
        return self._issue(
            said, "warning", f"“{word}”{what}，数据文件中没有依据", "请核对；确实如此的，请先写进数据文件"
        )

    def _backed(self, clause: str, word: str, at: int) -> bool:
        """Whether a statement or a fact's name makes this very claim; a plan makes none of deeds."""
        words = grams(clause)
        planned = is_planned(self._contexts, at, self._sheet.period.year + 1)
        said = [s.text for s in self._sheet.statements if planned or s.kind != "计划"]
        texts = (*said, *(f.name + f.note for f in self._sheet.facts))
        return any(word in t and len(words & grams(t)) * 2 >= len(words) for t in texts)

    def _same_as_told(self, said: _Said) -> bool:
        """Whether the part the clause names is as large as what was told just before."""
        told = [self._all[i] for i in said.told[-3:]]
        named = [self._all[i] for i, near in said.evidence.near.items() if near >= _SPOKEN and self._all[i].source == "fact"]
        return any(a is not b and a.base == b.base and a.measure == b.measure for a in told for b in named)

    def _ratio(self, said: _Said) -> tuple[Fraction, Referent] | None:
        """The share the clause speaks of: of a part in its total, or a rate."""
        best: tuple[float, Fraction, Referent] | None = None
        told = {self._all[i].id for i in said.told}
        for index, near in said.evidence.near.items():
            referent = self._all[index]
            if referent.source in ("fact", "derived", "catalogue") and referent.measure == "%":
                score, ratio = near, referent.base
            elif referent.source == "fact" and referent.parent_id in self._by_id:
                whole = self._all[self._by_id[referent.parent_id]]
                if not whole.base:
                    continue
                score = near + (0.3 if whole.id in told else 0) + 0.3 * said.evidence.near.get(self._by_id[whole.id], 0)
                ratio = referent.base / whole.base
            else:
                continue
            if said.told and not self._akin(referent, told, said):
                continue
            if near >= _SPOKEN and (best is None or score > best[0]):
                best = (score, ratio, referent)
        return None if best is None else (best[1], best[2])

    def _akin(self, referent: Referent, told: set[str], said: _Said) -> bool:
        """Whether a rate or part has to do with what the sentence has told."""
        topics = {self._all[i].topic for i in said.told}
        return referent.parent_id in told or referent.id in told or referent.topic in topics or not referent.topic

    def _of_fact(self, said: _Said) -> bool:
        """Whether the clause speaks of a figure of the sheet."""
        return bool(said.told) or any(
            near >= 0.5 and self._all[i].source == "fact" for i, near in said.evidence.near.items()
        )

    def _all_of(self, said: _Said) -> Issue | None:
        if self._same_as_told(said):
            return None
        found = self._ratio(said)
        if found is not None:
            ratio, referent = found
            if re.search(r"未|没|无|不", said.clause) and ratio != 1:
                return self._open(said, of_fact=True)
            if _GOAL.search(said.clause) and not said.told and "均" not in said.match.group():
                return None
            return None if ratio == 1 else self._refuted(said, referent)
        if self._full(said):
            return None
        if said.match.group() in ("均", "都", "皆"):
            return None
        parts = any(self._all[i].id in {r.parent_id for r in self._all if r.source == "fact"} for i in said.told)
        return self._open(said, of_fact=parts or (self._of_fact(said) and not _GOAL.search(said.clause)))

    def _full(self, said: _Said) -> bool:
        """Whether a rate of 100% says it."""
        return any(
            self._all[i].measure == "%" and self._all[i].base == 1 and near > 0.25
            for i, near in said.evidence.near.items()
        )

    def _none_of(self, said: _Said) -> Issue | None:
        words = grams(_NONE.sub("", said.clause))
        named = [
            r for r in self._all if r.source == "fact"
            for name in r.names_grams if name and len(name & words) >= 0.6 * len(name)
        ]
        if any(not r.base for r in named):
            return None
        near = {self._all[i].id: v for i, v in said.evidence.near.items() if self._all[i].source == "fact"}
        zero = [i for i, v in near.items() if v >= 0.2 and not self._all[self._by_id[i]].base]
        if zero:
            return None
        if named and "无一" not in said.match.group():
            return self._refuted(said, named[0])
        bad = [r for r in self._all if r.source == "fact" and r.base and near.get(r.id, 0) >= 0.3]
        if "无一" in said.match.group() and bad:
            word = said.clause[said.match.end() : said.match.end() + 2]
            hit = next((r for r in bad if word and word in r.names[0]), None)
            if hit is not None:
                return self._refuted(said, hit)
        return self._open(said, of_fact=bool(said.told) or bool(bad))

    def _most_of(self, said: _Said) -> Issue | None:
        found = self._ratio(said)
        if found is None:
            return self._open(said, of_fact=self._of_fact(said), what="讲的是多少") if self._of_fact(said) else None
        ratio, referent = found
        if re.match(r"[一-龥]{0,2}[未没无不]", said.clause[said.match.end() :]):
            ratio = 1 - ratio
        low = {"七八成": Fraction(7, 10), "八九成": Fraction(8, 10), "六七成": Fraction(6, 10)}.get(said.match.group(), Fraction(1, 2))
        high = low + Fraction(2, 10) if low > Fraction(1, 2) else Fraction(1)
        return None if low < ratio <= high else self._refuted(said, referent)

    def _half(self, said: _Said) -> Issue | None:
        found = self._ratio(said)
        if found is None:
            return self._open(said, of_fact=True, what="讲的是多少") if self._of_fact(said) else None
        return None if abs(found[0] - Fraction(1, 2)) <= Fraction(4, 100) else self._refuted(said, found[1])

    def _changed(self, said: _Said) -> Referent | None:
        """The fact with last year's value that the clause speaks of, or told just before."""
        with_previous = [i for i in said.evidence.near if self._all[i].previous is not None]
        named = [i for i in with_previous if said.evidence.near[i] >= _SPOKEN]
        if named:
            return self._all[max(named, key=lambda i: said.evidence.near[i])]
        told = [i for i in said.told if self._all[i].previous is not None]
        return self._all[told[-1]] if told else None

    def _counted(self, said: _Said) -> Referent | None:
        """The fact with the word's measure that the clause names."""
        unit = said.match.group("unit")
        found = [
            i for i, near in said.evidence.near.items()
            if near >= 0.5 and self._all[i].source == "fact" and self._all[i].measure == unit
        ]
        return self._all[max(found, key=lambda i: said.evidence.near[i])] if found else None

    def _round(self, said: _Said) -> Issue | None:
        referent = self._counted(said)
        power = {"百": 100, "千": 1000, "万": 10000}[said.match.group("power")]
        if said.start in self._starts or referent is None or power <= referent.base < 10 * power:
            return None
        return self._refuted(said, referent)

    def _one(self, said: _Said) -> Issue | None:
        referent = self._counted(said)
        if re.search(r"[未没无不](?:有|作出|发生|曾)?$", said.clause[: said.match.start()]) or re.match(
            r"[^，。；]{0,2}(?:也没|没|未|不)", said.clause[said.match.end() :]
        ):
            return None
        if referent is None or referent.base == 1 or any(s <= said.start < s + 4 for s in self._starts):
            return None
        return self._refuted(said, referent)

    def _glyphs(self, said: _Said) -> Issue | None:
        return Issue(
            said.start, said.end, "untraced", "doubt", f"“{said.match.group()}”不是通行的数字写法，无法核对", "请改用阿拉伯数字"
        )

    def _turned(self, said: _Said) -> Issue | None:
        referent = self._changed(said)
        if referent is None:
            return self._open(said, of_fact=self._of_fact(said), what="讲的是增减") if self._of_fact(said) else None
        old = referent.previous or Fraction(0)
        word = said.match.group()
        near = re.search(r"(?:接近|逼近|将近|近|几乎)$", said.clause[: said.match.start()])
        more = re.match(r"(?:以上|还多|多)", said.clause[said.match.end() :])
        if near or more:
            goal = Fraction(1, 2) if "减" in word or "下降" in word or "腰斩" in word or "压" in word else Fraction(2)
            times = referent.base / old if old else Fraction(0)
            close = abs(times - goal) <= goal / 5 if near else (times < goal if goal < 1 else times > goal)
            return None if close else self._refuted_change(said, referent)
        if "半" in word or "腰斩" in word:
            factor = Fraction(3, 2) if "增" in word else Fraction(1, 2)
            right = old and referent.base == old * factor
        else:
            right = old and referent.base >= 2 * old and referent.base < Fraction(22, 10) * old
        return None if right else self._refuted_change(said, referent)

    def _refuted_change(self, said: _Said, referent: Referent) -> Issue:
        message = f"此处写“{said.clause}”，实际是{referent.names[0]}{referent.moved}"
        return self._issue(said, "error", message, "请以数据为准，删去或改正")

    def _trend(self, said: _Said) -> Issue | None:
        word = said.match
        first, second = self._contexts.headings(said.start)
        if _PLANS.search(first + second):
            return None
        referent = self._changed(said)
        if referent is not None:
            if word.group("flat"):
                return None if referent.direction == 0 else self._refuted_change(said, referent)
            way = 1 if word.group("way") in _RISE else -1
            if referent.direction in (0, -way):
                return self._refuted_change(said, referent)
            return None
        if word.group("flat"):
            return self._open(said, of_fact=self._of_fact(said), what="讲的是增减") if self._of_fact(said) else None
        if word.group("way") in ("提高", "提升") or _GOAL.search(said.clause):
            return None
        return self._open(said, of_fact=False, what="讲的是增减")
