"""What Gradio leaves open or a visitor may try, against the running site; each is shut by something that is ours."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from apart import run_apart
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from test_web import call, port_in, refused, serving

from assistant.web.cors import Cors, origin_of
from assistant.web.middleware import BODY_LIMIT, Guard, SafeHeaders

ALLOWED = "https://tre-em.example"


def raw(address: str, sent: bytes, seconds: float = 5.0) -> bytes:
    """All that comes back for some bytes until the other side closes or nothing comes for `seconds`."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=seconds) as line:
        line.sendall(sent)
        got = b""
        try:
            while part := line.recv(65536):
                got += part
        except TimeoutError:
            pass
        return got


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        ("POST /gradio_api/upload?upload_id=x", 404),
        ("GET /gradio_api/upload_progress?upload_id=x", 404),
        ("GET /gradio_api/proxy=https://example.com/", 404),
        ("HEAD /gradio_api/proxy=https://example.com/", 404),
        ("GET /gradio_api/file=app.py", 404),
        ("GET /gradio_api/file/app.py", 404),
        ("GET /file=app.py", 404),
        ("GET /static/..%2f..%2fapp.py", 404),
        ("GET /assets/..%2f..%2f..%2fapp.py", 404),
        ("GET /gradio_api/deep_link?session_hash=x", 404),
        ("GET /monitoring/x", 404),
        ("GET /gradio_api/monitoring", 404),
        ("GET /gradio_api/history", 404),
        ("GET /gradio_api/runs/x", 404),
        ("GET /gradio_api/info?serialize=False", 404),
        ("GET /gradio_api/api_info", 404),
        ("GET /?view=api", 200),
        ("POST /gradio_api/call/ask", 404),
        ("POST /gradio_api/api/predict", 404),
        ("POST /gradio_api/component_server", 404),
        ("GET /gradio_api/mcp/sse", 404),
        ("GET /login", 404),
        ("POST /login", 404),
        ("GET /gradio_api/vibe-edit/", 404),
        ("GET /gradio_api/dev/reload", 404),
        ("GET /openapi.json", 404),
        ("GET /redoc", 404),
        ("GET /manifest.json", 404),
        ("GET /source/%00", 404),
        ("GET /source/a%0d%0aSet-Cookie:%20x", 404),
        ("GET /source/%ff%fe", 404),
        ("GET /source/%c3%28", 404),
        ("GET /source/" + "a" * 8000, 404),
        ("GET /%00", 404),
        ("GET //evil.example/", 404),
        ("GET /web/%2e%2e/server.py", 404),
        ("GET /source/khanh-hoa-2020?start=-1&end=5", 422),
        ("GET /source/khanh-hoa-2020?start=1e9&end=5", 422),
        ("GET /source/khanh-hoa-2020?start=" + "9" * 5000, 422),
        ("PUT /gradio_api/queue/join", 405),
        ("DELETE /gradio_api/queue/join", 405),
        ("TRACE /", 405),
        ("OPTIONS /", 405),
        ("OPTIONS /gradio_api/queue/join", 405),
        ("CONNECT /", 405),
        ("QUATSCH /", 405),
        ("DELETE /source/khanh-hoa-2020", 405),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_is_shut(address: str, request_line: str, status: int) -> None:
    method, _, path = request_line.partition(" ")
    response, text = call(address, method, path)
    assert response.status == status
    assert "Traceback" not in text
    assert response.headers["Content-Security-Policy"]
    assert not response.headers["Set-Cookie"]
    if status >= 400 and method != "HEAD":
        assert 'href="tel:111"' in text


@pytest.mark.parametrize("size", [BODY_LIMIT + 1, 20_000_000])
def test_a_huge_message_is_refused_by_what_it_says_of_itself(address: str, size: int) -> None:
    head = f"POST /gradio_api/queue/join HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n"
    assert raw(address, head.encode() + b'{"data": ["').startswith(b"HTTP/1.1 413 ")


