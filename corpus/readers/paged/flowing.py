"""Pages -> the text of a document: what runs on every page out, lines in order and in paragraphs, tables as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from corpus.document import Page, Span
from corpus.marks import Rank, mark
from corpus.readers.extracted import Extracted
from corpus.readers.paged.footnotes import Notes, without_notes
from corpus.readers.paged.gathering import joined_text
from corpus.readers.paged.joining import Paragraph, is_centred, margins, paragraphs
from corpus.readers.paged.misread import mended
from corpus.readers.paged.ordering import ordered
from corpus.readers.paged.prints import LOWERED, RAISED, Grid, Sheet
from corpus.readers.paged.resuming import continued
from corpus.readers.paged.running import without_running
from corpus.vocabulary import layout
from corpus.words import begins

_FEW = 5  # lines of a page that say little about its margins
_BARE_LEVEL = 6  # of a bold heading without a marker: below every other
_LONGEST_BARE = 30  # words


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
    body = False  # from the first section or running paragraph on: above it a bold line is the title
    for piece in pieces:
        first = piece.page if isinstance(piece, Grid) else piece.lines[0].page
        for note in notes.left(first):
            yield _Written(f"{note}\n\n", ())
        if isinstance(piece, Grid):
            yield _Written("\n".join(map(_row, piece.rows)) + "\n\n", ((piece.page, 0),))
            continue
        body = (body or _begins_body(piece)) and not begins(piece.text, (layout().recipients,))
        written, called = _paragraph(piece, notes, _hashes(piece) if body else "")
        yield written
        for note in called:
            yield _Written(f"{note}\n\n", ())
    for note in notes.left():
        yield _Written(f"{note}\n\n", ())


def _begins_body(paragraph: Paragraph) -> bool:
    return mark(paragraph.text) is not None or (len(paragraph.lines) > 2 and not paragraph.bold)


def _paragraph(paragraph: Paragraph, notes: Notes, hashes: str) -> tuple[_Written, list[str]]:
    """A paragraph in one line, and the notes called in it."""
    texts: list[str] = []
    called: list[str] = []
    pages: list[tuple[int, int]] = []
    for placed in paragraph.lines:
        text, found = notes.called(placed.page, placed.line.text)
        called.extend(found)
        if not pages or pages[-1][0] != placed.page:
            pages.append((placed.page, len(joined_text([*texts, text])) - len(text) + len(hashes) if texts else 0))
        texts.append(text)
    words = joined_text(texts).replace(RAISED, "").replace(LOWERED, "")
    return _Written(f"{hashes}{words}\n\n", tuple(pages)), called


def _hashes(paragraph: Paragraph) -> str:
    """The hashes of a heading that is bold and no sentence; capitals tell it anyway."""
    text = paragraph.text
    if (
        not paragraph.bold
        or any(one.listed or one.row or is_centred(one) for one in paragraph.lines)
        or not any(map(str.isalpha, text))
    ):
        return ""
    found = mark(text)
    if found is not None:
        return f"{'#' * _level(found.rank)} " if found.rank < Rank.BULLET else ""
    if text.isupper() or len(text.split()) > _LONGEST_BARE or re.search(r"[.;,!?…]\s*$", text):
        return ""
    return f"{'#' * _BARE_LEVEL} "


def _level(rank: int) -> int:
    """The level of a heading by its marker: parts 1, Roman numerals 2, numbers 3, 1.1 4, letters 5."""
    bounds = (Rank.LETTERED, Rank.NUMBER, Rank.NUMBER + 1, Rank.LETTER)
    return 1 + sum(rank >= bound for bound in bounds)


def _row(cells: Sequence[str]) -> str:
    if len(cells) < 3:
        return f"| {' | '.join(cells)} |"
    return "\t".join(cells)
