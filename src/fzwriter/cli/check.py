"""``fzwriter check``."""

from __future__ import annotations

from pathlib import Path

import click

from fzwriter.cli import chinese, show


@click.command(cls=chinese.Command)
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--facts",
    required=True,
    type=click.Path(path_type=Path),
    metavar="文件",
    help="本单位的数据文件。",
)
@click.option(
    "--against",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="文件",
    help="参考过的别的报告；其中的数字和名称不得出现。可多次使用。",
)
@click.option(
    "--json",
    "json_path",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="把核验结果存为 JSON；写 - 则打印。",
)
def check_command(
    report: Path, facts: Path, against: tuple[Path, ...], json_path: Path | None
) -> int:
    """核验一份报告里的每个数字。

    REPORT 是报告（.docx、.txt 或 .md），谁写的、改没改过都可以。
    """
    from fzwriter.check import check
    from fzwriter.cli.jsonout import save_verdict
    from fzwriter.documents import read_text
    from fzwriter.facts import lint, load_facts

    sheet = load_facts(facts)
    document = read_text(report)
    sources = [read_text(path).text for path in against]
    for line in (*document.repairs, *(f"数据提醒：{f.message}" for f in lint(sheet))):
        show.notice(line)
    verdict = check(document.text, sheet, sources)
    if json_path is not None:
        save_verdict(verdict, document.text, json_path)
    if str(json_path) != "-":
        click.echo(show.verdict_line(verdict))
        show.issues(verdict, document.text)
    return 0 if verdict.ok else 3
