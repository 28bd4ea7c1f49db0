"""What a plan is once it has been read: its text, what it states of itself, a tree of sections, typed tables.

Every part carries a `Span` of the text exactly as it was read, so that whatever is shown of it later can be
proved: `document.text[span.start:span.end]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from corpus.marks import BULLETS
from corpus.words import nfc


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters of a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0 or more, not from {self.start} to {self.end}")

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a document states of itself, and where; `span` is None when documents.toml says it."""

    value: str
    span: Span | None


class Kind(StrEnum):
    """What a node of the tree is."""

    DOCUMENT = "document"
    HEADING = "heading"  # has a title: "4. Sở Y tế", also run-in: "5. Sở Y tế: Chủ trì …"
    ITEM = "item"  # has a marker but no title: "- Tổ chức …", "1. 100% trẻ em …"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    ROW = "row"  # of a table


class Role(StrEnum):
    """The part a top-level stretch plays in an official text."""

    BODY = "body"
    HEAD = "head"  # number, place and date, title
    OPENING = "opening"  # legal basis, before the first section
    CLOSING = "closing"  # "Trên đây là …./."
    RECIPIENTS = "recipients"  # "Nơi nhận:"
    SIGNATURE = "signature"
    APPENDIX = "appendix"


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline.

    id: position in reading order, the root is 0.  label: the marker as printed without its punctuation ("IV",
    "4", "đ", "-", "+", "Chỉ tiêu 5"), "" for a paragraph.  title: a heading's words, cleaned, "" for others.
    head: the marker and, for an item or a paragraph, its own words; for a heading its title.
    span: head and everything below it.
    """

    id: int
    kind: Kind
    role: Role
    label: str
    title: str
    head: Span
    span: Span
    children: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> Iterator[Section]:
        """What of it is quoted, one by one: its paragraphs and items, an item before what hangs below it."""
        return (node for node in self.walk() if node.kind in {Kind.ITEM, Kind.PARAGRAPH})


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the path of its headers: ("2024", "Địa phương")."""

    path: tuple[str, ...]
    year: int | None = None
    total: bool = False

    @property
    def source(self) -> str:
        """Where the money comes from, the last header: "Địa phương"; "" under a single header row."""
        return self.path[-1] if len(self.path) > 1 else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed value. `column` is where it is printed; `proven_column` where the printed totals prove it belongs."""

    row: int
    column: int
    value: Decimal
    span: Span
    proven_column: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number as printed ("" on the total row), its label ("Nội dung hoạt động"), its filled cells."""

    number: str
    label: str
    label_span: Span
    span: Span
    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table over all its pages. `section` is the id of its node; `unit` as the plan prints it."""

    section: int
    caption: str
    unit: Fact | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the text says of itself; what it does not say is None. Values are as printed unless noted.

    province: official name of the vocabulary.  period: first and last year.  number: "107/KH-UBND".
    symbol: what is left of a number with a blank: "KH-SLĐTBXH".  date: ISO.
    kind: "kế hoạch", "quyết định" …; None for a letter or a news item.
    """

    title: Fact | None = None
    kind: Fact | None = None
    province: Fact | None = None
    period: tuple[int, int] | None = None
    number: Fact | None = None
    symbol: Fact | None = None
    date: Fact | None = None
    place: Fact | None = None
    issuer: Fact | None = None
    signer: Fact | None = None
    signer_role: Fact | None = None
    author: Fact | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the file and its stretch of the text.

    confidence: of the words recognised on a scanned page, 0 to 1; None where the file holds its text itself.
    """

    number: int
    span: Span
    confidence: float | None = None


@dataclass(frozen=True, eq=False)
class Document:
    """A plan, read; equal to nothing but itself, so that what is worked out of one can be kept by it.

    hidden: stretches that are not shown: debris of a portal or a scan, markup.
    stated: names of what documents.toml says of it in place of what was read.
    partial: whether pages are missing that this machine could not recognise.
    """

    id: str
    source: str  # the file's name
    digest: str  # sha256 of the file's bytes
    text: str
    hidden: tuple[Span, ...]
    metadata: Metadata
    root: Section
    tables: tuple[Table, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    pages: tuple[Page, ...] = ()
    stated: tuple[str, ...] = ()
    partial: bool = False

    @property
    def title(self) -> str:
        """What to call the document: the title it states, else its id."""
        return self.metadata.title.value if self.metadata.title else self.id

    def page(self, at: int) -> Page | None:
        """The page on which a character of the text stands; None in a file without pages."""
        return next((page for page in reversed(self.pages) if page.span.start <= at), None)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """All nodes; `sections[i].id == i`."""
        return tuple(self.root.walk())

    @cached_property
    def _parents(self) -> dict[int, int]:
        return {child.id: node.id for node in self.sections for child in node.children}

    def ancestors(self, section: Section) -> tuple[Section, ...]:
        """From just below the root down to the node's parent."""
        chain: list[Section] = []
        node = section.id
        while (node := self._parents.get(node, 0)) != 0:
            chain.append(self.sections[node])
        return tuple(reversed(chain))

    def shown(self, span: Span) -> str:
        """The words of a span as a person reads them: hidden stretches out, white space single, in NFC."""
        parts: list[str] = []
        at = span.start
        for gap in self.hidden:
            if gap.end <= at:
                continue
            if gap.start >= span.end:
                break
            parts.append(self.text[at : max(gap.start, at)])
            at = min(gap.end, span.end)
        parts.append(self.text[at : span.end])
        return " ".join(nfc("".join(parts)).split())

    def words(self, section: Section) -> Span:
        """An item's or a paragraph's own words in the text, without the marker before them."""
        label = re.escape(section.label) if section.label else r"(?!)"
        marker = re.compile(rf"[*_#\s]*(?:[{re.escape(BULLETS)}+]|{label}(?:\s*[.)/]|(?<=\))))\s*")
        match = marker.match(self.text, section.head.start, section.head.end)
        named = section.kind is Kind.ITEM and match and match.end() < section.head.end
        return Span(match.end(), section.head.end) if match and named else section.head

    def place(self, section: Section) -> str:
        """The path as it stands before a node's own words: without a label that those words begin with anyway."""
        above = self.ancestors(section)
        says_itself = section.kind is Kind.ITEM and " " in section.label and above  # "Chỉ tiêu 5: …"
        return self.path(above[-1] if says_itself else section)

    def path(self, section: Section) -> str:
        """Where a node stands, as a citation prints it: "IV › 4. Sở Y tế"."""
        chain = [node for node in (*self.ancestors(section), section) if node.kind is not Kind.PARAGRAPH]
        named = [node for node in chain if node.label not in {*BULLETS, "+"} and (node.label or node.title)]
        if not named:
            return self.title
        *above, last = named
        own = ". ".join(part for part in (last.label, last.title) if part)
        return " › ".join([*(node.label or node.title for node in above), own])
