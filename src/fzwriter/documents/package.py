"""A .docx as a zip of XML parts, opened with nothing in it trusted.

Bounds against hostile or damaged files: sizes before anything is unpacked, no DTD, no entities,
no network, libxml2's own limits on depth and text size (``huge_tree`` off).
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from fzwriter.errors import InputError

MAX_UNPACKED = 300 * 1024 * 1024
MAX_PART = 100 * 1024 * 1024
MAX_RATIO = 200  # unpacked/packed; real documents stay under 50
_SMALL = 10 * 1024 * 1024  # below this a part may be as repetitive as it likes
_HEAD = 2048  # bytes in which a root element stands

_MACROS = "vbaproject.bin"
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # NotImplementedError too: an unknown compression
    ValueError,
    OverflowError,
)
_RESAVE = "请用 Word 或 WPS 打开，另存一份 .docx 后再试"


class Package:
    """The parts of one .docx.

    Args:
        data: the file's bytes.
        path: its path, for messages.

    Raises:
        InputError: it is encrypted, damaged, a zip bomb, holds macros or is no .docx at all.
    """

    def __init__(self, data: bytes, path: Path) -> None:
        self.path = path
        if data.startswith(_OLE):
            raise self._ole(data)
        if not data:
            raise InputError("文件是空的（0 字节）", path=path, remedy="请换一份完整的文件")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise InputError(
                "不是有效的 .docx 文件（已损坏，或只是改了扩展名）", path=path, remedy=_RESAVE
            ) from None
        self._refuse_bombs()
        if any(posixpath.basename(name).lower() == _MACROS for name in self._zip.namelist()):
            raise InputError(
                "文件带宏，为安全起见不读",
                path=path,
                remedy="请在 Word 或 WPS 中另存为不带宏的 .docx 后再试",
            )

    def xml(self, name: str) -> Any | None:
        """The root element of a part, or ``None`` where there is no such part.

        Raises:
            InputError: the part is damaged, encrypted or declares entities.
        """
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            return None
        if info.flag_bits & 1:
            raise InputError("文件加了密码", path=self.path, remedy="请去掉打开密码后另存再试")
        if info.file_size > MAX_PART:
            raise self._bomb()
        try:
            return self._parse(self._zip.read(info), name)
        except _BROKEN:
            raise InputError(
                "文件已损坏，解不开", path=self.path, place=name, remedy=_RESAVE
            ) from None

    def related(self, part: str) -> dict[str, str]:
        """Where a part's relations lead: last word of the relation's type → part name.

        The package's own relations are those of ``""``. Relations to outside are left out; of
        several of one type the first counts.
        """
        found: dict[str, str] = {}
        for kind, target in self._relations(part):
            found.setdefault(kind, target)
        return found

    def targets(self, part: str, kind: str) -> tuple[str, ...]:
        """The parts that a part's relations of one type lead to, in their order."""
        return tuple(target for found, target in self._relations(part) if found == kind)

    def head(self, name: str) -> bytes:
        """The first bytes of a part as they are; none where there is no such part."""
        try:
            with self._zip.open(name) as part:
                return part.read(_HEAD)
        except (KeyError, *_BROKEN):
            return b""

    def _relations(self, part: str) -> Iterator[tuple[str, str]]:
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in () if root is None else root:
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            yield kind, target.lstrip("/")

    def _parse(self, data: bytes, name: str) -> Any:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise InputError(
                "文件已损坏，XML 读不通", path=self.path, place=name, remedy=_RESAVE
            ) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise InputError(
                "文件里有 DOCTYPE 声明，正常的 .docx 不会有，为安全起见不读",
                path=self.path,
                place=name,
                remedy=_RESAVE,
            )
        return root

    def _ole(self, data: bytes) -> InputError:
        if _ENCRYPTED in data:
            return InputError(
                "文件加了打开密码", path=self.path, remedy="请在 Word 或 WPS 中去掉密码，另存后再试"
            )
        return InputError(
            "它其实是旧版 .doc 或 .wps 文件，只是扩展名写成了 .docx",
            path=self.path,
            remedy="请用 Word 或 WPS 打开，另存为 .docx 后再试",
        )

    def _refuse_bombs(self) -> None:
        infos = self._zip.infolist()
        if sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise self._bomb()
        for info in infos:
            if info.file_size > max(_SMALL, MAX_RATIO * info.compress_size):
                raise self._bomb()

    def _bomb(self) -> InputError:
        return InputError(
            f"解压后大得不正常（上限 {MAX_UNPACKED // 2**20} MB），为安全起见不读",
            path=self.path,
            remedy="请把正文复制到新文档，另存为 .docx 后再试",
        )
