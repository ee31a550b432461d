from __future__ import annotations

from pathlib import Path

import pytest

from fzwriter.documents import read_file, read_text
from fzwriter.errors import InputError

TEXT = "古丈县司法局\r\n\r\n　　2024年，收到行政复议案件48件。\r\n"
LINES = ("古丈县司法局", "2024年，收到行政复议案件48件。")


@pytest.mark.parametrize(
    ("encoding", "repairs"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("gb18030", ("按 GB18030 编码读取",)),
        ("utf-16", ("按 UTF-16 编码读取",)),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, repairs: tuple[str, ...]) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(TEXT.encode(encoding))
    document = read_text(path)
    assert document.paragraphs == LINES
    assert document.repairs == repairs
    assert document.front_matter == ""


def test_a_file_cut_in_the_middle_of_a_character(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes("办结23件，其中".encode()[:-1])
    assert read_text(str(path)).text == "办结23件，其"
    assert "不完整" in read_text(path).repairs[0]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"\x00\x01\x02" * 100, "控制字符"),
        ("a.txt", b"\x81\xff\xfe\x80", "认不出文字编码"),
        ("a.txt", "办结23件，".encode() + b"\xe4" + "法治政府建设工作总结".encode(), "认不出"),
        ("a.txt", b"caf\xe9 latin one", "认不出文字编码"),
        ("a.txt", b"\xff\xfea", "UTF-16"),
        ("a.txt", b"PK\x03\x04", "其实是压缩包"),
        ("a.md", b"%PDF-1.7", "其实是 PDF"),
        ("a.txt", b"\xd0\xcf\x11\xe0", "旧版 Office"),
        ("a.txt", b" \n\n", "没有文字"),
        ("a.txt", b"", "没有文字"),
        ("a.md", b"---\nunit: x\n---\n", "没有文字"),
        ("a.doc", b"x", "另存为 .docx"),
        ("a.WPS", b"x", "另存为 .docx"),
        ("a.pdf", b"x", "另存为 .docx"),
        ("a.xlsx", b"x", "可以读的格式"),
        ("a", b"x", "没有扩展名"),
    ],
)  # fmt: skip
def test_bad_files(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        read_text(path)
    assert str(path) in str(caught.value)
    assert caught.value.remedy


def test_missing_file_folder_and_unreadable_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="找不到文件"):
        read_text(tmp_path / "缺.docx")
    with pytest.raises(InputError, match="这是文件夹"):
        read_text(tmp_path)
    with pytest.raises(InputError, match="读不出来"):
        read_text("a\0b.txt")

    def denied(self: Path, mode: str) -> bytes:
        raise PermissionError(13, "denied")

    path = tmp_path / "a.txt"
    path.write_text("文字", encoding="utf-8")
    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(InputError, match="没有读取权限"):
        read_text(path)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no file here lies about its size")
def test_a_file_that_lies_about_its_size_is_read_no_further_than_allowed() -> None:
    path = Path("/proc/self/maps")
    assert path.stat().st_size == 0
    assert b"python" in read_file(path)
    with pytest.raises(InputError, match="文件太大"):
        read_file(path, 10)


MARKDOWN = r"""---
title: 标题
place: [砚岭县, 榆湾镇]
---
# 砚岭县司法局报告

县委：
## 一、成效 ##
**（一）机制**。__全年__，*召开*会议2次，见[附件](a.docx)和`代码`~~x~~。
> 引用3件
- 项目一
* 项目二
1. 编号留下
<!-- 批注 8
件 -->
---
| 事项 | 件数 |
| --- | ---: |
| 复议 | 48 |
```
围栏内
```
![图](a.png)<span class="a">标签</span>&amp;3 < 5
3\*4，\# 不是标题，C:\\目录，snake_case_word
"""


def test_markdown(tmp_path: Path) -> None:
    path = tmp_path / "报告.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    document = read_text(path)
    assert document.paragraphs == (
        "砚岭县司法局报告",
        "县委：",
        "一、成效",
        "（一）机制。全年，召开会议2次，见附件和代码x。",
        "引用3件",
        "项目一",
        "项目二",
        "1. 编号留下",
        "事项",
        "件数",
        "复议",
        "48",
        "围栏内",
        "标签&3 < 5",
        r"3*4，# 不是标题，C:\目录，snake_case_word",
    )
    assert document.front_matter == "title: 标题\nplace: [砚岭县, 榆湾镇]\n"


def test_a_rule_at_the_head_is_no_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "报告.md"
    path.write_text("---\n全年召开会议2次。\n---\n正文\n", encoding="utf-8")
    assert read_text(path).paragraphs == ("全年召开会议2次。", "正文")


def test_marks_in_a_text_file_are_text(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("# 3*4*5\n", encoding="utf-8")
    assert read_text(path).text == "# 3*4*5"
