"""``fzwriter models``: the providers known, and whether the model that is set answers."""

from __future__ import annotations

import click

from fzwriter.cli import chinese


@click.group(cls=chinese.Group, invoke_without_command=True)
@click.pass_context
def models_group(context: click.Context) -> None:
    """列出常用的模型服务，查看和测试所设的模型。"""
    if context.invoked_subcommand is None:
        _list()


@models_group.command("test")
@click.option("--model", default="", metavar="名称", help="模型；默认是 FZWRITER_MODEL。")
@click.option(
    "--base-url", default="", metavar="网址", help="模型服务的地址；默认是 FZWRITER_BASE_URL。"
)
def test_command(model: str, base_url: str) -> int:
    """问模型一句话，说明它能不能用；不能用时说明原因。"""
    from dataclasses import replace

    from fzwriter.cli.making import with_base_url
    from fzwriter.llm import EndpointModel, Message
    from fzwriter.pipeline.models import endpoint_of

    endpoint = replace(endpoint_of(with_base_url(base_url), model), retries=1)
    click.echo(f"正在询问 {endpoint.model}（{endpoint.where}）……", err=True)
    schema = {
        "type": "object",
        "properties": {"answer": {"type": "string"}},
        "required": ["answer"],
        "additionalProperties": False,
    }
    question = Message("user", '请只输出 JSON：{"answer": "可以"}')
    chat = EndpointModel(endpoint)
    answer = chat.complete([question], schema=schema, max_tokens=200, temperature=0)
    kept = "按 JSON 作答" if answer.parsed is not None else "不按 JSON 作答，将按普通文字读取"
    click.echo(
        f"模型可用：{answer.seconds:.1f} 秒答完，{kept}；上下文按 {chat.context:,} 词元计"
        f"{'；是小模型，将用简短的提示词' if chat.traits.small else ''}"
    )
    return 0


def _list() -> None:
    import os

    from fzwriter.llm import find_price, presets
    from fzwriter.settings import Settings

    settings = Settings.from_environ()
    for preset in presets().values():
        key = "不需要密钥"
        if preset.key:
            key = f"密钥变量 {preset.key}（{'已设' if os.environ.get(preset.key) else '未设'}）"
        click.echo(
            f"{preset.name:12} {preset.label}：{preset.base_url}，{key}，上下文 {preset.context:,}"
        )
        price = find_price(preset.base_url, preset.model, settings.home / "prices.yaml")
        cost = (
            f"，每百万词元输入 {price.prompt}、输出 {price.completion} {price.currency}（{price.as_of}）"
            if price
            else ""
        )
        click.echo(f"{'':12} 例：--model {preset.name}/{preset.model}{cost}")
    if settings.model:
        click.echo(
            f"现在所设的模型：{settings.model}{'，' + settings.base_url if settings.base_url else ''}"
        )
    else:
        click.echo(
            "现在没有设模型，用离线写法；设 FZWRITER_MODEL 和 FZWRITER_BASE_URL，或用 --model、--base-url"
        )
