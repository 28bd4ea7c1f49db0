"""Which plans came after which: what a plan replaces or amends, and what replaces or amends it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.evidence import sentences
from assistant.plans import KEPT, Plans, label_of
from corpus.cleaning import clean
from corpus.document import Document, Kind, Role, Span
from corpus.mentions import Mention, mentions
from corpus.vocabulary import layout, ties
from corpus.words import begins, fold, one_of
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


@lru_cache(maxsize=KEPT)
def said_of_others(document: Document) -> tuple[Mention, ...]:
    """The texts that a plan says it replaces or amends, held or not."""
    return mentions(clean(document.text).blocks, document.metadata)


@lru_cache(maxsize=KEPT)
def stated_force(document: Document) -> tuple[Span, ...]:
    """The sentences in which a plan says from when, till when or how long it holds."""
    parts = [
        part
        for node in document.sections
        if node.kind in {Kind.ITEM, Kind.PARAGRAPH} and node.role is not Role.OPENING
        for part in sentences(document, document.words(node))
    ]
    of_force = _of_force(fold(document.metadata.kind.value) if document.metadata.kind else "ke hoach")
    held = [part for part in parts if of_force.search(fold(document.shown(part)))]
    lasting = [part for part in parts if _says_how_long(document.shown(part))]
    return tuple(sorted({*held, *(lasting if len(lasting) == 1 else ())}))  # several: of single activities


def stated_period(document: Document) -> Span | None:
    """The title, where it names the years that a plan is for; None where they are read from elsewhere."""
    title, period = document.metadata.title, document.metadata.period
    if title is None or title.span is None or period is None:
        return None
    return title.span if all(str(year) in title.value for year in period) else None


def is_over(document: Document, year: int) -> bool:
    """Whether the period that a plan is for ended before a year; False where it states none."""
    period = document.metadata.period
    return period is not None and period[1] < year


def full_name(document: Document, english: bool = False) -> str:
    """A plan with its number: several of one province and year are told apart by it."""
    number = document.metadata.number
    return f"{label_of(document)}, {'no.' if english else 'số'} {number.value}" if number else label_of(document)


def _of_force(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{kind}|van ban)\b(?:(?!{_kinds()})[^.;\d]){{0,40}}\b{one_of(*ties().in_force)}\b")


def _kinds() -> str:
    return one_of(*(f"{name} so" for name in layout().kinds))


def _says_how_long(words: str) -> bool:
    return begins(words, ties().lasting) and re.search(r"(?:19|20)\d\d", words) is not None
