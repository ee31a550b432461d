import pytest

from common import CASES
from fzwriter import draft, load_facts
from fzwriter.output.ledger import Entry, Ledger, make_ledger


@pytest.fixture(scope="module")
def drafted():
    sheet = load_facts(next(c for c in CASES if c.name.startswith("003")) / "facts.yaml")
    return draft(sheet, writer="offline"), sheet


def test_every_number_has_an_entry_that_names_its_line(drafted):
    report, sheet = drafted
    ledger = make_ledger(report, sheet)
    printed = [p.text.replace("\n", "") for p in report.paragraphs()]
    data = [m for m in report.check.mentions if m.kind in ("quantity", "date", "placeholder")]
    assert len(ledger.entries) == len(data) > 30
    for entry in ledger.entries:
        assert printed[entry.paragraph][entry.start : entry.end] == entry.text
        for source, name, cell in zip(entry.sources, entry.names, entry.cells, strict=True):
            if source in sheet.by_id:
                assert name == sheet.by_id[source].name
                assert cell == sheet.by_id[source].source


def test_a_ledger_survives_json(drafted):
    ledger = make_ledger(*drafted)
    assert Ledger.from_json(ledger.to_json()) == ledger


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"title": "a", "entries": [1]}', '{"entries": 3}']
)
def test_what_is_no_ledger_is_refused(text):
    with pytest.raises(ValueError, match="ledger|Expecting"):
        Ledger.from_json(text)


@pytest.mark.parametrize(
    ("text", "unit", "after", "printed"),
    [
        ("48", "件", "件，办结", "48件"),
        ("97.2%", "%", "，", "97.2%"),
        ("1.2万余", "万份", "份，", "1.2万余份"),
        ("25.63万", "万元", "元。", "25.63万元"),
        ("2024年", "", "，", "2024年"),
    ],
)
def test_a_figure_prints_with_its_measure_word_once(text, unit, after, printed):
    assert Entry("n001", 0, 0, len(text), text, unit, after=after).printed == printed
