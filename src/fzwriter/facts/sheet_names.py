"""Indicators called by name in a workbook: 属于 and 公式 may say 收到行政复议案件 instead of f004."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fzwriter.facts.cell_figures import CellError

_MARKS = re.compile(r"[\s“”\"'《》]")
_JOINT = re.compile(r"[：:·、/\-]")
_CELL = re.compile(
    r"(?:(?:'([^']{1,40})'|([^\W\d][\w（）()]{0,40}))!)?\$?([A-Z]{1,3})\$?(\d{1,7})(?![\w(])"
)


@dataclass(frozen=True)
class Named:
    """A row of 数据: its id, topic, name, the place of its value; ``filled`` if it has one."""

    id: str
    topic: str
    name: str
    place: str
    filled: bool = True


class UnfilledError(CellError):
    """What is named is a row without a figure."""


class Names:
    """All rows of 数据, to be found by id, by name, or by topic and name.

    ``unread`` holds what is said in rows that aren't read, and where and why.
    """

    def __init__(self, rows: Iterable[Named], unread: Mapping[str, str] | None = None) -> None:
        self._rows = tuple(rows)
        self._unread = {_plain(text): place for text, place in (unread or {}).items()}
        self._by_id = {row.id: row for row in self._rows}
        self._by_name: dict[str, list[Named]] = {}
        for row in self._rows:
            for name in {_plain(row.name), _plain(row.topic + row.name)}:
                self._by_name.setdefault(name, []).append(row)

    @property
    def ids(self) -> tuple[str, ...]:
        """Of all rows."""
        return tuple(self._by_id)

    def find(self, text: str, topic: str = "", sheet: str = "") -> str:
        """The id of the row that ``text`` names; of several the one of the same topic and sheet.

        Raises:
            CellError: none or several are called that.
            UnfilledError: the one that is has no figure.
        """
        rows = self._by_name.get(_plain(text)) or self._by_name.get(_JOINT.sub("", _plain(text)))
        if text in self._by_id:
            rows = [self._by_id[text]]
        if not rows:
            self._refuse_unread(_plain(text))
            near = difflib.get_close_matches(_plain(text), self._by_name, 1, 0.5)
            hint = f"最接近的是“{self._by_name[near[0]][0].name}”" if near else "请核对名称"
            raise CellError(f"“{text[:20]}”不是“数据”表里的指标或编号", hint)
        return self._only(text, rows, topic, sheet).id

    def formula(self, text: str) -> str:
        """A formula over names as one over ids.

        Raises:
            CellError: it uses a name that several rows have.
            UnfilledError: it uses a row without a figure.
        """
        names = sorted((n for n in self._by_name if n), key=len, reverse=True)
        if not names:
            return text
        pattern = re.compile(rf"(?<![\w])(?:{'|'.join(map(re.escape, names))})(?![\w])")
        plain = _MARKS.sub("", text)
        for word in re.split(r"[-+*/()＋－−×÷／（）=＝]", plain):
            if word not in self._by_name and word not in self._by_id:
                self._refuse_unread(word)
        return pattern.sub(lambda m: self._only(m[0], self._by_name[m[0]], "").id, self._ids(plain))

    def from_cells(self, formula: str, sheet: str) -> str:
        """A spreadsheet formula over cells of 数据, ``=数据!C5/数据!C4``, as one over ids.

        Raises:
            CellError: a cell of it holds no figure of 数据.
        """
        by_place = {row.place: row for row in self._rows}

        def replaced(match: re.Match[str]) -> str:
            place = f"{match[1] or match[2] or sheet}!{match[3]}{match[4]}"
            if place not in by_place:
                self._refuse_unread(place)
                raise CellError(
                    f"公式里的 {place} 不是“数据”表里的数值",
                    "请用指标名称或编号写公式，如 调解成功/调解各类矛盾纠纷，前面不加等号",
                )
            return self._only(place, [by_place[place]], "").id

        return self.formula(_CELL.sub(replaced, formula.removeprefix("=")))

    def _refuse_unread(self, said: str) -> None:
        if place := self._unread.get(said):
            raise CellError(f"“{said[:20]}”在{place}，没有读取", "要用到它，请让那一行正常显示")

    def _ids(self, text: str) -> str:
        """Refuse ids of rows without a figure; others are for the parser of formulas."""
        for word in re.findall(r"[^\W\d][\w-]*", text):
            row = self._by_id.get(word)
            if row is not None and not row.filled:
                raise _unfilled(row)
        return text

    def _only(self, text: str, rows: list[Named], topic: str, sheet: str = "") -> Named:
        rows = [row for row in rows if row.filled] or rows
        if len(rows) > 1:
            rows = [row for row in rows if row.topic == topic] or rows
        if len(rows) > 1:  # of a copied sheet, each has its own
            rows = [row for row in rows if row.place.startswith(f"{sheet}!")] or rows
        if len(rows) > 1:
            which = "、".join(f"{row.id}（{row.place}）" for row in rows[:4])
            raise CellError(f"叫“{text[:20]}”的指标有 {len(rows)} 个", f"请改写编号：{which}")
        if not rows[0].filled:
            raise _unfilled(rows[0])
        return rows[0]


def _unfilled(row: Named) -> UnfilledError:
    return UnfilledError(f"用到的“{row.name}”没有填数", "请填上数值，或清空这一行")


def _plain(text: str) -> str:
    return _MARKS.sub("", text)


def new_id(wanted: str, taken: Mapping[str, object]) -> str:
    """``f007``, or ``f007b`` and so on where that is taken."""
    id, suffix = wanted, ord("b")
    while id in taken:
        id = f"{wanted}{chr(suffix)}" if suffix <= ord("z") else f"{wanted}x{suffix}"
        suffix += 1
    return id
