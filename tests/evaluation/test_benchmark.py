from __future__ import annotations

import pytest

from fzwriter.evaluation import Table, run_benchmark
from fzwriter.evaluation.baselines import digits_anywhere, hits, recognizer_anywhere
from fzwriter.facts import FactSheet


@pytest.fixture(scope="module")
def table(text: str, sheet: FactSheet) -> Table:
    rivals = {"digits": digits_anywhere(sheet)}
    return run_benchmark("例", text, sheet, baselines=rivals, seed=1, limit=40)


def test_planted_errors_are_found(table: Table) -> None:
    total = table.total(table.wrong)
    assert total.n > 150
    assert total.found + total.doubted >= 0.99 * total.n, table.misses
    assert total.found >= 0.97 * total.n, table.misses
    assert table.wrong["swap"].found >= 0.97 * table.wrong["swap"].n, table.misses
    assert total.found <= total.warned <= total.n
    assert table.wrong["swap"].both <= table.wrong["swap"].found


def test_what_is_right_is_left_alone(table: Table) -> None:
    assert table.false_alarms <= 0.005
    assert table.total(table.equivalents).found == 0, table.misses


def test_the_rival_sees_digits_and_nothing_else(table: Table) -> None:
    swap = table.wrong["swap"]
    assert swap.compared == 6
    assert swap.baselines["digits"] < swap.compared
    assert table.flagged["digits"] > table.flagged["fzwriter"]


def test_tables_add_up(table: Table) -> None:
    whole = Table()
    whole.add(table)
    whole.add(table)
    assert whole.wrong["digit"].n == 2 * table.wrong["digit"].n
    assert whole.numerals == 2 * table.numerals
    assert whole.false_alarms == table.false_alarms
    assert set(whole.as_json()) >= {"wrong", "equivalents", "total", "false_alarms"}


def test_a_blank_left_in_the_text_is_the_texts_fault(sheet: FactSheet) -> None:
    table = run_benchmark("例", "收到行政复议案件××件，新建凉亭71座。", sheet, limit=1)
    assert table.flagged == {"fzwriter": 0}
    assert table.justified == 1


def test_digits_anywhere_knows_runs_of_digits(sheet: FactSheet) -> None:
    flags = digits_anywhere(sheet)
    assert flags("收到48件、63件") == []
    assert flags("收到49件") == [(2, 4)]
    assert hits(flags, "全年收到49件，办结23件。", (4, 6))
    assert not hits(flags, "全年收到49件，办结23件。", (10, 12))


def test_recognizers_know_value_and_measure_word(sheet: FactSheet) -> None:
    pytest.importorskip("ms_recognizers_text", reason="extra `bench` not installed")
    flags = recognizer_anywhere(sheet)
    assert flags("收到四十八件，资料12000份，通过率98%") == []
    assert flags("收到48家") == [(2, 4)]
    assert flags("通过率97%") == [(3, 6)]


HUMAN = """行政复议案件由去年的40件增至48件，已有23件办结，占收案总数的47.9%，其中维持原行政行为9件。
在63件行政诉讼案件中，54件已审结，败诉12件，占22%；行政机关负责人出庭应诉案件3件。
收到行政复议案件48件，较上年增加8件。排查化解矛盾纠纷1085起。
接待法律咨询650余人次，为受援人挽回损失100余万元；印发宣传资料1.2万份，举办普法活动528场（次）。
学法考试通过率达到98%。"""


def test_a_text_in_a_persons_own_words(sheet: FactSheet) -> None:
    table = run_benchmark("人写的", HUMAN, sheet, seed=2, limit=40)
    assert table.flagged == {"fzwriter": 0}, table.misses
    total = table.total(table.wrong)
    assert total.found + total.doubted == total.n, table.misses
    again = table.total(table.equivalents)
    assert (table.doubted, again.found, again.doubted) == (0, 0, 0), table.misses
    assert total.n > 100
