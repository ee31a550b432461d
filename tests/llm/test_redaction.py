"""A configured key leaves the program in no message, file or record, however it is written there."""

from __future__ import annotations

import base64
import html
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from common import ROOT
from fake_server import FakeServer
from fzwriter import redaction
from fzwriter.cli import run
from fzwriter.errors import InputError, ModelError
from fzwriter.llm import Endpoint
from fzwriter.redaction import hide, hide_url, masked
from fzwriter.settings import Settings

CASE = ROOT / "eval" / "cases" / "003-sifaju-baogao" / "facts.yaml"
KEYS = [
    "my-secret_42",
    'a"b\\c<d>&e/f+g=h',
    "密钥——很长的一个",
    "pass word 1",
    "abc123",
    "x" * 200,
    "550e8400-e29b-41d4-a716-446655440000",
]


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_hidden", set())


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "written",
    [
        str,
        lambda key: quote(key, safe=""),
        quote_plus,
        lambda key: quote(key, safe="").replace("%2F", "%2f").replace("%2B", "%2b"),
        json.dumps,
        lambda key: json.dumps(key, ensure_ascii=False),
        repr,
        html.escape,
        lambda key: f"Bearer {key}",
        lambda key: json.dumps({"message": f"invalid token: {key}"}),
    ],
)
def test_a_key_is_found_however_it_is_written(key: str, written: Any) -> None:
    hide(key)
    text = masked(f"服务说 {written(key)} 不对，48件")
    assert key not in text
    assert written(key) not in text
    assert "…" in text
    assert "48件" in text


@pytest.mark.parametrize("key", [key for key in KEYS if len(key) > 8])
@pytest.mark.parametrize("before", ["", "u", "u:", "Bearer "])
def test_a_key_is_found_in_base64(key: str, before: str) -> None:
    hide(key)
    whole = f"{before}{key}".encode()
    for encoded in (base64.b64encode(whole), base64.urlsafe_b64encode(whole)):
        assert encoded.decode().rstrip("=") not in masked(f"Basic {encoded.decode()}")


@pytest.mark.parametrize(
    ("url", "secret", "stays"),
    [
        ("http://user:hunter-22@h/v1", "hunter-22", "@h/v1"),
        ("http://only-token-1@h/v1", "only-token-1", "/v1"),
        ("http://u:p%40ss-word@h/v1", "p@ss-word", "/v1"),
        ("http://h/v1?api-version=2024-02-01&api_key=qwerty-1", "qwerty-1", "2024-02-01"),
        ("http://h/v1?access_token=abcd-efgh", "abcd-efgh", "/v1"),
    ],
)
def test_an_address_gives_no_password_away(url: str, secret: str, stays: str) -> None:
    hide_url(url)
    text = masked(f"连不上 {url}；{secret}")
    assert secret not in text
    assert quote(secret, safe="") not in text
    assert stays in text
    assert secret not in Endpoint("m", url).where


@pytest.mark.parametrize("dummy", ["", "none", "EMPTY", "abc", "2024", "48"])
def test_what_is_no_secret_masks_nothing(dummy: str) -> None:
    hide(dummy)
    text = f"2024年收到48件 abc none EMPTY {dummy}"
    assert masked(text) == text


def test_a_short_key_is_masked_only_as_a_word_of_its_own() -> None:
    hide("abcd")
    assert masked("abcd abcde xabcd abcd。") == "… abcde xabcd …。"


def test_errors_and_settings_know_the_keys(tmp_path: Path) -> None:
    Settings(tmp_path, api_key="first-key", embedding_key="second-key")
    error = InputError("first-key 不行", path="/x/second-key", remedy="换掉 first-key")
    for text in (str(error), error.problem, error.path, str(ModelError("second-key"))):
        assert "-key" not in text


def test_a_providers_own_variable_is_a_key_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "their-own-key-1")
    monkeypatch.setenv("SOME_PWD", "/home/user")
    Endpoint("m", provider="anthropic")
    assert masked("their-own-key-1 /home/user") == "… /home/user"


class Echo(FakeServer):
    """Refuses with the key it was given, raw and encoded."""

    status = 403

    def _echo(self, handler: Any, _: Any) -> bool:
        given = handler.headers["Authorization"].removeprefix("Bearer ")
        encoded = base64.b64encode(f"Bearer {given}".encode()).decode()
        said = f"invalid token: {given} {quote(given, safe='')} {encoded}"
        return self._error(handler, self.status, said)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 500])
@pytest.mark.parametrize("key", ["my-secret_42", "a+b/c=d&e"])
@pytest.mark.parametrize("command", [["draft", str(CASE), "--run-dir", "run"], ["models", "test"]])
def test_a_server_that_repeats_the_key(
    status: int,
    key: str,
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FZWRITER_API_KEY", key)
    monkeypatch.setattr("fzwriter.llm.providers.Endpoint.retries", 0)
    with Echo(fault="echo") as server:
        server.status = status
        monkeypatch.setenv("FZWRITER_BASE_URL", server.url)
        monkeypatch.setenv("FZWRITER_MODEL", "m")
        assert run(command) == 1
    printed = "".join(capsys.readouterr())
    encoded = base64.b64encode(f"Bearer {key}".encode()).decode().rstrip("=")
    for leaked in (key, quote(key, safe=""), encoded):
        assert leaked not in printed
        assert not _files_with(tmp_path, leaked)


def test_an_answer_that_holds_the_key_is_kept_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    key = "my-secret_42"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FZWRITER_API_KEY", key)
    with FakeServer(f'{{"text": "密钥是{key}。"}}') as server:
        out = ["--model", "m", "--base-url", server.url, "--run-dir", "run", "-o", "r.docx"]
        assert run(["draft", str(CASE), *out]) == 0
        assert server.requests
    assert not _files_with(tmp_path, key)
    assert not _files_with(home, key)


def test_an_evaluation_records_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = "my-secret_42"
    monkeypatch.setenv("FZWRITER_API_KEY", key)
    with Echo(fault="echo") as server:
        url = server.url.replace("http://", f"http://u:{key}@")
        monkeypatch.setenv("FZWRITER_BASE_URL", url)
        out = ["--writer", "llm", "--model", "m", "--out", str(tmp_path / "o")]
        assert run(["eval", str(CASE.parent), *out]) == 1
    assert (tmp_path / "o" / "report.html").is_file()
    assert not _files_with(tmp_path, key)


def _files_with(folder: Path, words: str) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if words.encode() in path.read_bytes()]
