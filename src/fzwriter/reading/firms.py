"""Names of firms, parks and the like that no left edge gives away: known by what follows them."""

from __future__ import annotations

import re

_PARK = re.compile(
    r"(?<=深入|走进|前往|来到|服务)[\u4e00-\u9fff]{2,6}(?:工业|产业|科技|物流|经济|高新)(?:园区?|开发区)"
)
_STATIONED = re.compile(r"(?<=驻)[\u4e00-\u9fff]{2,3}(?=企业|办事处|单位)|[川渝](?:川|渝)|成渝")
_HIDDEN_DAY = re.compile(r"[xX×＊]{1,4}(?=[”’]?(?:全民国家安全|国家安全|国际禁毒|国家宪法|消费者))")
_FIRM = re.compile(
    r"(?:(?<=聘用)|(?<=聘请)|(?<=邀请)|(?<=选聘)|(?<=委托))(?:[\u4e00-\u9fff]|[xX×＊]{1,8}+|〔地名〕){2,12}?(?:（[^（）]{1,6}）)?律师事务所?"
    r"|(?:[xX×＊]{2,8}|〔地名〕)[\u4e00-\u9fff]{0,6}(?:（[^（）]{1,6}）)?律师事务所?"
)
_COMPANIES = re.compile(
    r"(?:(?<=[为对向到])|(?<=走访|深入|联系))((?:(?:[\u4e00-\u9fff]|[xX×＊]{1,8}+|〔地名〕){2,8}、){1,12}[\u4e00-\u9fff]{2,8})"
    r"(?=等(?:[\dxX×]{1,8}|〔数〕|[一二三四五六七八九十]{1,4})余?家(?:[\u4e00-\u9fff]{0,4})(?:企业|公司))"
)
_NO_FIRM = re.compile(
    "各|多|两|数|几|本地|辖区|知名|专业|优秀|全[县市区]|外地|[县市区所的家]|现有|建立|完善|依托|开展|律师"
)

Spans = list[tuple[int, int]]


def find_firms(text: str) -> Spans:
    """Law firms by name, and companies named in a row before 等…家企业."""
    firms = [match.span() for match in _FIRM.finditer(text) if not _NO_FIRM.search(match[0][:-5])]
    return firms + [match.span(1) for match in _COMPANIES.finditer(text)]


def find_loose_places(text: str) -> Spans:
    """Industrial parks, and places without a suffix behind 驻."""
    return [match.span() for pattern in (_PARK, _STATIONED) for match in pattern.finditer(text)]


def find_hidden_dates(text: str) -> Spans:
    """Where xx stands for the date in the name of a day: “xx国际禁毒日”."""
    return [match.span() for match in _HIDDEN_DAY.finditer(text)]
