"""A report of the kind the project writes, with every level and both kinds of headings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fzwriter.check import check
from fzwriter.facts import FactSheet, loads_facts
from fzwriter.report import Paragraph, Report, Section


def run_in(head: str, rest: str, level: int) -> Paragraph:
    return Paragraph(head + rest, lead=len(head), lead_level=level)


def body(text: str) -> Paragraph:
    return Paragraph(text)


PREAMBLE = Section(
    "导语",
    (
        body(
            "2024年，砚岭县司法局坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平"
            "法治思想和党的二十大、二十届二中、三中全会精神，在县委、县人民政府的正确领导和市司法局的"
            "有力指导下，认真履行“一个统筹、四大职能”，紧扣《法治政府建设实施纲要（2021—2025年）》"
            "部署要求，扎实推进法治政府建设各项工作。现将有关情况报告如下。"
        ),
    ),
)
RESULTS = Section(
    "成效",
    (
        Paragraph("一、主要举措和成效", "heading1"),
        Paragraph("（一）坚持党的领导，压紧压实法治建设责任", "heading2"),
        body(
            "将习近平法治思想纳入党组理论学习中心组学习重点内容，全年开展专题学习6次、交流研讨3次。"
            "协助召开县委全面依法治县委员会会议2次、办公室会议4次，印发《砚岭县2024年法治建设工作"
            "要点》，将37项任务分解到28个责任单位。组织70余名单位主要负责人开展专题述法，其中现场"
            "述法8名，实现乡镇和县直部门述法全覆盖。"
        ),
        Paragraph("1. 完善统筹协调机制", "heading3"),
        body(
            "建立“月调度、季通报、年评估”工作机制，对12个乡镇、16个县直部门开展法治督察，反馈问题41个，"
            "截至年底整改到位38个，其余3个均已明确责任人和完成时限。"
        ),
        Paragraph("（1）健全协调小组", "heading4"),
        body("立法、执法、司法、守法普法4个协调小组全年召开会议9次，协调解决跨部门事项15件。"),
        Paragraph("（2）落实督察整改", "heading4"),
        body("对整改不力的2个单位下发督办函，逐项跟踪问效，推动形成“发现—反馈—整改—销号”的闭环。"),
        Paragraph("（二）强化合法性审查，推进科学民主依法决策", "heading2"),
        run_in(
            "1. 严把文件审核关。",
            "全年审查各类涉法事项187件，其中重大行政决策5件、行政规范性文件14件、政府合同协议83件、"
            "其他涉法事项85件；提出审查意见412条，被采纳396条，采纳率96.1%。印发的11件行政规范性文件"
            "均按期报送备案，报备率、及时率均为100%。",
            3,
        ),
        run_in(
            "2. 深化文件清理。",
            "按照“谁制定、谁清理”的原则，对76件行政规范性文件进行全面清理，继续有效57件、修改4件、"
            "废止9件、宣布失效6件，清理结果在县人民政府门户网站（www.yanling.gov.cn）公布。",
            3,
        ),
        run_in(
            "（三）发挥复议主渠道作用，实质性化解行政争议。",
            "收到行政复议申请48件，受理45件，办结43件，其中维持19件、撤销5件、确认违法2件、调解和解"
            "终止17件，调解和解率39.5%。落实行政机关负责人出庭应诉制度，全县一审行政诉讼案件26件，"
            "行政机关负责人出庭26件，出庭应诉率100%；败诉案件3件，同比下降2件，行政机关败诉率较上年"
            "下降7.7个百分点。",
            2,
        ),
        run_in(
            "（四）规范行政执法行为，优化法治化营商环境。",
            "全面推行行政执法公示、执法全过程记录、重大执法决定法制审核“三项制度”，组织行政执法人员"
            "资格考试2批次，新申领执法证件63人，清理注销41人。开展道路交通安全、食品药品、生态环境等"
            "重点领域执法监督检查5次，评查行政执法案卷120卷，优秀率85%，纠正不规范执法行为34起。推行"
            "包容审慎监管，公布“首违不罚”“轻微免罚”事项清单62项，减免罚款25.63万元，惠及经营主体148家。"
            "联合县工商联、县市场监督管理局走进企业、商会、产业园区开展“法治体检”活动21场次，为企业"
            "提供法律咨询300余次，出具法律意见书46份。",
            2,
        ),
        run_in(
            "（五）健全公共法律服务体系，增强人民群众法治获得感。",
            "办理法律援助案件312件，为农民工等困难群众挽回经济损失100余万元。全县14个司法所、186个"
            "人民调解委员会排查矛盾纠纷2380件，调解成功2342件，调解成功率98.4%。深入实施“八五”普法"
            "规划，组织开展“法律七进”活动160余场次，发放宣传资料1.2万余份，培育“法律明白人”930名，"
            "创建省级民主法治示范村3个。",
            2,
        ),
    ),
)
PROBLEMS = Section(
    "问题",
    (
        Paragraph("二、存在的问题和原因", "heading1"),
        body(
            "一是部分单位法治意识还不够强。个别单位对合法性审查重视不够，存在送审不及时、材料不齐全的"
            "现象。二是基层执法力量较为薄弱。乡镇综合执法人员中取得法律职业资格的仅4人，难以满足新形势"
            "下执法工作的需要。三是普法工作的针对性有待提高。面向青少年、农民工等群体的普法形式较为"
            "单一，线上普法的覆盖面和影响力不足。"
        ),
    ),
)
PLANS = Section(
    "计划",
    (
        Paragraph("三、2025年工作打算", "heading1"),
        run_in(
            "（一）持续加强党对法治建设的领导。",
            "坚持不懈用习近平法治思想武装头脑、指导实践、推动工作，"
            "压实党政主要负责人履行推进法治建设第一责任人职责，推动“八五”普法和法治建设“一规划两纲要”"
            "终期评估各项任务落地见效。",
            2,
        ),
        run_in(
            "（二）持续提升依法行政水平。",
            "严格落实重大行政决策程序规定，推动合法性审查向乡镇延伸；深入"
            "推进提升行政执法质量三年行动，全年组织执法培训不少于2次，开展案卷评查不少于100卷。",
            2,
        ),
        run_in(
            "（三）持续优化公共法律服务供给。",
            "推进县、乡、村三级公共法律服务平台提质增效，完善诉调对接、"
            "警调对接机制，把矛盾纠纷化解在基层、化解在萌芽状态，为建设更高水平的平安砚岭、法治砚岭"
            "提供坚实的法治保障。",
            2,
        ),
    ),
)


@pytest.fixture(scope="session")
def sample() -> Report:
    return Report(
        title="砚岭县司法局关于2024年度法治政府建设情况的报告",
        addressee="县委、县人民政府：",
        sections=(PREAMBLE, RESULTS, PROBLEMS, PLANS),
        signature="砚岭县司法局",
        date="2025年1月8日",
    )


FACTS = """
unit: {name: 砚岭县司法局, type: 司法局, level: 县, region: 霁川市砚岭县}
period: 2024
document: {kind: 法治政府建设年度报告, date: 2025-01-08}
facts:
  - {id: f1, topic: 行政复议, name: 收到行政复议申请, value: 1085, unit: 件, previous: 900}
  - {id: f2, topic: 行政复议, name: 办结, value: 1055, unit: 件, parts_of: f1}
  - {id: f3, topic: 普法, name: 发放宣传资料, value: 1.2, unit: 万份, approx: 余}
  - {id: f4, topic: 普法, name: 培育法律明白人, value: 120, unit: 名}
  - {id: f5, topic: 公证, name: 办理公证, value: 33, unit: 件}
derived:
  - {id: d1, name: 办结率, formula: f2/f1, unit: "%", digits: 1}
statements:
  - {topic: 普法, text: 组织开展法治宣传进乡村活动}
"""


@pytest.fixture(scope="session")
def sheet() -> FactSheet:
    return loads_facts(FACTS)


@pytest.fixture(scope="session")
def checked(sheet: FactSheet) -> Report:
    """A report with numbers of every form, one of them in no fact, and one fact left out."""
    paragraphs = (
        Paragraph("一、主要举措", "heading1"),
        run_in(
            "（一）全年办结1055件。",
            "收到行政复议申请1,085件，办结1055件，办结率97.2%。",
            2,
        ),
        body("发放宣传资料1.2万余份，培育法律明白人一百二十名，慰问困难群众77人。"),
    )
    report = Report(
        title="砚岭县司法局关于2024年度法治政府建设情况的报告",
        addressee="县委、县人民政府：",
        sections=(Section("成效", paragraphs),),
        signature="砚岭县司法局",
        date="2025年1月8日",
    )
    return replace(report, check=check(report.text, sheet))
