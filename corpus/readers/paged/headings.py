"""Headings that only their print shows: bold lines between the title and the recipients get hashes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.marks import Rank, mark
from corpus.parts import is_person
from corpus.readers.paged.joining import Paragraph, is_centred
from corpus.readers.paged.prints import Grid
from corpus.vocabulary import layout
from corpus.words import begins

_BARE_LEVEL = 6  # of a bold heading without a marker: below every other
_LARGER = 1.08  # times the size of the running text
_LONGEST_BARE = 30  # words
_RUNNING = 3  # lines of a paragraph that is no title


def hashes(pieces: Sequence[Paragraph | Grid]) -> Iterator[str]:
    """For each piece of a text the hashes that go before it, "" for most.

    Above the body a bold line is the title, and below it a name.
    """
    titled = body = closed = False
    sizes = _large_sizes(pieces)
    for piece in pieces:
        if isinstance(piece, Grid):
            yield ""
            continue
        centred = all(map(is_centred, piece.lines))
        body = body or _begins_body(piece) or (titled and not centred and not piece.lines[0].row)
        titled = titled or (centred and piece.bold)
        closed = closed or begins(piece.text, (layout().recipients,))
        yield _hashes(piece, closed, sizes) if body and not centred else ""


def _begins_body(paragraph: Paragraph) -> bool:
    return mark(paragraph.text) is not None or (len(paragraph.lines) >= _RUNNING and not paragraph.bold)


def _large_sizes(pieces: Sequence[Paragraph | Grid]) -> list[float]:
    """The sizes of bold lines that are larger than the running text, the largest first."""
    lines = [one.line for piece in pieces if isinstance(piece, Paragraph) for one in piece.lines]
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size, 1)] += len(line.text)
    usual = letters.most_common(1)[0][0] if letters else 0.0
    return sorted({round(line.size, 1) for line in lines if line.bold and line.size > _LARGER * usual}, reverse=True)


def _hashes(paragraph: Paragraph, closed: bool, sizes: Sequence[float]) -> str:
    """The hashes of a heading that is bold and no sentence; capitals tell it anyway."""
    text = paragraph.text
    if not paragraph.bold or any(one.listed or one.row for one in paragraph.lines) or not any(map(str.isalpha, text)):
        return ""
    found = mark(text)
    if found is not None:
        return f"{'#' * _level(found.rank)} " if found.rank < Rank.BULLET else ""
    if (
        closed
        or is_person(text)
        or text.isupper()
        or len(text.split()) > _LONGEST_BARE
        or re.search(r"[.;,!?…]\s*$", text)
    ):
        return ""
    size = round(paragraph.lines[0].line.size, 1)
    return "#" * (min(2 + sizes.index(size), _BARE_LEVEL - 1) if size in sizes else _BARE_LEVEL) + " "


def _level(rank: int) -> int:
    """The level of a heading by its marker: parts 1, Roman numerals 2, numbers 3, 1.1 4, letters 5."""
    bounds = (Rank.LETTERED, Rank.NUMBER, Rank.NUMBER + 1, Rank.LETTER)
    return 1 + sum(rank >= bound for bound in bounds)
