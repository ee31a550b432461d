"""Content controls and the ledger: what a .docx of ours carries besides its text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from word_parts import control, p, relations, t

from fzwriter.documents import Document, read_text
from fzwriter.documents.line import Line, Mark

Make = Callable[..., Path]
LEDGER = '<ledger xmlns="urn:fzwriter:ledger:1">{}</ledger>'


def held(document: Document) -> list[tuple[str, int, str]]:
    for one in document.controls:
        assert document.paragraphs[one.paragraph][one.start : one.end] == one.text
    return [(one.tag, one.paragraph, one.text) for one in document.controls]


@pytest.mark.parametrize(
    ("body", "controls"),
    [
        pytest.param(
            p(t("　收到") + control("n1", t("48")) + t("件，办结") + control("n2", t("23")) + t("件")),
            [("n1", 0, "48"), ("n2", 0, "23")],
            id="in a line, behind white space that is cut",
        ),
        pytest.param(p(control("n1", t("4") + t("8"))), [("n1", 0, "48")], id="in several runs"),
        pytest.param(
            p(control("n1", t("4\u200b8")) + control("n2", t("9"))),
            [("n1", 0, "48"), ("n2", 0, "9")],
            id="with a character nobody sees",
        ),
        pytest.param(
            p(control("n1", t("共") + control("n2", t("8")) + t("件"))),
            [("n1", 0, "共8件"), ("n2", 0, "8")],
            id="one in another",
        ),
        pytest.param(
            control("n1", p(t("甲")) + p(t("乙3"))), [("n1", 0, "甲"), ("n1", 1, "乙3")],
            id="around paragraphs",
        ),
        pytest.param(
            "<w:tbl><w:tr>" + control("n1", f"<w:tc>{p(t('5'))}</w:tc>") + "</w:tr></w:tbl>",
            [("n1", 0, "5")],
            id="around a cell",
        ),
        pytest.param(
            p(control("", t("7"), '<w:alias w:val="n9"/>')), [("n9", 0, "7")], id="alias alone"
        ),
        pytest.param(p(t("a") + control("", t("7"))), [], id="without a name"),
        pytest.param(
            p(t("收到") + control("n1", t("输入"), "<w:showingPlcHdr/>") + t("件")),
            [("n1", 0, "")],
            id="emptied, showing its prompt",
        ),
        pytest.param(
            p(control("n1", "<w:del><w:r><w:delText>48</w:delText></w:r></w:del>")
              + f"<w:ins>{control('n2', t('58'))}</w:ins>"),
            [("n1", 0, ""), ("n2", 0, "58")],
            id="tracked changes inside and around",
        ),
        pytest.param(
            p(t("上") + control("n1", t("1")) + "<w:r><w:br/></w:r>" + control("n2", t("2"))),
            [("n1", 0, "1"), ("n2", 1, "2")],
            id="on both sides of a line break",
        ),
        pytest.param(
            p(t("上") + "<w:r><w:br/></w:r>" + control("n2", t("2")), '<w:jc w:val="center"/>'),
            [("n2", 0, "2")],
            id="behind a line break that joins",
        ),
        pytest.param(
            p(control("n1", t("1")), '<w:rPr><w:del w:id="1"/></w:rPr>')
            + p(t("甲") + control("n2", t("2"))),
            [("n1", 0, "1"), ("n2", 0, "2")],
            id="in paragraphs that run into one",
        ),
        pytest.param(
            p(t("框外") + f"<w:r><w:pict><w:txbxContent>{p(control('n1', t('6')))}</w:txbxContent></w:pict></w:r>"),
            [("n1", 1, "6")],
            id="in a text box",
        ),
    ],
)  # fmt: skip
def test_a_control_stands_where_its_text_does(
    make: Make, body: str, controls: list[tuple[str, int, str]]
) -> None:
    assert held(read_text(make(body))) == controls


def with_ledger(make: Make, item: str | bytes, number: int = 1) -> Document:
    other = {"customXml/item0.xml": "<x/>"} if number else {}
    links = relations(customXml="/customXml/item1.xml")
    links = links.replace(
        "<Relationship ",
        '<Relationship Id="a" Type="x/customXml" Target="../customXml/item0.xml"/><Relationship ',
        1,
    )
    more = {"customXml/item1.xml": item, "word/_rels/document.xml.rels": links, **other}
    return read_text(make(p(t("收到48件")), **more))


def test_the_ledger_is_found_among_other_parts(make: Make) -> None:
    document = with_ledger(make, LEDGER.format('{"title": "a &amp; b"}'))
    assert (document.ledger, document.repairs) == ('{"title": "a & b"}', ())


@pytest.mark.parametrize(
    "item",
    [
        LEDGER.format("not json"),
        LEDGER.format(""),
        LEDGER.format("[" * 100_000),
        LEDGER.format("{}").removesuffix("</ledger>"),
        '<other xmlns="urn:fzwriter:ledger:1">{}</other>',
        '<!DOCTYPE x [<!ENTITY a "b">]>' + LEDGER.format("{}"),
    ],
    ids=["no json", "empty", "deep", "cut off", "another root", "entities"],
)
def test_a_damaged_ledger_is_told_and_the_text_is_read(make: Make, item: str) -> None:
    document = with_ledger(make, item)
    assert (document.text, document.ledger) == ("收到48件", "")
    assert document.repairs == ("文件里带的数字台账已损坏，未采用",)


def test_a_ledger_that_is_missing_from_the_package_is_none(make: Make) -> None:
    links = relations(customXml="/customXml/item1.xml")
    document = read_text(make(p(t("a")), **{"word/_rels/document.xml.rels": links}))
    assert (document.ledger, document.repairs) == ("", ())


def test_marks_keep_to_their_characters() -> None:
    line = Line(" 收48\n办23 ", (Mark("a", 2, 4), Mark("b", 6, 8), Mark("c", 0, 9)))
    first, second = line.split()
    assert (first.text, first.marks) == (" 收48", (Mark("a", 2, 4), Mark("c", 0, 4)))
    assert (second.text, second.marks) == ("办23 ", (Mark("b", 1, 3), Mark("c", 0, 4)))
    assert second.stripped().marks == (Mark("b", 1, 3), Mark("c", 0, 3))
    assert line.joined().marks == (Mark("a", 2, 4), Mark("b", 5, 7), Mark("c", 0, 8))
    assert (first + second).marks[2] == Mark("b", 5, 7)
