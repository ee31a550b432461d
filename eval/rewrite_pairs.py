"""All 56 rewrites between the eight types of unit, and what is found of the source put back into them.

Each rewrite must end without errors; then figures, places, other names, documents, words of register
and powers of the source are put into it one at a time, and the proof must find each. The planted
clauses of powers are in rewrite_plants.yaml, written from reports and not from the patterns that look
for them; names of persons and firms are written into the source first, for the shipped seeds have few.
Writes eval/results/rewrite.json.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations
from pathlib import Path
from random import Random

import yaml

from fzwriter import load_facts
from fzwriter.facts import FactSheet
from fzwriter.pipeline.rewrite import prove, rewrite
from fzwriter.reading import SeedReport, read_seeds
from fzwriter.report import Report
from fzwriter.units import find_profile
from fzwriter.writing.rewriting import Source, read_source

ROOT = Path(__file__).resolve().parents[1]
SEED = 20260101
_PAIRS = yaml.safe_load((ROOT / "eval" / "rewrite_pairs.yaml").read_text("utf-8"))
SOURCES, TARGETS = _PAIRS["sources"], _PAIRS["targets"]
KINDS = ("figure", "sentence", "date", "place", "body", "person", "document", "register", "power")
# Written into each source, so that there is something of each kind to carry over.
PLANTED_BODIES = ("瑞嵩律师事务所", "青梧幼儿园", "云砺机械有限公司", "岫川区人民法院")
PLANTED_PEOPLE = ("秦砚舟", "欧阳澈", "陆知微")
WRITTEN_IN = (
    "聘请瑞嵩律师事务所担任法律顾问，走进青梧幼儿园开展宣传，为云砺机械有限公司提供合同审查，"
    "与岫川区人民法院建立联席会议机制。",
    "局长秦砚舟带队走访企业，副局长欧阳澈主持召开推进会，陆知微同志获评先进个人。",
    "3月17日组织集中宣讲，9月6日召开现场会，印发《关于开展岫川法治护航行动的通知》（岫政办〔2023〕17号）。",
)
_FIGURE = re.compile(r"(?<![\d.〔])\d[\d.]*(?:万|亿|%)?余?(?=[件人次家名份个起场条元项期户篇册所])")


@dataclass(frozen=True)
class Plant:
    """Something of the source put back into a rewrite: the whole text, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


@cache
def source_of(type_: str) -> SeedReport:
    """The source of a type, with names written in."""
    report = read_seeds(ROOT / "seeds" / f"{SOURCES[type_]}.md")[0]
    body = list(report.paragraphs)
    longest = max(range(len(body)), key=lambda at: len(body[at]))
    body[longest] += "".join(WRITTEN_IN)
    return replace(report, paragraphs=tuple(body))


@cache
def sheet_of(type_: str) -> FactSheet:
    """The target's facts."""
    return load_facts(ROOT / "eval" / "cases" / TARGETS[type_] / "facts.yaml")


def power_clauses() -> dict[str, list[str]]:
    """Clauses by the power they claim."""
    loaded = yaml.safe_load((ROOT / "eval" / "rewrite_plants.yaml").read_text("utf-8"))
    found: dict[str, list[str]] = loaded["powers"]
    return found


def plants(
    report: Report, sheet: FactSheet, source: Source, limit: int, seed: str
) -> Iterator[Plant]:
    """At most ``limit`` plants of each kind, the same for the same seed."""
    makers = {
        "figure": _figures,
        "sentence": _sentences,
        "date": _names(("3月17日", "9月6日")),
        "place": _names(source.report.places),
        "body": _names(PLANTED_BODIES),
        "person": _names(PLANTED_PEOPLE),
        "document": _names(("《关于开展岫川法治护航行动的通知》", "岫政办〔2023〕17号")),
        "register": _register,
        "power": _powers,
    }
    for kind, make in makers.items():
        random = Random(f"{SEED} {seed} {kind}")
        found = list(make(report.text, sheet, source, random))
        random.shuffle(found)
        yield from (Plant(kind, *one) for one in found[:limit])


Made = Iterator[tuple[str, int, int]]


def _ends(text: str, random: Random, count: int) -> list[int]:
    """Places behind a sentence of a paragraph that is no heading."""
    found = [m.end() for m in re.finditer("。", text) if text.rfind("\n", 0, m.end()) >= 0]
    return random.sample(found, min(count, len(found)))


def _put(text: str, at: int, words: str) -> tuple[str, int, int]:
    return text[:at] + words + text[at:], at, at + len(words)


def _figures(text: str, sheet: FactSheet, source: Source, random: Random) -> Made:
    """A figure of the source's in the place of one of the target's, measure word and all."""
    mine = list(_FIGURE.finditer(text))
    theirs = [m[0] for m in _FIGURE.finditer(source.report.text)]
    held = {f"{fact.value:f}" for fact in sheet.facts} | {f"{f.previous}" for f in sheet.facts}
    fresh = [t for t in theirs if re.sub(r"[万亿%余]", "", t) not in held]
    for match in random.sample(mine, min(12, len(mine))):
        if fresh and (figure := random.choice(fresh)) != match[0]:
            changed = text[: match.start()] + figure + text[match.end() :]
            yield changed, match.start(), match.start() + len(figure)


