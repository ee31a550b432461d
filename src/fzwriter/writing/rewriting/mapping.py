"""Which of the source's blocks each of the target's topics goes to.

Same topic first, then a topic that some profile treats under one heading with it, then likeness of
the words. What fits nowhere stands by itself: the target has it, the source doesn't.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fzwriter.domain import once
from fzwriter.units import find_profile, known_types
from fzwriter.writing.clauses import denial
from fzwriter.writing.plan import Block, Material
from fzwriter.writing.rewriting.source import SourceBlock
from fzwriter.writing.words import overlap

_KIN = 0.45  # of a kindred topic's weight
_LIKENESS = 2.0
_ENOUGH = 1.3  # a heading of a kindred topic, or two sentences on the topic
_HEAVY, _OWN = 9.0, 3.0  # sizes: a block to be parted; a group that may stand alone
_FACT = 0.5
_FIRM = 2.0  # weight of a topic named in the heading, or told in two sentences
_FULL = 16.0  # size of a block that takes no more
_FEW = 4  # blocks: of fewer, all stay


def kin(topic: str) -> frozenset[str]:
    """Topics that some type of unit tells under one heading with this one."""
    return frozenset(t for group in _groups() if topic in group for t in group) - {topic}


@once
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(g.topics for name in known_types() for g in find_profile(name, "").groups)


@dataclass(frozen=True)
class Placed:
    """A block of the target and the source's block it follows, if any.

    Attributes:
        block: with the target's material, in the source's order.
        source: the block of the source, or None for what was added.
        parted: it was taken out of a block of the source that another block follows too.
    """

    block: Block
    source: SourceBlock | None
    parted: bool = False


def size(materials: Sequence[Material]) -> float:
    """How much there is to tell."""
    return sum(len(m.statements) + _FACT * (len(m.facts) + len(m.derived)) for m in materials)


def place(
    blocks: Sequence[Block], sources: Sequence[SourceBlock], *, join: bool = True
) -> list[Placed]:
    """The target's blocks in the source's order and grouping.

    Args:
        blocks: as the target's profile groups its material.
        sources: the source's blocks of the same part.
        join: tell a block of a single sentence with its neighbour.
    """
    home = {m.topic: block for block in blocks for m in block.materials}
    given, left = _assigned(blocks, sources)
    placed: list[Placed] = []
    for at in sorted(given):
        made, strays = _from_source(sources[at], given[at], home)
        placed += made
        left += strays
    whole = _with_rest(placed, left, blocks, home)
    return _without_thin(whole) if join else whole


def _assigned(
    blocks: Sequence[Block], sources: Sequence[SourceBlock]
) -> tuple[dict[int, list[Material]], list[Material]]:
    """Materials by the source's block they go to, and those that go to none.

    What the profile tells under one heading stays together, unless the source treats a part of it in a
    block of its own.
    """
    given: dict[int, list[Material]] = {}
    left: list[Material] = []
    for block in blocks:
        where = {m.topic: _best(m, sources, _together(block)) for m in block.materials}
        firm = [at for t, at in where.items() if at is not None and _firm(sources[at], t)]
        loose = [m for m in block.materials if where[m.topic] not in firm]
        for material in block.materials:
            at = where[material.topic]
            if at in firm:
                assert at is not None
                given.setdefault(at, []).append(material)
        if not loose:
            continue
        found = [at for m in loose if (at := where[m.topic]) is not None]
        host = (
            max(set(firm), key=firm.count)
            if firm
            else max(set(found), key=found.count, default=None)
        )
        alike = None if firm else _alike(sources, _together(block))
        host = host if alike is None else alike
        alone = not firm and alike is None and size(loose) >= _OWN
        told = given.get(host, []) if host is not None else []
        if host is None or alone or size(told) + size(loose) > _FULL:
            left += loose
        else:
            given.setdefault(host, []).extend(loose)
    return given, left


def _alike(sources: Sequence[SourceBlock], together: frozenset[str]) -> int | None:
    """The block whose main topic the target tells under the same heading as its own matter."""
    main = {at: s.weights[0] for at, s in enumerate(sources) if s.weights}
    fitting = {at: w for at, (topic, w) in main.items() if topic in together and w >= _FIRM}
    return max(fitting, key=lambda at: fitting[at], default=None)


def _firm(source: SourceBlock, topic: str) -> bool:
    """Whether a block of the source treats a topic for its own sake: at length, or before all else."""
    told = dict(source.weights).get(topic, 0.0)
    return told >= _FIRM or (told >= 1 and (topic == source.topic or 2 * told >= _whole(source)))


def _whole(source: SourceBlock) -> float:
    return sum(weight for _, weight in source.weights)


def _together(block: Block) -> frozenset[str]:
    """Topics that the target's profile tells under one heading with those of a block."""
    return frozenset((*(block.group.topics if block.group else ()), *block.topics))


