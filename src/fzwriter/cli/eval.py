"""``fzwriter eval``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fzwriter.cli import chinese, show
from fzwriter.cli.paths import save

if TYPE_CHECKING:
    from fzwriter.evaluation.runner import Options, Outcome

_PATH = click.Path(path_type=Path)


class _Command(chinese.Command):
    """``eval`` with one sub-command; any other first word is a folder of cases."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """The context of the sub-command where it is named first."""
        if args[:1] == ["fznum"] and not Path("fznum").is_dir():
            from fzwriter.cli.fznum import fznum_command

            return fznum_command.make_context(f"{info_name} fznum", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command(cls=_Command)
@click.argument("cases", nargs=-1, type=_PATH)
@click.option(
    "--case",
    "names",
    multiple=True,
    metavar="名称",
    help="只评名称里有这几个字的案例。可多次使用。",
)
@click.option(
    "--writer",
    multiple=True,
    metavar="写法",
    help="offline 不用模型（默认）；llm 全流程用模型；另见 --variants。",
)
@click.option(
    "--variants",
    default="",
    metavar="写法,…",
    help="并列比较的写法：offline、template、plain、no-retrieval、no-masking、full；all 是全部。",
)
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="名称",
    help="模型；可多次使用。simulated-small、simulated-large 是模拟的。",
)
@click.option("--base-url", default="", metavar="网址", help="模型服务的地址，通常以 /v1 结尾。")
@click.option(
    "--prompts",
    multiple=True,
    type=_PATH,
    metavar="文件夹",
    help="另一版提示词；可多次使用，逐版评测。",
)
@click.option("--seeds", type=_PATH, metavar="文件夹", help="用这里的种子报告，不用随附的。")
@click.option(
    "--references",
    type=_PATH,
    metavar="文件夹",
    help="参考文本，文件名与案例同名（.txt、.md、.docx）。",
)
@click.option(
    "--sections",
    default="",
    metavar="1,2,3",
    help="只写这几小节（模型很慢时用）；所评的数据和材料也只取这几小节。",
)
@click.option(
    "--out",
    type=_PATH,
    default=Path("eval-out"),
    metavar="文件夹",
    help="放结果的文件夹；默认 eval-out。同一命令再运行，接着做没做完的。",
)
@click.option(
    "--jobs", type=int, default=0, metavar="N", help="同时做几例；默认按处理器核数，用模型时为 1。"
)
@click.option("--rescore", is_flag=True, help="不再起草，只给已有的文字重新评分。")
@click.option(
    "--compare",
    nargs=2,
    default=None,
    metavar="甲 乙",
    help="比较两份结果：结果文件夹、“文件夹:写法”，或 --out 里的写法。",
)
@click.option(
    "--judge",
    default="",
    metavar="模型",
    help="与 --compare 同用：请模型逐例评哪篇写得好，前后各评一次。",
)
@click.option(
    "--fail-under",
    multiple=True,
    metavar="评分项=值",
    help="平均分达不到就以代码 3 结束。可多次使用。",
)
@click.option(
    "--thresholds", type=_PATH, metavar="文件", help="阈值文件（.yaml）；达不到就以代码 3 结束。"
)
def eval_command(**given: Any) -> int:
    """评测：逐例起草、改写、核验，逐项评分，出对照表和网页。

    CASES 是案例文件夹（每例一个文件夹，内有 facts.yaml 或 facts.xlsx，可另有 case.yaml）；不写就用随附的案例。
    评数字核验本身，用 fzwriter eval fznum（另见它的 --help）。
    """
    if given["compare"]:
        return _compare(given)
    options = _options(given)
    return _run(options, given)


def _run(options: Options, given: dict[str, Any]) -> int:
    from fzwriter.evaluation import gate, summary
    from fzwriter.evaluation.runner import run

    bounds = [gate.parse(text) for text in given["fail_under"]]
    if given["thresholds"]:
        bounds += gate.load_thresholds(given["thresholds"])
    outcome = run(options, show.progress)
    for line in outcome.notices:
        show.notice(line)
    found = summary.summarise(outcome.drafts, outcome.scores)
    _write(options.out, outcome)
    click.echo(summary.as_text(found))
    click.echo(f"逐例结果和原文：{given['out'] / 'report.html'}")
    for line in outcome.problems:
        click.echo(f"没有结果：{line}", err=True)
    refused = _refused(options, outcome)
    for line in refused:
        click.echo(f"没有写成：{line}", err=True)
    if outcome.missing:
        click.echo(f"还没有起草的：{len(outcome.missing)} 例（去掉 --rescore 即可补上）", err=True)
    lines = gate.fallen(summary.paired(outcome.drafts, outcome.scores), bounds)
    for line in lines:
        click.echo(f"没有达到：{line}", err=True)
    if outcome.problems:
        return 1
    return 3 if lines or refused else 0


def _refused(options: Options, outcome: Outcome) -> list[str]:
    """Cases whose input can't be used, save those that are there to be refused."""
    meant = {case.name for case in options.cases if case.expect.exit == 2}
    return [
        f"{draft['case']} {draft['system']}：{draft['message']}"
        for draft in outcome.drafts
        if draft["status"] == "refused" and draft["case"] not in meant
    ]


