"""The two protocols that language models are asked in, written on a connection: chat completions, and Ollama's own."""

from __future__ import annotations

import json
import select
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from time import monotonic

from eval.faults import Wire

_STEP = 0.02  # seconds between looks at whether the other side is still there


@dataclass(slots=True)
class Request:
    """What came in.  body: all of it, JSON as it was sent.  first, last: when (`time.perf_counter`, seconds) those
    pieces were written, 0 for never.  over: nothing more is written.  gone: the other side left before."""

    path: str
    headers: Mapping[str, str]
    body: str
    model: str
    system: str
    user: str
    is_stream: bool
    first: float = 0.0
    last: float = 0.0
    gone: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)


def answer(handler: BaseHTTPRequestHandler, status: int, kind: str, body: bytes, **headers: str) -> None:
    """Write a whole response."""
    handler.send_response(status)
    common = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"}
    for name, value in {**common, **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


class _Spoken(Wire):
    """A connection on which one request came; what is written goes out at once, or for a request that wants no stream
    when all is said."""

    kind = ""  # of a stream

    def __init__(self, handler: BaseHTTPRequestHandler, request: Request, stopped: threading.Event) -> None:
        self.handler, self.request, self.stopped = handler, request, stopped
        self.texts: list[object] = []

    @property
    def asked(self) -> str:
        return f"{self.request.system}\n{self.request.user}\n{self.request.headers.get('authorization', '')}"

    def answer(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        answer(self.handler, status, kind, body, **headers)

    def begin(self) -> None:
        if self.request.is_stream:
            self.handler.send_response(200)
            self.handler.send_header("Content-Type", self.kind)
            self.handler.send_header("Transfer-Encoding", "chunked")
            self.handler.send_header("Connection", "close")
            self.handler.end_headers()

    def raw(self, data: bytes) -> None:
        if self.request.is_stream:
            self.handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def wait(self, seconds: float) -> bool:
        until = monotonic() + seconds
        while (left := until - monotonic()) > 0 and not self.stopped.is_set():
            ready, _, _ = select.select([self.handler.connection], [], [], min(_STEP, left))
            if ready and not self.handler.connection.recv(1, socket.MSG_PEEK):
                self.request.gone.set()
                return False
        return left <= 0

    def _whole(self) -> str:
        return "".join(str(text) for text in self.texts)

    def _finished(self) -> None:
        if self.request.is_stream:
            self.handler.wfile.write(b"0\r\n\r\n")


class Completions(_Spoken):
    """`/v1/chat/completions`: events of a server, `data: {…}`."""

    kind = "text/event-stream; charset=utf-8"

    def part(self, **message: object) -> None:
        self.texts.append(message.get("content") or "")
        choices = [{"index": 0, "delta": {"role": "assistant", **message}, "finish_reason": None}] if message else []
        self.line(json.dumps(self._said("chat.completion.chunk", choices)))

    def line(self, text: str) -> None:
        self.raw(f"data: {text}\n\n".encode())

    def end(self, reason: str) -> None:
        if not self.request.is_stream:
            message = {"role": "assistant", "content": self._whole()}
            choice = {"index": 0, "message": message, "finish_reason": reason or None}
            said = self._said("chat.completion", [choice])
            return self.answer(200, "application/json", json.dumps(said).encode())
        if reason:
            choice = {"index": 0, "delta": {}, "finish_reason": reason}
            self.line(json.dumps(self._said("chat.completion.chunk", [choice])))
            self.line("[DONE]")
        return self._finished()

    def arguments(self, **given: str) -> object:
        return json.dumps(given)

    def _said(self, kind: str, choices: list[dict[str, object]]) -> dict[str, object]:
        return {"id": "chatcmpl-1", "object": kind, "created": 0, "model": self.request.model, "choices": choices}


class Ollama(_Spoken):
    """`/api/chat`: a line of JSON for each part."""

    kind = "application/x-ndjson"

    def part(self, **message: object) -> None:
        self.texts.append(message.get("content") or "")
        self.line(json.dumps(self._said(message={"role": "assistant", **message}) if message else {}))

    def line(self, text: str) -> None:
        self.raw(f"{text}\n".encode())

    def end(self, reason: str) -> None:
        text = "" if self.request.is_stream else self._whole()
        said = self._said(message={"role": "assistant", "content": text}, done=bool(reason), done_reason=reason)
        if not self.request.is_stream:
            return self.answer(200, "application/json", json.dumps(said).encode())
        if reason:
            self.line(json.dumps(said))
        return self._finished()

    def arguments(self, **given: str) -> object:
        return given

    def _said(self, done: bool = False, **more: object) -> dict[str, object]:
        return {"model": self.request.model, "created_at": "2026-01-01T00:00:00Z", "done": done, **more}
