from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

import model_scripts
from common import CASES, ROOT
from fake_server import FakeServer
from fzwriter import draft, load_facts
from fzwriter.errors import ConfigError, InputError, ModelError
from fzwriter.facts import FactSheet
from fzwriter.llm import AnswerError, Call, Message, ScriptedModel
from fzwriter.report import Report
from fzwriter.seeds import SeedLibrary
from fzwriter.settings import Settings
from fzwriter.writing import prompts

CASE = ROOT / "eval" / "cases" / "003-sifaju-baogao" / "facts.yaml"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home whose library holds a seed with an order in it."""
    home = tmp_path_factory.mktemp("home")
    seed = home / "seed.txt"
    text = (ROOT / "seeds" / "sifaju-baogao-2023.md").read_text("utf-8")
    seed.write_text(text.replace("。", f"。{model_scripts.ORDER}。", 12), "utf-8")
    with SeedLibrary.open(home, ROOT / "seeds") as library:
        library.add([seed])
    return Settings(home=home)


def planted(sheet: FactSheet) -> FactSheet:
    """The sheet with an order in a fact's name and in a statement."""
    facts = tuple(
        f.model_copy(update={"name": f"{f.name}（{model_scripts.ORDER}）"}) if f.id == "f28" else f
        for f in sheet.facts
    )
    said = tuple(
        s.model_copy(update={"text": f"{s.text}。{model_scripts.ORDER}"}) if s.id == "s4" else s
        for s in sheet.statements
    )
    return sheet.model_copy(update={"facts": facts, "statements": said})


def assert_clean(report: Report) -> None:
    text = report.text
    assert report.check is not None
    assert [i for i in report.check.issues if i.severity == "error"] == []
    assert all(m.status and m.status != "untraced" for m in report.check.mentions)
    assert "〔" not in text
    assert "[[" not in text
    for bad in (*model_scripts.PERSONS, *model_scripts.DEEDS, *model_scripts.FIGURES):
        assert bad not in text, bad
    for bad in ("500万", "五百万", "忽略以上", "罚款"):
        assert bad not in text


@pytest.mark.parametrize("name", [case.name for case in CASES[::3]])
def test_a_faithful_model_s_report_is_proven(name: str, settings: Settings) -> None:
    sheet = load_facts(ROOT / "eval" / "cases" / name / "facts.yaml")
    offline = draft(sheet, settings=settings)
    notices: list[str] = []
    report = draft(
        sheet, model=ScriptedModel(model_scripts.faithful), settings=settings, notify=notices.append
    )
    assert report.check is not None
    assert offline.check is not None
    assert report.check.ok or not offline.check.ok
    assert report.check.omitted == ()
    (line,) = (n for n in notices if n.startswith("模型写成"))
    stood, total = (int(n) for n in line.removeprefix("模型写成 ").split(" 处")[0].split("/"))
    assert stood * 2 >= total or not offline.check.ok, notices


@pytest.mark.parametrize("vice", model_scripts.VICES)
def test_a_model_with_a_vice_gets_nothing_of_it_into_the_report(
    vice: str, settings: Settings
) -> None:
    model = ScriptedModel(model_scripts.adversary(1, (vice,)))
    report = draft(planted(load_facts(CASE)), model=model, settings=settings)
    assert_clean(report)
    offline = draft(load_facts(CASE), settings=settings)
    assert len(report.check.quantities) == len(offline.check.quantities)  # type: ignore[union-attr]


@pytest.mark.parametrize("seed", range(4))
def test_a_model_with_every_vice(seed: int, settings: Settings) -> None:
    case = CASES[(seed * 3) % len(CASES)] if seed else CASE.parent
    sheet = load_facts(case / "facts.yaml")
    if not draft(sheet, settings=settings).check.ok:  # type: ignore[union-attr]
        pytest.skip("the input itself is at fault")
    model = ScriptedModel(model_scripts.adversary(seed))
    assert_clean(draft(sheet, model=model, settings=settings))


@pytest.mark.parametrize("seed", range(3))
def test_a_small_model_with_every_vice(seed: int, settings: Settings) -> None:
    model = ScriptedModel(model_scripts.adversary(seed), name="m-1.5b", context=4096)
    report = draft(planted(load_facts(CASE)), model=model, settings=settings)
    assert all(model_scripts.is_lean(call) for call in model.history)
    assert_clean(report)


