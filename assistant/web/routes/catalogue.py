"""The catalogue: all plans as a table, and each one laid out."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from assistant.pipeline import Assistant
from assistant.web.catalogue import catalogue_html, ordered, pages_of
from assistant.web.plan import plan_html
from assistant.web.plots import Kept
from assistant.web.refused import Refused
from assistant.web.shell import page_html
from assistant.web.strings import phrase

PATHS = ("/plans", "/plans/[^/]+")


def router(assistant: Assistant) -> APIRouter:
    """The routes over the documents of an assistant."""
    routes, kept = APIRouter(), Kept()

    @routes.get("/plans", response_class=HTMLResponse, include_in_schema=False)
    def catalogue(page: int = 1) -> HTMLResponse:
        documents = ordered(assistant.plans)
        if not 1 <= page <= pages_of(len(documents)):
            raise Refused(404, phrase("cat_no_page", pages=pages_of(len(documents))).both)
        body = catalogue_html(assistant.plans, documents, page, date.today().year)
        return HTMLResponse(page_html(phrase("cat_name").vi, body))

    @routes.get("/plans/{name}", response_class=HTMLResponse, include_in_schema=False)
    def plan(name: str) -> HTMLResponse:
        document = assistant.documents.get(name)
        if document is None:
            raise Refused(404, phrase("cat_no_plan", name=name).both)
        body = plan_html(assistant.plans, document, kept, date.today().year)
        return HTMLResponse(page_html(document.title, body))

    return routes
