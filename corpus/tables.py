"""Rows of cells -> a typed table: header paths, numbers with their place, totals that are checked.

A table may run over several pages with its header repeated. Where a value is printed in a column whose total it
breaks, and moving it to an empty cell of its row mends both columns' totals, the move is proved: the cell keeps the
column it is printed in and names the one it belongs to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from corpus.blocks import Block
from corpus.document import Cell, Column, Fact, Row, Section, Span, Table
from corpus.words import begins, fold

_YEAR = re.compile(r"(?:năm\s+)?((?:19|20)\d\d)", re.IGNORECASE)
_UNIT = re.compile(r"(?:đv\w{1,3}|đơn vị tính|đơn vị)\s*[:.]\s*([^)\n]+)", re.IGNORECASE)
#: In whatever way its marks were typed or recognised: "Tống cộng", "Tổng công".
_SUMS = ("tong cong", "tong so", "tong kinh phi", "tong tien", "tong von", "tong ngan sach")
_SUM = ("tổng", "cộng")  # alone: "Tổng đài", "Cộng tác viên" are no totals
_UNIT_OF_HEAD = re.compile(r"\(\s*(?:đv\w{1,3}\s*:?\s*)?((?:triệu|tỷ|tỉ|nghìn|ngàn)\s+đồng|đồng)\s*\)", re.IGNORECASE)
_NUMBERING = re.compile(r"\(?(?:[IVXLC]+|\d+|[a-zđ])(?:\.\d+)*[.)/]*|[-–+*•]", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[+-]?\d+(?:,\d+)?")


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of one cell and their place."""

    words: str
    span: Span


_Words = tuple[str, ...]  # of the cells of one row


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
    head = [_words(row) for row in cells[:header]]
    body = [
        (block, row) for block, row in zip(rows, cells, strict=True) if _words(row) not in head and any(_words(row))
    ]
    label, first = _label_and_values(head, [_words(row) for _, row in body], width)
    columns = _columns(cells[:header], width, first)
    built = [_row(index, block, row, label, first) for index, (block, row) in enumerate(body)]
    plain = Table(section.id, caption, unit or _unit_in_head(cells[:header], columns[first:]), columns, tuple(built))
    return _proved(plain)


def unit_of(blocks: Sequence[Block]) -> Fact | None:
    """The unit a line above a table gives ("Đvt: triệu đồng")."""
    for block in blocks:
        if match := _UNIT.search(block.plain):
            return Fact(match[1].strip(), block.part(match.start(1), match.end(1)))
    return None


def _unit_in_head(head: Sequence[Sequence[_Text]], values: Sequence[Column]) -> Fact | None:
    """The unit of money that stands above all columns of values, totals aside: "Nguồn kinh phí (triệu đồng)"."""
    above = [_UNIT_OF_HEAD.search(" ".join(column.path)) for column in values if not column.total]
    if not above or not all(above) or len({match[1].lower() for match in above if match}) > 1:
        return None
    cell = next(cell for row in head for cell in row if _UNIT_OF_HEAD.search(cell.words))
    match = _UNIT_OF_HEAD.search(cell.words)
    return Fact(match[1], cell.span) if match else None


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
        if values and any(_is_label(cell.words) for cell in row[:3]):
            return index
    return 0


def _is_label(words: str) -> bool:
    """Whether a cell may say what its row is about: words, or a year."""
    return bool(words) and (number(words) is None or _YEAR.fullmatch(words) is not None)


def _label_and_values(head: Sequence[_Words], body: Sequence[_Words], width: int) -> tuple[int, int]:
    """The column that says what a row is about, and the first of the columns of values behind it.

    Before the label there are at most numbers of rows. A column of values is one of numbers, or one headed by a year
    or a total, which may stand blank in most rows.
    """
    filled = [[row[at] for row in body if at < len(row) and any(map(str.isalnum, row[at]))] for at in range(width)]
    label = next((at for at, cells in enumerate(filled) if _mostly(_says, cells)), 0)
    dated = [at for row in head for at, words in enumerate(row) if _YEAR.fullmatch(words) or _is_total(words)]
    values = [at for at, cells in enumerate(filled) if _mostly(_is_value, cells)]
    behind = [at for at in (*dated, *values) if at > label]
    some = (at for at, cells in enumerate(filled) if at > label and any(map(_is_value, cells)))
    return label, min(behind, default=next(some, width))


