"""Where the tests find what they read."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CASES = sorted(path.parent for path in (ROOT / "eval" / "cases").glob("*/facts.yaml"))
