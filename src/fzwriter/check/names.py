"""Names: those of other units' reports (leaks), and those that no input holds."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files

import yaml

from fzwriter.facts import FactSheet
from fzwriter.report import Issue, Mention

_TITLE = re.compile(r"《([^《》\n]{2,80})》")
_DOCUMENT_NUMBER = re.compile(r"[一-龥]{0,6}[〔\[［]\d{4}[〕\]］]第?\d+号")
# Laws and nation-wide rules anyone may cite; a unit's own document begins with its place or unit.
_NATIONAL = re.compile(
    r"^(?:中华人民共和国)?[^县市区镇乡州局]{0,24}(?:法|法典|宪法|条例|纲要|规定|规划|意见|决定|准则|办法)"
    r"(?:[（(](?:\d{4}\s?[-—–]+\s?\d{4}\s?年?|试行|修订)[)）])?$"
)
_ENDINGS = "县|市|区|州|盟|旗|镇|乡|街道|村|社区"
_PLACE = re.compile(
    rf"([一-龥]{{2,3}}?)({_ENDINGS})(?!级|域|直|长|委|情|政务|民|里|外|内|际|场|容|别|间|分|块)"
)
_STEM_STOP = set(
    "全各本我该某每两三四五几多数个一二的在对向与和及或为是以从到于至由县市区乡镇村省州国我们他她它这那其"
    "推进展开组织指导督促动动进深入建设创新治理城农社基层周边辖中西东南北新老旧大小上下前后左右内外同级"
    "试点示范工作重点先行模范街道园景商务开发矿山林牧风险高低产业经济服务功能行政特民族自治直地管片整集小居住综合"
)


def _sheet_text(sheet: FactSheet) -> str:
    parts = [sheet.unit.name, sheet.unit.region, sheet.document.title, sheet.document.addressee]
    parts += sheet.document.outline
    parts += [f"{f.name} {' '.join(f.aliases)} {f.note}" for f in sheet.facts]
    parts += (
        [d.name for d in sheet.derived] + [s.text for s in sheet.statements] + list(sheet.terms)
    )
    return "\n".join(parts)


def place_names(text: str) -> frozenset[str]:
    """Proper names of places in ``text``: 云岫县 and its stem 云岫; common words are left out.

    A name counts when it stands in the first lines (title, addressee) or at least twice.
    """
    counts: dict[str, int] = {}
    head = len("\n".join(text.split("\n")[:4]))
    for match in _PLACE.finditer(text):
        stem = match.group(1)
        if any(c in _STEM_STOP for c in stem):
            continue
        name = match.group()
        counts[name] = counts.get(name, 0) + (2 if match.start() < head else 1)
    return frozenset(name for name, count in counts.items() if count >= 2)


def own_titles(text: str) -> frozenset[str]:
    """Titles of documents that aren't nation-wide ones."""
    return frozenset(t for t in _TITLE.findall(text) if not _NATIONAL.match(t))


@functools.cache
def _lists() -> dict[str, tuple[str, ...]]:
    raw = yaml.safe_load((files("fzwriter.check") / "leaks.yaml").read_text("utf-8"))
    return {key: tuple(str(value).split()) for key, value in raw.items()}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@functools.cache
def _behind() -> str:
    """What stands before a name: a stop, or one of the words behind which names begin."""
    by_length: dict[int, list[str]] = {}
    for word in _lists()["before"]:
        by_length.setdefault(len(word), []).append(word)
    words = "|".join(f"(?<={_any(group)})" for group in by_length.values())
    return rf"(?:(?<![一-龥])|{words})"


@functools.cache
def _open() -> re.Pattern[str]:
    return re.compile(rf"{_behind()}|(?<=[我本受被经按报副请])|(?<=坚持)|(?<=按照)|(?<=落实)")


def name_may_begin(text: str, at: int) -> bool:
    """Whether no name of a place runs up to ``at``: 在县委 does not say whose 县委, 岐沅县委 does."""
    return bool(_open().match(text, at))


@functools.cache
def _sure_place() -> re.Pattern[str]:
    return re.compile(
        rf"{_behind()}((?!{_any(_lists()['before'])})(?:[一-龥]{{2,3}}(?:省|自治[州县区]|[州市县区旗])){{0,3}}[一-龥]{{2,4}}?"
        rf"(?:自治[州县区]|街道|社区|[市县区州旗镇乡村]))(?!级|域|直|长|委|情|政务|民|里|外|内|际|场|容|别|间|分|块|规|务|干|组)"
    )


