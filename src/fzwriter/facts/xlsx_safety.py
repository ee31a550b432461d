"""Is this .xlsx safe to hand to openpyxl? Nothing in it is trusted before.

openpyxl bounds nothing: a merged area over the whole sheet alone is seventeen thousand million
cells. So every part is read through expat first: no DTD (hence no entities), no more cells and
merged areas than a facts workbook can mean, sizes before anything is unpacked.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from fzwriter.errors import InputError

MAX_UNPACKED = 100 * 1024 * 1024
MAX_PART = 30 * 1024 * 1024
MAX_RATIO = 200  # unpacked/packed; real workbooks stay under 50
MAX_CELLS = 200_000  # openpyxl reads that in four seconds
MAX_MERGED = 100_000  # cells in merged areas
_SMALL = 10 * 1024 * 1024  # below this a part may be as repetitive as it likes
_MAX_PARTS = 2000
_MAX_DEPTH = 60

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = "http://purl.oclc.org/ooxml/"
_XML = re.compile(rb"\s*<|\xef\xbb\xbf\s*<|\xff\xfe|\xfe\xff|\x00", re.DOTALL)
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_RESAVE = "请用 Excel 或 WPS 打开，另存一份 .xlsx 后再试"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


def refuse_unsafe(content: bytes, name: str) -> None:
    """Nothing, for a workbook that is safe to open.

    Raises:
        InputError: it is encrypted, an old .xls, carries macros, is damaged, declares entities,
            or unpacks to more than a facts workbook can hold.
    """
    if content.startswith(_OLE):
        raise _ole(content, name)
    if not content:
        raise InputError("文件是空的（0 字节）", path=name, remedy="请换一份完整的文件")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive, name)
            budget = _Budget(name)
            for info in archive.infolist():
                data = archive.read(info)
                if info.filename.endswith((".xml", ".rels", ".vml")) or _XML.match(data):
                    _Part(info.filename, budget).scan(data)
    except _BROKEN:
        raise InputError(
            "不是有效的 .xlsx 文件（已损坏，或只是改了扩展名）", path=name, remedy=_RESAVE
        ) from None


def _ole(content: bytes, name: str) -> InputError:
    if _ENCRYPTED in content:
        remedy = "请在 Excel 或 WPS 中去掉密码，另存后再试"
        return InputError("文件加了打开密码", path=name, remedy=remedy)
    problem = "它其实是旧版 .xls 或 .et 文件，只是扩展名写成了 .xlsx"
    return InputError(problem, path=name, remedy="请用 Excel 或 WPS 打开，另存为 .xlsx 后再试")


def _check_members(archive: zipfile.ZipFile, name: str) -> None:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if any(info.flag_bits & 1 for info in infos):
        raise InputError("文件加了密码", path=name, remedy="请去掉打开密码后另存再试")
    if any(each.lower().endswith("vbaproject.bin") for each in names):
        remedy = "请在 Excel 或 WPS 中另存为不带宏的 .xlsx 后再试"
        raise InputError("文件里有宏，为安全起见不读", path=name, remedy=remedy)
    bomb = len(infos) > _MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED
    for info in infos:
        bomb |= info.file_size > MAX_PART
        bomb |= info.file_size > max(_SMALL, MAX_RATIO * info.compress_size)
    if bomb:
        raise _too_much("解压后大得不正常", name)
    if "[Content_Types].xml" not in names:
        raise InputError(
            "里面没有 Excel 表格", path=name, remedy=f"请确认它是 Excel 文件，{_RESAVE}"
        )


def _too_much(problem: str, name: str) -> InputError:
    remedy = "请把数据复制到新的工作簿（或用模板重填），只保留数据后再试"
    return InputError(f"{problem}，为安全起见不读", path=name, remedy=remedy)


class _Budget:
    """What a whole workbook may use up."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells = MAX_CELLS
        self.merged = MAX_MERGED


class _Part:
    """One XML part, read for what it would cost."""

    def __init__(self, part: str, budget: _Budget) -> None:
        self._part = part
        self._budget = budget
        self._depth = 0

    def scan(self, data: bytes) -> None:
        """Read the part to its end."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._element
        parser.EndElementHandler = self._end
        try:
            parser.Parse(data, True)
        except expat.ExpatError:
            raise InputError(
                "文件已损坏，XML 读不通", path=self._budget.name, place=self._part, remedy=_RESAVE
            ) from None

    def _doctype(self, *_: object) -> None:
        problem = "文件里有 DOCTYPE 声明，正常的 .xlsx 不会有，为安全起见不读"
        raise InputError(problem, path=self._budget.name, place=self._part, remedy=_RESAVE)

    def _end(self, _tag: str) -> None:
        self._depth -= 1

    def _element(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _too_much("XML 嵌套过深", self._budget.name)
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._budget.cells -= 1
        elif tag in ("mergeCell", "hyperlink"):
            self._budget.merged -= self._area(attributes.get("ref", ""))
        elif tag == "workbook" and any(v.startswith(_STRICT) for v in attributes.values()):
            remedy = "请另存为普通的“Excel 工作簿（*.xlsx）”后再试"
            raise InputError("存成了“Strict Open XML”格式", path=self._budget.name, remedy=remedy)
        if self._budget.cells < 0:
            raise _too_much(f"单元格超过 {MAX_CELLS // 10000} 万个", self._budget.name)
        if self._budget.merged < 0:
            raise _too_much("合并单元格大得不正常", self._budget.name)

    def _area(self, ref: str) -> int:
        """How many cells ``A1:C3`` has; whole rows and columns are no area of a facts sheet."""
        if ":" not in ref:
            return 1
        found = _AREA.fullmatch(ref.upper())
        if not found:
            return MAX_MERGED + 1
        rows = abs(int(found[4]) - int(found[2])) + 1
        return rows * (abs(_column(found[3]) - _column(found[1])) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
