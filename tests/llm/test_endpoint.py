from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from fake_server import FakeServer
from fzwriter.errors import ModelError
from fzwriter.llm import AnswerError, Endpoint, EndpointModel, Message, Schema, Usage

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
    assert (request["temperature"], request["model"]) == (0.1, "m")
    assert 77 + 7000 < request["max_tokens"] < 8192  # room for thoughts, within the context
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


REFUSED = [
    ("temperature", "Unsupported value: '{}' does not support 0.3 with this model."),
    ("temperature", "该模型不支持设置温度参数"),
    ("max_tokens", "Unsupported parameter: '{}'. Use 'max_completion_tokens' instead."),
    ("max_tokens", "参数错误：不支持最大输出长度"),
    ("stream", "Your organization must be verified to {} this model."),
    ("stream", "该模型暂不支持流式输出"),
    ("stream_options", "{} is not permitted here"),
    ("stream_options", "参数 {} 不合法"),
    ("response_format", "This {} type is unavailable now"),
    ("response_format", "不支持结构化输出"),
    ("system", "Unsupported value: 'messages[0].role' does not support '{}' with this model."),
    ("system", "该模型不支持系统消息"),
    ("turns", "Conversation roles must alternate user/assistant/user/assistant/..."),
    ("turns", "messages 中的角色必须交替出现"),
]
REPAIR = [*ASK, Message("user", "再写一句"), Message("assistant", "一句"), Message("user", "不对")]


@pytest.mark.parametrize(("field", "words"), REFUSED)
def test_what_a_server_refuses_is_left_out_and_not_sent_again(field: str, words: str) -> None:
    with FakeServer("文字。", refuses=(field,), refusal=words) as server:
        endpoint = model(server)
        assert endpoint.complete(REPAIR, schema=SCHEMA).text == "文字。"
        assert endpoint.complete(REPAIR, schema=SCHEMA).text == "文字。"
    assert len(server.requests) == 3
    first, *others = server.requests
    for other in others:
        left_out = set(first) - set(other)
        assert left_out <= {field, "stream_options" if field == "stream" else field}
        said = "\n".join(m["content"] for m in other["messages"])
        assert [m.content for m in REPAIR if m.content not in said] == []


def test_a_server_that_refuses_nearly_all_is_asked_in_the_plainest_way() -> None:
    fields = ["temperature", "max_tokens", "max_completion_tokens", "response_format"]
    fields += ["stream_options", "stream", "system", "turns"]
    with FakeServer("文字。", refuses=fields) as server:
        endpoint = model(server)
        assert endpoint.complete(REPAIR, schema=SCHEMA).text == "文字。"
        asked = len(server.requests)
        assert endpoint.complete(REPAIR, schema=SCHEMA).text == "文字。"
    assert asked <= len(fields) + 1
    assert len(server.requests) == asked + 1


def test_a_refusal_that_says_nothing_is_answered_with_the_plainest_request() -> None:
    with FakeServer("文字。", "unsaid") as server:
        endpoint = model(server)
        assert [endpoint.complete(ASK).text, endpoint.complete(ASK).text] == ["文字。"] * 2
    assert ["temperature" in r for r in server.requests] == [True, False, False]


def test_a_refusal_that_stays_is_told_and_not_repeated() -> None:
    with (
        FakeServer(refuses=("model",), refusal="bad {}") as server,
        pytest.raises(ModelError, match="拒绝了请求"),
    ):
        model(server).complete(ASK)
    assert len(server.requests) == 2


def test_what_calls_side_by_side_learn_is_learnt_once_each() -> None:
    with FakeServer("文字。", refuses=("temperature", "stream_options"), latency=0.2) as server:
        endpoint = model(server)
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: endpoint.complete(ASK).text, range(4)))
        endpoint.complete(ASK)
    assert answers == ["文字。"] * 4
    assert not {"temperature", "stream_options"} & set(server.requests[-1])
    assert len(server.requests) <= 13


@pytest.mark.parametrize(("fault", "most"), [("short_context", 2000), ("few_tokens", 4096)])
def test_a_limit_too_large_for_the_server_is_lowered(fault: str, most: int) -> None:
    with FakeServer("文字。", fault) as server:
        assert model(server).complete(ASK).text == "文字。"
    assert server.requests[0]["max_tokens"] > 4096
    assert 1024 <= server.requests[1]["max_tokens"] <= most
    assert len(server.requests) == 2


@pytest.mark.parametrize("fault", ["thinking", "thinking_aloud"])
def test_a_model_that_thinks_long_gets_more_room_and_what_it_took_is_counted(fault: str) -> None:
    with FakeServer("正文。", fault) as server:
        endpoint = model(server, context=100_000)
        with pytest.raises(AnswerError, match="思考") as caught:
            endpoint.complete(ASK, max_tokens=300)
        assert caught.value.usage == Usage(11, 7)
        assert endpoint.complete(ASK, max_tokens=300).text == "正文。"
    assert [r["max_tokens"] for r in server.requests] == [8492, 16684]


def test_the_room_for_thoughts_is_within_the_context() -> None:
    with FakeServer("正文。") as server:
        model(server, context=3000).complete(ASK, max_tokens=300)
    assert 300 < server.requests[0]["max_tokens"] < 3000


@pytest.mark.parametrize("fault", ["blank", "filtered"])
def test_an_answer_of_no_use_is_counted(fault: str) -> None:
    with FakeServer(fault=fault) as server, pytest.raises(AnswerError) as caught:
        model(server).complete(ASK)
    assert caught.value.usage == Usage(11, 7)


def test_what_a_broken_connection_had_brought_is_counted() -> None:
    with FakeServer("好。", "dropped", times=1) as server:
        usage = model(server).complete(ASK).usage
    assert usage.prompt > 11
    assert usage.completion > 7


@pytest.mark.parametrize("fault", ["looping", "endless"])
def test_a_text_without_end_is_cut_off(fault: str) -> None:
    with FakeServer(fault=fault) as server:
        answer = model(server, context=2000).complete(ASK, max_tokens=500)
    assert answer.finish_reason == "length"
    assert len(answer.text) < 60_000
    assert answer.usage.completion > 100


def test_signs_of_life_are_no_answer() -> None:
    began = time.monotonic()
    with FakeServer(fault="kept_alive") as server, pytest.raises(ModelError, match="规定时间"):
        model(server, timeout=0.4, retries=0).complete(ASK)
    assert time.monotonic() - began < 20


def test_a_server_that_does_not_stream_is_read() -> None:
    with FakeServer("整段。", "no_stream") as server:
        endpoint = model(server)
        answers = [endpoint.complete(ASK), endpoint.complete(ASK)]
    assert [a.text for a in answers] == ["整段。", "整段。"]
    assert (answers[0].usage.prompt, answers[0].usage.completion) == (11, 7)
    assert len(server.requests) == 2  # one request for each question


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
