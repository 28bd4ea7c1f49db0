"""The site without a browser: what the served HTML holds, which doors are shut, that text never becomes markup."""

from __future__ import annotations

import html
import re
import socket
import subprocess
import sys
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import ROOT

import corpus
from assistant.answer import Answer, Citation
from assistant.web import strings
from assistant.web.layout import answer_steps
from assistant.web.middleware import BODY_LIMIT
from assistant.web.render import answer_markdown, chunks, plain_markdown
from assistant.web.source import source_html
from corpus.document import Kind, Span

PLANS = sorted((ROOT / "corpus" / "documents").glob("*.txt"))
CITATION = Citation(3, "a-2020", 'Kế hoạch "A"', "IV › 4. Sở Y tế", "x", 10, 20)


def call(
    address: str, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    text = response.read().decode("utf-8", "replace")
    connection.close()
    return response, text


@pytest.mark.parametrize("path", ["/", "/source/khanh-hoa-2020", "/source/khong-co", "/source/khanh-hoa-2020?start=x"])
def test_help_is_in_the_html_itself(address: str, path: str) -> None:
    _, text = call(address, "GET", path)
    body = text[text.index("<body") :]
    assert body.index('href="tel:111"') < body.index("<main")
    assert 'href="tel:113"' in body
    assert 'href="tel:115"' in body
    assert "Viết ở đây không phải là trình báo" in body
    assert re.search(r'<html\s+lang="vi"', text)


@pytest.mark.parametrize("path", ["/", "/source/khanh-hoa-2020", "/web/base.css", "/healthz", "/gradio_api/info"])
def test_every_response_carries_the_policy(address: str, path: str) -> None:
    response, text = call(address, "GET", path, headers={"Origin": "http://evil.example"})
    policy = response.headers["Content-Security-Policy"]
    for rule in ("img-src 'self' data:", "connect-src 'self'", "form-action 'self'", "base-uri 'none'"):
        assert rule in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert not [name for name in response.headers if name.lower().startswith("access-control-")]
    assert "raw.githubusercontent.com" not in text


@pytest.mark.parametrize(
    ("request_line", "headers", "body", "status"),
    [
        ("GET /healthz", {}, None, 200),
        ("GET /", {}, None, 200),
        ("GET /", {"Host": "evil.example"}, None, 400),
        ("GET /source/khong-co", {}, None, 404),
        ("GET /source/..%2f..%2fapp", {}, None, 404),
        ("GET /source/khanh-hoa-2020?start=5", {}, None, 422),
        ("GET /source/khanh-hoa-2020?start=9&end=5", {}, None, 422),
        ("GET /source/khanh-hoa-2020?start=0&end=99999999", {}, None, 422),
        ("GET /web/..%2fserver.py", {}, None, 404),
        ("POST /gradio_api/upload", {}, b"x", 404),
        ("GET /gradio_api/file=/etc/hostname", {}, None, 404),
        ("GET /gradio_api/proxy=http://example.com/", {}, None, 404),
        ("GET /gradio_api/info", {}, None, 404),
        ("GET /gradio_api/openapi.json", {}, None, 404),
        ("GET /gradio_api/deep_link", {}, None, 404),
        ("GET /gradio_api/runs", {}, None, 404),
        ("GET /monitoring", {}, None, 404),
        ("GET /monitoring/summary", {}, None, 404),
        ("GET /docs", {}, None, 404),
        ("POST /gradio_api/run/ask", {}, b"{}", 404),
        ("POST /gradio_api/queue/join", {"Origin": "http://evil.example"}, b"{}", 403),
        ("POST /gradio_api/queue/join", {}, b" " * (BODY_LIMIT + 1), 413),
    ],
)
def test_doors(address: str, request_line: str, headers: dict[str, str], body: bytes | None, status: int) -> None:
    method, _, path = request_line.partition(" ")
    response, text = call(address, method, path, body, headers)
    assert response.status == status
    assert "Traceback" not in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Việc [3].", "Việc <a "),
        ("Việc [4].", "Việc &#91;4&#93;."),
        ("<b>a</b> & c", "&#60;b>a&#60;/b> &#38; c"),
        ("![x](http://example.com)", "!&#91;x&#93;(http://example.com)"),
        ("**Đậm**\n\n- mục", "**Đậm**\n\n- mục"),
        (r"\[3\] \<b\> 3\*4", "&#91;3&#93; &#60;b&#62; 3&#42;4"),
        ("Gọi **111**, **1115**", "Gọi [**111**](tel:111), **1115**"),
    ],
)
def test_an_answer_is_markdown_without_markup_of_others(text: str, shown: str) -> None:
    assert answer_markdown(Answer("?", text, (CITATION,))).startswith(shown)


