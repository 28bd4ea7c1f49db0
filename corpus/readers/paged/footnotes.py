"""Footnotes: the small lines at the foot of a page, told apart from its text and given back where they are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.readers.paged.gathering import joined_text
from corpus.readers.paged.prints import LOWERED, RAISED, Line, Sheet

_SMALLER = 0.93  # of the size of the text
_BEGINS = re.compile(rf"(?:{RAISED}\(?(\d{{1,3}}|\*+)\)?{LOWERED}|\[(\d{{1,3}})\]|(\d{{1,3}}|\*+)(?=\s))\s*")
_CALLED = re.compile(rf"\s?{RAISED}\(?(\d{{1,3}}|\*+)\)?{LOWERED}")
_QUOTE = re.compile(r"(?<=[\w%)])['’”\"!*°]{1,2}(?=[\s,.;:]|$)")  # what a raised figure is read as
_LOWEST = 0.45  # of a page's height: footnotes begin below this


@dataclass(slots=True)
class Notes:
    """The footnotes of a text by page and mark; each is given out once."""

    held: dict[tuple[int, str], str] = field(default_factory=dict)

    def called(self, page: int, text: str) -> tuple[str, list[str]]:
        """A line of a page without the marks of its footnotes, and the footnotes as lines of their own."""
        found: list[str] = []

        def take(match: re.Match[str]) -> str:
            note = self.held.pop((page, match[1]), None)
            if note is None:
                return match[0].replace(RAISED, "").replace(LOWERED, "")
            found.append(_printed(match[1], note))
            return ""

        return _CALLED.sub(take, text), found

    def left(self, before: int | None = None) -> list[str]:
        """Footnotes of the pages before one that nothing called; without one, of all pages."""
        keys = [key for key in self.held if before is None or key[0] < before]
        return [_printed(mark, self.held.pop((page, mark))) for page, mark in keys]


def without_notes(sheets: Sequence[Sheet]) -> tuple[list[Sheet], Notes]:
    """The pages without their footnotes, and these."""
    usual = usual_size(sheets)
    notes = Notes()
    return [_bare(sheet, usual, notes) for sheet in sheets], notes


def usual_size(sheets: Sequence[Sheet]) -> float:
    """The size that most letters of a text have."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _bare(sheet: Sheet, usual: float, notes: Notes) -> Sheet:
    lines = sorted(sheet.lines, key=lambda line: line.base)
    start = len(lines)
    while start and lines[start - 1].size < _SMALLER * usual and lines[start - 1].base > _LOWEST * sheet.height:
        start -= 1
    while start < len(lines) and not _BEGINS.match(lines[start].text):
        start += 1
    small, above = lines[start:], lines[:start]
    if sheet.confidence is not None and small:
        above = _with_calls(above, small)
    marks = {match[1] for line in above for match in _CALLED.finditer(line.text)}
    if not small or not _begins(small[0].text, marks):
        return sheet
    _read(sheet.number, small, marks, notes)
    return replace(sheet, lines=tuple(above))


def _with_calls(above: Sequence[Line], small: Sequence[Line]) -> list[Line]:
    """Lines of a picture with the marks of its notes, which are read as quotes that nothing opened: "24,1%”."

    As they are where there are not as many of those as there are notes.
    """
    marks = list(dict.fromkeys(match[3] for line in small if (match := _BEGINS.match(line.text)) and match[3]))
    marks = (
        [mark for at, mark in enumerate(marks) if mark == str(int(marks[0]) + at)]
        if marks and marks[0].isdigit()
        else []
    )
    found = [_stray(line.text) for line in above]
    if not marks or sum(map(len, found)) != len(marks):
        return list(above)
    left = iter(marks)
    return [replace(line, text=_called(line.text, places, left)) for line, places in zip(above, found, strict=True)]


def _stray(text: str) -> list[tuple[int, int]]:
    """Where in a line stand quotes behind a word that none before them opens."""
    return [match.span() for match in _QUOTE.finditer(text) if not re.search(r"[“\"‘']", text[: match.start()])]


def _called(text: str, places: Sequence[tuple[int, int]], marks: Iterator[str]) -> str:
    pairs = list(zip(places, marks, strict=False))
    for (start, end), mark in reversed(pairs):
        text = f"{text[:start]}{RAISED}{mark}{LOWERED}{text[end:]}"
    return text


def _begins(text: str, marks: Collection[str]) -> re.Match[str] | None:
    """The mark that a note begins with: a raised one, or one that is called above; "02 xã" is none."""
    match = _BEGINS.match(text)
    return match if match and (text.startswith(RAISED) or (match[1] or match[2] or match[3]) in marks) else None


def _read(page: int, lines: Sequence[Line], marks: Collection[str], notes: Notes) -> None:
    mark, words = "", list[str]()
    for line in lines:
        if match := _begins(line.text, marks):
            if mark:
                notes.held[page, mark] = joined_text(words)
            mark, words = match[1] or match[2] or match[3], [line.text[match.end() :]]
        else:
            words.append(line.text)
    notes.held[page, mark] = joined_text(words)


def _printed(mark: str, note: str) -> str:
    return f"(Chú thích {mark}: {note.replace(RAISED, '').replace(LOWERED, '').strip()})"
