"""The text of a PDF: what is set on its pages, in the order it is read, whatever order it is drawn in."""

from __future__ import annotations

import io
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pypdf
import pytest
from PIL import Image
from typesetting import LEFT, RIGHT, TOP, Paper, Press, broken, wide, write

import corpus
from corpus.document import Kind
from corpus.readers import READERS
from corpus.readers.extracted import Extracted, silent
from corpus.readers.pdf_file import _check_bytes
from corpus.readers.picture import WIDEST, page_image

LAW = (
    "Thực hiện Quyết định số 23/QĐ-TTg ngày 07/01/2021 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế "
    "hoạch thực hiện công tác trẻ em trên địa bàn tỉnh năm 2023 như sau:"
)
AIM = (
    "Bảo đảm thực hiện các quyền trẻ em, phát triển toàn diện trẻ em nhằm đáp ứng yêu cầu xây dựng nguồn nhân lực có "
    "chất lượng cho sự phát triển kinh tế - xã hội của tỉnh, tạo môi trường sống an toàn, lành mạnh cho trẻ em."
)
DUTY = (
    "- Chủ trì, phối hợp với Sở Lao động - Thương binh và Xã hội và các cơ quan liên quan rà soát các điểm vui chơi "
    "dành cho trẻ em ở cơ sở, báo cáo trước ngày 30 tháng 9."
)


def read(path: Path) -> Extracted:
    return READERS[".pdf"](path, silent)


def lines(path: Path) -> list[str]:
    return [line for line in read(path).text.split("\n") if line]


def plain_text() -> Press:
    press = Press(begin=lambda paper, number: number > 1 and paper.middle(45, str(number)))
    press.page().middle(TOP, "KẾ HOẠCH", 14, bold=True)
    press.base += 40
    press.text(LAW).text("I. MỤC TIÊU", bold=True).text(AIM).text("II. NHIỆM VỤ", bold=True)
    for at in range(1, 9):
        press.text(f"{at}. Sở Y tế huyện số {at}:", bold=True).text(DUTY, DUTY, AIM)
    return press


def test_paragraphs_are_whole_over_lines_and_pages(tmp_path: Path) -> None:
    press = plain_text()
    assert len(press.pages) > 2
    wanted = ["KẾ HOẠCH", LAW, "I. MỤC TIÊU", AIM, "II. NHIỆM VỤ"]
    for at in range(1, 9):
        wanted += [f"{at}. Sở Y tế huyện số {at}:", DUTY, DUTY, AIM]
    assert lines(write(tmp_path / "plan.pdf", press.pages)) == wanted


def test_pages_are_stretches_of_the_text(tmp_path: Path) -> None:
    press = plain_text()
    found = read(write(tmp_path / "plan.pdf", press.pages))
    assert [page.number for page in found.pages] == [1, 2, 3]
    assert found.pages[0].span.start == 0
    assert found.pages[-1].span.end == len(found.text)
    for page, paper in zip(found.pages, press.pages, strict=True):
        words = [one.text for one in paper.strings if not one.text.isdigit()]
        said = found.text[page.span.start : page.span.end].split()
        assert said == " ".join(words).split()
        assert page.confidence is None


def lined_up(*rows: str, pitch: float = 17, size: float = 12, left: float = LEFT, top: float = TOP) -> Paper:
    paper = Paper()
    for at, row in enumerate(rows):
        paper.at(left, top + at * pitch, row, size)
    return paper


def filled(paper: Paper, text: str, top: float, sides: tuple[float, float] = (LEFT, RIGHT), size: float = 12) -> float:
    """Sets a paragraph in a column; gives the height below it."""
    rows = broken(text, sides[1] - sides[0], 0, size)
    for at, line in enumerate(rows):
        paper.at(sides[0], top + at * 15, line, size)
    return top + 15 * len(rows)


def letterhead() -> Paper:
    paper = Paper().at(100, 60, "ỦY BAN NHÂN DÂN", 11, True).at(290, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, True)
    paper.at(108, 76, "TỈNH KIÊN GIANG", 11, True).at(340, 76, "Độc lập - Tự do - Hạnh phúc", 11, True)
    paper.at(110, 100, "Số: 107/KH-UBND", 11).at(310, 100, "Kiên Giang, ngày 18 tháng 5 năm 2021", 11)
    paper.middle(140, "KẾ HOẠCH", 13, True)
    filled(paper, AIM, 180)
    return paper


