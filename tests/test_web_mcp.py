"""The assistant as tools of other programs, over real HTTP with the protocol's own client."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from apart import run_apart
from mcp import Client, MCPError
from test_web import app, call, serving
from test_web_api import ASKED, JSON, SECRET, broken, get, post

from assistant import open_assistant
from assistant.web.desk import Desk
from assistant.web.tools import called, rows

ACCEPT = {**JSON, "Accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def tools(index_folder: Path) -> Iterator[str]:
    """Where a page with tools is served."""
    with serving("--index", str(index_folder), "--mcp") as (_, said):
        found = re.search(r"http://[\d.]+:\d+", said)
        assert found
        yield found[0]


def with_client(address: str, work: Callable[[Client], Awaitable[Any]], mode: str = "auto") -> Any:
    async def connected() -> Any:
        async with Client(f"{address}/mcp", mode=mode, read_timeout_seconds=20) as client:
            return await work(client)

    return run_apart(connected())


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_tools_are_listed(tools: str, mode: str) -> None:
    async def listed(client: Client) -> Any:
        return client.instructions, (await client.list_tools()).tools

    instructions, held = with_client(tools, listed, mode)
    assert "emergency" in instructions
    assert [tool.name for tool in held] == ["ask", "list_documents", "read_section"]
    assert all(" / " in tool.description and tool.output_schema for tool in held)
    assert held[0].input_schema["required"] == ["question"]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_tool_answers_the_json_of_the_api(tools: str, mode: str) -> None:
    async def asked(client: Client) -> Any:
        return [
            await client.call_tool("ask", ASKED),
            await client.call_tool("list_documents", {}),
            await client.call_tool("read_section", {"doc": "khanh-hoa-2020", "at": 18211}),
        ]

    answer, documents, sections = with_client(tools, asked, mode)
    given = answer.structured_content
    assert [one["section"] for one in given["citations"]] == ["IV › 4. Sở Y tế"] * 4
    assert given | {"latency_ms": 0} == post(tools, ASKED)[1] | {"latency_ms": 0}
    assert json.loads(answer.content[0].text) == given
    assert documents.structured_content == get(tools, "/api/documents")
    assert sections.structured_content == get(tools, "/api/documents/khanh-hoa-2020/sections?at=18211")


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("ask", {"question": " "}, "/question: để trống / empty"),
        ("ask", {"question": "x", "provinces": ["Hà Nội"]}, "Khánh Hòa"),
        ("read_section", {"doc": "khong-co"}, "khong-co"),
        ("read_section", {"doc": "khanh-hoa-2020", "section": 999}, "0–137"),
        ("list_documents", {"x": 1}, "/x: "),
        ("delete", {}, "ask, list_documents, read_section"),
    ],
)
def test_what_is_wrong_is_said(tools: str, name: str, arguments: dict[str, Any], said: str) -> None:
    result = with_client(tools, lambda client: client.call_tool(name, arguments))
    assert result.is_error
    assert said in result.content[0].text


def test_a_failure_names_no_word_of_the_question(caplog: pytest.LogCaptureFixture, index_folder: Path) -> None:
    failing = broken(open_assistant(index_folder))
    held = {row.name: row for row in rows(failing, Desk(failing))}
    result = run_apart(called(held, "ask", {"question": SECRET}))
    assert result.is_error
    assert "111" in result.content[0].text
    assert "Bí Mật" not in result.content[0].text
    assert "Bí Mật" not in "".join(logging.Formatter().format(record) for record in caplog.records)


@pytest.mark.parametrize(
    ("method", "headers", "body", "status"),
    [
        ("POST", {**ACCEPT, "Host": "evil.example"}, b"{}", 400),
        ("POST", {**ACCEPT, "Origin": "http://evil.example"}, b"{}", 403),
        ("POST", ACCEPT, b" " * (256 * 1024 + 1), 413),
        ("GET", {"Accept": "text/event-stream"}, None, 405),
        ("DELETE", {}, None, 405),
    ],
)
def test_the_doors_stay_ours(tools: str, method: str, headers: dict[str, str], body: bytes | None, status: int) -> None:
    response, text = call(tools, method, "/mcp", body, headers)
    assert (response.status, json.loads(text)["status"]) == (status, status)
    assert response.headers["Content-Type"] == "application/problem+json"


def test_no_session_is_kept(tools: str) -> None:
    listing = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).encode()
    response, text = call(tools, "POST", "/mcp", listing, ACCEPT)
    assert len(json.loads(text)["result"]["tools"]) == 3
    assert "mcp-session-id" not in response.headers


def test_it_is_closed_unless_asked_for(address: str) -> None:
    with pytest.raises((MCPError, ExceptionGroup)):
        with_client(address, lambda client: client.list_tools())
    response, _ = call(address, "POST", "/mcp", b"{}", ACCEPT)
    assert response.status == 404


def test_the_environment_opens_it_too_and_nothing_asked_is_written_down(index_folder: Path) -> None:
    with serving("--index", str(index_folder), ASSISTANT_MCP="1") as (process, said):
        found = re.search(r"http://[\d.]+:\d+", said)
        assert found
        with_client(found[0], lambda client: client.call_tool("ask", {"question": SECRET}))
        with_client(found[0], lambda client: client.call_tool("ask", {"question": [SECRET]}))
        broken = json.dumps({"jsonrpc": "2.0", "id": 1, "method": SECRET, "params": SECRET}).encode()
        call(found[0], "POST", "/mcp", broken, ACCEPT)
        process.terminate()
        heard = "".join(process.communicate())
    assert "Bí Mật" not in heard


def test_the_switch_is_on_or_off(index_folder: Path) -> None:
    done = app("--port", "0", "--index", str(index_folder), ASSISTANT_MCP="maybe")
    assert done.returncode == 2
    assert "maybe" in done.stderr
