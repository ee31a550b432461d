"""Slips of the pen that give a draft away: doubled measure words, dangling 其中, repeated sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fzwriter.report import Issue

_DOUBLED = re.compile(r"[0-9０-９余多万亿](件|人|次|家|名|份|个|起|场|条|元|项|期|户)\1(?!次)")
_DANGLING = re.compile(r"其中[，。；、：]|其中$")
_PUNCTUATION = re.compile(r"[，。；、]{2,}|，。|。，|；。")
_HALF_WIDTH = re.compile(r"(?<=[一-龥])[,;:?!](?=[一-龥])")
_SENTENCE = re.compile(r"(?<![^。！？\n])[^。！？\n]{16,}[。！？]")


def find_slips(text: str) -> Iterator[Issue]:
    """Wording issues, all warnings."""
    for pattern, message in (
        (_DOUBLED, "量词重复"),
        (_DANGLING, "“其中”后面没有内容"),
        (_PUNCTUATION, "标点重叠"),
    ):
        for match in pattern.finditer(text):
            yield Issue(
                match.start(),
                match.end(),
                "wording",
                "warning",
                f"{message}：“{match.group()}”",
                "请改正",
            )
    half = list(_HALF_WIDTH.finditer(text))
    if half:
        yield Issue(
            half[0].start(),
            half[0].end(),
            "wording",
            "warning",
            f"中文里用了半角标点（共 {len(half)} 处）",
            "请改为全角",
        )
    seen: set[str] = set()
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        if sentence in seen:
            yield Issue(
                match.start(),
                match.end(),
                "wording",
                "warning",
                f"句子重复：“{sentence[:20]}……”",
                "请删去重复的一处",
            )
        seen.add(sentence)
