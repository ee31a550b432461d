"""The part of ``conformance`` that judges paragraphs: type, place, blank lines, marks, date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from fzwriter.documents import wml
from fzwriter.output.anatomy import Part, Piece
from fzwriter.output.gbt9704 import Finding, in_family, standard
from fzwriter.output.layout import width

_SHOWN = 12
_CHINESE = r"[一-鿿]"
_HALF = re.compile(
    rf"(?<={_CHINESE})[(),;:?!\"']|[(),;:?!\"'](?={_CHINESE})|(?<={_CHINESE})[(][^()]*[)]"
)
_DATE = re.compile(r"\d{4}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日")
_LEADING_ZERO = re.compile(r"\d{4}年0\d月|月0\d日")
_NUMBER = re.compile(r"[^\s〔〕]+〔\d{4}〕[1-9]\d*号")
_MEANT_NUMBER = re.compile(r"\S{0,40}[〔\[【(（［]\s*\d{4}\s*[〕\]】)）］]\s*(?:第\s*)?\d+\s*号")
_TOLERANCE = 0.2  # characters
_ALIGNED = {"center": "居中", "both": "两端对齐", "left": "居左", "right": "居右"}


def judge_parts(parts: Sequence[Part], type_width: int) -> Iterator[Finding]:
    """What departs from the standard in the text.

    Args:
        parts: all paragraphs of the body.
        type_width: of the type area, in twips.
    """
    for part in parts:
        if part.role == "notice":
            yield Finding("未核提示", "报送稿不带提示", part.text[:_SHOWN], _where(part))
        elif part.role != "blank":
            yield from _type(part)
            yield from _place(part)
            yield from _marks(part)
    yield from _red_head(parts)
    yield from _blanks(parts)
    yield from _sign_off(parts, type_width)


def _where(part: Part) -> str:
    text = part.text.replace("\n", "").strip()
    return f"第{part.place}段“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”"


def _rule(role: str) -> dict[str, Any]:
    rule: dict[str, Any] = standard()["roles"][role]
    return rule


def _named(rule: dict[str, Any], what: str) -> str:
    return f"{rule['name']}{what}（{rule['clause']}）"


# Type.


def _type(part: Part) -> Iterator[Finding]:
    """Font, size, weight and colour of each run; a run-in heading in its own, its text as body."""
    at, told = 0, set()
    for piece in part.pieces:
        for text, role in _split(piece, part, at):
            for finding in _of_run(text, piece, _rule(role), _where(part)):
                if finding not in told:
                    told.add(finding)
                    yield finding
        at += len(piece.text)


def _split(piece: Piece, part: Part, at: int) -> Iterator[tuple[str, str]]:
    """A run's text by role."""
    border = min(max(part.lead - at, 0), len(piece.text))
    if not part.lead:
        yield piece.text, part.role
        return
    yield piece.text[:border], part.role
    yield piece.text[border:], "body"


def _of_run(text: str, piece: Piece, rule: dict[str, Any], where: str) -> Iterator[Finding]:
    if not text.strip():
        return
    look = piece.format
    families = [rule["font"], *([rule["also"]] if "also" in rule else [])]
    if re.search(_CHINESE, text) and not any(in_family(look.east, one) for one in families):
        yield Finding(_named(rule, "字体"), rule["font"], look.east or "未指定", where)
    digits = [*standard()["digits"], rule["font"]]
    if re.search("[0-9A-Za-z]", text) and not any(in_family(look.latin, one) for one in digits):
        yield Finding(
            _named(rule, "数字字体"), "仿宋或 Times New Roman", look.latin or "未指定", where
        )
    if "size" in rule and look.size != rule["size"] * 2:
        yield Finding(_named(rule, "字号"), f"{rule['size']}磅", f"{look.size / 2:g}磅", where)
    if look.bold:
        yield Finding(_named(rule, "加粗"), "不加粗", "加粗", where)
    if look.italic:
        yield Finding(_named(rule, "倾斜"), "不倾斜", "倾斜", where)
    color = rule.get("color", "000000")
    if (look.color or "000000") != color:
        names = {"000000": "黑色", "FF0000": "红色"}
        found = names.get(look.color or "000000", look.color)
        yield Finding(_named(rule, "颜色"), names[color], found, where)


# Place.


def _place(part: Part) -> Iterator[Finding]:
    rule, look, where = _rule(part.role), part.format, _where(part)
    if "indent" in rule:
        indent = look.first + look.left
        if abs(indent - rule["indent"]) > _TOLERANCE:
            found = f"空{indent:.2g}字"
            yield Finding(_named(rule, "首行缩进"), f"空{rule['indent']}字", found, where)
        if abs(look.left) > _TOLERANCE and abs(indent - rule["indent"]) <= _TOLERANCE:
            yield Finding(_named(rule, "回行"), "顶格", f"空{look.left:.2g}字", where)
    if "align" in rule and look.align != rule["align"]:
        expected, found = _ALIGNED[rule["align"]], _ALIGNED.get(look.align, look.align)
        yield Finding(_named(rule, "对齐"), expected, found, where)
    if "outline" in rule and part.lead == len(part.text) and look.outline != rule["outline"]:
        found = "正文" if look.outline is None else f"{look.outline + 1}级"
        yield Finding(_named(rule, "大纲级别"), f"{rule['outline'] + 1}级", found, where)
    if look.auto_space:
        yield Finding("中文与数字间距", "不自动加空", "自动加空", where)
    if part.role not in ("title", "issuer"):
        yield from _lines(part, where)


