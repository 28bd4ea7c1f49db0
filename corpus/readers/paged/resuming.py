"""A table that goes on over a page: the row that the break cut is one row again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from corpus.readers.paged.gathering import joined_text
from corpus.readers.paged.ordering import Placed
from corpus.readers.paged.prints import Grid
from corpus.words import fold

_ALIKE = 88  # of 100
_DEEPEST = 5  # rows of a head
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Z])(?:\s*=.*)?\)?")
_SAME_EDGE = 12.0  # points by which the edges of a table may differ from page to page


def continued(pieces: Sequence[Placed | Grid], recognised: Collection[int] = ()) -> Iterator[Placed | Grid]:
    """The pieces of a text, a row cut by the end of a page put together, its header printed once.

    recognised: the pages that were read in pictures, where slips may be.
    """
    last: Grid | None = None
    head: Grid | None = None
    for piece in pieces:
        table = piece if isinstance(piece, Grid) else None
        if table is not None and last is not None and head is not None and _resumes(last, table):
            last, table = _mended(last, table, head, table.page in recognised)
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


def _mended(before: Grid, after: Grid, head: Grid, slips: bool) -> tuple[Grid, Grid]:
    """Both tables: the head that the second repeats left out, the rest of a cut row moved to where it begins."""
    repeated = 0
    while repeated < min(len(after.rows), len(head.rows)) and _is_repeated(after, head, repeated, slips):
        repeated += 1
    rows = after.rows[repeated:]
    if rows and _is_rest(before.rows[-1], rows[0]):
        whole = tuple(
            joined_text([cell for cell in pair if cell]) for pair in zip(before.rows[-1], rows[0], strict=True)
        )
        before, rows = replace(before, rows=(*before.rows[:-1], whole)), rows[1:]
    return before, replace(after, rows=rows)


def _is_repeated(after: Grid, head: Grid, at: int, slips: bool) -> bool:
    """Whether a row is one of the head again; a row of the body may well be one that another page begins with."""
    row, other = after.rows[at], head.rows[at]
    if at < max(head.header, 1):
        return _is_same(row, other) or (slips and _is_alike(row, other, at < head.header))
    return at < _DEEPEST and row == other and _is_of_head(head, at)


def _is_of_head(head: Grid, at: int) -> bool:
    """Whether a row below the first belongs to the head where no merged cell says so: it numbers the columns, begins
    with what the row above says of both, or stands below a caption of the whole table."""
    row, above = head.rows[at], [sum(map(bool, one)) for one in head.rows[:at]]
    return not row[0] or max(above) == 1 or all(_COLUMN_NUMBER.fullmatch(cell) for cell in row if cell)


def _is_same(row: Sequence[str], other: Sequence[str]) -> bool:
    return " ".join(row).casefold().split() == " ".join(other).casefold().split()


def _is_alike(row: Sequence[str], other: Sequence[str], of_head: bool) -> bool:
    """Whether two rows are one, slips of recognising apart: of words mostly and with the same figures, unless merged
    cells say that it is of the head, where years may be misread."""
    words, others = (fold(" ".join(cells)) for cells in (row, other))
    wordy = sum(map(str.isalpha, words)) > len(words) / 3
    same = wordy and re.findall(r"\d+", words) == re.findall(r"\d+", others)
    return (of_head or same) and ratio(words, others) >= _ALIKE


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
