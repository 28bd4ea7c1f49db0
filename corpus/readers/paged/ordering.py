"""The order in which the lines of a page are read: across, or column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.readers.paged.letterheads import is_letterhead, letterhead
from corpus.readers.paged.prints import Grid, Line, Sheet
from corpus.vocabulary import layout
from corpus.words import begins

_SAME_HEIGHT = 0.35  # of the size: stretches of one line stand no further apart
_GUTTER = 8.0  # points, at least, between two columns
_LONG = 8  # rows with words on both sides that make columns of a body
_FULL = 0.6  # of a column's width that most lines of running text take


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and the margins of the column it stands in. listed: in a column of recipients or of a signature.

    row: whether it is several stretches of one height, parted by wide gaps.
    """

    line: Line
    page: int
    left: float
    right: float
    listed: bool = False
    row: bool = False


_Row = list[Line]


def ordered(sheet: Sheet, left: float, right: float, resumed: bool = False) -> list[Placed | Grid]:
    """The lines and tables of a page as they are read. left, right: the margins of the page's text.

    resumed: whether the page before ended in recipients beside a signature, which may go on here.
    """
    found: list[Placed | Grid] = []
    heights = [grid.top for grid in sheet.grids]
    rows = _rows(sheet.lines)
    grids = sorted(sheet.grids, key=lambda grid: grid.top)
    for band, group in groupby(rows, key=lambda row: sum(top < row[0].base for top in heights)):
        while len([one for one in found if isinstance(one, Grid)]) < band:
            found.append(grids[len([one for one in found if isinstance(one, Grid)])])
        found.extend(_band(list(group), sheet.number, (left, right), resumed and not found))
    found.extend(grids[len([one for one in found if isinstance(one, Grid)]) :])
    return found


def _rows(lines: Sequence[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for line in sorted(lines, key=lambda line: line.base):
        if rows and line.base - rows[-1][0].base <= _SAME_HEIGHT * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def _band(rows: list[_Row], page: int, margins: tuple[float, float], resumed: bool) -> Iterator[Placed]:
    """The rows between two tables, stretches in columns read one column after the other."""
    at = 0
    while at < len(rows):
        head, taken = letterhead(rows[at:], top=not at)
        if taken:
            yield from (Placed(_across(row), page, *margins, row=True) for row in head)
            at += taken
            continue
        end, edge = _columns(rows, at, resumed and at == 0)
        if edge is None:
            yield Placed(_across(rows[at]), page, *margins, row=len(rows[at]) > 1)
            at += 1
            continue
        lines = [line for row in rows[at:end] for line in row]
        sides = [line for line in lines if line.x1 <= edge], [line for line in lines if line.x0 >= edge]
        listed = (resumed and at == 0) or any(begins(line.text, (layout().recipients,)) for line in lines)
        for side in sides:
            bounds = min(line.x0 for line in side), max(line.x1 for line in side)
            yield from (Placed(line, page, *bounds, listed) for line in side)
        at = end


def _columns(rows: Sequence[_Row], at: int, resumed: bool) -> tuple[int, float | None]:
    """The end of the columns that begin with a row, and where the gap between them lies; None where none begin."""
    if len(rows[at]) < 2 and not resumed and not _opens_recipients(rows, at):
        return at + 1, None
    found = [(_end(rows, at, edge), edge) for edge in sorted(set(_gaps(rows, at)))]
    good = [(end, edge) for end, edge in found if _are_columns(rows[at:end], edge, resumed)]
    return max(good, default=(at + 1, None), key=lambda one: one[0])


def _opens_recipients(rows: Sequence[_Row], at: int) -> bool:
    """Whether "Nơi nhận" stands in a row, or the signature beside it begins a little higher."""
    for row in rows[at : at + 3]:
        if begins(row[0].text, (layout().recipients,)):
            return row is rows[at] or rows[at][0].x0 > row[0].x1
    return False


def _end(rows: Sequence[_Row], at: int, edge: float) -> int:
    """Where the rows end that leave a gap open."""
    for end in range(at, len(rows)):
        if any(line.x0 < edge < line.x1 for line in rows[end]) or (end > at and is_letterhead(rows[end])):
            return end
    return len(rows)


def _gaps(rows: Sequence[_Row], at: int) -> Iterator[float]:
    """Places where the gap between columns may lie: before what begins to the right of a line of these rows."""
    lines = [line for row in rows[at : at + 12] for line in row]
    for left in lines:
        for right in lines:
            if right.x0 - left.x1 >= _GUTTER:
                yield right.x0 - 1


def _are_columns(rows: Sequence[_Row], edge: float, resumed: bool) -> bool:
    lines = [line for row in rows for line in row]
    sides = [line for line in lines if line.x1 <= edge], [line for line in lines if line.x0 >= edge]
    if not all(sides):
        return False
    if resumed or any(begins(line.text, (layout().recipients,)) for line in sides[0]):
        return True
    return sum(len(row) > 1 for row in rows) >= _LONG and all(map(_is_running, sides))


def _is_running(lines: Sequence[Line]) -> bool:
    """Whether lines are running text: most are about as long as the longest."""
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    return sum(line.x1 - line.x0 > _FULL * width for line in lines) * 2 > len(lines)


def _across(row: Sequence[Line]) -> Line:
    """Stretches of one height as one line, four spaces between them."""
    if len(row) == 1:
        return row[0]
    text = "    ".join(line.text for line in row)
    sure = sum(line.confidence * len(line.text) for line in row) / sum(len(line.text) for line in row)
    return replace(row[0], x1=row[-1].x1, text=text, bold=0, confidence=sure)
