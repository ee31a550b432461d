"""The report handed in for a rewrite: reading it, telling what it is to the target."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from fzwriter.errors import InputError
from fzwriter.facts import FactSheet
from fzwriter.reading import SeedReport, read_seeds
from fzwriter.units import match_type

Mode = Literal["other_type", "same_type", "next_year"]
_LAW = re.compile(r"法治|依法|执法|普法|司法|合法|法律|复议|应诉|法规|述法")
_LEAST_LAW = 4.0  # words of the law in 1000 characters; the leanest real report has 9


def read_report(path: Path, pick: int = 1) -> SeedReport:
    """The report to be rewritten.

    Args:
        path: .docx, .txt, .md or .pdf.
        pick: which one of a file with several, from 1.

    Raises:
        InputError: the file can't be read, holds no such report, or not so many.
    """
    reports = read_seeds(path)
    if not 1 <= pick <= len(reports):
        raise InputError(f"没有第 {pick} 篇报告", path=path, remedy=f"文件里共 {len(reports)} 篇")
    report = reports[pick - 1]
    law = len(_LAW.findall(report.text)) * 1000 / max(1, len(report.text))
    if law < _LEAST_LAW:
        raise InputError(
            "不像法治建设一类的报告，没有可以照着改写的结构",
            path=path,
            remedy="请给一份法治政府建设报告、法治工作总结或计划；没有这样的报告，可直接用 fzwriter draft 起草",
        )
    if len(reports) > 1:
        notice = f"文件里有 {len(reports)} 篇报告，改写的是第 {pick} 篇；可用 --pick 选择"
        from dataclasses import replace

        report = replace(report, notices=(*report.notices, notice))
    return report


def mode_of(report: SeedReport, sheet: FactSheet) -> Mode:
    """What the target is to the source: another type, another unit of the type, the unit's next year.

    Raises:
        InputError: the source is the target's own report of this year, or of a later one.
    """
    type_ = match_type(sheet.unit.type, sheet.unit.name)
    if not report.unit or not same_unit(report.unit, sheet.unit.name):
        return "same_type" if type_ == report.unit_type else "other_type"
    year = sheet.period.year
    if not report.year:
        return "next_year"
    if report.year == year:
        raise InputError(
            f"这份报告就是{report.unit}{year}年的，单位和年度都与数据相同，没有可改写的",
            remedy="要核验它，请用 fzwriter check；要重新起草，请用 fzwriter draft",
        )
    if report.year > year:
        raise InputError(
            f"报告是{report.year}年的，数据是{year}年的：不能由后一年改写前一年",
            remedy="请检查数据里的报告期",
        )
    return "next_year"


def same_unit(one: str, other: str) -> bool:
    """Whether two names are of one unit: 湖滨区司法局 and 三门峡市湖滨区司法局."""
    shorter, longer = sorted((_bare(one), _bare(other)), key=len)
    return len(shorter) >= 3 and longer.endswith(shorter)


def _bare(name: str) -> str:
    return re.sub(
        r"(?:人民政府|街道办事处|办事处)$", lambda m: "街道" if "街道" in m[0] else "", name
    )
