"""Last year's report as candidates for this year's facts file: nothing of it prints or traces.

Figures become last year's values, this year's are left open; what was planned becomes what may have
been done. Every row is marked 去年数待换 and carries the sentence it came from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from fzwriter.facts.layout import PENDING, STALE
from fzwriter.facts.workbook import EVIDENCE, Row, workbook_bytes
from fzwriter.pipeline.extract import extract

_GUIDE = (
    "由上一年报告改写时摘出的候选数据：没有一条进了改写后的报告",
    "一、“上年数”是上一年报告里的数，“数值”留空：请填今年的数，再把这一行抄进今年的数据文件。",
    "二、“举措”里是上一年报告写下的计划：今年做了的，请改成做了什么；没有做的，请删去这一行。",
    "三、每一行都标着“去年数待换”；换成今年的、核对无误后删去这个标记。“原文”是摘出这一行的句子，供核对用，不读取。",
)


@dataclass(frozen=True)
class Candidates:
    """A facts workbook of candidates.

    Attributes:
        workbook: the .xlsx file's bytes.
        figures: how many figures of last year's are in it.
        plans: how many plans.
    """

    workbook: bytes
    figures: int
    plans: int


def candidates(path: Path, pick: int = 1) -> Candidates:
    """The figures and plans of last year's report, as candidates for this year's facts file.

    Raises:
        InputError: the file can't be read.
    """
    found = extract(path, pick=pick, next_year=True)
    rows = found.content.rows
    plans = [_done(row) for row in rows.get("计划", ())]
    figures = list(rows.get("facts", ()))
    content = replace(found.content, rows={"facts": figures, "举措": plans}, guide=_GUIDE)
    return Candidates(workbook_bytes(content), len(figures), len(plans))


def _done(row: Row) -> Row:
    """A plan of last year's, as what may have been done this year."""
    evidence = f"上年计划：{row.get(EVIDENCE, row.get('text', ''))}"
    return {**row, PENDING: STALE, EVIDENCE: evidence}
