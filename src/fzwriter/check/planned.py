"""What is still to come: sections and sentences that tell plans, not deeds."""

from __future__ import annotations

import re
from bisect import bisect_right

from fzwriter.check.context import Contexts

#: Headings of what is still to come.
PLANNED = re.compile(r"计划|打算|安排|思路|要点|下一步|下步|下一年|明年|来年|谋划|展望|目标任务")
#: Words of a sentence that tells it. 将 before a verb of doing is the future; 将法治建设纳入 is not.
FUTURE = re.compile(
    r"将(?:继续|进一步|重点|着力|持续|按|紧紧|围绕|深入|坚持|聚焦|全面|大力|努力|加快|认真|严格|不断|组织|开展|举办|实施|以|从)"
    r"|下一步|下步|下一?年(?!级)|明年|来年|目标(?:是|为|：)|想要|展望|再建|(?<![按照作度年])计划(?!的|内|外|生育)|打算"
    r"|(?<![草模比虚])拟(?![定制稿订])|力争|争取(?!到)|年底前|新的一年"
)
_CHINESE = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))
_AHEAD = re.compile(r"下一步|下步|明年|来年|新的一年")
_WILL = re.compile(
    r"(?<![即])将(?!近|[^，。；]{0,100}(?:纳入|列入|列为|作为|融入|贯穿))[^，。；]{0,100}$"
)
_WILL_BACK = 101  # characters back to a 将
_DONE = re.compile(r"总结|报告|汇报|情况|述法")
_BACK = 200  # characters back to a 下一步 that leads several sentences
_HEADING = 40  # characters of a line that may be a heading without a number
_SENTENCE = re.compile(r"[。；，：！？]")


def led_ahead(text: str, at: int, sentence: int) -> bool:
    """Whether a 下一步 stands shortly before the sentence around ``at``."""
    return at > _BACK and bool(_AHEAD.search(text, at - _BACK, sentence))


class Plans:
    """Finds what a text tells as plans; sentences and headings are read once.

    Args:
        contexts: of the text.
        next_year: the year behind the reporting period.
    """

    def __init__(self, contexts: Contexts, next_year: int) -> None:
        self._contexts = contexts
        self._next_year = (
            f"{next_year}年",
            "".join(_CHINESE[digit] for digit in str(next_year)) + "年",
        )
        self._sentences: dict[tuple[int, int], bool] = {}
        self._ends: list[int] = []
        self._plain: list[bool] = []  # whether the line that ends there heads plans alone
        at = 0
        for line in contexts.text.split("\n"):
            at += len(line) + 1
            head = line.strip()
            if 0 < len(head) <= _HEADING and not _SENTENCE.search(head):
                self._ends.append(at)
                self._plain.append(bool(PLANNED.search(head)) and not _DONE.search(head))

    def tells(self, at: int) -> bool:
        """Whether what stands at a code point of the text is told as a plan."""
        text = self._contexts.text
        start, end = self._contexts.sentence_bounds(at)
        if (start, end) not in self._sentences:
            self._sentences[start, end] = self._whole(start, end)
        near = max(start, at - _WILL_BACK)
        clause = max(text.rfind("，", near, at), text.rfind("：", near, at), near - 1) + 1
        return bool(
            self._sentences[start, end]
            or PLANNED.search("".join(self._contexts.headings(at)))
            or _WILL.search(text, clause, at)
            or led_ahead(text, at, start)
            or self._under_plain_heading(at)
        )

    def _whole(self, start: int, end: int) -> bool:
        text = self._contexts.text
        return bool(
            FUTURE.search(text, start, end)
            or any(text.find(year, start, end) >= 0 for year in self._next_year)
        )

    def _under_plain_heading(self, at: int) -> bool:
        """Whether the title, or the nearest line that is no sentence, heads plans alone."""
        above = bisect_right(self._ends, at)
        return above > 0 and (self._plain[0] or self._plain[above - 1])
