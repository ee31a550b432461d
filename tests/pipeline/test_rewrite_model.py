"""A rewrite with a model: it sees the source masked, and what it carries over does not stand."""

from __future__ import annotations

from pathlib import Path

import pytest

import model_scripts
from common import ROOT
from fzwriter import load_facts
from fzwriter.errors import InputError
from fzwriter.llm import Call, ScriptedModel
from fzwriter.pipeline.rewrite import rewrite
from fzwriter.pipeline.rewrite_source import read_report
from fzwriter.seeds import SeedLibrary
from fzwriter.settings import Settings

SOURCE = ROOT / "seeds" / "zhen-zongjie-jihua-2023.md"
FACTS = ROOT / "eval" / "cases" / "001c-jiaoyuju-zongjie" / "facts.yaml"
# Of the source alone: its places, its figures with their measure words, its own brand.
OWN = ("砚桥", "临岚", "上砚村", "砚溪坡", "326人次", "1.46万元", "5380件", "砚桥法治集")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("home")
    with SeedLibrary.open(home, ROOT / "seeds"):
        return Settings(home=home)


def copying(call: Call) -> str:
    """A model that copies the pattern it was shown and puts the source's names back."""
    if model_scripts.is_smoothing(call):
        return model_scripts.smoothing(call)
    pattern = ""
    if "<底稿>" in call.prompt:
        pattern = call.prompt.split("<底稿>")[1].split("</底稿>")[0].strip()
    text = model_scripts.faithful_text(call)
    return model_scripts.answer(
        f"{pattern.split('。')[0]}。{text}我镇在砚桥镇上砚村开办“砚桥法治集”24期。"
    )


def test_a_faithful_model_s_rewrite_stands_and_saw_the_source_only_masked(
    settings: Settings,
) -> None:
    model = ScriptedModel(model_scripts.faithful)
    report = rewrite(read_report(SOURCE), load_facts(FACTS), model=model, settings=settings)
    assert report.check is not None
    assert [i.message for i in report.check.issues if i.severity == "error"] == []
    assert report.decisions
    asked = [message.content for call in model.history for message in call.messages]
    assert any("<底稿>" in text for text in asked)
    for text in asked:
        shown = text.split("<数据>")[0]
        assert [word for word in OWN if word in shown] == []


def test_what_a_model_carries_over_does_not_stand(settings: Settings) -> None:
    model = ScriptedModel(copying)
    lines: list[str] = []
    report = rewrite(
        read_report(SOURCE), load_facts(FACTS), model=model, settings=settings, notify=lines.append
    )
    assert report.check is not None
    assert [i.message for i in report.check.issues if i.severity == "error"] == []
    assert [word for word in (*OWN, "我镇", "〔") if word in report.text] == []


def test_resuming_needs_a_run_folder(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--resume"):
        rewrite(read_report(SOURCE), load_facts(FACTS), settings=settings, resume=True)
