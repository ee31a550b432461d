"""Simple voices that word a made sheet. They share no rule or phrase book with the composer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random

from fzwriter.evaluation.fznum.made import Made, Matter
from fzwriter.evaluation.spell import spell
from fzwriter.facts import round_half_up

Voice = Callable[[Made, Random], Iterator[str]]


def _mark(words: object, source: str, kind: str = "restated") -> str:
    return f"{{{{{words}|{source}|{kind}}}}}"


def _figure(matter: Matter) -> str:
    return _mark(f"{matter.value}{matter.approx}{matter.unit}", matter.id)


def _percent(part: int, whole: int, digits: int = 1) -> str:
    return f"{round_half_up(Fraction(part * 100, whole), digits)}%"


def _changed(matter: Matter, up: str, down: str) -> str:
    """``增加{{8件}}`` against the year before."""
    difference = matter.value - (matter.previous or 0)
    words = up if difference > 0 else down
    return words + _mark(
        f"{abs(difference)}{matter.unit}", f"{matter.id}-{matter.id}.previous", "change"
    )


def _grown(matter: Matter, up: str, down: str) -> str:
    previous = matter.previous or 1
    words = up if matter.value > previous else down
    rate = _percent(abs(matter.value - previous), previous)
    return words + _mark(rate, f"({matter.id}-{matter.id}.previous)/{matter.id}.previous", "change")


def _moved(matter: Matter) -> bool:
    return matter.previous is not None and matter.previous != matter.value


def _opening(made: Made) -> str:
    return f"{made.year}年"


def _closing(made: Made) -> str:
    year, month, day = made.sheet["document"]["date"].split("-")
    return f"\n{made.sheet['unit']['name']}\n{year}年{int(month)}月{int(day)}日"


def _told(made: Made, kind: str, lead: str = "") -> str:
    id, text, mark = made.told[kind]
    source_kind = {"document": "docnum", "plan": "statement"}.get(kind, kind)
    if kind == "plan":
        mark = next(w for w in (f"{mark}个", f"{mark}期", f"{mark}件") if w in text)
    return lead + text.replace(mark, _mark(mark, id, source_kind), 1) + "。"


def _single(made: Made, id: str, name: str, words: str, joint: str = "为") -> str:
    """A figure that stands alone; a rate with what it gained on last year's, in points."""
    fact = next(f for f in made.sheet["facts"] if f["id"] == id)
    text = f"{name}{joint}{_mark(words, id)}"
    if "previous" in fact:
        points = Decimal(str(fact["value"])) - Decimal(str(fact["previous"]))
        turned = "提高" if points > 0 else "降低"
        change = _mark(f"{abs(points)}个百分点", f"{id}-{id}.previous", "change")
        text += f"，比上年{turned}{change}" if points else ""
    return text


def _sum(group: Sequence[Matter]) -> Iterator[str]:
    """The sum of two parts of a matter, or of two matters of one deed."""
    for i, one in enumerate(group):
        if len(one.parts) > 2:
            (a, first, m), (b, second, n) = one.parts[1:3]
            total = _mark(f"{m + n}{one.unit}", f"{a}+{b}", "total")
            yield f"{one.object}中，{first}与{second}合计{total}。"
            return
        for other in group[i + 1 :]:
            if (one.unit, one.verb) == (other.unit, other.verb) and not one.approx + other.approx:
                total = _mark(
                    f"{one.value + other.value}{one.unit}", f"{one.id}+{other.id}", "total"
                )
                yield f"{one.verb}{one.object}、{other.object}两项合计{total}。"
                return


def _groups(made: Made) -> list[tuple[Matter, ...]]:
    half = (len(made.matters) + 1) // 2
    return [made.matters[:half], made.matters[half:]]


# -- the voices --------------------------------------------------------------------------------


def official(made: Made, _: Random) -> Iterator[str]:
    """Name, figure, parts, share; a sign-off."""
    for number, group in enumerate(_groups(made)):
        sentences = []
        for matter in group:
            text = f"全年{matter.name}{_figure(matter)}"
            if _moved(matter):
                text += f"，{_grown(matter, '同比增长', '同比下降')}"
            for id, name, value in matter.parts[:1]:
                text += f"，其中{name}{_mark(f'{value}{matter.unit}', id)}"
                text += (
                    f"，占{_mark(_percent(value, matter.value), f'{id}/{matter.id}', 'share')}"
                    if not matter.approx
                    else ""
                )
            sentences.append(text + "。")
        extra = _told(made, "document") + _told(made, "date") if number else _told(made, "rank")
        closing = _closing(made) if number else ""
        yield f"{_opening(made)}，{made.own}扎实推进法治建设，{''.join(sentences)}{extra}{closing}"


def compared(made: Made, _: Random) -> Iterator[str]:
    """This year beside last; what is left; singles."""
    for number, group in enumerate(_groups(made)):
        sentences = []
        for matter in group:
            text = f"{matter.object}方面，年内{matter.verb}{_figure(matter)}"
            if _moved(matter):
                last = _mark(
                    f"{matter.previous}{matter.unit}", f"{matter.id}.previous", "last-year"
                )
                text += f"，上年为{last}，{_changed(matter, '增加', '减少')}"
            for id, name, value in matter.parts[:1]:
                rest = _mark(f"{matter.value - value}{matter.unit}", f"{matter.id}-{id}", "rest")
                text += f"；{name}{_mark(f'{value}{matter.unit}', id)}，其余{rest}不在此列"
            sentences.append(text + "。")
        sentences += list(_sum(group))
        singles = "，".join(_single(made, *one) for one in made.single)
        yield "".join(sentences) + (singles + "。" if number else _told(made, "award"))


