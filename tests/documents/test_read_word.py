from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from word_parts import control, p, relations, t

from fzwriter.documents import NOTICE_STYLE, read_text

Make = Callable[..., Path]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


PLACEHOLDER = control("n1", t("单击此处输入文字"), "<w:showingPlcHdr/>")
BOX = f"<w:txbxContent>{p(t('框内8件'))}</w:txbxContent>"
ROW = f"<w:tr><w:tc>{p(t('内层3'))}</w:tc></w:tr>"
PAGE = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def field(code: str, result: str) -> str:
    return (
        PAGE.format("begin")
        + f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        + PAGE.format("separate")
        + result
        + PAGE.format("end")
    )


DELETED_MARK = '<w:rPr><w:del w:id="1"/></w:rPr>'
TOC = (
    '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
)


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        pytest.param(p(t("办结") + t("23件")), ["办结23件"], id="runs join"),
        pytest.param(
            p(t("收到") + f"<w:sdt><w:sdtContent>{t('48')}</w:sdtContent></w:sdt>" + t("件")),
            ["收到48件"],
            id="content control in a line",
        ),
        pytest.param(
            f"<w:sdt><w:sdtContent>{p(t('整段'))}</w:sdtContent></w:sdt>",
            ["整段"],
            id="content control around a paragraph",
        ),
        pytest.param(
            f"<w:sdt>{TOC}<w:sdtContent>{p(t('一、1'))}</w:sdtContent></w:sdt>" + p(t("a")),
            ["a"],
            id="table of contents",
        ),
        pytest.param(p(f"<w:hyperlink>{t('链接3')}</w:hyperlink>"), ["链接3"], id="link"),
        pytest.param(
            "<w:tbl><w:tr>"
            f"<w:tc>{p(t('事项'))}</w:tc><w:tc>{p(t('件数'))}</w:tc></w:tr><w:tr>"
            f"<w:tc>{p(t('复议'))}</w:tc><w:tc>{p(t('48'))}{p('')}</w:tc></w:tr></w:tbl>",
            ["事项", "件数", "复议", "48"],
            id="table",
        ),
        pytest.param(
            p(
                t("前")
                + "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
                + BOX
                + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
                + BOX
                + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
                + t("后")
            ),
            ["前后", "框内8件"],
            id="text box, once",
        ),
        pytest.param(
            p(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>"),
            ["框内8件"],
            id="old text box",
        ),
        pytest.param(
            p(
                t("共")
                + "<w:del><w:r><w:delText>8</w:delText></w:r></w:del>"
                + f"<w:ins>{t('9')}</w:ins><w:moveFrom>{t('10')}</w:moveFrom>"
                + f"<w:moveTo>{t('件')}</w:moveTo>"
            ),
            ["共9件"],
            id="changes accepted",
        ),
        pytest.param(p(t("甲"), DELETED_MARK) + p(t("乙")), ["甲乙"], id="paragraph mark deleted"),
        pytest.param(p(t("甲"), DELETED_MARK), ["甲"], id="last paragraph mark deleted"),
        pytest.param(
            f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(t('删'))}</w:tc></w:tr></w:tbl>"
            + p(t("留")),
            ["留"],
            id="row deleted",
        ),
        pytest.param(
            p(t("第一行") + "<w:r><w:br/></w:r>" + t("第二行")),
            ["第一行", "第二行"],
            id="line break in text parts",
        ),
        pytest.param(
            p(t("某局关于") + "<w:r><w:br/></w:r>" + t("情况的报告"), '<w:jc w:val="center"/>'),
            ["某局关于情况的报告"],
            id="line break in a centred title joins",
        ),
        pytest.param(
            p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:softHyphen/></w:r>"),
            ["a\tb-"],
            id="tab and hyphens",
        ),
        pytest.param(
            p(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>P 9</w:instrText>'
                f"</w:r>{t('7')}<w:fldSimple w:instr='X'>{t('6')}</w:fldSimple>"
            ),
            ["76"],
            id="field results, not codes",
        ),
        pytest.param(
            p(
                f"<w:r><w:ruby><w:rt>{t('yàn')}</w:rt><w:rubyBase>{t('砚')}</w:rubyBase></w:ruby></w:r>"
            ),
            ["砚"],
            id="ruby",
        ),
        pytest.param(p("<m:oMath><m:r><m:t>97.2%</m:t></m:r></m:oMath>"), ["97.2%"], id="formula"),
        pytest.param(p(t("4\u200b8件")), ["48件"], id="invisible character"),
        pytest.param(
            p(t("\u3000\u3000全年 ")) + p("") + p(t(" ")), ["全年"], id="white space around"
        ),
        pytest.param(
            f"<w:tbl><w:tr><w:tc>{p(t('外层'))}<w:tbl>{ROW}</w:tbl>{p('')}</w:tc></w:tr></w:tbl>",
            ["外层", "内层3"],
            id="table in a table",
        ),
        pytest.param(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr>"
            + p(t("删"))
            + f"</w:tc><w:sdt><w:sdtContent><w:tc>{p(t('5'))}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
            ["5"],
            id="deleted cell, cell in a control",
        ),
        pytest.param(
            p(
                t("见第")
                + field(" PAGEREF x ", t("12"))
                + t("页，共")
                + field(" =SUM(A1) ", t("9"))
                + t("件")
            ),
            ["见第页，共9件"],
            id="numbers of pages are Word's, other fields are the text's",
        ),
        pytest.param(
            p(
                PAGE.format("begin")
                + "<w:r><w:instrText>PA</w:instrText></w:r>"
                + "<w:r><w:instrText>GE</w:instrText></w:r>"
                + t("7")
            )
            + p(t("8件")),
            ["7", "8件"],
            id="a field that never ends swallows nothing",
        ),
        pytest.param(
            p(t("甲"), '<w:rPr><w:moveFrom w:id="1"/></w:rPr>') + p(t("乙")),
            ["甲乙"],
            id="paragraph mark moved away",
        ),
        pytest.param(
            p(f"<w:smartTag>{t('4')}<w:smartTag>{t('8')}</w:smartTag></w:smartTag>" + t("件")),
            ["48件"],
            id="smart tags",
        ),
        pytest.param("<!-- c --><?pi?>" + p("<!-- c -->" + t("a")), ["a"], id="comments"),
        pytest.param(
            f'<w:customXml w:element="x"><w:smartTag>{p(t("a"))}</w:smartTag></w:customXml>',
            ["a"],
            id="wrappers",
        ),
    ],
)
def test_what_prints_counts(make: Make, body: str, paragraphs: list[str]) -> None:
    document = read_text(make(body))
    assert list(document.paragraphs) == paragraphs
    assert document.text == "\n".join(paragraphs)
    assert document.name == "报告.docx"


