"""The site without a browser: what the served HTML holds, which doors are shut, that text never becomes markup."""

from __future__ import annotations

import html
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import gradio as gr
import pytest
from conftest import ROOT

import corpus
from app import main, ready
from assistant import open_assistant
from assistant.answer import Answer, Citation
from assistant.web import strings
from assistant.web.hosts import LOOPBACK, host_of, listen, own_names, trusted
from assistant.web.layout import answer_steps
from assistant.web.middleware import BODY_LIMIT
from assistant.web.render import answer_markdown, chunks, plain_markdown
from assistant.web.source import source_html
from corpus.document import Kind, Span
from index.__main__ import main as index_command
from index.generation import recipe

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
        ("POST /source/khanh-hoa-2020", {}, b"", 405),
    ],
)
def test_doors(address: str, request_line: str, headers: dict[str, str], body: bytes | None, status: int) -> None:
    method, _, path = request_line.partition(" ")
    response, text = call(address, method, path, body, headers)
    assert response.status == status
    assert "Traceback" not in text
    if status >= 400:
        assert response.headers["Content-Security-Policy"]
        assert 'href="tel:111"' in text
        assert re.search(r'role="alert"><p>[^<]*\w[^<]* / [^<]*\w', text), "a clear message in both languages"


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
    """An assistant whose every answer fails, as one with a damaged index would, and says what it was asked."""

    def asking(self, question: str, *_: object) -> Iterator[Answer]:
        try:
            raise KeyError(question)
        except KeyError as error:
            raise RuntimeError(f"index: {question}") from error


class Crooked:
    """An assistant whose answer cannot be shown."""

    def asking(self, *_: object) -> Iterator[Answer]:
        yield Answer("?", None)  # type: ignore[arg-type]


@pytest.mark.parametrize("assistant", [Broken(), Crooked()])
def test_a_failure_is_said_with_the_number_to_call(assistant: Broken | Crooked) -> None:
    *_, (messages, before, _) = answer_steps(assistant, "Sở Y tế?", [])
    assert "[**111**](tel:111)" in messages[-1]["content"]
    assert "Hãy thử lại" in messages[-1]["content"]
    assert len(before) == 1


def test_the_log_of_a_failure_says_where_and_not_what_was_asked(caplog: pytest.LogCaptureFixture) -> None:
    list(answer_steps(Broken(), "bố em tên Nam", []))
    [record] = caplog.records
    written = logging.Formatter().format(record)
    assert "RuntimeError at layout.py:" in written
    assert "from KeyError at test_web.py:" in written
    assert "Nam" not in written
    assert "index:" not in written


def test_half_a_character_keeps_nobody_from_help(index_folder: Path) -> None:
    *_, (shown, before, _) = answer_steps(open_assistant(index_folder), "bố em đánh em \ud83d", [])
    assert "111" in shown[-1]["content"][:160]
    assert shown[-1]["content"].encode("utf-8")
    assert before[0].is_private


def test_nothing_is_asked_when_nothing_is_typed() -> None:
    assert list(answer_steps(Broken(), "  ", [])) == [([], gr.skip(), "")]


def test_an_answer_grows_to_the_whole() -> None:
    text = "".join(f"dòng {number}\n" for number in range(100))
    parts = list(chunks(text))
    assert [len(part.splitlines()) for part in parts] == [40, 100]
    assert parts[-1] == text
    assert list(chunks(text[:100])) == [text[:100]]
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
    [
        ["--port", "70000"],
        ["--port", "x"],
        ["--host", "203.0.113.1"],
        ["--host", "2001:db8::1"],
        ["--host", "khong-co.invalid"],
        ["--host", "a..b"],
        ["--host", "http://127.0.0.1"],
        ["--host", "127.0.0.1:80"],
        ["--host", ""],
        ["--allow", "*"],
        ["--allow", "http://tre-em.vn"],
        ["--allow", "0.0.0.0"],
        ["--port", "0", "--store", "oracle"],
        ["--port", "0", "--embedder", "./khong-co"],
        ["--port", "0", "--documents", "khong-co"],
        ["x"],
    ],
)
def test_what_cannot_be_served_is_said_in_one_line(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, *arguments, "--index", str(tmp_path / "index"))
    assert " / " in said


