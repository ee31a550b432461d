"""Finding numerals: one pass over the text; each numeral goes to the first rule that explains it.

The order of the rules matters and stands in ``_classify``. Conventions where the genre is ambiguous
(DESIGN §5):

- a mention covers the numeral with 万/亿, % and 余 inside it, not the measure word; a date covers its
  年月日, an enumerator its marks;
- ``value`` is as written (25.63 with unit 万元, 100 with unit %), ``base_value`` scaled;
- 一 with a measure word is indefinite unless 共, 计, 仅, 唯一, 各… stand before it;
- 第 makes an ordinal, not data, unless it ranks (排名全市第2);
- an Arabic figure with a measure word is always data, in quotation marks too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal

from fzwriter.numbers.dates import date_at
from fzwriter.numbers.lexicon import Lexicon, default_lexicon
from fzwriter.numbers.marks import docnum_at, enumerator_at, placeholder_at
from fzwriter.numbers.quantity import quantity_at
from fzwriter.numbers.text import fold
from fzwriter.numbers.token import Cursor, Found
from fzwriter.numbers.value import parse_arabic, parse_chinese
from fzwriter.report import Mention

_CORE = re.compile(
    r"[0-9]+(?:\.[0-9]+)?"
    r"|[零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+几?|[几数][十百千万亿]+|[几半双]"
    r"|(?<![A-Za-z])[xX×＊*]+(?![A-Za-wyzA-WYZ])|【|_{2,}|[①-⑳]|某某"
)
_TITLE = re.compile(r"《[^《》\n]{1,120}》")
_YEAR_IN_TITLE = re.compile(r"(?:19|20)\d{2}")
_QUOTE_BREAK = re.compile(r"[。；！？，\n“”]")
_ORDINAL = re.compile(r"第\s?$")
_RANKED = re.compile(r"(?:排名|位列|位居|名列|列|居|排)[^，。；、]{0,8}第\s?$")
_CONTACT = re.compile(r"(?:电话|联系|微信|QQ|客服|邮编|手机|传真|账号)[^。；\n]{0,14}$")
_LETTER_UNIT = re.compile(r"\s?(?:km|kg|kW|MW|GB|TB|m|t|h)(?![A-Za-z])")


def _titles(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _TITLE.finditer(text)]


def _inside_title(cursor: Cursor, titles: list[tuple[int, int]]) -> Found | None:
    """A numeral within 《》 is part of a name; a year there is a date."""
    index = bisect_right(titles, (cursor.start, len(cursor.text))) - 1
    if index < 0 or not titles[index][0] <= cursor.start < titles[index][1]:
        return None
    if cursor.arabic and (docnum := docnum_at(cursor)):
        return docnum
    dated = date_at(cursor)
    if dated:
        return dated
    if placeholder := placeholder_at(cursor):
        return placeholder
    return Found(cursor.start, cursor.end, "term")


def _quoted(cursor: Cursor) -> Found | None:
    """A Chinese numeral in a short quotation is part of a slogan: “四结合”, “双提速”.

    A composed numeral of eleven and more with a measure word stays data.
    """
    text, start = cursor.text, cursor.start
    opening = max(
        text.rfind(mark, max(cursor.floor - 1, start - 16, 0), start) for mark in '“"「『'
    )
    if opening < 0:
        return None
    closing = min(
        (at for mark in '”"」』' if (at := text.find(mark, cursor.end, opening + 22)) >= 0),
        default=-1,
    )
    if closing < 0 or _QUOTE_BREAK.search(text, opening + 1, closing):
        return None
    value = parse_chinese(cursor.core)
    if isinstance(value, Decimal) and value > 10 and (found := quantity_at(cursor)) and found.unit:
        return found
    return Found(max(opening + 1, cursor.floor), closing, "term")


def _ordinal(cursor: Cursor) -> Found | None:
    """第二批, 第3名; a ranking is data, with the rank as value."""
    before = _ORDINAL.search(cursor.before(2))
    if not before:
        return None
    value = parse_arabic(cursor.core) if cursor.arabic else parse_chinese(cursor.core)
    kind_start = cursor.start - len(before.group())
    if _RANKED.search(cursor.before(14)):
        return Found(kind_start, cursor.end, "quantity", value, value, "位")
    return Found(kind_start, cursor.end, "other", value)


def _measured(cursor: Cursor) -> bool:
    found = quantity_at(cursor)
    return found is not None and bool(found.unit)


def _code(cursor: Cursor) -> Found | None:
    """Figures in names and codes: C919, A3版, 020-8888, a contact's number."""
    text, start, end = cursor.text, cursor.start, cursor.end
    before = text[start - 1 : start] if start else ""
    if "A" <= before <= "z" and before.isalpha() and not _measured(cursor):
        return Found(start, end, "term")
    after = text[end : end + 1]
    if after.isascii() and after.isalpha() and not _LETTER_UNIT.match(text, end):
        return Found(start, end, "term")
    if _CONTACT.search(cursor.before(24)) and not _measured(cursor):
        return Found(start, end, "other")
    return None


