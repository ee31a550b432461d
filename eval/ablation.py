"""What each part of the tool is worth: all writers side by side. `python eval/ablation.py`.

Runs every variant over the cases, with simulated models of declared habits by default (see
src/fzwriter/evaluation/personas.yaml: their rates are assumptions) or with any real model, and writes
eval/results/ablation.json and ablation.md; with --name they get that name, so that a real model's table
stands beside. What is written is kept in --out: the same command goes on after a stop.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from fzwriter.evaluation import compare, summary
from fzwriter.evaluation.cases import load_cases
from fzwriter.evaluation.page import write_page
from fzwriter.evaluation.runner import Options, default_jobs, run
from fzwriter.evaluation.scorers import BY_NAME
from fzwriter.evaluation.variants import VARIANTS, find_variants
from fzwriter.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
MODELS = ["simulated-small", "simulated-large"]


KEY = ("expectations", "traceability", "fact_coverage", "statement_coverage", "leaks", "unbacked",
       "copied_run", "copied_grams", "retries", "fallbacks", "tokens")  # fmt: skip
TASKS = {"draft": "起草", "rewrite": "改写"}
Drafts = list[dict[str, Any]]
Scores = list[dict[str, Any] | None]


def tables(drafts: Drafts, scores: Scores) -> str:
    """For each model and task: every writer's means, then each one's paired difference from the whole."""
    models = list(dict.fromkeys(d["model"] for d in drafts if d["model"]))
    parts = []
    for model in models:
        for task, label in TASKS.items():
            mine = [
                (d, s)
                for d, s in zip(drafts, scores, strict=True)
                if d["task"] == task and d["model"] in ("", model)
            ]
            if mine:
                found = summary.summarise([d for d, _ in mine], [s for _, s in mine])
                parts.append(f"## {model}，{label}\n\n{summary.as_markdown(found)}\n{paired(mine)}")
    return "\n".join(parts)


def paired(texts: list[tuple[dict[str, Any], dict[str, Any] | None]]) -> str:
    """Full minus each other writer, over the cases both have."""
    sides: dict[str, compare.Texts] = {}
    for draft, score in texts:
        if score is not None:
            sides.setdefault(draft["variant"], {})[draft["case"]] = (draft, score)
    full = sides.pop("full", {})
    others = {v: side for v, side in sides.items() if full.keys() & side.keys()}
    if not others:
        return ""
    found = {
        v: {d.scorer.name: d for d in compare.compare(side, full)} for v, side in others.items()
    }
    head = [f"减{VARIANTS[v].label}" for v in others]
    lines = ["", f"| 全流程 | {' | '.join(head)} |", f"|{'---|' * (len(head) + 1)}"]
    for name in KEY:
        cells = [difference(by_name.get(name)) for by_name in found.values()]
        lines.append(f"| {BY_NAME[name].label} | {' | '.join(cells)} |")
    if not any((d["effort"] or {}).get("model") for d, _ in full.values()):
        lines += ["", "全流程在这里没有用到模型：它的文字就是离线写法的。"]
    return "\n".join(lines) + "\n"


def difference(found: compare.Difference | None) -> str:
    """``+3.1% [1.0%, 5.2%] n=34（好 9 差 1）``; ``=`` where no case differs."""
    if found is None:
        return "—"
    if not found.better and not found.worse:
        return f"= n={found.change.n}"
    unit, change = found.scorer.unit, found.change
    sign = "+" if change.mean > 0 else ""
    ends = f"[{summary.shown(change.low, unit)}, {summary.shown(change.high, unit)}]"
    return f"{sign}{summary.shown(change.mean, unit)} {ends} n={change.n}（好 {found.better} 差 {len(found.worse)}）"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", action="append", help="may be given several times")
    parser.add_argument("--base-url", default="", help="of a real model")
    parser.add_argument("--variants", default="all")
    parser.add_argument("--case", action="append", default=[], help="only cases of such names")
    parser.add_argument("--sections", default="", help="only these writing pieces: 1,2,3")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "ablation")
    parser.add_argument("--name", default="ablation", help="of the files in eval/results")
    parser.add_argument("--jobs", type=int, default=default_jobs())
    given = parser.parse_args()
    settings = Settings.from_environ()
    options = Options(
        cases=load_cases([ROOT / "eval" / "cases"], given.case),
        variants=find_variants(given.variants),
        models=given.model or MODELS,
        out=given.out.absolute(),
        settings=replace(settings, base_url=given.base_url or settings.base_url),
        pieces=tuple(int(part) for part in given.sections.split(",") if part),
        jobs=given.jobs,
    )
    outcome = run(options, lambda n, of, line: print(f"[{n}/{of}] {line}", file=sys.stderr))
    found = summary.summarise(outcome.drafts, outcome.scores)
    about = "\n".join(f"- {v.label}（{v.name}）：{v.about}" for v in VARIANTS.values())
    limit = f"只写第 {given.sections} 小节。" if given.sections else ""
    text = (
        f"# 消融：{len(options.cases)} 个案例\n\n"
        "方括号里是按案例重抽样（4000 次）的 95% 区间，n 是有分的案例数，“—”是未评；差是逐例配对的。"
        f"{limit}\n\n{about}\n\n{tables(outcome.drafts, outcome.scores)}"
    )
    print(text)
    results = ROOT / "eval" / "results"
    results.mkdir(exist_ok=True)
    (results / f"{given.name}.md").write_text(text, "utf-8")
    record = {"cases": [c.name for c in options.cases], "models": list(options.models),
              "sections": list(options.pieces), "systems": found.as_json()}  # fmt: skip
    (results / f"{given.name}.json").write_text(
        json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    write_page(outcome.drafts, outcome.scores, given.out / "report.html")
    for line in outcome.problems:
        print(f"没有结果：{line}", file=sys.stderr)
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
