"""``fzwriter check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fzwriter.cli import chinese, show
from fzwriter.cli.paths import PAGES, VERDICTS, refuse_overwriting, save, writable

if TYPE_CHECKING:
    from fzwriter.documents import Document
    from fzwriter.report import CheckReport


@click.command(cls=chinese.Command)
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--facts",
    required=True,
    type=click.Path(path_type=Path),
    metavar="文件",
    help="本单位的数据文件。",
)
@click.option(
    "--against",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="文件",
    help="参考过的别的报告；其中的数字和名称不得出现。可多次使用。",
)
@click.option(
    "--json",
    "json_path",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="把核验结果存为 JSON；写 - 则打印。",
)
@click.option(
    "--html",
    "html_path",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="把核验结果写成校核页（.html），每个数字标明出处。",
)
@click.option(
    "--final",
    "final_path",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="没有错误、没有存疑时写出报送稿（.docx）：去掉文件里的标记和台账。",
)
def check_command(
    report: Path,
    facts: Path,
    against: tuple[Path, ...],
    json_path: Path | None,
    html_path: Path | None,
    final_path: Path | None,
) -> int:
    """核验一份报告里的每个数字。

    REPORT 是报告（.docx、.txt 或 .md），谁写的、改没改过都可以。本程序起草的 .docx 改过之后，还会说明每个数字与原稿相比有什么变化。

    结果代码：0 都有出处；3 还有错误；4 没有错误，但有存疑待核（见 fzwriter confirm）。
    """
    from fzwriter.cli.jsonout import save_verdict
    from fzwriter.documents import read_text
    from fzwriter.facts import load_facts, settled
    from fzwriter.pipeline.confirming import confirmations_path, judge, load_confirmations
    from fzwriter.pipeline.found_ledger import SIDECAR
    from fzwriter.pipeline.returned import compare, report_of

    ledger = report.parent / f"{report.stem}{SIDECAR}"  # is read as well, where there is one
    inputs = (report, ledger, facts, confirmations_path(facts), *against)
    refuse_overwriting(inputs, (json_path, html_path, final_path))
    writable(json_path, VERDICTS)
    writable(html_path, PAGES)
    if final_path is not None:
        _refuse_final(report, final_path)
    sheet = load_facts(facts)
    confirmations = load_confirmations(facts)
    document = read_text(report)
    sources = [read_text(path).text for path in against]
    for line in (*document.repairs, *(f"数据提醒：{f.line}" for f in settled(sheet))):
        show.notice(line)
    text = document.printed
    judged = judge(document, sheet, sources, confirmations)
    verdict = judged.verdict
    for line in judged.lapsed:
        show.notice(line)
    comparison = compare(document, verdict)
    if json_path is not None:
        save_verdict(verdict, text, json_path, comparison)
    if html_path is not None:
        from fzwriter.output.page import page_html

        notice = "" if verdict.ok else f"还有 {show.left(verdict)}，核实前不得报送"
        read = report_of(document, verdict)
        page = page_html(read, judged.sheet, notice=notice, files=(report, facts))
        save({html_path: page.encode()})
    if str(json_path) != "-":
        click.echo(show.verdict_line(verdict))
        show.issues(verdict, text)
        if comparison is not None:
            show.changes(comparison)
    done = final_path is None or _write_final(document, verdict, final_path)
    return verdict.exit_code or (0 if done else 3)


def _refuse_final(report: Path, final: Path) -> None:
    """Say before any work what can't become a copy to file."""
    from fzwriter.errors import InputError

    if report.suffix.lower() != ".docx":
        raise InputError("只有 .docx 能去掉标记成为报送稿", path=report, remedy="请去掉 --final")
    if final.suffix.lower() != ".docx":
        raise InputError("不认识的输出格式", path=final, remedy="--final 的文件名请以 .docx 结尾")


def _write_final(document: Document, verdict: CheckReport, final: Path) -> bool:
    """Write the copy to file if nothing stands against it; whether it was written."""
    from fzwriter.documents import read_word
    from fzwriter.errors import InternalError
    from fzwriter.output.strip import strip_provenance

    data = strip_provenance(document.path.read_bytes(), document.path)
    clean = read_word(data, document.path)
    if clean.printed != document.printed or clean.ledger:
        raise InternalError("报送稿与核验过的文字不一致，没有写出")
    reasons = []
    if not verdict.ok:
        reasons.append(f"还有 {show.left(verdict)}")
    if clean.tracked:
        reasons.append("文件里还有修订，请先在 Word 中接受或拒绝全部修订")
    if clean.comments:
        reasons.append(f"文件里还有 {clean.comments} 条批注，请先删去")
    if clean.hidden:
        reasons.append(f"文件里还有 {clean.hidden} 处隐藏文字，没有核验，请先删去")
    if reasons:
        show.notice(f"没有生成报送稿：{'；'.join(reasons)}")
        return False
    save({final: data})
    click.echo(f"已生成报送稿：{final}")
    return True
