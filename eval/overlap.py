"""How alike reports are: shared 8-grams between drafts, and the longest run copied from a seed.

Figures are masked and punctuation is left out. Where ../shared is present the real reports the cases
were taken from are measured the same way, so that the drafts' figures mean something. Writes
eval/results/overlap.json and prints both tables.
"""

from __future__ import annotations

import itertools
import json
import tempfile
from pathlib import Path

from fzwriter import draft, load_facts
from fzwriter.evaluation.overlap import longest_run, overlap
from fzwriter.reading import read_seeds
from fzwriter.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "seeds"


def drafts() -> dict[str, tuple[str, str]]:
    """Unit type and text of each drafted case that has a real counterpart."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        cases = sorted((ROOT / "eval" / "cases").glob("[0-9]*/facts.yaml"))
        sheets = {path.parent.name: load_facts(path) for path in cases}
        return {
            name: (sheet.unit.type, draft(sheet, settings=settings).text)
            for name, sheet in sheets.items()
        }


def real() -> dict[str, str]:
    if not SHARED.is_dir():
        return {}
    return {
        f"{path.name[:3]}:{number}": seed.text
        for path in sorted(SHARED.glob("*.txt"))
        for number, seed in enumerate(read_seeds(path))
    }


def pairs(texts: dict[str, str]) -> list[tuple[float, str, str]]:
    return sorted(
        ((overlap(texts[a], texts[b]), a, b) for a, b in itertools.combinations(texts, 2)),
        reverse=True,
    )


def main() -> None:
    told = drafts()
    texts = {name: text for name, (_, text) in told.items()}
    seeds = [s.text for p in sorted((ROOT / "seeds").glob("*.md")) for s in read_seeds(p)]
    result: dict[str, object] = {}
    for title, rows in (("drafts", pairs(texts)), ("real reports", pairs(real()))):
        if not rows:
            continue
        values = [value for value, _, _ in rows]
        mean = sum(values) / len(values)
        print(f"8-gram overlap, {title}: n={len(rows)} mean={mean:.4f} max={values[0]:.4f}")
        for value, one, other in rows[:5]:
            print(f"  {value:.4f}  {one}  {other}")
        result[title] = {"n": len(rows), "mean": mean, "max": values[0]}
    print("longest run shared with a shipped seed:")
    runs = {name: longest_run(text, seeds) for name, text in texts.items()}
    for name, (length, run) in sorted(runs.items(), key=lambda item: -item[1][0]):
        print(f"  {length:3}  {name}  {run}")
    result["longest_run"] = {name: length for name, (length, _) in runs.items()}
    folder = ROOT / "eval" / "results"
    folder.mkdir(exist_ok=True)
    (folder / "overlap.json").write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
