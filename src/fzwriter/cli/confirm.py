"""``fzwriter confirm``."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fzwriter.cli import chinese, show

if TYPE_CHECKING:
    from fzwriter.check.confirm import Claim
    from fzwriter.pipeline.confirming import Judged


@click.command(cls=chinese.Command)
@click.argument("report", type=click.Path(path_type=Path))
@click.argument("chosen", nargs=-1, metavar="[序号]...")
@click.option(
    "--facts",
    required=True,
    type=click.Path(path_type=Path),
    metavar="文件",
    help="本单位的数据文件；确认记录存在它旁边（….确认.json）。",
)
@click.option(
    "--against",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="文件",
    help="参考过的别的报告，与 check 时相同。可多次使用。",
)
@click.option("--by", default="", metavar="姓名", help="由谁确认；默认是登录名。")
@click.option(
    "--alias",
    default="",
    metavar="名称",
    help="这一处的叫法以后也算这项数据的名称；只能随一个序号用，数据文件不改。",
)
def confirm_command(
    report: Path,
    chosen: tuple[str, ...],
    facts: Path,
    against: tuple[Path, ...],
    by: str,
    alias: str,
) -> int:
    """逐处确认报告里存疑的地方。

    REPORT 是报告（.docx、.txt 或 .md）。不写序号，只列出存疑之处，什么也不写；写序号（或校核页上的代号），
    就确认那几处。错误不能确认，只能改。那句话、那项数据或它的数一变，确认就失效。

    结果代码：0 已列出或已确认，2 用法或文件不对。
    """
    from fzwriter.documents import read_text
    from fzwriter.errors import InputError
    from fzwriter.facts import load_facts
    from fzwriter.pipeline.confirming import (
        confirmed,
        judge,
        load_confirmations,
        save_confirmations,
    )

    sheet = load_facts(facts)
    before = load_confirmations(facts)
    document = read_text(report)
    sources = [read_text(path).text for path in against]
    judged = judge(document, sheet, sources, before)
    for line in judged.lapsed:
        show.notice(line)
    if not chosen:
        if alias:
            raise InputError("没有说是哪一处", remedy="请在 --alias 之外写明一个序号")
        _list(judged, document.printed)
        return 0
    taken = list(dict.fromkeys(_find(token, judged) for token in chosen))
    claims = [judged.claims[index] for index in taken]
    who = by.strip() or _login()
    after = confirmed(judged, claims, before, by=who, alias=alias.strip())
    for index, claim in zip(taken, claims, strict=True):
        state = "早已确认" if judged.settles(claim) else "已确认"
        place = show.place_of(claim.issue, document.printed)
        click.echo(f"{state} {index + 1}. {place}：{claim.issue.message}")
    if after != before:
        path = save_confirmations(facts, after)
        click.echo(f"确认人 {who}，记在 {path}")
    left = judge(document, sheet, sources, after).verdict
    click.echo(f"还有 {len(left.doubts)} 处存疑" if left.doubts else "没有存疑的了")
    _tell_errors(left.errors)
    return 0


def _list(judged: Judged, text: str) -> None:
    for number, claim in enumerate(judged.claims, 1):
        issue = claim.issue
        told = judged.settles(claim)
        line = told or f"{issue.message}（{issue.suggestion}）"
        click.echo(f"{number}. {show.place_of(issue, text)}：{line}")
        if not told and claim.basis:
            click.echo(f"   数据文件：{'；'.join(one.name + one.value for one in claim.basis)}")
    open_ = len(judged.verdict.doubts)
    click.echo(f"存疑 {open_} 处，已确认 {len(judged.claims) - open_} 处")
    _tell_errors(judged.verdict.errors)


def _tell_errors(errors: tuple[object, ...]) -> None:
    if errors:
        show.notice(f"另有 {len(errors)} 处错误；错误不能确认，请改正，见 fzwriter check")


def _find(token: str, judged: Judged) -> int:
    """Index of the claim that a number of the list or a code of the page names.

    Raises:
        InputError: there is none.
    """
    from fzwriter.errors import InputError

    claims: tuple[Claim, ...] = judged.claims
    if token.isdecimal() and 1 <= int(token) <= len(claims):
        return int(token) - 1
    found = [index for index, claim in enumerate(claims) if claim.code == token]
    if found:
        return found[0]
    what = f"第 {token} 处" if token.isdecimal() else f"“{token}”这一处"
    raise InputError(
        f"没有{what}存疑，共 {len(claims)} 处；错误不能确认，报告或数据也可能改过",
        remedy="请不带序号再列一遍",
    )


def _login() -> str:
    from fzwriter.errors import InputError

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:  # no such user, no pwd module
        raise InputError("不知道是谁在确认", remedy="请用 --by 写明姓名") from error