def test_what_a_small_model_put_otherwise_in_several_pieces_is_not_missed(
    settings: Settings,
) -> None:
    sheet = load_facts(ROOT / "eval/cases/001c-jiaoyuju-zongjie/facts.yaml")

    def with_commas(call: Call) -> str:
        return model_scripts.lean_lines(call).replace("为主题把", "为主题，把")

    model = ScriptedModel(with_commas, name="m-1.5b", context=4096)
    report = draft(sheet, model=model, settings=settings)
    assert "为主题，把" in report.text
    assert [line for line in report.pending if "没有写进报告" in line] == []


def test_an_order_in_the_data_is_printed_by_neither_writer(settings: Settings) -> None:
    notices: list[str] = []
    sheet = planted(load_facts(CASE))
    assert_clean(draft(sheet, writer="offline", settings=settings, notify=notices.append))
    assert sum("像是指令的话" in line for line in notices) == 2
    assert_clean(draft(sheet, model=ScriptedModel(model_scripts.faithful), settings=settings))


def test_no_prompt_holds_an_order_or_another_unit_s_names(settings: Settings) -> None:
    model = ScriptedModel(model_scripts.faithful)
    draft(planted(load_facts(CASE)), model=model, settings=settings)
    for call in model.history:
        assert "忽略以上" not in call.prompt
        assert "500万" not in call.prompt


def test_a_model_that_mends_its_text_is_heard(settings: Settings) -> None:
    def reply(call: Call) -> str:
        if model_scripts.is_smoothing(call):
            return model_scripts.smoothing(call)
        text = model_scripts.faithful_text(call)
        return model_scripts.answer(text if len(call.messages) > 2 else f"{text}全年罚款500万元。")

    model = ScriptedModel(reply)
    notices: list[str] = []
    report = draft(load_facts(CASE), model=model, settings=settings, notify=notices.append)
    assert_clean(report)
    repairs = [c for c in model.history if len(c.messages) > 2]
    assert len(repairs) * 2 == len(model.history)
    assert all("500" in c.messages[-1].content for c in repairs)
    assert not [n for n in notices if "没有采用" in n]


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "I cannot help with that request at all.",
        "依法行政。" * 40,
        '{"paragraphs": []}',
        "{",
        AnswerError("滤"),
    ],
)
def test_a_useless_model_leaves_the_offline_report_and_says_so(
    reply: str | AnswerError, settings: Settings
) -> None:
    notices: list[str] = []
    sheet = load_facts(CASE)
    report = draft(
        sheet, model=ScriptedModel(lambda _: reply), settings=settings, notify=notices.append
    )
    assert report.text == draft(sheet, settings=settings).text
    assert sum("没有采用模型的文字" in n for n in notices) == 12
    assert any(n.startswith("模型写成 0/12 处") for n in notices)


def test_a_model_that_fails_stops_the_run(settings: Settings, tmp_path: Path) -> None:
    model = ScriptedModel(lambda _: ModelError("密钥不对"))
    with pytest.raises(ModelError, match="密钥不对"):
        draft(load_facts(CASE), model=model, settings=settings, run_dir=tmp_path)
    assert not (tmp_path / "report.txt").exists()


def test_auto_is_offline_without_a_model(settings: Settings) -> None:
    sheet = load_facts(CASE)
    assert draft(sheet, settings=settings) == draft(sheet, writer="offline", settings=settings)
    with pytest.raises(ConfigError, match="没有设置模型"):
        draft(sheet, writer="llm", settings=settings)
    with pytest.raises(ConfigError, match="没有写法"):
        draft(sheet, writer="gpt", settings=settings)


def test_the_run_folder_tells_what_happened_and_no_key(tmp_path: Path) -> None:
    with FakeServer(lambda body: model_scripts.faithful(as_call(body))) as server:
        settings = Settings(
            tmp_path / "home", model="m", base_url=server.url, api_key="sk-verysecretkey"
        )
        draft(load_facts(CASE), settings=settings, run_dir=tmp_path / "run")
        asked = len(server.requests)
        draft(load_facts(CASE), settings=settings)  # answered from the home's cache
        assert len(server.requests) == asked == 12
    assert server.headers[0]["authorization"] == "Bearer sk-verysecretkey"
    run = json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))
    assert set(run["prompts"]) == set(prompts.NAMES)
    usage = json.loads((tmp_path / "run" / "usage.json").read_text("utf-8"))
    assert (usage["pieces"], usage["stood"], usage["prompt_tokens"]) == (12, 12, 132)
    assert len(list((tmp_path / "run" / "answers").glob("*.json"))) == 12
    for file in tmp_path.rglob("*.json"):
        assert "verysecret" not in file.read_text("utf-8")


