"""Reading seed files: from a file to ``SeedReport``.

Shipped seeds carry YAML front matter; a user's file usually has none, then title, unit, type, kind
and year are recognised and what is unknown is said in ``notices``. A file may hold several reports
one after another (a compilation): each becomes a report of its own.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from fzwriter.errors import InputError
from fzwriter.reading.clean import Cleaned, Repair, clean
from fzwriter.reading.headings import Hint, faults, outline, with_numbers
from fzwriter.reading.names import Names, names_of
from fzwriter.reading.recognise import (
    OTHER,
    Profile,
    is_title,
    kind_of,
    level_of,
    recognise,
    title_lines,
    type_by_trade,
)
from fzwriter.units import recognised_type

if TYPE_CHECKING:
    from fzwriter.documents import Document

SUFFIXES = (".md", ".txt", ".docx", ".pdf", ".doc", ".wps")
NAME_HASH_CHARS = 12
_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{2,62}")
_FRONT = re.compile("title[:：]")
_KEYS = frozenset(("title", "unit", "unit_type", "kind", "year", "level", "place", "people"))
_LEAST_PARAGRAPHS = 4  # a title-like line sooner than that is part of the report it stands in
_LEAST_CHARS = 200  # less text than that is no report


@dataclass(frozen=True)
class SeedReport:
    """One existing report, cleaned, nothing masked yet.

    Attributes:
        name: stable id, ASCII.
        title: as printed.
        unit: the unit's name; "" when unknown.
        unit_type: a type of the unit profiles, or 其他.
        kind: 法治政府建设年度报告, 工作总结, …, or 其他.
        year: the reporting year; 0 when unknown.
        level: 县, 区, 镇…; "" when unknown.
        places: place names declared in the front matter.
        people: persons declared in the front matter.
        paragraphs: its text, title left out.
        sha256: of the file it was read from.
        notices: what could not be recognised, one Chinese line each.
        repairs: what cleaning changed; paragraphs are counted in the whole file.
    """

    name: str
    title: str
    unit: str
    unit_type: str
    kind: str
    year: int
    level: str
    places: tuple[str, ...]
    people: tuple[str, ...]
    paragraphs: tuple[str, ...]
    sha256: str
    notices: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()

    @property
    def text(self) -> str:
        """The whole report, title first, one paragraph a line."""
        return "\n".join((self.title, *self.paragraphs) if self.title else self.paragraphs)

    def names(self) -> Names:
        """The names to mask in it: declared, of its unit, found in its text."""
        return names_of(
            (self.title, *self.paragraphs),
            unit=self.unit,
            places=self.places,
            people=self.people,
        )


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes.

    Raises:
        InputError: it can't be read.
    """
    from fzwriter.documents import read_file

    return hashlib.sha256(read_file(path)).hexdigest()


def seed_name(path: Path, sha256: str) -> str:
    """The stable name of a seed file: its own name where that is a plain ASCII slug."""
    stem = path.stem.lower()
    return stem if _SLUG.fullmatch(stem) else f"seed-{sha256[:NAME_HASH_CHARS]}"


def read_seeds(path: Path, *, name: str = "") -> tuple[SeedReport, ...]:
    """Read every report of a seed file; those of a compilation are named ``name-1``, ``name-2``….

    Raises:
        InputError: the file can't be read, or there is no report in it.
    """
    from fzwriter.documents import read_text  # python-docx comes with it: only when a file is read

    sha256 = file_digest(path)
    name = name or seed_name(path, sha256)
    document = read_text(path)
    cleaned = _styled(clean(document.paragraphs), hints_of(document))
    paragraphs = cleaned.paragraphs
    if sum(map(len, paragraphs)) < _LEAST_CHARS:
        raise InputError(
            f"文字太少（不足 {_LEAST_CHARS} 字），不像一份报告",
            path=path,
            remedy="请检查文件内容后再添加",
        )
    if not document.front_matter and any(_FRONT.match(text) for text in paragraphs[:3]):
        raise _bad_front_matter("front matter 没有以单独一行 --- 开头和结尾", path)
    if document.front_matter:
        front = _front_matter(document.front_matter, path)
        return (_declared(front, cleaned, name, sha256),)
    parts = list(_parts(paragraphs))
    return tuple(
        _recognised(
            _cut(cleaned, start, end, last=(start, end) == parts[-1]),
            name if len(parts) == 1 else f"{name}-{number}",
            sha256,
        )
        for number, (start, end) in enumerate(parts, 1)
    )


def hints_of(document: Document) -> dict[int, Hint]:
    """What a file says of its paragraphs besides their text, by index."""
    known = {*document.levels, *document.labels, *document.bold}
    return {
        index: Hint(
            document.levels.get(index, 0), document.labels.get(index, ""), index in document.bold
        )
        for index in known
    }


