"""Rows of cells -> a typed table: header paths, numbers with their place, totals that are checked.

A table may run over several pages with its header repeated. Where a value is printed in a column whose total it
breaks, and moving it to an empty cell of its row mends both columns' totals, the move is proved: the cell keeps the
column it is printed in and names the one it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from corpus.blocks import Block
from corpus.document import Cell, Column, Fact, Row, Section, Span, Table
from corpus.words import fold

_YEAR = re.compile(r"(?:năm\s+)?((?:19|20)\d\d)", re.IGNORECASE)
_UNIT = re.compile(r"(?:đvt|đơn vị tính|đơn vị)\s*[:.]\s*([^)\n]+)", re.IGNORECASE)
_TOTAL = ("tong cong", "tong so", "tong", "cong")
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[+-]?\d+(?:,\d+)?")


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of one cell and their place."""

    words: str
    span: Span


def number(printed: str) -> Decimal | None:
    """A number as printed in Vietnam: points group thousands, a comma starts the decimals; None if it is none.

    >>> number("13.670"), number("9,5"), number("18,670"), number("abc")
    (Decimal('13670'), Decimal('9.5'), Decimal('18.670'), None)
    """
    words = printed.strip()
    if not _NUMBER.fullmatch(words):
        return None
    try:
        return Decimal(words.replace(".", "").replace(",", "."))
    except InvalidOperation:  # pragma: no cover - the pattern admits only decimals
        return None


def shown(value: Decimal) -> str:
    """The number as printed in Vietnam.

    >>> shown(Decimal("13670")), shown(Decimal("9.5"))
    ('13.670', '9,5')
    """
    whole, _, part = f"{value:,f}".partition(".")
    return whole.replace(",", ".") + ("," + part if part else "")


def table(section: Section, rows: Sequence[Block], caption: str, unit: Fact | None) -> Table | None:
    """The typed table of a run of rows; None when they hold no header and no number."""
    cells = [list(_cells(block)) for block in rows]
    header = _header_length(cells)
    if header == 0 or header == len(cells):
        return None
    width = max(map(len, cells))
    columns = _columns(cells[:header], width)
    first = _first_value_column(columns)
    head = [_words(row) for row in cells[:header]]
    body = [
        (block, row) for block, row in zip(rows, cells, strict=True) if _words(row) not in head and any(_words(row))
    ]
    built = [_row(index, block, row, first) for index, (block, row) in enumerate(body)]
    plain = Table(section.id, caption, unit, columns, tuple(built))
    return _proved(plain)


def unit_of(blocks: Sequence[Block]) -> Fact | None:
    """The unit a line above a table gives ("Đvt: triệu đồng")."""
    for block in blocks:
        if match := _UNIT.search(block.plain):
            return Fact(match[1].strip(), block.part(match.start(1), match.end(1)))
    return None


def _cells(block: Block) -> Iterator[_Text]:
    """The cells of a row; what stands outside the first and the last pipe of a Markdown row is none."""
    plain, start, stop = block.plain, 0, len(block.plain)
    separator = "|" if plain.startswith("|") else "\t"
    if separator == "|":
        start, stop = 1, len(plain.rstrip().removesuffix("|"))
    for piece in plain[start:stop].split(separator):
        end = start + len(piece)
        words = " ".join(piece.split())
        yield _Text(words, block.part(start, end) if words else Span(block.at[0], block.at[0]))
        start = end + 1


def _words(row: Sequence[_Text]) -> tuple[str, ...]:
    return tuple(cell.words for cell in row)


def _header_length(cells: Sequence[Sequence[_Text]]) -> int:
    """How many rows stand above the first row that holds a value: a number that is no year, after a label."""
    for index, row in enumerate(cells):
        values = [cell for cell in row[1:] if number(cell.words) is not None and not _YEAR.fullmatch(cell.words)]
        if values and any(cell.words and number(cell.words) is None for cell in row[:3]):
            return index
    return 0


def _columns(header: Sequence[Sequence[_Text]], width: int) -> tuple[Column, ...]:
    paths: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(header):
        last = ""
        for index in range(width):
            words = row[index].words if index < len(row) else ""
            spread = not words and depth < len(header) - 1 and index > 1
            last = words or (last if spread else "")
            if last:
                paths[index].append(last)
    return tuple(_column(path) for path in paths)


def _column(path: Sequence[str]) -> Column:
    years = [int(match[1]) for words in path if (match := _YEAR.fullmatch(words.strip()))]
    total = any(fold(words).startswith(_TOTAL) for words in path)
    return Column(tuple(path), years[0] if years else None, total)


def _first_value_column(columns: Sequence[Column]) -> int:
    dated = [index for index, column in enumerate(columns) if column.year or column.total]
    return dated[0] if dated else 2


def _row(index: int, block: Block, cells: Sequence[_Text], first: int) -> Row:
    labels = [cell for cell in cells[:first] if cell.words]
    numbered = len(labels) > 1 or (labels and re.fullmatch(r"[\dIVX.]+", labels[0].words))
    number_of = labels[0].words if numbered and labels else ""
    label = labels[-1] if labels else _Text("", block.span)
    values = tuple(
        Cell(index, column, value, cell.span)
        for column, cell in enumerate(cells[first:], first)
        if (value := number(cell.words)) is not None
    )
    total = fold(label.words).startswith(_TOTAL) and len(label.words.split()) <= 4
    return Row(number_of, label.words, label.span, block.span, values, total)


def _proved(plain: Table) -> Table:
    """The table with misplaced cells resolved where the printed totals prove it, and a note for each."""
    off = _differences(plain)
    notes: list[str] = []
    rows = list(plain.rows)
    for wrong, excess in off.items():
        for right in [column for column, lack in off.items() if excess > 0 and lack == -excess]:
            found = [
                (row, cell)
                for row in rows
                if not row.total and not any(cell.column == right for cell in row.cells)
                for cell in row.cells
                if cell.column == wrong and cell.value == excess
            ]
            if len(found) == 1:
                row, cell = found[0]
                moved = replace(cell, proven_column=right)
                rows[cell.row] = replace(row, cells=tuple(moved if one is cell else one for one in row.cells))
                notes.append(_note(plain, row, cell, right))
    return replace(plain, rows=tuple(rows), notes=tuple(notes))


def _differences(plain: Table) -> dict[int, Decimal]:
    """For each column whose rows do not add up to its printed total: sum less total."""
    totals = [row for row in plain.rows if row.total]
    if len(totals) != 1:
        return {}
    printed = {cell.column: cell.value for cell in totals[0].cells}
    sums = dict.fromkeys(printed, Decimal(0))
    for row in plain.rows:
        for cell in row.cells:
            if not row.total and cell.column in sums:
                sums[cell.column] += cell.value
    return {column: sums[column] - printed[column] for column in printed if sums[column] != printed[column]}


def _note(plain: Table, row: Row, cell: Cell, right: int) -> str:
    printed, meant = (" – ".join(plain.columns[column].path) for column in (cell.column, right))
    return (
        f"Hàng {row.number}: số {shown(cell.value)} in ở cột “{printed}”; tổng cột in trong bảng chứng tỏ số này "
        f"thuộc cột “{meant}”. Giữ cả hai cách đọc."
    )
