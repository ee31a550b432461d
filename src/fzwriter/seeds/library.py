"""The seed library: the shipped seeds, the user's own, and searching both.

The index under ``home/index`` is made of the seed files and can be made again at any time; it is
built when it is first needed and brought in step whenever a seed has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Literal

from fzwriter.errors import InputError
from fzwriter.reading.source import SeedReport, file_digest, read_seeds
from fzwriter.seeds.embed import DomainEmbedding, Embedding
from fzwriter.seeds.index import Notify, Progress, SeedIndex
from fzwriter.seeds.info import AddSummary, SeedInfo, Skipped
from fzwriter.seeds.manifest import SeedEntry
from fzwriter.seeds.prepare import describe
from fzwriter.seeds.rank import Hit, diversify, prefer
from fzwriter.seeds.records import YES
from fzwriter.seeds.shelf import SeedFile, Shelf, expand, file_name, own_name

Role = Literal["", "framing", "deeds"]

_LEAST_POOL = 50
_POOL = 10  # so many candidates for each hit wanted


class SeedLibrary:
    """The seeds a user has. Open it with ``SeedLibrary.open``; it closes as a context manager."""

    def __init__(self, shelf: Shelf, index: SeedIndex, notices: list[str]) -> None:
        self._shelf = shelf
        self._index = index
        self._notices = notices

    @classmethod
    def open(
        cls,
        home: Path,
        shipped: Path | None,
        chroma_url: str = "",
        progress: Progress | None = None,
        *,
        notify: Notify | None = None,
        embedding: Embedding | None = None,
    ) -> SeedLibrary:
        """Open the library. Nothing is read or written until it is needed.

        Args:
            home: the user's folder (``FZWRITER_HOME``).
            shipped: the folder of shipped seeds, or ``None`` for the user's alone.
            chroma_url: a Chroma server instead of ``home/index``.
            progress: called with (done, total, seed) while seeds are indexed.
            notify: called with a Chinese line the user should see; all are kept in ``notices``.
            embedding: other than the default one.
        """
        notices: list[str] = []

        def tell(line: str) -> None:
            notices.append(line)
            if notify:
                notify(line)

        index = SeedIndex(
            home / "index",
            embedding or DomainEmbedding(),
            url=chroma_url,
            progress=progress,
            notify=tell,
        )
        return cls(Shelf(home, shipped), index, notices)

    def __enter__(self) -> SeedLibrary:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know of this session, one Chinese line each."""
        return tuple(self._notices)

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def list(self) -> tuple[SeedInfo, ...]:
        """Every report of the library, the shipped ones first. Needs no index."""
        known = self._index.peek()
        infos: tuple[SeedInfo, ...] = ()
        for file in self._shelf.files():
            entry = known.get(file.name)
            if entry is None or entry.sha256 != file.sha256:
                entry = describe(file)
            infos += tuple(_infos(file, entry))
        return infos

    def report(self, name: str) -> SeedReport:
        """A report as it was read, unmasked: to show it, or to check drafts for leaks against it.

        Raises:
            InputError: there is none of that name.
        """
        for file in self._shelf.files():
            if name == file.name or file_name(name) == file.name:
                for report in file.read():
                    if report.name == name:
                        return report
        raise _unknown(name)

    def reports(self, name: str) -> tuple[SeedReport, ...]:
        """A report as it was read, or every report of a file that holds several.

        Raises:
            InputError: there is none of that name, or its file can't be read.
        """
        for file in self._shelf.files():
            if name == file.name:
                return file.read()
        return (self.report(name),)

    def add(self, paths: Iterable[Path | str]) -> AddSummary:
        """Copy files into the library and index them; a folder stands for the files in it.

        Raises:
            ConfigError: the library can't be written.
        """
        there = {file.sha256: file.name for file in self._shelf.files()}
        skipped: tuple[Skipped, ...] = ()
        new: set[str] = set()
        for path in expand(paths):
            try:
                digest = file_digest(path)
                if digest in there:
                    raise InputError(f"库里已有相同的文件（{there[digest]}）")
                read_seeds(path, name=own_name(digest))
            except InputError as error:
                why = f"{error.problem}。{error.remedy}" if error.remedy else error.problem
                skipped += (Skipped(path, why),)
                continue
            there[digest] = self._shelf.take_in(path, digest).name
            new.add(there[digest])
        if new:
            self._sync()
        added = tuple(info for info in self.list() if {info.name, file_name(info.name)} & new)
        return AddSummary(added, skipped)

    def remove(self, name: str) -> Path:
        """Take a file of the user's own out of the library; where it is kept now.

        Raises:
            InputError: there is none of that name, or it is a shipped one.
        """
        files = {file.name: file for file in self._shelf.files()}
        file = files.get(name)
        if file is None:
            whole = files.get(file_name(name))
            if whole is None or not whole.own:
                raise _unknown(name)
            raise InputError(
                f"{name} 与其他报告同在一个文件（{whole.original}）里，不能单独移除",
                remedy=f"要移除整个文件，请用 {whole.name}",
            )
        if not file.own:
            raise InputError(f"{name} 是随附的种子，不能移除", remedy="只能移除自己添加的种子")
        kept = self._shelf.put_away(file)
        self._sync()
        return kept

    def rebuild(self) -> int:
        """Build the index anew from the seeds; how many passages it holds then."""
        return self._index.sync(self._shelf.files(), rebuild=True).count

    def search(
        self,
        query: str,
        *,
        k: int = 5,
        part: str = "",
        topic: str = "",
        unit_type: str = "",
        kind: str = "",
        role: Role = "",
    ) -> tuple[Hit, ...]:
        """The masked passages that serve best as exemplars, best first.

        A writer borrows from them with ``framing_clauses(hit.passage)``, which claim nothing, and
        offers with ``deed_sentences(hit.passage)`` what its unit may have done too: only marked as
        to be confirmed, never as if it had.

        Args:
            query: what the text to be written is about.
            k: how many at most; no more than two of one seed unless there is nothing else.
            part: only of this part of a report (成效, 问题…).
            topic: only on this topic.
            unit_type: preferred, not required: few reports are of one's own type.
            kind: only of this kind of document.
            role: ``framing`` for passages with clauses that any unit may use, ``deeds`` for those
                with sentences that claim something of their unit; by default either.
        """
        self._sync()
        wanted = {"part": part, "topic": topic, "kind": kind}
        where = {field: value for field, value in wanted.items() if value}
        if role:
            where[role] = YES
        pool = max(_LEAST_POOL, _POOL * k)
        found = dict(self._index.query(query, pool, where))
        if unit_type:  # in a large library the best few may hold none of this type
            own = self._index.query(query, pool, where | {"unit_type": unit_type})
            found = found | {passage: score for passage, score in own if passage not in found}
        hits = [Hit(passage, score) for passage, score in found.items()]
        return diversify(prefer(hits, unit_type), k)

    def _sync(self) -> None:
        self._index.sync(self._shelf.files())


def _unknown(name: str) -> InputError:
    return InputError(f"种子库里没有 {name}", remedy="用 fzwriter seeds list 查看名称")


def _infos(file: SeedFile, entry: SeedEntry) -> Iterator[SeedInfo]:
    if entry.problem:
        yield SeedInfo(file.name, own=file.own, file=file.original, problem=entry.problem)
    for report in entry.reports:
        yield SeedInfo(
            name=report.name,
            title=report.title,
            unit=report.unit,
            unit_type=report.unit_type,
            kind=report.kind,
            year=report.year,
            sections=report.sections,
            passages=report.passages,
            own=file.own,
            file=file.original,
            notices=report.notices,
            repairs=report.repairs,
            repaired=report.repaired,
        )
