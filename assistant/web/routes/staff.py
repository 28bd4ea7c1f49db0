"""What staff alone may do. Without a file of staff there are no such routes."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from urllib.parse import parse_qs

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from assistant.staff.corrections import FIELDS, CannotWrite, Wrong, as_corrected, as_read
from assistant.staff.office import Office
from assistant.staff.people import StaffFileError, clean_name
from assistant.staff.sessions import WITHIN, Session
from assistant.staff.shelf import CannotUndo
from assistant.web.catalogue import ordered, pages_of
from assistant.web.larger import Larger
from assistant.web.refused import Refused
from assistant.web.staff.doors import caller_of, check_origin, check_token, let_in, let_out, session_of, signed_in
from assistant.web.staff.mend import form_html, plans_html, sought
from assistant.web.staff.pages import office_html, puts_html, sign_in_html, staff_page
from assistant.web.staff.progress import is_moving, item_html, items_html
from assistant.web.staff.upload import FORM_LIMIT, received
from assistant.web.strings import phrase
from corpus.document import Document

PATHS = ("/staff", "/staff/items", "/staff/plans(?:/[^/]+)?")
POSTS = ("/staff/(?:in|out|upload|undo)", "/staff/plans/[^/]+")
#: Seconds within which files have to be here: 50 MB over a slow line.
_SECONDS = 900.0
_LOG = logging.getLogger(__name__)
Fields = Mapping[str, str]


def larger(office: Office) -> Larger:
    """Files are larger than questions; from those alone who are signed in."""
    return Larger("/staff/upload", lambda scope: session_of(office, scope) is not None, FORM_LIMIT, _SECONDS)


def router(office: Office) -> APIRouter:
    """The routes over an office."""
    routes = APIRouter(include_in_schema=False)
    _add_doors(routes, office)
    _add_files(routes, office)
    _add_corrections(routes, office)
    return routes


def _add_doors(routes: APIRouter, office: Office) -> None:
    one_by_one = CapacityLimiter(1)  # a check of a password takes a processor and much memory

    @routes.get("/staff")
    def page(request: Request) -> HTMLResponse:
        session = session_of(office, request.scope)
        if session is None:
            return HTMLResponse(staff_page(sign_in_html()))
        return HTMLResponse(staff_page(office_html(office, session)))

    @routes.post("/staff/in")
    async def sign_in(request: Request) -> Response:
        check_origin(request)
        fields = await _fields(request)
        name, password = clean_name(fields.get("name", "")), fields.get("password", "")
        keys = f"address {caller_of(request.scope)}", f"name {name.casefold()[:100]}"
        if not office.failures.take(*keys):
            words = phrase("staff_too_often", minutes=WITHIN // 60).both
            return HTMLResponse(staff_page(sign_in_html(words, name[:80])), 429, {"Retry-After": str(WITHIN)})
        try:
            mark = await to_thread.run_sync(office.people.check, name, password, limiter=one_by_one)
        except StaffFileError as error:
            _LOG.error("the file of staff cannot be used (%s)", type(error.__cause__ or error).__name__)
            raise Refused(503, phrase("staff_no_file").both) from None
        if mark is None:
            return HTMLResponse(staff_page(sign_in_html(phrase("staff_not_right").both, name[:80])), 401)
        office.failures.forgive(*keys)
        response = _to_staff()
        let_in(response, request, office.sessions.begin(name, mark))
        return response

    @routes.post("/staff/out")
    async def sign_out(request: Request) -> Response:
        await _checked(office, request)
        response = _to_staff()
        let_out(office, request, response)
        return response


def _add_files(routes: APIRouter, office: Office) -> None:
    @routes.get("/staff/items")
    def items(request: Request) -> JSONResponse:
        session = signed_in(office, request)
        held = office.items.all()
        return JSONResponse(
            {
                "items": [{"id": one.id, "state": one.state, "html": item_html(office, one)} for one in held],
                "none": items_html(office, ()),
                "puts": puts_html(office.shelf.journal.latest(), session),
                "moving": any(is_moving(office, one) for one in held),
            }
        )

    @routes.post("/staff/upload")
    async def upload(request: Request) -> Response:
        check_origin(request)
        session = signed_in(office, request)
        if office.is_full:
            raise Refused(503, phrase("staff_full").both)
        form = await received(request, office.shelf, lambda fields: check_token(session, fields.get("token", "")))
        for file in form.files:
            office.bring(session.name, file, form.fields.get("same") == "replace")
        for name, why in form.refused:
            office.refuse(session.name, name, why)
        return _to_staff("staff-now")

    @routes.post("/staff/undo")
    async def undo(request: Request) -> Response:
        session, fields = await _checked(office, request)
        try:
            await to_thread.run_sync(office.take_out, session.name, fields.get("put", ""))
        except (CannotUndo, CannotWrite, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else ""
            why = phrase("staff_not_written", reason=reason).both if reason else str(error)
            return HTMLResponse(staff_page(office_html(office, session, why)), 409)
        return _to_staff("staff-now")


def _add_corrections(routes: APIRouter, office: Office) -> None:
    plans = office.live

    @routes.get("/staff/plans")
    def listed(request: Request, page: int = 1, q: str = "") -> Response:
        session = session_of(office, request.scope)
        if session is None:
            return _to_staff()
        found = sought(ordered(plans.plans), q[:200])
        page = min(max(page, 1), pages_of(len(found)))
        return HTMLResponse(staff_page(plans_html(plans.plans, found, page, q[:200])))

    @routes.get("/staff/plans/{name}")
    def form(request: Request, name: str) -> Response:
        session = session_of(office, request.scope)
        if session is None:
            return _to_staff()
        document = _document(office, name)
        file = office.file_of(name)
        return _form(document, as_corrected(file) if file else {}, session, {})

    @routes.post("/staff/plans/{name}")
    async def correct(request: Request, name: str) -> Response:
        session, fields = await _checked(office, request)
        document, file = _document(office, name), office.file_of(name)
        typed = {field: fields.get(field, "") for field in FIELDS}
        if file is None or not file.is_file():
            raise Refused(404, phrase("cat_no_plan", name=name).both)
        try:
            await to_thread.run_sync(office.correct, session.name, file, typed)
        except Wrong as error:
            return await to_thread.run_sync(partial(_form, document, typed, session, error.fields))
        except CannotWrite as error:
            return await to_thread.run_sync(partial(_form, document, typed, session, {}, str(error)))
        return _to_staff("staff-now")


def _form(document: Document, typed: Fields, session: Session, wrong: Fields, said: str = "") -> HTMLResponse:
    body = form_html(document, as_read(document), typed, session, wrong=wrong, said=said)
    return HTMLResponse(staff_page(body), 422 if wrong or said else 200)


def _document(office: Office, name: str) -> Document:
    document = office.live.documents.get(name)
    if document is None:
        raise Refused(404, phrase("cat_no_plan", name=name).both)
    return document


async def _checked(office: Office, request: Request) -> tuple[Session, Fields]:
    """Who sends a form, and what is in it. Raises Refused unless it is one of ours."""
    check_origin(request)
    session, fields = signed_in(office, request), await _fields(request)
    check_token(session, fields.get("token", ""))
    return session, fields


async def _fields(request: Request) -> Fields:
    """The fields of a small form."""
    body = (await request.body()).decode(errors="replace")
    try:
        return {name: values[-1] for name, values in parse_qs(body, True, max_num_fields=40).items()}
    except ValueError:
        raise Refused(422, phrase("staff_no_form").both) from None


def _to_staff(part: str = "") -> RedirectResponse:
    return RedirectResponse("/staff" + (f"#{part}" if part else ""), 303)
