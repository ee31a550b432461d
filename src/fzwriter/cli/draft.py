"""``fzwriter draft``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fzwriter.cli import chinese, show
from fzwriter.cli.paths import REPORTS, VERDICTS, refuse_overwriting, report_places, writable

if TYPE_CHECKING:
    from fzwriter.output.layout import Design
    from fzwriter.settings import Settings

_LONGEST = 64  # characters of a title in a file name: 255 bytes hold them with every ending of ours


@click.command(cls=chinese.Command)
@click.argument("facts", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="写到哪里：.docx 或 .md；默认是当前文件夹里以标题命名的 .docx。",
)
@click.option(
    "--run-dir",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="把每一步的结果留在这里，供查看和复核。",
)
@click.option(
    "--json",
    "json_path",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="把核验结果另存为 JSON；写 - 则打印。",
)
@click.option(
    "--writer",
    default="auto",
    metavar="写法",
    help="offline 不用模型；llm 用模型；auto（默认）：设了模型就用，否则不用。",
)
@click.option(
    "--model",
    default="",
    metavar="名称",
    help="模型，如 deepseek/deepseek-chat；见 fzwriter models。",
)
@click.option("--base-url", default="", metavar="网址", help="模型服务的地址，通常以 /v1 结尾。")
@click.option(
    "--resume", is_flag=True, help="接着 --run-dir 里中断的运行往下写，已有的回答不再花钱。"
)
@click.option(
    "--section",
    type=int,
    metavar="N",
    help="只让模型重写第 N 节，其余照 --run-dir 里的。",
)
@click.option("--review", is_flag=True, help="另写一份校核稿：每个数字带一条批注，说明出处。")
@click.option(
    "--final", is_flag=True, help="只写报送稿：不带校核页、台账和文件里的标记；有错误时不写报送稿。"
)
@click.option(
    "--suggest",
    is_flag=True,
    help="把别的报告里的做法作为建议写进来，逐处标明【建议，待确认：…】，确认前算错误。",
)
@click.option(
    "--style",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="照这份 .docx 的页面和字体排版；缺的按国家标准。",
)
def draft_command(
    facts: Path,
    output: Path | None,
    run_dir: Path | None,
    json_path: Path | None,
    writer: str,
    model: str,
    base_url: str,
    resume: bool,
    section: int | None,
    review: bool,
    final: bool,
    suggest: bool,
    style: Path | None,
) -> int:
    """由数据文件起草一份报告。

    FACTS 是数据文件（.yaml、.json 等）。不设模型时不联网、不需要密钥。
    """
    from fzwriter.cli.jsonout import save_verdict
    from fzwriter.errors import InputError
    from fzwriter.facts import load_facts
    from fzwriter.output import deliver
    from fzwriter.pipeline import draft

    writable(output, REPORTS)
    refuse_overwriting((facts, style), (*report_places(output), json_path))
    writable(json_path, VERDICTS)
    sheet = load_facts(facts)
    design = _design(style)
    report = draft(
        sheet,
        writer=writer,
        model=model or None,
        settings=with_base_url(base_url),
        run_dir=run_dir,
        resume=resume,
        section=section or 0,
        suggest=suggest,
        progress=show.progress,
        notify=show.notice,
    )
    verdict = report.check
    if verdict is None:
        raise InputError("报告没有经过核验")
    path = output or Path(f"{_file_name(report.title)}.docx")
    errors = sum(issue.severity == "error" for issue in verdict.issues)
    if errors:
        path = show.unverified(path)
        if final:
            show.notice("还有错误，没有生成报送稿；改好后再用 --final")
    made = deliver(
        report,
        sheet,
        path,
        notice=f"未核稿：还有 {errors} 处错误，核实前不得报送" if errors else "",
        final=final,
        review=review,
        design=design,
    )
    if json_path is not None:
        save_verdict(verdict, report.text, json_path)
    quiet = str(json_path) == "-"  # stdout is for the JSON alone
    click.echo(show.made(made), err=quiet)
    show.outcome(report, verdict, err=quiet)
    return 3 if errors else 0


def with_base_url(base_url: str) -> Settings:
    """The settings, with the address given on the command line."""
    from dataclasses import replace

    from fzwriter.settings import Settings

    settings = Settings.from_environ()
    return replace(settings, base_url=base_url) if base_url else settings


def _file_name(title: str) -> str:
    return re.sub(r'[\\/:*?"<>|\s]+', "", title)[:_LONGEST] or "报告"


def _design(style: Path | None) -> Design:
    from fzwriter.output.layout import STANDARD

    if style is None:
        return STANDARD
    from fzwriter.output.style_source import read_design

    design, notices = read_design(style)
    for line in notices:
        show.notice(line)
    return design
