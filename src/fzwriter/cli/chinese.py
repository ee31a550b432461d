"""Click in Chinese: help pages and usage errors."""

from __future__ import annotations

from typing import Any

import click


class _Help:
    """Help pages with Chinese headings; mixed into commands and groups."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """``用法：fzwriter draft [选项] FACTS``."""
        pieces = [piece.replace("[OPTIONS]", "[选项]") for piece in self.collect_usage_pieces(ctx)]  # type: ignore[attr-defined]
        pieces = [p.replace("COMMAND [ARGS]...", "命令 [参数]...") for p in pieces]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Arguments are told in the text; options under 选项, sub-commands under 命令."""
        rows = [r for p in self.get_params(ctx) if (r := p.get_help_record(ctx)) is not None]  # type: ignore[attr-defined]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl(
                    [(name, text.replace("[required]", "（必填）")) for name, text in rows]
                )
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option, explained in Chinese."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示这页说明。"
        return option  # type: ignore[no-any-return]


class Command(_Help, click.Command):
    """A command with a Chinese help page."""


class Group(_Help, click.Group):
    """A group with a Chinese help page."""

    command_class = Command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The sub-commands under 命令."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, (command.help or "").strip().split("\n")[0]))
        if rows:
            with formatter.section("命令"):
                formatter.write_dl(rows)


def usage_message(error: click.UsageError) -> str:
    """One Chinese line for a usage error."""
    command = error.ctx.command_path if error.ctx else "fzwriter"
    return f"用法错误：{_reason(error)}。用 {command} --help 查看用法"


def _reason(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        hint = f"，是不是 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{hint}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_name(error.param)}"
    if isinstance(error, click.BadParameter):
        return f"{_name(error.param)} 的值不对：{error.message}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 缺少取值"
    message = error.message
    if message.startswith("No such command"):
        return f"没有命令 {message.partition(' command ')[2].rstrip('.')}"
    if message.startswith("Missing command"):
        return "缺少命令"
    if message.startswith("Got unexpected extra argument"):
        return f"多余的参数 {message.partition('(')[2].rstrip(')')}"
    return message


def _name(parameter: Any) -> str:
    if parameter is None:
        return "参数"
    if isinstance(parameter, click.Option):
        return str(parameter.opts[-1])
    return str(parameter.human_readable_name)
