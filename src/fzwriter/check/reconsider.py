"""A second look at a proved figure, once those around it are judged.

Of two figures exchanged, the one may have found words enough; what is worked out from a doubtful
figure is doubtful too; a part can't be above its total.
"""

from __future__ import annotations

import re

from fzwriter.check.arithmetic import alike
from fzwriter.check.figures import Figure, Surroundings
from fzwriter.check.verdict import CONFIRM, Verdict, cited, doubt, shown, wrong

# What stands between a whole and a part of it: 其中, …中, 已有.
_AMONG = re.compile(r"其中|[一-龥]中[，有]?$|，已有$|[一-龥]里[，有]?$")
# So much more of a name another figure's clause must have to be what the name is told of.
_BETTER = 0.05
_SAID = 0.6
_HARDLY = 0.35


def reconsider(around: Surroundings) -> None:
    """Puts a new verdict on a figure that was proved, where its neighbours call for one."""
    figure = around.figure
    if figure.verdict is None or figure.faulty:
        return
    if figure.result is not None:
        figure.verdict = _worked_out_of_faulty(around) or figure.verdict
        return
    if figure.chosen is None:
        return
    whole = _whole_below(around)
    if whole is not None:
        _doubt_both(figure, whole)
        return
    figure.verdict = _exchanged(around, figure.chosen) or figure.verdict


def _worked_out_of_faulty(around: Surroundings) -> Verdict | None:
    """A doubt where one of the operands is wrong or doubtful itself."""
    figure = around.figure
    faulty = {other.mention.start for other in around.nearby() if other.faulty}
    if figure.result is None or not faulty & set(figure.result.at):
        return None
    message = f"“{shown(figure.mention)}”由文中的数算出，但其中有的数待核：{figure.result.formula}"
    return doubt(figure.mention, "wrong_derived", message, CONFIRM)


def _exchanged(around: Surroundings, chosen: int) -> Verdict | None:
    """Where a faulty figure of the sentence is what the referent is told of."""
    figure, referent = around.figure, around.all[chosen]
    own = figure.near(chosen)
    for other in around.nearby(4, 4):
        if not other.faulty or other.sentence != figure.sentence:
            continue
        if chosen in other.options or chosen not in other.matching:
            continue
        here, there = shown(figure.mention), shown(other.mention)
        mutual = other.rival == chosen and other.chosen is not None
        if mutual and figure.near(other.chosen or 0) > own + _BETTER:
            message = f"“{here}”是{cited(referent)}的数，与同句的“{there}”疑似对调"
            return wrong(figure.mention, "wrong_fact", message, "请核对这两个数各是哪一项")
        if other.near(chosen) > own + _BETTER and own < _SAID:
            message = f"{cited(referent)}似乎是同句另一处“{there}”所说的，两处的数疑似对调"
            tell = wrong if _refuted(other) and own < _HARDLY else doubt
            return tell(figure.mention, "wrong_fact", message, CONFIRM)
    return None


def _refuted(figure: Figure) -> bool:
    verdict = figure.verdict
    return verdict is not None and verdict.issue is not None and verdict.issue.severity == "error"


def _whole_below(around: Surroundings) -> Figure | None:
    """The whole right before a part that is above it: 15件, 其中106件."""
    figure = around.figure
    before = next((o for o in around.nearby(1, 0) if o.sentence == figure.sentence), None)
    if before is None or figure.printed.measure == "%":
        return None
    if not alike(before.printed.measure, figure.printed.measure):
        return None
    between = around.basis.contexts.text[before.mention.end : figure.mention.start]
    if not _AMONG.search(between) or before.printed.approx:
        return None
    if figure.printed.low <= before.printed.low:
        return None
    # where both stand so in the sheet, it is the sheet that contradicts itself
    told = all(one.chosen is not None and one.near(one.chosen) >= _SAID for one in (figure, before))
    return None if told else before


def _doubt_both(part: Figure, whole: Figure) -> None:
    message = f"“{shown(part.mention)}”大于它所属的“{shown(whole.mention)}”，两处的数疑似对调"
    for one in (part, whole):
        if one.verdict is not None and not one.faulty:
            one.verdict = doubt(one.mention, "wrong_fact", message, CONFIRM)
