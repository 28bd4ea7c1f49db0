"""How much one address may ask, how much the whole site takes on at once, and how slowly a body may come.

What is too much is answered at once, with when to come back, and with who to call.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from math import ceil
from time import monotonic

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.buckets import Buckets, Network, caller, is_among
from assistant.web.larger import Larger
from assistant.web.problems import for_programs, problem
from assistant.web.shell import refusal_html
from assistant.web.strings import phrase
from corpus.vocabulary import child_line

#: Questions a minute for one address, which may be a whole office: sixty people who ask every fifteen seconds.
RATE = 240
#: For each question that is allowed, requests that only read: opening the page alone takes some sixty.
READS = 25
#: … and this many a minute at least, or a small rate would not let the page itself load.
LEAST_READS = 600
#: Questions at work or waiting on the whole site; on two cores the last of them waits about two seconds.
AT_ONCE = 64
#: Streams left open (each page has one, and one more while it is answered): from one address, on the whole site.
STREAMS, ALL_STREAMS = 256, 768
#: Seconds within which a body has to be whole.
BODY_SECONDS = 10.0
#: Where in a request it stands who calls, as our proxies say it.
CALLER = "assistant.caller"
_SOON = 5  # seconds after which a busy site may be asked again

#: What counts as a question, what of it is answered while its request lasts, and what stays open.
_QUESTIONS = re.compile(r"/gradio_api/queue/join/?|/api/ask/?|/download/.*|/feedback/?|/mcp(?:/.*)?")
_WORKS = re.compile(r"/api/ask/?|/download/.*|/feedback/?|/mcp(?:/.*)?")
_STREAMS = re.compile(r"/gradio_api/(?:queue/data|heartbeat/.*)|/mcp(?:/.*)?")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits of a site. `rate`: questions a minute for each address, 0: none; `proxies`: whose word about an
    address is believed."""

    rate: int = RATE
    at_once: int = AT_ONCE
    streams: int = STREAMS
    all_streams: int = ALL_STREAMS
    body_seconds: float = BODY_SECONDS
    proxies: tuple[Network, ...] = ()
    clock: Callable[[], float] = monotonic


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not taken now, and in how many seconds it may be."""

    status: HTTPStatus
    seconds: int


class Limits:
    """429 with Retry-After for an address that asks too much, 503 when the whole site is busy. `waiting`: how many
    questions of the page are at work or wait to be."""

    def __init__(self, app: ASGIApp, bounds: Bounds, waiting: Callable[[], int], larger: Larger | None = None) -> None:
        self.app = app
        self.larger = larger
        self.bounds = bounds
        self.waiting = waiting
        self.questions = Buckets(bounds.rate, clock=bounds.clock)
        self.reads = Buckets(bounds.rate and max(LEAST_READS, bounds.rate * READS), clock=bounds.clock)
        self.working = 0
        self.open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        client = (scope.get("client") or ("",))[0]
        who = caller(client, headers.getlist("x-forwarded-for"), self.bounds.proxies)
        scope = {**_without_hearsay(scope, is_among(client, self.bounds.proxies)), CALLER: who}
        refusal = self._refusal(scope, who)
        if refusal is not None:
            await _said(scope["path"], refusal)(scope, receive, send)
            return
        with self._counted(scope, who):
            await self.app(scope, _timely(receive, self.bounds, self._seconds(scope)), send)

    def _seconds(self, scope: Scope) -> float:
        """Seconds within which a body has to be whole."""
        larger = self.larger
        return larger.seconds if larger and larger.concerns(scope) and larger.may(scope) else self.bounds.body_seconds

    def _refusal(self, scope: Scope, who: str) -> Refusal | None:
        asks = _is_question(scope)
        seconds = (self.questions if asks else self.reads).wait(who)
        if seconds:
            return Refusal(HTTPStatus.TOO_MANY_REQUESTS, ceil(seconds))
        if asks and self.working + self.waiting() >= self.bounds.at_once:
            return Refusal(HTTPStatus.SERVICE_UNAVAILABLE, _SOON)
        if _is_stream(scope):
            if self.open[who] >= self.bounds.streams:
                return Refusal(HTTPStatus.TOO_MANY_REQUESTS, _SOON)
            if self.open.total() >= self.bounds.all_streams:
                return Refusal(HTTPStatus.SERVICE_UNAVAILABLE, _SOON)
        return None

    @contextmanager
    def _counted(self, scope: Scope, who: str) -> Iterator[None]:
        """While a request is answered it counts as work, or as a stream of its address."""
        works, stays = _is_question(scope) and bool(_WORKS.fullmatch(scope["path"])), _is_stream(scope)
        self.working += works
        self.open[who] += stays
        try:
            yield
        finally:
            self.working -= works
            self.open[who] -= stays
            if not self.open[who]:
                del self.open[who]


def _is_question(scope: Scope) -> bool:
    """A POST to what answers."""
    return scope["method"] == "POST" and bool(_QUESTIONS.fullmatch(scope["path"]))


def _is_stream(scope: Scope) -> bool:
    return scope["method"] in {"GET", "HEAD"} and bool(_STREAMS.fullmatch(scope["path"]))


def _without_hearsay(scope: Scope, from_proxy: bool) -> Scope:
    """A request without what anyone may claim of its way here; of our proxy's words only whether it came by https."""
    kept = {b"x-forwarded-proto"} if from_proxy else set[bytes]()
    headers = [
        (name, value)
        for name, value in scope["headers"]
        if name in kept or not (name.startswith(b"x-forwarded-") or name == b"forwarded")
    ]
    return {**scope, "headers": headers}


def _said(path: str, refusal: Refusal) -> Response:
    """A page; to programs a problem; to the chat, which shows the words in one of its languages, both apart."""
    headers = {"Retry-After": str(refusal.seconds), "Cache-Control": "no-store"}
    said = phrase(f"busy_{refusal.status}", seconds=refusal.seconds, number=child_line().number)
    if for_programs(path):
        return problem(refusal.status, said.both, headers=headers)
    if path.startswith("/gradio_api/"):
        return JSONResponse({"detail": said.both, "vi": said.vi, "en": said.en}, refusal.status, headers)
    return HTMLResponse(refusal_html(refusal.status), refusal.status, headers)


def _timely(receive: Receive, bounds: Bounds, seconds: float) -> Receive:
    """A body that is not whole in time is cut off like a lost connection."""
    whole = False
    until = bounds.clock() + seconds

    async def timed() -> Message:
        nonlocal whole
        if whole:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), max(0.0, until - bounds.clock()))
        except TimeoutError:
            return {"type": "http.disconnect"}
        whole = not message.get("more_body", False)
        return message

    return timed
