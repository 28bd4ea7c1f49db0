"""Pages -> the text of a document: what runs on every page out, lines in order and in paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from corpus.document import Page, Span
from corpus.readers.extracted import Extracted
from corpus.readers.paged.footnotes import without_notes
from corpus.readers.paged.joining import Paragraph, margins, paragraphs
from corpus.readers.paged.misread import mended
from corpus.readers.paged.ordering import Placed, ordered, with_whole_columns
from corpus.readers.paged.prints import Grid, Sheet
from corpus.readers.paged.resuming import continued
from corpus.readers.paged.running import without_running
from corpus.readers.paged.writing import composed, written

_FEW = 5  # lines of a page that say little about its margins


def text_of(sheets: Sequence[Sheet], warnings: Sequence[str] = ()) -> Extracted:
    """The text of a document of these pages."""
    bare, notes = without_notes(without_running(sheets))
    pieces: list[Placed | Grid] = []
    for sheet, bounds in zip(bare, _bounds(bare), strict=True):
        pieces.extend(ordered(sheet, *bounds, before=pieces))
    recognised = frozenset(sheet.number for sheet in sheets if sheet.confidence is not None)
    flowing = list(paragraphs(list(continued(list(with_whole_columns(pieces)), recognised))))
    mended([one for one in flowing if isinstance(one, Paragraph)], recognised)
    text, starts = composed(list(written(flowing, notes)))
    return Extracted(text, tuple(_pages(sheets, starts, len(text))), tuple(warnings))


def _pages(sheets: Sequence[Sheet], starts: Mapping[int, int], length: int) -> Iterator[Page]:
    """Each page with its stretch of the text; one without words takes none."""
    ends, end = [], length
    for sheet in reversed(sheets):
        start = starts.get(sheet.number, end)
        ends.append((min(start, end), end))
        end = min(start, end)
    for sheet, (start, stop) in zip(sheets, reversed(ends), strict=True):
        yield Page(sheet.number, Span(0 if sheet is sheets[0] else start, stop), sheet.confidence)


def _bounds(sheets: Sequence[Sheet]) -> Iterator[tuple[float, float]]:
    """The margins of each page; a page of few lines has those of the other pages of its width."""
    own = [margins(((line.x0, line.x1) for line in sheet.lines), sheet.width) for sheet in sheets]
    for at, sheet in enumerate(sheets):
        like = [i for i, other in enumerate(sheets) if abs(other.width - sheet.width) < 5 and _is_filled(other)]
        if _is_filled(sheet) or not like:
            yield own[at]
        else:
            yield median(own[i][0] for i in like), median(own[i][1] for i in like)


def _is_filled(sheet: Sheet) -> bool:
    return sum(line.x1 - line.x0 > 0.6 * sheet.width for line in sheet.lines) >= _FEW
