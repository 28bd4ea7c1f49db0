"""A block: one paragraph, item, heading or row of a text, and where each of its characters stands in the original."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.document import Span

#: The last sentence of a text ends "./.".
CLOSED = re.compile(r"\.\s*/\s*(?:\.\s*)?$")
_GAP = re.compile(r"\s{3,}|\t")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item, heading or table row, over as many lines as it was broken into.

    plain: its words without markup, in NFC.  at: for each character of plain, its place in the original.
    ends: where each ends there, given only where a letter and its accents are several characters (NFD).
    hashes: the level of a Markdown heading, 0 for none.  bold: how many characters of plain, from the first, are bold.
    stop: where its last line ends in the original, the place of the line break.
    """

    plain: str
    at: tuple[int, ...]
    hashes: int = 0
    bold: int = 0
    after_blank: bool = True
    ends: tuple[int, ...] = ()
    stop: int = 0

    @property
    def span(self) -> Span:
        """The block in the original, markup at its ends left out."""
        return Span(self.at[0], self.end(-1))

    def end(self, index: int) -> int:
        """Where in the original the character plain[index] ends."""
        return self.ends[index] if self.ends else self.at[index] + 1

    def part(self, start: int, end: int) -> Span:
        """The place in the original of plain[start:end], white space at its ends left out."""
        words = self.plain[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start >= end:
            return Span(self.at[start - 1], self.at[start - 1])
        return Span(self.at[start], self.end(end - 1))

    def cut(self, start: int, end: int) -> Block:
        """The block of plain[start:end], white space at its ends left out."""
        words = self.plain[start:end]
        start += len(words) - len(words.lstrip())
        end = max(start + 1, end - len(words) + len(words.rstrip()))
        bold = min(max(self.bold - start, 0), end - start)
        return replace(self, plain=self.plain[start:end], at=self.at[start:end], ends=self.ends[start:end], bold=bold)

    def columns(self) -> tuple[Block, ...]:
        """Its words left and right of wide gaps: a letterhead or a signature is set in two columns."""
        edges = [0, *(edge for gap in _GAP.finditer(self.plain) for edge in gap.span()), len(self.plain)]
        pairs = zip(edges[::2], edges[1::2], strict=True)
        return tuple(self.cut(start, end) for start, end in pairs if start < end)

    @property
    def is_upper(self) -> bool:
        """Whether all its letters are capitals."""
        return self.plain.isupper()

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table: cells between tabs or pipes."""
        return self.plain.count("\t") >= 2 or (self.plain.startswith("|") and self.plain.count("|") >= 3)
