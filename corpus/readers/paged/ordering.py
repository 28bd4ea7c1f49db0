"""The order in which the lines of a page are read: across, or column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from corpus.head import kind_length_of
from corpus.readers.paged.letterheads import is_letterhead, letterhead
from corpus.readers.paged.phrases import is_recipients
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

    row: whether it is several stretches of one height, parted by wide gaps.  edge: of a listed one, where the right
    column begins, 0 where it does not stand in one of two.
    """

    line: Line
    page: int
    left: float
    right: float
    listed: bool = False
    row: bool = False
    edge: float = 0.0

    @property
    def is_right(self) -> bool:
        """Whether it stands in the right one of two columns."""
        return 0 < self.edge <= self.line.x0


_Row = list[Line]


def ordered(sheet: Sheet, left: float, right: float, before: Sequence[Placed | Grid] = ()) -> list[Placed | Grid]:
    """The lines and tables of a page as they are read. left, right: the margins of the page's text.

    before: what the pages before hold; recipients beside a signature that they end with may go on here.
    """
    foot = list(takewhile(lambda one: isinstance(one, Placed) and one.listed, reversed(before)))
    resumed = [one for one in foot if isinstance(one, Placed)]
    found: list[Placed | Grid] = []
    heights = [grid.top for grid in sheet.grids]
    rows = _rows(sheet.lines)
    grids = sorted(sheet.grids, key=lambda grid: grid.top)
    for band, group in groupby(rows, key=lambda row: sum(top < row[0].base for top in heights)):
        while len([one for one in found if isinstance(one, Grid)]) < band:
            found.append(grids[len([one for one in found if isinstance(one, Grid)])])
        found.extend(_band(list(group), sheet.number, (left, right), [] if found else resumed))
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


def _band(rows: list[_Row], page: int, margins: tuple[float, float], resumed: Sequence[Placed]) -> Iterator[Placed]:
    """The rows between two tables, stretches in columns read one column after the other."""
    at, edge = _resumed(rows, resumed)
    if at:
        yield from _sides(rows[:at], edge, page, listed=True)
    while at < len(rows):
        head, taken = letterhead(rows[at:], top=not at)
        if taken:
            yield from (Placed(_across(row), page, *margins, row=True) for row in head)
            at += taken
            continue
        end, between = _columns(rows, at)
        if between is None:
            yield Placed(_across(rows[at]), page, *margins, row=len(rows[at]) > 1)
            at += 1
            continue
        lines = [line for row in rows[at:end] for line in row]
        listed = any(is_recipients(line.text) for line in lines)
        yield from _sides(rows[at:end], between, page, listed)
        at = end


def _sides(rows: Sequence[_Row], edge: float, page: int, listed: bool) -> Iterator[Placed]:
    """The lines of two columns, one column after the other."""
    lines = [line for row in rows for line in row]
    sides = [line for line in lines if line.x1 <= edge], [line for line in lines if line.x0 >= edge]
    if listed and all(sides):
        edge = (max(line.x1 for line in sides[0]) + min(line.x0 for line in sides[1])) / 2
    for side in filter(None, sides):
        bounds = min(line.x0 for line in side), max(line.x1 for line in side)
        yield from (Placed(line, page, *bounds, listed, edge=edge if listed else 0.0) for line in side)


def _resumed(rows: Sequence[_Row], foot: Sequence[Placed]) -> tuple[int, float]:
    """How many rows at the top of a page go on with the foot of the page before, and where the right column begins."""
    sides = [one.line.x1 for one in foot if not one.is_right], [one.line.x0 for one in foot if one.is_right]
    if not all(sides):
        return 0, 0.0
    low, high = max(sides[0]), min(sides[1])
    edge = (low + high) / 2
    for at, row in enumerate(rows):
        named = any(begins(line.text, layout().appendix) or kind_length_of(line.text) for line in row)
        lefts = [line.x1 for line in row if line.x1 < high]
        rights = [line.x0 for line in row if line.x1 >= high]
        low, high = max([low, *lefts]), min([high, *rights])
        if named or low >= high or is_letterhead(row):
            return at, edge
        edge = (low + high) / 2
    return len(rows), edge


def with_whole_columns(pieces: Sequence[Placed | Grid]) -> Iterator[Placed | Grid]:
    """The pieces of a text, recipients and a signature that a page parts each in one run."""
    for _, group in groupby(pieces, key=lambda one: isinstance(one, Placed) and one.listed):
        yield from sorted(group, key=lambda one: isinstance(one, Placed) and one.listed and one.is_right)


def _columns(rows: Sequence[_Row], at: int) -> tuple[int, float | None]:
    """The end of the columns that begin with a row, and where the gap between them lies; None where none begin."""
    if len(rows[at]) < 2 and not _opens_recipients(rows, at):
        return at + 1, None
    found = [(_end(rows, at, edge), edge) for edge in sorted(set(_gaps(rows, at)))]
    good = [(end, edge) for end, edge in found if _are_columns(rows[at:end], edge)]
    return max(good, default=(at + 1, None), key=lambda one: one[0])


def _opens_recipients(rows: Sequence[_Row], at: int) -> bool:
    """Whether "Nơi nhận" stands in a row, or the signature beside it begins a little higher."""
    for row in rows[at : at + 3]:
        if is_recipients(row[0].text):
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


def _are_columns(rows: Sequence[_Row], edge: float) -> bool:
    lines = [line for row in rows for line in row]
    sides = [line for line in lines if line.x1 <= edge], [line for line in lines if line.x0 >= edge]
    if not all(sides):
        return False
    if any(is_recipients(line.text) for line in sides[0]):
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
