"""Errors in the words of a marked text: what a figure is of, and claims without a numeral.

A word is exchanged only where the sheet says the old one of the figure's own fact or statement, and
nowhere the new one of anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from fzwriter.evaluation import wrong_words
from fzwriter.evaluation.fznum.ground import Claim, MarkedGround
from fzwriter.evaluation.fznum.wrong import of
from fzwriter.evaluation.sites import Mutant
from fzwriter.evaluation.wrong_words import DONE

_TURNED = {
    "增长": "下降", "上升": "下降", "增加": "减少", "提高": "降低", "下降": "上升", "减少": "增加", "降低": "提高",
    "增至": "降至", "升至": "降至", "降至": "升至", "减至": "增至", "多": "少", "少": "多", "增": "减", "减": "增", "升": "降", "降": "升",
}  # fmt: skip
_CHANGES = re.compile("|".join(sorted(_TURNED, key=len, reverse=True)))
_NAMED = re.compile("上升|下降|减少|增加|降低|提高|压减|增长")
_VERBS = {
    "收到": "发出", "接收": "移出", "受理": "不予受理", "办结": "受理", "审结": "立案", "发出": "收到", "维持": "撤销",
    "撤销": "维持", "败诉": "胜诉", "新增": "累计", "解除": "接收", "抓获": "释放", "建成": "筹建", "制定": "废止", "废止": "制定",
    "审查": "起草", "清理": "制定", "培训": "考核", "查处": "排查", "追回": "发放", "发放": "收回", "调解成功": "调解失败", "化解": "新增",
    "立案": "撤案", "破获": "立案", "移送": "接收", "采纳": "驳回", "满意": "不满意", "举办": "参加", "救助": "劝返", "取缔": "审批",
}  # fmt: skip
_WHOLE = re.compile(r"全年|年内|一年来|本年度|当年")
_SPANS = ("上半年", "前三季度", "五年来", "上年")
_LEVELS = ("镇", "县", "区", "市", "省", "国")
_PLAN = re.compile(r"将在?|计划|拟|力争|打算|谋划")
_ORDER = re.compile(r"第([一二三四五六七八九1-9])(?=位|名|$|[，。；、])|前([一二三四五六七八九十])")
_AWARD = re.compile(
    r"(国家|省|市|县)级|全(国|省|市|县)(?=[^，。；]{0,14}(?:先进|示范|优秀|表彰|位居|排名|第))"
)
_NUMBER = re.compile(r"〔(20[0-9]{2})〕([0-9]+)号|第([0-9]+)号")
_DATE = re.compile(r"([0-9]{1,2})月(?:([0-9]{1,2})日)?")
_CELL = re.compile(r"^[^\n|\t]*[|\t].*$", re.MULTILINE)


def _exchanged(
    ground: MarkedGround, kind: str, claim: Claim, at: int, old: str, new: str
) -> Mutant:
    """``old`` at ``at`` exchanged; the span reaches from there to the claim."""
    mutant = ground.planted(kind, at, at + len(old), new, f"{old}→{new}")
    return ground.wide(mutant, min(at, claim.figure.start), max(claim.figure.end, at + len(old)))


def direction(ground: MarkedGround) -> Iterator[Mutant]:
    """Growth for decline at a change."""
    for claim in ground.claims:
        if not claim.figure.kind.startswith("change"):
            continue
        start, _ = ground.clause(claim.figure.start, claim.figure.end)
        head = ground.text[start : claim.figure.end]
        found = list(_CHANGES.finditer(head))
        if found and claim.value:
            word = found[-1].group()
            yield _exchanged(
                ground, "direction", claim, start + found[-1].start(), word, _TURNED[word]
            )


def direction_in_name(ground: MarkedGround) -> Iterator[Mutant]:
    """The direction that is part of a fact's own name turned."""
    for claim in ground.claims:
        fact = claim.fact
        named = _NAMED.search(fact.name) if fact else None
        if fact is None or named is None or claim.figure.kind.startswith("change"):
            continue
        start, _ = ground.clause(claim.figure.start, claim.figure.end)
        at = ground.text.rfind(named.group(), start, claim.figure.end)
        new = _TURNED.get(named.group(), "")
        if at >= 0 and new and new not in ground.prose:
            yield _exchanged(ground, "direction-in-name", claim, at, named.group(), new)


