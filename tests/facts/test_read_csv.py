"""Facts as .csv: four lines that say whose figures, then the table."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from fzwriter.errors import InputError
from fzwriter.facts import load_facts

ABOVE = "单位名称,古丈县司法局\n单位类型,司法局\n报告期,2024\n文种,法治政府建设年度报告\n"
TABLE = (
    '主题,指标,数值,单位,属于\n行政复议,收到案件,"1,048",件,\n\n行政复议,办结,70余件,,收到案件\n'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_table_with_its_unit(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "数据.csv"
    text = (ABOVE + TABLE).replace('"1,048"', "1，048").replace(",", delimiter)
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    sheet = load_facts(path)
    assert (sheet.unit.name, sheet.period.year) == ("古丈县司法局", 2024)
    assert [(f.id, f.value, f.unit, f.approx, f.parts_of, f.source) for f in sheet.facts] == [
        ("f006", Decimal(1048), "件", "", "", "第 6 行"),
        ("f008", Decimal(70), "件", "余", "f006", "第 8 行"),
    ]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("", "", "文件是空的"),
        (TABLE, "第 1 行", "没有写明这是哪个单位"),
        (ABOVE, "", "没有找到表头"),
        (ABOVE.replace("报告期,2024\n", "") + TABLE, "单位信息", "缺少“报告期”一行"),
        (ABOVE + TABLE.replace("70余件", "很多"), "第 8 行", "不是数字"),
        (ABOVE + TABLE.replace("属于", "领导"), "第 5 行", "不认识的列"),
        (ABOVE + TABLE + '普法,"x,1,场\n' + "y" * 140_000, "第 9 行", "引号没有成对"),
    ],
)
def test_what_is_wrong(tmp_path: Path, text: str, place: str, said: str) -> None:
    path = tmp_path / "数据.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=said) as caught:
        load_facts(path)
    assert str(caught.value).startswith(f"{path} {place}".strip())
    assert "\n" not in str(caught.value)
