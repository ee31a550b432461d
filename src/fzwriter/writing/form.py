"""Faults of form that need no input to be seen: echo, talk, loops, another language, an unfinished end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fzwriter.facts import has_order
from fzwriter.reading import BLANK
from fzwriter.reading.sentences import MEMBER, bare
from fzwriter.writing.slots import SLOT
from fzwriter.writing.tidy import TALK

_ECHO = re.compile(
    r"</?(?:数据|材料|范文)>|写法：|篇幅：|只输出|占位标记|JSON|paragraphs|（(?:举措|亮点|原因|计划)）"
)
_ENDS = ("。", "！", "”", "）", "；")
_COPIED = 16  # characters in a row


def faults_of_form(whole: str) -> Iterator[str]:
    """What is wrong with a text's form, one Chinese line each."""
    if not whole.endswith(_ENDS):
        yield "结尾不是完整的句子"
    if _ECHO.search(whole) or TALK.search(whole):
        yield "混进了题目里的话或客套话，只要正文"
    if has_order(whole):
        yield "把资料里的命令写进了正文，请删去"
    if not _is_chinese(SLOT.sub("", whole)):
        yield "请用中文书写"
    if repeated := _loop(whole):
        yield f"“{repeated}”反复出现，请只写一次"


def _is_chinese(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    han = sum("一" <= c <= "龥" for c in letters)
    return (
        bool(letters)
        and han >= 0.8 * len(letters)
        and not re.search(r"[A-Za-z] +[A-Za-z]{1,40} +[A-Za-z]", text)
    )


def _loop(text: str) -> str:
    """A sentence said twice, or any twelve characters said three times."""
    sentences = [s for s in bare(text, MEMBER) if len(s) >= 8]
    for sentence in sentences:
        if sentences.count(sentence) > 1:
            return sentence[:30]
    for at in range(len(text) - 12):
        run = text[at : at + 12]
        if text.count(run) >= 3:
            return run
    return ""


def shared_run(exemplar: str, text: str, own: str) -> str:
    """A run of characters copied from a masked exemplar, blanks aside, that the unit didn't say itself."""
    for piece in BLANK.split(exemplar):
        for at in range(len(piece) - _COPIED + 1):
            run = piece[at : at + _COPIED]
            if run in text and run not in own:
                return run
    return ""
