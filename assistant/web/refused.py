"""What the site does not do, said to the visitor: as a page that still names who to call, to programs as a problem."""

from __future__ import annotations

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException as StarletteHTTPException

from assistant.web.api_models import QUESTION_LIMIT
from assistant.web.middleware import HEADERS
from assistant.web.problems import for_programs, problem, problem_of, problem_of_fields, status_of
from assistant.web.shell import error_html, refusal_html
from assistant.web.strings import phrase


def _bad_question() -> str:
    return error_html([phrase("bad_question", limit=QUESTION_LIMIT).both])


class Refused(HTTPException):
    """What is wrong, in words for the visitor."""


def add_handlers(app: FastAPI) -> None:
    """Every error as a page of our own, or a problem under /api, without a trace of the program."""

    @app.exception_handler(StarletteHTTPException)
    def failed(request: Request, error: StarletteHTTPException) -> Response:
        said = isinstance(error, Refused)
        if for_programs(request.url.path):
            return problem_of(error, said)
        if said:
            return HTMLResponse(error_html([str(error.detail)]), error.status_code)
        status = status_of(error)
        return HTMLResponse(_bad_question() if status == 422 else refusal_html(status), status)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        if for_programs(request.url.path):
            return problem_of_fields(error)
        asked = request.method == "POST"
        return HTMLResponse(_bad_question() if asked else error_html([phrase("bad_address").both]), 422)

    @app.exception_handler(Exception)
    def broken(request: Request, _: Exception) -> Response:
        if for_programs(request.url.path):
            return problem(500, headers=HEADERS)
        return HTMLResponse(refusal_html(500), 500, HEADERS)  # sent from outside of SafeHeaders
