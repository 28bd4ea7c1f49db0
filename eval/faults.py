"""All that a server of a language model can do wrong, byte by byte; which of it is done, a script says."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Protocol

#: What an endless answer amounts to, in bytes.
ENDLESS = 10_000_000
_WORD = "tám triệu đồng "
_STRANGER = "http://model.invalid/v1/chat/completions"


class Trouble(StrEnum):
    """What goes wrong with a reply: instead of its pieces, or after them."""

    CLOSED = "closed"  # the connection, without a byte
    HANG = "hang"  # no byte, for as long as the other side waits
    BUSY = "429"
    FAILED = "500"
    KEY = "401"
    MISSING = "404"
    REDIRECT = "redirect"  # to another server
    HTML = "html"  # a page, with status 200
    BOMB = "bomb"  # compressed
    NOT_JSON = "not_json"
    NO_CHOICES = "no_choices"  # as the protocol has it, but nothing in it
    NULL = "null"  # for the text
    NUMBER = "number"  # for the text
    TOOL = "tool"  # is called
    REFUSAL = "refusal"
    ENDLESS = "endless"  # 10 MB of tokens
    ENDLESS_LINE = "endless_line"  # 10 MB without a line's end
    # After the pieces:
    STALL = "stall"  # nothing more, for as long as the other side waits
    DRIP = "drip"  # a token now and then, for as long as the other side waits
    CUT = "cut"  # the connection breaks off
    UNFINISHED = "unfinished"  # ends in order, but nowhere says that it is finished
    ERROR = "error"  # said in the middle of the stream


class Wire(Protocol):
    """A connection, in the words of the protocol that was spoken on it."""

    @property
    def asked(self) -> str:
        """What the model was sent."""

    def arguments(self, **given: str) -> object:
        """What a tool is called with."""

    def answer(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        """A whole response; in the names of headers "_" stands for "-"."""

    def begin(self) -> None:
        """The head of a response whose text follows."""

    def part(self, **message: object) -> None:
        """A part of a message, as it is; without anything a part that has none."""

    def line(self, text: str) -> None:
        """What the protocol calls a line."""

    def raw(self, data: bytes) -> None:
        """Bytes within the response."""

    def end(self, reason: str) -> None:
        """The end of the text and why; "" for no word of it."""

    def wait(self, seconds: float) -> bool:
        """Pause; False as soon as the other side has left, or the server ends."""


def _status(status: int, wire: Wire) -> None:
    """An error as services word it: many quote what they were sent."""
    said = {"error": {"message": f"cannot answer: {wire.asked}", "type": "error", "code": status}}
    wire.answer(status, "application/json", json.dumps(said).encode())


def _redirect(wire: Wire) -> None:
    wire.answer(307, "text/plain", b"", Location=_STRANGER)


def _html(wire: Wire) -> None:
    page = f"<!doctype html>\n<title>Sign in</title>\n<p>{wire.asked}</p>\n"
    wire.answer(200, "text/html; charset=utf-8", page.encode())


def _bomb(wire: Wire) -> None:
    wire.answer(200, "text/event-stream", gzip.compress(b"x" * ENDLESS), Content_Encoding="gzip")


def _hang(wire: Wire) -> None:
    while wire.wait(60):
        pass


def _drip(wire: Wire) -> None:
    while wire.wait(0.05):
        wire.part(content="a ")


def _endless(wire: Wire) -> None:
    wire.begin()
    for _ in range(ENDLESS // len(_WORD.encode())):
        wire.part(content=_WORD)
    wire.end("stop")


def _endless_line(wire: Wire) -> None:
    wire.begin()
    for _ in range(ENDLESS // 100_000):
        wire.raw(b"x" * 100_000)
    wire.end("stop")


def _not_json(wire: Wire) -> None:
    wire.begin()
    wire.line(f'{{"choices": [{{"delta": "{wire.asked}"')
    wire.end("stop")


def _message(message: dict[str, object], reason: str, wire: Wire) -> None:
    wire.begin()
    wire.part(**message)
    wire.end(reason)


def _tool(wire: Wire) -> None:
    function = {"name": "search", "arguments": wire.arguments(q=wire.asked)}
    call = {"index": 0, "id": "1", "type": "function", "function": function}
    _message({"content": "", "tool_calls": [call]}, "tool_calls", wire)


def _error(wire: Wire) -> None:
    wire.line(json.dumps({"error": f"out of memory: {wire.asked}"}))
    wire.end("")


def _silent(_: Wire) -> None:
    """The connection is closed after this as after anything."""


INSTEAD: dict[Trouble, Callable[[Wire], None]] = {
    Trouble.CLOSED: _silent,
    Trouble.HANG: _hang,
    Trouble.BUSY: partial(_status, 429),
    Trouble.FAILED: partial(_status, 500),
    Trouble.KEY: partial(_status, 401),
    Trouble.MISSING: partial(_status, 404),
    Trouble.REDIRECT: _redirect,
    Trouble.HTML: _html,
    Trouble.BOMB: _bomb,
    Trouble.NOT_JSON: _not_json,
    Trouble.NO_CHOICES: partial(_message, {}, ""),
    Trouble.NULL: partial(_message, {"content": None}, "stop"),
    Trouble.NUMBER: partial(_message, {"content": 8}, "stop"),
    Trouble.TOOL: _tool,
    Trouble.REFUSAL: partial(_message, {"content": None, "refusal": "I cannot"}, "content_filter"),
    Trouble.ENDLESS: _endless,
    Trouble.ENDLESS_LINE: _endless_line,
}
AFTER: dict[Trouble, Callable[[Wire], None]] = {
    Trouble.STALL: _hang,
    Trouble.DRIP: _drip,
    Trouble.CUT: _silent,
    Trouble.UNFINISHED: lambda wire: wire.end(""),
    Trouble.ERROR: _error,
}