def _mostly(holds: Callable[[str], bool], cells: Sequence[str]) -> bool:
    return sum(map(holds, cells)) * 2 > len(cells)


def _says(words: str) -> bool:
    return _YEAR.fullmatch(words) is not None or not _is_number_of_row(words)


def _is_value(words: str) -> bool:
    return number(words) is not None and not _YEAR.fullmatch(words)


def _is_number_of_row(words: str) -> bool:
    return number(words) is not None or _NUMBERING.fullmatch(words) is not None


def _is_total(words: str) -> bool:
    """Whether a header or a label names a total."""
    if begins(fold(words), _SUMS):
        return True
    following = words.split()[1:2]
    return begins(words, _SUM) and not (following and following[0].isalpha())


def _columns(header: Sequence[Sequence[_Text]], width: int, first: int) -> tuple[Column, ...]:
    paths: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(header):
        last = ""
        for index in range(width):
            words = row[index].words if index < len(row) else ""
            spread = not words and depth < len(header) - 1 and index > first
            last = words or (last if spread else "")
            if last:
                paths[index].append(last)
    return tuple(_column(path) for path in paths)


def _column(path: Sequence[str]) -> Column:
    years = [int(match[1]) for words in path if (match := _YEAR.fullmatch(words.strip()))]
    total = any(map(_is_total, path))
    return Column(tuple(path), years[0] if years else None, total)


def _row(index: int, block: Block, cells: Sequence[_Text], label_at: int, first: int) -> Row:
    before = [cell for cell in cells[:label_at] if _is_number_of_row(cell.words)]
    said = [cell for cell in cells[:first] if cell.words and cell not in before]
    number_of = before[0].words if before else ""
    label = (said or before or [_Text("", block.span)])[0]
    values = tuple(
        Cell(index, column, value, cell.span)
        for column, cell in enumerate(cells[first:], first)
        if (value := number(cell.words)) is not None
    )
    total = _is_total(label.words) and len(label.words.split()) <= 4
    return Row(number_of, label.words, label.span, block.span, values, total)


def _proved(plain: Table) -> Table:
    """The table with misplaced cells resolved where the printed totals prove it, and a note for each.

    A column's excess proves a move when one cell alone could make it good, to one column alone that lacks as much,
    and no other cell could fill that lack. Columns of totals prove nothing of themselves.
    """
    found = list(_moves(plain))
    wrongs, rights = Counter(cell.column for cell, _ in found), Counter(right for _, right in found)
    notes: list[str] = []
    rows = list(plain.rows)
    for cell, right in found:
        if wrongs[cell.column] == rights[right] == 1:
            row, moved = rows[cell.row], replace(cell, proven_column=right)
            rows[cell.row] = replace(row, cells=tuple(moved if one is cell else one for one in row.cells))
            notes.append(_note(plain, row, cell, right))
    return replace(plain, rows=tuple(rows), notes=tuple(notes))


def _moves(plain: Table) -> Iterator[tuple[Cell, int]]:
    """Every cell that is all its column has too much, with each column that lacks as much and is blank in its row."""
    off = {column: by for column, by in _differences(plain).items() if not plain.columns[column].total}
    for row in plain.rows:
        filled = {cell.column for cell in row.cells}
        for cell in row.cells:
            if row.total or cell.value <= 0 or off.get(cell.column) != cell.value:
                continue
            yield from ((cell, right) for right, by in off.items() if by == -cell.value and right not in filled)


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
        f"Hàng {row.number or row.label}: số {shown(cell.value)} in ở cột “{printed}”; "
        f"tổng cột in trong bảng chứng tỏ số này thuộc cột “{meant}”. Giữ cả hai cách đọc."
    )
