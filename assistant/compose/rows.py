"""Rows and cells of tables, with their unit and year; a misplaced cell is told with both readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from assistant.citations import Draft, escaped
from assistant.compose.refusal import refuse, refuse_year
from assistant.compose.task import Reply, Task
from assistant.cues import Cue, Value, says, sources_asked, table_words
from assistant.evidence import telling
from assistant.matching import MONEY, Matter, Words
from assistant.plans import label_of
from corpus.document import Cell, Document, Kind, Row, Section, Span, Table
from corpus.tables import shown
from corpus.words import fold

#: Share of what a question says of a row that the row's label must hold; less where only one row has such money.
_ENOUGH_FOR_A_ROW, _ENOUGH_FOR_THE_ONLY_ROW = 0.6, 0.35
#: How much more relevant than the next one, in log-odds, the row is that a question is about.
_CLEARLY = 2.0
#: Share of a question that is about one activity, from which on the table's total is no answer to it; and the same
#: where the question names a cell of the total by its year and source.
_ONE_ACTIVITY, _ONE_ACTIVITY_BESIDES = 0.5, 0.8


def table_answer(task: Task) -> Reply | None:
    """Money asked for by row, by year or in total, from the tables in scope; None where they do not hold it."""
    if Value.UNIT in task.question.values:
        return _units(task)
    if Value.MONEY not in task.question.values and not names_a_cell(task):
        return None
    tables = [(document, table) for document in task.documents for table in document.tables]
    if not tables:
        return None
    years = {column.year for _, table in tables for column in table.columns}
    if task.scope.absent_years and years.isdisjoint(task.question.years):
        return refuse_year(task)
    if (reply := _no_such_source(task, tables)) is not None:
        return reply
    draft = task.draft()
    for document, table in tables:
        row = _row_asked(task, document, table)
        if row is not None:
            _stated_total(task, draft, document, row)
            draft.line(f"- **{label_of(document)}**: {_row_text(task, draft, document, table, row)}")
    return Reply(draft) if draft else None


def _stated_total(task: Task, draft: Draft, document: Document, row: Row) -> None:
    """The sentence in which the plan itself gives the whole sum, before the table's."""
    if not (row.total and task.question.total) or task.question.years:
        return
    for one in task.evidence:
        if one.document.id == document.id and one.section.kind is not Kind.ROW and one.has_value:
            span = telling(task.question, task.matter, one)[0]
            draft.line(f"- **{label_of(document)}**: {draft.quote(document, span)}")
            return


def row_line(task: Task, draft: Draft, document: Document, section: Section) -> str:
    """A row as one line of an answer."""
    for table in document.tables:
        for row in table.rows:
            if row.span == section.head:
                return _row_text(task, draft, document, table, row)
    return draft.quote(document, section.head)


def row_of(task: Task, draft: Draft, document: Document, table: Table, row: Row) -> str:
    """A row of a table as one line of an answer: what it is about, and its cells of the years and sources asked for."""
    return _row_text(task, draft, document, table, row)


def _units(task: Task) -> Reply | None:
    draft = task.draft()
    for document in task.documents:
        for table in document.tables:
            if table.unit is not None and table.unit.span is not None:
                unit = draft.quote(document, table.unit.span)
                draft.line(f"- **{label_of(document)}**, {escaped(table.caption)}: {unit}")
    return Reply(draft) if draft else None


def _no_such_source(task: Task, tables: Sequence[tuple[Document, Table]]) -> Reply | None:
    """Says which sources the tables have, where the question names another one."""
    asked = sources_asked(task.question.text)
    known = dict.fromkeys(column.source for _, table in tables for column in table.columns if column.source)
    if not asked or not known or any(one in fold(source) for one in asked for source in known):
        return None
    names, listed = ", ".join(label_of(document) for document, _ in tables), "; ".join(map(escaped, known))
    vi = f"{names}: bảng kinh phí chỉ chia theo nguồn: {listed}; không có nguồn được hỏi."
    en = f"{names}: the table of funds has only these sources: {listed}; not the one asked for."
    return refuse(task, vi, en, [(document, table.section) for document, table in tables])


def _row_asked(task: Task, document: Document, table: Table) -> Row | None:
    """The row whose activity the question is about; the total row where it is about the table as a whole."""
    rows = _rows_with_money(task, table)
    if (row := _clear_row(task, document, table) or _named_row(task, table, rows)) is not None:
        return row
    total = next((row for row in table.rows if row.total), None)
    if task.question.agencies:  # what one body gets is not what all of it costs
        return None
    return total if asks_all(task, table) and not is_of_one_activity(task, table) else None


