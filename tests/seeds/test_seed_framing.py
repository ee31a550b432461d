"""Framing told from deeds: what may open another unit's sentence, and what never may."""

from __future__ import annotations

from pathlib import Path

import pytest

from fzwriter.reading.source import read_seeds
from fzwriter.reading.split import Passage
from fzwriter.seeds.framing import (
    LONGEST,
    SHORTEST,
    deed_sentences,
    framing_clauses,
    is_framing,
)
from fzwriter.seeds.prepare import masked_passages
from seed_samples import make_report


def _passage(text: str, unit_type: str = "司法局", part: str = "成效") -> Passage:
    return Passage("sample", 0, part, (), "", text, "段落", unit_type)


HARMLESS = [
    "坚持以习近平法治思想为指导",
    "坚持和发展新时代“枫桥经验”",
    "始终坚持党对法治建设的绝对领导",
    "坚持预防在前、调解优先",
    "坚持依法治理与综合治理相结合",
    "坚持执法为民、服务为本",
    "坚持学用结合、以学促用",
    "聚焦群众急难愁盼",
    "聚焦严格规范公正文明执法",
    "紧紧围绕法治政府建设目标任务",
    "围绕优化法治化营商环境",
    "紧扣依法行政基本要求",
    "立足司法行政职能定位",
    "着眼提升依法行政能力",
    "着眼维护社会公平正义",
    "突出教育引导和源头预防",
    "树牢“一盘棋”思想",
    "牢固树立以人民为中心的发展思想",
    "践行以人民为中心的发展思想",
    "以习近平法治思想为统领",
    "以规范行政行为为重点",
    "以群众满意为出发点和落脚点",
    "以提升执法质量为抓手",
    "以宪法、民法典为重点",
    "以防范法律风险为目标",
    "把法治建设摆在突出位置",
    "把依法行政作为政府工作的根本准绳",
    "始终把群众利益放在首位",
    "将普法融入执法办案各环节",
    "按照科学立法、严格执法的要求",
    "本着公平公正、便民利民的原则",
    "深学笃行习近平法治思想",
    "在精准普法上下功夫",
    "从群众关心的小事入手",
]

DEEDS = [
    # accomplished acts and results
    "坚持高位推动召开专题会议",
    "围绕重点领域开展专项整治",
    "聚焦执法规范化建设印发实施意见",
    "突出抓好阵地建设，建成法治公园",
    "坚持以考促学组织干部参加考试",
    "围绕营商环境出台配套措施",
    "以获评示范单位为契机",
    "以成功创建为契机",
    "把普法责任制纳入年度考核",
    "立足职能成立工作专班",
    "坚持问题整改与建章立制并重",
    "以案卷评查为抓手",
    "坚持主要负责人带头学法",
    "围绕工作落实取得良好成效",
    "坚持不懈推动了依法行政",
    "聚焦人才培养选派业务骨干",
    # claims of a figure without one
    "坚持应审尽审、应备尽备",
    "坚持应援尽援的工作原则",
    "坚持凡审必严的工作要求",
    "坚持案件均由集体讨论决定",
    "以法律顾问全覆盖为目标",
    "坚持零容忍惩治违法行为",
    "坚持每案必评的工作要求",
    "坚持未经审查不提交审议",
    "以未发生重大案件为目标",
    "坚持一律公开的原则要求",
    "坚持件件有回音的工作要求",
    "突出全流程监督管理工作",
    # figures, numerals, documents, blanks
    "围绕〔数〕项重点任务目标",
    "以〔文件〕为基本遵循依据",
    "坚持“三个一”工作法要求",
    "围绕12个重点领域的任务",
    "聚焦四个方面的重点工作",
    "以《霁川县法治规划》为遵循",
    "紧扣《关于加强审查的意见》要求",
    # another unit's, level's, time's, brand
    "围绕全县经济社会高质量发展",
    "立足我局工作职责和任务",
    "聚焦县委重大决策部署要求",
    "以主题教育为重要契机抓手",
    "以迎接党的二十大为主线",
    "紧扣“八五”普法规划目标",
    "坚持“红色议事”工作理念",
    "立足山区农业大县的实际",
    "围绕特色旅游项目建设落地",
    "聚焦物业纠纷高发的突出问题",
    "以疫情防控为重点任务目标",
    "聚焦今年重点工作任务目标",
    "围绕街道综治中心规范运行",
    "把年度任务作为工作重点",
    "以机构改革为契机理顺职责",
    # not openers, not clauses
    "扎实推进依法行政工作",
    "为群众提供优质法律服务",
    "行政执法水平不断提高",
    "进一步健全工作体系",
    "坚持为民",
    "坚持“预防为主的方针",
    "坚持以人民为中心的发展思想、维护社会公平正义、促进经济社会高质量发展和长治久安",
    "坚持了依法行政的原则要求",
]


