"""The assistant as tools of other programs: a server of the Model Context Protocol at /mcp, without sessions."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from anyio import to_thread
from fastapi import FastAPI
from mcp.server.lowlevel.server import Server
from mcp.server.streamable_http_manager import StreamableHTTPASGIApp, StreamableHTTPSessionManager
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    TextContent,
    Tool,
    ToolAnnotations,
)
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.routing import Route

from assistant.pipeline import Assistant
from assistant.web.api_models import AnswerOut, Ask, DocumentsOut, SectionsOut, Where
from assistant.web.desk import Desk
from assistant.web.failures import where
from assistant.web.holdings import documents_json, sections_json
from assistant.web.middleware import LARGE_BODY
from assistant.web.openapi import VERSION
from assistant.web.problems import fields
from assistant.web.refused import Refused
from assistant.web.strings import phrase
from corpus.vocabulary import child_line

PATH = "/mcp"
_log = logging.getLogger(__name__)


class Nothing(BaseModel):
    """Takes nothing."""

    model_config = ConfigDict(extra="forbid")


class Read(Where):
    """Mục nào của văn bản nào / Which part of which text."""

    doc: str = Field(max_length=200, description="id của văn bản / id of the document", examples=["khanh-hoa-2020"])


@dataclass(frozen=True, slots=True)
class Row:
    """One tool: what it takes, what it gives, and how."""

    name: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    call: Callable[[Any], Awaitable[dict[str, Any]]]

    @property
    def tool(self) -> Tool:
        """As it is listed."""
        return Tool(
            name=self.name,
            description=phrase(f"mcp_{self.name}").both,
            input_schema=self.takes.model_json_schema(),
            output_schema=self.gives.model_json_schema(),
            annotations=ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
        )


def rows(assistant: Assistant, desk: Desk) -> tuple[Row, ...]:
    """The tools; each answers the same JSON as its twin under /api."""

    async def ask(asked: Ask) -> dict[str, Any]:
        return (await desk.ask(asked)).to_json(asked.id)

    async def listed(_: Nothing) -> dict[str, Any]:
        return await to_thread.run_sync(documents_json, assistant.documents)

    async def read(asked: Read) -> dict[str, Any]:
        return await to_thread.run_sync(sections_json, assistant.documents, asked.doc, asked.section, asked.at)

    return (
        Row("ask", Ask, AnswerOut, ask),
        Row("list_documents", Nothing, DocumentsOut, listed),
        Row("read_section", Read, SectionsOut, read),
    )


def manager(assistant: Assistant, desk: Desk) -> StreamableHTTPSessionManager:
    """What serves the tools over HTTP while its `run()` lasts, once. Names and origins are checked by `Guard`."""
    logging.getLogger("mcp").setLevel(logging.CRITICAL)  # its errors quote what was sent, words of a question too
    held = {row.name: row for row in rows(assistant, desk)}

    async def on_list(*_: object) -> ListToolsResult:
        return ListToolsResult(tools=[row.tool for row in held.values()])

    async def on_call(_: object, call: CallToolRequestParams) -> CallToolResult:
        return await called(held, call.name, call.arguments or {})

    server: Server[Any] = Server(
        "ke-hoach-tre-em",
        version=VERSION,
        title=phrase("site").vi,
        instructions=phrase("mcp_instructions").both,
        on_list_tools=on_list,
        on_call_tool=on_call,
    )
    return StreamableHTTPSessionManager(server, json_response=True, stateless=True, max_request_body_size=LARGE_BODY)


async def called(held: dict[str, Row], name: str, arguments: dict[str, Any]) -> CallToolResult:
    """What a tool gives, as JSON and as the text of it; what is wrong is said in words that a model can act on."""
    row = held.get(name)
    if row is None:
        return _wrong(phrase("no_tool", names=", ".join(held)).both)
    try:
        given = await row.call(row.takes.model_validate(arguments))
    except ValidationError as error:
        said = fields(error.errors(include_input=False))
        wrong = "; ".join(f"{one['pointer']}: {one['detail']}" for one in said)
        return _wrong(f"{wrong}. {phrase('call_now', number=child_line().number).both}")
    except Refused as error:
        return _wrong(str(error.detail))
    except Exception as error:
        _log.error("a tool failed: %s", where(error))
        return _wrong(phrase("problem_500", number=child_line().number).both)
    text = TextContent(text=json.dumps(given, ensure_ascii=False))
    return CallToolResult(content=[text], structured_content=given)


def _wrong(said: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=said)], is_error=True)


def add_tools(app: FastAPI, assistant: Assistant) -> StreamableHTTPSessionManager:
    """The address of the tools, and what has to run (`run()`, once) while the site does.

    It takes posts only (`Guard` sees to it): without sessions there is nothing to listen to or to end.
    """
    serving = manager(assistant, Desk(assistant))
    app.router.routes.append(Route(PATH, StreamableHTTPASGIApp(serving), methods=["POST"]))
    return serving
