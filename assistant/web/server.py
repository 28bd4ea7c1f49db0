"""The whole site: our routes, Gradio's page under "/", and the doors around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse
from starlette.exceptions import HTTPException as StarletteHTTPException

from assistant.pipeline import Assistant
from assistant.web.hosts import LOOPBACK
from assistant.web.middleware import BODY_LIMIT, HEADERS, Guard, Rewrite, SafeHeaders
from assistant.web.shell import chat_page, error_html, page_html, plans_html, refusal_html
from assistant.web.source import check_passage, source_html
from assistant.web.strings import phrase
from corpus.document import Document

_STATIC = Path(__file__).parent / "static"
_FILES = {path.name: path for path in _STATIC.iterdir() if path.is_file()}


class _Refused(HTTPException):
    """What is wrong, in words for the visitor."""


def site(assistant: Assistant, hosts: Sequence[str] = LOOPBACK) -> FastAPI:
    """The application. `hosts` are the names a browser may call it by; any other is refused."""
    app = FastAPI(title=phrase("site").vi, openapi_url=None, docs_url=None, redoc_url=None)
    _add_routes(app, assistant.documents)
    _mount_page(app, assistant)
    plans = plans_html(assistant.documents)
    # The last one added is the first to see a request.
    app.add_middleware(Rewrite, change=lambda html: chat_page(html, plans))
    app.add_middleware(Guard, hosts=hosts)
    app.add_middleware(SafeHeaders)
    return app


def _add_routes(app: FastAPI, documents: Mapping[str, Document]) -> None:
    @app.get("/healthz")
    def healthz() -> dict[str, int | str]:
        return {"status": "ok", "documents": len(documents)}

    @app.get("/web/{name}")
    def static(name: str) -> FileResponse:
        if name not in _FILES:
            raise HTTPException(404)
        return FileResponse(_FILES[name], headers={"Cache-Control": "no-cache"})

    @app.get("/source/{name}", response_class=HTMLResponse)
    def source(name: str, start: int | None = None, end: int | None = None) -> HTMLResponse:
        return _source_page(documents, name, start, end)

    @app.exception_handler(StarletteHTTPException)
    def failed(_: Request, error: StarletteHTTPException) -> HTMLResponse:
        said = isinstance(error, _Refused)
        page = error_html([str(error.detail)]) if said else refusal_html(error.status_code)
        return HTMLResponse(page, error.status_code)

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, __: RequestValidationError) -> HTMLResponse:
        return HTMLResponse(error_html([phrase("bad_address").both]), 422)

    @app.exception_handler(Exception)
    def broken(_: Request, __: Exception) -> HTMLResponse:
        return HTMLResponse(refusal_html(500), 500, HEADERS)  # sent from outside of SafeHeaders


def _source_page(documents: Mapping[str, Document], name: str, start: int | None, end: int | None) -> HTMLResponse:
    document = documents.get(name)
    if document is None:
        raise _Refused(404, phrase("no_document", name=name).both)
    try:
        passage = check_passage(document, start, end)
    except ValueError as error:
        raise _Refused(422, str(error)) from error
    return HTMLResponse(page_html(document.title, source_html(document, passage)))


def _mount_page(app: FastAPI, assistant: Assistant) -> None:
    import gradio as gr  # costs seconds, which `--help` need not wait for

    from assistant.web.layout import blocks, theme

    gr.mount_gradio_app(
        app,
        blocks(assistant),
        path="/",
        theme=theme(),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size=BODY_LIMIT,
        allowed_paths=[],
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
    )