def test_names_of_the_environment_are_checked_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "tre-em.vn, http://x")
    assert "ALLOWED_HOSTS" in refused(capsys, "--port", "0")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line that the command ends with, in this process."""
    try:
        status = main(arguments)
    except SystemExit as ended:  # argparse's own
        status = int(ended.code or 0)
    heard = capsys.readouterr()
    assert (status, heard.out) == (2, "")
    assert heard.err.count("\n") == 1, heard.err
    return heard.err


@contextmanager
def serving(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`python app.py` on a free port once it serves, and the line that says where."""
    command = [sys.executable, "app.py", "--port", "0", *arguments]
    given = {**os.environ, **environment}
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=given
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        said = next((line for line in process.stdout if "http://" in line), "")
        try:
            assert said, process.stderr.read()
            yield process, said
        finally:
            process.terminate()


def port_in(said: str) -> int:
    found = re.search(r"http://\S+:(\d+) ", said)
    assert found, said
    return int(found[1])


def status_for(port: int, host: str, to: str = "127.0.0.1") -> int:
    connection = HTTPConnection(to, port, timeout=10)
    connection.request("GET", "/healthz", headers={"Host": host})
    status = connection.getresponse().status
    connection.close()
    return status


def test_names_that_are_allowed_and_no_others(index_folder: Path) -> None:
    allowed = ("--host", "0.0.0.0", "--allow", "Tre-Em.vn", "--allow", "10.9.8.7")
    with serving("--index", str(index_folder), *allowed) as (_, said):
        assert "http://tre-em.vn:" in said
        port = port_in(said)
        names = ["tre-em.vn", "TRE-EM.VN:80", "10.9.8.7", "127.0.0.1", "localhost", "[::1]:7860"]
        assert [status_for(port, name) for name in names] == [200] * 6
        others = ["0.0.0.0", "evil.example", "tre-em.vn.evil.example", "", "a, tre-em.vn", "www.tre-em.vn"]
        assert [status_for(port, name) for name in others] == [400] * 6


def test_a_page_for_all_machines_says_by_which_names(index_folder: Path) -> None:
    with serving("--index", str(index_folder), HOST="0.0.0.0", ALLOWED_HOSTS="") as (process, said):
        port = port_in(said)
        own = [*own_names(), socket.gethostname()]
        status = [status_for(port, f"[{name}]:{port}" if ":" in name else f"{name}:{port}") for name in own]
        process.terminate()
        _, heard = process.communicate()
    assert status == [200] * len(own)
    assert heard.count("\n") == 1
    assert "--allow" in heard
    assert socket.gethostname().lower() in heard


def test_the_page_is_served_on_the_other_kind_of_address(index_folder: Path) -> None:
    with serving("--index", str(index_folder), "--host", "::1") as (_, said):
        assert "http://[::1]:" in said
        assert status_for(port_in(said), f"[::1]:{port_in(said)}", "::1") == 200


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Tre-Em.VN:7860", "tre-em.vn"),
        ("tre-em.vn.", "tre-em.vn"),
        ("[::1]:7860", "::1"),
        ("0:0::1", "::1"),
        ("[dead]", ""),
        ("http://x", ""),
        ("x@y", ""),
        ("a b", ""),
        ("", ""),
    ],
)
def test_the_name_in_a_host_header(header: str, name: str) -> None:
    assert host_of(header) == name


