"""Of more plans than an answer can set side by side, those nearest to the question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from assistant.scope import Scope, is_of
from corpus.document import Document
from corpus.vocabulary import Province
from index import Hit

#: Plans that one answer speaks of.
MOST = 12
_ALIKE = 0.1  # scores nearer than this are taken for equal: of plans that say the same, the latest is meant


def narrowed(scope: Scope, provinces: Sequence[Province], hits: Sequence[Hit]) -> Scope:
    """The scope with MOST plans at most: by their best hit, the later where they are alike, each province in turn."""
    if len(scope.documents) <= MOST:
        return scope
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.passage.doc, hit.score)
    ordered = sorted(scope.documents, key=lambda one: _rank(one, best.get(one.id)))
    kept = {one.id for one in list(_in_turn(ordered, provinces))[:MOST]}
    documents = tuple(one for one in scope.documents if one.id in kept)
    return replace(scope, documents=documents, among=len(scope.documents))


def _rank(document: Document, score: float | None) -> tuple[float, int, float, str]:
    first, last = document.metadata.period or (0, 0)
    level = round(score / _ALIKE) if score is not None else -1
    return -level, -min(first, last), -(score or 0.0), document.id


def _in_turn(ordered: Sequence[Document], provinces: Sequence[Province]) -> Iterator[Document]:
    """Plans of the provinces named, the first of each before the second of any; in order where fewer are named."""
    if len(provinces) < 2:
        yield from ordered
        return
    of_each = [[one for one in ordered if is_of(one, place)] for place in provinces]
    seen: set[str] = set()
    for document in chain.from_iterable(zip_longest(*of_each)):
        if document is not None and document.id not in seen:
            seen.add(document.id)
            yield document