def _behind(ground: MarkedGround, end: int) -> Claim | None:
    """The first given figure behind a word, in its sentence and near."""
    for claim in ground.claims:
        if claim.given and 0 <= claim.figure.start - end <= 24:
            between = ground.text[end : claim.figure.start]
            return None if any(w in between for w in "。；\n") else claim
    return None


def period(ground: MarkedGround) -> Iterator[Mutant]:
    """Half a year, three quarters or five years for the year."""
    whole = ground.sheet.period
    if (whole.from_.month, whole.from_.day, whole.to.month, whole.to.day) != (1, 1, 12, 31):
        return
    for match in _WHOLE.finditer(ground.text):
        claim = _behind(ground, match.end())
        new = ground.random.choice(_SPANS)
        if claim is None or claim.fact is None or new in ground.prose:
            continue
        if new != "上年" or claim.fact.previous != claim.fact.value:
            yield _exchanged(ground, "period", claim, match.start(), match.group(), new)


def level(ground: MarkedGround) -> Iterator[Mutant]:
    """The figure of a county told as a city's or a province's."""
    own = ground.sheet.unit.level[:1]
    if own not in _LEVELS:
        return
    higher = [h for h in _LEVELS[_LEVELS.index(own) + 1 :] if h != "国"] or ["国"]
    for match in re.finditer(f"全{own}|我{own}", ground.text):
        claim = _behind(ground, match.end())
        new = "全" + ground.random.choice(higher)
        if claim and claim.fact and new not in "".join((claim.fact.name, *claim.fact.aliases)):
            yield _exchanged(ground, "level", claim, match.start(), match.group(), new)


def verb(ground: MarkedGround) -> Iterator[Mutant]:
    """Another deed with the same figure."""
    for claim in ground.claims:
        fact = claim.fact
        if fact is None or not claim.given or claim.figure.kind.startswith("last"):
            continue
        for old, new in _VERBS.items():
            start, end = ground.clause(claim.figure.start, claim.figure.end)
            at = ground.text.rfind(old, start, end)
            if (
                not fact.name.startswith(old)
                or at < 0
                or ground.text.startswith("率", at + len(old))
            ):
                continue
            named = new + fact.name.removeprefix(old)
            clash = any(named in (f.name, *f.aliases) or f.name == new for f in ground.sheet.facts)
            if not clash and new not in ground.text[start:end]:
                yield _exchanged(ground, "verb", claim, at, old, new)
            break


def plan_as_done(ground: MarkedGround) -> Iterator[Mutant]:
    """What is planned told as done."""
    plans = [s.text for s in ground.sheet.statements if s.kind == "计划"]
    for claim_start, figure in ((f.start, f) for f in ground.marked.figures):
        named = ground.book.ids(figure.source)
        if not any(s.id in named and s.text in plans for s in ground.sheet.statements):
            continue
        start = claim_start
        while start and ground.text[start - 1] not in "。；！？\n":
            start -= 1
        found = _PLAN.search(ground.text, start, figure.end)
        if found:
            mutant = ground.planted("plan-as-done", *found.span(), "已", f"{found.group()}→已")
            yield ground.wide(mutant, found.start(), figure.end)