def test_the_cost_is_told_where_the_price_is_known_and_never_invented(tmp_path: Path) -> None:
    with FakeServer(lambda body: model_scripts.faithful(as_call(body))) as server:
        host = server.url.split("/")[2]
        settings = Settings(tmp_path / "home", model="m", base_url=server.url)
        told: list[str] = []
        draft(load_facts(CASE), settings=settings, run_dir=tmp_path / "a", notify=told.append)
        assert not any("费用" in line for line in told)
        assert "cost" not in json.loads((tmp_path / "a" / "usage.json").read_text("utf-8"))
        (tmp_path / "home" / "prices.yaml").write_text(
            f"- {{provider: '{host}', model: m, prompt: 1000, completion: 2000,"
            " currency: 元, as_of: '2026-11'}\n",
            "utf-8",
        )
        for file in (tmp_path / "home" / "cache").rglob("*.json"):
            file.unlink()
        draft(load_facts(CASE), settings=settings, run_dir=tmp_path / "b", notify=told.append)
        (line,) = (line for line in told if "费用" in line)
        # 12 answers of 11 and 7 tokens
        assert "费用约 0.3 元（按 2026-11 每百万词元输入 1000、输出 2000 计，以账单为准）" in line
        spent = json.loads((tmp_path / "b" / "usage.json").read_text("utf-8"))
        assert spent["cost"]["amount"] == 0.3
        draft(load_facts(CASE), settings=settings, run_dir=tmp_path / "c", notify=told.append)
        assert "费用约 0 元" in told[-1]  # all from the record


