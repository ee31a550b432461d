"""What the figures of a sentence are called."""

import pytest

from fzwriter.numbers import find_numbers
from fzwriter.pipeline.naming import Named, name_of


def names(sentence: str) -> list[str]:
    figures = [m for m in find_numbers(sentence) if m.kind == "quantity"]
    found: list[Named] = []
    for at, figure in enumerate(figures):
        following = figures[at + 1].start if at + 1 < len(figures) else len(sentence)
        found.append(name_of(sentence, figure, found[-1] if found else None, following))
    return [named.name for named in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("刑事立案数（同比下降13.4%）", ["刑事立案数同比下降"]),
        (
            "接警9起，案件类警情（同比下降21.9%）、破案率（同比增加7.6个百分点）",
            ["接警", "案件类警情同比下降", "破案率同比增加"],
        ),
        ("市公安局30件，占比35.3%", ["市公安局", "市公安局占比"]),
        ("分七期对机关干部进行脱产培训", ["对机关干部进行脱产培训"]),
        ("及时处理群众反映的问题800条", ["及时处理群众反映的问题"]),
        ("现有法制审核人员4名", ["现有法制审核人员"]),
        ("调整完善76项行政许可事项标准", ["调整完善行政许可事项标准"]),
        ("公职律师工作覆盖率高于50%", ["公职律师工作覆盖率"]),
    ],
)
def test_a_figure_is_named_by_the_words_it_governs(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected
