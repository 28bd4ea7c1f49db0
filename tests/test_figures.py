"""Cells of the table by row, year and source, and targets by their number: the right one, and all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from asking import NAMES, ask, plan, read


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_cell_in_the_wrong_column_is_told_with_both_readings(index_folder: Path, year: int) -> None:
    """Row 7's 200 stands under 2024 huy động; 1.495 less 1.295 of the other rows leaves it to 2025 địa phương."""
    answer = ask(index_folder, f"Năm {year} Kiên Giang dành bao nhiêu tiền cho sơ kết và khen thưởng?")
    said = read(answer.text)
    assert all(part in said for part in ("200", "triệu đồng", "2024", "huy động, xã hội hóa", "2025", "Địa phương"))
    proof = [citation for citation in answer.citations if citation.quote == "200"]
    row = next(line for line in plan("kien-giang-2021-2030").split("\n") if line.startswith("7\tTổ chức sơ kết"))
    start = plan("kien-giang-2021-2030").index(row)
    assert [citation.start for citation in proof] == [start + row.index("\t200\t") + 1]


#: Rows of Kiên Giang's table: how one asks for them, what each of three years holds, which of a year's two columns.
ROWS = (
    (1, "phát triển hệ thống dịch vụ bảo vệ trẻ em", {2022: "80", 2025: "320", 2030: "640"}, 0),
    (2, "truyền thông, giáo dục về kiến thức, kỹ năng", {2021: "300", 2025: "300", 2030: "300"}, 0),
    (3, "nâng cao năng lực đội ngũ cán bộ, tập huấn", {2021: "200", 2024: "200", 2029: "200"}, 0),
    (4, "vận động nguồn lực và sự tham gia của xã hội", {2021: "500", 2025: "500", 2030: "500"}, 1),
    (5, "kiểm tra, thanh tra, giám sát", {2021: "75", 2025: "75", 2030: "75"}, 0),
    (6, "cập nhật thông tin về trẻ em vào cơ sở dữ liệu", {2021: "400", 2026: "400", 2030: "400"}, 0),
    (7, "tổng kết, khen thưởng", {2030: "200"}, 0),
)
#: Row, how one asks for it, year, its value, its column counted in tabs.
CELLS = [
    (row, asked, year, value, 2 + 2 * (year - 2021) + side)
    for row, asked, years, side in ROWS
    for year, value in years.items()
]
#: The total row: địa phương of each year; huy động is 500 in all of them.
TOTALS = dict(
    zip(
        range(2021, 2031),
        ("975", "1.055", "1.135", "1.215", "1.495", "1.375", "1.455", "1.535", "1.615", "1.815"),
        strict=True,
    )
)


def cell(start: int) -> tuple[str, int]:
    """The row's number and the column of a place in Kiên Giang's table, counted in tabs."""
    before = plan("kien-giang-2021-2030")[:start].split("\n")[-1]
    return before.split("\t")[0], before.count("\t")


@pytest.mark.parametrize("wanted", CELLS, ids=lambda wanted: f"row {wanted[0]} of {wanted[2]}")
def test_a_cell_is_that_of_its_row_and_year(index_folder: Path, wanted: tuple[int, str, int, str, int]) -> None:
    row, asked, year, value, column = wanted
    answer = ask(index_folder, f"Năm {year} Kiên Giang chi bao nhiêu tiền cho việc {asked}?")
    assert [cell(one.start) for one in answer.citations if one.quote == value] == [(str(row), column)]
    assert re.findall(r"([\d.]+) triệu đồng", read(answer.text)) == [value]


@pytest.mark.parametrize(("year", "asked"), [(2021, "phát triển hệ thống dịch vụ"), (2027, "tổng kết, khen thưởng")])
def test_a_cell_that_is_empty_gives_no_figure(index_folder: Path, year: int, asked: str) -> None:
    """Nothing is printed there: the answer says so; the row's "80 triệu/huyện/năm" is not that year's money."""
    text = ask(index_folder, f"Năm {year} Kiên Giang chi bao nhiêu tiền cho việc {asked}?").text
    assert re.findall(r"[\d.]+ triệu đồng", text) == []
    assert not re.search(r":\s*$", text, re.MULTILINE)


@pytest.mark.parametrize("year", TOTALS)
def test_the_total_of_a_year(index_folder: Path, year: int) -> None:
    answer = ask(index_folder, f"Tổng dự toán năm {year} của Kiên Giang là bao nhiêu tiền?")
    quoted = {one.quote: cell(one.start) for one in answer.citations}
    column = 2 + 2 * (year - 2021)
    assert quoted[TOTALS[year]] == ("", column)
    assert quoted["500"] == ("", column + 1)
    together = int(TOTALS[year].replace(".", "")) + 500
    assert f"{together:,}".replace(",", ".") in read(answer.text)


TARGETS = [
    *(("kien-giang-2021-2030", number) for number in range(1, 25)),
    *(("lang-son-2023", number) for number in range(1, 13)),
    *(("thua-thien-hue-2020", number) for number in range(1, 15)),
]


@pytest.mark.parametrize(("doc", "number"), TARGETS)
def test_a_target_by_its_number_is_the_whole_of_it(index_folder: Path, doc: str, number: int) -> None:
    answer = ask(index_folder, f"Chỉ tiêu {number} của {NAMES[doc]} là gì?")
    after = plan(doc).index("MỤC TIÊU CỤ THỂ" if doc != "kien-giang-2021-2030" else "2. Mục tiêu cụ thể")
    marker = f"- Chỉ tiêu {number}: " if doc == "kien-giang-2021-2030" else f"{number}. "
    line = next(line for line in plan(doc)[after:].split("\n") if line.startswith(marker))
    assert [one.doc for one in answer.citations] == [doc]
    assert line.endswith(answer.citations[0].quote)
    assert answer.citations[0].quote.endswith(line.removeprefix(marker).rstrip())