def test_a_huge_message_that_says_nothing_of_itself_is_cut_off(address: str) -> None:
    head = b"POST /gradio_api/queue/join HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"8000\r\n" + b" " * 0x8000 + b"\r\n"
    got = raw(address, head + chunk * 8 + b"0\r\n\r\n")
    assert re.match(rb"HTTP/1.1 4\d\d ", got)
    assert b"event_id" not in got


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:1"},
    ],
    ids=str,
)
def test_another_sites_page_cannot_ask(address: str, headers: dict[str, str]) -> None:
    asked = json.dumps({"data": ["x", None, [], []], "fn_index": 0, "session_hash": "x"}).encode()
    response, _ = call(address, "POST", "/gradio_api/queue/join", asked, headers)
    assert response.status == 403
    assert response.headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 400),
        ({"Host": "localhost@evil.example"}, 400),
        ({"Host": "localhost.evil.example"}, 400),
        ({"Host": "localhost, evil.example"}, 400),
        ({"Host": "127.0.0.1:80", "X-Forwarded-Host": "evil.example"}, 200),
        ({"Host": "127.0.0.1:80", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}, 200),
    ],
    ids=str,
)
def test_the_name_of_the_site_is_not_taken_from_the_visitor(address: str, headers: dict[str, str], status: int) -> None:
    response, text = call(address, "GET", "/", headers=headers)
    assert response.status == status
    assert "evil.example" not in text
    assert "https://127.0.0.1" not in text


