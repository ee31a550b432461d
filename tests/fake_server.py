"""A server on loopback that speaks the OpenAI chat protocol, with the faults real ones have."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

Reply = Callable[[dict[str, Any]], str]


class FakeServer:
    """``fault`` names what goes wrong, on the first ``times`` requests or on all (None).

    ``refuses`` names what a request may not hold: temperature, max_tokens, max_completion_tokens,
    stream, stream_options, response_format, system (a role), turns (roles that don't alternate). A
    request with one of them is answered 400, with ``refusal`` as the words ({} is the field).

    ``reply`` makes the text of an answer from the request. ``requests`` keeps what was asked.
    ``tells`` is what ``/v1/models`` says of the model (None: no such page); ``tokenizer`` is how the
    server counts: ``vllm``, ``llamacpp``, or not at all. It counts a token a character.
    """

    def __init__(
        self,
        reply: str | Reply = "好。",
        fault: str = "",
        times: int | None = None,
        latency: float = 0.0,
        tells: dict[str, Any] | None = None,
        tokenizer: str = "",
        refuses: Sequence[str] = (),
        refusal: str = "Unsupported parameter: '{}'",
    ) -> None:
        self.reply: Reply = reply if callable(reply) else (lambda _: str(reply))
        self.fault, self.times, self.latency = fault, times, latency
        self.tells, self.tokenizer, self.counted = tells, tokenizer, 0
        self.refuses, self.refusal = refuses, refusal
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.at: list[float] = []
        self.answered: list[float] = []
        self.lock = threading.Lock()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    if self.path.endswith("/chat/completions"):
                        owner.answer(self)
                    else:
                        owner.count(self)

            def do_GET(self) -> None:
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    owner.tell(self)

            def log_message(self, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> FakeServer:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        with self.lock:
            self.requests.append(body)
            self.headers.append({k.lower(): v for k, v in handler.headers.items()})
            self.at.append(time.monotonic())
            faulty = bool(self.fault) and (self.times is None or len(self.requests) <= self.times)
        if self.latency:
            time.sleep(self.latency)
        for field in self.refuses:
            if _holds(body, field):
                self._error(handler, 400, self.refusal.format(field))
                return
        if faulty and getattr(self, f"_{self.fault}")(handler, body):
            return
        self._good(handler, body)
        with self.lock:
            self.answered.append(time.monotonic())

    # -- beside the protocol -----------------------------------------------------------------

    def tell(self, handler: BaseHTTPRequestHandler) -> None:
        if self.tells is None or not handler.path.endswith("/v1/models"):
            self._error(handler, 404, "not found")
            return
        entry = {"id": "m", "object": "model", **self.tells}
        self._send(handler, 200, json.dumps({"object": "list", "data": [entry]}))

    def count(self, handler: BaseHTTPRequestHandler) -> None:
        body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        said = "".join(m["content"] for m in body.get("messages", ()))
        answer: dict[str, Any] | None = None
        if self.tokenizer == "vllm" and handler.path == "/tokenize":
            answer = {"count": len(said), "max_model_len": 4096, "tokens": []}
        elif self.tokenizer == "llamacpp" and handler.path == "/apply-template":
            answer = {"prompt": said}
        elif self.tokenizer == "llamacpp" and handler.path == "/tokenize" and "content" in body:
            answer = {"tokens": list(range(len(body["content"])))}
        if answer is None:
            self._error(handler, 404, "not found")
            return
        self.counted += 1
        self._send(handler, 200, json.dumps(answer))

    # -- good answers ----------------------------------------------------------------------

    def _good(self, handler: BaseHTTPRequestHandler, body: dict[str, Any], **how: Any) -> None:
        text = how.get("text", self.reply(body))
        reason = how.get("reason", "stop")
        if not body.get("stream"):
            message = {"role": "assistant", "content": text, **how.get("more", {})}
            choice = {"index": 0, "message": message, "finish_reason": reason}
            self._send(handler, 200, json.dumps(self._frame("chat.completion", [choice])))
            return
        self._head(handler, 200, "text/event-stream")
        if "more" in how:
            self._event(handler, self._delta(how["more"]))
        size = how.get("size", 40)
        for at in range(0, len(text), size):
            self._event(handler, self._delta({"content": text[at : at + size]}))
            time.sleep(how.get("pause", 0.0))
            if how.get("drop_after", len(text)) <= at:
                handler.close_connection = True
                handler.connection.close()
                return
        self._event(handler, self._delta({}, reason))
        usage = self._frame("chat.completion.chunk", [])
        self._event(handler, usage)
        self._chunk(handler, "data: [DONE]\n\n")
        handler.wfile.write(b"0\r\n\r\n")

    def _frame(self, kind: str, choices: list[Any]) -> dict[str, Any]:
        usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
        return {
            "id": "x", "object": kind, "created": 1, "model": "m", "choices": choices, "usage": usage,
        }  # fmt: skip

    def _delta(self, delta: dict[str, str], reason: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        return {**self._frame("chat.completion.chunk", [choice]), "usage": None}

    def _head(self, handler: BaseHTTPRequestHandler, status: int, kind: str) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()

    def _chunk(self, handler: BaseHTTPRequestHandler, text: str) -> None:
        data = text.encode()
        handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        handler.wfile.flush()

    def _event(self, handler: BaseHTTPRequestHandler, data: dict[str, Any]) -> None:
        self._chunk(handler, f"data: {json.dumps(data, ensure_ascii=False)}\n\n")

    def _send(
        self,
        handler: BaseHTTPRequestHandler,
        status: int,
        text: str,
        kind: str = "application/json",
        **headers: str,
    ) -> bool:
        data = text.encode()
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)
        return True

    def _error(
        self, handler: BaseHTTPRequestHandler, status: int, message: str, **headers: str
    ) -> bool:
        body = json.dumps({"error": {"message": message, "type": "x", "code": "x"}})
        return self._send(handler, status, body, **headers)

    # -- faults ------------------------------------------------------------------------------

    def _unauthorised(self, handler: BaseHTTPRequestHandler, _: Any) -> bool:
        return self._error(handler, 401, "Incorrect API key provided: sk-abcdefghij123456")

    def _no_model(self, handler: BaseHTTPRequestHandler, _: Any) -> bool:
        return self._error(handler, 404, "The model does not exist")

    def _limited(self, handler: BaseHTTPRequestHandler, _: Any) -> bool:
        return self._error(handler, 429, "slow down", Retry_After="1")

    def _broken(self, handler: BaseHTTPRequestHandler, _: Any) -> bool:
        return self._error(handler, 500, "boom")

    def _page(self, handler: BaseHTTPRequestHandler, _: Any) -> bool:
        return self._send(handler, 200, "<html><body>Welcome</body></html>", "text/html")

    def _gateway(self, handler: BaseHTTPRequestHandler, _: Any) -> bool:
        return self._send(handler, 502, "<html>Bad Gateway</html>", "text/html")

    def _silent(self, handler: BaseHTTPRequestHandler, _: Any) -> bool:
        time.sleep(1.2)
        handler.close_connection = True
        return True

    def _trickle(self, handler: BaseHTTPRequestHandler, body: Any) -> bool:
        self._good(handler, body, text="慢" * 60, size=1, pause=0.1)
        return True

    def _dropped(self, handler: BaseHTTPRequestHandler, body: Any) -> bool:
        self._good(handler, body, text="半句话" * 40, size=10, drop_after=30)
        return True

    def _empty(self, handler: BaseHTTPRequestHandler, _: Any) -> bool:
        return self._send(handler, 200, json.dumps(self._frame("chat.completion", [])))

    def _blank(self, handler: BaseHTTPRequestHandler, body: Any) -> bool:
        self._good(handler, body, text="")
        return True

    def _cut(self, handler: BaseHTTPRequestHandler, body: Any) -> bool:
        self._good(handler, body, reason="length")
        return True

    def _filtered(self, handler: BaseHTTPRequestHandler, body: Any) -> bool:
        self._good(handler, body, text="", reason="content_filter")
        return True

    def _inspected(self, handler: BaseHTTPRequestHandler, _: Any) -> bool:
        return self._error(handler, 400, "data_inspection_failed")

    def _no_schema(self, handler: BaseHTTPRequestHandler, body: Any) -> bool:
        if "response_format" in body:
            return self._error(handler, 400, "response_format json_schema is not supported")
        return False

    def _no_stream(self, handler: BaseHTTPRequestHandler, body: Any) -> bool:
        self._good(handler, {**body, "stream": False})
        return True

    def _nonsense(self, handler: BaseHTTPRequestHandler, _: Any) -> bool:
        return self._send(handler, 200, "{not json")

    def _thinking(self, handler: BaseHTTPRequestHandler, body: Any) -> bool:
        """Thinks for 12,000 tokens, in a field of its own, before it writes."""
        allowed = body.get("max_tokens", body.get("max_completion_tokens", 0))
        enough = not allowed or allowed >= 12_000
        more = {"reasoning_content": "先想一想。"}
        text, reason = (self.reply(body), "stop") if enough else ("", "length")
        self._good(handler, body, text=text, reason=reason, more=more)
        return True

    def _thinking_aloud(self, handler: BaseHTTPRequestHandler, body: Any) -> bool:
        """The same in the text itself."""
        allowed = body.get("max_tokens", 0)
        text = "<think>先想一想。" if allowed < 12_000 else f"<think>想</think>{self.reply(body)}"
        self._good(handler, body, text=text, reason="length" if allowed < 12_000 else "stop")
        return True

    def _looping(self, handler: BaseHTTPRequestHandler, body: Any) -> bool:
        self._good(handler, body, text="依法行政，服务群众，成效明显。" * 20_000, size=8)
        return True

    def _endless(self, handler: BaseHTTPRequestHandler, body: Any) -> bool:
        self._good(handler, body, text="".join(map(str, range(100_000))), size=400)
        return True

    def _kept_alive(self, handler: BaseHTTPRequestHandler, _: Any) -> bool:
        """Comments and empty pieces for a minute at most, and never an answer."""
        self._head(handler, 200, "text/event-stream")
        for _turn in range(1200):
            self._chunk(handler, ": keep-alive\n\n")
            self._event(handler, self._delta({"content": ""}))
            time.sleep(0.05)
        return True

    def _short_context(self, handler: BaseHTTPRequestHandler, body: Any) -> bool:
        if body["max_tokens"] > 2000:
            words = f"maximum context length is 4096 tokens, you asked for {body['max_tokens']}"
            return self._error(handler, 400, words)
        return False

    def _few_tokens(self, handler: BaseHTTPRequestHandler, body: Any) -> bool:
        if body["max_tokens"] > 4096:
            return self._error(handler, 400, "max_tokens 参数取值范围应为 [1, 4096]")
        return False

    def _unsaid(self, handler: BaseHTTPRequestHandler, body: Any) -> bool:
        if [field for field in body if body[field] and field not in ("model", "messages")]:
            return self._error(handler, 400, "参数错误")
        return False


def _holds(body: dict[str, Any], field: str) -> bool:
    """Whether a request holds what a server refuses."""
    roles = [message["role"] for message in body["messages"]]
    if field == "system":
        return "system" in roles
    if field == "turns":
        return roles != ["user", "assistant", "user"][: len(roles)]
    return bool(body.get(field))
