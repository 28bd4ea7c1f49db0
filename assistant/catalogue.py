"""What a plan holds, laid out to be looked up: targets by year, days of reports, rows as printed, sums by year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.compose.reporting import Due, dues
from assistant.compose.years import clauses
from assistant.cues import Value, is_funding_title
from assistant.plans import GOALS, Plans
from assistant.values import places_of
from corpus.document import Cell, Document, Kind, Role, Row, Section, Span, Table
from corpus.tables import number
from corpus.words import fold
from corpus.yearly import Yearly

MOST_SOURCES = 6  # of a sum that can still be told apart by colours
_SHARE = re.compile(r"\d[\d.,]*(?=\s*%)")
_POINT = re.compile(r"\d+\.\d{1,2}")  # "98.5", where a plan writes decimals so
_YEAR = re.compile(r"năm\s+(?:19|20)\d\d", re.IGNORECASE)
_PART_OF = "trong do"


@dataclass(frozen=True, slots=True)
class Target:
    """A target: its number as printed ("" where it has none), the heading it stands under, and its own words."""

    section: Section
    number: str
    goal: Section | None
    words: Span
    yearly: tuple[Yearly, ...]


@dataclass(frozen=True, slots=True)
class Budget:
    """The printed totals of a table of money. bars: the years, or the columns of a table without years; sources: what
    each is made of, ("",) where it is of one piece; amounts: the cells by bar and source, whatever is printed."""

    unit: str
    bars: tuple[str, ...]
    sources: tuple[str, ...]
    amounts: Mapping[tuple[str, str], Cell]


def targets(plans: Plans, document: Document) -> list[Target]:
    """The numbered targets of a plan; where it numbers none, the items under its headings on targets."""
    numbered = [(one.section, str(one.number)) for one in plans.indicators(document)]
    return [_target(document, section, label) for section, label in numbered or _goal_items(document)]


def _goal_items(document: Document) -> Iterator[tuple[Section, str]]:
    seen: set[int] = set()
    for heading in document.sections:
        named = heading.kind is Kind.HEADING and heading.role is Role.BODY
        if named and fold(heading.title).startswith(GOALS):
            fresh = [leaf for leaf in heading.leaves() if leaf.id not in seen]
            seen.update(leaf.id for leaf in fresh)
            yield from ((leaf, "") for leaf in fresh)


def _target(document: Document, section: Section, label: str) -> Target:
    above = [node for node in document.ancestors(section) if node.kind is Kind.HEADING]
    goal = above[-1] if above else None
    return Target(section, label, goal, document.words(section), tuple(clauses(document, section)))


def share(words: str) -> Decimal | None:
    """The figure in percent that words give, bounds aside; None where they give none.

    >>> share("xuống dưới 9%"), share("98,5 %"), share("98.5%"), share("16/100.000")
    (Decimal('9'), Decimal('98.5'), Decimal('98.5'), None)
    """
    match = _SHARE.search(words)
    if match is None:
        return None
    return Decimal(match[0]) if _POINT.fullmatch(match[0]) else number(match[0])


def deadlines(plans: Plans, document: Document) -> list[Due]:
    """The sentences of a plan on reports and reviews that give a day, or the year of a review."""
    return [due for due in dues(document, plans) if due.has_day]


def days(document: Document, span: Span) -> list[Span]:
    """Where days stand in a sentence of a document; the years, where it gives no day."""
    text = document.text[span.start : span.end]
    found = places_of(Value.DATE, text) or [Span(*match.span()) for match in _YEAR.finditer(text)]
    return [Span(span.start + one.start, span.start + one.end) for one in found]


def printed(document: Document, row: Row) -> list[Span]:
    """The places of what a row prints, column by column; an empty span for a blank one."""
    text = document.text[row.span.start : row.span.end]
    start, stop, separator = 0, len(text), "\t"
    if text.startswith("|"):
        start, stop, separator = 1, len(text.rstrip().removesuffix("|")), "|"
    found: list[Span] = []
    for piece in text[start:stop].split(separator):
        words = piece.strip()
        at = row.span.start + start + (piece.index(words) if words else 0)
        found.append(Span(at, at + len(words)))
        start += len(piece) + 1
    return found


def budget(table: Table) -> Budget | None:
    """The totals that a table of money prints, by year; None where it prints none, or where they cannot be stacked.

    Nothing is summed here: the table has one row of totals, and no column that is a part of another.
    """
    totals = [row for row in table.rows if row.total]
    if (
        len(totals) != 1
        or not _is_money(table)
        or any(_is_part(words) for column in table.columns for words in column.path)
    ):
        return None
    keyed = _keyed(table, totals[0].cells)
    bars, sources = (tuple(dict.fromkeys(key[at] for key, _ in keyed)) for at in (0, 1))
    once = max(Counter(key for key, _ in keyed).values(), default=0) == 1
    if not once or len(bars) < 2 or len(sources) > MOST_SOURCES or any(cell.value < 0 for _, cell in keyed):
        return None
    return Budget(table.unit.value if table.unit else "", bars, sources, dict(keyed))


def _is_money(table: Table) -> bool:
    return "dong" in fold(table.unit.value).split() if table.unit else is_funding_title(table.caption)


def _is_part(words: str) -> bool:
    return fold(words).startswith(_PART_OF)


def _keyed(table: Table, cells: Sequence[Cell]) -> list[tuple[tuple[str, str], Cell]]:
    """Cells by year and source, totals over sources out; by column where no column is of a year."""
    placed = [(table.columns[cell.column], cell) for cell in cells]
    dated = [(column, cell) for column, cell in placed if column.year]
    parts = [(column, cell) for column, cell in dated or placed if not column.total]
    if not dated:
        return [((" – ".join(column.path), ""), cell) for column, cell in parts]
    kept = parts if {column.year for column, _ in parts} == {column.year for column, _ in dated} else dated
    return [((str(column.year), column.source), cell) for column, cell in kept]
