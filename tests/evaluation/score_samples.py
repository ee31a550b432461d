"""A sheet with statements, a text that is right, and subjects made of texts."""

from __future__ import annotations

from typing import Any

from fzwriter.evaluation.scorers import Subject
from fzwriter.facts import FactSheet, loads_facts

FACTS = """
unit: {name: 云岫县司法局, type: 司法局, level: 县, region: 云岫县}
period: 2024
document: {kind: 法治政府建设年度报告, length: 300}
facts:
  - {id: f01, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件, previous: 40}
  - {id: f02, topic: 行政复议, name: 办结, value: 23, unit: 件, parts_of: f01}
  - {id: f10, topic: 普法, name: 开展普法活动, value: 528, unit: 场次}
  - {id: f11, topic: 普法, name: 发放宣传资料, value: 1.2, unit: 万份, required: false}
statements:
  - {topic: 行政复议, kind: 举措, text: 健全行政复议案件繁简分流机制，推行听证审理}
  - {topic: 普法, kind: 举措, text: 组织普法宣讲团走进乡村集市和学校课堂}
  - {topic: 普法, kind: 问题, text: 普法形式仍较单一，互动不足}
  - {topic: 普法, kind: 计划, text: 丰富普法产品供给，制作方言短视频}
"""

TEXT = """云岫县司法局关于2024年度法治政府建设情况的报告
2024年，我局深入学习贯彻习近平法治思想，扎实推进法治政府建设，现将有关情况报告如下。
一、主要举措和成效
（一）办好行政复议案件
健全行政复议案件繁简分流机制，推行听证审理。全年收到行政复议案件48件，同比增长20%，办结23件。
（二）深化法治宣传教育
组织普法宣讲团走进乡村集市和学校课堂。开展普法活动528场次，发放宣传资料1.2万份。
二、存在的不足
普法形式仍较单一，互动不足。
三、主要负责人履行推进法治建设第一责任人职责情况
局主要负责人认真履行第一责任人职责。
四、下步工作安排
丰富普法产品供给，制作方言短视频。"""

SEED = """石桥县司法局关于2022年度法治政府建设情况的报告
石桥县人民政府：
2022年，石桥县司法局坚持以人民为中心的发展思想，把矛盾纠纷化解在基层、化解在萌芽状态。
一、主要工作
石桥县出台《石桥县依法行政工作规程》，全年审查合同317份。
石桥县司法局
2023年1月9日"""


def sheet() -> FactSheet:
    return loads_facts(FACTS)


def subject(text: str = TEXT, **more: Any) -> Subject:
    return Subject(text=text, sheet=more.pop("sheet", None) or sheet(), **more)


def changed(old: str, new: str) -> Subject:
    """The right text with one stretch exchanged."""
    assert old in TEXT
    return subject(TEXT.replace(old, new))
