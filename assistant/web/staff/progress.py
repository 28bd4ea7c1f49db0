"""What became of what staff handed in: how far it is, then what was understood of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from assistant.plans import label_of
from assistant.staff.items import ENDS, Item, State
from assistant.staff.office import Held, Office
from assistant.staff.understood import Understood
from assistant.succession import Tied, earlier, later
from assistant.web.render import plan_address
from assistant.web.strings import phrase

_FACTS = ("title", "kind", "number", "date", "province", "period", "issuer", "signer")
_NAMES = {"title": "staff_title", "kind": "staff_kind", "signer": "staff_signer"}


def items_html(office: Office, items: Sequence[Item]) -> str:
    """All items, the newest first."""
    return "".join(item_html(office, item) for item in items) or f'<li class="more">{phrase("staff_nothing").html}</li>'


def item_html(office: Office, item: Item) -> str:
    """One item."""
    held = office.held(item.name, item.digest) if item.digest else None
    body = "".join(
        (
            f'<p class="state">{state_html(office, item)}</p>',
            f'<p class="why">{escape(item.why)}</p>' if item.why else "",
            _understood_html(item.understood) if item.understood else "",
            _standing_html(office, held) if held else "",
        )
    )
    return (
        f'<li id="item-{item.id}" class="item {item.state.value}"><h3><span lang="vi">{escape(item.name)}</span></h3>'
        f'<p class="more">{clock_html(item.at)} · {escape(item.who)}</p>{body}</li>'
    )


def state_html(office: Office, item: Item) -> str:
    """How far an item is, in words; in both languages."""
    if item.state in {State.READING, State.INDEXING} and item.pages > 1:
        return (
            f"{phrase('staff_page', page=item.page, pages=item.pages).html}"
            f'<progress max="{item.pages}" value="{item.page}" aria-hidden="true"></progress>'
        )
    return phrase(_said(office, item)).html


def is_moving(office: Office, item: Item) -> bool:
    """Whether something of an item will still change by itself."""
    return item.state not in ENDS or _said(office, item) == "staff_soon"


def clock_html(at: str) -> str:
    """When something happened, as a clock on this machine's wall shows it."""
    try:
        when = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return ""
    return f'<time datetime="{escape(at)}">{when:%H:%M %d/%m/%Y}</time>'


def _said(office: Office, item: Item) -> str:
    """The name of the string that says how far an item is."""
    if item.state is not State.DONE:
        return f"staff_{item.state.value}"
    if not office.serves(item):
        return "staff_soon"
    if item.kind != "in":
        return f"staff_done_{item.kind}"
    if office.held(item.name, item.digest):
        return "staff_answerable"
    put = next((one for one in office.shelf.journal.latest() if one.id == item.put), None)
    return "staff_done_out" if put and put.out_by else "staff_changed"


def _understood_html(found: Understood) -> str:
    mended = {name: f' <span class="mended">{phrase("corrected").html}</span>' for name in found.stated}
    facts = "".join(
        f"<div><dt>{phrase(_NAMES.get(name, name)).html}</dt>"
        f"<dd>{_value(getattr(found, name))}{mended.get(name, '')}</dd></div>"
        for name in _FACTS
    )
    counts = phrase("staff_counts", sections=found.sections, tables=found.tables, passages=found.passages).html
    pages = f" {phrase('staff_pages', pages=found.pages).html}" if found.pages else ""
    warnings = "".join(f"<li>{escape(words)}</li>" for words in found.warnings)
    return f'<dl>{facts}</dl><p class="counts">{counts}{pages}</p>{_sure_html(found)}' + (
        f'<p>{phrase("staff_warnings").html}</p><ul class="warnings">{warnings}</ul>' if warnings else ""
    )


def _value(words: str) -> str:
    if not words:
        return f'<span class="absent">{phrase("not_stated").html}</span>'
    return f'<span lang="vi">{escape(words)}</span>'


def _sure_html(found: Understood) -> str:
    if found.confidence is None or found.least is None:
        return ""
    said = phrase("staff_sure", mean=round(100 * found.confidence), least=round(100 * found.least))
    return f'<p class="why">{said.html}</p>'


def _standing_html(office: Office, held: Held) -> str:
    """How a plan stands to those that are held, and where it can be read and corrected."""
    plans = office.live.plans
    shown = plans.documents.get(held.copy_of or held.source.doc)
    if shown is None:
        return ""
    copy = ""
    if held.copy_of:
        link = f'<a href="{escape(plan_address(shown.id))}" lang="vi">{escape(label_of(shown))}</a>'
        copy = f"<li>{phrase('staff_copy').html} {link}</li>"
    ties = [*(("tie", tied) for tied in earlier(plans, shown)), *(("tied", tied) for tied in later(plans, shown))]
    listed = copy + "".join(_tie_html(key, tied) for key, tied in ties)
    links = (
        f'<a class="button" href="{escape(plan_address(shown.id))}">{phrase("staff_see").html}</a> '
        f'<a class="button" href="/staff{escape(plan_address(shown.id))}">{phrase("staff_mend").html}</a>'
    )
    return (f'<ul class="ties">{listed}</ul>' if listed else "") + f'<p class="links">{links}</p>'


def _tie_html(key: str, tied: Tied) -> str:
    document = tied.document
    link = f'<a href="{escape(plan_address(document.id))}" lang="vi">{escape(label_of(document))}</a>'
    return f"<li>{phrase(f'{key}_{tied.tie.value}').html} {link}</li>"