def test_a_mark_becomes_a_link_to_its_passage() -> None:
    link = answer_markdown(Answer("?", "[3]", (CITATION,)))
    assert 'href="/source/a-2020?start=10&amp;end=20#passage"' in link
    assert 'title="Nguồn 3: Kế hoạch &quot;A&quot;, IV › 4. Sở Y tế"' in link


@pytest.mark.parametrize("text", ["a < b & c", "1. x\n- y", "[1](x) *a* _b_ `c` $d$ ~e~", "http://a.vn @b #c |d|"])
def test_a_question_is_shown_as_typed(text: str) -> None:
    shown = plain_markdown(text)
    assert html.unescape(shown) == text
    assert not re.search(r"[<>*_`\[\]$~|@]|http:", shown)


@pytest.mark.parametrize(("emergency", "shown"), [(True, "[**Gọi ngay 111**](tel:111)"), (False, "**Gọi ngay 111**")])
def test_where_help_is_needed_the_number_calls(emergency: bool, shown: str) -> None:
    assert answer_markdown(Answer("?", "**Gọi ngay 111** — x", emergency=emergency)).startswith(shown)


class Broken:
    """An assistant whose every answer fails, as one with a damaged index would."""

    def ask(self, *_: object) -> Answer:
        raise RuntimeError("index")


def test_a_failure_is_said_with_the_number_to_call() -> None:
    *_, (messages, _, _) = answer_steps(Broken(), "Sở Y tế?", [], [], [])
    assert "[**111**](tel:111)" in messages[-1]["content"]


def test_nothing_is_asked_when_nothing_is_typed() -> None:
    assert list(answer_steps(Broken(), "  ", [], [], [])) == [([], [], "")]


def test_an_answer_grows_to_the_whole() -> None:
    text = "".join(f"dòng {number}\n" for number in range(100))
    parts = list(chunks(text))
    assert len(parts) <= 12
    assert parts[-1] == text
    assert all(text.startswith(part) for part in parts)
    assert list(chunks("")) == [""]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_source_shows_the_whole_text_once(path: Path) -> None:
    document = corpus.read(path)
    shown = visible(source_html(document).partition('<div class="text" lang="vi">')[2])
    expected = squeezed(document.shown(Span(0, len(document.text))))
    if not document.tables:
        assert shown == expected
        return
    table = document.sections[document.tables[0].section].span
    assert shown.startswith(squeezed(document.shown(Span(0, table.start))))
    rows = (squeezed(document.shown(row.span)) for table in document.tables for row in table.rows)
    assert all(row in shown for row in rows)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_node_can_be_marked_in_its_place(path: Path) -> None:
    document = corpus.read(path)
    rows = {row.span for table in document.tables for row in table.rows}
    for section in document.sections[1:]:
        # The headers of a table are printed once a page and shown once.
        if section.kind is Kind.TABLE or (section.kind is Kind.ROW and section.head not in rows):
            continue
        marks = re.findall(r"<mark[^>]*>(.*?)</mark>", source_html(document, section.head))
        assert squeezed(html.unescape("".join(marks))) == squeezed(document.shown(section.head))


def visible(markup: str) -> str:
    return squeezed(html.unescape(re.sub(r"<[^>]+>", "", markup)))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_string_is_in_both_languages() -> None:
    for phrase in (*strings._table().values(), *strings.examples()):
        assert phrase.vi.strip()
        assert phrase.en.strip()


def test_a_taken_port_is_said_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = app("--port", str(port))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert str(port) in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["--port", "70000"], ["--port", "x"], ["--host", "203.0.113.1"], ["--host", "khong-co.invalid"], ["x"]],
)
def test_what_cannot_be_served_is_said_in_one_line(arguments: list[str]) -> None:
    done = app(*arguments)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_the_command_says_how_it_is_used() -> None:
    done = app("--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("--host", "--port", "--index", "HOST", "PORT", "ASSISTANT_INDEX"))


def app(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "app.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
