"""What the text says beside what a statement of the input says: plans, ranks, dates, documents, levels.

A clause of the text is laid beside the clause of a statement that shares most of its words. Words of
one closed sort (months, ranks, 省级 and 市级, 第三批, 〔2024〕15号) must then agree, and what is planned
must not be told as done.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fzwriter.check.context import Contexts
from fzwriter.check.genre import contrast
from fzwriter.check.periods import NEXT
from fzwriter.check.referents import grams
from fzwriter.facts import FactSheet, Statement
from fzwriter.facts.lint_common import quoted
from fzwriter.report import Issue

_PIECE = re.compile(r"[^，。；！？\n：]+")
_NUMERAL = "一二三四五六七八九十百〇零0-9Ⅰ-Ⅻ"
#: Sorts of words of which a statement's own must stand: what they are called, and how they look.
_SORTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("级别", re.compile(r"国家级|部级|省级|市级|州级|县级|区级|镇级|乡级|村级")),
    ("范围", re.compile(r"全国|全省|全市|全州|全县|全区|全镇")),
    (
        "机关级别",
        re.compile(
            r"(?:最高|省|市|州|县|区)(?=法院|检察院|检察机关|公安局|司法局|司法厅|人大|政协)"
        ),
    ),
    (
        "等次",
        re.compile(
            r"[特一二三四]等奖|第[一二三四五六七八九十]+(?=名|位|$|，)|首位|前[三五十]名?|金奖|银奖|铜奖|冠军|亚军|季军"
        ),
    ),
    ("星级", re.compile(rf"[{_NUMERAL}]+(?:A级|星级?|级(?=突发|响应|预警))")),
    ("全会", re.compile(r"[一二三四五六七]中全会")),
    ("届次", re.compile(r"第?[一二三四五六七八九十]+(?:届|次)(?=[一二三四五六七八九十]|全|会|党)")),
    ("文号", re.compile(r"〔[0-9]{4}〕\s?[0-9]+号|\[[0-9]{4}\]\s?[0-9]+号")),
    ("条款", re.compile(rf"第[{_NUMERAL}]+条")),
    ("批次", re.compile(rf"第[{_NUMERAL}]+(?=批|届|期|轮)|首批|首届")),
    ("电话", re.compile(r"(?:0[0-9]{2,3}-)?[0-9]{5,8}(?=热线|电话|投诉|举报|平台|$)")),
    (
        "月份",
        re.compile(
            r"(?<![0-9一二三四五六七八九十])(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?!份?[一-龥]{0,2}以来)"
        ),
    ),
    ("日期", re.compile(r"(?<=月)[0-9一二三四五六七八九十]{1,3}日")),
    ("年份", re.compile(r"20[0-9]{2}(?=年)")),
    ("季节", re.compile(r"春季|夏季|秋季|冬季|上半年|下半年|[一二三四]季度(?!.)")),
    ("频次", re.compile(r"每(?:年|半年|季度?|月|周|天|日)|逐月|逐季|按月|按周|按季")),
    (
        "口诀",
        re.compile(
            r"(?<=[“\"])[一二三四五六七八九十][一-龥]{1,2}[一二三四五六七八九十][一-龥]{1,2}(?=[”\"])"
        ),
    ),
)
_DONE = re.compile(
    r"已经?(?!成为)|完成了?|建成|拿下|实现了|落地见效|全面铺开了|顺利|圆满|如期|取得|通过了"
)
_AWARD = re.compile(
    r"获评|荣获|获得[^，。；]{0,12}(?:称号|奖|表彰|表扬|肯定)|获[^，。；]{0,10}(?:表扬|表彰|批示|肯定|推广|奖)|被评为|评为|授予|当选|入选|摘得|斩获|典型案例|位居|排名第|名列|首位|居[^，。]{0,6}前列|首家|唯一|独一份|独此一家|第一(?=名|位|，|。|$)|首创|领先|领跑|列为[^，。；]{0,8}示范|获[^，。；]{0,8}命名|历史(?:最低|最高|新高|新低)"
)
_ALIGNED = 0.42
_CLOSE = 0.6


@dataclass(frozen=True)
class _Clause:
    """A clause of a statement."""

    statement: Statement
    text: str
    words: frozenset[str]


class Stated:
    """The statements of one sheet, indexed by their words; serves any number of texts."""

    def __init__(self, sheet: FactSheet) -> None:
        self._sheet = sheet
        self._clauses: list[_Clause] = []
        self._own_years = (sheet.period.year, sheet.period.year + 1)
        self._index: dict[str, list[int]] = {}
        self._owner: list[int] = []
        for number, statement in enumerate(sheet.statements):
            for match in _PIECE.finditer(statement.text):
                words = grams(match.group())
                for word in words:
                    self._index.setdefault(word, []).append(len(self._clauses))
                self._owner.append(number)
                self._clauses.append(_Clause(statement, match.group(), words))
        self._facts = "\n".join(f.name + f.note + "".join(f.aliases) for f in sheet.facts)
        self._said = "\n".join(s.text for s in sheet.statements)

    def find(self, text: str, contexts: Contexts, proved: Sequence[int]) -> Iterator[Issue]:
        """Where the text and a statement that it retells differ in a word of a closed sort.

        Args:
            text: the report.
            contexts: of it.
            proved: starts of its figures that stand for facts, in order; their clauses tell deeds.
        """
        for match in _PIECE.finditer(text):
            piece = match.group()
            start = match.start()
            at = bisect_left(proved, start)
            if at < len(proved) and proved[at] < match.end():
                yield from self._unbacked(piece, start, False, grams(piece))
                continue
            words = grams(piece)
            close = self._closest(words)
            sentence_start, sentence_end = contexts.sentence_bounds(start)
            wide = text[sentence_start:sentence_end]
            if not close:
                yield from self._loosely(piece, start, wide)
            if close:
                wide = text[sentence_start:sentence_end]
                yield from self._differing(piece, start, wide, close)
                planned = self._planned(piece, start, wide, close, contexts)
                if planned is not None:
                    yield planned
            yield from self._unbacked(piece, start, bool(close), words)

    def _closest(self, words: frozenset[str]) -> list[tuple[float, _Clause]]:
        """Clauses of statements that say what the words say, the closest first."""
        shared: Counter[int] = Counter()
        for word in words:
            shared.update(self._index.get(word, ()))
        found = []
        for number, count in shared.items():
            clause = self._clauses[number]
            if count < 3:
                continue
            likeness = count / max(4, min(len(words), len(clause.words)))
            if likeness >= _ALIGNED:
                found.append((likeness, clause))
        found.sort(key=lambda pair: -pair[0])
        return found[:4]

    def _loosely(self, piece: str, start: int, sentence: str) -> Iterator[Issue]:
        """Doubts where the sentence retells a statement in other words, with another word of a sort."""
        told = [(s, m) for s, p in _SORTS for m in p.finditer(piece)]
        done = _DONE.search(piece)
        if not told and not done:
            return
        best, shared = self._nearest(grams(sentence) if told else grams(piece))
        if best is None:
            return
        if (
            done
            and best.kind == "计划"
            and shared >= 2
            and not NEXT.search(piece)
            and done.group() not in best.text
        ):
            if self._nearest(grams(piece))[0] is best:
                yield Issue(
                    start,
                    start + len(piece),
                    "contradiction",
                    "doubt",
                    f"{quoted(best.text[:40])}在文字材料中是计划，此处似乎写成了已经做到的事",
                    "请核对；无误的，请确认这一处",
                )
        if shared < 3:
            return
        for sort, match in told:
            pattern = dict(_SORTS)[sort]
            wanted = {m.group() for m in pattern.finditer(best.text)}
            if sort == "年份" and int(match.group()) in self._own_years:
                continue
            if (
                not wanted
                or match.group() in wanted
                or match.group() in self._facts
                or match.group() in self._said
            ):
                continue
            right = "、".join(sorted(wanted))
            yield Issue(
                start + match.start(),
                start + match.end(),
                "wrong_date" if sort in ("月份", "日期", "年份", "季节") else "wrong_fact",
                "doubt",
                f"文字材料中是{quoted(best.text[:40])}，此处“{match.group()}”与“{right}”不同",
                "请核对；无误的，请确认这一处",
            )

    def _nearest(self, words: frozenset[str]) -> tuple[Statement | None, int]:
        """The statement that shares most of the words, and how many it shares."""
        shared: Counter[int] = Counter()
        for word in words:
            for number in {self._owner[i] for i in self._index.get(word, ())}:
                shared[number] += 1
        if not shared:
            return None, 0
        number, count = shared.most_common(1)[0]
        return self._sheet.statements[number], count

    def _differing(
        self, piece: str, start: int, sentence: str, close: Sequence[tuple[float, _Clause]]
    ) -> Iterator[Issue]:
        own = "\n".join(clause.statement.text for _, clause in close)
        best = close[0][1]
        for sort, pattern in _SORTS:
            wanted = {m.group() for m in pattern.finditer(best.statement.text)}
            if not wanted:
                continue
            anywhere = {m.group() for m in pattern.finditer(own)}
            for match in pattern.finditer(piece):
                said = match.group()
                if said in anywhere or said in self._facts:
                    continue
                if sort == "年份" and int(said) in self._own_years and close[0][0] < _CLOSE:
                    continue
                if any(m.group() in wanted for m in pattern.finditer(piece)):
                    continue
                kind = "wrong_date" if sort in ("月份", "日期", "年份", "季节") else "wrong_fact"
                right = "、".join(sorted(wanted))
                yield Issue(
                    start + match.start(),
                    start + match.end(),
                    kind,
                    "error",
                    f"文字材料中是{quoted(best.statement.text[:40])}，此处把“{right}”写成了“{said}”",
                    f"请改回“{right}”",
                )
        if close[0][0] < _CLOSE:
            return
        turned = contrast((best.text,), piece)
        if turned is not None and turned.group != "level" and turned.own not in sentence:
            at = start + piece.find(turned.other)
            yield Issue(
                at,
                at + len(turned.other),
                "contradiction",
                "doubt",
                f"文字材料中是{quoted(best.text)}，此处写成“{turned.other}”",
                "请核对；无误的，请确认这一处",
            )

    def _planned(
        self,
        piece: str,
        start: int,
        sentence: str,
        close: Sequence[tuple[float, _Clause]],
        contexts: Contexts,
    ) -> Issue | None:
        best = close[0][1].statement
        if best.kind != "计划":
            return None
        if any(clause.statement.kind not in ("计划", "问题", "原因") for _, clause in close):
            return None
        done = _DONE.search(piece)
        if not done or done.group() in best.text or NEXT.search(piece):
            return None
        del sentence, contexts
        return Issue(
            start,
            start + len(piece),
            "contradiction",
            "error",
            f"{quoted(best.text[:40])}在文字材料中是计划，此处写成了已经做到的事",
            "请改写成计划；确已做到的，请先写进文字材料",
        )

    def _unbacked(
        self, piece: str, start: int, close: bool, words: frozenset[str]
    ) -> Iterator[Issue]:
        """An honour or a first place that neither statement nor fact holds."""
        match = _AWARD.search(piece)
        if not match:
            return
        said = match.group()
        for _, clause in self._closest(words) if close else ():
            if _AWARD.search(clause.statement.text) or said in clause.statement.text:
                return
        if said in self._facts or (said in self._said and not close and len(words) < 6):
            return
        if re.search(r"将|拟|力争|争取|计划|目标|打造|争创|创建|申报|推荐|角逐|推选", piece):
            return
        yield Issue(
            start + match.start(),
            start + match.end(),
            "unbacked_claim",
            "doubt",
            f"“{piece}”讲的是荣誉或名次，数据文件中没有依据",
            "请核对；确有其事的，请先写进文字材料",
        )
