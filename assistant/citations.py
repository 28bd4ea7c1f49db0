"""A text in the making, with its proofs: every quoted stretch gets a number and is checked against its document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.answer import Citation
from corpus.cells import cells
from corpus.document import Document, Kind, Section, Span

#: The number of a citation in an answer; a bracket of a plan's own is escaped.
MARK = re.compile(r"(?<!\\)\[(\d{1,4})\]")
_LINE_END = re.compile(r"\n+")
_ROW_NUMBER = 4  # characters of the first cell of a row that numbers it: "1", "II", "(a)"


class Draft:
    """Lines of an answer and the citations that they carry."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._lines: list[str] = []
        self._opening: list[str] = []
        self._notes: list[str] = []
        self._citations: dict[tuple[str, Span], Citation] = {}

    def __bool__(self) -> bool:
        return bool(self._lines)

    @property
    def text(self) -> str:
        """The answer so far, as Markdown."""
        return "\n".join(self._lines).strip()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations in the order of their numbers."""
        return tuple(self._citations.values())

    @property
    def opening(self) -> tuple[str, ...]:
        """The lines put before everything else."""
        return tuple(self._opening)

    @property
    def notes(self) -> tuple[str, ...]:
        """The lines that belong to no list, which say what is around the answer."""
        return tuple(self._notes)

    def line(self, text: str = "") -> None:
        """Adds a line."""
        self._lines.append(text)

    def open_with(self, lines: Sequence[str]) -> None:
        """Puts lines without citations before everything else."""
        self._lines[:0] = [*lines, ""]
        self._opening[:0] = lines

    def note(self, text: str) -> None:
        """Adds a line that belongs to no list above it."""
        if self._lines and self._lines[-1]:
            self._lines.append("")
        self._lines.append(text)
        self._notes.append(text)

    def quote(self, document: Document, span: Span, figures: Sequence[Span] = ()) -> str:
        """The words of a span as a person reads them, with the mark of their citation; figures: places to be bold."""
        words = escaped(readable(document, span))
        for figure in sorted(figures, reverse=True):
            words = _bold(words, escaped(document.shown(figure)), document.text[span.start : figure.start])
        return f"{words} {self.mark(document, span)}"

    def mark(self, document: Document, span: Span) -> str:
        """The mark "[3]" of the citation of a span; one span is cited once."""
        span = _trimmed(document, span)
        known = self._citations.get((document.id, span))
        if known is None:
            known = citation(document, span, len(self._citations) + 1)
            self._citations[document.id, span] = known
        return f"[{known.n}]"


def citation(document: Document, span: Span, n: int) -> Citation:
    """The proof of a span. Raises ValueError for an empty one or one outside the text."""
    quote = document.text[span.start : span.end]
    if not quote.strip() or span.end > len(document.text):
        raise ValueError(
            f"{document.id}: nothing to cite at {span.start}–{span.end} of {len(document.text)} characters"
        )
    return Citation(
        n, document.id, document.title, document.path(section_at(document, span)), quote, span.start, span.end
    )


def readable(document: Document, span: Span) -> str:
    """The words of a span as they are read in a sentence: of a table's rows their cells, "Hội thi: 400", no pipes."""
    in_table = section_at(document, span).kind in {Kind.ROW, Kind.TABLE}
    if not in_table and not document.text[span.start : span.end].lstrip().startswith("|"):
        return document.shown(span)
    edges = [span.start, *(one.end() for one in _LINE_END.finditer(document.text, span.start, span.end)), span.end]
    return "; ".join(row for one in pairwise(edges) if (row := _row(document, Span(*one))))


def _row(document: Document, span: Span) -> str:
    """A row: its first cell, behind its number if it has one, and the others."""
    found = [document.shown(cell) for cell in cells(document.text, span)]
    first, *rest = [cell for cell in found if cell.strip("-: ")] or [""]
    if len(rest) > 1 and first.strip("().").isalnum() and len(first) <= _ROW_NUMBER:
        first = f"{first}. {rest.pop(0)}"
    return f"{first}: {'; '.join(rest)}" if rest else first


def _bold(words: str, figure: str, before: str) -> str:
    """The words with a figure bold, which stands in the source behind `before`; as they are where it is not plain."""
    at = -1
    for _ in range(before.count(figure) + 1):
        at = words.find(figure, at + 1)
        if at < 0:
            return words
    return f"{words[:at]}**{figure}**{words[at + len(figure) :]}"


def section_at(document: Document, span: Span) -> Section:
    """The deepest node that holds a span; the root where none does."""
    node = document.root
    while True:
        inner = next((child for child in node.children if span in child.span), None)
        if inner is None:
            return node
        node = inner


def escaped(text: str) -> str:
    """Text of a plan or a person with nothing left in it that Markdown or HTML would act on."""
    return re.sub(r"([\\`*_<>#\[\]|~])", r"\\\1", text)


def _trimmed(document: Document, span: Span) -> Span:
    words = document.text[span.start : span.end]
    left, right = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
    return Span(span.start + left, span.end - right)
