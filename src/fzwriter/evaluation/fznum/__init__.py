"""FZ-Num: how well a checker proves the figures of a Chinese official report.

Right texts that people wrote beside a sheet of facts, each with wrong twins (one thing changed) and
harmless rewordings; the same generated from a seed. A label is proved by arithmetic over the sheet
that is none of the checker's: nothing here but ``checkers`` imports ``fzwriter.check``, and nothing
that makes or proves an item reads numerals with ``fzwriter.numbers``. So the items stay the same
when the checker gets better.
"""
