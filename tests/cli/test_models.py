from __future__ import annotations

from pathlib import Path

import pytest

import model_scripts
from common import ROOT
from fake_server import FakeServer
from fzwriter.cli import run
from fzwriter.documents import read_text
from fzwriter.llm import Call, Message

CASE = ROOT / "eval" / "cases" / "003-sifaju-baogao" / "facts.yaml"


def faithful(body: dict[str, object]) -> str:
    messages = body["messages"]
    assert isinstance(messages, list)
    asked = tuple(Message(m["role"], m["content"]) for m in messages)
    return model_scripts.faithful(Call(asked, None, {}))


def test_providers_are_listed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["models"]) == 0
    out = capsys.readouterr().out
    for name in ("openai", "deepseek", "qwen", "ollama", "vllm", "llamacpp"):
        assert f"\n{name}" in f"\n{out}"
    assert "现在没有设模型" in out
    monkeypatch.setenv("FZWRITER_MODEL", "qwen/qwen-plus")
    monkeypatch.setenv("FZWRITER_API_KEY", "sk-secretsecret")
    assert run(["models"]) == 0
    out = capsys.readouterr().out
    assert "现在所设的模型：qwen/qwen-plus" in out
    assert "secret" not in out


def test_a_model_that_answers_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with FakeServer('{"answer": "可以"}') as server:
        assert run(["models", "test", "--model", "m", "--base-url", server.url]) == 0
    assert "模型可用" in capsys.readouterr().out
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("fault", "words"), [("unauthorised", "密钥"), ("no_model", "没有模型"), ("page", "/v1")]
)
def test_a_model_that_does_not_is_one_line(
    fault: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with FakeServer(fault=fault) as server:
        assert run(["models", "test", "--model", "m", "--base-url", server.url]) == 1
    (line,) = (x for x in capsys.readouterr().err.splitlines() if x.startswith("错误"))
    assert words in line


def test_without_a_model_the_test_says_how_to_set_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["models", "test"]) == 2
    assert "FZWRITER_MODEL" in capsys.readouterr().err


def test_a_draft_by_a_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "r.docx"
    arguments = [
        "draft",
        str(CASE),
        "-o",
        str(out),
        "--model",
        "m",
        "--run-dir",
        str(tmp_path / "run"),
    ]
    with FakeServer(faithful) as server:
        assert run([*arguments, "--base-url", server.url]) == 0
        first = capsys.readouterr()
        assert "全部可溯源" in first.out
        assert "模型写成 12/12 处" in first.err
        assert "词元" in first.err
        assert run([*arguments, "--base-url", server.url, "--resume"]) == 0
        assert len(server.requests) == 12
        assert "其中 12 次用了已有记录" in capsys.readouterr().err
        assert run([*arguments, "--base-url", server.url, "--section", "2"]) == 0
        assert len(server.requests) == 13
    assert "述法" in read_text(out).text


def test_a_server_that_is_down_leaves_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FZWRITER_MODEL", "m")
    monkeypatch.setenv("FZWRITER_BASE_URL", "http://127.0.0.1:9/v1")
    out = tmp_path / "r.docx"
    assert run(["draft", str(CASE), "-o", str(out)]) == 1
    (line,) = (x for x in capsys.readouterr().err.splitlines() if x.startswith("错误"))
    assert "连不上模型服务" in line
    assert list(tmp_path.iterdir()) == []
    assert run(["draft", str(CASE), "-o", str(out), "--writer", "offline"]) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--writer", "gpt"], "没有写法"),
        (["--writer", "llm"], "没有设置模型"),
        (["--resume"], "--run-dir"),
        (["--model", "m", "--base-url", "localhost:1"], "不是网址"),
    ],
)
def test_bad_options_are_told(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["draft", str(CASE), *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("name", ["CONTEXT", "CONCURRENCY", "TIMEOUT", "PER_MINUTE"])
def test_a_setting_that_is_no_number_is_told(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"FZWRITER_{name}", "很多")
    assert run(["models"]) == 2
    assert name in capsys.readouterr().err
