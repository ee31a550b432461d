"""What became of the source's blocks, and why: the decisions of a rewrite."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from fzwriter.facts import FactSheet
from fzwriter.reading.mask import mask_names
from fzwriter.report import Decision
from fzwriter.units import GENERAL, Power, Profile, foreign_powers, lacking
from fzwriter.writing.plan import Block
from fzwriter.writing.rewriting.arrange import Arranged
from fzwriter.writing.rewriting.source import Source, SourceBlock

Action = Literal["沿用", "改写", "舍去", "新增"]
_MAINLY = 3.0  # weight of a topic that the heading names
_SHOWN, _SHORTEST = 60, 8  # characters of a sentence


class Record:
    """Collects the decisions of one rewrite, in the order of the source."""

    def __init__(self, source: Source, sheet: FactSheet, profile: Profile) -> None:
        self._source, self._profile = source, profile
        self._type = sheet.unit.type if profile.type == GENERAL else profile.type
        self._order = {id(block): at for at, block in enumerate(source.blocks)}
        self._noted: list[tuple[float, Decision]] = []
        self._homes: dict[str, str] = {}  # topic → heading that tells it in the target

    def decisions(self) -> tuple[Decision, ...]:
        """All of them; what was added stands behind what was noted before it."""
        return tuple(decision for _, decision in sorted(self._noted, key=lambda item: item[0]))

    def note(
        self,
        source: SourceBlock | None,
        action: Action,
        target: str,
        why: str,
        details: Sequence[str] = (),
        called: str = "",
    ) -> None:
        """One decision; ``called`` is what the source's block is named, its title by default."""
        last = max((at for at, _ in self._noted), default=-1.0)
        at = last + 0.001 if source is None else float(self._order[id(source)])
        heading = called or (source.title if source else "")
        self._noted.append((at, Decision(action, heading, target, why, tuple(details))))

    def umbrella(self, chapter: str, heading: str) -> None:
        """The heading over the achievements."""
        first = min(self._order[id(b)] for b in self._source.part("成效") if b.chapter == chapter)
        action: Action = "沿用" if heading == chapter else "改写"
        decision = Decision(action, chapter, heading, "成效部分的标题，各节见下")
        self._noted.append((first - 0.5, decision))

    def added(self, heading: str, block: Block) -> None:
        """A block of the target that follows none of the source's."""
        self._homes |= dict.fromkeys(block.topics, heading)
        told = {t for one in self._source.part("成效") for t, weight in one.weights if weight >= 1}
        new = [topic for topic in block.topics if topic not in told]
        if new:
            why = f"原报告没有“{'、'.join(new)}”，本单位有这方面材料"
        else:
            why = f"原报告没有专讲“{'、'.join(block.topics)}”的一节，本单位这方面材料单列"
        self.note(None, "新增", heading, why)

    def followed(
        self,
        source: SourceBlock,
        action: Action,
        block: Block,
        heading: str,
        arranged: Arranged,
        *,
        parted: bool,
    ) -> None:
        """A block of the target that follows one of the source's."""
        self._homes |= dict.fromkeys(block.topics, heading)
        gone = () if parted else tuple(self.gone(source, arranged))
        self.note(source, action, heading, self._why(source, block, parted=parted), gone)

    def dropped(self, followed: Collection[int], parts: Collection[str]) -> None:
        """The source's blocks that nothing of the target follows.

        Args:
            followed: identities of those that something follows.
            parts: parts of the rewritten report.
        """
        for block in self._source.blocks:
            if id(block) in followed or (block.part in parts and block.part != "成效"):
                continue
            gone = tuple(self.gone(block, Arranged(())))
            self.note(block, "舍去", "", self._why_dropped(block, parts), gone)

    def gone(self, source: SourceBlock, arranged: Arranged) -> Iterator[str]:
        """The sentences and clauses that went, masked, and why."""
        for at, sentence in enumerate(source.sentences):
            text = _short(sentence.masked.rstrip("。；"))
            if at in arranged.answered:
                yield from self._clauses(text, arranged.missing.get(at, ()))
            elif sentence.role in ("过渡", "引语") or len(text) < _SHORTEST:
                continue
            elif sentence.role == "数据":
                yield f"“{text}”：本单位数据没有这些数，整句舍去"
            elif sentence.role in ("问题", "计划"):
                yield f"“{text}”：是原单位的{sentence.role}，舍去"
            else:
                yield f"“{text}”：原单位的做法和说法，舍去"

    # -- reasons -------------------------------------------------------------------------------

    def _clauses(self, text: str, missing: Sequence[str]) -> Iterator[str]:
        names = dict.fromkeys(mask_names(name, self._source.names) for name in missing)
        if names:
            yield f"“{text}”：本单位数据没有“{'”“'.join(names)}”，相应分句舍去"

    def _why(self, source: SourceBlock, block: Block, *, parted: bool) -> str:
        topics = "、".join(block.topics)
        power = self._lacked(source)
        if parted:
            return f"原节内容多，“{topics}”单列一节"
        if power and power.topics & set(block.topics):
            return f"{self._type}没有“{power.name}”职权，按本单位在其中的职责改写"
        shared = [topic for topic, _ in source.weights if topic in block.topics]
        if shared:
            return f"主题相同：{'、'.join(shared)}；内容用本单位材料"
        return f"主题相近：{source.topic or source.title}→{topics}；内容用本单位材料"

    def _why_dropped(self, block: SourceBlock, parts: Collection[str]) -> str:
        if block.part not in parts:
            return f"本单位数据中没有“{block.part}”的材料，这类文种也不必设"
        if power := self._lacked(block):
            return f"{self._type}没有“{power.name}”职权"
        most = max((weight for _, weight in block.weights), default=0.0)
        main = [topic for topic, weight in block.weights if 3 * weight >= 2 * most]
        homes = dict.fromkeys(self._homes[topic] for topic in main if topic in self._homes)
        if homes:
            return f"本单位这方面材料写在“{'”“'.join(homes)}”一节"
        usual = {topic for group in self._profile.groups for topic in group.topics}
        if block.topic and block.topic not in usual:
            return f"“{block.topic}”不是{self._type}的常设内容，数据中也没有这方面材料"
        return "本单位数据中没有这方面材料"

    def _lacked(self, block: SourceBlock) -> Power | None:
        """The power that a block of the source tells of and the target lacks."""
        type_ = self._profile.type
        text = block.heading + "".join(sentence.text for sentence in block.sentences)
        claimed = {claim.power.name for claim in foreign_powers(text, type_)}
        for topic, weight in block.weights[:2]:
            power = lacking(topic, type_)
            if power and (weight >= _MAINLY or power.name in claimed):
                return power
        return None


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 2]}……"
