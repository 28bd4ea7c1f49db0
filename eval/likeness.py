"""How alike two readings of one plan are: sections, titles, words, figures, table cells, metadata. Pure functions.

Shares run from 0 to 1: twice what both hold in the same order, over what the one holds and the other.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from itertools import groupby
from typing import TypeAlias

from rapidfuzz.distance import Indel

from corpus.document import Document, Fact, Kind, Metadata, Role, Section
from corpus.words import fold
from eval.writing.plan import GAP, words_of

#: A section as it is compared: what it is, its marker, and how deep it hangs.
Key: TypeAlias = tuple[str, str, int]

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+(?:[.,/:]\d+)*")
_FOOT = frozenset({Role.RECIPIENTS, Role.SIGNATURE})
#: Signs that a text and its print tell apart and a reader need not.
_DASHES = frozenset("-–—−‐‑")
_SHOWN, _FIRST = 70, 3  # characters of a section's words, and words that tell it from others


@dataclass(frozen=True, slots=True)
class Likeness:
    """One plan read from a format beside the same plan read from its text.

    expected, found: sections of the text and of the other.  sections: the share equal in order by kind, marker and
    depth; titles: of headings' titles, without accents and capitals; words: of words; numbers: of figures, in any
    order; cells: of table cells by their row, column and value, not a number where there are none.
    wrong: figures missed ("-9,8") and added ("+98").  fields: the metadata that differ.  changes: sections missed
    and added, a line each.
    """

    expected: int
    found: int
    sections: float
    titles: float
    words: float
    numbers: float
    cells: float
    wrong: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


def likeness(text: Document, other: Document) -> Likeness:
    """A plan read from a format against its text."""
    ours, theirs = words_of(text), words_of(other)
    figures = _FIGURE.findall(ours), _FIGURE.findall(theirs)
    return Likeness(
        expected=len(keys(text)),
        found=len(keys(other)),
        sections=in_order(keys(text), keys(other)),
        titles=in_order(_titles(text), _titles(other)),
        words=words_in_order(ours, theirs),
        numbers=in_any_order(*figures),
        cells=in_any_order(_cells(text), _cells(other)),
        wrong=tuple(odd(*figures)),
        fields=tuple(_differing(text.metadata, other.metadata)),
        changes=tuple(_changes(text, other)),
    )


def keys(document: Document) -> list[Key]:
    """The sections of a document, in order, as they are compared.

    The rows of a table are not among them, since its header may stand on every page; lines side by side above the
    title or below the text, which a reader may hand on in one line, count each.
    """
    return [entry.key for entry in _entries(document)]


def in_order(ours: Sequence[object], theirs: Sequence[object]) -> float:
    """The share equal in order (difflib.SequenceMatcher.ratio); 1 where both are empty.

    >>> in_order(["I", "1", "2"], ["I", "2", "3"])  # 2 · 2 / 6
    0.6666666666666666
    """
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio()


def words_in_order(ours: str, theirs: str) -> float:
    """The share of words equal in order: twice the longest common subsequence over the words of both.

    >>> words_in_order("Trẻ em, hôm nay.", "Trẻ em thế giới hôm nay")  # 2 · 4 / (4 + 6)
    0.8
    """
    return Indel.normalized_similarity(_words(ours), _words(theirs))


def in_any_order(ours: Sequence[object], theirs: Sequence[object]) -> float:
    """Twice what both hold over what they hold together, whatever the order; not a number where both are empty.

    >>> in_any_order(["9", "9", "20/5"], ["9", "98"])  # 2 · 1 / 5
    0.4
    """
    both = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * both / (len(ours) + len(theirs)) if ours or theirs else math.nan


def odd(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
    """What only one holds: "-" before what the other misses, "+" before what it has besides, as often as it does.

    >>> list(odd(["9,8", "9,8", "5"], ["9,8", "98", "5"]))
    ['-9,8', '+98']
    """
    first, second = Counter(ours), Counter(theirs)
    yield from (f"-{one}" for one in (first - second).elements())
    yield from (f"+{one}" for one in (second - first).elements())


@dataclass(frozen=True, slots=True)
class _Entry:
    """A section, or what stands in one of its columns, as it is compared and told."""

    key: Key
    words: str

    @property
    def begins(self) -> tuple[Key, str]:
        """The key and the first words, without accents."""
        return self.key, fold(" ".join(self.words.split()[:_FIRST]))

    def __str__(self) -> str:
        kind, label, depth = self.key
        return f"{kind} [{label}] {depth}: {self.words[:_SHOWN]}"


def _entries(document: Document) -> list[_Entry]:
    """What is compared: of recipients and a signature side by side first all that stands on the left."""
    sections = [section for section in document.sections[1:] if section.kind is not Kind.ROW]
    found: list[_Entry] = []
    for foot, some in groupby(sections, lambda one: one.role in _FOOT):
        columns = [
            (at + (section.role is Role.SIGNATURE), entry)
            for section in some
            for at, entry in enumerate(_columns(document, section))
        ]
        found += [entry for _, entry in (sorted(columns, key=lambda column: column[0]) if foot else columns)]
    return found


def _columns(document: Document, section: Section) -> Iterator[_Entry]:
    """A section, in its columns where it may have any: a signature stands beside the recipients, and has no marker."""
    label = "-" if section.label in _DASHES else section.label
    depth = len(document.ancestors(section)) + 1
    raw = document.text[section.head.start : section.head.end]
    first, *others = GAP.split(raw) if section.role in {Role.HEAD, *_FOOT} else [raw]
    yield _Entry((section.kind.value, label, depth), " ".join(first.split()))
    yield from (_Entry((Kind.PARAGRAPH.value, "", depth), " ".join(other.split())) for other in others)


def _titles(document: Document) -> list[str]:
    return [" ".join(fold(one.title).split()) for one in document.sections if one.kind is Kind.HEADING]


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _cells(document: Document) -> list[tuple[int, int, int, str]]:
    """Every value by its table, row and column."""
    return [
        (at, cell.row, cell.column, str(cell.value))
        for at, table in enumerate(document.tables)
        for row in table.rows
        for cell in row.cells
    ]


def _differing(ours: Metadata, theirs: Metadata) -> Iterator[str]:
    for one in fields(Metadata):
        if _stated(getattr(ours, one.name)) != _stated(getattr(theirs, one.name)):
            yield one.name


def _stated(value: Fact | tuple[int, int] | None) -> object:
    return " ".join(fold(value.value).split()) if isinstance(value, Fact) else value


def _changes(text: Document, other: Document) -> Iterator[str]:
    """Where the lists of sections part: "-" before what the other misses, "+" before what it has instead.

    Sections are told apart by their first words too, or of a run of paragraphs the wrong one would be named.
    """
    ours, theirs = _entries(text), _entries(other)
    if keys(text) == keys(other):
        return
    matcher = SequenceMatcher(None, [one.begins for one in ours], [one.begins for one in theirs], autojunk=False)
    for what, start, end, first, last in matcher.get_opcodes():
        missed, added = ours[start:end], theirs[first:last]
        if what != "equal" and [one.key for one in missed] != [one.key for one in added]:
            yield from (f"- {entry}" for entry in missed)
            yield from (f"+ {entry}" for entry in added)
