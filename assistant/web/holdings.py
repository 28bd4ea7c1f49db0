"""The documents held and their outlines as JSON, the same for the API and for the tools."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.plans import issuer_of, province_of
from assistant.web.refused import Refused
from assistant.web.source import number_of
from assistant.web.strings import phrase
from corpus.document import Document, Kind, Section


def documents_json(documents: Mapping[str, Document], today: date | None = None) -> dict[str, Any]:
    """All documents by id; `today` decides whose period is over."""
    year = (today or date.today()).year
    return {"documents": [_document(document, year) for _, document in sorted(documents.items())]}


def _document(document: Document, year: int) -> dict[str, Any]:
    stated = document.metadata
    return {
        "id": document.id,
        "title": document.title,
        "kind": stated.kind.value if stated.kind else None,
        "number": number_of(document) or None,
        "date": stated.date.value if stated.date else None,
        "province": province_of(document) or None,
        "period": list(stated.period) if stated.period else None,
        "over": stated.period[1] < year if stated.period else None,
        "issuer": issuer_of(document) or None,
        "sections": len(document.sections) - 1,  # without the root, which is the document
        "tables": len(document.tables),
    }


def sections_json(
    documents: Mapping[str, Document], doc: str, section: int | None = None, at: int | None = None
) -> dict[str, Any]:
    """The outline of a document: all of it, one node with all below it, or the headed section at a position.

    Raises Refused (404) where there is no such document, node or position.
    """
    document = documents.get(doc)
    if document is None:
        raise Refused(404, phrase("no_document", name=doc).both)
    top = document.root if section is at is None else _node(document, section, at)
    if top is None:
        raise Refused(404, phrase("no_section", count=len(document.sections) - 1, length=len(document.text)).both)
    parents = {child.id: node.id for node in document.sections for child in node.children}
    rows = [_section(document, node, parents.get(node.id)) for node in top.walk()]
    return {"doc": document.id, "title": document.title, "sections": rows}


def _node(document: Document, section: int | None, at: int | None) -> Section | None:
    if section is not None:
        return document.sections[section] if section < len(document.sections) else None
    if at is None or at >= len(document.text):
        return None
    headed = (node for node in document.sections if node.kind in {Kind.HEADING, Kind.DOCUMENT})
    return min(
        (node for node in headed if node.span.start <= at < node.span.end or node.kind is Kind.DOCUMENT),
        key=lambda node: node.span.end - node.span.start,
    )


def _section(document: Document, node: Section, parent: int | None) -> dict[str, Any]:
    return {
        "id": node.id,
        "parent": parent,
        "kind": node.kind.value,
        "label": node.label,
        "title": node.title,
        "path": document.path(node),
        "start": node.head.start,
        "end": node.head.end,
        "until": node.span.end,
        "text": document.text[node.head.start : node.head.end],
    }
