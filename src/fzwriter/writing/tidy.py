"""Slips of form, put right by code before a text is judged: marks, numbering, talk, repeats, slots.

None of it changes what is said. What could be meant two ways stays as it is and is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from fzwriter.reading.numbered import number_of, split_items, without_bullet
from fzwriter.writing.fill import item_of
from fzwriter.writing.lines import NUMBERED, Line, sentences_of
from fzwriter.writing.slots import SLOT, Figure
from fzwriter.writing.tasks import Task
from fzwriter.writing.words import overlap

_LONGEST_HEADING = 44
_MARKS = re.compile(r"\*\*|`+|^#+\s*|^>\s*", re.MULTILINE)
_LABEL = re.compile(
    r"^(?:润色后的)?(?:正文|输出|原文|草稿|答案|改写后|改好的全文)(?:如下)?\s*[：:]\s*"
)
TALK = re.compile(r"^(?:好的|以下是|根据您|根据你|作为|很抱歉|抱歉|我无法|注[：:]|说明[：:])")
_BRACKETED = re.compile(r"(?<![\[【〔「{])[\[【〔「{]+\s*([A-Za-z_][\w.\-]*)\s*[\]】〕」}]+")
_TWICE = 8  # characters from which a sentence said again is left out
_FEW, _SHORT = 3, 60  # paragraphs, characters: more and shorter ones are a list, not prose


def clean(paragraphs: Sequence[str], task: Task) -> list[str]:
    """Paragraphs without marks, numbering, headings and slips in the slots' brackets."""
    texts = []
    for raw in paragraphs:
        text = _MARKS.sub("", raw).replace("［［", "[[").replace("］］", "]]").strip()
        text = _BRACKETED.sub(r"[[\1]]", text)
        text = re.sub(r"(?<=[一-龥\]])\s+(?=[一-龥\[])", "", text)
        if _is_heading(text) or text.strip("。：:") in (task.heading, task.subheading):
            continue
        text = without_bullet(_LABEL.sub("", text))
        if text:
            texts.append(text)
    return texts


def _is_heading(text: str) -> bool:
    """A numbered line without a sentence; 1. begins an item of a list as often."""
    number = number_of(text)
    listed = number is None or int(number.rank) == 3
    return not listed and "。" not in text and len(text) <= _LONGEST_HEADING


class Tidier:
    """Puts one task's texts into form.

    Args:
        task: what was to be written.
        lines: all it has to tell, in order.
        names: names of facts and derived figures by id.
        figures: the slots it may cite.
    """

    def __init__(
        self,
        task: Task,
        lines: Sequence[Line],
        names: Mapping[str, str],
        figures: Mapping[str, Figure],
    ) -> None:
        self._task, self._lines = task, lines
        self._names, self._figures = names, figures

    def tidy(self, paragraphs: Sequence[str], *, cut: bool = False) -> list[str]:
        """The paragraphs in form.

        Args:
            paragraphs: as the model gave them.
            cut: the answer was cut off, so that its last sentence may be a half.
        """
        texts = [self._slots(text) for text in clean(paragraphs, self._task)]
        texts = _without_talk(texts)
        if cut and texts:
            texts = [*texts[:-1], *_finished(texts[-1])]
        texts = [t for t in _once(texts) if t]
        if self._task.part in NUMBERED:
            return self._items(texts)
        if len(texts) > _FEW and sum(map(len, texts)) < _SHORT * len(texts):
            texts = ["".join(texts)]
        return texts

    def _slots(self, text: str) -> str:
        """A figure written beside its slot, a slot set before its name, an id without brackets."""
        for id_, figure in self._figures.items():
            mark, printed = f"[[{id_}]]", re.escape(figure.text)
            if re.search(r"\d", id_) and mark not in text and "." not in id_:
                text = re.sub(
                    rf"(?<![A-Za-z0-9_.\[]){re.escape(id_)}(?![A-Za-z0-9_.\]])", mark, text
                )
            if mark not in text:
                continue
            own = re.escape(mark)
            name = re.escape(self._names.get(id_, ""))
            if name:
                text = re.sub(
                    rf"{own}\s*[：:]?\s*({name})\s*[：:]?\s*{printed}", rf"\1{mark}", text
                )
            text = re.sub(rf"{own}\s*[（(]?(?:即|共)?{printed}[）)]?|{printed}\s*{own}", mark, text)
        return text

    def _items(self, texts: Sequence[str]) -> list[str]:
        """A paragraph for each item, as the offline composer numbers them."""
        parts = [p for text in texts for p in _split_inline(text)]
        items = {line.item for line in self._lines}
        if len(parts) == len(items) or not items:
            return parts
        grouped: dict[int, str] = {}
        at = 0
        for sentence in (s for part in parts for s in sentences_of(part)):
            at = item_of(sentence, self._lines, at)
            grouped[at] = grouped.get(at, "") + sentence
        return list(grouped.values())


def _without_talk(texts: Sequence[str]) -> list[str]:
    """Without lines that speak to the user, where something else is left."""
    kept = [t for t in texts if not (TALK.match(t) and t.endswith(("：", ":")))]
    return kept or list(texts)


def _finished(text: str) -> list[str]:
    """A cut-off paragraph without its half sentence; nothing when that was all."""
    sentences = sentences_of(text)
    if sentences and not sentences[-1].endswith(("。", "！", "？", "”")):
        sentences.pop()
    return ["".join(sentences)] if sentences else []


def _once(texts: Sequence[str]) -> Iterator[str]:
    """Without sentences said before, word for word."""
    said: set[str] = set()
    for text in texts:
        kept = []
        for sentence in sentences_of(text):
            if len(sentence) >= _TWICE and sentence in said:
                continue
            said.add(sentence)
            kept.append(sentence)
        yield "".join(kept)


def _split_inline(text: str) -> list[str]:
    """主要表现在：一是甲；二是乙。 as 甲。 and 乙。; the words before the first number go."""
    parts = split_items(text)
    if len(parts) == 1:
        return [text]
    if overlap(parts[0], "存在以下问题主要表现在重点做好工作安排") >= 0.4 or parts[0].endswith(
        "："
    ):
        parts = parts[1:]
    return [
        re.sub(r"[；，]$", "。", without_bullet(part.strip())) for part in parts if part.strip()
    ]


def cited(text: str) -> list[str]:
    """The slots of a text, in order."""
    return SLOT.findall(text)
