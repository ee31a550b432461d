"""What is still to come: sections and sentences that tell plans, not deeds."""

from __future__ import annotations

import re

from fzwriter.check.context import Contexts

#: Headings of what is still to come.
PLANNED = re.compile(r"计划|打算|安排|思路|要点|下一步|下步|下一年|明年|来年|谋划|展望|目标任务")
#: Words of a sentence that tells it. 将 before a verb of doing is the future; 将法治建设纳入 is not.
FUTURE = re.compile(
    r"将(?:继续|进一步|重点|着力|持续|按|紧紧|围绕|深入|坚持|聚焦|全面|大力|努力|加快|认真|严格|不断|组织|开展|举办|实施|以|从)"
    r"|下一步|下步|下一年|明年|来年|(?<![按照作度年])计划(?!的|内|外|生育)|打算"
    r"|(?<![草模比虚])拟(?![定制稿订])|力争|争取(?!到)|年底前|新的一年"
)
_AHEAD = re.compile(r"下一步|下步|明年|来年|新的一年")
_WILL = re.compile(
    r"(?<![即])将(?!近|[^，。；]{0,100}(?:纳入|列入|列为|作为|融入|贯穿))[^，。；]{0,100}$"
)
_DONE = re.compile(r"总结|报告|汇报|情况|述法")
_BACK = 200  # characters back to a 下一步 that leads several sentences
_HEADING = 40  # characters of a line that may be a heading without a number
_SENTENCE = re.compile(r"[。；，：！？]")


def led_ahead(text: str, at: int, sentence: int) -> bool:
    """Whether a 下一步 stands shortly before the sentence around ``at``."""
    return at > _BACK and bool(_AHEAD.search(text, at - _BACK, sentence))


def is_planned(contexts: Contexts, at: int, next_year: int) -> bool:
    """Whether what stands at ``at`` is told as a plan.

    Args:
        contexts: of the text.
        at: a code point in it.
        next_year: the year behind the reporting period.
    """
    text = contexts.text
    start, end = contexts.sentence_bounds(at)
    clause = max(text.rfind("，", start, at), text.rfind("：", start, at), start - 1) + 1
    return bool(
        PLANNED.search("".join(contexts.headings(at)))
        or FUTURE.search(text, start, end)
        or _WILL.search(text, clause, at)
        or f"{next_year}年" in text[start:end]
        or led_ahead(text, at, start)
        or _under_plain_heading(text[:at])
    )


def _under_plain_heading(above: str) -> bool:
    """Whether the title, or the nearest line that is no sentence, heads plans alone."""
    lines = [line.strip() for line in above.split("\n")[:-1]]
    heads = [line for line in lines if 0 < len(line) <= _HEADING and not _SENTENCE.search(line)]
    told = (*heads[:1], *heads[-1:])
    return any(PLANNED.search(line) and not _DONE.search(line) for line in told)