def signed() -> Paper:
    paper = Paper()
    base = filled(paper, "Trên đây là Kế hoạch, các đơn vị triển khai thực hiện./.", 100) + 10
    for at, line in enumerate(["Nơi nhận:", "- Bộ LĐTBXH;", "- Các sở, ban, ngành", "(Đảng, đoàn thể);", "- Lưu: VT."]):
        paper.at(LEFT, base + at * 13, line, 10)
    for at, line in ((0, "TM. ỦY BAN NHÂN DÂN"), (17, "CHỦ TỊCH"), (80, "Nguyễn Lưu Trung")):
        paper.at(370, base + at + 1, line, 12, True)
    return paper


def two_columns() -> Paper:
    paper = Paper().middle(60, "BẢN TIN CÔNG TÁC TRẺ EM", 13, True)
    first = filled(paper, AIM, 100, (LEFT, 300), 11)
    filled(paper, LAW, first + 12, (LEFT, 300), 11)
    filled(paper, DUTY[2:] * 2, 100, (322, RIGHT), 11)
    return paper


def footnoted() -> Paper:
    paper = Paper()
    start = "Tỷ lệ trẻ em được tiêm chủng đầy đủ"
    paper.at(LEFT + 36, 100, start).at(LEFT + 36 + wide(start, 12) + 1, 95, "1", 7)
    paper.at(LEFT + 36 + wide(start, 12) + 12, 100, "đạt 97% vào năm 2025.")
    filled(paper, AIM, 130)
    paper.at(LEFT, 740, "1", 6).at(LEFT + 6, 744, "Theo báo cáo của Sở Y tế", 9).at(LEFT, 756, "ngày 05/3/2021.", 9)
    return paper


def scattered() -> Paper:
    """Letters with two accents drawn behind the rest of their line, as some writers of PDFs do."""
    paper = Paper()
    at, later = LEFT, []
    for letter in "Hành động vì trẻ em tỉnh Kiên Giang":
        (later if letter in "ộẻỉ" else paper.strings).append(Paper().at(at, 100, letter).strings[0])
        at += wide(f"{letter}|", 12) - wide("|", 12) + 0.9 if letter != " " else 4
    paper.strings.extend(later)
    return paper


def decomposed() -> Paper:
    return lined_up(unicodedata.normalize("NFD", "Chăm sóc trẻ em"), *[" ".join(["trẻ em"] * 9)] * 3)


def running() -> list[Paper]:
    papers = []
    for number, text in enumerate((AIM, LAW, DUTY[2:]), 1):
        paper = Paper().at(LEFT, 40, f"Kế hoạch số 107/KH-UBND - Trang {number}", 9)
        filled(paper, text, 80)
        papers.append(paper.middle(810, f"- {number} -", 10).at(LEFT, 825, "Cổng thông tin điện tử tỉnh Kiên Giang", 8))
    return papers


def block_style() -> Paper:
    """No indents: a gap, a marker or a short line begins a paragraph, and items hang behind their dashes."""
    paper = Paper()
    base = filled(paper, AIM, 80) + 9
    base = filled(paper, LAW, base) + 9
    for _ in range(2):
        paper.at(LEFT, base, "-", 12)
        base = filled(paper, DUTY[2:], base, (LEFT + 14, RIGHT)) + 9
    return paper


NUMBERED = (
    "Căn cứ Quyết định số 1555/QĐ-TTg và Kế hoạch số 107/KH-",
    "UBND của Ủy ban nhân dân tỉnh Kiên Giang về hành động vì trẻ em giai đoạn 2021 - 2025 và tầm nhìn đến năm 2030.",
)


def hyphens() -> Paper:
    first, rest = NUMBERED
    paper = Paper().at(RIGHT - wide(first, 12), 100, first)
    filled(paper, rest, 115)
    return paper


