"""The printed page, measured on what LibreOffice makes of the .docx."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from fzwriter.documents import read_text
from fzwriter.facts import FactSheet
from fzwriter.output import deliver, write_docx
from fzwriter.report import Report

TOOLS = ("soffice", "pdftotext", "pdftoppm")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<')
POINTS_A_MM = 72 / 25.4


@pytest.mark.office
@pytest.mark.skipif(bool(MISSING), reason=f"missing: {' '.join(MISSING)}")
def test_a_full_page_has_22_lines_inside_the_type_area(sample: Report, tmp_path: Path) -> None:
    write_docx(sample, tmp_path / "report.docx")
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(tmp_path), str(tmp_path / "report.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    listing = ["pdftotext", "-bbox", str(tmp_path / "report.pdf"), "-"]
    text = subprocess.run(listing, check=True, capture_output=True, timeout=60).stdout.decode()

    pages = [page_lines(page) for page in text.split("<page ")[1:]]
    assert len(pages) >= 3
    numbers = [lines.pop(max(lines)) for lines in pages]
    assert ["".join(word for *_, word in line) for line in numbers] == [
        f"—{n}—" for n in range(1, len(pages) + 1)
    ]
    for page, line in enumerate(numbers, 1):
        outer = line[-1][1] if page % 2 else line[0][0]
        edge = (210 - 26) * POINTS_A_MM - 14 if page % 2 else 28 * POINTS_A_MM + 14
        assert outer == pytest.approx(edge, abs=2)
    for lines in pages[1:-1]:
        assert len(lines) == 22
        heights = sorted(lines)
        pitch = (heights[-1] - heights[0]) / 21
        assert pitch == pytest.approx(28.95, abs=0.1)
        assert heights[0] >= 37 * POINTS_A_MM
        assert heights[-1] + 16 <= (297 - 35) * POINTS_A_MM + 1
        assert min(line[0][0] for line in lines.values()) >= 28 * POINTS_A_MM - 1
    fullest = max(
        len("".join(word for *_, word in line)) for lines in pages for line in lines.values()
    )
    assert fullest >= 28


def page_lines(page: str) -> dict[float, list[tuple[float, float, str]]]:
    """The words of a page by line: y of the line's top → (left, right, word)."""
    lines: dict[float, list[tuple[float, float, str]]] = defaultdict(list)
    for left, top, right, bottom, word in WORD.findall(page):
        middle = (float(top) + float(bottom)) / 2
        key = next((y for y in lines if abs(y - middle + 10) < 6), middle - 10)
        lines[key].append((float(left), float(right), word))
    return {y: sorted(words) for y, words in lines.items()}


@pytest.mark.office
@pytest.mark.skipif(bool(MISSING), reason=f"missing: {' '.join(MISSING)}")
def test_controls_and_red_head_survive_libreoffice(
    checked: Report, sheet: FactSheet, tmp_path: Path
) -> None:
    """LibreOffice doubles Chinese text in a plain control; ours must come back as they went."""
    document = sheet.document.model_copy(
        update={"issuer": "砚岭县司法局文件", "number": "砚司发〔2025〕3号", "signer": "张三"}
    )
    path = tmp_path / "report.docx"
    deliver(checked, sheet.model_copy(update={"document": document}), path)
    (tmp_path / "out").mkdir()
    profile = (tmp_path / "profile").as_uri()
    for kind in ("docx", "pdf"):
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
        command += [kind, "--outdir", str(tmp_path / "out"), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    back = read_text(tmp_path / "out" / "report.docx")
    assert back.text == read_text(path).text
    listing = ["pdftotext", "-bbox", str(tmp_path / "out" / "report.pdf"), "-"]
    text = subprocess.run(listing, check=True, capture_output=True, timeout=60).stdout.decode()
    lines = page_lines(text.split("<page ")[1])
    told = ["".join(word for *_, word in lines[y]) for y in sorted(lines)]
    assert told[0] == "砚岭县司法局文件"
    assert told[1] == "砚司发〔2025〕3号签发人：张三"
    top = min(float(word[1]) for word in WORD.findall(text.split("<page ")[1]))
    assert top == pytest.approx((37 + 35) * POINTS_A_MM, abs=4 * POINTS_A_MM)
