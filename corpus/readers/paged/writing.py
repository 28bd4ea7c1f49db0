"""Paragraphs and tables -> lines of text, and where in it each page begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.marks import is_only_mark
from corpus.readers.emphasis import END, marked, unpointed
from corpus.readers.paged.footnotes import Notes
from corpus.readers.paged.gathering import joined_text
from corpus.readers.paged.joining import Paragraph, is_centred
from corpus.readers.paged.prints import LOWERED, RAISED, Grid

_STACKED = 1.9  # sizes between lines of one block
_LIFTED = re.compile(rf"{RAISED}[^{LOWERED}]*{LOWERED}")
_STARS = "**"


@dataclass(frozen=True, slots=True)
class Written:
    """A block of the text, the white space behind it, and where in it each further page begins.

    The end of its bold beginning is pointed out by emphasis.END, which those places do not count.
    """

    text: str
    behind: str = "\n\n"
    pages: tuple[tuple[int, int], ...] = ()


def written(pieces: Sequence[Paragraph | Grid], notes: Notes) -> Iterator[Written]:
    """The blocks of a text in order: paragraphs, tables, and behind each the notes that it calls."""
    titled = False
    for at, piece in enumerate(pieces):
        first = piece.page if isinstance(piece, Grid) else piece.lines[0].page
        if not titled:
            yield from map(Written, notes.left(first))
        if isinstance(piece, Grid):
            yield Written("\n".join(map(_row, piece.rows)), pages=((piece.page, 0),))
            titled = False
            continue
        text, pages, called = _paragraph(piece, notes)
        below = pieces[at + 1] if at + 1 < len(pieces) else None
        stacked = isinstance(below, Paragraph) and not called and _is_stacked(piece, below)
        yield Written(text, "\n" if stacked else "\n\n", pages)
        titled = is_only_mark(unpointed(text))  # its title comes next, wherever the page ends
        yield from map(Written, called)
    yield from map(Written, notes.left())


def composed(blocks: Sequence[Written]) -> tuple[str, dict[int, int]]:
    """The text of the blocks, headings that only bold letters show marked, and the start of each page in it."""
    text, starts = "", dict[int, int]()
    for block, shown in zip(blocks, marked([block.text for block in blocks]), strict=True):
        for page, at in block.pages:
            starts.setdefault(page, len(text) + _moved(block.text, shown, at))
        text += shown + block.behind
    return text, starts


def _moved(pointed: str, shown: str, at: int) -> int:
    """Where a place of a block is once its bold beginning stands between stars."""
    if shown == unpointed(pointed) or not at:
        return at
    return at + len(_STARS) * (2 if at > pointed.index(END) else 1)


def _is_stacked(paragraph: Paragraph, below: Paragraph) -> bool:
    """Whether two lines in the middle of a page are set as one block: a body's name over two lines."""
    one, two = paragraph.lines[-1], below.lines[0]
    near = one.page == two.page and 0 < two.line.base - one.line.base < _STACKED * one.line.size
    return near and is_centred(one) and is_centred(two) and one.line.is_bold == two.line.is_bold


def _paragraph(paragraph: Paragraph, notes: Notes) -> tuple[str, tuple[tuple[int, int], ...], list[str]]:
    """A paragraph in one line, where further pages begin in it, and the notes called in it."""
    texts: list[str] = []
    called: list[str] = []
    pages: list[tuple[int, int]] = []
    for placed in paragraph.lines:
        text, found = notes.called(placed.page, placed.line.text)
        called.extend(found)
        if not pages or pages[-1][0] != placed.page:
            pages.append((placed.page, len(joined_text([*texts, text])) - len(text) if texts else 0))
        texts.append(text)
    words = joined_text(texts).replace(RAISED, "").replace(LOWERED, "")
    bold = min(_bold(paragraph, texts), len(words))
    return f"{words[:bold]}{END}{words[bold:]}" if bold else words, tuple(pages), called


def _bold(paragraph: Paragraph, texts: Sequence[str]) -> int:
    """How many characters of a paragraph, from the first, are bold."""
    if any(placed.listed or placed.row for placed in paragraph.lines):
        return 0
    whole = 0
    for placed in paragraph.lines:
        if not placed.line.is_bold:
            break
        whole += 1
    if whole == len(texts):
        return len(joined_text(texts))
    line = paragraph.lines[whole].line
    begun = _LIFTED.sub("", line.text[: line.bold])
    return len(joined_text([*texts[:whole], begun])) if line.bold else len(joined_text(texts[:whole]))


def _row(cells: Sequence[str]) -> str:
    if len(cells) < 3:
        return f"| {' | '.join(cells)} |"
    return "\t".join(cells)
