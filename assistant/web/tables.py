"""A typed table of a plan as HTML: the printed headers, every value in the column where it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from assistant.web.strings import phrase
from corpus.document import Document, Row, Span, Table


def is_whole(document: Document, table: Table) -> bool:
    """Whether number, label and values are all that its rows print; words in other columns would be lost."""
    return all(_printed(document, row) == "".join(document.shown(row.span).split()) for row in table.rows)


def _printed(document: Document, row: Row) -> str:
    values = [document.shown(cell.span) for cell in row.cells]
    return "".join("".join([row.number, row.label, *values]).split())


def table_html(document: Document, table: Table, passage: Span | None) -> str:
    """The table, the cells that `passage` touches marked; a wide one scrolls on its own."""
    caption = f"<caption>{escape(table.caption)}{_unit_html(table)}</caption>"
    rows = "".join(_row_html(document, table, row, passage) for row in table.rows)
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in table.notes)
    return (
        f'<div class="table" tabindex="0" role="region" aria-label="{escape(table.caption)}"><table>{caption}'
        f"<thead>{headers_html(table)}</thead><tbody>{rows}</tbody></table></div>{notes}"
    )


def _unit_html(table: Table) -> str:
    if table.unit is None:
        return ""
    return f'<span class="unit">{phrase("table_unit", unit=table.unit.value).html}</span>'


def headers_html(table: Table) -> str:
    """The printed header rows, neighbours under one header joined."""
    depth = max((len(column.path) for column in table.columns), default=0)
    return "".join(f"<tr>{''.join(_header_cells(table, level, depth))}</tr>" for level in range(depth))


def _header_cells(table: Table, level: int, depth: int) -> Iterator[str]:
    """The header cells of one row, neighbours under one header joined."""
    reaching = [column for column in table.columns if len(column.path) > level]
    for path, group in groupby(reaching, key=lambda column: column.path[: level + 1]):
        members = list(group)
        deepest = all(len(member.path) == level + 1 for member in members)
        yield (
            f'<th scope="{"col" if deepest else "colgroup"}" colspan="{len(members)}" '
            f'rowspan="{depth - level if deepest else 1}">{escape(path[-1])}</th>'
        )


def _row_html(document: Document, table: Table, row: Row, passage: Span | None) -> str:
    first = min((cell.column for each in table.rows for cell in each.cells), default=len(table.columns))
    lead = [""] * max(first - 1, 0)
    if lead:
        before_label = Span(row.span.start, max(row.span.start, row.label_span.start))
        lead[0] = _marked(row.number, before_label, passage)
    label = _marked(row.label, row.label_span, passage)
    cells = "".join(f"<td>{words}</td>" for words in lead) + f'<th scope="row">{label}</th>'
    kind = ' class="total"' if row.total else ""
    return f"<tr{kind}>{cells}{''.join(_values_html(document, table, row, first, passage))}</tr>"


def _values_html(document: Document, table: Table, row: Row, first: int, passage: Span | None) -> Iterator[str]:
    cells = {cell.column: cell for cell in row.cells}
    for at in range(first, len(table.columns)):
        cell = cells.get(at)
        if cell is None:
            yield "<td></td>"
            continue
        moved = ' class="moved"' if cell.proven_column not in {None, cell.column} else ""
        yield f"<td{moved}>{_marked(document.shown(cell.span), cell.span, passage)}</td>"


def _marked(words: str, span: Span, passage: Span | None) -> str:
    """The words, escaped, in `<mark>` when the passage reaches into their span."""
    touched = passage is not None and passage.start < span.end and span.start < passage.end
    return f"<mark>{escape(words)}</mark>" if touched and words else escape(words)
