"""Documents to passages: a leaf of the outline with the headings above it. A list item is never cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.document import Document, Kind, Role, Section, Span
from corpus.vocabulary import slips

#: Stretches that are about the paper, not about its matter; metadata answers from them, search does not.
UNSEARCHED = frozenset({Role.HEAD, Role.RECIPIENTS, Role.SIGNATURE})


@dataclass(frozen=True, slots=True)
class Passage:
    """A leaf as it is searched. `section` is the leaf's id in its document; `heading` the titles above it."""

    doc: str
    section: int
    span: Span
    heading: str
    text: str
    respelled: str = ""  # words of the text that a scan got wrong, spelled right: searched, never shown

    @property
    def key(self) -> str:
        """Names the passage over all documents."""
        return f"{self.doc}#{self.section}"


def passages_of(document: Document) -> Iterator[Passage]:
    """The passages of one document, in reading order."""
    rows = {row.span for table in document.tables for row in table.rows}
    for section in document.sections:
        if section.role in UNSEARCHED or section.kind in {Kind.DOCUMENT, Kind.TABLE}:
            continue
        if section.kind is Kind.HEADING and section.children:
            continue
        if section.kind is Kind.ROW and rows and section.head not in rows:  # a repeated header
            continue
        text = document.shown(section.head)
        yield Passage(document.id, section.id, section.head, _heading(document, section), text, _respelled(text))


def passages(documents: Iterable[Document]) -> list[Passage]:
    """The passages of many documents, one document after the other."""
    return [passage for document in documents for passage in passages_of(document)]


def _respelled(text: str) -> str:
    """The right spelling of every slip that stands in the text."""
    words = f" {' '.join(text.casefold().split())} "
    return " ".join(slip.right for slip in slips() if f" {slip.seen.casefold()} " in re.sub(r"[^\w]+", " ", words))


def _heading(document: Document, section: Section) -> str:
    nodes = [node for node in document.ancestors(section) if node.kind is not Kind.TABLE]
    above = [node.title or document.shown(node.head) for node in nodes]
    return " › ".join(above)
