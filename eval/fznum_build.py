"""FZ-Num: take deliveries in, prove the labels, freeze the items. See eval/fznum/CARD.md.

python eval/fznum_build.py [--from FOLDER]   # FOLDER: sheets-dev, sheets-test, texts-dev, texts-test
python eval/fznum_build.py --check           # the frozen digest is that of what comes out now
python eval/fznum_build.py --export FOLDER   # all items as JSON lines, the composed ones too
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
from collections import Counter
from pathlib import Path

from fzwriter.evaluation.fznum.build import HARMLESS_KINDS, SEED, SHEETS, WRONG_KINDS, build
from fzwriter.evaluation.fznum.items import ORIGINS, SPLITS, Bench, digest, write_items
from fzwriter.evaluation.fznum.run import FROZEN, frozen

HOME = Path(__file__).resolve().parent / "fznum"
VERSION = "1.0"
SAMPLED = 2  # composed sheets of a split whose digest the tests prove
LISTS = {"left_out": "没有收进的", "read_by_two": "算不出、要两个人读的"}


def fetch(source: Path) -> None:
    """Put a delivery in the place of the data."""
    for what, pattern in (("sheets", "*.json"), ("texts", "*.jsonl")):
        for split in SPLITS:
            target = HOME / what / split
            if target.is_dir():
                shutil.rmtree(target)
            target.mkdir(parents=True)
            for path in sorted((source / f"{what}-{split}").glob(pattern)):
                shutil.copyfile(path, target / path.name)


def counts(bench: Bench) -> dict[str, object]:
    """What there is of each."""
    items = bench.items
    return {
        "items": len(items),
        "sheets": Counter("composed" if id.startswith("made-") else "hand" for id in bench.sheets),
        "hands": sorted({i.hand for i in items if i.origin == "hand"}),
        "right": Counter(i.origin for i in items if i.right and not i.twin_of),
        "wrong": Counter(i.origin for i in items if not i.right),
        "harmless": Counter(i.origin for i in items if i.right and i.twin_of),
        "right_figures": len(
            rights := [c for i in items if i.right and not i.twin_of for c in i.judged]
        ),
        "right_figures_computed": sum(bool(c.proof) for c in rights),
        "wrong_computed": Counter(i.origin for i in items if not i.right and i.judged[0].proof),
        "texts_by_hand": Counter(i.hand for i in items if i.origin == "hand" and not i.twin_of),
        "texts_by_voice": Counter(i.voice for i in items if i.origin == "hand" and not i.twin_of),
        "wrong_by_kind": dict(sorted(Counter(i.kind for i in items if not i.right).items())),
        "labels_read_by_two": len(bench.read_by_two),
        "left_out": len(bench.left_out),
    }


def freeze(bench: Bench) -> None:
    """Write the items of people, the lists, the digest and the counts."""
    HOME.mkdir(exist_ok=True)
    write_items((i for i in bench.items if i.origin == "hand"), HOME, "hand")
    for name, title in LISTS.items():
        lines = getattr(bench, name)
        (HOME / f"{name}.txt").write_text(
            f"# {title}：{len(lines)}\n" + "".join(f"{x}\n" for x in lines), "utf-8"
        )
    found = {
        "version": VERSION,
        "seed": SEED,
        "composed_sheets": SHEETS,
        "digest": digest(bench),
        "sample_digest": digest(build(None, sheets=SAMPLED)),
    } | counts(bench)
    (HOME / FROZEN).write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    fill_card(found)


def fill_card(found: dict[str, object]) -> None:
    """The counts in the card, between its marks."""
    path = HOME / "CARD.md"
    if not path.is_file():
        return
    lines = [f"- {name}: {json.dumps(value, ensure_ascii=False)}" for name, value in found.items()]
    text = path.read_text("utf-8")
    block = "<!-- counts -->\n" + "\n".join(lines) + "\n<!-- /counts -->"
    path.write_text(
        re.sub(r"<!-- counts -->.*<!-- /counts -->", lambda _: block, text, flags=re.S), "utf-8"
    )


def export(bench: Bench, folder: Path) -> None:
    """Everything as JSON lines, for tools in other languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for split in SPLITS:
        for origin in ORIGINS:
            items = [i for i in bench.items if i.split == split and i.origin == origin]
            write_items(items, folder, f"{split}-{origin}")
    (folder / "sheets.json").write_text(json.dumps(bench.sheets, ensure_ascii=False), "utf-8")


def main() -> int:
    """Build, then freeze, check or export."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--from", dest="source", type=Path, metavar="FOLDER")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--export", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    if given.source:
        fetch(given.source)
    bench = build(HOME)
    if given.check:
        same = frozen(HOME).get("digest") == digest(bench)
        print("same as frozen" if same else "NOT the frozen benchmark")
        return 0 if same else 1
    if given.export:
        export(bench, given.export)
    else:
        freeze(bench)
    for line in bench.left_out:
        print(f"left out: {line}", file=sys.stderr)
    print(json.dumps(counts(bench), ensure_ascii=False, indent=1))
    kinds = {i.kind for i in bench.items if not i.right}
    print(f"{len(kinds)} kinds of wrong twins; none of: {sorted(set(WRONG_KINDS) - kinds)}")
    print(
        f"{len(HARMLESS_KINDS)} kinds of rewordings; {len(bench.read_by_two)} labels for two to read"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
