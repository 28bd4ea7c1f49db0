"""A read plan -> what a writer prints: lines and tables in reading order, every word of the sections once.

How the text was broken into lines and pages is left behind; what stands in two columns on paper (letterhead,
recipients beside the signature) is told apart, and the header rows of a table are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from corpus.document import Document, Kind, Role, Section, Span
from corpus.head import date_line, place_date
from corpus.marks import mark
from corpus.vocabulary import layout
from corpus.words import begins, nfc

#: What parts the columns of a line; not the room left for a number or a day to be filled in.
GAP = re.compile(r"(?<!Số:)(?<!ngày)(?<!tháng)(?<!\s)\s{3,}|\t")
_RULE = re.compile(r":?-+:?")  # of a Markdown table, below its header


class Look(Enum):
    """How a line is set."""

    TEXT = "text"
    HEADING = "heading"
    TITLE = "title"  # of the text or of an appendix: centred, bold


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as printed: its marker ("IV.", "a)", "-", "" for none) and its words.

    bold: how many characters of the words, from the first, are bold.  depth: of its section, 1 below the root.
    bare: a heading without a marker, shown by its style; one that the text has in bold is shown by that alone.
    """

    look: Look
    marker: str
    words: str
    bold: int
    depth: int
    bare: bool = False

    @property
    def printed(self) -> str:
        """Marker and words."""
        return " ".join(part for part in (self.marker, self.words) if part)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows of cells, how many of them are headers, and the columns before the first of values."""

    rows: tuple[tuple[str, ...], ...]
    headers: int
    labels: int

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max(map(len, self.rows))

    def span(self, row: int, column: int) -> tuple[int, int]:
        """Columns and rows that a header cell takes; (0, 0) of one that another covers; (1, 1) below the header."""
        if row >= self.headers:
            return 1, 1
        if self._cell(row, column):
            right = column + 1
            while row < self.headers - 1 and column >= self.labels and self._is_spread(row, right):
                right += 1
            below = row + 1
            while below < self.headers and not any(self._cell(below, at) for at in range(column, right)):
                below += 1
            return right - column, below - row
        return (0, 0) if self._is_covered(row, column) else (1, 1)

    def _cell(self, row: int, column: int) -> str:
        return self.rows[row][column] if column < len(self.rows[row]) else ""

    def _is_spread(self, row: int, column: int) -> bool:
        """Whether a blank header cell belongs to the one left of it: below it there are words."""
        return column < self.width and not self._cell(row, column) and bool(self._cell(row + 1, column))

    def _is_covered(self, row: int, column: int) -> bool:
        corners = [(up, left) for up in range(row + 1) for left in range(column + 1) if self._cell(up, left)]
        reach = ((up, left, *self.span(up, left)) for up, left in corners)
        return any(left + wide > column and up + high > row for up, left, wide, high in reach)


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines that stand side by side on paper: rows of a left and a right cell. `foot`: at the end of the text."""

    rows: tuple[tuple[tuple[Line, ...], tuple[Line, ...]], ...]
    foot: bool = False


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page: an appendix, a text that the one above puts in force."""


Element = Line | Grid | Columns | NewPage


@dataclass(frozen=True, slots=True)
class Plan:
    """What is printed of a document, in order. `stem`: the name of its files."""

    stem: str
    title: str
    elements: tuple[Element, ...]


def plan_of(document: Document) -> Plan:
    """What a writer prints of a document."""
    return Plan(document.id, document.title, tuple(_elements(document)))


def words_of(document: Document) -> str:
    """All words of a document's sections, each once, in order; a table's header only where it stands first."""
    return "\n".join(_words(document))


def _words(document: Document) -> Iterator[str]:
    for element in _elements(document):
        if isinstance(element, Line):
            yield element.printed
        elif isinstance(element, Columns):
            yield from (line.printed for row in element.rows for cell in row for line in cell)
        elif isinstance(element, Grid):
            yield from (cell for row in element.rows for cell in row if cell)


def _elements(document: Document) -> Iterator[Element]:
    parts = [(role, list(some)) for role, some in groupby(document.root.children, lambda one: one.role)]
    at = 0
    while at < len(parts):
        role, sections = parts[at]
        after = parts[at + 1] if at + 1 < len(parts) else (None, [])
        if role is Role.HEAD:
            yield from ([NewPage()] if at else [])
            yield from _head(document, sections)
        elif role is Role.RECIPIENTS or (role is Role.SIGNATURE and after[0] is Role.RECIPIENTS):
            beside = after[1] if {role, after[0]} == {Role.RECIPIENTS, Role.SIGNATURE} else []
            at += bool(beside)
            left, right = (sections, beside) if role is Role.RECIPIENTS else (beside, sections)
            yield _foot(document, left, right)
        elif role is Role.SIGNATURE:
            yield Columns((((), _flat(document, sections)),), foot=True)
        else:
            yield from _appended(document, sections) if role is Role.APPENDIX else _body(document, sections, 1)
        at += 1


def _head(document: Document, sections: Sequence[Section]) -> Iterator[Element]:
    """The letterhead, left of which stands who issues and the number, then the title, whoever it is addressed to."""
    lines = [line for section in sections for line in _parted(document, section)]
    named = [fact.span.start for fact in (document.metadata.kind, document.metadata.title) if fact and fact.span]
    starts = [section.head.start for section in sections for _ in _parted(document, section)]
    title = next((at for at, start in enumerate(starts) if start in named), 0 if sections[0].id > 1 else len(lines))
    if title and not all(date_line(line) for line in lines[:title]):
        yield _letterhead(lines[:title])
    else:
        yield from (Line(Look.TEXT, "", line, 0, 1) for line in lines[:title])
    for line in lines[title:]:
        plain = begins(line, (layout().addressed,)) or line.startswith(("(", "-"))
        yield Line(Look.TEXT if plain else Look.TITLE, "", line, 0 if plain else len(line), 1)


def _letterhead(lines: Sequence[str]) -> Columns:
    rows: list[tuple[list[Line], list[Line]]] = [([], [])]
    for words in lines:
        right = place_date(words) is not None or begins(words, layout().motto)
        if not right and rows[-1][1]:
            rows.append(([], []))
        bold = len(words) if (right and not place_date(words)) or words.isupper() else 0
        rows[-1][right].append(Line(Look.TEXT, "", words, bold, 1))
    return Columns(tuple((tuple(left), tuple(right)) for left, right in rows))


def _parted(document: Document, section: Section) -> Iterator[str]:
    """A line of a letterhead, in the columns that wide gaps part it into."""
    raw = document.text[section.head.start : section.head.end]
    yield from [nfc(part).strip() for part in GAP.split(raw)] if GAP.search(raw) else [document.shown(section.head)]


def _flat(document: Document, sections: Sequence[Section]) -> tuple[Line, ...]:
    """The lines of recipients or of a signature; posts and names in bold."""
    lines = [element for element in _body(document, sections, 1) if isinstance(element, Line)]
    signed = bool(sections) and sections[0].role is Role.SIGNATURE
    return tuple(Line(Look.TEXT, one.marker, one.words, len(one.words) if signed else 0, 1) for one in lines)


def _foot(document: Document, left: Sequence[Section], right: Sequence[Section]) -> Columns:
    """Recipients and signature side by side; what the text has in one line behind a wide gap stands on the right."""
    columns = [GAP.split(document.text[one.head.start : one.head.end]) for one in left]
    if not any(len(column) > 1 for column in columns):
        return Columns(((_flat(document, left), _flat(document, right)),), foot=True)
    first = [Line(Look.TEXT, "", _tidy(column[0]), 0, 1) for column in columns]
    beside = [_tidy(" ".join(column[1:])) for column in columns if len(column) > 1]
    signed = [Line(Look.TEXT, "", words, len(words), 1) for words in beside]
    return Columns(((tuple(first), (*signed, *_flat(document, right))),), foot=True)


def _appended(document: Document, sections: Sequence[Section]) -> Iterator[Element]:
    for section in sections:
        yield NewPage()
        if section.kind is Kind.HEADING:
            titles = map(_tidy, document.text[section.head.start : section.head.end].split("\n"))
            yield from (Line(Look.TITLE, "", title, len(title), 1) for title in titles if title)
            yield from _body(document, section.children, 2)
        else:
            yield from _body(document, [section], 1)


def _body(document: Document, sections: Sequence[Section], depth: int) -> Iterator[Element]:
    for section in sections:
        if section.kind is Kind.TABLE:
            yield _grid(document, section)
            continue
        children = section.children
        if section.kind is Kind.HEADING and _runs_on(document, section):
            yield _line(document, section, depth, Span(section.head.start, children[0].head.end))
            yield from _body(document, children[0].children, depth + 2)
            children = children[1:]
        else:
            yield _line(document, section, depth, section.head)
        yield from _body(document, children, depth + 1)


def _runs_on(document: Document, section: Section) -> bool:
    """Whether the words below a heading stand in its own line."""
    if not section.children or section.children[0].kind is not Kind.PARAGRAPH:
        return False
    first = section.children[0].head
    return first.start < section.head.end or "\n" not in document.text[section.head.end : first.start]


def _line(document: Document, section: Section, depth: int, span: Span) -> Line:
    printed = document.shown(span)
    found = mark(printed) if section.kind in {Kind.HEADING, Kind.ITEM} else None
    marker, words = (printed[: found.end].strip(), printed[found.end :].strip()) if found else ("", printed)
    if section.kind is not Kind.HEADING:
        return Line(Look.TEXT, marker, words, 0, depth)
    title = document.shown(section.head)
    runs_on = span != section.head
    within = runs_on and section.children[0].head.start < section.head.end  # the title is part of the sentence
    bold = 0 if within else len(words) - (len(printed) - len(title))
    bare = not marker and not document.text[: section.head.start].endswith("**")  # bold shows it as well as a style
    return Line(Look.TEXT if runs_on else Look.HEADING, marker, words, max(bold, 0), depth, bare)


def _grid(document: Document, section: Section) -> Grid:
    typed = next((table for table in document.tables if table.section == section.id), None)
    placed = [(row.span.start, tuple(_cells(document.text[row.span.start : row.span.end]))) for row in section.children]
    placed = [(start, row) for start, row in placed if not all(map(_RULE.fullmatch, row))]
    rows = [row for _, row in placed]
    if typed is None or not typed.rows:
        return Grid(tuple(rows), 0, 0)
    headers = sum(start < typed.rows[0].span.start for start, _ in placed)
    kept = [row for at, row in enumerate(rows) if at < headers or row not in rows[:headers]]
    filled = [cell.column for row in typed.rows for cell in row.cells]
    return Grid(tuple(kept), headers, min(filled, default=1))


def _tidy(line: str) -> str:
    """A line without Markdown's marks, white space single."""
    return " ".join(nfc(line).replace("*", "").split()).lstrip("# ")


def _cells(printed: str) -> list[str]:
    """The cells of a row between tabs or pipes."""
    if printed.lstrip().startswith("|"):
        printed = printed.strip().removeprefix("|").removesuffix("|").replace("|", "\t")
    return [" ".join(nfc(cell).split()) for cell in printed.split("\t")]
