"""Duties that stand in a table: which row is whose to do, by columns such as "Cơ quan chủ trì", "Đơn vị phối hợp"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.plans import KEPT
from corpus.cells import cells
from corpus.document import Document, Kind, Section, Span
from corpus.names import agency_names
from corpus.vocabulary import Agency, layout
from corpus.words import fold

_TOP = 3  # rows among which the head is


@dataclass(frozen=True, slots=True)
class Assigned:
    """A row that gives something to do. work: what.  doers, joiners: the bodies named in the columns of who does it
    and of who joins.  others: the heads and places of the row's other cells, those of the bodies among them."""

    row: Section
    work: Span
    doers: tuple[Agency, ...]
    joiners: tuple[Agency, ...]
    others: tuple[tuple[str, Span], ...]


@lru_cache(maxsize=KEPT)
def assigned(document: Document) -> tuple[Assigned, ...]:
    """The rows of a plan's tables that give something to do, in reading order."""
    tables = (node for node in document.sections if node.kind is Kind.TABLE)
    return tuple(one for table in tables for one in _of_table(document, table))


def _of_table(document: Document, table: Section) -> Iterator[Assigned]:
    rows = [node for node in table.children if node.kind is Kind.ROW]
    for at, row in enumerate(rows[:_TOP]):
        heads = _shown(document, row)
        doing = [column for column, head in enumerate(heads) if _names(head, layout().doers)]
        if doing:
            joining = [
                column for column, head in enumerate(heads) if column not in doing and _names(head, layout().joiners)
            ]
            below = (one for one in rows[at + 1 :] if _shown(document, one) != heads)
            yield from (found for one in below if (found := _row(document, one, heads, doing, joining)))
            return


def _row(
    document: Document, row: Section, heads: Sequence[str], doing: Sequence[int], joining: Sequence[int]
) -> Assigned | None:
    """A row by the columns of its table; None where no body is in them, or nothing to do beside them."""
    found = {column: span for column, span in enumerate(cells(document.text, row.head)) if document.shown(span)}
    doers, joiners = (
        [one for column in some for one in _bodies(document, found.get(column))] for some in (doing, joining)
    )
    rest = [column for column in found if column not in {*doing, *joining}]
    work = next((column for column in rest if not _is_number(document.shown(found[column]))), None)
    if work is None or not (doers or joiners):
        return None
    others = tuple(
        (heads[column] if column < len(heads) else "", span)
        for column, span in found.items()
        if column != work and (column > work or not _is_number(document.shown(span)))
    )
    return Assigned(row, found[work], tuple(doers), tuple(joiners), others)


def _shown(document: Document, row: Section) -> list[str]:
    return [document.shown(cell) for cell in cells(document.text, row.head)]


def _bodies(document: Document, cell: Span | None) -> list[Agency]:
    return [found.value for found in agency_names().find(document.shown(cell))] if cell else []


def _names(head: str, words: Sequence[str]) -> bool:
    return any(fold(one) in fold(head) for one in words)


def _is_number(words: str) -> bool:
    return len(words) <= 4 and words.strip("().").replace(".", "").isalnum()
