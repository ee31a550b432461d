"""Sheets made of a few lines, and the one-line message of a bad one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fzwriter.errors import InputError
from fzwriter.facts import FactSheet, loads_facts

HEAD = """\
unit: {name: 古丈县司法局, type: 司法局}
period: 2024
document: {kind: 法治政府建设年度报告}
"""
FIRST = "  - {id: f1, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件}\n"


@pytest.fixture
def sheet_of() -> Callable[..., FactSheet]:
    """A sheet with these fact lines (line 5 on) and what follows them."""

    def build(*facts: str, rest: str = "") -> FactSheet:
        lines = "".join(f"  - {{{fact}}}\n" for fact in facts)
        return loads_facts(f"{HEAD}facts:\n{lines}{rest}")

    return build


@pytest.fixture
def error_of() -> Callable[..., str]:
    """The message of a facts file that can't be used; always one line that names the file."""

    def read(text: str, format: str = "yaml") -> str:
        with pytest.raises(InputError) as caught:
            loads_facts(text, name=f"facts.{format}", format=format)
        message = str(caught.value)
        assert message.startswith(f"facts.{format}")
        assert "\n" not in message
        return message

    return read


@pytest.fixture
def after_facts(error_of: Callable[..., str]) -> Callable[[str], str]:
    """The message when these lines follow one good fact; they start on line 6."""
    return lambda rest: error_of(f"{HEAD}facts:\n{FIRST}{rest}")
