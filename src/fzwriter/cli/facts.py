"""``fzwriter facts``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from fzwriter.cli import chinese, show
from fzwriter.cli.paths import save

_OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="文件",
    help="写到哪个 .xlsx 文件。",
)
_FORCE = click.option("--force", is_flag=True, help="已有同名文件时照样写；填过的另存为“旧稿”。")


@click.group(cls=chinese.Group)
def facts_group() -> None:
    """数据文件：生成模板、检查、从旧报告摘录。"""


@facts_group.command("check")
@click.argument("facts", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="以 JSON 打印结果。")
def check_facts(facts: Path, as_json: bool) -> int:
    """检查数据文件：能不能读，自己是否矛盾。

    FACTS 是数据文件：.xlsx、.csv、.yaml 或 .json。
    """
    from fzwriter.facts import lint, load_facts
    from fzwriter.facts.lint_unit import find_unknown_kind
    from fzwriter.pipeline.runs import plain

    sheet = load_facts(facts)
    findings = (*find_unknown_kind(sheet), *lint(sheet))
    if as_json:
        click.echo(json.dumps({"findings": plain(findings)}, ensure_ascii=False, indent=1))
    else:
        counts = f"数据 {len(sheet.facts)} 条，推算 {len(sheet.derived)} 条，材料 {len(sheet.statements)} 条"
        click.echo(
            f"可以读取：{sheet.unit.name} {sheet.period.year}年 {sheet.document.kind}；{counts}"
        )
        for finding in findings:
            word = "错误" if finding.severity == "error" else "提醒"
            click.echo(f"{word}：{finding.line}")
        click.echo(f"发现 {len(findings)} 处需要核对" if findings else "没有发现矛盾")
    return 3 if any(f.severity == "error" for f in findings) else 0


@facts_group.command("template")
@click.argument("type_", metavar="类型")
@_OUTPUT
@click.option("--name", default="", metavar="名称", help="单位全称，写进模板。")
@click.option("--level", default="", metavar="层级", help="如 县、区、市、镇、街道。")
@click.option("--year", type=int, default=0, metavar="年份", help="报告年度，如 2024。")
@_FORCE
def make_template(type_: str, output: Path, name: str, level: str, year: int, force: bool) -> int:
    """生成待填写的 Excel 数据模板。

    类型是单位类型，如 司法局、镇、公安局；没有的类型用通用模板。常用指标已按职责列好。
    """
    from fzwriter.errors import InputError
    from fzwriter.facts.template import template_bytes
    from fzwriter.units import GENERAL, known_types, match_type

    if year and not 1949 <= year <= 2200:
        raise InputError(f"年份 {year} 不对", remedy="请写四位数的年份，如 --year 2024")
    _refuse(output, force=force)
    if match_type(type_, name) == GENERAL and type_ != GENERAL:
        show.notice(f"没有“{type_}”的单位资料，用通用模板（已有：{'、'.join(known_types())}）")
    save({output: template_bytes(type_, name=name, level=level, year=year)})
    click.echo(f"已生成模板：{output}")
    click.echo("请先看“填写说明”，再填“单位信息”和“数据”；没有的指标留空即可")
    return 0


@facts_group.command("extract")
@click.argument("report", type=click.Path(path_type=Path), metavar="报告")
@_OUTPUT
@click.option(
    "--next", "next_year", is_flag=True, help="摘来写下一年的：旧数放进“上年数”，数值留空待填。"
)
@click.option("--pick", type=int, default=1, metavar="序号", help="文件里有几篇报告时，摘第几篇。")
@_FORCE
def extract_facts(report: Path, output: Path, next_year: bool, pick: int, force: bool) -> int:
    """从已有报告摘出数据和材料，写成 Excel 数据文件。

    报告是 .docx、.txt 或 .md。摘出的每一行都标着“去年数待换”，须逐条换成今年的。
    """
    from fzwriter.facts.workbook import workbook_bytes
    from fzwriter.pipeline.extract import extract

    _refuse(output, force=force)
    found = extract(report, pick=pick, next_year=next_year)
    save({output: workbook_bytes(found.content)})
    click.echo(f"已摘出：{found.title or report.name}")
    click.echo(f"数据 {found.figures} 条，材料 {found.statements} 条，都标着“去年数待换”：{output}")
    for line in found.notices:
        show.notice(line)
    return 0


def _refuse(output: Path, *, force: bool) -> None:
    """Never put an empty form in the place of one somebody has filled in."""
    from fzwriter.errors import InputError

    if output.suffix.lower() != ".xlsx":
        raise InputError("不认识的输出格式", path=output, remedy="文件名请以 .xlsx 结尾")
    if output.exists() and not force:
        remedy = "里面可能有填好的数据；请换一个文件名，仍要写请加 --force，原来的另存为“旧稿”"
        raise InputError("已有同名文件，没有覆盖", path=output, remedy=remedy)
