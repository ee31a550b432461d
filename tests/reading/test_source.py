"""Reading seed files, with and without front matter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from fzwriter.errors import InputError
from fzwriter.reading.recognise import kind_of, level_of
from fzwriter.reading.source import read_seeds
from fzwriter.units import recognised_type
from seed_samples import BUREAU, PLAIN, TOWN

Write = Callable[[str, str], Path]


def test_front_matter_is_taken_as_declared(write: Write) -> None:
    (report,) = read_seeds(write("jichuan-2021.md", BUREAU))
    assert report.name == "jichuan-2021"
    assert report.unit == "霁川县司法局"
    assert (report.unit_type, report.kind, report.year, report.level) == (
        "司法局",
        "法治政府建设年度报告",
        2021,
        "县",
    )
    assert report.places == ("霁川县", "霁川", "藕塘镇")
    assert report.people == ("纪云舟",)
    assert report.paragraphs[0] == "县委、县人民政府："
    assert report.notices == ()
    assert len(report.sha256) == 64


def test_without_front_matter_the_title_tells(write: Write) -> None:
    (report,) = read_seeds(write("去年总结.txt", PLAIN))
    assert report.title == "云麓区教育局2019年法治建设工作总结"
    assert (report.unit, report.unit_type, report.kind, report.year, report.level) == (
        "云麓区教育局",
        "教育局",
        "工作总结",
        2019,
        "区",
    )
    assert report.name.isascii()
    assert report.name.startswith("seed-")
    assert report.title not in report.paragraphs


def test_a_title_broken_after_the_unit_is_joined(write: Write) -> None:
    text = "云麓区司法局\n关于2019年法治政府建设情况的报告\n" + PLAIN.split("\n", 1)[1]
    (report,) = read_seeds(write("a.txt", text))
    assert report.title == "云麓区司法局关于2019年法治政府建设情况的报告"
    assert report.unit == "云麓区司法局"


def test_what_is_not_recognised_is_said(write: Write) -> None:
    text = "工作材料\n" + "这里写的是一些没有标题的文字，也看不出是哪个单位写的。" * 10
    (report,) = read_seeds(write("b.txt", text))
    assert (report.unit, report.unit_type, report.kind, report.year) == ("", "其他", "其他", 0)
    assert "单位" in report.notices[0]
    assert "年度" in report.notices[0]


def test_a_nameless_unit_still_has_a_type(write: Write) -> None:
    (report,) = read_seeds(write("c.txt", PLAIN.replace("云麓区教育局", "xx区公安局")))
    assert report.unit_type == "公安局"
    assert report.unit == ""


def test_a_compilation_is_parted(write: Write) -> None:
    body = PLAIN.split("\n", 1)[1].replace("云麓区教育局", "我镇")
    text = f"2019年工作总结汇编（2篇）\n2019年法治建设工作总结（镇乡）\n{body}\n{PLAIN}"
    first, second = read_seeds(write("d.txt", text), name="both")
    assert (first.name, second.name) == ("both-1", "both-2")
    assert (first.unit_type, second.unit_type) == ("镇", "教育局")


def test_gb18030_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "e.txt"
    path.write_bytes(PLAIN.encode("gb18030"))
    (report,) = read_seeds(path)
    assert report.unit == "云麓区教育局"


def test_word_files_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    for line in PLAIN.splitlines():
        document.add_paragraph(line)
    path = tmp_path / "总结.docx"
    document.save(str(path))
    (report,) = read_seeds(path)
    assert report.year == 2019
    assert len(report.paragraphs) == len(PLAIN.splitlines()) - 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("太短了。", "文字太少"),
        (BUREAU.replace("year: 2021", "year: [2021"), "YAML"),
        (BUREAU.replace("---\ntitle", "--\ntitle", 1), "---"),
    ],
)
def test_bad_files_are_refused_in_one_chinese_line(write: Write, text: str, problem: str) -> None:
    path = write("bad.md", text)
    with pytest.raises(InputError, match=problem) as caught:
        read_seeds(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_seeds(tmp_path / "none.txt")


def test_unknown_front_matter_keys_are_mentioned(write: Write) -> None:
    (report,) = read_seeds(write("f.md", TOWN.replace("year:", "author: 某人\nyear:")))
    assert "author" in report.notices[0]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("霁川县司法局2021年工作总结和2022年工作要点", "工作总结和工作要点"),
        ("某镇2021年法治建设工作总结及2022年工作思路", "工作总结和工作思路"),
        ("2021年工作总结与2022年工作计划", "工作总结和工作计划"),
        ("某局2021年法治建设工作总结", "工作总结"),
        ("关于2021年度法治政府建设情况的报告", "法治政府建设年度报告"),
        ("2022年法治政府建设工作要点", "工作要点"),
        ("某局一封信", "其他"),
    ],
)
def test_kinds(title: str, kind: str) -> None:
    assert kind_of(title) == kind


@pytest.mark.parametrize(
    ("unit", "unit_type", "level"),
    [
        ("霁川县司法局", "司法局", "县"),
        ("云麓区人力资源和社会保障局", "人社局", "区"),
        ("漪澜市工业和信息化局", "经信局", "市"),
        ("霁川县藕塘镇人民政府", "镇", "镇"),
        ("云麓区人民政府听松街道办事处", "镇", "街道"),
        ("霁川县人民政府", "区县政府", "县"),
        ("霁川县气象局", "其他", "县"),
    ],
)
def test_types_and_levels(unit: str, unit_type: str, level: str) -> None:
    assert recognised_type(unit) == unit_type
    assert level_of(unit) == level


@pytest.mark.shared
def test_the_real_files_are_read(shared_seeds: Path) -> None:
    reports = [report for path in sorted(shared_seeds.iterdir()) for report in read_seeds(path)]
    assert len(reports) == 10  # five files, one of them a compilation of six
    assert all(report.year in (2023, 2024) for report in reports)
    assert all(report.kind != "其他" for report in reports)
    assert not any("##" in report.text or "素材库" in report.text for report in reports)
