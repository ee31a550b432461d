"""A sheet cut down to some of its writing pieces, for models so slow that a whole report takes hours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fzwriter.errors import InputError
from fzwriter.facts import FactSheet
from fzwriter.writing import make_plan
from fzwriter.writing.tasks import make_tasks


def limited(sheet: FactSheet, pieces: Sequence[int]) -> FactSheet:
    """The sheet with only the facts and statements of some pieces, so that all that is scored fits.

    Args:
        sheet: the input.
        pieces: numbers of the pieces a model would write, from 1, in the order of the report.

    Raises:
        InputError: there is no piece of that number.
    """
    tasks = make_tasks(make_plan(sheet))
    wrong = [number for number in pieces if not 1 <= number <= len(tasks)]
    if wrong:
        raise InputError(f"没有第 {wrong[0]} 小节", remedy=f"这份数据共写 {len(tasks)} 小节")
    chosen = [tasks[number - 1] for number in pieces]
    facts = {fact.id for task in chosen for fact in task.facts}
    statements = {s.id for task in chosen for s in task.statements}
    torn = {f.parts_of for f in sheet.facts if f.id not in facts}
    kept = tuple(
        f.model_copy(
            update={
                "parts_of": f.parts_of if f.parts_of in facts else "",
                "parts_complete": f.parts_complete and f.id not in torn,
            }
        )
        for f in sheet.facts
        if f.id in facts
    )
    return sheet.model_copy(
        update={
            "facts": kept,
            "statements": tuple(s for s in sheet.statements if s.id in statements),
            "derived": tuple(
                d for d in sheet.derived if set(re.findall(r"[A-Za-z_]\w*", d.formula)) <= facts
            ),
        }
    )
