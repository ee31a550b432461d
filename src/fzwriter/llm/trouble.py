"""What went wrong at an endpoint, as one Chinese line with a remedy.

Errors are told apart by the names in their ancestry, so that no library has to be imported to read
one: openai's, LangChain's, those of the HTTP client below them.
"""

from __future__ import annotations

import re
from typing import Any

from fzwriter.errors import ModelError
from fzwriter.llm.model import AnswerError, Usage
from fzwriter.llm.providers import Endpoint
from fzwriter.redaction import masked

_LONGEST = 160
_OVERFLOW = re.compile(
    r"context_length_exceeded|exceed_context|context (?:length|size)|上下文长度", re.I
)
_SECRET = re.compile(r"(?:sk|key|Bearer)[-_ ][\w\-.]{6,}|[A-Za-z0-9_\-]{32,}")


def explain(error: BaseException, endpoint: Endpoint) -> ModelError:
    """The ``ModelError`` for an error of a library; one that is already ours stays as it is."""
    if isinstance(error, ModelError):
        return error
    names = {kind.__name__ for kind in type(error).__mro__}
    status = getattr(error, "status_code", 0) or 0
    return (
        _of_content(names, error)
        or _of_status(int(status), error, endpoint)
        or _of_transport(names, error, endpoint)
    )


def _of_content(names: set[str], error: BaseException) -> ModelError | None:
    if {"LengthFinishReasonError"} & names:
        return AnswerError("模型的回答超过长度上限，被截断", original=error)
    if {"ContentFilterFinishReasonError", "OpenAIRefusalError"} & names:
        return filtered(error)
    if overflows(error):
        return AnswerError(
            "请求超过模型的上下文长度，请用 FZWRITER_CONTEXT 写明模型的实际长度", original=error
        )
    text = _said(error)
    if re.search(r"content_filter|data_inspection_failed|sensitive|内容安全|敏感", text):
        return filtered(error)
    return None


def overflows(error: BaseException) -> bool:
    """Whether prompt and answer together are beyond the model's context."""
    named = "ContextOverflowError" in {kind.__name__ for kind in type(error).__mro__}
    return named or bool(_OVERFLOW.search(str(error)))


def filtered(error: BaseException | None = None, usage: Usage | None = None) -> AnswerError:
    """The provider's content filter stepped in."""
    spent = usage or Usage()
    return AnswerError("模型服务的内容审查拦下了这次回答", original=error, usage=spent)


def _of_status(status: int, error: BaseException, endpoint: Endpoint) -> ModelError | None:
    where, said = endpoint.where, _said(error)
    page = "（返回的是网页）" if "<html" in str(getattr(error, "body", "") or error).lower() else ""
    if status == 401:
        line = f"密钥不对或已失效（{where}）。请检查 FZWRITER_API_KEY"
    elif status == 402:
        line = f"模型服务的余额不足（{where}）。请充值或换一个模型"
    elif status == 403:
        line = f"这个密钥无权使用模型 {endpoint.model}（{where}）{said}"
    elif status == 404 and page:
        line = f"地址 {where} 没有模型服务{page}。请检查 base_url，通常以 /v1 结尾"
    elif status == 404:
        line = f"{where} 没有模型 {endpoint.model}，或地址不对。请检查 --model 和 --base-url"
    elif status == 413:
        return AnswerError("请求太长，模型服务拒收。请用 FZWRITER_CONTEXT 写明模型的实际长度")
    elif status == 429:
        line = f"模型服务限流（{where}），重试后仍被拒绝。请稍后用 --resume 继续，或调低 FZWRITER_CONCURRENCY"
    elif status >= 500:
        line = f"模型服务出错（{where}，HTTP {status}）{page}。请稍后用 --resume 继续"
    elif status >= 400:
        line = f"模型服务拒绝了请求（{where}，HTTP {status}）{page}{said}"
    else:
        return None
    return ModelError(line, original=error)


def _of_transport(names: set[str], error: BaseException, endpoint: Endpoint) -> ModelError:
    where = endpoint.where
    if names & {"APITimeoutError", "TimeoutException", "ModelTimeoutError", "TimeoutError"}:
        return timed_out(endpoint, error)
    if names & {"ConnectError", "ConnectionRefusedError"} or _caused_by(error, "ConnectError"):
        return ModelError(
            f"连不上模型服务 {where}。请确认服务已启动、地址正确、网络可达", original=error
        )
    if names & {"APIConnectionError", "TransportError", "ModelConnectionError", "OSError"}:
        return ModelError(f"与模型服务 {where} 的连接中断。请用 --resume 继续", original=error)
    if names & {"ImportError"}:
        return ModelError(
            f"没有安装 {endpoint.provider} 的 LangChain 组件{_said(error)}", original=error
        )
    return not_a_model(endpoint, error)


def timed_out(endpoint: Endpoint, error: BaseException | None = None) -> ModelError:
    """No answer within the time allowed."""
    return ModelError(
        f"模型服务 {endpoint.where} 没有在规定时间内答完。请用 --resume 继续，或调大 FZWRITER_TIMEOUT",
        original=error,
    )


def not_a_model(endpoint: Endpoint, error: BaseException | None = None) -> ModelError:
    """The answer isn't one of the protocol: a web page, other JSON."""
    return ModelError(
        f"{endpoint.where} 返回的不是模型应答。请检查 base_url，通常以 /v1 结尾{_said(error)}",
        original=error,
    )


def _caused_by(error: BaseException, name: str) -> bool:
    seen: BaseException | None = error
    for _ in range(8):
        if seen is None:
            return False
        if name in {kind.__name__ for kind in type(seen).__mro__}:
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def _said(error: BaseException | None) -> str:
    """The server's own words in brackets, short and without anything that looks like a key."""
    if error is None:
        return ""
    body: Any = getattr(error, "body", None)
    text = body.get("message", "") if isinstance(body, dict) else getattr(error, "message", "")
    text = re.sub(r"<[^<>]*>|\s+", " ", masked(str(text or error))).strip()
    text = _SECRET.sub("…", text)
    return f"（{text[:_LONGEST]}）" if text else ""
