"""The confirmations file that lies beside a facts file, and the check that heeds it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from fzwriter.check import check
from fzwriter.check.confirm import (
    NONE,
    Alias,
    Basis,
    Claim,
    Confirmation,
    Confirmations,
    claims,
    confirmation,
    lapsed,
    settled,
    with_aliases,
)
from fzwriter.documents import Document
from fzwriter.errors import InputError
from fzwriter.facts import Derived, Fact, FactSheet
from fzwriter.output import write_bytes
from fzwriter.pipeline.checking import check_document
from fzwriter.report import CheckReport

ENDING = ".确认.json"
VERSION = 1
_LARGEST = 20 * 1024 * 1024
_REMEDY = "请恢复它，或把它移走后重新确认"


@dataclass(frozen=True)
class Judged:
    """A file checked with what was confirmed for its facts.

    Attributes:
        verdict: with the confirmed doubts settled.
        claims: all doubts, settled ones too, in the order of the text; the list's numbers go by it.
        lapsed: confirmations that hold no more, one Chinese line each.
        sheet: that it was checked against, aliases included.
    """

    verdict: CheckReport
    claims: tuple[Claim, ...]
    lapsed: tuple[str, ...]
    sheet: FactSheet

    def settles(self, claim: Claim) -> str:
        """Who confirmed the claim and when, with the doubt; "" while it is open."""
        at = claim.mention.start if claim.mention else claim.issue.start
        told = [m.why for m in self.verdict.mentions if m.start == at and m.status == "confirmed"]
        told += [
            i.message for i in self.verdict.issues if i.start == at and i.severity == "warning"
        ]
        return next((why for why in told if why.endswith(claim.issue.message)), "")


def judge(
    document: Document,
    sheet: FactSheet,
    sources: Sequence[str] = (),
    confirmations: Confirmations = NONE,
) -> Judged:
    """Check a file against its facts, with the aliases and confirmations that people gave."""
    known = with_aliases(sheet, confirmations)
    raw = check_document(document, known, sources)
    text = document.printed
    return Judged(
        settled(raw, text, known, confirmations),
        claims(raw, text, known),
        lapsed(raw, text, known, confirmations),
        known,
    )


def check_confirmed(
    text: str, sheet: FactSheet, sources: Sequence[str], confirmations: Confirmations
) -> CheckReport:
    """``check`` of a draft of our own, with what was confirmed for its facts."""
    known = with_aliases(sheet, confirmations)
    return settled(check(text, known, sources), text, known, confirmations)


def confirmations_path(facts: Path) -> Path:
    """Where what was confirmed for a facts file is kept: 数据.xlsx → 数据.确认.json."""
    return facts.with_name(facts.stem + ENDING)


def load_confirmations(facts: Path) -> Confirmations:
    """What was confirmed for a facts file; nothing where there is no such file.

    Raises:
        InputError: the file can't be read, is damaged or of a later version.
    """
    path = confirmations_path(facts)
    try:
        if not path.exists():
            return NONE
        if path.stat().st_size > _LARGEST:
            raise InputError("确认记录太大", path=path, remedy=_REMEDY)
        body = json.loads(path.read_text("utf-8-sig"))
        version = body["version"]
        if isinstance(version, int) and version > VERSION:
            raise InputError("确认记录是更新的版本写的", path=path, remedy="请升级 fzwriter")
        return Confirmations(
            tuple(map(_confirmation, body["confirmed"])), tuple(map(_alias, body["aliases"]))
        )
    except OSError as error:
        raise InputError("确认记录读不出来", path=path, remedy="请检查权限") from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InputError("确认记录已损坏", path=path, remedy=_REMEDY) from error


def save_confirmations(facts: Path, confirmations: Confirmations) -> Path:
    """Write what was confirmed beside the facts file, atomically; where it is.

    Raises:
        InputError: it can't be written there; what was there stays.
    """
    path = confirmations_path(facts)
    body = {"version": VERSION, **asdict(confirmations)}
    write_bytes(path, json.dumps(body, ensure_ascii=False, indent=1).encode())
    return path


def confirmed(
    judged: Judged,
    chosen: Sequence[Claim],
    confirmations: Confirmations,
    *,
    by: str,
    alias: str = "",
) -> Confirmations:
    """The confirmations with the chosen claims settled.

    Args:
        judged: the file.
        chosen: some of its claims.
        confirmations: what was confirmed before.
        by: who confirms.
        alias: another name of the one fact that the one chosen claim stands for.

    Raises:
        InputError: the alias is given for several claims or none of a fact's, is not what the sentence
            says, or names another fact already.
    """
    on = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
    more = [confirmation(claim, by, on) for claim in chosen if not judged.settles(claim)]
    result = replace(confirmations, confirmed=(*confirmations.confirmed, *more))
    if not alias:
        return result
    new = _named(judged.sheet, chosen, alias, by, on)
    old = {(one.id, one.alias) for one in confirmations.aliases}
    if (new.id, new.alias) in old:
        return result
    return replace(result, aliases=(*confirmations.aliases, new))


def _named(sheet: FactSheet, chosen: Sequence[Claim], alias: str, by: str, on: str) -> Alias:
    if len(chosen) != 1:
        raise InputError("别名要一处一处地定", remedy="带 --alias 时请只写一个序号")
    (claim,) = chosen
    basis = claim.basis
    if len(basis) != 1 or basis[0].sort not in ("fact", "derived"):
        raise InputError("这一处说的不是某一项数据本身，不能定别名", remedy="请去掉 --alias")
    if alias not in claim.clause:
        raise InputError(f"这句话里没有“{alias}”", remedy="别名请照抄这句话里的叫法")
    given: tuple[Fact | Derived, ...] = (*sheet.facts, *sheet.derived)
    for one in given:
        if one.id != basis[0].id and alias in (one.name, *one.aliases):
            raise InputError(
                f"“{alias}”已是另一项数据“{one.name}”的名称", remedy="请换一个叫法，或去掉 --alias"
            )
    return Alias(basis[0].id, basis[0].name, alias, by, on)


def _confirmation(item: Mapping[str, Any]) -> Confirmation:
    at, (copy, copies) = item["at"], item["copy"]
    if not all(isinstance(number, int) for number in (at, copy, copies)):
        raise TypeError("no number")
    basis = tuple(
        Basis(*(_text(one, name) for name in ("id", "sort", "name", "value", "owner")))
        for one in item["basis"]
    )
    clause, words = _text(item, "clause"), _text(item, "words")
    return Confirmation(
        clause, at, words, (copy, copies), basis, _text(item, "by"), _text(item, "on")
    )


def _alias(item: Mapping[str, Any]) -> Alias:
    return Alias(*(_text(item, name) for name in ("id", "name", "alias", "by", "on")))


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text")
    return value
