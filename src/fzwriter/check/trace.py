"""Which referent each figure stands for, over the whole text, and what is wrong where none does.

*Find* by value and measure word; *rank* by the words around; *compare* the claim's closed slots. A
figure is proved when a referent of its value is the one its clause speaks of and no slot differs;
refuted only by a named contradiction: another value for the thing spoken of, a slot that differs, no
source at all. The rest is doubtful (DESIGN §5.2, §5.9).
"""

from __future__ import annotations

from collections.abc import Sequence

from fzwriter.check.context import Contexts
from fzwriter.check.figures import Basis, Surroundings, read_figures
from fzwriter.check.given import Given
from fzwriter.check.index import Referents
from fzwriter.check.operands import Operands
from fzwriter.check.planned import Plans
from fzwriter.check.proof import Proof
from fzwriter.check.ranking import Ranking
from fzwriter.check.reconsider import reconsider
from fzwriter.check.roles import Roles
from fzwriter.check.sourceless import Sourceless
from fzwriter.check.verdict import Verdict
from fzwriter.facts import FactSheet
from fzwriter.report import Mention


def trace(
    mentions: Sequence[Mention],
    referents: Referents,
    contexts: Contexts,
    plans: Plans,
    sheet: FactSheet,
) -> dict[int, Verdict]:
    """The verdict on each quantity of a text, by its start.

    Args:
        mentions: the numerals of the text, in order.
        referents: what they may stand for.
        contexts: of the text.
        plans: what the text tells as plans.
        sheet: the input.
    """
    basis = Basis.of(referents, contexts, plans, sheet)
    figures = read_figures(mentions, basis)
    # in the order of the text: a figure is judged by those before it, which are judged already
    for at, figure in enumerate(figures):
        figure.verdict = _judge(Surroundings(basis, figures, at))
    for at in range(len(figures)):
        reconsider(Surroundings(basis, figures, at))
    return {f.mention.start: f.verdict for f in figures if f.verdict is not None}


def _judge(around: Surroundings) -> Verdict:
    """The verdict on one figure: by its role, else as given, else as without a source."""
    ranking, operands, proof = Ranking(around), Operands(around), Proof(around)
    return (
        Roles(around, ranking, operands, proof).verdict()
        or Given(around, ranking, proof).verdict()
        or Sourceless(around, ranking, operands, proof).verdict()
    )
