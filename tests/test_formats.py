"""A plan reads the same from every format it is written out in; and what says so counts rightly."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from evaluating import case

import corpus
from assistant.answer import Answer
from corpus.document import Document
from corpus.reading import parse
from eval.__main__ import main
from eval.answers import Report, Result
from eval.formats import Answered, Reread, Roundtrip
from eval.judging import Verdict
from eval.likeness import in_order, keys, likeness
from eval.outcome import Outcome
from eval.writing.docx import write_docx, write_numbered
from eval.writing.formats import FORMATS, NoFormat, Workshop, chosen
from eval.writing.numbering import place
from eval.writing.plan import Columns, Grid, Line, plan_of, words_of

ROOT = Path(__file__).parent.parent
OTHERS = sorted((ROOT / "eval/other/documents").glob("*.txt"))
PLANS = [*sorted((ROOT / "corpus/documents").glob("*.txt")), *OTHERS]
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


@pytest.mark.parametrize("name", ["docx", "docx-numbered", "html", "odt"])
@pytest.mark.parametrize("stem", [path.stem for path in PLANS])
def test_a_plan_says_the_same_of_itself_in_every_format(
    name: str, stem: str, workshop: Workshop, texts: dict[str, Document]
) -> None:
    assert likeness(texts[stem], corpus.read(_file(workshop, name, stem))).fields == ()


#: Texts of other kinds, some with headings that only bold letters show.
TEXTS = sorted(path for path in (ROOT / "tests/texts").iterdir() if path.suffix in {".txt", ".md"})


@pytest.mark.parametrize("name", ["docx", "docx-numbered", "html"])
def test_other_texts_are_the_same_in_every_format(name: str, tmp_path: Path) -> None:
    documents = [corpus.read(path) for path in TEXTS]
    files = Workshop(documents, tmp_path).files(name)
    assert {"dien-bien-2022", "tinh-doan-dong-thap-2025"} <= {path.stem for path in TEXTS}
    for document, file in zip(documents, files, strict=True):
        read = corpus.read(file)
        assert keys(read) == keys(document), likeness(document, read).changes
        assert likeness(document, read).fields == ()


def test_a_scan_has_the_same_sections(texts: dict[str, Document], tmp_path: Path) -> None:
    shortest = Workshop([texts[SHORTEST]], tmp_path)
    read = corpus.read(shortest.files("scan-300")[0])
    assert likeness(texts[SHORTEST], read).changes == ()
    assert all(page.confidence is not None for page in read.pages)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_word_of_the_sections_is_written_once(path: Path, texts: dict[str, Document]) -> None:
    document = texts[path.stem]
    written, shown = words_of(document).split(), []
    for section in document.root.children:
        shown += document.shown(section.span).replace("|", " ").split()
    if document.tables:  # a header that is printed again on another page is written once
        assert set(written) == {word for word in shown if not word.startswith("---")}
    else:
        assert sorted(written) == sorted(shown)


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


def test_the_issuer_is_the_lowest_body_left_of_the_motto() -> None:
    issuer = _document(OFFICE).metadata.issuer
    assert issuer is not None
    assert issuer.value == "SỞ Y TẾ"


def test_header_cells_span_what_they_stand_over() -> None:
    grid = next(one for one in plan_of(_document(OFFICE)).elements if isinstance(one, Grid))
    assert (grid.headers, grid.labels, len(grid.rows)) == (2, 2, 5)
    assert [grid.span(0, column) for column in range(6)] == [(1, 2), (1, 2), (2, 1), (0, 0), (2, 1), (0, 0)]
    assert [grid.span(1, column) for column in range(6)] == [(0, 0), (0, 0), (1, 1), (1, 1), (1, 1), (1, 1)]


@pytest.mark.parametrize(
    ("marker", "level", "count"),
    [
        ("IV.", 0, 4),
        ("12.", 1, 12),
        ("c)", 2, 3),
        ("-", 3, 1),
        ("+", 4, 1),
        ("đ)", 0, 0),
        ("1.1.", 0, 0),
        ("IIX.", 0, 0),
    ],
)
def test_what_a_word_processor_can_number(marker: str, level: int, count: int) -> None:
    assert place(marker) == (level, count)


def test_automatic_numbers_are_not_typed(tmp_path: Path) -> None:
    plan = plan_of(_document(OFFICE))
    words = {}
    for name, write in (("typed", write_docx), ("numbered", write_numbered)):
        write(plan, tmp_path / f"{name}.docx")
        words[name] = [one.text for one in docx.Document(str(tmp_path / f"{name}.docx")).paragraphs if one.text]
    assert "2. Sở Y tế: Chủ trì, phối hợp thực hiện." in words["typed"]
    assert "Sở Y tế: Chủ trì, phối hợp thực hiện." in words["numbered"]
    assert "đ) Báo cáo trước ngày 20/5." in words["numbered"]


#: What of OFFICE is changed into what, what a share is then, worked out by hand, and the figures told of as odd.
CHANGES: Sequence[tuple[str, str, str, float, tuple[str, ...]]] = (
    ("9,8%", "98%", "numbers", 2 * 23 / 48, ("-9,8", "+98")),
    ("9,8%", "98%", "sections", 1.0, ("-9,8", "+98")),
    ("- Gửi Bộ.\n", "", "sections", 2 * 25 / 51, ()),
    ("a) Khám", "- Khám", "sections", 2 * 25 / 52, ()),
    ("2. Sở Y tế:", "2. Sở Nội vụ:", "titles", 2 * 3 / 8, ()),
    ("1.000\t\t5", "1.000\t5\t", "cells", 2 * 10 / 22, ()),
)


@pytest.mark.parametrize(("before", "after", "share", "value", "wrong"), CHANGES)
def test_what_differs_is_counted(before: str, after: str, share: str, value: float, wrong: tuple[str, ...]) -> None:
    found = likeness(_document(OFFICE), _document(OFFICE.replace(before, after)))
    assert getattr(found, share) == pytest.approx(value)
    assert found.wrong == wrong


def test_metadata_that_differ_are_named() -> None:
    found = likeness(_document(OFFICE), _document(OFFICE.replace("12/KH-SYT", "13/KH-SYT").replace("Văn An", "Văn Ân")))
    assert found.fields == ("number",)  # a name without its accents is the same, as a scan may read it


def test_a_plan_is_like_itself() -> None:
    found = likeness(_document(OFFICE), _document(OFFICE))
    assert (found.sections, found.titles, found.words, found.numbers, found.cells) == (1.0,) * 5
    assert (found.wrong, found.fields, found.changes) == ((), (), ())


def test_formats_by_name() -> None:
    assert [one.name for one in chosen("scan, docx")] == ["scan-300", "scan-200", "docx", "docx-numbered"]
    assert set(QUICK) | {"scan-300", "scan-200"} == set(FORMATS)
    with pytest.raises(NoFormat, match="“xls”"):
        chosen("docx,xls")


def test_the_command_tells_and_holds(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["formats", "--only", "utf-16", "--documents", str(ROOT / "eval/other/documents")]
    assert main([*asked, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["format"], told["unread"], told["fallen"]) == ("utf-16", [], [])
    assert {plan["doc"]: plan["sections"] for plan in told["plans"]} == {path.stem: 1.0 for path in OTHERS}
    assert [one["name"] for one in told["answers"]] == ["tuned.jsonl", "reported.jsonl"]
    assert all(change["value"] == 0.0 for one in told["answers"] for change in one["differences"].values())


def test_what_cannot_be_asked_for_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formats", "--only", "xls"]) == 2
    assert "docx-numbered" in capsys.readouterr().err
    assert main(["formats", "--documents", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


def _reread(sections: float, name: str = "pdf") -> Roundtrip:
    alike = replace(likeness(_document(OFFICE), _document(OFFICE)), sections=sections)
    return Roundtrip(FORMATS[name], (Reread("x", alike, 1.0),), ())


def test_a_list_of_sections_that_differs_is_named() -> None:
    assert _reread(1.0).fallen == []
    assert [line.split(":")[:2] for line in _reread(0.99).fallen] == [["pdf", " x"]]


@pytest.mark.parametrize(
    ("unread", "fallen"),
    [((), [["pdf", " x"]]), (("x.pdf: hỏng / damaged",), [["pdf", " x.pdf"], ["pdf", " x"]])],
)
def test_a_plan_that_is_not_there_is_named(unread: tuple[str, ...], fallen: list[list[str]]) -> None:
    told = Roundtrip(FORMATS["pdf"], (Reread("x", None, 1.0),), (), unread)
    assert [line.split(":")[:2] for line in told.fallen] == fallen


def test_answers_may_lose_as_much_as_a_format_allows() -> None:
    def report(right: int) -> Report:
        outcomes = [Outcome(str(at), "duties", "vi", True, False, at < right) for at in range(100)]
        return Report(
            "cases.jsonl",
            False,
            tuple(Result(case("d", "?"), Answer("?", ""), Verdict(True), (), one) for one in outcomes),
        )

    def fallen(name: str, right: int) -> list[str]:
        return replace(_reread(1.0, name), answers=(Answered(report(90), report(right)),)).fallen

    assert fallen("pdf", 89) == []
    assert len(fallen("pdf", 88)) == 1
    assert fallen("scan-300", 85) == []
    assert len(fallen("scan-300", 84)) == 1


def test_order_counts() -> None:
    assert in_order([], []) == 1.0
    assert in_order(["a", "b"], ["b", "a"]) == 0.5