def headings() -> Press:
    press = Press()
    press.page().middle(TOP, "KẾ HOẠCH", 14, bold=True)
    press.base += 30
    press.text(LAW).text("Khám sức khỏe định kỳ", bold=True).text(AIM).text("Sở Tài chính", bold=True).text(AIM)
    return press.text("Nguyễn Văn An", bold=True)


#: case, its pages, the lines of its text
LAID_OUT: list[tuple[str, list[Paper], list[str]]] = [
    (
        "a letterhead in two columns",
        [letterhead()],
        [
            "ỦY BAN NHÂN DÂN    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "TỈNH KIÊN GIANG    Độc lập - Tự do - Hạnh phúc",
            "Số: 107/KH-UBND    Kiên Giang, ngày 18 tháng 5 năm 2021",
            "KẾ HOẠCH",
            AIM,
        ],
    ),
    (
        "recipients beside a signature",
        [signed()],
        [
            "Trên đây là Kế hoạch, các đơn vị triển khai thực hiện./.",
            "Nơi nhận:",
            "- Bộ LĐTBXH;",
            "- Các sở, ban, ngành (Đảng, đoàn thể);",
            "- Lưu: VT.",
            "TM. ỦY BAN NHÂN DÂN",
            "CHỦ TỊCH",
            "Nguyễn Lưu Trung",
        ],
    ),
    ("two columns of running text", [two_columns()], ["BẢN TIN CÔNG TÁC TRẺ EM", AIM, LAW, DUTY[2:] * 2]),
    (
        "a footnote",
        [footnoted()],
        [
            "Tỷ lệ trẻ em được tiêm chủng đầy đủ đạt 97% vào năm 2025.",
            "(Chú thích 1: Theo báo cáo của Sở Y tế ngày 05/3/2021.)",
            AIM,
        ],
    ),
    ("letters drawn out of order", [scattered()], ["Hành động vì trẻ em tỉnh Kiên Giang"]),
    ("letters and accents apart", [decomposed()], ["Chăm sóc trẻ em", *[" ".join(["trẻ em"] * 9)] * 3]),
    ("running heads and feet", running(), [AIM, LAW, DUTY[2:]]),
    ("paragraphs without indents", [block_style()], [AIM, LAW, DUTY, DUTY]),
    (
        "hyphens at the ends of lines",
        [hyphens()],
        ["".join(NUMBERED)],
    ),
    (
        "bold lines",
        headings().pages,
        ["KẾ HOẠCH", LAW, "**Khám sức khỏe định kỳ**", AIM, "**Sở Tài chính**", AIM, "Nguyễn Văn An"],
    ),
]


@pytest.mark.parametrize(("pages", "wanted"), [case[1:] for case in LAID_OUT], ids=[case[0] for case in LAID_OUT])
def test_layouts(pages: list[Paper], wanted: list[str], tmp_path: Path) -> None:
    assert lines(write(tmp_path / "page.pdf", pages)) == wanted


HEAD = ["TT", "Nội dung", "2024", "2025"]
ROWS = [
    ["1", "Truyền thông,\ngiáo dục", "300", ""],
    ["2", "Dạy bơi", "200", "1.250"],
    ["", "Tổng cộng", "500", "1.250"],
]
XS, YS = [85.0, 120.0, 330.0, 430.0, 538.0], [100.0, 130.0, 165.0, 195.0, 225.0]


def merged() -> Paper:
    """Years above two columns each; "TT" and "Nội dung" over both rows of the header, a body's name over two rows."""
    paper = Paper()
    xs = [85.0, 120.0, 260.0, 330.0, 400.0, 470.0, 538.0]
    for x in (xs[0], xs[1], xs[2], xs[4], xs[6]):
        paper.rule(x, 100, x, 200)
    for x in (xs[3], xs[5]):
        paper.rule(x, 120, x, 200)
    for y in (100.0, 140.0, 200.0):
        paper.rule(xs[0], y, xs[-1], y)
    paper.rule(xs[2], 120, xs[-1], 120).rule(xs[0], 170, xs[1], 170).rule(xs[2], 170, xs[-1], 170)
    paper.at(90, 125, "TT", 9).at(125, 125, "Đơn vị", 9).at(310, 115, "2024", 9).at(450, 115, "2025", 9)
    for x, text in zip(xs[2:], ("Địa phương", "Xã hội", "Địa phương", "Xã hội"), strict=False):
        paper.at(x + 4, 133, text, 9)
    paper.at(90, 157, "1", 9).at(125, 172, "Sở Y tế", 9).at(270, 157, "80", 9).at(340, 157, "5", 9).at(
        410, 157, "90", 9
    )
    return paper.at(90, 188, "2", 9).at(270, 188, "70", 9).at(410, 188, "1.500", 9)


