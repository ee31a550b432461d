"""Which stretches of a text are names of people, also of people never heard of.

There is no list of names: a name is a surname and one or two characters more in a place where
people are named. Marks of such a place (``people.yaml``) stand before it (a post, 矫正对象,
推荐, 由) or behind it (同志, 担任, 带队); a mark that ordinary words follow too counts only with a
second mark or an edge. What then looks like an ordinary word (any pair of characters that the
word lists know) is none. What is found once is masked everywhere in the report: see ``names_of``.
"""

from __future__ import annotations

import functools
import re

from fzwriter.domain import keywords, once
from fzwriter.reading.lexicon import alternation, characters, load, words

PEOPLE = "people.yaml"
TERMS = "terms.yaml"
_HAN = "\u4e00-\u9fff"
_EDGE = "[、，。；：！？）（“”》…\\s—·/|]|$"
_LISTED = re.compile(rf"(?<=[、和及与])([{_HAN}]{{2,4}})(?=[、和及与]|等|(?:{_EDGE}))")
_LISTS = ("terms.yaml", "manners.yaml", "framing.yaml")


def sounds_ordinary(name: str) -> bool:
    """Whether any two neighbouring characters of a name stand in an ordinary word."""
    return any(name[at : at + 2] in _ordinary() for at in range(len(name) - 1))


@once
def _ordinary() -> frozenset[str]:
    """Pairs of characters that stand in ordinary words."""
    pairs: set[str] = set(words(PEOPLE, "ordinary"))
    texts = [text for name in _LISTS for text in _texts(load(name))]
    for value in (*texts, *(" ".join(spoken) for spoken in keywords().values())):
        for word in re.findall(f"[{_HAN}]+", value):
            pairs |= {word[at : at + 2] for at in range(len(word) - 1)}
    return frozenset(pairs - words(PEOPLE, "not_ordinary"))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for key, inner in value.items() if key != "surnames" for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [str(value)]


@functools.cache
def _surname() -> str:
    single = "".join(sorted(characters(TERMS, "surnames")))
    return f"(?:{alternation(words(PEOPLE, 'double_surnames'))}|[{single}])"


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Where names stand, and whether the place alone leaves doubt."""
    name = rf"({_surname()}[{_HAN}]{{1,2}}?)"
    longest = rf"({_surname()}[{_HAN}]{{2}})"
    post = _behind("posts")
    act = _behind("acts")
    after = f"(?:{alternation(words(PEOPLE, 'after'))})"
    title = f"(?:{alternation(words(PEOPLE, 'titles'))})(?!事务)"
    start = f"(?<![{_HAN}])"
    label = "(?:姓名|联系人|经办人|签发人|撰稿人?|负责人|填表人|审核人?)"
    sure = (
        rf"{post}[”）]?{name}(?={after}|{title}|{_EDGE}|等)",  # 局长某某某主持
        rf"{act}{name}(?={title}|等同志)",  # 由某某某同志
        rf"{start}{name}(?={title}|等同志)",  # ，某某某同志
        rf"{label}[:：]\s*{name}(?=[\s，。；、）]|$)",
        rf"(?:{post}|{act}|{start})((?:[{_HAN}]{{2,6}}·){{1,5}}[{_HAN}]{{2,5}}?)(?={after}|{title}|{_EDGE}|等)",
        rf"(?:{post}|{act}|{start})((?:[{_HAN}]{{2,6}}·){{1,5}}[{_HAN}]{{3}})",
        rf"((?:(?<![{_HAN}])|{post}|{act}){_surname()}某{{1,2}})",
        r"([xX×＊]{2,3})(?=干警|民警|法官|检察官|律师(?!事务)|同志|老师|教授|局长|书记)",
    )
    doubtful = (
        rf"{act}{name}(?={after})",  # 推荐某某某参选
        rf"{act}{longest}(?={_EDGE}|等)",
        rf"{start}{longest}(?={after})",  # ，某某某担任
        rf"{post}[”）]?{longest}(?![{_HAN}]{{0,2}}[化性率])",  # 民警某某某深夜赶到
    )
    return tuple(
        (re.compile(pattern), is_doubtful)
        for group, is_doubtful in ((sure, False), (doubtful, True))
        for pattern in group
    )


def _behind(key: str) -> str:
    """A pattern for being right behind one of the words of a list."""
    by_length: dict[int, list[str]] = {}
    for word in words(PEOPLE, key):
        by_length.setdefault(len(word), []).append(word)
    return f"(?:{'|'.join(f'(?<={alternation(group)})' for group in by_length.values())})"


def find_people(text: str, *, doubtful: bool = True) -> list[tuple[int, int]]:
    """Where persons are named, in order; without those whose place leaves doubt, if so asked."""
    found: set[tuple[int, int]] = set()
    taken: set[int] = set()
    for pattern, doubted in _patterns():
        for match in pattern.finditer(text) if doubtful or not doubted else ():
            places = range(*match.span(1))
            if _could_be(match[1], doubtful=doubted) and taken.isdisjoint(places):
                found.add(match.span(1))
                taken.update(places)
    return sorted(found.union(_listed(text, found)))


def _listed(text: str, known: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Names in a row with one that is known: 某某某、某某某和某某某."""
    ends = {end for _, end in known}
    more = []
    for match in _LISTED.finditer(text):
        in_row = match.start() - 1 in ends
        surnamed = in_row and re.match(f"{_surname()}[{_HAN}]{{1,2}}$", match[1])
        if surnamed and _could_be(match[1], doubtful=False):
            more.append(match.span(1))
            ends.add(match.end())
    return more


def _could_be(name: str, *, doubtful: bool) -> bool:
    if re.fullmatch(r"[xX×＊]+", name) or name.endswith("某"):
        return True
    if sounds_ordinary(name):
        return False
    barred = characters(PEOPLE, "never_given")
    if doubtful:
        barred |= characters(PEOPLE, "not_given")
    return "·" in name or not barred & set(name[1:])
