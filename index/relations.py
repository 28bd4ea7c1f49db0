"""Placeholder until the relations are merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Document, Span


class Tie(StrEnum):
    """How one plan stands to another."""

    COPY = "copy"
    REPLACES = "replaces"
    AMENDS = "amends"


@dataclass(frozen=True, slots=True)
class Card:
    """What of a document relates it to others."""

    doc: str
    source: str


@dataclass(frozen=True, slots=True)
class Relation:
    """doc is a copy of other, replaces it or amends it."""

    doc: str
    tie: Tie
    other: str
    span: Span | None = None


def card_of(document: Document) -> Card:
    """The card of a document."""
    return Card(document.id, document.source)


def relations(cards: Sequence[Card]) -> tuple[Relation, ...]:
    """All relations."""
    return ()
