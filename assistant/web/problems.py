"""What programs are told when something is refused: application/problem+json (RFC 9457), in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse

from assistant.web.strings import has_phrase, phrase
from corpus.vocabulary import child_line

MEDIA = "application/problem+json"
#: The statuses that programs may meet; each has a title and words of its own in strings.toml.
STATUSES = (400, 403, 404, 405, 413, 415, 422, 429, 500, 503)
_PROGRAMS = re.compile(r"/(?:api|mcp)(?:/.*)?", re.DOTALL)
_MOST = 20  # errors of one body that are listed


def for_programs(path: str) -> bool:
    """Whether a path is one that programs call, so that an error there is no page.

    >>> for_programs("/api/ask"), for_programs("/mcp"), for_programs("/apiary"), for_programs("/")
    (True, True, False, False)
    """
    return _PROGRAMS.fullmatch(path) is not None


def problem(
    status: int,
    detail: str = "",
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """One problem. `detail` "" says what there is to say of the status; `errors` point at fields of a body."""
    known = status if status in STATUSES else 500
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": phrase(f"title_{known}").both,
        "status": status,
        "detail": detail or phrase(f"problem_{known}", number=child_line().number).both,
    }
    if errors:
        body["errors"] = list(errors)
    return JSONResponse(body, status, headers, MEDIA)


def problem_of(error: HTTPException, said: bool) -> JSONResponse:
    """The problem behind an exception; `said`: its detail is meant for people."""
    status = status_of(error)
    if status != error.status_code:
        return problem(status, phrase("field_json_invalid").both if status == 422 else "")
    return problem(status, str(error.detail) if said else "", headers=error.headers)


def status_of(error: HTTPException) -> int:
    """What is meant by an exception that the framework calls a bad request: 413 for a body that was cut off by the
    limit of the door, 422 for one that could not be read at all."""
    if isinstance(error.__cause__, ClientDisconnect):
        return 413
    return 422 if error.status_code == 400 else error.status_code


def problem_of_fields(error: RequestValidationError) -> JSONResponse:
    """The problem of a call that does not have the form: each field by its JSON pointer, without what stood in it."""
    return problem(422, errors=fields(error.errors()))


def fields(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Pydantic's errors as {"pointer", "detail"}.

    >>> fields([{"type": "missing", "loc": ("body", "history", 0, "role")}])[0]["pointer"]
    '/history/0/role'
    """
    unique = {_pointer(error): _detail(error) for error in errors}
    return [{"pointer": pointer, "detail": detail} for pointer, detail in list(unique.items())[:_MOST]]


def _pointer(error: Mapping[str, Any]) -> str:
    place = [str(part) for part in error["loc"] if part not in {"body", "query", "path"}]
    if error["type"] == "json_invalid":
        return ""
    if place and place[0] == "id":  # a union: one error a kind of scalar
        return "/id"
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in place)


def _detail(error: Mapping[str, Any]) -> str:
    known = f"field_{error['type']}"
    limits = error.get("ctx") or {}
    return phrase(known if has_phrase(known) else "field_other", **{str(k): v for k, v in limits.items()}).both
