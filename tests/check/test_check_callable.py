"""``from fzwriter import check`` gives something to call, whatever was imported before it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from fzwriter.facts import FactSheet

_FACTS = (
    "unit: {name: 甲县司法局, type: 司法局}\\nperiod: 2024\\ndocument: {kind: 总结}\\n"
    "facts: [{id: a, name: 办理公证, value: 36, unit: 件}]"
)
_PROVE = f"""
from fzwriter.facts import loads_facts
sheet = loads_facts("{_FACTS}")
assert check("办理公证36件。", sheet).ok
assert not check("办理公证63件。", sheet, sources=("办理公证63件。",)).ok
"""


@pytest.mark.parametrize(
    "imports",
    [
        "from fzwriter import check",
        "from fzwriter import check\nfrom fzwriter import check",
        "import fzwriter.check\nfrom fzwriter import check",
        "import fzwriter.check.core\nfrom fzwriter import check",
        "from fzwriter import check\nimport fzwriter.check.core\nfrom fzwriter import check",
        "from fzwriter.check import check",
        "import fzwriter\ncheck = fzwriter.check",
        "import fzwriter.check.core, fzwriter\ncheck = fzwriter.check\n"
        "assert fzwriter.check.core.check and fzwriter.check.check and fzwriter.check.sheet_lexicon",
        "import fzwriter.check as check\nassert check.core",
        "from fzwriter import draft, rewrite, load_facts, check\n"
        "assert callable(draft) and callable(rewrite) and callable(load_facts)",
    ],
)
def test_check_can_be_called_in_every_order_of_imports(imports: str) -> None:
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", f"{imports}\n{_PROVE}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_importing_the_package_loads_nothing_else() -> None:
    code = (
        "import sys, fzwriter\n"
        "print([m for m in sys.modules if m.startswith(('fzwriter.', 'pydantic', 'yaml'))])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert result.stdout.strip() == "[]"


def test_what_is_called_reads_and_travels_as_the_function_does(sheet: FactSheet, text: str) -> None:
    import inspect
    import pickle

    import fzwriter
    from fzwriter.check import core

    assert inspect.signature(fzwriter.check) == inspect.signature(core.check)
    again = pickle.loads(pickle.dumps(fzwriter.check))
    assert again is fzwriter.check
    assert again(text, sheet) == core.check(text, sheet)


def test_an_unknown_name_is_refused() -> None:
    import fzwriter

    with pytest.raises(AttributeError, match="prove"):
        _ = fzwriter.prove  # type: ignore[attr-defined]
