"""Footnotes: the small lines at the foot of a page, told apart from its text and given back where they are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from corpus.readers.paged.gathering import joined_text
from corpus.readers.paged.prints import LOWERED, RAISED, Line, Sheet

_SMALLER = 0.93  # of the size of the text
_BEGINS = re.compile(rf"(?:{RAISED}\(?(\d{{1,3}}|\*+)\)?{LOWERED}|\[(\d{{1,3}})\]|(\d{{1,3}}|\*+)(?=\s))\s*")
_CALLED = re.compile(rf"\s?{RAISED}\(?(\d{{1,3}}|\*+)\)?{LOWERED}")
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
    small = lines[start:]
    marks = {match[1] for line in lines[:start] for match in _CALLED.finditer(line.text)}
    if not small or not _begins(small[0].text, marks):
        return sheet
    _read(sheet.number, small, marks, notes)
    taken = set(map(id, small))
    return replace(sheet, lines=tuple(line for line in sheet.lines if id(line) not in taken))


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
