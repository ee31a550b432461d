"""``fzwriter facts``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from fzwriter.cli import chinese


@click.group(cls=chinese.Group)
def facts_group() -> None:
    """数据文件：检查。"""


@facts_group.command("check")
@click.argument("facts", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="以 JSON 打印结果。")
def check_facts(facts: Path, as_json: bool) -> int:
    """检查数据文件：能不能读，自己是否矛盾。"""
    from fzwriter.facts import lint, load_facts
    from fzwriter.pipeline.runs import plain

    sheet = load_facts(facts)
    findings = lint(sheet)
    if as_json:
        click.echo(json.dumps({"findings": plain(findings)}, ensure_ascii=False, indent=1))
    else:
        counts = f"数据 {len(sheet.facts)} 条，推算 {len(sheet.derived)} 条，材料 {len(sheet.statements)} 条"
        click.echo(
            f"可以读取：{sheet.unit.name} {sheet.period.year}年 {sheet.document.kind}；{counts}"
        )
        for finding in findings:
            word = "错误" if finding.severity == "error" else "提醒"
            click.echo(
                f"{word}：{finding.place}：{finding.message}"
                if finding.place
                else f"{word}：{finding.message}"
            )
        click.echo(f"发现 {len(findings)} 处需要核对" if findings else "没有发现矛盾")
    return 3 if any(f.severity == "error" for f in findings) else 0
