from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from fzwriter.errors import ConfigError, InternalError, ModelError
from fzwriter.llm import (
    Answer,
    AnswerError,
    FallbackModel,
    Message,
    RecordedModel,
    ScriptedModel,
    call_key,
    count_messages,
    count_tokens,
    find_endpoint,
    presets,
    tokens,
)
from fzwriter.llm.answers import find_json, strip_thoughts

ASK = [Message("user", "问")]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<think>a</think>文", "文"),
        ("想到一半</think>\n文", "文"),
        ("文<think>没有想完", "文"),
        ("<THINKING>a\nb</THINKING>\n文", "文"),
        ("没有", "没有"),
        ("前<think>a</think>后", "前后"),
        ("<think>a<think>b</think>文", "文"),
        ("◁think▷a◁/think▷文", "文"),
        ("<thought>a</thought>文", "文"),
        ("<seed:think>a</seed:think>文", "文"),
        (
            "<|channel|>analysis<|message|>想<|end|><|start|>assistant<|channel|>final<|message|>文<|return|>",
            "文",
        ),
    ],
)
def test_thoughts_are_stripped(raw: str, text: str) -> None:
    assert strip_thoughts(raw) == text


def test_json_with_line_breaks_inside_is_read() -> None:
    assert find_json('{"a": "一\n二"}') == {"a": "一\n二"}
    assert find_json("[1]") is None
    assert find_json("{broken") is None


def test_tokens_are_counted_without_a_network() -> None:
    assert tokens.encoding().n_vocab == 200019
    assert tokens.encoding().encode("hello world") == [24912, 2375]
    assert count_tokens("") == 0
    assert count_tokens("<|endoftext|>") > 1
    assert count_messages(ASK) > count_tokens("问")


def test_damaged_ranks_are_an_error_and_no_wrong_count(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tokens, "_encoding", None)
    monkeypatch.setattr(tokens, "files", lambda _: tmp_path)
    (tmp_path / tokens._RANKS).write_bytes(gzip.compress(b"YQ== 0\n"))
    with pytest.raises(ConfigError, match="o200k"):
        count_tokens("x")
    (tmp_path / tokens._RANKS).write_bytes(b"rubbish")
    with pytest.raises(ConfigError, match="o200k"):
        count_tokens("x")


def test_recorded_answers_are_not_asked_for_again(tmp_path: Path) -> None:
    scripted = ScriptedModel(["一", "二"], name="s")
    first = RecordedModel(scripted, tmp_path, questions=True).complete(ASK)
    again = RecordedModel(scripted, tmp_path).complete(ASK)
    other = RecordedModel(scripted, tmp_path).complete(ASK, take=1)
    assert (first.text, again.text, other.text) == ("一", "一", "二")
    assert (first.cached, again.cached) == (False, True)
    assert len(scripted.history) == 2
    files = list(tmp_path.glob("*.json"))
    assert len(files) == 2
    assert not list(tmp_path.glob("*.tmp"))
    assert any(json.loads(f.read_text("utf-8")).get("messages") for f in files)


def test_a_damaged_record_counts_as_absent(tmp_path: Path) -> None:
    scripted = ScriptedModel(["一", "二"], name="s")
    RecordedModel(scripted, tmp_path).complete(ASK)
    (file,) = tmp_path.glob("*.json")
    file.write_text('{"answer": {"text"', "utf-8")
    assert RecordedModel(scripted, tmp_path).complete(ASK).text == "二"


def test_a_folder_that_cannot_be_written_costs_the_record_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert RecordedModel(ScriptedModel(["一"]), tmp_path / "file" / "x").complete(ASK).text == "一"


def test_the_key_of_a_call_is_its_content() -> None:
    keys = {
        call_key("m", "u", ASK, None, 10, 0.0, 0),
        call_key("m", "v", ASK, None, 10, 0.0, 0),
        call_key("n", "u", ASK, None, 10, 0.0, 0),
        call_key("m", "u", [Message("user", "答")], None, 10, 0.0, 0),
        call_key("m", "u", ASK, {"type": "object"}, 10, 0.0, 0),
        call_key("m", "u", ASK, None, 11, 0.0, 0),
        call_key("m", "u", ASK, None, 10, 0.5, 0),
        call_key("m", "u", ASK, None, 10, 0.0, 1),
    }
    assert len(keys) == 8
    assert call_key("m", "u", ASK, None, 10, 0.0, 0) in keys


def test_a_script_answers_raises_and_ends() -> None:
    scripted = ScriptedModel(["一", AnswerError("空"), Answer("三", finish_reason="length")])
    assert scripted.complete(ASK).text == "一"
    with pytest.raises(AnswerError):
        scripted.complete(ASK)
    assert scripted.complete(ASK).finish_reason == "length"
    with pytest.raises(InternalError):
        scripted.complete(ASK)
    assert [call.prompt for call in scripted.history] == ["问"] * 4


def test_the_fallback_model_takes_over_once() -> None:
    told: list[str] = []
    first = ScriptedModel([AnswerError("滤"), ModelError("坏了")], name="a")
    both = FallbackModel(first, ScriptedModel(["二", "三"], name="b", context=9), told.append)
    with pytest.raises(AnswerError):
        both.complete(ASK)
    assert [both.complete(ASK).text, both.complete(ASK).text] == ["二", "三"]
    assert told == ["坏了；改用备用模型 b"]
    assert (both.name, both.context) == ("b", 9)


def test_presets_are_complete() -> None:
    assert {"openai", "deepseek", "qwen", "zhipu", "moonshot", "siliconflow"} < set(presets())
    assert {"ollama", "vllm", "llamacpp"} < set(presets())
    for preset in presets().values():
        assert preset.base_url.startswith("http")
        assert preset.context >= 4096
        assert preset.label


def test_a_model_s_name_finds_its_endpoint() -> None:
    found = find_endpoint("deepseek/deepseek-v4-flash", environ={"DEEPSEEK_API_KEY": "k"})
    assert (found.model, found.api_key, found.context) == ("deepseek-v4-flash", "k", 1048576)
    found = find_endpoint("Qwen/Qwen2.5-7B", "http://127.0.0.1:8000/v1/", environ={})
    assert (found.model, found.base_url) == ("Qwen/Qwen2.5-7B", "http://127.0.0.1:8000/v1")
    assert find_endpoint("qwen2.5:7b", "http://127.0.0.1:1/v1", environ={}).model == "qwen2.5:7b"
    assert find_endpoint("anthropic:claude-x", environ={}).provider == "anthropic"
    assert find_endpoint("x", "http://h/v1", context=5000, environ={}).context == 5000
    for model, url, words in (
        ("", "", "没有设置模型"),
        ("deepseek/deepseek-v4-flash", "", "DEEPSEEK_API_KEY"),
        ("gpt-4o", "", "OPENAI_API_KEY"),
        ("x", "localhost:8000", "不是网址"),
    ):
        with pytest.raises(ConfigError, match=words):
            find_endpoint(model, url, environ={})
