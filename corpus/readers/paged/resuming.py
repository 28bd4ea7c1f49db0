"""A table that goes on over a page: the row that the break cut is one row again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from corpus.readers.paged.gathering import joined_text
from corpus.readers.paged.ordering import Placed
from corpus.readers.paged.prints import Grid
from corpus.words import fold

_ALIKE = 88  # of 100
_DEEPEST = 5  # rows of a head
_SAME_EDGE = 12.0  # points by which the edges of a table may differ from page to page


def continued(pieces: Sequence[Placed | Grid]) -> Iterator[Placed | Grid]:
    """The pieces of a text, a row cut by the end of a page put together, its header printed once."""
    last: Grid | None = None
    head: Grid | None = None
    for piece in pieces:
        table = piece if isinstance(piece, Grid) else None
        if table is not None and last is not None and head is not None and _resumes(last, table):
            last, table = _mended(last, table, head)
            if not table.rows:
                continue
        elif table is not None:
            head = table
        if last is not None:
            yield last
        last = table
        if not isinstance(piece, Grid):
            yield piece
    if last is not None:
        yield last


def _resumes(before: Grid, after: Grid) -> bool:
    alike = abs(before.x0 - after.x0) < _SAME_EDGE and abs(before.x1 - after.x1) < _SAME_EDGE
    return alike and after.page > before.page and len(before.rows[0]) == len(after.rows[0])


def _mended(before: Grid, after: Grid, head: Grid) -> tuple[Grid, Grid]:
    """Both tables: the head that the second repeats left out, the rest of a cut row moved to where it begins."""
    repeated = 0
    while repeated < min(len(after.rows), len(head.rows)) and _is_repeated(after, head, repeated):
        repeated += 1
    rows = after.rows[repeated:]
    if rows and _is_rest(before.rows[-1], rows[0]):
        whole = tuple(
            joined_text([cell for cell in pair if cell]) for pair in zip(before.rows[-1], rows[0], strict=True)
        )
        before, rows = replace(before, rows=(*before.rows[:-1], whole)), rows[1:]
    return before, replace(after, rows=rows)


def _is_repeated(after: Grid, head: Grid, at: int) -> bool:
    """Whether a row is one of the head again; rows of the body may be much alike, and are so only word by word."""
    if at < max(head.header, 1):
        return _is_same(after.rows[at], head.rows[at])
    return at < _DEEPEST and after.rows[at] == head.rows[at]


def _is_same(row: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rows are one that is printed again, slips of recognising apart."""
    words, others = (fold(" ".join(cells)) for cells in (row, other))
    return words == others or (sum(map(str.isalpha, words)) > len(words) / 3 and ratio(words, others) >= _ALIKE)


def _is_rest(row: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether the first row of a page is the rest of the last one before: unnumbered, words that go on, no figures."""
    if rest[0] or not any(rest):
        return False
    if any(one and two and not _goes_on(one, two) for one, two in zip(row, rest, strict=True)):
        return False
    return any(one and two for one, two in zip(row, rest, strict=True)) and not any(
        two and not one for one, two in zip(row, rest, strict=True)
    )


def _goes_on(words: str, rest: str) -> bool:
    if not any(map(str.isalpha, words)) or not any(map(str.isalpha, rest)):
        return False
    return rest[0].islower() or not words.rstrip().endswith((".", ";", "./."))
