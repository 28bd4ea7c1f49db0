"""What a PDF holds that is easily taken for something else: it is part of its text."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from test_readers_pdf import AIM, DUTY, HEAD, LAW, XS, filled, letterhead, lines, read
from typesetting import RIGHT, Paper, wide, write

from corpus.readers.paged.prints import Grid, Line, Sheet
from corpus.readers.paged.resuming import continued
from corpus.readers.paged.running import without_running

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


def headed(*heads: tuple[str, ...], bold: bool = True) -> list[Paper]:
    """Pages of text that each begin with lines in the middle."""
    papers = []
    for lines_, text in zip(heads, (LAW, AIM, DUTY[2:], LAW), strict=False):
        paper = Paper()
        for at, line in enumerate(lines_):
            paper.middle(70 + 18 * at, line, 12, bold)
        filled(paper, text, 130)
        papers.append(paper)
    return papers


def cornered(*corners: str) -> list[Paper]:
    """Pages of text with a form's number in the upper right corner."""
    papers = headed(*[() for _ in corners])
    for paper, corner in zip(papers, corners, strict=True):
        paper.at(RIGHT - wide(corner, 12), 60, corner)
    return papers


def two_texts() -> list[Paper]:
    """A decision and the plan that it puts in force, each with its letterhead at the top of a page."""
    return [letterhead(), letterhead()]


ATTACHED = "(Ban hành kèm theo Kế hoạch số 12/KH-UBND ngày 05/3/2024)"
RUNNING = "Kế hoạch trẻ em"
ROWS = (40, 56, 72, 780, 796, 812)

#: case, pages, lines of them that the text holds, lines that it holds not
HEADS: list[tuple[str, list[Paper], list[str], list[str]]] = [
    (
        "appendices",
        headed(*[(f"PHỤ LỤC {number}", ATTACHED) for number in (1, 2, 3)]),
        ["PHỤ LỤC 1", ATTACHED, "PHỤ LỤC 2", ATTACHED, "PHỤ LỤC 3", ATTACHED],
        [],
    ),
    ("appendices without numbers", headed(*[("PHỤ LỤC",)] * 3), ["PHỤ LỤC"] * 3, []),
    ("forms", cornered(*[f"Biểu số 0{number}" for number in (1, 2, 3)]), [f"Biểu số 0{at}" for at in (1, 2, 3)], []),
    ("an appendix named on each page", headed(*[("Phụ lục II",)] * 3, bold=False), ["Phụ lục II"], []),
    (
        "numbers that count no pages",
        headed(*[(f"Xã Tân Phú {number}",) for number in (5, 9, 30)]),
        ["Xã Tân Phú 5", "Xã Tân Phú 9", "Xã Tân Phú 30"],
        [],
    ),
    ("numbers that count pages", headed(*[(f"{RUNNING} - {at}",) for at in (7, 8, 9)]), [], [f"{RUNNING} - 8"]),
    (
        "page numbers begun anew",
        headed(*[(f"{RUNNING} - Trang {at}",) for at in (7, 1, 2)]),
        [],
        [f"{RUNNING} - Trang {at}" for at in (7, 1, 2)],
    ),
    ("two letterheads", two_texts(), ["ỦY BAN NHÂN DÂN    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"] * 2, []),
]


@pytest.mark.parametrize(("pages", "kept", "gone"), [case[1:] for case in HEADS], ids=[case[0] for case in HEADS])
def test_what_pages_begin_with(pages: list[Paper], kept: list[str], gone: list[str], tmp_path: Path) -> None:
    found = lines(write(tmp_path / "heads.pdf", pages))
    assert [line for line in (line.strip("#* ") for line in found) if line in kept] == kept
    assert not set(gone) & set(found)


def on_its_side(turn: float) -> Paper:
    """A table whose narrow columns are headed with words at a quarter turn, in two lines each."""
    paper = Paper().table(
        [85, 120, 320, 370, 420], [120, 220, 250], [["TT", "Chỉ tiêu", "", ""], ["1", "Tiêm", "95", "97"]]
    )
    for at, year in ((320, "2023"), (370, "2024")):
        lines_ = [("Kế hoạch", at + 20), (f"năm {year}", at + 34)]
        if turn < 0:
            lines_ = [(text, 2 * at + 50 - x) for text, x in lines_]
        for text, x in lines_:
            paper.turned(x, 212 if turn > 0 else 128, text, 10, turn)
    filled(paper, AIM, 300)
    return paper


@pytest.mark.parametrize("turn", [90, -90])
def test_words_on_their_side_head_columns(turn: float, tmp_path: Path) -> None:
    found = read(write(tmp_path / "table.pdf", [on_its_side(turn)]))
    assert found.text.split("\n")[:2] == ["TT\tChỉ tiêu\tKế hoạch năm 2023\tKế hoạch năm 2024", "1\tTiêm\t95\t97"]
    assert found.warnings == ()


@pytest.mark.parametrize(("turn", "times", "warned"), [(90, 1, True), (45, 1, True), (180, 1, True), (45, 0, False)])
def test_much_text_at_a_turn_is_said_to_be_left_out(turn: float, times: int, warned: bool, tmp_path: Path) -> None:
    paper = Paper().turned(300, 500, "BẢN SAO", 30, 45)
    filled(paper, AIM, 100)
    for _ in range(times):
        paper.turned(300, 700, DUTY[:100], 8, turn)
    found = read(write(tmp_path / "turned.pdf", [paper]))
    assert found.text.strip() == AIM
    assert [line.startswith("Trang 1: có chữ xoay ngoài bảng") for line in found.warnings] == [True] * warned


def test_running_heads_of_a_thousand_pages_take_no_longer_than_reading_them() -> None:
    sheets = [
        Sheet(number, 595, 842, tuple(Line(60, 300, base, f"Dòng {base}, trang {number}", 12) for base in ROWS))
        for number in range(1, 1001)
    ]
    start = process_time()
    bare = without_running(sheets)
    assert not any(sheet.lines for sheet in bare)
    assert process_time() - start < 4
