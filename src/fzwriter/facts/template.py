"""The template a clerk fills in: a facts workbook for one type of unit, figures left empty."""

from __future__ import annotations

from fzwriter.domain import known_kinds
from fzwriter.facts.catalogue import load_catalogue
from fzwriter.facts.usual import usual_figures
from fzwriter.facts.workbook import Content, Row, workbook_bytes
from fzwriter.units import Profile, find_profile, known_types

_GUIDE = (
    "法治政府建设报告数据填写说明",
    "一、先填“单位信息”。带“必填”字样的四项必须填写，其余可以不填。",
    "二、再填“数据”，一行一个数。指标已按本单位的职责列好：有数的填在“数值”列，没有发生的填 0，"
    "没有这一项的留空即可，留空的行不会写进报告。指标可以改名、增行、删行。",
    "三、“指标”写报告里放在数字前面的话，如“收到行政复议案件”；“单位”写量词，如 件、人次、万元、%。"
    "数值只写数字，“70余”“25.63万元”“1,085”也能认；百分比可以用百分比格式，也可以写 97.2、单位写 %。",
    "四、某个数是另一个数的一部分时，在“属于”列写总数的指标名称，例如“办结”属于“受理”。"
    "分项加起来应等于总数的，在总数那一行的“分项齐全”列填“是”。",
    "五、“上年数”用来核对增减，可以不填。它不会当作今年的数写进报告。它的单位就是“单位”列所写的，"
    "和数值不一样的写在数字后面，如 数值 1.2万、单位 份、上年数 9000。",
    "六、“举措”“亮点”“问题”“原因”“第一责任人”“计划”各表一行写一件事，用本单位自己的话写；"
    "报告只写这里有的事，不会另外编造。计划里的目标数字直接写在文字里。",
    "七、要写比率的，在“推算”表里写公式，如 调解成功/调解矛盾纠纷，由程序计算和核对；"
    "公式前面不加等号。",
    "八、本地名称里带数字的固定说法（如 三区十室）写进“固定说法”，以免当作数据。",
    "九、自己留用的列，在表头前加 #；自己留用的工作表，用模板以外的名字，都不会读取。"
    "手工隐藏的行和工作表、加了删除线的内容、批注不读取，筛选隐藏的行照常读取。单元格里有公式的，请先算出结果并保存。",
    "十、检查时问到的数（和上年差了十倍以上、比常见的数大得多、像是去年的没有换），写错的请改正；"
    "核对过、确实无误的，在那一行的“备注”里写“已核”，就不再问。标着“去年数待换”的行，换成今年的再删去标记。",
    "十一、填好后运行：fzwriter facts check 文件名.xlsx（检查），fzwriter draft 文件名.xlsx（起草）。",
)


def template_bytes(type_: str, *, name: str = "", level: str = "", year: int = 0) -> bytes:
    """The template for a type of unit as a file's bytes.

    Args:
        type_: as in the sheet's ``unit.type``; one without a profile gets the general template.
        name: of the unit, if it is to stand in it.
        level: 县, 区, 镇…
        year: of the report; 0 leaves it open.
    """
    profile = find_profile(type_, name, level)
    unit = {
        "name": name,
        "type": type_,
        "level": level,
        "period": str(year or ""),
        "kind": known_kinds()[0],
    }
    return workbook_bytes(
        Content(
            unit=unit,
            rows={"facts": _rows(profile)},
            topics=topics_of(profile),
            types=known_types(),
            kinds=known_kinds(),
            guide=_GUIDE,
            year=year,
        )
    )


def topics_of(profile: Profile) -> tuple[str, ...]:
    """The topics a unit may choose from, its own first."""
    own = [topic for group in profile.groups for topic in group.topics]
    return tuple(dict.fromkeys([*own, *load_catalogue().topics]))


def _rows(profile: Profile) -> list[Row]:
    return [
        {"topic": f.topic, "name": f.name, "unit": f.unit, "parts_of": f.total}
        for f in usual_figures(profile)
    ]
