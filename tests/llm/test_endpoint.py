from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from fake_server import FakeServer
from fzwriter.errors import ModelError
from fzwriter.llm import AnswerError, Endpoint, EndpointModel, Message, Schema

ASK = [Message("system", "你是写手"), Message("user", "写一句话")]
SCHEMA: Schema = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}


def model(server: FakeServer, **changes: Any) -> EndpointModel:
    endpoint = Endpoint("m", server.url, "sk-secret", timeout=5.0, retries=1)
    return EndpointModel(replace(endpoint, **changes))


def test_an_answer_has_text_usage_and_reason() -> None:
    with FakeServer("依法行政。") as server:
        answer = model(server).complete(ASK, max_tokens=77, temperature=0.1)
    assert (answer.text, answer.finish_reason, answer.parsed) == ("依法行政。", "stop", None)
    assert (answer.usage.prompt, answer.usage.completion) == (11, 7)
    (request,) = server.requests
    assert (request["max_tokens"], request["temperature"], request["model"]) == (77, 0.1, "m")
    assert [m["role"] for m in request["messages"]] == ["system", "user"]


def test_reasoning_is_stripped() -> None:
    with FakeServer("<think>先想想48件</think>\n\n正文。") as server:
        assert model(server).complete(ASK).text == "正文。"


def test_a_schema_is_asked_for_and_its_answer_parsed() -> None:
    with FakeServer('{"a": "好"}') as server:
        answer = model(server).complete(ASK, schema=SCHEMA)
    assert answer.parsed == {"a": "好"}
    asked = server.requests[0]["response_format"]
    assert asked["type"] == "json_schema"
    assert asked["json_schema"]["schema"] == SCHEMA


@pytest.mark.parametrize("text", ['```json\n{"a": "好"}\n```', '好的：{"a": "好"} 完毕'])
def test_json_is_found_between_other_words(text: str) -> None:
    with FakeServer(text) as server:
        assert model(server).complete(ASK, schema=SCHEMA).parsed == {"a": "好"}


def test_a_server_that_ignores_schemas_is_read_as_text() -> None:
    with FakeServer("只是文字。") as server:
        answer = model(server).complete(ASK, schema=SCHEMA)
    assert (answer.text, answer.parsed) == ("只是文字。", None)


def test_a_server_that_refuses_schemas_is_asked_without_from_then_on() -> None:
    with FakeServer("文字。", "no_schema") as server:
        endpoint = model(server)
        assert endpoint.complete(ASK, schema=SCHEMA).text == "文字。"
        assert endpoint.complete(ASK, schema=SCHEMA).text == "文字。"
    assert ["response_format" in r for r in server.requests] == [True, False, False]


def test_a_server_that_does_not_stream_is_read() -> None:
    with FakeServer("整段。", "no_stream") as server:
        assert model(server).complete(ASK).text == "整段。"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("unauthorised", "密钥不对"),
        ("no_model", "没有模型 m"),
        ("limited", "限流"),
        ("broken", "HTTP 500"),
        ("gateway", "返回的是网页"),
        ("page", "返回的不是模型应答"),
        ("empty", ""),
        ("nonsense", "返回的不是模型应答"),
    ],
)
def test_a_fault_is_one_chinese_line(fault: str, words: str) -> None:
    with FakeServer(fault=fault) as server, pytest.raises(ModelError) as caught:
        model(server, retries=0).complete(ASK)
    line = str(caught.value)
    assert words in line
    assert "\n" not in line
    assert "sk-" not in line
    assert any("一" <= c <= "龥" for c in line)


@pytest.mark.parametrize("fault", ["filtered", "inspected", "blank"])
def test_an_answer_of_no_use_is_told_from_a_model_of_no_use(fault: str) -> None:
    with FakeServer(fault=fault) as server, pytest.raises(AnswerError):
        model(server).complete(ASK)


def test_a_cut_off_answer_says_so() -> None:
    with FakeServer("写到一半", "cut") as server:
        assert model(server).complete(ASK).finish_reason == "length"


def test_retry_after_is_heeded() -> None:
    with FakeServer("好。", "limited", times=1) as server:
        assert model(server, retries=2).complete(ASK).text == "好。"
    assert server.at[1] - server.at[0] >= 1.0


@pytest.mark.parametrize("fault", ["broken", "dropped"])
def test_a_passing_fault_is_retried(fault: str) -> None:
    with FakeServer("好。", fault, times=1) as server:
        assert model(server, retries=2).complete(ASK).text == "好。"
    assert len(server.requests) == 2


def test_a_connection_that_always_breaks_is_told() -> None:
    with FakeServer(fault="dropped") as server, pytest.raises(ModelError, match="中断"):
        model(server).complete(ASK)
    assert len(server.requests) == 3


def test_a_silent_server_times_out() -> None:
    with FakeServer(fault="silent") as server, pytest.raises(ModelError, match="规定时间"):
        model(server, timeout=0.3, retries=0).complete(ASK)


def test_a_trickle_ends_at_the_deadline() -> None:
    began = time.monotonic()
    with FakeServer(fault="trickle") as server, pytest.raises(ModelError, match="规定时间"):
        model(server, deadline=0.5).complete(ASK)
    assert time.monotonic() - began < 3


def test_no_server_at_all_is_told() -> None:
    with pytest.raises(ModelError, match="连不上"):
        EndpointModel(Endpoint("m", "http://127.0.0.1:9/v1", "k", retries=0)).complete(ASK)


def test_a_provider_that_is_not_installed_is_told() -> None:
    with pytest.raises(ModelError, match="anthropic"):
        EndpointModel(Endpoint("m", provider="anthropic")).complete(ASK)


def test_the_key_is_in_no_repr() -> None:
    assert "sk-secret" not in repr(Endpoint("m", "http://x/v1", "sk-secret"))
