"""What stands on every page and is no part of the text: running heads and feet, and the numbers of pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import ratio

from corpus.readers.paged.prints import Line, Sheet
from corpus.vocabulary import layout
from corpus.words import begins, fold

_ZONE = 0.11  # of a page's height, from the top and from the foot
_DEEPEST = 3  # rows of a running head
_SHORT = 4  # letters of a page's number, however it was read
_SAME_PLACE = 9.0  # points between the heights of one running head on two pages
_LONG = 12  # letters of a running head that slips may be in
_ALIKE = 85  # of 100: one running head on two pages, digits apart
_LEAST = 3  # pages with a running head, in a file of more than four
_AS_LARGE = 1.0  # points by which the letters of a running head may differ in size from page to page
_LABEL = 4  # words in which what is attached says its number
_ADDRESS = re.compile(r"(?:https?|file)://\S+", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}[/:]\d{1,2}(?:[/:]\d{2,4})?,?\s+\d{1,2}[/:]\d{1,2}(?:[/:]\d{2,4})?(?:\s+[APCS][MH])?")
_PAGE = re.compile(r"\b(?:trang|page)\s*\d+(?:\s*/\s*\d+)?", re.IGNORECASE)
_NUMBERED = re.compile(r"\d|\b[IVX]+\b")
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


_Pages = Mapping[tuple[int, bool], Sequence[_Edge]]  # the edges of a page, above or below


def without_running(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages without running heads, running feet and page numbers."""
    edges = [edge for at, sheet in enumerate(sheets) for edge in _edges(at, sheet)]
    pages = _by_page(edges)
    said = {id(edge) for edge in edges if _is_said(edge, pages)}
    running = [edge for edge in (*_repeated(edges, len(sheets)), *_printed_by_browser(pages)) if id(edge) not in said]
    held, gone_with = {id(edge) for edge in running}, _by_page(running)
    others = [_without(edge, gone_with.get((edge.sheet, edge.foot), ())) for edge in edges if id(edge) not in held]
    gone = {id(edge.line) for edge in (*running, *_numbers(others, sheets))}
    return [replace(sheet, lines=tuple(line for line in sheet.lines if id(line) not in gone)) for sheet in sheets]


def _by_page(edges: Sequence[_Edge]) -> _Pages:
    pages = defaultdict[tuple[int, bool], list[_Edge]](list)
    for edge in edges:
        pages[edge.sheet, edge.foot].append(edge)
    return pages


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
    """A line near the edge as it stands once the running ones at that edge of its page are out."""
    beside = sum(abs(one.line.base - edge.line.base) < 2 for one in running)
    further = len({round(one.line.base) for one in running if one.off < edge.off - 2})
    return replace(edge, row=max(0, edge.row - further), alone=edge.alone or (beside > 0 and beside == edge.beside))


def _printed_by_browser(pages: _Pages) -> Iterator[_Edge]:
    """What a browser prints around a page: the time and the title of the page above it, its address below."""
    for (_, foot), edges in pages.items():
        row = [edge for edge in edges if edge.row == 0]
        if any((_ADDRESS if foot else _TIME).fullmatch(edge.line.text) for edge in row):
            yield from row


def _is_said(edge: _Edge, pages: _Pages) -> bool:
    """Whether a line at the top of a page is part of the text however many pages begin so: the label of what is
    attached, where it stands for the first time, what says to what it is attached, or a letterhead."""
    if edge.foot:
        return False
    text = edge.line.text
    if begins(text.strip("( "), layout().attached) or _is_letterhead(edge, pages[edge.sheet, False]):
        return True
    label = " ".join(text.split()[:_LABEL])
    numbered = _NUMBERED.search(label) is not None
    if not (begins(text, layout().appendix) or (numbered and begins(text, layout().forms))):
        return False
    before = [one for one in pages.get((edge.sheet - 1, False), ()) if _same(edge, one) and one.line.text == text]
    return not before or not (numbered or any(not one.line.is_bold for one in before))


def _is_letterhead(edge: _Edge, beside: Sequence[_Edge]) -> bool:
    """Whether a line stands beside or below the motto."""
    heights = [one.line.base - one.line.size for one in beside if begins(one.line.text, layout().motto)]
    return bool(heights) and edge.line.base > min(heights)


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
    sure = {id(edge) for edge in counting}
    for edge in lone:
        short = len(edge.line.text) <= _SHORT
        single = len(sheets) == 1 and id(edge) in shifts and _is_in_the_middle(edge.line, sheets[0])
        if id(edge) in sure or single or (short and any(_is_at(edge, one) for one in counting)):
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
    """Lines that stand at one height with the same words on several pages, the numbers of the pages apart."""
    least = _LEAST if pages > 4 else 2
    words = {id(edge): _words(edge) for edge in edges}
    held = _by_page(edges)
    for edge in edges:
        if len(words[id(edge)]) < 2:
            continue
        near = range(edge.sheet - 2 * _LEAST + 1, edge.sheet + 2 * _LEAST)
        others = (other for sheet in near for other in held.get((sheet, edge.foot), ()) if _same(edge, other))
        if len({one.sheet for one in others if _alike(edge, one, words[id(edge)], words[id(one)])}) >= least:
            yield edge


def _same(edge: _Edge, other: _Edge) -> bool:
    """Whether two lines stand at one height."""
    return edge.foot == other.foot and abs(edge.off - other.off) < _SAME_PLACE


def _alike(one: _Edge, other: _Edge, words: str, others: str) -> bool:
    """Whether two lines have the same words, numbers of pages apart; of recognised ones slips apart, too."""
    if min(one.line.confidence, other.line.confidence) < 1:
        return words == others or (len(words) >= _LONG and ratio(words, others) >= _ALIKE)
    as_large = abs(one.line.size - other.line.size) <= _AS_LARGE
    return words == others and as_large and _count_pages(one, other)


def _count_pages(one: _Edge, other: _Edge) -> bool:
    """Whether the numbers in two lines are the same, but for those that tell the page."""
    numbers, others = (re.findall(r"\d+", _PAGE.sub("", edge.line.text)) for edge in (one, other))
    apart = {other.sheet - one.sheet, 0}
    return len(numbers) == len(others) and all(
        int(two) - int(number) in apart for number, two in zip(numbers, others, strict=True)
    )


def _words(edge: _Edge) -> str:
    return re.sub(r"[\d\s.]+", "", fold(edge.line.text))