def _clear_row(task: Task, document: Document, table: Table) -> Row | None:
    """The row that is clearly more relevant than all others of its table, the total among them."""
    heads = {row.span: row for row in table.rows}
    rows = (one for one in task.evidence if one.section.kind is Kind.ROW and one.document.id == document.id)
    held = [(one.relevance, heads[one.section.head]) for one in rows if one.section.head in heads]
    held = [(relevance, row) for relevance, row in held if any(cell.value for cell in asked_cells(task, table, row))]
    held.sort(key=lambda pair: -pair[0])
    if not held or held[0][1].total or (len(held) > 1 and held[0][0] < held[1][0] + _CLEARLY):
        return None
    return held[0][1]


def _named_row(task: Task, table: Table, rows: Sequence[Row]) -> Row | None:
    """The row whose label holds most of what the question says of a row."""
    matter = _of_rows(task, table)
    held = [(matter.coverage(Words(row.label)), row) for row in rows]
    best, row = max(held, key=lambda pair: pair[0], default=(0.0, None))
    return row if best >= (_ENOUGH_FOR_A_ROW if len(held) > 1 else _ENOUGH_FOR_THE_ONLY_ROW) else None


def asks_all(task: Task, table: Table) -> bool:
    """Whether the question is about the table as a whole, one of its years or one of its sources."""
    return task.question.total or _names_a_year(task, table) or bool(sources_named(task, table))


def _names_a_year(task: Task, table: Table) -> bool:
    return not {column.year for column in table.columns if column.year}.isdisjoint(task.question.years)


def is_of_one_activity(task: Task, table: Table) -> bool:
    """Whether the question is about one activity, so that a figure of the whole table is no answer to it."""
    names_a_cell = _names_a_year(task, table) and (task.question.total or bool(sources_named(task, table)))
    most = _ONE_ACTIVITY_BESIDES if names_a_cell else _ONE_ACTIVITY
    return _of_rows(task, table).weight > most * task.matter.said.weight


def _of_rows(task: Task, table: Table) -> Matter:
    """The matter without what caption and headers say of every row: money, sources, the plan's own title."""
    every_row = Words(
        " ".join([table.caption, MONEY, *table_words(), *(part for column in table.columns for part in column.path)])
    )
    units = tuple(unit for unit in task.matter.said_units if not unit.stands_in(every_row))
    return Matter(units, units)


def _rows_with_money(task: Task, table: Table) -> list[Row]:
    rows = [row for row in table.rows if not row.total]
    return [row for row in rows if any(cell.value for cell in asked_cells(task, table, row))]


def names_a_cell(task: Task) -> bool:
    """Whether the question names a cell by its year and source, or by a year and a sum: "tiền" need not be said."""
    values = task.question.values
    if values - {Value.NUMBER} or task.question.kinds:
        return False
    for table in (table for document in task.documents for table in document.tables):
        named, year = bool(sources_named(task, table)), _names_a_year(task, table)
        if (year and (named or task.question.total)) or (named and Value.NUMBER in values):
            return True
    return False


def sources_named(task: Task, table: Table) -> frozenset[str]:
    """The sources among a table's headers that the question names."""
    asked = " ".join([fold(task.question.text), *(fold(part) for term in task.question.terms for part in term.plan)])
    named = {column.source for column in table.columns if column.source}
    return frozenset(source for source in named if fold(source.split(", ")[-1]) in asked)


def asked_cells(task: Task, table: Table, row: Row) -> list[Cell]:
    """The filled cells of a row, of the sources named alone where any is."""
    sources = sources_named(task, table)
    return [cell for cell in row.cells if not sources or table.columns[column_of(cell)].source in sources]


def row_text(draft: Draft, document: Document, row: Row) -> str:
    """What a row is about, cited."""
    return draft.quote(document, row.label_span) if row.label else draft.mark(document, row.span)