def rounded(made: Made, random: Random) -> Iterator[str]:
    """Round figures: 近, 余, 成, 月均."""
    for number, group in enumerate(_groups(made)):
        sentences = []
        for matter in group:
            sentences.append(f"全年累计{matter.name}{_round(matter, random)}")
            if matter.value >= 24 and not matter.approx:
                mean = round_half_up(Fraction(matter.value, 12), 1)
                sentences[-1] += (
                    f"，月均{_mark(f'{mean}{matter.unit}', f'{matter.id}/12', 'average')}"
                )
            for id, name, value in matter.parts[:1]:
                sentences[-1] += _tenths(matter, id, name, value)
            sentences[-1] += "。"
        yield "".join(sentences) + _told(
            made, "plan" if number else "date", "下一年，" if number else ""
        )


def _round(matter: Matter, random: Random) -> str:
    """A round figure beside an exact one, on the right side."""
    if matter.approx or matter.value < 60:
        return _figure(matter)
    place = 10 ** (len(str(matter.value)) - 2) * 5
    low = matter.value // place * place
    high = low + place
    choices = [f"超{low}{matter.unit}"]
    if low < matter.value <= low * 6 / 5 and low % 10 == 0:
        choices.append(f"{low}余{matter.unit}")
    if (high - matter.value) * 10 < high:
        choices.append(f"近{high}{matter.unit}")
    return _mark(random.choice(choices), matter.id, "near-form")


def _tenths(matter: Matter, id: str, name: str, value: int) -> str:
    if matter.approx:
        return f"，{name}{_mark(f'{value}{matter.unit}', id)}"
    tenth = value * 10 // matter.value
    if not 2 <= tenth <= 8 or value * 10 == matter.value * tenth:
        return f"，{name}{_mark(f'{value}{matter.unit}', id)}"
    return f"，{name}的占{_mark(f'{spell(Decimal(tenth))}成多', f'{id}/{matter.id}', 'share')}"


def inverted(made: Made, _: Random) -> Iterator[str]:
    """The figure before what it counts; a comparison of two matters."""
    for number, group in enumerate(_groups(made)):
        sentences = []
        for matter in group:
            text = f"这一年，{_figure(matter)}{matter.object}由{made.own}{matter.verb}"
            if _moved(matter):
                text += f"，{_changed(matter, '较上年多', '较上年少')}"
            parts = [
                f"{name}的有{_mark(f'{v}{matter.unit}', id)}" for id, name, v in matter.parts[:1]
            ]
            sentences.append("，".join([text, *parts]) + "。")
        sentences += list(_times(group))
        yield "".join(sentences) + _told(made, "document" if number else "rank")


def _times(group: tuple[Matter, ...]) -> Iterator[str]:
    for one in group:
        for other in group:
            if (
                one.unit == other.unit
                and one.value >= 2 * other.value
                and not one.approx + other.approx
            ):
                ratio = round_half_up(Fraction(one.value, other.value), 1)
                figure = _mark(f"{ratio}倍", f"{one.id}/{other.id}", "times")
                yield f"{one.verb}的{one.object}是{other.verb}的{other.object}的{figure}。"
                return


def terse(made: Made, _: Random) -> Iterator[str]:
    """A table with last year beside, and a list."""
    rows = [
        f"| {m.name}（{m.unit}） | {_mark(m.previous, f'{m.id}.previous', 'last-year')} | {_mark(m.value, m.id, 'table')} |"
        for m in made.matters
        if m.previous is not None and not m.approx
    ]
    if len(rows) > 1:
        yield "主要指标与上年对照如下。\n\n| 指标 | 上年 | 本年 |\n|---|---|---|\n" + "\n".join(
            rows
        )
    lines = []
    for matter in made.matters:
        line = f"- {matter.name}：{_figure(matter)}"
        for id, name, value in matter.parts:
            line += f"；{name}：{_mark(f'{value}{matter.unit}', id)}"
        lines.append(line)
    lines += [f"- {_single(made, *one, joint='：')}" for one in made.single]
    lines += [f"- {text}" for text in _sum(made.matters)]
    yield "\n".join([*lines, "- " + _told(made, "award"), "- " + _told(made, "document")])


def narrated(made: Made, _: Random) -> Iterator[str]:
    """Halves, growth from a year before, words that count."""
    for number, group in enumerate(_groups(made)):
        sentences = []
        for matter in group:
            if _moved(matter):
                last = _mark(
                    f"{matter.previous}{matter.unit}", f"{matter.id}.previous", "last-year"
                )
                turned = "增至" if matter.value > (matter.previous or 0) else "降至"
                text = f"{matter.name}由上年的{last}{turned}{_figure(matter)}，{_grown(matter, '升幅', '降幅')}"
            else:
                text = f"本年度{matter.name}{_figure(matter)}"
            for id, name, value in matter.parts[:1]:
                text += f"，{name}{_mark(f'{value}{matter.unit}', id)}"
                if value * 2 > matter.value:
                    text += f"，{name}的{_mark('过半', f'{id}/{matter.id}>0.5', 'word-claim')}"
            sentences.append(text + "。")
        singles = "".join(f"{_single(made, *one)}。" for one in made.single)
        ending = singles + _told(made, "plan", "新的一年，") if number else _told(made, "date")
        yield (
            f"截至{made.year}年底，各项任务如期完成。"
            + "".join(sentences)
            + ending
            + (_closing(made) if number else "")
        )


# Each split has its own, so that no rule can be fitted to the wording of the other.
VOICES: dict[str, dict[str, Voice]] = {
    "dev": {"official": official, "rounded": rounded, "terse": terse},
    "test": {"compared": compared, "inverted": inverted, "narrated": narrated},
}
