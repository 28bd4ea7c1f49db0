"""Pages and files that need no script: the source of an answer, styles, whether the site is well."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, HTMLResponse

from assistant.pipeline import Assistant
from assistant.plans import Plans
from assistant.web.refused import Refused
from assistant.web.shell import page_html
from assistant.web.source import check_passage, source_html
from assistant.web.strings import phrase

PATHS = ("/healthz", "/source/[^/]+", r"/web/[\w.-]+")
_STATIC = Path(__file__).parents[1] / "static"
_FILES = {path.name: path for path in _STATIC.iterdir() if path.is_file()}


def router(assistant: Assistant) -> APIRouter:
    """The routes over the documents of an assistant."""
    routes = APIRouter()

    @routes.get("/healthz")
    def healthz() -> dict[str, int | str]:
        return {"status": "ok", "documents": len(assistant.documents)}

    @routes.get("/web/{name}", include_in_schema=False)
    def static(name: str) -> FileResponse:
        if name not in _FILES:
            raise HTTPException(404)
        return FileResponse(_FILES[name], headers={"Cache-Control": "no-cache"})

    @routes.get("/source/{name}", response_class=HTMLResponse, include_in_schema=False)
    def source(name: str, start: int | None = None, end: int | None = None) -> HTMLResponse:
        return _source_page(assistant.plans, name, start, end)

    return routes


def _source_page(plans: Plans, name: str, start: int | None, end: int | None) -> HTMLResponse:
    document = plans.documents.get(name)
    if document is None:
        raise Refused(404, phrase("no_document", name=name).both)
    try:
        passage = check_passage(document, start, end)
    except ValueError as error:
        raise Refused(422, str(error)) from error
    return HTMLResponse(page_html(document.title, source_html(document, passage, plans)))
