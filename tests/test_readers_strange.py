"""Files that other programs make of a plan than those it is usually written with, and what their pages do to it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scanning import bound, scanned
from test_readers_docx import lines as docx_lines
from test_readers_docx import p, r, style
from test_readers_pdf import AIM, HEAD, LAW, ROWS, XS, filled, lines, plain_text
from test_readers_scan import flowed
from typesetting import LEFT, RIGHT, Paper, wide, write

import corpus
from corpus.document import Document, Kind, Role
from corpus.readers.capitals import lost_capitals
from corpus.readers.extracted import silent
from corpus.readers.html_file import read_html
from corpus.reading import parse

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def columns(*rows: tuple[float, str, str]) -> Paper:
    """Rows of a left and a right column, each at its height."""
    paper = Paper()
    for base, left, right in rows:
        paper.at(LEFT, base, left, 10, bold=True).at(310, base, right, 10, bold=True)
    return paper


def wrapped_letterhead() -> Paper:
    paper = columns(
        (70, "UBND TỈNH ĐỒNG THÁP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
        (83, "SỞ Y TẾ", "VIỆT NAM"),
        (96, "", "Độc lập - Tự do - Hạnh phúc"),
        (112, "Số: 902/SYT-NVY", "Đồng Tháp, ngày 25 tháng 4 năm"),
        (125, "V/v tháng hành động vì", "2024"),
        (138, "trẻ em năm 2024", ""),
    )
    filled(paper, LAW, 190)
    return paper


def alike(first: int, last: int) -> list[list[str]]:
    return [[str(at), f"Mở lớp dạy bơi số {at} cho trẻ em", str(10 + at), "7"] for at in range(first, last)]


def long_table() -> list[Paper]:
    """Rows that differ by a number alone, on two pages with the head on both."""
    ys = [float(at) for at in range(100, 320, 30)]
    return [Paper().table(XS, ys, [HEAD, *alike(1, 7)]), Paper().table(XS, ys, [HEAD, *alike(7, 13)])]


def cut_row() -> list[Paper]:
    """A table whose last row a browser cut at the end of the page: no line is drawn below it."""
    first = Paper().table(XS, [600, 630, 660], [HEAD, ["1", "Truyền thông", "300", ""]])
    for x in XS:
        first.rule(x, 660, x, 690)
    first.at(XS[0] + 4, 674, "2", 10).at(XS[1] + 4, 674, "Tập huấn cho", 10).at(XS[2] + 4, 674, "200", 10)
    second = Paper().table(XS, [60, 90, 120], [["", "cán bộ", "", ""], ROWS[2]])
    return [first, second]


def lying_last() -> list[Paper]:
    """A running foot as far from the edge on a page that lies as on those that stand."""
    papers = [Paper(), Paper(), Paper(842, 595)]
    for paper, text in zip(papers, (AIM, LAW, AIM), strict=True):
        filled(paper, text, 80, (LEFT, paper.width - 57))
        paper.at(LEFT, paper.height - 30, "Kế hoạch trẻ em - Lưu hành nội bộ", 9)
    return papers


def browsed() -> list[Paper]:
    papers = [Paper(), Paper()]
    for number, (paper, text) in enumerate(zip(papers, (AIM, LAW), strict=True), 1):
        filled(paper, text, 80)
        paper.at(24, 24, "23/11/2026, 03:12", 8).at(250, 24, "Kế hoạch trẻ em", 8)
        paper.at(24, 830, "https://tinh.gov.vn/ke-hoach.html", 8).at(570, 830, f"{number}/2", 8)
    return papers


def over_the_page() -> list[Paper]:
    """A paragraph whose second page has two full lines and more of it; recipients that go on there."""
    first, second = Paper(), Paper()
    base = filled(first, AIM, 600) + 12
    first.at(LEFT, base, "Nơi nhận:", 10).at(370, base, "KT. GIÁM ĐỐC", 12, True)
    first.at(LEFT, base + 13, "- Như trên;", 10).at(370, base + 14, "PHÓ GIÁM ĐỐC", 12, True)
    second.at(LEFT, 70, "- Các phòng, ban;", 10).at(LEFT, 83, "- Lưu: VT.", 10).at(370, 90, "Lê Thị Hoa", 12, True)
    return [first, second]


def split_marks() -> Paper:
    """Words at the beginning of a line that look like a marker, in a text without indents."""
    paper, base = Paper(), 80.0
    for first, rest in (
        ("Phấn đấu tỉnh đạt chuẩn phổ cập giáo dục trung học cơ sở ở mức độ", "II."),
        ("Huy động nguồn vốn viện trợ của các tổ chức phi chính phủ ở nước ngoài", "(ODA, NGO)."),
        ("Vận động các ngành, các cấp, các đoàn thể, các tổ chức chính trị", "- xã hội quan tâm."),
    ):
        size = 12 * (RIGHT - LEFT - 1) / wide(first, 12)
        paper.at(LEFT, base, first, size).at(LEFT, base + 16, rest, size)
        base += 48
    filled(paper, AIM, base, (LEFT, RIGHT))
    return paper


#: case, pages, the lines of the text
PRINTED: list[tuple[str, list[Paper], list[str]]] = [
    (
        "a letterhead whose columns break its lines",
        [wrapped_letterhead()],
        [
            f"UBND TỈNH ĐỒNG THÁP    {MOTTO}",
            "SỞ Y TẾ",
            "Độc lập - Tự do - Hạnh phúc",
            "Số: 902/SYT-NVY    Đồng Tháp, ngày 25 tháng 4 năm 2024",
            "V/v tháng hành động vì trẻ em năm 2024",
            LAW,
        ],
    ),
    ("rows that are much alike", long_table(), ["\t".join(row) for row in (HEAD, *alike(1, 13))]),
    (
        "a row that a page cut",
        cut_row(),
        [
            "TT\tNội dung\t2024\t2025",
            "1\tTruyền thông\t300\t",
            "2\tTập huấn cho cán bộ\t200\t",
            "\tTổng cộng\t500\t1.250",
        ],
    ),
    ("a running foot on a page that lies", lying_last(), [AIM, LAW, AIM]),
    ("what a browser prints around pages", browsed(), [AIM, LAW]),
    ("what it prints around a single page", browsed()[:1], [AIM]),
    (
        "recipients that go on on the next page",
        over_the_page(),
        [
            AIM,
            *("Nơi nhận:", "- Như trên;", "- Các phòng, ban;", "- Lưu: VT."),
            *("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Hoa"),
        ],
    ),
    (
        "words that look like markers",
        [split_marks()],
        [
            "Phấn đấu tỉnh đạt chuẩn phổ cập giáo dục trung học cơ sở ở mức độ II.",
            "Huy động nguồn vốn viện trợ của các tổ chức phi chính phủ ở nước ngoài (ODA, NGO).",
            "Vận động các ngành, các cấp, các đoàn thể, các tổ chức chính trị - xã hội quan tâm.",
            AIM,
        ],
    ),
]


@pytest.mark.parametrize(("pages", "wanted"), [case[1:] for case in PRINTED], ids=[case[0] for case in PRINTED])
def test_pages_by_other_programs(pages: list[Paper], wanted: list[str], tmp_path: Path) -> None:
    assert lines(write(tmp_path / "page.pdf", pages)) == wanted


CALL = "<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a>"
NOTE = "<div id=ftn1><p><a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> Theo báo cáo của tỉnh.</p></div>"
SAID = "(Chú thích 1: Theo báo cáo của tỉnh.)"

#: case, what is in a page, the lines it is read as
NOTED = [
    ("Word's", f"<p>Có 5 xã{CALL}.</p><p>Hết.</p><hr>{NOTE}", ["Có 5 xã.", SAID, "Hết."]),
    (
        "a list of notes",
        "<p>Có 5 xã<sup><a href='#n1'>1</a></sup>.</p><ol><li id=n1>Theo báo cáo của tỉnh. ↩</li></ol>",
        ["Có 5 xã.", SAID],
    ),
    (
        "of a cell",
        f"<table><tr><td>TT<td>Tên<td>Số</tr><tr><td>1<td>Xã<td>5{CALL}</tr></table>{NOTE}",
        ["TT\tTên\tSố", "1\tXã\t5", SAID],
    ),
    ("a link that calls none", "<p>Mục <a href='#m2'>2</a></p><h2 id=m2>Kinh phí</h2>", ["Mục 2", "## Kinh phí"]),
    ("one without its note", "<p>Có 5 xã<sup><a href='#x'>[1]</a></sup>.</p>", ["Có 5 xã[1]."]),
]


@pytest.mark.parametrize(("body", "wanted"), [case[1:] for case in NOTED], ids=[case[0] for case in NOTED])
def test_notes_of_a_web_page_stand_where_they_are_called(body: str, wanted: list[str], tmp_path: Path) -> None:
    file = tmp_path / "trang.html"
    file.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    assert [line for line in read_html(file, silent).text.split("\n") if line] == wanted


#: case, lines as recognised, as they are handed on
MISREAD = [
    (
        "labels within sections",
        ["I. MỤC TIÊU", "I.1. Chung", "L2. Cụ thể", "II. NHIỆM VỤ", "IL1. Chung", "HL2. Riêng"],
        ["I. MỤC TIÊU", "I.1. Chung", "I.2. Cụ thể", "II. NHIỆM VỤ", "II.1. Chung", "II.2. Riêng"],
    ),
    (
        "articles and chapters without their numbers",
        ["Chương", "Điều 1. Phạm vi", "Điều Kinh phí", "Chương II", "Điều kiện chung"],
        ["Chương I", "Điều 1. Phạm vi", "Điều 2. Kinh phí", "Chương II", "Điều kiện chung"],
    ),
    ("parts whose words touch", ["PHẦN THỨNHẤT"], ["PHẦN THỨ NHẤT"]),
    ("specks and dashes before a label", ["a) Một", "-_ b) Hai", "ˆ c) Ba"], ["a) Một", "b) Hai", "c) Ba"]),
]


@pytest.mark.parametrize(("read", "wanted"), [case[1:] for case in MISREAD], ids=[case[0] for case in MISREAD])
def test_labels_that_were_misread(read: list[str], wanted: list[str]) -> None:
    assert flowed(read, 0.9) == wanted


@pytest.mark.parametrize("clockwise", [90, 180, 270])
def test_a_page_that_was_scanned_on_its_side_is_read(clockwise: int, tmp_path: Path) -> None:
    written = write(tmp_path / "plan.pdf", plain_text().pages[:1])
    (page,) = scanned(written, 1)
    turned = Image.fromarray(np.rot90(np.asarray(page), -clockwise // 90))
    found = corpus.read(bound(tmp_path / "scan.pdf", [turned]))
    straight = corpus.read(written)
    assert _shape(found) == _shape(straight)


def _shape(document: Document) -> list[tuple[Kind, str]]:
    return [(one.kind, one.label) for one in document.sections[1:]]


def test_lists_within_lists_have_styles_of_their_own(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    listed = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = style("DS", "List Bullet", listed) + style("DS2", "List Bullet 2", listed)
    body = "".join(p(words, f'<w:pStyle w:val="{own}"/>') for words, own in (("a", "DS"), ("b", "DS2"), ("c", "DS")))
    assert docx_lines(tmp_path, body, numbering=numbering, styles=styles) == ["- a", "+ b", "- c"]


HEADED = f"ỦY BAN NHÂN DÂN    {MOTTO}\nTỈNH HÀ GIANG    Độc lập - Tự do - Hạnh phúc\n"
DECISION = (
    f"{HEADED}Số: 12/QĐ-UBND    Hà Giang, ngày 12 tháng 6 năm 2024\n\nQUYẾT ĐỊNH\nVề việc ban hành Kế hoạch\n\n"
    "Điều 1. Ban hành Kế hoạch.\n\nĐiều 2. Quyết định có hiệu lực từ ngày ký./.\n\nNơi nhận:\n- Như Điều 2;\n\n"
    f"CHỦ TỊCH\n\nNguyễn Văn Sơn\n\n{HEADED}\nKẾ HOẠCH\nBảo vệ trẻ em năm 2024\n\n"
    "I. MỤC TIÊU\n\nBảo vệ trẻ em.\n\n3. Chế độ báo cáo\n\nBáo cáo trước ngày 10/7/2024./.\n"
)


def test_what_is_put_in_force_has_a_letterhead_of_its_own() -> None:
    document = parse("x", "x.txt", "", DECISION)
    assert document.metadata.signer_role is not None
    assert document.metadata.signer_role.value == "CHỦ TỊCH"
    headings = [(one.label, one.title) for one in document.sections if one.kind is Kind.HEADING]
    assert ("I", "MỤC TIÊU") in headings


def test_the_last_paragraph_may_be_the_text_of_a_title() -> None:
    text = "KẾ HOẠCH\nBảo vệ trẻ em năm 2024\n\n1. Mục tiêu\n\nA.\n\n2. Chế độ báo cáo\n\nBáo cáo trước ngày 10/7./.\n"
    document = parse("x", "x.txt", "", text)
    assert [one.title for one in document.sections if one.kind is Kind.HEADING] == ["Mục tiêu", "Chế độ báo cáo"]
    assert not any(one.role is Role.CLOSING for one in document.sections)


#: case, a text, its headings
SPELLED = [
    ("spaces of other widths", "KẾ\xa0HOẠCH\nNăm 2024\n\nPHẦN\u2009THỨ NHẤT\n\nMỤC TIÊU\n\nx.\n", ["PHẦN THỨ NHẤT"]),
    ("letters nobody sees", "KẾ HOẠCH\nNăm 2024\n\n\u200bI.\u200b MỤC TI\xadÊU\n\nx.\n", ["I"]),
    ("a marker above a heading by its style", "KẾ HOẠCH\nNăm 2024\n\nChương I\n\n# QUY ĐỊNH\n\nx.\n", ["Chương I"]),
]


@pytest.mark.parametrize(("text", "labels"), [case[1:] for case in SPELLED], ids=[case[0] for case in SPELLED])
def test_headings_however_they_are_spelled(text: str, labels: list[str]) -> None:
    document = parse("x", "x.txt", "", text)
    assert document.metadata.kind is not None
    assert [one.label for one in document.sections if one.kind is Kind.HEADING] == labels
    assert all("\xad" not in document.shown(one.head) for one in document.sections)


@pytest.mark.parametrize(
    ("text", "warned"), [("xin chào", True), ("KẾ HOẠCH\nCông tác trẻ em năm 2024\n\nI. MỤC TIÊU\n\nx.\n", False)]
)
def test_what_is_perhaps_no_plan_says_so(text: str, warned: bool) -> None:
    said = " ".join(parse("x", "x.txt", "", text).warnings)
    assert ("có thể không phải kế hoạch" in said) is warned


#: a text, whether letters in it have lost their capitals
CAPITALS = [
    ("Kế HOạCH\n\nI. MụC TIÊU", True),
    ("KẾ HOẠCH\n\nI. MỤC TIÊU của UBND tỉnh, TPHồ", False),
    ("một chữ MụC là lỗi gõ", False),
]


@pytest.mark.parametrize(("text", "lost"), CAPITALS)
def test_letters_that_lost_their_capitals_are_told(text: str, lost: bool) -> None:
    assert lost_capitals(text) is lost


def test_capitals_of_a_legacy_font_are_put_back(tmp_path: Path) -> None:
    legacy = '<w:rFonts w:ascii=".VnTime"/>'
    body = p(r("KÕ HO¹CH", legacy)) + p(r("Môc tiªu", legacy)) + p(r("I. MôC TI£U", legacy))
    assert docx_lines(tmp_path, body) == ["KẾ HOẠCH", "Mục tiêu", "I. MỤC TIÊU"]
