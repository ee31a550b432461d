"""Does a .docx keep to GB/T 9704—2012? Measured in the file's XML, whoever wrote it.

What the standard asks stands in ``gbt9704.yaml``; nothing is taken from the code that writes our own
files, so that this can judge it. Effective formats count, whether a style or the text itself gives
them. What only a rendered page shows (where lines break) is not judged here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from fzwriter.documents import wml
from fzwriter.documents.package import Package
from fzwriter.documents.word import open_package
from fzwriter.output.anatomy import Part, read_parts
from fzwriter.output.conformance_text import judge_parts
from fzwriter.output.effective import Formats
from fzwriter.output.gbt9704 import Finding, in_family, standard

TWIPS_A_MM = 1440 / 25.4
_NUMBER_LINE = re.compile(r"[—－-]\s*(?:\d+\s*)?[—－-]")


def conformance(source: Path | str | bytes) -> list[Finding]:
    """How a .docx departs from the standard; nothing where it keeps to it.

    Args:
        source: the file's path, or its bytes.

    Raises:
        InputError: it can't be read as a .docx.
        OSError: the path can't be read.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    path = Path("docx") if isinstance(source, bytes) else Path(source)
    package, main, root = open_package(data, path)
    formats = Formats(package, main)
    parts = read_parts(root, formats)
    sections = [node for node in root.iter() if wml.name(node) == "sectPr"]
    found: list[Finding] = []
    for number, section in enumerate(sections, 1):
        where = "页面" if len(sections) == 1 else f"第{number}节页面"
        found += _page(section, parts, where)
    found += _page_numbers(package, main, sections, formats)
    found += judge_parts(parts, _type_width(sections[-1]) if sections else 0)
    return found


def _type_width(section: Any) -> int:
    sides = _attributes(section, "pgMar")
    return _attributes(section, "pgSz").get("w", 0) - sides.get("left", 0) - sides.get("right", 0)


def _attributes(section: Any, name: str) -> dict[str, int]:
    node = wml.child(section, name)
    told = {} if node is None else {key.rpartition("}")[2]: text for key, text in node.items()}
    return {key: int(text) for key, text in told.items() if re.fullmatch(r"-?\d{1,6}", text)}


def _page(section: Any, parts: Sequence[Part], where: str) -> Iterator[Finding]:
    paper, sides = _attributes(section, "pgSz"), _attributes(section, "pgMar")
    width, height = paper.get("w", 0), paper.get("h", 0)
    top, left = sides.get("top", 0), sides.get("left", 0)
    type_width = width - left - sides.get("right", 0)
    type_height = height - top - sides.get("bottom", 0)
    measured = (
        ("width", "纸宽", width),
        ("height", "纸高", height),
        ("top", "天头（上边距）", top),
        ("left", "订口（左边距）", left + sides.get("gutter", 0)),
        ("type_width", "版心宽度", type_width),
        ("type_height", "版心高度", type_height),
    )
    for key, name, twips in measured:
        asked = standard()["page"][key]
        if abs(twips / TWIPS_A_MM - asked["value"]) > asked["within"] + 0.01:
            yield Finding(
                f"{name}（{asked['clause']}）",
                f"{asked['value']}mm",
                f"{twips / TWIPS_A_MM:.1f}mm",
                where,
            )
    yield from _grid(section, parts, type_width, type_height, where)


def _grid(
    section: Any, parts: Sequence[Part], type_width: int, type_height: int, where: str
) -> Iterator[Finding]:
    """Lines a page by the grid, characters a line by the body's type."""
    lines, characters = standard()["page"]["lines"], standard()["page"]["characters"]
    grid = wml.child(section, "docGrid")
    pitch = _attributes(section, "docGrid").get("linePitch", 0)
    kind = (wml.attribute(grid, "type") or "") if grid is not None else ""
    if kind not in ("lines", "linesAndChars", "snapToChars"):
        yield Finding(f"文档网格（{lines['clause']}）", "指定行网格", "没有行网格", where)
    elif not pitch or type_height // pitch != lines["value"]:
        found = f"{type_height // pitch}行" if pitch else "没有行距"
        yield Finding(f"每页行数（{lines['clause']}）", f"{lines['value']}行", found, where)
    body = next((part for part in parts if part.role == "body"), None)
    if body is not None:
        look = body.pieces[0].format
        there = type_width / max(1, look.size * 10 + look.spacing)
        if int(there + 0.001) != characters["value"]:
            yield Finding(
                f"每行字数（{characters['clause']}）",
                f"{characters['value']}字",
                f"{int(there + 0.001)}字",
                where,
            )


