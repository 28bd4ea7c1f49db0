"""What a PDF holds that is easily taken for something else: it is part of its text."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_readers_pdf import HEAD, XS, lines
from typesetting import Paper, write

from corpus.readers.paged.prints import Grid
from corpus.readers.paged.resuming import continued

Rows = list[list[str]]


def on_two_pages(first: Rows, second: Rows) -> list[Paper]:
    """A table that goes on at the top of the next page."""
    tops = [600 - 30 * len(first), 60]
    return [
        Paper().table(XS, [float(top + 30 * at) for at in range(len(rows) + 1)], rows)
        for top, rows in zip(tops, (first, second), strict=True)
    ]


STATIONS = [
    [str(at), f"Trạm Y tế xã Tân {name}, Đầm Dơi", str(100 + at)] for at, name in enumerate(("Đức", "Dân", "Lộc"), 1)
]
SAME = ["Xã", "Dạy bơi", "12", "7"]
NUMBERED = ["(1)", "(2)", "(3)", "(4)"]
CAPTION = ["", "Kinh phí", "2024", "2025"]

#: case, rows on the first and on the second page, the rows of the text
GOES_ON: list[tuple[str, Rows, Rows, Rows]] = [
    ("no head, rows alike", STATIONS[:1], STATIONS[1:], STATIONS),
    ("a row as the first one", [HEAD, SAME], [HEAD, SAME], [HEAD, SAME, SAME]),
    ("a head that numbers its columns", [HEAD, NUMBERED, SAME], [HEAD, NUMBERED, SAME], [HEAD, NUMBERED, SAME, SAME]),
    ("a head of two rows", [HEAD, CAPTION, SAME], [HEAD, CAPTION, SAME], [HEAD, CAPTION, SAME, SAME]),
]


@pytest.mark.parametrize(
    ("first", "second", "wanted"), [case[1:] for case in GOES_ON], ids=[case[0] for case in GOES_ON]
)
def test_rows_of_the_next_page(first: Rows, second: Rows, wanted: Rows, tmp_path: Path) -> None:
    path = write(tmp_path / "table.pdf", on_two_pages(first, second))
    assert [line.rstrip("\t") for line in lines(path)] == ["\t".join(row) for row in wanted]


#: case, the first row of a table, the row that its next page begins with, recognised in a picture or not, left out
AGAIN = [
    ("a slip", "TT|Đơn vị thực hiện|Số trẻ em", "TT|Đơn vi thực hiện|Số trẻ em", True, True),
    ("no slip of a text layer", "TT|Đơn vị thực hiện|Số trẻ em", "TT|Đơn vị thực hiền|Số trẻ em", False, False),
    (
        "another figure",
        "Tỉnh Cà Mau|Chỉ tiêu năm 2024|Số trẻ em",
        "Tỉnh Cà Mau|Chỉ tiêu năm 2025|Số trẻ em",
        True,
        False,
    ),
]


@pytest.mark.parametrize(("head", "row", "recognised", "gone"), [case[1:] for case in AGAIN], ids=[x[0] for x in AGAIN])
def test_a_head_is_printed_again(head: str, row: str, recognised: bool, gone: bool) -> None:
    body = ("1", "Sở Y tế", "20")
    grids = [Grid(page, 85, 538, 60, 90, (tuple(one.split("|")), body)) for page, one in ((1, head), (2, row))]
    found = list(continued(grids, frozenset({1, 2} if recognised else ())))
    assert [len(grid.rows) for grid in found if isinstance(grid, Grid)] == [2, 1 if gone else 2]