def _classify(cursor: Cursor, titles: list[tuple[int, int]], lexicon: Lexicon) -> Found:
    fixed = lexicon.at(cursor.text, cursor.start)
    if fixed and fixed[0] >= cursor.floor and not _splits_number(cursor, fixed):
        return Found(*fixed)
    found = _inside_title(cursor, titles) if titles else None
    if found:
        return found
    if cursor.arabic:
        return (
            placeholder_at(cursor)
            or docnum_at(cursor)
            or enumerator_at(cursor)
            or _ordinal_date(cursor)
            or _ordinal(cursor)
            or _code(cursor)
            or quantity_at(cursor)
            or Found(cursor.start, cursor.end, "other")
        )
    return (
        placeholder_at(cursor)
        or enumerator_at(cursor)
        or date_at(cursor)
        or _quoted(cursor)
        or _ordinal(cursor)
        or _front(cursor)
        or quantity_at(cursor)
        or Found(cursor.start, cursor.end, "other")
    )


def _ordinal_date(cursor: Cursor) -> Found | None:
    return date_at(cursor)


def _front(cursor: Cursor) -> Found | None:
    """前十: a rank without a measure word."""
    if cursor.before(1) != "前" or cursor.text[cursor.end : cursor.end + 1] in tuple(
        "年天个期段届"
    ):
        return None
    value = parse_chinese(cursor.core)
    if isinstance(value, Decimal) and value >= 2:
        return Found(cursor.start, cursor.end, "quantity", value, value)
    return None


def _splits_number(cursor: Cursor, fixed: tuple[int, int, str]) -> bool:
    """Whether a fixed expression would cut a longer numeral in two: 二十 of 八十二十…, 一线 of 十一线."""
    start, end, _ = fixed
    if cursor.arabic:
        return cursor.start > 0 and start == cursor.start and cursor.text[start - 1] == "."
    return end < cursor.end and cursor.core not in cursor.text[start:end] and end - start < 2


def _past(text: str, found: Found) -> int:
    """Where reading goes on: behind 个百分点, whose 百 is no numeral of its own."""
    if found.unit.endswith("百分点"):
        return text.index("百分点", found.end) + 3
    return found.end


def find_numbers(text: str, lexicon: Lexicon | None = None) -> list[Mention]:
    """Every numeral of ``text``, in order, not overlapping, each with a kind.

    Args:
        text: any text; full-width and half-width forms read alike.
        lexicon: fixed terms; the shipped lexicon by default.

    Returns:
        Mentions with offsets in code points into ``text``. Raises nothing, whatever the input.
    """
    lexicon = lexicon or default_lexicon()
    folded = fold(text)
    titles = _titles(folded)
    mentions: list[Mention] = []
    floor = 0
    for match in _CORE.finditer(folded):
        start, end = max(match.start(), floor), match.end()
        while start < end:
            found = _classify(Cursor(folded, start, end, floor), titles, lexicon)
            mentions.append(
                Mention(
                    found.start,
                    found.end,
                    text[found.start : found.end],
                    found.kind,
                    found.value,
                    found.base,
                    found.unit,
                    found.approx,
                )
            )
            start = floor = _past(folded, found)
    return mentions
