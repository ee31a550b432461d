"""What a sheet says in words: the strict strength and the wide one."""

from __future__ import annotations

import re

from fzwriter.facts import FactSheet
from fzwriter.facts import model as models

SHEET = FactSheet.model_validate(
    {
        "unit": {"name": "霖汀县司法局", "type": "司法局", "level": "县", "region": "霖汀县"},
        "period": 2024,
        "document": {
            "kind": "法治政府建设年度报告", "title": "关于法治的报告", "addressee": "县委",
            "issuer": "霖汀县司法局文件", "number": "霖司〔2025〕3号", "signer": "甲某", "outline": ["一、成效"],
        },
        "facts": [
            {"id": "a", "topic": "复议", "name": "收到案件", "value": 48, "unit": "件", "units": ["起"],
             "aliases": ["新收案件"], "note": "含上年结转"},
        ],
        "derived": [
            {"id": "d", "topic": "效率", "name": "办结率", "formula": "a/a", "unit": "%", "aliases": ["结案率"]}
        ],
        "statements": [{"topic": "普法", "text": "开展宣讲", "note": "待核"}],
        "terms": ["三区十室"],
    }
)  # fmt: skip
STRICT = (
    *("霖汀县司法局", "霖汀县", "收到案件", "新收案件", "办结率", "结案率", "开展宣讲", "三区十室"),
)
WIDE = (
    *("司法局", "县", "法治政府建设年度报告", "关于法治的报告", "县委", "霖汀县司法局文件"),
    *(
        "霖司〔2025〕3号",
        "甲某",
        "一、成效",
        "复议",
        "件",
        "起",
        "含上年结转",
        "效率",
        "%",
        "普法",
        "待核",
    ),
)


def test_strict_is_what_may_be_stated_and_wide_is_every_word() -> None:
    assert sorted(SHEET.said.strict.split("\n")) == sorted(STRICT)
    assert sorted(SHEET.said.wide.split("\n")) == sorted({*STRICT, *WIDE})


def test_wide_leaves_no_word_of_the_model_out() -> None:
    """A field added to the model is added here, or named as one that says nothing."""
    silent = {
        "id", "source", "notices", "unsettled", "value", "previous", "approx", "parts_of", "formula",
        "digits", "date", "length", "kind", "period", "required", "parts_complete",
    }  # fmt: skip
    said = SHEET.said.wide
    for part in (SHEET.unit, SHEET.document, *SHEET.facts, *SHEET.derived, *SHEET.statements):
        for name in set(type(part).model_fields) - silent:
            value = getattr(part, name)
            for word in (value,) if isinstance(value, str) else value:
                assert word in said, (type(part), name)
    assert not set(models.FactSheet.model_fields) - silent - {
        "unit", "document", "facts", "derived", "statements", "terms",
    }  # fmt: skip
    assert not re.search(r"^\s*$", said, re.M)


def test_a_changed_copy_says_what_it_holds() -> None:
    assert "三区十室" not in SHEET.model_copy(update={"terms": ()}).said.wide
