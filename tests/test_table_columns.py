"""Which columns of a table hold values, and which rows are totals, whatever its layout."""

from __future__ import annotations

import pytest

from corpus.document import Table
from corpus.reading import parse


def table_of(*rows: str) -> Table:
    """The table of a plan that holds but one."""
    text = "\n".join(["KẾ HOẠCH", "Về trẻ em tỉnh Sơn La năm 2024", "", "I. KINH PHÍ", "", *rows, ""])
    (table,) = parse("son-la-2024", "son-la-2024.txt", "", text).tables
    return table


#: what columns hold tells which are values: header, row -> number, label, {header of a value: value}
LAYOUTS = [
    ("Đơn vị|Kinh phí", "Sở Y tế|100", "", "Sở Y tế", {"Kinh phí": 100}),
    ("TT|Đơn vị|Kinh phí", "1|Sở Y tế|100", "1", "Sở Y tế", {"Kinh phí": 100}),
    ("TT|Đơn vị|Kinh phí", "1.1|Sở Y tế|100", "1.1", "Sở Y tế", {"Kinh phí": 100}),
    ("TT|Đơn vị|Kinh phí", "a)|Sở Y tế|100", "a)", "Sở Y tế", {"Kinh phí": 100}),
    ("TT|Đơn vị|Kinh phí", "II|Sở Y tế|100", "II", "Sở Y tế", {"Kinh phí": 100}),
    ("TT|Nội dung|Thiết bị|Nhân công", "1|Bể bơi|70|30", "1", "Bể bơi", {"Thiết bị": 70, "Nhân công": 30}),
    ("Nội dung|Thiết bị|Tổng cộng", "Bể bơi|70|100", "", "Bể bơi", {"Thiết bị": 70, "Tổng cộng": 100}),
    ("Nội dung|ĐVT|Số lượng|2025", "Trẻ bơi|em|5|7", "", "Trẻ bơi", {"Số lượng": 5, "2025": 7}),
    ("TT|Nội dung|Đơn vị|Kinh phí", "1|Bể bơi|Sở Y tế|9", "1", "Bể bơi", {"Kinh phí": 9}),
    ("Năm|Số vụ", "2021|5", "", "2021", {"Số vụ": 5}),
    ("TT|Năm|Số vụ", "1|2021|5", "1", "2021", {"Số vụ": 5}),
    ("Mã|Đơn vị|Kinh phí|Ghi chú", "101|Sở Y tế|100|đã cấp", "101", "Sở Y tế", {"Kinh phí": 100}),
    ("Nội dung|2024|2025", "Bể bơi||7", "", "Bể bơi", {"2025": 7}),
    ("Đơn vị|Kinh phí", "Công an tỉnh|40", "", "Công an tỉnh", {"Kinh phí": 40}),
]


def in_cells(line: str, separator: str) -> str:
    """A row of a table in Markdown or between tabs, where it has a third cell, perhaps blank."""
    return f"|{line}|" if separator == "|" else line.replace("|", "\t") + "\t" * (line.count("|") < 2)


@pytest.mark.parametrize("separator", ["|", "\t"], ids=["pipes", "tabs"])
@pytest.mark.parametrize("case", LAYOUTS, ids=[f"{header} {row}" for header, row, *_ in LAYOUTS])
def test_columns_of_values_are_told_by_what_they_hold(
    case: tuple[str, str, str, str, dict[str, int]], separator: str
) -> None:
    header, row, printed, label, values = case
    table = table_of(in_cells(header, separator), in_cells(row, separator))
    (found,) = table.rows
    assert (found.number, found.label, found.total) == (printed, label, False)
    assert {table.columns[cell.column].path[0]: int(cell.value) for cell in found.cells} == values


#: first words of a row -> whether it is the row of totals
TOTALS = [
    ("Tổng cộng", True),
    ("TỔNG CỘNG:", True),
    ("Tống cộng", True),
    ("Tổng công", True),
    ("Tổng số", True),
    ("Tổng", True),
    ("Cộng", True),
    ("Cộng (1+2)", True),
    ("Tổng kinh phí", True),
    ("Tong cong", True),
    ("Công an tỉnh", False),
    ("Công tác viên", False),
    ("Cộng tác viên", False),
    ("Cộng đồng", False),
    ("Tổng đài 111", False),
    ("Tổng kết năm", False),
]


@pytest.mark.parametrize(("label", "total"), TOTALS)
def test_a_row_of_totals_says_so(label: str, total: bool) -> None:
    table = table_of("TT\tNội dung\tKinh phí", "1\tBể bơi\t40", f"\t{label}\t40")
    assert [row.total for row in table.rows] == [False, total]
