"""Which plans came after which: what a plan replaces or amends, and what replaces or amends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.plans import Plans
from corpus.document import Document, Span
from index.relations import Relation, Tie


@dataclass(frozen=True, slots=True)
class Tied:
    """Another plan, and how it stands to one. span: the words of the newer of both that say so, where those are of
    the text that is shown."""

    tie: Tie
    document: Document
    span: Span | None


def later(plans: Plans, document: Document) -> list[Tied]:
    """The plans that replace or amend a plan, what replaces it first."""
    found = ((one, one.doc) for one in plans.index.later(document.id))
    return _ordered(_tied(plans, found))


def earlier(plans: Plans, document: Document) -> list[Tied]:
    """The plans that a plan replaces or amends; what only a copy of it says counts as its own words."""
    copies = plans.index.manifest.copies
    own = (one for one in plans.index.manifest.relations if one.tie is not Tie.COPY)
    found = ((one, one.other) for one in own if copies.get(one.doc, one.doc) == document.id)
    return _ordered(_tied(plans, found))


def _tied(plans: Plans, found: Iterable[tuple[Relation, str]]) -> Iterator[Tied]:
    copies = plans.index.manifest.copies
    for relation, doc in found:
        document = plans.documents.get(copies.get(doc, doc))
        if document is not None:
            yield Tied(relation.tie, document, None if relation.doc in copies else relation.span)


def _ordered(found: Iterable[Tied]) -> list[Tied]:
    """Each plan once."""
    order = list(Tie)
    ranked = sorted(found, key=lambda one: (order.index(one.tie), one.document.id))
    return list({one.document.id: one for one in reversed(ranked)}.values())[::-1]
