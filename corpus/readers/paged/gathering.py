"""Words -> lines: words that stand on one height, parted where the gap between them is wide."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from corpus.marks import is_only_mark
from corpus.readers.paged.prints import LOWERED, RAISED, Line, Word

#: Widths in ems: two words further apart than this do not belong to one sentence.
WIDE = 1.6
SOFT_HYPHEN = "\u00ad"
_TIED = re.compile(r"\w[-–/]$")  # what goes on in the next line without a space
_SAME_BASE = 0.3  # of the size: words on one line stand no further apart in height
_SMALL = 0.87  # of the size of the words beside it: a raised number is smaller than this
_RAISED = (0.12, 0.75)  # how far above their line raised words stand, in its size


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines of a page from top to bottom, stretches of one height from left to right."""
    rows = _with_raised(list(_rows(words)))
    return [_line(stretch) for row in rows for stretch in stretches(row)]


def text_of(words: Sequence[Word]) -> str:
    """The words of a stretch or a cell in one line; what is raised stands between marks of its own."""
    parts: list[str] = []
    for word in words:
        glued = word.text.startswith(RAISED) and parts
        parts.append(word.text if glued or not parts else f" {word.text}")
    return unicodedata.normalize("NFC", "".join(parts))


def joined_text(lines: Sequence[str]) -> str:
    """Lines that are one paragraph, or one cell, as one: "107/KH-" and "UBND" without a space between them.

    >>> joined_text(["Kế hoạch số 107/KH-", "UBND của tỉnh", "Kiên Giang -", "2021"])
    'Kế hoạch số 107/KH-UBND của tỉnh Kiên Giang - 2021'
    """
    text = ""
    for line in lines:
        if text.endswith(SOFT_HYPHEN):
            text = text.rstrip(SOFT_HYPHEN) + line
        elif _TIED.search(text):
            text += line
        else:
            text = f"{text} {line}" if text else line
    return text.replace(SOFT_HYPHEN, "")


def _rows(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Words of one height, each row from left to right, rows from top to bottom."""
    row: list[Word] = []
    for word in sorted(words, key=lambda word: word.base):
        if row and word.base - row[0].base > _SAME_BASE * min(word.size, row[0].size):
            yield sorted(row, key=lambda word: word.x0)
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda word: word.x0)


def _with_raised(rows: list[list[Word]]) -> list[list[Word]]:
    """Rows with the raised words put behind the words they stand at, between marks."""
    kept: list[list[Word]] = []
    for at, row in enumerate(rows):
        left = [word for word in row if not any(_raise(word, below) for below in rows[at + 1 : at + 4])]
        if left:
            kept.append(left)
    return kept


def _raise(word: Word, row: list[Word]) -> bool:
    """Puts a word into the row below it if it is raised there."""
    for at, base in enumerate(row):
        lift = base.base - word.base
        low, high = (bound * base.size for bound in _RAISED)
        if word.size >= _SMALL * base.size or not low <= lift <= high:
            continue
        before = -0.15 * base.size <= word.x0 - base.x1 <= 0.3 * base.size
        opens = at == 0 and 0 <= base.x0 - word.x1 <= 0.5 * base.size
        if before or opens:
            lifted = replace(word, text=f"{RAISED}{word.text}{LOWERED}", base=base.base)
            row.insert(at + 1 if before else at, lifted)
            return True
    return False


def stretches(row: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of one height in runs without a wide gap; a marker stays with what is behind it."""
    stretch: list[Word] = []
    for word in row:
        if stretch and word.x0 - stretch[-1].x1 > WIDE * max(word.size, stretch[-1].size) and not _is_mark(stretch):
            yield stretch
            stretch = []
        stretch.append(word)
    if stretch:
        yield stretch


def _is_mark(stretch: Sequence[Word]) -> bool:
    """Whether a stretch is only the marker of what stands behind the gap: "1.", "-"."""
    return len(stretch) == 1 and is_only_mark(stretch[0].text)


def _line(words: Sequence[Word]) -> Line:
    letters = [(word, sum(map(str.isalnum, word.text))) for word in words]
    total = sum(count for _, count in letters) or 1
    plain = [word for word in words if not word.text.startswith(RAISED)] or words
    return Line(
        words[0].x0,
        max(word.x1 for word in words),
        plain[0].base,
        text_of(words),
        _size(plain),
        _bold(words),
        sum(word.confidence * count for word, count in letters) / total,
        words[0].x1 - words[0].x0,
    )


def _size(words: Sequence[Word]) -> float:
    """The size most letters have; what a picture shows of it word by word is as large as the largest."""
    if any(word.confidence < 1 for word in words):
        return max(word.size for word in words)
    letters: Counter[float] = Counter()
    for word in words:
        letters[word.size] += len(word.text)
    return max(letters, key=lambda size: (letters[size], size))


def _bold(words: Sequence[Word]) -> int:
    """How many characters of a stretch, from the first, are bold."""
    whole = list(takewhile(lambda word: word.bold >= len(word.text) or word.text.startswith(RAISED), words))
    begun = words[len(whole)].bold if whole != list(words) else 0
    return len(text_of(whole)) + (begun + bool(whole) if begun else 0)
