from __future__ import annotations

from typing import Any

import pytest

from fake_server import FakeServer
from fzwriter.llm import (
    Endpoint,
    EndpointModel,
    FallbackModel,
    Message,
    RecordedModel,
    ScriptedModel,
    count_messages,
    count_safely,
    is_small,
    listening,
    traits_of,
)

ASK = [Message("system", "你是写手"), Message("user", "写一句话")]
LLAMACPP = {"meta": {"n_ctx": 4096, "n_params": 1_777_088_000}}
VLLM = {"max_model_len": 32768}


def model(server: FakeServer, **changes: Any) -> EndpointModel:
    return EndpointModel(Endpoint("m", server.url, "k", timeout=5.0, **changes))


@pytest.mark.parametrize(
    ("tells", "tokenizer", "context", "small"),
    [(LLAMACPP, "llamacpp", 4096, True), (VLLM, "vllm", 32768, False)],
)
def test_a_server_s_own_word_and_tokenizer_are_used(
    tells: dict[str, Any], tokenizer: str, context: int, small: bool
) -> None:
    with FakeServer(tells=tells, tokenizer=tokenizer) as server:
        found = model(server)
        traits = traits_of(found)
        assert (found.context, traits.small) == (context, small)
        assert traits.count(ASK) == len("你是写手写一句话")
        asked = server.counted
        assert traits.count(list(ASK)) == len("你是写手写一句话")
        assert server.counted == asked  # the same conversation is counted once
        assert server.requests == []


def test_a_context_of_the_user_s_is_lowered_and_never_raised() -> None:
    with FakeServer(tells=LLAMACPP) as server:
        assert model(server, context=2000, told=True).context == 2000
        assert model(server, context=9000, told=True).context == 4096
        assert model(server, context=9000).context == 4096


@pytest.mark.parametrize(("tells", "tokenizer"), [(None, "vllm"), ({}, ""), ({"meta": None}, "")])
def test_a_server_that_says_nothing_changes_nothing(
    tells: dict[str, Any] | None, tokenizer: str
) -> None:
    with FakeServer(tells=tells, tokenizer=tokenizer) as server:
        found = model(server, context=5000)
        assert found.context == 5000
        assert traits_of(found).count(ASK) == count_safely(ASK) > count_messages(ASK)


def test_a_public_provider_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr("fzwriter.llm.server.Server._ask", never)
    found = EndpointModel(Endpoint("gpt-4o", "https://api.openai.com/v1", "k", context=128000))
    assert found.context == 128000
    assert traits_of(found).count(ASK) == count_messages(ASK)  # its own tokenizer: no margin
    assert not traits_of(EndpointModel(Endpoint("claude", provider="anthropic"))).small


@pytest.mark.parametrize(
    ("name", "small"),
    [
        ("Qwen2.5-Coder-1.5B-Instruct", True),
        ("qwen2.5:0.5b", True),
        ("qwen3_4b", True),
        ("Qwen/Qwen2.5-7B-Instruct", False),
        ("qwen3-30b-a3b", False),
        ("deepseek-v4-flash", False),
        ("gpt-4o-mini", False),
        ("local", False),
    ],
)
def test_a_model_s_size_is_read_from_its_name(name: str, small: bool) -> None:
    assert is_small(name) is small
    assert traits_of(ScriptedModel([], name=name)).small is small


def test_the_server_s_word_goes_before_the_name() -> None:
    assert is_small("a-70b", 1.5e9)
    assert not is_small("a-1b", 70e9)


def test_recordings_and_fallbacks_have_their_models_traits(tmp_path: Any) -> None:
    with FakeServer(tells=LLAMACPP, tokenizer="llamacpp") as server:
        recorded = RecordedModel(model(server), tmp_path)
        assert traits_of(recorded).small
        both = FallbackModel(ScriptedModel([], name="big"), recorded)
        assert traits_of(both).small
        assert traits_of(both).count(ASK) == max(count_safely(ASK), 8)


def test_pieces_of_an_answer_are_heard_as_they_come() -> None:
    heard: list[int] = []
    with FakeServer("依法行政。" * 40) as server, listening(heard.append):
        model(server).complete(ASK)
    assert len(heard) > 3
    with FakeServer("好。") as server:
        model(server).complete(ASK)
    assert sum(heard) == len(heard)
