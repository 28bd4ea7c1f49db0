"""The table in an answer as a CSV file: a table of the answer, cells of a plan's budget, or a list of sums."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from assistant.answer import Answer, Citation
from assistant.compose.rows import column_of
from assistant.plans import label_of
from assistant.web.origin import origin
from assistant.web.parts import Kind, Part, cites, parts, plain
from assistant.web.strings import phrase
from corpus.document import Cell, Document, Row, Span, Table

#: What a spreadsheet would take for a formula, also behind white space.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_SUM = re.compile(r"(.+):\s+(\d[\d.,]*\s*(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+)?đồng)\W*", re.IGNORECASE)
_FEWEST = 2  # sums that make a list of them a table


def csv_file(answer: Answer, documents: Mapping[str, Document]) -> bytes | None:
    """The file in UTF-8 with a byte-order mark, by which Excel knows it; None where the answer holds no table."""
    rows = csv_rows(answer, documents)
    if not rows:
        return None
    text = StringIO()
    csv.writer(text).writerows([[safe(cell) for cell in row] for row in rows])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def csv_rows(answer: Answer, documents: Mapping[str, Document]) -> list[list[str]]:
    """Header and rows, the last column the source; several tables of an answer have a blank row between them."""
    found = parts(answer)
    sources = {one.n: f"[{one.n}] {origin(one, documents)}" for one in answer.citations}
    tables = [part for part in found if part.kind is Kind.TABLE]
    if tables:
        return list(_tables(tables, sources))
    return list(_budget(answer.citations, documents)) or _sums(found, sources)


def safe(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula.

    >>> safe("=1+1"), safe("- mục"), safe("98,5%")
    ("'=1+1", "'- mục", '98,5%')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _tables(tables: Sequence[Part], sources: Mapping[int, str]) -> Iterator[list[str]]:
    for at, part in enumerate(tables):
        if at:
            yield []
        yield from _table(part, sources)


def _table(part: Part, sources: Mapping[int, str]) -> Iterator[list[str]]:
    for at, row in enumerate(part.rows):
        used = [sources[n] for n in cites([run for cell in row for run in cell])]
        yield [*(plain(cell) for cell in row), phrase("sources").both if at == 0 else "; ".join(used)]


def _budget(citations: Sequence[Citation], documents: Mapping[str, Document]) -> Iterator[list[str]]:
    """A row for each cited cell of the plans' tables. The number stands alone as well: "3.520" is 3.52 to some."""
    cells = list(_cells(citations, documents))
    if cells:
        keys = ("csv_plan", "csv_row", "csv_column", "csv_printed", "csv_value", "csv_unit", "csv_note", "sources")
        yield [phrase(key).both for key in keys]
    for citation, document, table, row, cell in cells:
        unit = table.unit.value if table.unit else ""
        column, printed = column_of(cell), _header(table, cell.column)
        yield [
            label_of(document),
            row.label,
            _header(table, column),
            f"{document.shown(cell.span)} {unit}".strip(),
            str(int(cell.value)) if cell.value == int(cell.value) else "",
            unit,
            phrase("csv_moved", column=printed).vi if column != cell.column else "",
            f"[{citation.n}] {origin(citation, documents)}",
        ]


def _cells(
    citations: Sequence[Citation], documents: Mapping[str, Document]
) -> Iterator[tuple[Citation, Document, Table, Row, Cell]]:
    for citation in citations:
        document = documents.get(citation.doc)
        span = Span(citation.start, citation.end)
        for table in document.tables if document else ():
            for row in table.rows:
                for cell in row.cells:
                    if document and cell.span in span:
                        yield citation, document, table, row, cell


def _header(table: Table, column: int) -> str:
    return " › ".join(table.columns[column].path)


def _sums(found: Sequence[Part], sources: Mapping[int, str]) -> list[list[str]]:
    rows = [
        [said[1], said[2], "; ".join(sources[n] for n in cites(part.runs))]
        for part in found
        if part.kind is Kind.ITEM and (said := _SUM.fullmatch(plain(part.runs)))
    ]
    header = [phrase(key).both for key in ("csv_row", "csv_printed", "sources")]
    return [header, *rows] if len(rows) >= _FEWEST else []
