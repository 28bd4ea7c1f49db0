"""Tables against the page: cells read off by hand, sums done by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from outline_table import HERE, PLANS

from corpus import Document, read
from corpus.document import Cell, Row, Table
from corpus.tables import number, shown

KIEN_GIANG = next(path for path in PLANS if path.stem == "kien-giang-2021-2030")
YEARS = range(2021, 2031)


@pytest.fixture(scope="module")
def plan() -> Document:
    return read(KIEN_GIANG)


@pytest.fixture(scope="module")
def budget(plan: Document) -> Table:
    assert len(plan.tables) == 1, "one table over four pages"
    return plan.tables[0]


def test_the_appendix_is_one_table_with_its_unit(plan: Document, budget: Table) -> None:
    assert budget.unit is not None and budget.unit.value == "triệu đồng"
    assert "BẢNG DỰ TOÁN KINH PHÍ" in budget.caption
    assert plan.text[budget.unit.span.start : budget.unit.span.end] == "triệu đồng" if budget.unit.span else False


def test_columns_are_years_by_source_and_a_total(budget: Table) -> None:
    values = budget.columns[2:]
    assert [column.path[-1] for column in budget.columns[:2]] == ["STT", "Nội dung hoạt động"]
    assert [column.year for column in values] == [*(year for year in YEARS for _ in range(2)), None, None]
    assert [column.source for column in values] == ["Địa phương", "huy động, xã hội hóa"] * 11
    assert [column.total for column in values] == [False] * 20 + [True] * 2


#: row, number as printed, its first words, (year or "total", local) -> millions of dong; read off the page
LOCAL, RAISED = "Địa phương", "huy động, xã hội hóa"
ROWS: list[tuple[str, str, dict[tuple[int | None, str], int]]] = [
    (
        "1",
        "Phát triển hệ thống dịch vụ đáp ứng",
        {
            (2022, LOCAL): 80,
            (2023, LOCAL): 160,
            (2024, LOCAL): 240,
            (2025, LOCAL): 320,
            (2026, LOCAL): 400,
            (2027, LOCAL): 480,
            (2028, LOCAL): 560,
            (2029, LOCAL): 640,
            (2030, LOCAL): 640,
            (None, LOCAL): 3520,
            (None, RAISED): 0,
        },
    ),
    (
        "2",
        "Tăng cường truyền thông",
        {**{(year, LOCAL): 300 for year in YEARS}, (None, LOCAL): 3000, (None, RAISED): 0},
    ),
    (
        "3",
        "Nâng cao năng lực đội ngũ",
        {**{(year, LOCAL): 200 for year in YEARS}, (None, LOCAL): 2000, (None, RAISED): 0},
    ),
    ("4", "Vận động nguồn lực", {**{(year, RAISED): 500 for year in YEARS}, (None, LOCAL): 0, (None, RAISED): 5000}),
    (
        "5",
        "Thực hiện công tác kiểm tra",
        {**{(year, LOCAL): 75 for year in YEARS}, (None, LOCAL): 750, (None, RAISED): 0},
    ),
    ("6", "Cập nhật thông tin", {**{(year, LOCAL): 400 for year in YEARS}, (None, LOCAL): 4000, (None, RAISED): 0}),
    (
        "7",
        "Tổ chức sơ kết vào năm 2025",
        {(2025, LOCAL): 200, (2030, LOCAL): 200, (None, LOCAL): 400, (None, RAISED): 0},
    ),
    (
        "",
        "Tổng cộng",
        {
            **dict(
                zip(
                    [(year, LOCAL) for year in YEARS],
                    [975, 1055, 1135, 1215, 1495, 1375, 1455, 1535, 1615, 1815],
                    strict=True,
                )
            ),
            **{(year, RAISED): 500 for year in YEARS},
            (None, LOCAL): 13670,
            (None, RAISED): 5000,
        },
    ),
]


@pytest.mark.parametrize("at", range(8), ids=lambda at: f"row {ROWS[at][0] or 'total'}")
def test_row(budget: Table, at: int) -> None:
    printed, first, cells = ROWS[at]
    row = budget.rows[at]
    assert row.number == printed
    assert row.label.startswith(first)
    assert row.total is (printed == "")
    assert {_place(budget, cell): int(cell.value) for cell in row.cells} == cells


def _place(table: Table, cell: Cell) -> tuple[int | None, str]:
    column = table.columns[cell.column if cell.proven_column is None else cell.proven_column]
    return column.year, column.source


def test_there_are_no_other_rows(budget: Table) -> None:
    assert len(budget.rows) == len(ROWS)


def test_the_one_misplaced_cell_keeps_both_readings(budget: Table) -> None:
    moved = [cell for row in budget.rows for cell in row.cells if cell.proven_column is not None]
    assert [(cell.row, int(cell.value)) for cell in moved] == [(6, 200)]
    (cell,) = moved
    printed, proven = budget.columns[cell.column], budget.columns[cell.proven_column or 0]
    assert (printed.year, printed.source) == (2024, RAISED)
    assert (proven.year, proven.source) == (2025, LOCAL)
    (note,) = budget.notes
    assert all(part in note for part in ("Hàng 7", "200", "2024", "2025"))


def test_the_reading_of_a_document_says_so(plan: Document, budget: Table) -> None:
    assert set(budget.notes) <= set(plan.warnings)


def test_every_cell_and_label_is_a_span_of_the_text(plan: Document, budget: Table) -> None:
    for row in budget.rows:
        assert " ".join(plan.text[row.label_span.start : row.label_span.end].split()) == row.label
        for cell in row.cells:
            assert cell.span in row.span
            assert number(plan.text[cell.span.start : cell.span.end]) == cell.value


def test_the_table_names_its_node(plan: Document, budget: Table) -> None:
    assert plan.sections[budget.section].kind == "table"
    assert [node.span for node in plan.sections[budget.section].children if "STT" not in _text(plan, node.span)][
        -1
    ] == (budget.rows[-1].span)


def _text(plan: Document, span: object) -> str:
    return plan.shown(span)  # type: ignore[arg-type]


#: tests/texts: file, years of the value columns, cells of one row in the order of the columns, unit, total row
OTHERS = [
    ("ben-tre-2021.txt", [2021, 2022, 2023, 2024, 2025], "2", ["200", "200", "200", "250", "250"], "triệu đồng"),
    ("gia-lai-2026.md", [2026, 2027, None], "2", ["60", "70.5", "130.5"], "triệu đồng"),
]


@pytest.mark.parametrize(("name", "years", "row", "values", "unit"), OTHERS)
def test_tables_of_other_plans(name: str, years: list[int | None], row: str, values: list[str], unit: str) -> None:
    (table,) = read(HERE / "texts" / name).tables
    assert table.unit is not None and table.unit.value == unit
    found = _row(table, row)
    assert [cell.value for cell in found.cells] == [Decimal(value) for value in values]
    assert [table.columns[cell.column].year for cell in found.cells] == years
    assert [bool(one.total) for one in table.rows] == [False] * (len(table.rows) - 1) + [True]
    assert not any("-" in part for column in table.columns for part in column.path if set(part) <= set("-: "))
    assert table.notes == ()


def _row(table: Table, printed: str) -> Row:
    return next(row for row in table.rows if row.number == printed)


def table_text(rows: list[str]) -> str:
    """A plan with one table."""
    return "\n".join(["KẾ HOẠCH", "Về trẻ em tỉnh Sơn La năm 2024", "", "I. KINH PHÍ", "", *rows, ""])


#: what is printed -> the columns where totals prove a cell to belong; "" where nothing is proved
PROOFS = [
    ("as printed, sums right", ["1\tA\t10\t20", "2\tB\t30\t40", "\tTổng cộng\t40\t60"], {}),
    ("one cell right", ["1\tA\t10\t20", "2\tB\t\t30", "\tTổng cộng\t40\t20"], {(1, 3): 2}),
    ("a sum wrong by a slip, nothing to move", ["1\tA\t10\t20", "2\tB\t30\t40", "\tTổng cộng\t41\t60"], {}),
    ("the cell it would go to is filled", ["1\tA\t10\t20", "2\tB\t5\t30", "\tTổng cộng\t45\t20"], {}),
    ("two cells could have moved", ["1\tA\t\t30", "2\tB\t\t30", "\tTổng cộng\t30\t30"], {}),
    ("no total row", ["1\tA\t10\t20", "2\tB\t\t30"], {}),
    ("two columns lack what one has too much", ["1\tA\t30\t\t", "2\tB\t10\t5\t5", "\tTổng cộng\t10\t35\t35"], {}),
    (
        "two columns have too much of what one lacks",
        ["1\tA\t30\t\t", "2\tB\t\t30\t", "3\tC\t\t\t5", "\tTổng cộng\t0\t0\t35"],
        {},
    ),
    (
        "one of two that lack as much is filled in its row",
        ["1\tA\t30\t\t5", "2\tB\t10\t5\t5", "\tTổng cộng\t10\t35\t40"],
        {(0, 2): 3},
    ),
    ("a column of totals lacks it", ["1\tA\t30\t5\t5\t", "2\tB\t10\t5\t5\t20", "\tTổng cộng\t10\t10\t10\t50"], {}),
    ("a column of totals has too much", ["1\tA\t\t5\t5\t30", "\tTổng cộng\t30\t5\t5\t0"], {}),
]


@pytest.mark.parametrize(("case", "rows", "moved"), PROOFS, ids=[case for case, *_ in PROOFS])
def test_only_totals_prove_a_move(
    case: str, rows: list[str], moved: dict[tuple[int, int], int], tmp_path: Path
) -> None:
    file = tmp_path / "son-la-2024.txt"
    header = "\t".join(["TT\tNội dung\t2024\t2025", *["2026", "Tổng cộng"][: rows[0].count("\t") - 3]])
    file.write_text(table_text([header, *rows]), encoding="utf-8")
    (table,) = read(file).tables
    found = {
        (cell.row, cell.column): cell.proven_column
        for row in table.rows
        for cell in row.cells
        if cell.proven_column is not None
    }
    assert found == moved, case
    assert len(table.notes) == len(moved)


NUMBERS = [
    ("13.670", "13670"),
    ("1.055", "1055"),
    ("9,5", "9.5"),
    ("18,670", "18.670"),
    ("0", "0"),
    (" 200 ", "200"),
    ("1.234.567,89", "1234567.89"),
    ("-5", "-5"),
    ("12.5", None),
    ("1.2345", None),
    ("", None),
    ("-", None),
    ("2021-2025", None),
    ("abc", None),
    ("16/100.000", None),
    ("9%", None),
]


@pytest.mark.parametrize(("printed", "value"), NUMBERS)
def test_numbers_are_read_the_vietnamese_way(printed: str, value: str | None) -> None:
    assert number(printed) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("value", "printed"), [("13670", "13.670"), ("9.5", "9,5"), ("0", "0"), ("1234567.89", "1.234.567,89")]
)
def test_numbers_are_shown_the_vietnamese_way(value: str, printed: str) -> None:
    assert shown(Decimal(value)) == printed
