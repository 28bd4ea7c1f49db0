"""How much one address and the whole site may ask, by a clock that tests turn: nothing here waits or needs a socket."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from apart import run_apart

from assistant.web.buckets import Buckets, caller, network
from assistant.web.limits import LEAST_READS, READS, Bounds, Limits

JOIN, READ, STREAM = "POST /gradio_api/queue/join", "GET /source/x", "GET /gradio_api/heartbeat/abc"


@dataclass
class Clock:
    """Stands still unless it is turned."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Site:
    """A site behind the limits that answers "ok", or what `work` does first, and keeps what it was handed."""

    bounds: Bounds
    queued: int = 0
    work: Callable[[], Awaitable[object]] | None = None
    scopes: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.limits = Limits(self._app, self.bounds, lambda: self.queued)

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        self.scopes.append(scope)
        if self.work:
            await self.work()
        message = {"more_body": True}
        while message.get("more_body"):
            message = await receive()
        said = b"ok" if message["type"] == "http.request" else b"cut off"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": said})

    async def call(self, request: str, client: str = "203.0.113.1", receive: Any = None, **headers: str) -> Any:
        method, path = request.split()
        sent: list[dict[str, Any]] = []
        lines = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": lines, "client": (client, 1)}

        async def body() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.limits(scope, receive or body, send)
        return sent

    def status(self, request: str, client: str = "203.0.113.1", **headers: str) -> int:
        return int(run_apart(self.call(request, client, **headers))[0]["status"])


def header(sent: list[dict[str, Any]], name: str) -> str:
    return dict(sent[0]["headers"])[name.encode()].decode()


def test_a_bucket_empties_and_fills_again() -> None:
    """Six a minute is one every ten seconds; four seconds after the last one six are to be waited."""
    clock = Clock()
    buckets = Buckets(6, clock=clock)
    assert [buckets.wait("a") for _ in range(6)] == [0.0] * 6
    assert buckets.wait("a") == pytest.approx(10)
    assert buckets.wait("b") == 0.0
    clock.now += 4
    assert buckets.wait("a") == pytest.approx(6)
    clock.now += 6
    assert (buckets.wait("a"), buckets.wait("a") > 9) == (0.0, True)
    clock.now += 3600
    assert [bool(buckets.wait("a")) for _ in range(7)] == [False] * 6 + [True]


def test_no_limit_remembers_nobody() -> None:
    buckets = Buckets(0)
    assert [buckets.wait(str(number)) for number in range(9)] == [0.0] * 9
    assert len(buckets) == 0


def test_memory_is_bounded_whoever_calls() -> None:
    buckets = Buckets(1, most=3, clock=Clock())
    assert buckets.wait("kept") == 0
    for number in range(50):
        assert buckets.wait(f"n{number}") == 0
        assert buckets.wait("kept") > 0  # who goes on asking is not forgotten by the names of others
    assert len(buckets) == 3


OURS = [network("10.0.0.0/8"), network("::1")]


