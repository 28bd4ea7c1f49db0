"""A plan reads the same from every format it is written out in; and what says so counts rightly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

import corpus
from corpus.document import Document
from corpus.reading import parse
from eval.likeness import in_order, keys, likeness
from eval.writing.docx import write_docx, write_numbered
from eval.writing.formats import FORMATS, NoFormat, Workshop, chosen
from eval.writing.numbering import place
from eval.writing.plan import Columns, Grid, Line, plan_of, words_of

ROOT = Path(__file__).parent.parent
PLANS = sorted([*(ROOT / "corpus/documents").glob("*.txt"), *(ROOT / "eval/other/documents").glob("*.txt")])
SHORTEST = "bac-kan-2023"
#: Read by a program from letters or codes; pictures of pages take seconds each, and only the shortest plan's are read.
QUICK = ("docx", "docx-numbered", "html", "pdf", "odt", "doc", "utf-16", "tcvn3")


@pytest.fixture(scope="module")
def texts() -> dict[str, Document]:
    return {path.stem: corpus.read(path) for path in PLANS}


@pytest.fixture(scope="module")
def workshop(texts: dict[str, Document], tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(list(texts.values()), tmp_path_factory.mktemp("formats"))


def _file(workshop: Workshop, name: str, stem: str) -> Path:
    return next(file for file in workshop.files(name) if file.stem == stem)


@pytest.mark.parametrize("name", QUICK)
@pytest.mark.parametrize("stem", [path.stem for path in PLANS])
def test_a_plan_has_the_same_sections_in_every_format(
    name: str, stem: str, workshop: Workshop, texts: dict[str, Document]
) -> None:
    read = corpus.read(_file(workshop, name, stem))
    found = likeness(texts[stem], read)
    assert found.changes == ()
    assert keys(read) == keys(texts[stem])
    assert found.titles == 1.0
    assert found.wrong == ()
    assert math.isnan(found.cells) or found.cells == 1.0


def test_a_scan_has_the_same_sections(texts: dict[str, Document], tmp_path: Path) -> None:
    shortest = Workshop([texts[SHORTEST]], tmp_path)
    read = corpus.read(shortest.files("scan-300")[0])
    assert likeness(texts[SHORTEST], read).changes == ()
    assert all(page.confidence is not None for page in read.pages)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_word_of_the_sections_is_written_once(path: Path, texts: dict[str, Document]) -> None:
    document = texts[path.stem]
    if document.tables:
        pytest.fail("see the next test") if not words_of(document) else None
    written = words_of(document).split()
    shown = [word for section in document.root.children for word in document.shown(section.span).split()]
    rows = sum(section.kind.value == "row" for section in document.sections)
    assert rows or sorted(written) == sorted(shown)


OFFICE = """UBND TỈNH SƠN HÀ    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ Y TẾ    Độc lập - Tự do - Hạnh phúc
Số: 12/KH-SYT    Sơn Hà, ngày 03 tháng 02 năm 2024

KẾ HOẠCH
Công tác trẻ em năm 2024

I. MỤC TIÊU
1. Mục tiêu chung
Giảm 9,8% tử vong.
2. Sở Y tế: Chủ trì, phối hợp thực hiện.
a) Khám bệnh cho trẻ em;
đ) Báo cáo trước ngày 20/5.
- Gửi Bộ.
II. KINH PHÍ
Đvt: triệu đồng
STT\tNội dung\t2024\t\t2025\t
\t\tTỉnh\tXã\tTỉnh\tXã
1\tKhám bệnh\t10\t20\t30\t40
2\tTập huấn\t1.000\t\t5\t6
\tTổng cộng\t1.010\t20\t35\t46
Trên đây là Kế hoạch./.

