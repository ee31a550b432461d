"""One fact as a clause: 收到行政复议案件[[f04]]; 败诉率为[[d1]]; [[f01]]单位主要负责人完成专题述法.

Rates take 为, whoever did something stands behind the figure, everything else stands name before figure.
"""

from __future__ import annotations

import re

from fzwriter.facts import Derived, Fact
from fzwriter.writing.verbs import begins, ends, is_rate

_ENOUGH_FOR_RATE = 20  # below it a percentage says less than the difference

# 完成述法的负责人70余名 says who did something: 70余名负责人完成述法.
_WHO = re.compile(
    r"^((?:完成|参加|参与|获得|获评|荣获|通过|取得|接受|达到|入选|组建|设立|建立|配备|实现|落实|担任|受到|报名|补选|推选)[^的]{2,24})的([^的]{2,14})$"
)
# Enterprises undergo what is 开展; schools and villages do it themselves.
_DOERS = re.compile(
    r"^((?:开展|举办)[^的]{2,24})的((?:[^的]*)(?:学校|中学|小学|村|社区|乡镇|镇街|派出所|司法所|部门|单位))$"
)
_TAKEN = re.compile(
    r"^(组织|选派|动员|安排)((?:参加|参与|旁听|观看|接受)[^的]{2,24})的([^的]{2,14})$"
)
# 责令整改的机构7家 says whom the unit made do it: 责令7家机构整改.
_MADE = re.compile(r"^(督促|责令|指导|引导|推动)([^的]{2,20})的([^的]{2,14})$")
# 报名参加资格考试12名: nobody is named, so the figure itself is the subject.
_NOBODY = re.compile(r"^(组织|选派|动员|安排)?((?:报名)?参加[^的，]{2,20})$")
_WHO_UNITS = frozenset({"名", "人", "家", "个", "户", "所", "位", "个单位"})
_SOUGHT = re.compile(r"^(?:摸排|排查|检查|巡查)?发现([^，。]{2,16})$")
_UNDER_WAY = re.compile(r"受理|办理|收到|办结|审结")


def slot(id_: str) -> str:
    """The slot of an id."""
    return f"[[{id_}]]"


def clause(fact: Fact | Derived, name: str = "") -> str:
    """Name and figure: 收到行政复议案件[[f04]]; 败诉率为[[d1]]; [[f01]]单位主要负责人完成专题述法.

    Args:
        fact: what is told.
        name: instead of its own, where the words around it say the rest.
    """
    unit = getattr(fact, "unit", "")
    if not name and (told := _by_whom(fact, unit)):
        return told
    return f"{name or fact.name}{_joint(fact)}{slot(fact.id)}"


def _by_whom(fact: Fact | Derived, unit: str) -> str:
    """The clause with the figure as its subject, for a name that says what somebody did."""
    match = _WHO.match(fact.name) or _DOERS.match(fact.name)
    if match and unit in ("人", "人次"):
        return f"{match.group(2)}{slot(fact.id)}{match.group(1)}"
    if unit not in _WHO_UNITS:
        return ""
    if match:
        return f"{slot(fact.id)}{match.group(2)}{match.group(1)}"
    if match := _TAKEN.match(fact.name):
        organised, did, who = match.groups()
        figure = slot(fact.id)
        return (
            f"{organised}{who}{figure}{did}" if unit == "人" else f"{organised}{figure}{who}{did}"
        )
    match = _MADE.match(fact.name)
    plain = getattr(fact, "previous", None) is None  # 较上年… goes with a number of bodies
    if match and plain and ends("persons").search(match.group(3)):
        made, did, who = match.groups()
        return f"{made}{slot(fact.id)}{who}{did}"
    match = _NOBODY.match(fact.name)
    if match and unit in ("名", "人") and not ends("persons").search(fact.name):
        people = "人员" if unit == "名" else ""
        return f"{match.group(1) or ''}{slot(fact.id)}{people}{match.group(2)}"
    return ""


def _joint(fact: Fact | Derived) -> str:
    """What stands between a rate and its figure: 为22%, 达98%以上; nothing before 超97%."""
    if not is_rate(fact.name):
        return ""
    approx = getattr(fact, "approx", "")
    if approx in ("以上", "左右", "上下"):
        return "达"
    return "" if approx and approx not in ("约", "大约", "余", "多") else "为"


def compared(fact: Fact) -> str:
    """The fact against last year: 同比增长[[f04.rate]], 较上年减少[[f04.change]], 与上年持平; or ""."""
    if fact.previous is None or fact.approx:
        return ""
    if fact.value == fact.previous:
        return "与上年持平"
    up = fact.value > fact.previous
    if fact.unit in ("%", "％"):
        return f"较上年{'提高' if up else '下降'}{slot(fact.id + '.change')}"
    if fact.previous >= _ENOUGH_FOR_RATE or fact.unit.startswith(("万", "亿")):
        return f"同比{'增长' if up else '下降'}{slot(fact.id + '.rate')}"
    return f"较上年{'增加' if up else '减少'}{slot(fact.id + '.change')}"


def denial(fact: Fact) -> tuple[str, str]:
    """How nothing is said: (未发生, 民转刑案件), (没有, 涉及本局的舆情), (未发现, 线索).

    Both are "" where the fact is more than nothing, or its 0 must be printed.
    """
    if fact.value != 0 or fact.approx:
        return "", ""
    if match := _SOUGHT.match(fact.name):
        return "未发现", match.group(1)
    name = re.sub(r"^(?:发生|出现)", "", fact.name)
    happening = ends("happenings").search(name) and not _UNDER_WAY.search(name)
    if not happening or not 2 <= len(name) <= 24 or "，" in name:
        return "", ""
    return ("没有" if begins("parties").match(name) else "未发生"), name


def none_of(fact: Fact) -> str:
    """A part of nothing after its total: 无败诉案件; "" where the fact is more than nothing."""
    if fact.value != 0 or fact.approx or is_rate(fact.name):
        return ""
    verb, name = denial(fact)
    return f"未发现{name}" if verb == "未发现" else f"无{fact.name}"
