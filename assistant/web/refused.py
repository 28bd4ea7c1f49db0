"""What the site does not do, said to the visitor: as a page that still names who to call."""

from __future__ import annotations

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException as StarletteHTTPException

from assistant.web.middleware import HEADERS
from assistant.web.shell import error_html, refusal_html
from assistant.web.strings import phrase


class Refused(HTTPException):
    """What is wrong, in words for the visitor."""


def add_handlers(app: FastAPI) -> None:
    """Every error as a page of our own, without a trace of the program."""

    @app.exception_handler(StarletteHTTPException)
    def failed(_: Request, error: StarletteHTTPException) -> HTMLResponse:
        said = isinstance(error, Refused)
        page = error_html([str(error.detail)]) if said else refusal_html(error.status_code)
        return HTMLResponse(page, error.status_code)

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, __: RequestValidationError) -> HTMLResponse:
        return HTMLResponse(error_html([phrase("bad_address").both]), 422)

    @app.exception_handler(Exception)
    def broken(_: Request, __: Exception) -> HTMLResponse:
        return HTMLResponse(refusal_html(500), 500, HEADERS)  # sent from outside of SafeHeaders
