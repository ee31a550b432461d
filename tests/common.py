"""Where the tests find what they read."""

from __future__ import annotations

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def _ends_proven(folder: Path) -> bool:
    """Whether a case is a report to be written, without errors left."""
    declared = yaml.safe_load((folder / "case.yaml").read_text("utf-8"))
    return declared["task"] != "check" and declared["expect"].get("exit", 0) == 0


# Folders of the cases whose facts (in YAML) give a report without errors.
CASES = [
    path.parent
    for path in sorted((ROOT / "eval" / "cases").glob("*/facts.yaml"))
    if _ends_proven(path.parent)
]