Nơi nhận:
- Bộ Y tế;
- Lưu: VT.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Trần Văn An
"""


def _document(text: str) -> Document:
    return parse("x", "x.txt", "", text)


def test_what_is_printed_of_a_plan() -> None:
    elements = plan_of(_document(OFFICE)).elements
    letterhead, kind = elements[:2]
    assert isinstance(letterhead, Columns)
    assert [[[line.words for line in cell] for cell in row] for row in letterhead.rows] == [
        [["UBND TỈNH SƠN HÀ"], ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]],
        [["SỞ Y TẾ"], ["Độc lập - Tự do - Hạnh phúc"]],
        [["Số: 12/KH-SYT"], ["Sơn Hà, ngày 03 tháng 02 năm 2024"]],
    ]
    assert isinstance(kind, Line)
    assert kind.words == "KẾ HOẠCH"
    lines = [one for one in elements if isinstance(one, Line)]
    assert [(one.marker, one.words[: one.bold], one.depth) for one in lines[2:9]] == [
        ("I.", "MỤC TIÊU", 1),
        ("1.", "Mục tiêu chung", 2),
        ("", "", 3),
        ("2.", "Sở Y tế", 2),
        ("a)", "", 3),
        ("đ)", "", 3),
        ("-", "", 4),
    ]
    foot = elements[-1]
    assert isinstance(foot, Columns)
    assert [len(cell) for cell in foot.rows[0]] == [3, 3]


def test_header_cells_span_what_they_stand_over() -> None:
    grid = next(one for one in plan_of(_document(OFFICE)).elements if isinstance(one, Grid))
    assert (grid.headers, grid.labels, len(grid.rows)) == (2, 2, 5)
    assert [grid.span(0, column) for column in range(6)] == [(1, 2), (1, 2), (2, 1), (0, 0), (2, 1), (0, 0)]
    assert [grid.span(1, column) for column in range(6)] == [(0, 0), (0, 0), (1, 1), (1, 1), (1, 1), (1, 1)]


@pytest.mark.parametrize(
    ("marker", "level", "count"),
    [("IV.", 0, 4), ("12.", 1, 12), ("c)", 2, 3), ("-", 3, 1), ("+", 4, 1), ("đ)", 0, 0), ("1.1.", 0, 0), ("IIX.", 0, 0)],
)
def test_what_a_word_processor_can_number(marker: str, level: int, count: int) -> None:
    assert place(marker) == (level, count)


def test_automatic_numbers_are_not_typed(tmp_path: Path) -> None:
    import docx

    plan = plan_of(_document(OFFICE))
    words = {}
    for name, write in (("typed", write_docx), ("numbered", write_numbered)):
        write(plan, tmp_path / f"{name}.docx")
        words[name] = [one.text for one in docx.Document(str(tmp_path / f"{name}.docx")).paragraphs if one.text]
    assert "2. Sở Y tế: Chủ trì, phối hợp thực hiện." in words["typed"]
    assert "Sở Y tế: Chủ trì, phối hợp thực hiện." in words["numbered"]
    assert "đ) Báo cáo trước ngày 20/5." in words["numbered"]


#: A change of the text, and what each share is then, worked out by hand.
CHANGES: Sequence[tuple[str, str, dict[str, float]]] = (
    ("9,8%", "98%", {"sections": 1.0, "numbers": 2 * 26 / 54}),
    ("- Gửi Bộ.\n", "", {"sections": 2 * 20 / 41}),
    ("1.000\t\t5", "1.000\t5\t", {"cells": 2 * 11 / 24}),
)


def test_a_plan_is_like_itself() -> None:
    found = likeness(_document(OFFICE), _document(OFFICE))
    assert (found.sections, found.titles, found.words, found.numbers, found.cells) == (1.0,) * 5
    assert (found.wrong, found.fields, found.changes) == ((), (), ())


def test_formats_by_name() -> None:
    assert [one.name for one in chosen("scan, docx")] == ["scan-300", "scan-200", "docx", "docx-numbered"]
    assert set(QUICK) | {"scan-300", "scan-200"} == set(FORMATS)
    with pytest.raises(NoFormat, match="“xls”"):
        chosen("docx,xls")


def test_order_counts() -> None:
    assert in_order([], []) == 1.0
    assert in_order(["a", "b"], ["b", "a"]) == 0.5
