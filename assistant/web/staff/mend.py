"""The pages on which staff correct what was read of a plan: all plans held, and the form of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from assistant.plans import Plans, label_of
from assistant.staff.corrections import FIELDS
from assistant.staff.sessions import Session
from assistant.web.catalogue import PER_PAGE, pages_of
from assistant.web.render import plan_address, source_address
from assistant.web.staff.pages import token_html
from assistant.web.strings import phrase
from corpus.document import Document, Fact, Metadata
from corpus.vocabulary import provinces
from corpus.words import fold

_NAMES = {"title": "staff_title", "signer": "staff_signer", "first": "staff_first", "last": "staff_last"}
_HINTS = {"date": 'inputmode="numeric" placeholder="31/12/2024"', "province": 'list="provinces"'}
_YEAR = 'inputmode="numeric" maxlength="4"'


def plans_html(plans: Plans, documents: Sequence[Document], page: int, sought: str) -> str:
    """A page of the plans held, each a link to its form; `sought`: words that their names hold."""
    shown = documents[(page - 1) * PER_PAGE : page * PER_PAGE]
    listed = "".join(_plan_html(document) for document in shown) or f"<li>{phrase('staff_not_found').html}</li>"
    return (
        f'<p class="back"><a href="/staff">‹ {phrase("staff").html}</a></p><h1>{phrase("staff_plans").html}</h1>'
        '<form method="get" action="/staff/plans" role="search" class="seek">'
        f'<label for="q">{phrase("staff_seek").html}</label>'
        f'<input id="q" name="q" value="{escape(sought)}" maxlength="200">'
        f'<button type="submit">{phrase("staff_find").html}</button></form>'
        f'<p class="more">{phrase("staff_found", count=len(documents), held=len(plans.documents)).html}</p>'
        f'<ul class="puts">{listed}</ul>{_pager(page, pages_of(len(documents)), sought)}'
    )


def sought(documents: Sequence[Document], words: str) -> list[Document]:
    """The plans whose title, number, place or file name hold all of some words, with or without accents."""
    keys = fold(words).split()
    return [one for one in documents if all(key in _searched(one) for key in keys)]


def form_html(
    document: Document,
    read: Metadata,
    typed: Mapping[str, str],
    session: Session,
    *,
    wrong: Mapping[str, str],
    said: str = "",
) -> str:
    """The form of one plan. read: what its text states.  typed: what stands in the fields.  wrong: by field, the key
    of what is said of it.  said: what kept all of it from being written."""
    alerts = [said] * bool(said) + ([phrase("staff_wrong").both] if wrong else [])
    alert = "".join(f'<p class="error" role="alert">{escape(one)}</p>' for one in alerts)
    fields = "".join(_field_html(document, read, name, typed.get(name, ""), wrong.get(name, "")) for name in FIELDS)
    places = "".join(f'<option value="{escape(place.name)}"></option>' for place in provinces())
    address = escape(f"/staff{plan_address(document.id)}")
    return (
        f'<p class="back"><a href="/staff/plans">‹ {phrase("staff_plans").html}</a></p>'
        f'<h1 lang="vi">{escape(document.title)}</h1>'
        f'<p class="more" lang="vi">{escape(document.source)}</p>{alert}<p>{phrase("staff_empty").html}</p>'
        f'<form method="post" action="{address}" class="mend">{token_html(session)}{fields}'
        f'<datalist id="provinces">{places}</datalist>'
        f'<button type="submit">{phrase("staff_save").html}</button></form>'
    )


def _field_html(document: Document, read: Metadata, name: str, value: str, wrong: str) -> str:
    label = phrase(_NAMES.get(name, name)).html
    more = _HINTS.get(name, _YEAR if name in {"first", "last"} else 'maxlength="500"')
    error = f'<p class="error" id="{name}-wrong">{phrase(f"staff_{wrong}").html}</p>' if wrong else ""
    described = f"{name}-read {name}-wrong" if wrong else f"{name}-read"
    invalid = ' aria-invalid="true"' if wrong else ""
    known = f"{phrase('staff_read').html} {_read_html(document, read, name)}"
    return (
        f'<div class="field"><label for="{name}">{label}</label>'
        f'<input id="{name}" name="{name}" value="{escape(value)}" {more} aria-describedby="{described}"{invalid}>'
        f'{error}<p class="more" id="{name}-read">{known}</p></div>'
    )


def _read_html(document: Document, read: Metadata, name: str) -> str:
    """What the text states, a link to where it does."""
    if name in {"first", "last"}:
        years = read.period
        return str(years[name == "last"]) if years else f'<span class="absent">{phrase("not_stated").html}</span>'
    fact: Fact | None = getattr(read, name)
    if fact is None:
        return f'<span class="absent">{phrase("not_stated").html}</span>'
    if fact.span is None or fact.span.start == fact.span.end:
        return f'<span lang="vi">{escape(fact.value)}</span>'
    address = escape(source_address(document.id, fact.span.start, fact.span.end))
    return f'<a href="{address}" lang="vi">{escape(fact.value)}</a>'


def _plan_html(document: Document) -> str:
    address = escape(f"/staff{plan_address(document.id)}")
    return (
        f'<li><a href="{address}" lang="vi"><b>{escape(label_of(document))}</b> {escape(document.title)}</a>'
        f'<span class="more">{escape(document.source)}</span></li>'
    )


def _searched(document: Document) -> str:
    number = document.metadata.number.value if document.metadata.number else ""
    return fold(" ".join((label_of(document), document.title, number, document.source)))


def _pager(page: int, pages: int, words: str) -> str:
    if pages == 1:
        return ""
    form = '<form method="get" action="/staff/plans">'
    seek = f'<input type="hidden" name="q" value="{escape(words)}">'
    steps = [(page - 1, "cat_before")] * (page > 1) + [(page + 1, "cat_after")] * (page < pages)
    buttons = "".join(
        f'<button type="submit" name="page" value="{to}">{phrase(key).html}</button>' for to, key in steps
    )
    return f"{form}{seek}{buttons} {phrase('cat_page', page=page, pages=pages).html}</form>"