@pytest.mark.parametrize("clause", HARMLESS)
def test_aims_principles_and_manners_are_framing(clause: str) -> None:
    assert is_framing(clause)


@pytest.mark.parametrize("clause", DEEDS)
def test_deeds_claims_and_particulars_are_not(clause: str) -> None:
    assert not is_framing(clause)


def test_enough_examples_on_both_sides() -> None:
    assert len(set(HARMLESS)) >= 30
    assert len(set(DEEDS)) >= 50


def test_only_clauses_that_something_follows() -> None:
    text = "坚持预防在前、调解优先，受理纠纷〔数〕件。着眼维护社会公平正义。"
    assert framing_clauses(_passage(text)) == ("坚持预防在前、调解优先",)


def test_commas_inside_quotation_marks_part_nothing() -> None:
    text = "坚持“预防为主，调解优先”的方针，受理纠纷〔数〕件。"
    assert framing_clauses(_passage(text)) == ()


def test_a_clause_is_given_once() -> None:
    text = "聚焦群众急难愁盼，优化服务。聚焦群众急难愁盼，改进作风。"
    assert framing_clauses(_passage(text)) == ("聚焦群众急难愁盼",)


def test_words_of_a_trade_need_a_known_unit_type() -> None:
    text = "把消费维权作为密切联系群众的重要窗口，畅通诉求。"
    assert framing_clauses(_passage(text, "其他")) == ()
    assert framing_clauses(_passage(text, "市场监管局")) != ()


def test_framing_of_a_masked_report() -> None:
    report = make_report(
        "一、工作情况",
        "（一）强化审查。着眼防范法律风险，2021年审查合同12份。坚持为霁川县发展护航，印发文件3份。",
        places=("霁川县",),
    )
    (passage,) = masked_passages(report)
    assert framing_clauses(passage) == ("着眼防范法律风险",)


def test_every_clause_of_the_shipped_seeds_is_whole(real_shipped: Path) -> None:
    found = [
        clause
        for path in sorted(real_shipped.glob("*.md"))
        for report in read_seeds(path)
        for passage in masked_passages(report)
        for clause in framing_clauses(passage)
    ]
    assert len(set(found)) >= 20
    assert all(SHORTEST <= len(clause) <= LONGEST for clause in found)
    assert not any(set(clause) & set("〔〕0123456789，。；") for clause in found)


@pytest.mark.parametrize(
    ("part", "text", "sentences"),
    [
        ("成效", "坚持复议为民。全年审结案件〔数〕件。", ("全年审结案件〔数〕件。",)),
        (
            "成效",
            "在乡镇司法所设立联系点，群众就近申请。",
            ("在乡镇司法所设立联系点，群众就近申请。",),
        ),
        (
            "成效",
            "由〔人名〕带队走访企业，解决问题〔数〕个。",
            (),
        ),  # a person's deed is nobody else's
        (
            "成效",
            "〔年〕〔数〕月，〔地名〕〔单位〕印发〔文件〕〔数〕件。",
            (),
        ),  # nothing left to read
        (
            "成效",
            "其中维持〔数〕件，驳回〔数〕件，撤销〔数〕件，都已办结。",
            (),
        ),  # leans on another
        ("成效", "召开会议。", ()),  # too short
        ("成效", "没有句号的残句，召开会议〔数〕次", ()),
        (
            "问题",
            "普法的形式还比较单一。",
            ("普法的形式还比较单一。",),
        ),  # a shortcoming is a claim too
        ("计划", "下一步，健全执法监督机制。", ("下一步，健全执法监督机制。",)),
        ("导语", "全年召开会议〔数〕次，现报告如下。", ()),
    ],
)
def test_deeds_are_whole_sentences_that_claim_something(
    part: str, text: str, sentences: tuple[str, ...]
) -> None:
    assert deed_sentences(_passage(text, part=part)) == sentences


def test_no_sentence_is_both_framing_and_deed(real_shipped: Path) -> None:
    for path in sorted(real_shipped.glob("*.md")):
        for report in read_seeds(path):
            for passage in masked_passages(report):
                for sentence in deed_sentences(passage):
                    assert not is_framing(sentence.rstrip("。！？"))
