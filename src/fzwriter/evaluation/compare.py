"""Two evaluations side by side: paired differences with intervals, and which cases got worse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fzwriter.errors import InputError
from fzwriter.evaluation.records import DRAFTS, SCORES, read_lines
from fzwriter.evaluation.scorers import SCORERS, Scorer
from fzwriter.evaluation.stats import Estimate, estimate
from fzwriter.evaluation.summary import shown, value_of

_SAME = 1e-9
Texts = dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]]


@dataclass(frozen=True)
class Difference:
    """What changed by one scorer.

    Attributes:
        scorer: which.
        first: mean of A over the pairs.
        second: mean of B.
        change: B − A over the pairs.
        better: how many cases B does better.
        worse: cases that B does worse: name, A's value, B's; the worst first.
    """

    scorer: Scorer
    first: float
    second: float
    change: Estimate
    better: int
    worse: tuple[tuple[str, float, float], ...]

    @property
    def sure(self) -> int:
        """+1 where B is better beyond doubt (the interval leaves out zero), −1 worse, else 0."""
        if self.change.low > 0 or self.change.high < 0:
            return self.scorer.better if self.change.mean > 0 else -self.scorer.better
        return 0


def load(name: str, out: Path) -> Texts:
    """The texts of one side, by what pairs them.

    Args:
        name: a results folder; a writer in ``out``; or ``folder:writer``.
        out: the results folder for a bare writer.

    Raises:
        InputError: there is nothing of that name.
    """
    folder, system = _side(name, out)
    scores = {record["key"]: record for record in read_lines(folder / SCORES)}
    drafts = {record["key"]: record for record in read_lines(folder / DRAFTS)}
    found = [(d, scores[k]) for k, d in drafts.items() if k in scores]
    systems = list(dict.fromkeys(str(d["system"]) for d, _ in found))
    if system and system not in systems:
        raise InputError(
            f"没有“{system}”的结果", path=folder, remedy=f"有：{'、'.join(systems) or '（空）'}"
        )
    if not found:
        raise InputError("没有评测结果", path=folder, remedy="请先运行 fzwriter eval --out")
    # One writer is paired by case alone, so that it can be held against another one.
    return {
        d["case"] if system or len(systems) == 1 else f"{d['case']} {d['system']}": (d, s)
        for d, s in found
        if not system or d["system"] == system
    }


def _side(name: str, out: Path) -> tuple[Path, str]:
    if (Path(name) / SCORES).is_file():
        return Path(name), ""
    folder, colon, system = name.rpartition(":")
    if colon and (Path(folder) / SCORES).is_file():
        return Path(folder), system
    if (out / SCORES).is_file():
        return out, name
    raise InputError(
        f"找不到“{name}”的评测结果", remedy="请写结果文件夹、“文件夹:写法”，或 --out 里的写法"
    )


def compare(first: Texts, second: Texts) -> list[Difference]:
    """Differences by scorer, over the cases both sides have a value for.

    Raises:
        InputError: the two sides share no case.
    """
    common = [key for key in first if key in second]
    if not common:
        raise InputError("两边没有相同的案例，不能比较", remedy="请用同一批案例各运行一次")
    found = []
    for scorer in SCORERS:
        pairs = []
        for key in common:
            a, b = value_of(first[key][1], scorer.name), value_of(second[key][1], scorer.name)
            if a is not None and b is not None:
                pairs.append((key, a, b))
        if pairs:
            found.append(_difference(scorer, pairs))
    return found


def _difference(scorer: Scorer, pairs: Sequence[tuple[str, float, float]]) -> Difference:
    change = estimate([b - a for _, a, b in pairs])
    assert change is not None
    gains = [(name, a, b, scorer.better * (b - a)) for name, a, b in pairs]
    worse = sorted((g for g in gains if g[3] < -_SAME), key=lambda g: g[3])
    return Difference(
        scorer,
        sum(a for _, a, _ in pairs) / len(pairs),
        sum(b for _, _, b in pairs) / len(pairs),
        change,
        sum(g[3] > _SAME for g in gains),
        tuple((name, a, b) for name, a, b, _ in worse),
    )


def as_text(differences: Sequence[Difference], worst: int = 5) -> str:
    """One line a scorer, and the cases that got worse under it."""
    lines = []
    for d in differences:
        unit = d.scorer.unit
        verdict = {1: "变好", -1: "变差", 0: "分不出"}[d.sure]
        if not d.better and not d.worse:
            verdict = "没有变化"
        sign = "+" if d.change.mean > 0 else ""
        lines.append(
            f"{d.scorer.label}：{shown(d.first, unit)} → {shown(d.second, unit)}，差 {sign}{shown(d.change.mean, unit)} "
            f"[{shown(d.change.low, unit)}, {shown(d.change.high, unit)}] n={d.change.n}，"
            f"{verdict}（好 {d.better}，差 {len(d.worse)}）"
        )
        lines += [
            f"    {name}：{shown(a, unit)} → {shown(b, unit)}" for name, a, b in d.worse[:worst]
        ]
        if len(d.worse) > worst:
            lines.append(f"    ……另有 {len(d.worse) - worst} 例")
    return "\n".join(lines)


def as_json(differences: Sequence[Difference]) -> dict[str, Any]:
    """For a file."""
    return {
        d.scorer.name: {
            "a": d.first,
            "b": d.second,
            "change": d.change.mean,
            "ci95": [d.change.low, d.change.high],
            "n": d.change.n,
            "better": d.better,
            "worse": [list(one) for one in d.worse],
        }
        for d in differences
    }
