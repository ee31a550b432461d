"""The command line. Each command has a file; what is heavy is imported when a command runs.

Exit codes: 0 done, all proved; 1 the run failed; 2 bad usage or input; 3 finished, but errors remain;
4 finished without errors, but doubts await confirmation.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence

import click

from fzwriter.cli import chinese, show
from fzwriter.cli.check import check_command
from fzwriter.cli.confirm import confirm_command
from fzwriter.cli.draft import draft_command
from fzwriter.cli.eval import eval_command
from fzwriter.cli.facts import facts_group
from fzwriter.cli.faults import tell
from fzwriter.cli.models import models_group
from fzwriter.cli.rewrite import rewrite_command
from fzwriter.cli.seeds import seeds_group
from fzwriter.cli.streams import patient_streams
from fzwriter.errors import FzwriterError, reason
from fzwriter.settings import unknown_variables


@click.group(cls=chinese.Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fzwriter", message="fzwriter %(version)s", help="显示版本号。")
def cli() -> None:
    """法治 writer：由本单位的数据起草法治政府建设报告，并证明报告里的每个数字都有出处。

    结果代码：0 完成，都有出处；1 运行失败；2 用法或输入不对；3 还有错误；4 没有错误，但有存疑待核。
    """
    if line := unknown_variables():
        show.notice(line)


cli.add_command(draft_command, "draft")
cli.add_command(rewrite_command, "rewrite")
cli.add_command(check_command, "check")
cli.add_command(confirm_command, "confirm")
cli.add_command(facts_group, "facts")
cli.add_command(seeds_group, "seeds")
cli.add_command(models_group, "models")
cli.add_command(eval_command, "eval")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with the contract's code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code. Errors are one Chinese line on stderr."""
    with patient_streams() as out:
        code = _run(arguments)
        out.flush()
        if line := out.loss():
            click.echo(line, err=True)
            code = code or 1
    return code


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = cli.main(args=arguments, prog_name="fzwriter", standalone_mode=False)
    except click.UsageError as error:
        click.echo(chinese.usage_message(error), err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断，没有写出文件。", err=True)
        return 1
    except FzwriterError as error:
        return tell(error)
    except OSError as error:  # what no command told in its own words: a full disk, a path too long
        return _told(error)
    except Exception as error:  # what no rule foresaw is told in one line too
        click.echo(f"内部错误：{type(error).__name__}: {error}。请把这一行告诉开发者。", err=True)
        return 1
    return code if isinstance(code, int) else 0


def _told(error: OSError) -> int:
    where = f"{error.filename}：" if error.filename else ""
    click.echo(" ".join(f"错误：{where}{reason(error)}".split("\n")), err=True)
    return 2 if error.errno in (errno.ENAMETOOLONG, errno.ENOTDIR, errno.ELOOP) else 1
