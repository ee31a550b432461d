"""What prints in a Word file without being text: read where it can be, else named with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from word_parts import control, p, part, relations, t

from fzwriter.documents import Unread, read_text

Make = Callable[..., Path]
MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
OBJECT = "<w:r><w:object><v:imagedata/>{}</w:object></w:r>"
OLE = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Equation.3"/>'


def field(code: str, result: str = "") -> str:
    shown = MARK.format("separate") + result if result else ""
    code = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return MARK.format("begin") + code + shown + MARK.format("end")


def sym(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


@pytest.mark.parametrize(
    ("glyph", "printed"),
    [
        (sym("宋体", "0035"), "5"),
        (sym("Times New Roman", "FF15"), "５"),
        (sym("Symbol", "F035"), "5"),
        (sym("Symbol", "F0B3"), "≥"),
        (sym("Wingdings", "F085"), "⑤"),
        (sym("Wingdings", "F0FE"), ""),
        (sym("Webdings", "F031"), ""),
        (sym("Symbol", "F061"), ""),
        (field("= 2+3", t("5")), "5"),
        (field("REF 复议", t("5")), "5"),
        ("<m:oMath><m:r><m:t>5</m:t></m:r></m:oMath>", "5"),
        (OBJECT.format(""), ""),
    ],
)
def test_what_is_known_to_print_is_read(make: Make, glyph: str, printed: str) -> None:
    document = read_text(make(p(t("办结") + glyph + t("件"))))
    assert document.text == f"办结{printed}件"
    assert document.unread == ()


UNKNOWN = [
    (field(r"EQ \o\ac(○,5)"), "EQ域"),
    (field(r" eq \f(1,2)", t("")), "EQ域"),
    ('<w:fldSimple w:instr="EQ \\o\\ac(○,5)"/>', "EQ域"),
    (field("SYMBOL 53"), "符号"),
    (field("FORMDROPDOWN"), "下拉"),
    (field("MACROBUTTON NoMacro 5"), "按钮"),
    (field("LISTNUM"), "编号"),
    (field('DATE \\@ "yyyy年M月d日"', t("")), "日期域"),
    (sym("方正小标宋", "F035"), "符号字体"),
    (sym("Wingdings 2", "F06E"), "符号字体"),
    ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num></m:f></m:oMath>", "公式"),
    ("<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e></m:sSup></m:oMath>", "公式"),
    (OBJECT.format(OLE), "嵌入对象"),
    (OBJECT.format("<w:control/>"), "嵌入对象"),
    ("<w:subDoc/>", "子文档"),
    (f"<w:r><w:ruby><w:rt>{t('48')}</w:rt><w:rubyBase></w:rubyBase></w:ruby></w:r>", "拼音指南"),
]


@pytest.mark.parametrize(("glyph", "what"), UNKNOWN)
def test_what_is_not_known_is_named_with_its_place(make: Make, glyph: str, what: str) -> None:
    document = read_text(make(p(t("前")) + p(t("　办结") + glyph + t("件"))))
    assert document.text == "前\n办结件"
    (unread,) = document.unread
    assert what in unread.what
    assert (unread.paragraph, unread.at) == (1, 2)
    assert document.controls == ()
    assert any("1 处读不出" in line for line in document.repairs)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (p(t("前")) + p(field("EQ 5")) + p(t("后")), (0, 1)),
        (p(field("EQ 5")) + p(t("后")), (0, 0)),
        (p(t("前")) + "<w:altChunk/>" + p(t("后")), (0, 1)),
        (p(t("前")) + p(field("EQ 5") + t("　后")), (1, 0)),
        (p(t("前") + MARK.format("begin") + "<w:r><w:instrText>EQ 5</w:instrText></w:r>"), (0, 1)),
        (p(t("前") + control("n1", t("48") + field("EQ 5"))), (0, 3)),
    ],
)
def test_nothing_unread_gets_lost_with_an_empty_line(
    make: Make, body: str, place: tuple[int, int]
) -> None:
    (unread,) = read_text(make(body)).unread
    assert (unread.paragraph, unread.at) == place


def test_headers_footers_and_notes_are_looked_at_too(make: Make) -> None:
    path = make(
        p(t("正文")),
        header1=part("hdr", p(field("EQ 5"))),
        footnotes=part("footnotes", f'<w:footnote w:id="2">{p(t("注") + sym("甲", "F035"))}</w:footnote>'),
        **{
            "word/_rels/document.xml.rels": relations(
                header="header1.xml", footnotes="footnotes.xml"
            )
        },
    )  # fmt: skip
    document = read_text(path)
    assert document.text == "正文\n注"
    assert document.unread == (
        Unread("符号字体的字符", 1, 1),
        Unread("EQ域（带圈字符、合并字符、分数等）"),
    )
    assert document.margins == ()


def test_pictures_and_charts_are_a_notice_with_their_place(make: Make) -> None:
    chart = "<w:r><w:drawing><c:chart xmlns:c='c'/></w:drawing></w:r>"
    logo = "<w:r><w:drawing><x:pic xmlns:x='p'/></w:drawing></w:r>"
    document = read_text(make(p(logo) + p(t("案件走势如下：")) + p(chart)))
    assert document.unread == ()
    assert document.repairs == (
        "有 1 处图表或 SmartArt（在“案件走势如下：”之后），里面的数字未核，请人工核对",
        "有 1 张图片（在开头），里面如有数字，未核，请人工核对",
    )


def test_wordart_of_the_old_kind_is_text(make: Make) -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="办结5件"/></v:shape></w:pict></w:r>'
    assert read_text(make(p(t("前") + art))).text == "前\n办结5件"


def test_characters_of_the_private_area_are_told(make: Make) -> None:
    assert "造字区" in "".join(read_text(make(p(t("张\ue123")))).repairs)
