"""The largest or the smallest figure of a table: among its years, or among its rows."""

from __future__ import annotations

from assistant.compose.rows import (
    asked_cells,
    column_of,
    is_of_one_activity,
    names_a_cell,
    row_text,
    said_cells,
    sources_named,
)
from assistant.compose.task import Reply, Task
from assistant.cues import Cue, Value, asks_most, says
from assistant.plans import label_of
from corpus.document import Cell, Row, Table


def extreme(task: Task) -> Reply | None:
    """The cell asked for, with its year or row; None where no extreme of a table is asked for."""
    most = asks_most(task.question.text)
    if most is None or not _is_of_money(task):
        return None
    draft = task.draft()
    by_rows = says(task.question.text, Cue.ROWS)
    for document in task.documents:
        for table in document.tables:
            if not (by_rows or sources_named(task, table)) and is_of_one_activity(task, table):
                continue
            cells = _of_rows(task, table) if by_rows else _of_years(task, table)
            if not cells:
                continue
            best = (max if most else min)(cell.value for _, cell in cells)
            found = [(row, cell) for row, cell in cells if cell.value == best]
            for row, cell in found:
                text = row_text(draft, document, row) if by_rows else draft.quote(document, row.label_span)
                said = said_cells(task, draft, document, table, [cell])
                draft.line(f"- **{label_of(document)}**: {text}: {said}")
    return Reply(draft) if draft else None


def _is_of_money(task: Task) -> bool:
    """Whether money is asked about, by name or by a table's source; "ít nhất 90%" is no such question."""
    if task.question.asks_target or Value.PERCENT in task.question.values:
        return False
    named = any("ngân sách" in " ".join(term.plan).lower() for term in task.question.terms)
    return named or Value.MONEY in task.question.values or names_a_cell(task)


def _of_years(task: Task, table: Table) -> list[tuple[Row, Cell]]:
    """The cells of the total row, a year each; of one source, the first where none is named."""
    rows = [row for row in table.rows if row.total]
    cells = [(row, cell) for row in rows for cell in asked_cells(task, table, row) if _column_year(table, cell)]
    source = table.columns[column_of(cells[0][1])].source if cells else ""
    return [pair for pair in cells if table.columns[column_of(pair[1])].source == source]


def _of_rows(task: Task, table: Table) -> list[tuple[Row, Cell]]:
    """The total cells of the rows."""
    rows = [row for row in table.rows if not row.total]
    cells = [(row, cell) for row in rows for cell in asked_cells(task, table, row)]
    return [(row, cell) for row, cell in cells if table.columns[column_of(cell)].total and cell.value]


def _column_year(table: Table, cell: Cell) -> int | None:
    return table.columns[column_of(cell)].year
