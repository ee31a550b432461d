"""Our checker for GB/T 9704—2012: silent on what we write, and it finds each planted deviation."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx_parts import W, changed, edited, paragraph, root_of, text_of
from lxml import etree
from openxml_audit import OpenXmlValidator

from common import CASES
from fzwriter import draft, load_facts
from fzwriter.errors import InputError
from fzwriter.facts import FactSheet
from fzwriter.output import docx_bytes, write_docx
from fzwriter.output.conformance import conformance
from fzwriter.output.gbt9704 import Finding
from fzwriter.output.ledger import make_ledger
from fzwriter.output.redhead import RedHead
from fzwriter.report import Paragraph, Report

SETTINGS, STYLES, FOOTER, EVEN = (
    f"word/{name}.xml" for name in ("settings", "styles", "footer1", "footer2")
)
HEAD = RedHead("砚岭县司法局文件", "砚司发〔2025〕3号", "张三")


@pytest.fixture(scope="module")
def good(sample: Report) -> bytes:
    return docx_bytes(sample, head=HEAD)


def test_what_we_write_keeps_to_the_standard(good: bytes) -> None:
    assert conformance(good) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_draft_keeps_to_the_standard_and_the_schema(case: Path, tmp_path: Path) -> None:
    sheet = load_facts(case / "facts.yaml")
    report = draft(sheet, writer="offline")
    notice = "" if report.check.ok else "未核稿"
    path = tmp_path / "r.docx"
    write_docx(report, path, notice=notice, ledger=make_ledger(report, sheet))
    assert not OpenXmlValidator().validate(path).errors
    assert not [f for f in conformance(path) if not is_the_units(f, sheet)]


def is_the_units(finding: Finding, sheet: FactSheet) -> bool:
    """Marks that the unit typed into its own statements, and our notice, are no fault of layout."""
    own = "".join([*(s.text for s in sheet.statements), *(f.name for f in sheet.facts)])
    return finding.property == "未核提示" or (finding.property == "标点" and finding.found in own)


# Planted in the XML of one part: pattern, what it becomes, what must be told.
PLANTED = [
    (None, 'w:top="2098"', 'w:top="1440"', "天头"),
    (None, 'w:left="1588" w:header', 'w:left="1800" w:header', "订口"),
    (None, 'w:right="1474" w:bottom', 'w:right="1800" w:bottom', "版心宽度"),
    (None, 'w:bottom="1984"', 'w:bottom="1440"', "版心高度"),
    (None, 'w:w="11906"', 'w:w="12240"', "纸宽"),
    (None, 'w:h="16838"', 'w:h="15840"', "纸高"),
    (None, '<w:docGrid [^>]*/>', "", "文档网格"),
    (None, 'w:linePitch="579"', 'w:linePitch="600"', "每页行数"),
    (None, '<w:spacing w:val="-5"/>', '<w:spacing w:val="0"/>', "每行字数"),
    (None, 'w:line="579"', 'w:line="580"', "行距"),
    (None, 'w:line="579" w:lineRule="exact"', 'w:line="360" w:lineRule="auto"', "行距"),
    (None, 'w:eastAsia="方正小标宋简体"', 'w:eastAsia="宋体"', "字体"),
    (None, 'w:eastAsia="黑体"', 'w:eastAsia="仿宋"', "一级标题字体"),
    (None, 'w:eastAsia="楷体_GB2312"', 'w:eastAsia="黑体"', "二级标题字体"),
    (None, 'w:eastAsia="仿宋_GB2312"', 'w:eastAsia="宋体"', "正文字体"),
    (None, 'w:ascii="Times New Roman"', 'w:ascii="Calibri"', "数字字体"),
    (None, '<w:sz w:val="32"/>', '<w:sz w:val="28"/>', "字号"),
    (None, '<w:sz w:val="44"/>', '<w:sz w:val="36"/>', "标题字号"),
    (None, '<w:color w:val="000000"/>', '<w:color w:val="1F4E79"/>', "颜色"),
    (None, '<w:i w:val="0"/>', "<w:i/>", "倾斜"),
    (None, 'w:firstLineChars="200" w:firstLine="640"', 'w:firstLineChars="0" w:firstLine="0"', "首行缩进"),
    (None, '<w:jc w:val="both"/>', '<w:jc w:val="left"/>', "正文对齐"),
    (None, '<w:jc w:val="center"/>', '<w:jc w:val="left"/>', "标题对齐"),
    (None, '<w:autoSpaceDE w:val="0"/>', "<w:autoSpaceDE/>", "中文与数字间距"),
    (None, 'w:before="0"', 'w:before="120"', "段前段后"),
    (None, 'w:before="1984"', 'w:before="0"', "发文机关标志位置"),
    (None, "<w:pBdr><w:bottom.*?</w:pBdr>", "", "红色分隔线"),
    (None, "2025年1月8日", "2025年01月08日", "虚位"),
    (None, "2025年1月8日", "二〇二五年一月八日", "成文日期"),
    (None, "〔2025〕3号", "[2025]03号", "发文字号"),
    (None, "县人民政府：", "县人民政府:", "冒号"),
    (None, "（www", "(www", "标点"),
    (None, "举措和成效", "举措,成效", "标点"),
    (None, "<w:footerReference [^>]*even[^>]*/>", "", "没有页码"),
    (None, 'w:rightChars="200" w:right="640"', 'w:rightChars="0" w:right="0"', "署名位置"),
    (SETTINGS, "<w:evenAndOddHeaders/>", "", "奇偶页不同"),
    (FOOTER, '<w:jc w:val="right"/>', '<w:jc w:val="center"/>', "页码"),
    (EVEN, 'w:leftChars="100" w:left="280"', 'w:leftChars="0" w:left="0"', "页码"),
    (FOOTER, '<w:sz w:val="28"/>', '<w:sz w:val="21"/>', "页码"),
    (FOOTER, "— ", "第", "页码"),
    (FOOTER, "宋体", "Calibri", "页码"),
    (FOOTER, " PAGE ", " DATE ", "没有页码"),
    (STYLES, 'w:outlineLvl w:val="1"', 'w:outlineLvl w:val="4"', "大纲级别"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "old", "new", "told"), PLANTED)
def test_planted_deviations_are_found(
    good: bytes, part: str | None, old: str, new: str, told: str
) -> None:
    data = edited(good, (old, new), part=part or "word/document.xml")
    findings = [f"{f.property} {f.expected} {f.found}" for f in conformance(data)]
    assert any(told in line for line in findings), findings


def swap(find: str, change: Callable[[etree._Element], None]) -> Callable[[etree._Element], None]:
    return lambda root: change(paragraph(root, find))


def drop_before(node: etree._Element) -> None:
    node.getparent().remove(node.getprevious())


def double_before(node: etree._Element) -> None:
    node.addprevious(etree.Element(f"{W}p"))


def bold(node: etree._Element) -> None:
    for run in node.iter(f"{W}r"):
        run.find(f"{W}rPr/{W}b").set(f"{W}val", "1")


@pytest.mark.parametrize(
    ("start", "change", "told"),
    [
        ("一、主要举措", bold, "一级标题加粗"),
        ("（三）发挥", bold, "二级标题加粗"),
        ("县委、县", drop_before, "空行"),
        ("砚岭县司法局", drop_before, "空行"),
        ("二、存在", double_before, "空行"),
        ("砚岭县司法局关于", drop_before, "空行"),
    ],
)
def test_planted_in_one_paragraph(
    good: bytes, start: str, change: Callable[[etree._Element], None], told: str
) -> None:
    if start == "砚岭县司法局":  # the sign-off, not the title or the head

        def apply(root: etree._Element) -> None:
            change(next(p for p in root.iter(f"{W}p") if text_of(p) == start))

    else:
        apply = swap(start, change)
    findings = conformance(changed(good, apply))
    assert [f for f in findings if told in f.property], findings
    assert all(f.where and f.expected and f.found for f in findings)


def test_formats_count_wherever_they_are_said(good: bytes) -> None:
    """Bold in a style, in the defaults, and taken back by the paragraph."""

    def strip_direct(root: etree._Element) -> None:
        for tag in ("b", "rFonts", "sz"):
            for node in list(root.iter(f"{W}{tag}")):
                node.getparent().remove(node)

    bare = changed(good, strip_direct)
    # The size of the mark and the font of the signer's name stand in the runs alone.
    assert [f for f in conformance(bare) if "发文" not in f.property] == []
    wrong = edited(bare, ('<w:b w:val="0"/>', "<w:b/>"), part=STYLES)
    assert {"正文加粗（7.3.3）", "标题加粗（7.3.1）"} <= {f.property for f in conformance(wrong)}
    based = edited(
        bare,
        (r'(w:styleId="BodyText">.*?<w:rPr>)<w:rFonts [^>]*/>', r"\1"),
        (r'(w:styleId="Normal">.*?<w:rPr>)<w:rFonts [^>]*/>', r'\1<w:rFonts w:eastAsia="宋体"/>'),
        part=STYLES,
        count=1,
    )
    assert "正文字体（7.3.3）" in {f.property for f in conformance(based)}


def test_a_copy_with_errors_is_no_copy_to_file(sample: Report) -> None:
    data = docx_bytes(sample, notice="未核稿：还有 1 处错误")
    assert [f.property for f in conformance(data)] == ["未核提示"]


def test_relaxed_forms_keep_to_the_standard(sample: Report) -> None:
    for left_out in (("addressee",), ("signature",), ("date",), ("addressee", "signature", "date")):
        report = replace(sample, **dict.fromkeys(left_out, ""))
        assert conformance(docx_bytes(report)) == []


@pytest.mark.parametrize("data", [b"", b"x", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_docx_is_told(data: bytes) -> None:
    with pytest.raises(InputError):
        conformance(data)


# gongwen-skill takes the sign-off for body text, and asks for a closing phrase that is no matter of layout.
SIGN_OFF_RULES, CONTENT_RULES = {"CHK-C012", "CHK-C013"}, {"CHK-RPT001"}


def gongwen(data: bytes, folder: Path) -> list[tuple[str, str]]:
    """What gongwen-skill finds: rule and place, the sign-off's and content's aside."""
    tool = Path(sys.executable).with_name("gongwen")
    if not tool.exists():
        pytest.skip("gongwen-skill is not installed")
    rules = folder / "data" / "user_rules"
    rules.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(__file__).with_name("gongwen_report.yaml"), rules / "report.yaml")
    (folder / "r.docx").write_bytes(data)
    done = subprocess.run(
        [tool, "check", folder / "r.docx", "-t", "report", "--json"],
        env={**os.environ, "GONGWEN_DATA_DIR": str(folder / "data")},
        capture_output=True,
        check=True,
    )
    last = len(list(root_of(data).iter(f"{W}p"))) - 1
    ends = {f"paragraph:{last}", f"paragraph:{last - 1}"}
    return [
        (one["rule_id"], one["location"])
        for one in json.loads(done.stdout)
        if one["rule_id"] not in CONTENT_RULES
        and not (one["rule_id"] in SIGN_OFF_RULES and one["location"] in ends)
    ]


def without_run_in(report: Report) -> Report:
    """The tool judges a paragraph by its first run, so headings stand alone for it."""
    sections = []
    for section in report.sections:
        apart: list[Paragraph] = []
        for one in section.paragraphs:
            if one.lead and one.lead_level == 2:
                apart.append(Paragraph(one.text[: one.lead - 1], "heading2"))
                apart.append(Paragraph(one.text[one.lead :]))
            else:
                apart.append(one)
        sections.append(replace(section, paragraphs=tuple(apart)))
    return replace(report, sections=tuple(sections))


def test_gongwen_finds_nothing_on_ours_and_planted_deviations(
    sample: Report, tmp_path: Path
) -> None:
    data = docx_bytes(without_run_in(sample))
    assert gongwen(data, tmp_path) == []
    wrong = edited(data, ('w:top="2098"', 'w:top="1440"'), ('w:line="579"', 'w:line="460"'))
    assert {"CHK-C001", "CHK-C006"} <= {rule for rule, _ in gongwen(wrong, tmp_path)}
