"""Tables with merged cells -> lines: rows of cells between tabs, or a letterhead's columns side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.head import NUMBERED, place_date
from corpus.tables import number
from corpus.vocabulary import layout
from corpus.words import begins, fold

#: What parts the columns of a letterhead in a line.
GAP = "    "
_MOST_LAID_OUT = 8  # rows of a letterhead or a signature
_MOST_BORDERLESS = 3  # rows of two columns without borders that are no table
_MOST_CELLS = 1_000_000  # of a table that is laid out as one, empty ones included
_LONGEST_REPEATED, _MOST_REPEATED = 500, 2**20  # characters: of a merged cell that is said of each row, in all
_RAISED = str.maketrans("", "", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: where it begins, how many rows and columns it covers, and its paragraphs and tables as text."""

    row: int
    column: int
    blocks: tuple[str, ...]
    height: int = 1
    width: int = 1

    @property
    def lines(self) -> list[str]:
        """Its lines that hold anything."""
        return [line.strip() for block in self.blocks for line in block.split("\n") if line.strip()]

    @property
    def words(self) -> str:
        """All of it in one line, as a cell of a row; a number is freed of the mark of a note."""
        words = " ".join(" ".join(self.lines).replace("|", " ").split())
        return bare if number(bare := words.translate(_RAISED)) is not None else words


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as its file has it. headers: rows that the file says are the header.  bordered: None if not known."""

    cells: tuple[GridCell, ...]
    headers: int = 0
    bordered: bool | None = None

    def printed(self) -> list[str]:
        """The blocks of text it stands for: its rows, or what is laid out in it, paragraph by paragraph."""
        filled = [cell for cell in self.cells if cell.lines]
        if not filled:
            return []
        columns = {cell.column for cell in filled}
        if len(columns) == 1 or self._holds_tables():
            return [block for cell in filled for block in cell.blocks if block]
        if self._is_foot(filled, sorted(columns)):
            return ["\n".join(lines) for lines in _columns(filled)]
        if self._is_laid_out(filled):
            return ["\n".join(self._side_by_side(filled))]
        return ["\n".join(self._rows(sorted(columns)))]

    def _holds_tables(self) -> bool:
        """Whether it only holds other tables in their places, as pages of the web do."""
        inner = any(line.count("\t") >= 2 for cell in self.cells for block in cell.blocks for line in block.split("\n"))
        return inner and self._height() <= _MOST_BORDERLESS

    def _height(self) -> int:
        return max(cell.row for cell in self.cells) + 1

    def _is_laid_out(self, filled: Sequence[GridCell]) -> bool:
        across = max(sum(cell.row == row for cell in filled) for row in {cell.row for cell in filled})
        if across > 2 or self._height() > _MOST_LAID_OUT or self.headers:
            return False
        if any(_is_surely_official(line) for cell in filled for line in cell.lines):
            return True
        if self.bordered is not True and any(is_official(line) for cell in filled for line in cell.lines):
            return not _is_header(filled) and not any(number(cell.words) is not None for cell in filled)
        return self.bordered is False and self._height() <= _MOST_BORDERLESS

    def _is_foot(self, filled: Sequence[GridCell], columns: Sequence[int]) -> bool:
        """Whether recipients stand on the left, and beside them who signs."""
        first = next((cell.lines[0] for cell in filled if cell.column == columns[0]), "")
        if not begins(first, (layout().recipients,)) or self._height() > _MOST_LAID_OUT or self.headers:
            return False
        return first.rstrip().endswith(":") or len(columns) == 2

    def _side_by_side(self, filled: Sequence[GridCell]) -> list[str]:
        lines: list[str] = []
        for row in sorted({cell.row for cell in filled}):
            left, right = ([*(cell.lines for cell in filled if cell.row == row), []])[:2]
            for at in range(max(len(left), len(right))):
                if at and at == min(len(left), len(right)):
                    lines.append("")  # what stands in one column alone is no more of the line above
                lines.append(GAP.join(column[at] for column in (left, right) if at < len(column)))
        return lines

    def _rows(self, columns: Sequence[int]) -> list[str]:
        """A line a row; a merged text stands in each row of the body that it covers, a merged number in the first."""
        if self._height() * len(columns) > _MOST_CELLS:
            return self._own_rows()
        header = self.headers or self._guessed_headers()
        named = {cell.words for cell in self.cells if cell.row < header}  # repeated where a page began
        table = [dict.fromkeys(columns, "") for _ in range(self._height())]
        left = _MOST_REPEATED
        for cell in filter(lambda one: one.column in table[0], self.cells):
            words = cell.words
            again = cell.height if cell.row >= header and _is_text(words) and words not in named else 1
            if again > 1 and (len(words) > _LONGEST_REPEATED or len(words) * again > left):
                again = 1
            left -= len(words) * (again - 1)
            for row in range(cell.row, min(cell.row + again, len(table))):
                table[row][cell.column] = words
        rows = [list(row.values()) for row in table if any(row.values())]
        return [_line(row) for row in rows]

    def _own_rows(self) -> list[str]:
        """A line a row of no more than the row's own cells, for a table that is mostly empty."""
        rows: dict[int, list[str]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell.words)
        return [_line(row) for row in rows.values() if any(row)]

    def _guessed_headers(self) -> int:
        """Rows of a header that the file does not name: those that its merged cells reach down to."""
        first = [cell for cell in self.cells if cell.row == 0]
        across = any(cell.width > 1 for cell in first) and len(first) > 1
        return max((cell.height for cell in first), default=1) if across else 1


def _columns(cells: Sequence[GridCell]) -> Iterator[list[str]]:
    """The lines of each column, from the left one on."""
    for column in sorted({cell.column for cell in cells}):
        yield [line for cell in cells if cell.column == column for line in cell.lines]


def _line(cells: Sequence[str]) -> str:
    return "\t".join(cells) if len(cells) > 2 else f"| {' | '.join(cells)} |"


def _is_text(words: str) -> bool:
    """Whether a merged cell says something of all its rows: words, not a number or the number of a row."""
    return any(len(word) > 1 and not re.fullmatch(r"[IVXLC]+", word) for word in re.findall(r"[^\W\d_]+", words))


def _is_header(filled: Sequence[GridCell]) -> bool:
    """Whether the first row of two columns is plain words over each, as nothing that is laid out begins."""
    first = [cell for cell in filled if cell.row == 0]
    lines = [line for cell in first for line in cell.lines]
    return len(first) == len(lines) == 2 and not any(line.isupper() or is_official(line) for line in lines)


def is_official(line: str) -> bool:
    """Whether a line belongs to a letterhead or to what stands below a text: recipients, posts."""
    return _is_surely_official(line) or place_date(line) is not None or fold(line) in _SIGNED


def _is_surely_official(line: str) -> bool:
    """Whether a line is one that nothing but a letterhead, recipients or a signature has."""
    if begins(line, layout().motto) or NUMBERED.match(line):
        return True
    if begins(line, (layout().recipients, layout().addressed)):
        return line.rstrip().endswith(":") or len(line.split()) <= 2
    return line.isupper() and re.match(r"(?:KT|TM|TL|TUQ)\s*\.", line) is not None


_SIGNED = ("chu tich", "giam doc", "(da ky)")
