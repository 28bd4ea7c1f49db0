"""Pages -> the text of a document: what runs on every page out, lines in order and in paragraphs, tables as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from corpus.document import Page, Span
from corpus.readers.extracted import Extracted
from corpus.readers.paged.footnotes import Notes, without_notes
from corpus.readers.paged.gathering import joined_text
from corpus.readers.paged.headings import hashes
from corpus.readers.paged.joining import Paragraph, is_centred, margins, paragraphs
from corpus.readers.paged.misread import mended
from corpus.readers.paged.ordering import ordered
from corpus.readers.paged.prints import LOWERED, RAISED, Grid, Sheet
from corpus.readers.paged.resuming import continued
from corpus.readers.paged.running import without_running

_FEW = 5  # lines of a page that say little about its margins
_STACKED = 1.9  # sizes between lines of one block


@dataclass(frozen=True, slots=True)
class _Written:
    """A stretch of the text, and where in it each further page begins."""

    text: str
    pages: tuple[tuple[int, int], ...]


def text_of(sheets: Sequence[Sheet], warnings: Sequence[str] = ()) -> Extracted:
    """The text of a document of these pages."""
    bare, notes = without_notes(without_running(sheets))
    pieces = [piece for sheet, bounds in zip(bare, _bounds(bare), strict=True) for piece in ordered(sheet, *bounds)]
    flowing = list(paragraphs(list(continued(pieces))))
    recognised = frozenset(sheet.number for sheet in sheets if sheet.confidence is not None)
    mended([one for one in flowing if isinstance(one, Paragraph)], recognised)
    text, starts = "", {sheet.number: -1 for sheet in sheets}
    for written in _written(flowing, notes):
        for page, at in written.pages:
            if starts[page] < 0:
                starts[page] = len(text) + at
        text += written.text
    return Extracted(text, tuple(_pages(sheets, starts, len(text))), tuple(warnings))


def _pages(sheets: Sequence[Sheet], starts: dict[int, int], length: int) -> Iterator[Page]:
    """Each page with its stretch of the text; one without words takes none."""
    ends, end = [], length
    for sheet in reversed(sheets):
        start = starts[sheet.number] if starts[sheet.number] >= 0 else end
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


def _written(pieces: Sequence[Paragraph | Grid], notes: Notes) -> Iterator[_Written]:
    """The stretches of the text in order: paragraphs, tables and the notes called in them."""
    for at, (piece, heads) in enumerate(zip(pieces, hashes(pieces), strict=True)):
        first = piece.page if isinstance(piece, Grid) else piece.lines[0].page
        for note in notes.left(first):
            yield _Written(f"{note}\n\n", ())
        if isinstance(piece, Grid):
            yield _Written("\n".join(map(_row, piece.rows)) + "\n\n", ((piece.page, 0),))
            continue
        written, called = _paragraph(piece, notes, heads)
        below = pieces[at + 1] if at + 1 < len(pieces) else None
        blank = "\n" if isinstance(below, Paragraph) and not called and _is_stacked(piece, below) else "\n\n"
        yield _Written(written.text + blank, written.pages)
        for note in called:
            yield _Written(f"{note}\n\n", ())
    for note in notes.left():
        yield _Written(f"{note}\n\n", ())


def _is_stacked(paragraph: Paragraph, below: Paragraph) -> bool:
    """Whether two lines in the middle of a page are set as one block: a body's name over two lines."""
    one, two = paragraph.lines[-1], below.lines[0]
    near = one.page == two.page and 0 < two.line.base - one.line.base < _STACKED * one.line.size
    return near and is_centred(one) and is_centred(two) and one.line.bold == two.line.bold


def _paragraph(paragraph: Paragraph, notes: Notes, heads: str) -> tuple[_Written, list[str]]:
    """A paragraph in one line, and the notes called in it."""
    texts: list[str] = []
    called: list[str] = []
    pages: list[tuple[int, int]] = []
    for placed in paragraph.lines:
        text, found = notes.called(placed.page, placed.line.text)
        called.extend(found)
        if not pages or pages[-1][0] != placed.page:
            pages.append((placed.page, len(joined_text([*texts, text])) - len(text) + len(heads) if texts else 0))
        texts.append(text)
    words = joined_text(texts).replace(RAISED, "").replace(LOWERED, "")
    return _Written(f"{heads}{words}", tuple(pages)), called


def _row(cells: Sequence[str]) -> str:
    if len(cells) < 3:
        return f"| {' | '.join(cells)} |"
    return "\t".join(cells)