def _page_numbers(
    package: Package, main: str, sections: Sequence[Any], formats: Formats
) -> Iterator[Finding]:
    """7.5: 4号 宋体, a dash on each side; odd pages at the right, even ones at the left."""
    name = f"页码（{standard()['page_number']['clause']}）"
    settings = package.xml(package.related(main).get("settings", "word/settings.xml"))
    if settings is None or not wml.is_on(settings, "evenAndOddHeaders"):
        yield Finding(name, "单页码居右、双页码居左（奇偶页不同）", "奇偶页相同", "页脚")
    if any(wml.is_on(section, "titlePg") for section in sections):
        yield Finding(name, "首页也编页码", "首页页脚另设", "页脚")
    for kind, where, side in (("default", "单页页脚", "right"), ("even", "双页页脚", "left")):
        paragraph = _footer(package, main, sections, kind)
        if paragraph is None:
            yield Finding(name, "— 1 —", "没有页码", where)
        else:
            yield from _page_number(paragraph, formats, name, where, side)


def _footer(package: Package, main: str, sections: Sequence[Any], kind: str) -> Any | None:
    """The footer's paragraph that has a page number."""
    folder, file = posixpath.split(main)
    relations = package.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
    by_id = {
        node.get("Id"): posixpath.normpath(posixpath.join("/", folder, node.get("Target", "")))
        for node in (() if relations is None else relations)
        if isinstance(node.tag, str) and node.get("TargetMode") != "External"
    }
    for section in sections:
        for node in section:
            if wml.name(node) == "footerReference" and wml.attribute(node, "type") == kind:
                identity = next((v for k, v in node.items() if k.endswith("}id")), "")
                root = package.xml(by_id.get(identity, "").lstrip("/"))
                for paragraph in () if root is None else root.iter():
                    if wml.name(paragraph) == "p" and _has_page_field(paragraph):
                        return paragraph
    return None


def _has_page_field(paragraph: Any) -> bool:
    for node in paragraph.iter():
        told = wml.attribute(node, "instr") if wml.name(node) == "fldSimple" else ""
        if wml.name(node) == "instrText":
            told = node.text
        if told and re.match(r"\s*PAGE\b", told):
            return True
    return False


def _page_number(
    paragraph: Any, formats: Formats, name: str, where: str, side: str
) -> Iterator[Finding]:
    asked = standard()["page_number"]
    look = formats.paragraph(paragraph)
    text = "".join(node.text or "" for node in paragraph.iter() if wml.name(node) == "t")
    if not _NUMBER_LINE.fullmatch(text.strip()):
        yield Finding(name, "数字左右各一条一字线", text.strip() or "空", where)
    if look.align != side:
        sides = {"right": "居右", "left": "居左", "center": "居中", "both": "居左"}
        if sides.get(look.align) != sides[side]:
            yield Finding(name, sides[side], sides.get(look.align, look.align), where)
    indent = look.right if side == "right" else look.left
    if abs(indent - asked["indent"]) > 0.1:
        yield Finding(name, f"空{asked['indent']}字", f"空{indent:g}字", where)
    runs = [node for node in paragraph.iter() if wml.name(node) == "r"]
    for run in runs:
        form = formats.run(run, paragraph)
        if form.size != asked["size"] * 2:
            yield Finding(name, f"{asked['size']}磅（4号）", f"{form.size / 2:g}磅", where)
            break
    for run in runs:
        form = formats.run(run, paragraph)
        if not in_family(form.latin, asked["font"]) or not in_family(form.east, asked["font"]):
            yield Finding(name, asked["font"], form.latin or form.east or "未指定", where)
            break
