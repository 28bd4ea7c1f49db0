"""The doors for programs: ask, list the documents, read their outlines; JSON in, JSON out, errors as problems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse

from assistant.pipeline import Assistant
from assistant.web.api_models import AnswerOut, Ask, DocumentsOut, SectionsOut, Where
from assistant.web.desk import Desk
from assistant.web.holdings import documents_json, sections_json
from assistant.web.openapi import openapi
from assistant.web.reference import reference_html

PATHS = ("/api/documents", "/api/documents/[^/]+/sections", r"/api/openapi\.json", "/api/docs")
POSTS = ("/api/ask",)
Doc = Annotated[str, Path(description="id của văn bản / id of the document", examples=["khanh-hoa-2020"])]


def router(assistant: Assistant) -> APIRouter:
    """The routes over an assistant."""
    routes = APIRouter()
    _add_ask(routes, Desk(assistant))
    _add_documents(routes, assistant)
    _add_reference(routes)
    return routes


def _json_only(request: Request) -> None:
    """Raises 415 for anything else, which also keeps a form of another site's page from being read."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, headers={"Accept": "application/json"})


def _add_ask(routes: APIRouter, desk: Desk) -> None:
    @routes.post(
        "/api/ask",
        response_model=AnswerOut,
        dependencies=[Depends(_json_only)],
        summary="Hỏi một câu / Ask a question",
        response_description="Câu trả lời, mỗi ý một trích dẫn / The answer with its citations",
    )
    async def ask(asked: Ask) -> JSONResponse:
        """Trả lời bằng nguyên văn các kế hoạch, có trích dẫn. Nếu `emergency` là true, hãy cho người hỏi thấy nguyên
        câu trả lời: có số điện thoại cần gọi ngay. / Answers in the plans' own words. Where `emergency` is true, show
        the whole answer: it holds the number to call."""
        return JSONResponse((await desk.ask(asked)).to_json(asked.id))


def _add_documents(routes: APIRouter, assistant: Assistant) -> None:
    def documents() -> JSONResponse:
        """Các văn bản mà câu trả lời lấy từ đó. / The texts that answers come from."""
        return JSONResponse(documents_json(assistant.documents))

    def sections(doc: Doc, part: Annotated[Where, Query()]) -> JSONResponse:
        """Cây mục của một văn bản, phẳng, theo thứ tự đọc: cả văn bản, một mục (`section`), hay mục chứa một vị trí
        (`at`). / The outline of a text as a flat list: all of it, one node, or the section at a position."""
        return JSONResponse(sections_json(assistant.documents, doc, part.section, part.at))

    listed, outlined = "Các văn bản đang giữ / Documents held", "Mục của một văn bản / Sections"
    routes.get("/api/documents", response_model=DocumentsOut, summary=listed)(documents)
    routes.get("/api/documents/{doc}/sections", response_model=SectionsOut, summary=outlined)(sections)


def _add_reference(routes: APIRouter) -> None:
    def described(request: Request) -> Mapping[str, Any]:
        return openapi(request.app, str(request.base_url).rstrip("/"))

    @routes.get("/api/openapi.json", include_in_schema=False)
    def schema(request: Request) -> JSONResponse:
        return JSONResponse(described(request))

    @routes.get("/api/docs", include_in_schema=False)
    def reference(request: Request) -> HTMLResponse:
        return HTMLResponse(reference_html(described(request)))
