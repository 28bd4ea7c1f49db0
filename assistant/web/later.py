"""What a visitor has to know of the age of a plan: that it is over, that a newer one takes its place or changes it."""

from __future__ import annotations

from html import escape

from assistant.plans import Plans, label_of
from assistant.succession import Tied, earlier, is_over, later
from assistant.web.render import plan_address, source_address
from assistant.web.strings import phrase
from corpus.document import Document


def badge_html(plans: Plans, document: Document, year: int, linked: bool = True) -> str:
    """That a plan's period is over in a year, and that other plans replace or amend it, a link to each unless the
    badge stands within a link; "" where there is nothing of it."""
    over = f'<span class="over">{phrase("cat_over").html}</span>' if is_over(document, year) else ""
    badges = [_badge(tied, linked) for tied in later(plans, document)]
    return over + " ".join(dict.fromkeys(badges))


def ties_html(plans: Plans, document: Document) -> str:
    """Which plans replace or amend a plan, and which it replaces or amends, with where its words say so."""
    newer = "".join(
        f"<li>{phrase(f'tied_{tied.tie.value}').html} {_link(tied)}</li>" for tied in later(plans, document)
    )
    older = "".join(
        f"<li>{phrase(f'tie_{tied.tie.value}').html} {_link(tied)}{_said(document, tied)}</li>"
        for tied in earlier(plans, document)
    )
    return f'<ul class="ties">{newer}{older}</ul>' if newer or older else ""


def _badge(tied: Tied, linked: bool) -> str:
    words = phrase(f"late_{tied.tie.value}").html
    if not linked:
        return f'<span class="over">{words}</span>'
    name = escape(label_of(tied.document), quote=True)
    return f'<a class="over" href="{escape(plan_address(tied.document.id))}" title="{name}">{words}</a>'


def _link(tied: Tied) -> str:
    document = tied.document
    number = f" · {document.metadata.number.value}" if document.metadata.number else ""
    return f'<a href="{escape(plan_address(document.id))}" lang="vi">{escape(label_of(document) + number)}</a>'


def _said(document: Document, tied: Tied) -> str:
    if tied.span is None:
        return ""
    address = escape(source_address(document.id, tied.span.start, tied.span.end))
    words = document.shown(tied.span)
    return f' <a class="more" href="{address}" lang="vi">“{escape(words)}”</a>' if words else ""
