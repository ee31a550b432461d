"""Writes ``facts.xlsx`` beside it: the workbook a clerk gets from ``fzwriter facts template``, filled in."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from fzwriter.facts.workbook import Content, Row, workbook_bytes


def fact(id_: str, topic: str, name: str, value: str, unit: str, **more: str) -> Row:
    """A row of the facts sheet."""
    return {"id": id_, "topic": topic, "name": name, "value": Decimal(value), "unit": unit, **more}


FACTS = [
    fact("f01", "组织领导", "召开乡党委会研究法治工作", "4", "次"),
    fact("f02", "合法性审查", "审查合同和文件", "29", "件"),
    fact("f03", "行政执法", "开展执法巡查", "210", "次", approx="余"),
    fact("f04", "人民调解", "调解矛盾纠纷", "137", "件"),
    fact("f05", "人民调解", "调解成功", "135", "件", parts_of="f04"),
    fact("f06", "普法", "开展法治宣传活动", "33", "场"),
    fact("f07", "普法", "发放宣传资料", "0.8", "万份"),
]
CONTENT = Content(
    unit={
        "name": "菖岭乡",
        "type": "乡",
        "level": "乡",
        "region": "稷屏县菖岭乡",
        "period": "2024",
        "kind": "法治政府建设年度报告",
        "addressee": "县委、县人民政府",
        "date": "2025-01-14",
    },
    rows={
        "facts": FACTS,
        "derived": [
            {
                "id": "d1",
                "topic": "人民调解",
                "name": "调解成功率",
                "formula": "f05/f04",
                "unit": "%",
                "digits": "1",
            }
        ],
        "举措": [
            {"topic": "组织领导", "text": "把法治建设列入乡党委会议题，包村干部一岗双责"},
            {"topic": "行政执法", "text": "会同派出所、林业站开展联合巡查，重点防范森林火灾"},
            {"topic": "人民调解", "text": "发挥村寨老人威望，把山林纠纷劝解在地头"},
            {"topic": "普法", "text": "用民族语言录制普法音频，在村寨广播里播放"},
        ],
        "第一责任人": [
            {
                "topic": "组织领导",
                "text": "乡党委书记、乡长带头学法述法，对重大执法事项亲自过问",
            }
        ],
        "问题": [{"topic": "普法", "text": "外出务工群众学法时间少"}],
        "原因": [{"topic": "普法", "text": "宣传多在白天，与群众作息不合"}],
        "计划": [{"topic": "普法", "text": "春节前后集中开展返乡人员普法"}],
    },
    year=2024,
)


def main() -> None:
    """Write the workbook."""
    Path(__file__).with_name("facts.xlsx").write_bytes(workbook_bytes(CONTENT))


if __name__ == "__main__":
    main()