def rank_or_award(ground: MarkedGround) -> Iterator[Mutant]:
    """A better rank, a higher level of an award."""
    for match in _ORDER.finditer(ground.text):
        old = match.group()
        better = {"二": "一", "三": "一", "2": "1", "3": "1"}.get(
            old[1], "二" if not old[1].isdigit() else "2"
        )
        new = old[0] + better
        around = ground.text[match.start() : match.end() + 1]
        if (
            around in ground.prose
            and new + around[len(old) :] not in ground.prose
            and better != old[1]
        ):
            yield ground.planted("rank", match.start(), match.end(), new)
    for match in _AWARD.finditer(ground.text):
        old = match.group(1) or match.group(2)
        new = {"县": "市", "市": "省", "省": "国", "国": "省", "国家": "省"}[old]
        words = match.group().replace(old, "国家" if new == "国" and match.group(1) else new)
        tail = ground.text[match.end() : match.end() + 4]
        if match.group() + tail in ground.prose and words + tail not in ground.prose:
            yield ground.planted("rank", match.start(), match.end(), words)


def word_claim(ground: MarkedGround) -> Iterator[Mutant]:
    """全部, 均, 过半 where the figures say otherwise."""
    for claim in ground.claims:
        fact = claim.fact
        whole = ground.sheet.by_id.get(fact.parts_of) if fact else None
        if fact is None or whole is None or fact.value >= whole.value or not claim.given:
            continue
        if not fact.name.startswith(DONE):
            continue
        start = ground.text.rfind(fact.name, max(0, claim.figure.start - 24), claim.figure.start)
        said = any(c.fact is whole and c.figure.end <= start for c in ground.claims)
        if said and ground.text[start + len(fact.name) : claim.figure.start] in ("", "了"):
            word = ground.random.choice(("全部", "均已"))
            yield ground.planted(
                "word-claim", start, claim.figure.end, word + fact.name, f"{word}{fact.name}"
            )
    for figure in ground.marked.figures:
        if figure.kind in ("word-claim", "share-word", "word"):
            yield from _turned_word(ground, figure.start, figure.end, figure.words)


def _turned_word(ground: MarkedGround, start: int, end: int, words: str) -> Iterator[Mutant]:
    turns = (("过半", "不足半数"), ("半数以上", "不足半数"), ("不足半数", "过半"), ("不到一半", "一多半"), ("全部", "大部分"),
             ("均", "多数"), ("未发生", "发生"), ("无一", "个别"), ("零", "个别"), ("持平", "大幅增长"))  # fmt: skip
    for old, new in turns:
        if old in words:
            yield ground.planted("word-claim", start, end, words.replace(old, new, 1))
            return


def table_cell(ground: MarkedGround) -> Iterator[Mutant]:
    """Two cells of one column exchanged, or a cell with another row's figure."""
    rows = [m.span() for m in _CELL.finditer(ground.text) if "|" in m.group() or "\t" in m.group()]
    cells = [
        (c, number) for number, (s, e) in enumerate(rows) for c in ground.claims
        if s <= c.figure.start and c.figure.end <= e and c.digits
    ]  # fmt: skip
    for claim, row in cells:
        for other, place in cells:
            if (
                place <= row
                or other.reading.measure != claim.reading.measure
                or other.value == claim.value
            ):
                continue
            words = other.figure.words
            if other.figure.kind == claim.figure.kind and ground.refuted(claim, words):
                yield ground.planted("table-cell", claim.figure.start, claim.figure.end, words)
                break


def document_number(ground: MarkedGround) -> Iterator[Mutant]:
    """The year or the number of a document changed."""
    for match in _NUMBER.finditer(ground.text):
        if match.group() not in ground.prose:
            continue
        group = 2 if match[2] else 3
        wrong = str(int(match[group]) + ground.random.choice((1, 2, 10)))
        yield from _renumbered(ground, "docnum", match, group, wrong)
        if match[1]:
            yield from _renumbered(ground, "docnum", match, 1, str(int(match[1]) - 1))