def _write(out: Path, outcome: Outcome) -> None:
    """The summary as JSON and as a Markdown table, and the page."""
    from fzwriter.evaluation import summary
    from fzwriter.evaluation.page import page_html

    found = summary.summarise(outcome.drafts, outcome.scores)
    text = json.dumps(found.as_json(), ensure_ascii=False, indent=1)
    save(
        {
            out / "summary.json": f"{text}\n".encode(),
            out / "summary.md": summary.as_markdown(found).encode(),
            out / "report.html": page_html(outcome.drafts, outcome.scores).encode(),
        }
    )


def _options(given: dict[str, Any]) -> Options:
    from fzwriter.cli.making import with_base_url
    from fzwriter.errors import ConfigError, InputError
    from fzwriter.evaluation.cases import load_cases
    from fzwriter.evaluation.runner import Options, default_jobs
    from fzwriter.evaluation.simulated import simulated_names
    from fzwriter.evaluation.variants import find_variants
    from fzwriter.resources import shipped

    settings = with_base_url(given["base_url"])
    variants = find_variants(",".join((*given["writer"], given["variants"])) or "offline")
    needing = [v.name for v in variants if v.model]
    models = list(given["models"]) or ([settings.model] if settings.model else [])
    if needing and not models:
        raise ConfigError(
            f"写法 {'、'.join(needing)} 要用模型，没有设模型",
            remedy="请加 --model，或用 --model simulated-small 试算",
        )
    unknown = [m for m in models if m.startswith("simulated") and m not in simulated_names()]
    if unknown:
        raise ConfigError(
            f"没有模拟模型“{unknown[0]}”", remedy=f"可用：{'、'.join(simulated_names())}"
        )
    for key in ("seeds", "references"):
        if given[key] and not given[key].is_dir():
            raise InputError("找不到文件夹", path=given[key], remedy=f"请核对 --{key}")
    return Options(
        cases=load_cases(given["cases"] or [shipped("cases")], given["names"]),
        variants=variants,
        models=models,
        out=given["out"].absolute(),
        settings=settings,
        seeds=given["seeds"],
        prompts=_prompts(given["prompts"]),
        references=given["references"],
        pieces=_pieces(given["sections"]),
        jobs=given["jobs"] or _jobs(models if needing else [], default_jobs()),
        rescore=given["rescore"],
    )


def _jobs(models: list[str], cores: int) -> int:
    """One at a time for a real model, whose own requests run side by side already."""
    return 1 if any(not name.startswith("simulated-") for name in models) else cores


def _prompts(folders: tuple[Path, ...]) -> dict[str, Path | None]:
    from fzwriter.errors import InputError

    versions: dict[str, Path | None] = {"": None}
    for folder in folders:
        if not folder.is_dir() or not any(folder.glob("*.md")):
            raise InputError(
                "提示词文件夹里没有 .md 文件",
                path=folder,
                remedy="如 system.md、section.md、repair.md",
            )
        versions[folder.resolve().name] = folder
    return versions


def _pieces(text: str) -> tuple[int, ...]:
    from fzwriter.errors import InputError

    parts = [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise InputError(f"--sections 应是小节的序号，现为“{text}”", remedy="如 --sections 1,2,3")
    return tuple(dict.fromkeys(int(part) for part in parts))


def _compare(given: dict[str, Any]) -> int:
    from fzwriter.evaluation import compare

    first, second = given["compare"]
    one, other = compare.load(first, given["out"]), compare.load(second, given["out"])
    click.echo(f"甲：{first}（{len(one)} 例）；乙：{second}（{len(other)} 例）")
    click.echo(compare.as_text(compare.compare(one, other)))
    if given["judge"]:
        from fzwriter.cli.making import with_base_url
        from fzwriter.evaluation.judge import judge_pairs, told

        verdicts = judge_pairs(
            one,
            other,
            given["judge"],
            with_base_url(given["base_url"]),
            given["out"],
            show.progress,
        )
        click.echo(told(verdicts))
    return 0
