"""Closed sorts of words of which a report that retells a statement must keep the statement's own.

A month put for another, 省级 for 市级, 第三批 for 第二批: each is a small word, and each makes another
event of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fzwriter.check.genre import either

_NUMERAL = "一二三四五六七八九十百〇零0-9Ⅰ-Ⅻ"
_CHINESE = "一二三四五六七八九十"
_ORGANS = "级?法院|级?检察院|级?检察机关|公安|司法|人社|教育|人大|政协|委|政府|优化|依法治|[一-龥]{1,6}(?:厅|专班|领导小组)"


class Sort(NamedTuple):
    """One sort of words.

    Attributes:
        pattern: how its words look.
        dated: whether they date, so that another one is a wrong date.
        years: whether they are years, of which the report's own need no statement.
    """

    pattern: re.Pattern[str]
    dated: bool = False
    years: bool = False

    @property
    def kind(self) -> str:
        """The kind of issue that another word of the sort is."""
        return "wrong_date" if self.dated else "wrong_fact"

    def of(self, text: str) -> set[str]:
        """The words of the sort in ``text``."""
        return {match.group() for match in self.pattern.finditer(text)}


SORTS = (
    Sort(re.compile(either("levels"))),
    Sort(re.compile(either("scopes"))),
    # whose organ: 省高级法院 is not 市法院
    Sort(
        re.compile(
            rf"(?<![一-龥全])(?:最高|省|市|州|县|区)(?={_ORGANS})|(?<=[被获受由会同经与和向请])(?:省|市|州|县|区)(?={_ORGANS})"
        )
    ),
    # who of the leaders: 主要负责人 is not 分管负责人
    Sort(
        re.compile(
            r"主要(?=负责(?:人|同志)|领导)|分管(?=负责(?:人|同志)|副[一-龥]{1,2}|领导)|班子成员(?=包案|接访|述)"
        )
    ),
    # rank and prize
    Sort(
        re.compile(
            rf"[特一二三四]等奖|第[{_CHINESE}]+(?=名|位|$|，)|首位|前[三五十]名?"
            r"|居第[一二三四五六七八九十]+位?|金奖|银奖|铜奖|冠军|亚军|季军"
        )
    ),
    # stars and grades: 4A级, 五星级, Ⅱ级响应
    Sort(re.compile(rf"[{_NUMERAL}]{{1,6}}(?:A级|星级?|级(?=突发|响应|预警))")),
    # which congress or plenary session
    Sort(re.compile(r"[一二三四五六七]中全会")),
    Sort(re.compile(rf"第?[{_CHINESE}]{{1,6}}(?:届|次)(?=[{_CHINESE}]|全|会|党)")),
    # document number, article, batch, telephone number
    Sort(re.compile(r"〔[0-9]{4}〕\s?[0-9]+号|\[[0-9]{4}\]\s?[0-9]+号")),
    Sort(re.compile(rf"第[{_NUMERAL}]+条")),
    Sort(re.compile(rf"第[{_NUMERAL}]+(?=批|届|期|轮)|首批|首届")),
    Sort(re.compile(r"(?:0[0-9]{2,3}-)?[0-9]{5,8}(?=热线|电话|投诉|举报|平台|$)")),
    # month (but 3月以来), day, year, season
    Sort(
        re.compile(
            rf"(?<![0-9{_CHINESE}])(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月"
            r"(?!份?[一-龥]{0,2}以来)"
        ),
        dated=True,
    ),
    Sort(re.compile(rf"(?<=月)[0-9{_CHINESE}]{{1,3}}日"), dated=True),
    Sort(re.compile(r"20[0-9]{2}(?=年)"), dated=True, years=True),
    Sort(
        re.compile(r"春季|夏季|秋季|冬季|上半年|下半年|[一二三四]季度(?!.)"),
        dated=True,
    ),
    # how often
    Sort(re.compile(r"每(?:年|半年|季度?|月|周|天|日)|逐月|逐季|按月|按周|按季")),
    # a quoted formula: “一村一法”
    Sort(re.compile(rf"(?<=[“\"])[{_CHINESE}][一-龥]{{1,2}}[{_CHINESE}][一-龥]{{1,2}}(?=[”\"])")),
)


def find_sorts(text: str) -> Iterator[tuple[Sort, re.Match[str]]]:
    """The words of every sort in ``text``, sort by sort."""
    for sort in SORTS:
        for match in sort.pattern.finditer(text):
            yield sort, match
