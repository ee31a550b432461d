from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from score_samples import TEXT

from fzwriter.evaluation.page import page_html, write_page

EVIL = "<script>document.title='恶'</script>\"'><img src=x onerror=alert(1)>"


def made(
    case: str, system: str, text: str = TEXT, **values: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    start = text.find("23")
    draft = {"key": f"{case}{system}", "case": case, "task": "draft", "title": f"{case}的题", "system": system,
             "status": "done", "message": "", "text": text}  # fmt: skip
    scores = {
        name: {"value": value, "why": f"{name}的说明", "n": 3, "detail": {}}
        for name, value in values.items()
    }
    scores["binding"] = {
        "value": 0.5,
        "why": "",
        "n": 4,
        "detail": {"classes": {"digit": [1, 2], "swap": [1, 2]}},
    }
    issue = {"start": start, "end": start + 2, "kind": "wrong_fact", "severity": "error",
             "message": "“23”与f02不符", "suggestion": "应为22件"}  # fmt: skip
    figures = [
        [start, start + 2, "untraced", "不符"],
        [text.find("48"), text.find("48") + 2, "traced", "f01"],
    ]
    return draft, {"key": draft["key"], "scores": scores, "issues": [issue], "figures": figures}


def records() -> tuple[list[dict[str, Any]], list[dict[str, Any] | None]]:
    pairs: list[tuple[dict[str, Any], dict[str, Any] | None]] = []
    for at, case in enumerate(("甲", "乙", "丙")):
        pairs.append(made(case, "offline", traceability=1.0, register=1.0 - at / 10))
        pairs.append(
            made(
                case,
                "full@模型",
                traceability=0.8 + at / 10,
                register=0.9,
                tokens=1000.0 * (at + 1),
            )
        )
    failed = {"key": "x", "case": "丁", "task": "draft", "title": "", "system": "full@模型", "status": "failed",
              "message": "模型连不上", "text": ""}  # fmt: skip
    pairs.append((failed, None))
    return [d for d, _ in pairs], [s for _, s in pairs]


def test_the_page_holds_tables_plots_and_texts_and_nothing_from_elsewhere() -> None:
    html = page_html(*records())
    for word in (
        "评测报告",
        "总表",
        "分布",
        "花费与质量",
        "植错查出率",
        "逐例结果",
        "离线写法",
        "全流程",
        "n=3",
        "丁（全流程）：模型连不上",
    ):
        assert word in html
    assert not re.search(r"(?:src|href)=[\"'](?!#)", html)
    assert "http://" not in html.replace("http://www.w3.org", "")
    assert html.count("<svg") >= 4
    assert html.count("<details") == 6
    assert '<mark class="error" title="“23”与f02不符">23</mark>' in html


def test_whatever_a_text_holds_is_shown_and_not_run() -> None:
    draft, score = made("甲", "offline", TEXT + f"\n{EVIL}", traceability=1.0)
    draft["title"] = draft["case"] = EVIL
    score["issues"][0]["message"] = EVIL
    html = page_html([draft], [score])
    assert "<script>document" not in html
    assert "<img" not in html
    assert "&lt;script&gt;document" in html


def test_a_refused_input_and_no_scores_at_all_make_a_page(tmp_path: Path) -> None:
    draft, _ = made("甲", "offline")
    draft |= {"status": "refused", "message": "f02 的 value 不是数字", "text": ""}
    score = {"key": draft["key"], "issues": [], "figures": [],
             "scores": {"expectations": {"value": 1.0, "why": "", "n": 1, "detail": {}}}}  # fmt: skip
    html = page_html([draft], [score])
    assert "输入未通过" in html
    assert "f02 的 value 不是数字" in html
    write_page([], [], tmp_path / "empty.html")
    assert "评测报告" in (tmp_path / "empty.html").read_text("utf-8")


def test_the_page_works_in_a_browser(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright not installed")
    path = tmp_path / "report.html"
    write_page(*records(), path)
    with playwright.sync_playwright() as browsers:
        try:
            browser = browsers.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        except playwright.Error as error:
            pytest.skip(f"no Chromium here: {str(error)[:60]}")
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            told: list[str] = []
            page.on("console", lambda m: told.append(m.text))
            page.on("pageerror", lambda e: told.append(str(e)))
            asked: list[str] = []
            page.on("request", lambda r: asked.append(r.url))
            page.goto(path.as_uri())
            assert page.title() == "评测报告"
            rows = page.locator("table.grid tbody tr:visible")
            assert rows.count() == 6
            page.select_option("#system", "离线写法")
            assert rows.count() == 3
            page.fill("#find", "乙")
            assert rows.count() == 1
            page.click("table.grid tbody tr:visible a")
            page.locator("details[open]").first.wait_for()  # the jump opens it a moment later
            assert page.locator("details[open]").count() == 1
            assert page.locator("details[open] mark.error").inner_text() == "23"
            box = page.locator("section#spread svg").first.bounding_box()
            assert box is not None
            assert box["width"] > 300
            page.set_viewport_size({"width": 420, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 420
            assert told == []
            assert asked == [path.as_uri()]
        finally:
            browser.close()


def _chromium() -> str | None:
    import shutil

    return (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
