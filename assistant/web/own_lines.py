"""The numbers that plans give for their own province, attributed and dated, in the head of every page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from datetime import date
from html import escape
from itertools import islice

from assistant.numbers_to_call import channels, own_numbers
from assistant.plans import Plans, label_of
from assistant.web.later import badge_html
from assistant.web.render import source_address
from assistant.web.strings import phrase
from corpus.document import Document, Span

#: What stands in the head of the pages of the site that a request came to.
OWN_LINES: ContextVar[str] = ContextVar("OWN_LINES", default="")
_BEFORE = 120  # characters before a number
_MOST = 12  # more than one can look through in a head; a question about the province tells its number


def own_lines(documents: Iterable[Document]) -> Iterator[tuple[Document, str, Span]]:
    """The numbers that plans give besides the national ones, as printed, each once, with the sentence they stand in."""
    for document in documents:
        for _, span, numbers in channels(document):
            yield from ((document, number, span) for number in sorted(own_numbers(numbers)))


def own_lines_html(plans: Plans) -> str:
    """A list that opens at a touch; "" where no plan gives a number of its own. Needs no script."""
    found = list(islice(own_lines(plans.documents.values()), _MOST))
    if not found:
        return ""
    items = "".join(_line_html(plans, *one) for one in found)
    return f'<details class="own-lines"><summary>{phrase("own_lines").html}</summary><ul>{items}</ul></details>'


def _around(document: Document, number: str, span: Span) -> str:
    """The words of the plan that the number stands in, which say whose it is."""
    words, number = (" ".join(text.split()) for text in (document.shown(span), number))
    at = words.find(number)
    start = max(0, words.rfind(" ", 0, max(0, at - _BEFORE)) + 1) if at > _BEFORE else 0
    end = at + len(number)
    return ("… " if start else "") + words[start:end] + ("" if end >= len(words.rstrip(". ;,)")) else " …")


def _line_html(plans: Plans, document: Document, number: str, span: Span) -> str:
    digits = re.sub(r"\D", "", number)
    address = escape(source_address(document.id, span.start, span.end))
    badge = badge_html(plans, document, date.today().year)
    return (
        f'<li><a href="tel:{digits}"><b>{escape(number)}</b></a> '
        f'<a href="{address}">{phrase("own_line").html} <span lang="vi">{escape(label_of(document))}</span></a>'
        f'{badge}<p lang="vi">{escape(_around(document, number, span))}</p></li>'
    )
