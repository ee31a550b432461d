"""Who a figure is about: a subject exchanged beside a right figure.

行政机关负责人出庭应诉3件 must not become 行政执法人员出庭应诉3件. Only nouns for people and bodies are
compared, and only where the fact's name holds one: if it is gone from the sentence and another
stands in the figure's clause instead, the subject was changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fzwriter.check.context import Context

SUBJECTS = """
行政机关负责人 党政主要负责人 单位主要负责人 主要负责人 分管负责人 负责人 行政执法人员 执法人员 执法辅助人员 辅助人员 司法所工作人员 工作人员
人民调解员 行业性专业性调解员 专职调解员 调解员 人民监督员 人民陪审员 仲裁员 公证员 基层法律服务工作者 律师 公职律师 政府法律顾问 法律顾问 村居法律顾问
法律明白人 法治带头人 普法讲师团成员 普法志愿者 志愿者 网格员 社区矫正对象 矫正对象 安置帮教对象 帮教对象 刑满释放人员 解矫人员 社区服刑人员
受援人 申请人 被申请人 当事人 原告 被告 农民工 劳动者 用人单位 未成年人 残疾人 老年人 妇女 退役军人 学生 教师 教职工 师生 家长 法治副校长 校长
民警 辅警 法制员 犯罪嫌疑人 嫌疑人 领导干部 国家工作人员 机关干部 公务员 党员 党员干部 村干部 村（社区）干部 人大代表 政协委员 群众 村民 居民 职工
企业 个体工商户 市场主体 经营主体 行政执法部门 执法部门 行政机关 复议机关 法院 检察院 公安机关
""".split()
_SUBJECT = re.compile("|".join(sorted((re.escape(s) for s in SUBJECTS), key=len, reverse=True)))
# Wide words that others specialise; beside them nothing was exchanged.
_WIDE = frozenset({"群众", "当事人", "企业", "工作人员", "法院", "检察院", "行政机关", "公安机关"})


def subjects(text: str) -> frozenset[str]:
    """The subjects named in ``text``, longest forms."""
    return frozenset(_SUBJECT.findall(text))


def _kin(first: str, second: str) -> bool:
    return first in second or second in first


def changed_subject(names: Sequence[str], context: Context) -> tuple[str, str] | None:
    """The subject a fact is about and the one the clause puts in its place, or ``None``."""
    wanted = subjects(names[0])
    if not wanted:
        return None
    known = frozenset().union(*(subjects(name) for name in names))
    said = subjects(context.sentence)
    if any(_kin(one, other) for one in known for other in said):
        return None
    here = [s for s in _SUBJECT.findall(context.near) if s not in _WIDE]
    if not here:
        return None
    return next(iter(sorted(wanted))), here[0]