@pytest.mark.parametrize(
    ("body", "repair"),
    [
        (p(f"<w:ins>{t('a')}</w:ins>"), "修订"),
        (p(t("a") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>"), "1 处隐藏文字"),
        (
            p(t("a"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'),
            "1 段用了自动编号",
        ),
        (p(t("a")) + "<w:altChunk/>", "嵌入"),
        (p(t("a") + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'), "1 个图形符号"),
        (
            p(t("a") + "<w:r><w:drawing><c:chart xmlns:c='c'/></w:drawing></w:r>"),
            "1 处图表或 SmartArt（在“a”之后）",
        ),
        (
            p(t("a") + "<w:r><w:drawing><x:pic xmlns:x='p'/></w:drawing></w:r>"),
            "1 张图片（在“a”之后）",
        ),
        (p(t("a") + "<w:r><w:pict><v:imagedata/></w:pict></w:r>"), "1 张图片（在“a”之后）"),
        (p(t("a") + PLACEHOLDER), "1 个内容控件是空的"),
        (p(t("a\u200b\u200b")), "2 个不可见字符"),
    ],
)
def test_what_was_decided_is_told(make: Make, body: str, repair: str) -> None:
    document = read_text(make(body))
    assert document.text == "a"
    assert len(document.repairs) == 1
    assert repair in document.repairs[0]


def test_plain_numbering_off_and_visible_text_need_no_repair(make: Make) -> None:
    body = p(
        t("a") + '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>b</w:t></w:r>',
        '<w:numPr><w:numId w:val="0"/></w:numPr>',
    )
    assert read_text(make(body)).repairs == ()
    assert read_text(make(body)).text == "ab"


def test_notes_come_last_and_separators_not_at_all(make: Make) -> None:
    notes = "<w:{0}s " + W + '><w:{0} w:type="separator">' + p(t("—")) + "</w:{0}><w:{0}>"
    notes += p(t("{1}")) + "</w:{0}></w:{0}s>"
    path = make(
        p(t("正文")),
        footnotes=notes.format("footnote", "脚注3"),
        endnotes=notes.format("endnote", "尾注4"),
    )
    assert read_text(path).paragraphs == ("正文", "脚注3", "尾注4")


def style(style_id: str, inner: str) -> str:
    return f'<w:style w:type="paragraph" w:styleId="{style_id}">{inner}</w:style>'


STYLES = (
    f"<w:styles {W}>"
    + style("a", '<w:name w:val="标题样式"/><w:pPr><w:jc w:val="center"/></w:pPr>')
    + style("b", '<w:name w:val="子"/><w:basedOn w:val="a"/>')
    + style("c", '<w:name w:val="自指"/><w:basedOn w:val="c"/>')
    + style("n", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    + style("x", f'<w:name w:val="{NOTICE_STYLE}"/>')
    + "</w:styles>"
)


def test_styles_decide_what_is_centred_numbered_or_a_notice(make: Make) -> None:
    broken = t("上") + "<w:r><w:br/></w:r>" + t("下")
    body = "".join(p(broken, f'<w:pStyle w:val="{style_id}"/>') for style_id in "bcnx")
    document = read_text(make(body, styles=STYLES))
    assert document.paragraphs == ("上下", "上", "下", "上", "下")
    assert document.repairs == ("有 1 段用了自动编号：编号用来认标题，不算正文",)


def test_strict_namespace_is_read(make: Make) -> None:
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    document = f"<w:document {strict}><w:body>{p(t('全年3次'))}</w:body></w:document>"
    assert read_text(make("", document=document)).text == "全年3次"


def test_headers_and_footers_are_margins_without_page_numbers(make: Make) -> None:
    header = f"<w:hdr {W}>{p(t('内部资料5份'))}</w:hdr>"
    footer = f"<w:ftr {W}>{p(t('— ') + field(' PAGE ', t('3')) + t(' —'))}{p(t('- 4 -'))}</w:ftr>"
    links = relations(header="header1.xml", footer="footer1.xml")
    path = make(
        p(t("正文")), header1=header, footer1=footer, **{"word/_rels/document.xml.rels": links}
    )
    document = read_text(path)
    assert (document.text, document.margins) == ("正文", ("内部资料5份",))
    assert document.printed == "正文\n内部资料5份"


def test_our_own_notice_is_no_margin(make: Make) -> None:
    notice = "未核稿：还有 3 处错误"
    links = relations(styles="styles.xml", header="header1.xml")
    path = make(
        p(t(notice), '<w:pStyle w:val="x"/>') + p(t("正文")),
        header1=f"<w:hdr {W}>{p(t(notice))}</w:hdr>",
        styles=STYLES,
        **{"word/_rels/document.xml.rels": links},
    )
    assert read_text(path).printed == "正文"