def _row_text(task: Task, draft: Draft, document: Document, table: Table, row: Row) -> str:
    unit = table.unit.value if table.unit else ""
    label = row_text(draft, document, row)
    cells = _cells_asked(task, table, row)
    if not cells:
        years = ", ".join(map(str, task.question.years))
        empty = task.say(f"bảng để trống, không có số cho năm {years}", f"the table is blank, no figure for {years}")
        return f"{label}: {empty} {draft.mark(document, row.span)}"
    values = "; ".join(said_cells(task, draft, document, table, group) for group in _alike(table, cells))
    note = _note(draft, document, table, cells)
    summed = _sum(task, table, cells, unit)
    number = task.say(f"hàng {row.number}, ", f"row {row.number}, ") if row.number else ""
    return f"{number}{label}: {values}{summed}{note}"


def column_of(cell: Cell) -> int:
    """The column a value belongs to: the proved one where it is printed in another."""
    return cell.column if cell.proven_column is None else cell.proven_column


def _cells_asked(task: Task, table: Table, row: Row) -> list[Cell]:
    """The cells of the years asked for; the totals where the whole is asked for; else all that hold money."""
    cells = [cell for cell in asked_cells(task, table, row) if cell.value or task.question.years]
    years = set(task.question.years) & {column.year for column in table.columns if column.year}
    if years:
        of_years = [cell for cell in cells if not years.isdisjoint(_years_of(table, cell))]
        whole = [cell for cell in cells if table.columns[column_of(cell)].total]
        return [*of_years, *whole] if task.question.total and not row.total else of_years
    totals = [cell for cell in cells if table.columns[column_of(cell)].total]
    if says(task.question.text, Cue.YEARLY):
        return cells
    return totals if totals and (task.question.total or (row.total and not sources_named(task, table))) else cells


def _years_of(table: Table, cell: Cell) -> set[int | None]:
    """The years of the column a cell belongs to and of the one it is printed in."""
    return {table.columns[column_of(cell)].year, table.columns[cell.column].year}


def _alike(table: Table, cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Runs of cells of different years with one source and one value, so that ten equal years are said once."""

    def same(cell: Cell) -> tuple[str, bool, Decimal, int]:
        column = table.columns[column_of(cell)]
        return column.source, column.total, cell.value, -1 if column.year else column_of(cell)

    keyed = sorted(cells, key=lambda cell: same(cell)[:2])
    for _, group in groupby(keyed, key=same):
        yield list(group)


def said_cells(task: Task, draft: Draft, document: Document, table: Table, cells: Sequence[Cell]) -> str:
    """Cells of one source and one value: year, source, amount with its unit, and the citation."""
    unit = table.unit.value if table.unit else ""
    column = table.columns[column_of(cells[0])]
    years = [table.columns[column_of(cell)].year for cell in cells]
    when = _when([year for year in years if year]) or (column.path[0] if column.path else "")
    source = f" ({column.source})" if column.source else ""
    each = task.say("mỗi năm ", "each year ") if len(cells) > 1 else ""
    amount = f"{each}**{f'{shown(cells[0].value)} {unit}'.strip()}**"
    marks = draft.mark(document, cells[0].span) if len(cells) == 1 else draft.mark(document, _across(cells))
    return f"{when}{source}: {amount} {marks}"


def _when(years: Sequence[int]) -> str:
    if not years:
        return ""
    unbroken = list(years) == list(range(years[0], years[0] + len(years)))
    if len(years) > 2 and unbroken:
        return f"{years[0]}–{years[-1]}"
    return ", ".join(map(str, years))


def _across(cells: Sequence[Cell]) -> Span:
    return Span(min(cell.span.start for cell in cells), max(cell.span.end for cell in cells))


def _sum(task: Task, table: Table, cells: Sequence[Cell], unit: str) -> str:
    """The sum of the sources of one year, its parts cited beside it; never of a total and its own part."""
    columns = [table.columns[column_of(cell)] for cell in cells]
    above, sources = {column.path[:-1] for column in columns}, {column.source for column in columns}
    if len(cells) != 2 or len(above) != 1 or len(sources) != 2 or any(_is_total(source) for source in sources):
        return ""
    total = shown(sum((cell.value for cell in cells), Decimal(0)))
    return task.say(f"; cộng lại **{total} {unit}**", f"; **{total} {unit}** together")


def _is_total(source: str) -> bool:
    return fold(source).startswith(("tong", "cong"))


def _note(draft: Draft, document: Document, table: Table, cells: Sequence[Cell]) -> str:
    moved = [cell for cell in cells if cell.proven_column is not None]
    if not moved:
        return ""
    return " *(" + " ".join(escaped(note) for note in table.notes) + f" {draft.mark(document, moved[0].span)})*"
