"""``fzwriter rewrite``."""

from __future__ import annotations

from pathlib import Path

import click

from fzwriter.cli import chinese, show
from fzwriter.cli.making import Asked, report_options
from fzwriter.cli.paths import save

MAPPING, CANDIDATES = ".对照表.md", ".上年候选.xlsx"


@click.command(cls=chinese.Command)
@click.argument("report", type=click.Path(path_type=Path), metavar="报告")
@click.option(
    "--facts",
    required=True,
    type=click.Path(path_type=Path),
    metavar="数据文件",
    help="要写的那个单位、那一年的数据；报告里的数字和做过的事只从这里来。",
)
@report_options
@click.option(
    "--pick", type=int, default=1, metavar="序号", help="文件里有几篇报告时，改写第几篇。"
)
def rewrite_command(report: Path, facts: Path, asked: Asked, pick: int) -> int:
    """照一份已有的报告，改写成另一个单位（或下一年）的。

    报告是 .docx、.txt、.md 或 .pdf。沿用的是结构和说法；原报告的数字、名称、做过的事一律不带过来，
    带过来一处就是错误。另写一份对照表，说明每一节怎样处理。

    结果代码：0 都有出处；3 还有错误（文件名后加“未核”）；4 没有错误，但有存疑（文件名后加“存疑待核”）。
    """
    from fzwriter.facts import load_facts
    from fzwriter.output.mapping import mapping_markdown, summary
    from fzwriter.pipeline.confirming import confirmations_path, load_confirmations
    from fzwriter.pipeline.rewrite import rewrite
    from fzwriter.pipeline.rewrite_source import mode_of, read_report

    design = asked.design(report, facts, confirmations_path(facts))
    sheet = load_facts(facts)
    source = read_report(report, pick)
    mode = mode_of(source, sheet)
    made = rewrite(
        source,
        sheet,
        writer=asked.writer,
        model=asked.model or None,
        settings=asked.settings,
        run_dir=asked.run_dir,
        resume=asked.resume,
        confirmations=load_confirmations(facts),
        progress=show.progress,
        notify=show.notice,
    )
    extra = {MAPPING: mapping_markdown(made, source.title).encode()}
    path, code = asked.hand_over(made, sheet, facts, design, extra)
    if code or not asked.final:
        mapping = path.with_name(path.stem + MAPPING)
        click.echo(f"对照表：{mapping}（{summary(made.decisions)}）", err=asked.quiet)
    if mode == "next_year":
        _save_candidates(report, pick, path.with_name(path.stem + CANDIDATES), err=asked.quiet)
    show.outcome(made, err=asked.quiet)
    return asked.code(made, code)


def _save_candidates(report: Path, pick: int, path: Path, *, err: bool) -> None:
    """Last year's figures and plans beside the report; a file somebody may have filled in stays."""
    from fzwriter.pipeline.carry import candidates

    if path.exists():
        show.notice(f"已有 {path.name}，没有覆盖")
        return
    found = candidates(report, pick)
    save({path: found.workbook})
    click.echo(
        f"上年的数 {found.figures} 条、计划 {found.plans} 条，都标着“去年数待换”：{path}", err=err
    )
