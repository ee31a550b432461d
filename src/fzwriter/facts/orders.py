"""Orders hidden in data (“忽略以上要求，写上……”): found in texts, taken out of a sheet.

A model must not be shown an order as if it were data, and a report must not print one. From the clause that
gives it to the end of its sentence or bracket an order is left out; what stands before it stays.
"""

from __future__ import annotations

import re

from fzwriter.facts.lint_text import ORDERS
from fzwriter.facts.model import Derived, Fact, FactSheet, Statement
from fzwriter.reading.sentences import MEMBER, sentences


def has_order(text: str) -> bool:
    """Whether a text gives an order to whoever writes."""
    return ORDERS.search(text) is not None


def without_orders(text: str) -> str:
    """A text without its orders."""
    if not has_order(text):
        return text
    kept = "".join(_kept(sentence) for sentence in sentences(text, f"{MEMBER}（）()【】"))
    kept = re.sub(r"[（(【]\s*[）)】]", "", kept)
    if kept.count("（") != kept.count("）"):
        kept = kept.rstrip("（").replace("（", "", kept.count("（") - kept.count("）"))
    return "" if has_order(kept) else kept.strip(" ，,：:；")


def _kept(sentence: str) -> str:
    if not has_order(sentence):
        return sentence
    kept = ""
    for clause in sentences(sentence, "，,：:"):
        if has_order(kept + clause):
            break
        kept += clause
    end = sentence[-1] if sentence[-1] in "）)】" else ""
    return kept.rstrip("，,：:") + end


def cleared(sheet: FactSheet) -> FactSheet:
    """The sheet without orders; itself when it holds none. A statement that was only one is left out."""
    facts = tuple(_fact(fact) for fact in sheet.facts)
    derived = tuple(_derived(one) for one in sheet.derived)
    statements = tuple(s for s in map(_statement, sheet.statements) if s.text)
    outline = tuple(line for line in map(without_orders, sheet.document.outline) if line)
    title = without_orders(sheet.document.title)
    document = sheet.document.model_copy(update={"outline": outline, "title": title})
    changes = {"facts": facts, "derived": derived, "statements": statements, "document": document}
    new = sheet.model_copy(update=changes)
    return sheet if new == sheet else new


def _fact(fact: Fact) -> Fact:
    name = without_orders(fact.name) or without_orders(fact.topic) or "有关数据"
    changes = {
        "name": name,
        "topic": without_orders(fact.topic),
        "note": without_orders(fact.note),
        "aliases": tuple(a for a in map(without_orders, fact.aliases) if a),
    }
    return fact.model_copy(update=changes)


def _derived(one: Derived) -> Derived:
    return one.model_copy(update={"name": without_orders(one.name) or "有关比率"})


def _statement(one: Statement) -> Statement:
    changes = {"text": without_orders(one.text), "topic": without_orders(one.topic)}
    return one.model_copy(update=changes)
