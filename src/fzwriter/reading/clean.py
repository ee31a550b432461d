"""What a report collected on its way through web pages and forums is taken off here.

Every repair is reported: which paragraph, what, what stood there, what stands there now. Cleaning
what is clean changes nothing. A figure is never changed: a rule whose result would not hold the
same digits in the same order is not applied (advertisements and page numbers go as a whole).
Words are never changed, save the disguises listed in ``clean.yaml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from fzwriter.reading.lexicon import alternation, load, words
from fzwriter.reading.quotes import balance
from fzwriter.reading.sentences import sentences

RULES = "clean.yaml"
_HAN = "\u4e00-\u9fff"
_EXCERPT = 12
_ROUNDS = 6
_WIDE = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)}  # ０–９
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF21, 0xFF3B)}  # Ａ–Ｚ
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF41, 0xFF5B)}  # ａ–ｚ
    | {"％": "%", "．": ".", "\u3000": " ", "\u00a0": " ", "\t": " "}
)
_PUNCTUATION = str.maketrans(",:;?!()", "，：；？！（）")
_EDGE = f"[{_HAN}，。；：、“”《》（）]"
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_BRAND = re.compile(r"【([^【】]{2,6}?)(?:素材库|代笔|文库|公文网?)】|公众号[：:]([\w]{2,8})")
_BRAND_TAIL = "(?:君|素材库|代笔|文库|哥|姐)"
_NAMED = "习近平"

Replace = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class Repair:
    """One thing that cleaning changed.

    Attributes:
        paragraph: which paragraph of the file, from 1.
        what: the kind of repair, in Chinese.
        before: what stood there ("" where something was put in).
        after: what stands there now ("" where something was taken out).
    """

    paragraph: int
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Cleaned:
    """The paragraphs left of a file, the number each had in it, and what was repaired."""

    paragraphs: tuple[str, ...]
    numbers: tuple[int, ...]
    repairs: tuple[Repair, ...]


@dataclass(frozen=True)
class _Rule:
    what: str
    pattern: re.Pattern[str]
    replace: Replace


def clean_paragraph(text: str) -> str:
    """One paragraph without residue; "" when nothing of a report is in it."""
    return "".join(clean([text]).paragraphs)


def clean(paragraphs: Iterable[str]) -> Cleaned:
    """The paragraphs that are left of a report, and what was repaired in them."""
    given = list(paragraphs)
    rules = _rules_for(given)
    repairs: list[Repair] = []
    kept: list[tuple[int, str]] = []
    for number, text in enumerate(given, 1):
        for what, before, after, changed in _settled(text, rules):
            repairs.append(Repair(number, what, _short(before), _short(after)))
            text = changed
        if text:
            kept.append((number, text))
    return Cleaned(
        tuple(text for _, text in kept), tuple(number for number, _ in kept), tuple(repairs)
    )


def summary(repairs: Iterable[Repair]) -> tuple[str, ...]:
    """Repairs by kind, one Chinese line each: what, how many, in which paragraphs."""
    grouped: dict[str, list[int]] = {}
    for repair in repairs:
        grouped.setdefault(repair.what, []).append(repair.paragraph)
    return tuple(f"{what} {len(at)} 处（第 {_places(at)} 段）" for what, at in grouped.items())


def _places(numbers: list[int]) -> str:
    distinct = list(dict.fromkeys(numbers))
    shown = "、".join(map(str, distinct[:8]))
    return f"{shown}等 {len(distinct)}" if len(distinct) > 8 else shown


def _short(text: str) -> str:
    return text if len(text) <= 2 * _EXCERPT else f"{text[:_EXCERPT]}…{text[-_EXCERPT + 1 :]}"


Step = tuple[str, str, str, str]  # what, before, after, the paragraph from then on


def _settled(text: str, rules: tuple[_Rule, ...]) -> Iterator[Step]:
    """The repairs of a paragraph until nothing is left to repair: one can bare the next."""
    for _ in range(_ROUNDS):
        before = text
        for step in _steps(text, rules):
            yield step
            text = step[-1]
        if text == before:
            return


def _steps(text: str, rules: tuple[_Rule, ...]) -> Iterator[Step]:
    """Each repair of a paragraph in turn, with the paragraph as it then is."""
    plain = text.translate(_WIDE).strip()
    if re.fullmatch("|".join(f"(?:{p})" for p in load(RULES)["boilerplate"]), plain):
        yield "删除网页附加文字", text, "", ""
        return
    kept = _without_ads(text)
    if kept != text:
        yield "删除广告", text, kept, kept
        text = kept
    for rule in rules:
        for before, after, changed in _apply(rule, text):
            yield rule.what, before, after, changed
            text = changed
    for before, after, changed in balance(text):
        yield "补正引号", before, after, changed


def _apply(rule: _Rule, text: str) -> Iterator[tuple[str, str, str]]:
    """What a rule changes in a text, one place at a time, from the left."""
    at = 0
    while match := rule.pattern.search(text, at):
        after = rule.replace if isinstance(rule.replace, str) else rule.replace(match)
        changed = text[: match.start()] + after + text[match.end() :]
        at = match.start() + max(len(after), 1) if after else match.start() + (not match[0])
        if match[0] != after and _keeps_figures(text, match, after):
            text = changed
            yield match[0], after, text
        elif at <= match.start():
            at = match.end() + (not match[0])


def _keeps_figures(text: str, match: re.Match[str], after: str) -> bool:
    """Whether a change leaves the figures as they are: those it touches, for no other can change."""
    start, end = match.span()
    while start and _in_figure(text[start - 1]):
        start -= 1
    while end < len(text) and _in_figure(text[end]):
        end += 1
    changed = text[start : match.start()] + after + text[match.end() : end]
    return _figures(changed) == _figures(text[start:end])


def _in_figure(character: str) -> bool:
    return character.isdecimal() or character in ".,．"


def _figures(text: str) -> list[str]:
    return _FIGURES.findall(text.translate(_WIDE))


def _without_ads(text: str) -> str:
    """A paragraph without its advertising sentences; "" when they are the better part of it."""
    if not _is_ad(text):
        return text
    kept = "".join(part for part in sentences(text) if not _is_ad(part))
    return kept if 4 * len(kept) >= len(text) else ""


def _is_ad(text: str) -> bool:
    strong = sum(word in text for word in words(RULES, "ad_strong"))
    weak = sum(word in text for word in words(RULES, "ad_weak"))
    return strong > 0 and strong + weak > 1


def _rules_for(given: list[str]) -> tuple[_Rule, ...]:
    """The rules for one file: its material site's name and its censor are known from all of it."""
    rules = _rules()
    if brands := _brands(given):
        rules = (*rules, _Rule("删除素材网站名", re.compile(brands), ""))
    if not any(_NAMED in text for text in given):
        rules = (*rules, *_from_data("beheaded"))
    return rules


