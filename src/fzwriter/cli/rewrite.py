"""``fzwriter rewrite``."""

from __future__ import annotations

from pathlib import Path

import click

from fzwriter.cli import chinese, show
from fzwriter.cli.draft import _design, _file_name, with_base_url
from fzwriter.cli.paths import REPORTS, VERDICTS, refuse_overwriting, report_places, writable

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
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="写到哪里：.docx 或 .md；默认是当前文件夹里以标题命名的 .docx。",
)
@click.option(
    "--pick", type=int, default=1, metavar="序号", help="文件里有几篇报告时，改写第几篇。"
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
@click.option("--review", is_flag=True, help="另写一份校核稿：每个数字带一条批注，说明出处。")
@click.option(
    "--final", is_flag=True, help="只写报送稿：不带校核页、台账、对照表；有错误时不写报送稿。"
)
@click.option(
    "--style",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="照这份 .docx 的页面和字体排版；缺的按国家标准。",
)
def rewrite_command(
    report: Path,
    facts: Path,
    output: Path | None,
    pick: int,
    run_dir: Path | None,
    json_path: Path | None,
    writer: str,
    model: str,
    base_url: str,
    resume: bool,
    review: bool,
    final: bool,
    style: Path | None,
) -> int:
    """照一份已有的报告，改写成另一个单位（或下一年）的。

    报告是 .docx、.txt、.md 或 .pdf。沿用的是结构和说法；原报告的数字、名称、做过的事一律不带过来，
    带过来一处就是错误。另写一份对照表，说明每一节怎样处理。
    """
    from fzwriter.cli.jsonout import save_verdict
    from fzwriter.errors import InputError
    from fzwriter.facts import load_facts
    from fzwriter.output import deliver
    from fzwriter.output.mapping import summary, write_mapping
    from fzwriter.pipeline.rewrite import rewrite
    from fzwriter.pipeline.rewrite_source import mode_of, read_report

    writable(output, REPORTS)
    refuse_overwriting((report, facts, style), (*report_places(output), json_path))
    writable(json_path, VERDICTS)
    sheet = load_facts(facts)
    design = _design(style)
    source = read_report(report, pick)
    mode = mode_of(source, sheet)
    made = rewrite(
        source,
        sheet,
        writer=writer,
        model=model or None,
        settings=with_base_url(base_url),
        run_dir=run_dir,
        resume=resume,
        progress=show.progress,
        notify=show.notice,
    )
    verdict = made.check
    if verdict is None:
        raise InputError("报告没有经过核验")
    path = output or Path(f"{_file_name(made.title)}.docx")
    errors = sum(issue.severity == "error" for issue in verdict.issues)
    if errors:
        path = show.unverified(path)
        if final:
            show.notice("还有错误，没有生成报送稿；改好后再用 --final")
    written = deliver(
        made,
        sheet,
        path,
        notice=f"未核稿：还有 {errors} 处错误，核实前不得报送" if errors else "",
        final=final,
        review=review,
        design=design,
    )
    quiet = str(json_path) == "-"  # stdout is for the JSON alone
    click.echo(show.made(written), err=quiet)
    if errors or not final:
        mapping = path.with_name(path.stem + MAPPING)
        write_mapping(made, mapping, source.title)
        click.echo(f"对照表：{mapping}（{summary(made.decisions)}）", err=quiet)
    if mode == "next_year":
        _save_candidates(report, pick, path.with_name(path.stem + CANDIDATES), err=quiet)
    if json_path is not None:
        save_verdict(verdict, made.text, json_path)
    show.outcome(made, verdict, err=quiet)
    return 3 if errors else 0


def _save_candidates(report: Path, pick: int, path: Path, *, err: bool) -> None:
    """Last year's figures and plans beside the report; a file somebody may have filled in stays."""
    from fzwriter.output import write_bytes
    from fzwriter.pipeline.carry import candidates

    if path.exists():
        show.notice(f"已有 {path.name}，没有覆盖")
        return
    found = candidates(report, pick)
    write_bytes(path, found.workbook)
    click.echo(
        f"上年的数 {found.figures} 条、计划 {found.plans} 条，都标着“待确认”：{path}", err=err
    )
