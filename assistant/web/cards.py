"""Tables that a small screen shows as cards, one a row, each cell under the name of its column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from assistant.web.strings import Phrase


@dataclass(frozen=True, slots=True)
class Line:
    """A row: the HTML of its cells, and its class."""

    cells: Sequence[str]
    kind: str = ""


def year_column(year: int) -> Phrase:
    """The head of a column of figures of a year."""
    return Phrase(str(year), "")


def cards_html(kind: str, columns: Sequence[Phrase], lines: Iterable[Line]) -> str:
    """The table. Its roles are written out, for browsers forget them where a table is laid out as something else."""
    heads = "".join(f'<th role="columnheader" scope="col">{_head(column)}</th>' for column in columns)
    rows = "".join(_line(columns, line) for line in lines)
    return (
        f'<table class="cards {kind}" role="table"><thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def _head(column: Phrase) -> str:
    return column.html if column.en else escape(column.vi)


def _line(columns: Sequence[Phrase], line: Line) -> str:
    cells = "".join(
        f'<td role="cell" class="c{at}{"" if words else " blank"}" data-label="{escape(column.vi)}">{words}</td>'
        for at, (column, words) in enumerate(zip(columns, line.cells, strict=True))
    )
    return f'<tr role="row" class="{line.kind}">{cells}</tr>'