def _lines(part: Part, where: str) -> Iterator[Finding]:
    """Lines as high as the page's 22 need; spaces above and below upset them."""
    page, look = standard()["page"], part.format
    height = page["type_height"]["value"] * 1440 / 25.4
    if look.rule == "exact":
        lines = int(height / look.line) if look.line else 0
        if lines != page["lines"]["value"]:
            yield Finding(
                f"行距（{page['lines']['clause']}）",
                "固定值 28.95 磅左右（每页 22 行）",
                f"固定值 {look.line / 20:g} 磅（每页 {lines} 行）",
                where,
            )
    elif not look.on_grid or look.rule != "auto" or look.line != 240:
        found = f"{look.line / 240:g} 倍" if look.rule == "auto" else f"最小 {look.line / 20:g} 磅"
        expected = "固定值 28.95 磅左右，或对齐网格的单倍行距"
        yield Finding(f"行距（{page['lines']['clause']}）", expected, found, where)
    if look.before or look.after:
        found = f"段前 {look.before / 20:g} 磅、段后 {look.after / 20:g} 磅"
        yield Finding("段前段后", "0", found, where)


# Marks.


def _marks(part: Part) -> Iterator[Finding]:
    where, text = _where(part), part.text
    if part.role != "number" and (found := _HALF.search(text)):
        yield Finding("标点", "中文用全角标点", found[0], where)
    if found := _LEADING_ZERO.search(text):
        yield Finding("日期（7.3.5）", "月、日不编虚位", found[0], where)
    if part.role == "addressee" and not text.strip().endswith("："):
        yield Finding(_named(_rule("addressee"), "冒号"), "全角冒号", text.strip()[-1:], where)
    if part.role == "date" and not _DATE.fullmatch(text.strip()):
        expected = "阿拉伯数字，不编虚位，如 2025年1月8日"
        yield Finding(_named(_rule("date"), ""), expected, text.strip(), where)
    if part.role == "number":
        for meant in _MEANT_NUMBER.findall(text):
            if not _NUMBER.fullmatch(meant):
                expected = "年份用六角括号，序号不编虚位、不加“第”"
                yield Finding(_named(_rule("number"), ""), expected, meant, where)


# Red head.


def _red_head(parts: Sequence[Part]) -> Iterator[Finding]:
    """7.2.4: the mark's upper edge 35 mm below that of the type area; 7.2.7: a red line below."""
    issuer = next((part for part in parts if part.role == "issuer"), None)
    if issuer is None:
        return
    below = issuer.format.before * 25.4 / 1440
    if abs(below - 35) > 1:
        name = _named(_rule("issuer"), "位置")
        yield Finding(name, "距版心上边缘 35mm", f"{below:.1f}mm", _where(issuer))
    above_title = []
    for part in parts[parts.index(issuer) + 1 :]:
        if part.role == "title":
            break
        above_title.append(part)
    if not any(_has_red_line(part) for part in above_title):
        expected = "与版心等宽的红色分隔线"
        yield Finding("红色分隔线（7.2.7）", expected, "没有", f"{_where(issuer)}之下")


def _has_red_line(part: Part) -> bool:
    line = wml.child(part.node, "pPr", "pBdr", "bottom")
    return line is not None and (wml.attribute(line, "color") or "").upper() == "FF0000"


# Blank lines and sign-off.


def _blanks(parts: Sequence[Part]) -> Iterator[Finding]:
    """One blank line below the title, one above the sign-off, none in between, two by the red head."""
    filled = [at for at, part in enumerate(parts) if part.role != "blank"]
    for before, after in zip(filled, filled[1:], strict=False):
        expected = _expected_blanks(parts[before].role, parts[after].role)
        found = after - before - 1
        if expected is not None and found != expected:
            yield Finding("空行", f"空{expected}行", f"空{found}行", f"{_where(parts[after])}之前")


def _expected_blanks(before: str, after: str) -> int | None:
    if before == "issuer" and after != "number":
        return None  # a head without a number: the red line stands in a paragraph without text
    if "notice" in (before, after):
        return 0
    if before == "issuer" or (before == "number" and after != "number"):
        return 2
    if before == "title" and after != "title":
        return 1
    return int(after == "signature" or (after == "date" and before != "signature"))


def _sign_off(parts: Sequence[Part], type_width: int) -> Iterator[Finding]:
    """7.3.5.2: the organ two characters from the right; the date begins two right of the organ."""
    organ = next((part for part in parts if part.role == "signature"), None)
    date = next((part for part in parts if part.role == "date"), None)
    for part in (organ, date):
        if part is not None and part.format.align != "right":
            found = _ALIGNED.get(part.format.align, part.format.align)
            yield Finding(_named(_rule(part.role), "位置"), "居右", found, _where(part))
            return
    if organ is None or date is None:
        return
    shift = _start(date, type_width) - _start(organ, type_width)
    if width(date.text.strip()) > width(organ.text.strip()):
        if abs(date.format.right - 2) > _TOLERANCE:
            found = f"空{date.format.right:.2g}字"
            yield Finding(_named(_rule("date"), "位置"), "右空2字", found, _where(date))
    elif abs(organ.format.right - 2) > _TOLERANCE:
        found = f"空{organ.format.right:.2g}字"
        yield Finding(_named(_rule("signature"), "位置"), "右空2字", found, _where(organ))
    if abs(shift - 2) > 0.5 and date.format.right > 0:
        expected, found = "首字比署名首字右移2字", f"右移{shift:.2g}字"
        yield Finding(_named(_rule("date"), "位置"), expected, found, _where(date))


def _start(part: Part, type_width: int) -> float:
    """Where a right-aligned line begins, in characters from the left edge of the type area."""
    look = part.pieces[0].format
    character = look.size * 10 + look.spacing
    return (type_width - part.format.right * part.format.size * 10) / character - width(
        part.text.strip()
    )
