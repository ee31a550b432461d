"""``fzwriter seeds``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fzwriter.cli import chinese, show

if TYPE_CHECKING:
    from fzwriter.seeds import SeedLibrary


def _library() -> SeedLibrary:
    from fzwriter.resources import shipped
    from fzwriter.seeds import SeedLibrary
    from fzwriter.settings import Settings

    settings = Settings.from_environ()
    return SeedLibrary.open(
        settings.home, shipped("seeds"), settings.chroma_url, show.progress, notify=show.notice
    )


@click.group(cls=chinese.Group)
def seeds_group() -> None:
    """种子库：供参考写法的现成报告。"""


@seeds_group.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
def add(paths: tuple[Path, ...]) -> int:
    """把报告（.docx、.txt、.md 或文件夹）加进种子库。"""
    with _library() as library:
        summary = library.add(paths)
    click.echo(
        f"加入报告 {summary.reports} 份，章节 {summary.sections} 个，段落 {summary.passages} 段"
    )
    for info in summary.added:
        click.echo(
            f"  {info.name}  {info.title}（{info.unit_type or '类型不明'}，{info.year or '年份不明'}）"
        )
        for line in info.notices:
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
