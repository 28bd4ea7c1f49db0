"""Where the pages of a file begin in its text, how sure what was read of them is, and the way to how they look."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.pictures import has_pictures
from assistant.web.render import plan_address
from assistant.web.strings import phrase
from corpus.document import Document, Page


def page_address(doc: str, number: int) -> str:
    """Where a page can be seen as it looks in the file."""
    return f"{plan_address(doc)}/pages/{number}"


def marks(document: Document) -> Iterator[tuple[int, str]]:
    """Where each page begins in the text, and what stands there."""
    for page in document.pages:
        yield page.span.start, f'<p class="page-mark">{page_html(document, page)}</p>'


def page_html(document: Document, page: Page) -> str:
    """The number of a page, how sure it is where it was recognised, a link to the original."""
    parts = [f"<b>{phrase('page_of', page=page.number).html}</b>"]
    if page.confidence is not None:
        parts.append(f'<span class="sure">{phrase("page_sure", sure=round(100 * page.confidence)).html}</span>')
    if has_pictures(document):
        address = escape(page_address(document.id, page.number))
        label = escape(phrase("page_original_of", page=page.number).both)
        words = phrase("page_original").html
        parts.append(f'<a href="{address}" target="_blank" rel="noopener" aria-label="{label}">{words}</a>')
    return " ".join(parts)
