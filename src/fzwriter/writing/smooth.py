"""The pass over the whole text: openings that repeat each other, sentences said again, missing transitions.

What is rough is found by rule; the model is asked once to put those sentences otherwise; each new
sentence is used only if it cites the same slots in the same order, is no longer rough, and its piece
stands as judged before. So the pass can't alter a figure, and when it fails the text stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fzwriter.writing.lines import NUMBERED, sentences_of
from fzwriter.writing.slots import SLOT
from fzwriter.writing.words import overlap

MOST = 8  # sentences: one short answer
_OPENING = 4  # characters in common that make two openings alike
_AGAIN = 0.75  # of a sentence's character pairs, both ways
_SHORTEST = 12  # characters
_JOINTS = re.compile(
    r"^(?:同时|此外|另外|与此同时|在此基础上|在[^，。]{2,20}的同时|不仅如此|其中|全年|一年来|目前|针对|围绕|为)"
)
_ANSWER = re.compile(r"^[^\S\n]*[（(]?(\d{1,2})[)）.、．：:][^\S\n]*+(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Rough:
    """A sentence that might read better.

    Attributes:
        text: index of the text among those handed in.
        paragraph: its paragraph there.
        sentence: its number in the paragraph.
        words: the sentence, with slots.
        why: what is wrong with it, in Chinese, for the model.
    """

    text: int
    paragraph: int
    sentence: int
    words: str
    why: str


def find_rough(texts: Sequence[tuple[str, Sequence[str]]]) -> list[Rough]:
    """The rough sentences of a report, at most ``MOST``.

    Args:
        texts: part (成效 问题…) and paragraphs of each piece, in the order of the report.
    """
    return list(_rough(texts))[:MOST]


def _rough(texts: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Rough]:
    opened: dict[str, str] = {}
    said: list[tuple[int, str]] = []
    for number, (part, paragraphs) in enumerate(texts):
        for at, paragraph in enumerate(paragraphs):
            for order, sentence in enumerate(sentences_of(paragraph)):
                why = _repeats(number, sentence, said)
                said.append((number, sentence))
                if order == 0:
                    why = why or _opens_alike(sentence, opened)
                    opened.setdefault(sentence[:_OPENING], sentence)
                    if not why and at and part not in NUMBERED and not _JOINTS.match(sentence):
                        why = "与上一段之间缺少承接，请在句首加一个承接的词语"
                if why:
                    yield Rough(number, at, order, sentence, why)


def _opens_alike(sentence: str, opened: dict[str, str]) -> str:
    other = opened.get(sentence[:_OPENING])
    if other is None or SLOT.match(sentence):
        return ""
    return f"与前面另一段都以“{sentence[:_OPENING]}”开头，请换一种起句"


def _repeats(number: int, sentence: str, said: Sequence[tuple[int, str]]) -> str:
    if len(sentence) < _SHORTEST or SLOT.search(sentence):
        return ""
    for other, earlier in said:
        if (
            other != number
            and min(overlap(sentence, earlier), overlap(earlier, sentence)) >= _AGAIN
        ):
            return f"与前面的“{earlier[:20]}……”重复，请换一种说法"
    return ""


def smoothed(rough: Sequence[Rough], answer: str) -> list[Rough]:
    """The sentences as the model put them: those that cite the same slots and differ from before."""
    found = {
        int(n): re.sub(r"^（[^）]*）", "", text).strip() for n, text in _ANSWER.findall(answer)
    }
    result = []
    for number, one in enumerate(rough, 1):
        new = found.get(number, "")
        if not new.endswith(("。", "！")):
            continue
        same = SLOT.findall(new) == SLOT.findall(one.words)
        if same and new != one.words and len(sentences_of(new)) == 1:
            result.append(replace(one, words=new))
    return result


def with_sentence(paragraphs: Sequence[str], new: Rough) -> list[str]:
    """The paragraphs of a piece with one sentence put otherwise."""
    result = list(paragraphs)
    sentences = sentences_of(result[new.paragraph])
    sentences[new.sentence] = new.words
    result[new.paragraph] = "".join(sentences)
    return result
