"""``fzwriter draft``."""

from __future__ import annotations

from pathlib import Path

import click

from fzwriter.cli import chinese, show
from fzwriter.cli.making import Asked, report_options


@click.command(cls=chinese.Command)
@click.argument("facts", type=click.Path(path_type=Path))
@report_options
@click.option(
    "--section",
    type=int,
    metavar="N",
    help="只让模型重写第 N 节，其余照 --run-dir 里的。",
)
@click.option(
    "--suggest",
    is_flag=True,
    help="把别的报告里的做法作为建议写进来，逐处标明【建议，待取舍：…】，取舍前算错误。",
)
def draft_command(facts: Path, asked: Asked, section: int | None, suggest: bool) -> int:
    """由数据文件起草一份报告。

    FACTS 是数据文件（.yaml、.json、.xlsx、.csv）。不设模型时不联网、不需要密钥。

    结果代码：0 都有出处；3 还有错误（文件名后加“未核”）；4 没有错误，但有存疑（文件名后加“存疑待核”）。
    """
    from fzwriter.facts import load_facts
    from fzwriter.pipeline import draft
    from fzwriter.pipeline.confirming import confirmations_path, load_confirmations

    design = asked.design(facts, confirmations_path(facts))
    sheet = load_facts(facts)
    report = draft(
        sheet,
        writer=asked.writer,
        model=asked.model or None,
        settings=asked.settings,
        run_dir=asked.run_dir,
        resume=asked.resume,
        section=section or 0,
        suggest=suggest,
        confirmations=load_confirmations(facts),
        progress=show.progress,
        notify=show.notice,
    )
    _, code = asked.hand_over(report, sheet, facts, design)
    show.outcome(report, err=asked.quiet)
    return asked.code(report, code)