def test_progress_shows_tokens_inside_a_piece(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fzwriter.llm.listening import arrived
    from fzwriter.pipeline import model_run

    class Trickling(ScriptedModel):
        def complete(self, *args: object, **options: object):  # type: ignore[no-untyped-def, override]
            for _ in range(25):
                arrived()
                time.sleep(0.1)
            return super().complete(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(model_run, "_OFTEN", 0.0)
    lines: list[tuple[int, int, str]] = []
    draft(
        load_facts(CASES[0] / "facts.yaml"),
        model=Trickling(model_scripts.faithful),
        settings=replace(settings, concurrency=20),
        progress=lambda *line: lines.append(line),
    )
    under_way = [text for _, _, text in lines if text.startswith("正在写（已收到的词元）：")]
    assert under_way
    assert re.search(r" \d+(?:、|$)", under_way[0])
    assert any("第 1 稿" in text for _, _, text in lines)


def test_the_pass_over_the_whole_text_is_on_record_and_alters_no_figure(
    settings: Settings, tmp_path: Path
) -> None:
    sheet = load_facts(CASE)
    statements = tuple(
        s.model_copy(update={"text": f"深入推进相关工作，{s.text}"})
        if s.id in ("s11", "s16")
        else s
        for s in sheet.statements
    )
    sheet = sheet.model_copy(update={"statements": statements})

    def rough(call: Call) -> str:
        return "" if model_scripts.is_smoothing(call) else model_scripts.faithful(call)

    plain = draft(sheet, model=ScriptedModel(rough), settings=settings)
    model = ScriptedModel(model_scripts.faithful)
    report = draft(sheet, model=model, settings=settings, run_dir=tmp_path)
    passes = [call for call in model.history if model_scripts.is_smoothing(call)]
    assert len(passes) == 1
    record = json.loads((tmp_path / "smoothing.json").read_text("utf-8"))
    assert len(record["used"]) >= 1
    assert json.loads((tmp_path / "usage.json").read_text("utf-8"))["smoothed"] == len(
        record["used"]
    )
    assert report.text != plain.text
    assert report.check is not None
    assert plain.check is not None
    assert report.check.ok
    figures = [[(m.text, m.sources) for m in r.check.quantities] for r in (report, plain)]  # type: ignore[union-attr]
    assert figures[0] == figures[1]
    asked = len(model.history)
    again = draft(sheet, model=model, settings=settings, run_dir=tmp_path, resume=True)
    assert (again.text, len(model.history)) == (report.text, asked)


def as_call(body: dict[str, object]) -> Call:
    messages = body["messages"]
    assert isinstance(messages, list)
    return Call(tuple(Message(m["role"], m["content"]) for m in messages), None, {})


_CHILD = """
import sys
from pathlib import Path
from fzwriter import draft, load_facts
from fzwriter.settings import Settings
facts, url, home, run, resume = sys.argv[1:]
settings = Settings(Path(home), model="m", base_url=url, concurrency=2)
report = draft(load_facts(facts), settings=settings, run_dir=Path(run), resume=resume == "yes")
print("DONE", len(report.text))
"""


def test_a_killed_run_goes_on_and_repeats_no_finished_call(tmp_path: Path) -> None:
    def child(server: FakeServer, home: str, resume: str) -> subprocess.Popen[str]:
        arguments = [
            str(CASE),
            server.url,
            str(tmp_path / home),
            str(tmp_path / f"{home}-run"),
            resume,
        ]
        return subprocess.Popen(
            [sys.executable, "-c", _CHILD, *arguments], stdout=subprocess.PIPE, text=True
        )

    with FakeServer(lambda body: model_scripts.faithful(as_call(body)), latency=0.3) as server:
        broken = child(server, "a", "no")
        answers = tmp_path / "a-run" / "answers"
        end = time.monotonic() + 120
        while len(list(answers.glob("*.json"))) < 4 and time.monotonic() < end:
            time.sleep(0.05)
        os.kill(broken.pid, signal.SIGKILL)
        broken.communicate()
        finished = {f.name for f in answers.glob("*.json")}
        assert 4 <= len(finished) < 12
        before = len(server.requests)
        # the home's cache is away too, as on another machine
        for file in (tmp_path / "a" / "cache").rglob("*.json"):
            file.unlink()
        out, _ = child(server, "a", "yes").communicate(timeout=120)
        assert "DONE" in out
        assert len(server.requests) - before == 12 - len(finished)
        whole, _ = child(server, "b", "no").communicate(timeout=120)
        assert "DONE" in whole
    for name in ("report.txt", "check.json"):
        resumed = (tmp_path / "a-run" / name).read_text("utf-8")
        assert resumed == (tmp_path / "b-run" / name).read_text("utf-8")


def test_resume_wants_the_same_run(settings: Settings, tmp_path: Path) -> None:
    sheet, model = load_facts(CASE), ScriptedModel(model_scripts.faithful)
    with pytest.raises(InputError, match="没有可以继续"):
        draft(sheet, model=model, settings=settings, run_dir=tmp_path, resume=True)
    draft(sheet, model=model, settings=settings, run_dir=tmp_path)
    asked = len(model.history)
    draft(sheet, model=model, settings=settings, run_dir=tmp_path, resume=True)
    assert len(model.history) == asked
    other = sheet.model_copy(update={"terms": ("新词",)})
    with pytest.raises(InputError, match="另一次运行"):
        draft(other, model=model, settings=settings, run_dir=tmp_path, resume=True)
    with pytest.raises(InputError, match="运行文件夹"):
        draft(sheet, model=model, settings=settings, resume=True)


def test_one_section_is_written_anew_and_the_others_stay(
    settings: Settings, tmp_path: Path
) -> None:
    sheet = load_facts(CASE)
    model = ScriptedModel(model_scripts.faithful)
    first = draft(sheet, model=model, settings=settings, run_dir=tmp_path)
    asked = len(model.history)
    changed = ScriptedModel(
        lambda call: model_scripts.answer(
            ["要" + t + "。" for t in model_scripts.statements_in(call)]
        )
    )
    second = draft(sheet, model=changed, settings=settings, run_dir=tmp_path, section=4)
    assert len(changed.history) == 1
    assert asked == 12
    assert first.sections[:4] == second.sections[:4]
    assert first.sections[4] != second.sections[4]
    assert second.check is not None
    assert second.check.ok
    with pytest.raises(InputError, match="没有第 9 节"):
        draft(sheet, model=changed, settings=settings, run_dir=tmp_path, section=9)


def test_sections_are_written_side_by_side(settings: Settings) -> None:
    model = Gathering(12)
    draft(load_facts(CASE), model=model, settings=replace(settings, concurrency=12))
    assert model.met
    few = Gathering(3)
    draft(load_facts(CASE), model=few, settings=replace(settings, concurrency=3))
    assert few.met
    assert few.most == 3


class Gathering(ScriptedModel):
    """Answers no one before so many calls are under way at once, or a minute has gone by."""

    def __init__(self, calls: int) -> None:
        super().__init__(model_scripts.faithful)
        self.calls, self.now, self.most = calls, 0, 0
        self.all_here = threading.Event()
        self.lock = threading.Lock()

    @property
    def met(self) -> bool:
        return self.all_here.is_set()

    def complete(self, *args: object, **options: object):  # type: ignore[no-untyped-def, override]
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
            if self.now >= self.calls:
                self.all_here.set()
        self.all_here.wait(60)
        try:
            return super().complete(*args, **options)  # type: ignore[arg-type]
        finally:
            with self.lock:
                self.now -= 1