def table_over_pages() -> list[Paper]:
    """A table whose second row is cut by the end of the page, its header printed again."""
    first = Paper().table(
        XS, [600, 630, 700, 780], [HEAD, ROWS[0], ["2", "Tập huấn cho đội ngũ\nlàm công tác", "200", ""]]
    )
    second = Paper().table(XS, [60, 90, 130, 160], [HEAD, ["", "trẻ em ở cơ sở", "", ""], ROWS[2]])
    return [first.middle(40, "6"), second.middle(40, "7")]


def framed() -> Paper:
    paper = Paper().table([80, 545], [60, 130], [[""]])
    filled(paper, AIM, 80, (90, 530), 11)
    return paper


#: case, its pages, the rows of its text
RULED: list[tuple[str, list[Paper], list[str]]] = [
    (
        "a plain table",
        [Paper().table(XS, YS, [HEAD, *ROWS])],
        [
            "TT\tNội dung\t2024\t2025",
            "1\tTruyền thông, giáo dục\t300\t",
            "2\tDạy bơi\t200\t1.250",
            "\tTổng cộng\t500\t1.250",
        ],
    ),
    (
        "merged cells",
        [merged()],
        [
            "TT\tĐơn vị\t2024\t\t2025\t",
            "\t\tĐịa phương\tXã hội\tĐịa phương\tXã hội",
            "1\tSở Y tế\t80\t5\t90\t",
            "2\tSở Y tế\t70\t\t1.500\t",
        ],
    ),
    (
        "two columns",
        [Paper().table([85, 300, 538], [100, 130, 160], [["Chỉ tiêu", "Đơn vị"], ["Tiêm chủng", "Sở Y tế"]])],
        ["| Chỉ tiêu | Đơn vị |", "| Tiêm chủng | Sở Y tế |"],
    ),
    (
        "a table over two pages",
        table_over_pages(),
        [
            "TT\tNội dung\t2024\t2025",
            "1\tTruyền thông, giáo dục\t300\t",
            "2\tTập huấn cho đội ngũ làm công tác trẻ em ở cơ sở\t200\t",
            "\tTổng cộng\t500\t1.250",
        ],
    ),
    ("a frame is no table", [framed()], [AIM]),
    (
        "a table on a wide page",
        [Paper(842, 595).table([x * 1.4 for x in XS], YS, [HEAD, *ROWS])],
        [
            "TT\tNội dung\t2024\t2025",
            "1\tTruyền thông, giáo dục\t300\t",
            "2\tDạy bơi\t200\t1.250",
            "\tTổng cộng\t500\t1.250",
        ],
    ),
]


@pytest.mark.parametrize(("pages", "wanted"), [case[1:] for case in RULED], ids=[case[0] for case in RULED])
def test_tables(pages: list[Paper], wanted: list[str], tmp_path: Path) -> None:
    assert lines(write(tmp_path / "table.pdf", pages)) == wanted


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_pages_are_read_upright(angle: int, tmp_path: Path) -> None:
    write(tmp_path / "page.pdf", [Paper().table(XS, YS, [HEAD, *ROWS]).middle(70, "KẾ HOẠCH")])
    writer = pypdf.PdfWriter(clone_from=tmp_path / "page.pdf")
    writer.pages[0].rotate(angle)
    writer.write(tmp_path / "turned.pdf")
    assert lines(tmp_path / "turned.pdf") == lines(tmp_path / "page.pdf")