@functools.cache
def _body() -> re.Pattern[str]:
    before, bodies = _any(_lists()["before"]), _any(_lists()["bodies"])
    return re.compile(rf"{_behind()}((?:(?!{before})[一-龥]){{2,16}}?(?<!集)(?:{bodies}))(?!习|法)")


@functools.cache
def _person() -> re.Pattern[str]:
    name = f"[{''.join(_lists()['surnames'])}][一-龥]{{1,2}}?"
    after = rf"(?={_any(_lists()['after_name'])}|[，。；、）\n])"
    return re.compile(
        rf"(?:{_any(_lists()['posts'])})({name}){after}"
        rf"|{_behind()}({name})(?={_any(_lists()['behind_name'])})"
    )


def own_places(text: str) -> frozenset[str]:
    """Places named where a name can stand, even once, and those at the head of the unit's name."""
    found = set(place_names(text))
    for match in _sure_place().finditer(text):
        name = match.group(1)
        stem = re.sub(r"(?:自治[州县区]|街道|社区|[市县区州旗镇乡村])$", "", name)
        if len(stem) >= 2 and not any(c in _STEM_STOP for c in stem) and could_name(name):
            found.add(name)
    head = "\n".join(text.split("\n")[:4])
    for match in re.finditer(r"^([一-龥]{2,3})(?:省|州|市|县|区|旗|镇|乡|街道)", head, re.M):
        if not any(c in _STEM_STOP for c in match.group(1)) and could_name(match.group(1)):
            found |= {match.group(), match.group(1)}
    return frozenset(found)


def own_bodies(text: str) -> frozenset[str]:
    """Firms, schools, courts and the like called by a name of their own."""
    generic, bodies = _lists()["generic"], _lists()["bodies"]
    names = (match.group(1) for match in _body().finditer(text))
    return frozenset(
        name
        for name in names
        if name not in bodies and not name.startswith(generic) and could_name(name)
    )


def could_name(name: str) -> bool:
    """Whether no clause begins so: 依托司法所 is no name."""
    return not name.startswith(_lists()["verbs"])


def own_people(text: str) -> frozenset[str]:
    """Persons named with their post or as 同志."""
    return frozenset(m.group(1) or m.group(2) for m in _person().finditer(text))


def own_numbers(text: str) -> frozenset[str]:
    """Numbers of documents: 〔2023〕5号."""
    return frozenset(_DOCUMENT_NUMBER.findall(text))


@functools.lru_cache(maxsize=64)
def names_in(source: str) -> frozenset[str]:
    """Every name of its own that a report holds, as far as its words give them away."""
    return (
        own_places(source)
        | own_titles(source)
        | own_bodies(source)
        | own_people(source)
        | own_numbers(source)
    )


def find_leaks(text: str, sheet: FactSheet, sources: Iterable[str]) -> Iterator[Issue]:
    """Names of the sources (seeds used, the report rewritten) that the sheet doesn't hold."""
    allowed = _sheet_text(sheet)
    seen: set[str] = set()
    for source in sources:
        for name in sorted(names_in(source), key=len, reverse=True):
            if name in allowed or name in seen:
                continue
            seen.add(name)
            for match in re.finditer(re.escape(name), text):
                yield Issue(
                    match.start(),
                    match.end(),
                    "leaked_name",
                    "error",
                    f"“{name}”来自别的报告，不是本单位数据中的名称",
                    "请删去或改为本单位的名称",
                )


def leaked_number(mention: Mention, sources: Iterable[str]) -> bool:
    """Whether an untraced figure stands in a source with the same measure word."""
    unit = mention.unit.lstrip("万亿") if mention.unit not in ("%", "‰") else ""
    needle = mention.text + unit
    return any(needle in source for source in sources) and len(mention.text) > 1


def unknown_names(text: str, sheet: FactSheet) -> Iterator[Issue]:
    """Documents cited that neither the sheet holds nor the nation knows."""
    allowed = _sheet_text(sheet)
    seen: set[str] = set()
    for match in _TITLE.finditer(text):
        title = match.group(1)
        if title in seen or title in allowed or _NATIONAL.match(title):
            continue
        seen.add(title)
        yield Issue(
            match.start(),
            match.end(),
            "unknown_name",
            "warning",
            f"数据中没有提到《{title}》",
            "请核对文件名称，或在数据中写明",
        )
