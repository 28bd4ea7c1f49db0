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
_SAME_PLACE = 9.0  # points between the heights of one running head on two pages
_ALIKE = 85  # of 100: one running head on two pages, digits apart
_LEAST = 3  # pages with a running head, in a file of more than four
_NUMBER = re.compile(r"[-–—~\s]*(?:(?:trang|page)\s*)?(\d{1,4}|[|lIO])(?:\s*/\s*\d{1,4})?[-–—~.\s]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the top or the foot of a page; row: how far in from the edge, 0 being the outermost."""

    sheet: int
    foot: bool
    row: int
    line: Line
    alone: bool


def without_running(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages without running heads, running feet and page numbers."""
    edges = [edge for at, sheet in enumerate(sheets) for edge in _edges(at, sheet)]
    gone = {id(edge.line) for edge in (*_numbers(edges, sheets), *_repeated(edges, len(sheets)))}
    return [replace(sheet, lines=tuple(line for line in sheet.lines if id(line) not in gone)) for sheet in sheets]


def _edges(at: int, sheet: Sheet) -> Iterator[_Edge]:
    for foot in (False, True):
        near = [line for line in sheet.lines if _is_near(line, sheet, foot)]
        heights = sorted({round(line.base) for line in near}, reverse=foot)
        for line in near:
            row = sum(1 for height in heights if (height > line.base + 2 if foot else height < line.base - 2))
            alone = sum(abs(other.base - line.base) < 2 for other in near) == 1
            if row < _DEEPEST:
                yield _Edge(at, foot, row, line, alone)


def _is_near(line: Line, sheet: Sheet, foot: bool) -> bool:
    return line.base > sheet.height * (1 - _ZONE) if foot else line.top < sheet.height * _ZONE


def _numbers(edges: Sequence[_Edge], sheets: Sequence[Sheet]) -> Iterator[_Edge]:
    """Numbers that stand alone at the edge and count the pages; those at their place that were misread, too."""
    lone = [(edge, match[1]) for edge in edges if edge.alone and (match := _NUMBER.fullmatch(edge.line.text))]
    lone = [(edge, digits) for edge, digits in lone if edge.row == 0 or len(edge.line.text) < 6]
    shifts = Counter(int(digits) - sheets[edge.sheet].number for edge, digits in lone if digits.isdigit())
    usual = {shift for shift, count in shifts.items() if count > 1 or shift == 0}
    counting = [edge for edge, digits in lone if digits.isdigit() and int(digits) - sheets[edge.sheet].number in usual]
    for edge, _ in lone:
        place = any(edge.foot == one.foot and abs(edge.line.base - one.line.base) < _SAME_PLACE for one in counting)
        if edge in counting or (place and edge.row == 0):
            yield edge


def _repeated(edges: Sequence[_Edge], pages: int) -> Iterator[_Edge]:
    """Lines that stand at one height with the same words, digits apart, on several pages."""
    least = _LEAST if pages > 4 else 2
    words = [re.sub(r"[\d\s.]+", "", fold(edge.line.text)) for edge in edges]
    for at, edge in enumerate(edges):
        on = {other.sheet for i, other in enumerate(edges) if _same(edge, other) and _alike(words[at], words[i])}
        if len(on) >= least and len(words[at]) > 1:
            yield edge


def _same(edge: _Edge, other: _Edge) -> bool:
    near = abs(edge.line.base - other.line.base) < _SAME_PLACE and abs(edge.sheet - other.sheet) < 2 * _LEAST
    return edge.foot == other.foot and near


def _alike(words: str, other: str) -> bool:
    return words == other or ratio(words, other) >= _ALIKE