def _brands(given: Iterable[str]) -> str:
    """A pattern for the names of the sites that advertise in a file, as they stand in its text."""
    names = {
        name
        for text in given
        if _is_ad(text)
        for match in _BRAND.finditer(text)
        for name in match.groups()
        if name
    }
    if not names:
        return ""
    stems = {re.sub(f"{_BRAND_TAIL}$", "", name) for name in names}
    return f"(?:{alternation(stems)}){_BRAND_TAIL}"


@functools.cache
def _rules() -> tuple[_Rule, ...]:
    stray = "|".join(f"(?:{pattern})" for pattern in load(RULES)["stray"])
    return (
        _Rule("删除付费标记", re.compile(r"##[A-Za-z]+##"), ""),
        _Rule("删除网页标签", re.compile(r"</?[A-Za-z][^<>]{0,80}>|&(?:nbsp|emsp|ensp|#160);"), ""),
        _Rule(
            "全角数字、字母改半角",
            re.compile("[０-９Ａ-Ｚａ-ｚ％．\u3000\u00a0\t]+"),
            lambda match: match[0].translate(_WIDE),
        ),
        _Rule(
            "删除多余空格",
            re.compile(rf"^\s+|(?<!\s)\s+$|(?<={_EDGE})\s+|(?<!\s)\s+(?={_EDGE})|(?<=\d)\s+(?=%)"),
            "",
        ),
        _Rule("删除乱入字符", re.compile(stray), ""),
        _Rule(
            "半角括号改全角",
            re.compile(rf"\(([^()]{{0,60}}[{_HAN}][^()]{{0,60}})\)"),
            lambda match: f"（{match[1]}）",
        ),
        _Rule(
            "半角标点改全角",
            re.compile(
                rf"(?<=[{_HAN}，。；：、“”《》（）\d%])[,:;?!](?=[{_HAN}“《（]|$)"
                rf"|(?<=[{_HAN}])[,;](?=\d)|(?<=[{_HAN}”》）])\.(?=[{_HAN}“《]|$)"
            ),
            lambda match: match[0].translate(_PUNCTUATION).replace(".", "。"),
        ),
        _Rule("删除重复标点", re.compile("(?<=([，。；：、]))\\1+"), ""),
        *_from_data("censored"),
        _Rule("拆开粘连的序号", _GLUED, lambda match: f"{match[0]}。"),
    )


# （三）推进治理法治化一是加强…二是…: a run-in heading whose full stop was lost.
_GLUED = re.compile(
    r"^((?:（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、)[^。；：！？]{4,40}[^，、。；：其之])"
    r"(?=一是.{1,400}?[。；]\s{0,3}二是)"
)


def _from_data(key: str) -> tuple[_Rule, ...]:
    return tuple(
        _Rule("还原被替换的字", re.compile(pattern), word) for pattern, word in load(RULES)[key]
    )
