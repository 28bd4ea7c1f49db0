"""The words of the page as one table, for the script that shows them in one language."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from assistant.pipeline import Assistant
from assistant.web.strings import all_phrases

PATHS = (r"/strings\.json",)


def router(_: Assistant) -> APIRouter:
    """The route of the table: rows of Vietnamese and English, {names} unfilled."""
    routes = APIRouter()

    @routes.get("/strings.json", include_in_schema=False)
    def table() -> JSONResponse:
        return JSONResponse([[row.vi, row.en] for row in all_phrases()], headers={"Cache-Control": "no-cache"})

    return routes
