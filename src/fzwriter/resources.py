"""Where the files that travel with fzwriter lie: prompts, shipped seeds, evaluation cases, benchmark data.

In a checkout they are top-level folders; in a wheel they are inside the package.
"""

from __future__ import annotations

from pathlib import Path

from fzwriter.errors import ConfigError

_PACKAGE = Path(__file__).resolve().parent
_FOLDERS = {"prompts": "prompts", "seeds": "seeds", "cases": "eval/cases", "fznum": "eval/fznum"}


def shipped(name: str) -> Path:
    """The folder of shipped files called ``name``: ``prompts``, ``seeds``, ``cases`` or ``fznum``.

    Raises:
        ConfigError: the installation lacks it.
    """
    for folder in (_PACKAGE / "_shipped" / name, _PACKAGE.parents[1] / _FOLDERS[name]):
        if folder.is_dir():
            return folder
    raise ConfigError(f"安装不完整：缺少随附文件夹 {name}", remedy="请重新安装 fzwriter")