def test_an_absolute_address_counts_by_its_host_header(address: str) -> None:
    got = raw(address, b"GET http://localhost/healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
    assert got.startswith(b"HTTP/1.1 400 ")


def test_a_websocket_is_not_opened(address: str) -> None:
    wanted = (
        b"GET /gradio_api/queue/join HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    assert re.match(rb"HTTP/1.1 4\d\d ", raw(address, wanted, 1.0))


def test_no_error_carries_a_trace_of_the_program(address: str) -> None:
    for body in (b"", b"{", b"[]", b'{"data": 5}', b'{"data": [], "fn_index": 99, "session_hash": "x"}', b"\xff\x00"):
        response, text = call(address, "POST", "/gradio_api/queue/join", body, {"Content-Type": "application/json"})
        assert response.status in {400, 404, 422, 500}, body
        assert not re.search(r"Traceback|site-packages|\.py\b|Error:", text), body


def test_headers_that_never_end_are_not_waited_for(index_folder: Path) -> None:
    """uvicorn itself would hold such a connection for ever."""
    from assistant.web.patience import HEADER_SECONDS

    with serving("--index", str(index_folder)) as (_, said):
        started = time.monotonic()
        sent = [b"", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "]
        after = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HTTP/1.1\r\nX-Slow: "
        lines = [socket.create_connection(("127.0.0.1", port_in(said)), timeout=HEADER_SECONDS * 2) for _ in range(3)]
        for line, head in zip(lines, (*sent, after), strict=True):
            line.sendall(head)
        for line in lines:
            while line.recv(65536):
                pass
            line.close()
        assert HEADER_SECONDS * 0.9 < time.monotonic() - started < HEADER_SECONDS * 1.6


def test_a_stream_outlives_the_wait_for_headers(address: str) -> None:
    from assistant.web.patience import HEADER_SECONDS

    head = b"GET /gradio_api/heartbeat/abc HTTP/1.1\r\nHost: localhost\r\n\r\n"
    started = time.monotonic()
    got = raw(address, head, HEADER_SECONDS + 2)
    assert b"ALIVE" in got
    assert time.monotonic() - started > HEADER_SECONDS + 1


# The allow-list for /api


@pytest.fixture
def api() -> Iterator[Starlette]:
    async def ask(_: object) -> PlainTextResponse:
        return PlainTextResponse("ok", headers={"Access-Control-Allow-Origin": "*"})

    app = Starlette(routes=[Route("/api/ask", ask, methods=["GET", "POST"]), Route("/other", ask, methods=["POST"])])
    app.add_middleware(
        Guard, hosts=["here"], paths=["/api/ask", "/other"], posts=["/api/ask", "/other"], origins=[ALLOWED]
    )
    app.add_middleware(SafeHeaders)
    app.add_middleware(Cors, origins=[ALLOWED])
    yield app


@pytest.mark.parametrize(
    ("request_line", "origin", "status", "allowed"),
    [
        ("POST /api/ask", ALLOWED, 200, ALLOWED),
        ("GET /api/ask", ALLOWED, 200, ALLOWED),
        ("OPTIONS /api/ask", ALLOWED, 204, ALLOWED),
        ("POST /api/ask", "https://evil.example", 403, None),
        ("OPTIONS /api/ask", "https://evil.example", 405, None),
        ("GET /api/ask", "https://evil.example", 200, None),
        ("POST /api/ask", "null", 403, None),
        ("POST /api/ask", None, 200, None),
        ("POST /other", ALLOWED, 403, None),
        ("OPTIONS /other", ALLOWED, 405, None),
    ],
)
def test_who_may_call_the_api(
    api: Starlette, request_line: str, origin: str | None, status: int, allowed: str | None
) -> None:

    method, path = request_line.split()
    lines = [(b"host", b"here"), *([(b"origin", origin.encode())] if origin else [])]
    scope = {"type": "http", "method": method, "path": path, "headers": lines, "query_string": b"", "client": ("x", 1)}
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    run_apart(api(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}  # type: ignore[attr-defined]
    assert sent[0]["status"] == status
    assert headers.get("access-control-allow-origin") == allowed
    assert "access-control-allow-credentials" not in headers
    assert ("Origin" in headers.get("vary", "")) == bool(allowed)


@pytest.mark.parametrize("text", ["*", "null", "tre-em.vn", "https://a.vn/x", "https://*.a.vn", "ftp://a.vn", " "])
def test_what_is_no_origin(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        origin_of(text)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--rate", "-1"],
        ["--rate", "x"],
        ["--proxy", "localhost"],
        ["--proxy", "10.0.0.0/99"],
        ["--cors", "*"],
        ["--cors", "https://a.vn/x"],
    ],
)
def test_what_cannot_be_set_is_said_in_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert " / " in refused(capsys, "--port", "0", *arguments)


@pytest.mark.parametrize("name", ["ASSISTANT_RATE", "ASSISTANT_PROXIES", "ASSISTANT_CORS"])
def test_the_environment_is_checked_too(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "x y")
    assert name in refused(capsys, "--port", "0")


def test_a_log_that_cannot_be_written_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "khong-co" in refused(capsys, "--port", "0", "--log", str(tmp_path / "khong-co" / "x.log"))


def test_the_rate_and_the_log_of_the_real_command(index_folder: Path, tmp_path: Path) -> None:
    log = tmp_path / "questions.log"
    settings = {"ASSISTANT_RATE": "3", "ASSISTANT_LOG": str(log)}
    with serving("--index", str(index_folder), **settings) as (process, said):
        here = f"http://127.0.0.1:{port_in(said)}"
        asked = json.dumps({"question": "Quỳnh hỏi Sở Y tế?"}).encode()
        assert call(here, "POST", "/api/ask", asked, {"Content-Type": "application/json"})[0].status == 200
        join = "/gradio_api/queue/join"
        seen = [call(here, "POST", join, b"{}", {"X-Forwarded-For": f"1.1.1.{n}"})[0] for n in range(3)]
        assert [response.status for response in seen] == [422, 422, 429]
        assert 1 <= int(seen[2].headers["Retry-After"]) <= 30
        assert call(here, "GET", "/healthz")[0].status == 200
        process.terminate()
        assert process.communicate()[1] == ""
    lines = log.read_text("utf-8").splitlines()
    assert len(lines) == 1
    assert "kind=" in lines[0]
    assert "Quỳnh" not in lines[0]
