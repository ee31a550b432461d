"""How alike reports are: shared 8-grams between drafts, and the longest run copied from a seed.

Figures are masked and punctuation is left out. Where ../shared is present the real reports the cases
were taken from are measured the same way, so that the drafts' figures mean something. Writes
eval/results/overlap.json and prints both tables.
"""

from __future__ import annotations

import itertools
import json
import re
import tempfile
from pathlib import Path

from fzwriter import draft, load_facts
from fzwriter.seeds import read_seeds
from fzwriter.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "seeds"
# Set phrases and names that every report of the genre holds.
FIXED = re.compile(
    "习近平新时代中国特色社会主义思想|深入学习贯彻习近平法治思想|习近平法治思想"
    "|党政主要负责人履行推进法治建设第一责任人职责|推进法治建设第一责任人职责|法治建设第一责任人"
    "|党的二十大精神|谁执法谁普法|坚持和发展新时代枫桥经验|新时代枫桥经验|法律明白人"
    "|严格规范公正文明执法|行政机关负责人出庭应诉|负责人出庭应诉|作为被申请人的行政复议案件|维护社会和谐稳定"
    "|法治是最好的营商环境|全面推进依法治国|法治政府建设实施纲要"
)


def plain(text: str) -> str:
    """The text without figures, punctuation and set phrases (each a break)."""
    text = re.sub(r"[“”‘’\"]", "", text)
    text = FIXED.sub("|", text)
    text = re.sub(r"[0-9０-９.．]+", "", text)
    return re.sub(r"[^一-龥|]", "", text)


def grams(text: str, size: int = 8) -> set[str]:
    pieces = plain(text).split("|")
    return {p[i : i + size] for p in pieces for i in range(len(p) - size + 1)}


def overlap(first: str, second: str) -> float:
    """Shared 8-grams over those of the shorter text."""
    one, other = grams(first), grams(second)
    return len(one & other) / max(1, min(len(one), len(other)))


def longest_run(text: str, sources: list[str]) -> tuple[int, str]:
    """The longest stretch of ``text`` that stands in a source, set phrases aside."""
    best = ""
    pieces = [plain(source) for source in sources]
    for part in plain(text).split("|"):
        start = 0
        for end in range(1, len(part) + 1):
            while end - start > len(best) and not any(part[start:end] in s for s in pieces):
                start += 1
            if end - start > len(best):
                best = part[start:end]
    return len(best), best


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
