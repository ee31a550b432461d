"""``fzwriter seeds``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fzwriter.cli import chinese, show

if TYPE_CHECKING:
    from fzwriter.seeds import SeedLibrary


def _library() -> SeedLibrary:
    from fzwriter.pipeline.library import open_library
    from fzwriter.settings import Settings

    return open_library(Settings.from_environ(), show.progress, show.notice)


@click.group(cls=chinese.Group)
def seeds_group() -> None:
    """种子库：供参考写法的现成报告。"""


@seeds_group.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
def add(paths: tuple[Path, ...]) -> int:
    """把报告（.docx、.txt、.md、.pdf、.doc、.wps 或文件夹）加进种子库。"""
    with _library() as library:
        summary = library.add(paths)
    click.echo(
        f"加入报告 {summary.reports} 份，章节 {summary.sections} 个，段落 {summary.passages} 段，"
        f"清理 {summary.repairs} 处，跳过文件 {len(summary.skipped)} 个"
    )
    for info in summary.added:
        click.echo(
            f"  {info.name}  {info.title}（{info.unit_type or '类型不明'}，{info.year or '年份不明'}）"
        )
        for line in (*info.notices, *info.repairs):
            click.echo(f"    {line}")
    for skipped in summary.skipped:
        click.echo(f"  跳过 {skipped.path}：{skipped.why}", err=True)
    return 2 if summary.skipped and not summary.added else 0


@seeds_group.command("list")
def list_seeds() -> int:
    """列出种子库里的报告。"""
    with _library() as library:
        infos = library.list()
    for info in infos:
        own = "自有" if info.own else "随附"
        if info.problem:
            click.echo(f"{info.name}  读不了：{info.problem}")
            continue
        click.echo(
            f"{info.name}  [{own}] {info.unit_type or '类型不明'} {info.year or '年份不明'} "
            f"{info.kind or '文种不明'}  {info.title}（{info.passages} 段）"
        )
    click.echo(f"共 {len(infos)} 份")
    return 0


@seeds_group.command("show")
@click.argument("name", metavar="名称")
@click.option(
    "--text", "with_text", is_flag=True, help="连同入库的段落（已隐去数字和名称）一起列出。"
)
def show_seed(name: str, with_text: bool) -> int:
    """看一份报告：识别结果、章节、清理了什么。名称见 seeds list。"""
    from fzwriter.reading import outline
    from fzwriter.seeds import masked_passages

    with _library() as library:
        reports = library.reports(name)
    for report in reports:
        click.echo(f"{report.name}  {report.title}")
        year = f"{report.year} 年" if report.year else "年度不明"
        click.echo(
            f"  单位：{report.unit or '没有写明'}  类型：{report.unit_type}  文种：{report.kind}  {year}"
        )
        for line in report.notices:
            click.echo(f"  {line}")
        click.echo("  章节：")
        for heading in outline(report.paragraphs, report.unit):
            mark = "" if heading.given else "（编号为补）"
            click.echo(f"  {'  ' * heading.level}{heading.number} {heading.text}{mark}")
        click.echo(f"  清理 {len(report.repairs)} 处" + ("：" if report.repairs else ""))
        for repair in report.repairs:
            change = f"{repair.before or '（无）'} → {repair.after or '（删去）'}"
            click.echo(f"    第 {repair.paragraph} 段 {repair.what}：{change}")
        if with_text:
            click.echo("  入库段落：")
            for passage in masked_passages(report):
                click.echo(f"    [{passage.part} {passage.topic}] {passage.text}")
    return 0


@seeds_group.command("remove")
@click.argument("names", nargs=-1, required=True, metavar="名称…")
def remove(names: tuple[str, ...]) -> int:
    """把自己添加的报告移出种子库（文件移到 removed 文件夹，不删除）。"""
    with _library() as library:
        for name in names:
            kept = library.remove(name)
            click.echo(f"已移出 {name}，原文件保存在 {kept}")
    return 0


@seeds_group.command("search")
@click.argument("query")
@click.option(
    "-k",
    "count",
    type=click.IntRange(1, 50),
    default=5,
    show_default=True,
    metavar="数",
    help="最多给出几段。",
)
@click.option("--part", default="", metavar="部分", help="只找这一部分：成效、问题、计划……")
@click.option("--topic", default="", metavar="主题", help="只找这一主题：行政复议、普法……")
@click.option(
    "--type", "unit_type", default="", metavar="类型", help="优先这类单位的报告：司法局……"
)
def search(query: str, count: int, part: str, topic: str, unit_type: str) -> int:
    """在种子库里查找写法相近的段落（数字和名称已隐去）。"""
    with _library() as library:
        hits = library.search(query, k=count, part=part, topic=topic, unit_type=unit_type)
    for number, hit in enumerate(hits, 1):
        passage = hit.passage
        path = " › ".join(passage.path)
        click.echo(
            f"{number}. [{hit.score:.2f}] {passage.seed} {passage.part} {passage.topic} {path}"
        )
        click.echo(f"   {passage.text}")
    if not hits:
        click.echo("没有找到")
    return 0


@seeds_group.command("rebuild")
def rebuild() -> int:
    """重建种子索引（原文不受影响）。"""
    with _library() as library:
        count = library.rebuild()
    click.echo(f"种子索引已重建：{count} 段")
    return 0
