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


@pytest.mark.parametrize(
    ("reply", "fault", "words"),
    [
        ("I cannot help.", "", "没有采用模型的文字"),
        ("", "blank", "没有给出内容"),
        ("", "filtered", "内容审查"),
    ],
)
def test_a_model_that_was_asked_for_and_wrote_nothing_is_a_failed_run(
    reply: str, fault: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The draft is there all the same; its reader is told whose it is, and what was paid."""
    out = tmp_path / "r.docx"
    with FakeServer(reply, fault) as server:
        arguments = ["draft", str(CASE), "-o", str(out), "--model", "m", "--base-url", server.url]
        assert run([*arguments, "--writer", "llm"]) == 1
        told = capsys.readouterr().err
        asked = len(server.requests)
        assert run([*arguments, "--writer", "auto"]) == 0
    assert "错误：模型的文字一处也没有采用，已生成的是离线写法的文稿" in told
    assert words in told
    assert "模型写成 0/12 处" in told
    assert f"词元：输入 {11 * asked}，输出 {7 * asked}；调用 {asked} 次" in told
    assert "错误" not in capsys.readouterr().err
    assert "述法" in read_text(out).text


def test_a_model_that_wrote_part_is_no_failed_run(tmp_path: Path) -> None:
    def once(body: dict[str, object]) -> str:
        return faithful(body) if "述法" in str(body["messages"]) else "I cannot help."

    arguments = ["draft", str(CASE), "-o", str(tmp_path / "r.docx"), "--writer", "llm"]
    with FakeServer(once) as server:
        assert run([*arguments, "--model", "m", "--base-url", server.url]) == 0


def test_a_rewrite_by_a_model_that_wrote_nothing_is_a_failed_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = ROOT / "seeds" / "sifaju-baogao-2023.md"
    facts = ROOT / "eval" / "cases" / "001c-jiaoyuju-zongjie" / "facts.yaml"
    out = tmp_path / "r.docx"
    with FakeServer("I cannot help.") as server:
        arguments = ["rewrite", str(source), "--facts", str(facts), "-o", str(out)]
        model = ["--model", "m", "--base-url", server.url]
        code = run([*arguments, *model, "--writer", "llm"])
    assert code == (1 if out.exists() else 3)
    assert ("一处也没有采用" in capsys.readouterr().err) == out.exists()


def test_what_a_run_spent_before_its_model_failed_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FZWRITER_CONCURRENCY", "1")

    def three(body: dict[str, object]) -> str:
        if len(server.requests) == 3:
            server.fault, server.times = "unauthorised", None
        return faithful(body)

    arguments = ["draft", str(CASE), "-o", str(tmp_path / "r.docx"), "--run-dir", str(tmp_path)]
    with FakeServer(three) as server:
        assert run([*arguments, "--model", "m", "--base-url", server.url]) == 1
    told = capsys.readouterr().err
    assert "密钥不对" in told
    assert "词元：输入 33，输出 21" in told
    assert not (tmp_path / "r.docx").exists()


def test_another_server_s_answers_are_not_taken_for_this_one_s(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["draft", str(CASE), "-o", str(tmp_path / "r.docx"), "--model", "m"]
    arguments += ["--run-dir", str(tmp_path / "run")]
    with FakeServer(faithful) as one, FakeServer(faithful) as other:
        for server in (one, other):
            assert run([*arguments, "--base-url", server.url]) == 0
        assert len(other.requests) == len(one.requests) == 12
        assert run([*arguments, "--base-url", one.url, "--resume"]) == 2
    assert "另一次运行" in capsys.readouterr().err


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