@pytest.mark.parametrize(
    ("host", "family"), [("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6), ("localhost", socket.AF_INET)]
)
def test_the_kind_of_socket_is_the_kind_of_address(host: str, family: int) -> None:
    with listen(host, 0) as door:
        assert door.family == family


@pytest.mark.parametrize(
    ("host", "allowed", "names"),
    [
        ("127.0.0.1", (), {*LOOPBACK}),
        ("10.0.0.5", (), {*LOOPBACK, "10.0.0.5"}),
        ("10.0.0.5", ("tre-em.vn",), {*LOOPBACK, "10.0.0.5", "tre-em.vn"}),
        ("0.0.0.0", ("tre-em.vn",), {*LOOPBACK, "tre-em.vn"}),
        ("::", (), {*LOOPBACK, *own_names()}),
    ],
)
def test_whose_names_are_trusted(host: str, allowed: tuple[str, ...], names: set[str]) -> None:
    assert set(trusted(host, allowed)) == names


def test_the_index_stays_as_it_was_made(tmp_path: Path) -> None:
    """Its own folder of plans, its own store: `python app.py` alone does not undo them."""
    plans, folder = tmp_path / "plans", tmp_path / "index"
    plans.mkdir()
    shutil.copy(PLANS[0], plans)
    assert index_command(["build", "--index", str(folder), "--documents", str(plans), "--store", "exact"]) == 0
    with serving("--index", str(folder)):
        pass
    held = recipe(folder)
    assert held is not None
    assert (held.documents, held.store, len(held.sources)) == (str(plans.resolve()), "exact", 1)


def test_what_is_set_explicitly_wins_over_the_index(tmp_path: Path) -> None:
    plans, folder = tmp_path / "plans", tmp_path / "index"
    plans.mkdir()
    shutil.copy(PLANS[0], plans)
    assert index_command(["build", "--index", str(folder)]) == 0
    with serving("--index", str(folder), "--documents", str(plans), ASSISTANT_STORE="exact"):
        pass
    held = recipe(folder)
    assert held is not None
    assert (held.documents, held.store, len(held.sources)) == (str(plans.resolve()), "exact", 1)


def test_a_model_that_cannot_be_opened_is_said_before_serving(tmp_path: Path) -> None:
    """The index names "letters", which is in the table of this command only."""
    folder = str(tmp_path / "index")
    built = [sys.executable, "tests/letters.py", "build", "--index", folder, "--embedder", "letters"]
    subprocess.run(built, cwd=ROOT, capture_output=True, check=True)
    done = app("--port", "0", "--index", folder, HF_HUB_OFFLINE="1")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "“letters”" in done.stderr


def test_nobody_waits_for_the_model_to_be_opened(index_folder: Path) -> None:
    assert "embedder" not in vars(open_assistant(index_folder).plans.index.searcher)
    assert "embedder" in vars(ready(index_folder).plans.index.searcher)


def test_nothing_is_reported_to_anybody_whatever_is_set() -> None:
    code = (
        "import assistant.web.server, gradio.analytics, huggingface_hub.constants as hub; "
        "print(gradio.analytics.analytics_enabled(), hub.HF_HUB_DISABLE_TELEMETRY)"
    )
    wanted = {**os.environ, "GRADIO_ANALYTICS_ENABLED": "True", "HF_HUB_DISABLE_TELEMETRY": "0"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env=wanted
    )
    assert done.stdout == "False True\n"


def test_the_command_says_how_it_is_used() -> None:
    done = app("--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("--host", "--port", "--allow", "ALLOWED_HOSTS", "--index"))
    assert all(f"ASSISTANT_{name.upper()}" in done.stdout for name in ("index", "documents", "embedder", "store"))


def app(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "app.py", *arguments]
    given = {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=given)


@pytest.mark.parametrize("emergency", [True, False])
def test_a_figure_of_a_plan_is_no_number_to_call(emergency: bool) -> None:
    cited = Citation(1, "x", "X", "I", "113 trẻ", 0, 7)
    shown = answer_markdown(Answer("?", "**111** — y\n- đạt **113** trẻ [1]", (cited,), emergency=emergency))
    assert "tel:111" in shown
    assert "tel:113" not in shown