@pytest.mark.parametrize(
    ("client", "forwarded", "who"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["6.6.6.6"], "203.0.113.9"),  # nobody's proxy
        ("10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["6.6.6.6, 198.51.100.7"], "198.51.100.7"),  # what the client wrote stands left
        ("10.0.0.1", ["6.6.6.6", "198.51.100.7, 10.2.2.2"], "198.51.100.7"),  # two proxies, two lines
        ("10.0.0.1", ["198.51.100.7, unknown"], "10.0.0.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["10.0.0.7"], "10.0.0.7"),
        ("::ffff:10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("::1", ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", [], "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", [], "198.51.100.7"),
        ("", [], ""),
    ],
)
def test_who_calls(client: str, forwarded: list[str], who: str) -> None:
    assert caller(client, forwarded, OURS) == who


def test_questions_are_fewer_than_pages() -> None:
    site = Site(Bounds(rate=2, clock=Clock()))
    assert 2 * READS < LEAST_READS
    assert [site.status(JOIN) for _ in range(3)] == [200, 200, 429]
    assert {site.status(READ) for _ in range(LEAST_READS)} == {200}
    assert site.status(READ) == 429
    assert site.status(JOIN, client="203.0.113.2") == 200


@pytest.mark.parametrize(
    "request_line", [JOIN, "POST /api/ask", "POST /download/x.docx", "POST /feedback", "POST /mcp"]
)
def test_every_door_for_questions_is_counted(request_line: str) -> None:
    site = Site(Bounds(rate=1, clock=Clock()))
    assert [site.status(request_line), site.status(JOIN)] == [200, 429]


def test_no_rate_is_no_limit() -> None:
    site = Site(Bounds(rate=0, clock=Clock()))
    assert {site.status(JOIN) for _ in range(500)} == {200}


def test_the_claimed_address_counts_only_from_our_proxy() -> None:
    site = Site(Bounds(rate=1, clock=Clock(), proxies=(network("10.0.0.1"),)))
    assert [site.status(JOIN, x_forwarded_for=f"198.51.100.{n}") for n in (1, 2)] == [200, 429]
    assert [site.status(JOIN, client="10.0.0.1", x_forwarded_for=f"198.51.100.{n}") for n in (1, 2, 2)] == [
        200,
        200,
        429,
    ]


def test_what_is_claimed_of_the_way_goes_no_further() -> None:
    """Gradio would take X-Forwarded-Host for the name of the site, which no list of names then checks."""
    site = Site(Bounds(proxies=(network("10.0.0.1"),)))
    claims = {"x_forwarded_host": "evil.example", "x_forwarded_proto": "https", "forwarded": "host=evil.example"}
    site.status(READ, **claims)
    site.status(READ, client="10.0.0.1", **claims)
    left = [[name for name, _ in scope["headers"]] for scope in site.scopes]
    assert left == [[], [b"x-forwarded-proto"]]


def test_when_to_come_back_is_said() -> None:
    site = Site(Bounds(rate=6, clock=Clock()))
    for _ in range(6):
        site.status(JOIN)
    start, body = run_apart(site.call(JOIN))
    assert header([start], "retry-after") == "10"
    said = json.loads(body["body"])
    assert "10 giây" in said["vi"]
    assert "10 seconds" in said["en"]
    assert "111" in said["vi"]
    assert said["detail"] == f"{said['vi']} / {said['en']}"


def test_a_page_that_is_refused_still_says_who_to_call() -> None:
    site = Site(Bounds(rate=1, clock=Clock()))
    for _ in range(LEAST_READS):
        site.status(READ)
    start, body = run_apart(site.call(READ))
    assert start["status"] == 429
    assert 'href="tel:111"' in body["body"].decode()
    assert re.search(r'role="alert"><p>Địa chỉ này[^<]* / Too many', body["body"].decode())


@pytest.mark.parametrize(("queued", "status"), [(3, 200), (4, 503), (9, 503)])
def test_the_whole_site_takes_on_so_much(queued: int, status: int) -> None:
    site = Site(Bounds(at_once=4), queued=queued)
    assert site.status(JOIN) == status
    assert site.status(READ) == 200


def test_what_is_answered_in_its_request_counts_while_it_lasts() -> None:
    async def busy() -> list[int]:
        done = asyncio.Event()
        site = Site(Bounds(at_once=2), work=done.wait)
        first = [asyncio.create_task(site.call("POST /api/ask")) for _ in range(2)]
        await asyncio.sleep(0)
        third = (await site.call("POST /api/ask"))[0]
        fourth = (await site.call(JOIN))[0]
        done.set()
        late = [(await one)[0]["status"] for one in first]
        return [third["status"], fourth["status"], *late, (await site.call("POST /api/ask"))[0]["status"]]

    assert run_apart(busy()) == [503, 503, 200, 200, 200]


def test_what_fails_counts_no_longer() -> None:
    async def fail() -> None:
        raise RuntimeError("x")

    site = Site(Bounds(at_once=1), work=fail)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            site.status("POST /api/ask")
    assert site.limits.working == 0


def test_open_streams_are_counted_by_address_and_over_all() -> None:
    async def streams() -> list[list[int]]:
        done = asyncio.Event()
        site = Site(Bounds(streams=3, all_streams=5), work=done.wait)
        sets = []
        for client, tries in (("203.0.113.1", 5), ("203.0.113.2", 5)):
            asked = [asyncio.create_task(site.call(STREAM, client)) for _ in range(tries)]
            await asyncio.sleep(0)
            sets.append([one.result()[0]["status"] for one in asked if one.done()])
        done.set()
        await asyncio.sleep(0.01)
        sets.append([(await site.call(STREAM))[0]["status"]])
        assert not site.limits.open
        return sets

    assert run_apart(streams()) == [[429, 429], [503, 503, 503], [200]]


def test_a_body_that_trickles_is_cut_off() -> None:
    clock = Clock()

    async def trickle() -> dict[str, Any]:
        clock.now += 1.0  # a second for each byte
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b"x", "more_body": True}

    site = Site(Bounds(body_seconds=5, clock=clock))
    sent = run_apart(site.call(JOIN, receive=trickle))
    assert sent[1]["body"] == b"cut off"
    assert clock.now <= 1006
