"""Masking: nothing of a unit's own is left, and what is left still reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fzwriter.reading.mask import BLANK, Blank, is_national, mask, mask_names
from fzwriter.reading.names import find_bodies, find_places, names_of
from fzwriter.reading.people import find_people
from fzwriter.reading.source import read_seeds
from fzwriter.seeds.prepare import masked_passages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # figures
        ("全年受理案件48件，办结23件", "全年受理案件〔数〕件，办结〔数〕件"),
        ("采纳率96.1%，下降5.2个百分点", "采纳率〔数〕，下降〔数〕个百分点"),
        ("挽回损失25.63万元，受众1.2万余人次", "挽回损失〔数〕元，受众〔数〕人次"),
        ("共化解1,055件", "共化解〔数〕件"),
        ("培训12人次，评查64卷", "培训〔数〕人次，评查〔数〕卷"),
        ("召开三次会议，聘请十余名律师", "召开〔数〕次会议，聘请〔数〕名律师"),
        ("提出意见百余条", "提出意见〔数〕条"),
        ("发放资料xx份，培训××人次", "发放资料〔数〕份，培训〔数〕人次"),
        ("合格率xxx%", "合格率〔数〕"),
        # years and dates
        ("2021年，我局履职尽责", "〔年〕，我局履职尽责"),
        ("2021年度法治政府建设", "〔年〕度法治政府建设"),
        ("2021—2023年持续推进", "〔年〕持续推进"),
        ("自2024年1月8日起施行", "自〔年〕〔数〕月〔数〕日起施行"),
        ("截至12月底", "截至〔数〕月底"),
        ("较2019、2020年明显降低", "较〔年〕、〔年〕明显降低"),
        # places never seen before
        ("在霁川县召开现场会", "在〔地名〕召开现场会"),
        ("会同漪澜市公安局办案", "会同〔地名〕公安局办案"),
        ("藕塘镇、听松乡结合实际推进", "〔地名〕、〔地名〕结合实际推进"),
        ("漪澜市云麓区司法局", "〔地名〕司法局"),
        ("到柒溪街道调研", "到〔地名〕调研"),
        ("湖南省、四川日报予以报道", "〔地名〕、〔地名〕日报予以报道"),
        ("xx镇综合行政执法队，法治××建设", "〔地名〕综合行政执法队，法治〔地名〕建设"),
        ("习近平总书记在云溪考察时的讲话", "习近平总书记在〔地名〕考察时的讲话"),
        # bodies, people, documents
        ("与衡佑律师事务所签订合同", "与〔单位〕签订合同"),
        ("由局长纪云舟主持", "由局长〔人名〕主持"),
        ("推荐柳如絮同志参评", "推荐〔人名〕同志参评"),
        ("印发《霁川县法治工作要点》", "印发〔文件〕"),
        ("出台《关于加强法治督察工作的实施意见》", "出台〔文件〕"),
        ("下发通知（霁司发〔2021〕12号）", "下发通知〔文件〕"),
    ],
)
def test_what_is_blanked(text: str, expected: str) -> None:
    assert mask(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        # national names
        "贯彻《中华人民共和国民法典》和《行政处罚法》",
        "落实《法治政府建设实施纲要（2021—2025年）》",
        "执行《重大行政决策程序暂行条例》",
        "深入学习贯彻习近平法治思想",
        "做好“八五”普法工作，落实行政执法三项制度",
        "学习宣传贯彻党的二十大和二十届二中、三中全会精神",
        "坚持和发展新时代“枫桥经验”",
        "履行推进法治建设第一责任人职责",
        "推行“双随机、一公开”监管和“一窗通办”",
        "开展“12·4”国家宪法日宣传，办好12345热线工单",
        "做到“两个维护”，防止“四风”反弹",
        # ordinary words that end like places
        "全县各镇、我区各街道，县区两地共同推进",
        "深入社区，走进乡村，服务小区居民",
        "会同县公安局、提请区人大审议",
        "推动示范区建设，打造示范村，优化城区环境",
        "做好社区矫正工作，助力乡村振兴",
        "县域治理、镇村两地、市场主体、区分情形",
        "报送市委、区政府和县人大常委会",
        "维护城市安全，支持农村和山区发展",
        # ordinary words that look like names of people or bodies
        "局长高度重视，主要负责同志亲自部署",
        "由书记任组长，各位同志积极参与",
        "组织律师事务所与中小学结对，开展集中学习",
        # ordinary words with a numeral
        "一是抓学习，进一步统一思想，一体推进",
        "做到一件事一次办，形成一套制度",
        "千方百计解决难题，十分重视",
    ],
)
def test_what_stays(text: str) -> None:
    assert mask(text).text == text


def test_known_names_are_blanked_wherever_they_stand() -> None:
    masked = mask(
        "云麓区司法局深化法治云麓建设，云麓模式获推广，纪云舟到会。",
        places=("云麓区", "云麓"),
        people=("纪云舟",),
        units=("云麓区司法局",),
    )
    assert masked.text == "〔单位〕深化法治〔地名〕建设，〔地名〕模式获推广，〔人名〕到会。"
    assert masked.blanks[0] == Blank("单位", "云麓区司法局")
    assert {blank.kind for blank in masked.blanks} == {"单位", "地名", "人名"}


def test_a_known_body_becomes_a_unit() -> None:
    assert mask("听松小学获奖", places=("听松小学",)).text == "〔单位〕获奖"


def test_one_place_in_several_words_is_one_blank() -> None:
    assert mask("湖南省霁川县藕塘镇柒溪村").text == "〔地名〕"


@pytest.mark.parametrize(
    ("title", "national"),
    [
        ("《行政复议法》", True),
        ("《中华人民共和国社区矫正法实施办法》", True),
        ("《民法典》", True),
        ("《乡村振兴促进法》", True),
        ("《香港特别行政区基本法》", True),
        ("《法律顾问管理办法》", False),
        ("《优化营商环境条例》", True),
        ("《法治政府建设实施纲要（2021—2025年）》", True),
        ("《党政主要负责人履行推进法治建设第一责任人职责规定》", True),
        ("《湖南省行政程序规定》", False),
        ("《霁川县公共资源管理办法》", False),
        ("《关于进一步加强合法性审查的通知》", False),
        ("《xx县普法规划》", False),
        ("《心灯》", False),
    ],
)
def test_national_titles(title: str, national: bool) -> None:
    assert is_national(title) is national


def test_a_law_of_a_known_place_is_not_national() -> None:
    assert is_national("《云麓促进法》")
    assert not is_national("《云麓促进法》", ("云麓",))


@pytest.mark.parametrize(
    "text",
    [
        "2021年，推动12霁川县藕塘镇5个村开展3次活动，率达100%",
        "对xx区3家单位、《xx办法》〔2021〕5号进行清理",
        "〔年〕，〔地名〕〔数〕件，〔单位〕〔人名〕印发〔文件〕",
        "局长纪云舟2次到漪澜市云麓区听松街道柒溪社区调研",
    ],
)
def test_masking_twice_changes_nothing(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once
    assert mask(once).blanks == ()


def test_names_of_a_report_are_gathered_over_its_whole_text() -> None:
    paragraphs = ("在漪澜市调研。", "推动漪澜市有关工作，柳如絮同志参加。")
    names = names_of(paragraphs, unit="云麓区司法局")
    assert set(names.places) == {"漪澜市", "漪澜", "云麓区", "云麓"}
    assert names.people == ("柳如絮",)
    assert mask_names("如絮、柳如絮和云麓", names) == "如絮、〔人名〕和〔地名〕"


def test_a_stem_that_is_an_ordinary_word_is_not_taken() -> None:
    names = names_of((), unit="和平区城市管理局")
    assert names.places == ("和平区",)
    assert mask_names("维护和平与安宁", names) == "维护和平与安宁"


def test_finders_give_spans() -> None:
    text = "在霁川县，局长纪云舟，由衡佑律师事务所"
    assert [text[a:b] for a, b in find_places(text)] == ["霁川县"]
    assert [text[a:b] for a, b in find_people(text)] == ["纪云舟"]
    assert [text[a:b] for a, b in find_bodies(text)] == ["衡佑律师事务所"]


def _leaks(path: Path) -> list[str]:
    """Everything of a seed's own that is left in what would be stored of it."""
    found: list[str] = []
    for report in read_seeds(path):
        names = report.names()
        own = {*report.places, *report.people, *names.places, *names.people, *names.units}
        for passage in masked_passages(report):
            stored = "\n".join((*passage.path, passage.text))
            found += [name for name in own if len(name) > 1 and name in stored]
            bare = re.sub(r"《[^》]*》|（20\d\d—20\d\d年）|12345|12348|[“(]?\d+·\d+", "", stored)
            found += re.findall(r"\d+", BLANK.sub("", bare))
            assert mask_names(passage.text, names) == passage.text
    return found


def test_shipped_seeds_leak_nothing(real_shipped: Path) -> None:
    seeds = sorted(real_shipped.glob("*.md"))
    assert seeds
    assert {path.name: leaks for path in seeds if (leaks := _leaks(path))} == {}


@pytest.mark.shared
def test_real_seeds_leak_nothing_that_is_known(shared_seeds: Path) -> None:
    paths = sorted(shared_seeds.iterdir())
    assert {path.name: leaks for path in paths if (leaks := _leaks(path))} == {}


@pytest.mark.parametrize(
    "text", ["畅通群众和媒体监督渠道。", "依据州、县评查通报督促整改。", "根据区、镇两级部署推进。"]
)
def test_words_beside_a_joint_or_a_level_are_no_names(text: str) -> None:
    assert mask(text).text == text
