"""A server on this machine that speaks as services of language models do and says what a script tells it to.

It speaks the chat-completions protocol (`/v1/chat/completions`, as a stream and at once, `/v1/models`) and Ollama's
(`/api/chat`), and can go wrong in all ways of `eval.faults`.
"""

from __future__ import annotations

import json
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import perf_counter
from typing import Any

from eval.faults import AFTER, INSTEAD, Trouble, Wire
from eval.protocols import Completions, Ollama, Request, answer

__all__ = ["Piece", "Reply", "Request", "Served", "refusing", "serving"]

HOST = "127.0.0.1"
_STEP = 0.02  # seconds between looks at whether the other side is still there


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, and seconds before it is written."""

    text: str
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model says.  finish: why it ends.  trouble: what goes wrong, instead of the pieces or after them."""

    pieces: Iterable[Piece] = ()
    trouble: Trouble | None = None
    finish: str = "stop"

    @classmethod
    def of(cls, text: str, trouble: Trouble | None = None, pause: float = 0.0, finish: str = "stop") -> Reply:
        """A text in pieces of a word, each after the same pause in seconds.

        >>> [piece.text for piece in Reply.of("Có 5 [1].").pieces]
        ['Có', ' 5', ' [1].']
        """
        return cls(tuple(Piece(word, pause) for word in re.findall(r"\s*\S+|\s+$", text)), trouble, finish)


Script = Callable[[Request], Reply]


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs: `base_url` for the one protocol, `root` for Ollama's, and what it was asked so far."""

    root: str
    requests: list[Request]

    @property
    def base_url(self) -> str:
        """Where the chat-completions protocol is spoken."""
        return f"{self.root}/v1"


@contextmanager
def serving(script: Script) -> Iterator[Served]:
    """A server that answers by a script, on any free port; who is still being answered in the end is cut off."""
    server = _Server(script)
    thread = threading.Thread(target=server.serve_forever, args=(_STEP,), daemon=True)
    thread.start()
    try:
        yield Served(f"http://{HOST}:{server.server_port}", server.requests)
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def refusing() -> Iterator[str]:
    """The base URL of a port that nobody listens at, kept from others meanwhile."""
    with socket.socket() as held:
        held.bind((HOST, 0))
        yield f"http://{HOST}:{held.getsockname()[1]}/v1"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, script: Script) -> None:
        super().__init__((HOST, 0), _Handler)
        self.script, self.requests, self.stopped = script, list[Request](), threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who left is nothing to report; a script that fails is."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One request: a connection ends with its response."""

    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """The models there are."""
        said = {"object": "list", "data": [{"id": "scripted", "object": "model", "owned_by": "eval"}]}
        answer(self, 200, "application/json", json.dumps(said).encode())

    def do_POST(self) -> None:
        """An answer by the script."""
        request = self._request()
        self.server.requests.append(request)
        wire = (Ollama if self.path.endswith("/api/chat") else Completions)(self, request, self.server.stopped)
        try:
            self._reply(wire, request)
        except ConnectionError:
            request.gone.set()
        finally:
            self.close_connection = True
            request.over.set()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what is asked is for the script alone."""

    def _reply(self, wire: Wire, request: Request) -> None:
        reply = self.server.script(request)
        if reply.trouble in INSTEAD:
            INSTEAD[reply.trouble](wire)
            return
        wire.begin()
        for piece in reply.pieces:
            if piece.pause and not wire.wait(piece.pause):
                return
            wire.part(content=piece.text)
            request.last = perf_counter()
            request.first = request.first or request.last
        if reply.trouble is None:
            wire.end(reply.finish)
        else:
            AFTER[reply.trouble](wire)

    def _request(self) -> Request:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        read: dict[str, Any] = json.loads(body)
        texts = {one["role"]: str(one["content"]) for one in read["messages"]}
        system, user = texts.get("system") or texts.get("developer", ""), texts.get("user", "")
        stream = bool(read.get("stream", self.path.endswith("/api/chat")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(self.path, headers, body, str(read["model"]), system, user, stream)
