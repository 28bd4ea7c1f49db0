"""Where the words of an answer come from, as a letter cites it: title, number and date, heading path, quote."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assistant.answer import Citation
from assistant.citations import readable
from assistant.web.source import number_of
from assistant.web.strings import phrase
from corpus.document import Document, Span


def facts_line(document: Document) -> str:
    """ "số 107/KH-UBND, ngày 02/03/2020"; what the plan does not state is left out, "" where it states neither."""
    number, day = number_of(document), _day(document)
    if number and day:
        return phrase("file_facts", number=number, date=day).vi
    if number or day:
        return phrase("file_number", number=number).vi if number else phrase("file_day", date=day).vi
    return ""


def origin(citation: Citation, documents: Mapping[str, Document]) -> str:
    """One line: "KẾ HOẠCH … (số 107/KH-UBND, ngày 02/03/2020), IV › 4. Sở Y tế"."""
    document = documents.get(citation.doc)
    facts = facts_line(document) if document else ""
    return " ".join(f"{citation.title}{f' ({facts})' if facts else ''}, {citation.section}".split())


def quote_of(citation: Citation, documents: Mapping[str, Document]) -> str:
    """The quoted words as a person reads them, without what a scan left between them."""
    document = documents.get(citation.doc)
    words = readable(document, Span(citation.start, citation.end)) if document else citation.quote
    return " ".join(words.split())


def _day(document: Document) -> str:
    stated = document.metadata.date
    if stated is None:
        return ""
    try:
        return date.fromisoformat(stated.value).strftime("%d/%m/%Y")
    except ValueError:  # a month or a year only
        return stated.value
