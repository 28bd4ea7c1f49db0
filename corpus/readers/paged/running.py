"""What stands on every page and is no part of the text: running heads and feet, and the numbers of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import ratio

from corpus.readers.paged.prints import Line, Sheet
from corpus.words import fold

_ZONE = 0.11  # of a page's height, from the top and from the foot
_DEEPEST = 3  # rows of a running head
_SHORT = 4  # letters of a page's number, however it was read
_SAME_PLACE = 9.0  # points between the heights of one running head on two pages
_LONG = 12  # letters of a running head that slips may be in
_ALIKE = 85  # of 100: one running head on two pages, digits apart
_LEAST = 3  # pages with a running head, in a file of more than four
_ADDRESS = re.compile(r"(?:https?|file)://\S+", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}[/:]\d{1,2}(?:[/:]\d{2,4})?,?\s+\d{1,2}[/:]\d{1,2}(?:[/:]\d{2,4})?(?:\s+[APCS][MH])?")
_NUMBER = re.compile(r"[-–—~\s]*(?:(?:trang|page)\s*)?(\d{1,4})(?:\s*/\s*\d{1,4})?[-–—~.\s]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the top or the foot of a page; row: how far in from the edge, 0 being the outermost.

    off: points from that edge, the same on pages that stand and on those that lie.  beside: lines of its height.
    """

    sheet: int
    foot: bool
    row: int
    line: Line
    alone: bool
    off: float
    beside: int


def without_running(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages without running heads, running feet and page numbers."""
    edges = [edge for at, sheet in enumerate(sheets) for edge in _edges(at, sheet)]
    running = [*_repeated(edges, len(sheets)), *_printed_by_browser(edges)]
    held = {id(edge) for edge in running}
    others = [_without(edge, running) for edge in edges if id(edge) not in held]
    gone = {id(edge.line) for edge in (*running, *_numbers(others, sheets))}
    return [replace(sheet, lines=tuple(line for line in sheet.lines if id(line) not in gone)) for sheet in sheets]


def _edges(at: int, sheet: Sheet) -> Iterator[_Edge]:
    for foot in (False, True):
        near = [line for line in sheet.lines if _is_near(line, sheet, foot)]
        heights = sorted({round(line.base) for line in near}, reverse=foot)
        for line in near:
            row = sum(1 for height in heights if (height > line.base + 2 if foot else height < line.base - 2))
            beside = sum(abs(other.base - line.base) < 2 for other in near) - 1
            if row < _DEEPEST:
                off = sheet.height - line.base if foot else line.base
                yield _Edge(at, foot, row, line, not beside, off, beside)


def _without(edge: _Edge, running: Sequence[_Edge]) -> _Edge:
    """A line near the edge as it stands once the running ones of its page are out."""
    same = [one for one in running if (one.sheet, one.foot) == (edge.sheet, edge.foot)]
    beside = sum(abs(one.line.base - edge.line.base) < 2 for one in same)
    further = len({round(one.line.base) for one in same if one.off < edge.off - 2})
    return replace(edge, row=max(0, edge.row - further), alone=edge.alone or (beside > 0 and beside == edge.beside))


def _printed_by_browser(edges: Sequence[_Edge]) -> Iterator[_Edge]:
    """What a browser prints around a page: the time and the title of the page above it, its address below."""
    for edge in edges:
        row = [one for one in edges if (one.sheet, one.foot) == (edge.sheet, edge.foot) and one.row == edge.row == 0]
        if any(_ADDRESS.fullmatch(one.line.text) if edge.foot else _TIME.fullmatch(one.line.text) for one in row):
            yield from (one for one in row if one is edge)


def _is_near(line: Line, sheet: Sheet, foot: bool) -> bool:
    return line.base > sheet.height * (1 - _ZONE) if foot else line.top < sheet.height * _ZONE


def _numbers(edges: Sequence[_Edge], sheets: Sequence[Sheet]) -> Iterator[_Edge]:
    """Numbers that stand alone at the edge and count the pages; what was misread at their place, too."""
    lone = [edge for edge in edges if edge.alone and edge.row == 0]
    shifts = {id(edge): shift for edge in lone if (shift := _shift(edge, sheets)) is not None}
    counts = Counter(shifts.values())
    counting = [
        edge for edge in lone if (shift := shifts.get(id(edge))) is not None and (counts[shift] > 1 or not shift)
    ]
    for edge in lone:
        short = len(edge.line.text) <= _SHORT
        single = len(sheets) == 1 and id(edge) in shifts and _is_in_the_middle(edge.line, sheets[0])
        if edge in counting or single or (short and any(_is_at(edge, one) for one in counting)):
            yield edge


def _is_in_the_middle(line: Line, sheet: Sheet) -> bool:
    return abs(line.x0 + line.x1 - sheet.width) / 2 < 2 * _SAME_PLACE


def _shift(edge: _Edge, sheets: Sequence[Sheet]) -> int | None:
    """By how much a line that is a number differs from that of its page."""
    found = _NUMBER.fullmatch(edge.line.text)
    return int(found[1]) - sheets[edge.sheet].number if found else None


def _is_at(edge: _Edge, other: _Edge) -> bool:
    """Whether two lines stand at one place of their pages."""
    across = abs(edge.line.x0 + edge.line.x1 - other.line.x0 - other.line.x1) / 2
    return edge.foot == other.foot and max(across, abs(edge.off - other.off)) < 2 * _SAME_PLACE


def _repeated(edges: Sequence[_Edge], pages: int) -> Iterator[_Edge]:
    """Lines that stand at one height with the same words, digits apart, on several pages."""
    least = _LEAST if pages > 4 else 2
    for edge in edges:
        on = {other.sheet for other in edges if _same(edge, other) and _alike(edge, other)}
        if len(on) >= least and len(_words(edge)) > 1:
            yield edge


def _same(edge: _Edge, other: _Edge) -> bool:
    near = abs(edge.off - other.off) < _SAME_PLACE and abs(edge.sheet - other.sheet) < 2 * _LEAST
    return edge.foot == other.foot and near


def _alike(one: _Edge, other: _Edge) -> bool:
    """Whether two lines have the same words, digits apart; of recognised ones slips apart, too."""
    words, others = _words(one), _words(other)
    sure = min(one.line.confidence, other.line.confidence) >= 1
    return words == others or (not sure and len(words) >= _LONG and ratio(words, others) >= _ALIKE)


def _words(edge: _Edge) -> str:
    return re.sub(r"[\d\s.]+", "", fold(edge.line.text))
