"""Thresholds: what a scorer's figures must reach, from a file or the command line.

A thresholds file names writers and scorers::

    offline:
      traceability: {mean: 1.0, worst: 1.0}
      copied_run: {worst: 30, except: [a-case]}

``mean`` bounds the mean over the cases, ``worst`` every single case; which way follows from the scorer.
``except`` names cases that ``worst`` leaves out: those whose very input breaks the rule, say.
A case declared to end with errors (``exit: 3``: blanks in its input, say) is bound by its expectations only.
A scorer without any value falls: a gate that measures nothing must not pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from fzwriter.documents import read_file
from fzwriter.errors import InputError
from fzwriter.evaluation.scorers import BY_NAME
from fzwriter.evaluation.summary import Scored, shown, value_of

_KEYS = ("mean", "worst", "except")


@dataclass(frozen=True)
class Threshold:
    """One bound.

    Attributes:
        system: writer; "" for each.
        scorer: name of the scorer.
        bound: the value.
        each: it bounds every case, not the mean.
        without: cases it leaves out.
    """

    system: str
    scorer: str
    bound: float
    each: bool = False
    without: tuple[str, ...] = ()


def parse(text: str) -> Threshold:
    """``traceability=0.99``: a bound on each writer's mean.

    Raises:
        InputError: it isn't of that form, or there is no such scorer.
    """
    name, _, value = text.partition("=")
    return Threshold("", _scorer(name.strip(), "--fail-under"), _number(value, "--fail-under"))


def load_thresholds(path: Path) -> list[Threshold]:
    """Read a thresholds file.

    Raises:
        InputError: it can't be read, or something in it is wrong.
    """
    try:
        raw: Any = yaml.safe_load(read_file(path).decode())
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(
            "阈值文件读不出来", path=path, remedy="请检查 YAML 的缩进和冒号"
        ) from error
    found = []
    for system, scorers in _table(raw, path).items():
        for name, bounds in _table(scorers, path, str(system)).items():
            scorer = _scorer(str(name), path)
            table = _table(bounds, path, f"{system} {name}")
            unknown = [key for key in table if key not in _KEYS]
            if unknown:
                raise InputError(
                    f"不认识“{unknown[0]}”", path=path, remedy="可用：mean、worst、except"
                )
            without = table.get("except", [])
            if not isinstance(without, list):
                raise InputError("except 应是案例名称的列表", path=path, remedy="如 [甲, 乙]")
            for key in ("mean", "worst"):
                if key in table:
                    bound, each = _number(table[key], path), key == "worst"
                    left_out = tuple(map(str, without)) if each else ()
                    found.append(Threshold(str(system), scorer, bound, each, left_out))
    return found


def _table(value: Any, path: Path, place: str = "") -> Mapping[Any, Any]:
    if not isinstance(value, dict) or not value:
        raise InputError(
            "应由“键: 值”组成",
            path=path,
            place=place,
            remedy="如 offline: {traceability: {mean: 1}}",
        )
    return value


def _scorer(name: str, path: Path | str) -> str:
    if name not in BY_NAME:
        raise InputError(f"没有评分项“{name}”", path=path, remedy=f"可用：{'、'.join(BY_NAME)}")
    return name


def _number(value: Any, path: Path | str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise InputError(f"“{value}”不是数字", path=path, remedy="如 traceability=0.99") from None


def fallen(scored: Sequence[Scored], thresholds: Iterable[Threshold]) -> list[str]:
    """A Chinese line for each threshold that isn't reached."""
    systems = list(dict.fromkeys(str(d["system"]) for d, _ in scored))
    lines: list[str] = []
    for threshold in thresholds:
        if threshold.system and threshold.system not in systems:
            lines.append(f"{threshold.system}：没有结果，阈值无从核对")
        for system in systems:
            if threshold.system in ("", system):
                mine = [(d, s) for d, s in scored if d["system"] == system and _bound(s, threshold)]
                lines += _fallen(system, mine, threshold)
    return lines


def _bound(score: Mapping[str, Any], threshold: Threshold) -> bool:
    """Whether a text is held to a threshold at all."""
    return threshold.scorer == "expectations" or score.get("declared", 0) == 0


def _fallen(system: str, scored: Sequence[Scored], threshold: Threshold) -> list[str]:
    scorer = BY_NAME[threshold.scorer]
    found = [(d["case"], v) for d, s in scored if (v := value_of(s, scorer.name)) is not None]
    bound = shown(threshold.bound, scorer.unit)
    what = f"{system} {scorer.label}（{scorer.name}）"
    if not found:
        return [f"{what}：没有一例有分，阈值无从核对"]
    if not threshold.each:
        mean = sum(v for _, v in found) / len(found)
        if scorer.better * (mean - threshold.bound) >= -1e-9:
            return []
        return [f"{what}：平均 {shown(mean, scorer.unit)}，应{_way(scorer.better)} {bound}"]
    return [
        f"{what}：{case} 为 {shown(value, scorer.unit)}，应{_way(scorer.better)} {bound}"
        for case, value in found
        if case not in threshold.without and scorer.better * (value - threshold.bound) < -1e-9
    ]


def _way(better: int) -> str:
    return "不低于" if better > 0 else "不高于"
