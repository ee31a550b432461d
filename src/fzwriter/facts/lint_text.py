"""Texts of a sheet that don't belong in a report: orders to the writer, blanks left unfilled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fzwriter.facts.lint_common import quoted
from fzwriter.facts.model import FactSheet

# Orders to whoever writes (also read by ``orders``). 忽略 and 要求 by themselves are words of any report.
ORDERS = re.compile(
    r"(?:忽略|忘记|忘掉|不要理会|不理会|跳过)掉?(?:以上|上述|上面|前面|前文|此前|之前|先前|全部|所有|一切)"
    r"|(?:以上|上述|前面|前文|之前)(?:所有|全部)?的?(?:指令|提示词|设定)"
    r"|(?:以上|上述|前面)(?:所有|全部)?的?要求(?:作废|无效|不算|改为)"
    r"|(?<![邀聘申提报恳])请(?:你|直接|务必|重新|只|仅|帮我|按){0,4}"
    r"(?:输出|写|改写|续写|生成|翻译|扮演|回答|复述|返回|忽略)"
    r"|(?<![邀聘申提报恳])请在?(?:报告|正文|文中|本节|这里|此处)"
    r"|(?:报告|正文|文中|此处)[里中]?(?:请|务必|必须|要)(?:写|注明)"
    r"|你(?:是|现在是|将扮演|要扮演|的任务|必须|应当|需要)"
    r"|作为一[个名位](?:AI|人工智能|语言模型|大模型|助手)|作为(?:AI|人工智能|大)?(?:语言模型|助手)"
    r"|系统提示词|提示词|开发者模式"
    r"|system\s{0,4}(?:prompt|message)|(?:ignore|disregard|forget)\s{1,4}(?:(?:all|any|the|my|your)\s{1,4}){0,4}"
    r"(?:previous|above|prior|earlier|instructions?)|you\s{1,4}are\s{1,4}(?:a|an|now)\b"
    r"|<\|?/?(?:im_start|im_end|system|user|assistant)\b|\[/?INST\]",
    re.IGNORECASE,
)
_TOLD = 16  # characters of a text that tell which it is
_SLOTS = re.compile(r"\[\[|\]\]")
_BLANKS = re.compile(
    r"[×✕]{2,}|(?<![A-Za-z0-9])[xX]{2,}(?![A-Za-z0-9])|(?<![A-Za-z0-9])[xX]\.[xX](?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])[xX×✕](?=[年月日件次人个份号名起场期家县市区镇乡局])"
    r"|【[^【】]*】|_{2,}|＿{2,}|\*{2,}|〔\s*〕|待填|待补充|此处填写|TODO|TBD"
)


@dataclass(frozen=True)
class SuspectText:
    """A text with an order or a blank in it."""

    place: str
    message: str
    ids: tuple[str, ...]


def find_suspect_texts(sheet: FactSheet) -> Iterator[SuspectText]:
    """Every text of the sheet that gives orders, imitates a slot or was left unfilled."""
    for place, id, owner, text in _texts(sheet):
        ids = (id,) if id else ()
        if found := ORDERS.search(text):
            message = f"{owner}里有像是指令的话“{found[0]}”，写稿时略去，请核对是否误填"
            yield SuspectText(place, message, ids)
        if found := _SLOTS.search(text):
            message = f"{owner}里有“{found[0]}”，与数据占位标记混淆，请删去"
            yield SuspectText(place, message, ids)
        if found := _BLANKS.search(text):
            yield SuspectText(place, f"{owner}里有未填写的空白“{found[0]}”，请补全或删去", ids)


def _texts(sheet: FactSheet) -> Iterator[tuple[str, str, str, str]]:
    """Place, id, whose text it is, text: of all that may reach a report or a prompt."""
    yield "", "", "单位名称", sheet.unit.name
    yield "", "", "单位地区", sheet.unit.region
    yield "", "", "标题", sheet.document.title
    yield "", "", "主送机关", sheet.document.addressee
    for heading in sheet.document.outline:
        yield "", "", "提纲", heading
    for fact in sheet.facts:
        of = f"数据{_brief(fact.name)}的"
        yield fact.source, fact.id, f"{of}名称", fact.name
        yield fact.source, fact.id, f"{of}主题", fact.topic
        yield fact.source, fact.id, f"{of}备注", fact.note
        for alias in fact.aliases:
            yield fact.source, fact.id, f"{of}别名", alias
    for derived in sheet.derived:
        yield derived.source, derived.id, f"推算数据{_brief(derived.name)}的名称", derived.name
    for statement in sheet.statements:
        of = f"文字材料{_brief(statement.text)}"
        yield statement.source, statement.id, f"{of}的主题", statement.topic
        yield statement.source, statement.id, of, statement.text
    for term in sheet.terms:
        yield "", "", "固定说法", term


def _brief(text: str) -> str:
    return quoted(text if len(text) <= _TOLD else f"{text[:_TOLD]}……")
