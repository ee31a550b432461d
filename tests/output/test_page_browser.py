"""The review page as people use it, in headless Chromium from a file:// address."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from common import CASES
from fzwriter import draft, load_facts
from fzwriter.check import check
from fzwriter.output.page import page_html
from fzwriter.report import CheckReport, Decision, Issue, Paragraph, Report, Section

CHROMIUM = shutil.which("chromium")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

PLANTED = (("48件", "49件"), ("100余万元", "100万元"), ("办理公证106件", "办理公证"))


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def planted(paragraph: Paragraph) -> Paragraph:
    text = paragraph.text
    for right, wrong in PLANTED:
        text = text.replace(right, wrong)
    return Paragraph(text, paragraph.style)


@pytest.fixture(scope="module")
def faulty() -> tuple[Report, object]:
    sheet = load_facts(next(c for c in CASES if c.name.startswith("003")) / "facts.yaml")
    report = draft(sheet, writer="offline")
    sections = tuple(
        Section(s.part, tuple(map(planted, s.paragraphs)), s.topics) for s in report.sections
    )
    report = replace(
        report,
        sections=sections,
        pending=("“计划”部分没有材料",),
        decisions=(Decision("舍去", "三、检察工作", "", "与本单位无关"),),
    )
    return replace(report, check=check(report.text, sheet)), sheet


@pytest.fixture(scope="module")
def file(faulty, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "报告 核验.html"
    path.write_text(page_html(*faulty, notice="未核稿：还有错误，核实前不得报送"), "utf-8")
    return path


class Visit:
    """A page opened, with whatever it asked for or complained of."""

    def __init__(self, browser, path, **more):
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **more})
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.address = path.as_uri()
        self.page.goto(self.address)

    def figure(self, text: str):
        return self.page.locator("main a.n", has_text=text).first


@pytest.fixture
def visit(browser, file):
    visits = []

    def open_(path=file, **more) -> Visit:
        visits.append(Visit(browser, path, **more))
        return visits[-1]

    yield open_
    for one in visits:
        one.context.close()
        assert one.complaints == []
        assert {url.partition("#")[0] for url in one.requests} == {one.address}


def in_view(visit: Visit, selector: str) -> None:
    """Wait until the element stands within the window; times out where it never does."""
    visit.page.wait_for_function(
        "(s) => { const b = document.querySelector(s).getBoundingClientRect();"
        " return b.top > 0 && b.bottom < innerHeight; }",
        arg=selector,
    )


def test_hovering_a_number_shows_its_source_and_leaving_hides_it(visit):
    v = visit()
    source = v.page.locator("#pop")
    assert not source.is_visible()
    v.figure("213").hover()
    source.get_by_text("受理刑事、民事及劳动仲裁案件").wait_for()
    assert "213件" in source.inner_text()
    assert "第 30 行" in source.inner_text()
    v.page.mouse.move(5, 5)
    source.wait_for(state="hidden")


def test_a_derived_number_shows_its_formula_with_figures(visit):
    v = visit()
    v.figure("22%").hover()
    v.page.locator("#pop").get_by_text("败诉12 ÷ 审结54 × 100% = 22%").wait_for()


def test_a_click_keeps_the_source_open_until_it_is_closed(visit):
    v = visit()
    v.figure("213").click()
    v.page.mouse.move(5, 5)
    v.page.wait_for_timeout(300)
    assert v.page.locator("#pop").is_visible()
    v.page.get_by_role("button", name="关闭").click()
    assert not v.page.locator("#pop").is_visible()
    assert v.page.locator("main .n.on").count() == 0


def test_the_keyboard_opens_a_source_and_escape_goes_back_to_the_number(visit):
    v = visit()
    v.figure("213").focus()
    assert v.page.locator("#pop").is_visible()
    v.page.keyboard.press("Enter")
    focused = "document.activeElement.className"
    assert v.page.evaluate(focused) == "close"
    v.page.keyboard.press("Escape")
    assert not v.page.locator("#pop").is_visible()
    assert v.page.evaluate("document.activeElement.textContent") == "213"


def test_an_enumerator_says_on_hover_that_it_is_no_data(visit):
    v = visit()
    v.page.locator("main span.n", has_text="一、").first.hover()
    assert "不作数据" in v.page.locator("#pop").inner_text()
    assert "序号" in v.page.locator("#pop").inner_text()


def test_the_issue_list_jumps_to_the_place_and_marks_it(visit):
    v = visit()
    card = v.page.locator("#issues li.error", has_text="49件")
    card.get_by_role("link", name="第").click()
    place = v.page.locator("main .i.hit")
    assert place.all_inner_texts() == ["49"]
    in_view(v, "main .i.hit")
    v.page.locator("main .badge").first.click()
    assert v.page.locator("#issues li.hit").count() == 1


def test_a_fact_leads_to_its_place_and_a_source_to_its_fact(visit):
    v = visit()
    v.page.locator("#facts tr", has_text="受理刑事、民事及劳动仲裁案件").get_by_role("link").click()
    assert v.page.locator("main .n.hit").inner_text() == "213"
    v.figure("213").click()
    v.page.locator("#pop").get_by_role("link", name="受理刑事").click()
    assert "受理刑事、民事及劳动仲裁案件" in v.page.locator("#facts tr.hit").inner_text()
    in_view(v, "#facts tr.hit")
    v.page.go_back()
    assert v.page.locator("main .n.hit").inner_text() == "213"


def test_facts_left_out_lead_to_their_rows(visit):
    v = visit()
    v.page.locator("#omitted").get_by_role("link", name="办理公证").click()
    assert "没有写进报告" in v.page.locator("#facts tr.hit").inner_text()


def test_the_filter_shows_one_status_and_lets_go_when_a_link_leads_elsewhere(visit):
    v = visit()
    rows = v.page.locator("#numbers tbody tr:visible")
    every = rows.count()
    v.page.get_by_role("button", name="对不上").click()
    assert v.page.locator("[aria-pressed=true]").count() == 1
    assert rows.count() == v.page.locator("main .n[data-s=untraced]").count() == 2
    v.figure("213").click()
    v.page.locator("#pop").get_by_role("link", name="在数字来源表中查看").click()
    assert rows.count() == every
    assert "213件" in v.page.locator("#numbers tr.hit").inner_text()


@pytest.mark.parametrize("width", [320, 390, 760, 1024, 1280])
def test_no_window_scrolls_sideways(visit, width):
    v = visit(viewport={"width": width, "height": 700})
    wide = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    found, room = v.page.evaluate(wide)
    assert found <= room
    v.figure("213").click()
    box = v.page.locator("#pop").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= room


def test_without_script_the_numbers_lead_to_their_rows(visit):
    v = visit(java_script_enabled=False)
    v.figure("213").click()
    assert v.page.url.endswith(v.figure("213").get_attribute("href"))
    row = v.page.locator("#numbers tr:target")
    assert "受理刑事、民事及劳动仲裁案件" in row.inner_text()
    assert v.figure("213").get_attribute("title").startswith("可溯源：")


def test_it_prints_report_issues_and_numbers_without_what_is_for_the_screen(visit):
    v = visit()
    pdf = v.page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    v.page.emulate_media(media="print")
    for shown in ("main", "#issues", "#pending", "#decisions", "#numbers", "main .badge.error"):
        assert v.page.locator(shown).first.is_visible(), shown
    for hidden in ("#facts", "#pop", ".skip"):
        assert not v.page.locator(hidden).first.is_visible(), hidden
    side, paper = v.page.locator("aside").bounding_box(), v.page.locator("main").bounding_box()
    assert side["y"] >= paper["y"] + paper["height"]


def test_statuses_differ_in_shape_not_only_in_colour(visit):
    v = visit()
    shapes = v.page.locator(".sample").evaluate_all(
        "all => all.map(e => { const s = getComputedStyle(e);"
        " return s.textDecorationLine + ' ' + s.textDecorationStyle; })"
    )
    assert len(shapes) == len(set(shapes)) == 8


def test_a_doubt_is_stepped_to_and_its_command_line_copied(visit, faulty, tmp_path):
    _, sheet = faulty
    text = "大报告\n协助办理公证106件。我局荣获全国先进单位。"
    title, line = text.split("\n")
    issues = tuple(
        Issue(start, start + 4, "wrong_fact", "doubt", f"说不准{start}", "请核对", f"q{start}")
        for start in (4, 15)
    )
    report = Report(title, (Section("其他", (Paragraph(line),)),), check=CheckReport((), issues))
    path = tmp_path / "存疑.html"
    files = (tmp_path / "稿.docx", tmp_path / "数.yaml")
    path.write_text(page_html(report, sheet, files=files), "utf-8")
    v = visit(path)
    v.page.get_by_text("下一处存疑").click()
    assert v.page.locator("#i2.hit").count() == 1
    assert v.page.locator('.i.hit[data-i="2"]').count() == 1
    v.page.locator("#i2 summary").click()
    v.page.locator("#i2 button.copy").click()
    assert v.page.evaluate("() => getSelection().toString()").strip() == (
        f"fzwriter confirm {tmp_path / '稿.docx'} --facts {tmp_path / '数.yaml'} q15"
    )
    assert v.page.locator("#i2 button.copy").inner_text() == "已复制"


def five_thousand(sheet) -> Report:
    """One checked sentence a thousand times over; checking them all is not what is asked here."""
    line = "收到行政复议案件48件，办结23件，审结54件，败诉12件，办理公证106件。"
    once = [m for m in check(line, sheet).mentions if m.kind == "quantity"]
    starts = range(len("大报告\n"), len("大报告\n") + 1000 * (len(line) + 1), len(line) + 1)
    mentions = tuple(replace(m, start=m.start + at, end=m.end + at) for at in starts for m in once)
    sections = (Section("其他", (Paragraph(line),) * 1000),)
    return Report("大报告", sections, check=CheckReport(mentions))


def test_five_thousand_numbers_open_and_answer(visit, faulty, tmp_path):
    _, sheet = faulty
    report = five_thousand(sheet)
    assert len(report.check.quantities) == 5000
    path = tmp_path / "large.html"
    path.write_text(page_html(report, sheet), "utf-8")
    v = visit(path)
    # Measured inside the page, so that the way there and back does not count.
    spent = v.page.evaluate(
        "() => { const all = document.querySelectorAll('main a.n'); const began = performance.now();"
        " all[all.length - 1].click(); return performance.now() - began; }"
    )
    assert "办理公证" in v.page.locator("#pop").inner_text()
    assert spent < 1000
