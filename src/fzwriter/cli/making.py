"""What the commands that make a report share: their options, and how the report is handed over."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fzwriter.cli import show
from fzwriter.cli.paths import (
    VERDICTS,
    refuse_overwriting,
    report_places,
    writable,
    writable_report,
    written,
)

if TYPE_CHECKING:
    from fzwriter.facts import FactSheet
    from fzwriter.output.layout import Design
    from fzwriter.report import Report
    from fzwriter.settings import Settings

_LONGEST = 192  # bytes of a title in a file name: 255 hold them with every ending of ours
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # of Windows

_OPTIONS = (
    click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="写到哪里：.docx 或 .md；默认是当前文件夹里以标题命名的 .docx。",
    ),
    click.option(
        "--run-dir",
        type=click.Path(path_type=Path),
        metavar="文件夹",
        help="把每一步的结果留在这里，供查看和复核。",
    ),
    click.option(
        "--json",
        "json_path",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="把核验结果另存为 JSON；写 - 则打印。",
    ),
    click.option(
        "--writer",
        default="auto",
        metavar="写法",
        help="offline 不用模型；llm 用模型；auto（默认）：设了模型就用，否则不用。",
    ),
    click.option(
        "--model",
        default="",
        metavar="名称",
        help="模型，如 deepseek/deepseek-v4-flash；见 fzwriter models。",
    ),
    click.option(
        "--base-url", default="", metavar="网址", help="模型服务的地址，通常以 /v1 结尾。"
    ),
    click.option(
        "--resume", is_flag=True, help="接着 --run-dir 里中断的运行往下写，已有的回答不再花钱。"
    ),
    click.option("--review", is_flag=True, help="另写一份校核稿：每个数字带一条批注，说明出处。"),
    click.option(
        "--final",
        is_flag=True,
        help="只写报送稿：不带校核页、台账和文件里的标记；有错误或存疑时不写报送稿。",
    ),
    click.option(
        "--style",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="照这份 .docx 的页面和字体排版；缺的按国家标准。",
    ),
)


@dataclass(frozen=True)
class Asked:
    """What the shared options say."""

    output: Path | None
    run_dir: Path | None
    json_path: Path | None
    writer: str
    model: str
    base_url: str
    resume: bool
    review: bool
    final: bool
    style: Path | None

    @property
    def quiet(self) -> bool:
        """Whether stdout is for the JSON alone."""
        return str(self.json_path) == "-"

    @property
    def settings(self) -> Settings:
        """The settings, with the address given on the command line."""
        return with_base_url(self.base_url)

    def design(self, *inputs: Path) -> Design:
        """How the report is to look, once it is sure that all it asks for can be written.

        Raises:
            InputError: a result would take the place of an input, or can't be written there; the
                ``--style`` file can't be read.
        """
        from fzwriter.output.layout import STANDARD

        writable_report(self.output)
        refuse_overwriting((*inputs, self.style), (*report_places(self.output), self.json_path))
        writable(self.json_path, VERDICTS)
        if self.style is None:
            return STANDARD
        from fzwriter.output.style_source import read_design

        design, notices = read_design(self.style)
        for line in notices:
            show.notice(line)
        return design

    def hand_over(
        self,
        report: Report,
        sheet: FactSheet,
        facts: Path,
        design: Design,
        extra: Mapping[str, bytes] | None = None,
    ) -> tuple[Path, int]:
        """Write the report with all that lies beside it; where it is, and its verdict's exit code.

        ``extra`` are other files of its set, by the endings of their names.

        Raises:
            InputError: it has no verdict, or a file can't be written.
        """
        from fzwriter.cli.jsonout import save_verdict
        from fzwriter.errors import InputError
        from fzwriter.output import deliver

        verdict = report.check
        if verdict is None:
            raise InputError("报告没有经过核验")
        path = self.output or Path(f"{_file_name(report.title)}.docx")
        path = show.unproved(path, verdict.exit_code)
        left = show.left(verdict)
        if left and self.final:
            show.notice(f"还有 {left}，没有生成报送稿；改好、核实后再用 --final")
        made = deliver(
            report,
            sheet,
            path,
            notice=f"{show.UNPROVED[verdict.exit_code]}稿：还有 {left}，核实前不得报送"
            if left
            else "",
            facts=facts,
            final=self.final,
            review=self.review,
            design=design,
            extra=extra,
            written=written(),
        )
        if self.json_path is not None:
            save_verdict(verdict, report.text, self.json_path)
        click.echo(show.made(made), err=self.quiet)
        return path, verdict.exit_code

    def code(self, report: Report, verdict: int) -> int:
        """The command's exit code for a report that was handed over with its verdict's.

        Raises:
            ModelError: a model was asked for and wrote nothing of it.
        """
        from fzwriter.errors import ModelError

        if not verdict and self.writer == "llm" and report.written == 0:
            raise ModelError(
                "模型的文字一处也没有采用，已生成的是离线写法的文稿（数字已核验，可以使用）。"
                "原因见上面的提示；换一个模型再试，或用 --writer offline"
            )
        return verdict


def report_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the shared options; it gets them as ``asked``."""

    @functools.wraps(command)
    def gathered(*args: Any, **given: Any) -> int:
        asked = Asked(**{name: given.pop(name) for name in Asked.__dataclass_fields__})
        return command(*args, asked=asked, **given)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


def with_base_url(base_url: str) -> Settings:
    """The settings, with the address given on the command line."""
    from fzwriter.settings import Settings

    settings = Settings.from_environ()
    return replace(settings, base_url=base_url) if base_url else settings


def _file_name(title: str) -> str:
    """The title as a file's name: no dots at its ends, which hide it or get lost on Windows."""
    name = re.sub(r'[\\/:*?"<>|\s\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]+', "", title)
    name = name.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore").strip(".")
    return f"报告{name}" if not name or _RESERVED.fullmatch(name) else name
