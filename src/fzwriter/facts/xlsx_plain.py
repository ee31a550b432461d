"""A workbook's package with nothing left but its cells.

Programs write styles, colours, drop-down lists and names that openpyxl refuses, though any
spreadsheet program opens the file. What can change a figure stays: number formats, struck-out and
raised characters, merged areas, hidden rows and filters. Everything else is dropped.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET  # only on parts that ``xlsx_safety`` has passed

from fzwriter.errors import InputError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_KEPT = ("[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels")
_STYLES = "xl/styles.xml"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FONT = ("strike", "vertAlign")


def without_styling(content: bytes, name: str) -> bytes:
    """The package as openpyxl reads it whatever the styling was.

    Raises:
        InputError: cells have styles that the file lacks; nobody can say which are percentages or
            struck out.
        Exception: of whatever kind, where cells or their frame are damaged.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist() if _is_kept(name)}
    styles = _styles(ET.fromstring(parts[_STYLES])) if _STYLES in parts else _styles(_element("x"))
    made = {name: parts[name] for name in _KEPT if name in parts}
    highest = 0
    for part, data in parts.items():
        if part.startswith("xl/worksheets/"):
            sheet = _sheet(ET.fromstring(data))
            highest = max([highest, *(int(c.get("s", 0)) for c in sheet.iter(f"{_MAIN}c"))])
            made[part] = ET.tostring(sheet)
        elif part == "xl/workbook.xml":
            made[part] = ET.tostring(_workbook(ET.fromstring(data)))
        elif part == "xl/sharedStrings.xml":
            made[part] = ET.tostring(_strings(ET.fromstring(data)))
    if highest >= len(styles.findall(f"{_MAIN}cellXfs/{_MAIN}xf")):
        what = "文件的样式部分不完整，看不出哪些数是百分比、哪些加了删除线"
        raise InputError(what, path=name, remedy="请用 Excel 或 WPS 打开，核对后另存一份再试")
    made[_STYLES] = ET.tostring(styles)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part, data in made.items():
            new.writestr(part, data)
    return stream.getvalue()


def _is_kept(name: str) -> bool:
    cells = name.startswith("xl/worksheets/") and name.endswith(".xml")
    return cells or name in (*_KEPT, _STYLES, "xl/workbook.xml", "xl/sharedStrings.xml")


def _element(
    tag: str, attributes: Mapping[str, str] | None = None, children: Iterable[ET.Element] = ()
) -> ET.Element:
    made = ET.Element(_MAIN + tag, dict(attributes or {}))
    made.extend(children)
    return made


def _only(old: ET.Element, *keys: str) -> dict[str, str]:
    return {key: old.attrib[key] for key in keys if key in old.attrib}


def _workbook(old: ET.Element) -> ET.Element:
    """Which sheets there are, which are hidden, how dates count."""
    dates = [_element("workbookPr", _only(p, "date1904")) for p in old.iter(f"{_MAIN}workbookPr")]
    sheets = [
        _element("sheet", _only(sheet, "name", "sheetId", "state", f"{_REL}id"))
        for sheet in old.iter(f"{_MAIN}sheet")
    ]
    return _element("workbook", children=[*dates, _element("sheets", children=sheets)])


def _sheet(old: ET.Element) -> ET.Element:
    rows = []
    for row in old.iter(f"{_MAIN}row"):
        kept = _only(row, "r", "hidden")
        if _NUMBER.fullmatch(row.get("ht", "")):
            kept["ht"] = row.attrib["ht"]
        rows.append(_element("row", kept, map(_cell, row.findall(f"{_MAIN}c"))))
    made = _element("worksheet", children=[_element("sheetData", children=rows)])
    for each in old.findall(f"{_MAIN}autoFilter"):
        columns = [_element("filterColumn", {"colId": "0"})] if len(each) else []
        made.append(_element("autoFilter", _only(each, "ref"), columns))
    made.extend(old.findall(f"{_MAIN}mergeCells"))
    return made


def _cell(old: ET.Element) -> ET.Element:
    made = _element("c", _only(old, "r", "s", "t"))
    for child in old:
        tag = child.tag.removeprefix(_MAIN)
        if tag == "is":
            made.append(_text(child))
        elif tag in ("f", "v"):
            made.append(child)
    return made


def _strings(old: ET.Element) -> ET.Element:
    return _element("sst", children=map(_text, old.findall(f"{_MAIN}si")))


def _text(old: ET.Element) -> ET.Element:
    """A text with those marks of its fonts that change what it says."""
    made = _element(old.tag.removeprefix(_MAIN))
    for child in old:
        if child.tag == f"{_MAIN}r":
            for font in child.findall(f"{_MAIN}rPr"):
                font[:] = _font(font)
            made.append(child)
        elif child.tag == f"{_MAIN}t":
            made.append(child)
    return made


def _font(old: ET.Element) -> list[ET.Element]:
    return [one for one in old if one.tag.removeprefix(_MAIN) in _FONT]


def _styles(old: ET.Element) -> ET.Element:
    """Number formats and struck-out fonts, by the same indexes, and what openpyxl can't do without."""
    fonts = [
        _element("font", children=_font(font)) for font in old.findall(f"{_MAIN}fonts/{_MAIN}font")
    ] or [_element("font")]
    numbers = [
        _element("numFmt", _only(one, "numFmtId", "formatCode"))
        for one in old.findall(f"{_MAIN}numFmts/{_MAIN}numFmt")
    ]
    based = {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0"}
    cells = [
        _element("xf", {**based, **_only(style, "numFmtId", "fontId")})
        for style in old.findall(f"{_MAIN}cellXfs/{_MAIN}xf")
    ] or [_element("xf", based)]
    fill = _element("fill", children=[_element("patternFill", {"patternType": "none"})])
    lists = {
        "numFmts": numbers, "fonts": fonts, "fills": [fill], "borders": [_element("border")],
        "cellStyleXfs": [_element("xf", based)], "cellXfs": cells,
        "cellStyles": [_element("cellStyle", {"name": "Normal", "xfId": "0", "builtinId": "0"})],
    }  # fmt: skip
    return _element(
        "styleSheet", children=[_element(tag, children=each) for tag, each in lists.items() if each]
    )
