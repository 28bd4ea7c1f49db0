"""The page of staff: signing in; bringing files in, what became of them, what came in before. Needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.staff.items import Item
from assistant.staff.journal import Put
from assistant.staff.office import Office
from assistant.staff.sessions import Session
from assistant.web.shell import page_html
from assistant.web.staff.progress import clock_html, items_html
from assistant.web.staff.upload import FILE_LIMIT
from assistant.web.strings import phrase
from corpus import READERS

_HEAD = '<link rel="stylesheet" href="/web/staff.css"><script src="/web/staff.js" defer></script>'


def staff_page(body: str) -> str:
    """A whole page of staff."""
    return page_html(phrase("staff").vi, f'{_HEAD}<div class="staff">{body}</div>')


def sign_in_html(said: str = "", name: str = "") -> str:
    """The form of those who are not signed in; `said`: why the last try was not taken."""
    alert = f'<p class="error" role="alert">{escape(said)}</p>' if said else ""
    return (
        f"<h1>{phrase('staff').html}</h1>{alert}"
        f'<p class="more">{phrase("staff_only").html}</p>'
        '<form method="post" action="/staff/in" class="sign-in">'
        f'<label for="name">{phrase("staff_name").html}</label>'
        f'<input id="name" name="name" autocomplete="username" required maxlength="80" value="{escape(name)}">'
        f'<label for="password">{phrase("staff_password").html}</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" required>'
        f'<button type="submit">{phrase("staff_in").html}</button></form>'
    )


def office_html(office: Office, session: Session, said: str = "") -> str:
    """The page of those who are."""
    alert = f'<p class="error" role="alert">{escape(said)}</p>' if said else ""
    items = office.items.all()
    return (
        f'<div class="top"><h1>{phrase("staff").html}</h1>{_out_html(session)}</div>{alert}'
        f"{_upload_html(session)}"
        f'<section aria-labelledby="staff-now"><h2 id="staff-now">{phrase("staff_now").html}</h2>'
        f'<p id="staff-said" role="status"></p><div class="no-script">{_again_html(items)}</div>'
        f'<ul id="staff-items" class="items">{items_html(office, items)}</ul></section>'
        f'<section aria-labelledby="staff-latest"><h2 id="staff-latest">{phrase("staff_latest").html}</h2>'
        f'<div id="staff-puts">{puts_html(office.shelf.journal.latest(), session)}</div></section>'
        f'<section aria-labelledby="staff-correct"><h2 id="staff-correct">{phrase("staff_correct").html}</h2>'
        f'<p><a class="button" href="/staff/plans">{phrase("staff_plans").html}</a></p></section>'
    )


def puts_html(puts: Sequence[Put], session: Session) -> str:
    """What came in last, each with a button to take it out again."""
    if not puts:
        return f'<p class="more">{phrase("staff_none").html}</p>'
    return f'<ul class="puts">{"".join(_put_html(put, session) for put in puts)}</ul>'


def token_html(session: Session) -> str:
    """What every form of a session holds."""
    return f'<input type="hidden" name="token" value="{escape(session.token)}">'


def _again_html(items: Sequence[Item]) -> str:
    """A form, for a link to a place of the same page does not ask for it again."""
    if not items:
        return ""
    return f'<form method="get" action="/staff"><button type="submit">{phrase("staff_look").html}</button></form>'


def _out_html(session: Session) -> str:
    return (
        f'<form method="post" action="/staff/out">{token_html(session)}'
        f"<span>{phrase('staff_who', name=session.name).html}</span> "
        f'<button type="submit">{phrase("staff_out").html}</button></form>'
    )


def _upload_html(session: Session) -> str:
    formats, most = ", ".join(READERS), FILE_LIMIT >> 20
    return (
        f'<form method="post" action="/staff/upload" enctype="multipart/form-data" id="staff-upload" '
        f'data-most="{FILE_LIMIT}" data-sending="{escape(phrase("staff_sending", name="{name}").both)}" '
        f'data-large="{escape(phrase("staff_large", most=most).both)}" '
        f'data-lost="{escape(phrase("staff_lost").both)}" data-done="{escape(phrase("staff_all_done").both)}">'
        f'{token_html(session)}<div class="drop"><label for="files">{phrase("staff_files").html}</label>'
        f'<input id="files" name="files" type="file" multiple required accept="{escape(",".join(READERS))}" '
        f'aria-describedby="files-more">'
        f'<p id="files-more" class="more">{phrase("staff_formats", formats=formats, most=most).html}</p></div>'
        f"<fieldset><legend>{phrase('staff_same').html}</legend>"
        f'<label><input type="radio" name="same" value="new" checked> {phrase("staff_same_new").html}</label>'
        f'<label><input type="radio" name="same" value="replace"> {phrase("staff_same_replace").html}</label>'
        f'</fieldset><button type="submit">{phrase("staff_send").html}</button></form>'
    )


def _put_html(put: Put, session: Session) -> str:
    named = f'<b lang="vi">{escape(put.file)}</b>'
    when = f"{clock_html(put.at)} · {escape(put.who)}"
    replaced = f'<span class="more">{phrase("staff_replaced").html}</span>' if put.kept else ""
    if put.out_by:
        out = f'<span class="gone">{phrase("staff_undone").html} {clock_html(put.out_at)} · {escape(put.out_by)}</span>'
        return f'<li>{named}<span class="more">{when}</span>{replaced}{out}</li>'
    label = escape(phrase("staff_undo_of", name=put.file).both)
    return (
        f'<li>{named}<span class="more">{when}</span>{replaced}'
        f'<form method="post" action="/staff/undo">{token_html(session)}'
        f'<input type="hidden" name="put" value="{escape(put.id)}">'
        f'<button type="submit" aria-label="{label}">{phrase("staff_undo").html}</button></form></li>'
    )