def _styled(cleaned: Cleaned, hints: Mapping[int, Hint]) -> Cleaned:
    """Headings that Word numbers, or that their style makes some, get the number as text."""
    if not hints:
        return cleaned
    lines = title_lines(cleaned.paragraphs)
    known = {
        index: hints[number - 1]
        for index, number in enumerate(cleaned.numbers)
        if number - 1 in hints and index >= lines
    }
    paragraphs, numbered = with_numbers(cleaned.paragraphs, known)
    repairs = tuple(
        Repair(cleaned.numbers[index], "按样式补标题编号", "", label) for index, label in numbered
    )
    return Cleaned(paragraphs, cleaned.numbers, (*cleaned.repairs, *repairs))


def _parts(paragraphs: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """The reports of a compilation, each from its title on; the compilation's own title is none."""
    starts = [0]
    for index, text in enumerate(paragraphs):
        if (
            index - starts[-1] >= _LEAST_PARAGRAPHS
            and is_title(text)
            and re.search(r"20\d\d|年度", text)
        ):
            starts.append(index)
    if len(paragraphs) > 1 and "汇编" in paragraphs[0]:
        starts[0] = 1
    for start, end in zip(starts, [*starts[1:], len(paragraphs)], strict=True):
        if sum(map(len, paragraphs[start:end])) >= _LEAST_CHARS or len(starts) == 1:
            yield start, end


def _cut(cleaned: Cleaned, start: int, end: int, *, last: bool) -> Cleaned:
    """One report of a compilation, with the repairs made in it; the last has the tail's too."""
    first = 0 if start <= 1 else cleaned.numbers[start]
    after = cleaned.numbers[end] if end < len(cleaned.numbers) and not last else None
    return Cleaned(
        cleaned.paragraphs[start:end],
        cleaned.numbers[start:end],
        tuple(
            repair
            for repair in cleaned.repairs
            if repair.paragraph >= first and (after is None or repair.paragraph < after)
        ),
    )


def _recognised(cleaned: Cleaned, name: str, sha256: str) -> SeedReport:
    lines = title_lines(cleaned.paragraphs)
    title, body = "".join(cleaned.paragraphs[:lines]), cleaned.paragraphs[lines:]
    profile = recognise(title, "".join(body[:3]))
    notices: tuple[str, ...] = ()
    if profile.unit_type == OTHER and (by_trade := type_by_trade(title, "".join(body))) != OTHER:
        profile = dataclasses.replace(profile, unit_type=by_trade)
        notices = (f"单位名称没有写明，按内容认作{by_trade}",)
    if unknown := profile.unknown():
        notices = (f"未能识别：{'、'.join(unknown)}", *notices)
    return _report(profile, cleaned, lines, name, sha256, notices)


def _declared(front: dict[str, Any], cleaned: Cleaned, name: str, sha256: str) -> SeedReport:
    title, unit = _string(front, "title"), _string(front, "unit")
    year = re.search(r"\d{4}", _string(front, "year") or title)
    profile = Profile(
        title=title,
        unit=unit,
        unit_type=_string(front, "unit_type") or recognised_type(unit),
        kind=_string(front, "kind") or kind_of(title),
        year=int(year[0]) if year else 0,
        level=_string(front, "level") or level_of(unit),
    )
    unknown_keys = sorted(set(map(str, front)) - _KEYS)
    notices = (f"front matter 里不认识的项：{'、'.join(unknown_keys)}",) if unknown_keys else ()
    lines = 1 if cleaned.paragraphs[:1] == (title,) else 0
    report = _report(profile, cleaned, lines, name, sha256, notices)
    return dataclasses.replace(
        report, places=_strings(front, "place"), people=_strings(front, "people")
    )


def _report(
    profile: Profile,
    cleaned: Cleaned,
    lines: int,
    name: str,
    sha256: str,
    notices: tuple[str, ...],
) -> SeedReport:
    """The report of cleaned paragraphs, the first ``lines`` of which are its title."""
    paragraphs, numbers = cleaned.paragraphs[lines:], cleaned.numbers[lines:]
    numbering = tuple(
        Repair(numbers[index], what, "", reading)
        for index, what, reading in faults(outline(paragraphs, profile.unit))
    )
    return SeedReport(
        name=name,
        title=profile.title,
        unit=profile.unit,
        unit_type=profile.unit_type or OTHER,
        kind=profile.kind,
        year=profile.year,
        level=profile.level,
        places=(),
        people=(),
        paragraphs=paragraphs,
        sha256=sha256,
        notices=notices,
        repairs=(*cleaned.repairs, *numbering),
    )


def _front_matter(text: str, path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 2} 行" if mark else ""
        raise _bad_front_matter("front matter 不是有效的 YAML", path, place) from error
    if not isinstance(data, dict):
        raise _bad_front_matter("front matter 应为“项: 值”的形式", path)
    return data


def _bad_front_matter(problem: str, path: Path, place: str = "") -> InputError:
    return InputError(problem, path=path, place=place, remedy="请检查文件开头两行 --- 之间的内容")


def _string(front: dict[str, Any], key: str) -> str:
    value = front.get(key)
    return "" if value is None else str(value).strip()


def _strings(front: dict[str, Any], key: str) -> tuple[str, ...]:
    value = front.get(key) or ()
    items = value if isinstance(value, list | tuple) else re.split("[、,，]", str(value))
    return tuple(text for item in items if (text := str(item).strip()))
