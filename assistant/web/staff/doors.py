"""Who a request of staff comes from, and whether it comes from a page of ours."""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie

from fastapi import Request, Response
from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.staff.office import Office
from assistant.staff.sessions import LASTS, Session
from assistant.web.limits import CALLER
from assistant.web.refused import Refused
from assistant.web.strings import phrase

COOKIE = "staff"
_PATH = "/staff"


def session_of(office: Office, scope: Scope) -> Session | None:
    """Who is signed in; None for anybody else, and for who is no longer of the staff."""
    session = office.sessions.of(_key(scope))
    if session is None or not office.people.holds(session.name, session.mark):
        return None
    return session


def signed_in(office: Office, request: Request) -> Session:
    """Who is signed in. Raises Refused: 401."""
    session = session_of(office, request.scope)
    if session is None:
        raise Refused(401, phrase("refused_401").both)
    return session


def check_origin(request: Request) -> None:
    """A form of staff is sent by a page of this site, and a browser says so. Raises Refused: 403."""
    origin = request.headers.get("origin", "")
    if origin.partition("://")[2] != request.headers.get("host"):
        raise Refused(403, phrase("refused_403").both)


def check_token(session: Session, said: str) -> None:
    """A form holds the token of its session. Raises Refused: 403."""
    if not hmac.compare_digest(session.token.encode(), said.encode()):
        raise Refused(403, phrase("staff_stale").both)


def caller_of(scope: Scope) -> str:
    """The address that a request comes from."""
    return str(scope.get(CALLER) or (scope.get("client") or ("",))[0])


def let_in(response: Response, request: Request, key: str) -> None:
    """Give the browser the key of a session."""
    response.set_cookie(
        COOKIE, key, max_age=LASTS, path=_PATH, httponly=True, samesite="strict", secure=_is_secret(request)
    )


def let_out(office: Office, request: Request, response: Response) -> None:
    """End the session of a request, and have the browser forget its key."""
    office.sessions.end(_key(request.scope))
    response.delete_cookie(COOKIE, path=_PATH, httponly=True, samesite="strict", secure=_is_secret(request))


def _is_secret(request: Request) -> bool:
    """Whether the way here is encrypted, as we see it or as our own proxy says."""
    return request.url.scheme == "https" or request.headers.get("x-forwarded-proto", "") == "https"


def _key(scope: Scope) -> str:
    try:
        held = SimpleCookie(Headers(scope=scope).get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return held.value if held else ""
