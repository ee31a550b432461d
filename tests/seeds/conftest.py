"""Seeds made for the tests: invented units, invented text."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fzwriter.seeds import SeedLibrary, SeedReport

REPOSITORY = Path(__file__).resolve().parents[2]

BUREAU = """---
title: 霁川县司法局关于2021年度法治政府建设情况的报告
unit: 霁川县司法局
unit_type: 司法局
kind: 法治政府建设年度报告
year: 2021
level: 县
place: [霁川县, 霁川, 藕塘镇]
people: [纪云舟]
---
县委、县人民政府：
2021年，我局坚持以习近平法治思想为指引，扎实做好各项法治工作。现将有关情况报告如下。
一、主要举措和成效
（一）坚持统筹推进，健全工作体系。一是压实工作责任。坚持把党的政治建设摆在首位，召开专题会议7次，印发《霁川县法治工作要点》，分解任务31项。二是提升审查质量。全年审查合同58份，提出意见120条。
（二）坚持复议为民，化解行政争议
坚持和发展新时代“枫桥经验”，全年收到行政复议案件19件，办结17件，其中维持9件，纪云舟同志到藕塘镇接待群众46人次。
（三）坚持宽严相济，做好社区矫正。围绕重新融入社会这一目标，在册社区矫正对象63人，开展教育24场次，未发生重大事件。
二、存在的不足和原因
一是普法形式不够丰富。新媒体运用不多，针对性不强。二是执法监督力量薄弱，人员身兼数职。
三、下一步工作安排
一是深化行政复议规范化建设，畅通受理渠道。二是加强人民调解组织建设，提高调解质量。
霁川县司法局
2022年1月12日
"""

TOWN = """---
title: 藕塘镇2020年法治建设工作总结和2021年工作计划
unit: 霁川县藕塘镇人民政府
unit_type: 镇
kind: 工作总结和工作计划
year: 2020
level: 镇
place: [霁川县, 藕塘镇, 藕塘]
people: []
---
2020年，藕塘镇党委、政府把法治建设摆在重要位置，各项工作有序推进。
一、2020年工作总结
（一）抓实矛盾化解。坚持预防走在前、调解优先行，全年受理矛盾纠纷88件，调解成功86件，成功率97.7%。
（二）抓实行政复议应诉。收到以镇政府为被申请人的行政复议案件1件，按期答复，负责人出庭应诉1件。
（三）抓实法治宣传。落实“谁执法谁普法”普法责任制，开展宣传活动16场次，发放资料3000份。
二、存在的问题
普法对象不够精准，村民参与热情不高，宣传效果还不理想。
三、2021年工作计划
围绕群众关心的事，深化法治宣传，健全矛盾纠纷排查机制，让群众遇事找法。
"""

PLAIN = """云麓区教育局2019年法治建设工作总结
2019年，云麓区教育局全面推进依法治教，现将工作情况总结如下。
一、工作开展情况
（一）健全依法决策机制。坚持重大事项先论证后决策，审查合同12份，听取法律顾问意见30条。
（二）深化校园普法。组织法治副校长到云麓区听松小学讲课45场，受教育学生9000余人次。
二、存在的问题
法治副校长作用发挥还不充分，学校之间不平衡，专业力量有待加强，经费保障需要进一步落实。
三、下一步打算
继续推进依法治校，完善章程，健全学生权益保护机制，让校园里的法治氛围一年比一年浓厚起来。
"""


def make_report(*paragraphs: str, **fields: object) -> SeedReport:
    """A report as ``read_seeds`` would give it."""
    values: dict[str, object] = {
        "name": "sample",
        "title": "某某报告",
        "unit": "",
        "unit_type": "司法局",
        "kind": "法治政府建设年度报告",
        "year": 2021,
        "level": "县",
        "places": (),
        "people": (),
        "paragraphs": paragraphs,
        "sha256": "0" * 64,
    }
    return SeedReport(**(values | fields))  # type: ignore[arg-type]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a text file: name, text."""

    def do(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return do


@pytest.fixture(scope="session")
def shipped_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the shipped one, with two invented seeds."""
    folder = tmp_path_factory.mktemp("shipped")
    (folder / "jichuan-2021.md").write_text(BUREAU, encoding="utf-8")
    (folder / "outang-2020.md").write_text(TOWN, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory, shipped_samples: Path) -> Path:
    """A home whose index is built; never opened again, only copied."""
    home = tmp_path_factory.mktemp("built") / "home"
    with SeedLibrary.open(home, shipped_samples) as library:
        library.search("行政复议")
    return home


@pytest.fixture
def home(built_home: Path, tmp_path: Path) -> Path:
    """A copy of the built home, for one test."""
    return Path(shutil.copytree(built_home, tmp_path / "home"))


@pytest.fixture
def library(home: Path, shipped_samples: Path) -> Iterator[SeedLibrary]:
    """A library of the two invented seeds, its index built."""
    with SeedLibrary.open(home, shipped_samples) as opened:
        yield opened


@pytest.fixture(scope="session")
def shared_seeds() -> Path:
    """The real, dirty seed files of the development material."""
    folder = REPOSITORY.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip(f"开发资料不在：{folder}")
    return folder


@pytest.fixture(scope="session")
def real_shipped() -> Path:
    """The seeds that ship with the project."""
    return REPOSITORY / "seeds"