def _sentences(text: str, sheet: FactSheet, source: Source, random: Random) -> Made:
    """A whole sentence of the source's with a figure the target doesn't have."""
    held = {f"{fact.value:f}" for fact in sheet.facts}
    told = [s.text for b in source.blocks for s in b.sentences if s.role == "数据"]
    told = [s for s in told if any(m[0] not in held for m in _FIGURE.finditer(s))]
    for at in _ends(text, random, 12):
        if told:
            yield _put(text, at, random.choice(told).rstrip("；") + "。")


def _names(names: tuple[str, ...]) -> object:
    frames = (
        "深入{}开展调研。",
        "邀请{}参加活动。",
        "联合{}开展宣传。",
        "{}有关做法受到好评。",
        "依据{}推进工作。",
    )

    def make(text: str, sheet: FactSheet, source: Source, random: Random) -> Made:
        given = "\n".join([*(s.text for s in sheet.statements), sheet.unit.name, sheet.unit.region])
        for at in _ends(text, random, 12):
            fresh = [n for n in names if n in source.report.text and n not in given]
            if fresh:
                yield _put(text, at, random.choice(frames).format(random.choice(fresh)))

    return make


def _register(text: str, sheet: FactSheet, source: Source, random: Random) -> Made:
    """The target's word for itself, its organ, its area, its superiors as the source's unit says it."""
    unit, old = sheet.unit, source.profile
    new = find_profile(unit.type, unit.name, unit.level, unit.region)
    pairs = {
        new.self: old.self,
        new.organ.split("、")[0]: old.organ.split("、")[0],
        new.level.area: old.level.area,
        new.level.council: old.level.council,
        f"依法治{new.level.verb}": f"依法治{old.level.verb}",
    }
    own = {*pairs, new.level.place, new.level.government, *new.organ.split("、")}
    for mine, theirs in pairs.items():
        if theirs in own or theirs not in source.report.text:
            continue
        places = list(re.finditer(re.escape(mine), text))
        for match in random.sample(places, min(4, len(places))):
            changed = text[: match.start()] + theirs + text[match.end() :]
            yield changed, match.start(), match.start() + len(theirs)


def _powers(text: str, sheet: FactSheet, source: Source, random: Random) -> Made:
    """A clause that claims a power of the source's kind which the target lacks."""
    from fzwriter.units.powers import powers

    new = find_profile(sheet.unit.type, sheet.unit.name)
    clauses = power_clauses()
    mine = {
        p.name for p in powers() if source.profile.type in p.holders and new.type not in p.holders
    }
    said = [clause for name in sorted(mine) for clause in clauses.get(name, ())]
    for at in _ends(text, random, 12):
        if said:
            yield _put(text, at, f"{random.choice(said)}。")


def found_as(plant: Plant, sheet: FactSheet, source: Source) -> str:
    """The gravest that the proof says where the plant stands: ``error``, ``doubt`` or ""."""
    here = {
        issue.severity
        for issue in prove(plant.text, sheet, source).issues
        if issue.start < plant.end and plant.start < issue.end
    }
    return next((severity for severity in ("error", "doubt") if severity in here), "")


def measure(limit: int, pairs: list[tuple[str, str]]) -> dict[str, object]:
    """Rewrite every pair, plant, and count."""
    began = time.time()
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    doubted: Counter[str] = Counter()
    missed: list[str] = []
    ended: Counter[str] = Counter()
    actions: Counter[str] = Counter()
    for old, new in pairs:
        report, sheet = source_of(old), sheet_of(new)
        made = rewrite(report, sheet, writer="offline")
        assert made.check is not None
        ended[str(made.check.exit_code)] += 1
        actions.update(decision.action for decision in made.decisions)
        skeleton = read_source(report)
        for plant in plants(made, sheet, skeleton, limit, f"{old}{new}"):
            planted[plant.kind] += 1
            verdict = found_as(plant, sheet, skeleton)
            found[plant.kind] += verdict == "error"
            doubted[plant.kind] += verdict == "doubt"
            if not verdict:
                around = plant.text[max(0, plant.start - 14) : plant.end + 6].replace("\n", "/")
                missed.append(f"{old}→{new} {plant.kind} {around}")
    rates = {
        k: {"n": planted[k], "found": found[k], "doubted": doubted[k]} for k in KINDS if planted[k]
    }
    return {
        "pairs": len(pairs),
        "exit": dict(ended),
        "sections": dict(actions),
        "planted": rates,
        "missed": missed,
        "seconds": round(time.time() - began),
    }


def main() -> None:
    """Measure and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=6, help="plants of a kind for each pair")
    parser.add_argument("--pairs", type=int, default=0, help="only the first so many pairs")
    parser.add_argument("--out", type=Path, default=ROOT / "eval" / "results" / "rewrite.json")
    options = parser.parse_args()
    pairs = list(permutations(SOURCES, 2))
    result = measure(options.limit, pairs[: options.pairs] if options.pairs else pairs)
    print(f"pairs {result['pairs']}, exit codes {result['exit']}, sections {result['sections']}")
    for kind, row in result["planted"].items():  # type: ignore[attr-defined]
        doubt = f"  in doubt {row['doubted']}" if row["doubted"] else ""
        print(f"{kind:10} {row['found']:5} / {row['n']:5}  {row['found'] / row['n']:.4f}{doubt}")
    for line in result["missed"][:40]:  # type: ignore[index]
        print("missed:", line)
    options.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
