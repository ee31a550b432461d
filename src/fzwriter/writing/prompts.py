"""Prompt files: Chinese text with ``{variables}``, strict both ways.

A variable is small letters and ``_`` in braces; any other brace (JSON in an example) is text. What is
put in for a variable is not read again, so that a fact's name can't name a variable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from fzwriter.errors import ConfigError, InternalError

NAMES = ("system", "section", "repair", "lean", "rewrite", "smooth")
_VARIABLE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Prompt:
    """One prompt: its name and its text with variables."""

    name: str
    text: str

    @property
    def variables(self) -> frozenset[str]:
        """The variables it names."""
        return frozenset(_VARIABLE.findall(self.text))

    @property
    def hash(self) -> str:
        """For the run record."""
        return sha256(self.text.encode()).hexdigest()[:16]

    def render(self, /, **values: str) -> str:
        """The text with its variables put in.

        Raises:
            InternalError: a variable is missing, or a value is not used.
        """
        missing, unused = self.variables - set(values), set(values) - self.variables
        if missing or unused:
            raise InternalError(
                f"提示词 {self.name} 的变量不符：缺少 {sorted(missing)}，多余 {sorted(unused)}"
            )
        return _VARIABLE.sub(lambda match: values[match.group(1)], self.text)


@dataclass(frozen=True)
class Prompts:
    """All prompts of the writer."""

    system: Prompt
    section: Prompt
    repair: Prompt
    lean: Prompt
    rewrite: Prompt
    smooth: Prompt

    @property
    def hashes(self) -> dict[str, str]:
        """Hash of each, for the run record."""
        return {name: getattr(self, name).hash for name in NAMES}


def load_prompts(shipped: Path, own: Path | None = None) -> Prompts:
    """Read the prompt files; one in ``own`` replaces the shipped one of its name.

    Raises:
        ConfigError: a file is missing or unreadable, or lacks its variables.
    """
    found = {name: _load(name, shipped, own) for name in NAMES}
    for name, prompt in found.items():
        known = _load(name, shipped, None).variables
        if prompt.variables != known:
            raise ConfigError(
                f"提示词 {name}.md 的变量不符",
                path=own,
                remedy="应恰好有这些变量：" + "、".join(f"{{{v}}}" for v in sorted(known)),
            )
    return Prompts(**found)


def _load(name: str, shipped: Path, own: Path | None) -> Prompt:
    path = own / f"{name}.md" if own else None
    path = path if path and path.is_file() else shipped / f"{name}.md"
    try:
        return Prompt(name, path.read_text("utf-8").strip())
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            "提示词文件读不出来", path=path, remedy="请恢复该文件，或重新安装 fzwriter"
        ) from error