def _renumbered(
    ground: MarkedGround, kind: str, match: re.Match[str], group: int, wrong: str
) -> Iterator[Mutant]:
    start, end = match.span(group)
    whole = match.group()
    new = whole[: start - match.start()] + wrong + whole[end - match.start() :]
    if new not in ground.prose:
        yield ground.planted(kind, match.start(), match.end(), new)


def date(ground: MarkedGround) -> Iterator[Mutant]:
    """Another month or day; the sign-off is a kind of its own."""
    tail = ground.text.rstrip().rfind("\n") + 1
    for match in _DATE.finditer(ground.text):
        if match.group() not in ground.prose or match.start() >= tail > 0:
            continue
        month = int(match[1])
        yield from _renumbered(ground, "date", match, 1, str(month % 12 + 1))
        if match[2]:
            yield from _renumbered(ground, "date", match, 2, str(int(match[2]) % 27 + 1))


def year(ground: MarkedGround) -> Iterator[Mutant]:
    """Last or next year for the report's own, at the head of a sentence."""
    own = str(ground.sheet.period.year)
    for match in re.finditer(rf"(?:^|(?<=[。\n]))(?:截至)?{own}年", ground.text):
        sentence = ground.around(match.start(), match.end())
        claim = next((c for c in ground.claims if c.figure.start >= match.end()), None)
        if claim is None or claim.figure.start - match.end() > len(sentence) or not claim.given:
            continue
        for other in (int(own) - 1, int(own) + 1):
            at = match.end() - 5
            mutant = ground.planted("year", at, at + 4, str(other))
            if f"{other}年" not in ground.prose:
                yield mutant


def sign_off(ground: MarkedGround) -> Iterator[Mutant]:
    """The date or the organ that signs."""
    lines = ground.text.rstrip().split("\n")
    signed = ground.sheet.document.date
    shown = f"{signed.year}年{signed.month}月{signed.day}日" if signed else ""
    if len(lines) < 2 or not shown or lines[-1].strip() != shown or signed is None:
        return
    at = ground.text.rindex(shown)
    for wrong in (
        f"{signed.year - 1}年{signed.month}月{signed.day}日",
        f"{signed.year}年{signed.month}月{signed.day % 27 + 1}日",
    ):
        yield ground.planted("sign-off", at, at + len(shown), wrong)
    name = ground.sheet.unit.name
    if lines[-2].strip() == name:
        at = ground.text.rindex(name)
        other = (
            name.replace("司法局", "公安局")
            if "司法局" in name
            else re.sub(r"(局|镇|委|府|队|院)$", "司法局", name)
        )
        if other != name:
            yield ground.planted("sign-off", at, at + len(name), other)


def invention(ground: MarkedGround) -> Iterator[Mutant]:
    """A clause with a figure no input holds."""
    for mutant in wrong_words.invented(ground):
        line = ground.text.rfind("\n", 0, mutant.spans[0][0]) + 1
        if ground.text[line : line + 1] != "|":  # a cell is no place for a clause
            yield replace(mutant, kind="invention")


def borrowed(ground: MarkedGround) -> Iterator[Mutant]:
    """A matter no input holds, with a figure of another's."""
    for mutant in wrong_words.borrowed(ground):
        line = ground.text.rfind("\n", 0, mutant.spans[0][0]) + 1
        if ground.text[line : line + 1] != "|":
            yield mutant


CLAIM_KINDS: dict[str, Callable[[MarkedGround], Iterator[Mutant]]] = {
    "direction": direction,
    "direction-in-name": direction_in_name,
    "period": period,
    "year": year,
    "level": level,
    "subject": of(wrong_words.subject),
    "verb": verb,
    "negation": of(wrong_words.negation),
    "plan-as-done": plan_as_done,
    "rank": rank_or_award,
    "word-claim": word_claim,
    "table-cell": table_cell,
    "docnum": document_number,
    "date": date,
    "sign-off": sign_off,
    "invention": invention,
    "borrowed": borrowed,
}
