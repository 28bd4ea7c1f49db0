"""Which other sites' pages may call the API: those named, and no other; cookies are never let through."""

from __future__ import annotations

import re
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.middleware import HEADERS, may_call

_ORIGIN = re.compile(r"https?://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(?::\d{1,5})?")
_ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "600",
}


def origin_of(text: str) -> str:
    """An origin as browsers send it. Raises ValueError for anything else: "*", "null", an address with a path.

    >>> origin_of("https://Tre-Em.vn/")
    'https://tre-em.vn'
    """
    origin = text.strip().lower().removesuffix("/")
    if not _ORIGIN.fullmatch(origin):
        raise ValueError(text)
    return origin


class Cors:
    """Answers the preflight of a named origin, and marks what it may read. To all others nothing is said."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self.app = app
        self.origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not may_call(scope, self.origins):
            await self.app(scope, receive, send)
            return
        said = {"Access-Control-Allow-Origin": Headers(scope=scope)["origin"], "Vary": "Origin"}
        if scope["method"] == "OPTIONS":
            await Response(status_code=204, headers={**HEADERS, **said, **_ALLOWED})(scope, receive, send)
            return

        async def with_origin(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(said)
            await send(message)

        await self.app(scope, receive, with_origin)
