"""Finding numerals: one pass over the text; each numeral goes to the first rule that explains it.

The order of the rules matters and stands in ``_arabic`` and ``_chinese``. Conventions where the genre
is ambiguous (DESIGN §5):

- a mention covers the numeral with 万/亿, % and 余 inside it, not the measure word (but for a half
  behind it: 两年半); a date covers its 年月日, an enumerator its marks;
- ``value`` is as written (25.63 with unit 万元, 100 with unit %), ``base_value`` scaled;
- 一 with a measure word is indefinite unless 共, 计, 仅, 唯一, 各… stand before it;
- 第 makes an ordinal, not data, unless it ranks (排名全市第2);
- an Arabic figure with a measure word is always data, in quotation marks too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal

from fzwriter.numbers.codes import code_at
from fzwriter.numbers.dates import date_at
from fzwriter.numbers.lexicon import Lexicon, default_lexicon
from fzwriter.numbers.marks import docnum_at, enumerator_at, placeholder_at
from fzwriter.numbers.measure import measures
from fzwriter.numbers.number import CHINESE
from fzwriter.numbers.quantity import quantity_at
from fzwriter.numbers.text import reading
from fzwriter.numbers.token import Cursor, Found
from fzwriter.numbers.value import parse_arabic, parse_chinese
from fzwriter.report import Mention

_ARABIC = "0123456789"
_FILL = "xX×＊*【_某"
_SIGNS = "①-⒛㈠-㈩㊀-㊉❶-❿⓪⓫-⓴Ⅰ-Ⅻⅰ-ⅻ½⅓⅔¼¾⁰¹²³⁴-⁹₀-₉"
_VULGAR = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal(1) / 3,
    "⅔": Decimal(2) / 3,
}
# The characters a numeral may begin with; what it is, its pattern says.
_BEGIN = re.compile(f"[0-9{CHINESE}几数半双{_FILL}{_SIGNS}]")
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_BLANK = re.compile(r"(?<![A-Za-z])[xX×＊*]+(?![A-Za-wyzA-WYZ])|【|_{2,}|某某")
_WORD = re.compile(
    rf"[{CHINESE}]{{1,24}}(?:几[十百千]?[万亿]*)?"
    r"|[几数][十百千万亿]+|[几半双]"
)
_TITLE = re.compile(r"《[^《》\n]{1,120}》")
_QUOTE_BREAK = re.compile(r"[。；！？,\n“”]")
_DIGIT = re.compile(r"[0-9]")
_RANKED = re.compile(
    r"(?:(?:排名|位列|位居|名列|列|居|排)[^,。；、]{0,8}|全[国省州市县区镇系][内统]?)第$"
)
_BATCH = re.compile(r"[批个届次期家轮例起条块所类部位章节]")
_SLOGAN = 22  # the longest quotation that is a slogan


def _titles(text: str) -> list[tuple[int, int]]:
    if "《" not in text:
        return []
    return [match.span() for match in _TITLE.finditer(text)]


def _inside_title(cursor: Cursor, titles: list[tuple[int, int]]) -> Found | None:
    """A numeral within 《》 is part of a name; a year there is a date."""
    index = bisect_right(titles, (cursor.start, len(cursor.text))) - 1
    if index < 0 or not titles[index][0] <= cursor.start < titles[index][1]:
        return None
    return (
        (docnum_at(cursor) if cursor.arabic else None)
        or date_at(cursor)
        or placeholder_at(cursor)
        or Found(cursor.start, cursor.end, "term")
    )


def _quoted(cursor: Cursor) -> Found | None:
    """A Chinese numeral in a short quotation is part of a slogan: “四结合”, “双提速”.

    A composed numeral of eleven and more with a measure word stays data, and so does whatever is
    written in Arabic digits: the slogan ends before it.
    """
    text, start = cursor.text, cursor.start
    lowest = max(cursor.floor - 1, start - 16, 0)
    opening = max(text.rfind(mark, lowest, start) for mark in '“"「『')
    if opening < 0:
        return None
    closing = min(
        (at for mark in '”"」』' if (at := text.find(mark, cursor.end, opening + _SLOGAN)) >= 0),
        default=-1,
    )
    if closing < 0 or _QUOTE_BREAK.search(text, opening + 1, closing):
        return None
    found = quantity_at(cursor)
    if found and found.unit and _large(found):
        return found
    digit = _DIGIT.search(text, cursor.end, closing)
    return Found(max(opening + 1, cursor.floor), digit.start() if digit else closing, "term")


def _large(found: Found) -> bool:
    value = found.value[1] if isinstance(found.value, tuple) else found.value
    return value is not None and (value > 10 or found.unit in ("%", "‰"))


def _ordinal(cursor: Cursor) -> Found | None:
    """第二批, 第3名; a ranking is data, with the rank as value."""
    text, start, end = cursor.text, cursor.start, cursor.end
    if start <= cursor.floor or text[start - 1] != "第":
        return None
    value = parse_arabic(cursor.core) if cursor.arabic else parse_chinese(cursor.core)
    if _RANKED.search(text, max(0, start - 14), start) and not _BATCH.match(text, end):
        return Found(start - 1, end, "quantity", value, value, "位")
    return Found(start - 1, end, "other", value)


def _front(cursor: Cursor) -> Found | None:
    """前十: a rank without a measure word."""
    text, start, end = cursor.text, cursor.start, cursor.end
    if text[start - 1 : start] != "前" or not start or text[end : end + 1] in tuple("年天个期段届"):
        return None
    value = parse_chinese(cursor.core)
    if isinstance(value, Decimal) and value >= 2:
        return Found(start, end, "quantity", value, value)
    return None


_LONGEST = 40  # digits; what is longer counts nothing


def _arabic(cursor: Cursor) -> Found:
    if cursor.end - cursor.start > _LONGEST:
        return Found(cursor.start, cursor.end, "other")
    found = (
        placeholder_at(cursor)
        or docnum_at(cursor)
        or enumerator_at(cursor)
        or date_at(cursor)
        or _ordinal(cursor)
    )
    if found:
        return found
    figure = quantity_at(cursor)
    if figure and figure.unit:
        return figure
    return (
        _quoted_code(cursor)
        or code_at(cursor)
        or figure
        or Found(cursor.start, cursor.end, "other")
    )


_CODE = re.compile(r"[0-9]{3,8}")
_YEAR_OF_NAME = re.compile(r"(?:19|20)[0-9]{2}")


def _quoted_code(cursor: Cursor) -> Found | None:
    """Bare digits that are all of a quotation, or a year that ends one: “1310”部署, “净网2024”行动."""
    text, start, end = cursor.text, cursor.start, cursor.end
    if not start or text[end : end + 1] not in tuple('”"」』'):
        return None
    if text[start - 1] in '“"「『' and _CODE.fullmatch(text, start, end):
        counts = measures().any.match(text, end + 1)
        return None if counts else Found(start, end, "term")
    lowest = max(cursor.floor - 1, start - 10, 0)
    opening = max(text.rfind(mark, lowest, start) for mark in '“"「『')
    named = opening >= 0 and not _QUOTE_BREAK.search(text, opening + 1, start)
    if named and "一" <= text[start - 1] <= "龥" and _YEAR_OF_NAME.fullmatch(text, start, end):
        return Found(max(opening + 1, cursor.floor), end, "term")
    return None


def _chinese(cursor: Cursor) -> Found:
    found = (
        enumerator_at(cursor)
        or date_at(cursor)
        or _quoted(cursor)
        or _ordinal(cursor)
        or _front(cursor)
        or quantity_at(cursor)
    )
    # What counts nothing keeps its value: 一 of 一项工作.
    return found or Found(cursor.start, cursor.end, "other", parse_chinese(cursor.core))


def _classify(cursor: Cursor, titles: list[tuple[int, int]], lexicon: Lexicon) -> Found:
    text, start = cursor.text, cursor.start
    first = text[start]
    fixed = lexicon.at(text, start)
    if fixed and fixed[0] >= cursor.floor and not _splits_number(cursor, fixed):
        return _recount(cursor, Found(*fixed))
    if titles and (found := _inside_title(cursor, titles)):
        return found
    if "0" <= first <= "9":
        return _arabic(cursor)
    if first in _VULGAR:
        share = _VULGAR[first]
        return Found(start, start + 1, "quantity", share, share)
    if first in _FILL:
        return placeholder_at(cursor) or Found(start, cursor.end, "other")
    return _chinese(cursor)


_COUNTED = re.compile(r"(?:共|仅|唯一|各|合计|累计)[有为]?$")


def _recount(cursor: Cursor, fixed: Found) -> Found:
    """A word like 一起 counts after all behind 共, 仅…: 共一起."""
    if fixed.kind != "other" or fixed.end - fixed.start != 2 or fixed.start != cursor.start:
        return fixed
    if cursor.text[cursor.start] != "一" or not _COUNTED.search(cursor.before(4)):
        return fixed
    counted = quantity_at(cursor)
    return counted if counted and counted.unit else fixed


_PLACES = frozenset("十百千万亿拾佰仟")


def _splits_number(cursor: Cursor, fixed: tuple[int, int, str]) -> bool:
    """Whether a fixed expression would cut a longer numeral in two: 八五 of 八五百, 2 of 1.2."""
    text, (start, end, _) = cursor.text, fixed
    if cursor.arabic:
        return start == cursor.start > 0 and text[start - 1] == "." and start == cursor.floor
    return end < cursor.end and text[end] in _PLACES


def _past(text: str, found: Found) -> int:
    """Where reading goes on: behind 个百分点, whose 百 is no numeral of its own."""
    if found.unit.endswith("百分点"):
        return text.index("百分点", found.end) + 3
    return found.end


def _core(text: str, start: int) -> int:
    """Where the core ends that begins at ``start``; ``start`` itself if none does."""
    first = text[start]
    if first in _ARABIC:
        match = _FIGURE.match(text, start)
    elif first in _FILL:
        match = _BLANK.match(text, start)
    else:
        match = _WORD.match(text, start)
        if match is None and first != "数":
            return start + 1
    return match.end() if match else start


def find_numbers(text: str, lexicon: Lexicon | None = None) -> list[Mention]:
    """Every numeral of ``text``, in order, not overlapping, each with a kind.

    Args:
        text: any text; full-width and half-width forms read alike, and so do blanks beside figures.
        lexicon: fixed terms; the shipped lexicon by default.

    Returns:
        Mentions with offsets in code points into ``text``. Raises nothing, whatever the input.
    """
    lexicon = lexicon or default_lexicon()
    read = reading(text)
    folded = read.text
    titles = _titles(folded)
    mentions: list[Mention] = []
    at = floor = 0
    begins = _BEGIN.search
    while match := begins(folded, at):
        start = match.start()
        end = _core(folded, start)
        if end == start:
            at = start + 1
            continue
        found = _classify(Cursor(folded, start, end, floor), titles, lexicon)
        first, last = read.span(found.start, found.end) if read.cuts else found[:2]
        mentions.append(
            Mention(
                first,
                last,
                text[first:last],
                found.kind,
                found.value,
                found.base,
                found.unit,
                found.approx,
            )
        )
        at = floor = _past(folded, found)
    return mentions
