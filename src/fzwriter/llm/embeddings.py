"""Vectors from an OpenAI-compatible endpoint (``POST …/embeddings``), for those who have a model of one.

Plain HTTP: LangChain's class for it fetches a tokenizer from the network and sends token numbers,
which servers other than OpenAI's own don't take.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from fzwriter.errors import ModelError
from fzwriter.llm.providers import Endpoint

BATCH = 64
_WAIT = 1.0  # seconds before the second try; doubles
_LONGEST_WAIT = 20.0
_LOCAL = ("127.0.0.1", "localhost", "::1")
_AGAIN = (408, 409, 429, 500, 502, 503, 504)
_LARGEST = 256_000_000  # bytes of one answer
_REMEDY = "请检查向量服务的地址（通常以 /v1 结尾）、模型名和密钥"


def embed_texts(texts: Sequence[str], endpoint: Endpoint) -> list[list[float]]:
    """One vector for each text, in order, all of one length.

    Raises:
        ModelError: the endpoint can't be reached, refuses, or answers something else.
    """
    rows: list[list[float]] = []
    for at in range(0, len(texts), BATCH):
        batch = list(texts[at : at + BATCH])
        rows += _rows(_asked(batch, endpoint), len(batch), endpoint)
    if len({len(row) for row in rows}) > 1:
        raise _other(endpoint)
    return rows


def _asked(batch: list[str], endpoint: Endpoint) -> Any:
    body = {"model": endpoint.model, "input": batch, "encoding_format": "float"}
    headers = {"Content-Type": "application/json"}
    if endpoint.api_key not in ("", "none"):
        headers["Authorization"] = f"Bearer {endpoint.api_key}"
    url = f"{endpoint.base_url.rstrip('/')}/embeddings"
    local = urlsplit(url).hostname in _LOCAL
    opener = urllib.request.build_opener(*([urllib.request.ProxyHandler({})] if local else []))
    for attempt in range(endpoint.retries + 1):
        last = attempt == endpoint.retries
        try:
            request = urllib.request.Request(url, json.dumps(body).encode(), headers)
            with opener.open(request, timeout=endpoint.timeout) as answer:
                return json.loads(answer.read(_LARGEST))
        except urllib.error.HTTPError as error:
            with error:
                if last or error.code not in _AGAIN:
                    raise _refused(error, endpoint) from error
                wait = _told_to_wait(error) or _WAIT * 2**attempt
        except OSError as error:
            if last:
                raise ModelError(
                    f"连不上向量服务 {endpoint.where}。{_REMEDY}", original=error
                ) from error
            wait = _WAIT * 2**attempt
        except ValueError as error:
            raise _other(endpoint) from error
        time.sleep(min(wait, _LONGEST_WAIT))
    raise AssertionError("the last attempt returns or raises")


def _rows(answer: Any, count: int, endpoint: Endpoint) -> list[list[float]]:
    """The vectors of an answer, put in the order of the texts."""
    try:
        entries = sorted(answer["data"], key=lambda entry: int(entry["index"]))
        rows = [[float(value) for value in entry["embedding"]] for entry in entries]
        places = [int(entry["index"]) for entry in entries]
    except (KeyError, TypeError, ValueError) as error:
        raise _other(endpoint) from error
    if places != list(range(count)) or not all(rows):
        raise _other(endpoint)
    return rows


def _refused(error: urllib.error.HTTPError, endpoint: Endpoint) -> ModelError:
    why = {401: "密钥不对或已失效", 403: "这个密钥无权使用", 404: "没有这个模型，或地址不对"}
    said = why.get(error.code, "限流" if error.code == 429 else f"HTTP {error.code}")
    line = f"向量服务 {endpoint.where} 拒绝了模型 {endpoint.model} 的请求（{said}）。{_REMEDY}"
    return ModelError(line, original=error)


def _other(endpoint: Endpoint) -> ModelError:
    return ModelError(f"{endpoint.where} 返回的不是向量。{_REMEDY}")


def _told_to_wait(error: urllib.error.HTTPError) -> float:
    try:
        return max(0.0, float(error.headers.get("Retry-After", "")))
    except ValueError:
        return 0.0
