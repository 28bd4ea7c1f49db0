"""What the doors for programs take and give, as OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from assistant.web.api_models import FieldProblem, Problem
from assistant.web.problems import MEDIA
from assistant.web.strings import phrase

VERSION = "1"  # of the contract: raised when a field changes its meaning or goes, not when one is added
_REFS = "#/components/schemas/"
#: The refusals that a call to a path may meet for what it sends; any call may meet `_EVERYWHERE`.
_REFUSALS = {"/api/ask": (403, 413, 415, 422), "/api/documents/{doc}/sections": (404, 422)}
_EVERYWHERE = (400, 405, 429, 500, 503)
_FRAMEWORK = ("HTTPValidationError", "ValidationError")  # FastAPI's own form of a refusal, not ours


def openapi(app: FastAPI, address: str) -> dict[str, Any]:
    """The description of the routes under /api; `address` is where the site is, "http://127.0.0.1:7860"."""
    described = get_openapi(
        title=f"{phrase('site').vi}: API",
        version=VERSION,
        description=phrase("api_more").both,
        routes=app.routes,
        servers=[{"url": address}],
    )
    described["paths"] = {path: row for path, row in described["paths"].items() if path.startswith("/api/")}
    schemas = described["components"]["schemas"]
    for name in _FRAMEWORK:
        schemas.pop(name, None)
    for model in (Problem, FieldProblem):
        schemas[model.__name__] = model.model_json_schema(ref_template=f"{_REFS}{{model}}")
        schemas[model.__name__].pop("$defs", None)
    for path, row in described["paths"].items():
        for operation in row.values():
            answered = operation["responses"]["200"]
            operation["responses"] = {"200": answered, **_refusals(path)}
    return described


def _refusals(path: str) -> dict[str, Any]:
    content = {MEDIA: {"schema": {"$ref": f"{_REFS}{Problem.__name__}"}}}
    statuses = sorted((*_REFUSALS.get(path, ()), *_EVERYWHERE))
    return {str(status): {"description": phrase(f"title_{status}").both, "content": content} for status in statuses}
