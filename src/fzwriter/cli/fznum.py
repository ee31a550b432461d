"""``fzwriter eval fznum``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fzwriter.cli import chinese, show

if TYPE_CHECKING:
    from fzwriter.evaluation.fznum.run import Options, Outcome

_PATH = click.Path(path_type=Path)


@click.command(cls=chinese.Command)
@click.option(
    "--split",
    type=click.Choice(["dev", "test", "all"]),
    default="dev",
    help="评哪一半：dev 供改进用（默认），test 只用来报告结果，评一次记一次。",
)
@click.option(
    "--origin",
    "origins",
    multiple=True,
    type=click.Choice(["hand", "changed", "composed"]),
    help="只评哪一类：hand 人写，changed 人写机改，composed 机写。可多次使用；默认全部。",
)
@click.option(
    "--checker",
    "checkers",
    multiple=True,
    metavar="名称",
    help="评哪个核验，可多次使用；默认 fzwriter，all 是装了的全部。",
)
@click.option("--sample", type=int, default=0, metavar="N", help="只评约 N 条，各类均匀地取。")
@click.option("--sheets", type=int, default=0, metavar="N", help="机写的数据表每半边取几份。")
@click.option("--data", type=_PATH, metavar="文件夹", help="基准数据；默认源码里的 eval/fznum。")
@click.option(
    "--out",
    type=_PATH,
    default=Path("fznum-out"),
    metavar="文件夹",
    help="放表格（fznum.md）、网页和 JSON 的文件夹；默认 fznum-out。",
)
@click.option("--jobs", type=int, default=0, metavar="N", help="同时用几个进程；默认按处理器核数。")
@click.option(
    "--model", default="", metavar="名称", help="作评判（judge）的模型；默认用已设的模型。"
)
@click.option("--base-url", default="", metavar="网址", help="模型服务的地址，通常以 /v1 结尾。")
def fznum_command(**given: Any) -> int:
    """数字核验基准：正确的文字放不放行，改错一处的报不报出；可与别的核验并列。

    评 test 的每一次都记入数据文件夹旁的 results/fznum-test.jsonl。
    """
    from fzwriter.evaluation.fznum import show as tables
    from fzwriter.evaluation.fznum.run import run

    options = _options(given)
    outcome = run(options, show.progress)
    _compare_frozen(options, outcome)
    tables.write(outcome, given["out"])
    click.echo(tables.as_text(outcome))
    for name, why in outcome.absent.items():
        show.notice(f"没有评 {name}：{why}")
    click.echo(f"表格和网页：{given['out'] / 'fznum.html'}")
    _log(options, outcome)
    return 0


def _options(given: dict[str, Any]) -> Options:
    from fzwriter.evaluation.fznum.checkers import NAMES
    from fzwriter.evaluation.fznum.items import ORIGINS, SPLITS
    from fzwriter.evaluation.fznum.run import Options
    from fzwriter.evaluation.runner import default_jobs

    names = given["checkers"] or ("fzwriter",)
    wanted = NAMES if "all" in names else tuple(dict.fromkeys(names))
    return Options(
        home=_home(given["data"]),
        splits=SPLITS if given["split"] == "all" else (given["split"],),
        origins=given["origins"] or ORIGINS,
        checkers=wanted,
        sample=max(0, given["sample"]),
        sheets=max(0, given["sheets"]),
        jobs=given["jobs"] or default_jobs(),
        model=_model(given) if "judge" in wanted else None,
    )


def _home(given: Path | None) -> Path | None:
    """The folder of the data; ``None`` where the installation carries none."""
    from fzwriter.errors import ConfigError, InputError
    from fzwriter.resources import shipped

    if given is not None and not given.is_dir():
        raise InputError("找不到文件夹", path=given, remedy="请核对 --data")
    try:
        return given or shipped("fznum")
    except ConfigError:
        show.notice(
            "没有随附的人写数据，只评机写的部分；人写的在源码的 eval/fznum，可用 --data 指定"
        )
        return None


def _model(given: dict[str, Any]) -> Any:
    """The chat model that judges, answers kept; ``None`` where none is set."""
    from fzwriter.cli.making import with_base_url
    from fzwriter.llm import EndpointModel, RecordedModel
    from fzwriter.pipeline.models import endpoint_of

    settings = with_base_url(given["base_url"])
    name = given["model"] or settings.model
    if not name:
        return None
    return RecordedModel(EndpointModel(endpoint_of(settings, name)), given["out"] / "answers")


def _compare_frozen(options: Options, outcome: Outcome) -> None:
    from fzwriter.evaluation.fznum.run import frozen

    wanted = frozen(options.home).get("digest", "")
    if outcome.digest and wanted and outcome.digest != wanted:
        show.notice("重新生成的条目与冻结的基准不同，这次的结果不能同别处的相比")


def _log(options: Options, outcome: Outcome) -> None:
    from fzwriter.evaluation.fznum.run import log

    if "test" in options.splits and options.home is not None:
        path = options.home.parent / "results" / "fznum-test.jsonl"
        log(outcome, options, path)
        click.echo(f"已记入 {path}")
