"""The list of the plans as a table, a page of a hundred at a time; needs no script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from assistant.catalogue import targets
from assistant.plans import Plans, period_of, province_now, province_of
from assistant.web.cards import Line, cards_html
from assistant.web.later import badge_html
from assistant.web.render import plan_address, source_address
from assistant.web.source import date_of, number_of
from assistant.web.strings import phrase
from corpus.document import Document, Fact, Kind
from corpus.words import fold

PER_PAGE = 100
_COLUMNS = ("province", "cat_plan", "number", "date", "period", "cat_sections", "cat_targets", "cat_tables")


def ordered(plans: Plans) -> list[Document]:
    """All plans by province, then by period."""
    return sorted(plans.documents.values(), key=lambda one: (fold(province_of(one)), period_of(one), one.id))


def pages_of(count: int) -> int:
    """How many pages so many plans fill; one at least."""
    return max(1, -(-count // PER_PAGE))


def catalogue_html(plans: Plans, documents: Sequence[Document], page: int, year: int) -> str:
    """A page of the list, the first is 1; `year` is this year, from which on periods are over."""
    shown = documents[(page - 1) * PER_PAGE : page * PER_PAGE]
    lines = (Line(list(_cells(plans, document, year))) for document in shown)
    return (
        f'<div class="catalogue"><h1>{phrase("cat_title", count=len(documents)).html}</h1>'
        f'<p class="more">{phrase("cat_more").html}</p>'
        f"{cards_html('plans', [phrase(key) for key in _COLUMNS], lines)}"
        f"{_pager_html(page, pages_of(len(documents)))}</div>"
    )


def fact_html(document: Document, words: str, fact: Fact | None) -> str:
    """What a text states of itself, escaped, a link to where it does; that it does not, where there are no words."""
    if not words:
        return f'<span class="absent">{phrase("not_stated").html}</span>'
    if fact is None or fact.span is None or fact.span.start == fact.span.end:
        return escape(words)
    address = escape(source_address(document.id, fact.span.start, fact.span.end))
    return f'<a href="{address}" lang="vi">{escape(words)}</a>'


def place_html(document: Document) -> str:
    """The province of a plan, and what it belongs to since the mergers."""
    if not (now := province_now(document)):
        return fact_html(document, province_of(document), document.metadata.province)
    merged = f'<span class="now">{phrase("cat_now", place=now).html}</span>'
    return fact_html(document, province_of(document), document.metadata.province) + merged


def _cells(plans: Plans, document: Document, year: int) -> Iterator[str]:
    stated, own = document.metadata, plan_address(document.id)
    yield place_html(document)
    yield f'<a class="plan-title" href="{escape(own)}" lang="vi">{escape(document.title)}</a>'
    yield fact_html(document, number_of(document), stated.number or stated.symbol)
    yield fact_html(document, date_of(document), stated.date)
    yield f"{escape(period_of(document)) or fact_html(document, '', None)} {badge_html(plans, document, year)}"
    yield _count(document, "outline", sum(section.kind is Kind.HEADING for section in document.sections))
    yield _count(document, "targets", len(targets(plans, document)))
    yield _count(document, "money", len(document.tables))


def _count(document: Document, part: str, count: int) -> str:
    return f'<a href="{escape(plan_address(document.id, part))}">{count}</a>' if count else "0"


def _pager_html(page: int, pages: int) -> str:
    if pages == 1:
        return ""
    before = f'<a rel="prev" href="/plans?page={page - 1}">‹ {phrase("cat_before").html}</a>' if page > 1 else ""
    after = f'<a rel="next" href="/plans?page={page + 1}">{phrase("cat_after").html} ›</a>' if page < pages else ""
    where = f"<span>{phrase('cat_page', page=page, pages=pages).html}</span>"
    return f'<nav class="pager back" aria-label="{escape(phrase("cat_name").both)}">{before}{where}{after}</nav>'