def _best(
    material: Material, sources: Sequence[SourceBlock], together: frozenset[str]
) -> int | None:
    """The block that speaks most of a topic; for a small matter, else, one told together with it."""
    words = "".join([s.text for s in material.statements] + [f.name for f in material.facts])
    same = {at: dict(source.weights).get(material.topic, 0.0) for at, source in enumerate(sources)}
    if max(same.values(), default=0.0) >= 1:
        return max(same, key=lambda at: same[at] + _likeness(words, sources[at]))
    if size([material]) >= _OWN:
        return None
    related = together - {material.topic}
    akin = {
        at: _KIN * sum(weight for topic, weight in source.weights if topic in related)
        for at, source in enumerate(sources)
    }
    scores = {at: score + _likeness(words, sources[at]) for at, score in akin.items() if score}
    best = max(scores, key=lambda at: scores[at], default=None)
    return best if best is not None and scores[best] >= _ENOUGH else None


def _likeness(words: str, source: SourceBlock) -> float:
    said = "".join(sentence.masked for sentence in source.sentences)
    return _LIKENESS * overlap(words[:200], said)


def _from_source(
    source: SourceBlock, materials: list[Material], home: dict[str, Block]
) -> tuple[list[Placed], list[Material]]:
    """One block for a source's block, or several where it would grow too heavy.

    What the source's block only is akin to, and what would make it too heavy, is given back.
    """
    order = [topic for topic, _ in source.weights]
    main = max(materials, key=lambda m: size([m]))
    ranked = sorted(
        materials, key=lambda m: order.index(m.topic) if m.topic in order else len(order)
    )
    if not any(_firm(source, m.topic) for m in materials):
        ranked = [main, *(m for m in ranked if m is not main)]
    groups: dict[int, list[Material]] = {}
    for material in ranked:
        groups.setdefault(id(home[material.topic]), []).append(material)
    kept: list[Material] = []
    alone: list[list[Material]] = []
    strays: list[Material] = []
    for number, group in enumerate(groups.values()):
        heavy = size(materials) > _HEAVY and size(group) >= _OWN
        if not number or not heavy:
            kept += group
        elif any(material.topic in order for material in group):
            alone.append(group)
        else:
            strays += group
    main_topic = order[0] if order else ""
    if not any(m.topic in order or main_topic in _together(home[m.topic]) for m in kept):
        return [], materials
    opens = next((m for m in kept if m.statements), kept[0])  # a deed, not a figure, opens a block
    if not kept[0].statements:
        kept = [opens, *(m for m in kept if m is not opens)]
    first = Placed(_block(kept, home), source)
    return [first, *(Placed(_block(g, home), source, parted=True) for g in alone)], strays


def _block(materials: Sequence[Material], home: dict[str, Block]) -> Block:
    origin = home[materials[0].topic]
    return Block(origin.heading, tuple(materials), origin.group)


def _with_rest(
    placed: list[Placed], left: list[Material], blocks: Sequence[Block], home: dict[str, Block]
) -> list[Placed]:
    """The rest, each behind the block that its profile puts before it."""
    groups: dict[int, list[Material]] = {}
    for material in left:
        groups.setdefault(id(home[material.topic]), []).append(material)
    order = {id(block): at for at, block in enumerate(blocks)}
    result = list(placed)
    for key, materials in sorted(groups.items(), key=lambda item: order[item[0]]):
        same = [
            at
            for at, p in enumerate(result)
            if any(id(home[m.topic]) == key for m in p.block.materials)
        ]
        if same and size(result[same[-1]].block.materials) + size(materials) <= _FULL:
            at = same[-1]
            block = result[at].block
            joined = Block(block.heading, (*block.materials, *materials), block.group)
            result[at] = Placed(joined, result[at].source, result[at].parted)
            continue
        before = [at for at, p in enumerate(result) if _rank(p, home, order) < order[key]]
        result.insert(before[-1] + 1 if before else 0, Placed(_block(materials, home), None))
    return result


def _rank(placed: Placed, home: dict[str, Block], order: dict[int, int]) -> int:
    return max(order[id(home[m.topic])] for m in placed.block.materials)


def _without_thin(placed: list[Placed]) -> list[Placed]:
    """Blocks, those of a single sentence told with a neighbour on a kindred topic, if there is one.

    One that mostly tells what did not happen goes with any block on a kindred topic.
    """
    result = list(placed)
    for one in placed:
        if len(result) < _FEW or not _is_thin(one.block) or one not in result:
            continue
        at = result.index(one)
        kindred = [i for i in range(len(result)) if i != at and _akin(result[i], one)]
        near = [i for i in kindred if abs(i - at) == 1] or (kindred if _is_idle(one.block) else [])
        if not near:
            continue
        host = min(near, key=lambda i: size(result[i].block.materials))
        block = result[host].block
        materials = (*block.materials, *one.block.materials)
        result[host] = Placed(
            Block(block.heading, materials, block.group), result[host].source, result[host].parted
        )
        del result[at]
    return result


def _is_thin(block: Block) -> bool:
    roots = [f for m in block.materials for f in m.facts if not f.parts_of]
    return len(block.statements) + len(roots) == 1 or _is_idle(block)


def _is_idle(block: Block) -> bool:
    """Whether a block has no deed, a figure of nothing, and hardly another."""
    roots = [f for m in block.materials for f in m.facts if not f.parts_of]
    nothing = [fact for fact in roots if denial(fact)[0]]
    return not block.statements and bool(nothing) and len(roots) - len(nothing) <= 1


def _akin(one: Placed, other: Placed) -> bool:
    """Whether the target's profile tells something of both under one heading."""
    return bool(_together(one.block) & set(other.block.topics)) or bool(
        _together(other.block) & set(one.block.topics)
    )
