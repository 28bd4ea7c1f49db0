"""Where a plan gives the whole of its money, or parts of it: in a sentence, in the total row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.cues import Value, is_funding_title
from assistant.evidence import sentences
from assistant.plans import KEPT
from assistant.values import holds, places_of
from corpus.document import Document, Kind, Role, Row, Section, Span, Table
from corpus.sums import sum_words
from corpus.words import begins, fold, one_of

_YEAR = re.compile(r"(?:19|20)\d\d")
_ROLES = (Role.BODY, Role.APPENDIX)


@dataclass(frozen=True, slots=True)
class Money:
    """What a plan states of its money as a whole.

    said: sentences that give the whole.  totals: total rows of tables of money.  rows: those of tables of which nothing
    could be typed.  parts: sentences of the section on funding with a sum, each with the one that it stands below.
    items: rows of tables of money, lines: those of which nothing could be typed.
    """

    said: tuple[Span, ...]
    totals: tuple[tuple[Table, Row], ...]
    rows: tuple[Section, ...]
    parts: tuple[tuple[Span, Span | None], ...]
    items: tuple[tuple[Table, Row], ...]
    lines: tuple[Section, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the whole is stated."""
        return bool(self.said or self.totals or self.rows)

    @property
    def has_parts(self) -> bool:
        """Whether parts of it are."""
        return bool(self.parts or self.items or self.lines)


@lru_cache(maxsize=KEPT)
def money_of(document: Document) -> Money:
    """What a plan states of its money."""
    tables = [table for table in document.tables if _is_of_money(document, table)]
    typed = {row.span for table in document.tables for row in table.rows}
    lines = [node for node in document.sections if node.kind is Kind.ROW and node.head not in typed]
    lines = [node for node in lines if holds(Value.MONEY, document.shown(node.head))]
    totals = [(table, row) for table in tables for row in table.rows if row.total and row.cells]
    return Money(
        tuple(_said(document)),
        tuple(totals),
        tuple(node for node in lines if _is_total(document, node)),
        tuple(_parts(document)),
        tuple((table, row) for table in tables for row in table.rows if row.cells and not row.total),
        tuple(node for node in lines if not _is_total(document, node)),
    )


def of_year(document: Document, year: int) -> tuple[Span, ...]:
    """The sentences of the sections on funding that give the sum of a year: "Năm 2015: 1.900 triệu đồng"."""
    begins = re.compile(rf"\W*nam {year}\b")
    return tuple(span for _, span in _sums_of_funding(document) if begins.match(fold(document.shown(span))))


def _said(document: Document) -> Iterator[Span]:
    """The sentences that give the whole: those of the section on funding, where it has any."""
    funded = [(span, document.shown(span)) for _, span in _sums_of_funding(document)]
    sure = [span for span, words in funded if _gives_whole(document, words)]
    if not sure:
        sure = [span for span, words in funded if _whole().search(fold(words))]
    if not sure:
        leaves = (node for node in document.sections if node.kind in {Kind.ITEM, Kind.PARAGRAPH})
        parts = (part for node in leaves if node.role in _ROLES for part in sentences(document, document.words(node)))
        sure = [part for part in parts if _gives_whole(document, document.shown(part), plainly=False)]
    yield from sure


def _parts(document: Document) -> Iterator[tuple[Span, Span | None]]:
    """The sentences with a sum in the sections on funding, each with the one above it that has one too."""
    first: dict[int, Span] = {}
    for section, span in _sums_of_funding(document):
        above = [first[node.id] for node in document.ancestors(section) if node.id in first]
        yield span, above[-1] if above else None
        first.setdefault(section.id, span)


def _sums_of_funding(document: Document) -> Iterator[tuple[Section, Span]]:
    """The sentences with a sum in the sections on funding, behind their run-in titles, with the items they stand in."""
    for section in document.sections:
        above = (section, *document.ancestors(section))
        is_leaf = section.kind in {Kind.ITEM, Kind.PARAGRAPH} and section.role in _ROLES
        if is_leaf and any(node.kind is Kind.HEADING and is_funding_title(node.title) for node in above):
            for part in sentences(document, _with_title(document, section)):
                if holds(Value.MONEY, document.shown(part)):
                    yield section, part


def _with_title(document: Document, section: Section) -> Span:
    """A leaf's words, with the title that it stands behind in one line: "Ngân sách tỉnh: 600 triệu đồng"."""
    above = document.ancestors(section)
    own = document.words(section)
    if not above or above[-1].kind is not Kind.HEADING:
        return own
    head = above[-1].head
    runs_in = head.end <= own.start and "\n" not in document.text[head.end : own.start]
    return Span(head.start, own.end) if runs_in else own


def _gives_whole(document: Document, words: str, plainly: bool = True) -> bool:
    """Whether a sentence gives the whole: a word for it, what the plan is about, and then a sum.

    plainly: "Kinh phí thực hiện Kế hoạch là 500 triệu đồng" does too.
    """
    folded = fold(words)
    found = [*_whole().finditer(folded), *_bare().finditer(folded)]
    if plainly and (match := _plain().match(folded)):
        found.append(match)
    return any(_leads_to_sum(document, words[match.end() :]) for match in found)


def _leads_to_sum(document: Document, rest: str) -> bool:
    """Whether nothing but what the plan is for stands before the first sum."""
    amounts = places_of(Value.MONEY, rest)
    if not amounts:
        return False
    between = _YEAR.sub(" ", fold(rest[: min(amounts).start]))
    if re.search(rf"\b{one_of(*sum_words().parts)}\b", between):
        return False
    return set(re.findall(r"[^\W\d_]+", between)) <= _around() | set(re.findall(r"\w+", fold(document.title)))


def _is_of_money(document: Document, table: Table) -> bool:
    """Whether a table is one of money, by its unit, its caption, its columns or the titles above it."""
    node = document.sections[table.section]
    heads = (part for one in table.columns for part in one.path)
    said = [table.unit.value if table.unit else "", table.caption, *heads]
    titles = [above.title for above in document.ancestors(node) if above.kind is Kind.HEADING]
    return re.search(rf"\b{one_of(*sum_words().money)}\b", fold(" ".join([*said, *titles]))) is not None


def _is_total(document: Document, row: Section) -> bool:
    cells = re.split(r"[|\t]", document.text[row.head.start : row.head.end])
    label = next((cell for cell in cells if cell.strip() and not holds(Value.NUMBER, cell)), "")
    whole = begins(label, sum_words().whole)
    return whole or (begins(label, sum_words().bare) and len(label.split()) <= 2)


@cache
def _around() -> frozenset[str]:
    return frozenset(word for phrase in sum_words().around for word in fold(phrase).split())


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(*sum_words().whole)}\b")


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(*sum_words().bare)}(?=\s*(?::|=|\(|la\b|khoang\b|du kien\b|\d))")


@cache
def _plain() -> re.Pattern[str]:
    return re.compile(rf"\W*{one_of(*sum_words().plain)}\b")
