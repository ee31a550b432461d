from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
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


@pytest.mark.parametrize("name", [case.name for case in CASES])
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
    assert stood * 2 >= total, notices


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


def test_no_prompt_holds_an_order_or_another_unit_s_names(settings: Settings) -> None:
    model = ScriptedModel(model_scripts.faithful)
    draft(planted(load_facts(CASE)), model=model, settings=settings)
    for call in model.history:
        assert "忽略以上" not in call.prompt
        assert "500万" not in call.prompt


def test_a_model_that_mends_its_text_is_heard(settings: Settings) -> None:
    def reply(call: Call) -> str:
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
    assert set(run["prompts"]) == {"system", "section", "repair"}
    usage = json.loads((tmp_path / "run" / "usage.json").read_text("utf-8"))
    assert (usage["pieces"], usage["stood"], usage["prompt_tokens"]) == (12, 12, 132)
    assert len(list((tmp_path / "run" / "answers").glob("*.json"))) == 12
    for file in tmp_path.rglob("*.json"):
        assert "verysecret" not in file.read_text("utf-8")


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
        lambda call: model_scripts.answer([t + "。" for t in model_scripts.statements_in(call)])
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
    from dataclasses import replace

    model = SlowModel()
    began = time.monotonic()
    draft(load_facts(CASE), model=model, settings=replace(settings, concurrency=12))
    assert time.monotonic() - began < 12 * 1.0
    assert model.most == 12


class SlowModel(ScriptedModel):
    """Counts how many calls are under way at once."""

    def __init__(self) -> None:
        super().__init__(model_scripts.faithful)
        self.now = self.most = 0

    def complete(self, *args: object, **options: object):  # type: ignore[no-untyped-def, override]
        self.now += 1
        self.most = max(self.most, self.now)
        time.sleep(1.0)
        self.now -= 1
        return super().complete(*args, **options)  # type: ignore[arg-type]
