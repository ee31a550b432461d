"""Scorers of figures: traced, complete, and how well the checker holds on this very text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from fzwriter.evaluation.benchmark import Row
from fzwriter.evaluation.scorers.base import Score, Subject, share, unscored

_STATUS = {
    "traced": "数据",
    "derived": "算出",
    "statement": "材料",
    "period": "报告期",
    "permitted": "许可",
    "confirmed": "已确认",
    "doubtful": "存疑",
    "untraced": "无出处",
    "": "未判",
}
_SHOWN = 5


def traceability(subject: Subject) -> Score:
    """Share of figures and dates that trace; blanks left in the text and doubts count as untraced.

    A statement's year or a month without an input is a warning of the checker's and counts too: it
    has no trace.
    """
    counted = [m for m in subject.verdict.mentions if m.kind in ("quantity", "date", "placeholder")]
    by_status = Counter(m.status for m in counted)
    loose = [m for m in counted if m.status in ("untraced", "")]
    unsure = [m for m in counted if m.status == "doubtful"]
    told = "，".join(f"{_STATUS[s]} {n}" for s, n in by_status.most_common())
    why = f"数字和日期 {len(counted)} 处：{told}"
    for words, found in (("无出处", loose), ("存疑", unsure)):
        why += f"；{words}：{'、'.join(m.text for m in found[:_SHOWN])}" if found else ""
    return share(len(counted) - len(loose) - len(unsure), len(counted), why, status=dict(by_status))


def fact_coverage(subject: Subject) -> Score:
    """Share of the required facts and derived figures that the text prints."""
    given: tuple[object, ...] = (*subject.sheet.facts, *subject.sheet.derived)
    required = [one for one in given if getattr(one, "required", False)]
    omitted = subject.verdict.omitted
    names = {f.id: f.name for f in subject.sheet.facts}
    names |= {d.id: d.name for d in subject.sheet.derived}
    shown = "、".join(f"{i} {names[i]}" for i in omitted[:_SHOWN])
    why = f"必写数据 {len(required)} 项，漏 {len(omitted)} 项" + (f"：{shown}" if shown else "")
    return share(len(required) - len(omitted), len(required), why)


def binding(subject: Subject) -> Score:
    """Share of errors planted in this text that the checker names.

    What others write is judged by the same checker, so its figures are worth as much as this one.
    Only figures that trace can be spoilt; a text without any is unscored.
    """
    table = subject.planted
    total = table.total(table.wrong)
    if not total.n:
        return unscored("全文没有可供植入错误的数字")
    classes = {kind: [row.found, row.n] for kind, row in table.wrong.items()}
    missed = "、".join(kind for kind, row in table.wrong.items() if row.found + row.doubted < row.n)
    doubted = f"，存疑 {total.doubted} 处" if total.doubted else ""
    why = f"植入 {total.n} 处错误，查出 {total.found} 处{doubted}" + (
        f"；漏：{missed}" if missed else ""
    )
    return share(total.found, total.n, why, classes=classes)


def binding_doubts(subject: Subject) -> Score:
    """Share of errors planted in this text that the checker only holds in doubt."""
    return _doubted(subject.planted.wrong, "植入 {} 处错误，只存疑 {} 处", "植入错误")


def binding_missed(subject: Subject) -> Score:
    """Share of errors planted in this text that the checker neither names nor holds in doubt."""
    rows = subject.planted.wrong
    n = sum(row.n for row in rows.values())
    if not n:
        return unscored("全文没有可供植入错误的数字")
    classes = {kind: [row.n - row.found - row.doubted, row.n] for kind, row in rows.items()}
    missed = sum(lost for lost, _ in classes.values())
    told = "、".join(kind for kind, (lost, _) in classes.items() if lost)
    why = f"植入 {n} 处错误，漏过 {missed} 处" + (f"：{told}" if told else "")
    return share(missed, n, why, classes=classes)


def false_doubts(subject: Subject) -> Score:
    """Share of rewordings that keep every value and yet raise a doubt the text didn't have."""
    return _doubted(subject.planted.equivalents, "换了 {} 处同义说法，存疑 {} 处", "换说法")


def _doubted(rows: Mapping[str, Row], words: str, made: str) -> Score:
    n, doubted = (sum(getattr(row, name) for row in rows.values()) for name in ("n", "doubted"))
    if not n:
        return unscored(f"全文没有可供{made}的数字")
    classes = {kind: [row.doubted, row.n] for kind, row in rows.items()}
    told = "、".join(kind for kind, (found, _) in classes.items() if found)
    why = words.format(n, doubted) + (f"：{told}" if told else "")
    return share(doubted, n, why, classes=classes)


def false_alarms(subject: Subject) -> Score:
    """Share of rewordings that keep every value and yet get an error the text didn't have."""
    table = subject.planted
    total = table.total(table.equivalents)
    if not total.n:
        return unscored("全文没有可供换说法的数字")
    classes = {kind: [row.found, row.n] for kind, row in table.equivalents.items()}
    wrong = "、".join(kind for kind, (found, _) in classes.items() if found)
    why = f"换了 {total.n} 处同义说法，误报 {total.found} 处" + (f"：{wrong}" if wrong else "")
    return share(total.found, total.n, why, classes=classes)
