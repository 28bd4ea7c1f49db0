"""Doors that stay shut: unknown hosts, other sites' pages, big bodies, routes of Gradio that the page never uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.hosts import host_of
from assistant.web.larger import Larger
from assistant.web.own_lines import OWN_LINES
from assistant.web.problems import for_programs, problem
from assistant.web.shell import refusal_html

#: Nothing is loaded from, sent to or framed by another site. Gradio's templates need inline scripts and eval.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
#: Pages of our own alone need neither inline scripts nor eval.
STRICT_POLICY = POLICY.replace(" 'unsafe-inline' 'unsafe-eval'", "", 1)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
#: What is different on pages of staff. A browser that tells no referrer tells no Origin with a form either.
OF_STAFF = {
    "Content-Security-Policy": STRICT_POLICY,
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
#: The largest request body in bytes: a question is at most 1,000 characters, its frame under 4 KB.
BODY_LIMIT = 32 * 1024
#: The same where programs ask: there a conversation goes along, and a letter may take six bytes ("\\u1ea1").
LARGE_BODY = 256 * 1024

#: What of Gradio the page needs. All else (upload, proxy, file, deep links, runs, API pages, monitoring …) answers
#: 404, also what a later version adds.
OF_GRADIO = (
    r"/|/(?:assets|static)/.+|/(?:gradio_api/)?theme\.css|/config/?|/favicon\.ico|/robots\.txt",
    r"/gradio_api/(?:queue/data|heartbeat/\w+|startup-events|app_id)/?",
)
POSTS_OF_GRADIO = ("/gradio_api/(?:queue/join|cancel|reset)/?",)


class Guard:
    """Answers 400 to other names than `hosts`, 404 for closed routes, 405 for a post to what can only be read (`paths`)
    and the other way about (`posts`), 403 for a post from another site, 413 for a large body, 401 for one that only
    some may send (`larger`); each as a page that still says who to call, to programs as a problem."""

    def __init__(
        self,
        app: ASGIApp,
        hosts: Collection[str],
        *,
        paths: Iterable[str] = (),
        posts: Iterable[str] = (),
        origins: Collection[str] = (),
        larger: Larger | None = None,
    ):
        self.app = app
        self.larger = larger
        self.origins = frozenset(origins)  # those that may call the API from another site
        self.hosts = frozenset(hosts)
        self.paths = re.compile("|".join((*OF_GRADIO, *paths)))
        self.posts = re.compile("|".join((*POSTS_OF_GRADIO, *posts)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await self._refused(scope["path"], refusal)(scope, receive, send)
            return
        if scope["method"] == "HEAD":  # the same as GET; the server sends no body for it
            scope = {**scope, "method": "GET"}
        await self.app(scope, _limited(receive, self._most(scope)), send)

    def _refusal(self, scope: Scope) -> HTTPStatus | None:
        headers = Headers(scope=scope)
        if host_of(headers.get("host", "")) not in self.hosts:
            return HTTPStatus.BAD_REQUEST
        methods = self._methods(scope["path"])
        if scope["type"] != "http" or not methods or ".." in scope["path"].split("/"):
            return HTTPStatus.NOT_FOUND
        if scope["method"] not in methods:
            return HTTPStatus.METHOD_NOT_ALLOWED
        if scope["method"] == "POST" and _foreign(headers) and not may_call(scope, self.origins):
            return HTTPStatus.FORBIDDEN
        return self._body_refusal(scope, headers)

    def _body_refusal(self, scope: Scope, headers: Headers) -> HTTPStatus | None:
        """What stands against the body of a request, by what is said of it before it comes."""
        if self.larger and self.larger.concerns(scope) and not self.larger.may(scope):
            return HTTPStatus.UNAUTHORIZED
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._most(scope):
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return None

    def _most(self, scope: Scope) -> int:
        """Bytes that a body may have; who may send larger ones has been asked."""
        if self.larger and self.larger.concerns(scope):
            return self.larger.most
        return LARGE_BODY if for_programs(scope["path"]) else BODY_LIMIT

    def _methods(self, path: str) -> tuple[str, ...]:
        """What a path answers to; nothing for one that stays shut."""
        reads = ("GET", "HEAD") if self.paths.fullmatch(path) else ()
        return (*reads, "POST") if self.posts.fullmatch(path) else reads

    def _refused(self, path: str, status: HTTPStatus) -> Response:
        headers = {"Allow": ", ".join(self._methods(path))} if status is HTTPStatus.METHOD_NOT_ALLOWED else None
        if for_programs(path):
            return problem(status, headers=headers)
        return HTMLResponse(refusal_html(status), status, headers)


def may_call(scope: Scope, origins: Collection[str]) -> bool:
    """Whether a request to the API comes from the page of another site that is named."""
    return scope["path"].startswith("/api/") and Headers(scope=scope).get("origin") in origins


def _foreign(headers: Headers) -> bool:
    """Whether a browser says that another site's page sent this. Programs send no Origin."""
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")


def _limited(receive: Receive, most: int) -> Receive:
    """A body without a stated length is cut off like a lost connection once it is over the limit."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > most else message

    return counted


class SafeHeaders:
    """Adds `HEADERS` to every response and takes Gradio's permissive CORS headers off; tells pages the `own_lines`."""

    def __init__(self, app: ASGIApp, own_lines: Callable[[], str] = str) -> None:
        self.app = app
        self.own_lines = own_lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        OWN_LINES.set(self.own_lines())

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name in [name for name in headers if name.startswith("access-control-")]:
                    del headers[name]
                headers.update(HEADERS)
                if scope["path"].partition("/")[2].partition("/")[0] == "staff":
                    headers.update(OF_STAFF)
            await send(message)

        await self.app(scope, receive, with_headers)


class Rewrite:
    """Hands the HTML of the page at "/" to `change` before it goes out."""

    def __init__(self, app: ASGIApp, change: Callable[[str], str]) -> None:
        self.app = app
        self.change = change

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        # Gradio compresses when asked to; here the text itself is needed.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, _Rewriter(send, self.change))


class _Rewriter:
    """Holds a response back until its body is whole."""

    def __init__(self, send: Send, change: Callable[[str], str]) -> None:
        self.send = send
        self.change = change
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            return
        self.body += message.get("body", b"")
        if not message.get("more_body") and self.start is not None:
            await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        headers = MutableHeaders(scope=start)
        if headers.get("content-type", "").startswith("text/html"):
            self.body = self.change(self.body.decode("utf-8")).encode("utf-8")
            headers["content-length"] = str(len(self.body))
            headers["cache-control"] = "no-store"
        await self.send(start)
        await self.send({"type": "http.response.body", "body": self.body})