def test_a_plan_is_outlined_and_its_table_typed(tmp_path: Path) -> None:
    press = plain_text()
    press.page().table(XS, YS, [HEAD, *ROWS])
    document = corpus.read(write(tmp_path / "plan.pdf", press.pages))
    headings = [node.label for node in document.sections if node.kind is Kind.HEADING]
    assert headings == ["I", "II", *map(str, range(1, 9))]
    assert [cell.value for cell in document.tables[0].rows[1].cells] == [200, 1250]
    assert document.page(document.text.index("Dạy bơi")).number == len(press.pages)  # type: ignore[union-attr]


def protected(path: Path, user: str, owner: str) -> None:
    write(path, [lined_up("Công tác trẻ em")])
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt(user, owner, algorithm="AES-256")
    writer.write(path)


def cut(path: Path) -> None:
    write(path, plain_text().pages)
    path.write_bytes(path.read_bytes()[:9_000])


def pages_without_end(path: Path) -> None:
    writer = pypdf.PdfWriter()
    for _ in range(1_001):
        writer.add_blank_page(595, 842)
    writer.write(path)


def bomb(path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    stream = pypdf.generic.StreamObject()
    stream.set_data(b"0 0 m " * 20_000_000)
    writer.pages[0][pypdf.generic.NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    writer.write(path)


def bomb_in_a_bomb(path: Path) -> None:
    bomb(path)
    writer = pypdf.PdfWriter(clone_from=path)
    stream = writer.pages[0]["/Contents"].get_object()
    writer.pages[0][pypdf.generic.NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    writer.write(path)


#: case, what makes the file, what is said of it
BAD: list[tuple[str, Callable[[Path], object], str]] = [
    ("needs a password", lambda path: protected(path, "khóa", "chủ"), "gỡ mật khẩu rồi lưu lại"),
    ("cut off", cut, "hỏng hoặc thiếu phần cuối"),
    ("empty", lambda path: path.write_bytes(b""), "tệp rỗng"),
    ("another format", lambda path: path.write_text("<html>Kế hoạch</html>"), "không phải tệp PDF"),
    ("1,001 pages", pages_without_end, "hãy tách thành nhiều tệp"),
    ("a bomb", bomb, "in lại thành PDF mới"),
    ("a bomb in a bomb", bomb_in_a_bomb, "in lại thành PDF mới"),
    ("a blank page", lambda path: write(path, [Paper()]), "không có chữ nào"),
]


@pytest.mark.parametrize(("make", "said"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_files_say_what_to_do(make: Callable[[Path], object], said: str, tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch (1).pdf"
    make(path)
    with pytest.raises(corpus.UnreadableFile) as caught:
        read(path)
    assert said in str(caught.value)
    assert str(caught.value).startswith("kế hoạch (1).pdf: ")
    assert "\n" not in str(caught.value)


def test_an_owner_s_password_alone_is_no_hindrance(tmp_path: Path) -> None:
    protected(tmp_path / "owned.pdf", "", "chủ")
    assert lines(tmp_path / "owned.pdf") == ["Công tác trẻ em"]


def test_a_page_is_shown_at_the_width_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.pdf", plain_text().pages)
    with Image.open(io.BytesIO(page_image(path, 2, 600))) as image:
        assert image.format == "JPEG"
        assert image.width == 600
        assert abs(image.height - 849) <= 1
    with Image.open(io.BytesIO(page_image(path, 1, 100_000))) as image:
        assert image.width <= WIDEST
    with pytest.raises(ValueError, match="không có trang 9"):
        page_image(path, 9, 600)


def test_a_large_file_is_looked_through_in_no_time(tmp_path: Path) -> None:
    """Of each packed stream only its own bytes are unpacked, not megabytes of the pictures behind it."""
    packed = zlib.compress(b"q 595 0 0 842 0 0 cm /I Do Q")
    picture = b"<</Subtype/Image/Filter/DCTDecode>>stream\n" + bytes(100_000) + b"\nendstream endobj\n"
    drawing = b"1 0 obj<</Filter/FlateDecode>>stream\n" + packed + b"\nendstream endobj\n2 0 obj"
    (tmp_path / "large.pdf").write_bytes(b"%PDF-1.5\n" + 400 * (drawing + picture))
    start = process_time()
    _check_bytes(tmp_path / "large.pdf")
    assert process_time() - start < 1
