"""The red head, from the facts file to the page."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from docx_parts import W, root_of, text_of, value
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from fzwriter.check import check
from fzwriter.documents import read_text
from fzwriter.errors import InputError
from fzwriter.facts import FactSheet, load_facts, loads_facts
from fzwriter.facts.template import template_bytes
from fzwriter.output import deliver
from fzwriter.output.conformance import conformance
from fzwriter.output.redhead import red_head
from fzwriter.report import Report

FIELDS = {"issuer": "砚岭县司法局文件", "number": "砚司发〔2025〕3号", "signer": "张三"}
BASE = {
    "unit": {"name": "砚岭县司法局", "type": "司法局"},
    "period": 2024,
    "document": {"kind": "法治政府建设年度报告", **FIELDS},
    "facts": [{"id": "f1", "name": "办结", "value": 48, "unit": "件"}],
}


def with_head(sheet: FactSheet, **fields: str) -> FactSheet:
    return sheet.model_copy(update={"document": sheet.document.model_copy(update=fields)})


def test_it_is_read_from_yaml_json_and_the_workbook(tmp_path: Path) -> None:
    as_json = json.dumps(BASE, ensure_ascii=False)
    book = load_workbook(io.BytesIO(template_bytes("司法局", name="砚岭县司法局", year=2024)))
    lines = {row[0].value: row[1] for row in book["单位信息"].iter_rows(min_row=2)}
    for heading, key in (("发文机关标志", "issuer"), ("发文字号", "number"), ("签发人", "signer")):
        lines[heading].value = FIELDS[key]
    heading = [cell.value for cell in book["数据"][1]]
    value_at = next(n for n, text in enumerate(heading, 1) if str(text).startswith("数值"))
    book["数据"].cell(2, value_at).value = 48
    book.save(tmp_path / "f.xlsx")
    for sheet in (
        loads_facts(as_json),
        loads_facts(as_json, format="json", name="f.json"),
        load_facts(tmp_path / "f.xlsx"),
    ):
        assert {key: getattr(sheet.document, key) for key in FIELDS} == FIELDS


def test_a_chinese_key_is_told_the_right_one() -> None:
    facts = {**BASE, "document": {"kind": "总结", "文号": "x"}}
    with pytest.raises(InputError, match="最接近的是 number"):
        loads_facts(json.dumps(facts, ensure_ascii=False))


@pytest.mark.parametrize(
    "typed",
    [
        "砚司发[2025]3号",
        "砚司发【2025】3号",
        "砚司发（2025）3号",
        "砚司发(2025)3号",
        "砚司发〔2025〕3号",
    ],
)
def test_the_year_stands_in_its_own_brackets(sheet: FactSheet, typed: str) -> None:
    head = red_head(with_head(sheet, issuer="甲局文件", number=typed).document)
    assert head is not None
    assert head.number == "砚司发〔2025〕3号"


def test_without_an_issuer_there_is_none(sheet: FactSheet) -> None:
    assert red_head(with_head(sheet, number="砚司发〔2025〕3号").document) is None


@pytest.mark.parametrize(
    "fields",
    [
        FIELDS,
        {"issuer": "砚岭县司法局文件", "number": "砚司发〔2025〕3号"},
        {"issuer": "砚岭县司法局"},
        {"issuer": "中共砚岭县委全面依法治县委员会办公室文件", "number": "砚法办〔2025〕12号"},
        {"issuer": "<w:p/>&\x00文件", "number": "=1+1", "signer": "a\nb"},
    ],
)
def test_it_keeps_to_the_standard(
    checked: Report, sheet: FactSheet, tmp_path: Path, fields: dict[str, str]
) -> None:
    deliver(checked, with_head(sheet, **fields), tmp_path / "r.docx")
    assert conformance(tmp_path / "r.docx") == []
    assert not OpenXmlValidator().validate(tmp_path / "r.docx").errors


def test_signer_and_number_share_a_line_above_the_red_one(
    checked: Report, sheet: FactSheet, tmp_path: Path
) -> None:
    deliver(checked, with_head(sheet, **FIELDS), tmp_path / "r.docx")
    mark, *_, line = [p for p in list(root_of(tmp_path / "r.docx").iter(f"{W}p"))[:4]]
    assert text_of(mark) == FIELDS["issuer"]
    assert {value(run, "rPr/color") for run in mark.iter(f"{W}r")} == {"FF0000"}
    assert int(value(mark.find(f"{W}r"), "rPr/sz") or 0) > 44
    assert text_of(line) == "砚司发〔2025〕3号签发人：张三"
    assert [value(run, "rPr/rFonts", "eastAsia") for run in line.iter(f"{W}r")][-1] == "楷体_GB2312"
    assert value(line, "pPr/pBdr/bottom", "color") == "FF0000"


def test_a_long_name_stays_on_one_line(checked: Report, sheet: FactSheet, tmp_path: Path) -> None:
    name = "中共砚岭县委全面依法治县委员会办公室文件"
    deliver(checked, with_head(sheet, issuer=name), tmp_path / "r.docx")
    run = next(root_of(tmp_path / "r.docx").iter(f"{W}r"))
    size, scale = int(value(run, "rPr/sz") or 0), int(value(run, "rPr/w") or 100)
    assert size * 10 * scale / 100 * len(name) <= 11906 - 1588 - 1474
    assert size > 44


def test_its_number_is_no_data_for_the_checker(
    checked: Report, sheet: FactSheet, tmp_path: Path
) -> None:
    given = with_head(sheet, **FIELDS)
    deliver(checked, given, tmp_path / "r.docx")
    text = read_text(tmp_path / "r.docx").text
    assert text.endswith(checked.text)
    verdict = check(text, given)
    (number,) = (m for m in verdict.mentions if "2025〕3" in m.text)
    assert (number.kind, number.status) == ("docnum", "permitted")
    assert len(verdict.issues) == len(checked.check.issues if checked.check else ())
