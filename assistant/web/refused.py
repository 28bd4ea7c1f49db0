"""What the site does not do, said to the visitor: as a page that still names who to call, to programs as a problem."""

from __future__ import annotations

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException as StarletteHTTPException

from assistant.web.middleware import HEADERS
from assistant.web.problems import for_programs, problem, problem_of, problem_of_fields
from assistant.web.shell import error_html, refusal_html
from assistant.web.strings import phrase


class Refused(HTTPException):
    """What is wrong, in words for the visitor."""


def add_handlers(app: FastAPI) -> None:
    """Every error as a page of our own, or a problem under /api, without a trace of the program."""

    @app.exception_handler(StarletteHTTPException)
    def failed(request: Request, error: StarletteHTTPException) -> Response:
        said = isinstance(error, Refused)
        if for_programs(request.url.path):
            return problem_of(error, said)
        page = error_html([str(error.detail)]) if said else refusal_html(error.status_code)
        return HTMLResponse(page, error.status_code)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        if for_programs(request.url.path):
            return problem_of_fields(error)
        return HTMLResponse(error_html([phrase("bad_address").both]), 422)

    @app.exception_handler(Exception)
    def broken(request: Request, _: Exception) -> Response:
        if for_programs(request.url.path):
            return problem(500, headers=HEADERS)
        return HTMLResponse(refusal_html(500), 500, HEADERS)  # sent from outside of SafeHeaders
