"""A letterhead in two columns: what a narrow column broke in it is one line again, beside what it stands beside.

Only what can be told is put together: the motto, the place and date, the subject of a letter. Where the name of who
issues breaks, nothing tells whether its writer broke it, and nothing later asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.head import NUMBERED, kind_length_of, place_date
from corpus.readers.paged.gathering import joined_text
from corpus.readers.paged.prints import Line
from corpus.vocabulary import layout
from corpus.words import begins, fold

_SURE_WORDS = 4  # of the motto, that tell where a letterhead is
_TIGHT = 1.6  # sizes between lines of one column that may be one
_HIGHER = 3  # rows in which the motto stands
_MOST_ROWS = 14
_DATED = re.compile(r",\s*ngày\b", re.IGNORECASE)


@dataclass(slots=True)
class _Said:
    """A line of one column, its last line as printed, and the rows it reaches from and to."""

    line: Line
    last: Line
    row: int
    end: int


def letterhead(rows: Sequence[Sequence[Line]], top: bool) -> tuple[list[list[Line]], int]:
    """The rows of the letterhead that rows of a page begin with, and how many of those it takes; none without one.

    top: whether they are the first of their page, where the name of who issues may begin above the motto.
    """
    edge = _edge(rows[: _HIGHER if top else 1], rows)
    if edge is None:
        return [], 0
    run = list(_beside(rows[:_MOST_ROWS], edge))
    sides = [list(_joined(list(_column(run, edge, right)))) for right in (False, True)]
    end = max((said.end + 1 for side in sides for said in side if _belongs(said.line.text)), default=0)
    whole = [said for side in sides for said in side if said.row < end]
    found = [[said.line for said in whole if said.row == row] for row in range(end)]
    return [row for row in found if row], end


def is_letterhead(row: Sequence[Line]) -> bool:
    """Whether a row has the motto beside the name of who issues, or the date beside the number."""
    return len(row) > 1 and _right(row) is not None


def _right(row: Sequence[Line]) -> Line | None:
    """What in a row of a letterhead stands in its right column."""
    numbered = any(NUMBERED.match(line.text) for line in row[:1])
    return next((line for line in row if _is_motto_begun(line.text) or (numbered and _DATED.search(line.text))), None)


def _edge(first: Sequence[Sequence[Line]], rows: Sequence[Sequence[Line]]) -> float | None:
    """Where the right column of a letterhead begins: left of the motto, right of all that stands beside it."""
    for at, row in enumerate(first):
        motto = _right(row)
        if motto is None:
            continue
        near = [line for other in rows[at : at + 6] for line in other]
        left = [line.x1 for line in near if line.x1 <= motto.x0]
        right = [line.x0 for line in near if line.x0 > max(left, default=0) and line.x1 > motto.x0]
        return min([motto.x0, *right]) - 1 if left else None
    return None


def _is_motto_begun(text: str) -> bool:
    words = fold(text).split()
    return any(words[:_SURE_WORDS] == fold(line).split()[:_SURE_WORDS] for line in layout().motto[:1])


def _beside(rows: Sequence[Sequence[Line]], edge: float) -> Iterator[Sequence[Line]]:
    """The rows down to the first that stands in neither column, names the kind of the text or whom it is sent to."""
    for row in rows:
        if any(line.x0 < edge < line.x1 for line in row):
            return
        if any(
            (line.text.isupper() and kind_length_of(line.text)) or begins(line.text, (layout().addressed,))
            for line in row
        ):
            return
        yield row


def _column(rows: Sequence[Sequence[Line]], edge: float, right: bool) -> Iterator[_Said]:
    for at, row in enumerate(rows):
        lines = [line for line in row if (line.x0 > edge) == right]
        if lines:
            text = "    ".join(line.text for line in lines)
            line = replace(lines[0], x1=lines[-1].x1, text=text, bold=0)
            yield _Said(line, line, at, at)


def _joined(column: Sequence[_Said]) -> Iterator[_Said]:
    current: _Said | None = None
    for said in column:
        if current is not None and _goes_on(current, said):
            text = joined_text([current.line.text, said.line.text])
            wide = max(current.line.x1, said.line.x1)
            current = _Said(replace(current.line, text=text, x1=wide), said.line, current.row, said.end)
            continue
        if current is not None:
            yield current
        current = said
    if current is not None:
        yield current


def _goes_on(above: _Said, below: _Said) -> bool:
    """Whether a line of a column is the rest of the one above it."""
    if below.line.base - above.last.base > _TIGHT * above.last.size or NUMBERED.match(below.line.text):
        return False
    before, whole = above.line.text, joined_text([above.line.text, below.line.text])
    if any(_is_begun(whole, motto) and not _is_begun(motto, before) for motto in layout().motto):
        return True
    if _DATED.search(before) and not place_date(before):
        return place_date(whole) is not None
    return begins(before, (layout().subject,))


def _is_begun(words: str, whole: str) -> bool:
    return fold(whole).replace(" ", "").startswith(fold(words).replace(" ", ""))


def _belongs(text: str) -> bool:
    """Whether a line is surely one of a letterhead."""
    dated = place_date(text) is not None or _DATED.search(text) is not None
    return dated or NUMBERED.match(text) is not None or begins(text, (*layout().motto, layout().subject))
