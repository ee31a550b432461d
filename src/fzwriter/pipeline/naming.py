"""What a figure in a report is called: the governing words of its clause, verb and object."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fzwriter.report import Mention

LONGEST = 40
_EDGE = re.compile(r"[，。；：！？,;:（）()\n]")
_RIGHT = re.compile(r"[，。；：！？,;:（）()\n、]")
_REMARK = re.compile(r"（[^（）0-9]{0,12}）")
_SCALE = re.compile(r"[十百千万亿]+(?=.)")
_LEANING = "余|多|左右|以上|上下|以内|以下|之多|不等"
_AFTER_UNIT = re.compile(rf"(?:{_LEANING})")
_LEAD = re.compile(
    r"^(?:[、，“”\s]|其中|并且|并|及(?!时)|和|与|且|还|全年|今年以来|今年|去年|本年度?|年内|一年来|目前|截至目前|同时|此外|另有|另"
    r"|20\d\d年(?:度|以来)?|截至\d*年?\d*月?底?|[0-9]{1,2}月份?|先后|累计|总共|共计|合计|共|已经|已|现(?![有行存场代])|我[局镇县区市州乡]|其(?![余他中])|中(?=[专兼])|分$|\0)++"
)
_TRAIL = re.compile(
    r"(?:[、：:“\s]|一共|共计|累计|合计|总计|共|总数|达到|达|已达|高达|分别|约为|大约|约|将近|接近|近|超过|超|逾|至少|不少于|不低于|高于|低于|多于|少于|大于|小于|突破"
    r"|为|了|已|至|到|有|各|的|等|仅|均|是|计|在){1,12}+$"
)
_TAIL = re.compile(r"^(?:[、”\s的]|以上|左右|余|多)+|(?<![、“\s并和及与且，])[、“\s并和及与且，]+$")
_SUM = re.compile(r"(?:合计|共计|总计|共)[有为]?$")
_REST = re.compile(r"^(?:其余|余下|剩余|尚|尚有|另有|还有)$")
_GOVERNED = re.compile(r"^(?:把|将|对(?![标口接照])|为|在|给|向|由|从)")
_NEXT = re.compile(r"[中里共设有]|均|各")  # where the next figure's words begin
_SHORT = 3  # characters that name nothing by themselves
_RELATIVE = re.compile(
    r"^(?:占比|同比|环比|[较比](?:上年|去年|上一年|往年|20\d\d年)|(?:增长|下降|上升|减少|增加|提高|降低|提升)$)"
)
_VERBS = re.compile(
    r"(?:开展|组织|召开|举办|举行|主持|发放|印发|印制|受理|办理|办结|审结|调解|调处|排查|摸排|审查|审核|制定|出台|培训|检查|化解"
    r"|建成|建立|建设|设立|成立|配备|聘请|选聘|聘任|新增|完成|收到|接待|接收|解答|提供|参加|参与|培育|培养|推送|发布|刊发|悬挂|张贴"
    r"|制作|拍摄|评查|抽查|查处|立案|整改|发现|清理|废止|修改|修订|备案|走访|慰问|解决|帮助|覆盖|惠及|投入|争取|兑现|追回|挽回"
    r"|抓获|破获|移送|出动|联合|实施|推进|推动|研究|听取|审议|讲授|编发|选派|创建|打造|命名|获得|荣获|督促|指导|采纳|出具|发出"
    r"|解除|纳入|选任|承接|下放|取消|公开|答复|作出|处罚|责令|约谈|通报|曝光|联系|服务|引导|协助|安排|选出|涌现|吸引|动员|带动"
    r"|派出|派驻|完善|健全|优化|调整|认领|下架|上线|开设|取消|保留|推出|考取|对标|举行|播放|编印|订阅|观看|旁听|述法|点评|梳理|编制|公布|形成|签订|落实|协调|处理|处置|受|有|设|建|送|进)$"
)


@dataclass(frozen=True)
class Named:
    """A figure with its name: where the words it governs end in the sentence."""

    name: str
    end: int


def unit_end(text: str, mention: Mention) -> int:
    """One past the measure word of a figure, and past 以上 or 左右 behind it."""
    scale = found[0] if (found := _SCALE.match(mention.unit)) else ""
    bare = mention.unit[len(scale) :]
    end = mention.end
    if bare and not text[mention.start : end].endswith(bare) and text.startswith(bare, end):
        end += len(bare)
    leaning = _AFTER_UNIT.match(text, end)
    return leaning.end() if leaning else end


def name_of(text: str, mention: Mention, before: Named | None, following: int) -> Named:
    """The name of a figure.

    Args:
        text: its sentence.
        mention: the figure, by offsets into ``text``.
        before: the figure before it in the sentence, if any.
        following: where the next figure starts, or the sentence ends.
    """
    text = _REMARK.sub(lambda found: "\0" * len(found[0]), text)
    floor = before.end if before else 0
    left = max((m.end() for m in _EDGE.finditer(text, floor, mention.start)), default=floor)
    end = unit_end(text, mention)
    raw = text[left : mention.start]
    said = "" if raw.endswith("、") else _clean(raw)
    behind, right = _behind(text, end, following)
    if said and left and text[left - 1] in "（(" and _RELATIVE.match(said):
        return Named(_cut(_earlier(text, left - 1, floor) + said), end)
    if before and said and _RELATIVE.match(said):
        return Named(_cut(before.name + said), end)
    if behind and _takes_object(said, raw):
        return Named(_cut(_GOVERNED.sub("", said) + behind), right)
    if not said and before and _SUM.search(raw):
        said = f"{before.name}等合计"
    return Named(
        _cut(said or _earlier(text, left, floor) or (before.name if before else "数据")), end
    )


def _clean(raw: str) -> str:
    return _TRAIL.sub("", _LEAD.sub("", raw)).replace("\0", "")


def _behind(text: str, end: int, following: int) -> tuple[str, int]:
    """The words behind a figure that may be its own, and where they end.

    Up to the next mark; where the next figure comes first, up to where its own words seem to begin.
    """
    stop = _RIGHT.search(text, end, following)
    right = stop.start() if stop else following
    if not stop and following < len(text):
        begin = _NEXT.search(text, end + 1, following)
        right = begin.start() if begin else right
    behind = _TAIL.sub("", text[end:right]).replace("\0", "")
    return (behind, right) if right - end <= LONGEST else ("", end)


def _takes_object(said: str, raw: str) -> bool:
    """Whether the words before a figure want those behind it: 开展48场…, 将36项…, 新入职的287名…."""
    return (
        len(said) <= _SHORT
        or raw.endswith("的")
        or bool(_GOVERNED.match(said) and not re.search("[产做进接收发挽追退返]", said))
        or bool(_REST.match(said) or _VERBS.search(said))
    )


def _earlier(text: str, left: int, floor: int) -> str:
    """The clause before, where a figure's own has no words: 调解矛盾纠纷，共1085件."""
    for clause in reversed(_EDGE.split(text[floor:left])):
        if said := _TRAIL.sub("", _LEAD.sub("", clause)):
            return said
    return ""


def _cut(name: str) -> str:
    """At most ``LONGEST`` characters: the last ones, from the start of a word group if there is one."""
    if len(name) <= LONGEST:
        return name
    tail = name[-LONGEST:]
    edge = re.search(r"[、》”]", tail[:-4])
    return tail[edge.end() :] if edge else tail
