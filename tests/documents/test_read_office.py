"""Older office files: through LibreOffice where it is, with a clear word where it is not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from fzwriter.documents import office, read_text
from fzwriter.errors import InputError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A .doc as Word 97 wrote it."""
    if not office.program():
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("old")
    document = docx.Document()
    document.add_paragraph("霁川县司法局2021年工作总结")
    document.add_paragraph("全年办结案件19件。")
    document.save(str(folder / "a.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [office.program(), profile, "--headless", "--convert-to", "doc", "--outdir", str(folder)]
        + [str(folder / "a.docx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / "a.doc"


@pytest.mark.office
@pytest.mark.parametrize("suffix", [".doc", ".wps"])
def test_old_word_files_are_read(old: Path, tmp_path: Path, suffix: str) -> None:
    path = Path(shutil.copy(old, tmp_path / f"去年{suffix}"))
    document = read_text(path)
    assert document.paragraphs == ("霁川县司法局2021年工作总结", "全年办结案件19件。")
    assert "LibreOffice" in document.repairs[0]


@pytest.mark.office
def test_a_damaged_one_is_told(old: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(old.read_bytes()[:600])
    with pytest.raises(InputError, match="读不出这个文件|没有文字"):
        read_text(path)


def test_a_docx_under_an_old_name_needs_no_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "program", lambda: "")
    document = docx.Document()
    document.add_paragraph("年度工作总结")
    document.save(str(tmp_path / "a.docx"))
    path = (tmp_path / "a.docx").rename(tmp_path / "a.wps")
    assert read_text(path).paragraphs == ("年度工作总结",)


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.doc", OLE + b"x" * 600, "没有装"),
        ("a.wps", OLE + b"\xec\xa5\xc1\x00" + b"\x00" * 6 + b"\x00\x01", "打开密码"),
        ("a.doc", b"", "空的"),
        ("a.doc", b"plain text", "不是有效的 .doc"),
    ],
)
def test_what_can_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, problem: str
) -> None:
    monkeypatch.setattr(office, "program", lambda: "")
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=problem) as caught:
        read_text(path)
    assert (
        "docx" in caught.value.remedy
        or "完整" in caught.value.remedy
        or "密码" in caught.value.remedy
    )


def test_a_hanging_libreoffice_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("soffice", 1)

    monkeypatch.setattr(office, "program", lambda: "soffice")
    monkeypatch.setattr(subprocess, "run", hang)
    path = tmp_path / "a.doc"
    path.write_bytes(OLE)
    with pytest.raises(InputError, match="已放弃"):
        read_text(path)
